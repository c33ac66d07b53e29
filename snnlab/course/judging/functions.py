"""Judge a function: run it on random arguments in the worker, and say what is wrong with what comes back."""

import linecache
import re
from collections.abc import Callable, Sequence

import numpy as np

from snnlab.course.exercises.kinds import Function
from snnlab.course.judging.diagnose import close, general_mistake
from snnlab.course.judging.verdict import Verdict, not_started
from snnlab.course.other_process.outcome import Outcome
from snnlab.course.other_process.packing import CannotTravel, is_function, pack, plain_function
from snnlab.course.other_process.runner import Run, Runner
from snnlab.course.other_process.worker import run_cases
from snnlab.course.values import describe_type, plain_numbers, sentence, type_name, with_unit
from snnlab.neurons import LIF

__all__ = ["arguments_in_words", "judge_function", "judge_outcomes"]

_NUMBA_ERRORS = ("TypingError", "UnsupportedError", "UnsupportedBytecodeError", "LoweringError")
_SECRET = "Work one case out by hand, and compare."
_BORROWED = "Right, and borrowed: {name} is the package's own. Now write it yourself."
_ALONE = " (No second Python could be started here, so a loop without end would not be stopped.)"


def judge_function(exercise: Function, function: object, runner: Runner) -> Verdict:
    """Run `function` on the exercise's cases and say what it does wrong.

    Parameters
    ----------
    exercise
        Its definition.
    function
        What the student handed in.
    runner
        Runs it.
    """
    if function is None or function is ...:
        return not_started(exercise)
    if not is_function(function):
        return _no_function(exercise, function)
    try:
        travelling = pack(function)
    except CannotTravel as reason:
        return Verdict(False, "cannot travel", str(reason))
    cases = exercise.cases()
    run = runner.run(travelling, [*cases, cases[0]])  # the first twice: does it remember anything?
    verdict = _did_not_run(run, runner.limit)
    if verdict is None:
        verdict = judge_outcomes(exercise, cases, run.outcomes, function)
        if verdict.right and re.match(r"snnlab\.(?!course)", str(getattr(function, "__module__", ""))):
            verdict = verdict._replace(message=_BORROWED.format(name=function.__name__))
        if run.alone:
            verdict = verdict._replace(message=verdict.message + _ALONE)
    return verdict


def judge_outcomes(
    exercise: Function,
    cases: list[tuple],
    outcomes: Sequence[Outcome],
    function: Callable | None = None,
    secret: bool = False,
) -> Verdict:
    """Say what a function does wrong, from what its calls came to.

    Parameters
    ----------
    exercise
        Its definition.
    cases
        Arguments of the calls.
    outcomes
        What each call came to, and after these what the first one came to once more. There may be fewer if a
        call ended Python.
    function
        What the student handed in, if it is at hand: a message then shows the line that stopped.
    secret
        Whether the cases are nobody's to know: a message then tells neither arguments nor what is right.
    """
    if len(outcomes) <= len(cases) or outcomes[-1].kind == "exit":
        return _ended()
    again, outcomes = outcomes[-1], outcomes[:-1]
    if any(outcome.name in ("ellipsis", "NotImplementedError") for outcome in outcomes):
        return not_started(exercise)
    for mistake in exercise.mistakes:
        known = run_cases(mistake.answer, cases)
        if all(_alike(a, b, exercise.tolerance) for a, b in zip(outcomes, known, strict=True)):
            return Verdict(False, mistake.name, mistake.hint)
    bad = [k for k, outcome in enumerate(outcomes) if outcome.kind != "numbers" or outcome.changed]
    if bad:
        first = outcomes[bad[0]]
        every = len(bad) == len(cases) and all(outcome.name == first.name for outcome in outcomes)
        some = "some arguments" if secret else arguments_in_words(exercise, cases[bad[0]])
        return _problem(exercise, function, first, "" if every else f" with {some}")
    if not _alike(outcomes[0], again, exercise.tolerance):
        hint = "Called twice with the same arguments, your function gives two different results."
        return Verdict(False, "remembers", f"{hint} It must not remember anything between calls.")
    return _compare(exercise, cases, [plain(outcome) for outcome in outcomes], secret)


def _no_function(exercise: Function, answer: object) -> Verdict:
    given = describe_type(type_name(answer)).split(",")[0].split(":")[0]
    call = f'check("{exercise.id}", {exercise.variable})'
    hint = f"A function is wanted, and this is {given}."
    return Verdict(False, "no function", f"{hint} Hand over the function itself, without brackets: {call}.")


def _did_not_run(run: Run, limit: float) -> Verdict | None:
    """Why there is nothing to compare: it took longer than `limit` s, ended Python, or was not unpacked."""
    if run.stopped == "late":
        hint = f"Your function did not come back within {limit:g} s and was stopped."
        return Verdict(False, "endless", f"{hint} Is there a loop, or a chain of calls, that never ends?")
    if run.stopped:
        return _ended()
    if run.outcomes and run.outcomes[0].kind == "lost":
        hint = "Your function uses something that cannot be rebuilt outside this notebook"
        said = _said(run.outcomes[0])
        return Verdict(False, "cannot travel", f"{hint} ({said}). Let it use only its arguments.")
    return None


def _ended() -> Verdict:
    hint = "Your function ended Python instead of returning: it calls exit, or it crashed."
    return Verdict(False, "exit", hint)


def _alike(a: Outcome, b: Outcome, tolerance: float) -> bool:
    if a.kind == b.kind == "numbers":
        return close(plain(a), plain(b), tolerance)
    return (a.kind, a.name) == (b.kind, b.name)


