"""Programs in the page of a class: they are tried there, and what runs there runs when it is marked."""

import inspect
import itertools
import math
import re

import numpy as np
import pytest
from classroom.forms import forms_of, seed_of
from classroom.plain_programs import PROGRAMS
from classroom.test_pages import PARTS, page_of, variants
from firefox import firefox
from widgets.page_python import tried_in_page
from widgets.test_javascript_units import javascript

from snnlab.course.classroom.handout.form import describe_form
from snnlab.course.classroom.handout.pages import student_page
from snnlab.course.exercises.kinds import Function
from snnlab.course.other_process.worker import run_cases

FUNCTIONS = {
    (name, id): one
    for name, part in PARTS.items()
    for one in part.exercises
    if one.kind == "function"
    for id in forms_of(one)
}
FEW = ("part1", "potential")


def as_text(function) -> str:
    return inspect.getsource(function)


def arguments_of(page: str, grade_id: str) -> str:
    """What the page proposes to call the program with."""
    return re.search(rf'<textarea id="{grade_id}-given"[^>]*>\n(.*?)</textarea>', page, re.S)[1]


def test_every_program_of_a_class_has_a_plain_one():
    assert set(FUNCTIONS) <= set(PROGRAMS)


def given(name, id):
    """The exercise, the numbers of a student who has this form, and their page."""
    exercise, seed = FUNCTIONS[name, id], seed_of(name, id)
    return exercise, variants(PARTS[name], seed)[exercise.grade_id], page_of(name, seed=seed)


@pytest.mark.parametrize(("name", "id"), FUNCTIONS)
def test_a_plain_program_comes_to_the_same_in_the_page_and_is_right_when_it_is_marked(name, id):
    exercise, own, page = given(name, id)
    task, program = exercise.build(own), as_text(PROGRAMS[name, id])
    assert isinstance(task, Function)
    proposed = arguments_of(page, exercise.grade_id)
    ran = tried_in_page(task.variable, program, proposed, exercise.given(own))
    (outcome,) = ran["outcomes"]
    np.testing.assert_allclose(eval(outcome["shown"]), task.solution(*task.example()), rtol=1e-7)
    names = {"math": math, "np": np, **{key: value for key, value in own.items() if key[0] != "_"}}
    exec(program, names)
    marked = exercise.compare(own, run_cases(names[task.variable], exercise.cases(own)))
    assert marked.reason == "right"


@pytest.mark.parametrize(("name", "id"), FUNCTIONS)
def test_the_page_tells_no_result(name, id):
    exercise, own, page = given(name, id)
    task = exercise.build(own)
    for case in [task.example(), *exercise.cases(own)]:
        right = np.asarray(task.solution(*case), float)
        told = f"{right:.5g}" if right.ndim == 0 else ", ".join(map(str, right.ravel()))
        if right.ndim == 0 or right.size > 2:  # one of the arguments' own numbers tells nothing
            assert told not in page


ROWS = [
    ("len(a), a[0], a[-1], 2.0 in a, 9.0 in a", "(3, 1.0, 3.0, True, False)"),
    ("a[1:], a[:0], len(a[-2:])", "([2.0, 3.0], [], 2)"),
    ("sum(a), max(a), min(a), sorted(a)[0]", "(6.0, 3.0, 1.0, 1.0)"),
    ("[x for x in a if x < 2.5]", "[1.0, 2.0]"),
    ("list(zip(a, a[1:])), [k for k, x in enumerate(a)]", "([(1.0, 2.0), (2.0, 3.0)], [0, 1, 2])"),
    ("list(a) + [4.0], list(reversed(a))", "([1.0, 2.0, 3.0, 4.0], [3.0, 2.0, 1.0])"),
]
NOT_BOTH = [  # what runs with a list and not with an array, or the other way round
    "1 if a else 0", "a == []", "a + [1.0]", "a < 2.0", "a.append(4.0)", "a * 2", "a.index(2.0)", "not a",
    "a.sum()",
]  # fmt: skip


@pytest.mark.parametrize(("expression", "shown"), ROWS)
def test_a_row_does_what_lists_and_arrays_do(expression, shown):
    ran = tried_in_page("f", f"def f(a):\n    return {expression}\n", "[1.0, 2.0, 3.0]")
    (outcome,) = ran["outcomes"]
    assert outcome["shown"] == shown
    numbers = [1.0, 2.0, 3.0]
    with_list, with_array = (eval(expression, {"a": a}) for a in (numbers, np.array(numbers)))
    assert repr(with_list) == shown
    assert flat(with_array) == flat(with_list)


def flat(result) -> list[float]:
    """The numbers of a result, however they are held."""
    if isinstance(result, (list, tuple, np.ndarray)):
        return list(itertools.chain.from_iterable(map(flat, result)))
    return [float(result)]


@pytest.mark.parametrize("expression", NOT_BOTH)
def test_a_row_refuses_what_only_one_of_them_does(expression):
    ran = tried_in_page("f", f"def f(a):\n    return {expression}\n", "[1.0, 2.0, 3.0]")
    assert ran["outcomes"][0]["kind"] == "error"


def test_matrices_and_neurons_come_in():
    program = "def f(a, n):\n    return [sum(row) * n.tau_m for row in a], a[1][0], a[1:][0][1]\n"
    ran = tried_in_page(
        "f", program, "[[1.0, 2.0], [3.0, 4.0]], LIF(tau_m=10.0)", named={"LIF": {"tau_m": 20.0}}
    )
    assert ran["outcomes"][0]["shown"] == "([30.0, 70.0], 3.0, 4.0)"
    assert (
        tried_in_page("f", "def f(a):\n    return 1 if a[0] else 0", "[[1.0]]")["outcomes"][0]["kind"]
        == "error"
    )


