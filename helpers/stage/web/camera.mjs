// The camera: what it sees runs through the recipe, picture after picture, until one is taken or the light goes off.
//
// Nothing of it leaves the page before a picture is taken: what is live stands beside the model, never in it. Only where the
// learner has switched it on does Python get a still, and the next one when it has answered the last.

import { h } from "./dom.mjs";
import { NOWHERE, readsFrom } from "./where.mjs";

const [WIDE, HIGH] = [320, 240]; // pixels that go through the recipe; a picture that is taken has what the camera gives
const PATIENCE = 3000; // milliseconds until one is told that Python does not answer
const SILENT = "Python does not answer. Is another cell at work? Then it goes on when that is done.";
const LIVE = "live: nothing leaves this page until you take a picture";

export class Camera {
  /** `place` is where its buttons stand; `live` names the settings by which Python answers while it plays. */
  constructor(stage, { name: setting, live }, place) {
    Object.assign(this, { stage, setting, live, place });
    this.open = h("button", { type: "button", onclick: () => this.start() }, "camera");
    place.append(this.open);
  }

  async start() {
    const { stage } = this;
    if (this.stream || this.asking) return;
    this.asking = true;
    try { this.stream = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 640 }, facingMode: "environment" } }); }
    catch { return stage.tell("the camera is not available here; choose a picture file instead"); }
    finally { this.asking = false; }
    if (!stage.root.isConnected) return this.stop();
    this.video = h("video", { autoplay: true, playsinline: true, muted: true, class: this.isDrawn() ? "heard" : "preview", "aria-hidden": "true" });
    this.video.muted = true;
    this.video.srcObject = this.stream;
    this.video.play().catch(() => {}); // it plays by itself where it may
    const button = (label, act) => h("button", { type: "button", onclick: act }, label);
    this.box = h("div", { class: "camera" }, this.video, h("span", { class: "live" }, "\u25cf live"), button("take the picture", () => this.shoot()), button("camera off", () => this.stop()));
    this.open.hidden = true;
    this.place.append(this.box);
    this.box.querySelector("button").focus({ preventScroll: true });
    this.hide = () => { if (document.hidden) this.stop(); };
    document.addEventListener("visibilitychange", this.hide);
    this.canvas = document.createElement("canvas");
    if (this.live) stage.set(this.live.plays, true); // told with the next thing that is
    stage.tell(LIVE);
    this.look();
  }

  /** Does a panel draw what the camera sees, or what is made of it? If not, the video itself must be seen. */
  isDrawn() {
    const { stage, setting } = this;
    return stage.panels.some((panel) => panel.shows().some((name) => readsFrom(stage.outcome, name, setting, NOWHERE)));
  }

  /** Hand the newest picture to the recipe, as often as the camera has one. */
  look() {
    const { stage, video, setting } = this;
    if (!this.stream) return;
    if (video.videoWidth && video.currentTime !== this.time) {
      this.time = video.currentTime;
      const part = Math.min(1, WIDE / video.videoWidth, HIGH / video.videoHeight);
      stage.live = { ...stage.live, [setting]: this.seen(Math.round(video.videoWidth * part), Math.round(video.videoHeight * part)) };
      stage.schedule(true);
      this.ask(stage.live[setting]);
    }
    requestAnimationFrame(() => this.look());
  }

  /** Hand Python a still, if the learner wants answers and the last one has come. */
  ask({ shape, data }) {
    const { live, stage } = this;
    if (!live || this.asked || !stage.get(live.switch)) return;
    this.asked = setTimeout(() => stage.tell(SILENT), PATIENCE);
    stage.set(live.still, { shape, dtype: "uint8", data: new DataView(data.buffer) });
    stage.model.save_changes();
  }

  /** What was asked is answered. */
  answered() {
    clearTimeout(this.asked);
    this.asked = null;
    if (this.stage.says.textContent === SILENT) this.stage.tell("");
  }

  /** What the camera sees now, as an array of shape (rows, columns, 3). */
  seen(wide, high) {
    if (this.canvas.width !== wide || this.canvas.height !== high) [this.canvas.width, this.canvas.height] = [wide, high];
    const context = this.canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(this.video, 0, 0, wide, high);
    const { data } = context.getImageData(0, 0, wide, high);
    const colors = new Uint8Array(3 * wide * high);
    for (let i = 0, k = 0; i < data.length; i += 4) { colors[k++] = data[i]; colors[k++] = data[i + 1]; colors[k++] = data[i + 2]; }
    return { shape: [high, wide, 3], data: colors };
  }

  /** Hand the picture of now to Python; tells whether there was one. The camera goes off, unless it `stays` for more. */
  shoot(stays = false) {
    const { stage, video, canvas, setting } = this;
    if (!video.videoWidth) return Promise.resolve(false);
    [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
    canvas.getContext("2d").drawImage(video, 0, 0);
    return new Promise((done) => canvas.toBlob(async (blob) => {
      if (!stays) this.stop();
      if (blob) await stage.pictures.take(setting, new File([blob], "camera.png", { type: "image/png" }), stays ? this : null);
      done(Boolean(blob));
    }));
  }

  /** The light goes off; what was shown before comes back. */
  stop() {
    if (!this.stream) return;
    const { stage } = this;
    for (const track of this.stream.getTracks()) track.stop();
    this.stream = null;
    document.removeEventListener("visibilitychange", this.hide);
    if (!this.box) return;
    const within = this.box.contains(document.activeElement);
    this.box.remove();
    this.open.hidden = false;
    if (within) this.open.focus({ preventScroll: true });
    stage.live = null;
    this.answered();
    if (this.live) { stage.set(this.live.plays, false); stage.model.save_changes(); }
    stage.tell("");
    stage.schedule(true);
  }
}
