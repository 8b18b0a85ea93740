// A network as a row of blocks: as high as its maps have rows, as deep as they have columns, as wide as there are maps.
//
// Orange is what is learned: the more of all the network's numbers a layer has, the stronger.

import { count, range } from "../arrays.mjs";

const WIDEST = 144; // pixels from block to block
const [LABEL, SKEW, GAP] = [17, 0.3, 8]; // pixels for the words below; how far a block leans back, of its height; between blocks
const LETTER = 6.7; // pixels of a letter below
const [THIN, LOW, ROW] = [2, 4, 7]; // pixels: the least width and height of a block, the width of a row of numbers
const [PALE, STRONG, PLAIN] = [0.14, 0.86, 0.2]; // of the orange: the least, and how much more; of the gray of what learns nothing

export class Blocks {
  constructor({ layers, lines, refusal }, input, width, height) {
    this.shapes = [input, ...lines.map(({ shape }) => shape)];
    this.parameters = [0, ...lines.map(({ parameters }) => parameters)];
    this.count = layers.length + 1;
    this.broken = refusal ? lines.length + 1 : null;
    this.pitch = Math.min(WIDEST, width / this.count);
    this.floor = height - LABEL;
    const maps = this.shapes.filter(({ length }) => length === 3);
    const lists = this.shapes.filter(({ length }) => length === 1);
    this.most = { rows: Math.max(...maps.map(([high]) => high)), maps: Math.max(...maps.map(([, , depth]) => depth)), numbers: Math.max(1, ...lists.map(count)) };
  }

  /** Which block lies at a place. */
  at(x) { return Math.floor(x / this.pitch); }

  /** Where a block stands: its front, {x, y, width, height}, and how far it leans back. */
  block(index) {
    const shape = this.shapes[index];
    const tall = (this.floor - 3) / (1 + SKEW);
    const left = index * this.pitch + GAP / 2;
    if (shape.length === 1) {
      const height = Math.max(LOW, tall * Math.sqrt(shape[0] / this.most.numbers));
      return { x: left, y: this.floor - height, width: ROW, height, back: 0 };
    }
    const height = Math.max(LOW, (tall * shape[0]) / this.most.rows);
    const back = Math.min(height * SKEW, this.pitch * 0.4);
    const room = this.pitch - GAP - this.pitch * 0.4;
    const width = Math.max(THIN, Math.min(room, ((room - THIN) * shape[2]) / Math.max(8, this.most.maps) + THIN));
    return { x: left, y: this.floor - height, width, height, back };
  }

  paint(context, theme, focused) {
    const all = this.parameters.reduce((sum, value) => sum + value, 0) || 1;
    context.clearRect(0, 0, this.count * this.pitch + this.pitch, this.floor + LABEL);
    [context.textAlign, context.textBaseline, context.lineJoin] = ["left", "top", "round"];
    const told = this.shapes.map((shape) => shape.join("\u00d7"));
    this.wordy = told.every((words, index) => (words.length + 3) * LETTER < this.pitch - 4 || (!index && words.length * LETTER < this.pitch - 2));
    range(this.count).forEach((index) => {
      if (index >= this.shapes.length) return this.paintMissing(context, theme, index, index === focused);
      this.paintBlock(context, theme, this.block(index), this.parameters[index] / all, index === focused);
      this.paintLabel(context, theme, index, told[index], index === focused);
    });
  }

  paintBlock(context, theme, { x, y, width, height, back }, share, focused) {
    const [far, up] = [back, back];
    const front = [[x, y], [x + width, y], [x + width, y + height], [x, y + height]];
    const top = [[x, y], [x + far, y - up], [x + width + far, y - up], [x + width, y]];
    const side = [[x + width, y], [x + width + far, y - up], [x + width + far, y + height - up], [x + width, y + height]];
    const color = share ? theme.positive : theme.page.map((value) => Math.abs(value - 110));
    const amount = share ? PALE + STRONG * share : PLAIN;
    [[side, 0.75], [top, 0.5], [front, 1]].forEach(([corners, light]) => {
      if (!back && corners !== front) return;
      context.beginPath();
      corners.forEach(([cx, cy]) => context.lineTo(cx, cy));
      context.closePath();
      context.fillStyle = `rgb(${theme.page.join(" ")})`;
      context.fill();
      context.fillStyle = `rgb(${color.join(" ")} / ${amount * light})`;
      context.fill();
      [context.strokeStyle, context.lineWidth] = focused ? [theme.here, 2] : [theme.quiet, 1];
      context.stroke();
    });
  }

  /** A layer that does not fit is dashed; what follows is not reached, and paler. */
  paintMissing(context, theme, index, focused) {
    const breaks = index === this.broken;
    const [x, size] = [index * this.pitch + GAP / 2, Math.max(10, Math.min(30, this.pitch - GAP))];
    context.strokeStyle = breaks || focused ? theme.here : theme.line;
    context.lineWidth = breaks || focused ? 2 : 1.5;
    context.setLineDash([4, 3]);
    context.strokeRect(x + 1, this.floor - size, size - 2, size - 1);
    context.setLineDash([]);
    this.paintLabel(context, theme, index, breaks ? "does not fit" : "", breaks || focused);
  }

  /** The number of the layer, and what comes out of it where there is room. */
  paintLabel(context, theme, index, words, strong) {
    const number = index ? `${index} ` : "";
    const [x, y] = [index * this.pitch + GAP / 2, this.floor + 5];
    context.font = `${strong ? "bold " : ""}11px ${theme.mono}`;
    context.fillStyle = strong ? theme.here : theme.quiet;
    context.fillText(number, x, y);
    if (!this.wordy || (number.length + words.length) * LETTER > this.pitch - 4) return;
    context.fillStyle = strong ? theme.here : theme.ink;
    context.fillText(words, x + context.measureText(number).width, y);
  }
}
