// A flow: the steps of a network as columns of maps, and between them how much flows through each link.
//
// A link's width is how much one map adds to another on average, its color the sign. Focus a map, and only its own links stay strong.

import { channels, columns, range, rows } from "../arrays.mjs";
import { h } from "../dom.mjs";
import { flowBetween } from "../flows.mjs";
import { cross, displayRange, outline, strip } from "../paint.mjs";
import { number } from "../words.mjs";
import { Panel, clamp, step } from "./panel.mjs";

const HEAD = 50; // pixels for the name, the shape and the parameters above a column
const BETWEEN = 5; // pixels from map to map
const LARGEST = 96; // the side of a map
const LINKS = 0.42; // how much of a column's width is left for links
const FAINT = 0.06; // a link this weak, beside the strongest of its column, is not drawn
const LISTED = 16; // numbers: a longer list is drawn as one strip, without names
const LOWEST = 170; // pixels for the maps, at least
const KERNEL = 18; // the side of a kernel beside the map that it makes
const SQUEEZED = 60; // the width of a column below which numbers find no room
const WRITTEN = 46; // pixels for a number behind its cell
const SURE = 70; // pixels: a bar that is full
const NARROW = 450; // pixels: a page on which panels stand below each other
const LEAST = { narrow: 62, wide: 44 }; // the least width of a column
const isList = (array) => array.shape.length === 1;

export class Flow extends Panel {
  described() { return "network"; }
  size() { return "whole"; }
  shows() { return this.spec.steps; }
  prepare() { [this.display, this.channel] = ["flow", null]; }
  showLegend() { this.legend.hidden = true; }
  defaultNote() { return "arrows: cells; Page up and down: maps; Shift and arrows: layers; Enter: how a map is made"; }

  listFacts() { return [`${this.spec.steps.length} columns`, `${this.total()} maps`]; }
  total() { return this.spec.steps.reduce((sum, name) => sum + (this.valueOf(name) && !isList(this.valueOf(name)) ? channels(this.valueOf(name)) : 0), 0); }
  valueOf(name) { return this.stage.outcome.values[name]; }
  classes() { return this.stage.resolve(this.spec.labels); }
  titleOf(name) { return this.spec.names?.[name] ?? name.replace(/_/g, " "); }

  // ------------------------------------------------------------------------------------------- layout

  measure(values, { width: available, height: high }) {
    const arrays = this.spec.steps.map((name) => values[name]).filter(Boolean);
    const more = this.spec.labels ? 0.6 : 0; // the classes have bars and names
    const seen = Math.min(arrays.length, Math.max(3, Math.floor(available / LEAST[this.stage.drawnWidth < NARROW ? "narrow" : "wide"] - more)));
    const pitch = available / Math.max(1, seen + more);
    const most = Math.max(...arrays.map((array) => (isList(array) ? 1 : channels(array))));
    const height = HEAD + clamp(most * (Math.min(LARGEST, pitch * (1 - LINKS)) + BETWEEN), 180, Math.max(LOWEST, Math.min(380, high - HEAD)));
    return { width: available, height, pitch, seen, scale: 1 };
  }

  /** Which columns are seen: all, or where there is no room those around the learner, and the last one. */
  path() {
    const { steps } = this.spec;
    const { seen } = this.layout;
    this.onward.hidden = seen === steps.length; // where all are seen, each can be pointed at
    if (seen === steps.length) return range(seen);
    const here = Math.max(0, steps.indexOf(this.chosen()?.panel));
    const first = clamp(here - ((seen - 1) >> 1), 0, steps.length - seen);
    return [...range(seen - 1).map((i) => first + i), steps.length - 1];
  }

  /** Where the maps of a column stand: {x, y, width, height} of each, a list's cells as maps of one cell. */
  tilesOf(index, array) {
    const { pitch, height } = this.layout;
    const room = height - HEAD;
    const wide = pitch * (1 - LINKS);
    const x = index * pitch + (index ? pitch * LINKS * 0.5 : 0);
    const count = isList(array) ? rows(array) : channels(array);
    if (isList(array)) {
      const high = Math.min(22, room / count);
      const side = count > LISTED ? Math.min(14, wide) : Math.min(20, high - 2, wide);
      const end = x + side + (count > LISTED || pitch < SQUEEZED ? 0 : WRITTEN); // behind its number
      return range(count).map((i) => ({ x, end, y: HEAD + (room - count * high) / 2 + i * high, width: side, height: count > LISTED ? high : side }));
    }
    const scale = Math.min(wide / columns(array), (room / count - BETWEEN) / rows(array), LARGEST / Math.max(rows(array), columns(array)));
    const [width, high] = [columns(array) * scale, rows(array) * scale];
    const pace = Math.min(room / count, high + 3 * BETWEEN);
    return range(count).map((i) => ({ x: x + (wide - width) / 2, y: HEAD + (room - count * pace) / 2 + i * pace + (pace - high) / 2, width, height: high, scale }));
  }

