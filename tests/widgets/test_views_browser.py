"""Several lines, kernels, heat maps in Chromium: the picture is the result, points move by hand and key."""

import json
import math

import numpy as np
import pytest
from accessibility import axe_findings
from snnlab_widgets import Curve, phase_panel, psth_panel
from snnlab_widgets.views import frames
from snnlab_widgets.views.scale import LEVELS, SCALE, level
from widgets.panel_page import (
    BARE,
    MOVES,
    PANEL,
    answer,
    ask_python,
    at_rest,
    opened,
    sentence,
    settled,
    watched_page,
)
from widgets.sample_panel import COLUMNS, ROWS, sample_panel

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("sample") / "sample.html"
    sample_panel().save(path)
    return path


@pytest.fixture
def page(browser, file):
    with watched_page(browser) as fresh:
        yield opened(fresh, file)


def middle(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def values(page):
    return page.evaluate(f"{PANEL}.values")


def test_pictures_are_the_result(page):
    panel = sample_panel(tau=31.5, a=3.2)
    page.evaluate(f"{PANEL}.setAll({{ tau: 31.5, a: 3.2 }})")
    settled(page)
    assert sentence(page) == str(panel)
    result = panel.result
    lines = "(now => [now.trace, ...now.also].map(t => [t.n, Array.from(t.at), Array.from(t.value)]))"
    first, whole = (page.evaluate(f"{lines}({PANEL}.views[{k}].now)") for k in (0, 1))
    for (n, at, value), y in zip(first, (result.v, result.u, result.w), strict=True):
        ours = frames.thin(y[:1000])  # until=500 ms at 0.5 ms
        assert n == 1000
        np.testing.assert_array_equal(at, ours[0])
        np.testing.assert_allclose(value, ours[1], atol=1e-6)
    assert whole[0][0] == 4000
    assert len(page.evaluate(f"{PANEL}.views[0].drawn")) == 2 < result.n == 10
    kernels = page.evaluate(f"(now => [now.x, ...now.curves].map(c => Array.from(c)))({PANEL}.views[2].now)")
    np.testing.assert_allclose(kernels, [result.s, result.rise, result.fall], atol=1e-9)
    read = "(c => Array.from(c.getContext('2d').getImageData(0, 0, c.width, c.height).data))"
    pixels = page.evaluate(f"{read}({PANEL}.views[3].now.picture)")
    seen = np.array(pixels).reshape(ROWS, COLUMNS, 4)[::-1]
    levels = level(result.rate, 0.0, 4.0)
    assert levels[3, 5] == LEVELS and levels.max() < LEVELS + 1 and len(np.unique(levels)) > 20
    np.testing.assert_array_equal(seen[..., 3], np.where(levels == LEVELS, 0, 255))
    known = levels < LEVELS
    np.testing.assert_array_equal(seen[known][:, :3], SCALE[levels[known]])


def test_a_point_is_dragged_to_both_sides_and_up_and_down(page):
    """One drag is one move: both controls follow, the picture before it stays as a ghost."""
    view = f"{PANEL}.views[2]"
    point = page.get_by_role("slider", name="Rise, in the picture")
    x, y = middle(point)
    scale = page.evaluate(f"[({view}.right - {view}.left) / 100, ({view}.bottom - {view}.top) / 8]")
    page.mouse.move(x + 3, y - 2)
    page.mouse.down()
    page.mouse.move(x + 3 + 10 * scale[0], y - 2 - scale[1], steps=5)
    settled(page)
    assert page.locator(".snn-live").inner_text() == ""
    page.mouse.up()
    at_rest(page)
    now = values(page)
    assert now["tau"] == pytest.approx(30.0, abs=0.26)
    assert now["a"] == pytest.approx(2.0 + 1.0 / (1 - math.exp(-1)), abs=0.06)
    assert page.locator(".snn-live").inner_text().startswith(str(sample_panel(**now)))
    assert page.evaluate(f"{view}.ghost.curves[0].at(-1)") == pytest.approx(2 * (1 - math.exp(-5)))
    said = point.get_attribute("aria-valuetext")
    assert said == ", ".join(f"{c.label} {c.text(now[c.name])}" for c in sample_panel().controls)
    # it lies under the hand, where the controls allow it; far outside they stop at their ends
    assert middle(point) == pytest.approx((x + 10 * scale[0], y - scale[1]), abs=2)
    x, y = middle(point)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 2000, y + 2000, steps=3)
    page.mouse.up()
    settled(page)
    assert values(page) == {"tau": 50.0, "a": 0.0}


