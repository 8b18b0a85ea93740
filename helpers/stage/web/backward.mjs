// Going back: the mirror of floor 1's backward, and what each of its cells reads.

import { array, at, channels, columns, range, refuse, rows } from "./arrays.mjs";
import { by, tuple } from "./refusals.mjs";
import { inside } from "./sliding.mjs";
import { maxPool2d } from "./windows.mjs";

const depthOf = ({ shape }) => shape.slice(2);

export function kernelGradient({ image, gradient, factor = 1 }) {
  if (String(depthOf(image)) !== String(depthOf(gradient))) refuse(`the gradient needs as many channels as the image, not ${tuple(image.shape)} and ${tuple(gradient.shape)}`);
  const [high, wide] = [rows(image) - rows(gradient) + 1, columns(image) - columns(gradient) + 1];
  if (high < 1 || wide < 1) refuse(`a ${by(image.shape.slice(0, 2))} image has fewer places than the ${by(gradient.shape.slice(0, 2))} of the gradient`);
  const depth = channels(image);
  const out = array([high, wide, ...depthOf(image)]);
  for (let i = 0; i < out.data.length; i++) {
    const [row, column, channel] = [Math.floor(i / depth / wide), Math.floor(i / depth) % wide, i % depth];
    let sum = 0;
    for (let r = 0; r < rows(gradient); r++) for (let c = 0; c < columns(gradient); c++) sum += at(image, row + r, column + c, channel) * at(gradient, r, c, channel);
    out.data[i] = factor * sum;
  }
  return out;
}

/** A weight was laid over as many pixels as there are cells, and hears from all of them. */
export const kernelGradientReads = ({ image, gradient }, argument) => {
  const along = (n) => (i) => (argument === "image" ? range(n).map((j) => i + j) : range(n));
  return { rows: along(rows(gradient)), columns: along(columns(gradient)) };
};

export function kernelGradientTerms({ image, gradient, factor = 1 }, cell) {
  const channel = cell.channel ?? 0;
  const items = range(rows(gradient) * columns(gradient)).map((i) => {
    const [row, column] = [Math.floor(i / columns(gradient)), i % columns(gradient)];
    const pixel = { argument: "image", row: cell.row + row, column: cell.column + column, channel };
    return { value: at(image, pixel.row, pixel.column, channel), weight: factor * at(gradient, row, column, channel), from: pixel, weightFrom: { argument: "gradient", row, column, channel } };
  });
  return { combine: "sum", groups: [{ channel, items }], bias: null, plain: true };
}

export function reluGradient({ images, gradient }) {
  if (String(images.shape) !== String(gradient.shape)) refuse(`images and gradient must have the same shape, not ${tuple(images.shape)} and ${tuple(gradient.shape)}`);
  return array(images.shape, Float32Array.from(gradient.data, (value, i) => (images.data[i] > 0 ? value : 0)));
}

export function maxPoolGradient({ images, gradient, kernel_size: size }) {
  const largest = maxPool2d({ images, kernel_size: size });
  if (String(largest.shape) !== String(gradient.shape)) refuse(`one gradient a window is needed, ${tuple(largest.shape)}, not ${tuple(gradient.shape)}`);
  const [depth, out] = [channels(images), array(images.shape)];
  for (let i = 0; i < gradient.data.length; i++) {
    const [row, column, channel] = [Math.floor(i / depth / columns(gradient)), Math.floor(i / depth) % columns(gradient), i % depth];
    out.data[winnerOf(images, size, row, column, channel)] = gradient.data[i];
  }
  return out;
}

/** The place in memory of the first of the largest in a window. */
function winnerOf(images, size, row, column, channel) {
  let best = null;
  for (let i = 0; i < size * size; i++) {
    const place = ((row * size + Math.floor(i / size)) * columns(images) + column * size + (i % size)) * channels(images) + channel;
    if (best === null || images.data[place] > images.data[best]) best = place;
  }
  return best;
}

/** A cell hears from its window, and is compared with all who stand in it. */
export const maxPoolGradientReads = ({ images, gradient, kernel_size: size }, argument) => {
  const along = (n, windows) => (i) => {
    const window = Math.floor(i / size);
    if (window >= windows) return [];
    return argument === "gradient" ? [window] : range(size).map((j) => window * size + j).filter(inside(n));
  };
  return { rows: along(rows(images), rows(gradient)), columns: along(columns(images), columns(gradient)) };
};
