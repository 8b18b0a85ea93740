// What a network does between its windows: cut off below 0, scale, lay out flat, weigh everything, compare.

import { array, channels, columns, eachValue, refuse, rows, single } from "./arrays.mjs";
import { short, tuple } from "./refusals.mjs";

export const relu = ({ images }) => eachValue(images, (value) => (value > 0 ? value : 0));

export function scaleAndShift({ images, scale, shift }) {
  if (images.shape.length !== 3) refuse(`images have 3 axes (row, column, channel) or 4 (image, row, column, channel), not ${images.shape.length}`);
  const depth = channels(images);
  const numbersOf = (name, values) => {
    const shape = values.shape ?? [values.length];
    if (String(shape) !== String(depth)) refuse(`the ${name} must have the shape (${depth},), one number a channel, not ${tuple(shape)}`);
    return values.data ?? values;
  };
  const [factors, added] = [numbersOf("scale", scale), numbersOf("shift", shift)];
  return eachValue(images, (value, i) => single(value * factors[i % depth]) + added[i % depth]);
}

/** The same numbers in one row: in memory nothing moves. */
export const flatten = ({ images }) => array([images.data.length], Float32Array.from(images.data));

export function dense({ numbers: given, weights, bias = null }) {
  const numbers = Array.isArray(given) ? array([given.length], Float32Array.from(given)) : given;
  const [have, read, outputs] = [numbers.data.length, ...weights.shape];
  if (numbers.shape.length !== 1 || weights.shape.length !== 2) {
    refuse(`a row of numbers and a table of weights are needed, not ${numbers.shape.length} and ${weights.shape.length} axes`);
  }
  if (have !== read) refuse(`${have} numbers come in, but the weights read ${read}; the two must be equal`);
  const biases = bias?.data ?? bias ?? new Array(outputs).fill(0);
  const shape = bias?.shape ?? [biases.length];
  if (String(shape) !== String(outputs)) refuse(`the bias must have the shape (${outputs},), one number an output, not ${tuple(shape)}`);
  const sums = Float64Array.from(biases);
  for (let i = 0, from = 0; i < have; i++) {
    const value = numbers.data[i];
    if (value) for (let k = 0; k < outputs; k++) sums[k] += value * weights.data[from + k];
    from += outputs;
  }
  return array([outputs], Float32Array.from(sums));
}

/** The formula as it stands in books: what is too large for single precision is infinite, and infinite by infinite is no number. */
export function naiveSoftmax({ logits }) {
  const exponentials = Float32Array.from(logits.data, Math.exp);
  const sum = single(exponentials.reduce((all, value) => all + value, 0));
  return array(logits.shape, exponentials.map((value) => value / sum));
}

/** Shares that add up to 1, along the last axis. */
export function softmax({ logits, temperature = 1 }) {
  if (!(temperature > 0)) refuse(`the temperature must be above 0, not ${short(temperature)}`);
  const out = array(logits.shape);
  const group = logits.shape.at(-1);
  for (let from = 0; from < out.data.length; from += group) {
    const most = Math.max(...logits.data.subarray(from, from + group));
    let sum = 0;
    for (let i = from; i < from + group; i++) sum += out.data[i] = Math.exp((logits.data[i] - most) / temperature);
    for (let i = from; i < from + group; i++) out.data[i] /= sum;
  }
  return out;
}
