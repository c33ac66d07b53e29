r"""Forwards: a network of leaky neurons from event to event, exact to the last digit, without a grid.

Events are arrivals and spikes. A neuron is looked at only when something arrives at it or when it fires, and
then its state is carried to there in one step. Of its next spike a bound is kept first, that of the tangent,
and the time itself is computed only when no other event comes before that bound.

What the way back needs is remembered: of each spike its time, its neuron and the current there; and the order
of the events. No potential is kept.

For a loss on potentials the outputs are watched as well: the largest potential, which between two events is
that at their ends or where $V = I$, and the area under it, which needs no quadrature,

$$ \int_a^b V\, dt = \tau_m (V_a - V_b) + \tau_s (I_a - I_b) $$
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.checks import whole
from snnlab.compiling import uncounted_kernel
from snnlab.learning.eventprop.event_network import (
    EventNetwork,
    EventNeuron,
    Synapses,
    as_synapses,
    check_event_network,
    check_event_neuron,
    thresholds,
)
from snnlab.learning.eventprop.event_room import EventRoom, arrive, log_event, room_for_events, send
from snnlab.learning.eventprop.two_exponentials import least_rise_time, peak_time, rise_time, step
from snnlab.spikes import Spikes

__all__ = ["EventRun", "run_events"]


class EventRun(NamedTuple):
    """What a network did.

    Examples
    --------
    >>> network = EventNetwork(np.array([[9.0, 0.0]]))
    >>> run_events(network, Spikes([0.0, 1.0], duration=50)).spikes
    Spikes(3 spikes of 1 unit in 50 ms, 60.0 Hz a unit)
    """

    spikes: Spikes
    """Of all neurons."""
    currents: np.ndarray
    """The synaptic current of the neuron at each of them."""
    largest: np.ndarray
    """The largest potential of each output, the start at 0 included, shape (n_outputs,)."""
    mean: np.ndarray
    """The mean potential of each output, shape (n_outputs,)."""


def run_events(
    network: EventNetwork, inputs: Spikes, neuron: EventNeuron = EventNeuron(), *, most_spikes: int = 100_000
) -> EventRun:
    """Run a network for as long as `inputs` says.

    Parameters
    ----------
    network
        Weights and delays.
    inputs
        What the inputs fire.
    neuron
        The numbers of all neurons.
    most_spikes : int
        More than so many are an error, as in a loop that excites itself without end.

    Examples
    --------
    >>> network = EventNetwork(np.array([[9.0, 0.0]]))
    >>> print(run_events(network, Spikes([0.0], duration=50)).spikes.times.round(3))
    [3.338]
    """
    network, neuron = check_event_network(network), check_event_neuron(neuron)
    n = len(network.w)
    synapses, _ = as_synapses(network)
    room = run_trial(network, synapses, inputs, neuron, whole("most_spikes", most_spikes, 1))
    k_in, k = inputs.n_spikes, room.n_spikes[0]
    spikes = Spikes(
        room.when[k_in:k], room.who[k_in:k] - (network.w.shape[1] - n), n_units=n, duration=inputs.duration
    )
    seen = slice(n - network.n_outputs, n)
    mean = room.area[seen] / inputs.duration
    return EventRun(spikes, room.current[k_in:k].copy(), room.best[seen].copy(), mean)


def run_trial(
    network: EventNetwork, synapses: Synapses, inputs: Spikes, neuron: EventNeuron, most_spikes: int
) -> EventRoom:
    """A checked network forwards, in room for as many spikes as it needs."""
    if not isinstance(inputs, Spikes):
        raise TypeError(f"inputs must be Spikes, got {type(inputs).__name__}")
    n, n_pre = network.w.shape
    if inputs.n_units != n_pre - n:
        raise ValueError(f"inputs must have {n_pre - n} units, one an input, got {inputs.n_units}")
    if inputs.duration <= 0:
        raise ValueError(f"duration of inputs must be positive, got {inputs.duration:g}")
    v_th, room_for = thresholds(network, neuron), min(most_spikes, 100)
    while True:
        room = room_for_events(synapses, n, inputs.n_spikes, room_for)
        whole_trial = forward(
            inputs.times, inputs.units.astype(np.int32), inputs.n_spikes, synapses, v_th, neuron,
            network.n_outputs, inputs.duration, room,
        )  # fmt: skip
        if whole_trial:
            return room
        if room_for == most_spikes:
            raise ValueError(
                f"the network must fire at most most_spikes ({most_spikes}) spikes, got more "
                f"by {room.when[-1]:.3g} ms"
            )
        room_for = min(10 * room_for, most_spikes)


@uncounted_kernel
def start(times, units, n_in, synapses, room):
    """Everybody at rest, and the inputs' spikes on their way."""
    for n in range(room.v.size):
        room.v[n] = room.i[n] = room.last[n] = room.area[n] = 0.0
        room.best[n] = room.best_at[n] = room.best_rise[n] = 0.0
        room.next[n], room.fired[n], room.best_spike[n] = math.inf, 0, -1
    room.n_flying[0], room.n_events[0], room.n_spikes[0] = 0, 0, n_in
    for k in range(n_in):
        room.when[k], room.who[k] = times[k], units[k]
        send(k, synapses, room)


