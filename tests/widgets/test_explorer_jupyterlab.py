"""The explorer in JupyterLab for real: what the wheel and the buttons bring into view is counted right."""

import re

import numpy as np
import pytest
from benchmarks.explorer import MILLION
from chromium import PATIENCE
from jupyter_host import jupyter, open_notebook, run_cell, write_code
from snnlab_widgets.explorer.figures import NOTHING, PALETTE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CELLS = [
    MILLION + "explorer = explore(spikes, 'A million spikes')\nexplorer",
    "print(*explorer.view, explorer.sentence, sep='|')",
]

# The raster as Bokeh has it in the page.
PLOT = """const all = view => [view, ...(view.child_views ?? []).flatMap(all)];
    const plot = [...Bokeh.index].flatMap(all)
        .find(v => v.frame && v.model.left?.[0]?.axis_label === "neuron");"""
PICTURE = f"""() => {{
    {PLOT}
    const of = name => plot.model.renderers.map(r => r.data_source.data).find(d => name in d);
    const d = of("image"), image = d.image[0];
    return {{
        sides: [plot.model.x_range, plot.model.y_range].map(range => [range.start, range.end]),
        cells: image && {{
            shape: image.shape, counts: [...image], x: d.x[0], y: d.y[0], dw: d.dw[0], dh: d.dh[0],
        }},
        ticks: {{ time: [...of("time").time], neuron: [...of("time").neuron] }},
    }};
}}"""
# Where some pixels lie on the axes (a number of Bokeh's is the middle of a pixel), and their colours.
PIXELS = f"""() => {{
    {PLOT}
    const canvas = plot.canvas_view.primary.canvas, cx = canvas.getContext("2d"), found = [];
    const ratio = canvas.width / canvas.getBoundingClientRect().width, {{ frame }} = plot, {{ bbox }} = frame;
    for (let x = Math.ceil(bbox.left * ratio) + 2; x < bbox.right * ratio - 2; x += 37)
        for (let y = Math.ceil(bbox.top * ratio) + 2; y < bbox.bottom * ratio - 2; y += 23)
            found.push([
                frame.x_scale.invert((x + 0.5) / ratio - 0.5), frame.y_scale.invert((y + 0.5) / ratio - 0.5),
                ...cx.getImageData(x, y, 1, 1).data.slice(0, 3),
            ]);
    return found;
}}"""
INK = f"() => {{ {PLOT} return plot.model.left[0].axis_label_text_color; }}"


@pytest.fixture(scope="module")
def page(browser, tmp_path_factory):
    folder = tmp_path_factory.mktemp("explorer")
    write_code(folder / "explorer.ipynb", CELLS)
    with jupyter(folder) as lab:
        page = browser.new_context(viewport={"width": 1300, "height": 1000}).new_page()
        page.set_default_timeout(PATIENCE)
        page.trouble = []
        page.on("pageerror", lambda error: page.trouble.append(str(error)))
        open_notebook(page, lab, "explorer.ipynb")
        run_cell(page, 0)
        page.locator(".snn-bokeh canvas").first.wait_for()
        yield page
        page.context.close()


@pytest.fixture(scope="module")
def spikes():
    names: dict = {}
    exec(MILLION, names)
    return names["spikes"]


def arrived(page):
    """The picture, once Python has drawn what the axes show."""
    for _ in range(200):
        page.wait_for_timeout(50)
        start, stop, first, last = run_cell(page, 1).split("|")[:4]
        seen = page.evaluate(PICTURE)
        (x0, x1), (y0, y1) = seen["sides"]
        same = np.allclose([x0, x1], [float(start), float(stop)], atol=1e-8)  # ms
        same = same and abs(y0 + 0.5 - int(first)) < 1
        cells, ticks = seen["cells"], seen["ticks"]["time"]
        # fine enough for this view, or one by one
        fine = bool(ticks) or (cells and cells["dw"] < 1.2 * (x1 - x0))
        if same and fine and abs(y1 - 0.5 - int(last)) < 1:
            return seen
    raise AssertionError("Python did not follow")


def over_the_middle(page):
    box = page.locator(".snn-bokeh canvas").first.bounding_box()
    page.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + 0.5 * box["height"])


