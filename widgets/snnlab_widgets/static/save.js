// save.js: what a reader takes along: the picture, its numbers, an address that opens it as it is now
const MARGIN = 16, LINE = 20;

// what the picture shows and for which settings, in lines that are no wider than it
/** @param {Panel} panel @param {any} cx @param {number} width @returns {string[]} */
function underneath(panel, cx, width) {
  /** @type {string[]} */
  const lines = [];
  const settings = panel.spec.controls.map(c => `${c.label} ${panel.textOf(c.name)}`).join(", ");
  for (const text of [panel.sentence + ".", settings + "."]) {
    let line = "";
    for (const word of text.split(" ")) {
      if (line && cx.measureText(`${line} ${word}`).width > width) { lines.push(line); line = word; }
      else line = line ? `${line} ${word}` : word;
    }
    lines.push(line);
  }
  return lines;
}

// The panel as one picture: title, views where they stand in the page, what they show and for which settings.
// `pen` is given the size and makes what is drawn on: a canvas or a writer of SVG.
/** @template T @param {Panel} panel @param {(width: number, height: number, cx: CanvasRenderingContext2D) => { cx: any, end: () => T }} pen */
function drawn(panel, pen) {
  const frame = boxOf(/** @type {HTMLElement} */ (panel.figure.querySelector(".snn-views")));
  const ruler = /** @type {CanvasRenderingContext2D} */ (node("canvas").getContext("2d"));
  ruler.font = "14px system-ui, sans-serif";
  const lines = underneath(panel, ruler, frame.width), top = MARGIN + 2 * LINE, below = top + frame.height + 1.5 * LINE;
  const { cx, end } = pen(frame.width + 2 * MARGIN, below + lines.length * LINE, ruler), { palette } = panel;
  cx.translate(MARGIN, 0);
  cx.fillStyle = palette.ink;
  cx.font = "600 17px system-ui, sans-serif";
  cx.fillText(panel.spec.title, 0, MARGIN + LINE * 0.75);
  for (const view of panel.views) {
    const place = boxOf(view.canvas), own = view.cx;
    cx.save();
    cx.translate(place.left - frame.left, top + place.top - frame.top);
    cx.font = "12px system-ui, sans-serif";
    view.cx = cx;
    try {
      view.draw();
    } finally {
      view.cx = own;
      cx.restore();
    }
  }
  Object.assign(cx, { font: "14px system-ui, sans-serif", fillStyle: palette.soft, textAlign: "left" });
  lines.forEach((line, k) => cx.fillText(line, 0, below + k * LINE));
  return end();
}

/** @param {Panel} panel @returns {Promise<Blob>} */
function asPng(panel) {
  return drawn(panel, (width, height) => {
    const canvas = node("canvas", { width: Math.round(3 * width), height: Math.round(3 * height) });
    const cx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    cx.scale(3, 3);
    return {
      cx,
      end: () => new Promise(done => {
        // behind everything, since views wipe away what is behind a word
        Object.assign(cx, { globalCompositeOperation: "destination-over", globalAlpha: 1, fillStyle: panel.palette.paper });
        cx.fillRect(-MARGIN, 0, width, height);
        canvas.toBlob(blob => done(/** @type {Blob} */ (blob)), "image/png");
      }),
    };
  });
}

/** @param {Panel} panel */
function asSvg(panel) {
  return drawn(panel, (width, height, ruler) => {
    const cx = new SvgPen(ruler, panel.palette.paper), [w, h] = [Math.ceil(width), Math.ceil(height)];
    const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}"><title>${escaped(panel.spec.title)}</title>`;
    return { cx, end: () => `${head}<rect width="100%" height="100%" fill="${cx.paper}"/>${cx.parts.join("\n")}</svg>\n` };
  });
}

// What the columns of a trace are, and when; what Python has thinned for the screen is not all that was computed.
/** @type {(data: Data) => (view: any) => string} */
const whatRows = data => ({ y, also, label, label_x, dt, until }) => {
  const names = [y, ...also.map((/** @type {string[]} */ line) => line[0])], thinned = names.some(name => data[name]?.value) || until && !data[y];
  return `${names.join(", ")}: ${label}; step k, from 0 on, ends at ${label_x} (k + 1) · ${dt}` + (thinned ? "; only the lowest and the highest of each of 600 pieces" : "");
};

// Settings and read-outs as comments; below them a column for each array that was computed, a matrix in its columns.
/** @param {Panel} panel */
function asCsv(panel) {
  const { spec, values } = panel, data = /** @type {Data} */ (panel.data);
  const head = [spec.title, ...spec.controls.map(c => `${c.name} = ${values[c.name]} ${c.unit}`), ...(spec.seed === null ? [] : [`seed = ${values.seed}`]),
    ...spec.views.filter(view => view.kind === "trace").map(whatRows(data)), ...spec.readouts.map(read => `${read.name} = ${data[read.name]} ${read.unit}`)].map(line => `# ${line.trim()}`);
  /** @type {[name: string, values: ArrayLike<any>][]} */
  const columns = [];
  for (const [name, sent] of Object.entries(data)) {
    const array = sent?.value ?? sent, whole = /** @type {ArrayArgument | undefined} */ (spec.call.find(a => a.name === name))?.shape;
    const across = sent?.columns ? [sent.columns[0]] : whole?.slice(1) ?? [], wide = across.reduce((n, k) => n * k, 1);
    // what Python has thinned for the screen says at which step each value stands
    if (ArrayBuffer.isView(sent?.at)) columns.push([`step of ${name}`, sent.at]);
    if (!ArrayBuffer.isView(array)) continue;
    const list = Array.from(/** @type {any} */ (array));
    for (let j = 0; j < wide; j++) {
      let rest = j;
      const place = [...across].reverse().map(n => { const k = rest % n; rest = (rest - k) / n; return k; }).reverse();
      columns.push([wide > 1 ? `${name}[${place.join(" ")}]` : name, list.filter((_, k) => k % wide === j)]);
    }
  }
  const rows = Math.max(0, ...columns.map(([, list]) => list.length)), lines = [columns.map(([name]) => name).join(",")];
  for (let k = 0; k < rows; k++) lines.push(columns.map(([, list]) => k < list.length ? String(list[k]) : "").join(","));
  return [...head, ...lines].join("\n") + "\n";
}

/** @param {string} name @param {Blob} blob */
function download(name, blob) {
  const link = node("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// a button, and the row that it opens
/** @param {Panel} panel @returns {[button: HTMLElement, row: HTMLElement]} */
function saving(panel) {
  const { spec, model } = panel, address = node("pre");
  const text = (/** @type {string} */ kind, /** @type {string} */ type, /** @type {string} */ words) => download(`${spec.name}.${kind}`, new Blob([words], { type }));
  const row = node("div", { class: "snn-saving", hidden: "" },
    button("Picture (PNG)", () => asPng(panel).then(blob => download(`${spec.name}.png`, blob))),
    button("Drawing (SVG)", () => text("svg", "image/svg+xml", asSvg(panel))),
    button("Numbers (CSV)", () => text("csv", "text/csv", asCsv(panel))));
  if (model.alone) row.append(button("Copy link", element => {
    address.textContent = panel.link;
    copy(panel.link, element, address);
  }, { title: "An address that opens it as it is now" }), address);
  return [button("Save", element => {
    if (!panel.data) return;
    row.hidden = !row.hidden;
    element.setAttribute("aria-expanded", String(!row.hidden));
  }, { "aria-expanded": "false" }), row];
}
