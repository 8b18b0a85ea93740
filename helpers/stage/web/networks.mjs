// A sketch of a network, as in helpers/sketches.py: where its layers fit, what they cost, how they are written.

import { array, count, refuse } from "./arrays.mjs";
import { by, outputShape } from "./refusals.mjs";

const WINDOW = ["kernel", "stride", "padding"];
/** What the numbers of a layer are called in a sentence, in their order. */
const CALLED = {
  Conv2D: ["in", "out", ...WINDOW], MaxPool2D: WINDOW, AvgPool2D: WINDOW, BatchNorm: ["channels"], Dense: ["in", "out"],
  ReLU: [], GlobalAvgPool2D: [], Flatten: [],
};
const USUAL = { stride: 1, padding: 0 };

export const shapeOfSize = (size) => size.split("x").map(Number);

/** A layer in a few words, as in the table. */
export function inShort([kind, ...numbers]) {
  const told = CALLED[kind].map((name, i) => [name, numbers[i]]).filter(([name, value]) => USUAL[name] !== value);
  return told.length ? `${kind}(${told.map(([name, value]) => `${name} ${value}`).join(", ")})` : kind;
}

/** Rows, columns and channels of what comes in, or a sentence. */
function spatial(shape, kind) {
  if (shape.length !== 3) refuse(`${kind} reads maps (row, column, channel), but a row of ${shape[0]} numbers comes in; put it before Flatten`);
  return shape;
}

function convolves([, reads, filters, kernel, stride, padding], shape) {
  const [high, wide, depth] = spatial(shape, "Conv2D");
  if (depth !== reads) refuse(`${depth} maps come in, but its filters read ${reads}; make its in_channels ${depth}`);
  const places = outputShape([high, wide], [kernel, kernel], { stride, padding });
  const weights = kernel * kernel * reads * filters;
  return { shape: [...places, filters], parameters: weights + filters, multiplications: count(places) * weights, window: [kernel, stride] };
}

function pools([kind, kernel, stride, padding], shape) {
  const most = Math.floor(kernel / 2);
  if (padding > most) refuse(`a padding of ${padding} is too much for a ${kernel}x${kernel} window; use at most ${most}`);
  const [high, wide, depth] = spatial(shape, kind);
  return { shape: [...outputShape([high, wide], [kernel, kernel], { stride, padding, window: "window" }), depth], window: [kernel, stride] };
}

function normalizes([, channels], shape) {
  const depth = shape.at(-1);
  if (depth !== channels) refuse(`${depth} channels come in, but it has numbers for ${channels}; make its channels ${depth}`);
  return { shape, parameters: 2 * channels, multiplications: count(shape) };
}

function weighs([, inputs, outputs], shape) {
  if (shape.length !== 1) refuse(`Dense reads a row of numbers, but maps of ${by(shape)} come in; put Flatten before it`);
  if (shape[0] !== inputs) refuse(`${shape[0]} numbers come in, but its weights read ${inputs}; make its inputs ${shape[0]}`);
  return { shape: [outputs], parameters: (inputs + 1) * outputs, multiplications: inputs * outputs };
}

const LAYERS = {
  Conv2D: convolves, MaxPool2D: pools, AvgPool2D: pools, BatchNorm: normalizes, Dense: weighs,
  ReLU: (_, shape) => ({ shape }),
  Flatten: (_, shape) => ({ shape: [count(shape)] }),
  GlobalAvgPool2D: ([kind], shape) => ({ shape: [spatial(shape, kind)[2]] }),
};

/** A layer that reads as many maps or numbers as come in; unchanged where none would help. */
export function fitted(one, shape) {
  const reads = { Conv2D: 3, Dense: 1, BatchNorm: shape.length }[one[0]];
  return reads === shape.length ? [one[0], shape.at(-1), ...one.slice(2)] : one;
}

/**
 * Go through a sketch, layer by layer, as far as it fits: {layers, lines, refusal}. A line is what is known of a layer that is reached:
 * {shape, parameters, multiplications, sees}.
 */
