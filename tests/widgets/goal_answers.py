"""Answers to the goals that ship, as a reader gives them: the right one, and every mistake with a hint."""

from functools import cache
from itertools import combinations, product
from typing import Any, NamedTuple

import numpy as np
from snnlab_widgets import GOALS
from snnlab_widgets.goals import Ask, Identify, Predict, Target

from snnlab.course.exercises.kinds import Facts
from snnlab.course.hidden import Injection
from snnlab.course.judging.diagnose import suspects
from snnlab.data.drawings import drawing_as_text, load_drawings


class Given(NamedTuple):
    """One answer."""

    reason: str
    """The verdict's reason: "right", or the name of the mistake."""
    given: Any = None
    """What is typed or drawn."""
    values: tuple[tuple[str, float], ...] = ()
    """What the controls are set to first."""
    trials: tuple = ()
    """The currents that are injected first, nA."""


def as_typed(answer) -> Any:
    """Numbers as text, to 15 digits; one text or a list of them."""
    return [f"{x:.15g}" for x in np.ravel(answer)] if np.ndim(answer) else f"{float(answer):.15g}"


@cache  # finding them is work, and the tests of a process share it
def answers(name: str) -> list[Given]:
    """The right answer first, then each mistake in the order of its table."""
    panel = GOALS[name](engine="kernel")
    goal = panel.goal.declaration
    match goal:
        case Target():
            return list(_states(panel, goal))
        case Ask():
            task = goal.exercise
            known = [("right", task.solution)] + [(m.name, m.answer) for m in task.mistakes]
            return [Given(reason, as_typed(answer)) for reason, answer in known]
        case Identify():
            return list(_found(goal))
        case Predict():
            return list(_curves(panel, goal))


def general(name: str) -> list[Given]:
    """The mistakes that anybody can make, where the goal asks for numbers."""
    goal = GOALS[name](engine="kernel").goal.declaration
    task = goal.exercise
    right = np.asarray(task.solution, float)
    return [Given(suspect.name, as_typed(suspect.answer)) for suspect in suspects(right, task.unit)]


MANY = 2000  # settings; where there are more, as many as a reader would try come first


def _states(panel, goal):
    """Settings of the controls that may move that reach each verdict, found by trying their steps."""
    moving = [c for c in panel.controls if c.name in goal.only]
    steps = [range(round((c.high - c.low) / c.step) + 1) for c in moving]
    places = list(product(*steps))
    if len(places) > MANY:
        few = [taken[:: max(1, len(taken) // 10)] for taken in steps]
        places = [*product(*few), *places]
    settings = [
        {c.name: round(c.low + k * c.step, 6) for c, k in zip(moving, taken, strict=True)} for taken in places
    ]
    for other in panel.controls:
        if other.name not in goal.only:
            settings = [{other.name: other.low}, {other.name: other.high}, *settings]
    played = panel.spec["play"]
    for name in panel.spec["drawn"]:
        # in a page another drawing takes what is played back to its beginning
        again = {c.name: c.start for c in moving if c.name in played}
        settings = [{name: text} | again for text in drawn_between()] + settings
    wanted = {"right": None, "moved": None, **{miss.name: None for miss in goal.misses}, "otherwise": None}
    for values in settings:
        panel.reset()
        for key, value in values.items():
            setattr(panel, key, value)
        reason = panel.goal.judge().reason
        if wanted[reason] is None:
            wanted[reason] = values
            if None not in wanted.values():
                break
    # in a page another slider takes what is played back to its beginning, so that it is moved last
    return [
        Given(reason, values=tuple(sorted(values.items(), key=lambda named: named[0] in played)))
        for reason, values in wanted.items()
    ]


def drawn_between():
    """An empty drawing, a fast zigzag, and drawings from one of the ten digits to another, point by point."""
    yield ""
    yield drawing_as_text([np.column_stack([np.linspace(0, 1000, 41), np.resize([100, 900], 41)])])
    digits = [resampled(np.concatenate(strokes)) for strokes in load_drawings()]
    for one, other in combinations(range(10), 2):
        for share in np.linspace(0, 1, 9):
            yield drawing_as_text([(1 - share) * digits[one] + share * digits[other]])


def resampled(path, n=60):
    """The same path with so many points, evenly along it."""
    far = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
    at = np.linspace(0, far[-1], n)
    return np.column_stack([np.interp(at, far, side) for side in path.T])


def _found(goal):
    neuron = goal.exercise.draw(goal.seeds[0])
    right = goal.exercise.solution(Facts(neuron, ()))
    rheobase = right if goal.exercise.evidence is None else (neuron.v_th - neuron.v_rest) / neuron.r_m
    currents = tuple(round(factor * rheobase, 3) for factor in (0.7, 1.8, 1.4))
    facts = Facts(neuron, tuple(Injection(x, goal.duration, x > rheobase) for x in currents))
    yield Given("right", as_typed(right), trials=currents)
    for mistake in goal.exercise.mistakes:
        answer = mistake.answer(facts)
        # the page's trials are long enough not to mislead
        if abs(answer / right - 1) > goal.exercise.tolerance:
            yield Given(mistake.name, as_typed(answer), trials=currents)


def _curves(panel, goal):
    truth = goal.truth(panel)
    grid = np.round(truth / goal.step) * goal.step
    yield Given("right", grid.tolist())
    for mistake in goal.drawn:
        if mistake.curve:
            curve = np.array(mistake.curve)
            height = 0.7 * goal.top / curve.max()
            drawn = np.round(height * curve)
        else:
            drawn = grid.copy()
            for x, low, high in mistake.where:
                drawn[goal.points.index(x)] = round((low + high) / 3)
            drawn[-3:] = goal.top
        yield Given(mistake.name, drawn.tolist())
    yield Given("otherwise", [0.0] * len(truth))
