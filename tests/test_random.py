"""The counter-based generator against its authors' known answers."""

import numpy as np
import pytest

from snnlab.random import normal, philox, seed_from, uniform

# Philox4x32-10, from the file kat_vectors of the library Random123: counter, key, result.
KNOWN = [
    ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
]


def pair(low, high):
    return np.uint64((int(high, 16) << 32) | int(low, 16))


@pytest.mark.parametrize(("counter", "key", "result"), KNOWN)
def test_known_answers(counter, key, result):
    c, k, r = counter.split(), key.split(), result.split()
    a, b = philox(pair(*k), pair(*c[2:]), pair(*c[:2]))
    assert (np.uint64(a), np.uint64(b)) == (pair(*r[:2]), pair(*r[2:]))


@pytest.mark.parametrize("seed", [0, 1, 2**62])
def test_signed_numbers_count_as_unsigned(seed):
    """A plain 1 is a signed number for Numba; shifted as such, the result would even be negative."""
    assert uniform(seed, 3, 5) == uniform(np.uint64(seed), np.uint64(3), np.uint64(5))
    assert philox(seed, 3, 5) == philox(np.uint64(seed), np.uint64(3), np.uint64(5))


def test_uniform_numbers_are_uniform():
    """Mean, variance, and 100 bins by chi-squared below its 0.1 % point (148.2 for 99 degrees of freedom)."""
    n = 100_000
    x = np.array([uniform(np.uint64(3), np.uint64(1), np.uint64(k)) for k in range(n)])
    assert x.min() >= 0 and x.max() < 1
    assert abs(x.mean() - 0.5) < 4.5 * np.sqrt(1 / 12 / n)
    counts = np.histogram(x, 100, (0, 1))[0]
    assert np.sum((counts - n / 100) ** 2 / (n / 100)) < 148.2


def test_normal_numbers_are_normal():
    """Mean, variance, kurtosis, no correlation with the neighbour, ten classes by chi-squared."""
    n = 100_000
    x = np.array([normal(np.uint64(3), np.uint64(1), np.uint64(k)) for k in range(n)])
    assert abs(x.mean()) < 4.5 / np.sqrt(n)
    assert abs(x.var() - 1) < 4.5 * np.sqrt(2 / n)
    assert abs(np.mean(x**4) - 3) < 4.5 * np.sqrt(96 / n)
    assert abs(np.mean(x[1:] * x[:-1])) < 4.5 / np.sqrt(n)
    tenths = [-1.2815516, -0.8416212, -0.5244005, -0.2533471, 0.0, 0.2533471, 0.5244005, 0.8416212, 1.2815516]
    counts = np.bincount(np.searchsorted(tenths, x), minlength=10)
    assert np.sum((counts - n / 10) ** 2 / (n / 10)) < 27.9  # the 0.1 % point for 9 degrees of freedom


def test_a_seed_comes_from_a_generator_or_is_one_in_so_many_words():
    assert seed_from(np.uint64(7)) == 7
    assert seed_from(np.random.default_rng(0)) != seed_from(np.random.default_rng(1))
    for wrong in (1, np.int64(1), None, np.random):
        with pytest.raises(TypeError, match=r"rng must be a numpy.random.Generator"):
            seed_from(wrong)
