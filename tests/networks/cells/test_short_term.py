"""Short-term plasticity against its closed forms, and against an integration in small steps."""

import math

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.networks import TsodyksMarkram, simulate_short_term

DEPRESSES, FACILITATES = TsodyksMarkram(0.5, 800.0, 0.0), TsodyksMarkram(0.1, 100.0, 500.0)
BOTH = TsodyksMarkram(0.2, 300.0, 200.0)


@pytest.mark.parametrize("synapse", [DEPRESSES, FACILITATES, BOTH])
@pytest.mark.parametrize("interval", [5.0, 50.0])
def test_steady_state_of_a_regular_train(synapse, interval):
    times = interval * np.arange(2000)
    run = simulate_short_term(Spikes(times, duration=times[-1]), synapse)
    falls = math.exp(-interval / synapse.tau_facil) if synapse.tau_facil else 0.0
    recovers = math.exp(-interval / synapse.tau_rec)
    u = synapse.use / (1.0 - (1.0 - synapse.use) * falls)
    x = (1.0 - recovers) / (1.0 - (1.0 - u) * recovers)
    assert (run.u[-1], run.x[-1]) == pytest.approx((u, x), rel=1e-12, abs=0)
    assert run.released[-1] == pytest.approx(u * x, rel=1e-12, abs=0)


@pytest.mark.parametrize("synapse", [DEPRESSES, FACILITATES, BOTH])
@pytest.mark.parametrize("interval", [1.0, 20.0, 700.0])
def test_paired_pulse_ratio(synapse, interval):
    use, falls = synapse.use, math.exp(-interval / synapse.tau_facil) if synapse.tau_facil else 0.0
    first, second = simulate_short_term(Spikes([3.0, 3.0 + interval], duration=1000.0), synapse).released
    ratio = (1.0 + (1.0 - use) * falls) * (1.0 - use * math.exp(-interval / synapse.tau_rec))
    assert first == pytest.approx(use, rel=1e-14, abs=0)
    assert second / first == pytest.approx(ratio, rel=1e-12, abs=0)


def test_against_euler():
    """Of first order in the step: its error for both steps, and half of it for half the step."""
    times = np.array([2.0, 9.0, 11.0, 40.0, 41.0])
    exact = simulate_short_term(Spikes(times, duration=50.0), BOTH).released

    def euler(dt):
        u, x, released = 0.0, 1.0, []
        for k in range(round(50.0 / dt)):
            if np.abs(times - k * dt).min() < 1e-9:
                u += BOTH.use * (1.0 - u)
                released.append(u * x)
                x -= u * x
            u, x = u - dt * u / BOTH.tau_facil, x + dt * (1.0 - x) / BOTH.tau_rec
        return np.array(released)

    coarse, fine = np.abs(euler(0.02) - exact)[1:], np.abs(euler(0.01) - exact)[1:]
    assert coarse / fine == pytest.approx(np.full(4, 2.0), abs=0.01)


def test_each_unit_has_a_synapse_of_its_own():
    both = simulate_short_term(Spikes([0.0, 1.0, 5.0, 7.0], [0, 1, 1, 0], duration=10.0), BOTH)
    alone = [simulate_short_term(Spikes(times, duration=10.0), BOTH) for times in ([0.0, 7.0], [1.0, 5.0])]
    assert (both.released[[0, 3]] == alone[0].released).all()
    assert both.released[[1, 2]] == pytest.approx(alone[1].released, rel=1e-15, abs=0)


def test_the_ends_of_u():
    train = Spikes([0.0, 10.0], duration=20.0)
    assert (simulate_short_term(train, TsodyksMarkram(use=0.0)).released == 0).all()
    all_at_once = simulate_short_term(train, TsodyksMarkram(1.0, 100.0))
    assert all_at_once.released == pytest.approx([1.0, 1.0 - math.exp(-0.1)])


def test_without_facilitation_u_is_always_the_same():
    """Of two spikes at one time, too; with facilitation the second one meets what the first has raised."""
    train = Spikes([5.0, 5.0, 9.0], duration=20.0)
    assert simulate_short_term(train, TsodyksMarkram(0.4, 100.0)).u.tolist() == [0.4] * 3
    assert simulate_short_term(train, TsodyksMarkram(0.4, 100.0, 50.0)).u[:2] == pytest.approx([0.4, 0.64])


@pytest.mark.parametrize(
    ("synapse", "message"),
    [
        (TsodyksMarkram(use=1.5), "use must be between 0 and 1, got 1.5"),
        (TsodyksMarkram(tau_rec=0.0), "tau_rec must be positive and finite, got 0"),
        (TsodyksMarkram(tau_facil=-1.0), "tau_facil must be zero or positive, and finite, got -1"),
    ],
)
def test_refusals(synapse, message):
    with pytest.raises(ValueError, match=message):
        simulate_short_term(Spikes([], duration=1.0), synapse)
