// From arrays to colored cells: no state, no events.

import { at, channels, columns, largest, rows, smallest } from "./arrays.mjs";
import { number } from "./words.mjs";

/** The range a panel shows: fixed, or the array's own; around 0 for signed arrays. */
export function displayRange(array, display, range) {
  if (Array.isArray(range)) return range;
  const [low, high] = [smallest(array), largest(array)];
  if (display === "signed") { const most = Math.max(Math.abs(low), Math.abs(high)) || 1; return [-most, most]; }
  return range === "auto" ? [low, high === low ? low + 1 : high] : [0, 255];
}

/** What a panel shows when it leaves the choice open: colors if there are three or four channels. */
export const displayOf = (array, display) => {
  if (display && display !== "auto") return display;
  return channels(array) > 2 ? "color" : "gray";
};

const GRAYS = 256;
const DEGREES = 361; // around the circle of hues, from red to red
const SIGNED = 511; // from blue to the page's color, and on to orange: as fine as a screen's colors

/**
 * The colors of single numbers as a table, which is quicker than to mix each cell's anew: {colors, low, factor}; the
 * color of a value is number (value - low) * factor.
 */
function palette({ display, channel, range: [low, high], theme }) {
  const made = (colors, from, to) => ({ colors, low: from, factor: (colors.length - 1) / (to - from) });
  const most = Math.max(Math.abs(low), Math.abs(high)) || 1;
  const colors = tableOf(display, display === "tint" ? channel : null, theme);
  return display === "signed" ? made(colors, -most, most) : made(colors, low, high);
}

const tables = new WeakMap(); // theme -> the tables of its colors, each mixed once

function tableOf(display, channel, theme) {
  if (!tables.has(theme)) tables.set(theme, new Map());
  const known = tables.get(theme);
  const key = `${display} ${channel}`;
  if (!known.has(key)) known.set(key, mixed(display, channel, theme));
  return known.get(key);
}

function mixed(display, channel, theme) {
  const table = (count, mix) => {
    const bytes = Uint8ClampedArray.from(Array.from({ length: count }, (_, i) => [...mix(count > 1 ? i / (count - 1) : 0), 255]).flat());
    return new Uint32Array(bytes.buffer);
  };
  if (display === "numbers") return table(1, () => theme.page);
  if (display === "tint" && channel < 3) return table(GRAYS, (part) => [0, 1, 2].map((c) => (c === channel ? 255 * part : 0)));
  if (display === "hue") return table(DEGREES, (part) => [0, 4, 2].map((turn) => 255 * Math.min(1, Math.max(0, Math.abs(((6 * part + turn) % 6) - 3) - 1))));
  if (display !== "signed") return table(GRAYS, (part) => [255 * part, 255 * part, 255 * part]);
  return table(SIGNED, (part) => theme.page.map((page, c) => page + (theme[part > 0.5 ? "positive" : "negative"][c] - page) * Math.abs(2 * part - 1)));
}

/** Write the color of one number a cell. */
function paintNumbers(cells, data, first, depth, { colors, low, factor }) {
  const last = colors.length - 1;
  for (let i = 0, from = first; i < cells.length; i++, from += depth) {
    const place = (data[from] - low) * factor + 0.5;
    cells[i] = colors[place > 0 ? (place < last ? place | 0 : last) : 0];
  }
}

/** Write the color of three channels a cell, or of four. */
function paintColors(bytes, data, depth, [low, high]) {
  const factor = 255 / (high - low);
  for (let i = 0, from = 0; i < bytes.length; i += 4, from += depth) {
    bytes[i] = (data[from] - low) * factor;
    bytes[i + 1] = (data[from + 1] - low) * factor;
    bytes[i + 2] = (data[from + 2] - low) * factor;
    bytes[i + 3] = depth > 3 ? data[from + 3] : 255;
  }
}

/**
 * Draw the whole array, a pixel a cell, on a canvas of its own: on the last one if it has the size. `look` is
 * {display, channel, range, theme}; only the first `known` cells are drawn.
 */
export function bitmap(array, look, known = Infinity, last = null) {
  const fits = last && last.width === columns(array) && last.height === rows(array);
  const canvas = fits ? last : document.createElement("canvas");
  if (!fits) {
    [canvas.width, canvas.height] = [columns(array), rows(array)];
    canvas.pixels = new ImageData(columns(array), rows(array));
  }
  const { data: bytes } = canvas.pixels;
  const drawn = Math.min(known, rows(array) * columns(array));
  const [depth, channel] = [channels(array), look.channel];
  bytes.fill(0, 4 * drawn);
  if (look.display === "color" && depth > 2 && channel == null) paintColors(bytes.subarray(0, 4 * drawn), array.data, depth, look.range);
  else paintNumbers(new Uint32Array(bytes.buffer, 0, drawn), array.data, channel ?? 0, depth, palette(look));
  canvas.getContext("2d").putImageData(canvas.pixels, 0, 0);
  return canvas;
}

