// Bars: one number a line, with its name: the classes of a network and how sure it is of each.

import { largest, range, rows, smallest } from "../arrays.mjs";
import { cross } from "../paint.mjs";
import { large, listOf, number } from "../words.mjs";
import { Panel, clamp, step } from "./panel.mjs";

const LINE = 22; // the height of a bar and its gap

export class Bars extends Panel {
  described() { return "bars"; }

  prepare() {
    const asked = this.stage.resolve(this.spec.range);
    [this.display, this.channel] = ["bars", null];
    this.range = Array.isArray(asked) ? asked : [Math.min(0, smallest(this.array)), Math.max(0, largest(this.array)) || 1];
  }

  /** On a logarithmic scale each step to the right is ten times as much. */
  scaled(value) { return this.spec.log ? Math.log10(Math.max(value, 1)) : value; }
  written(value) { return (this.spec.log ? large : number)(value); }

  shapeInWords() { return `${rows(this.array)} number${rows(this.array) === 1 ? "" : "s"}`; }
  nameOf(row) { return String(listOf(this.stage.resolve(this.spec.labels))?.[row] ?? row); }
  showLegend() { this.legend.hidden = true; }

  /** A screen reader hears the three largest. */
  listFacts() {
    const { data } = this.array;
    const order = range(rows(this.array)).sort((a, b) => data[b] - data[a]).slice(0, 3);
    return [this.shapeInWords(), order.map((row) => `${this.nameOf(row)}: ${this.written(data[row])}`).join(", ")];
  }

  measure(values, { width: available }) {
    const height = rows(values[this.spec.show]) * LINE;
    return { width: available, height, scale: LINE };
  }

  paintOn(context) {
    const { array: { data }, width, stage: { theme }, range: [low, high] } = this;
    const names = range(rows(this.array)).map((row) => this.nameOf(row));
    context.clearRect(0, 0, width, this.height);
    context.font = `13px ${theme.mono}`;
    context.textBaseline = "middle";
    const left = Math.min(width * 0.4, Math.max(...names.map((name) => context.measureText(name).width)) + 8);
    const right = this.spec.log ? 92 : 58;
    const [first, last] = [low, high].map((end) => this.scaled(end));
    const at = (value) => left + ((this.scaled(clamp(value, low, high)) - first) / (last - first)) * (width - left - right);
    if (this.spec.log) this.drawTens(context, at);
    const most = data.indexOf(Math.max(...data));
    const focused = this.stage.here?.panel === this.spec.show ? this.stage.here.row : null;
    const different = this.stage.differing(this.spec.show).map(({ row }) => row);
    names.forEach((name, row) => {
      const y = row * LINE;
      const [from, to] = [Math.min(at(0), at(data[row])), Math.max(at(0), at(data[row]))];
      context.fillStyle = `rgb(${(data[row] < 0 ? theme.negative : theme.positive).join(" ")})`;
      context.fillRect(from, y + 4, Math.max(1, to - from), LINE - 8);
      context.fillStyle = theme.ink;
      context.font = `${row === most ? "bold " : ""}13px ${theme.mono}`;
      context.textAlign = "left";
      context.fillText(name, 2, y + LINE / 2, left - 6);
      context.fillText(this.written(data[row]), Math.max(to, at(0)) + 6, y + LINE / 2);
      if (different.includes(row)) cross(context, row, (at(0) - LINE / 2) / LINE, { scale: LINE, row: 0, column: 0 }, theme.here);
      if (row === focused) { context.strokeStyle = theme.here; context.lineWidth = 2; context.strokeRect(1, y + 1, width - 2, LINE - 2); }
    });
  }

  /** A line at each power of ten. */
  drawTens(context, at) {
    context.fillStyle = this.stage.theme.line;
    for (let value = this.range[0]; value <= this.range[1]; value *= 10) context.fillRect(Math.round(at(value)), 0, 1, this.height);
  }

  hit({ y }) { return { panel: this.spec.show, row: clamp(Math.floor(y / LINE), 0, rows(this.array) - 1), column: 0 }; }
  walk(event, cell) { return step(event, cell, this.array); }
  placed({ row }) { return this.nameOf(row); }
}
