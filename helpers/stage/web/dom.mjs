// Making elements, and telling which theme the page has.

/** Make an element: attributes, "on..." listeners, then children (texts stay texts). */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

/** A small drawing for a button: a path in a square of 16. */
export function icon(path) {
  const draw = (tag, attributes) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const drawing = draw("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" });
  drawing.append(draw("path", { d: path }));
  return drawing;
}

/** Change a text only if it differs, so that a screen reader is not told twice. */
export const setText = (element, text) => { if (element.textContent !== text) element.textContent = text; };

/** Show parts of a sentence; each part's kind is its class. */
export function setParts(element, parts) {
  const same = parts.map((part) => `${part.kind ?? ""}|${part.hue ?? ""}|${part.text}`).join("\n");
  if (element.dataset.parts === same) return;
  element.dataset.parts = same;
  element.replaceChildren(...parts.map((part) => {
    if (!part.kind && part.hue == null) return document.createTextNode(part.text);
    const span = h("span", { class: part.kind ?? "" }, part.text);
    if (part.hue != null) { span.classList.add("hue"); span.style.setProperty("--hue", part.hue); }
    return span;
  }));
}

/** Start a view once its model lacks nothing: `lacking` names a trait that is not there yet. Returns what ends it. */
export function whenWhole(model, lacking, start) {
  let end = () => {};
  const look = () => {
    end();
    const name = lacking(model);
    if (name) model.on(`change:${name}`, look);
    end = name ? () => model.off(`change:${name}`, look) : start();
  };
  look();
  return () => end();
}

export const reducedMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Between which heights of the window something around an element is seen: what scrolls may have a bar of tools above it. */
export function seenAround(element) {
  let [top, bottom] = [0, innerHeight];
  for (let around = element.parentElement; around; around = around.parentElement) {
    if (!/auto|scroll/.test(getComputedStyle(around).overflowY)) continue;
    const box = around.getBoundingClientRect();
    [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)];
  }
  return [top, bottom];
}

function rgb(text) {
  const numbers = text.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0];
  return /^color\(/.test(text) ? numbers.slice(0, 3).map((v) => v * 255) : numbers.slice(0, 3);
}

/** Read the page's colors off the element; a dark page is one whose text is light. */
export function readTheme(element) {
  element.classList.remove("dark");
  const [r, g, b] = rgb(getComputedStyle(element.parentElement ?? element).color);
  const dark = 0.299 * r + 0.587 * g + 0.114 * b > 128;
  element.classList.toggle("dark", dark);
  const style = getComputedStyle(element);
  const color = (name) => style.getPropertyValue(name).trim();
  const triple = (name) => color(name).split(/\s+/).map(Number);
  return {
    dark, page: triple("--page-rgb"), positive: triple("--positive-rgb"), negative: triple("--negative-rgb"),
    ink: color("--ink"), here: color("--here"), quiet: color("--quiet"), line: color("--line"), mono: color("--mono"),
  };
}

/** Call back whenever the page changes between light and dark. Returns what ends it. */
export function onTheme(callback) {
  const watcher = new MutationObserver(callback);
  const options = { attributes: true, attributeFilter: ["data-jp-theme-light", "data-jp-theme-name", "class", "style"] };
  watcher.observe(document.body, options);
  watcher.observe(document.documentElement, options);
  const media = matchMedia("(prefers-color-scheme: dark)");
  media.addEventListener("change", callback);
  return () => { watcher.disconnect(); media.removeEventListener("change", callback); };
}
