r"""One stage after the other: a message that is passed on by the first spike, or by a count.

Each stage has two pools of $n$ Poisson neurons. The pool that the stage before has chosen fires at $r_1$,
the other one at $r_2$. A stage that waits for one spike takes $1 / (n (r_1 + r_2))$ on average, so $s$ stages
take

$$ \frac{s}{n (r_1 + r_2)} \pm \frac{\sqrt s}{n (r_1 + r_2)} $$

while stages that count for $T$ take $s\, T$. An error is passed on like the truth, and a second one undoes
it: `snnlab.coding.codes.reaction.relay_correct` says how often the last stage is right.

Source: S. Thorpe, D. Fize and C. Marlot (1996), Nature 381, 520–522, for the argument.
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.checks import affordable, non_negative, positive, whole
from snnlab.compiling import kernel
from snnlab.random import seed_from, uniform

__all__ = ["Stages", "race_stages"]


class Stages(NamedTuple):
    """What the last stage says, and when.

    Examples
    --------
    >>> found = race_stages(90.0, 10.0, 10, 10, 5.0, trials=2000, rng=np.random.default_rng(1))
    >>> print(f"{found.first_time.mean():.0f} ms by first spikes, {found.count_time:.0f} ms by counts")
    10 ms by first spikes, 50 ms by counts
    """

    first_time: np.ndarray
    """When the first spike of the last stage comes, ms, shape (trials,)."""
    first_right: np.ndarray
    """Whether it is right, shape (trials,)."""
    count_time: float
    """When the last stage has counted, ms."""
    count_right: np.ndarray
    """Whether its count is right, shape (trials,)."""


def race_stages(
    strong: float,
    weak: float,
    n: int,
    stages: int,
    window: float,
    *,
    trials: int = 1000,
    rng: np.random.Generator,
) -> Stages:
    """Pass a message through stages, by first spikes and by counts.

    Parameters
    ----------
    strong, weak : float
        Rate of each neuron of the pool that is told to fire, above 0, and of the other one, Hz.
    n : int
        Neurons in each pool.
    stages : int
        How many stages, one after the other.
    window : float
        How long a stage counts, ms; after a tie it tosses a coin.
    trials : int
        How often the message is sent.
    rng
        The source of chance, for example ``np.random.default_rng(1)``. One number is drawn from it.

    Raises
    ------
    ValueError
        If more than 100 million spikes are expected.

    Examples
    --------
    >>> from snnlab.coding import first_spike_correct
    >>> from snnlab.coding.codes.reaction import relay_correct
    >>> found = race_stages(90.0, 10.0, 1, 2, 5.0, trials=20_000, rng=np.random.default_rng(1))
    >>> print(f"{found.first_right.mean():.2f}, {relay_correct(first_spike_correct(90.0, 10.0), 2):.2f}")
    0.82, 0.82
    """
    strong, weak, window = positive("strong", strong), non_negative("weak", weak), positive("window", window)
    n, stages, trials = (
        whole("n", n, least=1),
        whole("stages", stages, least=1),
        whole("trials", trials, least=1),
    )
    affordable(trials * stages * (1.0 + n * (strong + weak) * window / 1000.0))
    time, first, count = np.empty(trials), np.empty(trials), np.empty(trials)
    run(time, first, count, strong / 1000.0, weak / 1000.0, n, stages, window, seed_from(rng))
    return Stages(time, first > 0, stages * window, count > 0)


@kernel
def run(time, first, count, strong, weak, n, stages, window, seed):
    """The last answer of both codes, 1 or -1, and the time of the first spikes; rates in spikes a ms."""
    every = n * (strong + weak)
    share = strong / (strong + weak)
    for trial in range(time.size):
        by_first, by_count = np.uint64(2 * trial), np.uint64(2 * trial + 1)
        t, told = 0.0, 1.0
        for stage in range(stages):
            t += -math.log1p(-uniform(seed, by_first, np.uint64(2 * stage))) / every
            if uniform(seed, by_first, np.uint64(2 * stage + 1)) >= share:
                told = -told
        time[trial] = t
        first[trial] = told
        told = 1.0
        nth = 0
        for _ in range(stages):
            lead = 0
            t = -math.log1p(-uniform(seed, by_count, np.uint64(nth))) / every
            while t < window:
                lead += 1 if uniform(seed, by_count, np.uint64(nth + 1)) < share else -1
                nth += 2
                t += -math.log1p(-uniform(seed, by_count, np.uint64(nth))) / every
            if lead < 0 or (lead == 0 and uniform(seed, by_count, np.uint64(nth + 1)) < 0.5):
                told = -told
            nth += 2
        count[trial] = told
