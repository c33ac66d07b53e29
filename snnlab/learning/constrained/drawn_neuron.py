"""One neuron whose synapses are drawn anew again and again: how often does it fire?"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.checks import as_real, fraction, whole
from snnlab.compiling import kernel
from snnlab.learning.constrained.drawn_synapses import add_synapses, share_below
from snnlab.random import seed_from, uniform
from snnlab.records import blank, read

__all__ = ["DrawnNeuron", "drawn_neuron"]

MOST, DRAWS, FARTHEST = 128, 1000, 20  # lines, draws, bias
FINE = 161  # biases of the curves


class DrawnNeuron(NamedTuple):
    """What a thousand draws of one neuron do, and what one would expect.

    Examples
    --------
    >>> seen = drawn_neuron(64, 0.5, 0.5, 0.0, rng=np.random.default_rng(1))
    >>> print(f"{seen.exact:.3f} exactly, {seen.normal:.3f} by the normal distribution")
    0.450 exactly, 0.450 by the normal distribution
    """

    counted: np.ndarray
    """Draws with each sum from −64 to 64."""
    law: np.ndarray
    """Draws that the normal distribution expects there."""
    biases: np.ndarray
    """Biases from −20 to 20."""
    by_normal: np.ndarray
    """The probability of firing with each, by the normal distribution, cut half way, %."""
    by_zero: np.ndarray
    """The same, cut at 0, %."""
    by_law: np.ndarray
    """The same from the distribution itself, %."""
    mean: float
    """μ of the sum."""
    variance: float
    """σ² of the sum."""
    exact: float
    """The probability of firing, from the distribution itself."""
    normal: float
    """The probability by the normal distribution, cut half way."""
    at_zero: float
    """The probability by the normal distribution, cut at 0."""
    fired: float
    """Draws that fired, %."""


def drawn_neuron(
    lines: int, chance: float, positive: float, bias: float, *, rng: np.random.Generator | np.uint64
) -> DrawnNeuron:
    """Draw the synapses of a neuron a thousand times, while the same input lines carry a spike.

    Parameters
    ----------
    lines : int
        How many lines carry a spike, 1 to 128.
    chance : float
        c, the probability that the synapse of a line is there.
    positive : float
        The share of the lines whose strength is +1; that of the others is −1.
    bias : float
        b, from −20 to 20, rounded up with its fractional part as the probability.
    rng
        The dice, or a seed, as for `snnlab.random.seed_from`.

    Examples
    --------
    >>> print(drawn_neuron(100, 0.5, 0.6, 0.0, rng=np.random.default_rng(1)).mean)
    10.0
    """
    lines, chance = whole("lines", lines, least=1), fraction("chance", chance)
    positive, bias = fraction("positive", positive), as_real("bias", bias)
    if lines > MOST:
        raise ValueError(f"lines must be at most {MOST}, got {lines}")
    if abs(bias) > FARTHEST:
        raise ValueError(f"bias must be from -{FARTHEST} to {FARTHEST}, got {bias:g}")
    seen = recorded()
    run_drawn_neuron(seen, work(), float(lines), chance, positive, bias, seed_from(rng))
    return read(seen)


class Work(NamedTuple):
    """Room for the synapses and for the distribution of their sum."""

    chances: np.ndarray
    strengths: np.ndarray
    p: np.ndarray


def work() -> Work:
    """Room for all lines."""
    return Work(np.zeros(MOST), np.zeros(MOST), np.zeros(2 * MOST + 1))


def recorded() -> DrawnNeuron:
    """A blank record."""
    curves = dict.fromkeys(("biases", "by_normal", "by_zero", "by_law"), FINE)
    return blank(DrawnNeuron, counted=MOST + 1, law=MOST + 1, **curves)


@kernel
def above(p, zero, bias):
    """The probability that a sum is above 0, whose bias is made whole by chance."""
    floor, least, most = math.floor(bias), 0.0, 0.0
    for k in range(p.size):
        total = k - zero + floor
        if total > 0.5:
            least += p[k]
        if total > -0.5:
            most += p[k]
    return least + (bias - floor) * (most - least)


@kernel
def rounding(bias):
    """The variance of a bias that is made whole by chance."""
    share = bias - math.floor(bias)
    return share * (1.0 - share)


@kernel
def chance_above(mean, variance, cut):
    """The normal probability of a sum above `cut`; without chance it is sure or impossible."""
    if variance == 0.0:
        return 1.0 if mean > cut else 0.0
    return share_below((mean - cut) / math.sqrt(variance))


@kernel
def run_drawn_neuron(seen, work, lines, chance, positive, bias, seed):
    """The distribution of the sum, its normal likeness, and the draws."""
    n, n_plus, middle = int(lines), int(positive * lines + 0.5), MOST // 2
    for i in range(MOST):
        work.strengths[i] = 0.0 if i >= n else 1.0 if i < n_plus else -1.0
        work.chances[i] = chance
    zero, bare, drawn = MOST, (2.0 * n_plus - n) * chance, n * chance * (1.0 - chance)
    add_synapses(work.chances, work.strengths, work.p, zero)
    mean, variance = bare + bias, drawn + rounding(bias)
    seen.mean[0], seen.variance[0], seen.exact[0] = mean, variance, above(work.p, zero, bias)
    seen.normal[0], seen.at_zero[0] = chance_above(mean, variance, 0.5), chance_above(mean, variance, 0.0)
    for k in range(seen.biases.size):
        b = FARTHEST * (2.0 * k - (seen.biases.size - 1)) / (seen.biases.size - 1)  # whole ones exactly
        seen.biases[k] = b
        seen.by_normal[k] = 100.0 * chance_above(bare + b, drawn + rounding(b), 0.5)
        seen.by_zero[k] = 100.0 * chance_above(bare + b, drawn + rounding(b), 0.0)
        seen.by_law[k] = 100.0 * above(work.p, zero, b)
    fired = 0
    for d in range(DRAWS):
        total = math.floor(bias)
        total += 1.0 if uniform(seed, np.uint64(d), np.uint64(MOST)) < bias - math.floor(bias) else 0.0
        for i in range(n):
            if uniform(seed, np.uint64(d), np.uint64(i)) < chance:
                total += work.strengths[i]
        fired += total > 0.0
        place = int(total) + middle
        if 0 <= place < seen.counted.size:
            seen.counted[place] += 1.0
    for k in range(seen.law.size):
        low = k - middle - 0.5
        seen.law[k] = DRAWS * (chance_above(mean, variance, low) - chance_above(mean, variance, low + 1.0))
    seen.fired[0] = 100.0 * fired / DRAWS
