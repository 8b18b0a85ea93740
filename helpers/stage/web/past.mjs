// What was set before: the last change can be taken back, and all settings go to what they were at first.

import { h, icon } from "./dom.mjs";

const KEPT = 100; // how many changes can be taken back
const ELSEWHERE = ["picture", "constant", "told"]; // a picture is chosen, what Python tells is so

export class Past {
  constructor(stage) {
    this.stage = stage;
    this.names = stage.spec.controls.filter(({ kind }) => !ELSEWHERE.includes(kind)).map(({ name }) => name);
    this.states = [this.now()];
    const button = (label, words, act) => h("button", { type: "button", title: words, "aria-label": words, onclick: act }, label);
    this.undo = button(icon("M6 3 2.5 6.5 6 10M3 6.5h6.5a3.5 3.5 0 0 1 0 7H6"), "take back the last change", () => this.back());
    this.reset = button("reset", "set everything as it was at first", () => this.toFirst());
    this.buttons = [this.undo, this.reset];
    this.update();
  }

  now() { return Object.fromEntries(this.names.map((name) => [name, this.stage.get(name)])); }
  differs(state) { return this.names.some((name) => state[name] !== this.stage.get(name)); }

  /** Remember what is set now that a control was let go. */
  settle() {
    if (!this.differs(this.states.at(-1))) return;
    this.states = [...this.states, this.now()].slice(-KEPT);
    this.update();
  }

  /** A button that can do nothing says so, and keeps the keyboard where it is. */
  update() {
    this.undo.setAttribute("aria-disabled", this.states.length < 2);
  }

  back() {
    if (this.states.length < 2) return this.stage.tell("there is nothing to take back");
    this.states.pop();
    this.update();
    this.put(this.states.at(-1));
  }

  toFirst() {
    const { stage } = this;
    const { first } = stage.spec;
    for (const name of this.names) {
      if (Array.isArray(first[name]) && stage.control(name).kind === "grid") stage.setGrid(name, first[name]);
      else stage.set(name, first[name]);
    }
    stage.steps?.pause();
    for (const [name, value] of [["focus", {}], ["step", null], ["view", {}]]) stage.set(name, value);
    stage.tell("");
    stage.release();
  }

  put(state) {
    for (const [name, value] of Object.entries(state)) this.stage.set(name, value);
    this.stage.tell("");
    this.stage.release();
  }
}
