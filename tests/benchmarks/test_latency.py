"""The latency benchmark counts changed pixels after they are painted, and nothing else."""

import re

import numpy as np
import pytest
from benchmarks.latency_drive import Subject, first_paint, measure, quantile
from benchmarks.latency_panel import START, noisy_panel, simulate
from benchmarks.latency_rivals import bokeh_page
from snnlab_widgets import wasm
from widgets.wasm_runner import ExportedKernel

SLOW = 100  # ms
# A slider whose picture changes late, and only if `changes`; there are events and callbacks either way.
PAGE = """<!doctype html><canvas width="300" height="100"></canvas>
<input type="range" min="0" max="1000" value="500" style="width: 500px"><script>
const cx = document.querySelector("canvas").getContext("2d");
const draw = value => { cx.fillStyle = `hsl(${value % 360} 80% 50%)`; cx.fillRect(0, 0, 300, 100); };
setTimeout(() => draw(500), FIRST);
document.querySelector("input").oninput = event => {
  setTimeout(draw, SLOW, CHANGES ? event.target.valueAsNumber : 500);
};
</script>"""


def slider_page(folder, **numbers) -> str:
    text = re.sub(r"\b(FIRST|SLOW|CHANGES)\b", lambda found: str(numbers[found[0]]), PAGE)
    (folder / "slider.html").write_text(text, encoding="utf-8")
    return (folder / "slider.html").as_uri()


@pytest.mark.slow
@pytest.mark.browser
def test_a_press_lasts_until_the_pixels_change(browser, tmp_path):
    page = browser.new_page()
    page.goto(slider_page(tmp_path, FIRST=0, SLOW=SLOW, CHANGES="true"))
    figures = measure(page, Subject("late", "page", "input", "canvas"), presses=8)
    page.close()
    assert figures.missed == 0
    assert SLOW < figures.median < SLOW + 200  # a frame or two later, on a busy machine more
    assert figures.updates > 0 and figures.values > 0 and figures.lag > SLOW / 2


@pytest.mark.slow
@pytest.mark.browser
def test_events_without_changed_pixels_do_not_count(browser, tmp_path, monkeypatch):
    monkeypatch.setattr("benchmarks.latency_drive.PATIENCE", 300)
    page = browser.new_page()
    page.goto(slider_page(tmp_path, FIRST=0, SLOW=0, CHANGES="false"))
    with pytest.raises(AssertionError, match="the picture never changed"):
        measure(page, Subject("still", "page", "input", "canvas"), presses=1)
    page.close()


@pytest.mark.slow
@pytest.mark.browser
def test_the_first_paint_waits_for_something_on_the_canvas(browser, tmp_path):
    address = slider_page(tmp_path, FIRST=400, SLOW=0, CHANGES="false")
    assert first_paint(browser, address, "canvas", loads=1) >= 400


def test_quantile_is_one_of_the_numbers():
    assert [quantile([3.0, 1.0, 2.0], q) for q in (0.0, 0.5, 0.95)] == [1.0, 2.0, 3.0]
    assert quantile(list(range(100)), 0.95) == 95


def test_webassembly_of_the_panel_equals_native():
    call = noisy_panel(engine="kernel").call
    exported = ExportedKernel(wasm.export(call.kernel, call.signature, name="kernel"), call.signature)
    rng = np.random.default_rng(3)
    for _ in range(20):
        values = {"v_th": rng.uniform(-62, -45), "drive": rng.uniform(0, 30), "noise": rng.uniform(0, 4)}
        values["seed"] = int(rng.integers(2**64, dtype=np.uint64))
        exported.agrees(call, values)


def test_the_panel_is_what_the_others_draw():
    run, result = simulate(START["v_th"]), noisy_panel().result
    np.testing.assert_array_equal(run["times"], result.times)
    assert 500 < result.n < 2000 and result.n == len(result.times)


@pytest.mark.slow
@pytest.mark.browser
def test_the_page_of_bokeh_moves(browser, tmp_path):
    bokeh_page(tmp_path / "bokeh.html")
    page = browser.new_page()
    page.goto((tmp_path / "bokeh.html").as_uri())
    page.locator(".noUi-handle").first.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("window.noisy")
    shown = page.evaluate("[...Bokeh.documents[0]._all_models.values()].find(m => m.data?.row).data.ms")
    page.close()
    np.testing.assert_allclose(
        list(shown.values()) if isinstance(shown, dict) else shown, simulate(-49.9)["times"]
    )
