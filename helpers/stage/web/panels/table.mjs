// The table of a network's layers: native inputs to set them, buttons to add, move and remove them, and what each of them costs.
//
// A line stays as long as there is a layer with its number: where its kind changes, only its numbers are made anew.
// So what has the keyboard keeps it, and a kind can be typed ("Max"): a new list would begin with the next letter.

import { h, icon, setText } from "../dom.mjs";
import { fitted } from "../networks.mjs";

const SHOWN = { in_channels: "in", inputs: "in", channels: "in", out_channels: "out", outputs: "out", kernel_size: "kernel", stride: "stride", padding: "padding" };
const FOLLOWS = ["in_channels", "inputs", "channels"]; // what comes in
const COLUMNS = ["layer", "its numbers", "comes out", "parameters", "multiplies", "sees"];
const ICONS = { up: "M8 13V3M4 7l4-4 4 4", down: "M8 3v10M4 9l4 4 4-4", add: "M8 3v10M3 8h10", remove: "M4 4l8 8M12 4l-8 8" };
const times = (text) => String(text).replaceAll("x", "\u00d7");
const grouped = (value) => value.toLocaleString("en-US");
const isPool = (kind) => kind === "MaxPool2D" || kind === "AvgPool2D";
const part = (tag, kind, role, ...inside) => h(tag, { class: kind, role }, ...inside);

export class LayerTable {
  constructor(panel) {
    this.panel = panel;
    this.stage = panel.stage;
    this.control = this.stage.control(panel.spec.sketch);
    this.body = h("tbody", { role: "rowgroup" });
    const head = h("tr", { role: "row" }, ...COLUMNS.map((word) => h("th", { scope: "col", role: "columnheader" }, word)), h("td", { role: "cell" }));
    this.root = h("table", { class: "layers", role: "table", "aria-label": "the layers" }, h("thead", { role: "rowgroup" }, head), this.body);
    this.body.addEventListener("focusin", ({ target }) => panel.enterLine(Number(target.closest("tr").dataset.row ?? 0)));
    this.body.addEventListener("pointerdown", ({ target }) => panel.enterLine(Number(target.closest("tr").dataset.row ?? 0)));
  }

  // ------------------------------------------------------------------------------------------- what is set

  get layers() { return this.stage.get(this.panel.spec.sketch); }
  get fits() { return this.stage.get(this.panel.spec.fit); }

  /** Set all layers; what stands in `wanted` is to have the keyboard then. */
  put(layers, wanted = null) {
    this.wanted = wanted;
    this.stage.tell("");
    this.stage.set(this.panel.spec.sketch, layers);
    this.stage.release();
  }

  /** What comes into a layer, as far as that is known; the first has the number 0 here. */
  comesInto(index) { return this.panel.shapes()[index]; }

  /** A new layer of a kind: it reads what comes in, and has the usual numbers besides. */
  fresh(kind, index) {
    const numbers = Object.entries(this.control.kinds[kind]).map(([, usual], i, all) => usual ?? all[i - 1][1]);
    const shape = this.comesInto(index);
    return shape ? fitted([kind, ...numbers], shape) : [kind, ...numbers];
  }

  add(index) {
    if (this.layers.length >= this.control.most) return this.stage.tell(`there are ${this.control.most} layers: that is enough here`);
    this.put(this.layers.toSpliced(index, 0, this.fresh("ReLU", index)), `${index + 1} kind`);
  }

  remove(index) {
    const left = this.layers.toSpliced(index, 1);
    this.put(left, left.length ? `${Math.min(index + 1, left.length)} remove` : "0 add");
  }

  move(index, by) {
    const to = index + by;
    if (to < 0 || to >= this.layers.length) return this.stage.tell(`layer ${index + 1} is the ${by < 0 ? "first" : "last"} one`);
    this.put(this.layers.toSpliced(index, 1).toSpliced(to, 0, this.layers[index]), `${to + 1} ${by < 0 ? "up" : "down"}`);
  }

