"""A dragged point: rates, decoders and errors are those of the library's functions."""

import numpy as np
import pytest

from snnlab.coding.nef.dragged_point import (
    MOST,
    dragged_point,
    look_at_disc,
    place_on_disc,
    recorded,
    run_dragged_point,
    workspace,
)
from snnlab.coding.nef.linear_decoders import decoders, decoding_error
from snnlab.coding.nef.tuned_population import TunedPopulation, tuning_curves


def population_of(work, n):
    cells = work.cells[:n]
    return TunedPopulation(cells[:, :2].copy(), cells[:, 2].copy(), cells[:, 3].copy())


@pytest.mark.parametrize(("n", "noise"), [(4, 0.1), (28, 0.02), (64, 0.3)])
def test_it_is_read_with_the_library_s_decoders(n, noise):
    seen, work = recorded(), workspace()
    run_dragged_point(seen, work, 0.4, -0.3, float(n), noise, np.uint64(3))
    disc = np.array([place_on_disc(k) for k in range(len(work.rates))])
    population = population_of(work, n)
    rates = tuning_curves(population, disc)
    np.testing.assert_allclose(work.rates[:, :n], rates, rtol=1e-10, atol=1e-9)
    d = decoders(rates, disc, noise)
    np.testing.assert_allclose(work.d[:n], d, rtol=1e-8, atol=1e-12)
    told = decoding_error(rates, disc, d, noise)
    assert seen.distortion[0] ** 2 == pytest.approx(told.distortion, rel=1e-8)
    assert seen.noise_error[0] ** 2 == pytest.approx(told.noise, rel=1e-8)
    own = tuning_curves(population, [[0.4, -0.3]])
    np.testing.assert_allclose([seen.read_x[0], seen.read_y[0]], (own @ d)[0], rtol=1e-8)
    assert seen.active[0] == np.sum(own > 0)


def test_more_neurons_tell_more_and_the_curve_is_that_of_each_size():
    seen = dragged_point(0.1, 0.7, 12, rng=np.uint64(5))
    for n, distortion, noise in zip(seen.sizes, seen.distortions, seen.noises, strict=True):
        alone = dragged_point(0.1, 0.7, int(n), rng=np.uint64(5))
        assert (alone.distortion, alone.noise_error) == (distortion, noise)
    assert seen.distortions[-1] < seen.distortions[0] / 4 and seen.noises[-1] < seen.noises[0]


def test_readings_scatter_as_the_noise_says():
    spread = []
    for seed in range(20):
        seen = dragged_point(0.2, 0.2, 24, 0.2, rng=np.uint64(seed))
        y = seen.readings[np.isfinite(seen.readings)].reshape(-1, 2)[:, 0]
        spread.append(np.mean((y - seen.read_y) ** 2) / (seen.noise_error**2 / 2))
    assert np.mean(spread) == pytest.approx(1.0, abs=0.15)


def test_the_disc_is_covered_evenly():
    disc = np.array([place_on_disc(k) for k in range(120)])
    assert np.mean(np.linalg.norm(disc, axis=1) ** 2) == pytest.approx(0.5, abs=0.01)
    assert np.abs(disc.mean(axis=0)).max() < 1e-9


def test_rates_are_added_up_once():
    work = workspace()
    work.cells[:] = [1.0, 0.0, 3.0, 1.5]
    for _ in range(2):  # a second look forgets the first
        look_at_disc(work)
        rates = work.rates[:, :MOST]
        np.testing.assert_allclose(np.tril(work.gram), np.tril(rates.T @ rates), rtol=1e-9)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"x": 1.2}, "x and y must be between -1 and 1, got 1.2 and 0"),
        ({"neurons": 13}, "neurons must be a multiple of 4 up to 64, got 13"),
        ({"noise": 0.0}, "noise must be above 0, got 0"),
        ({"noise": 1.5}, "noise must be between 0 and 1, got 1.5"),
    ],
)
def test_bad_input_names_argument_rule_and_value(change, sentence):
    with pytest.raises(ValueError, match=sentence):
        dragged_point(**{"x": 0.0, "y": 0.0, "rng": np.uint64(1), **change})
