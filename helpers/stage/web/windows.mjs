// What slides over a picture: padding, convolutions, pooling. All the time of a drag goes by here.

import { array, channels, columns, range, refuse, rows, single } from "./arrays.mjs";
import { MOST, outputShape, tuple, whole } from "./refusals.mjs";
import { RING } from "./sliding.mjs";

export function pad2d({ image, padding, mode = "zero" }) {
  whole("padding", padding, 0, MOST);
  if (!(mode in RING)) refuse(`there is no padding mode '${mode}'; choose zero, edge, reflect or wrap`);
  const [height, width, depth] = [rows(image), columns(image), channels(image)];
  const most = Math.min(height, width) - (mode === "reflect" ? 1 : 0);
  if ((mode === "reflect" || mode === "wrap") && padding > most) {
    refuse(`${mode} padding of ${padding} is too much for a ${height}x${width} image; use at most ${most}`);
  }
  const out = array([height + 2 * padding, width + 2 * padding, ...image.shape.slice(2)]);
  const ring = RING[mode];
  const from = Array.from({ length: columns(out) }, (_, c) => ring(c - padding, width));
  for (let r = 0; r < rows(out); r++) {
    const row = ring(r - padding, height);
    if (row < 0) continue;
    for (let c = 0; c < columns(out); c++) {
      if (from[c] < 0) continue;
      for (let k = 0; k < depth; k++) out.data[(r * columns(out) + c) * depth + k] = image.data[(row * width + from[c]) * depth + k];
    }
  }
  return out;
}

/** Up to nine weights at a time, row by row; the sums gather in the outcome. */
export function convolve2d({ image, kernel, stride = 1, padding = 0, mode = "zero", flip = false, dilation = 1 }) {
  if (kernel.shape.length !== 2) refuse(`a kernel has 2 axes (row, column), not ${kernel.shape.length}`);
  const [outRows, outColumns] = outputShape(image.shape.slice(0, 2), kernel.shape, { stride, padding, dilation });
  const padded = padding || !(mode in RING) ? pad2d({ image, padding, mode }) : image;
  const [depth, line] = [channels(image), columns(padded) * channels(image)];
  const out = array([outRows, outColumns, ...image.shape.slice(2)]);
  const length = outColumns * depth;
  const steps = stride === 1 ? { run: length, skip: 0 } : { run: depth, skip: (stride - 1) * depth }; // sums side by side, pixels left out
  for (const nine of weightsByNine(kernel, flip, dilation * line, dilation * depth)) {
    for (let r = 0; r < outRows; r++) addNine(out.data, r * length, (r + 1) * length, padded.data, r * stride * line, nine, steps);
  }
  return out;
}

/** Nine weights of a kernel each time, and how far on they read; weights of 0 complete the last nine. */
function weightsByNine({ shape: [high, wide], data }, flip, down, right) {
  const weights = flip ? data.slice().reverse() : data;
  const reads = Array.from(weights, (_, i) => Math.floor(i / wide) * down + (i % wide) * right);
  return Array.from({ length: Math.ceil((high * wide) / 9) }, (_, block) => {
    const nine = { weights: new Float32Array(9), reads: new Int32Array(9) };
    nine.weights.set(weights.slice(9 * block, 9 * block + 9));
    nine.reads.set(reads.slice(9 * block, 9 * block + 9));
    return nine;
  });
}

/**
 * Add nine products to each sum of a row. All the time goes by here: typed arrays, taken apart by number and not in turn,
 * and a function that is called once a row are what browsers make quick from the first drag on.
 */
function addNine(sums, to, end, pixels, from, { weights, reads }, { run, skip }) {
  const { 0: a, 1: b, 2: c, 3: d, 4: e, 5: f, 6: g, 7: h, 8: i } = weights;
  const { 0: A, 1: B, 2: C, 3: D, 4: E, 5: F, 6: G, 7: H, 8: I } = reads;
  for (; to < end; from += skip) {
    for (const stop = to + run; to < stop; to++, from++) {
      sums[to] += a * pixels[from + A] + b * pixels[from + B] + c * pixels[from + C] + d * pixels[from + D] + e * pixels[from + E]
        + f * pixels[from + F] + g * pixels[from + G] + h * pixels[from + H] + i * pixels[from + I];
    }
  }
}

