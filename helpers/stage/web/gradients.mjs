// What would raise a number: how much it grows for each bit that a pixel grows, by going back through the layers.
//
// This is `backward` of floor 2's layers, for one cell. Null where an operation on the way has no way back here.

import { channels, columns, rows } from "./arrays.mjs";
import { picturesOf } from "./where.mjs";

const placeOf = ({ shape }, { row, column, channel }) =>
  (shape.length === 1 ? row : (row * shape[1] + column) * (shape[2] ?? 1) + (channel ?? 0));

/** The gradient of a cell of a step by all cells of `source`, shaped like it. */
export function gradientOf(outcome, cell, source) {
  const { values, calls } = outcome;
  const found = { [cell.panel]: new Float64Array(values[cell.panel].data.length) };
  found[cell.panel][placeOf(values[cell.panel], cell)] = 1;
  for (const name of Object.keys(calls).reverse()) {
    if (!found[name] || name === source) continue;
    const picture = picturesOf(calls[name])[0];
    const back = BACK[calls[name].operation];
    if (!picture || !back) return null;
    const before = back(calls[name].args, found[name], values[name], values[picture.name]);
    found[picture.name] ??= before;
  }
  return found[source] ? { shape: values[source].shape, data: Float32Array.from(found[source]) } : null;
}

/** Each place of a window, for each place that it slides to: `act(index of what comes in, index of what comes out, place in the window)`. */
function throughWindows(images, result, [high, wide], { stride = 1, padding = 0 }, act) {
  const [depth, made] = [channels(images), channels(result)];
  for (let r = 0; r < rows(result); r++) for (let c = 0; c < columns(result); c++) for (let a = 0; a < high; a++) for (let b = 0; b < wide; b++) {
    const [row, column] = [r * stride - padding + a, c * stride - padding + b];
    if (row < 0 || column < 0 || row >= rows(images) || column >= columns(images)) continue;
    act((row * columns(images) + column) * depth, (r * columns(result) + c) * made, a * wide + b);
  }
}

function filters({ images, weights, ...how }, gradient, result) {
  const [high, wide, depth, many] = weights.shape;
  const before = new Float64Array(images.data.length);
  throughWindows(images, result, [high, wide], how, (into, from, place) => {
    for (let k = 0; k < many; k++) {
      const one = gradient[from + k];
      if (one) for (let c = 0; c < depth; c++) before[into + c] += one * weights.data[(place * depth + c) * many + k];
    }
  });
  return before;
}

/** Only the winner hears, the first of the largest. */
function largest({ images, kernel_size: size, stride, padding }, gradient, result) {
  const [depth, before] = [channels(images), new Float64Array(images.data.length)];
  const winners = new Int32Array(result.data.length).fill(-1);
  throughWindows(images, result, [size, size], { stride: stride ?? size, padding }, (into, from) => {
    for (let c = 0; c < depth; c++) if (winners[from + c] < 0 && images.data[into + c] === result.data[from + c]) winners[from + c] = into + c;
  });
  winners.forEach((into, i) => { if (into >= 0) before[into] += gradient[i]; });
  return before;
}

function mean({ images, kernel_size: size, stride, padding }, gradient, result) {
  const [depth, before] = [channels(images), new Float64Array(images.data.length)];
  throughWindows(images, result, [size, size], { stride: stride ?? size, padding }, (into, from) => {
    for (let c = 0; c < depth; c++) before[into + c] += gradient[from + c] / (size * size);
  });
  return before;
}

function weighed({ weights }, gradient, result, numbers) {
  const outputs = weights.shape[1];
  return Float64Array.from(numbers.data, (_, i) => gradient.reduce((sum, one, k) => sum + one * weights.data[i * outputs + k], 0));
}

const BACK = {
  conv2d: filters, max_pool2d: largest, avg_pool2d: mean, dense: weighed,
  relu: (_, gradient, result) => gradient.map((one, i) => (result.data[i] > 0 ? one : 0)),
  flatten: (_, gradient) => gradient,
  scale_and_shift: ({ scale }, gradient, result) => gradient.map((one, i) => one * (scale.data ?? scale)[i % channels(result)]),
  softmax: ({ temperature = 1 }, gradient, { data }) => {
    const along = gradient.reduce((sum, one, i) => sum + one * data[i], 0);
    return gradient.map((one, i) => (data[i] * (one - along)) / temperature);
  },
};
