"""How a goal behaves in Chromium, from a file: tries, hidden curves, trials, fingers, the Tab key, axe."""

import numpy as np
import pytest
from accessibility import axe_findings
from covering import covering
from snnlab_widgets import GOALS, lif_panel, poisson_panel
from snnlab_widgets.pages import page
from widgets.goal_answers import answers
from widgets.goal_page import give, said
from widgets.panel_page import PANEL, answer, ask_python, opened, painted, settled, watched_page

pytestmark = pytest.mark.browser


def test_what_is_no_answer_is_no_try_and_can_be_mended(tab, goal_files):
    opened(tab, goal_files["lif-overflow"])
    field = tab.get_by_label("First spike after")
    field.focus()
    tab.keyboard.press("Enter")
    tab.locator(".snn-verdict").get_by_text("Type a number first.").wait_for()
    assert field.get_attribute("aria-invalid") == "true"
    assert tab.locator(".snn-goal > .snn-tally").inner_text() == ""
    tab.keyboard.type("27.5 ms")
    tab.keyboard.press("Enter")
    tab.get_by_text("Right. Now look at the fraction").wait_for()
    assert field.get_attribute("aria-invalid") == "false"
    # said to a screen reader, and said again when it is the same
    assert tab.locator(".snn-verdict").get_attribute("role") == "status"
    tab.keyboard.press("Enter")
    settled(tab)
    tab.get_by_text("2 tries, solved").wait_for()


def test_the_curve_stays_hidden_until_it_is_drawn(tab, goal_files):
    opened(tab, goal_files["lif-predict"])
    curve = tab.locator(".snn-curve canvas")
    start, hidden = (
        curve.evaluate("c => c.toDataURL()"),
        (".snn-controls", ".snn-actions", ".snn-code", ".snn-trace"),
    )
    for part in hidden:
        assert not tab.locator(part).is_visible()
    # the canvas is that of a page whose neuron has another time constant: the truth is not in the picture
    tab.evaluate(f"{PANEL}.engine.ask({{ ...{PANEL}.values, tau_m: 7 }})")
    painted(tab)
    assert curve.evaluate("c => c.toDataURL()") == start
    tab.get_by_role("button", name="Show the curve").click()
    tab.get_by_text("Draw first: move at least 3 of the points.").wait_for()
    # sweep over the picture with the mouse
    box = curve.bounding_box()
    tab.mouse.move(box["x"] + 60, box["y"] + 150)
    tab.mouse.down()
    tab.mouse.move(box["x"] + box["width"] - 20, box["y"] + 60, steps=40)
    tab.mouse.up()
    drawn = tab.evaluate(f"{PANEL}.goal.drawn")
    free = np.delete(drawn, 3)
    assert np.all(np.diff(free) >= 0) and len(set(free)) >= 7
    assert tab.evaluate(f"{PANEL}.values.current") == 0.2
    tab.get_by_role("button", name="Show the curve").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_function("/Your curve is/.test(document.querySelector('.snn-verdict').textContent)")
    for part in hidden:
        assert tab.locator(part).is_visible()
    assert tab.evaluate("document.activeElement.textContent") == "Draw again"
    assert curve.evaluate("c => c.toDataURL()") != start
    # the controls live, and drawing again starts afresh
    tab.locator("input[type=range]").first.press("Home")
    settled(tab)
    tab.get_by_role("button", name="Draw again").press("Enter")
    settled(tab)
    assert tab.evaluate(f"{PANEL}.values.v_th") == -50
    assert len(set(tab.evaluate(f"{PANEL}.goal.drawn"))) == 1
    assert not tab.locator(".snn-controls").is_visible()


def test_a_finger_drags_a_point_and_scrolls_elsewhere(browser, goal_files):
    with watched_page(browser, has_touch=True, viewport={"width": 380, "height": 800}) as tab:
        opened(tab, goal_files["lif-predict"])
        dot = tab.locator(".snn-dot:not(.snn-given)").first
        box = dot.bounding_box()
        assert box["width"] >= 24 and box["height"] >= 24
        assert dot.evaluate("e => getComputedStyle(e).touchAction") == "none"
        assert tab.locator(".snn-curve canvas").evaluate("e => getComputedStyle(e).touchAction") == "auto"
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        touch = tab.context.new_cdp_session(tab)
        for kind, points in (
            ("touchStart", [{"x": x, "y": y}]),
            ("touchMove", [{"x": x, "y": y - 30}]),
            ("touchEnd", []),
        ):
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        settled(tab)
        assert tab.evaluate(f"{PANEL}.goal.drawn[0]") > tab.evaluate(f"{PANEL}.goal.drawn[1]") + 10


