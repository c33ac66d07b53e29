"""What becomes of competing synapses: the run of `compete` with the same seed, counted by NumPy."""

import numpy as np
import pytest

from snnlab.coding import cv
from snnlab.learning import Competition, compete
from snnlab.learning.competition.competition_outcome import competition_outcome

SEED = np.uint64(7)


@pytest.mark.parametrize("numbers", [Competition(a_plus=0.02), Competition(a_plus=0.03, alpha=1.2, n_in=0)])
def test_the_outcome_is_that_of_the_competition(numbers):
    seen = competition_outcome(20.0, 8, numbers, n=300, rng=SEED)
    run = compete(20.0, 8000.0, numbers, n=300, rng=SEED)
    np.testing.assert_allclose(seen.w, run.w, atol=1e-12)
    times = run.spikes.times
    np.testing.assert_array_equal(
        seen.rates, np.histogram(np.ceil(times - 1e-6), 1000.0 * np.arange(9) + 0.5)[0]
    )
    late = run.spikes.between(6000.0, 8000.0)
    assert seen.late == pytest.approx(late.rates[0])
    assert seen.cv == pytest.approx(cv(late)[0], nan_ok=True)


def test_weights_are_counted():
    seen = competition_outcome(20.0, 4, Competition(a_plus=0.03), n=500, rng=SEED)
    counts = np.histogram(seen.w, np.arange(26) / 25)[0]
    np.testing.assert_array_equal(seen.weights, counts)
    assert seen.low == pytest.approx(100.0 * np.mean(seen.w < 0.2))
    assert seen.high == pytest.approx(100.0 * np.mean(seen.w > 0.8))
    assert seen.mean == pytest.approx(seen.w.mean())


def test_without_learning_all_stays_as_it_was():
    seen = competition_outcome(5.0, 4, Competition(a_plus=0.0), 0.1, n=50, rng=SEED)
    assert (seen.w == 0.1).all() and seen.weights[2] == 50
    assert seen.low == 100.0 and seen.late == 0.0 and np.isnan(seen.cv)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"rate": 10_000.0}, "rate must be below one spike a step (10000 Hz), got 10000"),
        ({"seconds": 0}, "seconds must be at least 1, got 0"),
        ({"w": 1.5}, "w must be between 0 and 1, got 1.5"),
        (
            {"numbers": Competition(rate_in=20_000.0)},
            "rate_in must be below one spike a step (10000 Hz), got 20000",
        ),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        competition_outcome(**({"rate": 20.0, "seconds": 4, "rng": SEED} | wrong))
    assert str(failure.value) == sentence
