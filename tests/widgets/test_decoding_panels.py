"""The panels of chapter 8 against the functions of the package and against closed forms."""

import numpy as np
import pytest
from snnlab_widgets import facing_panel, reconstruction_panel, sine_panel
from snnlab_widgets.chapters.chapter08 import facing, sine

from snnlab.coding import Decoder, angle_between, bayes_posterior, fit_decoder, reconstruct
from snnlab.data import load_grasshopper, load_head_direction
from snnlab.neurons import siegert_rate, sine_response


@pytest.fixture(scope="module")
def heard():
    recording = load_grasshopper()
    return recording.spikes, 20 * np.log10(recording.stimulus.reshape(-1, 2).mean(axis=1))


@pytest.mark.parametrize(
    "values", [{}, {"place": -6.5, "width": 1.5, "dip": 40}, {"share": 100}, {"place": 25, "share": 50}]
)
def test_the_guess_is_that_of_the_kernel_that_is_drawn(heard, values):
    spikes, loudness = heard
    seen = reconstruction_panel(engine="kernel", **values).result
    guess = reconstruct(spikes, Decoder(seen.lag, seen.curve[:, None], 0.0, 1.0))
    assert seen.correlation == pytest.approx(np.corrcoef(guess, loudness)[0, 1], abs=1e-4)
    shown = slice(3000, 3250)
    assert seen.loudness == pytest.approx(loudness[shown], abs=0.01)
    assert seen.guess == pytest.approx(guess[shown] - guess.mean() + loudness.mean(), abs=0.01)
    assert seen.ticks == pytest.approx(spikes.between(3000, 3250).times, abs=0.01)
    assert seen.height == pytest.approx(np.interp(values.get("place", 6), seen.lag, seen.curve))


def test_the_computed_kernel_is_that_of_least_squares_and_the_best(heard):
    seen = reconstruction_panel(engine="kernel", share=100).result
    assert seen.curve == pytest.approx(fit_decoder(*heard, 1.0, -30, 30).kernel[:, 0], abs=1e-3)
    rng = np.random.default_rng(1)
    for _ in range(20):
        own = {
            "place": rng.integers(-50, 50) / 2,
            "width": rng.integers(1, 30) / 2,
            "dip": rng.uniform(0, 100),
        }
        assert reconstruction_panel(engine="kernel", **own).result.correlation < seen.correlation


@pytest.mark.parametrize(("cells", "window"), [(7, 200), (1, 50), (4, 1600)])
def test_the_minute_is_read_as_bayes_rule_reads_it(cells, window):
    mouse, minute = load_head_direction(), facing.measured()
    seen = facing_panel(engine="kernel", cells=cells, window=window).result
    begin, n = 60_000.0, 60_000 // window
    counts = mouse.spikes[list(facing.CELLS[:cells])].between(begin, begin + n * window).counts(window)
    posterior = bayes_posterior(counts, minute.rate[:, :cells], window)
    guess = (posterior.argmax(axis=1) + 0.5) * 2 * np.pi / facing.BINS
    middle = (np.arange(mouse.stimulus.size) + 0.5) * mouse.dt
    truth = np.interp(begin + window * np.arange(1, n + 1), middle, np.unwrap(mouse.stimulus))
    off = np.degrees(angle_between(guess, truth))
    assert seen.errors == pytest.approx(np.sort(off), abs=0.06)
    assert seen.error == pytest.approx(np.median(off), abs=0.06)
    assert seen.lost == pytest.approx(100 * np.mean(off > 90), abs=0.5)
    assert seen.off.sum() == pytest.approx(100)


def test_a_memory_helps_short_windows():
    errors = [
        facing_panel(engine="kernel", cells=7, window=50, memory=memory).result.error for memory in (0, 90)
    ]
    assert errors[1] < errors[0] - 4


@pytest.mark.parametrize(("frequency", "tau"), [(2, 20), (10, 5), (50, 20), (40, 0)])
def test_the_rate_model_swings_by_its_closed_form(frequency, tau):
    seen = sine_panel(engine="kernel", frequency=frequency, tau=tau).result
    assert seen.size_model == pytest.approx(100 / np.hypot(1, 2e-3 * np.pi * frequency * tau), rel=0.03)
    assert seen.gain == pytest.approx(100 / np.hypot(1, 2e-3 * np.pi * seen.f * tau))
    phase = np.radians(seen.phase)
    current = sine.MEAN + sine.AMPLITUDE * np.sin(phase)
    assert seen.slow == pytest.approx(siegert_rate(current, 4.0, dt=sine.DT), abs=0.7)  # the width of a bin


def test_the_population_swings_as_in_a_longer_simulation():
    found = sine_response(
        [10, 50], sine.MEAN, sine.AMPLITUDE, 4.0, 20.0, n=1000, dt=0.5, rng=np.random.default_rng(1)
    )
    chance = 4.5 * found.scatter / found.slope * np.sqrt(1 + 2000 / sine.DURATION)
    for frequency, size, error in zip((10, 50), found.population, found.error, strict=True):
        seen = sine_panel(engine="kernel", frequency=frequency).result
        assert seen.size / 100 == pytest.approx(abs(size) / found.slope, abs=chance + 0.03)
        assert seen.error / 100 == pytest.approx(error, abs=chance + 0.03)


def test_with_little_noise_the_population_rings():
    assert sine_panel(engine="kernel", frequency=20, sigma=1).result.size > 180
    assert sine_panel(engine="kernel", frequency=2, sigma=1).result.size == pytest.approx(100, abs=10)
