"""What an exercise consists of.

The statement, the stub, the solution and the typical mistakes of an exercise stand in one definition.
`check` compares an answer with the solution and with each mistake; the tests hand in each mistake as an
answer; a page or a teacher's list reads the same table.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from snnlab.course.hidden import HiddenNeuron, Injection
from snnlab.neurons import LIF, AdaptiveLIF

__all__ = ["Exercise", "Facts", "Function", "Hidden", "Mistake", "Number", "PairChanges", "Text"]


class Mistake(NamedTuple):
    """A wrong answer that teachers know, and what they say to it."""

    name: str
    """Short, and unique within the exercise."""
    answer: Any
    """The answer itself: a number, an array, a text, a function, or (hidden neuron) a function of `Facts`."""
    hint: str
    """One to three sentences. ``{answer}`` stands for the number that was handed in."""


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """What all kinds have in common."""

    id: str
    """Chapter and number, "2.1"."""
    title: str
    statement: str
    """Markdown, as the chapter shows it."""
    stub: str
    """Python, as the student finds it."""
    variable: str
    """Name of what the stub defines and `check` gets."""
    mistakes: tuple[Mistake, ...]
    next_step: str
    """Said after "Right."; the same placeholders as in a hint."""
    tolerance: float
    """Relative error of a right answer."""
    unit: str = ""

    @property
    def cell(self) -> str:
        """The whole code cell: the stub and the line that checks it."""
        return f'{self.stub.strip()}\n\ncheck("{self.id}", {self.variable})'


@dataclass(frozen=True, kw_only=True)
class Number(Exercise):
    """A number or an array is wanted."""

    solution: float | np.ndarray
    choices: bool = False
    """Each number names one of several things, so none is too large or too small."""
    labels: tuple[str, ...] = ()
    """What each number is, in a page, where each has its own field."""


@dataclass(frozen=True, kw_only=True)
class Function(Exercise):
    """A function is to be written."""

    solution: Callable
    arguments: tuple[str, ...]
    """Names of the function's arguments."""
    draw: Callable[[np.random.Generator], list[tuple]]
    """Random arguments for several calls."""

    def cases(self) -> list[tuple]:
        """Arguments of each call of a check: random, and the same at each check of this exercise."""
        return self.draw(np.random.default_rng([int(part) for part in self.id.split(".")]))

    def example(self) -> tuple:
        """Arguments of one call that are shown to all of a class, and are no student's own."""
        return tuple(self.draw(np.random.default_rng(0))[0])


@dataclass(frozen=True, kw_only=True)
class Text(Exercise):
    """A text is wanted that does something, such as a learning rule; others that do the same are right."""

    solution: str
    measure: Callable[[str], np.ndarray]
    """What the text does, as numbers; a `ValueError` says why it cannot be read. Pages know
    `PairChanges`."""
    says: str
    """What is said to other texts, with ``{0}``, ``{1}`` … for the numbers measured."""


@dataclass(frozen=True)
class PairChanges:
    """What a learning rule does to a weight of 100, in real numbers: it is called with the rule's text."""

    delta_t: tuple[int, ...]
    """One pair of spikes for each, steps."""

    def __call__(self, rule: str) -> np.ndarray:
        """The change by each pair; the traces are those of `snnlab.loihi.pairing_change_real`."""
        from snnlab.loihi import pairing_change_real  # and the parser of rules, only where needed

        return pairing_change_real(rule, self.delta_t)


@dataclass(frozen=True, kw_only=True)
class Hidden(Exercise):
    """A number of a neuron that cannot be seen."""

    draw: Callable[[int], LIF | AdaptiveLIF]
    """The neuron of a seed."""
    solution: Callable[["Facts"], float]
    trials: int
    range: tuple[float, float]
    """Where the answer lies for every seed; the statement tells."""
    evidence: dict[str, str] | None = None
    """What is said to other wrong answers, by what the trials have shown: the keys are those of
    `snnlab.course.judging.answers.EVIDENCE`, whose sentences hold where the answer is a rheobase."""

    def hand_out(self, seed: int = 1) -> HiddenNeuron:
        """A fresh neuron with all its trials."""
        which = "" if seed == 1 else f", seed={seed}"
        again = f'exercise("{self.id}"{which}, fresh=True)'
        return HiddenNeuron(self.draw, seed, self.trials, again)


class Facts(NamedTuple):
    """What the checker knows of a hidden neuron: its numbers, and what was done to it."""

    neuron: Any  # what `draw` of its exercise gives: a LIF or an AdaptiveLIF
    trials: tuple[Injection, ...]

    @property
    def longest(self) -> float:
        """Duration of the longest trial, ms; NaN before the first."""
        return max((trial.duration for trial in self.trials), default=math.nan)

    @property
    def silent_at(self) -> float:
        """The strongest constant current under which it stayed silent, nA; NaN if there is none."""
        currents = [
            trial.current for trial in self.trials if not trial.fired and not math.isnan(trial.current)
        ]
        return max(currents, default=math.nan)

    @property
    def fired_at(self) -> float:
        """The weakest constant current under which it fired, nA; NaN if there is none."""
        currents = [trial.current for trial in self.trials if trial.fired and not math.isnan(trial.current)]
        return min(currents, default=math.nan)
