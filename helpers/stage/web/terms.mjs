// What a cell is made of: groups of products, and a bias. The sum in words, the hues of weights, the subtotals of channels, the maps
// that a class is made of are all read from here; nothing else knows what an operation calls its weights.
//
// terms(args, {row, column, channel}) returns {combine, groups, bias}. A group, the part of one channel, is {channel, items}; an
// item is {value, weight, from, weightFrom}: `from` and `weightFrom` are {argument, row, column, channel}, `from` is null where the
// value stands in a ring. `combine` is "sum", "mean" or "max"; `plain`: nothing is
// to be said of who wins, since the weights are none.

import { at, channels, columns, range, rows } from "./arrays.mjs";
import { RING } from "./sliding.mjs";

/** The cells of a window, in reading order, as rows and columns of the picture; null in a ring of zeros. */
function windowCells(image, [high, wide], { row, column }, { stride = 1, padding = 0, dilation = 1, mode = "zero" }) {
  return range(high * wide).map((i) => {
    const r = RING[mode](row * stride - padding + Math.floor(i / wide) * dilation, rows(image));
    const c = RING[mode](column * stride - padding + (i % wide) * dilation, columns(image));
    return r < 0 || c < 0 ? null : { row: r, column: c };
  });
}

const located = (argument, cell, channel) => (cell ? { argument, ...cell, channel } : null);
const valueAt = (image, cell, channel) => (cell ? at(image, cell.row, cell.column, channel) : 0);

/** A kernel over one channel. */
export function kernelTerms(args, cell) {
  const { image, kernel, flip = false } = args;
  const [high, wide] = kernel.shape;
  const channel = cell.channel ?? 0;
  const items = windowCells(image, kernel.shape, cell, args).map((pixel, i) => {
    const place = flip ? high * wide - 1 - i : i;
    const weightFrom = { argument: "kernel", row: Math.floor(place / wide), column: place % wide, channel: 0 };
    return { value: valueAt(image, pixel, channel), weight: at(kernel, weightFrom.row, weightFrom.column), from: located("image", pixel, channel), weightFrom };
  });
  return { combine: "sum", groups: [{ channel, items }], bias: null };
}

/** A filter over all channels: a group a channel. */
export function filterTerms(args, cell) {
  const { images, weights, bias = null } = args;
  const [high, wide, depth, filters] = weights.shape;
  const filter = cell.channel ?? 0;
  const cells = windowCells(images, [high, wide], cell, args);
  const groups = range(depth).map((channel) => ({
    channel,
    items: cells.map((pixel, i) => {
      const weightFrom = { argument: "weights", row: Math.floor(i / wide), column: i % wide, channel: channel * filters + filter };
      return { value: valueAt(images, pixel, channel), weight: at(weights, weightFrom.row, weightFrom.column, weightFrom.channel), from: located("images", pixel, channel), weightFrom };
    }),
  }));
  return { combine: "sum", groups, bias: bias && (bias.data ?? bias)[filter], filter };
}

/** A filter whose kernels keep to their own channels: of its groups, that of this channel. */
export function apartTerms(args, cell) {
  const { groups } = filterTerms(args, { ...cell, channel: 0 });
  return { combine: "sum", groups: [groups[cell.channel ?? 0]], bias: null };
}

/** All numbers that came in; a group a feature map, where they were feature maps before they were laid out flat. */
export function denseTerms({ numbers, weights, bias = null }, cell, maps = 1) {
  const output = cell.row;
  const groups = range(maps).map((channel) => ({
    channel,
    items: range(numbers.data.length / maps).map((i) => {
      const row = i * maps + channel;
      return { value: numbers.data[row], weight: at(weights, row, output), from: { argument: "numbers", row, column: 0, channel: 0 },
        weightFrom: { argument: "weights", row, column: output, channel: 0 } };
    }),
  }));
  return { combine: "sum", groups, bias: bias && (bias.data ?? bias)[output] };
}

/** The numbers of a pooling window; its ring takes no part. */
export const poolTerms = (combine) => (args, cell) => {
  const { images, kernel_size: size, stride } = args;
  const channel = cell.channel ?? 0;
  const cells = windowCells(images, [size, size], cell, { ...args, stride: stride ?? size }).filter(Boolean);
  const items = cells.map((pixel) => ({ value: at(images, pixel.row, pixel.column, channel), weight: 1 / (size * size), from: located("images", pixel, channel) }));
  return { combine, groups: [{ channel, items }], bias: null };
};

const product = ({ value, weight }) => value * weight;
export const subtotal = (group) => group.items.reduce((sum, item) => sum + product(item), 0);

/** Which of the items wins: the first of the largest, as in the operation. */
export const winner = ({ groups: [{ items }] }) => items.reduce((best, item, i) => (item.value > items[best].value ? i : best), 0);
