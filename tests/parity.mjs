// Asks stage/web/core.mjs what test_parity.py wants to know: a JSON list of questions in, a JSON list of answers out.
// To ask by hand: echo '[{"ask": "number", "value": "0.125"}]' | node tests/parity.mjs

import { readFileSync } from "node:fs";
import * as core from "../helpers/stage/web/core.mjs";

const TYPES = { uint8: Uint8Array, float32: Float32Array };

/** Arrays come as {shape, dtype, data}, numbers that JSON does not know as {number: "NaN"}. */
function revive(_, value) {
  if (value?.dtype) return { shape: value.shape, data: TYPES[value.dtype].from(value.data) };
  return value?.number ? Number(value.number) : value;
}

const plain = (value) => (value?.data ? { shape: value.shape, data: [...value.data] } : value);
const outcomes = ({ values, errors }, recipe) =>
  Object.fromEntries(recipe.map(({ name }) => [name, errors[name] ?? plain(values[name])]));
const range = (length) => Array.from({ length }, (_, i) => i);
const cells = (array, ask) => range(core.rows(array)).map((row) => range(core.columns(array)).map((column) => ask({ rows: [row], columns: [column] })));

const ANSWERS = {
  evaluate: ({ recipe, settings }) => outcomes(core.evaluate(recipe, settings), recipe),

  /** Once more with other settings, from the outcome before: what comes out, and which steps were worked out again. */
  again({ recipe, settings, changes }) {
    const before = core.evaluate(recipe, settings);
    const after = core.evaluate(recipe, { ...settings, ...changes }, before);
    const anew = recipe.map(({ name }) => name).filter((name) => after.values[name] !== before.values[name]);
    return { anew, outcomes: outcomes(after, recipe) };
  },

  where({ recipe, settings, name, source, region }) {
    const outcome = core.evaluate(recipe, settings);
    return {
      readsFrom: cells(outcome.values[name], (cell) => core.readsFrom(outcome, name, source, cell)),
      readBy: cells(outcome.values[source], (cell) => core.readBy(outcome, name, source, cell)),
      region: region && core.readsFrom(outcome, name, source, region),
    };
  },

  ledger({ recipe, settings, name }) {
    const outcome = core.evaluate(recipe, settings);
    const array = outcome.values[name];
    return cells(array, ({ rows: [row], columns: [column] }) => core.ledger(outcome, name, row, column).map(core.plain));
  },

  number: ({ value }) => core.number(value),
  say: ({ text, values }) => core.plain(core.say(text, values)),
  fill: ({ parts, values }) => core.fill(parts, values),
};

function answer(question) {
  try { return ANSWERS[question.ask](question); } catch (error) { return { broken: error.stack }; }
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8"), revive).map(answer)));
