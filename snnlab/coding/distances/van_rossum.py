r"""The van Rossum distance: two trains, each blurred into a curve, and the area between the curves.

Every spike becomes a jump that decays, $e^{-t/\tau}$. With $f$ and $g$ the two curves:

$$ D^2 = \frac{2}{\tau} \int_0^\infty \left(f(t) - g(t)\right)^2 dt
= \sum_{a, a'} e^{-|a - a'|/\tau} + \sum_{b, b'} e^{-|b - b'|/\tau} - 2 \sum_{a, b} e^{-|a - b|/\tau} $$

This is normalised so that one spike more is a distance of 1, as in the tools of today. In the paper of 2001
the factor is $1/\tau$, and one spike more gives $D^2 = 1/2$. A short $\tau$ asks for coincidences: $D \to
\sqrt{n_a + n_b}$. A long one counts: $D \to |n_a - n_b|$.

Source: M. C. W. van Rossum (2001), Neural Computation 13, 751–763.
"""

import math

from snnlab.checks import positive
from snnlab.coding.pairs import two_trains
from snnlab.compiling import kernel
from snnlab.spikes import Spikes

__all__ = ["van_rossum_distance"]


def van_rossum_distance(a: Spikes, b: Spikes, tau: float) -> float:
    """The van Rossum distance of two trains.

    Parameters
    ----------
    a, b : Spikes of one unit
        The trains, looked at for the same time.
    tau : float
        Time constant of the blur, ms.

    Returns
    -------
    float
        0 for equal trains; 1 for a train with one spike and one without.

    Examples
    --------
    >>> a, b = Spikes([10.0, 20.0], duration=100), Spikes([10.0], duration=100)
    >>> van_rossum_distance(a, b, tau=5.0)
    1.0
    """
    one, two, _ = two_trains(a, b)
    tau = positive("tau", tau)
    square = _overlap(one, one, tau) + _overlap(two, two, tau) - 2.0 * _overlap(one, two, tau)
    return math.sqrt(max(square, 0.0))


@kernel
def _overlap(a, b, tau):
    """The sum over all pairs of exp(−|a − b| / τ), in one pass over both trains."""
    total, trace_a, trace_b, now = 0.0, 0.0, 0.0, 0.0
    j, k = 0, 0
    while j < a.size or k < b.size:
        then = min(a[j] if j < a.size else math.inf, b[k] if k < b.size else math.inf)
        decay = math.exp(-(then - now) / tau)
        trace_a, trace_b, now = trace_a * decay, trace_b * decay, then
        new_a, new_b = 0.0, 0.0
        while j < a.size and a[j] == now:
            new_a += 1.0
            j += 1
        while k < b.size and b[k] == now:
            new_b += 1.0
            k += 1
        total += new_a * trace_b + new_b * trace_a + new_a * new_b
        trace_a += new_a
        trace_b += new_b
    return total
