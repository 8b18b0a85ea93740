// A note at the foot of the page while a check does not come back: one long call keeps Python itself from saying anything.

import { h, readTheme } from "./dom.mjs";

const SAYS = "The check does not come back: your function is inside one long call, or very slow. Kernel \u2192 Interrupt ends most calls, Kernel \u2192 Restart all.";
const followed = new WeakSet();

/** Follow what Python tells of its checks, by the widget that a notebook has once. */
export function followChecks(carrier) {
  if (followed.has(carrier)) return;
  followed.add(carrier);
  let timer, note;
  const end = () => { clearTimeout(timer); note?.remove(); };
  const tell = () => {
    note = h("div", { class: "course-form waiting", role: "alert" }, h("p", {}, SAYS), h("button", { type: "button", onclick: end }, "close"));
    document.body.append(note);
    readTheme(note);
  };
  const look = () => {
    end();
    if (carrier.comm_live && carrier.get("patience")) timer = setTimeout(tell, 1000 * carrier.get("patience"));
  };
  carrier.on("change:patience comm_live_update", look); // without a kernel there is no check
  look();
}