@uncounted_kernel
def watch(n, v, i, t, spike, neuron, room):
    """What an output's potential was since its last event: its top and its area. A spike arrives, or -1."""
    v_0, i_0, since = room.v[n], room.i[n], room.last[n]
    room.area[n] += neuron.tau_m * (v_0 - v) + neuron.tau_s * (i_0 - i)
    peak = peak_time(v_0, i_0, neuron.tau_m, neuron.tau_s) if i_0 > v_0 else math.inf
    if peak < t - since:
        top = step(v_0, i_0, peak, neuron.tau_m, neuron.tau_s)[0]
        if top > room.best[n]:
            room.best[n], room.best_at[n], room.best_rise[n], room.best_spike[n] = top, since + peak, 0.0, -1
    elif v > room.best[n]:
        rise = (i - v) / neuron.tau_m if spike >= 0 else 0.0
        room.best[n], room.best_at[n], room.best_rise[n], room.best_spike[n] = v, t, rise, spike


@uncounted_kernel
def carry(n, t, spike, watched, neuron, room):
    """The state of neuron n from its last event to t."""
    v, i = step(room.v[n], room.i[n], t - room.last[n], neuron.tau_m, neuron.tau_s)
    if watched:
        watch(n, v, i, t, spike, neuron, room)
    room.v[n], room.i[n], room.last[n] = v, i, t


@uncounted_kernel
def look_ahead(n, v_th, neuron, room):
    """A time before which neuron n will not fire."""
    room.next[n] = room.last[n] + least_rise_time(room.v[n], room.i[n], v_th[n], neuron.tau_m)
    room.sure[n] = 0.0


@uncounted_kernel
def earliest(times):
    """Who is first."""
    first = 0
    for n in range(1, times.size):
        if times[n] < times[first]:
            first = n
    return first


@uncounted_kernel
def forward(times, units, n_in, synapses, v_th, neuron, n_outputs, duration, room):
    """A whole trial; False if there was no room for all its spikes."""
    n_neurons = room.v.size
    n_inputs, hidden = synapses.first.size - 1 - n_neurons, n_neurons - n_outputs
    start(times, units, n_in, synapses, room)
    soon = 0  # who fires first
    while True:
        arrival = room.due[room.heap[0]] if room.n_flying[0] > 0 else math.inf
        if room.next[soon] <= min(arrival, duration):
            if room.sure[soon] == 0.0:
                room.next[soon] = room.last[soon] + rise_time(
                    room.v[soon], room.i[soon], v_th[soon], neuron.tau_m, neuron.tau_s
                )
                room.sure[soon] = 1.0
            else:
                k = room.n_spikes[0]
                if k == room.when.size:
                    return False
                carry(soon, room.next[soon], -1, soon >= hidden, neuron, room)
                room.when[k], room.who[k], room.current[k] = room.next[soon], n_inputs + soon, room.i[soon]
                room.v[soon] = neuron.v_reset
                room.fired[soon] += 1
                room.n_spikes[0] = k + 1
                log_event(room, k, -1)
                send(k, synapses, room)
                look_ahead(soon, v_th, neuron, room)
            soon = earliest(room.next)
        elif arrival <= duration:
            k, c = arrive(synapses, room)
            n = synapses.post[c]
            carry(n, arrival, k, n >= hidden, neuron, room)
            room.i[n] += synapses.w[c]
            log_event(room, k, c)
            look_ahead(n, v_th, neuron, room)
            if n == soon:
                soon = earliest(room.next)
            elif room.next[n] < room.next[soon]:
                soon = n
        else:
            break
    for n in range(hidden, n_neurons):
        carry(n, duration, -1, True, neuron, room)
    return True
