// Patterns, kernels and layers.

import { array, columns, eachValue, refuse } from "./arrays.mjs";
import { MOST, outputSize, whole } from "./refusals.mjs";
import { convolve2d } from "./windows.mjs";

export function ruler({ size, padding = 0 }) {
  whole("size", size, 1, MOST);
  whole("padding", padding, 0, MOST);
  return array([1, size + 2 * padding], Float32Array.from({ length: size + 2 * padding }, (_, i) => i));
}

export function stripes({ rows: high, columns: wide, period, width = null }) {
  whole("number of rows", high, 1, MOST);
  whole("number of columns", wide, 1, MOST);
  whole("period", period, 2);
  const white = width == null ? Math.floor((period + 1) / 2) : whole("width", width, 0, period);
  return array([high, wide], Float32Array.from({ length: high * wide }, (_, i) => ((i % wide) % period < white ? 255 : 0)));
}

export function starts({ image, kernel_size: size, stride = 1 }) {
  const places = outputSize(columns(image), size, stride);
  return array([1, places], Float32Array.from({ length: places }, (_, i) => i * stride));
}

export function box({ kernel_size: size }) {
  whole("kernel size", size, 1, MOST);
  return array([size, size], new Float32Array(size * size).fill(1 / (size * size)));
}

export function identity({ kernel_size: size }) {
  const middle = Math.floor(whole("kernel size", size, 1, MOST) / 2);
  return array([size, size], Float32Array.from({ length: size * size }, (_, i) => (i === middle * size + middle ? 1 : 0)));
}

export function repeat2d({ image, kernel, count: layers, padding = 0, mode = "zero" }) {
  whole("number of layers", layers, 0, MOST);
  let out = eachValue(image, (v) => v);
  try { for (let i = 0; i < layers; i++) out = convolve2d({ image: out, kernel, padding, mode }); }
  catch (error) { refuse(error.message); } // without the size of that layer, which is not that of all
  return out;
}

/** The padding that keeps the size at stride 1, on each side. */
export function samePadding(size) {
  whole("kernel size", size, 1, MOST);
  if (size % 2 === 0) refuse(`a kernel of size ${size} takes ${size - 1} off the size of an image, and two sides cannot share ${size - 1} equally; use an odd size such as ${size + 1}`);
  return (size - 1) / 2;
}

export function someFilters({ weights, kernel_size: size, channels, filters }) {
  if (weights.shape.length !== 4) refuse(`weights have 4 axes (kernel row, kernel column, in_channels, out_channels), not ${weights.shape.length}`);
  const [high, wide, depth, many] = weights.shape;
  whole("kernel size", size, 1, Math.min(high, wide));
  whole("number of channels", channels, 1, depth);
  whole("number of filters", filters, 1, many);
  const out = array([size, size, channels, filters]);
  for (let i = 0; i < out.data.length; i++) {
    const [f, c, column, row] = [i % filters, Math.floor(i / filters) % channels, Math.floor(i / filters / channels) % size, Math.floor(i / filters / channels / size)];
    out.data[i] = weights.data[((row * wide + column) * depth + c) * many + f];
  }
  return out;
}

/** In double precision: these are counted, and there are billions. */
export function layerCosts({ size, channels, kernel_size: kernelSize, filters, stride = 1, padding = 0 }) {
  const places = outputSize(size, kernelSize, stride, padding) ** 2;
  const window = kernelSize ** 2 * whole("number of channels", channels, 1);
  const outputs = places * whole("number of filters", filters, 1);
  const inputs = size ** 2 * channels;
  return array([4], Float64Array.of(filters * (window + 1), outputs * (inputs + 1), outputs * window, outputs * inputs));
}
