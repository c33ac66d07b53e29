"""The scripts of the panels without a browser: their own tests, and the same answers as Python's."""

import json
import math
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from needs import need
from snnlab_widgets import GOALS
from snnlab_widgets.core.formats import as_code, fill, fixed
from snnlab_widgets.goals.answers import number_spec
from snnlab_widgets.goals.reading import WORDS, read_number
from snnlab_widgets.views import frames, shapes
from tree import ROOT
from widgets.goal_answers import answers, general
from widgets.test_goals import HOSTILE, READ
from widgets.test_panel_formats import FIXED

from snnlab.course.exercises import all_exercises
from snnlab.course.exercises.kinds import Number
from snnlab.course.judging.answers import judge

FOLDER = ROOT / "tests" / "javascript"


def node(*arguments: str | Path, given: str = "") -> subprocess.CompletedProcess[str]:
    """Run node until it ends."""
    program = shutil.which("node")
    need(program, "needs node")
    return subprocess.run(
        [program, *arguments],
        cwd=FOLDER,
        input=given,
        capture_output=True,
        encoding="utf-8",
    )


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.test.js")), ids=lambda file: file.name)
def test_units(file):
    done = node("--test", "--test-reporter=tap", file)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "# fail 0" in done.stdout and "# pass 0" not in done.stdout


# ---- functions that Python has, too ------------------------------------------------------------------------


def plain(value):
    """`value` as JSON, with a name for each number that JSON does not know."""
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(entry) for entry in value]
    if isinstance(value, (float, np.floating)):
        number = float(value)
        names = {math.inf: "Infinity", -math.inf: "-Infinity"}
        return number if math.isfinite(number) else {"number": names.get(number, "NaN")}
    return value.item() if isinstance(value, np.generic) else value


def javascript(name: str, calls) -> list:
    """What the function `name` of the scripts answers to each list of arguments."""
    done = node("answers.js", given=json.dumps([[name, *plain(call)] for call in calls]))
    assert done.returncode == 0, done.stderr
    return json.loads(
        done.stdout, object_hook=lambda entry: float(entry["number"]) if entry.keys() == {"number"} else entry
    )


def test_numbers_are_written_alike():
    rng = np.random.default_rng(5)
    numbers = [value for value, _, _ in FIXED] + [0.0, -0.0, 1.5, -2.5, 1e20, 1e21, -1e300, 5e-324, 0.045]
    numbers += [*(rng.normal(size=300) * 10.0 ** rng.integers(-8, 15, 300))]
    numbers += [*np.round(rng.uniform(-100, 100, 300), 1), *(np.arange(-20, 20) / 8)]
    cases = [(float(x), d, plus) for x in numbers for d in (0, 1, 3) for plus in (False, True)]
    assert javascript("fixed", cases) == [fixed(x, d, plus=plus) for x, d, plus in cases]


def test_sentences_and_code_are_filled_in_alike():
    template, decimals = "{{{a}}} {a:.3f} {a:+.1f} {n} {n|spike|spikes}", {"a": 1, "n": 0}
    cases = [
        (template, {"a": a, "n": n}, decimals) for a, n in ((1.25, 1), (-0.0625, 2), (1e6, 0), (-52.0, 1.0))
    ]
    assert javascript("fill", cases) == [fill(*case) for case in cases]
    assert javascript("asCode", cases) == [as_code(*case) for case in cases]
    text = ("{a}, {n}", {"a": "left {n}", "n": 2}, decimals)
    assert javascript("fill", [text]) == [fill(*text)]


def test_axes_have_the_same_ticks():
    ranges = [(0, 1100, 5), (-72, -42, 4), (0, 0.5, 5), (0, 0.5, 3), (0, 120, 4), (0, 30, 2), (0, 50, 5)]
    ranges += [(-1, 1, 3), (-0.3, 0.3, 4), (1e-6, 7e-6, 5), (0.1, 0.4, 3)]
    for theirs, ends in zip(javascript("ticks", ranges), ranges, strict=True):
        np.testing.assert_allclose(theirs["list"], shapes.ticks(*ends), rtol=1e-12, atol=1e-18)
    tops = [0.0, 1.0, 109.5, 120.0, 121.0, 0.03, 7.2, math.nextafter(5, 6), -3.0, math.nan]
    theirs = javascript("niceTop", [[top] for top in tops])
    np.testing.assert_allclose(theirs, [shapes.nice_top(top) for top in tops], rtol=1e-12)


def test_the_top_of_a_picture_is_the_same():
    lists = [[1.0, 3.0, math.nan], [math.inf, 2.0], [-1.0], []]
    assert javascript("highest", [[each] for each in lists]) == [shapes.highest(each) for each in lists]


def test_a_trace_is_thinned_alike():
    y = np.random.default_rng(6).normal(size=11_000)
    odd = y.copy()
    odd[::5], odd[1::50], odd[300:400] = np.nan, np.inf, np.nan
    for each in (y, odd, y[:1200], y[:1201]):
        (theirs,) = javascript("thin", [[each]])
        for got, mine in zip((theirs["at"], theirs["value"]), frames.thin(each), strict=True):
            np.testing.assert_array_equal(np.array(got, np.float32), mine)


# ---- what is said to an answer -----------------------------------------------------------------------------


