"""Run a reader's program and say what each call of its function came to: the inner side of a page's Python.

MicroPython reads this file, and knows no unpacking in lists and no f-string in another. What a call comes to
is what `snnlab.course.other_process.outcome` says of it, as plain data.
"""

import binascii
import io
import json
import math
import struct
import sys

__all__ = ["answer"]

FILE = "answer"  # what the program is called in a traceback
MOST_NUMBERS = 1000000  # of one answer
MOST_TEXT = 2000  # characters of what an exception says
MOST_SHOWN = 300  # characters of what a call returns
SMALL = 1000000  # bytes
FUNCTIONS = ("function", "closure", "generator", "bound_method", "builtin_function_or_method")
ALIASES = {"closure": "function", "bound_method": "function", "Ellipsis": "ellipsis"}


class Row:
    """Numbers in a row, with what lists and arrays have in common: what runs with it runs with both."""

    def __init__(self, numbers):
        self.numbers = numbers

    def __len__(self):
        return len(self.numbers)

    def __getitem__(self, k):
        part = self.numbers[k]
        return Row(part) if isinstance(part, list) else part

    def __iter__(self):
        for k in range(len(self.numbers)):
            yield self[k]

    def __contains__(self, number):
        return number in self.numbers

    def __repr__(self):
        return repr(self.numbers)

    def __bool__(self):
        raise ValueError("an array is neither true nor false: ask len(a) > 0")

    def __eq__(self, other):
        raise ValueError("an array is not compared as a whole: ask len(a) == 0, or go through its numbers")


SEQUENCES = (list, tuple, range, Row)


class TypeOfAnswer(Exception):
    """The answer is no number; the argument names its type."""


def answer(program, variable, cases, named, before="", rows=False):
    """Print what the program prints, a mark, what its calls print, a mark, and the outcomes as JSON.

    Parameters
    ----------
    program : str
        What the reader has written.
    variable : str
        The name of the function in it.
    cases : list of str
        The arguments of each call, a tuple as Python writes it.
    named : dict
        Names that they use, and the fields of each with their defaults.
    before : str
        What defines the names that are given to the program.
    rows : bool
        Whether each list of the arguments becomes a `Row`, and each outcome tells what was returned.
    """
    makers = {name: maker(name, named[name]) for name in named}
    said = tried(program, variable, cases, makers, before, rows)
    print("\x01" + json.dumps(said))


def tried(program, variable, cases, makers, before, rows):
    """What is said of the program as a whole, or of each call."""
    names = {"__name__": "__main__", "math": sys.modules["math"], "input": no_input}
    names.update(makers)
    if "from math import *" in program:
        names.update({name: getattr(names["math"], name) for name in dir(names["math"])})
    exec(before, names)
    try:
        exec(compile(program, FILE, "exec"), names)
    except BaseException as error:
        print("\x01", end="")
        return {"loading": failure(error)}
    print("\x01", end="")
    if variable not in names:
        return {"missing": variable}
    function = names[variable]
    if not callable(function) or type(function).__name__ not in FUNCTIONS:
        return {"given": type_name(function)}
    outcomes = []
    for case in cases:
        try:
            given, again = [arguments(case, makers, rows) for _ in range(2)]
        except Exception as error:
            return {"unread": failure(error)}
        outcomes.append(call(function, given, again, rows))
        if outcomes[-1]["kind"] == "exit":
            break
    return {"outcomes": outcomes}


def arguments(case, makers, rows):
    """The arguments of a call."""
    given = eval(case, dict(makers))
    return tuple([Row(x) if isinstance(x, list) else x for x in given]) if rows else given


def call(function, given, before, tells):
    """One call; `before` is the same arguments once more, to see which of them it changes."""
    try:
        result = function(*given)
        outcome = returned(result)
        if tells:
            outcome["shown"] = repr(result)[:MOST_SHOWN]
        pairs = enumerate(zip(given, before))  # noqa: B905  # MicroPython knows no `strict`
        outcome["changed"] = [k for k, (now, then) in pairs if isinstance(now, list) and now != then]
        return outcome
    except BaseException as error:
        return failure(error)


def failure(error):
    """What Python says, and the innermost line of the program."""
    name, text = type(error).__name__, str(error)
    if name in ("SystemExit", "KeyboardInterrupt"):
        return {"kind": "exit", "name": name}
    if name == "MemoryError" and is_full(text):
        raise error  # nothing is left to say it with
    if name == "RuntimeError" and "recursion" in text:
        name = "RecursionError"
    return {"kind": "error", "name": name, "text": text[:MOST_TEXT], "line": line_of(error)}


