// A stack: all maps of a volume on one canvas, told apart; one of them can be lifted out and is drawn larger.

import { channels, columns, range, rows } from "../arrays.mjs";
import { GAP, cross, drawGaps, drawHue, drawNumbers, outline, strip } from "../paint.mjs";
import { channelHue, channelName } from "../sums.mjs";
import { listOf, number } from "../words.mjs";
import { Panel, clamp, step } from "./panel.mjs";

const NATURAL = 30; // the cell size of small maps
const LARGEST = 150; // the side of one map among others
const LEAST = 16; // and at least
const SPARE = 8; // for what a legend or the least size of a map needs besides
const BETWEEN = 10; // pixels from map to map
const NAME = 15; // the height of a map's name

const placed = (row, column, tile, scale) => ({ x: column * (tile.width + BETWEEN), y: NAME + row * (tile.height + NAME + BETWEEN), ...tile, scale });

/** How many maps stay below each other: the kernels of a filter, where there are several filters. */
const depthOf = ({ shape }) => (shape[3] > 1 ? shape[2] : 1);

/** How many columns of maps stand side by side where they are largest; so many maps of a column stay below each other. */
function fitted(count, deep, [high, wide], room, natural) {
  const least = LEAST / Math.max(high, wide);
  let best = null;
  for (let across = 1; across <= count; across++) {
    const down = Math.ceil(count / across) * deep;
    const byWidth = (room.width - (across - 1) * BETWEEN) / across / wide;
    const byHeight = (room.height - (down - 1) * BETWEEN - down * NAME) / down / high;
    const scale = Math.min(natural, byWidth, byHeight);
    if (!best || (byWidth >= least && scale > best.scale + 0.001 * Math.abs(best.scale))) best = { across, down, scale };
  }
  return { ...best, scale: Math.max(least, best.scale) };
}

export class Stack extends Panel {
  described() { return "stack of maps"; }
  size() { return this.spec.size ?? "large"; }

  prepare() {
    super.prepare();
    this.channel = null;
    if (this.display === "color") this.display = "gray";
  }

  shapeInWords() {
    const maps = channels(this.array);
    if (this.array.shape.length === 4) return this.array.shape.join(" \u00d7 ");
    const kind = this.hueOf(0) === undefined ? "map" : "channel";
    return `${rows(this.array)} \u00d7 ${columns(this.array)} \u00d7 ${maps} ${kind}${maps === 1 ? "" : "s"}`;
  }

  defaultNote() { return "Page up and Page down lead from map to map; Enter lifts one out"; }

  /** Which map is lifted out, or null. */
  lifted() {
    const lifted = this.stage.view(this.liftKey())?.lifted;
    return lifted == null ? null : Math.min(lifted, channels(this.array) - 1);
  }

  liftKey() { return `${this.spec.show} lifted`; }

  /** How many filters there are, where these are filters: their kernels stand below each other, a column a filter. */
  filters() { return this.array?.shape.length === 4 ? this.array.shape[3] : 0; }

  /** Side by side, as large as they fit; or each in the room of a map of another array. */
  measure(values, room) {
    const array = values[this.spec.show];
    const box = values[this.room.of] ?? array;
    const laid = this.laidOut(channels(array) / depthOf(array), box, room);
    return box === array ? laid : { ...laid, scale: Math.min(laid.tile.width / columns(array), laid.tile.height / rows(array)) };
  }

  /** How so many maps of an array, or filters, are laid out. */
  laidOut(count, array, room) {
    const [high, wide] = [rows(array), columns(array)];
    const natural = Math.min(this.spec.cell ?? NATURAL, Math.max(LARGEST / Math.max(high, wide), 1));
    const { across, down, scale } = fitted(count, depthOf(array), [high, wide], room, natural);
    const tile = { width: wide * scale, height: high * scale };
    const width = across * tile.width + (across - 1) * BETWEEN;
    const height = down * (tile.height + NAME) + (down - 1) * BETWEEN;
    return { across, down, scale, tile, width, height, drawnWidth: width, drawnHeight: height };
  }

