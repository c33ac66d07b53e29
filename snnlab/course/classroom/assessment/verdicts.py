"""From what came out of a student's process to points and a reason.

What is right is computed here, from the key; of the student's process only numbers have come back, as plain
float64 arrays, and words that are checked against lists. What else it says is shown to nobody: the text of an
exception is written by the student's code, and could hold whatever that code has seen.
"""

import builtins
import re
import types
from collections.abc import Sequence
from typing import Any

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, Mark
from snnlab.course.classroom.sandbox.running import Answer, Answers, Source
from snnlab.course.other_process.outcome import MOST_NUMBERS, Outcome
from snnlab.course.values import describe_type, sentence

__all__ = ["compared", "judged", "shown"]

_STOPPED = {
    "late": (
        "endless",
        "{what} did not come to an end in time and was stopped. Is there a loop that never ends?",
    ),
    "died": ("exit", "{what} ended Python instead of coming back: it calls exit, or it crashed."),
    "memory": ("memory", "{what} took more memory than there is. Is an array's size in the wrong unit?"),
    "files": ("files", "{what} wrote so many files that it was stopped. Is there a loop that never ends?"),
    "forged": ("forged", "{what} wrote something else where the answer is expected."),
    "time": ("time", "All cells together took too long, so that this answer was never reached."),
}
_EXCEPTIONS = {
    name
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, BaseException)
}
_EXCEPTIONS |= {"LinAlgError", "TypingError", "UnsupportedError", "UnsupportedBytecodeError", "LoweringError"}
_PRIVATE = {  # exceptions of NumPy and Python, and what a student knows them as
    "_ArrayMemoryError": "MemoryError",
    "_UFuncNoLoopError": "TypeError",
    "_UFuncInputCastingError": "TypeError",
    "_UFuncOutputCastingError": "TypeError",
    "AxisError": "ValueError",
    "JSONDecodeError": "ValueError",
}
_TYPES = {
    kind.__name__
    for known in (vars(builtins), vars(types), np.sctypeDict)
    for kind in known.values()
    if isinstance(kind, type)
}
_TYPES |= {*map(str, np.sctypeDict), "ndarray", "ufunc", "ragged list", "CPUDispatcher", "Spikes"}
_TYPES |= {"dict_keys", "dict_values", "dict_items", "list_iterator", "Fraction", "Decimal"}
_ALONE = dict.fromkeys(
    ("FileNotFoundError", "OSError", "PermissionError"),
    " Where it is marked there is one process without a network, and no file but those that it writes.",
)
_KINDS = {"numbers", "type", "large", "error", "exit"}


def compared(exercise: ClassExercise, variant: dict, received: Any) -> Mark:
    """The exercise's own verdict; what it cannot digest is for a person to look at."""
    try:
        with np.errstate(all="ignore"):  # numbers of any size come in
            return exercise.compare(variant, received)
    except Exception as error:
        return Mark(None, "not compared", f"The answer could not be compared ({type(error).__name__}).")


def judged(
    exercise: ClassExercise, variant: dict, came: Answers, sources: Sequence[Source]
) -> tuple[Mark, str]:
    """Mark one exercise of a notebook.

    Parameters
    ----------
    exercise : ClassExercise
        A number or a function.
    variant : dict
        The student's numbers.
    came : Answers
        Of `snnlab.course.classroom.sandbox.running.run`.
    sources : sequence of Source
        The cells that it ran.

    Returns
    -------
    mark : Mark
    shown : str
        The answer as the feedback shows it, "" if there is none.
    """
    answer = came.answers[exercise.grade_id]
    function = exercise.kind == "function"
    kinds = [reply.kind for reply in answer.replies]
    numbers = None
    if answer.stopped and answer.stopped != "time":
        mark = _stop(answer.stopped, "Your function" if function else "Your cell")
    elif set(kinds) <= {"missing"}:
        mark = _nothing(exercise, answer, came, sources)
    elif "untouched" in kinds:
        mark = compared(exercise, variant, None)
    elif kinds[0] == "no function":
        what = describe_type(_plain_name(answer.replies[0].name))
        mark = Mark(0.0, "no function", sentence(f"A function is wanted, and this is {what}"))
    elif function:
        mark = _function(exercise, variant, answer.replies, sources)
    elif kinds[0] != "numbers":
        mark = _no_numbers(answer.replies[0].name)
    else:
        numbers = answer.replies[0].value
        mark = compared(exercise, variant, numbers)
    return mark, "" if numbers is None else shown(numbers)


