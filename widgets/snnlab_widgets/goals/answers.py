"""Goals that are exercises of the course: a number to answer, a hidden neuron to identify."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import traitlets

from snnlab.course.exercises.kinds import Facts, Hidden, Number
from snnlab.course.hidden import Injection
from snnlab.course.judging.answers import EVIDENCE, ONE_OFF, SOME_OFF, SOME_WRONG, judge, needs
from snnlab.course.judging.verdict import Verdict
from snnlab_widgets.goals.base import UNREAD, Goal, Task, in_page
from snnlab_widgets.goals.reading import WORDS, read_number
from snnlab_widgets.pages.panel_face import PanelFace

__all__ = ["Ask", "Identify", "number_spec"]


def _read(given: Any, unit: str) -> list[float]:
    """What was typed into one or more fields, as numbers."""
    fields = [given] if isinstance(given, str) or not isinstance(given, Sequence) else given
    return [read_number(text if isinstance(text, str) else repr(text), unit) for text in fields]


def number_spec(task: Number) -> dict[str, Any]:
    """What a page has to know to judge a number or an array as `check` does, as JSON.

    Parameters
    ----------
    task : Number
        The exercise.

    Examples
    --------
    >>> from snnlab.course.exercises import find
    >>> number_spec(find("2.1"))["unit"]
    'ms'
    """
    answers = [(np.asarray(mistake.answer, float), mistake.hint) for mistake in task.mistakes]
    return {
        "unit": task.unit,
        "labels": task.labels,
        "right": np.asarray(task.solution, float).tolist(),
        "tolerance": task.tolerance,
        "choices": task.choices,
        "says": f"Right. {task.next_step}",
        "wrong": [[answer.tolist(), hint] for answer, hint in answers if np.isfinite(answer).all()],
        "off": [ONE_OFF, SOME_WRONG if task.choices else SOME_OFF],
        "words": WORDS,
    }


@dataclass(frozen=True, kw_only=True)
class Ask(Goal):
    """Numbers are to be answered, those of an exercise that `snnlab.course.check` judges.

    Attributes
    ----------
    exercise : Number
        The exercise with its solution, tolerance and table of mistakes. Its title and its statement are
        question and text where no question is given; a text of the page's own may stand for the statement.

    Examples
    --------
    >>> from snnlab.course.exercises import find
    >>> from snnlab_widgets import lif_panel
    >>> goal = Ask(name="doubled", question="Twice as fast?", exercise=find("2.3"))
    >>> print(lif_panel(goal=goal).goal.answer(["0.4", "2"]))  # doctest: +ELLIPSIS
    Not yet. Twice the current is not twice the rate...
    """

    kind: ClassVar[str] = "ask"

    question: str = ""
    exercise: Number

    def __post_init__(self) -> None:
        if not self.question:
            object.__setattr__(self, "question", self.exercise.title)  # of a frozen declaration
            object.__setattr__(self, "text", self.text or in_page(self.exercise.statement))
        super().__post_init__()
        labels = self.exercise.labels
        if len(labels) != np.size(self.exercise.solution):
            raise ValueError(f"exercise {self.exercise.id} must have a label for each number, got {labels}")

    def spec(self, panel: PanelFace) -> dict[str, Any]:
        """As `Goal.spec`, with what `number_spec` says of the exercise."""
        stated = self.text == in_page(self.exercise.statement)  # a chapter has said it above
        return super().spec(panel) | number_spec(self.exercise) | {"stated": stated}

    def judge(self, panel: PanelFace, given: Any) -> Verdict:
        """What is said to `given`, a text or (several fields) a list of texts."""
        try:
            numbers = _read(given, self.exercise.unit)
        except ValueError as sentence:
            return Verdict(False, UNREAD, str(sentence))
        return judge(self.exercise, numbers if np.ndim(self.exercise.solution) else numbers[0])


@dataclass(frozen=True, kw_only=True)
class Identify(Goal):
    """A number of a hidden neuron is to be found by injecting a limited number of currents.

    The panel's kernel simulates the neuron; its hidden numbers are constants of the panel, one set a seed.
    The figure changes only when the reader injects.

    Attributes
    ----------
    exercise : Hidden
        The exercise with its draw, solution, tolerance, trials and table of mistakes.
    seeds : tuple of int
        The neurons that can be had, one after the other.
    current, fired : str
        The control that is injected (nA) and the read-out that is 0 while the neuron is silent.
    duration : float
        How long a trial is, ms.
    log : str
        One trial in words, in the format language of `snnlab_widgets.core.formats`.
    label : str
        What the answer is.
    """

    kind: ClassVar[str] = "identify"

    exercise: Hidden
    seeds: tuple[int, ...] = (1, 2, 3, 4, 5)
    current: str = "current"
    fired: str = "n"
    duration: float = 1000.0
    log: str = "{current} nA: {n} {n|spike|spikes}"
    label: str = "Answer"

    def numbers(self, which: int) -> dict[str, float]:
        """The hidden numbers of a neuron, by the names of the kernel's constants."""
        return self.exercise.draw(self.seeds[which])._asdict()

    def traits(self) -> dict[str, traitlets.TraitType]:
        """Which neuron it is (counted from 0), and the currents that were injected into it (nA)."""
        return {
            "neuron": traitlets.Int(0, min=0, max=len(self.seeds) - 1),
            "injected": traitlets.List(traitlets.Float()),
        }

    def at_work(self, panel: PanelFace) -> Task:
        """As `Goal.at_work`; the panel's constants become the numbers of the first neuron."""
        missing = self.numbers(0).keys() - (panel.call.constants.keys() if panel.call else set())
        if missing:
            raise ValueError(f"goal {self.name} hides {', '.join(sorted(missing))}: make them constants")
        panel.set_constants(self.numbers(0))
        return super().at_work(panel)

    def started(self, panel: PanelFace) -> None:
        """As `Goal.started`: from now on the panel's constants are those of its `neuron`."""

        def swap(change: Any) -> None:
            panel.injected = []
            panel.set_constants(self.numbers(change["new"]))

        panel.observe(swap, "neuron")

    def spec(self, panel: PanelFace) -> dict[str, Any]:
        """As `Goal.spec`, with the numbers of each neuron and its wrong answers."""
        task = self.exercise
        return super().spec(panel) | {
            "unit": task.unit,
            "labels": [self.label],
            "tolerance": task.tolerance,
            "says": f"Right. {task.next_step}",
            "trials": task.trials,
            "current": self.current,
            "fired": self.fired,
            "longest": f"{self.duration:.4g}",
            "log": self.log,
            "evidence": task.evidence or EVIDENCE,
            "words": WORDS,
            "neurons": [self._sheet(which) for which in range(len(self.seeds))],
        }

    def _sheet(self, which: int) -> dict[str, Any]:
        """One neuron: its numbers, the right answer, and the wrong ones as numbers or names of facts."""
        neuron = self.exercise.draw(self.seeds[which])
        right = self.exercise.solution(Facts(neuron, ()))
        wrong = [
            [self._fact(mistake.answer, neuron, right), mistake.hint] for mistake in self.exercise.mistakes
        ]
        numbers = {name: str(value) for name, value in self.numbers(which).items()}
        return {"numbers": numbers, "right": right, "needs": needs(self.exercise, right), "wrong": wrong}

    def _fact(self, answer: Any, neuron: Any, right: float) -> float | str:
        """A wrong answer as the page can know it.

        Some depend on the trials. All trials of a page last equally long, so only two facts can matter: the
        weakest current that fired, and the strongest that did not, unless the neuron was silent only for want
        of time. Trying the function on different trials tells which it is.
        """

        def after(silent: float, fired: float) -> float:
            trials = (Injection(silent, self.duration, False), Injection(fired, self.duration, True))
            return float(answer(Facts(neuron, trials)))

        tried = [(0.5 * right, 1.5 * right), (0.7 * right, 1.4 * right), (1.1 * right, 1.2 * right)]
        seen = [after(silent, fired) for silent, fired in tried]
        if seen[0] == seen[1] == seen[2]:
            return seen[0]
        if seen == [fired for _, fired in tried]:
            return "fired"
        if seen[:2] == [silent for silent, _ in tried[:2]] and math.isnan(seen[2]):
            return "silent"
        raise ValueError(f"a mistake of exercise {self.exercise.id} depends on what a page does not know")

    def judge(self, panel: PanelFace, given: Any) -> Verdict:
        """What is said to `given`, a text, after the trials in ``panel.injected``."""
        try:
            (number,) = _read(given, self.exercise.unit)
        except ValueError as sentence:
            return Verdict(False, UNREAD, str(sentence))
        hidden = self.exercise.hand_out(self.seeds[panel.neuron])
        for current in panel.injected[: self.exercise.trials]:
            hidden.inject(np.full(round(self.duration / 0.1), current), dt=0.1)
        return judge(self.exercise, number, hidden)
