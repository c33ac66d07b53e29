"""The exercises in the pages of the whole book: none is a dead end, and no page is too large for them."""

import re
import sys

import nbformat
import pytest
from chromium import PATIENCE
from sample_book import BOOK, course_of
from snnlab_widgets.goals.in_chapter import record_of

from snnlab.course.exercises import all_exercises, find

sys.path.insert(0, str(BOOK / "_ext"))
from exercises_in_place import ANYHOW, INJECT, note_in_page

LARGEST = 1_500_000
"""Bytes of a chapter's page."""

FILES = sorted((BOOK / "chapters").glob("[0-9][0-9]*.ipynb"))  # with the excursions


def forms(file) -> dict[str, str]:
    """The exercises of a chapter, each with the goal that is its form, or ""."""
    found, form = {}, ""
    for cell in nbformat.read(file, as_version=4).cells:
        if "part:exercise" in cell.metadata.get("tags", []):
            if goal := re.search(r'^GOALS\["(.+)"\]', cell.source, re.MULTILINE):
                form = goal[1]
            if check := re.search(r'^check\("([\d.]+)"', cell.source, re.MULTILINE):
                found[check[1]], form = form, ""
    return found


def goals_of(file) -> list[str]:
    """The goals that stand in a chapter or in an excursion."""
    return re.findall(
        r'GOALS\["([a-z0-9-]+)"\]\(\)', "\n".join(c.source for c in nbformat.read(file, 4).cells)
    )


def test_every_exercise_stands_in_a_chapter():
    assert [id for file in FILES for id in forms(file)] == list(all_exercises())


@pytest.mark.parametrize(
    ("id", "codes", "note"),
    [
        ("2.1", ["LIF()", "x(t)"], ""),
        ("2.2", ["exp(v)"], ""),
        ("2.4", [], INJECT),
        ("9.4", ["np.linspace(4.5, 8, 71)"], ANYHOW),
        ("16.3", ["snn.Leaky(beta=0.95, spike_grad=surrogate.fast_sigmoid(slope=25))"], ""),
    ],
)
def test_what_a_notebook_can_and_a_page_cannot_is_said_below_the_statement(id, codes, note):
    assert note_in_page(find(id), codes) == note


@pytest.mark.slow
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_exercise_of_a_chapter_has_a_form_and_an_address(file, whole_book):
    html = (whole_book / "chapters" / f"{file.stem}.html").read_text(encoding="utf-8")
    assert "Not started yet" not in html
    for id, form in forms(file).items():
        assert f'id="{record_of(id)}"' in html
        assert (f'id="goal-{form}"' if form else f'data-exercise="{id}"') in html
    for goal in goals_of(file):
        assert html.count(f'id="goal-{goal}"') == 1
    assert len(html.encode()) <= LARGEST


@pytest.mark.slow
def test_the_script_knows_every_exercise_and_every_goal_by_its_address(whole_book):
    course = course_of(whole_book)
    assert [chapter["page"] for chapter in course] == [f"chapters/{file.stem}.html" for file in FILES]
    for chapter, file in zip(course, FILES, strict=True):
        own = forms(file)
        others = set(goals_of(file)) - set(own.values())
        names = {form or record_of(id) for id, form in own.items()}
        assert {task["name"] for task in chapter["tasks"]} == names | others
        html = (whole_book / chapter["page"]).read_text(encoding="utf-8")
        assert all(f'id="{task["anchor"]}"' in html and task["title"] for task in chapter["tasks"])


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize(
    "file",
    [FILES[1], *(pytest.param(file, marks=pytest.mark.nightly) for file in FILES if file != FILES[1])],
    ids=lambda file: file.stem,
)
def test_a_reader_meets_no_dead_end(file, whole_book, browser):
    """Under each statement stands a form with a button."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    context.set_default_timeout(PATIENCE)
    tab = context.new_page()
    tab.goto((whole_book / "chapters" / f"{file.stem}.html").as_uri())
    tab.wait_for_function("[...document.querySelectorAll('.snnlab-host')].every(host => host.snnlab?.data)")
    for id, form in forms(file).items():
        here = tab.locator(f"#goal-{form}" if form else f".snn-exercise[data-exercise='{id}']")
        assert here.locator(".snn-check").count() == 1, id
    goals = tab.locator("[id^=goal-]")
    assert goals.count() == len(goals_of(file))
    assert goals.locator(".snn-check").count() == goals.count()
    context.close()
