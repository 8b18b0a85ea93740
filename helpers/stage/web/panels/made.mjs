// Made: how the map where the learner is comes about: every map that goes in, its kernel, what the two make, and the bias.
//
// A class is made in the same way: the weights that it gives to a map are a kernel as large as that map.

import { at, channels, columns, range, rows } from "../arrays.mjs";
import { OPERATIONS } from "../operations.mjs";
import { displayRange, outline, strip } from "../paint.mjs";
import { picturesOf } from "../where.mjs";
import { number } from "../words.mjs";
import { Panel, clamp } from "./panel.mjs";

const [PART, HIGH] = [47, 108]; // the least width of a part, and its height
const SIDES = { roomy: [30, 22, 46, 10], tight: [24, 14, 34, 6] }; // of a map, its kernel and what they make, and the room for a sign
const ROOMY = 70;
const LINE = 15;

/** One channel of a volume, as an array of its own. */
function sliced({ shape, data }, channel) {
  const [high, wide, depth] = shape;
  return { shape: [high, wide, 1], data: Float32Array.from({ length: high * wide }, (_, i) => data[i * depth + channel]) };
}

/** A filter's kernel for one channel. */
function kernelOf({ shape, data }, channel, filter) {
  const [high, wide, depth, filters] = shape;
  return { shape: [high, wide, 1, 1], data: Float32Array.from({ length: high * wide }, (_, i) => data[(i * depth + channel) * filters + filter]) };
}

/** The parts of one map of a convolution. */
function partsOfFilter({ images, weights, bias, stride = 1, padding = 0, dilation = 1 }, filter) {
  const parts = range(channels(images)).map((channel) => {
    const [image, kernel] = [sliced(images, channel), kernelOf(weights, channel, filter)];
    return { image, kernel, made: OPERATIONS.conv2d.run({ images: image, weights: kernel, bias: null, stride, padding, dilation }) };
  });
  return { parts, bias: bias ? (bias.data ?? bias)[filter] : 0 };
}

/** The parts of one class, where its numbers were maps before they were laid out flat. */
function partsOfClass({ weights, bias }, maps, output) {
  const [high, wide, depth] = maps.shape;
  const outputs = weights.shape[1];
  const parts = range(depth).map((channel) => {
    const image = sliced(maps, channel);
    const kernel = { shape: [high, wide, 1, 1], data: image.data.map((_, i) => weights.data[(i * depth + channel) * outputs + output]) };
    return { image, kernel, made: { shape: image.shape, data: image.data.map((value, i) => value * kernel.data[i]) } };
  });
  return { parts, bias: bias ? (bias.data ?? bias)[output] : 0 };
}

const total = ({ data }) => data.reduce((sum, value) => sum + value, 0);

export class Made extends Panel {
  described() { return "how a map is made"; }
  size() { return "whole"; }
  shows() { return this.spec.steps; }
  prepare() { [this.display, this.channel] = ["made", null]; }
  showLegend() { this.legend.hidden = true; }
  defaultNote() { return "arrows: cells; Page up and down: maps; Escape: the whole network"; }
  titleOf(name) { return this.spec.names?.[name] ?? name.replace(/_/g, " "); }

  /** The cell that it is about: in a step that makes something; else the first map of the first one. */
  cell() {
    const { here } = this.stage;
    const cell = here?.pointed ?? here;
    return this.spec.steps.slice(1).includes(cell?.panel) ? cell : { panel: this.spec.steps[1], row: 0, column: 0, channel: 0 };
  }

  /** What the map of a cell is made of; none where each map comes from a single one. */
  find() {
    const { outcome } = this.stage;
    const cell = this.cell();
    const call = outcome.calls[cell.panel];
    const array = outcome.values[cell.panel];
    const before = picturesOf(call)[0]?.name;
    const flat = outcome.calls[before];
    const list = array.shape.length === 1;
    const map = list ? cell.row : cell.channel ?? 0;
    const key = [cell.panel, map];
    if (this.known?.array === array && String(this.known.key) === String(key)) return { ...this.known, cell };
    const from = flat?.operation === "flatten" ? picturesOf(flat)[0].name : before;
    const found = { array, key, map, list, from, whole: list ? null : sliced(array, map), parts: [], bias: null };
    if (call.operation === "conv2d") Object.assign(found, partsOfFilter(call.args, map));
    else if (call.operation === "dense" && flat?.operation === "flatten") Object.assign(found, partsOfClass(call.args, flat.args.images, map));
    this.known = found;
    return { ...found, cell };
  }

