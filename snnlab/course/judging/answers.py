"""Judge an answer: right, not started, or wrong in a way that a teacher has seen before."""

import contextlib
import math

import numpy as np

from snnlab.course.exercises.kinds import Exercise, Facts, Function, Hidden, Number, Text
from snnlab.course.hidden import HiddenNeuron
from snnlab.course.judging.diagnose import agree, close, general_mistake, suspects_of_one
from snnlab.course.judging.verdict import Verdict, is_untouched, not_started
from snnlab.course.other_process.runner import Runner, shared_runner
from snnlab.course.values import NotNumbers, describe_type, plain_numbers, sentence, type_name, with_unit

__all__ = ["EVIDENCE", "ONE_OFF", "SOME_OFF", "SOME_WRONG", "judge", "needs"]

# What is said where no mistake is recognised. A page says the same, so these are templates.
ONE_OFF = "{answer} is too {size}. Write each step down with its unit."
SOME_OFF = "{fine} of {all} numbers are right. Look at number {place}: {answer} is too {size}."
SOME_WRONG = "{fine} of {all} are right. Look at number {place} again."
EVIDENCE = {
    "no trial": "{answer} is a guess: inject a current first and see whether the neuron fires.",
    "fired": "Your own trial disagrees: the neuron fired at {fired}, which is weaker than {answer}.",
    "want of time": "At {silent} the neuron was silent only for want of time: in a longer trial it fires.",
    "silent": "Your own trial disagrees: the neuron was silent at {silent}, which is stronger than {answer}.",
    "never fired": "{answer} is a guess: you have not yet seen the neuron fire under a constant current.",
    "never silent": (
        "{answer} is a guess: you have not yet seen the neuron stay silent under a constant current."
    ),
    "open": (
        "Your trials leave everything from {silent} to {fired} open, and {answer} is not it. Try the middle."
    ),
}


def judge(
    exercise: Exercise, answer: object, hidden: HiddenNeuron | None = None, runner: Runner | None = None
) -> Verdict:
    """Compare `answer` with the solution and with the typical mistakes.

    Parameters
    ----------
    exercise
        Its definition.
    answer
        Anything that a student may hand in.
    hidden
        The neuron that was handed out; a fresh one if left out.
    runner
        Runs functions; the shared one if left out.

    Examples
    --------
    >>> from snnlab.course.exercises import find
    >>> judge(find("2.1"), None).reason
    'not started'
    """
    if isinstance(exercise, Function):
        from snnlab.course.judging.functions import judge_function  # Numba and its pickles, only where needed

        return judge_function(exercise, answer, runner or shared_runner())
    if isinstance(exercise, Hidden):
        return _judge_hidden(exercise, answer, hidden or exercise.hand_out())
    if isinstance(exercise, Number):
        return _judge_number(exercise, answer)
    if isinstance(exercise, Text):
        return _judge_text(exercise, answer)
    raise TypeError(f"exercise must be an Exercise, got {type(exercise).__name__}")


def _judge_number(exercise: Number, answer: object) -> Verdict:
    if is_untouched(answer):
        return not_started(exercise)
    try:
        got = plain_numbers(answer)
    except NotNumbers as reason:
        return Verdict(False, "type", sentence(f"Your answer is {reason}"))
    right = plain_numbers(exercise.solution)
    wrong = [(mistake, plain_numbers(mistake.answer)) for mistake in exercise.mistakes]
    verdict = _known(exercise, got, right, wrong, {})
    if verdict is None:
        found = general_mistake(got, right, exercise.unit)
        if not found or (found[0] == "nearly" and agree(got, right, exercise.tolerance).any()):
            found = _one_wrong(exercise, got, right)  # it says which number is the wrong one
        verdict = Verdict(False, *found)
    return verdict


def _judge_text(exercise: Text, answer: object) -> Verdict:
    if is_untouched(answer):
        return not_started(exercise)
    if type(answer) is not str:
        given = describe_type(type_name(answer)).split(",")[0].split(":")[0]
        return Verdict(False, "type", f"A text in quotes is wanted, and this is {given}.")
    for mistake in exercise.mistakes:  # some of them cannot be read, and so not measured
        if "".join(answer.split()) == "".join(mistake.answer.split()):
            return Verdict(False, mistake.name, mistake.hint)
    try:
        got = exercise.measure(answer)
    except ValueError as problem:
        said = getattr(problem, "sentence", str(problem))
        place = answer[getattr(problem, "start", 0) : getattr(problem, "end", 0)].strip()
        where = f' Look at "{place}".' if place and place not in said else ""
        return Verdict(False, "unreadable", f"Your text cannot be read: {said}.{where}")
    wrong = []
    for mistake in exercise.mistakes:
        with contextlib.suppress(ValueError):
            wrong.append((mistake, exercise.measure(mistake.answer)))
    verdict = _known(exercise, got, exercise.measure(exercise.solution), wrong, {})
    numbers = (_number(np.asarray(value)) for value in got)
    return verdict or Verdict(False, "wrong", exercise.says.format(*numbers))


