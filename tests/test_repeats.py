"""The spread of repeated results: its numbers, its words, and what it refuses."""

import re

import numpy as np
import pytest

from snnlab import spread

TEN = [0.8, 0.9, 0.7, 0.8, 0.9, 0.6, 0.8, 0.9, 0.8, 0.8]


def test_against_sums_by_hand():
    found = spread(np.arange(1.0, 12.0))  # the variance of 1 … n is n (n + 1) / 12
    assert (found.mean, found.low, found.high, found.n) == (6.0, 1.0, 11.0, 11)
    assert found.sd == pytest.approx(np.sqrt(11.0), rel=1e-14, abs=0)


def test_it_prints_what_it_holds_with_the_digits_asked_for():
    assert f"{spread(TEN):.2f}" == "0.80 ± 0.09 (10 seeds, 0.60 to 0.90)"
    assert f"{spread(TEN, of='splits'):.0%}" == "80% ± 9% (10 splits, 60% to 90%)"
    assert str(spread(TEN)) == f"{spread(TEN)}" == "0.800 ± 0.094 (10 seeds, 0.600 to 0.900)"
    assert str(spread(np.array(TEN) * 1000)) == "800 ± 94 (10 seeds, 600 to 900)"


def test_a_paired_difference_loses_what_both_runs_share():
    rng = np.random.default_rng(1)
    shared = rng.normal(0, 100, 20)
    with_cause, without = shared + 1 + rng.normal(0, 0.1, 20), shared + rng.normal(0, 0.1, 20)
    assert spread(with_cause).sd > 50
    paired = spread(with_cause - without)
    assert paired.sd < 0.3 and paired.low > 0


def test_equal_results_have_no_spread():
    assert spread([0.1] * 12).sd == 0.0
    assert str(spread([0.1] * 12)) == "0.1 ± 0.0 (12 seeds, 0.1 to 0.1)"


@pytest.mark.parametrize(
    "results, of, complaint",
    [
        (TEN[:9], "seeds", "results must be at least 10, so that their spread means something, got 9"),
        ([*TEN, np.nan], "seeds", "results must be finite, got nan at [10]"),
        ([*TEN, np.inf], "seeds", "results must be finite, got inf at [10]"),
        ([TEN, TEN], "seeds", "results must have shape (n,), got (2, 10)"),
        (TEN, "", "of must name what was repeated, as 'seeds' does, got ''"),
        (TEN, "10", "of must name what was repeated, as 'seeds' does, got '10'"),
    ],
)
def test_what_it_refuses(results, of, complaint):
    with pytest.raises(ValueError, match=re.escape(complaint)):
        spread(results, of=of)
