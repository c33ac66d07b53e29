"""The experiments of a repertoire: on spike trains made up to show one thing each, and on the models."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.neurons import (
    FIRING_PATTERNS,
    FIRING_TYPES,
    LIF,
    Repertoire,
    adaptation,
    burst_sizes,
    find_onset,
    lif_rheobase,
    measure_repertoire,
    qif_rate,
    simulate_adex,
    simulate_izhikevich,
    simulate_lif,
    simulate_qif,
    simulate_theta,
)

REST = 200.0  # ms before each step, see `measure_repertoire`


def scripted(up=lambda height, t: [], down=lambda height, t: []):
    """A "neuron" that answers a step with the spike times that a function gives, counted from its onset.

    The functions get the height of the step and its length in ms; times after that are spikes after the step.
    """

    def simulate(i):
        trains = []
        for k in range(i.shape[1]):
            height, length = i[round(REST / 0.1), k], np.count_nonzero(i[:, k]) * 0.1
            times = REST + np.array((up if height > 0 else down)(height, length) if height else [], float)
            trains.append(times[times < i.shape[0] * 0.1])
        units = np.repeat(np.arange(len(trains)), [t.size for t in trains])
        return Spikes(np.concatenate(trains), units, n_units=len(trains), duration=i.shape[0] * 0.1)

    return simulate


def regular(first, interval, growth=1.0):
    """Spikes until the end of the step, each interval `growth` times the one before."""

    def times(height, length):
        all_times, now, step = [], first, interval
        while now < length:
            all_times.append(now)
            now, step = now + step, step * growth
        return all_times

    return times


def seen(simulate):
    return {name for name, value in measure_repertoire(simulate, [1.0, 2.0])._asdict().items() if value}


@pytest.mark.parametrize(
    ("simulate", "expected"),
    [
        (scripted(), set()),
        (scripted(regular(20, 20)), set()),
        (scripted(lambda h, t: regular(20 / h, 20 / h)(h, t)), set()),  # twice the current, twice the rate
        (scripted(lambda h, t: regular(99 / h**2, 99 / h**2)(h, t) if h > 0.6 else []), {"continuous"}),
        (scripted(regular(20, 20, 1.05)), {"adapts"}),
        (scripted(regular(20, 20, 1.002)), set()),
        (scripted(regular(60, 60, 0.97)), {"accelerates"}),
        (
            scripted(lambda h, t: [s + b for b in np.arange(4, t, 50) for s in (0, 3, 6) if s + b < t]),
            {"bursts"},
        ),
        (scripted(lambda h, t: [10, 15]), {"phasic"}),
        (scripted(regular(31, 20)), {"delays"}),
        (scripted(regular(29, 20)), set()),
        (scripted(down=lambda h, t: [t + 10]), {"rebounds"}),
        (scripted(down=lambda h, t: [t - 10]), set()),  # within the negative step, not after it
    ],
)
def test_each_experiment_sees_what_it_is_for_and_nothing_else(simulate, expected):
    assert seen(simulate) == expected


def izhikevich(name):
    return lambda i: simulate_izhikevich(i, FIRING_TYPES[name])


def adex(name):
    return lambda i: simulate_adex(i, FIRING_PATTERNS[name].neuron)


MODELS = {
    "LIF": (simulate_lif, [0.1, 0.2, 0.4, 0.8], 0.0, {"continuous"}),
    "QIF": (simulate_qif, [-0.5, 0.2, 1.0, 4.0], -1.0, {"continuous"}),
    "theta": (simulate_theta, [-0.5, 0.2, 1.0, 4.0], -1.0, {"continuous"}),
    "RS": (izhikevich("RS"), [4.0, 6.0, 10.0, 15.0], 0.0, {"adapts", "continuous"}),
    "CH": (izhikevich("CH"), [4.0, 6.0, 10.0, 15.0], 0.0, {"bursts", "delays", "continuous"}),
    "FS": (izhikevich("FS"), [4.0, 6.0, 10.0, 15.0], 0.0, {"adapts", "continuous"}),
    "LTS": (izhikevich("LTS"), [1.0, 2.0, 4.0, 8.0], 0.0, {"adapts", "rebounds"}),
    "RZ": (izhikevich("RZ"), [0.3, 0.6, 1.0, 2.0], 0.0, {"rebounds"}),
    "tonic": (adex("tonic"), [0.15, 0.3, 0.6, 1.2], 0.0, {"delays", "continuous"}),
    "bursting": (adex("bursting"), [0.05, 0.1, 0.2, 0.4], 0.0, {"bursts", "delays", "continuous"}),
    "accelerating": (adex("accelerating"), [0.1, 0.2, 0.4, 0.8], 0.0, {"accelerates", "delays"}),
}


@pytest.mark.parametrize("name", MODELS)
def test_what_the_models_can_do(name):
    simulate, currents, rest, expected = MODELS[name]
    measured = measure_repertoire(simulate, currents, rest=rest)
    assert {key for key, value in measured._asdict().items() if value} == expected


def test_the_onset_of_a_lif_neuron_is_its_rheobase():
    for neuron in (LIF(), LIF(r_m=40.0, t_ref=5.0)):
        true = lif_rheobase(neuron)
        onset = find_onset(lambda i, n=neuron: simulate_lif(i, n), 0.0, 2 * true)
        assert 0 < onset.i - true <= 2 * true / 4096 * 1.001
        assert onset.rate < 10


def test_the_rate_at_onset_is_that_of_the_closed_form():
    onset = find_onset(lambda i: simulate_qif(i, dt=1.0), -1.0, 1.0, rest=-1.0, dt=1.0, duration=5000.0)
    assert onset.rate == pytest.approx(qif_rate(onset.i), rel=1e-3)
    assert 0 < onset.i < 0.01


@pytest.mark.parametrize(
    ("times", "sizes", "ratio"),
    [
        ([], [], np.nan),
        ([5], [1], np.nan),
        ([5, 9], [2], np.nan),
        ([0, 10, 20, 30], [4], 1.0),
        ([0, 10, 20, 50], [4], 3.0),  # exactly three times is not yet a burst
        ([0, 10, 20, 50.1], [3, 1], 3.01),
        ([0, 2, 4, 50, 52, 54, 100], [3, 3, 1], 23.0),
        ([0, 40, 42], [1, 2], 0.05),
    ],
)
def test_groups_and_adaptation_of_a_train(times, sizes, ratio):
    assert burst_sizes(times).tolist() == sizes and sum(sizes) == len(times)
    assert adaptation(times) == pytest.approx(ratio, nan_ok=True)


def test_the_result_reads_as_words():
    assert Repertoire._fields == (
        "adapts", "accelerates", "bursts", "phasic", "delays", "rebounds", "continuous",
    )  # fmt: skip
    assert all(type(value) is bool for value in measure_repertoire(simulate_lif, [0.1, 0.3]))


FAST = LIF(v_rest=-45.0, v_reset=-65.0)  # fires without a current


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: measure_repertoire(simulate_lif, [0.1]),
            r"currents must be two or more and rise from rest \(0\)",
        ),
        (
            lambda: measure_repertoire(simulate_lif, [0.2, 0.1]),
            r"currents must be two or more and rise from rest",
        ),
        (
            lambda: measure_repertoire(simulate_lif, [-0.1, 0.1]),
            r"currents must be two or more and rise from rest",
        ),
        (lambda: measure_repertoire(simulate_lif, []), r"currents must be two or more"),
        (
            lambda: measure_repertoire(simulate_lif, [0.1, np.nan]),
            r"currents must be finite, got nan at \[1\]",
        ),
        (lambda: measure_repertoire(simulate_lif, [0.1, 0.2], dt=0), "dt must be positive and finite, got 0"),
        (
            lambda: measure_repertoire(simulate_lif, [0.1, 0.2], dt=1e-9),
            r"dt must be longer, .* steps, got 1e-09",
        ),
        (
            lambda: measure_repertoire(simulate_lif, [0.1, 0.2], duration=0.01),
            "duration must be at least one step",
        ),
        (lambda: measure_repertoire(simulate_lif, [0.1, 0.2], rest=np.inf), "rest must be finite, got inf"),
        (
            lambda: measure_repertoire(lambda i: simulate_lif(i, FAST), [1, 2]),
            "rest must be a current at which",
        ),
        (
            lambda: measure_repertoire(lambda i: simulate_lif(i[:, 0]), [1, 2]),
            "must run 2 neurons, .*, got 1",
        ),
        (lambda: find_onset(simulate_lif, 0.2, 0.1), r"firing must be above silent \(0.2\), got 0.1"),
        (
            lambda: find_onset(simulate_lif, 0.0, 0.1),
            "firing must be a current at which .* goes on firing, got 0.1",
        ),
        (
            lambda: find_onset(simulate_lif, 0.2, 0.3),
            "silent must be a current at which .* falls silent, got 0.2",
        ),
        (lambda: find_onset(simulate_lif, 0.0, np.inf), "firing must be finite, got inf"),
        (lambda: adaptation([[1.0]]), r"times must have shape \(spikes,\), got \(1, 1\)"),
        (lambda: burst_sizes([1.0, np.nan]), r"times must be finite, got nan at \[1\]"),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()


def test_something_without_spikes_is_refused():
    with pytest.raises(TypeError, match="simulate must return Spikes or something with spikes, got ndarray"):
        measure_repertoire(lambda i: i, [0.1, 0.2])
