r"""Store and recall as one watches it being learnt: a small network, and its error after every ten steps.

Ten neurons, of which so many adapt as is asked for; the others are LIF neurons. A trial has intervals of
100 ms. In the first a symbol is shown and stored, in the last it is asked for, and in those between others
are shown. Each step of Adam sees 32 new trials; the steps behind the hundredth are small. What is asked every
ten steps are 100 other trials, always the same: 50 pairs, with one and the other symbol stored and with all
else, input spikes too, alike. Who knows nothing is wrong in half of them.

A spike raises the threshold of an adaptive neuron by as much whatever $\tau_a$ is; only how long it lasts is
another. With none that adapts there are as many LIF neurons, with the same weights to start from: the
control.

On ten seeds that had no part in any choice (the table `learning_to_store`) five adaptive neurons, asked after
400 ms, are first wrong in fewer than 10 % after 89 ± 41 steps, all of them; after 200 steps seven of the ten
are. Without any it is 49.8 % ± 0.8 % after 200 steps, and 0 % if it is asked after 100 ms.

The step is `snnlab.learning.memory.storing_step`, by the kernels with which `train_recurrent` trains.
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.checks import positive, whole
from snnlab.compiling import kernel
from snnlab.learning.gradients.adam import Adam
from snnlab.learning.gradients.recurrent_path import Numbers
from snnlab.learning.memory.input_spikes import Speakers
from snnlab.learning.memory.recall_kernel import DT, RecallNumbers, fill_cell, join_all, recall_numbers
from snnlab.learning.memory.storing_step import (
    HEIGHT,
    LONGEST_TRIAL,
    MOST_DELAY,
    NEURONS,
    PAIRS,
    SHAPE,
    SPEAKERS,
    WIDTH,
    ask,
    begin_anew,
    blank_learner,
    first_network,
    learn_once,
    shortened,
    workspace,
)
from snnlab.random import seed_from
from snnlab.records import blank, read

__all__ = ["LearnedStore", "learn_to_store"]

EVERY, MOST_STEPS = 10, 200
POINTS = MOST_STEPS // EVERY + 1
RATE = 0.02


class LearnedStore(NamedTuple):
    """What a network has learnt by now.

    Examples
    --------
    >>> seen = learn_to_store(20, rng=np.random.default_rng(1))
    >>> print(seen.raised.shape, np.isnan(seen.wrong_by_step).sum())
    (10, 175) 18
    """

    wrong_by_step: np.ndarray
    """Trials that are wrong, %, before the first step and after every ten; NaN beyond the last."""
    raised: np.ndarray
    """How much higher each threshold stands in each step of a trial if a 1 was stored than if it was a 0, in
    thresholds at rest, mean of the pairs, shape (neurons, steps); the last neurons adapt. NaN after the end
    of a trial, and for neurons that do not adapt."""
    wrong: float
    """Trials that are wrong now, %."""
    trace: float
    """What the store has left when the recall begins: the mean of |raised| over the neurons that adapt,
    in thresholds at rest; 0 if there is none."""
    learnt: float
    """After how many steps fewer than 10 % were wrong for the first time; NaN if they never were."""
    hertz: float
    """Mean rate of a neuron, Hz, in the trials that are asked."""
    after: float
    """From the beginning of the store to that of the recall, ms."""


def learn_to_store(
    steps: int,
    adapting: int = 5,
    tau_a: float = 800.0,
    delay: int = 4,
    *,
    rng: np.random.Generator | np.uint64,
) -> LearnedStore:
    """Let the network learn.

    Parameters
    ----------
    steps : int
        Steps of Adam, a multiple of 10, up to 200.
    adapting : int
        How many of the ten neurons adapt.
    tau_a : float
        Time constant with which their thresholds come back, ms.
    delay : int
        From the interval of the store to that of the recall, 1 to 6.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Examples
    --------
    >>> seen = learn_to_store(100, rng=np.random.default_rng(1))
    >>> bool(seen.wrong < 0.5 * seen.wrong_by_step[0])
    True
    """
    steps, adapting, delay = whole("steps", steps), whole("adapting", adapting), whole("delay", delay, 1)
    if steps > MOST_STEPS or steps % EVERY:
        raise ValueError(f"steps must be a multiple of {EVERY} up to {MOST_STEPS}, got {steps}")
    if adapting > NEURONS:
        raise ValueError(f"adapting must be at most {NEURONS}, the number of neurons, got {adapting}")
    if delay > MOST_DELAY:
        raise ValueError(f"delay must be at most {MOST_DELAY} intervals, got {delay}")
    seen, (path, cell, room) = recorded(), workspace()
    run_learning(
        seen, blank_learner(POINTS), path, cell, room, *constants().values(), float(steps), float(adapting),
        positive("tau_a", tau_a), float(delay), seed_from(rng),
    )  # fmt: skip
    return read(seen)


def recorded() -> LearnedStore:
    """A blank record."""
    return blank(LearnedStore, wrong_by_step=POINTS, raised=(NEURONS, LONGEST_TRIAL))


def constants() -> dict[str, RecallNumbers | Speakers | Adam]:
    """What is the same whatever is moved, by the names of the kernel."""
    return {"numbers": recall_numbers(first_network()), "speakers": SPEAKERS, "adam": Adam(rate=RATE)}


@kernel
def tell(seen, learner, adapting, last, begin):
    """What is drawn, and what is read from it; the recall begins in step `begin` of a trial."""
    seen.learnt[0], total = math.nan, 0.0
    for k in range(seen.wrong_by_step.size):
        seen.wrong_by_step[k] = learner.told[k] if k <= last else math.nan
        if k <= last and learner.told[k] < 10.0 and math.isnan(seen.learnt[0]):
            seen.learnt[0] = k * EVERY
    seen.wrong[0] = learner.told[last]
    seen.raised[: seen.raised.shape[0] - adapting] = math.nan
    for n in range(seen.raised.shape[0] - adapting, seen.raised.shape[0]):
        total += abs(seen.raised[n, begin])
    seen.trace[0] = total / max(adapting, 1)


@kernel
def run_learning(
    seen, learner, path, cell, room, numbers, speakers, adam, steps, adapting, tau_a, delay, seed
):
    """The network after so many steps, going on from where it was if nothing else has changed."""
    memory, done, trial = learner.memory, int(steps) // EVERY * EVERY, (int(delay) + 1) * speakers.window
    same = memory[1] == adapting and memory[2] == tau_a and memory[3] == delay
    if not (memory[0] > 0.0 and learner.drawn_from[0] == seed and same and memory[4] <= done):
        begin_anew(learner, seed)
        memory[0], memory[1], memory[2], memory[3], memory[4] = 1.0, adapting, tau_a, delay, 0.0
        learner.drawn_from[0] = seed
    for n in range(room.prefers.size):
        room.prefers[n] = 0 if n >= room.prefers.size - adapting else -1
    fill_cell(cell, room.prefers, numbers, tau_a, 1.0)
    join_all(room.begin, room.post, room.due)
    how = Numbers(0.0, numbers.kept_out, numbers.loud, SHAPE, WIDTH, HEIGHT, True, False)
    here, right, spikes = shortened(path, trial), 0, 0.0
    for number in range(int(memory[4]), done + 1):
        if number > memory[4]:
            learn_once(learner, cell, here, room, how, speakers, adam, number, seed)
        if number % EVERY == 0:
            right, spikes = ask(seen.raised, learner, cell, here, room, how, speakers, numbers.rest, seed)
            learner.told[number // EVERY] = 100.0 - 100.0 * right / (2 * PAIRS)
        memory[4] = number
    tell(seen, learner, int(adapting), done // EVERY, trial - speakers.window)
    seen.hertz[0] = 1000.0 * spikes / (2 * PAIRS * room.prefers.size * trial * DT)
    seen.after[0] = delay * speakers.window * DT
