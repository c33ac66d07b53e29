"""A memory that a kernel keeps, and processes in time, which go on by themselves, step by step, and stop."""

import re

import pytest
from covering import covering
from snnlab_widgets import PANELS, Array, Axis, Control, Curve, Panel, Raster, ReadOut
from widgets.panel_page import PANEL, opened, sentence, settled

from snnlab.compiling import kernel


@kernel
def counting_figure(memory, x, y, out, steps, rate):
    """Adds `rate` so many times, from where it was if `rate` is the same; counts the additions."""
    if memory[0] != rate or memory[1] > steps:
        memory[0], memory[1], memory[2] = rate, 0.0, 0.0
    added = 0
    while memory[1] < steps:
        memory[1] += 1.0
        memory[2] += rate
        added += 1
    for k in range(x.size):
        x[k], y[k] = k, k * rate
    out[0] = memory[2]
    out[1] = added


def counting_panel(**options):
    return Panel(
        "counting", title="Counting", question="How far?",
        controls=[
            Control("steps", "n", "Steps", 0.0, 50.0, 0.0, 2.0),
            Control("rate", "r", "Rate", 1.0, 3.0, 1.0, 1.0),
        ],
        readouts=[ReadOut("total"), ReadOut("added")],
        views=[Curve("x", "y", "steps", "total", Axis(0.0, 50.0, "steps"), "total")],
        sentence="{steps} steps of {rate}: {total}", headline="total", kernel=counting_figure,
        arrays={"memory": Array((3,), keep=True), "x": Array((51,)), "y": Array((51,))},
        **options,
    )  # fmt: skip


def test_a_kernel_goes_on_from_its_memory_and_returns_the_same():
    panel = counting_panel(engine="kernel")
    for steps, rate, added in ((10, 1, 10), (14, 1, 4), (14, 2, 14), (6, 2, 6), (8, 2, 2)):
        panel.steps, panel.rate = steps, rate
        assert panel.result.added == added and panel.result.total == steps * rate
    assert "memory" not in panel.result._fields
    (memory,) = [entry for entry in panel.spec["call"] if entry["name"] == "memory"]
    assert memory["keep"] and memory["work"]


@pytest.mark.parametrize(
    "play", [("steps",), ("total", "Go"), ("steps", "Go", "on"), ("step", "Go"), ("step", "Go", "anew")]
)
def test_play_moves_a_control_or_along_an_axis_and_has_a_word(play):
    with pytest.raises(ValueError, match="play must be a control or an axis, and a word"):
        counting_panel(engine="kernel", play=play)


@pytest.mark.browser
def test_the_button_goes_on_until_the_end_and_stops(page, tmp_path):
    counting_panel(play=("steps", "Go", "anew")).save(tmp_path / "counting.html")
    opened(page, tmp_path / "counting.html")
    page.get_by_role("button", name="Go", exact=True).click()
    page.wait_for_function(f"{PANEL}.data.values.steps === 50")
    page.get_by_role("button", name="Go", exact=True).wait_for()  # and not Pause any longer
    settled(page)
    assert sentence(page) == "50 steps of 1: 50"
    page.evaluate(f"{PANEL}.move('rate', 3, 'slider')")  # begins anew
    settled(page)
    assert sentence(page) == "0 steps of 3: 0"


GOES_ON = re.compile(
    r"\b(epochs?|steps?|showings?|volleys?|example|images shown|learnt|has run|runs for)\b"
    r"|^time( \((s|min|steps)\))?$"
)
"""What the time of a process is called, on a slider or under a picture, in lower case."""
STANDS = {
    "break_even": "its steps of the clock are a number in a sum; nothing happens one after the other",
    "poisson": "trials, of which none comes before another",
    "psth": "repetitions, of which none comes before another",
    "reliability": "repetitions, of which none comes before another",
    "synchrony": "trials, of which none comes before another",
    "lost_spike": "its raster begins before the spike is lost, its curves begin with it",
}
"""What sounds like a process and is none, or none with one clock, and why."""
TRACES = ("drift", "eligibility")
"""Processes of some seconds, which are only seen as curves over milliseconds, as the trace of a neuron is."""


@pytest.mark.parametrize("name", PANELS)
def test_a_process_in_time_plays(name):
    panel = PANELS[name](engine="kernel")
    axes = [str(view.spec().get("label_x")) for view in panel.views]
    runs = any(isinstance(view, Raster) and view.label_x.startswith("time") for view in panel.views)
    words = [*(c.label.lower() for c in panel.controls), *axes]
    process = runs or any(GOES_ON.search(word) for word in words)
    assert bool(panel.spec["play"]) == ((process and name not in STANDS) or name in TRACES)
    assert process or name not in STANDS  # and no reason is left over