  turnInto(index, kind) {
    const [before, ...numbers] = this.layers[index];
    this.put(this.layers.with(index, isPool(kind) && isPool(before) ? [kind, ...numbers] : this.fresh(kind, index)), `${index + 1} kind`);
  }

  /** Set one number of a layer; windows that stood side by side go on doing so. */
  write(index, place, value) {
    const one = this.layers[index];
    const changed = one.with(place, value);
    if (isPool(one[0]) && place === 1 && one[2] === one[1]) changed[2] = value;
    this.stage.set(this.panel.spec.sketch, this.layers.with(index, changed));
  }

  // -------------------------------------------------------------------------------------------- how it looks

  update({ layers, lines, refusal }, input, here) {
    const key = JSON.stringify([layers.map(([kind]) => kind), this.fits]);
    if (key !== this.key) this.build(layers);
    this.key = key;
    this.fill(this.lines[0], [times(input.join("x")), "", "", ""]);
    this.size.value = input.join("x");
    layers.forEach((one, i) => this.fillLine(i, one, lines[i]));
    const sum = (what) => grouped(lines.reduce((all, line) => all + line[what], 0));
    this.fill(this.together, ["", sum("parameters"), sum("multiplications"), ""]);
    this.together.root.hidden = Boolean(refusal);
    this.lines.forEach(({ root }, row) => {
      root.classList.toggle("here-line", row === here);
      root.classList.toggle("broken", Boolean(refusal) && row === lines.length + 1);
      root.classList.toggle("unreached", row > lines.length + (refusal ? 1 : 0));
    });
    if (refusal) this.lines[lines.length + 1].root.after(this.sentence); else this.sentence.remove();
  }

  fillLine(index, one, line) {
    const made = this.lines[index + 1];
    const known = line ? [times(line.shape.join("x")), grouped(line.parameters), grouped(line.multiplications), times(line.sees)] : ["", "", "", ""];
    this.fill(made, known);
    made.numbers.forEach(({ input, text }, i) => {
      const value = one[i + 1];
      if (text) setText(text, String(value));
      else if (input.value !== String(value) && input !== document.activeElement) input.value = value;
    });
  }

  fill({ told }, texts) { told.forEach((cell, i) => { setText(cell, texts[i]); cell.classList.toggle("none", texts[i] === "0"); }); }

  /** Bring the lines to these kinds of layers, and the keyboard to where it is wanted. */
  build(layers) {
    const had = this.body.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    if (!this.lines) this.begin();
    this.allFit.checked = this.fits;
    const lines = layers.map((_, i) => this.lines[i + 1] ?? this.lineOf(i));
    this.lines.slice(layers.length + 1).forEach(({ root }) => root.remove());
    this.lines = [this.lines[0], ...lines];
    layers.forEach(([kind], i) => this.setKind(lines[i], kind, i));
    this.together.root.before(...lines.map(({ root }) => root).filter((root) => !root.parentNode));
    const wanted = this.wanted ?? had;
    const control = wanted && this.body.querySelector(`[data-key="${wanted}"]`);
    if (control && control !== document.activeElement) control.focus();
    this.wanted = null;
  }

  /** What stands in every table: the picture, and what all layers cost together. */
  begin() {
    this.sentence = h("tr", { role: "row", class: "why" }, h("td", { role: "cell", colspan: COLUMNS.length + 1 }, this.panel.refusal));
    this.lines = [this.inputLine()];
    this.together = this.lineWith(part("th", "name", "rowheader", "together"), [], null);
    this.together.root.classList.add("together");
    this.body.append(this.lines[0].root, this.together.root);
  }

  /** A line shows a layer of this kind: the numbers that this kind has. */
  setKind(line, kind, index) {
    const shown = JSON.stringify([kind, this.fits]);
    if (line.shown === shown) return;
    line.shown = shown;
    line.select.value = kind;
    line.numbers = Object.keys(this.control.kinds[kind]).map((setting, i) => this.numberOf(setting, index, i + 1));
    line.set.replaceChildren(...line.numbers.map(({ root }) => root));
  }