@pytest.mark.parametrize(
    ("name", "key", "moved"),
    [
        ("Rise", "ArrowRight", {"tau": 20.5}),
        ("Rise", "ArrowUp", {"a": 2.1}),
        ("Rise", "PageDown", {"a": 1.0}),
        ("Rise", "Home", {"tau": 5.0}),
        ("Fall", "ArrowUp", {"a": 1.9}),  # up in the picture is less of an amplitude that points down
        ("Fall", "ArrowRight", {"a": 1.9}),  # it has only one direction: all arrows move it
        ("Place", "ArrowLeft", {"tau": 19.5}),
        ("Place", "PageUp", {"a": 3.0}),
    ],
)
def test_a_point_is_moved_by_keys(page, name, key, moved):
    point = page.get_by_role("slider", name=f"{name}, in the picture")
    before = middle(point)
    point.focus()
    page.keyboard.press(key)
    settled(page)
    assert values(page) == {"tau": 20.0, "a": 2.0} | moved
    x, y = middle(point)
    assert (x, y) != before
    if key in ("ArrowUp", "PageUp"):
        assert y < before[1]


def test_a_point_is_moved_by_touch(browser, file):
    options = {"has_touch": True, "is_mobile": True, "viewport": {"width": 400, "height": 900}}
    with watched_page(browser, **options) as page:
        opened(page, file)
        point = page.get_by_role("slider", name="Place, in the picture")
        point.scroll_into_view_if_needed()
        assert point.bounding_box()["width"] >= 44
        assert point.evaluate("e => getComputedStyle(e).touchAction") == "none"
        x, y = middle(point)
        touch = page.context.new_cdp_session(page)
        for kind, dx in (("touchStart", 0), ("touchMove", 20), ("touchMove", 40), ("touchEnd", None)):
            points = [] if dx is None else [{"x": x + dx, "y": y - dx}]
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        settled(page)
        now = values(page)
        assert now["tau"] > 22 and now["a"] > 2.5
        assert sentence(page) == str(sample_panel(**now))


@pytest.mark.parametrize("ratio", [1.0, 1.75, 3.0])
def test_cells_are_whole_at_any_pixel_ratio(browser, file, ratio):
    """The lower right cell of the map has the colour of its value, sharp up to its edges."""
    with watched_page(browser, device_scale_factor=ratio, viewport={"width": 330, "height": 900}) as page:
        opened(page, file)
        view = f"{PANEL}.views[3]"
        seen = page.evaluate(
            f"""() => {{ const v = {view}, s = v.canvas.width / v.width;
            const w = (v.right - v.left) / {COLUMNS}, h = (v.bottom - v.top) / {ROWS};
            const pixel = (x, y) => v.cx.getImageData(Math.round(s * x), Math.round(s * y), 1, 1).data;
            return [0.3, 0.7].map(k => Array.from(pixel(v.right - k * w, v.top + k * h))); }}"""
        )
        right = [*SCALE[level(np.array(sample_panel().result.rate[-1, -1]), 0.0, 4.0)], 255]
        assert seen == [right, right]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_python_sends_what_the_page_cuts_itself(page):
    """Kernel engine: the frame that Python packs becomes the same picture data as the page's own run."""
    panel = sample_panel(engine="kernel")
    head, buffers = frames.pack(panel._result(), panel.views, panel.readouts)
    sent = [[head["names"], head["types"]], [list(bytes(b)) for b in buffers]]
    pairs = page.evaluate(
        f"""([[names, types], buffers]) => {{
        const panel = {PANEL}, typed = {{ f8: Float64Array, f4: Float32Array, i4: Int32Array }};
        const data = {{ ...panel.data }};
        names.forEach((name, k) => {{
          const array = new typed[types[k]](Uint8Array.from(buffers[k]).buffer);
          const [base, part] = name.split(".");
          if (part) (data[base] = data[base]?.BYTES_PER_ELEMENT ? {{}} : data[base] || {{}})[part] = array;
          else data[name] = array;
        }});
        const rounded = array => Array.from(array, x => Number(x.toPrecision(6)));
        // the whole of a trace is in the page alone, which shows it where a stretch is chosen
        const plain = (key, x) => ["steps", "whole"].includes(key) ? undefined
          : key === "picture" ? x.toDataURL() : x?.BYTES_PER_ELEMENT ? rounded(x) : x;
        return panel.views.map(view => [view.now, view.prepare(data)].map(now => JSON.stringify(now, plain)));
        }}""",
        sent,
    )
    assert len(pairs) == 4
    for ours, from_python in pairs:
        assert json.loads(ours) == json.loads(from_python)


