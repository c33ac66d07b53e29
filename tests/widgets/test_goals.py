"""Goals in Python: each answer gets its own sentence, so does what is no answer; nothing is given away."""

import re
from dataclasses import replace

import numpy as np
import pytest
from covering import covering
from snnlab_widgets import GOALS, PANELS, Panel, lif_panel, poisson_panel
from snnlab_widgets.goals import Ask, Drawn, Identify, Miss, Predict, Target
from snnlab_widgets.goals.reading import read_number
from snnlab_widgets.pages import page
from widgets.goal_answers import answers, general

from snnlab.course.exercises import all_exercises, find
from snnlab.course.judging.answers import judge

WORDS = {"otherwise": "x.", "next_step": "y."}


def asked(name, given, panel=None):
    """A panel after what comes before an answer."""
    panel = panel or GOALS[name](engine="kernel")
    for key, value in given.values:
        setattr(panel, key, value)
    if given.trials:
        panel.injected = list(given.trials)
    return panel


@pytest.mark.parametrize("name", GOALS)
def test_each_answer_gets_its_own_verdict(name):
    """One test a goal, so that a run that leaves this file out need not find the answers."""
    for given in answers(name):
        panel = asked(name, given)
        verdict = panel.goal.judge(given.given)
        assert verdict.reason == given.reason and verdict.right == (given.reason == "right")
        assert panel.tries == 0
        said = panel.goal.answer(given.given)
        assert said.endswith(verdict.message) and panel.tries == 1
        assert panel.solved == panel.goal.solved == verdict.right
        assert re.match(r"(Right\. |Not yet\. )?[\[\w−]", said) and said[-1] in ".?" and "{" not in said


@pytest.mark.parametrize("name", GOALS)
def test_a_goal_has_mistakes_with_distinct_hints(name):
    said = [asked(name, given).goal.say(given.given) for given in answers(name)]
    assert len(said) >= 4 and len(set(said)) == len(said)


def test_general_mistakes_are_named():
    """Unless the exercise has a hint of its own, or two of them are the same number."""
    panel, same = GOALS["lif-overflow"](engine="kernel"), {"sign": "upside down", "cut": "rounded"}
    for given in general("lif-overflow"):
        reason = panel.goal.judge(given.given).reason
        # to one or two decimals it is right
        assert reason in (given.reason, same.get(given.reason)) or (given.reason, reason) == (
            "rounded",
            "right",
        )


@pytest.mark.parametrize("id", ["2.1", "2.3"])
def test_a_number_is_judged_as_check_judges_it(id):
    task = find(id)
    panel = lif_panel(engine="kernel", goal=Ask(name="x", question="?", exercise=task))
    rng = np.random.default_rng(2)
    for _ in range(50):
        wrong = task.solution * rng.choice([-1, 0.5, 0.97, 1.01, 2, 60], size=np.shape(task.solution))
        typed = [repr(float(x)) for x in np.ravel(wrong)]
        assert panel.goal.judge(typed) == judge(task, wrong if np.ndim(wrong) else float(wrong))


def test_what_a_page_shows_as_it_is_written_has_no_markdown():
    """Titles and names of fields; a statement is rendered, and of a verdict the code between ticks."""
    for id, task in all_exercises().items():
        for words in (task.title, task.unit, *getattr(task, "labels", ())):
            assert not re.search(r"`|\$|\*\*|\]\(", words), (id, words)


HOSTILE = {
    "": "Type a number first.",
    "   ": "Type a number first.",
    "about 27": "“about 27” is not a number: write it in digits, as in 0.25.",
    "NaN": "“NaN” is not a number that can be compared.",
    "-Infinity": "“-Infinity” is not a number that can be compared.",
    "1e400": "1e400 is larger than any number that a computer keeps.",
    "27,5": "Write the decimals with a point: 27.5, not 27,5.",
    "−,5 ms": "Write the decimals with a point: -0.5, not -,5.",
    "27.5 s": "The answer is wanted in ms: write the number alone, without “s”.",
    "27.5.1": "“27.5.1” is not a number: write it in digits, as in 0.25.",
    "1,000.5": "“1,000.5” is not a number: write it in digits, as in 0.25.",
    "٢٧": "“٢٧” is not a number: write it in digits, as in 0.25.",
    "<img src=x>": "“<img src=x>” is not a number: write it in digits, as in 0.25.",
    "x" * 99: "“xxxxxxxxxxxxxxxxxxxxxxxx…” is not a number: write it in digits, as in 0.25.",
    "9" * 200 + " x": "The answer is wanted in ms: write the number alone, without “x”.",
    "1__0": "“1__0” is not a number: write it in digits, as in 0.25.",
}
READ = {
    "27.5": 27.5,
    " 27.5 ms ": 27.5,
    "−27.5": -27.5,
    "–27.5ms": -27.5,
    "+.5": 0.5,
    "2.75e1": 27.5,
    "5.": 5.0,
}


