// A flow: the steps of a network as columns of maps, and between them how much flows through each link.
//
// A link's width is how much one map adds to another on average, its color the sign. Focus a map, and only its own links stay strong.

import { channels, columns, range, rows } from "../arrays.mjs";
import { flowBetween } from "../flows.mjs";
import { displayRange, outline, strip } from "../paint.mjs";
import { number } from "../words.mjs";
import { Panel, clamp, step } from "./panel.mjs";

const HEAD = 34; // pixels for the name and the shape above a column
const BETWEEN = 5; // pixels from map to map
const LARGEST = 96; // the side of a map
const LINKS = 0.42; // how much of a column's width is left for links
const FAINT = 0.06; // a link this weak, beside the strongest of its column, is not drawn
const LISTED = 16; // numbers: a longer list is drawn as one strip, without names
const isList = (array) => array.shape.length === 1;

export class Flow extends Panel {
  described() { return "network"; }
  size() { return "whole"; }
  shows() { return this.spec.steps; }
  prepare() { [this.display, this.channel] = ["flow", null]; }
  showLegend() { this.legend.hidden = true; }
  defaultNote() { return "arrow keys walk cells, Page up and Page down maps, Shift with left and right columns"; }

  listFacts() { return [`${this.spec.steps.length} columns`, `${this.total()} maps`]; }
  total() { return this.spec.steps.reduce((sum, name) => sum + (this.valueOf(name) && !isList(this.valueOf(name)) ? channels(this.valueOf(name)) : 0), 0); }
  valueOf(name) { return this.stage.outcome.values[name]; }
  titleOf(name) { return this.spec.names?.[name] ?? name.replace(/_/g, " "); }

  // ------------------------------------------------------------------------------------------- layout

  measure(values, { width: available }) {
    const arrays = this.spec.steps.map((name) => values[name]).filter(Boolean);
    const pitch = available / Math.max(1, arrays.length);
    const most = Math.max(...arrays.map((array) => (isList(array) ? 1 : channels(array))));
    const height = HEAD + clamp(most * (Math.min(LARGEST, pitch * (1 - LINKS)) + BETWEEN), 180, 380);
    return { width: available, height, pitch, scale: 1 };
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
      return range(count).map((i) => ({ x, y: HEAD + (room - count * high) / 2 + i * high, width: side, height: count > LISTED ? high : side }));
    }
    const scale = Math.min(wide / columns(array), (room / count - BETWEEN) / rows(array), LARGEST / Math.max(rows(array), columns(array)));
    const [width, high] = [columns(array) * scale, rows(array) * scale];
    const pace = Math.min(room / count, high + 3 * BETWEEN);
    return range(count).map((i) => ({ x: x + (wide - width) / 2, y: HEAD + (room - count * pace) / 2 + i * pace + (pace - high) / 2, width, height: high, scale }));
  }

  // ----------------------------------------------------------------------------------------- drawing

  paintOn(context, outcome) {
    this.strips ??= new Map();
    this.columns = this.spec.steps.map((name, i) => ({ name, array: this.valueOf(name), tiles: this.tilesOf(i, this.valueOf(name)) }));
    context.clearRect(0, 0, this.width, this.height);
    this.columns.forEach((column, i) => i && this.paintLinks(context, outcome, this.columns[i - 1], column));
    for (const column of this.columns) this.paintColumn(context, column, outcome);
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
      const [x, y, to, high] = [a.x + a.width, a.y + a.height / 2, b.x, b.y + b.height / 2];
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

  paintColumn(context, { name, array, tiles }, outcome) {
    const { theme } = this.stage;
    context.fillStyle = theme.ink;
    context.font = "600 12px system-ui, sans-serif";
    [context.textAlign, context.textBaseline] = ["left", "top"];
    const room = this.layout.pitch - 6;
    const left = tiles[0].x;
    context.fillText(this.titleOf(name), left, 0, room);
    context.fillStyle = theme.quiet;
    context.font = `11px ${theme.mono}`;
    context.fillText(array.shape.join("\u00d7"), left, 16, room);
    if (isList(array)) this.paintList(context, name, array, tiles);
    else this.paintMaps(context, name, array, tiles, outcome);
  }

  paintMaps(context, name, array, tiles, outcome) {
    const { stage } = this;
    const { theme } = stage;
    const display = name in outcome.calls ? "signed" : "gray";
    const image = this.stripOf(name, array, { display, range: displayRange(array, display, null), theme });
    const seen = stage.seenBy(this.chosen(), name);
    tiles.forEach((tile, map) => {
      context.imageSmoothingEnabled = tile.scale * (devicePixelRatio || 1) < 1;
      context.drawImage(image, 0, map * rows(array), columns(array), rows(array), tile.x, tile.y, tile.width, tile.height);
      context.strokeStyle = theme.line;
      context.lineWidth = 1;
      context.strokeRect(tile.x, tile.y, tile.width, tile.height);
      if (!seen?.channels.includes(map)) return;
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
    const labels = name === this.spec.steps.at(-1) ? this.spec.labels : null;
    tiles.forEach((tile, i) => {
      const value = array.data[i];
      const part = Math.abs(value) / most;
      context.fillStyle = `rgb(${theme.page.map((page, c) => page + (theme[value < 0 ? "negative" : "positive"][c] - page) * part).join(" ")})`;
      context.fillRect(tile.x, tile.y, tile.width, tile.height);
      if (tiles.length <= LISTED) {
        context.strokeStyle = theme.line;
        context.lineWidth = 1;
        context.strokeRect(tile.x, tile.y, tile.width, tile.height);
        context.fillStyle = theme.ink;
        context.font = `11px ${theme.mono}`;
        [context.textAlign, context.textBaseline] = ["left", "middle"];
        context.fillText(`${labels ? `${labels[i] ?? i} ` : ""}${number(value)}`, tile.x + tile.width + 4, tile.y + tile.height / 2, this.layout.pitch * 0.6);
      }
      if (here?.panel === name && here.row === i) { context.strokeStyle = theme.here; context.lineWidth = 2; context.strokeRect(tile.x, tile.y, tile.width, tile.height); }
    });
  }

  // ------------------------------------------------------------------------------------------ events

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
    const across = event.shiftKey && { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (across) {
      const steps = this.spec.steps;
      const panel = steps[clamp(steps.indexOf(cell.panel) + across, 0, steps.length - 1)];
      return this.stage.inside({ ...cell, panel, channel: cell.channel ?? 0 });
    }
    const turn = { PageDown: 1, PageUp: -1 }[event.key];
    if (turn && !isList(array)) return { ...cell, channel: clamp((cell.channel ?? 0) + turn, 0, channels(array) - 1) };
    return step(event, { channel: 0, ...cell }, array);
  }

  placed({ panel, row, column, channel }) {
    const array = this.valueOf(panel);
    if (isList(array)) return `${this.titleOf(panel)}, ${this.spec.labels?.[row] ?? row}`;
    return `${this.titleOf(panel)}, map ${channel} of ${channels(array)}, row ${row}, column ${column}`;
  }
}
