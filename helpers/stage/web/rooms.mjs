// How a Stage shares its room: panels side by side and as large as they fit, controls above or beside them, all in one view.
//
// It is shared anew at another width, in full screen, or when other panels or pictures of another shape are shown; not while a
// slider moves.

const [MOST, LEAST] = [620, 96]; // the height of a picture, in CSS pixels
const FLOOR = 120; // the least width of a panel that stands beside others
const [LARGER, WORTH] = [[1.6, 1.4, 1.2], 0.9]; // of a full screen: how much larger, and what part of the pictures' sides must be left
const LINE = 26; // kept free for words that get longer, where all is drawn larger
const [ROUNDS, ENOUGH_HIGH] = [6, 8]; // in which a height is found at which all is seen; and how near it comes to the largest one
const WORDS = 240; // the width that a title and its facts would like
const BETWEEN = 14; // from panel to panel, as in stage.css
const SIGN = 22; // the width of a sign between them
const BESIDE = 640; // from this width on controls may stand beside the panels
const NARROW = 450;
const ASIDE = { page: 236, full: 276 }; // the width that controls take beside the panels; letters are larger in full screen
const [SHORTEST, ENOUGH, SHARE] = [400, 600, 0.75]; // of a view: the least, what is enough, and the part of a tall one
const EDGE = 16; // what is left free of it
const HIGH = { small: 0.5, medium: 1, large: 1, whole: 1 }; // of the height of a picture
const [PART, SHORT, CONTROL] = [0.6, 150, 90]; // on a narrow page: what part of a wish is worth having, the least height, a control's
const ALONE = { small: 170, medium: 304, large: 600, whole: Infinity }; // widths where they stand below each other

/** The part of every wish that can be had where each keeps at least its floor. */
export function shareOut(wishes, room, floor = FLOOR) {
  let [low, high] = [0, 1];
  const widths = (part) => wishes.map((wish) => Math.max(Math.min(wish, floor), part * wish));
  const sum = (part) => widths(part).reduce((all, width) => all + width, 0);
  if (sum(1) <= room) return wishes;
  if (sum(0) > room) return null;
  for (let round = 0; round < 30; round++) { const middle = (low + high) / 2; if (sum(middle) > room) high = middle; else low = middle; }
  return widths(low);
}

/** The height that can be seen at once of what an element stands in. */
function heightAround(element) {
  for (let box = element.parentElement; box; box = box.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(box).overflowY) && box.scrollHeight > box.clientHeight + 1) return box.clientHeight;
  }
  return innerHeight;
}

export class Rooms {
  constructor(stage) { this.stage = stage; }

  /** What stands side by side: a panel by itself, or panels that belong together. */
  items() {
    const shown = this.stage.panels.filter((panel) => !panel.root.hidden);
    const groups = new Map();
    for (const panel of shown) groups.set(panel.room.group ?? panel, [...(groups.get(panel.room.group ?? panel) ?? []), panel]);
    return [...groups.values()];
  }

  /** What the room depends on. */
  key() {
    const { stage } = this;
    const shapes = stage.spec.controls.filter(({ kind }) => kind === "picture").map(({ name }) => stage.settings[name].shape);
    return JSON.stringify([stage.drawnWidth, stage.full.on && innerHeight, shapes, stage.panels.map((panel) => panel.root.hidden)]);
  }

  /** Share the room, if what it depends on has changed; tells whether it did. */
  arrange() {
    if (this.arranged === this.key()) return false;
    if (this.stage.full.on) this.enlarge(); else this.choose();
    this.arranged = this.key();
    return true;
  }

  /** In full screen all of it is drawn larger, as long as the pictures lose next to nothing by it. */
  enlarge() {
    const { full } = this.stage;
    const at = (factor) => { full.enlarge(factor); const way = this.choose(); return { ...way, seen: way.seen * factor }; };
    const plain = at(1);
    const isAsGood = (way) => way.needs <= this.view - LINE && way.stacked === plain.stacked && way.read >= plain.read && way.seen > WORTH * plain.seen;
    if (!LARGER.some((factor) => isAsGood(at(factor)))) at(1);
  }

  /** Put the controls above the panels or beside them, whichever is better; returns what came of it. */
  choose() {
    const { spec } = this.stage;
    this.narrow(this.stage.width() < NARROW);
    this.view = this.heightOfView() - EDGE;
    const whole = this.items().flat().some((panel) => panel.size() === "whole"); // what needs all the width
    const ways = spec.controls.length && this.stage.width() >= BESIDE && !whole ? [false, true] : [false];
    const tried = ways.map((beside) => this.fitInto(beside));
    const best = tried.reduce((one, other) => (this.isBetter(other, one) ? other : one));
    if (best !== tried.at(-1)) this.fitInto(best.beside);
    return best;
  }

