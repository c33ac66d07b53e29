"""EventProp's gradient against tangents that are carried forwards, and against finite differences."""

import numpy as np
import pytest
from learning.eventprop.eventprop_twin import run, tangents

from snnlab import Spikes
from snnlab.learning.eventprop import event_adjoint, event_gradient
from snnlab.learning.eventprop.event_adjoint import backward
from snnlab.learning.eventprop.event_gradient import eventprop_gradient
from snnlab.learning.eventprop.event_losses import FirstSpike
from snnlab.learning.eventprop.event_network import (
    EventNetwork,
    EventNeuron,
    as_synapses,
    check_event_network,
    thresholds,
)
from snnlab.learning.eventprop.event_run import run_events, run_trial
from snnlab.learning.gradients.losses import CrossEntropy

NEURONS = [EventNeuron(), EventNeuron(10.0, 5.0, 1.0, -0.5), EventNeuron(7.0, 7.0, 2.5, 0.4)]


def drawn(seed, *, n=3, n_inputs=3, outputs_fire=True, n_outputs=2):
    """A recurrent network with autapses and a delay for every pair, and trains of three inputs."""
    rng = np.random.default_rng(seed)
    w = np.hstack([rng.normal(4.0, 2.0, (n, n_inputs)), rng.normal(-0.3, 0.8, (n, n))])
    delays = rng.uniform(0.0, 4.0, w.shape)
    delays[rng.random(w.shape) < 0.2] = 0.0
    times, units = rng.uniform(0.0, 15.0, 7), rng.integers(0, n_inputs, 7)
    network = EventNetwork(w, delays, None, n_outputs, outputs_fire)
    return network, Spikes(times, units, n_units=n_inputs, duration=25)


def as_list(inputs):
    return list(zip(inputs.times, inputs.units, strict=True))


@pytest.mark.parametrize("neuron", NEURONS)
@pytest.mark.parametrize("seed", range(1, 6))
def test_every_spike_is_that_of_the_sums(seed, neuron):
    network, inputs = drawn(seed)
    seen = run_events(network, inputs, neuron).spikes
    known = run(network.w, network.delays, np.full(3, neuron.v_th), as_list(inputs), 25.0, neuron)
    known = known[inputs.n_spikes :]
    assert seen.n_spikes == len(known) >= 2
    np.testing.assert_allclose(seen.times, [t for t, _ in known], atol=1e-9)
    assert (seen.units + 3).tolist() == [n for _, n in known]


@pytest.mark.parametrize("neuron", NEURONS)
@pytest.mark.parametrize("seed", range(1, 6))
def test_a_loss_on_all_spikes_has_the_gradient_of_tangents(seed, neuron):
    """The loss is a random sum of all spike times: each weight, each delay, each input time is tried."""
    network, inputs = drawn(seed)
    whole, k_in = check_event_network(network), inputs.n_spikes
    synapses, place = as_synapses(whole)
    room = run_trial(whole, synapses, inputs, neuron, 1000)
    spikes = [(room.when[k], room.who[k]) for k in range(room.n_spikes[0])]
    pull = np.random.default_rng(seed).normal(size=len(spikes))
    pull[:k_in] = 0.0
    room.pull_spike[: len(spikes)] = pull
    by_w, by_delay = np.zeros((2, synapses.w.size))
    backward(synapses, thresholds(whole, neuron), neuron, 0.0, 0.0, 25.0, room, by_w, by_delay)
    for kind, told in (("w", by_w), ("delay", by_delay)):
        known = [
            pull @ tangents(whole.w, whole.delays, spikes, k_in, neuron, (kind, *at))
            for at in zip(*place, strict=True)
        ]
        np.testing.assert_allclose(told, known, rtol=1e-8, atol=1e-9 * np.abs(known).max())
    known = [pull @ tangents(whole.w, whole.delays, spikes, k_in, neuron, ("input", k)) for k in range(k_in)]
    np.testing.assert_allclose(room.pull_spike[:k_in], known, rtol=1e-8, atol=1e-9 * np.abs(known).max())


def differences(network, inputs, label, neuron, loss, h=1e-5):
    """By weights, by delays above 0 and by input times, each moved to four places."""

    def moved(w, delays, times):
        at = Spikes(times, inputs.units, n_units=inputs.n_units, duration=inputs.duration)
        changed = network._replace(w=w, delays=delays, joined=np.ones(w.shape, bool))
        return eventprop_gradient(changed, at, label, neuron, loss).loss

    free, found = (network.w, network.delays, inputs.times.copy()), []
    for part, array in enumerate(free):
        slopes = np.zeros(array.shape)
        for k in range(array.size):
            if array.flat[k] == 0.0 and part == 1:
                continue  # a delay of 0 cannot become smaller
            values = []
            for by in (-2 * h, -h, h, 2 * h):
                changed = [a.copy() for a in free]
                changed[part].flat[k] += by
                values.append(moved(*changed))
            slopes.flat[k] = (values[0] - 8 * values[1] + 8 * values[2] - values[3]) / (12 * h)
        found.append(slopes)
    return found


