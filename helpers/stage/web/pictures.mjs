// Another picture: chosen by name, a file, the clipboard. Python opens it; what does not answer is not waited for.

const PATIENCE = 3000; // milliseconds until a wish that Python does not answer is given up
const LARGE_FILE = 2e6;
const LONGEST = 800;

/** Make a large picture smaller before it travels. */
async function shrink(file) {
  const image = await createImageBitmap(file);
  const part = Math.min(1, LONGEST / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.max(1, Math.round(image.width * part)), Math.max(1, Math.round(image.height * part))];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("empty"))), "image/png"));
}

export class Pictures {
  constructor(stage) {
    this.stage = stage;
    this.listen(stage.root);
  }

  /** What the picture of a setting is called. */
  nameOf(setting) { return this.stage.get(`${setting}_name`); }

  choose(setting, name) { this.ask(setting, { choose: name }); }

  /** Ask Python for a picture; it answers by emptying the wish, whatever comes of it. A camera may stay on. */
  ask(setting, wish, staying = null) {
    for (const camera of this.stage.cameras) if (camera !== staying) camera.stop();
    clearTimeout(this.patience);
    this.patience = setTimeout(() => this.giveUp(setting), PATIENCE);
    this.stage.set("request", { ...wish, setting, serial: Date.now() });
    this.stage.release();
  }

  giveUp(setting) {
    this.waits(`Python does not answer, so the picture stays \u201c${this.nameOf(setting).replace(/_/g, " ")}\u201d. Is a cell still running? Then the new picture comes when it is done. Otherwise open this notebook in Jupyter, and run its cells again.`);
    this.stage.schedule(false); // the list goes back to that name
  }

  /** Say something that is over once Python answers. */
  waits(sentence) { this.stage.tell(sentence); this.waiting = sentence; }

  answered() {
    clearTimeout(this.patience);
    if (this.stage.says.textContent === this.waiting) this.stage.tell("");
  }

  /** The picture that a file is for: the one it is dropped on, or the first that can be changed. */
  at(target) {
    const { controls, panels } = this.stage;
    const offered = controls.filter(({ control }) => control.kind === "picture").map(({ control }) => control.name);
    return offered.find((name) => panels.some((panel) => panel.spec.show === name && panel.root.contains(target))) ?? offered[0];
  }

  listen(root) {
    if (!this.at(null)) return;
    const first = (list) => [...(list?.files ?? [])][0];
    const hold = (event) => { event.preventDefault(); event.stopPropagation(); };
    root.addEventListener("dragover", hold);
    root.addEventListener("drop", (event) => {
      hold(event);
      if (first(event.dataTransfer)) this.take(this.at(event.target), first(event.dataTransfer));
    });
    root.addEventListener("paste", (event) => {
      if (first(event.clipboardData)) { hold(event); this.take(this.at(event.target), first(event.clipboardData)); }
    });
  }

  /** Hand a file to Python: as it is if it is small, else made smaller here first. */
  async take(setting, file, staying = null) {
    if (!file.size) return this.stage.tell("the file is empty; choose a picture");
    this.waits("opening the picture \u2026");
    try {
      const blob = file.size > LARGE_FILE ? await shrink(file) : file;
      this.ask(setting, { name: file.name, data: new DataView(await blob.arrayBuffer()) }, staying);
    } catch { this.stage.tell("this is not a picture that your browser can read; choose a PNG or JPEG file"); }
  }
}