  // ----------------------------------------------------------------------------------------- drawing

  paintOn(context, outcome) {
    this.strips ??= new Map();
    this.columns = this.path().map((number, i) => {
      const name = this.spec.steps[number];
      return { name, number, array: this.valueOf(name), tiles: this.tilesOf(i, this.valueOf(name)) };
    });
    context.clearRect(0, 0, this.width, this.height);
    const joined = (i) => i && this.columns[i].number === this.columns[i - 1].number + 1;
    this.columns.forEach((column, i) => joined(i) && this.paintLinks(context, outcome, this.columns[i - 1], column));
    this.columns.forEach((column, i) => this.paintColumn(context, column, outcome, i));
  }

  paintLinks(context, outcome, before, after) {
    const flows = flowBetween(outcome, after.name, before.name);
    if (!flows) return;
    const { theme } = this.stage;
    const here = this.chosen();
    const most = flows.reduce((found, { value }) => Math.max(found, Math.abs(value)), 0) || 1;
    const touched = ({ from, to }) => (here?.panel === after.name ? to === this.mapOf(here, after) : here?.panel === before.name && from === this.mapOf(here, before));
    const chosen = here?.panel === after.name || here?.panel === before.name;
    for (const link of flows) {
      const part = Math.abs(link.value) / most;
      const [a, b] = [before.tiles[link.from], after.tiles[link.to]];
      if (part < FAINT || !a || !b) continue;
      context.strokeStyle = `rgb(${(link.value < 0 ? theme.negative : theme.positive).join(" ")} / ${chosen && !touched(link) ? 0.1 : 0.3 + 0.6 * part})`;
      context.lineWidth = 0.6 + 4.4 * part;
      const [x, y, to, high] = [a.end ?? a.x + a.width, a.y + a.height / 2, b.x, b.y + b.height / 2];
      context.beginPath();
      context.moveTo(x, y);
      context.bezierCurveTo((x + to) / 2, y, (x + to) / 2, high, to, high);
      context.stroke();
    }
  }

  /** The cell that is pointed at, wherever the words are. */
  chosen() { return this.stage.here?.pointed ?? this.stage.here; }

  /** Which map, or which number of a list, a cell belongs to. */
  mapOf(cell, { array }) { return isList(array) ? cell.row : cell.channel ?? 0; }

  paintColumn(context, { name, array, tiles }, outcome, index) {
    const { theme } = this.stage;
    context.fillStyle = theme.ink;
    context.font = "600 12px system-ui, sans-serif";
    [context.textAlign, context.textBaseline] = ["left", "top"];
    const room = this.layout.pitch * (index ? 1 : 1 + LINKS * 0.5) - 6;
    const left = index * this.layout.pitch + (index ? this.layout.pitch * LINKS * 0.5 : 0);
    context.fillText(this.titleOf(name), left, 0, room);
    context.fillStyle = theme.quiet;
    context.font = `11px ${theme.mono}`;
    context.fillText(array.shape.join("\u00d7"), left, 16, room);
    const count = this.spec.counts?.[name];
    if (count) context.fillText(count, left, 31, room);
    if (isList(array)) this.paintList(context, name, array, tiles);
    else this.paintMaps(context, name, array, tiles, outcome);
    this.paintKernels(context, name, tiles, outcome);
  }

  /** Beside each map its kernel, where it has but one and there is room. */
  paintKernels(context, name, tiles, outcome) {
    const weights = outcome.calls[name]?.operation === "conv2d" && outcome.calls[name].args.weights;
    if (!weights || weights.shape[2] > 1 || this.layout.pitch < 90) return;
    const [high, wide, , filters] = weights.shape;
    const kernels = { shape: [high, wide, filters], data: weights.data };
    const image = this.stripOf(`${name} kernels`, kernels, { display: "signed", range: displayRange(kernels, "signed", null), theme: this.stage.theme });
    context.imageSmoothingEnabled = false;
    tiles.forEach((tile, map) => {
      const [x, y] = [tile.x - KERNEL - 6, tile.y + (tile.height - KERNEL) / 2];
      context.drawImage(image, 0, map * high, wide, high, x, y, KERNEL, KERNEL);
      context.strokeStyle = this.stage.theme.line;
      context.strokeRect(x + 0.5, y + 0.5, KERNEL - 1, KERNEL - 1);
    });
  }

