"""A run goes on from the state in which another one ended, as if there had been no end."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.neurons import (
    LIF,
    QIF,
    SRM,
    AdaptiveLIF,
    AdEx,
    EscapeLIF,
    HodgkinHuxley,
    Izhikevich,
    simulate_adaptive_lif,
    simulate_adex,
    simulate_escape_lif,
    simulate_hodgkin_huxley,
    simulate_izhikevich,
    simulate_lif,
    simulate_lif_alpha,
    simulate_lif_delta,
    simulate_lif_synaptic,
    simulate_qif,
    simulate_rate_model,
    simulate_srm0,
    simulate_srm_cumulative,
    simulate_srm_last_spike,
    simulate_theta,
)

DT = 0.125  # ms; times of spikes are then exact sums
FIRST = 233  # steps; for some of the neurons that is within a refractory time
CURRENTS = np.random.default_rng(3).uniform(0.0, 1.0, (600, 5))


def escape(i, neuron=EscapeLIF(), dt=DT, **more):
    return simulate_escape_lif(i, neuron, dt, rng=np.random.default_rng(7), **more)


MODELS = {
    "LIF": (simulate_lif, LIF(t_ref=5.0), 1.2, {"tau_m": [5.0, 10.0, 20.0, 30.0, 40.0]}),
    "adaptive LIF": (simulate_adaptive_lif, AdaptiveLIF(t_ref=5.0), 1.2, {"beta": [0.0, 1.0, 2.0, 3.0, 4.0]}),
    "escape": (escape, EscapeLIF(t_ref=5.0), 0.5, {"delta": [0.5, 1.0, 2.0, 3.0, 4.0]}),
    "AdEx": (simulate_adex, AdEx(), 3.0, {"b": [0.0, 0.05, 0.1, 0.2, 0.4]}),
    "Izhikevich": (simulate_izhikevich, Izhikevich(), 40.0, {"d": [2.0, 4.0, 6.0, 8.0, 9.0]}),
    "QIF": (simulate_qif, QIF(), 4.0, {"tau_m": [5.0, 6.0, 7.0, 8.0, 9.0]}),
    "theta": (simulate_theta, QIF(), 4.0, {"tau_m": [5.0, 6.0, 7.0, 8.0, 9.0]}),
    "Hodgkin–Huxley": (simulate_hodgkin_huxley, HodgkinHuxley(), 30.0, {"g_l": [0.2, 0.3, 0.3, 0.3, 0.4]}),
}


def values_and_spikes(run):
    *values, spikes = run
    return values, list(zip(spikes.times.tolist(), spikes.units.tolist(), strict=True))


def joined(first, second):
    """What two runs, one after the other, are as one."""
    values = [np.concatenate(parts) for parts in zip(first[:-1], second[:-1], strict=True)]
    late = [(time + first[-1].duration, unit) for time, unit in values_and_spikes(second)[1]]
    return values, values_and_spikes(first)[1] + late


def assert_equal(whole, halves):
    values, spikes = values_and_spikes(whole)
    assert len(spikes) > 1 and spikes == halves[1]
    for one, other in zip(values, halves[0], strict=True):
        assert one.tobytes() == other.tobytes()


def same_state(one, other):
    assert type(one) is type(other)
    for a, b in zip(one, other, strict=True):
        assert np.array_equal(a, b)


def test_whole_numbers_in_a_state_do_not_stay_whole():
    written, meant = (simulate_adex(np.zeros(1)).state._replace(v=np.array([v])) for v in (-60, -60.0))
    run = simulate_adex(np.zeros(3), start=written)
    same_state(run.state, simulate_adex(np.zeros(3), start=meant).state)
    assert run.state.v[0] == run.v[-1] != -60.0


@pytest.mark.parametrize("columns", ["one neuron", "alike", "different"])
@pytest.mark.parametrize("model", MODELS)
def test_two_parts_are_the_whole(model, columns):
    simulate, neuron, scale, numbers = MODELS[model]
    dt = 0.03125 if model == "Hodgkin–Huxley" else DT
    i = scale * (CURRENTS[:, 0] if columns == "one neuron" else CURRENTS)
    if columns == "different":
        neuron = neuron._replace(**numbers)
    whole = simulate(i, neuron, dt)
    first = simulate(i[:FIRST], neuron, dt)
    second = simulate(i[FIRST:], neuron, dt, start=first.state)
    if model == "QIF":  # its spikes lie within steps: the sum of two times is rounded
        for run in (whole, first, second):
            assert run.spikes.n_spikes > 0
        parts = joined(first, second)
        assert np.concatenate((first.v, second.v)).tobytes() == whole.v.tobytes()
        assert [unit for _, unit in parts[1]] == whole.spikes.units.tolist()
        assert [time for time, _ in parts[1]] == pytest.approx(whole.spikes.times, rel=1e-14, abs=0)
    else:
        assert_equal(whole, joined(first, second))
    same_state(second.state, whole.state)


@pytest.mark.parametrize("simulate", [simulate_lif_delta, simulate_lif_synaptic, simulate_lif_alpha])
def test_two_parts_are_the_whole_with_input_spikes(simulate):
    steps = np.unique(np.random.default_rng(4).integers(1, 600, 150))
    units = np.arange(steps.size) % 2
    at = steps * DT
    i = 0.1 * CURRENTS[:, 0]
    w = [5.0, -1.0] if simulate is simulate_lif_delta else [1.0, -0.2]

    def run(begin, end, start=None):
        inside = (at > begin * DT) & (at <= end * DT)
        inputs = Spikes(at[inside] - begin * DT, units[inside], n_units=2, duration=(end - begin) * DT)
        return simulate(inputs, w, LIF(t_ref=3.0), i=i[begin:end], dt=DT, start=start)

    whole = run(0, 600)
    for cut in (
        FIRST,
        234,
        235,
        300,
        round(whole.spikes.times[1] / DT),
        round(whole.spikes.times[1] / DT) + 3,
    ):
        first = run(0, cut)
        second = run(cut, 600, first.state)
        assert_equal(whole, joined(first, second))
        same_state(second.state, whole.state)


@pytest.mark.parametrize("n", [1, 3])
@pytest.mark.parametrize("simulate", [simulate_srm_cumulative, simulate_srm_last_spike, simulate_srm0])
def test_two_parts_are_the_whole_of_a_spike_response_neuron(simulate, n):
    """Up to the last digits of a time, which counts from the beginning of each part."""
    rng = np.random.default_rng(8)
    at, units = rng.uniform(0.0, 600 * DT, 60), rng.integers(0, 2, 60)
    w, neuron = [9.0, -3.0], SRM(t_ref=3.0, v_th=-55.0)
    i = 0.06 * CURRENTS[:, :n] if n > 1 else 0.06 * CURRENTS[:, 0]

    def run(begin, end, start=None):
        inside = (at >= begin * DT) & (at < end * DT)
        inputs = Spikes(at[inside] - begin * DT, units[inside], n_units=2, duration=(end - begin) * DT)
        return simulate(inputs, w, neuron, i=i[begin:end], dt=DT, start=start)

    whole = run(0, 600)
    held = 2 + round(whole.spikes.times[1] / DT)  # within a refractory time
    assert whole.spikes.n_spikes > 3 * n
    for cut in (FIRST, held):
        first = run(0, cut)
        second = run(cut, 600, first.state)
        times = np.concatenate((first.spikes.times, second.spikes.times + cut * DT))
        assert times == pytest.approx(whole.spikes.times, abs=1e-9)
        assert np.concatenate((first.v, second.v)) == pytest.approx(whole.v, abs=1e-9)
        assert np.array(second.state) == pytest.approx(np.array(whole.state), abs=1e-9)


def test_a_rate_model_goes_on_from_its_last_rate():
    target = 80.0 * CURRENTS[:, 0]
    first = simulate_rate_model(target[:FIRST], 7.0, DT)
    second = simulate_rate_model(target[FIRST:], 7.0, DT, first[-1])
    assert np.concatenate((first, second)).tobytes() == simulate_rate_model(target, 7.0, DT).tobytes()


def test_a_run_leaves_the_state_that_it_starts_from_as_it_was():
    first = simulate_lif(CURRENTS, dt=DT)
    before = [values.copy() for values in first.state]
    once, again = (simulate_lif(CURRENTS, dt=DT, start=first.state) for _ in range(2))
    assert all(np.array_equal(a, b) for a, b in zip(before, first.state, strict=True))
    assert once.spikes == again.spikes
    empty = simulate_lif(CURRENTS[:0], dt=DT, start=first.state)
    same_state(empty.state, first.state)


def test_a_state_that_does_not_fit_is_refused():
    state = simulate_lif(CURRENTS, dt=DT).state
    with pytest.raises(ValueError, match="start must be the state of as many neurons, 1, got one of 5"):
        simulate_lif(CURRENTS[:, 0], start=state)
    with pytest.raises(ValueError, match="start must be the state of as many neurons, 2, got one of 5"):
        simulate_lif(CURRENTS[:, :2], LIF(tau_m=[1.0, 2.0]), start=state)
    with pytest.raises(ValueError, match="v_start must be left out where start is given, got -60"):
        simulate_lif(CURRENTS, v_start=-60.0, start=state)
    with pytest.raises(ValueError, match="theta_start must be left out where start is given, got 1"):
        simulate_theta(CURRENTS, theta_start=1.0, start=simulate_theta(CURRENTS).state)
    with pytest.raises(TypeError, match="start must be the state of a run of the same model, got State"):
        simulate_adaptive_lif(CURRENTS, start=state)
    with pytest.raises(TypeError, match="start must be the state of a run of the same model, got float"):
        simulate_lif(CURRENTS, start=-60.0)
