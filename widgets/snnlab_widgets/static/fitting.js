// fitting.js: a cell is fitted in a page: the order in which the kernels are called, as a reader of Python calls cut_steps, fit_lif,
// fit_adaptive and held_out_errors. What is computed, the kernels compute (pages/own_cell.py).
/**
 * @typedef {{ shape: number[], data?: ArrayLike<number> }} Given an array for a kernel; zeros without data
 * @typedef {{ wasm: string, call: any[] }} KernelModule
 * @typedef {Record<string, Float64Array>} Filled the arrays of a kernel after it ran
 * @typedef {{ filled: Filled, result: number }} KernelAnswer its arrays, and the whole number that it returned
 * @typedef {{ tau_m: number, r_m: number, v_rest: number }} MembraneNumbers
 * @typedef {{ v_reset: number, v_th: number, t_ref: number, beta: number, tau_a: number }} FreeNumbers
 * @typedef {{ intervals: number, latencies: number, counts: Numbers }} StepAnswer
 * @typedef {{ sweep: number, adaptive: number, plain: number, neuron: { adaptive: FreeNumbers, plain: FreeNumbers } }} HeldOutStep
 *
 * @typedef {{
 *   trains: Float64Array[],
 *   current: number[],
 *   counts: number[],
 *   silent: number,
 *   membrane: MembraneNumbers,
 *   duration: number,
 *   used: number[],
 *   before: number[],
 *   waits: Float64Array[],
 * }} MeasuredCell what the sweeps show; `used` are those that can be fitted and left out
 *
 * @typedef {{
 *   lif: { neuron: FreeNumbers, rms: number } | null,
 *   noLif: string,
 *   adaptive: FreeNumbers,
 *   plain: FreeNumbers,
 *   error: { adaptive: StepAnswer, plain: StepAnswer },
 *   held: HeldOutStep[],
 *   noHeld: string,
 *   curves: RateCurves,
 *   rates: RateCurves,
 * }} FittedCell `curves` for the picture, `rates` at the sweeps' own currents
 *
 * @typedef {Record<string, Ends>} BoundsAsked
 * @typedef {{ modules: Record<string, KernelModule>, searches: Record<string, Record<string, Given>>, level: number, free: string[], bounded: string[], view: TraceSpec, rates: RatesSpec, sample: any }} OwnCellData
 */

// In a worker, or in the page where it may have none: one run of one kernel in a memory of its own.
/** @param {KernelModule} module @param {Record<string, any>} given @returns {KernelAnswer} */
function runKernel(module, given) {
  const bytes = Uint8Array.from(atob(module.wasm), c => c.charCodeAt(0)), values = /** @type {any} */ ({});
  let first = true;
  const call = module.call.map(argument => {
    const { name, array } = argument, value = given[name];
    if (!array) {
      values[name] = value;
      return argument;
    }
    if (value.data) values[name] = array === "u8" ? BigUint64Array.from(value.data, (/** @type {number} */ x) => BigInt(x)) : value.data;
    // the engine wants one number of a result by itself
    const number = first && value.shape.every((/** @type {number} */ n) => n > 0);
    if (number) first = false;
    return { ...argument, shape: value.shape, number };
  });
  const wasm = new Wasm(bytes, /** @type {any} */ ({ call, readouts: [] })), data = wasm.run(values), filled = /** @type {Filled} */ ({});
  for (const { name, array } of call) if (array) filled[name] = Float64Array.from(/** @type {any} */ (data[name]), Number);
  return { filled, result: Number(new BigInt64Array(wasm.memory.buffer, 65536, 1)[0]) };
}