def within(panel, now):
    return all(c.low <= now[c.name] <= c.high for c in panel.controls)


def test_random_moves_of_every_point_leave_the_right_picture(page, file):
    page.evaluate(f"({MOVES})(400)")
    at_rest(page)
    now = values(page)
    panel = sample_panel(**now)
    assert within(panel, now) and sentence(page) == str(panel)
    assert page.locator(".snn-error").is_hidden()
    seen = page.evaluate(BARE)
    page.goto("about:blank")
    opened(page, file, panel.link())
    assert page.evaluate(BARE) == seen


def test_random_moves_answered_by_python_leave_the_right_picture(page):
    panel = sample_panel(engine="kernel")
    ask_python(page, panel)
    answer(page, panel)
    page.evaluate(f"window.over = null; ({MOVES})(100).then(said => {{ window.over = said; }}); undefined")
    while page.evaluate("over") is None:
        if page.evaluate("asked.length"):
            answer(page, panel)
        page.evaluate("window.go?.()")
    while page.evaluate("asked.length"):
        answer(page, panel)
    at_rest(page)
    now = values(page)
    assert within(panel, now) and sentence(page) == str(sample_panel(**now))
    seen = page.evaluate(BARE)
    fresh = sample_panel(engine="kernel", **now)
    ask_python(page, fresh)
    answer(page, fresh)
    assert page.evaluate(BARE) == seen


def test_a_tab_that_is_not_shown_and_a_window_that_changes_under_the_hand(page):
    """Without a size nothing is painted, and nothing fails; a drag goes on through a change of the size."""
    page.evaluate("document.querySelector('.snnlab-host').style.display = 'none'")
    page.evaluate(f"{PANEL}.move('tau', 35, 'slider')")
    settled(page)
    page.evaluate("document.querySelector('.snnlab-host').style.display = ''")
    settled(page)
    canvases = "[...document.querySelectorAll('canvas')]"
    crisp = f"{canvases}.every(c => c.width && Math.abs(c.width - c.clientWidth) <= 1)"
    page.wait_for_function(crisp)
    assert page.evaluate(f"{PANEL}.views.every(view => view.width > 0)")
    point = page.get_by_role("slider", name="Place, in the picture")
    point.scroll_into_view_if_needed()
    x, y = middle(point)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 10, y, steps=2)
    page.set_viewport_size({"width": 420, "height": 900})
    page.wait_for_function(crisp)
    point.scroll_into_view_if_needed()
    x, y = page.evaluate(
        f"""(view => {{ const box = view.canvas.getBoundingClientRect();
        return [box.x + view.x(10, [5, 50]), box.y + view.y(1, [0, 4])]; }})({PANEL}.views[3])"""
    )
    page.mouse.move(x, y, steps=3)
    page.mouse.up()
    at_rest(page)
    assert values(page) == {"tau": pytest.approx(10, abs=0.6), "a": pytest.approx(1, abs=0.11)}
    assert sentence(page) == str(sample_panel(**values(page)))


