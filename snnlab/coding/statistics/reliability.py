r"""How reliable a neuron is: how well the spikes of its repetitions agree.

Each train of a repetition is filtered with a Gaussian of width $\sigma$. Two of them are compared by the
cosine of the angle between them, and all pairs of $N$ repetitions are averaged:

$$ R = \frac{2}{N (N - 1)} \sum_{a < b} \frac{\langle s_a, s_b \rangle}{|s_a|\, |s_b|}, \qquad
\langle s_a, s_b \rangle = \sum_{k, l} e^{-(t^a_k - t^b_l)^2 / 4 \sigma^2} $$

The double sum over the spikes is the integral of the product of the two filtered trains, but for a factor
that cancels. $R$ is 1 where every repetition has the same spikes, and near 0 where no spike of one is within
a few $\sigma$ of one of another. Chance makes it larger for higher rates, so compare only trains of like
rates.

Source: S. Schreiber, J. M. Fellous, D. Whitmer, P. Tiesinga and T. J. Sejnowski (2003), Neurocomputing 52–54,
925–931.
"""

import math

import numpy as np

from snnlab.checks import positive
from snnlab.checks_of_spikes import be_spikes
from snnlab.compiling import kernel
from snnlab.spikes import Spikes

__all__ = ["pairwise_reliability"]


def pairwise_reliability(spikes: Spikes, sigma: float) -> float:
    """The mean agreement of all pairs of repetitions.

    Parameters
    ----------
    spikes
        The repetitions; each unit is one. Two at least.
    sigma : float
        How exact a spike has to be, ms: the width of the Gaussian.

    Returns
    -------
    float
        From 0 to 1. A repetition without a spike agrees with no other.

    Examples
    --------
    >>> trials = Spikes([10.0, 50.0, 10.0, 50.0, 10.0], [0, 0, 1, 1, 2], n_units=3, duration=100)
    >>> print(f"{pairwise_reliability(trials, sigma=3.0):.3f} = (1 + 2 / √2) / 3")
    0.805 = (1 + 2 / √2) / 3
    """
    be_spikes("spikes", spikes)
    if spikes.n_units < 2:
        raise ValueError(f"spikes must have two units or more, got {spikes.n_units}")
    sigma = positive("sigma", sigma)
    trains = spikes.to_trains()
    first = np.concatenate([[0], np.cumsum([train.size for train in trains])]).astype(np.int64)
    return float(mean_cosine(np.concatenate(trains), first, np.empty(len(trains)), sigma))


@kernel
def _product(times, start_a, stop_a, start_b, stop_b, sigma):
    """The scalar product of two filtered trains, each sorted; pairs too far apart to count are left out."""
    reach = 13.0 * sigma  # beyond it the exponential is below 1e-18
    total = 0.0
    low = start_b
    for k in range(start_a, stop_a):
        while low < stop_b and times[low] < times[k] - reach:
            low += 1
        m = low
        while m < stop_b and times[m] <= times[k] + reach:
            apart = (times[k] - times[m]) / sigma
            total += math.exp(-0.25 * apart * apart)
            m += 1
    return total


@kernel
def mean_cosine(times, first, size, sigma):
    """The mean over all pairs; the spikes of train a are ``times[first[a]:first[a + 1]]``."""
    n = first.size - 1
    for a in range(n):
        size[a] = math.sqrt(_product(times, first[a], first[a + 1], first[a], first[a + 1], sigma))
    total = 0.0
    for a in range(n):
        for b in range(a + 1, n):
            if size[a] > 0.0 and size[b] > 0.0:
                product = _product(times, first[a], first[a + 1], first[b], first[b + 1], sigma)
                total += product / (size[a] * size[b])
    return total / (0.5 * n * (n - 1))
