"""The exact gradient of one trial by all weights, all delays and all input times.

The way forwards stands in `snnlab.learning.eventprop.event_run`, the way back in
`snnlab.learning.eventprop.event_adjoint`.

Source: T. C. Wunderlich and C. Pehle (2021), Scientific Reports 11, 12829.
"""

from typing import NamedTuple

import numpy as np

from snnlab.checks import whole
from snnlab.learning.eventprop.event_adjoint import backward
from snnlab.learning.eventprop.event_losses import FirstSpike, as_asked, judge_trial
from snnlab.learning.eventprop.event_network import (
    EventNetwork,
    EventNeuron,
    as_synapses,
    check_event_network,
    check_event_neuron,
    thresholds,
)
from snnlab.learning.eventprop.event_run import run_trial
from snnlab.learning.gradients.losses import CrossEntropy
from snnlab.spikes import Spikes

__all__ = ["EventGradient", "eventprop_gradient"]


class EventGradient(NamedTuple):
    """The loss of one trial and its gradient.

    Examples
    --------
    >>> network = EventNetwork(np.array([[9.0, 0.0]]))
    >>> seen = eventprop_gradient(network, Spikes([0.0], duration=50), 0)
    >>> print(seen.loss, seen.right)
    0.0 True
    """

    loss: float
    """Infinite where the output of the label does not fire, and its first spike is asked for."""
    right: bool
    """Whether the label was found."""
    w: np.ndarray
    """By each weight, of the shape of the weights; 0 where nobody is joined."""
    delays: np.ndarray
    """By each delay, 1/ms times the unit of the loss, of the same shape."""
    inputs: np.ndarray
    """By the time of each input spike, in the order of the inputs' spikes."""
    n_spikes: int
    """How many spikes the neurons fired."""


def eventprop_gradient(
    network: EventNetwork,
    inputs: Spikes,
    label: int,
    neuron: EventNeuron = EventNeuron(),
    loss: FirstSpike | CrossEntropy = FirstSpike(),
    *,
    most_spikes: int = 100_000,
) -> EventGradient:
    """Forwards and back through one trial.

    Parameters
    ----------
    network
        Weights and delays.
    inputs
        What the inputs fire, and for how long the network runs.
    label : int
        The output that is wanted, from 0 on.
    neuron
        The numbers of all neurons.
    loss
        `FirstSpike`, or a `CrossEntropy` of the "largest" or of the "mean" potential.
    most_spikes : int
        As for `run_events`.

    Examples
    --------
    A step down the gradient does what the gradient foretells. The two outputs inhibit each other.

    >>> w = np.array([[9.0, 1.0, 0.0, -1.0], [2.0, 9.0, -1.0, 0.0]])
    >>> inputs = Spikes([0.0, 0.5], [0, 1], duration=30)
    >>> seen = eventprop_gradient(EventNetwork(w, n_outputs=2), inputs, 1)
    >>> moved = eventprop_gradient(EventNetwork(w - 1e-7 * seen.w, n_outputs=2), inputs, 1)
    >>> print(f"{(seen.loss - moved.loss) / (1e-7 * np.sum(seen.w**2)):.4f}")
    1.0000
    """
    network, neuron = check_event_network(network), check_event_neuron(neuron)
    label, most_spikes = whole("label", label), whole("most_spikes", most_spikes, 1)
    if label >= network.n_outputs:
        raise ValueError(f"label must be below n_outputs ({network.n_outputs}), got {label}")
    synapses, place = as_synapses(network)
    room = run_trial(network, synapses, inputs, neuron, most_spikes)
    asked, k_in = as_asked(loss, network, inputs.duration), inputs.n_spikes
    found, right = judge_trial(label, asked, k_in, inputs.n_units, room)
    by_w, by_delay = np.zeros((2, synapses.w.size))
    backward(synapses, thresholds(network, neuron), neuron, 0.0, 0.0, inputs.duration, room, by_w, by_delay)
    w, delays = np.zeros((2, *network.w.shape))
    w[place], delays[place] = by_w, by_delay
    n_spikes = int(room.n_spikes[0]) - k_in
    return EventGradient(float(found), bool(right), w, delays, room.pull_spike[:k_in].copy(), n_spikes)
