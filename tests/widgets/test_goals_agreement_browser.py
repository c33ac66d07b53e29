"""Goals in Chromium say what Python says, to typical, random and hostile answers."""

import json

import numpy as np
import pytest
from covering import covering
from snnlab_widgets import GOALS, lif_panel
from snnlab_widgets.goals import Ask
from widgets.goal_answers import answers, general
from widgets.goal_page import give, said
from widgets.panel_page import PANEL, opened
from widgets.test_goals import HOSTILE, READ, asked

from snnlab.course.exercises import find

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", covering(GOALS))
def test_page_and_python_say_the_same(tab, goal_files, name):
    for k, given in enumerate(answers(name)):
        opened(tab, goal_files[name])
        tab.evaluate("localStorage.clear()")
        give(tab, given)
        assert said(tab) == asked(name, given).goal.say(given.given), given
        assert tab.locator(".snn-verdict").get_attribute("data-kind") == ("wrong" if k else "right")
        kept = json.loads(tab.evaluate("localStorage.getItem('snnlab-progress')"))
        assert kept == {"snnlab": 1, "goals": {name: {"tries": 1, "solved": k == 0}}}
        assert tab.locator(".snn-goal > .snn-tally").inner_text() == ("1 try" if k else "1 try, solved")


def in_page(tab, texts):
    """What the page says to typed answers, without a hand on the keys."""
    return tab.evaluate(
        f"""texts => {{
            const {{ goal }} = {PANEL};
            return texts.map(row => {{
                goal.inputs.forEach((input, k) => {{ input.value = row[k]; }});
                const verdict = goal.judge();
                return verdict.unread ?? (verdict.right ? "" : goal.spec.begin) + verdict.text;
            }});
        }}""",
        texts,
    )


def test_typed_answers_are_read_alike(tab, goal_files):
    opened(tab, goal_files["lif-overflow"])
    typed = [
        *HOSTILE,
        *READ,
        "1.0e",
        "e5",
        "--3",
        "+-3",
        "5.5.",
        "3 ms ms",
        "ms",
        "∞",
        "2,5",
        "1,2,3",
        "1e-400",
        "−0",
    ]
    goal = GOALS["lif-overflow"](engine="kernel").goal
    assert in_page(tab, [[text] for text in typed]) == [goal.say(text) for text in typed]


def test_random_and_general_answers_are_judged_alike(tab, tmp_path):
    """One number and two, also near the edges of a tolerance and at ties of rounding."""
    rng = np.random.default_rng(5)
    two = Ask(name="two", question="Which?", exercise=find("2.3"), labels=("a", "b"))
    for panel in (GOALS["lif-overflow"](), lif_panel(goal=two)):
        panel.save(tmp_path / "panel.html")
        opened(tab, tmp_path / "panel.html")
        right = np.ravel(panel.goal.declaration.exercise.solution)
        shape = (400, right.size)
        tried = [*(right * rng.choice([-1, 0.5, 0.951, 1, 2, 60, 1e-3, 1e7], size=shape))]
        tried += [*(right * (1 + rng.uniform(-0.07, 0.07, size=shape)))]
        tried += [right * (1 + sign * off) for off in (0.01, 0.02, 0.002, 0.05) for sign in (1, -1)]
        tried += [np.full(right.size, x) for x in (0.0, 12.25, 2.125, 1234.5, 99950.0, 0.00012345, -0.03125)]
        texts = [[repr(float(x)) for x in row] for row in tried]
        if right.size == 1:
            texts += [[given.given] for given in general("lif-overflow")]
        assert in_page(tab, texts) == [panel.goal.say(row) for row in texts]


def test_a_hidden_neuron_is_judged_alike(tab, goal_files):
    opened(tab, goal_files["lif-curtain"])
    rng, panel = np.random.default_rng(6), GOALS["lif-curtain"](engine="kernel")
    for which in range(5):
        panel.neuron = which
        right = panel.spec["goal"]["neurons"][which]["right"]
        for n_trials in (0, 1, 2, 4):
            panel.injected = np.round(right * rng.uniform(0.6, 1.6, size=n_trials), 3).tolist()
            tab.evaluate(
                f"""([which, trials]) => {{ const {{ goal }} = {PANEL}; goal.which = which;
                goal.trials = trials.map(([current, fired]) => ({{ current, fired }})); }}""",
                [which, [[x, x > right] for x in panel.injected]],
            )
            texts = [f"{x:.4g}" for x in right * rng.uniform(0.5, 1.7, size=20)] + [
                "0.4 nA",
                "400",
                "-50",
                "15",
            ]
            assert in_page(tab, [[text] for text in texts]) == [panel.goal.say(x) for x in texts]


def test_random_curves_are_judged_alike(tab, goal_files):
    opened(tab, goal_files["lif-predict"])
    rng, panel = np.random.default_rng(7), GOALS["lif-predict"](engine="kernel")
    goal = panel.goal.declaration
    truth, x = goal.truth(panel), np.array(goal.points)
    curves = []
    for _ in range(150):
        base = [truth, 200 * x, np.maximum(0, 300 * (x - 0.15)), 60.0 * (x > 0.1), 0 * x + 34][
            rng.integers(5)
        ]
        curves.append(np.clip(np.round(base + rng.normal(0, rng.choice([0, 3, 9]), x.size)), 0, 150))
    page_says = tab.evaluate(
        f"""curves => {{ const {{ goal }} = {PANEL};
        return curves.map(drawn => {{ goal.drawn = drawn;
            const verdict = goal.judge(); return verdict.unread ?? verdict.text; }}); }}""",
        [curve.tolist() for curve in curves],
    )
    python_says = [panel.goal.say(curve) for curve in curves]
    assert page_says == python_says
    assert len({text.split(" Your curve")[0] for text in python_says}) >= 5
