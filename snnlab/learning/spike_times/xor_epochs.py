"""XOR in spike times, epoch by epoch: what the output learns, and who is silent.

A network of `snnlab.learning.initial_xor` meets the four samples again and again, and before each epoch it is
asked when it fires. A neuron that is silent has no slope and learns nothing; what brings it back is a push.
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.checks import non_negative, positive
from snnlab.compiling import kernel
from snnlab.learning.spike_times.delayed_layer import Arrivals, room_for_arrivals
from snnlab.learning.spike_times.spikeprop import Layers, Slopes, SpikeProp, forward, signs_of_synapses
from snnlab.learning.spike_times.spikeprop_training import learn_epochs, of_sample, room_for_all, sort_all
from snnlab.learning.spike_times.xor_in_time import DELAYS, initial_xor, xor_in_time
from snnlab.records import blank, read

__all__ = ["XorEpochs", "xor_epochs"]

EPOCHS, N_HIDDEN = 401, 5
SOLVED = 1.0  # ms²: what the squared errors of the four samples sum to at most, as published


class XorEpochs(NamedTuple):
    """A network that learns XOR.

    Examples
    --------
    >>> seen = xor_epochs()
    >>> print(seen.epoch[-1], seen.solved < 400.0)
    400.0 True
    """

    epoch: np.ndarray
    """Epochs that were learnt, from 0 on."""
    t_00: np.ndarray
    """When the output fires for 0 0 after each, ms; NaN where it is silent."""
    t_01: np.ndarray
    """The same for 0 1; NaN where it is silent."""
    t_10: np.ndarray
    """The same for 1 0; NaN where it is silent."""
    t_11: np.ndarray
    """The same for 1 1; NaN where it is silent."""
    missing: np.ndarray
    """How many of the spikes of all neurons, six for each of four samples, are missing."""
    error: float
    """Sum of the squared errors at the end, ms²; NaN while an output is silent."""
    solved: float
    """After how many epochs it was below 1 ms² for the first time; NaN if never."""
    silent: int
    """How many of the 24 spikes are missing at the end."""


class XorRoom(NamedTuple):
    """The room that learning needs: the parts of `Layers`, `Slopes` and `Arrivals`, flat."""

    w_hidden: np.ndarray
    w_out: np.ndarray
    hidden: np.ndarray
    slope_hidden: np.ndarray
    out: np.ndarray
    slope_out: np.ndarray
    later_when: np.ndarray
    later_synapse: np.ndarray
    later_decay: np.ndarray
    later_turn: np.ndarray
    later_total: np.ndarray
    by_w_hidden: np.ndarray
    by_w_out: np.ndarray
    by_hidden: np.ndarray
    by_inputs: np.ndarray
    when: np.ndarray
    synapse: np.ndarray
    decay: np.ndarray
    turn: np.ndarray
    total: np.ndarray
    sum_of_squares: np.ndarray


def xor_epochs(
    rate: float = 0.0005,
    scale: float = 1.0,
    least_slope: float = 0.0,
    push: float = 0.0,
    *,
    seed: int = 1,
) -> XorEpochs:
    """Learn XOR for 400 epochs, sample by sample, and look at the network before each of them.

    Parameters
    ----------
    rate : float
        The learning rate.
    scale : float
        A factor on the weights at the start.
    least_slope, push : float
        As in `snnlab.learning.SpikeProp`.
    seed : int
        Of the weights at the start.

    Examples
    --------
    A network that begins silent stays so, unless it is pushed.

    >>> print(xor_epochs(scale=0.1).silent, xor_epochs(scale=0.1, push=1.0).silent)
    24 0
    """
    neuron = SpikeProp(least_slope=non_negative("least_slope", least_slope), push=non_negative("push", push))
    rate, scale, (seen, room) = positive("rate", rate), positive("scale", scale), recorded()
    run_xor(seen, room, **first(seed), rate=rate, scale=scale, neuron=neuron)
    return read(seen)


def first(seed: int) -> dict[str, np.ndarray]:
    """What a network starts with and what it is shown; nothing of it is changed."""
    net, samples = initial_xor(n_hidden=N_HIDDEN, rng=np.random.default_rng(seed)), xor_in_time()
    signs_in, signs_hidden = signs_of_synapses(net)
    return {
        "start_hidden": net.hidden.reshape(N_HIDDEN, -1),
        "start_out": net.out.reshape(1, -1),
        "delays": net.delays,
        "comes": samples.times,
        "wanted": samples.wanted,
        "signs_in": signs_in,
        "signs_hidden": signs_hidden,
        "order": np.arange(4, dtype=np.int32)[None],
    }


def recorded() -> tuple[XorEpochs, XorRoom]:
    """A blank record and the room to fill it."""
    curves = dict.fromkeys(("epoch", "t_00", "t_01", "t_10", "t_11", "missing"), EPOCHS)
    later, each = room_for_arrivals(N_HIDDEN, DELAYS.size), room_for_all(4, 3, DELAYS.size)
    w_hidden, w_out = (N_HIDDEN, 3 * DELAYS.size), (1, N_HIDDEN * DELAYS.size)
    room = XorRoom(
        w_hidden=np.zeros(w_hidden),
        w_out=np.zeros(w_out),
        hidden=np.zeros(N_HIDDEN),
        slope_hidden=np.zeros(N_HIDDEN),
        out=np.zeros(1),
        slope_out=np.zeros(1),
        by_w_hidden=np.zeros(w_hidden),
        by_w_out=np.zeros(w_out),
        by_hidden=np.zeros(N_HIDDEN),
        by_inputs=np.zeros(3),
        sum_of_squares=np.zeros(1),
        **{f"later_{name}": array for name, array in later._asdict().items()},
        **each._asdict(),
    )
    return blank(XorEpochs, **curves), room


@kernel
def silent_neurons(layers):
    """How many neurons have not fired."""
    n = 0
    for t in layers.hidden:
        n += t == math.inf
    for t in layers.out:
        n += t == math.inf
    return n


@kernel
def run_xor(
    seen,
    room,
    start_hidden,
    start_out,
    delays,
    comes,
    wanted,
    signs_in,
    signs_hidden,
    order,
    rate,
    scale,
    neuron,
):
    """Ask the network about all four samples, then let it learn from them, epoch by epoch."""
    later = Arrivals(room.later_when, room.later_synapse, room.later_decay, room.later_turn, room.later_total)
    layers = Layers(
        room.w_hidden,
        room.w_out,
        delays,
        room.hidden,
        room.slope_hidden,
        room.out,
        room.slope_out,
        later,
    )
    slopes = Slopes(room.by_w_hidden, room.by_w_out, room.by_hidden, room.by_inputs)
    arrivals = Arrivals(room.when, room.synapse, room.decay, room.turn, room.total)
    sort_all(comes, delays, neuron.tau, arrivals)
    for j in range(layers.w_hidden.shape[0]):
        for c in range(layers.w_hidden.shape[1]):
            layers.w_hidden[j, c] = scale * start_hidden[j, c]
    for c in range(layers.w_out.shape[1]):
        layers.w_out[0, c] = scale * start_out[0, c]
    seen.solved[0] = math.nan
    for e in range(seen.epoch.size):
        seen.epoch[e], seen.error[0], seen.missing[e] = e, 0.0, 0.0
        for n in range(4):
            forward(layers, of_sample(arrivals, n), neuron)
            seen.missing[e] += silent_neurons(layers)
            t = layers.out[0] if layers.out[0] < math.inf else math.nan
            seen.error[0] += (t - wanted[n, 0]) ** 2
            if n == 0:
                seen.t_00[e] = t
            elif n == 1:
                seen.t_01[e] = t
            elif n == 2:
                seen.t_10[e] = t
            else:
                seen.t_11[e] = t
        if math.isnan(seen.solved[0]) and seen.error[0] <= SOLVED:
            seen.solved[0] = e
        if e + 1 < seen.epoch.size:
            learn_epochs(
                layers, arrivals, wanted, order, slopes, room.sum_of_squares,
                signs_in, signs_hidden, neuron, rate, 1, 0.0,
            )  # fmt: skip
    seen.silent[0] = seen.missing[seen.epoch.size - 1]
