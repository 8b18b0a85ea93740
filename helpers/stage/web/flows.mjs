// What flows from map to map: how much each map of one step adds to each map of a later one, on average over its places.

import { channels, columns, range, rows } from "./arrays.mjs";
import { picturesOf } from "./where.mjs";

/**
 * Links [{from, to, value}] from the maps of `source` to those of `name`; null where there is no way, or where more than one step
 * between them mixes maps. What only cuts off, scales, pools or lays out flat keeps the maps apart.
 */
export function flowBetween(outcome, name, source) {
  let mixed = null;
  for (let step = name; step !== source;) {
    const call = outcome.calls[step];
    const picture = call && outcome.values[step] && picturesOf(call)[0];
    if (!picture) return null;
    const mixes = MIXES[call.operation];
    if (mixes && mixed) return null;
    if (mixes) mixed = mixes(call.args, outcome, picture.name);
    step = picture.name;
  }
  return mixed ?? alike(outcome.values[name]);
}

/** Each map to the one in its own place, as strong as its mean; numbers that were maps have links of their own. */
function alike(array) {
  if (array.shape.length === 1) return range(rows(array)).map((i) => ({ from: i, to: i, value: array.data[i] }));
  return [...meansOf(array)].map((value, map) => ({ from: map, to: map, value }));
}

function meansOf(array) {
  const depth = channels(array);
  const sums = new Float64Array(depth);
  for (let i = 0; i < array.data.length; i++) sums[i % depth] += array.data[i];
  return sums.map((sum) => sum / (array.data.length / depth));
}

/** A filter: every kernel times the mean of what it sees. */
function throughFilters({ images, weights, stride = 1, padding = 0, dilation = 1 }) {
  const [high, wide, depth, filters] = weights.shape;
  const seen = seenMeans(images, [high, wide], { stride, padding, dilation });
  const links = [];
  for (let from = 0; from < depth; from++) {
    for (let to = 0; to < filters; to++) {
      let value = 0;
      for (let i = 0; i < high * wide; i++) value += seen[i * depth + from] * weights.data[(i * depth + from) * filters + to];
      links.push({ from, to, value });
    }
  }
  return links;
}

/** The mean, over all places of the window, of the pixel under each cell of a kernel. */
function seenMeans(images, [high, wide], { stride, padding, dilation }) {
  const depth = channels(images);
  const places = (size, kernelSize) => Math.floor((size + 2 * padding - dilation * (kernelSize - 1) - 1) / stride) + 1;
  const [down, across] = [places(rows(images), high), places(columns(images), wide)];
  const sums = new Float64Array(high * wide * depth);
  for (let i = 0; i < high * wide; i++) {
    const [top, left] = [Math.floor(i / wide) * dilation - padding, (i % wide) * dilation - padding];
    for (let r = 0; r < down; r++) {
      const row = top + r * stride;
      if (row < 0 || row >= rows(images)) continue;
      for (let c = 0; c < across; c++) {
        const column = left + c * stride;
        if (column < 0 || column >= columns(images)) continue;
        const pixel = (row * columns(images) + column) * depth;
        for (let k = 0; k < depth; k++) sums[i * depth + k] += images.data[pixel + k];
      }
    }
  }
  return sums.map((sum) => sum / (down * across));
}

/** Weighing everything: a link from each number, or from each map that was laid out flat. */
function throughWeights({ numbers, weights }, outcome, source) {
  const flat = outcome.calls[source];
  const maps = flat?.operation === "flatten" ? channels(flat.args.images) : rows(numbers);
  const outputs = weights.shape[1];
  const sums = new Float64Array(maps * outputs);
  for (let i = 0; i < rows(numbers); i++) {
    const value = numbers.data[i];
    if (value) for (let k = 0; k < outputs; k++) sums[(i % maps) * outputs + k] += value * weights.data[i * outputs + k];
  }
  return range(maps * outputs).map((i) => ({ from: Math.floor(i / outputs), to: i % outputs, value: sums[i] }));
}

const MIXES = { conv2d: throughFilters, dense: throughWeights };
