// own_cell.js: the page "Fit your own cell": a file, what it does not say, the fits, the sweeps. Nothing leaves the machine.
const UNKNOWN = { t: "time", v: "potential", i: "current" };
/** @type {[name: keyof (FreeNumbers & MembraneNumbers), sign: string, unit: string, digits: number][]} */
const SHOWN = [
  ["v_rest", "v_rest", "mV", 1], ["r_m", "R", "MΩ", 0], ["tau_m", "τ_m", "ms", 1], ["v_th", "v_th", "mV", 1], ["v_reset", "v_reset", "mV", 1],
  ["t_ref", "t_ref", "ms", 2], ["beta", "β", "mV", 2], ["tau_a", "τ_a", "ms", 0],
];

class OwnCell {
  /** @param {HTMLElement} place @param {OwnCellData} data */
  constructor(place, data) {
    this.data = data;
    /** @type {[] | [TraceView, RatesView]} */
    this.views = [];
    /** @type {Record<string, Ends>} what a stretch of time is for a picture, as in a panel */
    this.windows = {};
    this.values = {};
    if (!document.getElementById("snnlab-own-style")) document.head.append(node("style", { id: "snnlab-own-style" }, STYLE));
    this.build(place);
    this.palette = readPalette(this.figure);
    this.watch();
  }
  /** @param {HTMLElement} place */
  build(place) {
    const fill = (/** @type {string[]} */ ...texts) => texts.map(text => node("option", { value: text }, text || "as the file says"));
    /** @param {string} label @param {HTMLElement} field */
    const row = (label, field) => node("label", {}, label, " ", field);
    const text = (/** @type {string} */ holder) => node("input", { type: "text", placeholder: holder, spellcheck: "false", autocomplete: "off" });
    this.file = node("input", { type: "file", accept: ".csv,.tsv,.txt,.dat,.atf,text/*" });
    this.file.addEventListener("change", () => { if (this.file.files?.[0]) this.take(this.file.files[0]); });
    this.drop = node("div", { class: "snn-drop" }, row("A file with a row for each sample:", this.file), node("span", {}, "or drop it here"),
      this.own = button("Take a cell of the course", () => this.takeSample()));
    this.said = node("p", { class: "snn-said", role: "status" }, "The file stays on your machine: this page computes by itself and sends nothing.");
    this.error = node("p", { class: "snn-error", role: "alert", hidden: "" });
    this.units = Object.fromEntries(Object.keys(UNKNOWN).map(kind => [kind, node("select", {}, ...fill("", ...Object.keys(UNITS).filter(unit => UNITS[unit][0] === kind)))]));
    this.columns = text("tvvi");
    this.dt = text("0.1");
    this.current = text("-100, 200");
    this.step = text("100, 600");
    this.guess = node("p", { class: "snn-guess" });
    this.asks = node("details", { class: "snn-asks", hidden: "" }, node("summary", {}, "What the file does not say"), this.guess,
      node("div", { class: "snn-fields" }, ...Object.entries(UNKNOWN).map(([kind, word]) => row(`Unit of the ${word}`, this.units[kind])),
        row("Columns, a letter each: t, v, i, or - for one not wanted", this.columns), row("Time between samples (ms)", this.dt),
        row("Current of each sweep, where no column has it", this.current), row("Step: start, stop (ms)", this.step)),
      button("Read it again", () => this.read()));
    /** @type {Record<string, [HTMLInputElement, HTMLInputElement]>} */
    this.bounds = { v_reset: [text("-70"), text("-50")], t_ref: [text("0"), text("5")] };
    const [low, high] = this.bounds.v_reset, [least, most] = this.bounds.t_ref;
    this.bound = node("details", { hidden: "" }, node("summary", {}, "Bounds of the fit"),
      node("p", {}, "A fit may put a reset where no cell has ever been. Say where yours was after its spikes, if you know."),
      node("div", { class: "snn-fields" }, row("v_reset from (mV)", low), row("to", high), row("t_ref from (ms)", least), row("to", most)));
    this.go = button("Fit", () => this.fit(), { disabled: "" });
    this.stop = button("Stop", () => this.kernels?.stop(), { hidden: "" });
    this.bar = node("progress", { max: "1", value: "0", hidden: "", "aria-label": "Fits done" });
    this.doing = node("output", { "aria-live": "polite" });
    this.sweep = node("select", { "aria-label": "Sweep" });
    this.model = node("select", { "aria-label": "Neuron" });
    for (const field of [this.sweep, this.model]) field.addEventListener("change", () => this.show());
    this.which = node("p", { class: "snn-which", hidden: "" }, row("Sweep", this.sweep), " ", row("Neuron", this.model));
    this.picture = node("div", { class: "snn-views" });
    this.caption = node("p", { class: "snn-caption", "aria-live": "polite" });
    this.rates = node("div", { class: "snn-views snn-rates" });
    this.ratesSaid = node("p", { class: "snn-caption" });
    this.tables = node("div", { class: "snn-tables" });
    this.code = node("pre", { tabindex: "0" });
    this.taken = node("div", { class: "snn-actions", hidden: "" }, button("Copy as Python", element => copy(this.python(), element, this.code)),
      button("Save as JSON", () => this.save("json", "application/json", this.json())), button("Save as CSV", () => this.save("csv", "text/csv", this.csv())));
    this.figure = node("figure", { class: "snnlab snn-own", role: "group", "aria-label": "Fit your own cell" }, this.drop, this.said, this.error, this.asks, this.bound,
      node("div", { class: "snn-actions" }, this.go, this.stop, this.bar, this.doing), this.which, this.picture, this.caption, this.rates, this.ratesSaid, this.tables, this.taken, this.code);
    place.replaceChildren(this.figure);
    for (const type of ["dragover", "dragleave", "drop"]) this.drop.addEventListener(type, event => {
      event.preventDefault();
      this.drop.classList.toggle("snn-over", type === "dragover");
      const file = /** @type {DragEvent} */ (event).dataTransfer?.files[0];
      if (type === "drop" && file) this.take(file);
    });
  }
  // size and theme change the picture
  watch() {
    const again = () => {
      this.palette = readPalette(this.figure);
      this.paint();
    };
    new ResizeObserver(again).observe(this.picture);
    new MutationObserver(again).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  }
  paint() { for (const view of this.views) view.paint(); }

