"""The room in which one trial runs, forwards and back: states, spikes, and a log of all events.

Beside this the queue of the spikes that are on their way. A spike visits its synapses in the order of their
delays; what waits is the next of them. The queue is a *heap*: number k is due no later than 2k + 1 and
2k + 2, so the first is the earliest, and where all delays are the same nothing has to move.
"""

from typing import NamedTuple

import numpy as np

from snnlab.compiling import uncounted_kernel
from snnlab.learning.eventprop.event_network import Synapses

__all__ = ["EventRoom", "room_for_events"]


class EventRoom(NamedTuple):
    """What a trial fills; the way back reads it.

    Examples
    --------
    >>> from snnlab.learning.eventprop.event_network import Synapses
    >>> synapses = Synapses(np.array([0, 2], np.int32), np.zeros(2, np.int32), np.zeros(2), np.ones(2))
    >>> room_for_events(synapses, 1, 5, 10).log_spike.size
    40
    """

    v: np.ndarray  # of each neuron at its last event, and the way back that of the adjoint
    i: np.ndarray
    last: np.ndarray  # when that was
    next: np.ndarray  # when it will fire if nothing arrives, or a time before
    sure: np.ndarray  # 1 where this is the time itself
    fired: np.ndarray  # how often it has, int32
    when: np.ndarray  # of each spike, those of the inputs first
    who: np.ndarray  # input or neuron, int32
    current: np.ndarray  # of the neuron as it fired
    turn: np.ndarray  # which synapse it reaches next, int32
    due: np.ndarray  # and when
    heap: np.ndarray  # spikes on their way, int32
    log_spike: np.ndarray  # of each event in turn: which spike, int32
    log_synapse: np.ndarray  # where it arrives; -1 where it is fired, int32
    n_spikes: np.ndarray  # (1,), int64, and so the next two
    n_flying: np.ndarray
    n_events: np.ndarray
    best: np.ndarray  # the largest potential of each neuron
    best_at: np.ndarray
    best_rise: np.ndarray  # how steeply it rose where an arrival ended that
    best_spike: np.ndarray  # which spike arrived there; -1 where the top is a smooth one, int32
    area: np.ndarray  # the integral of the potential over time
    pull_spike: np.ndarray  # what the loss wants: its slope by each spike time
    pull_best: np.ndarray  # by the largest potential
    pull_area: np.ndarray  # by the integral
    waits: np.ndarray  # 1 where the way back has not come to the largest potential yet
    scores: np.ndarray  # of outputs, and the slope of the loss by them
    pull_score: np.ndarray
    first_spike: np.ndarray  # of each output, int32; -1 for none


def room_for_events(synapses: Synapses, n: int, n_input_spikes: int, most_spikes: int) -> EventRoom:
    """Room for a trial of `n` neurons with so many spikes at most."""
    n_spikes = n_input_spikes + most_spikes
    widest = int(np.diff(synapses.first).max(initial=0))
    n_events = n_spikes * widest + most_spikes
    of_neuron, of_spike = np.zeros((14, n)), np.zeros((4, n_spikes))
    return EventRoom(
        v=of_neuron[0],
        i=of_neuron[1],
        last=of_neuron[2],
        next=of_neuron[3],
        sure=of_neuron[4],
        fired=np.zeros(n, np.int32),
        when=of_spike[0],
        who=np.zeros(n_spikes, np.int32),
        current=of_spike[1],
        turn=np.zeros(n_spikes, np.int32),
        due=of_spike[2],
        heap=np.zeros(n_spikes, np.int32),
        log_spike=np.zeros(n_events, np.int32),
        log_synapse=np.zeros(n_events, np.int32),
        n_spikes=np.zeros(1, np.int64),
        n_flying=np.zeros(1, np.int64),
        n_events=np.zeros(1, np.int64),
        best=of_neuron[5],
        best_at=of_neuron[6],
        best_rise=of_neuron[7],
        best_spike=np.zeros(n, np.int32),
        area=of_neuron[8],
        pull_spike=of_spike[3],
        pull_best=of_neuron[9],
        pull_area=of_neuron[10],
        waits=of_neuron[11],
        scores=of_neuron[12],
        pull_score=of_neuron[13],
        first_spike=np.zeros(n, np.int32),
    )


@uncounted_kernel
def sink(heap, n, due):
    """The first spike of the heap has a new time: let it sink to where it belongs."""
    k = 0
    while True:
        child = 2 * k + 1
        if child + 1 < n and due[heap[child + 1]] < due[heap[child]]:
            child += 1
        if child >= n or due[heap[k]] <= due[heap[child]]:
            return
        heap[k], heap[child] = heap[child], heap[k]
        k = child


@uncounted_kernel
def send(k, synapses, room):
    """Spike number k sets out."""
    c = synapses.first[room.who[k]]
    if c == synapses.first[room.who[k] + 1]:
        return
    room.turn[k], room.due[k] = c, room.when[k] + synapses.delay[c]
    heap, place = room.heap, room.n_flying[0]
    room.n_flying[0] += 1
    heap[place] = k
    while place > 0 and room.due[heap[(place - 1) // 2]] > room.due[k]:
        heap[place] = heap[(place - 1) // 2]
        place = (place - 1) // 2
        heap[place] = k


@uncounted_kernel
def arrive(synapses, room):
    """Take the next arrival out of the queue: which spike, and over which synapse."""
    k = room.heap[0]
    c = room.turn[k]
    if c + 1 < synapses.first[room.who[k] + 1]:
        room.turn[k], room.due[k] = c + 1, room.when[k] + synapses.delay[c + 1]
    else:
        room.n_flying[0] -= 1
        room.heap[0] = room.heap[room.n_flying[0]]
    sink(room.heap, room.n_flying[0], room.due)
    return k, c


@uncounted_kernel
def log_event(room, spike, synapse):
    """Remember an event for the way back."""
    e = room.n_events[0]
    room.log_spike[e], room.log_synapse[e] = spike, synapse
    room.n_events[0] = e + 1