  /** The picture: how large it is, and whether all layers fit what comes in. */
  inputLine() {
    const { picture, fit } = this.panel.spec;
    const choose = (name, value) => { this.stage.tell(""); this.stage.set(name, value); this.stage.release(); };
    const options = this.stage.control(picture).choices.map(([value, words]) => h("option", { value }, words));
    this.size = h("select", { "aria-label": this.stage.control(picture).label, "data-key": "0 size", onchange: ({ target }) => choose(picture, target.value) }, ...options);
    this.allFit = h("input", { type: "checkbox", "data-key": "0 fit", onchange: ({ target }) => choose(fit, target.checked) });
    const set = [this.size, h("label", { class: "fit" }, this.allFit, this.stage.control(fit).label)];
    return this.lineWith(part("th", "name", "rowheader", "the picture"), set, this.buttons(0, [["add", "add a layer first", () => this.add(0)]]), 0);
  }

  lineOf(index) {
    const row = index + 1;
    const options = Object.keys(this.control.kinds).map((one) => h("option", { value: one }, one));
    const select = h("select", { "aria-label": `kind of layer ${row}`, "data-key": `${row} kind`, onchange: (event) => this.turnInto(index, event.target.value) }, ...options);
    const name = part("th", "name", "rowheader", h("span", { class: "number" }, `${row}`), select);
    const buttons = this.buttons(row, [
      ["up", `move layer ${row} up`, () => this.move(index, -1)], ["down", `move layer ${row} down`, () => this.move(index, 1)],
      ["add", `add a layer below layer ${row}`, () => this.add(row)], ["remove", `remove layer ${row}`, () => this.remove(index)],
    ]);
    return { ...this.lineWith(name, [], buttons, row), select };
  }

  lineWith(name, inputs, buttons, row = null) {
    name.scope = "row";
    const told = ["out", "count", "count", "sees"].map((kind) => part("td", `known ${kind}`, "cell"));
    COLUMNS.slice(2).forEach((word, i) => { told[i].dataset.word = word; });
    const set = part("td", "numbers", "cell", ...inputs);
    return { root: h("tr", { role: "row", "data-row": row }, name, set, ...told, part("td", "acts", "cell", buttons)), set, numbers: [], told };
  }

  /** A number of a layer: an input, or a text where it follows what comes in. */
  numberOf(setting, index, place) {
    if (this.fits && FOLLOWS.includes(setting)) {
      const text = h("b", {});
      return { root: h("span", { class: "follows" }, `${SHOWN[setting]} `, text), text };
    }
    const [low, high] = this.control.limits[setting];
    const name = `${setting} of layer ${index + 1}`;
    const input = h("input", { type: "number", min: low, max: high, step: 1, "aria-label": name, "data-key": `${index + 1} ${setting}`, class: high > 1000 ? "long" : high > 99 ? "mid" : "" });
    const good = () => /^\d+$/.test(input.value) && Number(input.value) >= low && Number(input.value) <= high;
    input.addEventListener("input", () => { if (good()) this.write(index, place, Number(input.value)); });
    input.addEventListener("change", () => {
      const typed = input.value;
      const before = this.layers[index][place];
      if (!good()) this.write(index, place, typed === "" ? before : Math.max(low, Math.min(high, Math.round(Number(typed)))));
      input.value = this.layers[index][place];
      this.stage.tell(String(input.value) === typed ? "" : `${setting} is a whole number from ${low} to ${grouped(high)}`);
      this.stage.release();
    });
    return { root: h("label", {}, SHOWN[setting], input), input };
  }

  buttons(row, acts) {
    const made = acts.map(([word, label, act]) => h("button", { type: "button", title: label, "aria-label": label, "data-key": `${row} ${word}`, onclick: act }, icon(ICONS[word])));
    return h("div", { class: "group-of-acts" }, ...made);
  }

  /** The keyboard goes to a layer's line. */
  goTo(row) { this.body.querySelector(`[data-key="${row} kind"]`)?.focus(); }
}