  /** A stack that grows keeps all its room, and what the most maps need at least. */
  keepRoom(outcome) {
    const array = outcome.values[this.spec.show];
    const heights = array ? range(this.spec.grows ?? 0).map((i) => this.laidOut(i + 1, array, this.given).height) : [];
    if (heights.length) this.rooms.push({ width: 0, height: Math.max(this.given.height + SPARE, ...heights) });
    return super.keepRoom(outcome);
  }

  kept() { return this.spec.grows ? Math.max(this.height, this.given.height) : this.height; }

  /** Where a map is drawn: the place that `paint` takes, and its corner on the canvas. */
  tileOf(map) {
    const { across, tile, scale } = this.layout;
    const filters = this.filters();
    const drawn = { width: columns(this.array) * scale, height: rows(this.array) * scale };
    if (filters < 2) return { ...placed(Math.floor(map / across), map % across, tile, scale), ...drawn };
    const [channel, filter] = [Math.floor(map / filters), map % filters];
    return placed(Math.floor(filter / across) * this.array.shape[2] + channel, filter % across, tile, scale);
  }

  liftedTile() {
    const scale = Math.min(this.width / columns(this.array), (this.height - NAME) / rows(this.array));
    return { x: 0, y: NAME, width: columns(this.array) * scale, height: rows(this.array) * scale, scale };
  }

  /** The filter whose map is lifted out of the stack that these filters stand beside, or null. */
  filterLifted() {
    const lifted = this.spec.beside && this.stage.view(`${this.spec.beside} lifted`)?.lifted;
    return lifted == null ? null : Math.min(lifted, this.array.shape[3] - 1);
  }

  /** The kernels of one filter, as large as they fit. */
  tilesOfFilter(filter) {
    const [high, wide, depth, filters] = this.array.shape;
    const { across, scale } = fitted(depth, 1, [high, wide], this, NATURAL);
    const tile = { width: wide * scale, height: high * scale };
    return range(depth).map((channel) => ({ map: channel * filters + filter, tile: placed(Math.floor(channel / across), channel % across, tile, scale) }));
  }

  tiles() {
    const [lifted, filter] = [this.lifted(), this.filterLifted()];
    if (lifted == null && filter != null) return this.tilesOfFilter(filter);
    return lifted == null ? range(channels(this.array)).map((map) => ({ map, tile: this.tileOf(map) })) : [{ map: lifted, tile: this.liftedTile() }];
  }

  /** The hue of a map that is red, green or blue. */
  hueOf(map) {
    const { shape } = this.array;
    return this.spec.letters ? undefined : channelHue(shape.length === 4 ? Math.floor(map / shape[3]) : map, shape[2]);
  }

  /** What the maps are called: a list, or words that a setting lists, with commas between them. */
  letters() { return listOf(this.stage.resolve(this.spec.letters)); }

  nameOf(map) {
    const letters = this.letters();
    const filters = this.filters();
    if (filters > 1 && this.array.shape[2] === 1) return `filter ${map}`;
    if (!filters) return letters?.[map] ?? channelName(map, letters ? 0 : channels(this.array));
    const channel = Math.floor(map / filters);
    return `${letters?.[channel] ?? channelName(channel, this.array.shape[2])}${filters > 1 ? `, filter ${map % filters}` : ""}`;
  }

