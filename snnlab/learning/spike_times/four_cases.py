r"""A small network learns the exclusive or, and all its spikes are seen for four samples, epoch after epoch.

The network, its samples and its learning are those of `snnlab.learning.spike_times.xor_race`. The four
samples have both inputs early, the second late, the first late, or both late; 2 and 8 ms are early and late
here. In two of them the output *same* should fire first, in the other two *different*.
"""

from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import checked, whole
from snnlab.compiling import kernel
from snnlab.learning.gradients.adam import Adam, check_adam
from snnlab.learning.spike_times.alpha_layers import AlphaLearning, LearntTimes, answer, blank_layers, forward
from snnlab.learning.spike_times.alpha_neuron import AlphaNeuron, check_alpha_neuron
from snnlab.learning.spike_times.xor_race import (
    DIFFERENT,
    DURATION,
    PULSES,
    ROWS,
    SAME,
    SIZES,
    UNIT,
    begin_or_go_on,
    blank_learner,
    fired_at,
    learn_next,
    percent_right,
    tell_spikes,
)
from snnlab.random import seed_from
from snnlab.records import blank, read

__all__ = ["FourCases", "four_cases"]

CASES = 4
EARLY, LATE = 2.0, 8.0  # ms
ROOM = CASES * ROWS  # spikes


class FourCases(NamedTuple):
    """How a network learns, and what everybody does in the four samples in the end.

    Examples
    --------
    >>> seen = four_cases(5, rng=np.random.default_rng(1))
    >>> seen.right.size, bool(seen.fired.max() <= 120)
    (6, True)
    """

    right: np.ndarray
    """How many of 200 other samples are right after 0, 1, 2, … epochs, %; NaN in later ones."""
    fired: Annotated[np.ndarray, "n"]
    """When everybody fires, ms; each sample has 30 ms, one after the other."""
    rows: Annotated[np.ndarray, "n"]
    """Who: inputs 0 and 1, pulses 2 and 3, hidden neurons 4 to 7, pulses 8 and 9, outputs 10 and 11."""
    n: int
    """How many spikes there are."""
    known: int
    """How many of the four samples are answered rightly."""
    least: float
    """The smallest lead of the right output in the four, ms; negative where the wrong one is ahead."""
    silent: int
    """How many of the six neurons' 24 spikes are missing, or later than 30 ms."""
    percent: float
    """How many of 200 other samples are right at the end, %."""
    steps: int
    """How many steps of Adam there were."""


def four_cases(
    epochs: int,
    method: AlphaLearning = AlphaLearning(),
    neuron: AlphaNeuron = AlphaNeuron(),
    adam: Adam = Adam(rate=0.01),
    *,
    rng: np.random.Generator | np.uint64,
) -> FourCases:
    """Draw weights and samples, learn, and show the network four samples.

    Parameters
    ----------
    epochs : int
        How often the 1000 samples are gone through.
    method
        What teaches.
    neuron
        The numbers of all neurons, with 10 ms as the unit of time.
    adam
        The numbers of Adam.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Examples
    --------
    >>> seen = four_cases(0, rng=np.random.default_rng(1))  # nothing has been learnt
    >>> seen.steps, seen.right.size
    (0, 1)
    """
    epochs, method = whole("epochs", epochs), checked("method", method, AlphaLearning)
    neuron, adam = check_alpha_neuron(neuron), check_adam(adam)
    seen, path = recorded(epochs), np.zeros(epochs + 1)
    room = blank_layers(SIZES, PULSES)
    run_four_cases(
        seen,
        blank_learner(),
        path,
        room,
        SIZES,
        np.zeros(2),
        method,
        neuron,
        adam,
        float(epochs),
        seed_from(rng),
    )
    return read(seen)


def recorded(epochs: int) -> FourCases:
    """A blank record."""
    return blank(FourCases, right=epochs + 1, fired=ROOM, rows=np.zeros(ROOM, np.int32))


@kernel
def run_four_cases(seen, learner, path, room, sizes, inputs, method, neuron, adam, epochs, seed):
    """The network after so many epochs; `path` keeps how it was after each, for the next call.

    As `run_xor_race` it goes on from where it was; beyond the last epoch `right` is NaN.
    """
    begin_or_go_on(learner, sizes, method, epochs, seed)
    learnt = LearntTimes(learner.w, learner.pulses)
    if learner.memory[2] == 0.0:
        path[0] = percent_right(learner, learnt, sizes, room, neuron)
    while learner.memory[2] < epochs:
        learn_next(learner, learnt, sizes, room, neuron, method, adam, seed)
        path[int(learner.memory[2])] = percent_right(learner, learnt, sizes, room, neuron)
    last = int(epochs)
    for k in range(seen.right.size):
        seen.right[k] = path[k] if k <= last else np.nan
    seen.percent[0], seen.steps[0], seen.least[0] = path[last], learner.done[0], DURATION
    for case in range(CASES):
        tell_case(seen, case, learnt, sizes, room, inputs, neuron)


@kernel
def tell_case(seen, case, learnt, sizes, room, inputs, neuron):
    """One sample: the spikes, the lead of the right output, and who is silent."""
    first_late, second_late = case // 2, case % 2
    inputs[0] = (EARLY + (LATE - EARLY) * first_late) / UNIT
    inputs[1] = (EARLY + (LATE - EARLY) * second_late) / UNIT
    forward(inputs, learnt, sizes, room, neuron)
    out = room.times[2]
    right, wrong = (SAME, DIFFERENT) if first_late == second_late else (DIFFERENT, SAME)
    seen.known[0] += answer(out, sizes[2]) == right
    seen.least[0] = min(seen.least[0], fired_at(out[wrong]) - fired_at(out[right]))
    for layer in range(1, sizes.size):
        for j in range(sizes[layer]):
            seen.silent[0] += UNIT * room.times[layer, j] > DURATION
    tell_spikes(seen, room, sizes, learnt.pulses.shape[2], case * DURATION)
