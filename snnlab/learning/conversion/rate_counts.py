r"""One neuron whose spikes count towards an activation: how near is it after so many steps?

Activations of a trained network have a scale of their own. The neuron fires at most once a step, so its input
is divided by a scale $\lambda$ first, a percentile of the activations that were seen. After $T$ steps it has
fired $n$ times and says

$$ \hat a = \lambda\, \frac{n}{T}, \qquad |\hat a - a| \le \frac{\lambda}{T}
\quad \text{for } 0 \le a \le \lambda $$

with the reset by subtraction and from rest. A large scale makes each spike coarse, a small one cuts off what
lies above it.
"""

from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, non_negative, true_or_false, whole
from snnlab.compiling import kernel
from snnlab.data import load_digits
from snnlab.learning.conversion.rate_neuron import step
from snnlab.learning.gradients.descent import rectified_start
from snnlab.records import blank, read

__all__ = ["RateCounts", "random_activations", "rate_counts"]

LONGEST, SHOWN = 200, 60  # steps that are counted, and those of which the potential is kept
GRID = 161  # activations for the second curve


class RateCounts(NamedTuple):
    """A neuron that counts, and what its count says.

    Examples
    --------
    >>> seen = rate_counts(0.75, 8, [1.0])
    >>> print(seen.n, seen.estimate)
    6 0.75
    """

    v: np.ndarray
    """Potential after each of the first 60 steps, in thresholds."""
    times: Annotated[np.ndarray, "n_shown"]
    """The steps after which it fired, of those 60."""
    lengths: np.ndarray
    """1, 2, … 200 steps."""
    counted: np.ndarray
    """What the count says after each of them."""
    above: np.ndarray
    """The activation and one spike more."""
    below: np.ndarray
    """The activation and one spike less."""
    activations: np.ndarray
    """Other activations, from 0 to the largest that was seen."""
    told: np.ndarray
    """What the count says of each of them after the steps that were asked for."""
    itself: np.ndarray
    """The activations again: what it should say."""
    n: int
    """Spikes in all steps that were asked for."""
    n_shown: int
    """Spikes in the first 60 steps."""
    scale: float
    """λ, which is one spike a step."""
    estimate: float
    """λ n / T, what the count says."""
    error: float
    """How far that is from the activation."""
    bound: float
    """λ / T, the worth of one spike."""


def rate_counts(
    a: float, steps: int, activations: ArrayLike, percentile: float = 100.0, subtract: bool = True
) -> RateCounts:
    """Let a neuron count towards an activation.

    Parameters
    ----------
    a : float
        The activation, 0 or more.
    steps : int
        T, how many steps are counted, at most 200.
    activations : array
        Those that were seen: positive numbers, at least one.
    percentile : float
        Which of them is the scale, 0 to 100; 100 is the largest.
    subtract : bool
        Whether a spike takes the threshold away; otherwise it sets the potential to zero.

    Examples
    --------
    >>> for subtract in (True, False):
    ...     print(rate_counts(0.625, 96, [1.0], subtract=subtract).estimate)
    0.625
    0.5
    """
    a, steps = non_negative("a", a), whole("steps", steps, least=1)
    if steps > LONGEST:
        raise ValueError(f"steps must be at most {LONGEST}, got {steps}")
    known = np.sort(finite_array("activations", activations, (1,), "(activations,)"))
    if not known.size or known[0] <= 0:
        raise ValueError(
            f"activations must be positive, at least one, got {known[0] if known.size else 'none'}"
        )
    percentile = non_negative("percentile", percentile)
    if percentile > 100:
        raise ValueError(f"percentile must be at most 100, got {percentile:g}")
    seen = recorded()
    run_rate_counts(seen, known, a, float(steps), percentile, float(true_or_false("subtract", subtract)))
    return read(seen)


def random_activations(neurons: int = 100, *, rng: np.random.Generator) -> np.ndarray:
    """The activations above 0 of a rectified layer of random weights that looks at the small digits.

    Parameters
    ----------
    neurons : int
        How many it has.
    rng
        Where the weights come from.

    Returns
    -------
    array of shape (1001,)
        Their quantiles from the least to the largest, in hundredths.

    Examples
    --------
    >>> seen = random_activations(rng=np.random.default_rng(13))
    >>> seen.size, bool(np.all(np.diff(seen) >= 0))
    (1001, True)
    """
    digits = load_digits()
    x = digits.x_train.reshape(len(digits.x_train), -1) / digits.white
    [weights] = rectified_start((x.shape[1], whole("neurons", neurons, least=1)), rng)
    drive = x @ weights.T
    return np.maximum(np.round(np.quantile(drive[drive > 0], np.linspace(0.0, 1.0, 1001)), 2), 0.01)


def recorded() -> RateCounts:
    """A blank record."""
    lines = dict.fromkeys(("lengths", "counted", "above", "below"), LONGEST)
    curves = dict.fromkeys(("activations", "told", "itself"), GRID)
    return blank(RateCounts, v=SHOWN, times=SHOWN, **lines, **curves)


@kernel
def percentile_of(known, percentile):
    """The percentile of sorted numbers, on a line between the nearest two."""
    place = percentile / 100.0 * (known.size - 1)
    low = min(int(place), known.size - 1)
    high = min(low + 1, known.size - 1)
    return known[low] + (place - low) * (known[high] - known[low])


@kernel
def counts_under(z, steps, subtract):
    """How often a neuron with the threshold 1 fires under a constant input."""
    v, n = 0.0, 0.0
    for _ in range(steps):
        v, s = step(v, z, 1.0, subtract)
        n += s
    return n


@kernel
def run_rate_counts(seen, known, a, steps, percentile, subtract):
    """The neuron of the activation that was asked for, and others; `steps` and `subtract` are numbers."""
    scale, asked = percentile_of(known, percentile), int(steps)
    v, n, n_shown, n_asked = 0.0, 0.0, 0, 0.0
    for t in range(seen.lengths.size):
        v, s = step(v, a / scale, 1.0, subtract)
        n += s
        if t < seen.v.size:
            seen.v[t] = v
            if s > 0.0:
                seen.times[n_shown] = t + 1.0
                n_shown += 1
        if t + 1 == asked:
            n_asked = n
        worth = scale / (t + 1)
        seen.lengths[t], seen.counted[t] = t + 1.0, worth * n
        seen.above[t], seen.below[t] = a + worth, a - worth
    for k in range(seen.activations.size):
        other = known[known.size - 1] * k / (seen.activations.size - 1)
        seen.activations[k], seen.itself[k] = other, other
        seen.told[k] = scale * counts_under(other / scale, asked, subtract) / asked
    seen.n[0], seen.n_shown[0], seen.scale[0] = n_asked, n_shown, scale
    seen.estimate[0] = scale * n_asked / asked
    seen.error[0], seen.bound[0] = abs(seen.estimate[0] - a), scale / asked