  // ---- a file
  /** @param {File} file */
  async take(file) {
    this.bytes = new Uint8Array(await file.arrayBuffer());
    this.name = file.name;
    for (const field of [this.columns, this.dt, this.current, this.step, ...Object.values(this.units)]) field.value = "";
    this.read();
  }
  takeSample() {
    const { v, pA, dt, step, samples, name } = this.data.sample, sweeps = pA.length, packed = new Int16Array(Uint8Array.from(atob(v), c => c.charCodeAt(0)).buffer);
    const i = new Float64Array(packed.length).map((_, k) => Math.floor(k / sweeps) >= samples[0] && Math.floor(k / sweeps) < samples[1] ? pA[k % sweeps] * 1e-3 : 0);
    this.bytes = undefined;
    this.asks.hidden = true;
    this.opened({ v: Float64Array.from(packed, x => x * 0.01), i, steps: packed.length / sweeps, sweeps, dt, step, name }, this.data.sample.python, this.data.sample.loader);
  }
  /** @returns {Asked} */
  get asked() {
    const asked = /** @type {Asked} */ ({}), units = Object.entries(this.units).filter(([, field]) => field.value), list = (/** @type {string} */ text) => text.split(/[\s,;()[\]]+/).filter(Boolean).map(Number);
    if (units.length) asked.units = Object.fromEntries(units.map(([kind, field]) => [kind, field.value]));
    if (this.columns.value.trim()) asked.columns = this.columns.value.trim();
    if (this.dt.value.trim()) asked.dt = Number(this.dt.value.replace(",", "."));
    if (this.current.value.trim()) asked.current = list(this.current.value);
    if (this.step.value.trim()) asked.step = /** @type {Ends} */ (list(this.step.value));
    return asked;
  }
  read() {
    if (!this.bytes) return;
    const { asked, name = "" } = this;
    try {
      if (asked.step && (asked.step.length !== 2 || asked.step.some(x => !Number.isFinite(x)))) refuse(`step must be (start, stop) in ms, got ${asked.step.length} numbers`);
      if (asked.current?.some(x => !Number.isFinite(x))) refuse("current must be finite numbers, one for each sweep");
      const said = [];
      if (asked.dt !== undefined) said.push(`dt=${asked.dt}`);
      if (asked.units) said.push(`units={${Object.entries(asked.units).map(([kind, unit]) => `"${kind}": "${unit}"`).join(", ")}}`);
      if (asked.columns) said.push(`columns=${quoted(asked.columns)}`);
      if (asked.current) said.push(`current=[${asked.current.join(", ")}]`);
      if (asked.step) said.push(`step=(${asked.step.join(", ")})`);
      const cell = loadRecording(this.bytes, name, asked);
      this.opened(cell, `cell = load_recording(${[quoted(name), ...said].join(", ")})\n`, "load_recording");
    } catch (error) {
      this.close();
      this.fail(error);
      this.asks.hidden = false;
      this.asks.open = true;
    }
    this.guess.textContent = this.guesses();
  }
  // what the header leaves open, guessed aloud, and put into the fields for the reader to agree
  guesses() {
    try {
      const table = readCsv(/** @type {Uint8Array} */ (this.bytes), this.name ?? ""), { asked } = this;
      const kinds = asked.columns ? [...asked.columns] : table.names.map((name, k) => kindOf(name, table.units[k]));
      return Object.keys(UNKNOWN).flatMap(kind => {
        const k = kinds.indexOf(kind);
        if (k < 0 || table.units[k] || asked.units?.[kind]) return [];
        const [unit, sentence] = guessUnit(kind, table.values[k]);
        this.units[kind].value = unit;
        return [sentence];
      }).join(" ");
    } catch {
      return "";
    }
  }
  /** @param {unknown} error */
  fail(error) {
    if (!(error instanceof Error)) throw error;
    this.error.textContent = error.message;
    this.error.hidden = false;
  }
  close() {
    this.kernels?.stop();
    this.cell = this.measured = this.fitted = undefined;
    this.error.hidden = this.taken.hidden = this.which.hidden = this.stop.hidden = this.bar.hidden = true;
    this.error.textContent = this.code.textContent = this.caption.textContent = this.ratesSaid.textContent = this.doing.textContent = "";
    this.go.disabled = true;
    this.tables.replaceChildren();
    this.picture.replaceChildren();
    this.rates.replaceChildren();
    this.views = [];
    this.stopped?.abort();
  }
  /** @param {CellRecording} cell @param {string} python @param {string} loader */
  async opened(cell, python, loader) {
    this.close();
    Object.assign(this, { opening: python, loader });
    this.kernels = new Kernels(this.data.modules);
    this.bound.hidden = false;
    this.asks.hidden = !this.bytes;
    const { steps, sweeps, dt, step, name } = cell;
    try {
      this.cell = cell;
      this.measured = await measureCell(cell, this.kernels, this.data.level);
    } catch (error) {
      if (this.cell === cell) this.fail(error);
      return;
    }
    const { membrane, silent, used, counts } = this.measured, spikes = this.measured.trains.reduce((n, train) => n + train.length, 0);
    this.said.textContent = `${name}: ${sweeps} ${sweeps === 1 ? "sweep" : "sweeps"} of ${inShort(steps * dt)} ms in steps of ${inShort(dt)} ms, a step of current from ${inShort(step[0])} to ${inShort(step[1])} ms, ${spikes} spikes. `
      + `Sweep ${silent}, ${fixed(1000 * this.measured.current[silent], 0)} pA, shows ${fixed(membrane.r_m, 0)} MΩ and ${fixed(membrane.tau_m, 1)} ms. Fitted are the ${used.length} sweeps with two spikes or more.`;
    this.sweep.replaceChildren(...counts.map((n, k) => node("option", { value: k }, `${k}: ${fixed(1000 * this.measuredCurrent(k), 0)} pA, ${n} spikes`)));
    this.sweep.value = String(used[used.length >> 1] ?? 0);
    this.model.replaceChildren(node("option", { value: "" }, "none yet"));
    this.which.hidden = false;
    this.go.disabled = false;
    this.draw();
    await this.show();
  }
  /** @param {number} k */
  measuredCurrent(k) { return /** @type {MeasuredCell} */ (this.measured).current[k]; }