@pytest.mark.parametrize("name", PANELS)
def test_pictures_that_play_together_have_the_same_time(name):
    panel = PANELS[name](engine="kernel")
    time = panel.spec["play"][:1]
    if time and time[0] not in {c.name for c in panel.controls}:
        result = panel._result()
        ends = {
            view.duration if isinstance(view, Raster)
            else len(result[view.y]) * view.dt if hasattr(view, "dt") else view.x_axis.high
            for view in panel.views if view.spec().get("label_x") == time[0]
        }  # fmt: skip
        assert max(ends) - min(ends) <= 0.01 * max(ends)


TIME = f"((p) => p.values[p.spec.play[0]] ?? p.seen)({PANEL})"
EMPTY = """({ now }) => now.counts ? Math.max(...now.counts) === 0
: [...now.curves ?? [], ...now.y ? [now.y] : []].some(y => y.filter(v => v === v).length < 2)"""


@pytest.mark.browser
@pytest.mark.parametrize("name", covering(PANELS))
def test_play_pause_step_and_its_time(name, page, files):
    """Also where nothing is drawn as yet: there the picture itself has the button."""
    opened(page, files[name])
    panel = PANELS[name](engine="kernel")
    assert page.locator(".snn-clock").count() == bool(panel._play)
    if not panel._play:
        return
    time, word = panel._play[:2]
    if time in (by_name := {c.name: c for c in panel.controls}):
        low, step = by_name[time].low, by_name[time].step
        assert page.locator("input[type=range], input[role=switch]").count() == len(by_name)
    else:
        slider = page.locator(".snn-clock input[type=range]")
        low, step = (float(slider.get_attribute(end)) for end in ("min", "step"))
        assert page.locator(".snn-clock input[type=range]").get_attribute("aria-label") == time
    bare = page.evaluate(f"{TIME} === {low} && {PANEL}.views.some({EMPTY})")
    assert page.locator(".snn-first").is_visible() == bare
    (page.locator(".snn-first") if bare else page.get_by_role("button", name=word, exact=True)).click()
    page.get_by_role("button", name="Pause").wait_for()
    page.wait_for_function(f"{TIME} > {low}")
    page.get_by_role("button", name="Pause").click()
    settled(page)
    assert not page.locator(".snn-first").is_visible()
    before = page.evaluate(TIME)
    page.get_by_role("button", name="Step", exact=True).click()
    settled(page)
    assert page.evaluate(TIME) - before >= 0.99 * step
    page.get_by_role("button", name="Reset", exact=True).click()
    settled(page)
    assert page.evaluate(f"{PANEL}.seen") is None


@pytest.mark.browser
def test_what_is_to_come_is_not_seen_while_a_process_runs(page, files):
    """Right of its time the picture is blank, and left of it as before."""
    opened(page, files["registers"])
    ink = f"""([from, to]) => {{
    const view = {PANEL}.views[1], ratio = view.canvas.width / view.width, wide = view.right - view.left;
    const [a, b] = [from, to].map(share => Math.round((view.left + share * wide) * ratio));
    const [top, bottom] = [view.top + 4, view.bottom - 4].map(y => Math.round(y * ratio));
    const {{ data }} = view.cx.getImageData(a, top, b - a, bottom - top);
    return data.filter((v, k) => k % 4 === 3 && v > 0).length;
    }}"""
    whole = page.evaluate(ink, [0.05, 0.4])
    assert page.evaluate(ink, [0.6, 0.95]) > 0
    slider = page.locator(".snn-clock input[type=range]")
    slider.fill(str(float(slider.get_attribute("max")) / 2))
    assert page.evaluate(ink, [0.6, 0.95]) == 0 and page.evaluate(ink, [0.05, 0.4]) == whole
    assert page.locator(".snn-under:visible").count() == 2  # and both pictures say their values
    page.locator("input[type=range]").first.fill("300")
    settled(page)
    assert page.evaluate(ink, [0.6, 0.95]) == 0  # another setting, the same time


@pytest.mark.browser
@pytest.mark.slow
def test_a_network_learns_in_the_page_at_five_epochs_a_second_at_least(page, files):
    opened(page, files["surrogate_training"])
    assert page.evaluate(f"{PANEL}.engine.worker !== null")
    page.get_by_role("button", name="Train", exact=True).click()
    page.wait_for_function(f"{PANEL}.data.values.epochs >= 4")
    start = page.evaluate(f"[performance.now(), {PANEL}.data.values.epochs]")
    page.wait_for_function(f"{PANEL}.data.values.epochs >= 60")
    end = page.evaluate(f"[performance.now(), {PANEL}.data.values.epochs]")
    assert (end[1] - start[1]) / (end[0] - start[0]) * 1000 >= 5
    page.get_by_role("button", name="Pause").click()
    settled(page)
    epochs = page.evaluate(f"{PANEL}.values.epochs")
    assert sentence(page) == str(PANELS["surrogate_training"](engine="kernel", epochs=epochs))