// One kernel after the other, in a worker, so that the page stays alive and a fit can be stopped.
class Kernels {
  /** @param {Record<string, KernelModule>} modules */
  constructor(modules) {
    this.modules = modules;
    /** @type {Worker | null} */
    this.worker = null;
    /** @type {((error: Error) => void) | null} */
    this.fail = null;
    /** @type {Promise<unknown>} */
    this.before = Promise.resolve();
    try {
      const text =
        "const TYPED={f8:Float64Array,i4:Int32Array,i2:Int16Array,u8:BigUint64Array};" +
        `const PEN={read:(given,view)=>view.set(given)};${Wasm};${runKernel};` +
        "onmessage=({data:[module,given]})=>{try{postMessage(runKernel(module,given))}" +
        "catch(error){postMessage({problem:String(error)})}}";
      this.worker = new Worker(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
    } catch {
      this.worker = null;
    }
    PEN.read = (/** @type {any} */ given, /** @type {any} */ view) => view.set(given);
  }
  /** @param {string} name @param {Record<string, any>} given @returns {Promise<KernelAnswer>} */
  run(name, given) {
    const now = this.before.then(() => this.ask(name, given));
    this.before = now.catch(() => {});
    return now;
  }
  /** @param {string} name @param {Record<string, any>} given @returns {Promise<KernelAnswer>} */
  async ask(name, given) {
    if (this.stopped) throw new Error("stopped");
    const module = this.modules[name], { worker } = this;
    if (!worker) return this.here(module, given);
    const answer = await new Promise((resolve, reject) => {
      this.fail = reject;
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = event => { // a policy of the page may forbid it
        event.preventDefault();
        this.worker = null;
        resolve(null);
      };
      worker.postMessage([module, given]);
    });
    if (!answer) return this.here(module, given);
    if (answer.problem) throw new Error(answer.problem);
    return answer;
  }
  /** @param {KernelModule} module @param {Record<string, any>} given @returns {Promise<KernelAnswer>} */
  async here(module, given) {
    await new Promise(done => setTimeout(done));
    if (this.stopped) throw new Error("stopped");
    return runKernel(module, given);
  }
  stop() {
    this.stopped = true;
    this.worker?.terminate();
    this.fail?.(new Error("stopped"));
  }
}

/** @param {ArrayLike<number>} data @returns {Given} */
const given = data => ({ shape: [data.length], data });
/** @param {number} n @returns {Given} */
const room = n => ({ shape: [n] });
/** @param {Numbers} x */
const meanOf = x => Array.from(x).reduce((sum, value) => sum + value, 0) / x.length;

// what the sweeps show: spikes, step currents, and the membrane of a silent sweep
/** @param {CellRecording} cell @param {Kernels} kernels @param {number} level @returns {Promise<MeasuredCell>} */
async function measureCell(cell, kernels, level) {
  const { v, i, steps, sweeps, dt, step } = cell, [begin, end] = partOf(steps, dt, step), all = Array.from({ length: sweeps }, (_, k) => k);
  const most = v.reduce((n, x) => n + Number(x >= level), 0);
  const { filled, result } = await kernels.run("crossings", { v: { shape: [steps, sweeps], data: v }, level, dt, times: room(most), sweeps: room(most) });
  const trains = all.map(sweep => filled.times.slice(0, result).filter((_, k) => filled.sweeps[k] === sweep));
  const currents = all.map(sweep => columnOf(i, sweeps, sweep)), current = currents.map(x => median(x.subarray(begin, end)));
  const last = step[1] === steps * dt;
  const counts = trains.map(train => train.filter(t => t >= step[0] && (t < step[1] || last)).length);
  partOf(steps, dt, [0, step[0]]);
  const change = currents.map((x, k) => current[k] - median(x.subarray(0, begin)));
  const highest = all.map(sweep => extent(columnOf(v, sweeps, sweep).subarray(begin, end))[1]);
  const quiet = all.filter(sweep => highest[sweep] <= level && Math.abs(change[sweep]) >= 1e-6);
  if (!quiet.length) {
    refuse("sweep must be one in which the cell does not fire during the step, and the current changes: there is none; estimate_membrane says what the others show");
  }
  // the one with the most negative step: near the threshold a cell is not passive
  const silent = quiet.reduce((a, b) => change[b] < change[a] ? b : a);
  const { found } = (await kernels.run("membrane_of", { v: given(columnOf(v, sweeps, silent)), i: given(currents[silent]), begin, end, dt, work: room(steps), found: room(4) })).filled;
  const onset = begin * dt, inside = trains.map(train => train.filter(t => t > onset && t < end * dt).map(t => t - onset));
  return {
    trains, current, counts, silent, membrane: { v_rest: found[0], r_m: found[1], tau_m: found[2] }, duration: (end - begin) * dt,
    used: all.filter(sweep => inside[sweep].length > 1),
    before: currents.map(x => x[Math.max(begin - 1, 0)]),
    waits: inside.map(train => train.map((t, k) => k ? t - train[k - 1] : t)),
  };
}

/** @param {Float64Array} numbers @returns {FreeNumbers} */
const freeNumbers = ([v_reset, v_th, t_ref, beta = 0, tau_a = 200]) => ({ v_reset, v_th, t_ref, beta, tau_a });

// the experiment of some of the sweeps, in the arrays that the kernels take
/** @param {MeasuredCell} measured @param {number[]} which */
function experimentOf(measured, which) {
  const first = [0];
  for (const sweep of which) first.push(first[first.length - 1] + measured.waits[sweep].length);
  const waits = Float64Array.from(which.flatMap(sweep => [...measured.waits[sweep]]));
  return { current: which.map(sweep => measured.current[sweep]), before: which.map(sweep => measured.before[sweep]), first, waits };
}

// the lowest or the highest values that are allowed; a plain neuron has no beta to be bounded
/** @param {string[]} names @param {BoundsAsked} bounds @param {boolean} adapts @param {0 | 1} end */
const limits = (names, bounds, adapts, end) => given(names.map(name => {
  const used = bounds[name] && (adapts || !["beta", "tau_a"].includes(name));
  return used ? bounds[name][end] : end ? Infinity : -Infinity;
}));

/** @param {OwnCellData} data @param {Kernels} kernels @param {MeasuredCell} measured @param {number[]} which @param {boolean} adapts @param {BoundsAsked} bounds */
async function fitWaits(data, kernels, measured, which, adapts, bounds) {
  const { current, before, first, waits } = experimentOf(measured, which);
  if (waits.length < 5) refuse(`spikes must be five at least, got ${waits.length}`);
  if (!(Math.max(...current) > 0)) refuse(`current must be positive somewhere, got ${inShort(Math.max(...current))} at most`);
  const { filled } = await kernels.run("search_waits", {
    ...data.searches[adapts ? "adaptive" : "plain"], current: given(current), before: given(before), first: given(first), cell: given(waits),
    waits: room(waits.length), counts: room(which.length), ...measured.membrane, duration: measured.duration,
    low: limits(data.bounded, bounds, adapts, 0), high: limits(data.bounded, bounds, adapts, 1), numbers: room(5), turns: 1e9,
  });
  if (!Number.isFinite(filled["search.lowest"][0])) refuse("bounds must allow a neuron, got some within which no point of the search is one");
  return freeNumbers(filled.numbers);
}

// how a neuron answers the steps, as step_response
/** @param {Kernels} kernels @param {MeasuredCell} measured @param {number[]} which @param {FreeNumbers} neuron @returns {Promise<StepAnswer>} */
async function answerOf(kernels, measured, which, neuron) {
  const { current, before, first, waits } = experimentOf(measured, which);
  const mine = (await kernels.run("respond", {
    current: given(current), before: given(before), first: given(first), waits: room(waits.length), counts: room(which.length), ...measured.membrane, ...neuron, duration: measured.duration,
  })).filled;
  const { intervals, latencies } = (await kernels.run("step_errors", {
    waits: given(mine.waits), cell: given(waits), first: given(first), intervals: room(which.length), latencies: room(which.length),
  })).filled;
  /** @param {Float64Array} x */
  const mean = x => meanOf(x.filter(error => !Number.isNaN(error)));
  return { intervals: mean(intervals), latencies: mean(latencies), counts: mine.counts };
}

/** @param {OwnCellData} data @param {Kernels} kernels @param {MeasuredCell} measured @param {Ends} step @param {BoundsAsked} bounds */
async function fitRates(data, kernels, measured, step, bounds) {
  const order = measured.current.map((_, k) => k).sort((a, b) => measured.current[a] - measured.current[b]);
  const current = order.map(k => measured.current[k]), rate = order.map(k => measured.counts[k] * (1000 / (step[1] - step[0]))), firing = rate.filter(f => f > 0).length;
  if (firing < 3) refuse(`rate must be above zero at three currents at least, got ${firing}`);
  const { numbers } = (await kernels.run("search_rates", {
    current: given(current), rate: given(rate), drive: room(rate.length), ...measured.membrane,
    low: limits(data.free, bounds, false, 0), high: limits(data.free, bounds, false, 1), numbers: room(3),
  })).filled;
  if (numbers.every(x => x === 0)) refuse("bounds must let v_reset be below v_th and t_ref not be negative");
  const neuron = freeNumbers(numbers), { rates } = (await kernels.run("rates_at", { i: given(current), rates: room(rate.length), ...measured.membrane, ...neuron })).filled;
  return { neuron, rms: Math.sqrt(meanOf(rates.map((f, k) => (f - rate[k]) ** 2))) };
}

// Rates at some currents: of the LIF neuron the steady one, of the adaptive one its spikes during the step, counted as the cell's
/** @param {Kernels} kernels @param {MeasuredCell} measured @param {number[]} current @param {number[]} before @param {FreeNumbers | undefined} lif @param {FreeNumbers} adaptive @returns {Promise<RateCurves>} */
async function ratesAt(kernels, measured, current, before, lif, adaptive) {
  const n = current.length, { membrane, duration } = measured;
  const steady = lif && (await kernels.run("rates_at", { i: given(current), rates: room(n), ...membrane, ...lif })).filled.rates;
  const { counts } = (await kernels.run("respond", {
    current: given(current), before: given(before), first: room(n + 1), waits: room(1), counts: room(n), ...membrane, ...adaptive, duration,
  })).filled;
  return { current, lif: steady ?? null, adaptive: counts.map(count => 1000 * count / duration) };
}

// the trace of a neuron under the current of a sweep
/** @param {Kernels} kernels @param {CellRecording} cell @param {number} sweep @param {MembraneNumbers} membrane @param {FreeNumbers} neuron */
async function traceOf(kernels, { i, steps, sweeps, dt }, sweep, membrane, neuron) {
  const { filled, result } = await kernels.run("run", {
    i: { shape: [steps, 1], data: columnOf(i, sweeps, sweep) }, v: { shape: [steps, 1] }, a: { shape: [steps, 1] }, times: room(steps), units: room(steps),
    "state.v": given([Math.min(membrane.v_rest, neuron.v_th)]), "state.a": room(1), "state.free": room(1), ...membrane, ...neuron, dt,
  });
  return { v: filled.v, times: filled.times.slice(0, result) };
}

// All fits, and each again without one sweep after the other. `report` hears what is done and how much of it.
/** @param {OwnCellData} data @param {Kernels} kernels @param {MeasuredCell} measured @param {Ends} step @param {BoundsAsked} bounds @param {(words: string, done: number, all: number) => void} report @returns {Promise<FittedCell>} */
async function fitCell(data, kernels, measured, step, bounds, report) {
  const { used } = measured, all = 3 + 2 * used.length;
  let done = 0, noLif = "", noHeld = "", /** @type {FittedCell["lif"]} */ lif = null;
  const told = (/** @type {string} */ words) => report(words, done++, all);
  /** @param {unknown} error */
  const said = error => {
    if (error instanceof RecordingError) return error.message;
    throw error;
  };
  told("LIF neuron to the f–I curve");
  try {
    lif = await fitRates(data, kernels, measured, step, bounds);
  } catch (error) {
    noLif = said(error);
  }
  told("LIF neuron to the intervals");
  const plain = await fitWaits(data, kernels, measured, used, false, bounds);
  told("adaptive neuron to the intervals");
  const adaptive = await fitWaits(data, kernels, measured, used, true, bounds);
  const error = { adaptive: await answerOf(kernels, measured, used, adaptive), plain: await answerOf(kernels, measured, used, plain) };
  /** @type {HeldOutStep[]} */
  const held = [];
  try {
    for (const sweep of used) {
      const rest = used.filter(other => other !== sweep);
      told(`adaptive neuron without sweep ${sweep}`);
      const neuron = { adaptive: await fitWaits(data, kernels, measured, rest, true, bounds), plain };
      told(`LIF neuron without sweep ${sweep}`);
      neuron.plain = await fitWaits(data, kernels, measured, rest, false, bounds);
      const a = await answerOf(kernels, measured, [sweep], neuron.adaptive), p = await answerOf(kernels, measured, [sweep], neuron.plain);
      held.push({ sweep, adaptive: a.intervals, plain: p.intervals, neuron });
    }
  } catch (error) {
    noHeld = said(error);
  }
  const rates = await ratesAt(kernels, measured, measured.current, measured.before, lif?.neuron, adaptive), [low, high] = extent(measured.current);
  const grid = Array.from({ length: 161 }, (_, k) => low + (high - low) * k / 160), rest = median(measured.before);
  const curves = await ratesAt(kernels, measured, grid, grid.map(() => rest), lif?.neuron, adaptive);
  report("", all, all);
  return { lif, noLif, adaptive, plain, error, held, noHeld, curves, rates };
}