  // ---- the fits
  /** @returns {BoundsAsked} */
  get limits() {
    const found = /** @type {BoundsAsked} */ ({});
    for (const [name, [low, high]] of Object.entries(this.bounds)) {
      if (!low.value.trim() && !high.value.trim()) continue;
      const [from, to] = [low, high].map(field => Number(field.value.replace(",", ".").replace("−", "-") || NaN));
      if (!(from < to)) refuse(`bounds['${name}'] must be a lower and a higher value, got ${inShort(from)} and ${inShort(to)}`);
      found[name] = [from, to];
    }
    return found;
  }
  async fit() {
    const { cell, measured } = this;
    if (!cell || !measured) return;
    this.error.hidden = true;
    this.fitted = undefined;
    this.taken.hidden = true;
    this.code.textContent = "";
    this.tables.replaceChildren();
    this.showRates(Number(this.sweep.value));
    this.paint();
    this.kernels?.stop();
    const kernels = this.kernels = new Kernels(this.data.modules);
    this.go.disabled = true;
    this.stop.hidden = this.bar.hidden = false;
    try {
      const bounds = this.limits;
      this.fitted = await fitCell(this.data, kernels, measured, cell.step, bounds, (words, done, all) => {
        Object.assign(this.bar, { max: all, value: done });
        this.doing.textContent = words ? `Fit ${done + 1} of ${all}: ${words}` : "All fits are done.";
      });
      this.used = bounds;
      this.results();
    } catch (error) {
      if (this.kernels !== kernels) return; // another file has come
      this.doing.textContent = kernels.stopped ? "Stopped." : "";
      if (!kernels.stopped) this.fail(error);
      kernels.stop();
      this.kernels = new Kernels(this.data.modules);
    }
    this.go.disabled = this.cell === undefined;
    this.stop.hidden = this.bar.hidden = true;
  }
  results() {
    const { measured, fitted } = this;
    if (!measured || !fitted) return;
    const { lif, plain, adaptive, held, error } = fitted, median = (/** @type {number[]} */ x) => fixed(x.length ? medianOf(x) : NaN, 2);
    const head = (/** @type {string[]} */ cells) => node("tr", {}, ...cells.map(text => node("th", { scope: "col" }, text)));
    const line = (/** @type {string} */ name, /** @type {string[]} */ cells) => node("tr", {}, node("th", { scope: "row" }, name), ...cells.map(text => node("td", {}, text)));
    const of = [lif?.neuron, plain, adaptive], numbers = SHOWN.map(([name, sign, unit, digits]) => line(`${sign} (${unit})`, of.map((neuron, k) => {
      if (!neuron || k < 2 && (name === "beta" || name === "tau_a")) return "–";
      return fixed(/** @type {any} */ ({ ...measured.membrane, ...neuron })[name], digits);
    })));
    this.tables.replaceChildren(
      node("div", { class: "snn-wide", tabindex: "0" }, node("table", {}, node("caption", {}, "The fitted neurons. An error is the mean of |ln(T model / T cell)| over the intervals."),
        node("thead", {}, head(["", "LIF, to the f–I curve", "LIF, to the intervals", "adaptive threshold"])),
        node("tbody", {}, ...numbers, line("error of the f–I curve (Hz)", [lif ? fixed(lif.rms, 2) : "–", "–", "–"]),
          line("error, fitted sweeps", ["–", fixed(error.plain.intervals, 3), fixed(error.adaptive.intervals, 3)]),
          line("error, sweeps left out: mean", ["–", ...[held.map(h => h.plain), held.map(h => h.adaptive)].map(x => fixed(x.length ? meanOf(x) : NaN, 3))]),
          line("median", ["–", median(held.map(h => h.plain)), median(held.map(h => h.adaptive))])))),
      node("div", { class: "snn-wide", tabindex: "0" }, node("table", {}, node("caption", {}, "Each sweep left out in turn"),
        node("thead", {}, head(["sweep", "current (pA)", "spikes", "error, LIF", "error, adaptive"])),
        node("tbody", {}, ...held.map(h => line(String(h.sweep), [fixed(1000 * measured.current[h.sweep], 0), String(measured.waits[h.sweep].length), fixed(h.plain, 2), fixed(h.adaptive, 2)]))))),
      ...[fitted.noLif, fitted.noHeld].filter(Boolean).map(text => node("p", { class: "snn-note" }, text)));
    this.model.replaceChildren(...[["adaptive", "adaptive threshold"], ["held-adaptive", "adaptive, fitted without this sweep"], ["plain", "LIF, to the intervals"],
      ["held-plain", "LIF, fitted without this sweep"], ...(lif ? [["lif", "LIF, to the f–I curve"]] : [])].map(([value, text]) => node("option", { value }, text)));
    this.code.textContent = this.python();
    this.taken.hidden = false;
    this.show();
  }

