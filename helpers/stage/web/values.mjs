// Single numbers and places: cut off, stretched, wrapped, moved.

import { array, channels, columns, eachValue, range, refuse, rows } from "./arrays.mjs";
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

/** A number for each pair of numbers at the same place of two pictures. */
function eachPair(first, second, act) {
  if (String(first.shape) !== String(second.shape)) refuse(`the two pictures must have the same shape, not ${tuple(first.shape)} and ${tuple(second.shape)}`);
  return eachValue(first, (v, i) => act(v, second.data[i]));
}

export const difference = ({ first, second }) => eachPair(first, second, (a, b) => a - b);
export const plus = ({ first, second }) => eachPair(first, second, (a, b) => a + b);
export const changed = ({ first, second, more_than: most = 0 }) => eachPair(first, second, (a, b) => (Math.abs(a - b) > most ? 1 : 0));

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

/** The index at which each index's square begins, and how long that square is. */
const squares = (length, size) => range(length).map((i) => [i - (i % size), Math.min(size, length - i + (i % size))]);

export function mosaic({ image, size }) {
  whole("size of a square", size, 1);
  const [wide, depth] = [columns(image), channels(image)];
  const [down, across] = [squares(rows(image), size), squares(wide, size)];
  const [sums, out] = [new Float64Array(image.data.length), array(image.shape)];
  const eachNumber = (act) => {
    let i = 0;
    for (const [top, high] of down) for (const [left, broad] of across) for (let k = 0; k < depth; k++, i++) act(i, (top * wide + left) * depth + k, high * broad);
  };
  eachNumber((i, first) => { sums[first] += image.data[i]; });
  eachNumber((i, first, many) => { out.data[i] = sums[first] / many; });
  return out;
}

/** Where so many percent of a length begin, around a middle, and how many they are. */
export function partAround(middle, length, share) {
  const taken = Math.max(1, Math.floor((length * share + 50) / 100));
  return [Math.min(Math.max(middle - Math.floor(taken / 2), 0), length - taken), taken];
}

export function around({ image, share, row, column }) {
  whole("share", share, 1, 100);
  whole("row", row);
  whole("column", column);
  const [[top, high], [left, wide]] = [partAround(row, rows(image), share), partAround(column, columns(image), share)];
  const out = array([high, wide, ...image.shape.slice(2)]);
  const [line, all] = [wide * channels(image), columns(image) * channels(image)];
  for (let r = 0; r < high; r++) out.data.set(image.data.subarray((top + r) * all + left * channels(image)).subarray(0, line), r * line);
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

/** Numbers, one for each place of a window that slides over a picture. */
export function atWindows({ image, values, kernel_size: size, stride = 1 }) {
  const places = outputShape(image.shape.slice(0, 2), [size, size], { stride });
  if (rows(values) !== places[0] || columns(values) !== places[1]) {
    refuse(`the window has ${places.join("x")} places in this picture; a number for each is needed, not ${rows(values)}x${columns(values)}`);
  }
  return array(values.shape, Float32Array.from(values.data));
}

export function cornerOf({ image, size, channels: kept }) {
  const depth = channels(image);
  whole("size", size, 1, Math.min(rows(image), columns(image)));
  whole("number of channels", kept, 1, depth);
  const place = (i) => (Math.floor(i / kept / size) * columns(image) + (Math.floor(i / kept) % size)) * depth + (i % kept);
  return array([size, size, kept], Float32Array.from({ length: size * size * kept }, (_, i) => image.data[place(i)]));
}
