"""What a record says of numbers that are none."""

from typing import Annotated, NamedTuple

import numpy as np
import pytest

from snnlab.records import blank, read


class Seen(NamedTuple):
    """What a kernel fills."""

    v: np.ndarray
    """A potential, mV."""
    times: Annotated[np.ndarray, "n"]
    """Spike times, ms."""
    n: int
    """How many there are."""
    rate: float
    """A rate,
    Hz; NaN where there is no time."""


def filled(**numbers):
    seen = blank(Seen, v=(2, 1), times=3)
    for name, value in numbers.items():
        getattr(seen, name)[-1] = value
    return seen


def test_a_nan_of_which_the_documentation_tells_is_a_result():
    assert np.isnan(read(filled(rate=np.nan)).rate)


def test_a_nan_of_which_it_does_not_tell_is_none():
    with pytest.warns(
        RuntimeWarning, match=r"^v is not a number everywhere, and .*: an argument may be too large"
    ):
        assert np.isnan(read(filled(v=np.nan)).v[-1])


def test_what_is_not_in_use_may_hold_anything():
    assert read(filled(times=np.nan)).times.size == 0
    with pytest.warns(RuntimeWarning, match=r"^times is not a number"):
        read(filled(times=np.nan, n=3))


def test_without_a_text_nobody_is_held_to_it():
    class Silent(NamedTuple):
        x: float

    assert np.isnan(read(Silent(np.array([np.nan]))).x)