  paintMaps(context, name, array, tiles, outcome) {
    const { stage } = this;
    const { theme } = stage;
    const display = name === this.spec.steps[0] ? "gray" : "signed"; // what goes in is a picture
    const image = this.stripOf(name, array, { display, range: displayRange(array, display, null), theme });
    const seen = stage.seenBy(this.chosen(), name);
    tiles.forEach((tile, map) => {
      context.imageSmoothingEnabled = tile.scale * (devicePixelRatio || 1) < 1;
      context.drawImage(image, 0, map * rows(array), columns(array), rows(array), tile.x, tile.y, tile.width, tile.height);
      context.strokeStyle = theme.line;
      context.lineWidth = 1;
      context.strokeRect(tile.x, tile.y, tile.width, tile.height);
      if (!seen?.channels.includes(map) || (seen.rows.length === rows(array) && seen.columns.length === columns(array))) return; // all of it is no news
      context.save();
      context.translate(tile.x, tile.y);
      outline(context, seen, { ...tile, row: 0, column: 0 }, theme.here, { thick: 1.5 });
      context.restore();
    });
  }

  stripOf(name, array, look) {
    const known = this.strips.get(name);
    if (known?.array === array && known.dark === look.theme.dark) return known.image;
    const image = strip(array, look, undefined, known?.image);
    this.strips.set(name, { array, image, dark: look.theme.dark });
    return image;
  }

  /** Numbers one below the other; names and numbers beside them where there are few. */
  paintList(context, name, array, tiles) {
    const { theme } = this.stage;
    const here = this.chosen();
    const most = array.data.reduce((found, value) => Math.max(found, Math.abs(value)), 0) || 1;
    const labels = name === this.spec.steps.at(-1) ? this.classes() : null;
    if (labels) return this.paintClasses(context, array, tiles, labels, here?.panel === name ? here.row : null);
    const different = new Set(this.stage.differing(name).map(({ row }) => row));
    tiles.forEach((tile, i) => {
      const value = array.data[i];
      const part = Math.abs(value) / most;
      context.fillStyle = `rgb(${theme.page.map((page, c) => page + (theme[value < 0 ? "negative" : "positive"][c] - page) * part).join(" ")})`;
      context.fillRect(tile.x, tile.y, tile.width, tile.height);
      if (tiles.length <= LISTED && this.layout.pitch >= SQUEEZED) {
        context.strokeStyle = theme.line;
        context.lineWidth = 1;
        context.strokeRect(tile.x, tile.y, tile.width, tile.height);
        context.fillStyle = theme.ink;
        context.font = `11px ${theme.mono}`;
        [context.textAlign, context.textBaseline] = ["left", "middle"];
        context.fillText(number(value), tile.x + tile.width + 4, tile.y + tile.height / 2, this.layout.pitch * 0.6);
      }
      if (different.has(i)) this.crossOut(context, tile);
      if (here?.panel === name && here.row === i) { context.strokeStyle = theme.here; context.lineWidth = 2; context.strokeRect(tile.x, tile.y, tile.width, tile.height); }
    });
  }

  /** A number in which the learner's function and the course's differ. */
  crossOut(context, { x, y, width, height }) {
    const scale = Math.min(width, height);
    context.fillStyle = `rgb(${this.stage.theme.page.join(" ")} / 0.6)`;
    context.fillRect(x, y, width, height);
    cross(context, y / scale, x / scale, { scale, row: 0, column: 0 }, this.stage.theme.here);
  }

