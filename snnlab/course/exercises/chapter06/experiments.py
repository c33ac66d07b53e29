"""Exercise 6.4: which of the three rates an experiment measures."""

from typing import NamedTuple

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["EXPERIMENTS"]

_NAMES = {1: "a temporal average", 2: "a spike density over repetitions", 3: "a population activity"}


class _Experiment(NamedTuple):
    letter: str
    text: str
    rate: int
    why: str


_ALL = (
    _Experiment(
        "a",
        "One cell of the auditory nerve hears the same click 80 times. Its spikes are counted in bins "
        "of 2 ms after the click and divided by 80 and by 2 ms.",
        2,
        "one cell, many clicks, each bin 2 ms after 2 ms.",
    ),
    _Experiment(
        "b",
        "A cell of the retina looks at a steady light for ten seconds and fires 312 times: 31.2 Hz.",
        1,
        "one cell, one trial, a count over ten seconds.",
    ),
    _Experiment(
        "c",
        "400 cells of one column see one flash, once. All their spikes in bins of 5 ms are divided by "
        "400 and by 5 ms.",
        3,
        "many cells, one flash.",
    ),
    _Experiment(
        "d",
        "20 cells with different preferred directions are recorded in one run. All their spikes in bins "
        "of 10 ms are divided by 20 and by 10 ms.",
        3,
        "many cells, one run. That they differ makes it a doubtful one, but no other.",
    ),
    _Experiment(
        "e",
        "The tuning curve of a head-direction cell: its spikes while the head pointed north, divided by the "
        "time for which it did.",
        1,
        "one cell, a count over a time, even if the time comes in pieces.",
    ),
    _Experiment(
        "f",
        "One cell of the visual cortex is shown the same film 30 times. Its spikes during each frame are "
        "averaged over the 30 showings and divided by the length of a frame.",
        2,
        "one cell, one film shown again and again, each frame for itself.",
    ),
)
_RIGHT = [e.rate for e in _ALL]


def _with(k: int, wrong: int) -> list[int]:
    return [*_RIGHT[:k], wrong, *_RIGHT[k + 1 :]]


EXPERIMENTS = Number(
    id="6.4",
    title="Which of the three?",
    statement=(
        "Which rate is measured: 1, a temporal average; 2, a spike density over repetitions; 3, a population "
        "activity?\n\n" + "\n\n".join(f"({e.letter}) {e.text}" for e in _ALL)
    ),
    stub="which = [..., ..., ..., ..., ..., ...]  # 1, 2 or 3 for a, b, c, d, e, f",
    variable="which",
    labels=("a", "b", "c", "d", "e", "f"),
    tolerance=0.01,
    solution=np.array(_RIGHT),
    choices=True,
    next_step=(
        "For each of them, ask the second question: could the animal itself have read this rate, there and "
        "then?"
    ),
    mistakes=(
        Mistake(
            "density and activity swapped",
            [{1: 1, 2: 3, 3: 2}[rate] for rate in _RIGHT],
            "You have the spike density and the population activity swapped. They are the same sum; 2 goes "
            "over repetitions of one cell, 3 over cells of one trial.",
        ),
        Mistake(
            "all one cell",
            [1 if rate == 2 else rate for rate in _RIGHT],
            "You call every rate of one cell a temporal average. Where a trial is repeated and each bin is "
            "averaged over the repetitions, the rate may change from bin to bin: that is a spike density.",
        ),
        *(
            Mistake(
                f"{e.letter} is no {_NAMES[wrong].split(' ', 1)[1]}",
                _with(k, wrong),
                f"Five are right. Experiment {e.letter} is not {_NAMES[wrong]}: {e.why}",
            )
            for k, e in enumerate(_ALL)
            for wrong in _NAMES
            if wrong != e.rate
        ),
    ),
)
