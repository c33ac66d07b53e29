// When did the picture change? After every frame the pixels of the watched elements are hashed; the moment that
// is written down is the one at which the frame had been painted, before the hash is taken.
window.probe = (() => {
  function find(selector, root = document, found = []) {
    for (const element of root.querySelectorAll("*")) {
      if (element.matches(selector)) found.push(element);
      if (element.shadowRoot) find(selector, element.shadowRoot, found);  // Bokeh draws in one
    }
    return found;
  }
  const paper = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  function pixels(element) {
    let { width, height } = element, from = element.tagName === "CANVAS" && element.getContext("2d");
    if (!from) {
      if (element.tagName === "IMG" && !element.complete) return null;
      // an image is read at the size of the screen
      if (element.tagName === "IMG") ({ clientWidth: width, clientHeight: height } = element);
      if (!width || !height) return null;
      Object.assign(paper.canvas, { width, height });
      paper.drawImage(element, 0, 0, width, height);
      from = paper;
    }
    return width && height ? new Uint32Array(from.getImageData(0, 0, width, height).data.buffer) : null;
  }
  function hash(words) {
    let h = 2166136261;
    for (let k = 0; k < words.length; k += 3) h = Math.imul(h ^ words[k], 16777619);
    return h;
  }
  const self = { find, presses: [], paints: [], values: 0, cost: 0, frames: 0, first: null };
  let watched = [], selector, slider, last, value;

  function look() {
    const now = performance.now();
    if (!watched.length || !watched.every(element => element.isConnected)) watched = find(selector);
    const all = watched.map(pixels);
    // while an output is being replaced there is nothing to see
    if (!all.length || all.includes(null)) return;
    const seen = all.map(hash).join();
    if (seen !== last) self.paints.push(now);
    last = seen;
    const at = slider && (slider.value ?? slider.getAttribute("aria-valuenow"));
    if (at !== value) self.values += 1;
    value = at;
    self.cost += performance.now() - now;
    self.frames += 1;
  }
  self.reset = () => Object.assign(self, { presses: [], paints: [], values: 0, cost: 0, frames: 0 });
  const { port1, port2 } = new MessageChannel();
  function eachFrame(act) {
    port1.onmessage = act;
    const next = () => {
      port2.postMessage(0);  // comes after this frame has been painted
      if (port1.onmessage) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  }
  self.watch = (pictures, handle) => {
    selector = pictures;
    slider = find(handle)[0];
    eachFrame(look);
    addEventListener("keydown", event => self.presses.push(event.timeStamp), true);
    addEventListener("pointermove", event => event.buttons && self.presses.push(event.timeStamp), true);
  };
  // the first frame in which so many pictures have something on them
  self.awaitFirst = (pictures, count) => eachFrame(() => {
    const now = performance.now(), drawn = find(pictures).filter(element => pixels(element)?.some(word => word !== 0));
    if (drawn.length < count) return;
    port1.onmessage = null;
    self.first = now;
  });
  return self;
})();
