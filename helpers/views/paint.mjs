// From arrays to colored cells: no state, no events.

import { at, channels, columns, largest, number, rows, smallest } from "./core.mjs";

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

/** A function that colors one cell: it writes red, green, blue, alpha into `out`, which it returns. */
export function coloring(array, display, channel, range, theme) {
  const { data } = array;
  const [low, high] = range;
  const [depth, wide] = [channels(array), columns(array)];
  const gray = (value) => Math.max(0, Math.min(255, ((value - low) / (high - low)) * 255));
  const write = (out, red, green, blue, alpha = 255) => { out[0] = red; out[1] = green; out[2] = blue; out[3] = alpha; return out; };
  const first = (row, column) => (row * wide + column) * depth + (channel ?? 0);
  if (display === "color" && depth > 2 && channel == null) {
    return (row, column, out) => {
      const i = first(row, column);
      return write(out, gray(data[i]), gray(data[i + 1]), gray(data[i + 2]), depth > 3 ? data[i + 3] : 255);
    };
  }
  if (display === "numbers") return (row, column, out) => write(out, ...theme.page);
  if (display === "tint" && channel < 3) {
    return (row, column, out) => { write(out, 0, 0, 0); out[channel] = gray(data[first(row, column)]); return out; };
  }
  if (display === "signed") {
    const most = Math.max(Math.abs(low), Math.abs(high)) || 1;
    const [red, green, blue] = theme.page;
    return (row, column, out) => {
      const part = Math.max(-1, Math.min(1, data[first(row, column)] / most));
      const [to, size] = part > 0 ? [theme.positive, part] : [theme.negative, -part];
      return write(out, red + (to[0] - red) * size, green + (to[1] - green) * size, blue + (to[2] - blue) * size);
    };
  }
  return (row, column, out) => { const v = gray(data[first(row, column)]); return write(out, v, v, v); };
}

/** Draw the whole array, a pixel a cell, on a canvas of its own: on the last one if it has the size. */
export function bitmap(array, color, known = Infinity, last = null) {
  const fits = last && last.width === columns(array) && last.height === rows(array);
  const canvas = fits ? last : document.createElement("canvas");
  if (!fits) {
    [canvas.width, canvas.height] = [columns(array), rows(array)];
    canvas.pixels = new ImageData(columns(array), rows(array));
  }
  const image = canvas.pixels;
  const cell = [0, 0, 0, 0];
  const { data } = image;
  if (known < rows(array) * columns(array)) data.fill(0);
  for (let r = 0, i = 0; r < rows(array); r++) {
    for (let c = 0; c < columns(array) && i / 4 < known; c++, i += 4) {
      color(r, c, cell);
      data[i] = cell[0]; data[i + 1] = cell[1]; data[i + 2] = cell[2]; data[i + 3] = cell[3];
    }
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
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

const GAP = 14; // from this cell size on, cells are drawn apart
export const NUMBERS = 26; // from this cell size on, one number fits

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
  context.imageSmoothingEnabled = scale * (devicePixelRatio || 1) < 1;
  context.imageSmoothingQuality = "high";
  context.drawImage(image, x, y, wide, high);
  if (scale >= GAP) drawGaps(context, drawn);
  drawNumbers(context, drawn);
  context.restore();
}

/** The first and the last cell in view, down and across. */
function visible(array, { scale, row, column, width, height }) {
  const span = (first, length, cells) => [Math.max(0, Math.floor(first)), Math.min(cells, Math.ceil(first + length / scale))];
  return [...span(row, height, rows(array)), ...span(column, width, columns(array))];
}

function drawGaps(context, { array, place, theme }) {
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

function drawNumbers(context, { array, place, theme, color, display, channel, known = Infinity }) {
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
  const size = Math.min(Math.max(lines > 1 ? 12 : 13, place.scale / 9), (place.scale - 4) / (longest * 0.62), (place.scale - 2) / (lines * 1.15));
  if (size < 7) return;
  context.font = `${size}px ${theme.mono}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const [r, c, texts] of cells) {
    context.fillStyle = display === "numbers" ? (theme.dark ? "#f2f2f4" : "#1b1c20") : inkOn(color(r, c, []), theme);
    texts.forEach((text, i) => {
      const y = (r - place.row + 0.5) * place.scale + (i - (texts.length - 1) / 2) * size * 1.15;
      context.fillText(text, (c - place.column + 0.5) * place.scale, y + 0.5);
    });
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

/** A short bar in a weight's own hue at the foot of a cell. */
export function drawHue(context, row, column, hue, place) {
  const { scale } = place;
  if (scale < 12) return;
  context.fillStyle = `hsl(${hue} 85% 48%)`;
  context.fillRect((column - place.column) * scale + scale * 0.14, (row - place.row + 1) * scale - 5, scale * 0.72, 3);
}

/** Cover a block of cells with slanted lines: not read, or not part of the picture. */
export function hatch(context, { row, column, high, wide }, place, color) {
  const { scale } = place;
  const [x, y, w, h] = [(column - place.column) * scale, (row - place.row) * scale, wide * scale, high * scale];
  if (w <= 0 || h <= 0) return;
  context.save();
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
  context.fillStyle = color;
  context.beginPath();
  context.arc((column - place.column) * place.scale + radius + 2, (row - place.row) * place.scale + radius + 2, radius, 0, 7);
  context.fill();
}

/** Cross a cell out. */
export function cross(context, row, column, place, color) {
  const { scale } = place;
  const [x, y] = [(column - place.column) * scale, (row - place.row) * scale];
  context.strokeStyle = color;
  context.lineWidth = Math.max(1, Math.min(2, scale / 12));
  context.beginPath();
  context.moveTo(x + 2, y + 2); context.lineTo(x + scale - 2, y + scale - 2);
  context.moveTo(x + scale - 2, y + 2); context.lineTo(x + 2, y + scale - 2);
  context.stroke();
}
