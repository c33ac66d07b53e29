"""The resonate-and-fire neuron against its closed forms."""

import numpy as np
import pytest
from scipy.linalg import expm

from snnlab import Spikes
from snnlab.neurons import LIF, ResonateAndFire, simulate_resonate_and_fire
from snnlab.neurons.models import resonate_and_fire as module

NONE = Spikes([], duration=100)
NEURON = ResonateAndFire(freq=40.0, tau=50.0)
PERIOD = 25.0  # ms


def pair(gap, w, neuron=NEURON):
    return simulate_resonate_and_fire(Spikes([10.0, 10.0 + gap], duration=150), [w], neuron)


@pytest.mark.parametrize("dt", [0.1, 2.0])
@pytest.mark.parametrize("neuron", [NEURON, ResonateAndFire(freq=7.0, tau=200.0)])
def test_one_input_is_a_damped_oscillation(neuron, dt):
    run = simulate_resonate_and_fire(Spikes([10.0], duration=300), [0.5], neuron, delay=2.0, dt=dt)
    s = (np.arange(run.y.size) + 1) * dt - 12.0
    z = np.where(s > -1e-9, 0.5 * np.exp((-1 / neuron.tau + 2e-3j * np.pi * neuron.freq) * s), 0.0)
    assert run.x == pytest.approx(z.real, abs=1e-12) and run.y == pytest.approx(z.imag, abs=1e-12)
    assert run.spikes.n_spikes == 0


@pytest.mark.parametrize("i", [0.03, -0.2])
def test_a_step_solves_the_equation(i):
    """The matrix exponential of the equation with its input as a third variable that stands still."""
    b, omega = -1 / NEURON.tau, 2e-3 * np.pi * NEURON.freq
    matrix = np.array([[b, -omega, i], [omega, b, 0.0], [0.0, 0.0, 0.0]])
    begin = module.State(0.3, -0.6)
    run = simulate_resonate_and_fire(Spikes([], duration=3.0), [1.0], NEURON, i=[i], dt=3.0, start=begin)
    assert [run.x[0], run.y[0]] == pytest.approx((expm(3.0 * matrix) @ [*begin, 1.0])[:2], abs=1e-13)


def test_a_constant_input_holds_it_where_the_equation_stands_still():
    run = simulate_resonate_and_fire(Spikes([], duration=2000), [1.0], NEURON, i=np.full(20_000, 0.05))
    b, omega = -1 / NEURON.tau, 2e-3 * np.pi * NEURON.freq
    x, y = run.x[-1], run.y[-1]
    assert run.spikes.n_spikes == 0 and y > 0.1
    assert [b * x - omega * y + 0.05, omega * x + b * y] == pytest.approx([0.0, 0.0], abs=1e-12)


@pytest.mark.parametrize("w", [0.75, 1.0])
def test_a_doublet_fires_it_at_its_period_and_not_half_a_period_off(w):
    alone = simulate_resonate_and_fire(Spikes([10.0], duration=150), [w], NEURON)
    assert alone.spikes.n_spikes == 0
    assert pair(PERIOD, w).spikes.n_spikes == 1
    assert pair(0.5 * PERIOD, w).spikes.n_spikes == pair(1.5 * PERIOD, w).spikes.n_spikes == 0


@pytest.mark.parametrize("freq", [25.0, 40.0, 80.0])
def test_among_the_gaps_around_a_period_the_period_lifts_it_most(freq):
    neuron = ResonateAndFire(freq=freq, tau=200.0)
    gaps = np.arange(0.6, 1.5, 0.05) * 1000.0 / freq
    highest = [pair(gap, 0.3, neuron).y.max() for gap in gaps]
    assert gaps[np.argmax(highest)] == pytest.approx(1000.0 / freq, rel=0.03)


def test_inhibition_comes_round_as_excitation():
    """Half a period after an inhibiting spike an exciting one finds the point on its side."""
    alone = simulate_resonate_and_fire(Spikes([10.0], duration=150), [0.8])
    both = simulate_resonate_and_fire(Spikes([10.0, 22.5], [0, 1], n_units=2, duration=150), [-0.8, 0.8])
    assert alone.spikes.n_spikes == 0 and both.spikes.n_spikes == 1


def test_after_a_spike_the_point_is_at_the_top_with_nothing_to_drive_it():
    run = pair(0.0, 1.0)
    fired = round(run.spikes.times[0] / 0.1)
    assert (run.x[fired - 1], run.y[fired - 1]) == (0.0, 1.0)
    s = np.arange(1, run.y.size - fired + 1) * 0.1
    ringing = 1j * np.exp((-1 / NEURON.tau + 2e-3j * np.pi * NEURON.freq) * s)
    assert run.y[fired:] == pytest.approx(ringing.imag, abs=1e-12)
    assert run.x[fired:] == pytest.approx(ringing.real, abs=1e-12)


def test_spike_times_come_late_by_less_than_a_step():
    """w exp(−t/τ) sin ωt = 1, solved by halving before its first peak."""
    near, far = 0.0, PERIOD / 4
    for _ in range(60):
        t = (near + far) / 2
        reached = 1.5 * np.exp(-t / NEURON.tau) * np.sin(2 * np.pi * t / PERIOD) > 1
        near, far = (near, t) if reached else (t, far)
    for dt in (0.5, 0.1, 0.01):
        run = simulate_resonate_and_fire(Spikes([10.0], duration=50), [1.5], dt=dt)
        assert 0 <= run.spikes.times[0] - 10.0 - near < dt + 1e-9


@pytest.mark.parametrize("cut", [20.0, 31.0, 55.0])
def test_two_parts_are_the_whole(cut):
    at, dt = np.array([4.0, 6.0, 29.0, 31.0, 33.0, 54.0, 56.0, 79.0, 81.0]), 0.125
    i = np.random.default_rng(3).normal(0.0, 0.02, 800)

    def run(begin, end, start=None):
        inside = at[(at > begin) & (at <= end)] - begin
        part = slice(round(begin / dt), round(end / dt))
        return simulate_resonate_and_fire(
            Spikes(inside, duration=end - begin), [0.6], NEURON, i=i[part], dt=dt, start=start
        )

    whole, first = run(0.0, 100.0), run(0.0, cut)
    second = run(cut, 100.0, first.state)
    assert whole.spikes.n_spikes > 2
    assert np.concatenate((first.x, second.x)).tobytes() == whole.x.tobytes()
    assert np.concatenate((first.y, second.y)).tobytes() == whole.y.tobytes()
    assert [*first.spikes.times, *(second.spikes.times + cut)] == whole.spikes.times.tolist()
    assert second.state == whole.state


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"w": [1.0, 2.0]}, "w must have one weight for each of the 1 units, got 2"),
        ({"dt": 0}, "dt must be positive and finite, got 0"),
        ({"neuron": ResonateAndFire(freq=-1.0)}, "freq must be positive and finite, got -1"),
        ({"neuron": ResonateAndFire(tau=np.inf)}, "tau must be positive and finite, got inf"),
        ({"i": np.zeros(7)}, "i must have one value for each of the 1000 steps, got 7"),
    ],
)
def test_bad_input_names_argument_rule_and_value(change, sentence):
    with pytest.raises(ValueError, match=sentence):
        simulate_resonate_and_fire(NONE, **{"w": [1.0], **change})


def test_another_neuron_is_refused():
    with pytest.raises(TypeError, match="neuron must be a ResonateAndFire, got LIF"):
        simulate_resonate_and_fire(NONE, [1.0], LIF())
