"""The integer operations against unbounded integers, over the edges of every register."""

import itertools
from fractions import Fraction

import numpy as np
import pytest

from snnlab.loihi import EXCITATORY, FLOOR, INHIBITORY, MIXED, NEAREST, TRUNCATE, decayed, rounded
from snnlab.loihi.fixed_point import saturated, scaled_bias, weight_limits, weight_mantissa, wrapped

M = 2**23
EDGES = sorted({s * (k + d) for k in (0, 1, 2047, 4095, 4096, 12345, M) for d in (-1, 0, 1) for s in (-1, 1)})


@pytest.mark.parametrize("keep", [0, 1, 2, 2047, 2048, 3686, 4094, 4095, 4096])
def test_a_decay_drops_the_remainder(keep):
    """int() of an exact fraction rounds towards zero."""
    for x in EDGES:
        assert decayed(x, keep) == int(Fraction(x * keep, 4096))


@pytest.mark.parametrize("edge", [0, 1])
def test_a_sum_wraps_into_its_range(edge):
    for x, m in itertools.product([*EDGES, 2 * M - 1, 2 * M, 3 * M, -3 * M, 5 * M + 1], (2**21, M)):
        y = wrapped(x, m, edge)
        assert -m + edge <= y < m + edge and (y - x) % (2 * m) == 0
        assert wrapped(x, 0, 0) == x


def test_the_two_rules_of_overflow_part_in_one_value():
    """lava subtracts 2²⁴ only above +2²³, and adds it from −2²³ on."""
    for x in (*range(-M - 3, -M + 4), *range(M - 3, M + 4)):
        assert wrapped(x, M, 1) == (x - 2 * M if x > M else x + 2 * M if x <= -M else x)
        assert (wrapped(x, M, 0) != wrapped(x, M, 1)) == (abs(x) == M)
    assert (wrapped(M, M, 0), wrapped(M, M, 1)) == (-M, M)


def test_saturation_keeps_the_ends():
    for x in EDGES:
        assert saturated(x, -4096, M - 1) == sorted((-4096, x, M - 1))[1]


def test_a_bias_is_mantissa_times_a_power_of_two():
    np.testing.assert_array_equal(scaled_bias([-4096, -1, 0, 4095], [7, 0, 3, 7]), [-524288, -1, 0, 524160])
    with pytest.raises(ValueError, match=r"bias must be whole, from -4096 to 4095, got 4096"):
        scaled_bias(4096)
    with pytest.raises(ValueError, match=r"bias_exp must be whole, from 0 to 7, got -1"):
        scaled_bias(1, -1)
    with pytest.raises(ValueError, match=r"bias must be whole, from -4096 to 4095, got 0.5"):
        scaled_bias([0.5])


def test_three_ways_to_round():
    x = np.array([-2.5, -1.5, -0.75, -0.5, 0.0, 0.5, 1.5, 2.5, 2.75])
    np.testing.assert_array_equal(rounded(x, FLOOR), [-3, -2, -1, -1, 0, 0, 1, 2, 2])
    np.testing.assert_array_equal(rounded(x, TRUNCATE), [-2, -1, 0, 0, 0, 0, 1, 2, 2])
    np.testing.assert_array_equal(rounded(x, NEAREST), [-2, -2, -1, 0, 0, 0, 2, 2, 3])
    with pytest.raises(ValueError, match="rounding must be FLOOR, TRUNCATE or NEAREST, got 3"):
        rounded(x, 3)


@pytest.mark.parametrize("bits", range(1, 9))
@pytest.mark.parametrize("sign_mode", [MIXED, EXCITATORY, INHIBITORY])
def test_a_weight_loses_its_lowest_bits(bits, sign_mode):
    """Shifting right and left again is floor; of magnitudes, it is truncation."""
    w = np.arange(-256, 256)
    k = 8 - bits + (sign_mode == MIXED)
    step, low, high = weight_limits(bits, sign_mode)
    assert step == 1 << k and low % step == 0 and high % step == 0 and high + step > 255 * (high > 0)
    shifts = {
        MIXED: (w >> k) << k,
        EXCITATORY: (np.clip(w, 0, 255) >> k) << k,
        INHIBITORY: -((np.clip(-w, 0, 255) >> k) << k),
    }
    np.testing.assert_array_equal(weight_mantissa(w, bits, sign_mode, FLOOR), shifts[sign_mode])
    toward_zero = np.clip(np.trunc(w / step) * step, low, high)
    np.testing.assert_array_equal(weight_mantissa(w, bits, sign_mode, TRUNCATE), toward_zero)


def test_a_number_of_bits_or_a_sign_mode_that_the_chip_lacks():
    with pytest.raises(ValueError, match="bits must be at most 8, got 9"):
        weight_limits(9, MIXED)
    with pytest.raises(ValueError, match="bits must be at least 1, got 0"):
        weight_limits(0, MIXED)
    with pytest.raises(ValueError, match="sign_mode must be MIXED, EXCITATORY, INHIBITORY or SPLIT, got 0"):
        weight_limits(8, 0)


def test_what_has_no_whole_number_next_to_it_is_refused():
    for x, error, message in (
        (np.nan, ValueError, "x must be finite, got nan"),
        (1e300, ValueError, r"x must be below 2\^53 in magnitude, got 1e\+300"),
        ("a", TypeError, "x must be an array of numbers of any shape, got a str"),
    ):
        with pytest.raises(error, match=message):
            rounded(x, FLOOR)
    with pytest.raises(ValueError, match="rounding must be FLOOR, TRUNCATE or NEAREST"):
        rounded(1.0, [FLOOR])
    with pytest.raises(ValueError, match=r"bias_exp must be a number or have shape \(3,\), got \(2,\)"):
        scaled_bias([1, 2, 3], [1, 2])
