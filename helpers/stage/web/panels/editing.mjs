// A number of a grid, edited in place.

import { at } from "../arrays.mjs";
import { h } from "../dom.mjs";
import { number, parseNumber } from "../words.mjs";

/** Lay a text field over a cell of a grid. */
export function editCell(grid, row, column, typed = null) {
  const { stage, spec: { show } } = grid;
  grid.editor?.remove();
  const place = grid.place();
  const value = at(grid.array, row, column);
  const { low = -1, step: size = 1 } = stage.control(show);
  const input = h("input", { class: "editor", type: "text", inputmode: low < 0 ? "text" : "decimal", "aria-label": grid.placed({ row, column }), autocomplete: "off" });
  input.value = typed ?? String(Math.round(value * 1000) / 1000);
  const drawn = grid.mirrored({ row, column });
  Object.assign(input.style, { left: `${(drawn.column - place.column) * place.scale}px`, top: `${(drawn.row - place.row) * place.scale}px`, width: `${place.scale}px`, height: `${place.scale}px` });
  const close = (keep, back) => {
    if (grid.editor !== input) return;
    grid.editor = null;
    if (keep) accept(stage, show, row, column, input.value, value);
    input.remove();
    if (back) grid.canvas.focus();
  };
  input.addEventListener("keydown", (event) => {
    const change = { ArrowUp: size, ArrowDown: -size }[event.key];
    if (change) { input.value = String((parseNumber(input.value) ?? value) + change); event.preventDefault(); }
    if (event.key === "Enter" || event.key === "Tab") close(true, true);
    if (event.key === "Escape") close(false, true);
  });
  input.addEventListener("blur", () => close(true, false));
  grid.editor = input;
  grid.frame.append(input);
  input.focus();
  if (typed == null) input.select();
}

/** Write what was typed into the grid, or say that it is no number. */
function accept(stage, show, row, column, typed, old) {
  const value = parseNumber(typed);
  const broken = stage.control(show).whole && !Number.isInteger(value);
  if (value === null || broken) return stage.tell(`\u201c${typed.trim()}\u201d is not a ${value === null ? "" : "whole "}number; the cell keeps ${number(old)}`);
  stage.write(show, row, column, value);
  stage.release();
}
