r"""When a sum of alpha functions crosses a threshold, in closed form.

Between two arrivals the potential of a neuron whose synapses are alpha functions $t\, e^{-Kt}$ of one and the
same $K$ is, with $t$ counted from the last arrival,

$$ v(t) = (A + B t)\, e^{-K t} $$

It has one extremum, at $1/K - A/B$. Where $B > 0$ this is a peak, and the potential rises through a threshold
$\theta > 0$ before it if the peak is high enough:

$$ t = -\frac{A}{B} - \frac{1}{K} W_0(z), \qquad z = -\frac{K \theta}{B}\, e^{-K A / B} \ge -\frac1e $$

$W_0(z)$, the principal branch of Lambert's function, is the larger of the two $w \ge -1$ and $w \le -1$ with
$w e^w = z$; the other one is where the potential falls through the threshold again. At $z = -1/e$ the peak
touches the threshold. The exponential is the one in arithmetic alone, so that a page finds the same times to
the last bit, and a network that learns from them learns the same.

Sources: I. M. Comsa, K. Potempa, L. Versari, T. Fischbacher, A. Gesmundo and J. Alakuijala (2020), Temporal
coding in spiking neural networks with alpha synaptic function, ICASSP; R. M. Corless, G. H. Gonnet, D. E. G.
Hare, D. J. Jeffrey and D. E. Knuth (1996), On the Lambert W function, Advances in Computational Mathematics
5, 329–359.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import as_real, finite_array, positive
from snnlab.compiling import kernel
from snnlab.neurons.branchless_exponential import exponential

__all__ = ["first_crossing", "lambert_w"]

LOWEST = -math.exp(-1.0)  # the z from which on there is a w
_NEARLY = 1.0 - 1e-12
MOST_STEPS = 20  # of Halley's iteration; three are usual
_FLATTEST = 1e-12  # of the two terms of the slope: below, their difference is made of last digits
_NEAR = 1e-2  # below this p the series is exact to the last digit, and the iteration is not


def lambert_w(z: ArrayLike) -> np.ndarray:
    """The principal branch of Lambert's function: the w ≥ −1 with w exp(w) = z.

    Parameters
    ----------
    z : array of any shape
        Numbers of at least −1/e.

    Returns
    -------
    array
        The numbers w, of the shape of `z`; NaN where z is below −1/e.

    Examples
    --------
    >>> print(lambert_w([0.0, np.e, -np.exp(-1.0)]))
    [ 0.  1. -1.]
    """
    z = finite_array("z", z, tuple(range(9)), "any")
    w = np.empty(z.shape)
    fill_lambert(z.ravel(), w.reshape(-1))
    return w


def first_crossing(a: float, b: float, k: float, theta: float) -> float:
    """When (a + b t) exp(−k t) rises through theta, for t ≥ 0.

    Parameters
    ----------
    a : float
        The potential at t = 0.
    b : float
        The sum of the weights that have arrived, each with what is left of it.
    k : float
        One over the time constant of the synapses.
    theta : float
        The threshold, positive.

    Returns
    -------
    float
        t, in the unit of 1/k; infinite if it never does, as where the potential is above already.

    Examples
    --------
    A single alpha function of weight 1 peaks at 1/k, at a height of 1/e.

    >>> print(f"{first_crossing(0.0, 1.0, 1.0, np.exp(-1.0) - 1e-9):.3f}")
    1.000
    >>> first_crossing(0.0, 1.0, 1.0, 0.4)
    inf
    """
    a, b, k = as_real("a", a), as_real("b", b), positive("k", k)
    return crossing_time(a, b, k, positive("theta", theta))


@kernel
def lambert_w0(z):
    """The w ≥ -1 with w exp(w) = z, by Halley's iteration; near -1/e by the series about it."""
    if z < LOWEST:
        return math.nan
    if z > 1.0:
        w = math.log1p(z)
        w *= 1.0 - math.log1p(w) / (2.0 + w)
    else:
        w, near = lambert_start(z)
        if near:
            return w
    for _ in range(MOST_STEPS):
        change = halley(w, z)
        w -= change
        if small_enough(change, w):
            break
    return w


