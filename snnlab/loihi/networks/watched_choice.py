r"""A choice that is learned while one looks: two curves that part, and the weights behind them.

The chip of `snnlab.loihi.networks.rewarded_choice` learns two actions for four stimuli, drawn by chance. How
often it does one of them, where that is right and where it is wrong, is followed as a mean that forgets,

$$ p \leftarrow p + \tfrac{1}{8}\,(\text{done} - p) $$

The reward $\pm R$ comes some steps late, and may tell lies: then its sign is the other one. With as many lies
as truths it is of either sign whatever was done, and there is nothing to be learned from it.
"""

from typing import NamedTuple

import numpy as np

from snnlab.checks import as_real
from snnlab.compiling import kernel
from snnlab.loihi.fixed_point import whole_within
from snnlab.loihi.networks.rewarded_choice import (
    GROUP,
    LATEST,
    PAUSE,
    SHOWN,
    START,
    ChoosingChip,
    choosing_chip,
    show,
)
from snnlab.random import seed_from, uniform
from snnlab.records import blank, read

__all__ = ["WatchedChoice", "watched_choice"]

STIMULI, TRIALS, LAST = 4, 60, 30
FORGETS = 1.0 / 8.0  # of the means, at each trial that they count
DRAWS, COINS = np.uint64(1 << 40), np.uint64((1 << 40) + 1)  # streams: of stimuli, of lies
APART = np.uint64(0x9E3779B97F4A7C15)  # between the seed of the roundings and that of all else


class WatchedChoice(NamedTuple):
    """Choices and weights after each of 60 trials.

    Examples
    --------
    >>> seen = watched_choice(0, rng=np.random.default_rng(1))
    >>> bool((seen.w_right == 60).all())
    True
    """

    trial: np.ndarray
    """0 to 60."""
    where_right: np.ndarray
    """How often the first action was taken of late at the stimuli to which it belongs, of 1."""
    where_wrong: np.ndarray
    """How often at the others."""
    w_right: np.ndarray
    """Mean weight from the inputs of each stimulus to the action that belongs to it."""
    w_wrong: np.ndarray
    """Mean weight to the other action."""
    right: float
    """How many of the last 30 trials were right, %."""
    undecided: int
    """In how many of them no action was ahead."""
    apart: float
    """The mean weight to the right actions less that to the others, at the end."""


def watched_choice(
    size: int, late: int = 10, truth: float = 100.0, *, rng: np.random.Generator | np.uint64
) -> WatchedChoice:
    """Let a choice be learned from rewards that are small, late, or not true.

    Parameters
    ----------
    size : int
        R, 0 to 127.
    late : int
        Steps from the end of the stimulus to the reward, 0 to 120.
    truth : float
        How many of the rewards have the right sign, %, 0 to 100.
    rng
        Where stimuli, pushes, lies and roundings come from, or a seed, as for `snnlab.random.seed_from`.

    Examples
    --------
    >>> seen = watched_choice(4, rng=np.random.default_rng(1))
    >>> print(f"{seen.right:.0f} % of the last 30 trials are right")
    100 % of the last 30 trials are right
    """
    size, late = whole_within("size", size, 0, 127), whole_within("late", late, 0, LATEST)
    told = as_real("truth", truth)
    if not 0.0 <= told <= 100.0:
        raise ValueError(f"truth must be from 0 to 100 %, got {told:g}")
    seen = recorded()
    run_watched(seen, laid_out(seed_from(rng)), float(size), float(late), told)
    return read(seen)


def recorded() -> WatchedChoice:
    """A blank record."""
    lines = ("trial", "where_right", "where_wrong", "w_right", "w_wrong")
    return blank(WatchedChoice, **dict.fromkeys(lines, TRIALS + 1))


def laid_out(seed: np.uint64) -> ChoosingChip:
    """The chip before the first trial."""
    return choosing_chip(STIMULI, 2, seed)


@kernel
def run_watched(seen, chip, size, late, truth):
    """All trials; even stimuli want the first action, odd ones the second."""
    coins = chip.learner.engine.numbers.seed
    wait, seed = int(late), coins ^ APART
    seen.where_right[0], seen.where_wrong[0] = 0.5, 0.5
    seen.w_right[0], seen.w_wrong[0] = START, START
    for k in range(1, seen.trial.size):
        stimulus = int(STIMULI * uniform(seed, DRAWS, np.uint64(k)))
        lies = 100.0 * uniform(seed, COINS, np.uint64(k)) >= truth
        r = -int(size) if lies else int(size)
        t, want = (k - 1) * (SHOWN + wait + PAUSE), stimulus % 2
        choice, _ = show(chip, t, stimulus, want, -r, r, wait, seed)
        done = 1.0 if choice == 0 else 0.0
        p, q = seen.where_right[k - 1], seen.where_wrong[k - 1]
        seen.where_right[k] = p + FORGETS * (done - p) if want == 0 else p
        seen.where_wrong[k] = q + FORGETS * (done - q) if want == 1 else q
        seen.trial[k] = k
        _weigh(seen, k, chip.learner.state.z)
        if k >= seen.trial.size - LAST:
            seen.right[0] += 100.0 / LAST if choice == want else 0.0
            seen.undecided[0] += choice < 0
    seen.apart[0] = seen.w_right[seen.trial.size - 1] - seen.w_wrong[seen.trial.size - 1]


@kernel
def _weigh(seen, k, z):
    """Mean weights after trial k; synapse s joins input s mod n to action s // n."""
    n = GROUP * STIMULI
    for s in range(2 * n):
        share = z[0, s] / n
        if (s % n) // GROUP % 2 == s // n:
            seen.w_right[k] += share
        else:
            seen.w_wrong[k] += share
