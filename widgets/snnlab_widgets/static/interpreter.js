// interpreter.js: asks the Python of the page (python.js), which is fetched when the first program is checked. It works in a
// worker of its own, because a loop without end can be ended no other way.
const PYTHON_LIMIT = 2; // s for all calls of a check

const python = {
  /** @type {Promise<Worker> | null} */
  worker: null,
  /** @type {Promise<unknown>} */
  before: Promise.resolve(),
  // one program after the other; rejected if this page has no Python
  /** @param {object} request @param {string} address @returns {Promise<Ran>} */
  run(request, address) {
    const now = this.before.then(() => this.ask(request, address));
    this.before = now.catch(() => {});
    return now;
  },
  /** @param {object} request @param {string} address @returns {Promise<Ran>} */
  async ask(request, address) {
    this.worker ??= startPython(address);
    const started = this.worker;
    started.catch(() => { this.worker = null; }); // tried anew with the next check
    const worker = await started;
    return new Promise(resolve => {
      /** @param {Ran} ran */
      const done = ran => {
        clearTimeout(late);
        resolve(ran);
        if (ran.stopped !== "late") return;
        worker.terminate();
        this.worker = null;
      };
      const late = setTimeout(() => done({ stopped: "late" }), 1000 * PYTHON_LIMIT);
      worker.onmessage = ({ data }) => done(data);
      worker.onerror = () => done({ stopped: "died" });
      worker.postMessage(request);
    });
  },
};

// A page from the disk may make a worker of a text and not of a file, a server with a strict policy the other way round.
/** @param {string} address @returns {Promise<Worker>} */
async function startPython(address) {
  /** @type {unknown} */
  let problem;
  const ways = [() => address, async () => URL.createObjectURL(new Blob([await pythonText(address)], { type: "text/javascript" }))];
  for (const way of location.protocol === "file:" || globalThis.snnlabPython ? ways.slice(1) : ways) {
    try {
      return await started(await way());
    } catch (error) {
      problem = error;
    }
  }
  throw problem;
}

/** @param {string} address @returns {Promise<Worker>} */
function started(address) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(address);
    worker.onmessage = ({ data }) => data === "ready" ? resolve(worker) : reject(new Error(data));
    worker.onerror = event => {
      event.preventDefault();
      reject(new Error("it may start no worker"));
    };
  });
}

// the script beside the page leaves its own text in the page, or stands in it already
/** @param {string} address @returns {Promise<string>} */
function pythonText(address) {
  return new Promise((resolve, reject) => {
    if (globalThis.snnlabPython) return resolve(globalThis.snnlabPython);
    const script = Object.assign(document.createElement("script"), { src: address });
    script.addEventListener("load", () => resolve(globalThis.snnlabPython ?? ""));
    script.addEventListener("error", () => reject(new Error("it is not there")));
    document.head.append(script);
  });
}
