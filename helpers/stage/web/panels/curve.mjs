// A curve: numbers one after the other, one line a column; it grows while numbers come in.

import { at, columns, range, rows } from "../arrays.mjs";
import { number } from "../words.mjs";
import { Panel, clamp, step } from "./panel.mjs";

const EDGE = { left: 46, right: 64, top: 10, bottom: 24 };
const LETTERS = 14; // the height of a name
const LOWEST = 96; // a curve that is lower says nothing
const FEW = 9; // so many points have their numbers below them
const DASHES = [[], [6, 4], [2, 3], [10, 3, 2, 3]]; // lines are told apart by more than their color

export class Curve extends Panel {
  described() { return "curve"; }

  prepare() {
    const asked = this.stage.resolve(this.spec.range);
    [this.display, this.channel] = ["curve", null];
    const first = [0, 1.5 * Math.max(...range(columns(this.array)).map((line) => at(this.array, 0, line)))];
    const [low, high] = asked === "first" ? first : Array.isArray(asked) ? asked : this.stage.rangeOf(this.array);
    this.range = [low, high > low ? high : low + 1];
  }

  /** How many points are drawn: all, or as many as `spec.until` says. */
  drawn() { return clamp(this.stage.resolve(this.spec.until) ?? rows(this.array), 1, rows(this.array)); }
  nameOf(line) { return this.stage.resolve(this.spec.labels)?.[line] ?? (columns(this.array) > 1 ? String(line) : ""); }
  /** The point that is marked: the one that `spec.at` says, or none. */
  marked() { const point = this.stage.resolve(this.spec.at); return point == null ? null : clamp(point, 0, this.drawn() - 1); }
  shapeInWords() { return `${this.drawn()} point${this.drawn() === 1 ? "" : "s"}`; }
  showLegend() { this.legend.hidden = true; }

  listFacts() {
    const [last, marked] = [this.drawn() - 1, this.marked()];
    const there = range(columns(this.array)).map((line) => `${this.nameOf(line)} ${number(at(this.array, marked ?? last, line))}`.trim());
    return [this.shapeInWords(), `at ${marked ?? "the end"} ${there.join(", ")}`];
  }

  measure(values, { width, height }) { return { width, height: Math.max(LOWEST, Math.min(200, width * 0.62, height)), scale: 1 }; }

  x(row) { return EDGE.left + (row / Math.max(1, rows(this.array) - 1)) * (this.width - EDGE.left - EDGE.right); }

  y(value) {
    const [low, high] = this.range;
    return EDGE.top + (1 - (clamp(value, low, high) - low) / (high - low)) * (this.height - EDGE.top - EDGE.bottom);
  }

  paintOn(context) {
    const { theme, here } = this.stage;
    const colors = [theme.ink, `rgb(${theme.positive.join(" ")})`, `rgb(${theme.negative.join(" ")})`];
    context.clearRect(0, 0, this.width, this.height);
    this.paintAxes(context, theme);
    for (const line of range(columns(this.array))) this.paintLine(context, line, colors[line % colors.length]);
    this.paintNames(context, colors);
    this.paintMarked(context, colors);
    if (here?.panel !== this.spec.show) return;
    context.strokeStyle = theme.here;
    context.lineWidth = 1.5;
    context.strokeRect(this.x(here.row) - 4, this.y(at(this.array, here.row, here.column)) - 4, 8, 8);
  }

  paintAxes(context, theme) {
    context.strokeStyle = theme.line;
    context.lineWidth = 1;
    context.fillStyle = theme.quiet;
    context.font = `12px ${theme.mono}`;
    [context.textAlign, context.textBaseline] = ["right", "middle"];
    const [low, high] = this.range;
    for (const value of [low, (low + high) / 2, high]) {
      const y = Math.round(this.y(value)) + 0.5;
      context.beginPath();
      context.moveTo(EDGE.left, y);
      context.lineTo(this.width - EDGE.right, y);
      context.stroke();
      context.fillText(number(value), EDGE.left - 6, y);
    }
    [context.textAlign, context.textBaseline] = ["center", "top"];
    const last = rows(this.array) - 1;
    for (const row of last <= FEW ? range(last + 1) : [0, last]) context.fillText(String(row), this.x(row), this.height - EDGE.bottom + 6);
  }

  paintLine(context, line, color) {
    const drawn = this.drawn();
    context.strokeStyle = context.fillStyle = color;
    context.lineWidth = 2;
    context.setLineDash(DASHES[line % DASHES.length]);
    context.beginPath();
    for (let row = 0; row < drawn; row++) context.lineTo(this.x(row), this.y(at(this.array, row, line)));
    context.stroke();
    context.setLineDash([]);
  }

  /** The lines' names at their ends, none on top of another. */
  paintNames(context, colors) {
    const last = this.drawn() - 1;
    const ends = range(columns(this.array)).map((line) => ({ line, y: this.y(at(this.array, last, line)) })).sort((a, b) => a.y - b.y);
    ends.forEach((end, i) => { if (i) end.y = Math.max(end.y, ends[i - 1].y + LETTERS); });
    const over = Math.max(0, (ends.at(-1)?.y ?? 0) - (this.height - EDGE.bottom - LETTERS / 2));
    [context.textAlign, context.textBaseline] = ["left", "middle"];
    for (const { line, y } of ends) {
      context.fillStyle = colors[line % colors.length];
      context.fillText(this.nameOf(line), this.x(last) + 6, y - over, EDGE.right - 8);
    }
  }

  /** A line through the marked point, and a dot on each curve. */
  paintMarked(context, colors) {
    const row = this.marked();
    if (row == null) return;
    context.strokeStyle = this.stage.theme.here;
    context.lineWidth = 1.5;
    context.beginPath();
    context.moveTo(this.x(row), EDGE.top);
    context.lineTo(this.x(row), this.height - EDGE.bottom);
    context.stroke();
    for (const line of range(columns(this.array))) {
      context.fillStyle = colors[line % colors.length];
      context.beginPath();
      context.arc(this.x(row), this.y(at(this.array, row, line)), 5, 0, 2 * Math.PI);
      context.fill();
    }
  }

  hit({ x, y }) {
    const part = (x - EDGE.left) / (this.width - EDGE.left - EDGE.right);
    const row = clamp(Math.round(part * (rows(this.array) - 1)), 0, this.drawn() - 1);
    const away = (line) => Math.abs(this.y(at(this.array, row, line)) - y);
    const column = range(columns(this.array)).reduce((best, line) => (away(line) < away(best) ? line : best), 0);
    return { panel: this.spec.show, row, column };
  }

  /** Left and right lead along the line, up and down to another one. */
  walk(event, cell) {
    const turned = { ArrowLeft: "ArrowUp", ArrowRight: "ArrowDown", ArrowUp: "ArrowLeft", ArrowDown: "ArrowRight", Home: "PageUp", End: "PageDown" }[event.key];
    const moved = turned && step({ key: turned }, cell, this.array, rows(this.array));
    return moved && { ...moved, row: Math.min(moved.row, this.drawn() - 1) };
  }

  placed({ row, column }) { return `point ${row}${this.nameOf(column) ? `, ${this.nameOf(column)}` : ""}`; }
}
