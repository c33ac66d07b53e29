import numpy as np
import pytest

from snnlab.probability.glm_fit import fit_glm, glm_potential
from snnlab.probability.ridge_choice import choose_ridge, held_out_parts
from snnlab.probability.scores import bits_per_spike


def test_each_part_is_predicted_by_weights_that_never_saw_it():
    rng = np.random.default_rng(1)
    x = rng.normal(size=(400, 3))
    y = (rng.random(400) < 1 / (1 + np.exp(1.5 - x[:, 0]))).astype(float)
    found = choose_ridge(x, y, [0.0, 0.1], folds=4)
    fit = fit_glm(np.r_[x[:100], x[200:]], np.r_[y[:100], y[200:]], ridge=0.1)
    rate = np.r_[y[:100], y[200:]].mean()
    alone = bits_per_spike(glm_potential(x[100:200], fit), y[100:200], constant=rate)
    assert found.bits.shape == (2, 4)
    assert found.bits[1, 1] == pytest.approx(alone, rel=1e-12, abs=0)
    assert found.ridge == found.ridges[np.argmax(found.bits.mean(axis=1))]


def test_many_columns_want_a_ridge_and_one_does_not():
    """Ten recordings each: thirty columns that say nothing, and one that does."""
    wide, narrow = [], []
    for seed in range(10):
        rng = np.random.default_rng(seed)
        x = rng.normal(size=(600, 31))
        y = rng.random(600) < 1 / (1 + np.exp(2 - 1.5 * x[:, 0]))
        gain = np.diff(choose_ridge(x, y, [1e-6, 0.03]).bits.mean(axis=1))[0]
        wide.append(gain)
        narrow.append(np.diff(choose_ridge(x[:, :1], y, [1e-6, 0.03]).bits.mean(axis=1))[0])
    assert max(narrow) < 0 < min(wide)


def test_a_part_without_spikes_is_left_out():
    rng = np.random.default_rng(2)
    x = rng.normal(size=(90, 1))
    y = np.r_[rng.random(60) < 0.3, np.zeros(30)].astype(float)
    found = choose_ridge(x, y, [0.1], folds=3)
    assert np.isnan(found.bits[0, 2]) and np.isfinite(found.bits[0, :2]).all()


def test_spikes_in_one_part_alone_are_refused():
    x, y = np.random.default_rng(4).normal(size=(90, 1)), np.zeros(90)
    y[[31, 40, 52]] = 1.0
    with pytest.raises(ValueError, match="y must hold a spike outside part 1 of the 3 too, got none"):
        choose_ridge(x, y, [0.1], folds=3)


def test_no_trial_is_cut():
    starts = [0, 30, 35, 60, 90]
    parts = held_out_parts(100, 2, starts)
    assert [(part[0], part[-1]) for part in parts] == [(0, 59), (60, 99)]
    assert [part.size for part in held_out_parts(100, 3)] == [34, 33, 33]
    assert held_out_parts(12, 2, blocks=3)[1].tolist() == [2, 3, 6, 7, 10, 11]
    rng = np.random.default_rng(5)
    x, y = rng.normal(size=(100, 1)), (rng.random(100) < 0.4).astype(float)
    found = choose_ridge(x, y, [0.1], folds=2, starts=starts)
    fit = fit_glm(x[60:], y[60:], ridge=0.1)
    alone = bits_per_spike(glm_potential(x[:60], fit), y[:60], constant=y[60:].mean())
    assert found.bits[0, 0] == pytest.approx(alone, rel=1e-12, abs=0)
    with pytest.raises(ValueError, match=r"folds must not be more than there are trials \(5\), got 6"):
        choose_ridge(x, y, [0.1], folds=6, starts=starts)
    with pytest.raises(
        ValueError, match=r"starts must begin with 0 and grow, below the number of bins \(100\)"
    ):
        choose_ridge(x, y, [0.1], folds=2, starts=[0, 100])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (([], "logistic", 2), "ridges must hold one value at least, got none"),
        (([0.1], "logistic", 1), "folds must be at least 2, got 1"),
        (([0.1], "logistic", 5), "folds must leave two bins or more in each part, got 5"),
        (([-0.1], "logistic", 2), "ridge must be zero or positive, and finite, got -0.1"),
    ],
)
def test_refused(arguments, sentence):
    x, y = np.random.default_rng(3).normal(size=(8, 1)), [0, 1, 1, 0, 0, 1, 0, 1]
    with pytest.raises(ValueError, match=sentence):
        choose_ridge(x, y, *arguments)
