"""Packed products are exact, for any number of signs, and ones are counted in any word."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from snnlab.learning.binary.packed import PackedSigns, ones, pack_signs, packed_product, unpack_signs

SIZES = (1, 2, 7, 63, 64, 65, 100, 127, 128, 129, 500, 784, 4096)


def drawn(seed, *shape):
    return np.random.default_rng(seed).choice([-1, 1], shape)


@pytest.mark.equation("xnor-popcount")
@pytest.mark.parametrize("n", SIZES)
def test_it_is_the_product_of_whole_numbers(n):
    x, w = drawn(n, 5, n), drawn(n + 1, 9, n)
    product = packed_product(pack_signs(x), pack_signs(w))
    assert product.dtype == np.int64
    np.testing.assert_array_equal(product, x @ w.T)


def test_a_thousand_random_cases():
    rng = np.random.default_rng(12)
    for _ in range(1000):
        n = int(rng.integers(1, 300))
        x, w = rng.choice([-1, 1], (2, n)), rng.choice([-1, 1], (3, n))
        assert (packed_product(pack_signs(x), pack_signs(w)) == x @ w.T).all()


@pytest.mark.parametrize("n", SIZES)
def test_the_ends(n):
    """A row with itself and with what is opposite to it: padding counts for nothing."""
    x = drawn(n, 1, n)
    packed = pack_signs(x)
    assert packed_product(packed, packed).item() == n
    assert packed_product(packed, pack_signs(-x)).item() == -n


@pytest.mark.parametrize("n", SIZES)
def test_unpacked_they_are_what_they_were(n):
    x = drawn(n, 3, n)
    np.testing.assert_array_equal(unpack_signs(pack_signs(x)), x)


def test_bit_b_of_word_k_is_sign_64_k_plus_b():
    x = -np.ones((1, 130))
    x[0, [0, 3, 64, 129]] = 1
    assert pack_signs(x).words.tolist() == [[1 + 8, 1, 2]]


@given(st.integers(0, 2**64 - 1))
def test_ones_are_counted(word):
    assert ones(np.uint64(word)) == f"{word:b}".count("1")


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: pack_signs(np.empty((2, 0))), "x must have at least one column, got shape (2, 0)"),
        (
            lambda: packed_product(pack_signs([[1, 1]]), pack_signs([[1]])),
            "x must have as many signs a row as w (1), got 2",
        ),
        (
            lambda: unpack_signs(PackedSigns(np.zeros((1, 1)), 5)),
            "packed.words must be uint64 of 1 columns for 5 signs a row, got float64 of shape (1, 1)",
        ),
        (
            lambda: packed_product(PackedSigns(np.array([[8]], np.uint64), 3), pack_signs([[1, 1, 1]])),
            "x.words must be 0 behind the last of 3 signs, got other bits",
        ),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, sentence):
    with pytest.raises(ValueError) as failure:
        call()
    assert str(failure.value) == sentence


def test_what_is_not_packed_is_named():
    with pytest.raises(TypeError, match="x must be PackedSigns, as pack_signs makes them, got list"):
        packed_product([[1]], pack_signs([[1]]))
