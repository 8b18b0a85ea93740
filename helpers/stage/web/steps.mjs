// The steps of a Stage: its result comes one cell after the other, played, stepped through or all at once.

import { columns, rows } from "./arrays.mjs";
import { h, setText } from "./dom.mjs";

const SPEEDS = [[1, "slow"], [4, "walking"], [16, "quick"], [200, "hurry"]];
const LARGE = 5000; // cells: of a result this large, play paints rows

export class Steps {
  /** `name` is the setting or step that is revealed. */
  constructor(stage, name) {
    [this.stage, this.name] = [stage, name];
    const button = (label, words, act) => h("button", { type: "button", "aria-label": words, title: words, onclick: act }, label);
    this.playButton = button("\u25b6 play", "play", () => this.play());
    this.slider = h("input", { type: "range", min: 1, step: 1, "aria-label": "step" });
    this.slider.addEventListener("input", () => this.goTo(Number(this.slider.value)));
    this.slider.addEventListener("change", () => stage.release());
    this.text = h("span", { class: "steptext" });
    this.speed = h("select", { "aria-label": "speed" }, ...SPEEDS.map(([rate, label]) => h("option", { value: rate }, label)));
    this.speed.value = SPEEDS[1][0];
    const go = (label, words, step) => button(label, words, () => { this.pause(); this.goTo(step()); stage.release(); });
    this.root = h("div", { class: "steps", role: "group", "aria-label": "steps" },
      go("|\u25c0", "back to the first step", () => 1), go("\u25c0", "one step back", () => this.now() - 1), this.playButton,
      go("\u25b6", "one step forward", () => this.now() + 1), go("\u25b6|", "finish", () => this.all()),
      this.speed, this.slider, this.text);
  }

  all() { const array = this.stage.outcome.values[this.name]; return array ? rows(array) * columns(array) : 0; }
  now() { return Math.min(this.stage.get("step") ?? this.all(), this.all()); }

  goTo(step) {
    const all = this.all();
    if (!all) return;
    const { stage, name } = this;
    const now = Math.max(1, Math.min(all, step));
    const wide = columns(stage.outcome.values[name]);
    stage.set("step", now < all ? now : null);
    stage.setFocus({ ...stage.panelOf(name)?.first(), panel: name, row: Math.floor((now - 1) / wide), column: (now - 1) % wide });
  }

  update() {
    const [now, all] = [this.now(), this.all()];
    this.slider.max = all;
    this.slider.value = now;
    setText(this.text, now < all ? `step ${now} of ${all}` : all ? `all ${all} steps` : "no steps");
  }

  play() {
    if (this.playing) { this.pause(); this.stage.release(); return; }
    if (this.now() >= this.all()) this.goTo(1);
    this.label("\u275a\u275a pause", "pause");
    let [last, owed] = [performance.now(), 0];
    const tick = (now) => {
      owed += ((now - last) / 1000) * Number(this.speed.value);
      last = now;
      if (owed >= 1) { this.goTo(this.now() + Math.floor(owed) * this.stride()); owed %= 1; }
      if (this.now() >= this.all()) { this.pause(); this.stage.release(); } else this.playing = requestAnimationFrame(tick);
    };
    this.playing = requestAnimationFrame(tick);
  }

  /** Play once, as soon as some of it is in view. */
  playWhenSeen() {
    this.watcher = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      this.watcher.disconnect();
      if (this.stage.focus() || this.playing) return;
      this.speed.value = SPEEDS[2][0];
      this.play();
    }, { threshold: 0.3 });
    this.watcher.observe(this.stage.root);
  }

  /** How many cells a step of play is: of a photo a row and a bit, so that the window glides from corner to corner. */
  stride() {
    const array = this.stage.outcome.values[this.name];
    const [high, wide] = array ? [rows(array), columns(array)] : [0, 0];
    return high * wide < LARGE ? 1 : wide + Math.max(1, Math.round(wide / high));
  }

  end() {
    this.pause();
    this.watcher?.disconnect();
  }

  pause() {
    if (this.playing) cancelAnimationFrame(this.playing);
    this.playing = null;
    this.label("\u25b6 play", "play");
  }

  label(label, words) {
    setText(this.playButton, label);
    this.playButton.setAttribute("aria-label", words);
  }
}
