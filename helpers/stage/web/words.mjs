// Numbers and sentences: how a number is written and read, how a sentence with live numbers is filled.

import { channels, columns, largest, rows, smallest, total } from "./arrays.mjs";

export const MINUS = "\u2212";

const helpful = (size) => (size < 10 ? 2 : size < 100 ? 1 : 0);

/** Write a number with no more digits than help; the minus is a true one. */
export const number = (value) => numberWith(isRate(Math.abs(value)) ? RATE : helpful(Math.abs(value)), value);

/** Is a small number one that people have written, 0.003, and no result? */
const isRate = (size) => {
  const rate = size * 10 ** RATE;
  return rate > 0.5 && rate < 100 && Math.abs(rate - Math.round(rate)) < 1e-6;
};

/** Write a number that is to be calculated with: two decimals, however large it is. */
export const inFull = (value) => numberWith(2, value);

function numberWith(decimals, value) {
  if (Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value > 0 ? "\u221e" : MINUS + "\u221e";
  const size = Math.abs(value);
  let text = size >= 1e21 ? BigInt(Math.round(size)).toString() : size.toFixed(decimals);
  if (text.includes(".")) text = text.replace(/\.?0+$/, "");
  return (value < 0 && Number(text) !== 0 ? MINUS : "") + text;
}

const RATE = 4; // the decimals of the smallest number that people write
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
  first: (a) => ranked(a)[0], percent: (a) => 100 * a.data[ranked(a)[0]],
  second: (a) => ranked(a)[1], second_percent: (a) => 100 * a.data[ranked(a)[1]],
};

/** The two places with the largest numbers; of equal ones the earlier. */
const ranked = ({ data }) => Array.from(data, (_, i) => i).sort((a, b) => data[b] - data[a] || a - b).slice(0, 2);

function fact(name, values) {
  if (name in values) return values[name];
  const [owner, property] = name.split(".");
  return FACTS[property]?.(values[owner]) ?? values[owner].data[property];
}

const written = (value) =>
  typeof value === "boolean" ? (value ? "on" : "off") : typeof value === "string" ? value : large(value);

const LARGE = [[1e12, "trillion"], [1e9, "billion"], [1e6, "million"]];

/** Write a number; from a million on with three digits and a word. */
export function large(value) {
  const [unit, word] = LARGE.find(([unit]) => unit <= Math.abs(value) && Math.abs(value) < 1e15) ?? [1, ""];
  return `${number(value / unit)} ${word}`.trim();
}

const COMPARE = {
  "==": (a, b) => a === b, "!=": (a, b) => a !== b,
  "<=": (a, b) => a <= b, ">=": (a, b) => a >= b, "<": (a, b) => a < b, ">": (a, b) => a > b,
};

export const holds = (condition, values) => !condition || condition.split(" and ").every((part) => compares(part, values));

function compares(condition, values) {
  const [name, sign, ...other] = condition.split(" ");
  const word = other.at(-1);
  let value = fact(name, values);
  if (typeof value === "boolean") value = String(value);
  if (typeof value === "string") return COMPARE[sign](value, word);
  return COMPARE[sign](value, (other.length > 1 ? Number(other[0]) : 1) * Number(/^[a-z]/.test(word) ? fact(word, values) : word));
}

/**
 * Fill a sentence: parts {text, kind}; kind "setting" for what the learner controls, "result" for "{=...}". What is not there
 * stops it, or is written as `missing`. A sentence that Python tells as a whole, "{said}", is like any other.
 */
export function say(text, values, missing = null) {
  const sentence = typeof text === "string" ? text : (text.find(([condition]) => holds(condition, values)) ?? ["", ""])[1];
  return sentence.split(/(\{=?[a-z_0-9.]+\})/).filter(Boolean).map((part) => {
    const place = /^\{(=?)([a-z_0-9.]+)\}$/.exec(part);
    if (!place) return { text: part };
    const whole = part === sentence && typeof values[place[2]] === "string";
    const kind = whole ? null : place[1] ? "result" : place[2] in values ? "setting" : "fact";
    const there = place[2].split(".")[0] in values || missing === null;
    return { text: there ? written(fact(place[2], values)) : missing, kind };
  });
}

/** Words in a list: as they are, or written one after the other with commas between them. */
export const listOf = (words) => (typeof words === "string" ? words.split(", ") : words);

export const plain = (parts) => parts.map((part) => part.text).join("");

export const noChoice = (name, value, choices) => `${name} cannot be '${value}'; choose one of ${Object.keys(choices).sort().join(", ")}`;
