// Drawings made like the pictures that a network has learned from: the pen's width, the size, the place.

import { array, at, channels, columns, range, rows } from "./arrays.mjs";
import { whole } from "./refusals.mjs";
import { inside } from "./sliding.mjs";
import { MOST_TERMS, ends, perChannel, result, words } from "./sums.mjs";
import { shift } from "./values.mjs";
import { inFull } from "./words.mjs";

const LARGER = 4; // times at most
const THICKEST = 20;
const NEARLY = 1e-6;

/** Where the smallest box around all that is above 0 begins, and how long it is: down, and across; null if there is none. */
function boxAround(image) {
  const depth = channels(image);
  const drawn = (r, c) => range(depth).some((k) => at(image, r, c, k) > 0);
  const down = range(rows(image)).filter((r) => range(columns(image)).some((c) => drawn(r, c)));
  const across = range(columns(image)).filter((c) => down.some((r) => drawn(r, c)));
  return down.length ? [down, across].map((one) => [one[0], one.at(-1) - one[0] + 1]) : null;
}

/** Where a row of pixels comes to lie, and what each new one is made of: [pixel, weight], and by what their sum is divided. */
function scaledRow([first, before], after, room) {
  const start = Math.floor((room - after) / 2);
  const cells = range(after).map((i) => {
    const weight = (j) => Math.max(0, 2 * Math.max(before, after) - Math.abs((2 * j + 1) * after - (2 * i + 1) * before));
    const items = range(before).map((j) => [first + j, weight(j)]).filter(([, one]) => one);
    return { items, divisor: items.reduce((sum, [, one]) => sum + one, 0) };
  });
  return (i) => cells[i - start] ?? null;
}

/** The same for rows and columns; null if nothing is drawn. */
function scaled({ image, side = 20 }) {
  const box = boxAround(image);
  if (!box) return null;
  const longest = Math.max(box[0][1], box[1][1]);
  const longer = Math.min(side, LARGER * longest);
  const after = (length) => Math.max(1, Math.floor((2 * length * longer + longest) / (2 * longest)));
  return box.map((one, axis) => scaledRow(one, after(one[1]), image.shape[axis]));
}

export function scaleInto(args) {
  const { image, side = 20 } = args;
  whole("side", side, 1, Math.min(rows(image), columns(image)));
  const [found, depth, out] = [scaled(args), channels(image), array(image.shape)];
  if (!found) { out.data.set(image.data); return out; }
  const [down, across] = [range(rows(image)).map(found[0]), range(columns(image)).map(found[1])];
  down.forEach((row, r) => across.forEach((column, c) => {
    for (let k = 0; row && column && k < depth; k++) {
      let sum = 0;
      for (const [j, weight] of column.items) {
        let line = 0;
        for (const [i, one] of row.items) line += (one / row.divisor) * at(image, i, j, k);
        sum += (weight / column.divisor) * line;
      }
      out.data[(r * columns(image) + c) * depth + k] = sum;
    }
  }));
  return out;
}

/** What a pixel's value is made of; not what says where the drawing's box lies. */
export function scaleReads(args) {
  const found = scaled(args);
  const along = (axis) => (i) => found[axis](i)?.items.map(([place]) => place) ?? [];
  return found ? { rows: along(0), columns: along(1) } : {};
}

const common = (a, b) => (b ? common(b, a % b) : a);

export function scaledSum(args, out, row, column) {
  const found = scaled(args);
  const [down, across] = found ? [found[0](row), found[1](column)] : [];
  return perChannel(channels(out), (k) => {
    const value = at(out, row, column, k);
    if (!down || !across) return [words(found ? "around the drawing: " : "nothing is drawn: "), result(value)];
    const items = down.items.flatMap(([r, one]) => across.items.map(([c, other]) => [at(args.image, r, c, k), one * other]));
    const whole = down.divisor * across.divisor;
    const shared = items.reduce((all, [, weight]) => common(all, weight), whole);
    const parts = items.slice(0, MOST_TERMS).map(([one, weight]) => `${inFull(one)}\u00b7${weight / shared}`).join(" + ");
    const more = items.length > MOST_TERMS ? ` + \u2026 (${items.length} products)` : "";
    return [words(`(${parts}${more}) / ${whole / shared}`), ...ends(value, ...items.map(([one]) => one))];
  });
}

