// How a window slides along one axis, and what a ring of padding holds.

import { range } from "./arrays.mjs";

/** Which pixel stands in the ring at place i, of n along the axis; -1 where it is no pixel but a zero. */
export const RING = {
  zero: (i, n) => (i >= 0 && i < n ? i : -1),
  edge: (i, n) => Math.min(Math.max(i, 0), n - 1),
  reflect: (i, n) => { const j = n === 1 ? 0 : Math.abs(i) % (2 * n - 2); return j < n ? j : 2 * n - 2 - j; },
  wrap: (i, n) => ((i % n) + n) % n,
};

export const inside = (length) => (i) => i >= 0 && i < length;

/** The inputs of a sliding window, along one axis. */
export const slide = (size, kernelSize, { stride = 1, padding = 0, dilation = 1, mode = "zero" }) => (i) =>
  range(kernelSize).map((k) => RING[mode](i * stride - padding + k * dilation, size)).filter(inside(size));

/** The same through several layers, which make the picture larger or smaller; from the last one back to the first. */
export const slideThrough = (layers, size, kernelSize, { padding = 0, mode = "zero" }) => (i) => {
  let read = [i];
  for (let layer = layers - 1; layer >= 0; layer--) {
    const step = slide(size + layer * (2 * padding - kernelSize + 1), kernelSize, { padding, mode });
    read = [...new Set(read.flatMap(step))].sort((a, b) => a - b);
  }
  return read;
};
