"""What browser tests of goals share: an answer given by the keyboard alone, and what is said to it."""

import numpy as np
from widgets.panel_page import PANEL, settled


def said(tab):
    tab.wait_for_function("(v => v.dataset.kind && v.textContent)(document.querySelector('.snn-verdict'))")
    return tab.locator(".snn-verdict").inner_text()


def give(tab, given):
    """Answer by the keyboard alone, as far as the page asks for an answer."""
    for name, value in given.values:
        if isinstance(value, str):  # a drawing, for which a test has no hand
            tab.evaluate(f"text => {PANEL}.setAll({{ {name}: text }})", value)
            continue
        row = tab.evaluate(f"{PANEL}.rows.findIndex(([name]) => name === '{name}')")
        control = tab.locator(".snn-control").nth(row)
        turn = control.get_by_role("switch")
        if turn.count():
            turn.focus()
            if turn.is_checked() != bool(value):
                tab.keyboard.press("Space")
            continue
        control.locator(".snn-number input").focus()
        tab.keyboard.press("ControlOrMeta+a")
        tab.keyboard.type(f"{value:.10g}")
        tab.keyboard.press("Tab")
    for k, current in enumerate(given.trials):
        tab.locator(".snn-number input").focus()
        tab.keyboard.press("ControlOrMeta+a")
        tab.keyboard.type(f"{current:.10g}")
        tab.get_by_role("button", name="Inject").focus()
        tab.keyboard.press("Enter")
        tab.wait_for_function(f"document.querySelectorAll('.snn-log li').length === {k + 1}")
    dots = tab.locator(".snn-dot:not(.snn-given)").all()
    if dots:
        given_at = tab.evaluate(f"{PANEL}.spec.goal.given")
        for dot, value in zip(dots, np.delete(given.given, given_at), strict=True):
            dot.focus()
            tab.keyboard.press("Home")
            for _ in range(int(value // 10)):
                tab.keyboard.press("PageUp")
            for _ in range(int(value % 10)):
                tab.keyboard.press("ArrowUp")
    elif given.given is not None:
        texts = given.given if isinstance(given.given, list) else [given.given]
        for field, text in zip(tab.locator(".snn-goal input[type=text]").all(), texts, strict=True):
            field.focus()
            tab.keyboard.press("ControlOrMeta+a")
            tab.keyboard.type(text)
        tab.keyboard.press("Enter")
        return
    settled(tab)
    tab.locator(".snn-check").focus()
    tab.keyboard.press("Enter")