def test_a_second_finger_moves_nothing(page):
    point = page.get_by_role("slider", name="Rise, in the picture")
    point.evaluate(
        """point => { point.setPointerCapture = () => {};
        const { x, y } = point.getBoundingClientRect();
        const finger = { isPrimary: false, pointerId: 7, clientX: x + 60, clientY: y + 60 };
        for (const kind of ["down", "move", "up"])
          point.dispatchEvent(new PointerEvent("pointer" + kind, finger));
        }"""
    )
    settled(page)
    assert values(page) == {"tau": 20.0, "a": 2.0}


def test_points_have_names_and_light_and_dark(browser, file):
    """For a screen reader a point is a slider with a name, two values and ends; axe has nothing to add."""
    pictures = []
    for scheme in ("light", "dark"):
        with watched_page(browser, color_scheme=scheme) as page:
            opened(page, file)
            pictures.append(page.evaluate(BARE))
            point = page.get_by_role("slider", name="Rise, in the picture")
            assert point.get_attribute("aria-roledescription") == "point, moved with all arrow keys"
            assert point.get_attribute("aria-valuetext") == "Time constant 20.0 ms, Amplitude 2.0 mV"
            assert [point.get_attribute(f"aria-value{end}") for end in ("min", "now", "max")] == [
                "5",
                "20",
                "50",
            ]
            assert axe_findings(page) == []
    assert all(light != dark for light, dark in zip(*pictures, strict=True))


@pytest.mark.parametrize(
    ("make", "k", "drawn", "value"), [(psth_panel, 2, "curves[0]", 3.0), (phase_panel, 2, "y", 130.0)]
)
def test_a_curve_to_be_guessed_appears_as_one_drags_over_it(page, tmp_path, make, k, drawn, value):
    """In the page as in the still picture; the result has all of it."""
    panel = make()
    view = panel.views[k]
    name = view.at if isinstance(view, Curve) else view.handles[0].x
    panel.save(tmp_path / "panel.html")
    opened(page, tmp_path / "panel.html")
    seen = []
    for place in (getattr(panel, name), value):
        page.evaluate(f"{PANEL}.setAll({{ {name}: {place} }})")
        settled(page)
        there = np.array(page.evaluate(f"Array.from({PANEL}.views[{k}].now.{drawn}, Number.isFinite)"))
        x = np.asarray(getattr(panel.result, view.x))
        np.testing.assert_array_equal(there, frames.on_side(view.side, x, place))
        seen.append(there.sum())
    assert 0 < seen[0] < seen[1] < x.size


def test_what_is_no_number_leaves_a_gap_in_the_living_picture(page):
    """And the numbers of the panel say that there is none."""
    coloured = page.evaluate(
        f"""() => {{ const panel = {PANEL}, view = panel.views[2], {{ data }} = panel;
        const odd = (array, ...bad) => Float64Array.from(array, (x, k) => bad.includes(k) ? NaN : x);
        panel.done({{ ...data, e: NaN, v: odd(data.v, 0, 1, 2, 500).fill(Infinity, 600, 700),
          rise: odd(data.rise, 49, 50, 51).fill(-Infinity, 70, 75), fall: odd(data.fall).fill(NaN),
          rate: odd(data.rate).fill(Infinity, 0, 40) }});
        const ratio = view.canvas.width / view.width, [r, g, b] = view.colour.q2.match(/[0-9]+/g).map(Number);
        return [30, 50, 60, 72, 90].map(s => {{
          const x = Math.round(ratio * view.x(s, [0, 100])), top = Math.round(ratio * view.top);
          const column = view.cx.getImageData(x, top, 1, Math.round(ratio * view.size.frame)).data;
          const off = k => Math.hypot(column[k] - r, column[k + 1] - g, column[k + 2] - b);
          for (let k = 0; k < column.length; k += 4) if (column[k + 3] > 200 && off(k) < 30) return true;
          return false;
        }}); }}"""
    )
    assert coloured == [True, False, True, False, True]
    assert page.locator(".snn-result b").inner_text() == "–"
    assert page.locator(".snn-error").is_hidden()
    page.evaluate(f"{PANEL}.move('tau', 30, 'slider')")
    at_rest(page)
    assert sentence(page) == str(sample_panel(tau=30.0))