  listFacts() {
    const { cell, map, list, parts, from } = this.find();
    const what = list ? `${this.titleOf(cell.panel)}, ${this.spec.labels?.[map] ?? map}` : `map ${map} of ${this.titleOf(cell.panel)}`;
    const single = `${list ? "e to the power of each number " : ""}of ${list ? this.titleOf(from) : `map ${map} of ${this.titleOf(from)}`} alone`;
    const times = list ? "its weights" : "a kernel of its own";
    const how = parts.length > 1 ? `${parts.length} maps, each times ${times}, plus a bias` : parts.length ? "the picture, times a kernel, and a bias" : single;
    this.title.textContent = `How ${what} is made: ${how}`;
    return [];
  }

  measure(values, { width }) {
    const most = Math.max(...this.spec.steps.map((name) => (values[name]?.shape.length === 3 ? channels(values[name]) : 1))) + 2;
    const across = Math.max(1, Math.min(most, Math.floor(width / PART)));
    const pitch = Math.min(ROOMY * 1.35, width / across);
    return { width, height: Math.ceil(most / across) * HIGH, across, pitch, sides: SIDES[pitch >= ROOMY ? "roomy" : "tight"], scale: 1 };
  }

  // ----------------------------------------------------------------------------------------- drawing

  paintOn(context) {
    const found = this.find();
    const { parts } = found;
    this.places = [];
    context.clearRect(0, 0, this.width, this.height);
    context.imageSmoothingEnabled = false;
    if (!parts.length) return this.paintPair(context, found);
    const most = Math.max(...parts.flatMap(({ made }) => [...made.data].map(Math.abs))) || 1;
    parts.forEach((part, i) => this.paintPart(context, { ...found, ...part, i, limit: [-most, most] }));
    this.paintEnd(context, found, parts.length);
  }

  corner(i) { const { across, pitch } = this.layout; return [(i % across) * pitch, Math.floor(i / across) * HIGH]; }

  paintPart(context, { image, kernel, made, i, limit, cell, from, list, parts }) {
    const [x, y] = this.corner(i);
    const [MAP, KERNEL, SUM, SIGN] = this.layout.sides;
    const seen = this.stage.seenBy(cell, from);
    this.tile(context, image, [x, y, MAP], { to: { panel: from, channel: i }, mark: seen && !list ? seen : null });
    this.word(context, "✱", x + MAP + SIGN / 2, y + MAP / 2, "center");
    this.tile(context, kernel, [x + MAP + SIGN, y + (MAP - KERNEL) / 2, KERNEL], {});
    this.tile(context, made, [x, y + MAP + 8, SUM], { limit, to: { ...cell, made: true }, mark: list ? null : this.markOf(cell) });
    const value = list ? total(made) : at(made, cell.row, cell.column);
    this.word(context, signed(value, i), x, y + MAP + SUM + 8 + LINE / 2, "left", true);
    if (i < parts.length - 1) this.word(context, "+", x + SUM + SIGN, y + MAP + 8 + SUM / 2, "center");
  }

  /** The bias, and what comes out. */
  paintEnd(context, { bias, whole, cell, list, array }, i) {
    const { theme } = this.stage;
    const [MAP, , SUM] = this.layout.sides;
    let [x, y] = this.corner(i);
    this.word(context, "+ bias", x, y + MAP + 8 + SUM / 2 - LINE, "left");
    this.word(context, number(bias), x, y + MAP + 8 + SUM / 2, "left", true);
    [x, y] = this.corner(i + 1);
    if (whole) this.tile(context, whole, [x, y + MAP + 8, SUM], { mark: this.markOf(cell), to: cell });
    this.word(context, "=", x - 14, y + MAP + 8 + SUM / 2, "center");
    const value = at(array, cell.row, cell.column, cell.channel ?? 0);
    this.word(context, number(value), x, y + MAP + SUM + 8 + LINE / 2 - (list ? SUM / 2 : 0), "left", true, theme.here);
  }

