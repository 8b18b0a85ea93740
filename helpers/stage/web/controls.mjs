// The controls: native inputs with labels, one function a kind. Each returns {root, update(value)}.

import { shapeOf } from "./arrays.mjs";
import { Camera } from "./camera.mjs";
import { samePadding } from "./patterns.mjs";
import { Player } from "./player.mjs";
import { listOf, parseNumber, plain } from "./words.mjs";
import { h, setText } from "./dom.mjs";

let serial = 0;
const uid = () => `stage-${Math.random().toString(36).slice(2, 7)}-${serial++}`;

function labelled(control, input, shown = null) {
  const id = uid();
  input.id = id;
  return h("div", { class: `control ${control.kind}` }, h("label", { for: id }, control.label, shown && " ", shown), input);
}

/** The colors of lights and inks; mixed with the ink of the page, so that they stand out from it. */
const TINTS = { red: "#e8382d", green: "#27a548", blue: "#3f7df2", cyan: "#12a5c4", magenta: "#d132b4", yellow: "#d6a400" };

function slider(control, stage) {
  const shown = h("b", {});
  const input = h("input", { type: "range", min: control.low, max: control.high, step: control.step });
  if (control.tint) input.style.accentColor = `color-mix(in srgb, ${TINTS[control.tint]} 75%, var(--ink))`;
  input.addEventListener("input", () => stage.set(control.name, Number(input.value)));
  input.addEventListener("change", () => stage.release());
  const written = (value) => String(value).replace("-", "\u2212") + (control.unit ?? "");
  shown.style.minWidth = `${Math.max(...[control.low, control.low + control.step, control.high].map((value) => written(value).length))}ch`;
  const update = (value) => {
    if (control.until) input.max = stage.resolve(control.until);
    if (Number(input.value) !== value) input.value = value;
    setText(shown, written(value));
  };
  const root = labelled(control, input, shown);
  if (control.plays) {
    const player = new Player(control, stage);
    input.addEventListener("input", () => player.pause());
    stage.players.push(player);
    root.append(player.root);
  }
  return { root, update };
}

function field(control, stage) {
  const input = h("input", { type: "text", inputmode: "decimal", autocomplete: "off", size: 6 });
  let good = control.low;
  const accept = () => {
    const value = parseNumber(input.value);
    const whole = Number.isInteger(control.step) && !Number.isInteger(value);
    if (value === null || whole || value < control.low || value > control.high) {
      const why = value === null ? "is not a number" : whole ? "is not a whole number" : `is not between ${control.low} and ${control.high}`;
      stage.tell(`\u201c${input.value.trim()}\u201d ${why}; ${control.label} stays ${good}`);
      input.value = good;
    } else if (value !== good) { stage.set(control.name, value); stage.release(); }
  };
  input.addEventListener("change", accept);
  const update = (value) => { good = value; if (!input.matches(":focus")) input.value = value; };
  return { root: labelled(control, input), update };
}

/** Words that are typed: whole characters are counted, and what is too long is refused. */
function text(control, stage) {
  const input = h("input", { type: "text", autocomplete: "off", spellcheck: "false", size: Math.min(control.most, 16) });
  const length = () => [...input.value.trim()].length;
  const now = () => stage.get(control.name);
  input.addEventListener("input", () => { if (length() <= control.most) stage.set(control.name, input.value.trim()); });
  input.addEventListener("change", () => {
    if (length() > control.most) stage.tell(`${control.label}: at most ${control.most} characters, not ${length()}; it stays \u201c${now()}\u201d`);
    input.value = now();
    stage.release();
  });
  return { root: labelled(control, input), update: (value) => { if (!input.matches(":focus")) input.value = value; } };
}

function choice(control, stage) {
  const input = h("select", {}, ...control.choices.map(([, label], i) => h("option", { value: i }, label)));
  input.addEventListener("change", () => { stage.set(control.name, control.choices[input.value][0]); stage.release(); });
  const rename = () => listOf(stage.resolve(control.names)).forEach((name, i) => setText(input.options[i], name));
  const update = (value) => { if (control.names) rename(); input.value = control.choices.findIndex(([word]) => word === value); };
  return { root: labelled(control, input), update };
}

function onOff(control, stage) {
  const input = h("input", { type: "checkbox" });
  input.addEventListener("change", () => { stage.set(control.name, input.checked); stage.release(); });
  const root = h("label", { class: "control switch" }, input, control.label);
  return { root, update: (value) => { input.checked = value; } };
}

export const hex = (color) => `#${color.map((v) => Math.max(0, Math.min(255, Math.round(v))).toString(16).padStart(2, "0")).join("")}`;
const unhex = (text) => [1, 3, 5].map((i) => parseInt(text.slice(i, i + 2), 16));