  /** Side by side is better than below each other; then all in one view; then more numbers that can be read; then larger pictures. */
  isBetter(one, other) {
    const [fits, otherFits] = [one, other].map(({ needs }) => needs <= this.view);
    if (one.stacked !== other.stacked) return other.stacked;
    if (fits !== otherFits) return fits;
    return one.read === other.read ? one.seen > other.seen * 1.05 : one.read > other.read;
  }

  /** In how many panels one can read what stands in the cells. */
  numbersRead() { return this.items().flat().filter((panel) => panel.isRead()).length; }

  /** What counts as a view: a full screen, or where there is enough three quarters of what is seen, so that the cell above fits too. */
  heightOfView() {
    const { full, root, zoom } = this.stage;
    if (full.on) return innerHeight / zoom;
    const around = heightAround(root);
    return Math.max(SHORTEST, Math.min(around, ENOUGH), SHARE * around);
  }

  /** On a narrow page the controls come after what they change: there the thumb is. */
  narrow(is) {
    const { root, bar, shown } = this.stage;
    root.classList.toggle("narrow", is);
    if (bar && (shown.nextElementSibling === bar) !== is) { if (is) shown.after(bar); else shown.parentElement.before(bar); }
  }

  /** Make the pictures as high as one view allows, with the controls above or beside; returns what came of it. */
  fitInto(beside) {
    const { stage } = this;
    stage.root.classList.toggle("beside", beside);
    stage.lines.style.minHeight = "";
    const width = stage.width() - (beside ? ASIDE[stage.full.on ? "full" : "page"] : 0);
    const over = (height) => { this.height = height; this.share(width); return this.needed() - this.view; };
    let bad = null; // a height that is too much
    let [good, much] = [MOST, over(MOST)];
    for (let round = 0; much > 0 && round < ROUNDS; round++) {
      const least = this.stacked ? SHORT : LEAST;
      if (good <= least) break;
      bad = good;
      const tallest = Math.max(...this.items().flat().map((panel) => panel.kept() / HIGH[panel.size()]));
      good = Math.max(least, Math.min(good, tallest) - much / (this.stacked ? this.items().length : 1));
      much = over(good);
    }
    while (much <= 0 && bad - good > ENOUGH_HIGH) { const middle = (good + bad) / 2; if (over(middle) > 0) bad = middle; else good = middle; }
    if (this.height !== good) over(good);
    const sides = this.items().flat().map((panel) => Math.sqrt(panel.width * panel.height));
    return { beside, stacked: this.stacked, needs: this.needed(), read: this.numbersRead(), seen: sides.reduce((all, side) => all + side, 0) };
  }

  /** The height down to the last line of words; where panels stand below each other, down to the last of them and a control. */
  needed() {
    const { bar, lines, shown } = this.stage;
    const end = (part) => (part ? part.offsetTop + part.offsetHeight : 0);
    return this.stacked ? shown.firstElementChild.offsetHeight + CONTROL : Math.max(end(bar), end(lines));
  }

  /** Give each panel its room. */
  share(width) {
    const items = this.items();
    const signs = items.slice(1).filter(([panel]) => panel.sign).length;
    const free = width - (items.length - 1) * BETWEEN - signs * (SIGN + BETWEEN);
    const column = (panels) => panels[0].room.group?.startsWith("column"); // below each other
    const wishes = items.map((panels) => (column(panels) ? Math.max(...panels.map((panel) => this.wish(panel, width))) : panels.length > 1 ? 2 * this.wish(panels[0], width) + BETWEEN : this.wish(panels[0], width)));
    const widths = shareOut(wishes, free);
    const pale = width < NARROW && widths?.some((one, i) => one < PART * wishes[i]);
    this.stacked = !widths || pale;
    this.stage.root.classList.toggle("stacked", this.stacked);
    const lacking = this.stacked ? [] : widths.map((one) => Math.max(0, WORDS - one));
    const more = this.stacked ? [] : shareOut(lacking, free - widths.reduce((all, one) => all + one, 0), 0) ?? lacking.map(() => 0);
    items.forEach((panels, i) => panels.forEach((panel) => {
      if (this.stacked) return panel.take(this.alone(panel, width));
      const own = panels.length > 1 && !column(panels) ? Math.floor((widths[i] - BETWEEN) / 2) : Math.floor(widths[i]);
      panel.take({ width: own, height: this.heightOf(panel), words: panels.length > 1 && !column(panels) ? own : Math.floor(own + more[i]) });
    }));
  }

  heightOf(panel) { return this.height * HIGH[panel.size()]; }
  wish(panel, width) { return Math.min(width, Math.max(FLOOR, panel.wish({ width, height: this.heightOf(panel) }))); }

  /** The room of a panel that stands below another: beside its sign. */
  alone(panel, width) {
    const free = width - (panel.sign ? SIGN + BETWEEN : 0);
    const small = panel.size() === "small" && panel.room.group;
    const most = small ? Math.min(ALONE.small, (free - BETWEEN) / 2) : Math.min(ALONE[panel.size()], free);
    return { width: most, height: Math.max(panel.least(), Math.min(this.heightOf(panel), most * 1.25)), words: small ? most : free };
  }
}