@kernel
def lambert_start(z):
    """A first guess for z from -1/e to 1, and whether it is exact already, as it is near -1/e."""
    p = math.sqrt(max(0.0, 2.0 * (math.e * z + 1.0)))
    series = 769.0 / 17280.0 - p * 221.0 / 8505.0
    w = -1.0 + p * (1.0 - p * (1.0 / 3.0 - p * (11.0 / 72.0 - p * (43.0 / 540.0 - p * series))))
    return z / (1.0 + z) if z > -0.25 else w, p < _NEAR


@kernel
def halley(w, z):
    """By how much w is too large, in Halley's iteration for w exp(w) = z."""
    grown = exponential(w)
    off = w * grown - z
    return off / (grown * (w + 1.0) - 0.5 * (w + 2.0) * off / (w + 1.0))


@kernel
def small_enough(change, w):
    """Whether another step would change nothing: it would be about the cube of this one."""
    return abs(change) <= 1e-9 * (1.0 + abs(w))


@kernel
def fill_lambert(z, w):
    """Lambert's function of each number."""
    for k in range(z.size):
        w[k] = lambert_w0(z[k])


@kernel
def step(a, b, s, left):
    """A and B counted from a time `s` later, in which the factor `left` = exp(-K s) is left."""
    return (a + b * s) * left, b * left


@kernel
def may_cross(a, b, gap, after, k, theta):
    """Whether (a + b t) exp(-k t) may reach theta before `gap` is over; at its end it is `after`.

    Up to its peak it stays below the line a + b t, or below 0. Where it still rises at the end of the gap it
    is highest there. In doubt, by some last digits, the answer is yes.
    """
    if not (b > 0.0 and a + b * gap >= theta):
        return False
    still_rises = b - k * (a + b * gap) > 0.0
    return not still_rises or after >= theta * _NEARLY


@kernel
def crossing_time(a, b, k, theta):
    """When (a + b t) exp(-k t) rises through theta > 0, for t from 0 on; infinite if never."""
    z = lambert_argument(a, b, k, theta)
    return time_from_lambert(a, b, k, lambert_w0(z)) if z >= LOWEST else math.inf


@kernel
def lambert_argument(a, b, k, theta):
    """The z of the closed form, below -1/e where nothing crosses; it must rise, and from below."""
    z = -k * theta / b * exponential(-k * a / b)
    return z if b > 0.0 and a <= theta and b > k * a else -math.inf


@kernel
def time_from_lambert(a, b, k, w):
    """The time of the closed form."""
    return max(0.0, -a / b - w / k)


@kernel
def crossing_in_gap(a, b, now, then, after, k, theta):
    """When (a + b t) exp(-k t), t counted from `now`, reaches theta before `then`, and t; infinite if not.

    The potential is `after` where the gap ends, at `then`. A crossing on the very end is one of this gap:
    what arrives there has no part in it, and may turn the slope round.
    """
    if not may_cross(a, b, then - now, after, k, theta):
        return math.inf, math.inf
    return within_gap(crossing_time(a, b, k, theta), now, then, after, theta)


@kernel
def within_gap(s, now, then, after, theta):
    """The crossing `s` after `now` and its time, if it is before `then`; infinite if not."""
    if now + s <= then or after >= theta:
        s = min(s, then - now)
        return min(now + s, then), s
    return math.inf, math.inf


@kernel
def rise_at_threshold(gained, lost):
    """The slope of the potential where it crosses, B exp(-K s) - K theta, from these two; above 0.

    A peak that only touches has the slope 0, of which rounding may make one that falls.
    """
    return max(gained - lost, _FLATTEST * lost)
