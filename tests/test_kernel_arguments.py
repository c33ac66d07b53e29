"""What no kernel takes is named before anything is compiled."""

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