def said(verdict) -> tuple[bool, str]:
    """Whether an answer is right and what is said, by Python's verdict or by the page's."""
    if isinstance(verdict, dict):
        return verdict.get("right", False), verdict.get("unread") or verdict["text"]
    return verdict.right, verdict.message


def test_typed_answers_are_read_alike():
    more = ["1.0e", "e5", "--3", "+-3", "5.5.", "3 ms ms", "ms", "∞", "2,5", "1,2,3", "1e-400", "−0", "3 μs"]
    typed = [*HOSTILE, *READ, *more]

    def mine(text: str, unit: str):
        try:
            return read_number(text, unit)
        except ValueError as sentence:
            return {"unread": str(sentence)}

    for unit in ("ms", "µs", ""):
        calls = [(text, unit, WORDS) for text in typed]
        assert javascript("readNumber", calls) == [mine(text, unit) for text in typed]


NUMBERS = {id: task for id, task in all_exercises().items() if isinstance(task, Number)}


@pytest.mark.parametrize("id", NUMBERS)
def test_numbers_are_judged_as_check_judges_them(id):
    """The right answer, every mistake that teachers know, and numbers near the edges of a tolerance."""
    task, rng = NUMBERS[id], np.random.default_rng(5)
    right, wrong = np.asarray(task.solution, float), (mistake.answer for mistake in task.mistakes)
    tried = [right, *(np.asarray(answer, float) for answer in wrong)]
    tried += [right * rng.choice([-1, 0.5, 0.951, 1, 2, 60, 1e-3, 1e7], size=right.shape) for _ in range(60)]
    tried += [right * (1 + rng.uniform(-0.07, 0.07, size=right.shape)) for _ in range(60)]
    tried += [right * (1 + sign * off) for off in (0.01, 0.02, 0.002, 0.05) for sign in (1, -1)]
    tried += [np.full_like(right, x) for x in (0.0, 12.25, 2.125, 1234.5, 99950.0, 0.00012345, -0.03125)]
    mine = [said(judge(task, each.tolist())) for each in tried]
    theirs = javascript("judgeNumbers", [(number_spec(task), each.tolist()) for each in tried])
    assert [said(verdict) for verdict in theirs] == mine
    assert len(set(mine)) >= 1 + len(task.mistakes)


def test_general_mistakes_are_named_alike():
    panel = GOALS["lif-overflow"](engine="kernel")
    tried = [given.given for given in general("lif-overflow")]
    theirs = javascript("judgeNumbers", [(panel.spec["goal"], float(text)) for text in tried])
    assert [said(verdict) for verdict in theirs] == [said(panel.goal.judge(text)) for text in tried]


def test_a_state_of_the_panel_is_judged_alike():
    panel = GOALS["lif-twice"](engine="kernel")
    decimals = {each.name: each.decimals for each in (*panel.controls, *panel.readouts.values())}
    calls, mine = [], []
    for given in answers("lif-twice"):
        panel.reset()
        for name, value in given.values:
            setattr(panel, name, value)
        known = panel.values | {name: getattr(panel.result, name) for name in panel.readouts}
        calls.append((panel.spec["goal"], known, decimals))
        mine.append(said(panel.goal.judge()))
    assert [said(verdict) for verdict in javascript("judgeTarget", calls)] == mine
    assert len(set(mine)) >= 4


def test_a_hidden_neuron_is_judged_alike():
    """With every kind of evidence, and with none."""
    rng, panel = np.random.default_rng(6), GOALS["lif-curtain"](engine="kernel")
    calls, mine = [], []
    for which, neuron in enumerate(panel.spec["goal"]["neurons"]):
        panel.neuron = which
        right = neuron["right"]
        for n_trials in (0, 1, 2, 4):
            panel.injected = np.round(right * rng.uniform(0.6, 1.6, size=n_trials), 3).tolist()
            trials = [{"current": x, "fired": x > right} for x in panel.injected]
            for x in (*right * rng.uniform(0.5, 1.7, size=20), 400.0, -50.0, 15.0):
                calls.append((panel.spec["goal"], neuron, float(f"{x:.4g}"), trials))
                mine.append(said(panel.goal.judge(f"{x:.4g}")))
    assert [said(verdict) for verdict in javascript("judgeHidden", calls)] == mine
    assert {right for right, _ in mine} == {True, False}


def test_drawn_curves_are_judged_alike():
    rng, panel = np.random.default_rng(7), GOALS["lif-predict"](engine="kernel")
    goal = panel.goal.declaration
    truth, x = goal.truth(panel), np.array(goal.points)
    kinds = [truth, 200 * x, np.maximum(0, 300 * (x - 0.15)), 60.0 * (x > 0.1), 0 * x + 34]
    curves = [
        np.clip(np.round(kinds[rng.integers(5)] + rng.normal(0, rng.choice([0, 3, 9]), x.size)), 0, 150)
        for _ in range(150)
    ]
    theirs = javascript("judgeDrawing", [(panel.spec["goal"], curve, truth) for curve in curves])
    mine = [said(panel.goal.judge(curve)) for curve in curves]
    assert [said(verdict) for verdict in theirs] == mine
    assert len({text.split(" Your curve")[0] for _, text in mine}) >= 5
