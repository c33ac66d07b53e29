"""The process that makes the calls, and may be ended by any: ``python tests/fuzz/worker.py ORDER.json``.

It goes through the functions of the order, and through the cases of each that the file of results lacks. What
a call prints is dropped. A call that would take minutes says so first: here that ends it, after two seconds
instead of a minute, and is fine.
"""

import contextlib
import inspect
import io
import itertools
import json
import sys
import tempfile
import warnings
import zlib
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

sys.path.append(str(Path(__file__).parents[1]))

from fuzz import cases, verdicts
from fuzz.examples import Call, Target, calls_of, copied, targets
from fuzz.limits import limit_memory, limit_seconds
from fuzz.results import Results, read, write

import snnlab
from snnlab import work_and_memory

__all__ = ["main"]

EXAMPLE = 120.0  # for the example, which may compile
TOLD_FROM = 2.0  # seconds of work


FOLDERS: list[tempfile.TemporaryDirectory] = []


def keep(folder: tempfile.TemporaryDirectory, *_: object) -> None:
    """Instead of the end of a ``with``: the files of an example are there as long as this process."""
    FOLDERS.append(folder)


WARNED: list[str] = []  # what a call said of NaN in its result


def heed(message: Warning | str, *_: object, **__: object) -> None:
    """Instead of the line on the standard error."""
    WARNED.append(str(message))


class Told(BaseException):
    """The call says how long it is going to take."""


class Usual(NamedTuple):
    """What the call of the example gives."""

    result: Any
    steady: bool
    """Whether it gives the same twice."""
    changed: frozenset[str]
    """The arguments that it changes: their docstring says so, or somebody who reads the example sees it."""
    nan: frozenset[str]
    """The fields with a NaN in them."""


def tell(sentence: str) -> None:
    """Instead of the line on the standard error."""
    raise Told(sentence)


def say_nothing(sentence: str) -> None:
    """The same for an example, which may take its time."""


def done(call: Call) -> Any:
    """Call it; of a generator take the first few."""
    signature = inspect.signature(getattr(call.function, "py_func", call.function))
    bound = inspect.BoundArguments(signature, call.arguments)  # type: ignore[arg-type]  # any mapping will do
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        result = call.function(*bound.args, **bound.kwargs)
        if inspect.isgenerator(result):
            result = list(itertools.islice(result, 3))
    return result


def marks(call: Call) -> dict[str, Any]:
    """What each argument holds."""
    return {name: verdicts.fingerprint(value) for name, value in call.arguments.items()}


def usual(call: Call) -> Usual:
    """Make the call of the example, twice; it may have made the file that it is to make."""
    first, second = (Call(call.function, copied(call.arguments)) for _ in range(2))
    before, result, steady = marks(first), None, False
    with contextlib.suppress(FileExistsError):
        result = done(first)
        steady = verdicts.alike(result, done(second))
    changed = frozenset(name for name, mark in marks(first).items() if mark != before[name])
    return Usual(result, steady, changed, frozenset(verdicts.has_nan(result)))


def judged(
    calls: list[Call], changes: dict[str, cases.Change], label: str, known: list[Usual], ours: list[Path]
):
    """The verdict on one case, and the words for it."""
    changed_call = cases.give(calls, changes, label)
    if changed_call is None:
        return "unfit", ""
    call, made = changed_call
    as_usual = known[made[0].call]
    doc = inspect.getdoc(getattr(call.function, "py_func", call.function)) or ""
    before = marks(call)
    WARNED.clear()
    try:
        result = done(call)
    except Told as told:
        return "told", str(told)
    except BaseException as error:  # SystemExit is a find as well
        return verdicts.judge_error(error, ours, doc)
    after = marks(call)
    changed = [name for name in before if after[name] != before[name] and name not in as_usual.changed]
    if changed:
        return "changed", ", ".join(changed)
    given = {str(change.path[0]) for change in made}
    given = {name for name in given if any(True for _ in verdicts.has_nan(call.arguments[name]))}
    several = isinstance(result, tuple | list) and all(hasattr(one, "_fields") for one in result)
    silent = [
        field
        for one in (result if several and not hasattr(result, "_fields") else [result])
        for field in verdicts.has_nan(one)
        if field not in as_usual.nan and not verdicts.tells_of_nan(call.function, one, field, given)
    ]
    if silent and WARNED:
        return "warned", WARNED[-1]
    if silent:
        return "nan", f"in {', '.join(silent) or 'the result'}"
    same = as_usual.steady and verdicts.alike(result, as_usual.result)
    if any(change.mutation.more for change in made) and same:
        return "dropped", ""
    if all(change.mutation.same for change in made) and as_usual.steady and not same:
        return "differs", ""
    return "ok", ""


def try_function(
    target: Target, order: dict[str, Any], there: Results, results: Path, ours: list[Path]
) -> None:
    """All cases of a function that the file of results lacked at the beginning."""
    write(results, name=target.name, begins="")
    limit_seconds(EXAMPLE)
    work_and_memory.tell = say_nothing
    try:
        calls = calls_of(target)
        known = [usual(call) for call in calls]
        work_and_memory.tell = tell  # type: ignore[assignment]
    except Exception as error:
        write(
            results,
            name=target.name,
            done=f"its example does not run here: {type(error).__name__}: {error}"[:200],
        )
        return
    changes = cases.single_changes(calls)
    rng = np.random.default_rng([order["seed"], zlib.crc32(target.name.encode())])
    labels = order.get("labels", {}).get(target.name) or cases.chosen(list(changes), rng, order["each"])
    labels = [label for label in labels if all(part in changes for part in label.split(cases.AND))]
    for label in labels:
        if label not in there.verdicts.get(target.name, {}):
            write(results, name=target.name, case=label, begins="")
            limit_seconds(order["seconds"][(target.name, label) in there.again])
            verdict, said = judged(calls, changes, label, known, ours)
            write(results, name=target.name, case=label, verdict=verdict, said=said)
            if "matplotlib.pyplot" in sys.modules:
                sys.modules["matplotlib.pyplot"].close("all")
    write(results, name=target.name, done="" if calls else "no call in its example that can be copied")
    limit_seconds(EXAMPLE)  # for what comes until the next call, and for the end


def main(file: str) -> None:
    """Do what the order says."""
    order = json.loads(Path(file).read_text(encoding="utf-8"))
    results = Path(order["results"])
    planted = Path(order["planted"]) if order["planted"] else None
    ours = [Path(snnlab.__file__).parent, *([planted.parent] if planted else [])]
    warnings.simplefilter("ignore")
    warnings.filterwarnings("always", message=".* is not a number everywhere, ")
    warnings.showwarning = heed  # type: ignore[assignment]
    tempfile.TemporaryDirectory.__exit__ = keep  # type: ignore[method-assign, assignment]
    work_and_memory.TOLD_FROM = TOLD_FROM
    found = targets(planted)
    limit_memory()
    there = read(results)
    for name in order["names"] or found:
        if name not in there.done and name in found:
            try_function(found[name], order, there, results, ours)


if __name__ == "__main__":
    main(sys.argv[1])
