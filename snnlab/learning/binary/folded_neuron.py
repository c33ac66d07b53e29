"""One neuron of one bit with sixteen inputs: its batch norm, and the whole number that takes its place."""

from typing import NamedTuple

import numpy as np

from snnlab.checks import as_real, positive
from snnlab.compiling import kernel
from snnlab.learning.binary.folding import least_sum, step
from snnlab.learning.binary.straight_through import sign
from snnlab.records import blank, read

__all__ = ["FoldedNeuron", "folded_neuron"]

INPUTS = 16


class FoldedNeuron(NamedTuple):
    """When it fires.

    Examples
    --------
    >>> seen = folded_neuron(beta=-1.0, sd=4.0)
    >>> seen.threshold, seen.differ
    (4.0, 6.0)
    """

    z: np.ndarray
    """The sums that can occur: −16, −14 … 16."""
    a: np.ndarray
    """Batch norm of each."""
    fires: np.ndarray
    """The sign of that, which is the output."""
    all_patterns: np.ndarray
    """How many thousands of the 65,536 patterns of inputs have this sum."""
    patterns: np.ndarray
    """How many of these make the neuron fire."""
    threshold: float
    """The least sum that can occur at which it fires, 16 − 2 `differ`, so an even number; with weights turned
    round if γ is negative. 18 if it never does."""
    differ: float
    """How many inputs may differ from their weights, turned round or not: −1 if it never fires."""
    sums: float
    """At how many of the 17 sums that can occur it fires: 0 if it never does, 17 if always."""
    turned: float
    """1 if the weights have to be turned round, 0 if not."""
    share: float
    """Of all patterns of inputs those that make it fire, %."""


def folded_neuron(gamma: float = 1.0, beta: float = 0.0, mean: float = 0.0, sd: float = 4.0) -> FoldedNeuron:
    """Fold the batch norm of a neuron, and count what makes it fire.

    Parameters
    ----------
    gamma, beta : float
        γ and β.
    mean, sd : float
        μ and s of its sum.

    Examples
    --------
    >>> print(f"{folded_neuron(gamma=0.0, beta=-0.1).share:.0f} %")
    0 %
    """
    gamma, beta, mean = as_real("gamma", gamma), as_real("beta", beta), as_real("mean", mean)
    sd = positive("sd", sd)
    run_folded_neuron(seen := recorded(), gamma, beta, mean, sd)
    return read(seen)


def recorded() -> FoldedNeuron:
    """A blank record."""
    lines = ("z", "a", "fires", "all_patterns", "patterns")
    return blank(FoldedNeuron, **dict.fromkeys(lines, INPUTS + 1))


@kernel
def run_folded_neuron(seen, gamma, beta, mean, sd):
    """The neuron's answer at each sum that can occur, and its threshold."""
    n, turned, total = INPUTS, gamma < 0.0, 0.0
    differ = (n - least_sum(gamma, beta, mean, sd, n)) // 2
    many = 1.0  # patterns with d inputs that differ from their weights
    for d in range(n + 1):
        k = n - d
        seen.z[k] = n - 2.0 * d
        seen.a[k] = step(seen.z[k], gamma, beta, mean, sd)
        seen.fires[k] = sign(seen.a[k])
        fire = many if seen.fires[k] > 0.0 else 0.0
        seen.all_patterns[k], seen.patterns[k] = many / 1000.0, fire / 1000.0
        total += fire
        many = many * (n - d) / (d + 1)
    seen.differ[0], seen.sums[0], seen.threshold[0] = differ, differ + 1, n - 2 * differ
    seen.turned[0] = turned
    seen.share[0] = 100.0 * total / 2.0**n