CASES = [
    (FirstSpike(), True),
    (CrossEntropy("mean"), True),
    (CrossEntropy("mean"), False),
    (CrossEntropy("largest"), False),
]


@pytest.mark.parametrize("loss, fire", CASES)
@pytest.mark.parametrize("seed", range(1, 6))
def test_each_loss_has_the_gradient_of_finite_differences(seed, loss, fire):
    neuron = NEURONS[seed % 3]
    network, inputs = drawn(seed, n=4, outputs_fire=fire)
    seen = eventprop_gradient(network, inputs, 1, neuron, loss)
    assert np.isfinite(seen.loss) and seen.n_spikes > 1
    by_w, by_delay, by_input = differences(network, inputs, 1, neuron, loss)
    told = seen.w, np.where(network.delays == 0.0, 0.0, seen.delays), seen.inputs
    for ours, theirs in zip(told, (by_w, by_delay, by_input), strict=True):
        assert np.abs(ours - theirs).max() < 5e-8 * max(1.0, np.abs(theirs).max())


def test_without_the_factor_of_the_two_slopes_the_gradient_is_tens_of_per_cent_off(monkeypatch):
    """The control: a jump that only adds, as if a potential were as steep after its spike as before."""

    def without(after, pull, pull_area, current, least_rise, neuron):
        return after + (pull + pull_area * (neuron.v_th - neuron.v_reset)) / (current - neuron.v_th)

    off = []
    for seed in range(1, 11):
        network, inputs = drawn(seed)
        exact = eventprop_gradient(network, inputs, 1, NEURONS[1], CrossEntropy("mean")).w
        with monkeypatch.context() as patch:
            patch.setattr(event_adjoint, "jump", without)
            patch.setattr(event_gradient, "backward", backward.py_func)
            wrong = eventprop_gradient(network, inputs, 1, NEURONS[1], CrossEntropy("mean")).w
        off.append(np.linalg.norm(wrong - exact) / np.linalg.norm(exact))
    print(f"without the factor: {min(off):.0%} to {max(off):.0%} of the gradient")
    assert np.median(off) > 0.1


def test_the_queue_delivers_in_order_and_counts_each_arrival_once():
    network, inputs = drawn(3)
    whole = check_event_network(network)
    synapses, _ = as_synapses(whole)
    room = run_trial(whole, synapses, inputs, EventNeuron(), 1000)
    n, k, c = room.n_events[0], room.log_spike, room.log_synapse
    times = room.when[k[:n]] + np.where(c[:n] >= 0, synapses.delay[c[:n]], 0.0)
    assert (np.diff(times) >= 0).all()
    arrived = c[:n] >= 0
    expected = sum(
        np.count_nonzero(room.when[j] + synapses.delay[synapses.first[p] : synapses.first[p + 1]] <= 25.0)
        for j, p in enumerate(room.who[: room.n_spikes[0]])
    )
    assert arrived.sum() == expected
    assert len(set(zip(k[:n][arrived], c[:n][arrived], strict=True))) == expected


def test_bad_arguments_are_named():
    network, inputs = drawn(1)
    loop = EventNetwork(np.array([[9.0, 30.0]]))
    for call, message in (
        (
            lambda: run_events(network, Spikes([1.0], duration=5)),
            "inputs must have 3 units, one an input, got 1",
        ),
        (lambda: eventprop_gradient(network, inputs, 2), r"label must be below n_outputs \(2\), got 2"),
        (
            lambda: eventprop_gradient(network, inputs, 1, loss=CrossEntropy("largest")),
            "outputs_fire must be False for a loss on their largest potentials, got True",
        ),
        (
            lambda: eventprop_gradient(network._replace(outputs_fire=False), inputs, 1),
            "outputs_fire must be True for a loss on their first spikes, got False",
        ),
        (lambda: eventprop_gradient(network, inputs, 1, loss=CrossEntropy("last")), "score must be one of"),
        (
            lambda: run_events(network, inputs, EventNeuron(v_reset=1.0)),
            r"v_reset must be below v_th \(1\), got 1",
        ),
        (
            lambda: run_events(network._replace(delays=-network.w), inputs),
            "delays must be zero or positive, got -",
        ),
        (
            lambda: run_events(network._replace(n_outputs=4), inputs),
            "n_outputs must be at most the 3 neurons, got 4",
        ),
        (
            lambda: run_events(loop, Spikes([0.0], duration=50), most_spikes=500),
            r"the network must fire at most most_spikes \(500\) spikes, got more by",
        ),
    ):
        with pytest.raises(ValueError, match=message):
            call()
    with pytest.raises(TypeError, match="inputs must be Spikes, got list"):
        run_events(network, [0.0])
    with pytest.raises(TypeError, match="loss must be a FirstSpike or a CrossEntropy, got str"):
        eventprop_gradient(network, inputs, 1, loss="first")
