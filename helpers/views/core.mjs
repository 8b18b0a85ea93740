// The arithmetic of the course in the browser: floor 1 once more, held to it by tests on random arrays.
// No document, no events: arrays in, arrays and sentences out.
//
// An array is {shape, data}: row by row, the channels of a pixel side by side, as in NumPy.

// ---------------------------------------------------------------------------------------------- arrays

export const array = (shape, data) => ({ shape, data: data ?? new Float32Array(count(shape)) });
export const count = (shape) => shape.reduce((all, n) => all * n, 1);
export const rows = (a) => a.shape[0];
export const columns = (a) => a.shape[1];
export const channels = (a) => a.shape[2] ?? 1;
export const at = (a, row, column, channel = 0) => a.data[(row * columns(a) + column) * channels(a) + channel];
const isArray = (value) => Boolean(value?.data && value?.shape);
/** Single precision, as NumPy computes: a number that just misses a limit (256, 360 degrees) misses it here too. */
const single = Math.fround;
const refuse = (sentence) => { throw new Error(sentence); };

/** Make an array of the same height and width from a function of every pixel's channels. */
function eachPixel(image, width, color) {
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
function eachColor(colors, names, width, color) {
  colorChannels(colors, names);
  const line = array([1, colors.data.length / colors.shape.at(-1), colors.shape.at(-1)], colors.data);
  return array([...colors.shape.slice(0, -1), width], eachPixel(line, width, color).data);
}

function eachValue(image, change) {
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

// --------------------------------------------------------------------------------------------- numbers

const MINUS = "\u2212";

/** Write a number with no more digits than help; the minus is a true one. */
export function number(value) {
  if (Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value > 0 ? "\u221e" : MINUS + "\u221e";
  const size = Math.abs(value);
  let text = size >= 1e21 ? BigInt(Math.round(size)).toString() : size.toFixed(size < 10 ? 2 : size < 100 ? 1 : 0);
  if (text.includes(".")) text = text.replace(/\.?0+$/, "");
  return (value < 0 && Number(text) !== 0 ? MINUS : "") + text;
}

/** Read a number as people type it: a true minus, a decimal comma. Null if it is none. */
export function parseNumber(text) {
  const plain = text.trim().replace(MINUS, "-").replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : null;
}

// ----------------------------------------------------------------------------------------------- words

const FACTS = {
  rows, columns, channels,
  count: (a) => a.data.length,
  min: smallest, max: largest, sum: total,
};

function fact(name, values) {
  if (name in values) return values[name];
  const [owner, property] = name.split(".");
  return FACTS[property](values[owner]);
}

const written = (value) =>
  typeof value === "boolean" ? (value ? "on" : "off") : typeof value === "string" ? value : number(value);

const COMPARE = {
  "==": (a, b) => a === b, "!=": (a, b) => a !== b,
  "<=": (a, b) => a <= b, ">=": (a, b) => a >= b, "<": (a, b) => a < b, ">": (a, b) => a > b,
};

export function holds(condition, values) {
  if (!condition) return true;
  const [name, sign, word] = condition.split(" ");
  let value = fact(name, values);
  if (typeof value === "boolean") value = String(value);
  if (typeof value === "string") return COMPARE[sign](value, word);
  return COMPARE[sign](value, Number(/^[a-z]/.test(word) ? fact(word, values) : word));
}

/** Fill a sentence: parts {text, kind}; kind "setting" for what the learner controls, "result" for "{=...}". */
export function say(text, values) {
  const sentence = typeof text === "string" ? text : (text.find(([condition]) => holds(condition, values)) ?? ["", ""])[1];
  return sentence.split(/(\{=?[a-z_0-9.]+\})/).filter(Boolean).map((part) => {
    const place = /^\{(=?)([a-z_0-9.]+)\}$/.exec(part);
    if (!place) return { text: part };
    return { text: written(fact(place[2], values)), kind: place[1] ? "result" : place[2] in values ? "setting" : "fact" };
  });
}

export const plain = (parts) => parts.map((part) => part.text).join("");

// ------------------------------------------------------------------------------------------------ code

function literal(value) {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return JSON.stringify(value);
  if (isArray(value)) return nested(value.shape, value.data, (one) => literal(shortest(one)));
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  const size = Math.abs(value);
  const [digits, power] = value.toExponential().split("e");
  if (value === 0 || (size >= 1e-4 && size < 1e16)) return String(value);
  return `${digits}e${power[0]}${power.slice(1).padStart(2, "0")}`;
}

/** A number of an array with the fewest digits that still mean it: 0.1, not 0.10000000149. */
function shortest(value) {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (single(short) === single(value)) return short;
  }
  return Number(value.toPrecision(9));
}

function nested([length, ...inner], data, write) {
  const step = count(inner);
  const part = (i) => (inner.length ? nested(inner, data.slice(i * step, (i + 1) * step), write) : write(data[i]));
  return `[${Array.from({ length }, (_, i) => part(i)).join(", ")}]`;
}

/** Put the settings' values into the places of printed code (printing.py says what the parts are). */
export const fill = (parts, values) => parts.map((part) => {
  if (typeof part === "string") return part;
  if ("raw" in part) return values[part.raw];
  if ("by" in part) {
    const by = values[part.by];
    return fill(part.options[String(by)] ?? [`...  # ${noChoice(part.by, by, part.options)}`], values);
  }
  const value = values[part.setting];
  return literal(part.words ? part.words[String(value)] ?? value : value);
}).join("");

// ---------------------------------------------------------------------------------------------- recipe

/** What an argument stands for: "$name" the value of that name, a list element by element, lists in a list an array. */
function lookUp(argument, values) {
  if (typeof argument === "string" && argument.startsWith("$")) return values[argument.slice(1)];
  if (!Array.isArray(argument)) return argument;
  const parts = argument.map((part) => lookUp(part, values));
  if (!argument.some(Array.isArray)) return parts;
  const inner = parts[0].shape ?? [parts[0].length];
  return array([parts.length, ...inner], Float32Array.from(parts.flatMap((part) => [...(part.data ?? part)])));
}

const noChoice = (name, value, choices) => `${name} cannot be '${value}'; choose one of ${Object.keys(choices).sort().join(", ")}`;
const chosen = (step, values) => ("by" in step ? step.calls[String(values[step.by])] : step);

/**
 * Work a recipe out. Returns {values, calls, errors}: a step that refuses its arguments leaves its sentence in
 * errors, and so does every step that needs it. `before` is an earlier outcome: steps whose arguments
 * are still the same objects are not worked out again. `given` holds outcomes that come from elsewhere.
 */
export function evaluate(recipe, settings, before = null, given = {}) {
  const out = { values: { ...settings }, calls: {}, errors: {} };
  for (const step of recipe) {
    const call = chosen(step, out.values);
    if (!call) { out.errors[step.name] = noChoice(step.by, out.values[step.by], step.calls); continue; }
    const names = Object.values(call.arguments).flat(Infinity).filter((v) => typeof v === "string" && v.startsWith("$"));
    const failed = names.find((name) => name.slice(1) in out.errors);
    if (failed) { out.errors[step.name] = out.errors[failed.slice(1)]; continue; }
    const args = Object.fromEntries(Object.entries(call.arguments).map(([k, v]) => [k, lookUp(v, out.values)]));
    const old = before?.calls[step.name];
    if (step.name in given) out.values[step.name] = given[step.name];
    else if (old && old.operation === call.operation && sameArguments(old.args, args)) {
      out.values[step.name] = before.values[step.name];
    } else {
      try { out.values[step.name] = OPERATIONS[call.operation].run(args); }
      catch (error) { out.errors[step.name] = error.message; continue; }
    }
    out.calls[step.name] = { operation: call.operation, args, sources: call.arguments };
  }
  return out;
}

const MANY = 400; // cells: larger arrays are the same only if they are one and the same object

function sameArguments(a, b) {
  const same = (x, y) => x === y || (Array.isArray(x) && Array.isArray(y) && x.length === y.length && x.every((v, i) => same(v, y[i])))
    || (isArray(x) && isArray(y) && x.data.length <= MANY && same(x.shape, y.shape) && same([...x.data], [...y.data]));
  return Object.keys(a).length === Object.keys(b).length && Object.keys(b).every((name) => same(a[name], b[name]));
}

// ------------------------------------------------------------------------------------------ where from

/** Which arguments of a call are the pictures it reads: {argument: name of a setting or step}. */
export function picturesOf(call) {
  const names = ["image", "images", "rgba", "rgb", "hsv", "cmyk", "first", "second", "background"];
  return names.filter((name) => isArray(call.args[name]) && typeof call.sources[name] === "string")
    .map((name) => call.sources[name].slice(1));
}

/**
 * Which cells of `source` does a region of `name` read? A region is {rows, columns}: sorted indices.
 * Walks back through the recipe; null if `name` does not come from `source`.
 */
export function readsFrom(outcome, name, source, region) {
  if (name === source) return region;
  const call = outcome.calls[name];
  if (!call) return null;
  const [row, column] = axes(call);
  const back = { rows: union(region.rows, row), columns: union(region.columns, column) };
  let found = null;
  for (const picture of picturesOf(call)) {
    const part = readsFrom(outcome, picture, source, back);
    if (part) found = found ? merged(found, part) : part;
  }
  return found;
}

/** The other way round: which cells of `name` read a region of `source`? */
export function readBy(outcome, name, source, region) {
  const result = outcome.values[name];
  if (!result || !readsFrom(outcome, name, source, { rows: [], columns: [] })) return null;
  const readers = (length, axis, wanted) => {
    const all = new Set(wanted);
    return Array.from({ length }, (_, i) => i).filter((i) => {
      const one = readsFrom(outcome, name, source, { rows: axis === "rows" ? [i] : [], columns: axis === "columns" ? [i] : [] });
      return one[axis].some((j) => all.has(j));
    });
  };
  return { rows: readers(rows(result), "rows", region.rows), columns: readers(columns(result), "columns", region.columns) };
}

/**
 * Where the windows of `name` start in `source`, and what none of them reads, for rows and for columns. A window that begins
 * outside, in a ring of padding, has no start inside.
 */
export function stones(outcome, name, source) {
  if (!outcome.values[name] || !readsFrom(outcome, name, source, { rows: [], columns: [] })) return null;
  const along = (axis) => {
    const length = outcome.values[name].shape[axis === "rows" ? 0 : 1];
    const reads = Array.from({ length }, (_, i) => readsFrom(outcome, name, source, { rows: [], columns: [], [axis]: [i] })[axis]);
    const whole = Math.max(...reads.map((window) => window.length));
    const seen = new Set(reads.flat());
    const cells = Array.from({ length: outcome.values[source].shape[axis === "rows" ? 0 : 1] }, (_, i) => i);
    return {
      starts: reads.filter((window) => window.length === whole || window[0] > 0).map((window) => window[0]),
      lost: cells.filter((i) => !seen.has(i)),
    };
  };
  return { rows: along("rows"), columns: along("columns") };
}

const axes = (call) => OPERATIONS[call.operation].reads?.(call.args) ?? [(i) => [i], (i) => [i]];
const union = (indices, reads) => [...new Set(indices.flatMap(reads))].sort((a, b) => a - b);
const merged = (a, b) => ({ rows: union([...a.rows, ...b.rows], (i) => [i]), columns: union([...a.columns, ...b.columns], (i) => [i]) });
const inside = (length) => (i) => i >= 0 && i < length;

/** The inputs of a sliding window, along one axis. */
const slide = (size, kernelSize, { stride = 1, padding = 0, dilation = 1, mode = "zero" }) => (i) =>
  Array.from({ length: kernelSize }, (_, k) => RING[mode](i * stride - padding + k * dilation, size)).filter(inside(size));

/** The same through several layers, which make the picture larger or smaller; from the last one back to the first. */
const slideThrough = (layers, size, kernelSize, { padding = 0, mode = "zero" }) => (i) => {
  let read = [i];
  for (let layer = layers - 1; layer >= 0; layer--) {
    read = union(read, slide(size + layer * (2 * padding - kernelSize + 1), kernelSize, { padding, mode }));
  }
  return read;
};

const RING = {
  zero: (i, n) => (i >= 0 && i < n ? i : -1),
  edge: (i, n) => Math.min(Math.max(i, 0), n - 1),
  reflect: (i, n) => { const j = n === 1 ? 0 : Math.abs(i) % (2 * n - 2); return j < n ? j : 2 * n - 2 - j; },
  wrap: (i, n) => ((i % n) + n) % n,
};

// -------------------------------------------------------------------------------- what refuses, and why

const isWhole = Number.isInteger;
const by = (shape) => shape.join("x");
const tuple = (shape) => (shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`);
/** A number as Python's "%g" writes it, for limits. */
function short(value) {
  const rounded = Number(value.toPrecision(6));
  const [digits, power] = rounded.toExponential().split("e");
  if (rounded === 0 || (power >= -4 && power < 6)) return String(rounded);
  return `${digits}e${power[0]}${power.slice(1).padStart(2, "0")}`;
}

function whole(name, value, lowest = -Infinity) {
  if (!isWhole(value)) refuse(`the ${name} must be a whole number, not ${typeof value === "string" ? `'${value}'` : literal(value)}`);
  if (value < lowest) refuse(`the ${name} must be at least ${lowest}, not ${value}`);
  return value;
}

const covered = (kernelSize, dilation) => dilation * (kernelSize - 1) + 1;

/** Count the places where a window fits, as rows and columns. */
export function outputShape(shape, kernelShape, { stride = 1, padding = 0, dilation = 1, window = "kernel" } = {}) {
  for (const size of kernelShape) whole("kernel size", size, 1);
  whole("stride", stride, 1);
  whole("padding", padding, 0);
  whole("dilation", dilation, 1);
  const reach = kernelShape.map((size) => covered(size, dilation));
  if (reach.some((size, i) => size > shape[i] + 2 * padding)) refuse(misfit(shape, kernelShape, padding, dilation, window));
  return reach.map((size, i) => Math.floor((shape[i] + 2 * padding - size) / stride) + 1);
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

function channelNumber(image, channel) {
  const depth = channels(image);
  whole("channel", channel, 0);
  if (channel >= depth) refuse(`there is no channel ${channel}; this picture has ${depth} channel${depth === 1 ? "" : "s"}, counted from 0`);
  return channel;
}

function limits(low, high) {
  if (!(low < high)) refuse(`the lower limit ${short(low)} must be below the upper limit ${short(high)}`);
}

function colorChannels(image, names = "red, green, blue") {
  const needed = names.split(",").length;
  const found = image.shape[image.shape.length - 1];
  if (found !== needed) refuse(`${needed} numbers for each color are needed (${names}), not ${found}`);
}

// --------------------------------------------------------------------------------------------- windows

function pad2d({ image, padding, mode = "zero" }) {
  whole("padding", padding, 0);
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
function convolve2d({ image, kernel, stride = 1, padding = 0, mode = "zero", flip = false, dilation = 1 }) {
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

function conv2d({ images, weights, bias = null, stride = 1, padding = 0, dilation = 1 }) {
  const depth = images.shape[2];
  if (images.shape.length !== 3) refuse(`images have 3 axes (row, column, channel) or 4 (image, row, column, channel), not ${images.shape.length}`);
  if (weights.shape.length !== 4) refuse(`weights have 4 axes (kernel row, kernel column, in_channels, out_channels), not ${weights.shape.length}`);
  const [high, wide, inChannels, filters] = weights.shape;
  if (depth !== inChannels) refuse(`the images have ${depth} channel(s), but the filters read ${inChannels}; the two numbers must be equal`);
  const biases = bias === null ? new Array(filters).fill(0) : bias.data ?? bias;
  const biasShape = bias?.shape ?? [biases.length];
  if (biasShape.length !== 1 || biases.length !== filters) refuse(`the bias must have the shape (${filters},), one number a filter, not ${tuple(biasShape)}`);
  const [outRows, outColumns] = outputShape(images.shape.slice(0, 2), [high, wide], { stride, padding, dilation });
  const out = array([outRows, outColumns, filters]);
  const sums = new Float64Array(filters);
  for (let r = 0, to = 0; r < outRows; r++) {
    for (let c = 0; c < outColumns; c++, to += filters) {
      for (let f = 0; f < filters; f++) sums[f] = biases[f];
      for (let kr = 0; kr < high; kr++) {
        const row = r * stride - padding + kr * dilation;
        if (row < 0 || row >= rows(images)) continue;
        for (let kc = 0; kc < wide; kc++) {
          const column = c * stride - padding + kc * dilation;
          if (column < 0 || column >= columns(images)) continue;
          const pixel = (row * columns(images) + column) * depth;
          for (let k = 0; k < depth; k++) {
            const value = images.data[pixel + k];
            const w = ((kr * wide + kc) * depth + k) * filters;
            for (let f = 0; f < filters; f++) sums[f] += value * weights.data[w + f];
          }
        }
      }
      out.data.set(sums, to);
    }
  }
  return out;
}

function pool({ images, kernel_size: size, stride, padding = 0 }, begin, combine, finish) {
  const step = stride ?? size;
  whole("kernel size", size, 1);
  whole("stride", step, 1);
  whole("padding", padding, 0);
  if (padding > Math.floor(size / 2)) refuse(`a padding of ${padding} is too much for a ${size}x${size} window; use at most ${Math.floor(size / 2)}`);
  const [height, width, depth] = [rows(images), columns(images), channels(images)];
  const [outRows, outColumns] = outputShape([height, width], [size, size], { stride: step, padding, window: "window" });
  const out = array([outRows, outColumns, ...images.shape.slice(2)]);
  for (let r = 0, to = 0; r < outRows; r++) {
    const [top, bottom] = [Math.max(0, r * step - padding), Math.min(height, r * step - padding + size)];
    for (let c = 0; c < outColumns; c++) {
      const [left, right] = [Math.max(0, c * step - padding), Math.min(width, c * step - padding + size)];
      for (let k = 0; k < depth; k++, to++) {
        let value = begin;
        for (let i = top; i < bottom; i++) for (let j = left; j < right; j++) value = combine(value, images.data[(i * width + j) * depth + k]);
        out.data[to] = finish(value, size);
      }
    }
  }
  return out;
}

const maxPool2d = (args) => pool(args, -Infinity, (a, b) => (a > b ? a : b), (most) => most);
const avgPool2d = (args) => pool(args, 0, (a, b) => a + b, (sum, size) => sum / (size * size));

// ------------------------------------------------------------------------------- channels and colors

function pick({ image, channel }) {
  channelNumber(image, channel);
  return eachPixel(image, 0, (pixel, out) => { out[0] = pixel[channel]; });
}

function keep({ image, channels: switches }) {
  const depth = channels(image);
  if (switches.length !== depth) refuse(`one switch for each channel is needed: ${depth}, not ${switches.length}`);
  return eachValue(image, (value, i) => (switches[i % depth] ? value : 0));
}

function swap({ image, first, second }) {
  channelNumber(image, first);
  channelNumber(image, second);
  const order = Array.from({ length: channels(image) }, (_, c) => (c === first ? second : c === second ? first : c));
  return array(image.shape, eachPixel(image, order.length, (pixel, out) => order.forEach((c, i) => { out[i] = pixel[c]; })).data);
}

/** As Python's %: the outcome has the sign of `size`. */
function modulo(value, size) {
  const rest = value % size;
  return rest < 0 ? single(rest + size) : rest;
}

function move({ image, amounts, high = 255, around = [] }) {
  const depth = channels(image);
  if (amounts.length !== depth) refuse(`one number for each channel is needed: ${depth}, not ${amounts.length}`);
  const highs = [high].flat();
  if (highs.length !== 1 && highs.length !== depth) refuse(`one upper limit for each channel is needed: ${depth}, not ${highs.length}`);
  return eachValue(image, (value, i) => {
    const [moved, most] = [single(value + amounts[i % depth]), highs[i % highs.length]];
    return around.includes(i % depth) ? modulo(moved, most) : Math.min(most, Math.max(0, moved));
  });
}

const pixel = ({ red, green, blue, alpha = 255 }) => array([1, 1, 4], Float32Array.of(red, green, blue, alpha));

function toRgba({ image }) {
  const depth = channels(image);
  if (![1, 3, 4].includes(depth)) refuse(`a picture has 1 channel (gray), 3 (color) or 4 (color and alpha), not ${depth}`);
  return eachPixel(image, 4, (p, out) => { [out[0], out[1], out[2], out[3]] = [p[0], p[depth > 1 ? 1 : 0], p[depth > 1 ? 2 : 0], p[3] ?? 255]; });
}

function composite({ rgba, background }) {
  if (rgba.shape.length !== 3 || channels(rgba) !== 4) refuse(`a picture with 4 channels (red, green, blue, alpha) is needed, not the shape ${tuple(rgba.shape)}`);
  const shape = background.shape ?? [background.length];
  const size = [rows(rgba), columns(rgba), 3];
  if (String(shape) !== "3" && String(shape) !== String(size)) {
    refuse(`the background must be a color of 3 numbers or a ${size[0]}x${size[1]} picture with 3 channels, not the shape ${tuple(shape)}`);
  }
  const behind = isArray(background) && shape.length > 1 ? (i, c) => background.data[i * 3 + c] : (i, c) => (background.data ?? background)[c];
  return eachPixel(rgba, 3, (p, out, i) => {
    const alpha = single(p[3] / 255);
    for (let c = 0; c < 3; c++) out[c] = single(alpha * p[c]) + single(single(1 - alpha) * behind(i, c));
  });
}

function dropAlpha({ image }) {
  if (image.shape.length === 2) return eachValue(image, (v) => v);
  if (![3, 4].includes(channels(image))) refuse(`a color picture has 3 channels, or 4 with alpha, not ${channels(image)}`);
  return eachPixel(image, 3, (p, out) => { [out[0], out[1], out[2]] = p; });
}

const REC601 = [0.299, 0.587, 0.114];

function toGray({ image, weights = REC601 }) {
  const w = weights.data ?? weights;
  if (w.length !== 3) refuse(`3 weights are needed, one each for red, green and blue, not ${w.length}`);
  if (image.shape.length === 2) return eachValue(image, (v) => v);
  if (channels(image) === 4) refuse("this picture has an alpha channel; composite it over a background first");
  colorChannels(image);
  return eachPixel(image, 0, (p, out) => { out[0] = w[0] * p[0] + w[1] * p[1] + w[2] * p[2]; });
}

function rgbToHsv({ rgb }) {
  return eachColor(rgb, "red, green, blue", 3, ([red, green, blue], out) => {
    const highest = Math.max(red, green, blue);
    const spread = single(highest - Math.min(red, green, blue));
    const part = (difference) => single(single(difference) / spread);
    let hue = 0;
    if (spread > 0) {
      hue = highest === red ? modulo(part(green - blue), 6) : highest === green ? part(blue - red) + 2 : part(red - green) + 4;
    }
    [out[0], out[1], out[2]] = [60 * single(hue), (100 * spread) / (highest > 0 ? highest : 1), (highest * 100) / 255];
  });
}

function hsvToRgb({ hsv }) {
  return eachColor(hsv, "hue, saturation, value", 3, ([hue, saturation, value], out) => {
    [0, 120, 240].forEach((own, i) => {
      const away = Math.abs(modulo(hue - own + 180, 360) - 180);
      const strength = Math.min(1, Math.max(0, 2 - away / 60));
      out[i] = ((255 * value) / 100) * (1 - (saturation / 100) * (1 - strength));
    });
  });
}

function rgbToCmyk({ rgb }) {
  return eachColor(rgb, "red, green, blue", 4, (p, out) => {
    const highest = Math.max(p[0], p[1], p[2]);
    for (let c = 0; c < 3; c++) out[c] = (100 * (highest - p[c])) / (highest > 0 ? highest : 1);
    out[3] = 100 - (highest * 100) / 255;
  });
}

function cmykToRgb({ cmyk }) {
  return eachColor(cmyk, "cyan, magenta, yellow, black", 3, (p, out) => { for (let c = 0; c < 3; c++) out[c] = ((255 * (100 - p[c])) / 100) * ((100 - p[3]) / 100); });
}

// ------------------------------------------------------------------------------- values and positions

function clip({ image, low = 0, high = 255 }) {
  limits(low, high);
  return eachValue(image, (v) => Math.min(high, Math.max(low, v)));
}

function rescale({ image, low, high }) {
  limits(low, high);
  return eachValue(image, (v) => Math.min(255, Math.max(0, (255 * (v - low)) / (high - low))));
}

const add = ({ image, amount }) => eachValue(image, (v) => v + amount);
const wrap = ({ image }) => eachValue(image, (v) => modulo(Math.trunc(v), 256));

function difference({ first, second }) {
  if (String(first.shape) !== String(second.shape)) refuse(`the two pictures must have the same shape, not ${tuple(first.shape)} and ${tuple(second.shape)}`);
  return eachValue(first, (v, i) => v - second.data[i]);
}

function shift({ image, rows: down, columns: right }) {
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

function takeEvery({ image, step }) {
  whole("step", step, 1);
  const [height, width, depth] = [Math.ceil(rows(image) / step), Math.ceil(columns(image) / step), channels(image)];
  const out = array([height, width, ...image.shape.slice(2)]);
  for (let r = 0, to = 0; r < height; r++) {
    for (let c = 0; c < width; c++) for (let k = 0; k < depth; k++, to++) out.data[to] = image.data[(r * step * columns(image) + c * step) * depth + k];
  }
  return out;
}

function coverage({ image, kernel_size: size, stride = 1, padding = 0, dilation = 1 }) {
  const places = outputShape(image.shape.slice(0, 2), [size, size], { stride, padding, dilation });
  const counts = [0, 1].map((axis) => {
    const reads = new Array(image.shape[axis]).fill(0);
    for (let i = 0; i < places[axis]; i++) for (const j of slide(image.shape[axis], size, { stride, padding, dilation })(i)) reads[j] += 1;
    return reads;
  });
  return array(image.shape.slice(0, 2), Float32Array.from(counts[0].flatMap((down) => counts[1].map((across) => down * across))));
}

// ------------------------------------------------------------------------ patterns, kernels and layers

function ruler({ size, padding = 0 }) {
  whole("size", size, 1);
  whole("padding", padding, 0);
  return array([1, size + 2 * padding], Float32Array.from({ length: size + 2 * padding }, (_, i) => (i < padding || i >= size + padding ? 0 : i - padding)));
}

function stripes({ rows: height, columns: width, period }) {
  whole("number of rows", height, 1);
  whole("number of columns", width, 1);
  whole("period", period, 2);
  return array([height, width], Float32Array.from({ length: height * width }, (_, i) => ((i % width) % period < Math.floor((period + 1) / 2) ? 255 : 0)));
}

function starts({ image, kernel_size: size, stride = 1 }) {
  const places = outputSize(columns(image), size, stride);
  return array([1, places], Float32Array.from({ length: places }, (_, i) => i * stride));
}

function box({ kernel_size: size }) {
  whole("kernel size", size, 1);
  return array([size, size], new Float32Array(size * size).fill(1 / (size * size)));
}

function identity({ kernel_size: size }) {
  const middle = Math.floor(whole("kernel size", size, 1) / 2);
  return array([size, size], Float32Array.from({ length: size * size }, (_, i) => (i === middle * size + middle ? 1 : 0)));
}

function repeat2d({ image, kernel, count: layers, padding = 0, mode = "zero" }) {
  whole("number of layers", layers, 0);
  let out = eachValue(image, (v) => v);
  for (let i = 0; i < layers; i++) out = convolve2d({ image: out, kernel, padding, mode });
  return out;
}

/** The padding that keeps the size at stride 1, on each side. */
export function samePadding(size) {
  whole("kernel size", size, 1);
  if (size % 2 === 0) refuse(`a kernel of size ${size} takes ${size - 1} off the size of an image, and two sides cannot share ${size - 1} equally; use an odd size such as ${size + 1}`);
  return (size - 1) / 2;
}

// ---------------------------------------------------------------------------------------- sentences

const NAMES = ["R", "G", "B", "A"];
const result = (value) => ({ text: number(value), kind: "result" });
const setting = (value) => ({ text: number(value), kind: "setting" });
const text = (words) => ({ text: words });
/** "=", or "≈" where a number is shown with fewer digits than it has. */
const equals = (values) => text(values.every((v) => Math.abs(v - Number(number(v).replace(MINUS, "-"))) < 1e-6 * Math.max(1, Math.abs(v))) ? " = " : " \u2248 ");

/** The hue of one weight out of `all`, the same in the kernel, in the window and in the sum. */
export const hueOf = (index, all) => Math.round((360 * index) / all);
const MOST_TERMS = 25;

/** One line for each channel, each begun with its letter where there are several. */
const perChannel = (depth, line) => Array.from({ length: depth }, (_, c) => [...(depth > 1 ? [text(`${NAMES[c] ?? c}: `)] : []), ...line(c)]);

function convolveSum({ image, kernel, stride = 1, padding = 0, mode = "zero", flip = false, dilation = 1 }, out, row, column) {
  const [high, wide] = kernel.shape;
  return perChannel(channels(image), (channel) => {
    const parts = [];
    const shown = [at(out, row, column, channel)];
    for (let i = 0; i < Math.min(high * wide, MOST_TERMS); i++) {
      const [kr, kc] = [Math.floor(i / wide), i % wide];
      const r = RING[mode](row * stride - padding + kr * dilation, rows(image));
      const c = RING[mode](column * stride - padding + kc * dilation, columns(image));
      const value = r < 0 || c < 0 ? 0 : at(image, r, c, channel);
      const weight = flip ? at(kernel, high - 1 - kr, wide - 1 - kc) : at(kernel, kr, kc);
      shown.push(value, weight);
      if (i) parts.push(text(" + "));
      parts.push({ text: `${number(value)}·`, hue: hueOf(i, high * wide) }, { text: number(weight), kind: "setting", hue: hueOf(i, high * wide) });
    }
    if (high * wide > MOST_TERMS) parts.push(text(` + … (${high * wide} products)`));
    return [...parts, equals(shown), result(shown[0]), text(winner(kernel, shown[0]))];
  });
}

/** Who outweighs whom, where a kernel has weights of both signs: what the sign of a result says. */
function winner(kernel, value) {
  if (smallest(kernel) >= 0 || largest(kernel) <= 0) return "";
  return Math.abs(value) < 1e-3 ? ", a draw" : `, the ${value > 0 ? "positive" : "negative"} weights win`;
}

function windowValues(images, size, step, padding, row, column, channel) {
  const values = [];
  for (const r of slide(rows(images), size, { stride: step, padding })(row)) {
    for (const c of slide(columns(images), size, { stride: step, padding })(column)) values.push(at(images, r, c, channel));
  }
  return values;
}

const listed = (values, between) => {
  const shown = values.slice(0, MOST_TERMS).map(number).join(between);
  return values.length > MOST_TERMS ? `${shown}${between}… (${values.length} numbers)` : shown;
};

const poolSum = (write) => ({ images, kernel_size: size, stride, padding = 0 }, out, row, column) =>
  perChannel(channels(images), (channel) => {
    const values = windowValues(images, size, stride ?? size, padding, row, column, channel);
    return [text(write(values, size)), text(" = "), result(at(out, row, column, channel))];
  });

function compositeSum({ rgba, background }, out, row, column) {
  const alpha = at(rgba, row, column, 3);
  const behind = (c) => (background.shape?.length > 1 ? at(background, row, column, c) : (background.data ?? background)[c]);
  return perChannel(3, (c) => [
    setting(alpha), text("/255 · "), setting(at(rgba, row, column, c)), text(" + (1 \u2212 "), setting(alpha), text("/255) · "),
    setting(behind(c)), text(" = "), result(at(out, row, column, c)),
  ]);
}

function graySum({ image, weights = REC601 }, out, row, column) {
  if (channels(image) !== 3) return [[text("gray already: "), result(at(out, row, column))]];
  const w = weights.data ?? weights;
  const terms = [0, 1, 2].flatMap((c) => [text(c ? " + " : ""), { text: String(Number(Number(w[c]).toFixed(3))), kind: "setting" }, text(`·${number(at(image, row, column, c))}`)]);
  return [[...terms, text(" = "), result(at(out, row, column))]];
}

const eachSum = (write) => (args, out, row, column) =>
  perChannel(channels(out), (c) => [...write(args, at(args.image ?? args.first, row, column, c), row, column, c), text(" = "), result(at(out, row, column, c))]);

// --------------------------------------------------------------------------------------- operations

const slides = (picture, sizes) => (args) => {
  const [high, wide] = sizes(args);
  const step = { ...args, stride: args.stride ?? (args.kernel_size && "images" in args ? args.kernel_size : 1) };
  return [slide(rows(args[picture]), high, step), slide(columns(args[picture]), wide, step)];
};
const square = ({ kernel_size: size }) => [size, size];
const there = (index, length) => (inside(length)(index) ? [index] : []);

/**
 * What an operation is here: `run`, the mirror of floor 1; `reads`, which rows and columns of its picture one row
 * and one column of the outcome read (left out: the same ones); `sum`, the arithmetic of one cell in words.
 */
export const OPERATIONS = {
  pixel: { run: pixel },
  to_rgba: { run: toRgba },
  pick: { run: pick },
  keep: { run: keep },
  swap: { run: swap },
  move: { run: move },
  composite: { run: composite, sum: compositeSum },
  drop_alpha: { run: dropAlpha },
  to_gray: { run: toGray, sum: graySum },
  rgb_to_hsv: { run: rgbToHsv },
  hsv_to_rgb: { run: hsvToRgb },
  rgb_to_cmyk: { run: rgbToCmyk },
  cmyk_to_rgb: { run: cmykToRgb },
  add: { run: add, sum: eachSum(({ amount }, value) => [text(`${number(value)} + `), setting(amount)]) },
  clip: { run: clip, sum: eachSum(({ low = 0, high = 255 }, value) => [text(`${number(value)} cut off at ${number(low)} and ${number(high)}`)]) },
  wrap: { run: wrap, sum: eachSum((_, value) => [text(`${number(value)} modulo 256`)]) },
  rescale: {
    run: rescale,
    sum: eachSum(({ low, high }, value) => [text(`255 · (${number(value)} \u2212 `), setting(low), text(") / ("), setting(high), text(" \u2212 "), setting(low), text(")")]),
  },
  difference: { run: difference, sum: eachSum(({ second }, value, r, c, k) => [text(`${number(value)} \u2212 ${number(at(second, r, c, k))}`)]) },
  shift: {
    run: shift,
    reads: ({ image, rows: down, columns: right }) => [(i) => there(i - down, rows(image)), (i) => there(i - right, columns(image))],
  },
  take_every: { run: takeEvery, reads: ({ step }) => [(i) => [i * step], (i) => [i * step]] },
  coverage: { run: coverage },
  ruler: { run: ruler },
  stripes: { run: stripes },
  starts: { run: starts, reads: ({ image, kernel_size: size, stride = 1 }) => [(i) => [i], slide(columns(image), size, { stride })] },
  box: { run: box },
  identity: { run: identity },
  repeat2d: {
    run: repeat2d,
    reads: (args) => [rows(args.image), columns(args.image)].map((n, axis) => slideThrough(args.count, n, args.kernel.shape[axis], args)),
  },
  pad2d: {
    run: pad2d,
    reads: ({ image, padding, mode = "zero" }) =>
      [rows(image), columns(image)].map((n) => (i) => there(RING[mode](i - padding, n), n)),
  },
  convolve2d: {
    run: convolve2d,
    sum: convolveSum,
    reads: (args) => [rows(args.image), columns(args.image)].map((n, axis) => slide(n, args.kernel.shape[axis], args)),
  },
  conv2d: { run: conv2d, reads: slides("images", ({ weights }) => weights.shape) },
  max_pool2d: { run: maxPool2d, reads: slides("images", square), sum: poolSum((values) => `max(${listed(values, ", ")})`) },
  avg_pool2d: { run: avgPool2d, reads: slides("images", square), sum: poolSum((values, size) => `(${listed(values, " + ")}) / ${size * size}`) },
};

/** The arithmetic of one cell of a step: lines of parts, or none where the operation has no sentence. */
export function ledger(outcome, name, row, column) {
  const call = outcome.calls[name];
  const sum = call && OPERATIONS[call.operation].sum;
  return sum ? sum(call.args, outcome.values[name], row, column) : [];
}
