"""One cycle of a sine: the rate model by its closed form, the population by a longer simulation."""

import numpy as np
import pytest

from snnlab.neurons import siegert_rate, sine_response
from snnlab.neurons.sine_cycle import sine_cycle

SEED = np.uint64(1)


@pytest.mark.parametrize(("frequency", "tau"), [(2.0, 20.0), (10.0, 5.0), (50.0, 20.0), (40.0, 0.0)])
def test_the_rate_model_swings_by_its_closed_form(frequency, tau):
    seen = sine_cycle(frequency, 4.0, tau, n=20, rng=SEED)
    assert seen.size_model == pytest.approx(100 / np.hypot(1, 2e-3 * np.pi * frequency * tau), rel=0.03)
    assert seen.gain == pytest.approx(100 / np.hypot(1, 2e-3 * np.pi * seen.f * tau))
    current = 0.16 + 0.03 * np.sin(np.radians(seen.phase))
    assert seen.slow == pytest.approx(siegert_rate(current, 4.0, dt=0.5), abs=0.7)  # the width of a bin


def test_the_population_swings_as_in_a_longer_simulation():
    found = sine_response([10, 50], 0.16, 0.03, 4.0, 20.0, n=1000, dt=0.5, rng=np.random.default_rng(1))
    chance = 4.5 * found.scatter / found.slope * np.sqrt(1 + 2000 / 600)
    for frequency, size, error in zip((10.0, 50.0), found.population, found.error, strict=True):
        seen = sine_cycle(frequency, 4.0, 20.0, rng=SEED)
        assert seen.size / 100 == pytest.approx(abs(size) / found.slope, abs=chance + 0.03)
        assert seen.error / 100 == pytest.approx(error, abs=chance + 0.03)


def test_with_little_noise_the_population_rings():
    assert sine_cycle(20.0, 1.0, 20.0, rng=SEED).size > 180
    assert sine_cycle(2.0, 1.0, 20.0, rng=SEED).size == pytest.approx(100, abs=10)


def test_the_mean_rate_is_that_of_the_formula():
    seen = sine_cycle(2.0, 4.0, 20.0, n=20_000, rng=SEED)
    assert seen.rate == pytest.approx(seen.slow.mean(), rel=0.01)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"tau": -1.0}, "tau must be zero or positive, and finite, got -1"),
        ({"n": 0}, "n must be at least 1, got 0"),
        (
            {"frequency": 1.0},
            "frequency must be from 1.66667 Hz (a cycle in duration) to 500 Hz (four steps a cycle), got 1",
        ),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        sine_cycle(**({"frequency": 10.0, "sigma": 4.0, "tau": 5.0, "rng": SEED} | wrong))
    assert str(failure.value) == sentence