/** Draw all maps of a volume below each other, a pixel a cell, on one canvas: what `look.channel` is, is left open. */
export function strip(array, look, known = Infinity, last = null) {
  const [high, wide, depth] = [rows(array), columns(array), channels(array)];
  const fits = last && last.width === wide && last.height === high * depth;
  const canvas = fits ? last : document.createElement("canvas");
  if (!fits) {
    [canvas.width, canvas.height] = [wide, high * depth];
    canvas.pixels = new ImageData(wide, high * depth);
  }
  const drawn = Math.min(known, high * wide);
  const colors = palette({ ...look, channel: null });
  const cells = new Uint32Array(canvas.pixels.data.buffer);
  if (drawn < high * wide) cells.fill(0);
  for (let map = 0; map < depth; map++) paintNumbers(cells.subarray(map * high * wide, map * high * wide + drawn), array.data, map, depth, colors);
  canvas.getContext("2d").putImageData(canvas.pixels, 0, 0);
  return canvas;
}

function checkerboard(context, width, height, theme) {
  const [a, b] = theme.dark ? ["#55585f", "#3d4047"] : ["#ffffff", "#d5d7dc"];
  context.fillStyle = a;
  context.fillRect(0, 0, width, height);
  context.fillStyle = b;
  for (let y = 0; y < height; y += 8) {
    for (let x = y % 16 ? 8 : 0; x < width; x += 16) context.fillRect(x, y, Math.min(8, width - x), Math.min(8, height - y));
  }
}

export const GAP = 14; // from this cell size on, cells are drawn apart
const CROSSED = 7; // from this cell size on, two lines across fit
export const NUMBERS = 22; // from this cell size on, one number fits
const LARGE = 20; // the size to which numbers grow with their cells

/** Draw what is in view: `place` is {scale, row, column, width, height}, the cell size, the cell at the upper left, the room. */
export function paint(context, drawn) {
  const { array, image, place, theme, channel } = drawn;
  const { scale, width, height } = place;
  context.clearRect(0, 0, width, height);
  const [x, y, wide, high] = [-place.column * scale, -place.row * scale, columns(array) * scale, rows(array) * scale];
  context.save();
  context.beginPath();
  context.rect(x, y, wide, high);
  context.clip();
  if (channels(array) === 4 && channel == null) checkerboard(context, width, height, theme);
  const pixels = scale * (devicePixelRatio || 1);
  context.imageSmoothingEnabled = pixels < 2 && pixels % 1 > 0; // else a pixel more or less in a cell can be seen
  context.imageSmoothingQuality = "high";
  const [top, bottom, left, right] = visible(array, place);
  const part = [right - left, bottom - top];
  if (scale < GAP || right <= left || bottom <= top) context.drawImage(image, x, y, wide, high);
  else context.drawImage(image, left, top, ...part, x + left * scale, y + top * scale, ...part.map((cells) => cells * scale)); // of a large photo, what is in view
  if (scale >= GAP) drawGaps(context, drawn);
  drawNumbers(context, drawn);
  context.restore();
}

/** The first and the last cell in view, down and across. */
function visible(array, { scale, row, column, width, height }) {
  const span = (first, length, cells) => [Math.max(0, Math.floor(first)), Math.min(cells, Math.ceil(first + length / scale))];
  return [...span(row, height, rows(array)), ...span(column, width, columns(array))];
}

export function drawGaps(context, { array, place, theme }) {
  const [top, bottom, left, right] = visible(array, place);
  const ratio = devicePixelRatio || 1;
  const edge = (cells) => Math.round(cells * place.scale * ratio) / ratio - 1;
  context.fillStyle = theme.line;
  for (let c = left + 1; c < right; c++) context.fillRect(edge(c - place.column), 0, 1, place.height);
  for (let r = top + 1; r < bottom; r++) context.fillRect(0, edge(r - place.row), place.width, 1);
}

const inkOn = ([r, g, b, a], theme) => {
  const part = a / 255;
  const under = theme.dark ? 75 : 235;
  return (0.299 * r + 0.587 * g + 0.114 * b) * part + under * (1 - part) > 120 ? "#111" : "#fff"; // the better contrast of the two
};