  // ---- the picture
  draw() {
    const cell = /** @type {CellRecording} */ (this.cell), [low, high] = extent(cell.v), { view } = this.data, panel = /** @type {any} */ (this);
    const own = new TraceView(panel, { ...view, dt: cell.dt, low: Math.floor(low / 10) * 10, high: Math.ceil(high / 10) * 10 });
    this.stopped = new AbortController();
    this.windows = {};
    const rates = new RatesView(panel, this.data.rates);
    this.spec = { views: [own.spec, rates.spec] };
    this.views = [own, rates];
    this.picture.replaceChildren(own.element);
    this.rates.replaceChildren(rates.element);
    this.reading = readOff(panel, this.stopped.signal);
    zoomable(panel, this.stopped.signal);
  }
  async show() {
    const { cell, measured, fitted, kernels } = this, sweep = Number(this.sweep.value), chosen = this.model.value;
    if (!cell || !measured || !kernels) return;
    this.showRates(sweep);
    const held = fitted?.held.find(h => h.sweep === sweep), out = chosen.startsWith("held");
    /** @type {FreeNumbers | undefined} */
    const neuron = !fitted ? undefined : chosen === "lif" ? fitted.lif?.neuron : chosen === "plain" ? fitted.plain : chosen === "adaptive" ? fitted.adaptive
      : held?.neuron[chosen === "held-plain" ? "plain" : "adaptive"];
    /** @type {{ v: Float64Array, times: Numbers }} */
    let drawn = { v: new Float64Array(cell.steps).fill(NaN), times: [] };
    try {
      if (neuron) drawn = await traceOf(kernels, cell, sweep, measured.membrane, neuron);
    } catch (error) {
      if (kernels.stopped) return; // another file has come, or a fit
      throw error;
    }
    const { v, times } = drawn;
    const [view] = this.views;
    if (this.cell !== cell || !view || sweep !== Number(this.sweep.value) || chosen !== this.model.value) return;
    view.show({ values: {}, model: v, times, cell: columnOf(cell.v, cell.sweeps, sweep), cell_times: measured.trains[sweep] });
    const inside = (/** @type {Numbers} */ train) => Array.from(train).filter(t => t > cell.step[0] && t < cell.step[1]).length;
    const error = held && out ? `, error ${fixed(chosen === "held-plain" ? held.plain : held.adaptive, 2)}` : "";
    this.caption.textContent = `Sweep ${sweep}, ${fixed(1000 * measured.current[sweep], 0)} pA: the cell fires ${inside(measured.trains[sweep])} times during the step`
      + (neuron ? `, the neuron ${inside(times)} times${out ? `. This sweep was held out: the neuron was fitted to the others${error}` : ""}.` : out && fitted ? ". This sweep took no part in the fits." : ".");
    view.element.classList.toggle("snn-held-out", out && Boolean(neuron));
    view.canvas.setAttribute("aria-label", `${view.spec.title}. ${this.caption.textContent}`);
    this.reading?.hide();
    this.paint();
  }

