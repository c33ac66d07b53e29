// legend.js: which line or colour is which, for pictures with several: a piece of it, and its name
const DASHES = [[], [7, 3], [2, 3], [9, 3, 2, 3]];
/** @param {View<any, any>} view @param {[name: string, ...any[]][]} entries @param {(k: number, x: number, y: number) => void} each */
function inRows(view, entries, each) {
  let x = 0, row = 0;
  const places = entries.map(([name]) => {
    const width = 24 + view.cx.measureText(name).width;
    if (x && x + width > view.width) { x = 0; row++; }
    x += width + 16;
    return [x - width - 16, row];
  });
  // the last row is the one next to the picture, however many rows are needed
  places.forEach(([x, nth], k) => each(k, x, view.size.legend - 8 + 20 * (nth - row)));
}
// what lies behind is never dashed
/** @param {View<any, any>} view @param {LegendEntry[]} entries */
const legend = (view, entries) => inRows(view, entries, (k, x, y) => {
  const [name, colour] = entries[k];
  view.line([x, y - 4, x + 20, y - 4], colour, 2, { dash: colour === "edge" ? [] : DASHES[k % 4] });
  view.text(x + 24, y, name, "left", colour);
});
