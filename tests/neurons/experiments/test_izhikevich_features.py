"""The features of Izhikevich (2004): each neuron does what the feature's name says, at any short step."""

import numpy as np
import pytest

from snnlab.neurons import (
    FIRING_FEATURES,
    Feature,
    Izhikevich,
    burst_sizes,
    feature_input,
    find_onset,
    izhikevich_rest,
    simulate_izhikevich,
)


def run(name, dt):
    feature = FIRING_FEATURES[name]
    return simulate_izhikevich(feature_input(feature, dt), feature.neuron, dt, feature.v_start)


def turns(v, around):
    """How often a trace crosses a level."""
    return np.count_nonzero(np.diff(np.sign(v - around)))


# What each name promises, as a condition on the spike times t and on the trace v, one value each 0.02 ms.
PROMISES = {
    "tonic spiking": lambda t, v: t[-1] > 80 and np.diff(t)[-1] == pytest.approx(np.diff(t)[-2], rel=0.05),
    "phasic spiking": lambda t, v: t.size == 1 and t[0] > 20,  # the input lasts to the end
    "tonic bursting": lambda t, v: burst_sizes(t).size >= 4 and min(burst_sizes(t)) > 5,
    "phasic bursting": lambda t, v: t.size > 4 and t[-1] < 80,  # of 200 ms
    "mixed mode": lambda t, v: list(burst_sizes(t)) == [3, 1, 1, 1, 1],
    "spike frequency adaptation": lambda t, v: (
        np.all(np.diff(t, 2)[:-1] > 0) and np.diff(t)[-1] > 10 * np.diff(t)[0]
    ),
    "class 2 excitability": lambda t, v: t[0] > 60 and np.diff(t)[0] < 25,  # once it fires, not slowly
    "spike latency": lambda t, v: t.size == 1 and t[0] > 13 + 3,  # the pulse has ended
    "subthreshold oscillations": lambda t, v: t.size == 1 and turns(v[300:], -62.5) >= 5,
    "resonator": lambda t, v: t.size == 1 and t[0] > 320,  # pulses 20 ms apart fail, 40 ms apart succeed
    "rebound spike": lambda t, v: t.size == 1 and t[0] > 25,
    "rebound burst": lambda t, v: t.size > 5 and 25 < t[0] and t[-1] < 120,
    "threshold variability": lambda t, v: t.size == 1 and t[0] > 80,  # the first pulse, as strong, fails
    "inhibition-induced spiking": lambda t, v: np.count_nonzero((t > 50) & (t < 250)) >= 3 and t[0] > 50,
}


@pytest.mark.parametrize("dt", [0.1, 0.02])
@pytest.mark.parametrize("name", FIRING_FEATURES)
def test_each_feature_is_what_its_name_says(name, dt):
    result = run(name, dt)
    assert PROMISES[name](result.spikes.times, result.v[:: round(0.1 / dt)] if dt < 0.1 else result.v), result


def test_every_feature_has_its_promise():
    assert PROMISES.keys() == FIRING_FEATURES.keys()


def test_inhibition_induced_spiking_ends_with_the_inhibition():
    times = run("inhibition-induced spiking", 0.05).spikes.times
    assert np.count_nonzero(times > 260) == 0


def test_a_class_2_neuron_has_a_lowest_rate_and_a_class_1_neuron_has_none():
    """Where b is below a the resting state ends in a saddle-node: it can fire as slowly as one likes."""
    fast = FIRING_FEATURES["class 2 excitability"].neuron
    slow = Izhikevich(a=0.2, b=0.1, d=0.0)
    onsets = [
        find_onset(lambda i, n=neuron: simulate_izhikevich(i, n), low, high, rest=-0.5)
        for neuron, low, high in ((fast, 0.25, 0.3), (slow, 10.05, 10.1))
    ]
    assert onsets[0].rate > 20 and onsets[1].rate < 4
    saddle_node = (5.0 - slow.b) ** 2 / 0.16 - 140.0
    assert onsets[1].i == pytest.approx(saddle_node, abs=0.001)


def by_euler(neuron, i, dt, v):
    """Spike times by the scheme of the figure's script: Euler, u with the new v."""
    u, times = neuron.b * v, []
    for k, now in enumerate(i):
        v += dt * (0.04 * v * v + 5.0 * v + 140.0 - u + now)
        u += dt * neuron.a * (neuron.b * v - u)
        if v > 30.0:
            v, u = neuron.c, u + neuron.d
            times.append(k * dt)
    return np.array(times)


@pytest.mark.parametrize(
    ("neuron", "v", "dt", "silent", "i"),
    [  # bistability, depolarising after-potential, inhibition-induced bursting; at rest from `silent` on
        (
            Izhikevich(0.1, 0.26, -60.0, 0.0), -61.0, 0.25, 222.0,
            [0.24, 37.5, 1.24, 42.5, 0.24, 216, 1.24, 221, 0.24, 300],
        ),
        (Izhikevich(1.0, 0.2, -60.0, -21.0), -70.0, 0.1, 14.0, [0.0, 9.0, 20.0, 11.0, 0.0, 50]),
        (Izhikevich(-0.026, -1.0, -45.0, -2.0), -63.8, 0.5, 260.0, [80.0, 50, 75.0, 250, 80.0, 350]),
    ],
)  # fmt: skip
def test_three_of_the_figure_are_made_by_its_scheme(neuron, v, dt, silent, i):
    """At the script's step they fall silent as they should; with the equations solved they fire on."""

    def steps(dt):
        t = (np.arange(round(i[-1] / dt)) + 0.5) * dt
        return np.array(i[::2])[np.searchsorted(i[1:-1:2], t)]

    figure, fine = by_euler(neuron, steps(dt), dt, v), by_euler(neuron, steps(0.01), 0.01, v)
    exact = simulate_izhikevich(steps(0.01), neuron, 0.01, v).spikes.times
    assert figure.size > 0 and figure[-1] < silent
    assert fine[-1] > silent and exact[-1] > silent


def test_without_a_slow_step_the_neuron_starts_where_the_script_starts_it():
    for name in ("tonic spiking", "mixed mode", "spike latency"):
        feature = FIRING_FEATURES[name]
        assert feature.v_start == pytest.approx(izhikevich_rest(feature.neuron))


def test_the_input_is_straight_between_corners():
    feature = Feature(Izhikevich(), -70.0, 10.0, ((2.0, 1.0), (2.0, 3.0), (4.0, 3.0), (8.0, 7.0)))
    i = feature_input(feature, 1.0)
    assert i == pytest.approx([1, 1, 3, 3, 3.5, 4.5, 5.5, 6.5, 7, 7])
    assert feature_input(feature, 0.3).size == 34  # the last step may reach beyond the end
    assert np.all(feature_input(feature._replace(points=((0.0, 2.5),)), 0.1) == 2.5)


def test_bad_input_names_argument_rule_and_value():
    with pytest.raises(ValueError, match="dt must be positive and finite, got 0"):
        feature_input(FIRING_FEATURES["mixed mode"], 0)
    with pytest.raises(TypeError, match="feature must be a Feature, got str"):
        feature_input("mixed mode")
