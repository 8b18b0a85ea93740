// A recipe worked out in the browser.

import { array, isArray } from "./arrays.mjs";
import { OPERATIONS } from "./operations.mjs";
import { noChoice } from "./words.mjs";

/** What an argument stands for: "$name" the value of that name, a list element by element, lists in a list an array. */
function lookUp(argument, values) {
  if (typeof argument === "string" && argument.startsWith("$")) return values[argument.slice(1)];
  if (!Array.isArray(argument)) return argument;
  const parts = argument.map((part) => lookUp(part, values));
  if (!argument.some(Array.isArray)) return parts;
  const inner = parts[0].shape ?? [parts[0].length];
  return array([parts.length, ...inner], Float32Array.from(parts.flatMap((part) => [...(part.data ?? part)])));
}

const chosen = (step, values) => ("by" in step ? step.calls[String(values[step.by])] : step);

/**
 * Work a recipe out. Returns {values, calls, errors}: a step that refuses its arguments leaves its sentence in
 * errors, and so does every step that needs it; what the formula gave, where no window fits, is in places. `before` is an earlier outcome: steps whose arguments
 * are still the same objects are not worked out again. `given` holds outcomes that come from elsewhere, by step.
 */
export function evaluate(recipe, settings, before = null, given = {}) {
  const out = { values: { ...settings }, calls: {}, errors: {}, places: {} };
  for (const step of recipe) {
    const call = chosen(step, out.values);
    if (!call) { out.errors[step.name] = noChoice(step.by, out.values[step.by], step.calls); continue; }
    const names = Object.values(call.arguments).flat(Infinity).filter((v) => typeof v === "string" && v.startsWith("$"));
    const failed = names.find((name) => name.slice(1) in out.errors);
    if (failed) { out.errors[step.name] = out.errors[failed.slice(1)]; continue; }
    const args = Object.fromEntries(Object.entries(call.arguments).map(([k, v]) => [k, lookUp(v, out.values)]));
    const old = before?.calls[step.name];
    if (given[step.name]) {
      out.values[step.name] = given[step.name];
    } else if (old && !old.given && old.operation === call.operation && sameArguments(old.args, args)) {
      out.values[step.name] = before.values[step.name];
    } else {
      try { out.values[step.name] = OPERATIONS[call.operation].run(args); }
      catch (error) {
        out.errors[step.name] = error.message;
        if (error.places) out.places[step.name] = error.places;
        continue;
      }
    }
    out.calls[step.name] = { operation: call.operation, args, sources: call.arguments, pictures: call.pictures, given: step.name in given };
  }
  return out;
}

const MANY = 400; // cells: larger arrays are the same only if they are one and the same object

function sameArguments(a, b) {
  const same = (x, y) => x === y || (Array.isArray(x) && Array.isArray(y) && x.length === y.length && x.every((v, i) => same(v, y[i])))
    || (isArray(x) && isArray(y) && x.data.length <= MANY && same(x.shape, y.shape) && same([...x.data], [...y.data]));
  return Object.keys(a).length === Object.keys(b).length && Object.keys(b).every((name) => same(a[name], b[name]));
}