def _no_numbers(name: str) -> Mark:
    """The answer is something else, of a type of that name."""
    what = "a list of something else than numbers"
    if name not in ("list", "tuple"):
        what = describe_type(_plain_name(name))
    return Mark(0.0, "type", sentence(f"Your answer is {what}"))


def _stop(reason: str, what: str) -> Mark:
    name, words = _STOPPED[reason]
    return Mark(0.0, name, words.format(what=what))


def _nothing(exercise: ClassExercise, answer: Answer, came: Answers, sources: Sequence[Source]) -> Mark:
    """Why a name means nothing: its cell failed, was stopped, never ran, or is not there."""
    own = [k for k, source in enumerate(sources) if source.exercise == exercise.grade_id]
    for k in reversed(own):
        failed = came.cells.get(k)
        if isinstance(failed, str):
            return _stop(failed, "Your cell")
        if failed is not None:
            where, name = _line(failed, sources), _exception(failed.name)
            return Mark(0.0, "error", f"Your cell stops{where} with {name}.{_ALONE.get(name, '')}")
    if answer.stopped:
        return _stop(answer.stopped, "")
    missing = "" if own else "Its cell is not in the notebook, and "
    words = f"{missing}`{exercise.variable}` is not defined anywhere."
    return Mark(0.0, "missing", words[0].upper() + words[1:] if missing else f"The name {words}")


def _function(
    exercise: ClassExercise, variant: dict, replies: Sequence[Outcome], sources: Sequence[Source]
) -> Mark:
    """Only the kind of an exception and its line are told: its words may repeat the hidden arguments."""
    outcomes = []
    for reply in replies:
        kind = reply.kind if reply.kind in _KINDS else "exit"
        name = _exception(reply.name) if kind == "error" else _plain_name(reply.name)
        text = f"more than {MOST_NUMBERS}" if kind == "large" else ""
        changed = tuple(k for k in reply.changed if 0 <= k < 20)
        outcomes.append(Outcome(kind, reply.value, name, text, reply.line, changed))
    mark = compared(exercise, variant, outcomes)
    failed = next((reply for reply in replies if reply.kind == "error"), None)
    if (
        failed is not None
        and not mark.points
        and mark.reason == failed.name
        and (where := _line(failed, sources))
    ):
        mark = mark._replace(hint=f"{mark.hint} It happens{where}.{_ALONE.get(mark.reason, '')}")
    return mark


def _line(reply: Outcome, sources: Sequence[Source]) -> str:
    """The student's own line, from their file and not from their process."""
    if 0 < reply.cell < len(sources):
        lines = sources[reply.cell].text.split("\n")
        if 0 < reply.line <= len(lines) and (text := lines[reply.line - 1].strip()):
            return f" in the line `{text[:80]}`"
    return ""


def _exception(name: str) -> str:
    name = _PRIVATE.get(name, name)
    return name if name in _EXCEPTIONS else "Exception"


def _plain_name(name: str) -> str:
    """The name of a type that others have made: one of the student's could say anything."""
    name = re.sub(r"\A(str|bytes|void)\d+\Z", r"\1", name)  # NumPy's have a length
    return name if name in _TYPES else "object"


def shown(value: Any) -> str:
    """A number as it stands in the feedback."""
    try:
        numbers = np.asarray(value, dtype=np.float64).ravel()
    except (TypeError, ValueError, OverflowError):
        return ""
    words = [f"{number:.6g}" for number in numbers[:8]]
    return ", ".join(words) + (", …" if numbers.size > 8 else "")
