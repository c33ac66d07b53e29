"""Programs in a page that was opened from the disk: they are answered, also where they never end."""

import pytest
from firefox import firefox
from page_server import served
from widgets.course_page import write_course
from widgets.panel_page import as_shown, watched_page
from widgets.test_programs import COMMONEST, PROGRAMS, TASKS, text_of

pytestmark = pytest.mark.browser

FEW = ["1.4", "2.5"]
"""Arrays come in and go out; a neuron comes in, and a number goes out."""

LATER = [pytest.param(id, marks=pytest.mark.nightly) for id in PROGRAMS if id not in FEW]
STRICT = "; ".join([
    "default-src 'none'",
    "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
])  # fmt: skip
ENDLESS = "def firing_rate(i, neuron):\n    while True:\n        pass\n"


def exercise(id: str) -> str:
    return f".snn-exercise[data-exercise='{id}']"


@pytest.fixture(scope="module")
def chapter(tmp_path_factory):
    return write_course(tmp_path_factory.mktemp("course"), list(TASKS))


def answered(tab, id: str, program: str) -> str:
    """Check a program, and give the verdict."""
    here = tab.locator(exercise(id))
    here.locator("textarea.snn-program").fill(program)
    here.get_by_role("button", name="Check").click()
    here.locator(".snn-check[aria-disabled=false]").wait_for()
    here.locator(".snn-verdict:not(:empty)").wait_for()
    return here.locator(".snn-verdict").inner_text()


def expected(id: str) -> list[tuple[str, str]]:
    """Programs, the three that are right at last, and what is said to each."""
    task, (right, wrong) = TASKS[id], PROGRAMS[id]
    said = [(text_of(each, task), words) for each, (_, _, words) in zip(wrong, COMMONEST[id], strict=True)]
    return said + [(text_of(each, task), f"Right. {task.next_step}") for each in right]


@pytest.mark.parametrize("id", [*FEW, *LATER])
def test_right_programs_and_the_commonest_mistakes_are_answered(id, tab, chapter):
    tab.goto(chapter.as_uri())
    for program, words in expected(id):
        assert as_shown(words) in answered(tab, id, program)
    assert tab.locator(f"{exercise(id)} .snn-tally").inner_text().endswith(", solved")


def test_a_loop_without_end_is_ended_and_the_page_lives(tab, chapter):
    tab.goto(chapter.as_uri())
    said = answered(tab, "2.5", ENDLESS)
    assert said == (
        "Not yet. Your function did not come back within 2 s and was stopped. "
        "Is there a loop, or a chain of calls, that never ends?"
    )
    assert "Right." in answered(tab, "2.5", expected("2.5")[-1][0])


def test_python_is_fetched_when_the_first_program_is_checked(tab, chapter):
    asked = []
    tab.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    tab.goto(chapter.as_uri())
    tab.locator(f"{exercise('26.2')} textarea").press("a")
    assert "python.js" not in asked
    answered(tab, "26.2", "def decay(x, delta): return 0")
    assert asked.count("python.js") == 1
    answered(tab, "26.2", "def decay(x, delta): return 1")
    assert asked.count("python.js") == 1


def test_where_a_program_stops_is_marked_until_it_changes(tab, chapter):
    tab.goto(chapter.as_uri())
    here = tab.locator(exercise("26.2"))
    said = answered(tab, "26.2", "print('loaded')\n\ndef decay(x, delta):\n    return x / 0\n")
    assert "in the line return x / 0: ZeroDivisionError" in said
    assert here.locator(".snn-printed").inner_text().strip() == "loaded"
    mark = here.locator(".snn-marked").bounding_box()
    area = here.locator("textarea").bounding_box()
    assert mark["y"] - area["y"] == pytest.approx(1 + 8 + 3 * 20, abs=1)
    here.locator("textarea").press("End")
    here.locator("textarea").press("0")
    assert not here.locator(".snn-marked").is_visible()


def test_the_stub_is_no_try(tab, chapter):
    tab.goto(chapter.as_uri())
    said = answered(tab, "26.2", TASKS["26.2"].stub)
    assert said == "Not started yet. Replace the dots of decay and check again."
    assert tab.locator(f"{exercise('26.2')} .snn-tally").inner_text() == ""


def test_the_field_indents_undoes_and_lets_the_keyboard_out(tab, chapter):
    tab.goto(chapter.as_uri())
    here = tab.locator(exercise("26.2"))
    area = here.locator("textarea")
    area.fill("")
    area.press_sequentially("def decay(x, delta):")
    area.press("Enter")
    area.press_sequentially("return x")
    assert area.input_value() == "def decay(x, delta):\n    return x"
    area.press("Shift+Tab")
    assert area.input_value() == "def decay(x, delta):\nreturn x"
    area.press("ControlOrMeta+z")
    assert area.input_value() == "def decay(x, delta):\n    return x"
    area.press("Escape")
    assert here.get_by_role("button", name="Check").evaluate("button => button === document.activeElement")


def test_a_program_is_there_again_and_the_stub_can_be_had_back(tab, chapter):
    tab.goto(chapter.as_uri())
    area = tab.locator(f"{exercise('26.2')} textarea")
    area.fill("half of it")
    tab.reload()
    assert area.input_value() == "half of it"
    tab.locator(exercise("26.2")).get_by_role("button", name="Start again").click()
    assert area.input_value() == TASKS["26.2"].stub


def test_a_server_with_the_strictest_policy_lets_python_work(browser, chapter):
    with served(chapter.parents[1], STRICT) as address:
        context = browser.new_context()
        tab, troubles = context.new_page(), []
        tab.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
        tab.goto(f"{address}/chapters/{chapter.name}")
        assert "Right." in answered(tab, "26.2", expected("26.2")[-1][0])
        assert "did not come back within 2 s" in answered(tab, "2.5", ENDLESS)
        assert troubles == []
        context.close()


def test_where_python_cannot_start_the_page_says_so(browser, tmp_path):
    file = write_course(tmp_path, ["26.2"])
    (tmp_path / "vendor" / "python.js").unlink()
    with watched_page(browser) as tab:
        tab.goto(file.as_uri())
        said = answered(tab, "26.2", "def decay(x, delta): return x")
        assert said == (
            "Python cannot be started in this page (it is not there). Work on this exercise in JupyterLab."
        )
        assert "ERR_FILE_NOT_FOUND" in tab.trouble.pop()


ANSWER = """(async (at, program) => {
    const here = document.querySelector(at), area = here.querySelector("textarea.snn-program");
    area.value = program;
    area.dispatchEvent(new Event("input"));
    here.querySelector(".snn-verdict").textContent = "";
    here.querySelector(".snn-check").click();
})"""


@pytest.mark.nightly
def test_so_it_is_in_firefox(tmp_path, chapter):
    with firefox(tmp_path) as tab:
        tab.goto(chapter.as_uri())

        def said(id, program):
            tab.evaluate(f"{ANSWER}({exercise(id)!r}, {program!r})")
            verdict = f"document.querySelector({(exercise(id) + ' .snn-verdict')!r}).textContent"
            check = f"document.querySelector({(exercise(id) + ' .snn-check')!r})"
            tab.wait_for(f"{check}.getAttribute('aria-disabled') === 'false' && {verdict}")
            return tab.evaluate(verdict)

        assert "did not come back within 2 s" in said("2.5", ENDLESS)
        for id in PROGRAMS:
            for program, words in expected(id):
                assert as_shown(words) in said(id, program)
        assert tab.troubles == []
