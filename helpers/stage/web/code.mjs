// Printed code: the settings' values put into their places.

import { count, isArray, single } from "./arrays.mjs";
import { sketchAs } from "./networks.mjs";
import { noChoice } from "./words.mjs";

export function literal(value) {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return JSON.stringify(value);
  if (isArray(value)) return nested(value.shape, value.data, (one) => literal(shortest(one)));
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  const size = Math.abs(value);
  const [digits, power] = value.toExponential().split("e");
  if (value === 0 || (size >= 1e-4 && size < 1e16)) return String(value);
  return `${digits}e${power[0]}${power.slice(1).padStart(2, "0")}`;
}

/** A number of an array with the fewest digits that still mean it: 0.1, not 0.10000000149. */
function shortest(value) {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (single(short) === single(value)) return short;
  }
  return Number(value.toPrecision(9));
}

function nested([length, ...inner], data, write) {
  const step = count(inner);
  const part = (i) => (inner.length ? nested(inner, data.slice(i * step, (i + 1) * step), write) : write(data[i]));
  return `[${Array.from({ length }, (_, i) => part(i)).join(", ")}]`;
}

/** The name of a picture, or what loads it, as an explorable takes it: "cat". */
const shownFrom = (code) => (code === "mine.picture()" ? "explore.my_picture()" : /^images\.load\(("[^"]*")/.exec(code)?.[1] ?? code);

/**
 * Code that shows a Stage as it is now, in any cell: its own call, with the settings and the place by name. A Stage that was not
 * made by an explorable has no call: then what its `state` is to be.
 */
export function stateCode({ call, controls }, settings, place) {
  const pictures = controls.filter(({ kind }) => kind === "picture").map(({ name }) => shownFrom(settings[`${name}_source`]));
  const kept = controls.filter(({ kind }) => !["picture", "constant", "told", "buttons"].includes(kind)).map(({ name }) => [name, literal(settings[name])]);
  const there = [...kept, ...place.map(([name, value]) => [name, JSON.stringify(value)])];
  const block = (lines, [open, close]) => [open, ...lines.map((line) => `    ${line},`), close].join("\n");
  if (!call?.code) return block(there.map(([name, text]) => `"${name}": ${text}`), "{}");
  const given = there.map(([name, text]) => `${name}=${text}`);
  return `${call.code}${block([...pictures, ...call.own, ...given], "()")}`;
}

/** Put the settings' values into the places of printed code (printing.py says what the parts are). */
export const fill = (parts, values) => parts.map((part) => {
  if (typeof part === "string") return part;
  if ("raw" in part) return values[part.raw];
  if ("sketch" in part) return sketchAs[part.sketch]({ layers: values[part.layers], size: values[part.size], fit: values[part.fit] });
  if ("by" in part) {
    const by = values[part.by];
    return fill(part.options[String(by)] ?? [`...  # ${noChoice(part.by, by, part.options)}`], values);
  }
  const value = values[part.setting];
  return literal(part.words ? part.words[String(value)] ?? value : value);
}).join("");
