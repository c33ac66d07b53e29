"""A memory that a kernel keeps, and a button that goes on by itself."""

import pytest
from snnlab_widgets import PANELS, Array, Axis, Control, Curve, Panel, ReadOut
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


@pytest.mark.parametrize("play", [("steps",), ("total", "Go"), ("steps", "Go", "on")])
def test_play_moves_a_control_and_has_a_word(play):
    with pytest.raises(ValueError, match="play must be a control and a word"):
        counting_panel(engine="kernel", play=play)


@pytest.mark.browser
def test_the_button_goes_on_until_the_end_and_stops(page, tmp_path):
    counting_panel(play=("steps", "Go")).save(tmp_path / "counting.html")
    opened(page, tmp_path / "counting.html")
    page.get_by_role("button", name="Go").click()
    page.wait_for_function(f"{PANEL}.data.values.steps === 50")
    page.get_by_role("button", name="Go").wait_for()  # and not Pause any longer
    settled(page)
    assert sentence(page) == "50 steps of 1: 50"
    page.evaluate(f"{PANEL}.move('rate', 3, 'slider')")  # begins anew
    settled(page)
    assert sentence(page) == "0 steps of 3: 0"


@pytest.mark.browser
@pytest.mark.slow
def test_a_network_learns_in_the_page_at_five_epochs_a_second_at_least(page, files):
    opened(page, files["surrogate_training"])
    assert page.evaluate(f"{PANEL}.engine.worker !== null")
    page.get_by_role("button", name="Train").click()
    page.wait_for_function(f"{PANEL}.data.values.epochs >= 4")
    start = page.evaluate(f"[performance.now(), {PANEL}.data.values.epochs]")
    page.wait_for_function(f"{PANEL}.data.values.epochs >= 60")
    end = page.evaluate(f"[performance.now(), {PANEL}.data.values.epochs]")
    assert (end[1] - start[1]) / (end[0] - start[0]) * 1000 >= 5
    page.get_by_role("button", name="Pause").click()
    settled(page)
    epochs = page.evaluate(f"{PANEL}.values.epochs")
    assert sentence(page) == str(PANELS["surrogate_training"](engine="kernel", epochs=epochs))
