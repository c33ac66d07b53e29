"""A chapter is worked through from top to end in its page, from the disk, as a student without Python does.

Each exercise and each goal is failed and then solved, in their order; the words are those of `check`. The
table of contents ticks, "Where you are" knows it, and what was saved there is read by another browser.
"""

import re

import numpy as np
import pytest
from chromium import PATIENCE
from course.test_commonest_mistakes import COMMONEST
from sample_book import BOOK, course_of
from snnlab_widgets import GOALS
from widgets.course_page import typed_answers
from widgets.goal_answers import Given, answers
from widgets.panel_page import as_shown, draw, settled
from widgets.test_programs import PROGRAMS, text_of

from snnlab.course.exercises import all_exercises, find
from snnlab.course.exercises.kinds import Function
from snnlab.data.drawings import strokes_of

FILES = sorted((BOOK / "chapters").glob("[0-9][0-9]*.ipynb"))  # with the excursions
FEW = ("02_", "09_")

pytestmark = [pytest.mark.slow, pytest.mark.browser]


def tasks_of(book, page: str) -> list[dict]:
    """What the script of the course knows of a chapter."""
    (chapter,) = [chapter for chapter in course_of(book) if chapter["page"].endswith(page)]
    return chapter["tasks"]


def verdict(here, words: str) -> None:
    """Wait for these words as the verdict."""
    here.locator(".snn-verdict").get_by_text(as_shown(words)).wait_for()


def typed(tab, id: str) -> None:
    """Fail and solve an exercise of numbers, or of a rule."""
    here = tab.locator(f".snn-exercise[data-exercise='{id}']")
    right, wrong, *_ = typed_answers(id)
    for answer, words in (wrong, right):
        for field, text in zip(here.locator("input[type=text]").all(), answer, strict=True):
            field.fill(text)
        here.get_by_role("button", name="Check").click()
        verdict(here, words)


def programmed(tab, id: str) -> None:
    """Fail and solve an exercise in which a function is written."""
    task, (right, wrong) = find(id), PROGRAMS[id]
    here = tab.locator(f".snn-exercise[data-exercise='{id}']")
    for program, words in ((wrong[0], COMMONEST[id][0][2]), (right[0], f"Right. {task.next_step}")):
        here.locator("textarea").fill(text_of(program, task))
        here.get_by_role("button", name="Check").click()
        verdict(here, words)


def reached(tab, name: str) -> None:
    """Fail and solve a goal at its panel."""
    here = tab.locator(f"#goal-{name}")
    here.scroll_into_view_if_needed()
    right, *wrong = answers(name)
    for given in (wrong[0], right):
        if not given.trials and here.locator(".snn-reset").is_visible():
            here.locator(".snn-reset").click()
        answered(tab, here, given)
        settled(tab)
        here.locator(".snn-check").click()
        kind = "right" if given is right else "wrong"
        here.locator(f".snn-verdict[data-kind='{kind}']").filter(has_text=re.compile(r"\w")).wait_for()
        if given is not right and here.get_by_role("button", name="Draw again").is_visible():
            here.get_by_role("button", name="Draw again").click()


def answered(tab, here, given: Given) -> None:
    """Move the sliders, inject, draw and type, as far as the goal asks for it."""
    panel = here.locator(".snnlab-host")
    numbers = here.locator(".snn-number input")
    for name, value in given.values:
        if isinstance(value, str):
            here.get_by_role("button", name="Clear").click()
            draw(tab, strokes_of(value), f"#{here.get_attribute('id')}")
            continue
        row = panel.evaluate(f"host => host.snnlab.rows.findIndex(([name]) => name === '{name}')")
        control = here.locator(".snn-control").nth(row)
        if control.get_by_role("switch").count():
            control.get_by_role("switch").set_checked(bool(value))
            continue
        control.locator(".snn-number input").fill(f"{value:.10g}")
        control.locator(".snn-number input").press("Tab")
    if here.locator(".snn-log li").count() < len(given.trials):
        for k, current in enumerate(given.trials):
            numbers.first.fill(f"{current:.10g}")
            numbers.first.press("Tab")
            here.get_by_role("button", name="Inject").click()
            here.locator(".snn-log li").nth(k).wait_for()
    dots = here.locator(".snn-dot:not(.snn-given)").all()
    if dots:
        fixed = panel.evaluate("host => host.snnlab.goal.spec.given")
        for dot, value in zip(dots, np.delete(given.given, fixed), strict=True):
            dot.press("Home")
            for key, times in (("PageUp", value // 10), ("ArrowUp", value % 10)):
                for _ in range(int(times)):
                    dot.press(key)
    elif given.given is not None:
        texts = given.given if isinstance(given.given, list) else [given.given]
        for field, text in zip(here.locator(".snn-goal input[type=text]").all(), texts, strict=True):
            field.fill(text)


def work_through(tab, tasks: list[dict]) -> None:
    for task in tasks:
        if task["kind"] == "goal":
            reached(tab, task["name"])
            continue
        id = task["name"].removeprefix("exercise-").replace("-", ".")
        (programmed if isinstance(find(id), Function) else typed)(tab, id)


@pytest.mark.parametrize(
    "file",
    [pytest.param(f, marks=() if f.name[:3] in FEW else pytest.mark.nightly, id=f.stem) for f in FILES],
)
def test_a_chapter_is_worked_through_without_a_dead_end(file, whole_book, browser):
    context = browser.new_context(viewport={"width": 1366, "height": 768}, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    tab, troubles = context.new_page(), []
    tab.on("pageerror", lambda error: troubles.append(str(error)))
    tab.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    page = whole_book / "chapters" / f"{file.stem}.html"
    tab.goto(page.as_uri())
    tasks = tasks_of(whole_book, page.name)
    work_through(tab, tasks)
    ticks = tab.locator(
        f"nav.bd-links a[href='#'] .snn-ticks, nav.bd-links a[href$='{page.name}'] .snn-ticks"
    )
    assert ticks.inner_text() == "✓"
    tab.get_by_role("link", name="Where you are").first.click()
    tab.get_by_text(f"{len(tasks)} of ").first.wait_for()
    own = tab.locator(f"#snn-where details[data-page$='{page.name}']")
    assert own.locator(".snn-tally").inner_text().strip() == f"{len(tasks)} of {len(tasks)} solved"
    own.locator("summary").click() if own.get_attribute("open") is None else None
    assert own.locator("td:last-child").all_inner_texts() == ["✓ solved"] * len(tasks)
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Save as a file").click()
    saved = download.value.path().read_bytes()
    context.close()
    other = browser.new_context()
    other.set_default_timeout(PATIENCE)
    tab = other.new_page()
    tab.goto((whole_book / "where.html").as_uri())
    with tab.expect_file_chooser() as chooser:
        tab.get_by_role("button", name="Open a file").click()
    chooser.value.set_files({"name": "x.json", "mimeType": "application/json", "buffer": saved})
    tab.get_by_text(f"Read: {len(tasks)} exercises.").wait_for()
    tab.get_by_text(f"{len(tasks)} of ").first.wait_for()
    other.close()
    assert troubles == []


def test_every_chapter_has_something_to_do(whole_book):
    found = [task["name"] for file in FILES for task in tasks_of(whole_book, f"{file.stem}.html")]
    assert len(found) == len(set(found)) >= len(all_exercises())
    assert {name for name in found if not name.startswith("exercise-")} <= set(GOALS)
