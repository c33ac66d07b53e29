"""The two words of a chapter's exercises: `exercise` hands something out, `check` answers."""

import textwrap

from snnlab.checks import whole
from snnlab.course.exercises import find
from snnlab.course.exercises.kinds import Function, Hidden, Mistake
from snnlab.course.hidden import HiddenNeuron
from snnlab.course.judging.answers import judge
from snnlab.course.other_process.runner import shared_runner

__all__ = ["check", "exercise", "mistakes"]

_WIDTH = 88
_handed_out: dict[tuple[str, int], HiddenNeuron] = {}  # by exercise and seed
_at_work: dict[str, HiddenNeuron] = {}  # the one that the student asked for last, by exercise


def check(id: str, answer: object) -> None:
    """Check an answer and print one paragraph: right, or what the mistake probably is.

    Parameters
    ----------
    id : str
        The exercise, "2.1".
    answer
        What the exercise asks for: a number, a list or array of numbers, a text, or a function (without
        brackets).

    Raises
    ------
    ValueError, TypeError
        If there is no such exercise. A wrong answer is not an error.

    Examples
    --------
    >>> check("2.1", "27 ms")
    2.1  Not yet. Your answer is text: leave the quotes out.
    """
    task = find(id)
    if not isinstance(task, Function):
        shared_runner().start()  # in the background: a function may come next
    verdict = judge(task, answer, hidden=_at_work.get(id))
    begin = "" if verdict.right or verdict.reason == "not started" else "Not yet. "
    print(
        textwrap.fill(
            f"{id}  {begin}{verdict.message}", _WIDTH, break_long_words=False, break_on_hyphens=False
        )
    )


def exercise(id: str, seed: int = 1, fresh: bool = False) -> HiddenNeuron:
    """Hand out what an exercise works with: a neuron whose numbers are hidden.

    Asked for again it is the same neuron, with the trials that are left: running a cell twice gives none
    back.

    Parameters
    ----------
    id : str
        The exercise, "2.4".
    seed : int
        Each seed gives another neuron, so that every student of a class can have their own.
    fresh : bool
        Begin anew: the same neuron with all its trials.

    Returns
    -------
    HiddenNeuron
        `check` refers to the one that was asked for last.

    Raises
    ------
    ValueError, TypeError
        If there is no such exercise, or if it hands out nothing.

    Examples
    --------
    >>> exercise("2.4", fresh=True)
    <a neuron with hidden numbers: 10 of 10 trials left>
    """
    task = find(id)
    if not isinstance(task, Hidden):
        raise ValueError(
            f'exercise {id} hands out nothing: work in its cell and call check("{id}", {task.variable})'
        )
    key = id, whole("seed", seed)
    if fresh or key not in _handed_out:
        _handed_out[key] = task.hand_out(key[1])
    _at_work[id] = _handed_out[key]
    return _at_work[id]


def mistakes(id: str) -> tuple[Mistake, ...]:
    """The typical wrong answers to an exercise, each with its hint.

    Parameters
    ----------
    id : str
        The exercise, "2.1".

    Returns
    -------
    tuple of Mistake

    Examples
    --------
    >>> print(mistakes("2.1")[0].name)
    upside down
    """
    return find(id).mistakes
