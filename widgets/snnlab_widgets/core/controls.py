"""What a panel is made of, apart from its views: controls, read-outs and the arrays of its kernel."""

import math
from typing import Any, NamedTuple

import numpy as np

from snnlab.course.values import with_unit
from snnlab_widgets.core.formats import decimals_of, fixed

__all__ = ["Array", "Control", "ReadOut", "scratch", "started"]


class Control(NamedTuple):
    """One number that the reader moves; from 0 to 1 in one step it is a switch.

    Attributes
    ----------
    name : str
        The name in Python: an argument of the kernel (or of `compute`) and an attribute of the panel.
    symbol : str
        The symbol of the equation; what follows an underscore is a subscript, as in ``"v_th"`` or ``"τ_m"``.
    label : str
        The name in words, as in ``"Threshold"``.
    low, high : float
        The ends of the slider.
    start : float
        The value at the beginning and after a reset.
    step : float
        The step of the slider and of the arrow keys; it sets the decimals shown.
    unit : str
        The unit as it is written after the number; ``""`` for a pure number.
    colour : int
        Which of the quantity colours 1 to 6: slider, line and number share it.

    Examples
    --------
    >>> threshold = Control("v_th", "v_th", "Threshold", -62.0, -45.0, -50.0, 0.1, "mV")
    >>> threshold.decimals, threshold.text(-52.5)
    (1, '−52.5 mV')
    """

    name: str
    symbol: str
    label: str
    low: float
    high: float
    start: float
    step: float
    unit: str = ""
    colour: int = 1

    @property
    def decimals(self) -> int:
        """Digits after the point."""
        return decimals_of(self.step)

    def text(self, value: float) -> str:
        """`value` with its unit."""
        return with_unit(fixed(value, self.decimals), self.unit)

    def check(self, value: object) -> float:
        """`value` as a float within the range, or one sentence that says what is wrong."""
        if isinstance(value, bool):
            raise TypeError(f"{self.name} must be a number, got {value!r}")
        try:
            number = float(value)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            raise TypeError(f"{self.name} must be a number, got {value!r}") from None
        if not (math.isfinite(number) and self.low <= number <= self.high):
            raise ValueError(
                f"{self.name} must be between {fixed(self.low, self.decimals)} and {self.text(self.high)}, "
                f"got {number:g}"
            )
        return number


class ReadOut(NamedTuple):
    """One number that the kernel reports, for the sentence and the headline.

    Attributes
    ----------
    name : str
        The name in sentences and in ``panel.result``.
    decimals : int
        Digits after the point.
    unit : str
        Its unit.
    words : tuple of str
        What is said instead of the numbers 0, 1, 2 …; ``()`` for the number itself.
    none : str
        What is said in large type where there is no number, as in ``"no spike"``; a dash, if nothing is.

    Examples
    --------
    >>> ReadOut("rate", 1, "Hz").text(12)
    '12.0 Hz'
    >>> ReadOut("latency", 1, "ms", none="no spike").text(math.nan)
    'no spike'
    >>> ReadOut("which", words=("left", "right")).text(1)
    'right'
    """

    name: str
    decimals: int = 0
    unit: str = ""
    words: tuple[str, ...] = ()
    none: str = ""

    def text(self, value: float) -> str:
        """`value` with its unit, or its word."""
        if self.words:
            return self.words[int(value)]
        if self.none and math.isnan(value):
            return self.none
        return with_unit(fixed(value, self.decimals), self.unit)


class Array(NamedTuple):
    """An array that the panel hands to the kernel, filled with zeros before every run, or with `start`.

    Attributes
    ----------
    shape : tuple of int
        Its shape; one or two axes.
    dtype : str
        ``"float64"``, ``"int32"`` or ``"uint64"``.
    upto : str
        The read-out that says how many entries are in use (``""``: all); the rest is cut off in the result.
    work : bool
        Scratch space, not part of the result.
    keep : bool
        A memory: scratch space that is not emptied before a run. A kernel may keep there how far it came and
        go on from there; what it returns must be the same as from an empty memory.
    start : array, optional
        The numbers that it holds before every run.

    Examples
    --------
    >>> Array((2000,), "int32", upto="n")
    Array(shape=(2000,), dtype='int32', upto='n', work=False, keep=False, start=None)
    """

    shape: tuple[int, ...]
    dtype: str = "float64"
    upto: str = ""
    work: bool = False
    keep: bool = False
    start: np.ndarray | None = None


def scratch(arrays: Any, keep: bool = False) -> Any:
    """Arrays as scratch space for a kernel.

    Parameters
    ----------
    arrays : named tuple or dict
        What they are like, by name.
    keep
        Whether they keep from run to run what was written into them, so that learning can go on.

    Examples
    --------
    >>> from snnlab.loihi.networks.recurrent import at_rest
    >>> scratch(at_rest(3)).u
    Array(shape=(3,), dtype='int32', upto='', work=True, keep=False, start=None)
    """
    named = arrays if isinstance(arrays, dict) else arrays._asdict()
    space = {
        name: Array(array.shape, str(array.dtype), work=True, keep=keep) for name, array in named.items()
    }
    return type(arrays)(**space)


def started(state: Any) -> Any:
    """A named tuple, and those in it, as what a kernel changes: each run begins with these numbers.

    Parameters
    ----------
    state : named tuple
        Of arrays, numbers and such named tuples. A page knows no short integers: all have 32 bits there.

    Examples
    --------
    >>> from snnlab.loihi.networks.recurrent import at_rest
    >>> started(at_rest(2)._replace(v=np.array([5, 6]))).v
    Array(shape=(2,), dtype='int32', upto='', work=True, keep=False, start=array([5, 6], dtype=int32))
    """
    if isinstance(state, np.ndarray):
        whole = state.dtype.kind in "iub" and state.dtype != np.uint64
        numbers = state.astype(np.int32) if whole else state
        return Array(numbers.shape, str(numbers.dtype), work=True, start=numbers if numbers.any() else None)
    return type(state)(*map(started, state)) if hasattr(state, "_fields") else state