@pytest.mark.parametrize(("typed", "said"), HOSTILE.items(), ids=range(len(HOSTILE)))
def test_what_is_no_answer_gets_one_sentence_and_is_no_try(typed, said):
    panel = GOALS["lif-overflow"](engine="kernel")
    assert panel.goal.answer(typed) == said
    assert panel.tries == 0 and not panel.solved


@pytest.mark.parametrize(("typed", "value"), READ.items())
def test_what_is_meant_is_read(typed, value):
    assert read_number(typed, "ms") == value


def test_a_micro_is_a_micro_in_both_of_its_characters():
    assert read_number("3 \u03bcA", "\u00b5A") == read_number("3 \u00b5A", "\u00b5A") == 3


def test_the_traits_can_be_observed():
    panel, seen = GOALS["lif-overflow"](), []
    panel.observe(lambda change: seen.append((change["name"], change["new"])), ["tries", "solved"])
    panel.goal.answer("18")
    panel.goal.answer("27.5")
    panel.goal.answer("18")
    assert seen == [("tries", 1), ("tries", 2), ("solved", True), ("tries", 3)]
    assert repr(panel.goal) == "<goal lif-overflow: solved, 3 tries>"


def test_another_hidden_neuron_has_other_numbers():
    panel = GOALS["lif-curtain"](engine="kernel")
    panel.current = 0.3
    counts, rheobases = [], []
    for which in range(5):
        panel.injected = [0.3]
        panel.neuron = which
        assert panel.neuron == 0 or panel.injected == []
        sheet = panel.spec["goal"]["neurons"][which]
        counts.append(panel.result.n)
        rheobases.append(sheet["right"])
        assert panel.goal.judge(f"{sheet['right']}").right
    assert len(set(rheobases)) == 5 and len(set(counts)) >= 3
    for n, rheobase in zip(counts, rheobases, strict=True):
        assert (n > 0) == (rheobase < 0.3)


def test_a_curve_needs_three_points():
    panel = GOALS["lif-predict"](engine="kernel")
    goal = panel.goal.declaration
    flat = [goal.start(goal.truth(panel))] * len(goal.points)
    assert panel.goal.answer([0.0, 0.0, *flat[2:]]) == "Draw first: move at least 3 of the points."
    assert panel.tries == 0
    with pytest.raises(ValueError, match="a curve must have 10 numbers"):
        panel.goal.answer([1.0, 2.0])
    with pytest.raises(ValueError, match="a curve must have 10 numbers"):
        panel.goal.answer([float("nan")] * 10)


def test_the_score_is_the_mean_distance():
    panel = GOALS["lif-predict"](engine="kernel")
    truth = panel.goal.declaration.truth(panel)
    assert "Your curve is 0.0 Hz off on average" in panel.goal.say(truth)
    assert "Your curve is 9.0 Hz off on average, most at 0.05 nA: 9 drawn, 0 in truth." in panel.goal.say(
        truth + 9
    )


# ---- what does not fit is refused -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("goal", "words"),
    [
        (lambda: Target(name="A b", question="?", reach={}, **WORDS), "name must be of small letters"),
        (lambda: Target(name="a", question="?", reach={"speed": (1, 2)}, **WORDS), "asks for speed"),
        (lambda: Target(name="a", question="?", reach={}, only=("speed",), **WORDS), "moves speed"),
        (
            lambda: Target(name="a", question="?", reach={}, otherwise="{speed}", next_step="y."),
            "'{speed}' asks for speed, which is no control and no read-out",
        ),
        (
            lambda: Target(
                name="a", question="?", reach={}, misses=(Miss("m", {"w": (0, 1)}, "h."),), **WORDS
            ),
            "asks for w",
        ),
        (
            lambda: Ask(name="a", question="?", exercise=replace(find("2.3"), labels=("one",))),
            "exercise 2.3 must have a label for each number",
        ),
        (
            lambda: Predict(name="a", question="?", view=0, points=(0.1,), given=0, top=1.0, next_step="y."),
            "draws view 0, which is no Curve",
        ),
        (
            lambda: Predict(
                name="a", question="?", view=1, points=(0.1,), given=0, top=1.0, next_step="y.",
                drawn=(Drawn("m", "h.", curve=(1.0, 2.0)),),
            ),
            "must have 1 values",
        ),
        (lambda: Identify(name="a", question="?", exercise=find("2.4")), "make them constants"),
    ],
)  # fmt: skip
def test_a_goal_that_does_not_fit_is_refused(goal, words):
    with pytest.raises(ValueError, match=words):
        lif_panel(engine="kernel", goal=goal())


