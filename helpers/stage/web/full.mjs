// A Stage that fills the screen, or the window where a page may not fill the screen; large enough for the back row.

import { h, icon } from "./dom.mjs";

const [LETTERS, PART] = [16, 0.025]; // the letters of a full screen in CSS pixels, and what part of the height they are to be
const FILL = "M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4";
const LEAVE = "M6 2v4H2M14 6h-4V2M10 14v-4h4M2 10h4v4";
const SLIM = 640; // CSS pixels that must be left across

export class Full {
  constructor(stage) {
    this.stage = stage;
    this.button = h("button", { type: "button", class: "full", "aria-keyshortcuts": "F", onclick: () => this.toggle() });
    const { root } = stage;
    root.addEventListener("keydown", (event) => this.key(event));
    this.left = () => { if (this.on && !this.popped && document.fullscreenElement !== root) this.leave(); };
    this.resized = () => { if (this.on) this.fit(); };
    document.addEventListener("fullscreenchange", this.left);
    addEventListener("resize", this.resized);
    this.say();
  }

  key(event) {
    const writes = event.target.matches("input:not([type=range], [type=checkbox]), select");
    if (event.key.toLowerCase() === "f" && !writes && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); this.toggle(); }
    if (event.key === "Escape" && this.on && !event.defaultPrevented) this.leave();
  }

  toggle() { return this.on ? this.leave() : this.enter(); }

  async enter() {
    const { root } = this.stage;
    this.on = true;
    try { await root.requestFullscreen(); } catch { this.popUp(); }
    root.classList.add("whole");
    this.fit();
  }

  popUp() {
    const { root } = this.stage;
    this.popped = true;
    root.popover = "manual";
    root.showPopover();
  }

  leave() {
    if (!this.on) return;
    const { root } = this.stage;
    const popped = this.popped;
    this.on = this.popped = false;
    root.classList.remove("whole");
    if (popped) { root.hidePopover(); root.removeAttribute("popover"); }
    else if (document.fullscreenElement === root) document.exitFullscreen();
    this.fit();
    this.button.scrollIntoView({ block: "nearest" });
  }

  fit() {
    this.enlarge(1);
    this.stage.drawnWidth = null;
    this.say();
    this.stage.schedule(false);
  }

  /** How much larger everything is drawn: so that it can be read from the back row, and by a factor more if there is room. */
  enlarge(factor) {
    const { stage } = this;
    const most = innerWidth / SLIM;
    stage.zoom = this.on ? Math.max(1, Math.min(((innerHeight * PART) / LETTERS) * factor, most)) : 1;
    stage.root.style.zoom = stage.zoom === 1 ? "" : stage.zoom;
    stage.drawnWidth = stage.root.clientWidth;
  }

  say() {
    const words = this.on ? "back to the page" : "fill the screen";
    this.button.replaceChildren(icon(this.on ? LEAVE : FILL));
    for (const name of ["title", "aria-label"]) this.button.setAttribute(name, words);
  }

  dispose() {
    document.removeEventListener("fullscreenchange", this.left);
    removeEventListener("resize", this.resized);
  }
}
