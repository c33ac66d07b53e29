// legend.js: which line is which, for pictures with several: a piece of each line, and its name in its colour
const DASHES = [[], [7, 3], [2, 3], [9, 3, 2, 3]];
/** @param {View<any, any>} view @param {LegendEntry[]} entries */
function legend(view, entries) {
  let x = 0, row = 0;
  const places = entries.map(([name]) => {
    const width = 24 + view.cx.measureText(name).width;
    if (x && x + width > view.width) { x = 0; row++; }
    x += width + 16;
    return [x - width - 16, row];
  });
  // the last row is the one next to the picture, however many rows are needed
  entries.forEach(([name, colour], k) => {
    const [x, nth] = places[k], y = view.size.legend - 8 + 20 * (nth - row);
    view.line([x, y - 4, x + 20, y - 4], colour, 2, { dash: DASHES[k % 4] });
    view.text(x + 24, y, name, "left", colour);
  });
}