export function walkThrough({ layers, size, fit = false }) {
  let [shape, field, stride] = [shapeOfSize(size), 1, 1];
  const [now, lines] = [[], []];
  for (const [i, one] of layers.entries()) {
    now.push(fit ? fitted(one, shape) : one);
    let line;
    try { line = LAYERS[one[0]](now[i], shape); }
    catch (error) { return { layers: [...now, ...layers.slice(i + 1)], lines, refusal: `layer ${i + 1}, ${inShort(now[i])}: ${error.message}` }; }
    if (line.window) { field += stride * (line.window[0] - 1); stride *= line.window[1]; }
    shape = line.shape;
    lines.push({ parameters: 0, multiplications: 0, ...line, sees: shape.length === 3 ? by([field, field]) : "all" });
  }
  return { layers: now, lines, refusal: "" };
}

const row = (numbers) => array([numbers.length], Float64Array.from(numbers));

/** How many numbers come out: 0 from where on a layer does not fit. */
export const layerOutputs = (args) => {
  const { lines } = walkThrough(args);
  return row([count(shapeOfSize(args.size)), ...args.layers.map((_, i) => (lines[i] ? count(lines[i].shape) : 0))]);
};

const counted = (what) => (args) => {
  const { lines, refusal } = walkThrough(args);
  if (refusal) refuse(refusal);
  return row([0, ...lines.map((line) => line[what])]);
};

export const layerParameters = counted("parameters");
export const layerMultiplications = counted("multiplications");

// ------------------------------------------------------------------------------------------------ as code

function written([kind, ...numbers], name) {
  const given = Object.fromEntries(CALLED[kind].map((word, i) => [word, numbers[i]]));
  const usual = { stride: kind.endsWith("Pool2D") ? given.kernel : 1, padding: 0 };
  const byPlace = Object.entries(given).filter(([word]) => !(word in usual)).map(([, number]) => number);
  const byName = Object.keys(usual).filter((word) => word in given && given[word] !== usual[word]).map((word) => `${word}=${given[word]}`);
  return `${name}(${[...byPlace, ...byName].join(", ")})`;
}

const TORCH = { Dense: "nn.Linear", Conv2D: "nn.Conv2d", MaxPool2D: "nn.MaxPool2d", AvgPool2D: "nn.AvgPool2d" };
const POOLED = "nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten())";

function torchCall(one, flat) {
  if (one[0] === "GlobalAvgPool2D") return POOLED;
  return written(one, one[0] === "BatchNorm" ? `nn.BatchNorm${flat ? 1 : 2}d` : TORCH[one[0]] ?? `nn.${one[0]}`);
}

function code(sketch) {
  const { layers } = walkThrough(sketch);
  const kinds = [...new Set(layers.map(([kind]) => kind))].sort().join(", ");
  return [
    "import numpy as np", ...(kinds ? [`from helpers.layers import ${kinds}`] : []), "from helpers.network import Network", "",
    "network = Network(", "    [", ...layers.map((one) => `        ${written(one, one[0])},`), "    ],",
    `    input_shape=(${shapeOfSize(sketch.size).join(", ")}),`, ")", "print(network)",
    "parameters = np.array([0, *(layer.count_parameters() for layer in network.layers)])", "",
  ].join("\n");
}

function torchCode(sketch) {
  const { layers, lines } = walkThrough(sketch);
  const shapes = [shapeOfSize(sketch.size), ...lines.map(({ shape }) => shape)];
  const flat = (i) => shapes[Math.min(i, shapes.length - 1)].length === 1;
  return [
    "import torch", "from torch import nn", "", "network = nn.Sequential(", ...layers.map((one, i) => `    ${torchCall(one, flat(i))},`), ")", "print(network)",
    "parameters = torch.tensor([0, *(sum(one.numel() for one in layer.parameters()) for layer in network)])", "",
  ].join("\n");
}

/** A sketch as code, in a language. */
export const sketchAs = { code, torch: torchCode };
