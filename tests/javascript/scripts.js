// The scripts of the panels outside of a page. They export nothing: what a script declares at its top is known to the
// scripts after it, and here by its name.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runInThisContext } from "node:vm";

const FOLDER = fileURLToPath(new URL("../../widgets/snnlab_widgets", import.meta.url));
const FILES = readdirSync(FOLDER, { recursive: true, withFileTypes: true }).filter(file => file.name.endsWith(".js"));

/** Runs scripts in this order, and gives what `names` says of what they declare. */
export function load(scripts, names) {
  for (const script of scripts) {
    const [file] = FILES.filter(each => each.name === `${script}.js`);
    const path = join(file.parentPath ?? file.path, file.name);
    runInThisContext(readFileSync(path, "utf8"), { filename: path });
  }
  return runInThisContext(`({ ${names} })`);
}

/** What a canvas was asked to draw, call by call, with the colour and the opacity of that moment. */
export function drawing() {
  const calls = [];
  const known = { globalAlpha: 1, measureText: text => ({ width: 7 * text.length }) };
  const cx = new Proxy(known, {
    get: (target, name) => name in target ? target[name] : (...rest) => {
      calls.push({ name, rest, colour: name.startsWith("fill") ? target.fillStyle : target.strokeStyle, alpha: target.globalAlpha });
    },
  });
  return { cx, calls, texts: () => calls.filter(call => call.name === "fillText").map(call => call.rest) };
}

/** A view of this class without a page: its box is 400 pixels wide, with the frame from (50, 20) to (350, 120). */
export function still(View, spec = {}, panel = {}) {
  const size = { left: 50, right: 50, top: 20, frame: 100, gap: 10, strip: 40, bottom: 38, head: 12, legend: 0 };
  const paper = drawing(), colour = new Proxy({}, { get: (_, name) => name });
  panel.windows ??= {};
  const view = Object.create(View.prototype);
  Object.assign(view, { spec, panel, size, colour, width: 400, canvas: { width: 800 }, cx: paper.cx, grips: [], handles: [], ranges: [] });
  return Object.assign(view, { paper });
}
