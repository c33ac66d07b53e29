"""The living panel in Chromium, from a file: the picture is the result, words and numbers are Python's."""

import numpy as np
import pytest
from covering import covering
from snnlab_widgets import PANELS
from snnlab_widgets.views import frames
from widgets.panel_page import PANEL, opened, sentence, settled

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", covering(PANELS))
def test_page_and_python_agree(page, files, name):
    panel = PANELS[name]()
    assert panel.engine == "browser"
    opened(page, files[name])
    rng = np.random.default_rng(4)
    for setting in range(12):
        if setting:
            for c in panel.controls:
                steps = rng.integers(0, round((c.high - c.low) / c.step) + 1)
                setattr(panel, c.name, round(c.low + steps * c.step, c.decimals))
            if panel.has_trait("seed"):
                panel.seed = int(rng.integers(2**64, dtype=np.uint64))
        values = {n: str(v) if n == "seed" else v for n, v in panel.values.items()}
        page.evaluate(f"values => {PANEL}.setAll(values)", values)
        settled(page)
        assert sentence(page) == str(panel)
        assert page.locator(".snn-result b").inner_text() == panel.headline()
        data = page.evaluate(
            f"Object.fromEntries(Object.entries({PANEL}.data).filter(([k]) => k !== 'values')"
            ".map(([k, x]) => [k, x.length === undefined ? x : Array.from(x)]))"
        )
        result = panel.result._asdict()
        assert set(data) == set(result)
        for key, ours in result.items():
            np.testing.assert_allclose(
                data[key], np.ravel(ours), rtol=0, atol=1e-9, err_msg=f"{key} at {panel.values}"
            )
        for k, view in enumerate(panel.views):
            compare_picture(page, k, view, panel)


def compare_picture(page, k, view, panel):
    """What is drawn is what was computed: spikes are drawn once each, the trace is thinned as in Python."""
    box = page.locator("canvas").nth(k).bounding_box()
    size, result = view.box(), panel.result._asdict()
    kind = type(view).__name__
    if kind in ("Trace", "Raster"):
        end = len(view.shown(view.y, result)) * view.dt if kind == "Trace" else view.duration
        name = view.spikes if kind == "Trace" else view.times
        times = result[name][result[name] <= end * (1 + 1e-9)] if name else np.zeros(0)
        width = box["width"] - size["left"] - size["right"]
        drawn = page.evaluate(f"{PANEL}.views[{k}].drawn")
        assert len(drawn) == len(times)
        np.testing.assert_allclose(drawn, size["left"] + times / end * width, atol=1e-3)
    if kind == "Trace":
        lines = page.evaluate(
            f"(now => [now.trace, ...now.also].map(t => [Array.from(t.at), Array.from(t.value)]))"
            f"({PANEL}.views[{k}].now)"
        )
        names = [view.y, *(name for name, _, _ in view.also)]
        for name, thinned in zip(names, lines, strict=True):
            at, value = frames.thin(view.shown(name, result))
            np.testing.assert_allclose(thinned[1], value, atol=1e-5)
            assert np.mean(np.array(thinned[0]) == at) > 0.99  # a tie may fall to a neighbour by 1e-15
    if kind == "Trace" and view.behind:
        if view.behind_spikes:
            grey = page.evaluate(f"{PANEL}.views[{k}].grey")
            ticks = size["left"] + result[view.behind_spikes] / end * width
            np.testing.assert_allclose(grey, ticks, atol=1e-3)
        behind = page.evaluate(
            f"(t => [t.n, Array.from(t.at), Array.from(t.value)])({PANEL}.views[{k}].now.behind)"
        )
        assert behind[0] == len(result[view.behind])
        np.testing.assert_array_equal(behind[1:], frames.thin(result[view.behind]))
    if kind == "Histogram":
        now = f"{PANEL}.views[{k}].now"
        np.testing.assert_array_equal(page.evaluate(f"Array.from({now}.counts)"), result[view.counts])
        if view.law:
            law = page.evaluate(f"Array.from({now}.law)")
            np.testing.assert_allclose(law, result[view.law], atol=1e-9)
    if kind == "Kernels":
        lines = page.evaluate(
            f"(now => [now.x, ...now.curves].map(c => Array.from(c)))({PANEL}.views[{k}].now)"
        )
        x, *curves = (result[name] for name in view.arrays())
        here = frames.on_side(view.side, x, panel.values[view.handles[0].x] if view.side else 0.0)
        for expected, seen in zip([x, *(np.where(here, y, np.nan) for y in curves)], lines, strict=True):
            np.testing.assert_allclose(seen, expected, atol=1e-9)
    if kind == "Curve":
        seen = page.evaluate(f"Array.from({PANEL}.views[{k}].now.y)")
        here = frames.on_side(view.side, result[view.x], panel.values[view.at])
        np.testing.assert_allclose(seen, np.where(here, result[view.y], np.nan), atol=1e-9)
        at = page.evaluate(f"[{PANEL}.views[{k}].now.at, {PANEL}.views[{k}].now.value]")
        assert at == [panel.values[view.at], pytest.approx(result[view.value])]


def test_a_link_reopens_the_panel(page, files):
    panel = PANELS["poisson"](rate=55.0, trials=12.0, seed=2**63 + 11)
    opened(page, files["poisson"], panel.link())
    assert sentence(page) == str(panel)
    page.get_by_text("Save", exact=True).click()
    page.get_by_role("button", name="Copy link").click()
    link = page.evaluate(f"{PANEL}.figure.querySelector('.snn-saving pre').textContent")
    page.goto("about:blank")
    opened(page, files["poisson"], "#" + link.split("#")[1])
    assert sentence(page) == str(panel)
    page.goto("about:blank")
    opened(page, files["poisson"], "#poisson?rate=1e9&trials=x&seed=<b>&other=1")
    assert sentence(page) == str(PANELS["poisson"](rate=100.0))


def test_code_behind_the_figure(page, files):
    panel = PANELS["lif"](v_th=-52.5)
    opened(page, files["lif"], panel.link())
    page.get_by_text("The code behind this figure").click()
    call, source = page.locator(".snn-code pre").first, page.locator(".snn-code pre").last
    assert call.inner_text().strip() == panel.as_python()
    assert source.text_content() == panel.kernel_source()
