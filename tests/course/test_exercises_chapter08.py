"""The exercises of chapter 8 can be solved by the way that their statements show."""

import re

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import (
    Decoder,
    bayes_posterior,
    decode_direction,
    fit_wiener,
    information_bias,
    reconstruct,
    thinned_spikes,
    tuning_curve,
)
from snnlab.course.exercises import find
from snnlab.data import load_head_direction


def test_two_spikes_are_added_up_as_the_package_does_it():
    lag = np.arange(-12.0, 1.0)
    kernel = np.maximum(0, 6 * (1 - np.abs(lag + 6) / 3))
    guess = reconstruct(Spikes([100.5, 103.5], duration=120), Decoder(lag, kernel[:, None], -20.0, 1.0))
    assert find("8.1").solution == pytest.approx(guess[96])


def test_so_many_neurons_are_that_coherent():
    rng = np.random.default_rng(1)
    spectrum = np.fft.rfft(rng.normal(size=100_000))
    spectrum[np.fft.rfftfreq(100_000, 0.001) > 50] = 0
    signal = np.fft.irfft(spectrum)
    signal /= signal.std()
    rate = find("8.2").solution * 50 * np.maximum(1 + 0.4 * signal, 0)
    found = fit_wiener(thinned_spikes(rate, 1.0, rng=rng), signal, 1.0, segment=500)
    inside = (found.frequency > 4) & (found.frequency < 46)
    assert found.coherence[inside].mean() == pytest.approx(0.8, abs=0.02)


@pytest.mark.slow
def test_the_best_window_is_the_best_of_all():
    mouse = load_head_direction()
    windows = (100, 200, 400, 800, 1600, 3200)
    errors = [
        [
            decode_direction(mouse.spikes[:7], mouse.stimulus, mouse.dt, window, memory).error.mean()
            for window in windows
        ]
        for memory in (0.0, 0.9)
    ]
    best = windows[int(np.argmin(errors[0]))]
    assert find("8.3").solution == pytest.approx([best, errors[0][0], errors[1][0]])
    assert max(errors[1][:3]) < 1.1 * min(errors[1][:3])  # nearly flat up to 400 ms
    assert errors[1][0] < min(errors[0]) < errors[0][1] < min(errors[0]) + 0.1  # what the hints say
    assert all(error[2] < error[3] < error[4] < error[5] for error in errors)


def test_the_bias_is_that_of_the_package():
    table = np.full((8, 5), 100)  # each stimulus gives each response
    trials = table.sum()
    assert find("8.5").solution == pytest.approx(0.35 - information_bias(table) * trials / 100)


def test_the_silent_cell_decides_between_the_directions_of_exercise_6_3():
    """The rates of the statement are those of the recording where exercise 6.3 has its two answers."""
    mouse, directions = load_head_direction(), find("6.3").solution
    curve = tuning_curve(mouse.spikes[[2]], mouse.stimulus, mouse.dt, np.linspace(0, 2 * np.pi, 25))
    rates = np.interp(directions, np.degrees(curve.stimulus), curve.rate[:, 0])
    said = [float(number) for number in re.findall(r"([\d.]+) Hz", find("8.4").statement)]
    assert said == [round(rate, 1) for rate in rates]
    assert [float(x) for x in re.findall(r"(\d+)°", find("8.4").statement)] == directions.round().tolist()
    posterior = bayes_posterior(np.array([[0]]), np.array(said)[:, None], 50.0)
    assert find("8.4").solution == pytest.approx(100 * posterior[0, 1], rel=1e-9, abs=0)