export function conv2d({ images, weights, bias = null, stride = 1, padding = 0, dilation = 1 }) {
  const depth = images.shape[2];
  if (images.shape.length !== 3) refuse(`images have 3 axes (row, column, channel) or 4 (image, row, column, channel), not ${images.shape.length}`);
  if (weights.shape.length !== 4) refuse(`weights have 4 axes (kernel row, kernel column, in_channels, out_channels), not ${weights.shape.length}`);
  const [high, wide, inChannels, filters] = weights.shape;
  if (depth !== inChannels) refuse(`the images have ${depth} channel(s), but the filters read ${inChannels}; the two numbers must be equal`);
  const biases = bias === null ? new Array(filters).fill(0) : bias.data ?? bias;
  const biasShape = bias?.shape ?? [biases.length];
  if (biasShape.length !== 1 || biases.length !== filters) refuse(`the bias must have the shape (${filters},), one number a filter, not ${tuple(biasShape)}`);
  const places = outputShape(images.shape.slice(0, 2), [high, wide], { stride, padding, dilation });
  const maps = featureMaps(images, weights, places, { stride, padding, dilation });
  const out = array([...places, filters]);
  maps.forEach((map, f) => {
    const bias = single(biases[f]);
    for (let i = 0, to = f; i < map.length; i++, to += filters) out.data[to] = map[i] + bias;
  });
  return out;
}

/** Each kernel of one filter over its own channel. */
export function depthwise2d({ images, weights }) {
  if (images.shape.length === 3 && weights.shape.length === 4 && images.shape[2] === weights.shape[2] && weights.shape[3] !== 1) {
    refuse(`channels can be kept apart for 1 filter, not for ${weights.shape[3]}`);
  }
  const [high, wide, depth] = weights.shape;
  const apart = array([high, wide, depth, depth]);
  for (let i = 0; i < weights.data.length; i++) apart.data[i * depth + (i % depth)] = weights.data[i];
  return conv2d({ images, weights: weights.shape.length === 4 && depth === images.shape[2] ? apart : weights });
}

const WORTH_KEEPING = 4096; // places: the maps of larger pictures are kept, so that one filter of many can be dragged
const keptPlanes = new WeakMap(); // picture -> its channels apart, by the padding
const keptMaps = new WeakMap(); // picture -> its last maps, by filter

/** The map of each filter, one after the other; of a large picture only those of filters that changed are worked out. */
function featureMaps(images, weights, places, { stride, padding, dilation }) {
  const [high, wide, depth, filters] = weights.shape;
  const planes = planesOf(images, padding);
  const kernels = (f) => range(depth).map((c) => Float32Array.from({ length: high * wide }, (_, i) => weights.data[(i * depth + c) * filters + f]));
  const slid = (f) => filtered(planes, kernels(f), [high, wide], places, { stride, dilation });
  if (places[0] * places[1] < WORTH_KEEPING) return range(filters).map(slid);
  const key = (f) => [stride, padding, dilation, high, wide, ...range(high * wide * depth).map((i) => weights.data[i * filters + f])].join();
  const kept = keptMaps.get(images) ?? new Map();
  keptMaps.set(images, kept);
  const maps = range(filters).map((f) => {
    const name = key(f);
    const map = kept.get(name) ?? slid(f);
    kept.delete(name);
    kept.set(name, map); // the last one used comes last
    return map;
  });
  for (const name of [...kept.keys()].slice(0, -2 * filters)) kept.delete(name);
  return maps;
}

