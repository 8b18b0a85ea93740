// Where from: which cells of a picture an outcome reads, and the other way round.
//
// A region is {rows, columns, channels}: sorted indices of each; all their combinations belong to it. Where an operation
// reads something else than such a block (flatten), it is the smallest block around it.

import { channels, columns, isArray, range, rows } from "./arrays.mjs";
import { OPERATIONS } from "./operations.mjs";

const AXES = ["rows", "columns", "channels"];
const LENGTH = { rows, columns, channels };
export const NOWHERE = { rows: [], columns: [], channels: [] };

/** The region of one cell: of one channel, or of all. */
export const regionOf = ({ row, column, channel }, array) =>
  ({ rows: [row], columns: [column], channels: channel == null ? range(channels(array)) : [channel] });

/** The pictures that a call reads: their arguments, and the names of the settings or steps that they are. */
export const picturesOf = (call) => call.pictures.filter((argument) => isArray(call.args[argument]))
  .map((argument) => ({ argument, name: call.sources[argument].slice(1) }));

/**
 * Which cells of `source` does a region of `name` read? Walks back through the recipe; null if `name` does not come
 * from `source`.
 */
export function readsFrom(outcome, name, source, region) {
  if (name === source) return region;
  const call = outcome.calls[name];
  if (!call) return null;
  let found = null;
  for (const picture of picturesOf(call)) {
    const part = readsFrom(outcome, picture.name, source, back(call, picture.argument, region));
    if (part) found = found ? merged(found, part) : part;
  }
  return found;
}

/** The other way round: which cells of `name` read a region of `source`? */
export function readBy(outcome, name, source, region) {
  const reached = { [source]: region };
  for (const [step, call] of Object.entries(outcome.calls)) {
    for (const { argument, name: picture } of picturesOf(call)) {
      if (!reached[picture] || !outcome.values[step]) continue;
      const part = forth(call, argument, reached[picture], outcome.values[step]);
      reached[step] = reached[step] ? merged(reached[step], part) : part;
    }
    if (step === name) break;
  }
  return outcome.values[name] ? reached[name] ?? null : null;
}

const same = (i) => [i];
const readsOf = (call, argument) => OPERATIONS[call.operation].reads?.(call.args, argument) ?? {};

/** One step back: what a region of the outcome reads of one picture. */
function back(call, argument, region) {
  const reads = readsOf(call, argument);
  if (reads.back) return reads.back(region);
  return Object.fromEntries(AXES.map((axis) => [axis, union(region[axis], reads[axis] ?? same)]));
}

/** One step forth: which cells of the outcome read a region of one picture. */
function forth(call, argument, region, result) {
  const reads = readsOf(call, argument);
  if (reads.forth) return reads.forth(region);
  const readers = (axis) => {
    const wanted = new Set(region[axis]);
    const read = reads[axis] ?? same;
    return range(LENGTH[axis](result)).filter((i) => read(i).some((j) => wanted.has(j)));
  };
  return Object.fromEntries(AXES.map((axis) => [axis, readers(axis)]));
}

/**
 * Where the windows of `name` start in `source`, and what none of them reads, for rows and for columns. A window that begins
 * outside, in a ring of padding, has no start inside.
 */
export function stones(outcome, name, source) {
  if (!outcome.values[name] || !readsFrom(outcome, name, source, NOWHERE)) return null;
  const along = (axis) => {
    const reads = range(LENGTH[axis](outcome.values[name])).map((i) => readsFrom(outcome, name, source, { ...NOWHERE, [axis]: [i] })[axis]);
    const whole = Math.max(...reads.map((window) => window.length));
    const seen = new Set(reads.flat());
    return {
      starts: reads.filter((window) => window.length === whole || window[0] > 0).map((window) => window[0]),
      size: whole,
      lost: range(LENGTH[axis](outcome.values[source])).filter((i) => !seen.has(i)),
    };
  };
  return { rows: along("rows"), columns: along("columns") };
}

const union = (indices, reads) => [...new Set(indices.flatMap(reads))].sort((a, b) => a - b);
const merged = (a, b) => Object.fromEntries(AXES.map((axis) => [axis, union([...a[axis], ...b[axis]], same)]));