def test_trials_are_few_and_another_neuron_has_its_own(tab, goal_files):
    opened(tab, goal_files["lif-curtain"])
    number, inject = (
        tab.locator(".snn-number input"),
        tab.get_by_role("button", name="Inject"),
    )
    seen = tab.locator(".snn-result b")
    assert seen.inner_text() == "0"
    number.fill("0.4")
    settled(tab)
    assert seen.inner_text() == "0"  # moving the slider is no trial
    for k in range(10):
        inject.press("Enter")
        tab.wait_for_function(f"document.querySelectorAll('.snn-log li').length === {k + 1}")
    panel = GOALS["lif-curtain"](engine="kernel")
    panel.current = 0.4
    assert seen.inner_text() == panel.headline() != "0"
    assert tab.locator(".snn-log li").first.inner_text() == f"0.400 nA: {panel.headline()} spikes"
    inject.press("Enter")
    tab.get_by_text("All trials are used up").wait_for()
    assert tab.locator(".snn-log li").count() == 10
    tab.get_by_role("button", name="Another neuron").press("Enter")
    tab.get_by_text("10 of 10 trials left").wait_for()
    settled(tab)
    assert seen.inner_text() == "0" and float(number.input_value()) == 0
    number.fill("0.4")
    inject.press("Enter")
    tab.wait_for_function("document.querySelectorAll('.snn-log li').length === 1")
    panel.neuron = 1
    assert seen.inner_text() == panel.headline()


def test_a_late_answer_of_python_is_no_trial(page):
    panel = GOALS["lif-curtain"](engine="kernel")
    ask_python(page, panel)
    answer(page, panel)
    log = page.locator(".snn-log li")
    number = page.locator(".snn-number input")
    inject = page.get_by_role("button", name="Inject")

    # the neuron at its start is still being computed when a current is injected
    number.fill("0.4")
    page.get_by_role("button", name="Another neuron").press("Enter")
    panel.neuron = 1
    painted(page)
    number.fill("0.35")
    inject.press("Enter")
    painted(page)
    assert answer(page, panel)["current"] == 0
    assert log.count() == 0
    assert answer(page, panel)["current"] == 0.35
    panel.current = 0.35
    assert log.all_inner_texts() == [f"0.350 nA: {panel.headline()} spikes"]

    # a trial that is still being computed belongs to the neuron of before
    inject.press("Enter")
    painted(page)
    page.get_by_role("button", name="Another neuron").press("Enter")
    painted(page)
    number.fill("0.35")
    inject.press("Enter")
    painted(page)
    answer(page, panel)
    assert log.count() == 0
    panel.neuron = 2
    answer(page, panel)
    assert log.all_inner_texts() == [f"0.350 nA: {panel.headline()} spikes"]


def test_panels_with_and_without_goals_live_in_one_page(tab, monkeypatch, tmp_path):
    monkeypatch.setenv("SNNLAB_STATIC", "1")
    monkeypatch.setattr(page, "_sent", set())
    makers = (lif_panel, GOALS["lif-twice"], poisson_panel, GOALS["lif-predict"], GOALS["lif-overflow"])
    blocks = [make()._repr_mimebundle_()["text/html"] for make in makers]
    text = f"<!doctype html><meta charset=utf-8><link rel=icon href=data:,>{''.join(blocks)}"
    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    opened(tab, tmp_path / "page.html")
    lives = (
        "[...document.querySelectorAll('.snnlab-host')].map(host => host.snnlab?.data && !!host.snnlab.goal)"
    )
    assert tab.evaluate(lives) == [False, True, False, True, True]
    # one progress for all goals of the page
    tab.get_by_role("button", name="Check").first.click()
    tab.locator(".snn-progress summary").last.click()
    tab.get_by_text("0 solved of 1 tried.").last.wait_for()


@pytest.mark.parametrize("name", covering(GOALS))
def test_every_part_is_reached_by_the_tab_key(tab, goal_files, name):
    opened(tab, goal_files[name])
    wanted = tab.evaluate(
        """[...document.querySelectorAll(".snn-goal :is(button, input, textarea, summary), .snn-dot")]
        .filter(e => e.checkVisibility()).length"""
    )
    reached = set()
    for _ in range(60):
        tab.keyboard.press("Tab")
        found = tab.evaluate(
            """(e => [[...document.querySelectorAll("*")].indexOf(e), !!e.closest(".snn-goal, .snn-dot"),
            getComputedStyle(e).outlineStyle])(document.activeElement)"""
        )
        if found[1]:
            assert found[2] == "solid"
            reached.add(found[0])
    assert len(reached) == wanted >= 2


@pytest.mark.parametrize("name", covering(GOALS))
def test_axe_finds_nothing_in_a_goal(browser, goal_files, name):
    for scheme in ("light", "dark"):
        with watched_page(browser, color_scheme=scheme) as tab:
            opened(tab, goal_files[name])
            tab.locator(".snn-progress summary").click()
            for state in range(2):
                assert axe_findings(tab) == []
                if not state:
                    give(tab, answers(name)[1])
                    said(tab)
