// Buttons of a slider that plays: back to the first, one back, play or pause, one on.

import { h, setText } from "./dom.mjs";

export class Player {
  /** `control` is a slider's; `plays` says how many steps a second. */
  constructor(control, stage) {
    [this.control, this.stage, this.playing] = [control, stage, null];
    const button = (label, words, act) => h("button", { type: "button", "aria-label": `${control.label}: ${words}`, title: words, onclick: act }, label);
    const go = (label, words, value) => button(label, words, () => { this.pause(); this.goTo(value()); stage.release(); });
    this.playButton = button("\u25b6", "play", () => this.press());
    const { low, high, step } = control;
    this.root = h("span", { class: "player", role: "group", "aria-label": control.label },
      go("|\u25c0", "back to the first", () => low), go("\u25c0", "one back", () => this.now() - step), this.playButton,
      go("\u25b6|", "one on", () => this.now() + step));
    this.end = () => stage.resolve(control.until) ?? high;
  }

  now() { return this.stage.get(this.control.name); }
  goTo(value) { this.stage.set(this.control.name, Math.max(this.control.low, Math.min(this.end(), value))); }

  press() {
    if (this.playing) { this.pause(); this.stage.release(); return; }
    if (this.now() >= this.end()) this.goTo(this.control.low);
    setText(this.playButton, "\u275a\u275a");
    this.playButton.setAttribute("aria-label", `${this.control.label}: pause`);
    let [last, owed] = [performance.now(), 0];
    const tick = (now) => {
      owed += ((now - last) / 1000) * this.control.plays;
      last = now;
      if (owed >= 1) { this.goTo(this.now() + Math.floor(owed) * this.control.step); owed %= 1; }
      if (this.now() >= this.end()) { this.pause(); this.stage.release(); } else this.playing = requestAnimationFrame(tick);
    };
    this.playing = requestAnimationFrame(tick);
  }

  pause() {
    if (this.playing) cancelAnimationFrame(this.playing);
    this.playing = null;
    setText(this.playButton, "\u25b6");
    this.playButton.setAttribute("aria-label", `${this.control.label}: play`);
  }
}
