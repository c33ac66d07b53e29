"""What chapter 12 says of its table: how much one bit costs, and that it is above what it has to be above."""

import numpy as np
import pytest

from snnlab import spread
from snnlab.course import load_table


def columns(hidden):
    """The ten seeds of networks of one size, by column."""
    runs = load_table("one_bit_digits")
    kept = runs["hidden"] == hidden
    assert kept.sum() == 10
    return {name: column[kept] for name, column in runs.items()}


def test_on_the_small_digits():
    runs = columns(256)
    assert spread(runs["one_bit"]).mean >= 0.97
    for real in ("real", "deep"):
        assert spread(runs[real] - runs["one_bit"]).mean <= 0.03
    for control in ("linear", "frozen", "frozen_real"):
        gained = spread(runs["one_bit"] - runs[control])
        assert gained.mean > 2 * gained.sd / np.sqrt(gained.n)


def test_on_mnist():
    runs = load_table("one_bit_mnist")
    for real in ("real", "deep"):
        assert spread(runs[real] - runs["one_bit"]).mean <= 0.03
    for control in ("linear", "frozen_real"):
        gained = spread(runs["one_bit"] - runs[control])
        assert gained.mean > 2 * gained.sd / np.sqrt(gained.n)


@pytest.mark.parametrize(("few", "many"), [(16, 64), (64, 256)])
def test_one_bit_costs_less_in_a_larger_network(few, many):
    lost = [spread(runs["real"] - runs["one_bit"]).mean for runs in (columns(n) for n in (few, many))]
    assert lost[0] > lost[1]
