// Asks the modules in stage/web what test_parity.py wants to know: a JSON list of questions in, a JSON list of answers out.
// To ask by hand: echo '[{"ask": "number", "value": "0.125"}]' | node tests/parity.mjs

import { readFileSync } from "node:fs";
import { channels, columns, range, rows } from "../helpers/stage/web/arrays.mjs";
import { fill } from "../helpers/stage/web/code.mjs";
import { flowBetween } from "../helpers/stage/web/flows.mjs";
import { gradientOf } from "../helpers/stage/web/gradients.mjs";
import { evaluate } from "../helpers/stage/web/recipe.mjs";
import { ledger, termsOf } from "../helpers/stage/web/ledger.mjs";
import { readBy, readsFrom } from "../helpers/stage/web/where.mjs";
import { walkThrough } from "../helpers/stage/web/networks.mjs";
import { number, plain, say } from "../helpers/stage/web/words.mjs";

const TYPES = { uint8: Uint8Array, float32: Float32Array };

/** Arrays come as {shape, dtype, data}, numbers that JSON does not know as {number: "NaN"}. */
function revive(_, value) {
  if (value?.dtype) return { shape: value.shape, data: TYPES[value.dtype].from(value.data) };
  return value?.number ? Number(value.number) : value;
}

const asJson = (value) => (value?.data ? { shape: value.shape, data: [...value.data] } : value);
const outcomes = ({ values, errors }, recipe) =>
  Object.fromEntries(recipe.map(({ name }) => [name, errors[name] ?? asJson(values[name])]));
/** Ask about every cell: row by row, column by column, channel by channel. */
const cells = (array, ask) =>
  range(rows(array)).map((row) => range(columns(array)).map((column) => range(channels(array)).map((channel) => ask({ row, column, channel }))));
const one = ({ row, column, channel }) => ({ rows: [row], columns: [column], channels: [channel] });

const ANSWERS = {
  evaluate: ({ recipe, settings }) => outcomes(evaluate(recipe, settings), recipe),

  /** What would raise a cell. */
  gradient: ({ recipe, settings, cell, source }) => asJson(gradientOf(evaluate(recipe, settings), cell, source)),

  /** One step of many pictures: `setting` is each of them in turn. */
  many: ({ recipe, settings, setting, pictures, name }) =>
    pictures.map((picture) => [...evaluate(recipe, { ...settings, [setting]: picture }).values[name].data]),

  /** Once more with other settings, from the outcome before: what comes out, and which steps were worked out again. */
  again({ recipe, settings, changes }) {
    const before = evaluate(recipe, settings);
    const after = evaluate(recipe, { ...settings, ...changes }, before);
    const anew = recipe.map(({ name }) => name).filter((name) => after.values[name] !== before.values[name]);
    return { anew, outcomes: outcomes(after, recipe) };
  },

  where({ recipe, settings, name, source, region }) {
    const outcome = evaluate(recipe, settings);
    return {
      readsFrom: cells(outcome.values[name], (cell) => readsFrom(outcome, name, source, one(cell))),
      readBy: cells(outcome.values[source], (cell) => readBy(outcome, name, source, one(cell))),
      region: region && readsFrom(outcome, name, source, region),
    };
  },

  ledger({ recipe, settings, name }) {
    const outcome = evaluate(recipe, settings);
    const array = outcome.values[name];
    return cells(array, (cell) => ledger(outcome, name, cell).map(plain));
  },

  terms: ({ recipe, settings, name, cell }) => termsOf(evaluate(recipe, settings), name, cell),

  flow: ({ recipe, settings, name, source }) => flowBetween(evaluate(recipe, settings), name, source),

  /** A sketch of a network, layer by layer. */
  walk: (sketch) => walkThrough(sketch),

  number: ({ value }) => number(value),
  say: ({ text, values }) => plain(say(text, values)),
  fill: ({ parts, values }) => fill(parts, values),
};

function answer(question) {
  try { return ANSWERS[question.ask](question); } catch (error) { return { broken: error.stack }; }
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8"), revive).map(answer)));