def is_full(text):
    """Whether not even a little was left: a loop has gone on for long, and nothing is collected in it."""
    words = text.split()
    return words[-1:] == ["bytes"] and int(words[-2]) < SMALL


def line_of(error):
    """The line of the program in which an exception arose, 0 if it arose elsewhere."""
    said = io.StringIO()
    if print_exception := getattr(sys, "print_exception", None):  # MicroPython's own
        print_exception(error, said)
    else:
        import traceback

        traceback.print_exception(type(error), error, error.__traceback__, file=said)
    lines = [row for row in said.getvalue().split("\n") if f'File "{FILE}"' in row]
    return int(lines[-1].split("line ")[1].split(",")[0]) if lines else 0


def returned(result):
    """Numbers as NumPy would take them from lists and tuples, or the type of what is none."""
    if result is None or result is ... or isinstance(result, (str, bytes, complex, dict, set)):
        return {"kind": "type", "name": type_name(result)}
    try:
        shape, flat = walk(result)
    except TypeOfAnswer as found:
        return {"kind": "type", "name": found.args[0]}
    if len(flat) > MOST_NUMBERS:
        return {"kind": "large", "name": "", "text": str(len(flat))}
    numbers = b"".join([struct.pack("<d", float(x)) for x in flat])
    return {"kind": "numbers", "name": "", "shape": shape, "hex": binascii.hexlify(numbers).decode()}


def walk(result):
    """Shape and numbers of lists within lists."""
    shape, level = [], [result]
    while level and all(isinstance(part, SEQUENCES) for part in level):
        lengths = {len(part) for part in level}
        if len(lengths) > 1:
            raise TypeOfAnswer("ragged list")
        shape.append(lengths.pop())
        level = [item for part in level for item in part]
    if any(isinstance(item, SEQUENCES) for item in level):
        raise TypeOfAnswer("ragged list")
    for item in level:
        if isinstance(item, complex):
            raise TypeOfAnswer("complex")
        fits = not isinstance(item, int) or -(2**63) <= item < 2**64
        if not isinstance(item, (bool, int, float)) or not fits:
            raise TypeOfAnswer(type_name(result))
    return shape, level


def type_name(value):
    """The name of a type as CPython has it."""
    if value is ...:
        return "ellipsis"
    name = type(value).__name__
    return ALIASES.get(name, name)


def no_input(*_):
    """There is nobody to ask."""
    raise EOFError("EOF when reading a line")


def maker(name, defaults):
    """A class with fields, such as LIF, which can be read and not changed."""

    class Named:
        def __init__(self, **given):
            for field in given:
                if field not in defaults:
                    raise TypeError(f"{name} has no field {field}")
            for field in defaults:
                object.__setattr__(self, field, given.get(field, defaults[field]))

        def __setattr__(self, field, value):
            raise AttributeError("can't set attribute")

        def _asdict(self):
            return {field: getattr(self, field) for field in defaults}

        def _replace(self, **given):
            fields = self._asdict()
            fields.update(given)
            return Named(**fields)

        def __repr__(self):
            fields = ", ".join(f"{field}={value}" for field, value in self._asdict().items())
            return f"{name}({fields})"

    return Named


# ---- what MicroPython's math has not ----


class Fuller:
    """A module with more in it."""


def log1p(x):
    """ln(1 + x), also for a very small x."""
    u = 1.0 + x
    return x if u == 1.0 else math.log(u) * x / (u - 1.0)


def expm1(x):
    """e**x - 1, also for a very small x."""
    u = math.exp(x)
    if u == 1.0 or u == 0.0:
        return x if u == 1.0 else -1.0
    return (u - 1.0) * x / math.log(u)


def hypot(x, y):
    """The length of the diagonal."""
    return math.sqrt(x * x + y * y)


def prod(numbers):
    """All numbers multiplied."""
    product = 1
    for x in numbers:
        product *= x
    return product


def complete(more):
    """Give `import math` the functions of `more`, too, as far as they are missing."""
    if all(hasattr(math, function.__name__) for function in more):
        return
    fuller = Fuller()
    for function in more:
        setattr(fuller, function.__name__, function)
    for name in dir(math):
        setattr(fuller, name, getattr(math, name))
    sys.modules["math"] = fuller  # type: ignore[assignment]


if sys.implementation.name == "micropython":
    import gc

    gc.disable()  # in WebAssembly the collector does not see what only a local variable holds
    complete([log1p, expm1, hypot, prod])