  /** The classes: a name, a bar and how many percent; the largest is bold. */
  paintClasses(context, { data }, tiles, labels, focused) {
    const { theme } = this.stage;
    const most = data.indexOf(Math.max(...data));
    const room = this.width - tiles[0].x;
    const name = Math.max(...labels.map((label) => context.measureText(label).width)) > 12 ? room * 0.45 : 14;
    const full = clamp(room - name - 44, 12, SURE);
    tiles.forEach(({ x, y, height }, i) => {
      const middle = y + height / 2;
      context.font = `${i === most ? "bold " : ""}12px ${theme.mono}`;
      [context.textAlign, context.textBaseline, context.fillStyle] = ["left", "middle", theme.ink];
      context.fillText(labels[i] ?? i, x, middle, name - 4);
      context.fillStyle = theme.soft ?? theme.line;
      context.fillRect(x + name, middle - 5, full, 10);
      context.fillStyle = i === most ? theme.ink : theme.quiet;
      context.fillRect(x + name, middle - 5, Math.max(1, full * data[i]), 10);
      context.fillStyle = theme.ink;
      context.fillText(`${Math.round(100 * data[i])} %`, x + name + full + 5, middle);
      if (i === focused) { context.strokeStyle = theme.here; context.lineWidth = 2; context.strokeRect(x - 3, y, this.width - x + 2, height); }
    });
  }

  // ------------------------------------------------------------------------------------------ events

  doubleClick() {
    const below = this.stage.panels.find(({ spec }) => spec.kind === "made");
    if (below) this.stage.goTo(below.spec.depth, "map");
  }

  wish({ width }) { return width < NARROW ? width : 0.8 * width; }

  /** From layer to layer, for a finger. */
  tools() {
    const button = (label, words, across) => h("button", { type: "button", "aria-label": words, onclick: () => this.cross(across) }, label);
    return this.onward = h("div", { class: "zoom" }, button("\u25c0 layer", "the layer before", -1), button("layer \u25b6", "the next layer", 1));
  }

  /** To a map of the layer before or after. */
  cross(across, cell = this.focused()) {
    const { steps } = this.spec;
    const panel = steps[clamp(steps.indexOf(cell.panel) + across, 0, steps.length - 1)];
    const next = this.stage.inside({ ...cell, panel, channel: cell.channel ?? 0 });
    this.go(next);
    return next;
  }

  hit({ x, y }) {
    const index = clamp(Math.floor(x / this.layout.pitch), 0, this.columns.length - 1);
    const { name, array, tiles } = this.columns[index];
    const nearest = range(tiles.length).reduce((best, i) => (this.away(tiles[i], y) < this.away(tiles[best], y) ? i : best), 0);
    const tile = tiles[nearest];
    if (isList(array)) return { panel: name, row: nearest, column: 0, channel: 0 };
    return {
      panel: name, channel: nearest,
      row: clamp(Math.floor((y - tile.y) / tile.scale), 0, rows(array) - 1), column: clamp(Math.floor((x - tile.x) / tile.scale), 0, columns(array) - 1),
    };
  }

  away(tile, y) { return Math.abs(tile.y + tile.height / 2 - y); }
  first() { return { panel: this.spec.steps[0], row: 0, column: 0, channel: 0 }; }

  walk(event, cell) {
    const array = this.valueOf(cell.panel);
    const below = this.stage.panels.find(({ spec }) => spec.kind === "made");
    if (event.key === "Enter" && below) { this.stage.goTo(below.spec.depth, "map", below); return cell; }
    const across = event.shiftKey && { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (across) return this.cross(across, cell);
    const turn = { PageDown: 1, PageUp: -1 }[event.key];
    if (turn && !isList(array)) return { ...cell, channel: clamp((cell.channel ?? 0) + turn, 0, channels(array) - 1) };
    return step(event, { channel: 0, ...cell }, array);
  }

  placed({ panel, row, column, channel }) {
    const array = this.valueOf(panel);
    if (isList(array)) return `${this.titleOf(panel)}, ${this.classes()?.[row] ?? row}`;
    return `${this.titleOf(panel)}, map ${channel ?? 0} of ${channels(array)}, row ${row}, column ${column}${this.speaksFor(panel, channel ?? 0)}`;
  }

  /** For which class a map speaks most, and against which: where nothing mixes it with others before the classes. */
  speaksFor(panel, map) {
    const { outcome } = this.stage;
    const last = this.spec.steps.filter((name) => outcome.calls[name]?.operation === "dense").at(-1);
    const links = last && panel !== this.spec.steps[0] && !isList(this.valueOf(panel)) ? flowBetween(outcome, last, panel)?.filter(({ from }) => from === map) : null;
    if (!links?.length) return "";
    const by = (sign) => links.reduce((best, link) => (sign * link.value > sign * best.value ? link : best));
    const nameOf = ({ to }) => this.classes()?.[to] ?? to;
    const [most, least] = [by(1), by(-1)];
    return (most.value > 0 ? `; speaks most for ${nameOf(most)}` : "") + (least.value < 0 ? `; most against ${nameOf(least)}` : "");
  }
}
