// The operations: what each is in the browser.

import { channels, columns, range, rows } from "./arrays.mjs";
import { kernelGradient, kernelGradientReads, kernelGradientTerms, maxPoolGradient, maxPoolGradientReads, reluGradient } from "./backward.mjs";
import { cmykToRgb, composite, dropAlpha, hsvToRgb, keep, move, pick, pixel, rgbToCmyk, rgbToHsv, swap, toGray, toRgba } from "./colors.mjs";
import { centerByMass, centerReads, centerSum, middleSquare, scaleInto, scaleReads, scaledSum, squareReads, thickReads, thickTerms, thicken } from "./drawings.mjs";
import { descend, kernelLosses, landscape, meanSquare, stepped, take, trail } from "./descent.mjs";
import { dense, flatten, naiveSoftmax, relu, scaleAndShift, softmax } from "./neurons.mjs";
import { layerMultiplications, layerOutputs, layerParameters } from "./networks.mjs";
import { box, identity, layerCosts, repeat2d, ruler, someFilters, starts, stripes } from "./patterns.mjs";
import { RING, inside, slide, slideThrough } from "./sliding.mjs";
import { addPart, addSum, clipSum, compositeSum, differenceSum, graySum, maxPoolGradientSum, plusSum, reluGradientSum, reluSum, rescaleSum, scaleSum, softmaxSum, steppedSum, windowSum, wrapSum } from "./sums.mjs";
import { exchange, paste, quantize, silence } from "./surgery.mjs";
import { apartTerms, denseTerms, filterTerms, kernelTerms, poolTerms } from "./terms.mjs";
import { add, around, atWindows, changed, clip, cornerOf, coverage, difference, mosaic, partAround, plus, rescale, shift, takeEvery, wrap } from "./values.mjs";
import { avgPool2d, conv2d, convolve2d, depthwise2d, maxPool2d, pad2d } from "./windows.mjs";

const there = (index, length) => (inside(length)(index) ? [index] : []);
const every = (length) => () => range(length);
const everything = (args, argument) => ({ rows: every(rows(args[argument])), columns: every(columns(args[argument])), channels: every(channels(args[argument])) });
const allChannels = (argument) => (args) => ({ channels: every(channels(args[argument])) });

/** A window that slides down and across: which rows and columns it reads. */
const slides = (image, [high, wide], how) => ({ rows: slide(rows(image), high, how), columns: slide(columns(image), wide, how) });
const pools = ({ images, kernel_size: size, stride, padding }) => slides(images, [size, size], { stride: stride ?? size, padding });

function flattens({ images }) {
  const [wide, depth] = [columns(images), channels(images)];
  const place = (i) => [Math.floor(i / depth / wide), Math.floor(i / depth) % wide, i % depth];
  const distinct = (list) => [...new Set(list)].sort((a, b) => a - b);
  return {
    back: (region) => {
      const places = region.columns.length && region.channels.length ? region.rows.map(place) : [];
      return { rows: distinct(places.map(([r]) => r)), columns: distinct(places.map(([, c]) => c)), channels: distinct(places.map(([, , k]) => k)) };
    },
    forth: (region) => ({
      rows: region.rows.flatMap((r) => region.columns.flatMap((c) => region.channels.map((k) => (r * wide + c) * depth + k))), columns: [0], channels: [0],
    }),
  };
}

/**
 * What an operation is here: `run`, the mirror of floor 1; `reads`, which rows, columns and channels of a picture (an argument) one
 * row, column and channel of the outcome read (left out: the same ones); `terms`, the products that a cell is made of, or `sum`, its
 * arithmetic in words where it is no sum of products; `part`, the same as the beginning of a longer line. Which arguments are pictures, the recipe says.
 */