def test_the_first_picture_counts_all(page, spikes):
    cells = arrived(page)["cells"]
    assert sum(cells["counts"]) == spikes.n_spikes
    assert "1,000,000 spikes" in page.locator(".snn-explorer figcaption").inner_text()


def test_the_wheel_leads_to_finer_cells_in_the_right_colours(page, spikes):
    over_the_middle(page)
    for _ in range(2):
        page.mouse.wheel(0, -200)
        page.wait_for_timeout(100)
    seen = arrived(page)
    cells, ((x0, x1), (y0, y1)) = seen["cells"], seen["sides"]
    assert x1 - x0 < 9000 and y1 - y0 < 900
    rows, columns = cells["shape"]
    counts = np.reshape(cells["counts"], (rows, columns))
    x, y = (
        cells["x"] + np.linspace(0, cells["dw"], columns + 1),
        cells["y"] + np.linspace(0, cells["dh"], rows + 1),
    )
    expected, *_ = np.histogram2d(spikes.units, spikes.times, [y, x])
    np.testing.assert_array_equal(counts, expected)

    # a pixel has the colour of the number of spikes in its cell; those between two cells are left out
    found = np.array(page.evaluate(PIXELS))
    c, r = (found[:, 0] - x[0]) / (x[1] - x[0]), (found[:, 1] - y[0]) / (y[1] - y[0])
    clear = (abs(c % 1 - 0.5) < 0.35) & (abs(r % 1 - 0.5) < 0.35)
    numbers = counts[r[clear].astype(int), c[clear].astype(int)]
    steps = np.minimum(((numbers - 0.5) / counts.max() * len(PALETTE)).astype(int), len(PALETTE) - 1)
    colours = [PALETTE[k] if n else NOTHING for k, n in zip(steps, numbers, strict=True)]
    np.testing.assert_array_equal(found[clear, 2:], [list(bytes.fromhex(code[1:])) for code in colours])
    assert clear.sum() > 50 and len(set(numbers)) > 5


def test_the_mouse_reads_the_cell_under_it(page, spikes):
    over_the_middle(page)
    page.mouse.wheel(0, -1)
    arrived(page)
    page.locator(".bk-Tooltip", has_text="spikes").first.wait_for()
    said = " ".join(page.locator(".bk-Tooltip .bk-tooltip-row-value").all_inner_texts())
    numbers = re.fullmatch(r"([\d.]+) to ([\d.]+) ms (\d+)(?: to (\d+))? (\d+)", said).groups()
    start, stop, first, last, n = (float(number or numbers[2]) for number in numbers)
    inside = (
        (spikes.times >= start) & (spikes.times < stop) & (spikes.units >= first) & (spikes.units <= last)
    )
    assert np.count_nonzero(inside) == n


def test_few_spikes_are_ticks(page, spikes):
    for name in ("Zoom in", "Fewer neurons") * 4:
        page.get_by_role("button", name=name).click()
    seen = arrived(page)
    ticks, ((x0, x1), (y0, y1)) = seen["ticks"], seen["sides"]
    assert seen["cells"] is None
    inside = (
        (spikes.times >= x0) & (spikes.times <= x1) & (spikes.units + 0.5 > y0) & (spikes.units - 0.5 < y1)
    )
    np.testing.assert_array_equal(ticks["time"], spikes.times[inside])
    np.testing.assert_array_equal(ticks["neuron"], spikes.units[inside])
    assert 0 < len(ticks["time"]) < 4000
    said = page.locator(".snn-explorer figcaption").inner_text()
    assert f"{len(ticks['time']):,} spikes" in said and "each spike is drawn" in said


def test_by_keys_alone_back_to_all(page, spikes):
    page.get_by_role("button", name="More neurons").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".snn-explorer figcaption", has_text="1,000,000 spikes").wait_for()
    assert sum(arrived(page)["cells"]["counts"]) == spikes.n_spikes


def test_the_axes_are_as_dark_as_the_page(page):
    light = page.evaluate(INK)
    page.evaluate("jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Dark' })")
    page.wait_for_function(f"light => ({INK})() !== light", arg=light)
    lightness = [sum(int(c) for c in re.findall(r"\d+", ink)[:3]) for ink in (light, page.evaluate(INK))]
    assert lightness[0] < 300 < 600 < lightness[1]
    assert page.trouble == []
