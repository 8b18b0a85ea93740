// Learning in its smallest form: the mirror of floor 1's descent.

import { array, count, range, refuse } from "./arrays.mjs";
import { MOST, outputShape, tuple, whole } from "./refusals.mjs";

const RUN_AWAY = 1e6;
const CELLS = 41;
const axes = (name, { shape }, needed, words) => { if (shape.length !== needed) refuse(`${name} have ${needed} axes (${words}), not ${shape.length}`); };

/** The loss as a bowl: how much any two places of the window have in common, how much each with what is wanted. */
function bowl(image, wanted, kernelShape) {
  if (image.shape.length !== 2 || wanted.shape.length !== 2) refuse(`image and wanted have 2 axes (row, column), not ${image.shape.length} and ${wanted.shape.length}`);
  const places = outputShape(image.shape, kernelShape);
  if (String(wanted.shape) !== String(places)) refuse(`this kernel makes the shape ${tuple(places)}; what is wanted has ${tuple(wanted.shape)}`);
  const [size, many] = [count(kernelShape), wanted.data.length];
  const [table, pull] = [new Float64Array(size * size), new Float64Array(size)];
  const seen = new Float64Array(size);
  let bottom = 0;
  for (let place = 0; place < many; place++) {
    const [row, column] = [Math.floor(place / places[1]), place % places[1]];
    for (let i = 0; i < size; i++) seen[i] = image.data[(row + Math.floor(i / kernelShape[1])) * image.shape[1] + column + (i % kernelShape[1])];
    const goal = wanted.data[place];
    bottom += goal * goal;
    for (let i = 0; i < size; i++) {
      pull[i] += seen[i] * goal;
      for (let j = 0; j < size; j++) table[i * size + j] += seen[i] * seen[j];
    }
  }
  return { table: table.map((value) => value / many), pull: pull.map((value) => value / many), bottom: bottom / many };
}

/** What the table makes of a kernel. */
const through = (table, kernel) => kernel.map((_, i) => {
  let sum = 0;
  for (let j = 0; j < kernel.length; j++) sum += table[i * kernel.length + j] * kernel[j];
  return sum;
});

function inTheBowl({ table, pull, bottom }, kernel) {
  const half = through(table, kernel);
  return Math.max(0, kernel.reduce((sum, value, i) => sum + value * (half[i] - 2 * pull[i]), 0) + bottom);
}

const bowls = new WeakMap(); // a picture and what is wanted of it stay, while rates and places change

function bowlOf(image, wanted, shape) {
  const known = bowls.get(image);
  if (known?.wanted === wanted && String(known.shape) === String(shape)) return known.found;
  const found = bowl(image, wanted, shape);
  bowls.set(image, { wanted, shape, found });
  return found;
}

export function descend({ image, wanted, start, learning_rate: rate, steps }) {
  whole("number of steps", steps, 0, MOST);
  const terms = bowlOf(image, wanted, start.shape);
  const path = array([steps + 1, ...start.shape]);
  let kernel = Float64Array.from(start.data);
  path.data.set(kernel);
  for (let step = 1; step <= steps; step++) {
    if (kernel.every((value) => Math.abs(value) <= RUN_AWAY)) {
      const pulled = through(terms.table, kernel);
      kernel = kernel.map((value, i) => value - rate * 2 * (pulled[i] - terms.pull[i]));
    }
    path.data.set(kernel, step * kernel.length);
  }
  return path;
}

const kernelsOf = ({ shape: [many, ...kernel], data }) => range(many).map((i) => Float64Array.from(data.subarray(i * count(kernel), (i + 1) * count(kernel))));

export function kernelLosses({ image, wanted, kernels }) {
  axes("kernels", kernels, 3, "kernel, row, column");
  const terms = bowlOf(image, wanted, kernels.shape.slice(1));
  return array([kernels.shape[0]], Float32Array.from(kernelsOf(kernels), (kernel) => inTheBowl(terms, kernel)));
}

const weightNumbers = (given, size) => { for (const name of ["across", "down"]) whole(`weight ${name}`, given[name], 0, size - 1); };

export function landscape({ image, wanted, kernel, across, down, reach }) {
  weightNumbers({ across, down }, kernel.data.length);
  const terms = bowlOf(image, wanted, kernel.shape);
  const one = Float64Array.from(kernel.data);
  const value = (i) => -reach + (2 * reach * i) / (CELLS - 1);
  const out = array([CELLS, CELLS]);
  for (let row = 0; row < CELLS; row++) for (let column = 0; column < CELLS; column++) {
    one[down] = value(row);
    one[across] = value(column);
    out.data[row * CELLS + column] = inTheBowl(terms, one);
  }
  return out;
}

export function trail({ kernels, across, down, reach }) {
  axes("kernels", kernels, 3, "kernel, row, column");
  weightNumbers({ across, down }, count(kernels.shape.slice(1)));
  const places = kernelsOf(kernels).flatMap((kernel) => [kernel[down], kernel[across]]);
  return array([kernels.shape[0], 2], Float32Array.from(places, (value) => ((value + reach) / (2 * reach)) * (CELLS - 1) + 0.5));
}

export function meanSquare({ first, second }) {
  if (String(first.shape) !== String(second.shape)) refuse(`the two pictures must have the same shape, not ${tuple(first.shape)} and ${tuple(second.shape)}`);
  return array([1], Float32Array.of(first.data.reduce((sum, value, i) => sum + (value - second.data[i]) ** 2, 0) / first.data.length));
}

export function stepped({ first, gradient, learning_rate: rate }) {
  if (String(first.shape) !== String(gradient.shape)) refuse(`each number needs its gradient, but the shapes are ${tuple(first.shape)} and ${tuple(gradient.shape)}`);
  return array(first.shape, Float32Array.from(first.data, (value, i) => value - rate * gradient.data[i]));
}

export function take({ stack, which }) {
  if (stack.shape.length < 2) refuse("there is nothing to take from: arrays one behind the other have at least 2 axes");
  whole("place", which, 0);
  const [many, ...shape] = stack.shape;
  const from = Math.min(which, many - 1) * count(shape);
  return array(shape, Float32Array.from(stack.data.subarray(from, from + count(shape))));
}
