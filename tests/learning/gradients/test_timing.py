"""One neuron that learns when to fire: closed forms, an honest gradient, and a second way to the same one."""

import math

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import van_rossum_distance
from snnlab.learning import (
    Adam,
    CurrentLIF,
    area,
    fast_sigmoid,
    fast_sigmoid_spike,
    learn_timing,
    timing_loss,
)
from snnlab.learning.gradients.timing_landscape import timing_landscape, timing_task

RNG = np.random.default_rng(2)
INPUTS = Spikes(RNG.uniform(0, 150, 60), RNG.integers(0, 12, 60), n_units=12, duration=150)
WANTED = Spikes([40.0, 80.0, 100.0], duration=150)
W = RNG.normal(0.1, 0.15, 12)
ALPHA, BETA = math.exp(-1 / 5), math.exp(-1 / 10)


@pytest.mark.equation("surrogate-neuron")
def test_one_input_spike_has_a_closed_form():
    one = Spikes([3.0], duration=60)
    quiet = timing_loss([0.3], one, one)
    n = np.arange(56)  # steps since the current has jumped, which it does in the step after the spike
    assert quiet.v[4:] == pytest.approx(0.3 * (BETA**n - ALPHA**n) / (BETA - ALPHA))
    assert not quiet.v[:4].any() and not quiet.spikes
    fires = timing_loss([0.5], one, one)
    assert fires.spikes.n_spikes == 1
    step = round(fires.spikes.times[0]) - 1  # a spike is dated to the end of its step
    assert fires.v[step] > 1 >= fires.v[step - 1] and fires.v[step + 1] == 0


def test_the_loss_is_the_squared_van_rossum_distance():
    run = timing_loss(W, INPUTS, WANTED, tau=4.0)
    assert 0 < run.spikes.n_spikes != 3
    early = [spikes for spikes in (run.spikes, WANTED) if spikes.times.max() < 110]
    assert len(early) == 2  # what is left of the blur at the end is 1e-5
    assert run.loss == pytest.approx(van_rossum_distance(run.spikes, WANTED, tau=4.0) ** 2, abs=1e-6)


@pytest.mark.equation("surrogate-backward")
@pytest.mark.parametrize("width", [0.1, 0.5])
def test_the_gradient_of_the_relaxed_neuron_is_honest(width):
    found = timing_loss(W, INPUTS, WANTED, width=width, relaxed=True).gradient
    for k in range(12):
        loss = [
            timing_loss(W + d * np.eye(12)[k], INPUTS, WANTED, width=width, relaxed=True).loss
            for d in (-1e-6, 1e-6)
        ]
        assert found[k] == pytest.approx((loss[1] - loss[0]) / 2e-6, abs=1e-6 * np.abs(found).max())


@pytest.mark.equation("surrogate-hump", "surrogate-graded")
def test_the_hump_is_the_slope_of_the_graded_spike():
    x, b, d = np.array([-2.0, -0.3, 0.1, 0.7]), 0.2, 1e-6
    slope = (fast_sigmoid_spike(x + d, b) - fast_sigmoid_spike(x - d, b)) / (2 * d)
    assert slope == pytest.approx(fast_sigmoid(x, b) / area(fast_sigmoid, b), rel=1e-6)
    assert fast_sigmoid(x, b) == pytest.approx((1 + np.abs(x) / b) ** -2)
    assert fast_sigmoid_spike(x, b) == pytest.approx(0.5 + 0.5 * x / (b + np.abs(x)))


def test_the_surrogate_gradient_equals_that_of_a_run_forwards():
    """The same derivatives, carried along from the first step to the last instead of back."""
    width, gamma = 0.2, math.exp(-1 / 10)
    run = timing_loss(W, INPUTS, WANTED, width=width)
    x = np.zeros((150, 12))
    np.add.at(x, (INPUTS.times.astype(int), INPUTS.units), 1)
    wanted = np.isin(np.arange(1, 151), WANTED.times).astype(float)
    dv, di, dr, r, expected = np.zeros(12), np.zeros(12), np.zeros(12), 0.0, np.zeros(12)
    for t, v in enumerate(run.v):
        s = float(v > 1)
        dr = gamma * dr + fast_sigmoid(v - 1, width) / (2 * width) * dv
        r = gamma * r + s - wanted[t]
        expected += 2 * (1 - gamma**2) * r * dr
        dv, di = (1 - s) * (BETA * dv + di), ALPHA * di + x[t]
    assert run.gradient == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_a_neuron_learns_with_a_wide_surrogate_and_not_with_a_narrow_one():
    rng = np.random.default_rng(1)
    inputs = Spikes(rng.uniform(0, 200, 100), rng.integers(0, 100, 100), n_units=100, duration=200)
    wanted, w = Spikes([50.0, 90.0, 150.0], duration=200), rng.normal(0, 0.07, 100)
    wide = learn_timing(w, inputs, wanted, 200, width=1.0)
    narrow = learn_timing(w, inputs, wanted, 200, width=1e-3)
    assert wide.loss.size == 201 and wide.loss[0] == narrow.loss[0]
    assert wide.loss[-1] < 0.5 < 2 < narrow.loss[-1]
    assert np.abs(wide.spikes.times - wanted.times).max() <= 3
    again = timing_loss(wide.w, inputs, wanted)
    assert again.spikes == wide.spikes and again.loss == wide.loss[-1]


def test_the_step_is_that_of_the_neuron():
    fine = timing_loss(W, INPUTS, WANTED, CurrentLIF(dt=0.5))
    assert fine.v.size == 300 and fine.spikes.duration == 150


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"w": np.ones(3)}, "w must have one weight for each of the 12 units"),
        ({"wanted": INPUTS}, "wanted must be a Spikes of one unit"),
        ({"width": 0.0}, "width must be positive"),
        ({"tau": -1.0}, "tau must be positive"),
        ({"epochs": -1}, "epochs must be at least 0"),
        ({"adam": Adam(rate=0.0)}, "rate must be positive"),
    ],
)
def test_bad_arguments_are_named(change, message):
    given = {"w": W, "inputs": INPUTS, "wanted": WANTED, "epochs": 1} | change
    with pytest.raises((ValueError, TypeError), match=message):
        learn_timing(**given)


def test_the_surrogate_shows_the_way_more_often_than_the_relaxed_slope():
    """Neurons drawn as the one of the panel is; each is asked at 401 weights for the way to the best one."""
    told = []
    for seed in range(24):
        w, inputs, wanted = timing_task(rng=np.random.default_rng(seed))
        if wanted.n_spikes < 3:
            continue
        seen = timing_landscape(w, inputs, wanted, lowest=-0.1999, highest=0.8001)
        off, way = seen.hard > 0, np.where(seen.weights < w[0], -1, 1)
        if off.any():  # else this weight does not matter
            told.append([np.mean(np.sign(x) == way, where=off) for x in (seen.surrogate, seen.slope)])
    surrogate, relaxed = np.transpose(told)
    assert len(told) >= 12 and np.mean(surrogate) > 0.95
    paired = surrogate - relaxed
    print(f"surrogate {np.mean(surrogate):.3f}, relaxed {np.mean(relaxed):.3f}, least {paired.min():.3f}")
    assert np.mean(paired) > np.std(paired, ddof=1) and np.mean(paired > 0) > 0.9
