// Arrays in the browser: {shape, data}, row by row, the channels of a pixel side by side, as in NumPy.
// No document, no events.

export const array = (shape, data) => ({ shape, data: data ?? new Float32Array(count(shape)) });
export const count = (shape) => shape.reduce((all, n) => all * n, 1);
export const rows = (a) => a.shape[0];
/** What is one number a place is one column wide; all axes after the second are channels. */
export const columns = (a) => a.shape[1] ?? 1;
export const channels = (a) => (a.shape.length < 4 ? a.shape[2] ?? 1 : count(a.shape.slice(2)));
export const at = (a, row, column, channel = 0) => a.data[(row * columns(a) + column) * channels(a) + channel];
/** The shape of lists within lists. */
export const shapeOf = (lists) => (Array.isArray(lists) ? [lists.length, ...shapeOf(lists[0])] : []);
export const isArray = (value) => Boolean(value?.data && value?.shape);
/** Single precision, as NumPy computes: a number that just misses a limit (256, 360 degrees) misses it here too. */
export const single = Math.fround;
export const refuse = (sentence) => { throw new Error(sentence); };

/** Count from 0. */
export const range = (length) => Array.from({ length }, (_, i) => i);

/** Make an array of the same height and width from a function of every pixel's channels. */
export function eachPixel(image, width, color) {
  const depth = channels(image);
  const out = array(width ? [rows(image), columns(image), width] : [rows(image), columns(image)]);
  const step = width || 1;
  const pixel = new Array(depth);
  const result = new Array(step);
  for (let i = 0, n = rows(image) * columns(image); i < n; i++) {
    for (let c = 0; c < depth; c++) pixel[c] = image.data[i * depth + c];
    color(pixel, result, i);
    for (let c = 0; c < step; c++) out.data[i * step + c] = result[c];
  }
  return out;
}

/** The same for colors along the last axis, whatever the axes before it. */
export function eachColor(colors, names, width, color) {
  const [needed, found] = [names.split(",").length, colors.shape.at(-1)];
  if (found !== needed) refuse(`${needed} numbers for each color are needed (${names}), not ${found}`);
  const line = array([1, colors.data.length / colors.shape.at(-1), colors.shape.at(-1)], colors.data);
  return array([...colors.shape.slice(0, -1), width], eachPixel(line, width, color).data);
}

export function eachValue(image, change) {
  const out = array(image.shape);
  for (let i = 0; i < out.data.length; i++) out.data[i] = change(image.data[i], i);
  return out;
}

const ranges = new WeakMap(); // arrays never change, so their range is looked for once

function extremes(a) {
  if (!ranges.has(a)) {
    let [low, high] = [Infinity, -Infinity];
    for (let i = 0; i < a.data.length; i++) {
      const value = a.data[i];
      if (value < low) low = value;
      if (value > high) high = value;
    }
    ranges.set(a, [low, high]);
  }
  return ranges.get(a);
}

export const smallest = (a) => extremes(a)[0];
export const largest = (a) => extremes(a)[1];
export const total = (a) => a.data.reduce((sum, value) => sum + value, 0);