  /** A map that comes from a single one: both, side by side. */
  paintPair(context, { cell, map, list, from, array }) {
    const before = this.stage.outcome.values[from];
    if (list) return this.paintPowers(context, before, array, map);
    const side = HIGH - 24;
    this.tile(context, sliced(before, map), [0, 4, side], { mark: this.stage.seenBy(cell, from), to: { panel: from, channel: map } });
    this.word(context, "→", side + 22, side / 2, "center");
    this.tile(context, sliced(array, map), [side + 44, 4, side], { mark: this.markOf(cell), to: cell });
  }

  /** Softmax: e to the power of each number, and which part each is of all. */
  paintPowers(context, { data }, shares, chosen) {
    const half = Math.ceil(data.length / 2);
    data.forEach((value, i) => {
      const [x, y] = [Math.floor(i / half) * Math.min(330, this.width / 2), (i % half) * 20 + 12];
      const text = `${this.spec.labels?.[i] ?? i}: e^(${number(value)}) = ${number(Math.exp(value))}, ${number(100 * shares.data[i])} %`;
      this.word(context, text, x, y, "left", true, i === chosen ? this.stage.theme.here : this.stage.theme.ink);
    });
  }

  markOf({ row, column }) { return { rows: [row], columns: [column] }; }

  /** A small map, its longer side as long as asked for; what a click on it leads to is kept. */
  tile(context, array, [x, y, side], { limit, mark, to }) {
    const { theme } = this.stage;
    const [high, wide] = [rows(array), columns(array)];
    const scale = side / Math.max(high, wide);
    const image = strip({ shape: [high, wide, 1], data: array.data }, { display: "signed", range: limit ?? displayRange(array, "signed", null), theme });
    context.drawImage(image, 0, 0, wide, high, x, y, wide * scale, high * scale);
    context.strokeStyle = theme.line;
    context.lineWidth = 1;
    context.strokeRect(x + 0.5, y + 0.5, wide * scale - 1, high * scale - 1);
    if (to) this.places.push({ x, y, scale, high, wide, to });
    if (!mark) return;
    context.save();
    context.translate(x, y);
    outline(context, mark, { scale, row: 0, column: 0, width: wide * scale, height: high * scale }, theme.here, { thick: 1.5 });
    context.restore();
  }

  word(context, text, x, y, align, mono = false, color = this.stage.theme.ink) {
    const { theme } = this.stage;
    context.fillStyle = color;
    context.font = `${mono ? (this.layout.pitch < ROOMY ? 10 : 12) : 14}px ${mono ? theme.mono : "system-ui, sans-serif"}`;
    [context.textAlign, context.textBaseline] = [align, "middle"];
    context.fillText(text, x, y);
  }

  // ------------------------------------------------------------------------------------------ events

  hit({ x, y }) {
    const place = this.places?.find((one) => x >= one.x && x < one.x + one.wide * one.scale && y >= one.y && y < one.y + one.high * one.scale);
    if (!place) return null;
    const { made, ...to } = place.to;
    const cell = { row: clamp(Math.floor((y - place.y) / place.scale), 0, place.high - 1), column: clamp(Math.floor((x - place.x) / place.scale), 0, place.wide - 1) };
    return this.find().list && made ? null : { channel: 0, ...to, ...cell };
  }

  pointerMove(event) { if (this.pressed) super.pointerMove(event); } // to walk through a map asks for a press: it would be lost at once

  walk(event, cell) {
    const whole = this.stage.panels.find(({ spec }) => spec.kind === "flow");
    if (event.key === "Escape") { this.stage.goTo(this.spec.depth, "whole", whole); return cell; }
    return whole?.walk(event, cell);
  }

  first() { return this.cell(); }
  placed(cell) { return this.stage.panels.find(({ spec }) => spec.kind === "flow").placed(cell); }
}

/** A number with its sign; the first one without a plus. */
function signed(value, i) { return i && value >= 0 ? `+${number(value)}` : number(value); }
