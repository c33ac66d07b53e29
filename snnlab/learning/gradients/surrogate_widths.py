"""How much one neuron learns, by the width of its surrogate.

A hundred inputs fire by chance, at 5 Hz for 200 ms, the same in every epoch, and the neuron should fire at
five given times. It learns by `snnlab.learning.learn_timing`. A surrogate that is too narrow hears only of
potentials that all but touch the threshold; several such tasks, each learnt with every width, tell how wide
is enough.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import as_real, whole
from snnlab.coding.distances.coincidence import count_coincidences
from snnlab.compiling import kernel
from snnlab.learning.gradients.adam import Adam, check_adam
from snnlab.learning.gradients.blurred_trains import blur
from snnlab.learning.gradients.surrogate_network import CurrentLIF
from snnlab.learning.gradients.timing import KeptRun, decays_of, forward, learn_times, spike_times
from snnlab.random import seed_from, uniform
from snnlab.records import blank, read

__all__ = ["SurrogateWidths", "surrogate_widths"]

INPUTS, STEPS, WANTED = 100, 200, 5  # inputs, steps of 1 ms, and spikes that are wanted
CHANCE = 0.005  # of an input to fire in a step
NEURON, TAU = CurrentLIF(), 10.0  # TAU in ms, of the blur
SPREAD = 7.0 * (1.0 - NEURON.beta) / math.sqrt(INPUTS)  # of the weights at the start
ROOM = 300  # of 100 input spikes that are expected, with a standard deviation of 10
NARROWEST, WIDEST, WIDTHS = -3.0, 1.0, 25  # log10 of thresholds
_FARTHEST = 100.0  # of decimal logarithms: squares of such widths are numbers
NEAR = 2.0  # ms between a spike that is wanted and one that meets it


class SurrogateWidths(NamedTuple):
    """What is learnt with one width in the first task, and with all widths in all tasks.

    Examples
    --------
    >>> seen = surrogate_widths(0.0, 0, rng=np.random.default_rng(1))
    >>> seen.first == seen.last  # nothing has been learnt
    True
    """

    v: np.ndarray
    """Membrane potential after learning, in thresholds, one value a step of 1 ms."""
    before: np.ndarray
    """The same before learning."""
    times: Annotated[np.ndarray, "n"]
    """Spike times after learning, ms."""
    wanted_times: np.ndarray
    """When the neuron should fire, ms."""
    history: np.ndarray
    """The loss before the first epoch and after each; NaN in later ones."""
    places: np.ndarray
    """Other widths, as decimal logarithms."""
    left: np.ndarray
    """The loss that each of them leaves, mean of the tasks."""
    n: int
    """How often the neuron fires."""
    hits: int
    """How many of the wanted spikes have one of its spikes within 2 ms."""
    first: float
    """Its loss before learning."""
    last: float
    """Its loss after the last epoch."""
    middle: float
    """The loss after the last epoch, mean of the tasks."""
    width: float
    """The width of the surrogate, in thresholds."""


def surrogate_widths(
    log_width: float,
    epochs: int = 100,
    adam: Adam = Adam(rate=0.01),
    tasks: int = 4,
    *,
    rng: np.random.Generator | np.uint64,
) -> SurrogateWidths:
    """Learn some tasks with one width of the surrogate, and with 25 from 0.001 to 10 thresholds.

    Parameters
    ----------
    log_width : float
        The decimal logarithm of the one width, in thresholds, from -100 to 100.
    epochs : int
        How often the neuron sees the inputs.
    adam
        The numbers of Adam.
    tasks : int
        How many tasks, one at least.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Examples
    --------
    >>> narrow, wide = (surrogate_widths(p, rng=np.random.default_rng(1)) for p in (-3.0, 0.0))
    >>> wide.middle < 1 < narrow.middle
    True
    """
    log_width, adam, tasks = as_real("log_width", log_width), check_adam(adam), whole("tasks", tasks, 1)
    if abs(log_width) > _FARTHEST:
        raise ValueError(f"log_width must be from {-_FARTHEST:g} to {_FARTHEST:g}, got {log_width:g}")
    seen = recorded(whole("epochs", epochs))
    rows, each = np.empty((5, STEPS)), np.empty((5, INPUTS))
    at, unit = np.empty((2, ROOM), np.int32)
    decays, seed = decays_of(NEURON, TAU), seed_from(rng)
    run_widths(seen, rows, each, at, unit, decays, adam, log_width, float(epochs), tasks, seed)
    return read(seen)


def recorded(epochs: int) -> SurrogateWidths:
    """A blank record of so many epochs."""
    traces = dict.fromkeys(("v", "before", "times"), STEPS)
    widths = dict.fromkeys(("places", "left"), WIDTHS)
    return blank(SurrogateWidths, **traces, **widths, wanted_times=WANTED, history=epochs + 1)


@kernel
def draw_task(at, unit, w, wanted_times, train, seed, task):
    """Spikes of the inputs, a weight for each of them, and when to fire; returns how many spikes come in."""
    n, counter = 0, np.uint64(0)
    for t in range(train.size):
        train[t] = 0.0
        for j in range(w.size):
            if uniform(seed, task, counter) < CHANCE and n < at.size:
                at[n], unit[n] = t, j
                n += 1
            counter += np.uint64(1)
    for j in range(w.size):
        w[j] = SPREAD * math.sqrt(12.0) * (uniform(seed, task, counter) - 0.5)
        counter += np.uint64(1)
    gap = train.size // (wanted_times.size + 1)
    for k in range(wanted_times.size):
        step = gap + gap * k + int(0.7 * gap * uniform(seed, task, counter))
        train[step], wanted_times[k] = 1.0, step + 1.0  # the end of the step
        counter += np.uint64(1)
    return n


@kernel
def run_widths(seen, rows, each, at, unit, decays, adam, log_width, epochs, tasks, seed):
    """Every task is learnt with every width and with the chosen one; the first task last: its traces stay."""
    i, s, trace, train, target = rows[0], rows[1], rows[2], rows[3], rows[4]
    start, w, gradient, mean, square = each[0], each[1], each[2], each[3], each[4]
    untaught, kept = KeptRun(seen.before, i, s, trace, gradient), KeptRun(seen.v, i, s, trace, gradient)
    last, losses, middle = int(epochs), seen.history[: int(epochs) + 1], 0.0
    for task in range(tasks - 1, -1, -1):
        n_in = draw_task(at, unit, start, seen.wanted_times, train, seed, np.uint64(task))
        blur(train, target, decays.gamma)
        forward(start, at[:n_in], unit[:n_in], untaught, decays, 1.0, False)
        for k in range(seen.left.size + 1):
            chosen = k == seen.left.size
            place = log_width if chosen else NARROWEST + (WIDEST - NARROWEST) * k / (seen.left.size - 1)
            for j in range(w.size):
                w[j], mean[j], square[j] = start[j], 0.0, 0.0
            learn_times(
                w, at[:n_in], unit[:n_in], kept, target, mean, square, losses, decays, 10.0**place, adam
            )
            if chosen:
                middle += losses[last] / tasks
            else:
                seen.places[k] = place
                seen.left[k] += losses[last] / tasks
    for epoch in range(last + 1, seen.history.size):
        seen.history[epoch] = math.nan
    n = spike_times(s, seen.times, 1.0)
    seen.n[0] = n
    seen.hits[0] = count_coincidences(seen.wanted_times, seen.wanted_times.size, seen.times, n, NEAR)
    seen.first[0], seen.last[0], seen.middle[0] = losses[0], losses[last], middle
    seen.width[0] = 10.0**log_width
