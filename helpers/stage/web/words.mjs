// Numbers and sentences: how a number is written and read, how a sentence with live numbers is filled.

import { channels, columns, largest, rows, smallest, total } from "./arrays.mjs";

export const MINUS = "\u2212";

/** Write a number with no more digits than help; the minus is a true one. */
export function number(value) {
  if (Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value > 0 ? "\u221e" : MINUS + "\u221e";
  const size = Math.abs(value);
  let text = size >= 1e21 ? BigInt(Math.round(size)).toString() : size.toFixed(size < 10 ? 2 : size < 100 ? 1 : 0);
  if (text.includes(".")) text = text.replace(/\.?0+$/, "");
  return (value < 0 && Number(text) !== 0 ? MINUS : "") + text;
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Read a number as people type it: a true minus, a decimal comma, a fraction. Null if it is none. */
export function parseNumber(text) {
  const parts = text.trim().replace(MINUS, "-").replaceAll(",", ".").split("/").map((part) => (DECIMAL.test(part.trim()) ? Number(part) : NaN));
  const value = parts.length > 2 ? NaN : parts.reduce((above, below) => above / below);
  return Number.isFinite(value) ? value : null;
}

// ----------------------------------------------------------------------------------------------- words

const FACTS = {
  rows, columns, channels,
  count: (a) => a.data.length,
  min: smallest, max: largest, sum: total,
};

function fact(name, values) {
  if (name in values) return values[name];
  const [owner, property] = name.split(".");
  return FACTS[property](values[owner]);
}

const written = (value) =>
  typeof value === "boolean" ? (value ? "on" : "off") : typeof value === "string" ? value : number(value);

const COMPARE = {
  "==": (a, b) => a === b, "!=": (a, b) => a !== b,
  "<=": (a, b) => a <= b, ">=": (a, b) => a >= b, "<": (a, b) => a < b, ">": (a, b) => a > b,
};

export const holds = (condition, values) => !condition || condition.split(" and ").every((part) => compares(part, values));

function compares(condition, values) {
  const [name, sign, word] = condition.split(" ");
  let value = fact(name, values);
  if (typeof value === "boolean") value = String(value);
  if (typeof value === "string") return COMPARE[sign](value, word);
  return COMPARE[sign](value, Number(/^[a-z]/.test(word) ? fact(word, values) : word));
}

/** Fill a sentence: parts {text, kind}; kind "setting" for what the learner controls, "result" for "{=...}". */
export function say(text, values) {
  const sentence = typeof text === "string" ? text : (text.find(([condition]) => holds(condition, values)) ?? ["", ""])[1];
  return sentence.split(/(\{=?[a-z_0-9.]+\})/).filter(Boolean).map((part) => {
    const place = /^\{(=?)([a-z_0-9.]+)\}$/.exec(part);
    if (!place) return { text: part };
    return { text: written(fact(place[2], values)), kind: place[1] ? "result" : place[2] in values ? "setting" : "fact" };
  });
}

export const plain = (parts) => parts.map((part) => part.text).join("");

export const noChoice = (name, value, choices) => `${name} cannot be '${value}'; choose one of ${Object.keys(choices).sort().join(", ")}`;
