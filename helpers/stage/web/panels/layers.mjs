// The layers of a network that the learner builds: a drawing of what comes out of each, and below it the table in which they are set.
//
// A cell is {panel, row, column: 0}: the row is the number of a layer, 0 is the picture that goes in.

import { rows } from "../arrays.mjs";
import { setText } from "../dom.mjs";
import { inShort, shapeOfSize, walkThrough } from "../networks.mjs";
import { Blocks } from "./blocks.mjs";
import { LayerTable } from "./table.mjs";
import { Panel, clamp, step } from "./panel.mjs";

const [LOWEST, HIGHEST] = [96, 190]; // the height of the drawing
const OTHER_KEYS = { ArrowLeft: "ArrowUp", ArrowRight: "ArrowDown" };

const inWords = (shape) => (shape.length === 1 ? `${shape[0]} numbers` : shape.join("\u00d7"));
const grouped = (value) => value.toLocaleString("en-US");

export class Layers extends Panel {
  constructor(spec, stage) {
    super(spec, stage);
    this.frame.after(this.note);
  }

  described() { return "network"; }
  size() { return "whole"; }
  showLegend() { this.legend.hidden = true; }

  defaultNote() { return "height: rows; width: how many maps; orange: how much of all that is learned"; }

  tools() {
    this.table = new LayerTable(this);
    return this.table.root;
  }

  /** Walk through the layers anew, and bring the table up to date; the drawing follows. */
  prepare() {
    const { picture, sketch, fit } = this.spec;
    const values = this.stage.settings;
    [this.display, this.channel] = ["layers", null];
    this.walked = walkThrough({ layers: values[sketch], size: values[picture], fit: values[fit] });
    this.input = shapeOfSize(values[picture]);
    this.table.update(this.walked, this.input, this.stage.here?.panel === this.spec.show ? this.stage.here.row : null);
    this.refusal.hidden = !this.walked.refusal;
    setText(this.refusal, this.walked.refusal);
  }

  /** What comes out of the picture and of each layer that is reached. */
  shapes() { return [this.input, ...this.walked.lines.map(({ shape }) => shape)]; }

  listFacts() {
    const { layers, lines, refusal } = this.walked;
    return [`${layers.length} layers`, refusal || `${grouped(lines.reduce((sum, { parameters }) => sum + parameters, 0))} parameters`];
  }

  measure(_, { width, height }) { return { width, height: clamp(height, LOWEST, HIGHEST), scale: 1 }; }

  paintOn(context) {
    this.blocks = new Blocks(this.walked, this.input, this.width, this.height);
    this.blocks.paint(context, this.stage.theme, this.stage.here?.panel === this.spec.show ? this.stage.here.row : null);
  }

  // ------------------------------------------------------------------------------------------ where one is

  hit({ x }) { return this.at(clamp(this.blocks.at(x), 0, rows(this.array) - 1)); }
  at(row) { return { panel: this.spec.show, row, column: 0 }; }

  /** The arrows go from block to block; Enter goes to the layer's line in the table. */
  walk(event, cell) {
    if (event.key === "Enter" && cell.row) { this.table.goTo(cell.row); return cell; }
    return step({ key: OTHER_KEYS[event.key] ?? event.key, ctrlKey: false }, cell, this.array);
  }

  /** The learner is in a line of the table. */
  enterLine(row) { if (this.array && row < rows(this.array)) this.go(this.at(row)); }

  placed({ row }) { return row ? `layer ${row}, ${inShort(this.walked.layers[row - 1])}` : "the picture"; }

  listed() {
    const { row } = this.stage.here;
    const { lines } = this.walked;
    if (row > lines.length) return row === lines.length + 1 ? "does not fit what comes in" : "is not reached";
    const [out, line] = [inWords(this.shapes()[row]), lines[row - 1]];
    if (!line) return out;
    return `${out} \u00b7 ${grouped(line.parameters)} parameters \u00b7 each number sees ${line.sees === "all" ? "all of the picture" : line.sees.replace("x", "\u00d7")}`;
  }
}