  // how often the cell fires at each current, and how often the fitted neurons do
  /** @param {number} chosen */
  showRates(chosen) {
    const { cell, measured, fitted, views: [, view] } = this;
    if (!cell || !measured || !view) return;
    const rates = measured.counts.map(n => 1000 * n / (cell.step[1] - cell.step[0])), off = (/** @type {Numbers} */ of) => fixed(Math.sqrt(meanOf(rates.map((rate, k) => (of[k] - rate) ** 2))), 2);
    view.show({ values: {}, cell: rates.map((rate, k) => [1000 * measured.current[k], rate]), chosen, curves: fitted?.curves });
    const { lif, adaptive } = fitted?.rates ?? {};
    this.ratesSaid.textContent = "f–I curve: a dot is a sweep, the one with a ring is shown above."
      + (lif ? ` The LIF neuron is the one that was fitted to it; its steady rate is off by ${off(lif)} Hz.` : "")
      + (adaptive ? ` The adaptive neuron was fitted to the intervals; its spikes during the step are off by ${off(adaptive)} Hz. Both are root mean squares.` : "");
    view.canvas.setAttribute("aria-label", `${view.spec.title}. ${this.ratesSaid.textContent}`);
  }

  // ---- what is taken along
  python() {
    const { measured, fitted, used = {} } = this, { silent = 0, used: sweeps = [] } = measured ?? {}, pairs = Object.entries(used);
    const bounds = pairs.length ? `bounds = {${pairs.map(([name, [low, high]]) => `"${name}": (${low}, ${high})`).join(", ")}}\n` : "", given = bounds ? ", bounds" : "";
    const names = ["LIF", "fit_adaptive", ...(fitted?.lif ? ["fit_lif"] : []), ...(fitted?.held.length ? ["held_out_errors"] : [])];
    const loaded = ["cut_steps", this.loader, ...(fitted?.lif ? ["measure_fi"] : []), "measure_membrane"];
    return `from snnlab.data import ${loaded.join(", ")}\nfrom snnlab.neurons import ${names.join(", ")}\n\n${this.opening}`
      + `passive = measure_membrane(cell, sweep=${silent})\nmembrane = LIF(tau_m=passive.tau_m, r_m=passive.r_m, v_rest=passive.v_rest)\n${bounds}`
      + (fitted?.lif ? `lif = fit_lif(*measure_fi(cell), membrane${given})\n` : "")
      + `cut = cut_steps(cell, [${sweeps.join(", ")}])\nfit = fit_adaptive(cut.current, cut.spikes, membrane, cut.before${given})\n`
      + (fitted?.held.length ? `held = held_out_errors(cut.current, cut.spikes, membrane, cut.before${given && ", bounds=bounds"})\n` : "")
      + (fitted?.lif ? "print(lif.neuron, lif.rms)\n" : "") + "print(fit.plain, fit.plain_interval_error)\nprint(fit.neuron, fit.interval_error)\n"
      + (fitted?.held.length ? "print(held.plain, held.adaptive)\n" : "");
  }
  get numbers() {
    const { cell, measured, fitted } = this;
    if (!cell || !measured || !fitted) return {};
    const { lif, plain, adaptive, error, held } = fitted, { membrane } = measured;
    return {
      recording: { name: cell.name, sweeps: cell.sweeps, dt_ms: cell.dt, step_ms: cell.step, step_current_nA: measured.current, spikes_during_step: measured.counts },
      membrane: { sweep: measured.silent, ...membrane }, bounds: this.used,
      lif: lif && { neuron: { ...membrane, v_reset: lif.neuron.v_reset, v_th: lif.neuron.v_th, t_ref: lif.neuron.t_ref }, rms_Hz: lif.rms },
      plain: { neuron: { ...membrane, ...plain }, interval_error: error.plain.intervals, latency_error: error.plain.latencies },
      adaptive: { neuron: { ...membrane, ...adaptive }, interval_error: error.adaptive.intervals, latency_error: error.adaptive.latencies },
      held_out: held.map(({ sweep, plain, adaptive }) => ({ sweep, plain, adaptive })),
      f_i: { current_nA: measured.current, lif_Hz: fitted.rates.lif && [...fitted.rates.lif], adaptive_Hz: [...fitted.rates.adaptive] },
      units: "mV, ms, nA, MΩ; an error is the mean of |ln(T_model / T_cell)|",
    };
  }
  json() { return JSON.stringify(this.numbers, null, 2) + "\n"; }
  csv() {
    const { measured, fitted } = this, rows = ["sweep,current (nA),spikes during the step,held-out error plain,held-out error adaptive"];
    measured?.current.forEach((i, k) => {
      const held = fitted?.held.find(h => h.sweep === k);
      rows.push([k, i, measured.counts[k], held?.plain ?? "", held?.adaptive ?? ""].join(","));
    });
    return rows.join("\n") + "\n";
  }
  /** @param {string} kind @param {string} type @param {string} words */
  save(kind, type, words) { download(`${(this.cell?.name ?? "cell").replace(/\W+/g, "_")}_fit.${kind}`, new Blob([words], { type })); }
}
const medianOf = median;

/** @param {string} id @param {OwnCellData} data */
function openOwnCell(id, data) {
  const place = document.getElementById(id);
  if (place) globalThis.snnlabOwnCell = new OwnCell(place, data);
}