def _judge_hidden(exercise: Hidden, answer: object, hidden: HiddenNeuron) -> Verdict:
    if is_untouched(answer):
        return not_started(exercise)
    try:
        got = plain_numbers(answer)
    except NotNumbers as reason:
        return Verdict(False, "type", sentence(f"Your answer is {reason}"))
    facts = Facts(exercise.draw(hidden.seed), hidden.trials)
    right = np.array(exercise.solution(facts))
    words = {
        "used": len(hidden.trials),
        "allowed": exercise.trials,
        "needs": needs(exercise, float(right)),
        "longest": f"{facts.longest:.4g}",
    }
    wrong = [(mistake, np.array(mistake.answer(facts))) for mistake in exercise.mistakes]
    verdict = _known(exercise, got, right, wrong, words)
    if verdict is None and (got.ndim or not np.isfinite(got)):
        verdict = Verdict(False, *(general_mistake(got, right) or ("wrong", "One number is wanted.")))
    # Nothing more is said about how far off the number is: that is for the trials to find out.
    return verdict or Verdict(False, "wrong", _evidence(exercise, float(got), float(right), facts))


def needs(exercise: Hidden, right: float) -> int:
    """How many trials it takes to find `right` by halving."""
    low, high = exercise.range
    return math.ceil(math.log2((high - low) / (2 * exercise.tolerance * right)))


def _known(
    exercise: Exercise, got: np.ndarray, right: np.ndarray, wrong: list, words: dict
) -> Verdict | None:
    """Right, or one of the mistakes of the exercise's table, or None."""
    words = {"answer": _number(got), **words}
    if close(got, right, exercise.tolerance):
        return Verdict(True, "right", f"Right. {exercise.next_step.format(**words)}")
    for mistake, answer in wrong:
        if np.isfinite(answer).all() and close(got, answer, exercise.tolerance):
            return Verdict(False, mistake.name, mistake.hint.format(**words))
    return None


def _one_wrong(exercise: Number, got: np.ndarray, right: np.ndarray) -> tuple[str, str]:
    if not exercise.choices:  # of which each is another thing, and none twice another
        for suspect in suspects_of_one(right, exercise.unit, exercise.tolerance):
            if close(got, suspect.answer, suspect.tolerance):
                return suspect.name, suspect.hint
    return "wrong", _direction(exercise, got, right)


def _direction(exercise: Exercise, got: np.ndarray, right: np.ndarray) -> str:
    bad = ~agree(got, right, exercise.tolerance)
    k = int(np.argmax(bad))  # of the flattened array: the first that is wrong
    words = {
        "size": "large" if got.flat[k] > right.flat[k] else "small",
        "answer": with_unit(_number(np.array(got.flat[k])), exercise.unit),
    }
    if got.ndim == 0:
        return ONE_OFF.format(**words)
    some = SOME_WRONG if isinstance(exercise, Number) and exercise.choices else SOME_OFF
    return some.format(fine=int((~bad).sum()), all=got.size, place=k + 1, **words)


def _evidence(exercise: Hidden, got: float, right: float, facts: Facts) -> str:
    """What the student's own trials say about their answer."""
    values = {"answer": got, "fired": facts.fired_at, "silent": facts.silent_at}
    words = {name: with_unit(f"{value:.3g}", exercise.unit) for name, value in values.items()}
    if not facts.trials:
        key = "no trial"
    elif got >= facts.fired_at:
        key = "fired"
    elif facts.silent_at > right:
        key = "want of time"
    elif got <= facts.silent_at:
        key = "silent"
    elif math.isnan(facts.fired_at):
        key = "never fired"
    elif math.isnan(facts.silent_at):
        key = "never silent"
    else:
        key = "open"
    return (exercise.evidence or EVIDENCE)[key].format(**words)


def _number(value: np.ndarray) -> str:
    if value.ndim == 0:
        return f"{float(value):.3g}"
    return "[" + ", ".join(f"{x:.3g}" for x in value.ravel()[:6]) + (", …]" if value.size > 6 else "]")
