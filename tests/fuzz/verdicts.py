"""What became of a call: an answer, a refusal in a sentence, or one of the mistakes that are looked for.

- *refused* is an exception that our own code raises, a ValueError or TypeError, or one that the docstring
  names: the instruction that raised it is a `raise` of a file of ours, and its sentence says what must be.
- *numba* and *internal* are all others: a traceback that ends anywhere else, or in a conversion of ours.
- *vague* is a refusal that does not say what it got, or which argument has to be otherwise.
- *warned*: a NaN of which a warning of ours tells, in the result of an experiment.
- *nan* is an answer with a NaN of which no documentation tells, or which came in by an argument of which
  none says so.
- *changed*: an argument is not what it was, and the example leaves it alone.
- *dropped*: a mask or a unit made no difference. *differs*: the same numbers in another form did.
"""

import dis
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np

from snnlab import Spikes

__all__ = ["BAD", "alike", "fingerprint", "has_nan", "judge_error", "tells_of_nan"]

BAD = ("crash", "hang", "numba", "internal", "vague", "nan", "changed", "dropped", "differs")
_RULE = re.compile(r"\b(must|needs?|cannot|has no|have no|is no|install|choose)\b")
_LARGE = 10**8  # bytes: a view of one number as of many is not read
_CLOSE = 1e-9  # sums in another order


def judge_error(error: BaseException, ours: list[Path], doc: str) -> tuple[str, str]:
    """The verdict on what was raised, and the words for it."""
    last = _last(error.__traceback__)
    kind = type(error)
    said = f"{kind.__name__}: {str(error).strip().partition(chr(10))[0][:160]}"
    if last is None:
        return "internal", said
    file = Path(last.tb_frame.f_code.co_filename)
    if file.suffix != ".py":  # of the example: what a function of the user raises is the user's
        return "refused", said
    said += f" ({file.name}, line {last.tb_lineno})"
    if isinstance(error, OSError) and error.filename is not None:  # it names the file that was asked for
        return "refused", said
    if kind.__module__.startswith("numba."):
        return "numba", said
    told = issubclass(kind, ValueError | TypeError | ImportError) or re.search(rf"\b{kind.__name__}\b", doc)
    if not (told and any(map(file.is_relative_to, ours)) and _raises(last)):
        return "internal", said
    shown = str(error).rstrip().endswith("^")  # under the place in a text, which says what is wrong there
    return ("refused" if shown or _RULE.search(str(error)) else "vague"), said


def _last(traceback: TracebackType | None) -> TracebackType | None:
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    return traceback


def _raises(traceback: TracebackType) -> bool:
    """Whether the frame ends in a ``raise`` of its own, and not in a conversion or a sentence that fails."""
    instruction = traceback.tb_frame.f_code.co_code[traceback.tb_lasti]
    return dis.opname[instruction] == "RAISE_VARARGS"


def has_nan(value: Any, path: str = "") -> Iterator[str]:
    """The fields of a result that hold a NaN; of a result without fields, an empty text."""
    if hasattr(value, "_fields"):
        for field, inside in zip(value._fields, value, strict=True):
            yield from has_nan(inside, f"{path}.{field}".removeprefix("."))
    elif isinstance(value, list | tuple):
        if any(True for inside in value for _ in has_nan(inside)):
            yield path
    elif isinstance(value, dict):
        yield from has_nan(list(value.values()), path)
    elif _is_nan(value):
        yield path


def _is_nan(value: Any) -> bool:
    of_floats = isinstance(value, np.ndarray) and value.dtype.kind in "fc" and value.nbytes < _LARGE
    return (of_floats or isinstance(value, float | np.floating)) and bool(np.isnan(value).any())


def tells_of_nan(function: Any, result: Any, field: str, given: set[str]) -> bool:
    """Whether the documentation of the function, or of the field of its result, says when there is a NaN.

    If some of the arguments, those of the names `given`, had a NaN in them, what is said of these has to tell
    what becomes of it: "NaN if there is no spike" is no leave to pass on what came in.
    """
    doc = inspect.getdoc(getattr(function, "py_func", function)) or ""
    if any("NaN" not in _paragraph(doc, name) for name in given):
        return False
    told = "NaN" in doc
    for name in field.split(".") if field and not told else ():
        told |= "NaN" in _text_of(type(result), name)
        result = getattr(result, name)
    return told


def _paragraph(doc: str, name: str) -> str:
    """What a docstring says of a parameter or an attribute: the lines below it."""
    found = re.search(rf"^[\w, *]*\b{name}\b[\w, *]*(?: :[^\n]*)?\n((?:    [^\n]*(?:\n|\Z))*)", doc, re.M)
    return found[0] if found else ""


def _text_of(kind: type, field: str) -> str:
    """What a class says of one of its fields: the text below it, and its lines under Attributes."""
    try:
        source = inspect.getsource(kind)
    except (OSError, TypeError):  # made in another way
        source = ""
    below = re.search(rf'^    {field}: [^\n]*\n    """([\s\S]*?)"""', source, re.M)
    return (below[1] if below else "") + _paragraph(inspect.getdoc(kind) or "", field)


def fingerprint(value: Any) -> Any:
    """What a value holds, to be compared with itself later; None for what may change, as a generator does."""
    if isinstance(value, np.ndarray):
        return None if value.nbytes > _LARGE or value.dtype == object else (value.shape, value.tobytes())
    if isinstance(value, Spikes):
        return fingerprint(value.times), fingerprint(value.units)
    if isinstance(value, dict):
        return {key: fingerprint(inside) for key, inside in value.items()}
    if isinstance(value, list | tuple):
        return [fingerprint(inside) for inside in value]
    return repr(value) if isinstance(value, int | float | str | None) else None


def alike(a: Any, b: Any) -> bool:
    """Whether two results are the same but for the order of sums; of neither numbers nor texts, yes."""
    if isinstance(a, list | tuple) and isinstance(b, list | tuple):
        return len(a) == len(b) and all(map(alike, a, b))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(alike(a[key], b[key]) for key in a)
    if isinstance(a, Spikes) and isinstance(b, Spikes):
        return alike(a.times, b.times) and alike(a.units, b.units)
    if isinstance(a, np.ndarray | float | int | np.generic) and isinstance(
        b, np.ndarray | float | int | np.generic
    ):
        x, y = np.asarray(a), np.asarray(b)
        if x.dtype.kind not in "biufc" or y.dtype.kind not in "biufc":
            return True
        if max(x.nbytes, y.nbytes) > _LARGE:
            return x.shape == y.shape
        scale = np.abs(x[np.isfinite(x)]).max(initial=0.0)
        return x.shape == y.shape and np.allclose(x, y, rtol=_CLOSE, atol=_CLOSE * scale, equal_nan=True)
    return a == b if isinstance(a, str) and isinstance(b, str) else True