def plain(outcome: Outcome) -> np.ndarray:
    """The numbers of an outcome as float64."""
    return np.asarray(outcome.value, dtype=np.float64)


# --- calls that gave no numbers ---


def _problem(exercise: Function, function: Callable | None, outcome: Outcome, where: str) -> Verdict:
    """`where` says with which arguments it happens, unless it happens with all."""
    if outcome.kind == "error":
        return Verdict(False, outcome.name, _error(exercise, function, outcome, where))
    if outcome.name == "NoneType":
        each = "every way through it" if where else "it"
        return Verdict(
            False, "nothing", f"Your function returns nothing{where}. Does {each} end with `return`?"
        )
    if outcome.kind == "type":
        is_one = sentence(f"This is {describe_type(outcome.name)}")
        return Verdict(False, "type", f"Your function returns no number{where}. {is_one}")
    if outcome.kind == "large":
        return Verdict(
            False, "large", f"Your function returns {outcome.text} numbers{where}, far more than are wanted."
        )
    name = exercise.arguments[outcome.changed[0]]
    hint = f"Your function changes its argument {name}, and the caller's array with it."
    return Verdict(False, "changes", f"{hint} Work on a copy: {name} = {name}.copy().")


def _error(exercise: Function, function: Callable | None, outcome: Outcome, where: str) -> str:
    if outcome.name == "RecursionError":
        return f"Your function calls itself without end{where}. Which call should be the last?"
    if outcome.name.endswith("MemoryError"):
        return (
            f"Your function asks for more memory than there is{where}. Is an array's size in the wrong unit?"
        )
    if outcome.name in _NUMBA_ERRORS:
        hint = "Leave @njit out until the plain function is right."
        return f"Numba cannot compile your function: {_numba_reason(outcome.text)} {hint}"
    said = _said(outcome)
    if outcome.line == 0 and outcome.name == "TypeError":
        call = f"{exercise.variable}({', '.join(exercise.arguments)})"
        return f"Your function could not be called ({said}). It is called as {call}."
    line = _line(function, outcome.line)
    hint = (
        " Its values are handed over as arguments, so input() is not needed."
        if outcome.name == "EOFError"
        else ""
    )
    return sentence(f"Your function stops{where}{line}: {said}") + hint


def _said(outcome: Outcome) -> str:
    return f"{outcome.name}: {_one_line(outcome.text)}" if outcome.text else outcome.name


def _line(function: Callable | None, number: int) -> str:
    """The student's own line, from the notebook's memory of its cells or from their file."""
    written = plain_function(function)
    if not number or written is None:
        return ""
    text = linecache.getline(written.__code__.co_filename, number).strip()
    return f" in the line `{text[:80]}`" if text else f" in line {number}"


def _numba_reason(text: str) -> str:
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line).strip() for line in text.splitlines()]
    lines = [line for line in lines if line and not line.startswith("Failed in")]
    return _one_line(lines[0]).rstrip(".:") + "." if lines else "it gives no reason."


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 160 else line[:159] + "…"


# --- numbers ---


def _compare(exercise: Function, cases: list[tuple], got: list[np.ndarray], secret: bool) -> Verdict:
    right = [plain_numbers(exercise.solution(*case)) for case in cases]
    good = [close(a, b, exercise.tolerance) for a, b in zip(got, right, strict=True)]
    if all(good):
        return Verdict(True, "right", f"Right. {exercise.next_step}")
    if all(a.shape == b.shape for a, b in zip(got, right, strict=True)):
        found = None
        if right[0].ndim:  # transposed, shifted: only visible within one array
            found = general_mistake(got[good.index(False)], right[good.index(False)], exercise.unit)
        found = found or general_mistake(_joined(got), _joined(right), exercise.unit)
    else:
        k = next(k for k, (a, b) in enumerate(zip(got, right, strict=True)) if a.shape != b.shape)
        found = general_mistake(got[k], right[k], exercise.unit)
    name, hint = found or ("wrong", "")
    if name in ("wrong", "nan", "infinite", "nearly"):
        k = good.index(False)
        if name in ("nan", "infinite"):  # the example shows what is being talked about
            k = next(j for j, numbers in enumerate(got) if not np.isfinite(numbers).all())
        example = _SECRET if secret else _example(exercise, cases[k], got[k], right[k])
        hint = f"{hint} {example}".strip()
        if any(good):
            hint = f"{sum(good)} of {len(good)} tries are right. {hint}"
    return Verdict(False, name, hint)


def _joined(arrays: list[np.ndarray]) -> np.ndarray:
    return np.concatenate([array.ravel() for array in arrays])


def _example(exercise: Function, case: tuple, got: np.ndarray, right: np.ndarray) -> str:
    if got.ndim:
        return f"Look at {arguments_in_words(exercise, case)}."
    gives, wanted = (with_unit(f"{float(number):.5g}", exercise.unit) for number in (got, right))
    return f"With {arguments_in_words(exercise, case)} your function gives {gives} where {wanted} is right."


def arguments_in_words(exercise: Function, case: tuple) -> str:
    """The arguments of a call with their names, as short as a hint has to be."""
    pairs = zip(exercise.arguments, case, strict=True)
    return ", ".join(f"{name} = {_argument(value)}" for name, value in pairs)


def _argument(value: object) -> str:
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, LIF):  # as short as it can be written
        usual = LIF()._asdict()
        changed = [f"{name}={x:g}" for name, x in value._asdict().items() if x != usual[name]]
        return f"LIF({', '.join(changed)})"
    return repr(value)