/** The numbers of one cell, as short texts: one, or one a channel. */
export function cellTexts(array, row, column, channel) {
  if (channels(array) < 3 || channel != null) return [number(at(array, row, column, channel ?? 0))];
  return Array.from({ length: channels(array) }, (_, c) => number(Math.round(at(array, row, column, c))));
}

export function drawNumbers(context, { array, image, place, theme, display, channel, known = Infinity, angle = 0 }) {
  const lines = channels(array) > 2 && channel == null ? channels(array) : 1;
  if (place.scale < (lines > 1 ? 13 * lines : NUMBERS)) return;
  const [top, bottom, left, right] = visible(array, place);
  const cells = [];
  let longest = 1;
  for (let r = top; r < bottom; r++) {
    for (let c = left; c < right; c++) {
      if (r * columns(array) + c >= known) continue;
      const texts = cellTexts(array, r, c, channel);
      longest = Math.max(longest, ...texts.map((text) => text.length));
      cells.push([r, c, texts]);
    }
  }
  const size = Math.min(Math.max(lines > 1 ? 12 : 13, Math.min(LARGE, place.scale * 0.4), place.scale / 9), (place.scale - 4) / (longest * 0.62), (place.scale - 2) / (lines * 1.15));
  if (size < 7) return;
  context.font = `${size}px ${theme.mono}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const [r, c, texts] of cells) {
    context.fillStyle = display === "numbers" ? (theme.dark ? "#f2f2f4" : "#1b1c20") : inkOn(image.pixels.data.subarray(4 * (r * columns(array) + c)), theme);
    context.save();
    context.translate((c - place.column + 0.5) * place.scale, (r - place.row + 0.5) * place.scale);
    context.rotate(-angle);
    texts.forEach((text, i) => context.fillText(text, 0, (i - (texts.length - 1) / 2) * size * 1.15 + 0.5));
    context.restore();
  }
}

/** Outline a region {rows, columns}: one frame where the cells touch, else a frame a cell. */
export function outline(context, region, place, color, { dashed = false, thick = 2.5 } = {}) {
  const spans = (indices, first, length) =>
    runs(indices).map(([a, b]) => stretch((a - first) * place.scale, (b + 1 - first) * place.scale, length, thick / 2));
  context.strokeStyle = color;
  context.lineWidth = thick;
  context.setLineDash(dashed ? [3, 3] : []);
  for (const [top, bottom] of spans(region.rows, place.row, place.height)) {
    for (const [left, right] of spans(region.columns, place.column, place.width)) {
      context.beginPath();
      context.roundRect(left, top, right - left, bottom - top, 3);
      context.stroke();
    }
  }
  context.setLineDash([]);
}

/** Where a frame begins and ends: a single pixel of a photo must be seen, and no line is cut in half by the border. */
function stretch(from, to, length, half) {
  const grow = Math.max(0, (9 - to + from) / 2);
  const near = (at, border) => Math.abs(at - border) < grow + half;
  return [near(from, 0) ? half : from - grow, near(to, length) ? length - half : to + grow];
}

function runs(indices) {
  const found = [];
  for (const i of indices) {
    if (found.length && i === found[found.length - 1][1] + 1) found[found.length - 1][1] = i;
    else found.push([i, i]);
  }
  return found;
}

/** Turn all that is drawn from here on, so much smaller that no corner leaves the canvas. */
export function turn(context, angle, { width, height }) {
  if (!angle) return;
  const [along, across] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))];
  const size = Math.min(width / (width * along + height * across), height / (width * across + height * along));
  context.clearRect(0, 0, width, height);
  context.translate(width / 2, height / 2);
  context.rotate(angle);
  context.scale(size, size);
  context.translate(-width / 2, -height / 2);
}

/** Frame a block, whose place and size may be parts of cells. */
export function frameBlock(context, { row, column, rows: high, columns: wide }, { scale, row: top, column: left }, color) {
  context.strokeStyle = color;
  context.lineWidth = 2.5;
  context.strokeRect((column - left) * scale, (row - top) * scale, wide * scale, high * scale);
}

const HOTTEST = 0.8; // how much of a picture the largest number hides

/** Tint where windows lie, the more the larger their number: each the middle of its window, and softly from one to the next. */
export function drawHeat(context, array, windows, { scale, row: top, column: left }, theme) {
  if (!array || !windows) return;
  const most = largest(array);
  if (!(most > 0)) return;
  const small = document.createElement("canvas");
  [small.width, small.height] = [columns(array), rows(array)];
  const pixels = new ImageData(small.width, small.height);
  array.data.forEach((value, i) => pixels.data.set([...theme.positive, 255 * HOTTEST * Math.max(0, value) / most], 4 * i));
  small.getContext("2d").putImageData(pixels, 0, 0);
  const along = ({ starts, size }, first, count) => {
    const step = count > 1 ? starts[1] - starts[0] : size;
    return [(starts[0] + (size - step) / 2 - first) * scale, count * step * scale];
  };
  const [[y, high], [x, wide]] = [along(windows.rows, top, small.height), along(windows.columns, left, small.width)];
  context.imageSmoothingEnabled = true;
  context.drawImage(small, x, y, wide, high);
}

/** Draw a way through the cells, point by point as far as `until`, and where it has come to. */
export function drawTrail(context, { shape: [many], data }, until, { scale, row: top, column: left }, theme) {
  const last = Math.min(until ?? many, many - 1);
  const at = (i) => [(data[2 * i + 1] - left) * scale, (data[2 * i] - top) * scale];
  context.strokeStyle = context.fillStyle = theme.here;
  context.lineWidth = 1.5;
  context.beginPath();
  for (let i = 0; i <= last; i++) context.lineTo(...at(i));
  context.stroke();
  for (let i = 0; i <= last; i++) {
    context.beginPath();
    context.arc(...at(i), i === last ? 5 : 2, 0, 2 * Math.PI);
    context.fill();
  }
}

/** A filled corner at the upper right of a cell: it has changed. */
export function corner(context, row, column, place, color) {
  const [right, top, size] = [(column - place.column + 1) * place.scale - 1, (row - place.row) * place.scale, Math.max(5, place.scale * 0.28)];
  context.fillStyle = color;
  context.beginPath();
  context.moveTo(right - size, top);
  context.lineTo(right, top);
  context.lineTo(right, top + size);
  context.fill();
}

/** A short bar in a weight's own hue at the foot of a cell. */
export function drawHue(context, row, column, hue, place) {
  const { scale } = place;
  if (scale < 12) return;
  context.fillStyle = `hsl(${hue} 85% 48%)`;
  context.fillRect((column - place.column) * scale + scale * 0.14, (row - place.row + 1) * scale - 5, scale * 0.72, 3);
}

const THIN = 4; // what is thinner has no room for slanted lines

/** Cover a block of cells with slanted lines: not read, or not part of the picture. */
export function hatch(context, { row, column, high, wide }, place, color) {
  const { scale } = place;
  const [x, y, w, h] = [(column - place.column) * scale, (row - place.row) * scale, wide * scale, high * scale];
  if (w <= 0 || h <= 0) return;
  context.save();
  if (Math.min(w, h) < THIN) {
    context.globalAlpha = 0.6;
    context.fillStyle = color;
    context.fillRect(x, y, w, h);
    context.restore();
    return;
  }
  context.beginPath();
  context.rect(x, y, w, h);
  context.clip();
  context.strokeStyle = color;
  context.lineWidth = 1.2;
  context.beginPath();
  for (let i = -h; i < w; i += 7) { context.moveTo(x + i, y + h); context.lineTo(x + i + h, y); }
  context.stroke();
  context.restore();
}

/** A dot at the upper left of a cell: a window starts here. */
export function dot(context, row, column, place, color) {
  const radius = Math.max(1.5, Math.min(4, place.scale * 0.12));
  const inside = radius + Math.max(2, place.scale * 0.1);
  context.fillStyle = color;
  context.beginPath();
  context.arc((column - place.column) * place.scale + inside, (row - place.row) * place.scale + inside, radius, 0, 7);
  context.fill();
}

/** Cross a cell out; one that is too small for that is tinted, so that what is in it can still be seen. */
export function cross(context, row, column, place, color) {
  const { scale } = place;
  const [x, y] = [(column - place.column) * scale, (row - place.row) * scale];
  if (scale < CROSSED) {
    context.globalAlpha = 0.4;
    context.fillStyle = color;
    context.fillRect(x, y, scale, scale);
    context.globalAlpha = 1;
    return;
  }
  context.strokeStyle = color;
  context.lineWidth = Math.max(1, Math.min(2, scale / 12));
  context.beginPath();
  context.moveTo(x + 2, y + 2); context.lineTo(x + scale - 2, y + scale - 2);
  context.moveTo(x + scale - 2, y + 2); context.lineTo(x + 2, y + scale - 2);
  context.stroke();
}
