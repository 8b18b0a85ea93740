// The arithmetic of one cell in words: parts of a line, {text, kind, hue}.

import { at, channels, range } from "./arrays.mjs";
import { REC601 } from "./colors.mjs";
import { subtotal } from "./terms.mjs";
import { MINUS, inFull } from "./words.mjs";

const NAMES = ["R", "G", "B", "A"];
export const result = (value) => ({ text: inFull(value), kind: "result" });
const setting = (value) => ({ text: inFull(value), kind: "setting" });
export const words = (text) => ({ text });
const LARGEST_BELOW = 81; // the line of a fraction: what boxes of up to 9 x 9 divide by

/** A weight as it is written in a sum: 1/9 rather than 0.11, where two decimals are too few and a simple fraction is exact; else three digits. */
function weightText(weight) {
  if (Math.abs(weight * 100 - Math.round(weight * 100)) < 1e-4) return inFull(weight);
  const below = range(LARGEST_BELOW + 1).find((n) => n > 1 && Math.abs(weight * n - Math.round(weight * n)) < 1e-5);
  return below && Math.round(weight * below) ? `${Math.round(weight * below)}/${below}`.replace("-", MINUS) : String(Number(weight.toPrecision(3))).replace("-", MINUS);
}

/** Is a number shown with all the digits that it has? */
const isWhole = (v) => Math.abs(v - Number(inFull(v).replace(MINUS, "-"))) < 1e-6 * Math.max(1, Math.abs(v));
/** "=", or "\u2248" where a number is shown with fewer digits than it has. */
const equals = (values) => words(values.every(isWhole) ? " = " : " \u2248 ");
/** How a sum ends: "= 12.5". */
export const ends = (value, ...shown) => [equals([value, ...shown]), result(value)];

/** The hue of one weight out of `all`, the same in the kernel, in the window and in the sum. */
export const hueOf = (index, all) => Math.round((360 * index) / all);
export const MOST_TERMS = 25;
const MOST_GROUPS = 8;
const MOST_WRITTEN = 50; // products; of more, the subtotals are enough

/** What a channel is called: by its color in a picture, by its number among feature maps. */
export const channelName = (channel, depth) => (depth === 3 || depth === 4 ? NAMES[channel] : `map ${channel}`);

/** The hue of a channel: of red, green and blue their own. */
export const channelHue = (channel, depth) => (depth === 3 || depth === 4 ? [0, 120, 240][channel] : undefined);
const called = (channel, depth, rest) => ({ text: channelName(channel, depth) + rest, hue: channelHue(channel, depth) });

/** One line for each channel, each begun with its name where there are several. */
export const perChannel = (depth, line) => range(depth).map((c) => [...(depth > 1 ? [words(`${channelName(c, depth)}: `)] : []), ...line(c)]);

/** Products one after the other, each weight in its hue. */
function products(items) {
  const parts = items.slice(0, MOST_TERMS).flatMap(({ value, weight }, i) => [
    ...(i ? [words(" + ")] : []), { text: `${inFull(value)}\u00b7`, hue: hueOf(i, items.length) }, { text: weightText(weight), kind: "setting", hue: hueOf(i, items.length) },
  ]);
  return items.length > MOST_TERMS ? [...parts, words(` + \u2026 (${items.length} products)`)] : parts;
}

/** Who outweighs whom, where there are weights of both signs: what the sign of a result says. */
function whoWins(items, value) {
  const weights = items.map((item) => item.weight);
  if (items.some((item) => item.value < 0)) return ""; // then a weight's sign alone does not say what it adds
  if (Math.min(...weights) >= 0 || Math.max(...weights) <= 0) return "";
  return Math.abs(value) < 1e-3 ? ", a draw" : `, the ${value > 0 ? "positive" : "negative"} weights win`;
}

/** A sum of products: one line, or one a channel and one that adds them up. */
function sumLines({ groups, bias, plain = false }, value) {
  const shown = groups.flatMap(({ items }) => items.flatMap((item) => [item.value, weightText(item.weight).includes("/") ? 0 : item.weight]));
  if (groups.length === 1 && !bias) {
    const { items } = groups[0];
    return [[...products(items), equals([value, ...shown]), result(value), words(plain ? "" : whoWins(items, value))]];
  }
  const depth = groups.length;
  const lines = depth > MOST_GROUPS || (depth > 1 && shown.length > 2 * MOST_WRITTEN) ? [] : groups.map((group) => [
    depth > 1 ? called(group.channel, depth, ":") : words(""), words(depth > 1 ? " " : ""), ...products(group.items), equals(shown.concat(subtotal(group))), words(inFull(subtotal(group))),
  ]);
  return [...lines, totalLine(groups, bias, value)];
}