@pytest.mark.parametrize("unit", ["{nA}", "{{nA}}"])
def test_a_control_that_should_have_stayed_is_named_with_its_own_words(unit):
    """Braces too, which are fields in a hint."""
    goal = Target(name="a", question="?", reach={"rate": (1, 2)}, only=("v_th",), **WORDS)
    lif = lif_panel(engine="kernel")
    controls = [c._replace(unit=unit) if c.name == "current" else c for c in lif.controls]
    panel = Panel(
        "x", title="x", question="?", controls=controls, views=[], readouts=[lif.readouts["rate"]],
        sentence="", headline="rate", compute=lambda **_: {"rate": 1.5}, goal=goal,
    )  # fmt: skip
    (current,) = (c for c in controls if c.name == "current")
    panel.current = current.start + 0.2
    back = current.text(current.start)
    assert back.endswith(f" {unit}")
    said = f"{current.label} has moved, and it should stay: put it back to {back}."
    assert panel.goal.judge().message == said


def test_controls_do_not_collide_with_the_traits_of_a_goal():
    goal = Target(name="a", question="?", reach={"rate": (1, 2)}, **WORDS)
    assert lif_panel(engine="kernel", goal=goal).tries == 0
    lif = lif_panel(engine="kernel")
    with pytest.raises(ValueError, match="cannot be called tries"):
        Panel(
            "x", title="x", question="?", controls=[lif.controls[0]._replace(name="tries")], views=[],
            readouts=[lif.readouts["rate"]], sentence="", headline="rate", compute=dict, goal=goal,
        )  # fmt: skip


# ---- pages -------------------------------------------------------------------------------------------------


def test_goal_code_travels_only_with_a_goal():
    assert "GOALS.target" not in page.library() and "GOALS.target" in page.library(goals=True)
    assert ".snn-goal" not in page.library() and ".snn-goal" in page.library(goals=True)
    assert "GOALS.target" in page.esm() and ".snn-goal" in page.css()
    for name, make in GOALS.items():
        panel = make()
        if panel.name in PANELS:  # what a goal adds to the panel that it is about, at the same values
            plain = PANELS[panel.name](**panel.values)
            assert len(page.document(panel)) - len(page.document(plain)) < 12_000, name


def test_panels_with_goals_share_their_library(monkeypatch):
    monkeypatch.setenv("SNNLAB_STATIC", "1")
    monkeypatch.setattr(page, "_sent", set())
    makers = (lif_panel, GOALS["lif-twice"], poisson_panel, GOALS["lif-predict"])
    blocks = [make()._repr_mimebundle_()["text/html"] for make in makers]
    assert [block.count("function mountAll") for block in blocks] == [1, 0, 0, 0]
    assert ["GOALS.target" in block for block in blocks] == [True, False, False, False]
    assert [block.count("<style>") for block in blocks] == [1, 0, 0, 0]


@pytest.mark.parametrize("name", GOALS)
def test_the_visible_page_does_not_give_the_answer_away(name):
    panel = GOALS[name]()
    shown = re.sub(r"<style>.*?</style>", "", page.block(panel, None), flags=re.DOTALL)
    goal = panel.goal.declaration
    assert panel.question == goal.question and panel.question in shown.replace("&#x27;", "'")
    if isinstance(goal, Ask | Identify):
        words = re.sub(r"<svg.*?</svg>", "", shown)
        for right in np.ravel(answers(name)[0].given).astype(float):
            assert not re.search(rf"\b({right:.3g}|{right:.2g})\b", words)
    if isinstance(goal, Predict):
        still = page.pictures(panel)[goal.view][0]
        assert max(len(line) for shape in still if hasattr(shape, "lines") for line in shape.lines) <= 2


@pytest.mark.parametrize("name", covering(GOALS))
def test_all_forms_of_a_panel_with_a_goal(name, monkeypatch):
    monkeypatch.delenv("SNNLAB_STATIC", raising=False)
    bundle = GOALS[name]()._repr_mimebundle_()
    assert set(bundle) == {"application/vnd.jupyter.widget-view+json", "text/html", "image/png", "text/plain"}
