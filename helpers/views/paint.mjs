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

const mix = (a, b, part) => a.map((v, i) => v + (b[i] - v) * part);

/** A function that colors one cell: (row, column) -> [red, green, blue, alpha]. */
export function coloring(array, display, channel, range, theme) {
  const [low, high] = range;
  const gray = (value) => Math.max(0, Math.min(255, ((value - low) / (high - low)) * 255));
  if (display === "color" && channels(array) > 2 && channel == null) {
    const alpha = channels(array) > 3 ? (r, c) => at(array, r, c, 3) : () => 255;
    return (r, c) => [gray(at(array, r, c, 0)), gray(at(array, r, c, 1)), gray(at(array, r, c, 2)), alpha(r, c)];
  }
  const value = (r, c) => at(array, r, c, channel ?? 0);
  if (display === "numbers") return () => [...theme.page, 255];
  if (display === "tint" && channel < 3) {
    return (r, c) => [0, 1, 2].map((i) => (i === channel ? gray(value(r, c)) : 0)).concat(255);
  }
  if (display === "signed") {
    const most = Math.max(Math.abs(low), Math.abs(high)) || 1;
    return (r, c) => {
      const part = Math.max(-1, Math.min(1, value(r, c) / most));
      return [...mix(theme.page, part > 0 ? theme.positive : theme.negative, Math.abs(part)), 255];
    };
  }
  return (r, c) => { const v = gray(value(r, c)); return [v, v, v, 255]; };
}

/** Draw the whole array, a pixel a cell, on a canvas of its own. */
export function bitmap(array, color, known = Infinity) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [columns(array), rows(array)];
  const image = new ImageData(columns(array), rows(array));
  for (let r = 0, i = 0; r < rows(array); r++) {
    for (let c = 0; c < columns(array); c++, i++) {
      if (i >= known) break;
      image.data.set(color(r, c), i * 4);
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

/** Draw what is in view: `place` is {scale, row, column}, the cell size and the cell at the upper left. */
export function paint(context, width, height, drawn) {
  const { array, image, place, theme, color, display, channel, known = Infinity } = drawn;
  context.clearRect(0, 0, width, height);
  const box = { x: -place.column * place.scale, y: -place.row * place.scale, w: columns(array) * place.scale, h: rows(array) * place.scale };
  const seen = { x: Math.max(0, box.x), y: Math.max(0, box.y) };
  seen.w = Math.min(width, box.x + box.w) - seen.x;
  seen.h = Math.min(height, box.y + box.h) - seen.y;
  context.save();
  context.beginPath();
  context.rect(seen.x, seen.y, seen.w, seen.h);
  context.clip();
  if (channels(array) === 4 && channel == null) checkerboard(context, width, height, theme);
  context.imageSmoothingEnabled = place.scale * (devicePixelRatio || 1) < 1;
  context.imageSmoothingQuality = "high";
  context.drawImage(image, box.x, box.y, box.w, box.h);
  if (place.scale >= GAP) drawGaps(context, array, place, width, height, theme);
  drawNumbers(context, { array, place, width, height, theme, color, display, channel, known });
  context.restore();
}

export function visible(array, place, width, height) {
  const clamp = (value, most) => Math.max(0, Math.min(most, value));
  return {
    top: clamp(Math.floor(place.row), rows(array)), left: clamp(Math.floor(place.column), columns(array)),
    bottom: clamp(Math.ceil(place.row + height / place.scale), rows(array)),
    right: clamp(Math.ceil(place.column + width / place.scale), columns(array)),
  };
}

function drawGaps(context, array, place, width, height, theme) {
  const { top, left, bottom, right } = visible(array, place, width, height);
  context.fillStyle = theme.line;
  const thick = 1;
  for (let c = left; c <= right; c++) context.fillRect((c - place.column) * place.scale - thick / 2, 0, thick, height);
  for (let r = top; r <= bottom; r++) context.fillRect(0, (r - place.row) * place.scale - thick / 2, width, thick);
}

const inkOn = ([r, g, b, a], theme) => {
  const part = a / 255;
  const under = theme.dark ? 75 : 235;
  return (0.299 * r + 0.587 * g + 0.114 * b) * part + under * (1 - part) > 140 ? "#111" : "#fff";
};

/** The numbers of one cell, as short texts: one, or one a channel. */
export function cellTexts(array, row, column, channel) {
  if (channels(array) < 3 || channel != null) return [number(at(array, row, column, channel ?? 0))];
  return Array.from({ length: channels(array) }, (_, c) => number(Math.round(at(array, row, column, c))));
}

function drawNumbers(context, { array, place, width, height, theme, color, display, channel, known }) {
  const lines = channels(array) > 2 && channel == null ? channels(array) : 1;
  if (place.scale < (lines > 1 ? 13 * lines : NUMBERS)) return;
  const { top, left, bottom, right } = visible(array, place, width, height);
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
  const size = Math.min(lines > 1 ? 12 : 13, (place.scale - 4) / (longest * 0.62), (place.scale - 2) / (lines * 1.15));
  if (size < 7) return;
  context.font = `${size}px ${theme.mono}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const [r, c, texts] of cells) {
    context.fillStyle = display === "numbers" ? (theme.dark ? "#f2f2f4" : "#1b1c20") : inkOn(color(r, c), theme);
    texts.forEach((text, i) => {
      const y = (r - place.row + 0.5) * place.scale + (i - (texts.length - 1) / 2) * size * 1.15;
      context.fillText(text, (c - place.column + 0.5) * place.scale, y + 0.5);
    });
  }
}

/** Outline a region {rows, columns}: one frame where the cells touch, else a frame a cell. */
export function outline(context, region, place, color, { dashed = false, thick = 2.5 } = {}) {
  const { scale } = place;
  context.strokeStyle = color;
  context.lineWidth = thick;
  context.setLineDash(dashed ? [3, 3] : []);
  for (const [r0, r1] of runs(region.rows)) {
    for (const [c0, c1] of runs(region.columns)) {
      let [x, y, w, h] = [(c0 - place.column) * scale, (r0 - place.row) * scale, (c1 - c0 + 1) * scale, (r1 - r0 + 1) * scale];
      const grow = Math.max(0, (9 - Math.min(w, h)) / 2); // a single pixel of a photo must be seen
      [x, y, w, h] = [x - grow, y - grow, w + 2 * grow, h + 2 * grow];
      context.beginPath();
      if (context.roundRect) context.roundRect(x, y, w, h, 3); else context.rect(x, y, w, h);
      context.stroke();
    }
  }
  context.setLineDash([]);
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