/** Subtotals and bias, added up; of many groups those that count most. */
function totalLine(groups, bias, value) {
  const totals = groups.map((group) => ({ channel: group.channel, total: subtotal(group) }));
  const most = [...totals].sort((a, b) => Math.abs(b.total) - Math.abs(a.total)).slice(0, MOST_GROUPS);
  const told = totals.filter((one) => most.includes(one));
  const rest = totals.reduce((sum, one) => sum + one.total, 0) - told.reduce((sum, one) => sum + one.total, 0);
  const parts = told.flatMap(({ channel, total }, i) => [
    words(i ? " + " : ""), groups.length > 1 ? called(channel, groups.length, ` ${inFull(total)}`) : words(inFull(total)),
  ]);
  if (told.length < totals.length) parts.push(words(` + the other ${totals.length - told.length} ${inFull(rest)}`));
  if (bias != null) parts.push(words(" + bias "), setting(bias));
  return [words("added up: "), ...parts, equals([value, ...totals.map((one) => one.total), bias ?? 0]), result(value)];
}

const listed = (values, between) => {
  const shown = values.slice(0, MOST_TERMS).map(inFull).join(between);
  return values.length > MOST_TERMS ? `${shown}${between}\u2026 (${values.length} numbers)` : shown;
};

const WRITTEN = {
  sum: sumLines,
  max: ({ groups: [{ items }] }, value) => [[words(`max(${listed(items.map((item) => item.value), ", ")})`), ...ends(value)]],
  mean: ({ groups: [{ items }] }, value) => [[words(`(${listed(items.map((item) => item.value), " + ")}) / ${Math.round(1 / items[0].weight)}`), ...ends(value, ...items.map((item) => item.value))]],
};

/** The lines of a cell, whatever its terms are combined to. */
export const writtenOut = (terms, value) => WRITTEN[terms.combine](terms, value);

// ---------------------------------------------------------------------- operations without terms

export function compositeSum({ rgba, background }, out, row, column) {
  const alpha = at(rgba, row, column, 3);
  const behind = (c) => (background.shape?.length > 1 ? at(background, row, column, c) : (background.data ?? background)[c]);
  return perChannel(3, (c) => [
    setting(alpha), words("/255 \u00b7 "), setting(at(rgba, row, column, c)), words(" + (1 \u2212 "), setting(alpha), words("/255) \u00b7 "),
    setting(behind(c)), ...ends(at(out, row, column, c)),
  ]);
}

export function graySum({ image, weights = REC601 }, out, row, column) {
  if (channels(image) !== 3) return [[words("gray already: "), result(at(out, row, column))]];
  const w = weights.data ?? weights;
  const terms = [0, 1, 2].flatMap((c) => [words(c ? " + " : ""), { text: String(Number(Number(w[c]).toFixed(3))), kind: "setting" }, words(`\u00b7${inFull(at(image, row, column, c))}`)]);
  return [[...terms, ...ends(at(out, row, column), ...[0, 1, 2].map((c) => at(image, row, column, c)))]];
}

const eachSum = (write) => (args, out, row, column) =>
  perChannel(channels(out), (c) => [...write(args, at(args.image ?? args.images ?? args.first, row, column, c), row, column, c), ...ends(at(out, row, column, c))]);

export const addPart = ({ image, amount }, row, column, c) => [words(`${inFull(at(image, row, column, c))} ${amount < 0 ? MINUS : "+"} `), setting(Math.abs(amount))];
export const addSum = (args, out, row, column) => perChannel(channels(out), (c) => [...addPart(args, row, column, c), ...ends(at(out, row, column, c))]);

/** What becomes of a number that is stored: first how it came about, then what is done with it; `act` says nothing where it fits. */
const storedSum = (act) => (args, out, row, column, before) =>
  perChannel(channels(out), (c) => {
    const [value, kept] = [at(args.image, row, column, c), at(out, row, column, c)];
    const [sum, done] = [before?.(row, column, c) ?? [], act(args, value, kept)];
    if (!done) return sum.length ? [...sum, words(" = "), result(kept)] : [words(`${inFull(value)} fits: `), result(kept)];
    return [...(sum.length ? [...sum, words(` = ${inFull(value)}, `)] : []), words(done), result(kept)];
  });

