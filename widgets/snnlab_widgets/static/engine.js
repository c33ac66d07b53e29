// engine.js: where the numbers come from in the page. An engine has ask(values) and answers by calling `done(data)`
// or `failed(sentence)`; data holds the arrays by name, the read-outs as numbers, and the values that were asked for.
/** @type {Record<ArrayCode, ArrayClass>} */
const TYPED = { f8: Float64Array, f4: Float32Array, i4: Int32Array, i2: Int16Array, u8: BigUint64Array };

// How a drawing is read, and taken from an address (drawing.js); a page on which nobody draws need not know.
/** @type {any} */
const PEN = {};

// The Numba kernel, compiled to WebAssembly. Its stack lies below 64 KiB; there is its result, then our arrays.
// What is `apart` is no argument and only drawn; a `number` is an array of one value, as a record has them.
class Wasm {
  /** @param {BufferSource} bytes @param {Spec} spec */
  constructor(bytes, spec) {
    this.spec = spec;
    this.memory = new WebAssembly.Memory({ initial: 3 });
    /** @type {Record<string, any>} */
    const env = { __linear_memory: this.memory, __stack_pointer: new WebAssembly.Global({ value: "i32", mutable: true }, 65536) };
    // what a kernel may call (wasm.IMPORTS) is in Math under the same name, apart from two
    const math = /** @type {Record<string, any>} */ (Math);
    for (const name of Object.getOwnPropertyNames(Math)) if (typeof math[name] === "function") env[name] = math[name];
    Object.assign(env, { exp2: (/** @type {number} */ x) => 2 ** x, fmod: (/** @type {number} */ a, /** @type {number} */ b) => a % b });
    this.kernel = /** @type {any} */ (new WebAssembly.Instance(new WebAssembly.Module(bytes), { env }).exports.kernel);
    this.start = 65568;
    let end = this.start;
    this.place = {};
    const arrays = /** @type {ArrayArgument[]} */ (spec.call.filter(a => a.array));
    // what is kept from run to run lies behind what is not
    for (const a of [...arrays.filter(a => !a.keep), ...arrays.filter(a => a.keep)]) {
      const T = TYPED[a.array], count = a.shape.reduce((n, k) => n * k, 1);
      // a recording, for example, comes with the page: little-endian, as memory is wherever browsers run
      const sent = a.given && a.type && new TYPED[a.type](Uint8Array.from(atob(a.given), c => c.charCodeAt(0)).buffer);
      const given = sent && a.per ? Float64Array.from(/** @type {any} */ (sent), x => x / (a.per ?? 1)) : sent;
      this.place[a.name] = { T, count, at: end, given };
      end += Math.ceil(count * T.BYTES_PER_ELEMENT / 16) * 16;
      if (!a.keep) this.end = end;
    }
    this.memory.grow(Math.max(0, Math.ceil((end - this.memory.buffer.byteLength) / 65536)));
  }
  /** @param {string} name */
  view(name) {
    const { T, count, at } = this.place[name];
    return new T(this.memory.buffer, at, count);
  }
  /** @param {Values} values @returns {Data} */
  run(values) {
    // zeros before every run, as np.zeros in Python: a kernel may rely on it
    new Uint8Array(this.memory.buffer, this.start, this.end - this.start).fill(0);
    for (const name in this.place) {
      if (this.place[name].given) this.view(name).set(this.place[name].given);
      if (name in values) PEN.read(values[name], this.view(name));
    }
    /** @type {(number | bigint)[]} */
    const flat = [];
    for (const a of this.spec.call) {
      if (a.apart) continue;
      if (a.array) {
        const { T, count, at } = this.place[a.name], strides = [];
        let stride = T.BYTES_PER_ELEMENT;
        for (const k of [...a.shape].reverse()) { strides.unshift(BigInt(stride)); stride *= k; }
        flat.push(0, 0, BigInt(count), BigInt(T.BYTES_PER_ELEMENT), at, ...a.shape.map(BigInt), ...strides);
      } else {
        const value = a.constant === undefined ? values[a.name] : a.constant;
        flat.push(a.whole ? BigInt(value) : Number(value));
      }
    }
    const status = this.kernel(65536, 65544, ...flat);
    if (status !== 0 && status !== -2) throw new Error(`the kernel failed with status ${status}`);
    const data = /** @type {Data} */ ({ values: { ...values } });
    // without a record the read-outs are the array `out`; with one, an array of this name is like any other
    if (!this.spec.call.some(a => a.number)) this.view("out").forEach((/** @type {number} */ x, /** @type {number} */ k) => { data[this.spec.readouts[k].name] = x; });
    for (const a of this.spec.call) if (a.number) data[a.name] = this.view(a.name)[0];
    for (const a of this.spec.call) {
      if (a.array && !a.work) data[a.name] = a.upto ? this.view(a.name).subarray(0, data[a.upto]) : this.view(a.name);
    }
    return data;
  }
}

// While one question is under way the newest waits and the others are forgotten: the latest wins.
class Gate {
  /** @param {(values: Values) => void} send */
  constructor(send) { this.send = send; this.busy = false; this.next = /** @type {Values | null} */ (null); }
  /** @param {Values} values */
  ask(values) {
    if (this.busy) this.next = { ...values };
    else { this.busy = true; this.send(values); }
  }
  answered() {
    this.busy = false;
    const next = this.next;
    this.next = null;
    if (next) this.ask(next);
  }
}

// In the page. A kernel that takes more than 10 ms moves to a worker, so that the slider never waits for it.
class BrowserEngine {
  /** @param {BufferSource} bytes @param {Spec} spec @param {Done} done @param {Failed} failed */
  constructor(bytes, spec, done, failed) {
    this.bytes = bytes; this.spec = spec; this.done = done; this.failed = failed;
    this.wasm = new Wasm(bytes, spec);
    this.times = [];
    // a panel that goes on by itself must not stand in its reader's way
    if (spec.play?.length) this.move();
  }
  /** @param {Values} values */
  ask(values) {
    if (this.worker) return this.gate.ask(values);
    const start = performance.now(), data = this.wasm.run(values);
    this.times?.push(performance.now() - start);
    this.done(data);
    if (this.times?.length === 3) {
      // the median: the first run is slow because it is compiled meanwhile
      const slow = this.times.sort((a, b) => a - b)[1] > 10;
      this.times = null;
      if (slow) this.move();
    }
  }
  move() {
    this.times = null;
    const text = `const TYPED={f8:Float64Array,i4:Int32Array,i2:Int16Array,u8:BigUint64Array};const PEN={read:${PEN.read}};${Wasm}
      let wasm;onmessage=({data:[bytes,spec,values]})=>{if(bytes)wasm=new Wasm(bytes,spec);
      const data=wasm.run(values);for(const k in data)if(data[k].slice)data[k]=data[k].slice();postMessage(data)}`;
    let started = false, /** @type {Values} */ sent;
    // a policy of the page may forbid workers: go on without
    const without = () => {
      this.worker = null;
      try {
        this.ask(this.gate.next ?? sent);
      } catch (error) {
        this.failed(String(error instanceof Error ? error.message : error));
      }
    };
    this.gate = new Gate(values => {
      sent = { ...values };
      this.worker?.postMessage(started ? [null, null, sent] : [this.bytes, this.spec, sent]);
      started = true;
    });
    try {
      this.worker = new Worker(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
      this.worker.onmessage = ({ data }) => { this.done(data); this.gate.answered(); };
      this.worker.onerror = event => { event.preventDefault(); if (sent) without(); else this.worker = null; };
    } catch {
      this.worker = null;
    }
  }
  close() { this.worker?.terminate(); }
}
