// Interfering with what a network has learned: the mirror of floor 1's surgery.

import { array, refuse } from "./arrays.mjs";
import { whole } from "./refusals.mjs";

const [MOST_BITS, NOBODY] = [16, -1];
const filters = ({ shape }) => shape.at(-1);
const numbered = (weights, number) => whole("filter", number, NOBODY, filters(weights) - 1);
const loudness = (data) => data.reduce((sum, value) => sum + Math.abs(value), 0);

/** A copy in which each number is what `change` makes of its place. */
function changed(weights, change) {
  const count = filters(weights);
  return array(weights.shape, Float32Array.from(weights.data, (value, i) => change(i % count, i, value)));
}

export function silence({ weights, which }) {
  numbered(weights, which);
  return changed(weights, (filter, i, value) => (filter === which ? 0 : value));
}

export function exchange({ weights, which, other }) {
  for (const one of [which, other]) numbered(weights, one);
  if (which === NOBODY || other === NOBODY) return changed(weights, (filter, i, value) => value);
  const from = (filter) => (filter === which ? other : filter === other ? which : filter);
  return changed(weights, (filter, i) => weights.data[i - filter + from(filter)]);
}

export function paste({ weights, which, kernel }) {
  numbered(weights, which);
  if (weights.shape.length !== 4 || kernel.shape.length !== 2) refuse(`weights have 4 axes and a kernel has 2, not ${weights.shape.length} and ${kernel.shape.length}`);
  const [rows, columns, depth, count] = weights.shape;
  const [high, wide] = kernel.shape;
  if (high > rows || wide > columns) refuse(`a ${high}x${wide} kernel does not fit into one of ${rows}x${columns}`);
  const loud = loudness(kernel.data) * depth;
  if (loud === 0) refuse("this kernel is 0 everywhere: there is nothing to paste");
  const before = loudness(weights.data.filter((_, i) => i % count === which));
  const [top, left] = [Math.floor((rows - high) / 2), Math.floor((columns - wide) / 2)];
  return changed(weights, (filter, i, value) => {
    if (filter !== which) return value;
    const place = Math.floor(i / count / depth);
    const [row, column] = [Math.floor(place / columns) - top, (place % columns) - left];
    return row >= 0 && row < high && column >= 0 && column < wide ? kernel.data[row * wide + column] * (before / loud) : 0;
  });
}

export function quantize({ weights, bits }) {
  const steps = 2 ** whole("number of bits", bits, 1, MOST_BITS) - 1;
  const largest = weights.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest === 0) return changed(weights, (filter, i, value) => value);
  return changed(weights, (filter, i, value) => (Math.floor(((value + largest) / (2 * largest)) * steps + 0.5) / steps) * (2 * largest) - largest);
}
