"""What a kernel takes: numbers, arrays of numbers, and tuples of these.

Numba tells of anything else on a page about its types. Before a kernel is compiled for arguments of new
types they are looked at here, once, and what it cannot take is named. Where its docstring says ``out : array
of float``, integers are refused as well: they would cut off what is written into them, and so is an array
that is read-only.

A kernel that readers call themselves has its parameters in its docstring, and these are rules, which each
call from Python has to keep: ``x : float or array``, ``width : float`` with "above 0" below it, ``n : int``,
``seed : uint64``. Masks and units are refused in all of them. Calls from other kernels are not looked at.
"""

import inspect
import re
from collections.abc import Callable
from numbers import Number
from typing import Any

import numpy as np

from snnlab.checks import as_real, positive, whole
from snnlab.foreign_arrays import plain
from snnlab.work_and_memory import afford

try:
    from numba.core.registry import CPUDispatcher as Dispatcher
except ImportError:  # private to Numba: without it, calls are as Numba takes them
    Dispatcher = None  # type: ignore[assignment, misc]

__all__ = ["keep_rules", "numbers", "refuse_others"]

_LEAST, _MOST = -(2**63), 2**64 - 1


def refuse_others(dispatcher: Any, function: Callable) -> None:
    """Let `dispatcher` name an argument that no kernel can take, before it compiles `function`.

    Parameters
    ----------
    dispatcher
        What Numba makes of the function.
    function
        The function.

    Examples
    --------
    >>> from snnlab.neurons.models.lif import step
    >>> step("a", 0.0, 0.9, -65.0, 100.0)
    Traceback (most recent call last):
    ...
    TypeError: v must be a number, an array of numbers or a tuple of these, got str
    """
    compile_for = dispatcher._compile_for_args  # private to Numba: without it, its own words are shown
    names = list(inspect.signature(function).parameters)
    floats = set(re.findall(r"^ *(\w+) : array of float\b", function.__doc__ or "", flags=re.MULTILINE))

    def compile_for_numbers(*arguments: Any, **more: Any) -> Any:
        for name, value in zip(names, arguments, strict=False):
            _refuse(name, value)
            if name in floats and getattr(value, "dtype", np.dtype(object)).kind != "f":
                raise TypeError(f"{name} must be an array of floats, got {_described(value)}")
            if name in floats and not value.flags.writeable:
                raise ValueError(f"{name} must be an array that can be written into, got a read-only one")
        return compile_for(*arguments, **more)

    dispatcher._compile_for_args = compile_for_numbers


def _refuse(name: str, value: Any) -> None:
    if isinstance(value, tuple):
        fields = getattr(value, "_fields", range(len(value)))
        for field, part in zip(fields, value, strict=True):
            _refuse(f"{name}.{field}" if isinstance(field, str) else f"{name}[{field}]", part)
    elif isinstance(value, np.ndarray | np.generic):
        if value.dtype.kind not in "biufc" or not value.dtype.isnative:
            raise TypeError(f"{name} must be of a type of numbers that this machine has, got {value.dtype}")
    elif isinstance(value, int) and not _LEAST <= value <= _MOST:
        raise ValueError(f"{name} must be a whole number of 64 bits, got one of {value.bit_length()} bits")
    elif not isinstance(value, Number | np.random.Generator):
        raise TypeError(
            f"{name} must be a number, an array of numbers or a tuple of these, got {_described(value)}"
        )


def _described(value: Any) -> str:
    return f"an array of {value.dtype}" if isinstance(value, np.ndarray) else type(value).__name__


def _no_list(name: str, value: Any) -> Any:
    """`value`, without a mask or a unit; of a list Numba has no words."""
    if isinstance(value, list):
        raise TypeError(f"{name} must be a number, an array of numbers or a tuple of these, got list")
    return plain(name, value)


def keep_rules(dispatcher: Any, function: Callable) -> None:
    """Let each call of `dispatcher` from Python keep what the docstring says of the parameters.

    Parameters
    ----------
    dispatcher
        What Numba makes of the function.
    function
        The function; one without parameters in its docstring is called as it is.

    Examples
    --------
    >>> from snnlab.learning import arctan
    >>> arctan(0.0, 0.0)
    Traceback (most recent call last):
    ...
    ValueError: width must be positive and finite, got 0
    """
    rules = _rules_in(inspect.getdoc(function) or "")
    as_usual = type(dispatcher) is Dispatcher
    if rules and as_usual:
        dispatcher.__class__ = CPUDispatcher
        dispatcher.rules = [
            (name, rules.get(name, _no_list)) for name in inspect.signature(function).parameters
        ]


if Dispatcher is not None:

    class CPUDispatcher(Dispatcher):
        """What Numba makes of a function, under the same name; its arguments are looked at in each call."""

        rules: list[tuple[str, Callable[[str, Any], Any]]] | None = None

        def __call__(self, *arguments: Any, **named: Any) -> Any:
            if self.rules is None or len(arguments) > len(self.rules):
                return super().__call__(*arguments, **named)
            kept = [rule(name, x) for (name, rule), x in zip(self.rules, arguments, strict=False)]
            rest = dict(self.rules[len(kept) :])
            more = {name: rest[name](name, x) if name in rest else x for name, x in named.items()}
            return super().__call__(*kept, **more)


def numbers(name: str, value: Any) -> Any:
    """`value` as a float or an array of floats of any shape; NaN and infinite ones may be among them.

    Parameters
    ----------
    name : str
        The argument.
    value
        Anything.

    Returns
    -------
    float or array of float

    Examples
    --------
    >>> numbers("x", [1, float("nan")])
    array([ 1., nan])
    """
    if type(value) is float:
        return value
    value = plain(name, value)
    try:
        array = np.asarray(value)
    except ValueError:
        raise TypeError(f"{name} must be a number or an array of numbers, got a ragged list") from None
    except MemoryError:
        raise ValueError(f"{name} must be what fits into memory, got a list of too large arrays") from None
    if isinstance(value, bool | np.bool_) or array.dtype.kind not in "biuf":
        if isinstance(value, int) and type(value) is not bool:
            return as_real(name, value)  # of more than 64 bits
        raise TypeError(f"{name} must be a number or an array of numbers, got {_described(value)}")
    afford(name, numbers=2.0 * array.size)  # and what comes out
    return array.astype(np.float64, copy=False)[()]


def _float(name: str, value: Any) -> float:
    return float(value) if isinstance(value, float) else as_real(name, value)


def _whole(name: str, value: Any) -> int:
    return whole(name, value, -(2**63), 2**63 - 1)


def _word(name: str, value: Any) -> np.uint64:
    """64 bits; a negative number has those of its two's complement, as a kernel reads it."""
    return value if type(value) is np.uint64 else np.uint64(whole(name, value, -(2**63), _MOST) % 2**64)


def _rules_in(doc: str) -> dict[str, Callable[[str, Any], Any]]:
    """The rules of the parameters in a docstring, by name."""
    _, found, text = doc.partition("Parameters\n----------\n")
    rules: dict[str, Callable[[str, Any], Any]] = {"": plain} if found else {}
    for names, kind, below in re.findall(
        r"^(\w[\w, ]*) : ([^\n]*)\n((?: +[^\n]*\n?)*)", text.partition("\n\n")[0] + "\n", flags=re.MULTILINE
    ):
        rule = {"float": as_real, "float or array": numbers, "int": _whole, "uint64": _word}.get(
            kind, _no_list
        )
        if kind == "float" and ("above 0" in below or "NaN" in below):
            rule = positive if "above 0" in below else _float
        rules |= dict.fromkeys(re.split(", *", names), rule)
    return rules
