// later.js: in a long page, what is in sight lives at once. The others follow when they come near, or one by one when the
// page is there and nothing else to do, so that the tab key and a search find everything.
const NEAR = 600, WAITING = new Map(), idle = globalThis.requestIdleCallback ?? setTimeout;
const COMING = new IntersectionObserver(seen => seen.forEach(({ isIntersecting, target }) => isIntersecting && begin(target)), { rootMargin: NEAR + "px" });
/** @param {Element} host */
function begin(host) {
  const start = WAITING.get(host);
  if (!WAITING.delete(host)) return;
  COMING.unobserve(host);
  start();
}
function beginNext() {
  for (const host of WAITING.keys()) { begin(host); break; }
  if (WAITING.size) idle(beginNext, { timeout: 200 });
}
/** @param {() => void} act */
function whenLoaded(act) {
  if (document.readyState === "complete") act();
  else addEventListener("load", act, { once: true });
}
/** @param {[host: Element, start: () => void][]} fresh */
function inTurn(fresh) {
  const already = WAITING.size;
  for (const [host, start] of fresh) WAITING.set(host, start);
  // all places are asked for before the first panel changes them
  const near = fresh.filter(([host]) => { const { top, bottom } = host.getBoundingClientRect(); return top < innerHeight + NEAR && bottom > -NEAR; });
  for (const [host] of near) begin(host);
  for (const [host] of fresh) if (WAITING.has(host)) COMING.observe(host);
  if (!already && WAITING.size) whenLoaded(() => idle(beginNext, { timeout: 200 }));
}