def test_forms_have_the_words_of_the_notebook():
    shapes = [(), (0,), (1,), (2,), (6,), (7,), (-1,), (2, 3), (-1, 3), (4, 1, 2)]
    calls = [(shape, unit) for shape in shapes for unit in ("", "ms")]
    assert javascript("formInWords", calls) == [describe_form(*call) for call in calls]


def test_without_a_python_for_pages_the_page_says_so(monkeypatch):
    monkeypatch.setattr("snnlab.course.classroom.handout.pages.tryout_script", lambda: "")
    page = student_page(PARTS["part1"], variants(PARTS["part1"]), "ada", "Ada", "token")
    assert "Python, which this page cannot try." in page and "data-tryout" not in page
    assert len(page) < 40_000 and "wasm" not in page


# ---- in a browser ----------------------------------------------------------------------------------------


PART, EXERCISE = FEW
HEAD = "def potential(t, own, arrivals, w):\n    "
TRIALS = [
    (HEAD + "return ...", "Not started yet. Replace the dots of potential and try"),
    (HEAD + "return own + [1]", "Your function stops in the line return own + [1]: TypeError"),
    ("import numpy\n\n" + HEAD + "return 0.0", "no module named 'numpy'. There is no NumPy"),
    ("def potential(t):\n    return t", "Your function could not be called (TypeError"),
    (HEAD + "return", "Your function returns nothing. Does it end with return?"),
    (
        HEAD + "return [t, w]",
        "It returns [20.0, 3.0]. The form is not right yet: this is two numbers, and wanted is one number",
    ),
    (HEAD + "while True: pass", "Your function did not come back within 2 s and was stopped."),
    (
        HEAD + "return float('nan')",
        "It returns nan. That is not a number (nan), and wanted is one number in mV.",
    ),
    (
        HEAD + "return t * depth",
        "One number in mV: the form is right. Whether it is right you learn when it is marked.",
    ),
]


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    file = tmp_path_factory.mktemp("class") / "part.html"
    file.write_text(page_of(PART), encoding="utf-8")
    return file


@pytest.fixture
def tab(browser, page):
    """The page in a tab that writes down what goes wrong."""
    context = browser.new_context()
    tab, troubles = context.new_page(), []
    tab.on("console", lambda said: troubles.append(said.text))
    tab.on("pageerror", lambda error: troubles.append(str(error)))
    tab.goto(page.as_uri())
    yield tab
    assert troubles == []
    context.close()


def tried(tab, program: str) -> str:
    here = tab.locator(f"#{EXERCISE}")
    here.locator("textarea[name]").fill(program)
    here.get_by_role("button", name="Try").click()
    said = here.locator(".tryout [role=status]")
    said.get_by_text("Python is at work.").wait_for(state="detached")
    said.filter(has_text=re.compile(r"\w")).wait_for()
    return said.inner_text()


@pytest.mark.browser
@pytest.mark.parametrize(("program", "words"), TRIALS, ids=[words[:24] for _, words in TRIALS])
def test_what_becomes_of_a_program_is_said(tab, program, words):
    assert words in tried(tab, program)


@pytest.mark.browser
def test_a_student_finds_the_slip_in_the_page_alone(tab):
    """Print, a line that is marked, other arguments, and a file to hand in at the end."""
    here = tab.locator(f"#{EXERCISE}")
    assert "ZeroDivisionError" in tried(
        tab, "print('here')\n\ndef potential(t, own, arrivals, w):\n    return t / 0"
    )
    assert here.locator(".tryout pre").inner_text().strip() == "here"
    mark, area = here.locator(".snn-marked").bounding_box(), here.locator("textarea[name]").bounding_box()
    assert mark["y"] - area["y"] == pytest.approx(1 + 8 + 3 * 22, abs=1)
    program = as_text(PROGRAMS[FEW])
    assert "the form is right" in tried(tab, program)
    here.get_by_label("you may change it").fill("20.0, [], [], 3.0")
    own = variants(PARTS[PART])[EXERCISE]
    assert tried(tab, program) == f"It returns {own['u_rest']}."
    here.get_by_label("you may change it").fill("20.0, [")
    assert tried(tab, program).startswith("The arguments cannot be read: SyntaxError")
    with tab.expect_download():
        tab.get_by_role("button", name="Hand in").click()


@pytest.mark.browser
def test_the_field_indents_and_lets_the_keyboard_out(tab):
    area = tab.locator(f"#{EXERCISE} textarea[name]")
    area.fill("")
    area.press_sequentially("def f(x):")
    area.press("Enter")
    area.press_sequentially("return x")
    assert area.input_value() == "def f(x):\n    return x"
    tab.reload()
    assert area.input_value() == "def f(x):\n    return x"
    area.press("Escape")
    assert (
        tab
        .locator(f"#{EXERCISE}")
        .get_by_role("button", name="Try")
        .evaluate("button => button === document.activeElement")
    )


FIREFOX = """(program => {
    const here = document.querySelector("#potential");
    here.querySelector("textarea[name]").value = program;
    here.querySelector("[role=status]").textContent = "";
    here.querySelector(".tryout button").click();
})"""


@pytest.mark.browser
def test_so_it_is_in_firefox(tmp_path, page):
    said = "document.querySelector('#potential .tryout [role=status]').textContent"
    with firefox(tmp_path) as tab:
        tab.goto(page.as_uri())
        for program, words in TRIALS[:2] + TRIALS[-3:]:
            tab.evaluate(f"{FIREFOX}({program!r})")
            tab.wait_for(f"{said} && {said} !== 'Python is at work.'")
            assert words in tab.evaluate(said)
        assert tab.troubles == []
