// What a cell of a step is made of: its terms, and its arithmetic in words.

import { at, channels } from "./arrays.mjs";
import { OPERATIONS } from "./operations.mjs";
import { perChannel, writtenOut } from "./sums.mjs";

/** The arithmetic of one cell of a step: lines of parts, or none where the operation has no sentence. Without a channel: of all channels. */
export function ledger(outcome, name, { row, column, channel = null }) {
  const call = outcome.calls[name];
  const operation = call && OPERATIONS[call.operation];
  const out = outcome.values[name];
  if (!operation || !out) return [];
  if (operation.sum) return operation.sum(call.args, out, row, column, partBefore(outcome, call));
  if (!operation.terms) return [];
  const lines = (c) => {
    const terms = termsOf(outcome, name, { row, column, channel: c });
    return writtenOut(terms, at(out, row, column, c));
  };
  const depth = channels(out);
  if (channel != null || depth === 1) return lines(channel ?? 0);
  const joined = (parts) => parts.flatMap((part, i) => [...(i ? [{ text: "; " }] : []), ...part]);
  return perChannel(depth, (c) => joined(lines(c)));
}

/** How a cell of the picture that a call reads came about, where that is short enough to begin its line with. */
function partBefore(outcome, call) {
  const before = outcome.calls[call.sources[call.pictures[0]]?.slice?.(1)];
  const part = before && OPERATIONS[before.operation].part;
  return part && ((...cell) => part(before.args, ...cell));
}

/** What a cell is made of, or null where the operation has no terms. */
export function termsOf(outcome, name, cell) {
  const call = outcome.calls[name];
  return (call && OPERATIONS[call.operation].terms?.(call.args, cell, mapsBefore(outcome, call))) ?? null;
}

/** How many feature maps the numbers were that a call reads, before they were laid out flat. */
function mapsBefore(outcome, call) {
  const before = outcome.calls[call.sources[call.pictures[0]]?.slice?.(1)];
  return before?.operation === "flatten" ? channels(before.args.images) : 1;
}