/** The channels of a picture apart, each with its ring of zeros. */
function planesOf(images, padding) {
  const kept = keptPlanes.get(images) ?? new Map();
  keptPlanes.set(images, kept);
  if (!kept.has(padding)) {
    kept.clear();
    const [height, width, depth] = [rows(images), columns(images), channels(images)];
    const line = width + 2 * padding;
    kept.set(padding, range(depth).map((c) => {
      const plane = { line, data: new Float32Array(line * (height + 2 * padding)) };
      for (let r = 0, from = c; r < height; r++) {
        for (let to = (r + padding) * line + padding, end = to + width; to < end; to++, from += depth) plane.data[to] = images.data[from];
      }
      return plane;
    }));
  }
  return kept.get(padding);
}

/** One filter over all channels: the sums of its kernels' products. */
function filtered(planes, kernels, shape, [outRows, outColumns], { stride, dilation }) {
  const sums = new Float32Array(outRows * outColumns);
  const steps = stride === 1 ? { run: outColumns, skip: 0 } : { run: 1, skip: stride - 1 };
  planes.forEach(({ line, data }, c) => {
    for (const nine of weightsByNine({ shape, data: kernels[c] }, false, dilation * line, dilation)) {
      if (!nine.weights.some(Boolean)) continue;
      for (let r = 0; r < outRows; r++) addNine(sums, r * outColumns, (r + 1) * outColumns, data, r * stride * line, nine, steps);
    }
  });
  return sums;
}

/** Browsers make a function quick once it has been busy: let it be so before the first drag. */
export function warmUp() {
  const images = array([70, 70, 2], new Float32Array(9800).fill(1));
  for (let i = 0; i < 12; i++) conv2d({ images, weights: array([3, 3, 2, 2], new Float32Array(36).fill(i)) });
}

/** First each window's columns, a whole row of them at a time, into one line; then across the line. */
function pool({ images, kernel_size: size, stride, padding = 0 }, begin, gather) {
  const step = stride ?? size;
  whole("kernel size", size, 1, MOST);
  whole("stride", step, 1);
  whole("padding", padding, 0, MOST);
  if (padding > Math.floor(size / 2)) refuse(`a padding of ${padding} is too much for a ${size}x${size} window; use at most ${Math.floor(size / 2)}`);
  const [height, width, depth] = [rows(images), columns(images), channels(images)];
  const [outRows, outColumns] = outputShape([height, width], [size, size], { stride: step, padding, window: "window" });
  const out = array([outRows, outColumns, ...images.shape.slice(2)]);
  out.data.fill(begin);
  const line = new Float32Array((width + 2 * padding) * depth);
  const [long, wide, ring] = [width * depth, outColumns * depth, padding * depth];
  for (let r = 0; r < outRows; r++) {
    line.fill(begin);
    const top = r * step - padding;
    for (let i = Math.max(0, top); i < Math.min(height, top + size); i++) gather(line, ring, ring + long, images.data, i * long, long, 0);
    for (let j = 0; j < size; j++) gather(out.data, r * wide, (r + 1) * wide, line, j * depth, depth, (step - 1) * depth);
  }
  return out;
}

/** Keep the larger of two numbers, all along a row; pixels are read in runs, and some skipped between. */
function keepLarger(most, to, end, pixels, from, run, skip) {
  for (; to < end; from += skip) {
    for (const stop = to + run; to < stop; to++, from++) most[to] = most[to] > pixels[from] ? most[to] : pixels[from];
  }
}

/** Add the pixels of a row, read in the same way. */
function addRow(sums, to, end, pixels, from, run, skip) {
  for (; to < end; from += skip) {
    for (const stop = to + run; to < stop; to++, from++) sums[to] += pixels[from];
  }
}

export const maxPool2d = (args) => pool(args, -Infinity, keepLarger);

export function avgPool2d(args) {
  const out = pool(args, 0, addRow);
  const cells = args.kernel_size ** 2;
  for (let i = 0; i < out.data.length; i++) out.data[i] /= cells;
  return out;
}