function color(control, stage) {
  const input = h("input", { type: "color" });
  input.addEventListener("input", () => stage.set(control.name, unhex(input.value)));
  input.addEventListener("change", () => stage.release());
  return { root: labelled(control, input), update: (value) => { input.value = hex(value); } };
}

/** A grid is edited in its panel; here are only the arrays it offers by name: `few` of them at first, where the rest is "more". */
function presets(control, stage) {
  const all = control.presets.map(([name], i) => h("option", { value: i }, name));
  const [more, own] = [h("option", { value: "more" }, "more \u2026"), h("option", { value: -1, disabled: true }, "your own")];
  const input = h("select", {}, ...all.slice(0, control.few), control.few ? more : null, own);
  const unfold = () => { if (more.isConnected) more.replaceWith(...all.slice(control.few)); };
  let [now, pointed] = [-1, false];
  input.addEventListener("pointerdown", () => { pointed = true; });
  input.addEventListener("keydown", () => { pointed = false; });
  input.addEventListener("change", () => {
    const wanted = input.value === "more";
    if (wanted) { unfold(); input.value = pointed ? now : control.few; }
    if (wanted && pointed) { input.showPicker?.(); return; }
    stage.setGrid(control.name, control.presets[input.value][1]);
    stage.release();
  });
  const same = (rows, value) => String(shapeOf(rows)) === String(value.shape) && rows.flat(Infinity).every((v, i) => Math.abs(v - value.data[i]) < 1e-5);
  const update = (value) => {
    now = control.presets.findIndex(([, rows]) => same(rows, value));
    if (now >= (control.few ?? Infinity)) unfold();
    input.value = now;
  };
  return { root: labelled(control, input), update };
}

function picture(control, stage) {
  const input = h("select", {}, ...control.choices.map((name) => h("option", { value: name }, name.replace(/_/g, " "))), h("option", { value: "your own" }, "your own"));
  input.addEventListener("change", () => stage.pictures.choose(control.name, input.value));
  const file = h("input", { type: "file", accept: "image/*", "aria-label": "a picture of your own" });
  file.addEventListener("change", () => { if (file.files.length) stage.pictures.take(control.name, file.files[0]); file.value = ""; });
  const root = labelled(control, input);
  const own = h("div", { class: "control own" }, h("button", { type: "button", onclick: () => file.click() }, "your own picture\u2026"));
  if (navigator.mediaDevices?.getUserMedia) stage.cameras.push(new Camera(stage, control, own));
  file.hidden = true;
  own.append(file);
  const update = () => { const name = stage.pictures.nameOf(control.name); input.value = control.choices.includes(name) ? name : "your own"; input.lastElementChild.disabled = !stage.get(`${control.name}_own`); };
  return { root: h("div", { class: "picker" }, root, own), update };
}

/**
 * Buttons that set another setting, to a value or to what follows from a third one. Where it `takes` a picture and the camera is on,
 * that picture is taken first, and the camera stays on for the next one.
 */
function buttons(control, stage) {
  const live = () => stage.cameras.find((one) => one.stream && one.setting === control.takes && stage.holds(stage.control(one.setting).when));
  const press = (...action) => () => { if (live()) live().shoot(true).then((there) => there && act(...action)); else act(...action); };
  const act = (name, value, from) => {
    try { stage.set(name, from ? FOLLOWS[value](stage.settings[from], stage.control(name)) : value); stage.tell(""); stage.release(); }
    catch (refusal) { stage.tell(refusal.message); }
  };
  const all = control.actions.map(([word, name, value, from]) => h("button", { type: "button", onclick: press(name, value, from) }, word));
  const showWord = (button, i) => { setText(button, plain(stage.say(control.actions[i][0]))); button.hidden = !button.textContent; };
  return { root: h("div", { class: "control buttons", role: "group", "aria-label": control.label }, h("span", {}, control.label), ...all), update: () => all.forEach(showWord) };
}

const following = (now, { choices }) => choices[(choices.findIndex(([word]) => word === now) + 1) % choices.length][0];
const FOLLOWS = { same_padding: samePadding, next: following };

const KINDS = { buttons, slider, field, text, choice, switch: onOff, color, grid: presets, picture };

/** Make the control of a setting, or null where it has none. */
export function makeControl(control, stage) {
  const none = control.hidden || !(control.kind in KINDS) || (control.kind === "grid" && !control.presets?.length)
    || (control.kind === "picture" && !control.choosable);
  return none ? null : { control, ...KINDS[control.kind](control, stage) };
}