/** How far a drawing is moved, down and to the right. */
function toMiddle(image) {
  const depth = channels(image);
  const sums = [rows(image), columns(image)].map((length) => new Float64Array(length));
  let all = 0;
  for (let r = 0, i = 0; r < rows(image); r++) {
    for (let c = 0; c < columns(image); c++) {
      for (let k = 0; k < depth; k++, i++) {
        const mass = Math.max(image.data[i], 0);
        sums[0][r] += mass;
        sums[1][c] += mass;
        all += mass;
      }
    }
  }
  return sums.map((along) => {
    const middle = (along.length - 1) / 2;
    const center = all > 0 ? along.reduce((sum, mass, i) => sum + i * mass, 0) / all : middle;
    return Math.floor(middle - center + 0.5 + NEARLY);
  });
}

export function centerByMass({ image }) {
  const [down, right] = toMiddle(image);
  return shift({ image, rows: down, columns: right });
}

/** The pixel that came here; not what says how far. */
export function centerReads({ image }) {
  const along = (move, length) => (i) => [i - move].filter(inside(length));
  const [down, right] = toMiddle(image);
  return { rows: along(down, rows(image)), columns: along(right, columns(image)) };
}

export function centerSum({ image }, out, row, column) {
  const [down, right] = toMiddle(image);
  const moves = [[down, "down", "up"], [right, "right", "left"]].filter(([move]) => move);
  const told = moves.map(([move, on, back]) => `${Math.abs(move)} ${move > 0 ? on : back}`).join(", ");
  const came = inside(rows(image))(row - down) && inside(columns(image))(column - right);
  const how = `${told ? `moved ${told}` : "already in the middle"}${came ? "" : ", nothing came"}: `;
  return perChannel(channels(out), (k) => [words(how), result(at(out, row, column, k))]);
}

const disk = (reach) => {
  const steps = range(2 * reach + 1).map((i) => i - reach);
  return steps.flatMap((down) => steps.filter((across) => down ** 2 + across ** 2 <= reach ** 2).map((across) => [down, across]));
};

export function thicken({ image, width }) {
  whole("width of the pen", width, 0, THICKEST);
  const [high, wide, depth, out] = [rows(image), columns(image), channels(image), array(image.shape, Float32Array.from(image.data))];
  for (const [down, across] of disk(width)) {
    const [left, right] = [Math.max(0, -across), Math.min(wide, wide - across)];
    for (let r = Math.max(0, -down); r < Math.min(high, high - down); r++) {
      for (let to = (r * wide + left) * depth, from = to + (down * wide + across) * depth; to < (r * wide + right) * depth; to++, from++) {
        if (image.data[from] > out.data[to]) out.data[to] = image.data[from];
      }
    }
  }
  return out;
}

/** The smallest block around the disk. */
export function thickReads({ image, width }) {
  const along = (length) => (i) => range(2 * width + 1).map((j) => i - width + j).filter(inside(length));
  return { rows: along(rows(image)), columns: along(columns(image)) };
}

export function thickTerms({ image, width }, { row, column, channel }) {
  const k = channel ?? 0;
  const places = disk(width).map(([down, across]) => [row + down, column + across]);
  const there = places.filter(([r, c]) => inside(rows(image))(r) && inside(columns(image))(c));
  const items = there.map(([r, c]) => ({ value: at(image, r, c, k), weight: 1, from: { argument: "image", row: r, column: c, channel: k } }));
  return { combine: "max", groups: [{ channel: k, items }], bias: null };
}

/** Which rows, or columns, of the picture a pixel of the middle square is the mean of. */
function blocks({ image, side = 28 }, length) {
  const square = Math.min(rows(image), columns(image));
  const first = Math.floor((length - square) / 2);
  return (i) => {
    const [from, to] = [i, i + 1].map((j) => first + Math.floor((j * square) / side));
    return range(to - from).map((j) => from + j);
  };
}

export function middleSquare(args) {
  const { image, side = 28 } = args;
  whole("side", side, 1, Math.min(rows(image), columns(image)));
  const [depth, out] = [channels(image), array([side, side, channels(image)])];
  const [down, across] = [rows, columns].map((length) => range(side).map(blocks(args, length(image))));
  down.forEach((band, r) => across.forEach((block, c) => {
    for (let k = 0; k < depth; k++) {
      let sum = 0;
      for (const i of band) for (const j of block) sum += at(image, i, j, k);
      out.data[(r * side + c) * depth + k] = sum / band.length / block.length;
    }
  }));
  return out;
}

export const squareReads = (args) => ({ rows: blocks(args, rows(args.image)), columns: blocks(args, columns(args.image)) });
