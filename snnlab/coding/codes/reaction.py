r"""How soon can one know? Codes that race, in closed form for Poisson neurons.

Of two stimuli one is there. It drives $n$ neurons at the rate $r_1$; $n$ others, which prefer the other
stimulus, fire at $r_2 < r_1$. Who waits for the *first spike* is right with the probability

$$ P = \frac{r_1}{r_1 + r_2} $$

whatever $n$, and waits for $1 / (n (r_1 + r_2))$. Who *counts* for a time $T$ and takes the larger count, or
tosses a coin, is right with

$$ P = P(N_1 > N_2) + \tfrac12 P(N_1 = N_2), \qquad N_k \sim \text{Poisson}(n\, r_k\, T) $$

The *order* in which several neurons fire first is given by a chain of such races,

$$ P(1, 2, \dots, m) = \prod_k \frac{r_k}{r_k + r_{k+1} + \dots + r_m} $$

A message that passes $s$ *stages*, each of them right with $P$, arrives right with
$\tfrac12 \left(1 + (2 P - 1)^s\right)$.

Source: S. Thorpe, D. Fize and C. Marlot (1996), Nature 381, 520–522, for the argument: ten stages in a tenth
of a second leave each neuron time for one spike; J. G. Skellam (1946), Journal of the Royal Statistical
Society 109, 296; R. L. Plackett (1975), Applied Statistics 24, 193–202.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import as_real, finite_array, non_negative, whole
from snnlab.compiling import kernel

__all__ = ["count_correct", "count_window", "first_spike_correct", "order_probability", "relay_correct"]


def first_spike_correct(strong: float, weak: float, n: int = 1, window: float = math.inf) -> float:
    """How often the first spike tells which stimulus is there.

    Parameters
    ----------
    strong, weak : float
        Rate of each neuron that prefers the stimulus, and of each that prefers the other one, Hz.
    n : int
        How many neurons prefer each.
    window : float
        After that many ms without a spike we guess.

    Returns
    -------
    float
        Probability from 0 to 1.

    Examples
    --------
    >>> first_spike_correct(80.0, 20.0)
    0.8
    """
    strong, weak, n = _rates(strong, weak, n)
    if not (isinstance(window, float) and window == math.inf):
        window = non_negative("window", window)
    if strong + weak == 0.0:
        return 0.5
    silent = math.exp(-n * (strong + weak) * window / 1000.0)
    return 0.5 * silent + strong / (strong + weak) * (1.0 - silent)


def count_correct(strong: float, weak: float, window: float, n: int = 1) -> float:
    """How often the larger count tells which stimulus is there.

    Parameters
    ----------
    strong, weak, n
        As for `first_spike_correct`.
    window : float
        How long we count, ms.

    Returns
    -------
    float
        Probability from 0 to 1; a tie counts as half.

    Examples
    --------
    >>> for window in (10, 50, 100):
    ...     print(f"{window} ms: {count_correct(80.0, 20.0, window):.2f}")
    10 ms: 0.70
    50 ms: 0.91
    100 ms: 0.98
    """
    strong, weak, n = _rates(strong, weak, n)
    scale = n * non_negative("window", window) / 1000.0
    if not max(strong, weak) * scale <= 1e7:
        raise ValueError(f"a count must be at most 1e7 on average, got {max(strong, weak) * scale:g}")
    return float(_count_correct(strong * scale, weak * scale))


def count_window(strong: float, weak: float, correct: float, n: int = 1) -> float:
    """How long one has to count to be right that often.

    Parameters
    ----------
    strong, weak, n
        As for `first_spike_correct`; `strong` is the larger rate.
    correct : float
        The probability that is wanted, from 0.5 on and below 1.

    Returns
    -------
    float
        The window, ms.

    Examples
    --------
    The first spike is right in 8 cases of 10, after 10 ms on average. Counting needs longer:

    >>> print(f"{count_window(80.0, 20.0, 0.8):.0f} ms")
    21 ms
    """
    strong, weak, n = _rates(strong, weak, n)
    correct = as_real("correct", correct)
    if not 0.5 <= correct < 1:
        raise ValueError(f"correct must be at least 0.5 and below 1, got {correct:g}")
    if strong <= weak:
        raise ValueError(f"strong must be above weak ({weak:g} Hz), got {strong:g}")
    low, high = 0.0, 1000.0 / (n * strong)
    while count_correct(strong, weak, high, n) < correct:
        low, high = high, 2.0 * high
        if n * strong * high > 1e8:
            raise ValueError(
                f"strong must be so far above weak ({weak:g} Hz) that counting ends, got {strong:g}"
            )
    for _ in range(50):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if count_correct(strong, weak, middle, n) < correct else (low, middle)
    return high


def order_probability(rates: ArrayLike) -> float:
    """How likely Poisson neurons fire their first spikes in the order in which they are listed.

    Parameters
    ----------
    rates : array of shape (n,)
        Rate of each neuron, Hz, the one that should come first first.

    Returns
    -------
    float
        Probability from 0 to 1.

    Examples
    --------
    >>> print(f"{order_probability([40.0, 20.0, 10.0]):.3f}, by hand {40 / 70 * 20 / 30:.3f}")
    0.381, by hand 0.381
    """
    rates = finite_array("rates", rates, (1,), "(n,)")
    if (rates <= 0).any():
        raise ValueError(f"rates must be positive, got {rates.min():g}")
    return float(np.prod(rates / np.cumsum(rates[::-1])[::-1]))


def relay_correct(correct: float, stages: int) -> float:
    """How often an answer is right that passed several stages.

    Parameters
    ----------
    correct : float
        How often a single stage passes on what it was told, from 0 to 1.
    stages : int
        How many stages.

    Returns
    -------
    float
        Probability from 0 to 1.

    Examples
    --------
    >>> print(f"{relay_correct(0.8, 2):.2f}")
    0.68
    """
    correct, stages = as_real("correct", correct), whole("stages", stages)
    if not 0 <= correct <= 1:
        raise ValueError(f"correct must be between 0 and 1, got {correct:g}")
    return 0.5 * (1.0 + (2.0 * correct - 1.0) ** stages)


def _rates(strong: float, weak: float, n: int) -> tuple[float, float, int]:
    return non_negative("strong", strong), non_negative("weak", weak), whole("n", n, least=1)


@kernel
def _count_correct(strong, weak):
    """The probability that the first of two Poisson counts with these means is larger; a tie is a half."""
    high = max(strong, weak)
    last = int(high + 12.0 * math.sqrt(high) + 40.0)
    log_strong, log_weak = -strong, -weak
    below, above, correct = 0.0, 0.0, 0.0  # probabilities that the weak and the strong count are below k
    for k in range(last + 1):
        if k > 0:
            log_strong += math.log(strong / k)
            log_weak += math.log(weak / k)
        now, here = math.exp(log_weak), math.exp(log_strong)
        correct += here * (below + 0.5 * now)
        below += now
        above += here
    return min(correct / (below * above), 1.0)  # the two are 1 but for rounding