export const clipSum = storedSum(({ low = 0, high = 255 }, value) => {
  if (value >= low && value <= high) return "";
  return value > high ? `${inFull(value)} is above ${inFull(high)}: ` : `${inFull(value)} is below ${inFull(low)}: `;
});
export const wrapSum = storedSum((_, value, kept) => {
  const times = Math.round(Math.abs(Math.trunc(value) - kept) / 256);
  return times ? `${inFull(value)} ${value < 0 ? "+" : MINUS} ${times > 1 ? `${times} \u00b7 ` : ""}256 = ` : "";
});
export const differenceSum = eachSum(({ second }, value, r, c, k) => [words(`${inFull(value)} \u2212 ${inFull(at(second, r, c, k))}`)]);
/** Which part of the picture a number belongs to. */
export const windowSum = ({ kernel_size: size, stride = 1 }, out, row, column) => perChannel(channels(out), (c) => {
  const part = (i) => `${i * stride} to ${i * stride + size - 1}`;
  return [words(`rows ${part(row)}, columns ${part(column)} of the picture: `), result(at(out, row, column, c))];
});
export const plusSum = eachSum(({ second }, value, r, c, k) => [words(`${inFull(value)} + ${inFull(at(second, r, c, k))}`)]);
export const rescaleSum = ({ image, low, high }, out, row, column) => perChannel(channels(out), (c) => {
  const [value, kept] = [at(image, row, column, c), at(out, row, column, c)];
  const exact = (255 * (value - low)) / (high - low);
  const sum = [words(`255 \u00b7 (${inFull(value)} \u2212 `), setting(low), words(") / ("), setting(high), words(" \u2212 "), setting(low), words(")")];
  if (exact >= 0 && exact <= 255) return [...sum, ...ends(kept)];
  return [...sum, ...ends(exact), words(`, cut off at ${exact < 0 ? 0 : 255}: `), result(kept)];
});
export const reluSum = eachSum((_, value) => [words(`max(0, ${inFull(value)})`)]);
export const reluGradientSum = ({ images }, out, row, column) => perChannel(channels(out), (c) => {
  const value = at(images, row, column, c);
  return [words(value > 0 ? `${inFull(value)} has passed, so the door is open: ` : `${inFull(value)} was cut off, so the door is shut: `), result(at(out, row, column, c))];
});
/** The winner of a window hears, the others do not; what stands in no window was never asked. */
export const maxPoolGradientSum = ({ images, gradient, kernel_size: size }, out, row, column) => perChannel(channels(out), (c) => {
  const [r, k] = [Math.floor(row / size), Math.floor(column / size)];
  if (r >= gradient.shape[0] || k >= gradient.shape[1]) return [words("in no window: "), result(0)];
  const window = range(size * size).map((i) => at(images, r * size + Math.floor(i / size), k * size + (i % size), c));
  const [place, value] = [(row % size) * size + (column % size), at(images, row, column, c)];
  const won = window.indexOf(Math.max(...window)) === place;
  return [words(`${inFull(value)} ${won ? "has won" : "has not won"} in its window${won ? ", and hears all of it: " : ": "}`), result(at(out, row, column, c))];
});
export const steppedSum = eachSum(({ gradient, learning_rate: rate }, value, r, c, k) => [words(`${inFull(value)} ${MINUS} `), setting(rate), words(` \u00b7 ${inFull(at(gradient, r, c, k))}`)]);
export const scaleSum = eachSum(({ scale, shift }, value, row, column, c) =>
  [words(`${inFull(value)}\u00b7`), setting((scale.data ?? scale)[c]), words(" + "), setting((shift.data ?? shift)[c])]);

export function softmaxSum({ logits, temperature = 1 }, out, row) {
  const written = range(logits.data.length).map((i) => inFull(logits.data[i]));
  const over = temperature === 1 ? [] : [words("/"), setting(temperature)];
  return [[words(`e^(${written[row]}`), ...over, words(`), as a part of all ${written.length} such numbers`), ...ends(at(out, row, 0))]];
}
