"""What no kernel takes is named before anything is compiled."""

import pickle
from typing import NamedTuple

import numba
import numpy as np
import pytest

from snnlab.compiling import kernel


class Pair(NamedTuple):
    a: object
    b: object


@kernel
def add(x, y):
    return x[0] + y


@kernel
def fill(out, value):
    """Fill it.

    Parameters
    ----------
    out : array of float of shape (n,)
    value : float
    """
    out[:] = value


@kernel
def hump(x, width, n, seed):
    """For readers.

    Parameters
    ----------
    x : float or array
        NaN stays NaN.
    width : float
        Above all: w, above 0.
    n : int
        How often.
    seed : uint64
        Chance.

    Returns
    -------
    float or array
    """
    return n * np.abs(x) / width + 0.0 * float(seed)


@kernel
def outer(x):
    return hump(x, 0.5, 1, np.uint64(2**63))


pytestmark = pytest.mark.skipif(numba.config.DISABLE_JIT, reason="the compiler is off")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("a", 1.0), "^x must be a number, an array of numbers or a tuple of these, got str$"),
        ((np.zeros(2), None), "^y must be a number, .*, got NoneType$"),
        (([1.0], 1.0), "^x must be a number, .*, got list$"),
        ((Pair(1.0, None), 1.0), r"^x\.b must be a number, .*, got NoneType$"),
        (((1.0, "a"), 1.0), r"^x\[1\] must be a number, .*, got str$"),
        ((np.array(["a"]), 1.0), "^x must be of a type of numbers that this machine has, got <U1$"),
        ((np.zeros(2, ">f8"), 1.0), "^x must be of a type of numbers that this machine has, got >f8$"),
    ],
)
def test_what_it_cannot_take_is_named(arguments, sentence):
    with pytest.raises(TypeError, match=sentence):
        add(*arguments)


def test_what_it_can_take_goes_through():
    assert add(np.array([1, 2]), 2.5) == 3.5 and add((1.0, 2.0), np.float32(1)) == 2.0
    out = np.zeros(2)
    fill(out, 3)
    assert out.tolist() == [3.0, 3.0]


def test_an_array_that_would_cut_numbers_off_is_refused():
    with pytest.raises(TypeError, match=r"^out must be an array of floats, got an array of int64$"):
        fill(np.zeros(2, np.int64), 3.0)
    with pytest.raises(TypeError, match=r"^out must be an array of floats, got float$"):
        fill(2.0, 3.0)
    frozen = np.zeros(2)
    frozen.flags.writeable = False
    with pytest.raises(
        ValueError, match=r"^out must be an array that can be written into, got a read-only one$"
    ):
        fill(frozen, 3.0)


def test_a_number_of_more_than_64_bits_is_refused():
    with pytest.raises(ValueError, match=r"^y must be a whole number of 64 bits, got one of 1329 bits$"):
        add(np.zeros(2), 10**400)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (([1.0, "a"], 1.0, 1, 1), "^x must be a number or an array of numbers, got list$"),
        (([[1.0], [1.0, 2.0]], 1.0, 1, 1), "^x must be a number or an array of numbers, got a ragged list$"),
        ((True, 1.0, 1, 1), "^x must be a number or an array of numbers, got bool$"),
        ((np.ma.array([1.0], mask=True), 1.0, 1, 1), "^x must not be masked"),
        ((10**400, 1.0, 1, 1), "^x must be finite, got inf$"),
        ((1.0, 0.0, 1, 1), "^width must be positive and finite, got 0$"),
        ((1.0, np.ones(2), 1, 1), "^width must be a number, got ndarray$"),
        ((1.0, 1.0, 1.5, 1), "^n must be a whole number, got 1.5$"),
        ((1.0, 1.0, 2**63, 1), r"^n must be at most 9223372036854775807, got 9223372036854775808$"),
        ((1.0, 1.0, 1, 2**64), r"^seed must be at most 18446744073709551615, got 18446744073709551616$"),
    ],
)
def test_a_kernel_for_readers_keeps_what_its_docstring_says(arguments, sentence):
    with pytest.raises((TypeError, ValueError), match=sentence):
        hump(*arguments)
    names = ("x", "width", "n", "seed")
    with pytest.raises((TypeError, ValueError), match=sentence):
        hump(**dict(zip(names, arguments, strict=True)))


def test_a_kernel_for_readers_takes_what_is_as_good():
    assert hump(1, 2, np.int8(4), 2**63) == 2.0 and np.isnan(hump(np.nan, 1.0, 1, -1))
    for x in (
        [1, 2],
        np.array([1.0, 2.0], ">f8"),
        np.ma.array([1.0, 2.0]),
        np.ones(4, np.float32)[::2] * [1, 2],
    ):
        assert hump(x, 0.5, 1, 1).tolist() == [2.0, 4.0]


def test_other_kernels_call_it_as_it_is():
    assert outer(np.array([1.0, np.inf])).tolist() == [2.0, np.inf]


def test_a_kernel_for_readers_can_be_sent_away():
    assert pickle.loads(pickle.dumps(hump))(1.0, 0.5, 1, 1) == 2.0


def test_what_is_no_function_becomes_no_kernel():
    with pytest.raises(TypeError, match=r"^function must be a function of Python, got NoneType$"):
        kernel(None)
