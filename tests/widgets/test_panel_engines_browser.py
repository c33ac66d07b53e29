"""Where the numbers come from: Python, the page, a worker of the page; and ten thousand moves of each."""

import json

import numpy as np
import pytest
from covering import covering
from snnlab_widgets import PANELS
from widgets.panel_page import PANEL, answer, ask_python, at_rest, opened, painted, sentence, settled

pytestmark = pytest.mark.browser


def test_a_fresh_value_replaces_a_question_under_way(page, files):
    """Kernel engine: one question at a time, the latest wins, an error is shown until the next answer."""
    panel = PANELS["lif"](engine="kernel")
    ask_python(page, panel)
    assert answer(page, panel) == panel.values
    assert sentence(page) == str(panel)
    shown = panel.result.times <= panel.views[0].until
    assert page.evaluate(f"{PANEL}.views[0].drawn.length") == shown.sum()
    for v_th in (-51, -52, -53, -54):
        page.evaluate(f"{PANEL}.move('v_th', {v_th}, 'slider')")
        painted(page)
    assert page.evaluate("asked.length") == 1
    assert answer(page, panel)["v_th"] == -51
    assert answer(page, panel)["v_th"] == -54
    assert page.evaluate("asked.length") == 0
    panel.v_th = -54
    assert sentence(page) == str(panel)

    def broken(**values):
        raise RuntimeError("no <b>luck</b>")

    panel._compute, works = broken, panel._compute
    page.evaluate(f"{PANEL}.move('v_th', -55, 'slider')")
    painted(page)
    answer(page, panel)
    assert page.locator(".snn-error").inner_text() == "RuntimeError: no <b>luck</b>"
    panel._compute = works
    page.evaluate(f"{PANEL}.move('v_th', -56, 'slider')")
    painted(page)
    answer(page, panel)
    assert not page.locator(".snn-error").is_visible()
    panel.v_th = -56
    assert sentence(page) == str(panel)


@pytest.mark.parametrize("name", covering(PANELS))
def test_a_slow_kernel_runs_in_a_worker(page, files, name):
    opened(page, files[name])
    page.evaluate(f"{PANEL}.engine.move()")
    panel = PANELS[name]()
    control = panel.controls[0]
    for value in np.linspace(control.low, control.high, 7):
        page.evaluate(f"value => {PANEL}.move('{control.name}', value, 'slider')", float(value))
    setattr(panel, control.name, control.high)
    settled(page)
    assert page.evaluate(f"{PANEL}.engine.worker !== null")
    assert sentence(page) == str(panel)


@pytest.mark.parametrize(("milliseconds", "moves"), [(2, False), (20, True)])
def test_a_kernel_moves_when_it_is_slow(page, files, milliseconds, moves):
    opened(page, files["lif"])
    # the clock goes on by so much with every run, and stands still otherwise
    page.evaluate(
        f"""ms => {{ const wasm = {PANEL}.engine.wasm, run = wasm.run.bind(wasm);
        let now = performance.now();
        performance.now = () => now;
        wasm.run = values => {{ now += ms; return run(values); }}; }}""",
        milliseconds,
    )
    for v_th in (-51, -52, -53, -54):
        page.evaluate(f"{PANEL}.move('v_th', {v_th}, 'slider')")
        settled(page)
    assert page.evaluate(f"Boolean({PANEL}.engine.worker)") == moves
    assert sentence(page) == str(PANELS["lif"](v_th=-54.0))


@pytest.mark.parametrize("name", covering(PANELS))
def test_ten_thousand_random_moves(page, files, name):
    opened(page, files[name])
    session = page.context.new_cdp_session(page)

    def heap():
        for _ in range(3):
            session.send("HeapProfiler.collectGarbage")
        held = session.send("Runtime.getHeapUsage")
        # objects, and the buffers behind typed arrays, which are no part of them
        return held["usedSize"] + held["backingStorageSize"] + held["embedderHeapUsedSize"]

    before = heap()
    failures = page.evaluate(
        """async () => {
        const moved = "input[type=range], input[role=switch]";
        const ranges = [...document.querySelectorAll(moved)], failures = [];
        const said = document.querySelector(".snn-error");
        let seed = 1; const random = () => (seed = seed * 48271 % 2147483647) / 2147483647;
        for (let k = 0; k < 10000; k++) {
          const r = ranges[Math.floor(random() * ranges.length)];
          if (r.role === "switch") r.click();
          else {
            r.value = +r.min + random() * (r.max - r.min);
            r.dispatchEvent(new Event("input"));
          }
          if (k % 25 === 24) await new Promise(requestAnimationFrame);
          if (!said.hidden) failures.push(said.textContent);
        }
        return failures; }"""
    )
    assert failures == []
    at_rest(page)
    assert heap() - before < 20e6
    values = page.evaluate(f"{PANEL}.values")
    assert sentence(page) == str(PANELS[name](**{k: int(v) if k == "seed" else v for k, v in values.items()}))
    assert json.dumps(page.evaluate(f"{PANEL}.data.values")) == json.dumps(values)
    page.evaluate(
        """() => { for (const r of document.querySelectorAll(".snn-clock input[type=range]")) {
          r.value = r.max; r.dispatchEvent(new Event("input")); } }"""
    )  # how far a process is shown is no value of the panel
    # but for the ghost of the last move, a fresh panel with these values has the same picture
    bare = f"{PANEL}.views.map(view => (view.ghost = null, view.paint(), view.canvas.toDataURL()))"
    seen = page.evaluate(bare)
    link = "&".join(f"{key}={value!r}".replace("'", "") for key, value in values.items())
    page.goto("about:blank")
    opened(page, files[name], f"#{name}?{link}")
    assert page.evaluate(bare) == seen