export const OPERATIONS = {
  pixel: { run: pixel },
  to_rgba: { run: toRgba, reads: ({ image }) => ({ channels: (c) => (channels(image) === 1 && c < 3 ? [0] : there(c, channels(image))) }) },
  pick: { run: pick, reads: ({ channel }) => ({ channels: () => [channel] }) },
  keep: { run: keep, reads: ({ channels: switches }) => ({ channels: (c) => (switches[c] ? [c] : []) }) },
  swap: { run: swap, reads: ({ first, second }) => ({ channels: (c) => [c === first ? second : c === second ? first : c] }) },
  move: { run: move },
  composite: { run: composite, sum: compositeSum, reads: (_, argument) => (argument === "rgba" ? { channels: (c) => [c, 3] } : {}) },
  drop_alpha: { run: dropAlpha },
  to_gray: { run: toGray, sum: graySum, reads: allChannels("image") },
  rgb_to_hsv: { run: rgbToHsv, reads: allChannels("rgb") },
  hsv_to_rgb: { run: hsvToRgb, reads: allChannels("hsv") },
  rgb_to_cmyk: { run: rgbToCmyk, reads: allChannels("rgb") },
  cmyk_to_rgb: { run: cmykToRgb, reads: ({ cmyk }) => ({ channels: (c) => [c, 3] }) },
  add: { run: add, sum: addSum, part: addPart },
  clip: { run: clip, sum: clipSum },
  wrap: { run: wrap, sum: wrapSum },
  rescale: { run: rescale, sum: rescaleSum },
  difference: { run: difference, sum: differenceSum },
  plus: { run: plus, sum: plusSum },
  changed: { run: changed },
  shift: {
    run: shift,
    reads: ({ image, rows: down, columns: right }) => ({ rows: (i) => there(i - down, rows(image)), columns: (i) => there(i - right, columns(image)) }),
  },
  take_every: { run: takeEvery, reads: ({ step }) => ({ rows: (i) => [i * step], columns: (i) => [i * step] }) },
  mosaic: {
    run: mosaic,
    reads: ({ image, size }) => {
      const along = (n) => (i) => range(size).map((j) => i - (i % size) + j).filter(inside(n));
      return { rows: along(rows(image)), columns: along(columns(image)) };
    },
  },
  around: {
    run: around,
    reads: ({ image, share, row, column }) => {
      const along = (middle, n) => (i) => [partAround(middle, n, share)[0] + i];
      return { rows: along(row, rows(image)), columns: along(column, columns(image)) };
    },
  },
  at_windows: {
    run: atWindows, sum: windowSum,
    reads: ({ image, kernel_size: size, stride }) => ({ ...slides(image, [size, size], { stride }), channels: every(channels(image)) }),
  },
  corner: { run: cornerOf },
  scale_into: { run: scaleInto, reads: scaleReads, sum: scaledSum },
  center_by_mass: { run: centerByMass, reads: centerReads, sum: centerSum },
  thicken: { run: thicken, reads: thickReads, terms: thickTerms },
  coverage: { run: coverage, reads: allChannels("image") },
  ruler: { run: ruler },
  stripes: { run: stripes },
  starts: {
    run: starts,
    reads: ({ image, kernel_size: size, stride = 1 }) => ({ columns: slide(columns(image), size, { stride }), channels: every(channels(image)) }),
  },
  box: { run: box },
  identity: { run: identity },
  some_filters: { run: someFilters },
  layer_costs: { run: layerCosts },
  layer_outputs: { run: layerOutputs },
  layer_parameters: { run: layerParameters },
  layer_multiplications: { run: layerMultiplications },
  silence: { run: silence },
  exchange: { run: exchange },
  paste: { run: paste },
  quantize: { run: quantize },
  descend: { run: descend, reads: everything },
  kernel_losses: { run: kernelLosses, reads: everything },
  landscape: { run: landscape, reads: everything },
  trail: { run: trail },
  mean_square: { run: meanSquare, reads: everything },
  stepped: { run: stepped, sum: steppedSum },
  take: { run: take },
  kernel_gradient: { run: kernelGradient, terms: kernelGradientTerms, reads: kernelGradientReads },
  relu_gradient: { run: reluGradient, sum: reluGradientSum },
  max_pool_gradient: { run: maxPoolGradient, sum: maxPoolGradientSum, reads: maxPoolGradientReads },
  repeat2d: {
    run: repeat2d,
    reads: (args) => {
      const along = (n, axis) => slideThrough(args.count, n, args.kernel.shape[axis], args);
      return { rows: along(rows(args.image), 0), columns: along(columns(args.image), 1) };
    },
  },
  pad2d: {
    run: pad2d,
    reads: ({ image, padding, mode = "zero" }) => {
      const along = (n) => (i) => there(RING[mode](i - padding, n), n);
      return { rows: along(rows(image)), columns: along(columns(image)) };
    },
  },
  convolve2d: { run: convolve2d, terms: kernelTerms, reads: (args) => slides(args.image, args.kernel.shape, args) },
  conv2d: {
    run: conv2d, terms: filterTerms,
    reads: (args) => ({ ...slides(args.images, args.weights.shape, args), channels: every(channels(args.images)) }),
  },
  depthwise2d: { run: depthwise2d, terms: apartTerms, reads: (args) => slides(args.images, args.weights.shape, args) },
  middle_square: { run: middleSquare, reads: squareReads },
  max_pool2d: { run: maxPool2d, terms: poolTerms("max"), reads: pools },
  avg_pool2d: { run: avgPool2d, terms: poolTerms("mean"), reads: pools },
  relu: { run: relu, sum: reluSum },
  scale_and_shift: { run: scaleAndShift, sum: scaleSum },
  flatten: { run: flatten, reads: flattens },
  dense: { run: dense, terms: denseTerms, reads: ({ numbers }) => ({ rows: every(rows(numbers)) }) },
  naive_softmax: { run: naiveSoftmax, reads: ({ logits }) => ({ rows: every(rows(logits)) }) },
  softmax: { run: softmax, sum: softmaxSum, reads: ({ logits }) => ({ rows: every(rows(logits)) }) },
};