  paintOn(context) {
    const { array, stage } = this;
    const { theme } = stage;
    const known = stage.known(this.spec.show);
    const look = { display: this.display, range: this.range, theme };
    const key = [this.display, this.range, theme.dark, known].join();
    if (this.drawnArray !== array || this.drawnKey !== key) {
      this.image = strip(array, look, known, this.image);
      [this.drawnArray, this.drawnKey] = [array, key];
    }
    context.clearRect(0, 0, this.width, this.height);
    const { here } = stage;
    const fed = here?.panel === this.spec.show ? stage.fedBy(here, this.spec.show) : [];
    const marks = [...stage.marks(this.spec.show, stage.outcome), ...fed];
    const [hues, different] = [stage.hues(this.spec.show), stage.differing(this.spec.show)];
    for (const { map, tile } of this.tiles()) {
      context.save();
      context.translate(tile.x, tile.y);
      this.paintMap(context, map, tile, { ...look, known });
      const place = { ...tile, row: 0, column: 0 };
      for (const { row, column, channel } of different) if ((channel ?? map) === map) cross(context, row, column, place, theme.here);
      for (const { row, column, channel, hue } of hues) if ((channel ?? map) === map) drawHue(context, row, column, hue, place);
      for (const mark of marks) if (mark.region.channels.includes(map)) outline(context, mark.region, place, theme.here, mark);
      context.restore();
    }
    this.canvas.style.touchAction = "pan-y";
  }

  paintMap(context, map, tile, look) {
    const { array, image } = this;
    const [high, wide] = [rows(array), columns(array)];
    const { theme } = look;
    if (tile.width > 34) {
      context.fillStyle = theme.quiet;
      context.font = `11px ${theme.mono}`;
      [context.textAlign, context.textBaseline] = ["left", "alphabetic"];
      const hue = this.hueOf(map);
      context.fillText(this.nameOf(map), 0, -4, tile.width);
      if (hue !== undefined) { context.fillStyle = `hsl(${hue} 85% 48%)`; context.fillRect(0, -2, tile.width, 2); }
    }
    context.imageSmoothingEnabled = tile.scale * (devicePixelRatio || 1) < 1;
    context.imageSmoothingQuality = "high";
    context.drawImage(image, 0, map * high, wide, high, 0, 0, tile.width, tile.height);
    const place = { ...tile, row: 0, column: 0 };
    if (tile.scale >= GAP) drawGaps(context, { array, place, theme });
    const pixels = { pixels: { data: image.pixels.data.subarray(4 * map * high * wide) } };
    drawNumbers(context, { array, image: pixels, place, ...look, channel: map });
    context.strokeStyle = theme.line;
    context.lineWidth = 1;
    context.strokeRect(0.5, 0.5, tile.width - 1, tile.height - 1);
  }

  // ------------------------------------------------------------------------------------------ events

  hit({ x, y }) {
    const found = this.tiles().find(({ tile }) => x >= tile.x && x < tile.x + tile.width + BETWEEN && y >= tile.y - NAME && y < tile.y + tile.height + BETWEEN);
    if (!found) return null;
    const { map, tile } = found;
    return {
      panel: this.spec.show, channel: map,
      row: clamp(Math.floor((y - tile.y) / tile.scale), 0, rows(this.array) - 1),
      column: clamp(Math.floor((x - tile.x) / tile.scale), 0, columns(this.array) - 1),
    };
  }

  first() { return { panel: this.spec.show, row: 0, column: 0, channel: 0 }; }

  walk(event, cell) {
    const maps = channels(this.array);
    const turn = { PageDown: 1, PageUp: -1 }[event.key];
    if (event.key === "Enter" || (event.key === "Escape" && this.lifted() != null)) {
      this.lift(this.lifted() == null ? cell.channel : null);
      return cell;
    }
    const moved = turn ? { ...cell, channel: clamp((cell.channel ?? 0) + turn, 0, maps - 1) } : step(event, { channel: 0, ...cell }, this.array);
    if (moved && this.lifted() != null) this.lift(moved.channel);
    return moved;
  }

  doubleClick(event) {
    const cell = this.hit(this.point(event));
    if (cell) this.lift(this.lifted() == null ? cell.channel : null);
  }

  lift(map) { this.stage.setView(this.liftKey(), map == null ? null : { lifted: map }); }

  placed({ row, column, channel }) {
    const maps = channels(this.array);
    return `${this.called()}, ${this.nameOf(channel ?? 0)}${maps > 4 ? ` of ${maps}` : ""}, row ${row}, column ${column}`;
  }

  listed(values) { return number(values[0]); }
}
