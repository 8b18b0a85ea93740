// The Form: questions to predict or to answer, and hints to unfold. It judges answers by itself, so that it also works
// in an exported page; Python hears of each answer (`given`) and keeps it.

import { h, onTheme, readTheme, setText } from "./dom.mjs";
import { MINUS } from "./words.mjs";

/** A text with `code` and *stress* in it, as nodes. */
const marked = (text) => text.split(/(`[^`]+`|\*\S[^*`]*\*)/).map((part, i) => (i % 2 ? h(part[0] === "*" ? "em" : "code", {}, part.slice(1, -1)) : part));

/** Read a number as people write it, 16,777,216 or 16 777 216 or 0,5 or \u22123; null if it is none, or two. */
function readNumber(text) {
  let plain = text.trim().replace(/(?<=\d)[\s_'](?=\d{3}(?!\d))/g, "").replace(MINUS, "-");
  plain = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain) ? plain.replaceAll(",", "") : plain.replace(",", ".");
  return /^-?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : null;
}

/** An answer that was kept, as a question takes it. */
const answerOf = (spec, entry) => (spec.kind === "number" ? entry.answer : entry.answer?.split("; "));

/** Judge an answer: is it right, and what is said to it? */
function judge(question, answer) {
  if (question.kind === "number") {
    const value = readNumber(answer);
    const near = (number) => Math.abs(value - number) <= question.within;
    const slip = question.slips.find(([number]) => near(number));
    return near(question.answer) ? { right: true, says: "" } : { right: false, says: slip ? slip[1] : question.otherwise };
  }
  const wrong = question.choices.filter((choice) => answer.includes(choice.text) !== choice.right);
  const said = question.kind === "one" ? wrong.filter((choice) => answer.includes(choice.text)) : wrong;
  const named = ({ text, says }) => (question.kind === "one" ? says : `\u201c${text}\u201d \u2013 ${says}`); // of several, which one is meant
  return { right: !wrong.length, says: said.filter(({ says }) => says).map(named).join(" ") };
}

/** One question with its answers and a button. */
class Question {
  constructor(spec, number, button, ...others) {
    this.spec = spec;
    this.says = h("p", { class: "says", role: "status" });
    const legend = h("legend", {}, number ? `${number}. ` : "", ...marked(spec.text), spec.kind === "several" ? " (Tick all that are right.)" : "");
    this.submit = h("button", { type: "submit" }, button);
    this.fields = h("fieldset", {}, legend, spec.code ? h("pre", { tabindex: 0, "aria-label": "what it is about" }, spec.code) : null, ...this.inputs(), h("div", { class: "go" }, this.submit, ...others));
    this.root = h("form", { novalidate: true }, this.fields, this.says);
  }

  inputs() {
    if (this.spec.kind === "number") {
      this.field = h("input", { type: "text", inputmode: "decimal", autocomplete: "off", size: 12 });
      return [h("label", { class: "own-number" }, "your number ", this.field)];
    }
    const type = this.spec.kind === "one" ? "radio" : "checkbox";
    this.boxes = this.spec.choices.map((choice) => h("input", { type, name: "answer", value: choice.text }));
    return this.boxes.map((box, i) => h("label", { class: "choice" }, box, h("span", {}, ...marked(this.spec.choices[i].text))));
  }

  /** What is chosen or typed: a text, or a list of texts. */
  answer() {
    if (this.field) return this.field.value.trim();
    return this.boxes.filter((box) => box.checked).map((box) => box.value);
  }

  show(answer) {
    if (this.field) this.field.value = answer ?? "";
    else for (const box of this.boxes) box.checked = (answer ?? []).includes(box.value);
  }

  /** Why the answer cannot be taken yet, or "". */
  lack() {
    if (this.field) return readNumber(this.field.value) == null ? "Type a number, such as 12 or 0.5." : "";
    return this.boxes.some((box) => box.checked) ? "" : "Choose an answer first.";
  }

  say(...parts) { this.says.replaceChildren(...parts.flatMap(marked)); }
}

export class Form {
  constructor(model, el) {
    this.model = model;
    this.spec = model.get("spec");
    this.root = h("div", { class: `course-form ${this.spec.kind}`, role: "group", "aria-label": this.spec.title });
    this.build();
    this.root.addEventListener("keydown", (event) => event.stopPropagation());
    el.append(this.root);
    const retheme = () => readTheme(this.root);
    const offTheme = onTheme(retheme);
    const shown = new ResizeObserver(retheme); // the page's colors are known once it shows the form
    shown.observe(this.root);
    const hidden = () => { if (!Object.keys(model.get("given")).length) this.build(); };
    model.on("change:given", hidden);
    this.dispose = () => { model.off("change:given", hidden); offTheme(); shown.disconnect(); };
  }

  /** Everything as it is before anybody answers, and the answers that there are. */
  build() { this.root.replaceChildren(h("p", { class: "title" }, this.spec.title), ...this[this.spec.kind]()); }

  given(name) { return this.model.get("given")[name]; }
  give(name, entry) { this.model.set("given", { ...this.model.get("given"), [name]: entry }); }

  // ---------------------------------------------------------------------------------------- prediction

  predict() {
    const [spec] = this.spec.items;
    const skip = h("button", { type: "button", onclick: () => commit(null) }, "just show me");
    const question = new Question(spec, 0, "this is my prediction", skip);
    const lines = h("dl", { class: "lines" });
    const outcome = h("div", { class: "outcome", tabindex: -1, role: "group" }, lines);
    const commit = (answer) => {
      const text = answer == null ? null : [answer].flat().join("; ");
      this.give(spec.name, { answer: text, right: answer != null && judge(spec, answer).right });
      this.model.set("curtain", "");
      this.model.save_changes();
      show();
      outcome.focus();
    };
    const show = () => {
      const entry = this.given(spec.name);
      question.fields.disabled = Boolean(entry);
      question.fields.querySelector(".go").hidden = Boolean(entry);
      outcome.hidden = !entry;
      if (!entry) return;
      question.show(answerOf(spec, entry));
      question.say("");
      const told = this.outcome(spec, entry);
      outcome.setAttribute("aria-label", told.slice(0, 2).map((line) => line.join(": ")).join("; "));
      lines.replaceChildren(...told.flatMap(([label, text]) => [h("dt", {}, label), h("dd", {}, ...marked(text))]));
    };
    question.root.addEventListener("submit", (event) => {
      event.preventDefault();
      question.say(question.lack());
      if (!question.lack()) commit(question.answer());
    });
    show();
    return [question.root, outcome];
  }

  /** What was predicted, beside what happens and why. */
  outcome(spec, entry) {
    const lines = [["what happens", spec.happens], ["why", spec.why], ["see it", spec.see]];
    if (entry.answer == null) return lines;
    const says = entry.right ? "" : judge(spec, answerOf(spec, entry)).says;
    const verdict = entry.right ? "\u2713 as you predicted" : "\u2717 not as you predicted";
    lines[0][1] = `${spec.happens} (${verdict})`;
    return [["you predicted", entry.answer], lines[0], ...(says ? [["but", says]] : []), ...lines.slice(1)].filter(([, text]) => text);
  }

  // ---------------------------------------------------------------------------------------------- quiz

  quiz() {
    const count = h("p", { class: "count quiet" });
    const tally = () => setText(count, `${this.spec.items.filter((item) => this.given(item.name)?.right).length} of ${this.spec.items.length} right`);
    const questions = this.spec.items.map((spec, i) => {
      const question = new Question(spec, i + 1, "check");
      const entry = this.given(spec.name);
      if (entry) question.show(answerOf(spec, entry));
      const say = ({ right, says }) => question.say(right ? `\u2713 Right. ${spec.why}` : `\u2717 Not quite. ${says}`);
      if (entry) say(judge(spec, question.answer()));
      question.root.addEventListener("submit", (event) => {
        event.preventDefault();
        if (question.lack()) { question.say(question.lack()); return; }
        const judged = judge(spec, question.answer());
        const old = this.given(spec.name);
        this.give(spec.name, { answer: [question.answer()].flat().join("; "), right: judged.right || Boolean(old?.right), now: judged.right, tries: (old?.tries ?? 0) + 1 });
        this.model.save_changes();
        say(judged);
        tally();
      });
      return question;
    });
    tally();
    return [...questions.map((question) => question.root), count];
  }

  // --------------------------------------------------------------------------------------------- hints

  hints() {
    const says = h("p", { class: "says", role: "status" });
    const folds = this.spec.items.map((item) => {
      const body = item.code ? h("pre", { tabindex: 0, "aria-label": item.title }, item.code) : h("p", {}, ...marked(item.text));
      const summary = h("summary", {}, item.title);
      const fold = h("details", {}, summary, body);
      let warned = !item.gate;
      summary.addEventListener("click", (event) => {
        if (fold.open || warned || this.model.get("attempted")) { setText(says, ""); return; }
        event.preventDefault();
        warned = true;
        setText(says, "Try it yourself first: even a wrong attempt teaches more than this. If you want it anyway, press once more.");
      });
      fold.addEventListener("toggle", () => {
        if (!fold.open || this.given(item.name)) return;
        this.give(item.name, true);
        this.model.save_changes();
      });
      return fold;
    });
    return [h("div", { class: "folds" }, ...folds), says];
  }
}

export const lackingInForm = (model) => (!model.get("spec")?.items ? "spec" : model.get("given") ? undefined : "given");
