// What refuses, and why: the sentences of floor 1, letter by letter.

import { channels, refuse } from "./arrays.mjs";
import { literal } from "./code.mjs";

const isWhole = Number.isInteger;
export const by = (shape) => shape.join("x");
export const tuple = (shape) => (shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`);
/** A number as Python's "%g" writes it, for limits. */
export function short(value) {
  const rounded = Number(value.toPrecision(6));
  const [digits, power] = rounded.toExponential().split("e");
  if (rounded === 0 || (power >= -4 && power < 6)) return String(rounded);
  return `${digits}e${power[0]}${power.slice(1).padStart(2, "0")}`;
}

export const MOST = 1000; // no kernel, ring or pile of layers is larger: what a slip of the finger asks for must not fill the memory

/** A whole number from `lowest` to `highest`, or a sentence. */
export function whole(name, value, lowest = -Infinity, highest = Infinity) {
  if (!isWhole(value)) refuse(`the ${name} must be a whole number, not ${typeof value === "string" ? `'${value}'` : literal(value)}`);
  if (value < lowest) refuse(`the ${name} must be at least ${lowest}, not ${value}`);
  if (value > highest) refuse(`the ${name} must be at most ${highest}, not ${value}`);
  return value;
}

const covered = (kernelSize, dilation) => dilation * (kernelSize - 1) + 1;

/** Count the places where a window fits, as rows and columns. */
export function outputShape(shape, kernelShape, { stride = 1, padding = 0, dilation = 1, window = "kernel" } = {}) {
  for (const size of kernelShape) whole("kernel size", size, 1, MOST);
  whole("stride", stride, 1);
  whole("padding", padding, 0, MOST);
  whole("dilation", dilation, 1);
  const reach = kernelShape.map((size) => covered(size, dilation));
  const places = reach.map((size, i) => Math.floor((shape[i] + 2 * padding - size) / stride) + 1);
  if (reach.some((size, i) => size > shape[i] + 2 * padding)) throw Object.assign(new Error(misfit(shape, kernelShape, padding, dilation, window)), { places });
  return places;
}

function misfit(shape, kernelShape, padding, dilation, window) {
  const reach = kernelShape.map((size) => covered(size, dilation));
  const needed = Math.max(...reach.map((size, i) => Math.floor((size - shape[i] + 1) / 2)));
  const single = shape.length === 1;
  const kernel = (single ? `a ${window} of size ${kernelShape[0]}` : `a ${by(kernelShape)} ${window}`)
    + (dilation > 1 ? ` with dilation ${dilation} covers ${by(reach)} and` : "");
  const image = single ? `an image of size ${shape[0]}` : `a ${by(shape)} image`;
  return padding
    ? `${kernel} does not fit into ${image} with ${padding} of padding; raise the padding to at least ${needed}`
    : `${kernel} does not fit into ${image}; add at least ${needed} of padding`;
}

/** Count the places where a kernel fits, in one direction. */
export function outputSize(size, kernelSize, stride = 1, padding = 0, dilation = 1) {
  whole("size", size, 1);
  return outputShape([size], [kernelSize], { stride, padding, dilation })[0];
}

export function channelNumber(image, channel) {
  const depth = channels(image);
  whole("channel", channel, 0);
  if (channel >= depth) refuse(`there is no channel ${channel}; this picture has ${depth} channel${depth === 1 ? "" : "s"}, counted from 0`);
  return channel;
}

export function limits(low, high) {
  if (!(low < high)) refuse(`the lower limit ${short(low)} must be below the upper limit ${short(high)}`);
}

export function colorChannels(image, names = "red, green, blue") {
  const needed = names.split(",").length;
  const found = image.shape[image.shape.length - 1];
  if (found !== needed) refuse(`${needed} numbers for each color are needed (${names}), not ${found}`);
}
