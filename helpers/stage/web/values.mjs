// Single numbers and places: cut off, stretched, wrapped, moved.

import { array, channels, columns, eachValue, refuse, rows } from "./arrays.mjs";
import { modulo } from "./colors.mjs";
import { limits, outputShape, tuple, whole } from "./refusals.mjs";
import { slide } from "./sliding.mjs";

export function clip({ image, low = 0, high = 255 }) {
  limits(low, high);
  return eachValue(image, (v) => Math.min(high, Math.max(low, v)));
}

export function rescale({ image, low, high }) {
  limits(low, high);
  return eachValue(image, (v) => Math.min(255, Math.max(0, (255 * (v - low)) / (high - low))));
}

export const add = ({ image, amount }) => eachValue(image, (v) => v + amount);
export const wrap = ({ image }) => eachValue(image, (v) => modulo(Math.trunc(v), 256));

export function difference({ first, second }) {
  if (String(first.shape) !== String(second.shape)) refuse(`the two pictures must have the same shape, not ${tuple(first.shape)} and ${tuple(second.shape)}`);
  return eachValue(first, (v, i) => v - second.data[i]);
}

export function shift({ image, rows: down, columns: right }) {
  whole("number of rows", down);
  whole("number of columns", right);
  const depth = channels(image);
  return eachValue(image, (_, i) => {
    const row = Math.floor(i / (columns(image) * depth)) - down;
    const column = (Math.floor(i / depth) % columns(image)) - right;
    const there = row >= 0 && row < rows(image) && column >= 0 && column < columns(image);
    return there ? image.data[(row * columns(image) + column) * depth + (i % depth)] : 0;
  });
}

export function takeEvery({ image, step }) {
  whole("step", step, 1);
  const [height, width, depth] = [Math.ceil(rows(image) / step), Math.ceil(columns(image) / step), channels(image)];
  const out = array([height, width, ...image.shape.slice(2)]);
  for (let r = 0, to = 0; r < height; r++) {
    for (let c = 0; c < width; c++) for (let k = 0; k < depth; k++, to++) out.data[to] = image.data[(r * step * columns(image) + c * step) * depth + k];
  }
  return out;
}

export function coverage({ image, kernel_size: size, stride = 1, padding = 0, dilation = 1 }) {
  const places = outputShape(image.shape.slice(0, 2), [size, size], { stride, padding, dilation });
  const counts = [0, 1].map((axis) => {
    const reads = new Array(image.shape[axis]).fill(0);
    for (let i = 0; i < places[axis]; i++) for (const j of slide(image.shape[axis], size, { stride, padding, dilation })(i)) reads[j] += 1;
    return reads;
  });
  return array(image.shape.slice(0, 2), Float32Array.from(counts[0].flatMap((down) => counts[1].map((across) => down * across))));
}
