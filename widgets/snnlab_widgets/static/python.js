// python.js: the Python of a page. It runs in a worker, which can be ended; MicroPython is a module of WebAssembly that asks
// for what a command line would give it (WASI): arguments, two places to write to, a clock. It finds no file and no network.
// Everything stands in one function, because a worker is made of its text (programs/interpreter.py).
/** @param {string} packed the module, deflated and in base64 @param {string} inside programs/inside.py */
async function servePython(packed, inside) {
  const MOST = 16e6, MISSING = 44, NO_DESCRIPTOR = 8, EXIT = {};
  const bytes = Uint8Array.from(atob(packed), c => c.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const module = await WebAssembly.compile(await new Response(unpacked).arrayBuffer());

  // one run of `micropython …`, from nothing: what it wrote to its two outputs
  /** @param {string[]} words @returns {string[]} */
  function run(words) {
    /** @type {any} */
    let memory = null; // there when it runs
    const given = words.map(word => new TextEncoder().encode(word + "\0")), view = () => new DataView(memory.buffer);
    const written = [[], [], []].map(() => /** @type {Uint8Array[]} */ ([]));
    let size = 0;
    /** @type {Record<string, (...numbers: any[]) => number>} */
    const system = {
      args_sizes_get(count, total) {
        view().setUint32(count, given.length, true);
        view().setUint32(total, given.reduce((sum, each) => sum + each.length, 0), true);
        return 0;
      },
      args_get(pointers, at) {
        given.forEach((each, k) => {
          view().setUint32(pointers + 4 * k, at, true);
          new Uint8Array(memory.buffer, at).set(each);
          at += each.length;
        });
        return 0;
      },
      environ_sizes_get(count, total) {
        view().setUint32(count, 0, true);
        view().setUint32(total, 0, true);
        return 0;
      },
      environ_get: () => 0,
      clock_time_get(_id, _precision, at) {
        view().setBigUint64(at, BigInt(Math.round(1e6 * performance.now())), true);
        return 0;
      },
      fd_fdstat_get(descriptor, at) {
        if (descriptor > 2) return NO_DESCRIPTOR;
        new Uint8Array(memory.buffer, at, 24).fill(0);
        view().setUint8(at, 2); // a terminal
        return 0;
      },
      fd_prestat_get: () => NO_DESCRIPTOR,
      fd_read(_descriptor, _pieces, _count, read) {
        view().setUint32(read, 0, true); // nobody types
        return 0;
      },
      fd_write(descriptor, pieces, count, done) {
        let n = 0;
        for (let k = 0; k < count; k++) {
          const at = view().getUint32(pieces + 8 * k, true), length = view().getUint32(pieces + 8 * k + 4, true);
          written[descriptor].push(new Uint8Array(memory.buffer, at, length).slice());
          n += length;
        }
        size += n;
        if (size > MOST) throw EXIT;
        view().setUint32(done, n, true);
        return 0;
      },
      proc_exit() { throw EXIT; },
    };
    /** @type {Record<string, Record<string, any>>} */
    const imports = {};
    for (const { module: from, name } of WebAssembly.Module.imports(module)) (imports[from] ??= {})[name] = system[name] ?? (() => MISSING);
    const { exports } = new WebAssembly.Instance(module, imports);
    memory = exports.memory;
    try {
      /** @type {any} */ (exports)._start();
    } catch (error) {
      if (error !== EXIT) written[2].push(new TextEncoder().encode(String(error)));
    }
    return written.map(pieces => pieces.reduce((text, piece) => text + reader.decode(piece, { stream: true }), "") + reader.decode());
  }
  const reader = new TextDecoder();

  onmessage = ({ data: { program, variable, cases, named, before = "", rows = false } }) => {
    const call = [program, variable, cases, named, before, Number(rows)].map(each => JSON.stringify(each)).join(", ");
    const [, out, err] = run(["micropython", "-X", "heapsize=256M", "-c", `${inside}\nanswer(${call})`]);
    const [printed, , said] = out.split("\x01");
    /** @type {Ran} */
    const ran = said ? JSON.parse(said) : { stopped: err.includes("MemoryError") ? "late" : "died" };
    postMessage({ ...ran, printed });
  };
  postMessage("ready");
}
