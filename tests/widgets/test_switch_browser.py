"""What is 0 or 1 is switched, in Chromium: by mouse, by key, by a finger, and back by Undo."""

import pytest
from snnlab_widgets import PANELS
from widgets.panel_page import PANEL, at_rest, opened, sentence, settled, watched_page

pytestmark = pytest.mark.browser


def test_a_switch_is_moved_by_mouse_key_and_undo(browser, files):
    off, on = (str(PANELS["noise_step"](alike=value)) for value in (0.0, 1.0))
    with watched_page(browser) as tab:
        opened(tab, files["noise_step"])
        switch = tab.get_by_role("switch")
        assert switch.count() == 1 and not switch.is_checked() and sentence(tab) == off
        tab.locator(".snn-switch label").click()
        at_rest(tab)
        assert switch.is_checked() and sentence(tab) == on
        switch.press("Space")
        at_rest(tab)
        assert not switch.is_checked() and sentence(tab) == off
        tab.get_by_role("button", name="Undo").click()
        at_rest(tab)
        assert switch.is_checked() and sentence(tab) == on
        tab.get_by_role("button", name="Reset").click()
        at_rest(tab)
        assert not switch.is_checked()


def test_what_is_saved_says_on_or_off(browser, files):
    with watched_page(browser) as tab:
        opened(tab, files["noise_step"], "#noise_step?alike=1")
        settled(tab)
        assert tab.evaluate(f"{PANEL}.textOf('alike')") == "on"
        assert tab.get_by_role("switch").is_checked()


def test_a_finger_has_room_on_a_switch(browser, files):
    with watched_page(browser, has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844}) as tab:
        opened(tab, files["noise_step"])
        assert tab.locator(".snn-switch").bounding_box()["height"] >= 44
        tab.get_by_role("switch").tap()
        at_rest(tab)
        assert tab.get_by_role("switch").is_checked()


def test_every_control_of_two_values_is_a_switch():
    twos = [
        (name, c.name)
        for name, make in PANELS.items()
        for c in make().controls
        if (c.low, c.high, c.step) == (0.0, 1.0, 1.0)
    ]
    assert len(twos) >= 11
    labels = [c.label for name, make in PANELS.items() for c in make().controls if (name, c.name) in twos]
    assert not [label for label in labels if any(digit in label for digit in "01")]
