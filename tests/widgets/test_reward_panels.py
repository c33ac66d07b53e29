"""The panels of teaching and reward against the package, beyond the start values."""

import numpy as np
import pytest
from snnlab_widgets import forced_panel, reward_panel
from snnlab_widgets.chapters.chapter24.forced import DT, INPUTS, START

from snnlab import Spikes
from snnlab.learning import (
    DISTAL_STDP,
    DistalReward,
    TeacherForced,
    learn_distal,
    samples_from_times,
    simulate_stdp,
)
from snnlab.learning import distal_reward as network
from snnlab.learning.teacher_forced import FORCED_STDP, first_answers

PERIOD = 25.0  # ms


@pytest.mark.parametrize("engine", ["kernel"])
@pytest.mark.parametrize(
    "values", [{}, {"late": 0.7, "tau_c": 2.3, "size": 0.4, "neurons": 3.0}, {"late": 9.0, "neurons": 10.0}]
)
def test_the_hour_is_that_of_the_package(values, engine, monkeypatch):
    """The same seed, handed to both."""
    panel = reward_panel(engine=engine, seed=7, **values)
    v = {"late": 2.0, "tau_c": 1.0, "size": 1.0, "neurons": 5.0} | values
    net = DistalReward(
        n_post=int(v["neurons"]), soonest=500 * v["late"], latest=1500 * v["late"], size=v["size"]
    )
    monkeypatch.setattr(network, "seed_from", lambda rng: np.uint64(7))
    at = 60_000.0 * np.arange(61)
    rule = DISTAL_STDP._replace(tau_c=1000 * v["tau_c"])
    run = learn_distal(3_600_000.0, net, rule, at=at, rng=np.random.default_rng())
    result, others = panel.result, run.history.reshape(61, -1)[:, 1:]
    np.testing.assert_allclose(result.w[: net.n_post], run.w, atol=1e-9)
    np.testing.assert_allclose(result.right, run.history[:, 0, 0], atol=1e-9)
    np.testing.assert_allclose(result.rival, others.max(axis=1), atol=1e-9)
    np.testing.assert_allclose(result.mean, others.mean(axis=1), atol=1e-9)
    assert result.came == run.rewards.size and result.place == run.place and result.of == run.w.size
    assert result.left == pytest.approx(100 * np.exp(-v["late"] / v["tau_c"]))


def test_without_reward_there_is_no_place():
    result = reward_panel(engine="kernel", size=0.0).result
    assert np.isnan(result.place) and result.won == result.best == 0.1 and result.came > 0


@pytest.mark.parametrize(
    "values", [{}, {"delay": 0.0}, {"delay": 2.95, "teacher": 2.0, "alpha": 1.2}, {"showings": 0.0}]
)
def test_the_forced_neuron_is_that_of_the_package(values):
    """Its weights by the pair rule, for the spikes that were forced; its answer by `first_answers`."""
    v = {"delay": 1.0, "teacher": 0.05, "alpha": 0.65, "showings": 30.0} | values
    panel = forced_panel(engine="kernel", **v)
    result, k = panel.result, int(v["showings"])
    times = DT * np.arange(INPUTS)
    begin = PERIOD * np.arange(k)
    all_times = (begin[:, None] + times).ravel()
    units = np.tile(np.arange(INPUTS), k)
    duration = max(1.0, PERIOD * k)
    inputs = Spikes(all_times, units, n_units=INPUTS, duration=duration)
    forced = Spikes(begin + v["teacher"], n_units=1, duration=duration)
    rule = FORCED_STDP._replace(alpha=v["alpha"])
    w = simulate_stdp(inputs, forced, START, rule, delay=v["delay"]).w
    np.testing.assert_allclose(result.learnt, w[0], atol=1e-9)
    net = TeacherForced(delay=v["delay"])
    samples = samples_from_times(times[None] + DT / 4, [0], 500, DT)
    for weights, latency in ((w, result.latency), (np.full_like(w, START), result.latency_before)):
        first = first_answers(samples, weights, net).times[0, 0]
        assert latency == pytest.approx(first) if np.isfinite(first) else np.isnan(latency)
    assert result.times.size == result.n == np.isfinite(result.latency)
    assert result.before.max() < net.v_th and result.after.max() <= net.v_th
