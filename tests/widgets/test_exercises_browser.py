"""Exercises that are answered where they stand, from the disk, with the words of `check`."""

import pytest
from firefox import firefox
from widgets.course_page import FEW, TYPED, typed_answers, write_course
from widgets.panel_page import as_shown, watched_page

from snnlab.course.exercises import all_exercises

pytestmark = pytest.mark.browser

LATER = [pytest.param(id, marks=pytest.mark.nightly) for id in TYPED if id not in FEW]


def exercise(id: str) -> str:
    return f".snn-exercise[data-exercise='{id}']"


@pytest.fixture(scope="module")
def chapter(tmp_path_factory):
    return write_course(tmp_path_factory.mktemp("course"), list(all_exercises()))


@pytest.mark.parametrize("id", [*FEW, *LATER])
def test_an_exercise_is_solved_and_failed_with_the_words_of_check(id, tab, chapter):
    tab.goto(chapter.as_uri())
    here = tab.locator(exercise(id))
    for typed, words in reversed(typed_answers(id)):
        said = as_shown(words)
        for field, text in zip(here.locator("input[type=text]").all(), typed, strict=True):
            field.fill(text)
        field.press("Enter")
        here.locator(".snn-verdict", has_text=said).wait_for()
        assert here.locator(".snn-verdict").inner_text() == said
    assert here.locator(".snn-tally").inner_text().endswith(", solved")


ANSWER = """(async (at, typed) => {
    const here = document.querySelector(at), fields = here.querySelectorAll("input[type=text]");
    typed.forEach((text, k) => { fields[k].value = text; });
    here.querySelector(".snn-verdict").textContent = "";
    here.querySelector(".snn-check").click();
})"""


@pytest.fixture(scope="module")
def firefox_tab(tmp_path_factory):
    with firefox(tmp_path_factory.mktemp("firefox")) as driven:
        yield driven


@pytest.mark.parametrize(
    "id",
    [id if id in ("2.3", "27.4") else pytest.param(id, marks=pytest.mark.nightly) for id in TYPED],
)
def test_so_it_is_in_firefox(id, firefox_tab, chapter):
    firefox_tab.goto(chapter.as_uri())
    for typed, said in reversed(typed_answers(id)):
        firefox_tab.evaluate(f"{ANSWER}({exercise(id)!r}, {typed!r})")
        firefox_tab.wait_for(f"document.querySelector({(exercise(id) + ' .snn-verdict')!r}).textContent")
        assert firefox_tab.evaluate(
            f"document.querySelector({(exercise(id) + ' .snn-verdict')!r}).textContent"
        ) == as_shown(said)
    assert firefox_tab.troubles == []


def test_every_exercise_says_what_can_be_done(tab, chapter):
    """A form with a button, or a sentence that says where it is answered."""
    tab.goto(chapter.as_uri())
    for id in all_exercises():
        here = tab.locator(exercise(id))
        assert here.locator(".snn-check").count() == 1 or "JupyterLab" in here.inner_text(), id


def test_what_is_no_number_is_no_try(tab, chapter):
    tab.goto(chapter.as_uri())
    here = tab.locator(exercise("2.1"))
    here.get_by_label("First spike after").fill("27,5")
    here.get_by_role("button", name="Check").click()
    here.get_by_text("Write the decimals with a point: 27.5, not 27,5.").wait_for()
    assert here.locator(".snn-tally").inner_text() == ""


def test_every_form_fits_a_telephone(browser, chapter):
    with watched_page(browser, viewport={"width": 360, "height": 700}) as tab:
        tab.goto(chapter.as_uri())
        wide = tab.evaluate(
            """[...document.querySelectorAll(".snn-exercise")]
            .filter(e => e.scrollWidth > e.clientWidth || e.getBoundingClientRect().right > 360)
            .map(e => e.dataset.exercise)"""
        )
        assert wide == []


# ---- how far the reader has come ---------------------------------------------------------------------------


def solve(tab, id: str) -> None:
    """Type the right answer, and wait until it counts."""
    here, (typed, said) = tab.locator(exercise(id)), typed_answers(id)[0]
    for field, text in zip(here.locator("input[type=text]").all(), typed, strict=True):
        field.fill(text)
    field.press("Enter")
    here.get_by_text(said).wait_for()


def test_progress_is_ticked_shown_saved_and_read(browser, tmp_path):
    chapter = write_course(tmp_path, ["2.1", "2.4", "2.3", "4.3"])
    where = chapter.parents[1] / "where.html"
    with watched_page(browser) as tab:
        tab.goto(chapter.as_uri())
        assert tab.locator(".snn-ticks").count() == 0
        solve(tab, "2.1")
        assert tab.locator(".snn-ticks").inner_text() == "1/2"
        tab.locator(exercise("2.1")).get_by_role("link", name="Where you are").click()
        tab.get_by_text("1 of 2 solved, 0 more tried. It stays in this browser.").wait_for()
        states = tab.locator("#snn-where td:last-child").all_inner_texts()
        assert states == ["✓ solved", "in JupyterLab", "open", "in JupyterLab"]
        assert "snnlab" not in tab.locator("#snn-where").inner_text()  # no JSON
        with tab.expect_download() as download:
            tab.get_by_role("button", name="Save as a file").click()
        text = download.value.path().read_text(encoding="utf-8")
        tab.get_by_text("Next: ").get_by_role("link").click()
        assert tab.url.endswith("01_one.html#exercise-2-3")
        solve(tab, "2.3")
        assert tab.locator(".snn-ticks").inner_text() == "✓"
        assert tab.locator(".snn-ticks").get_attribute("aria-label") == "2 of 2 solved"
    with watched_page(browser) as tab:
        tab.goto(where.as_uri())
        tab.get_by_text("0 of 2 solved, 0 more tried.").wait_for()
        with tab.expect_file_chooser() as chooser:
            tab.get_by_role("button", name="Open a file").click()
        chooser.value.set_files({"name": "x.json", "mimeType": "application/json", "buffer": text.encode()})
        tab.get_by_text("Read: 1 exercise.").wait_for()
        tab.get_by_text("1 of 2 solved, 0 more tried.").wait_for()
        assert tab.locator(".snn-ticks").inner_text() == "1/2"


def test_a_browser_that_keeps_nothing_answers_all_the_same_and_says_so(tab, tmp_path):
    chapter = write_course(tmp_path, ["2.1"])
    refuse = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } });"
    tab.add_init_script(refuse)
    tab.goto(chapter.as_uri())
    solve(tab, "2.1")
    assert tab.locator(".snn-ticks").inner_text() == "✓"
    tab.goto((chapter.parents[1] / "where.html").as_uri())
    tab.get_by_text("0 of 1 solved, 0 more tried. This page may keep nothing").wait_for()
