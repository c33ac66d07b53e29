r"""A membrane and the current of its synapses between two events: two exponentials, and when they cross.

Without units, $V$ at rest 0,

$$ \tau_m \dot V = -V + I, \qquad \tau_s \dot I = -I $$

From a state $V_0, I_0$ on, with $k$ the response to a current of 1,

$$ V(s) = V_0\, e^{-s/\tau_m} + I_0\, k(s), \qquad I(s) = I_0\, e^{-s/\tau_s}, \qquad
k(s) = \frac{\tau_s}{\tau_m - \tau_s} \left( e^{-s/\tau_m} - e^{-s/\tau_s} \right) $$

Where the two time constants are nearly the same the quotient loses its digits. With
$x = s\, (1/\tau_s - 1/\tau_m)$ the same is $(s/\tau_m)\, e^{-s/\tau_m}\, (1 - e^{-x})/x$, whose last factor
has a power series.

**No crossing is missed.** $V$ has one extremum at most, where $V = I$. A potential that rises from below a
threshold $\vartheta > 0$ gets there before its peak, or not at all; and since $V$ has to be smaller than $I$
on the way, not without $I_0 > \vartheta$. Up to the peak $V$ is concave, as its only point of inflection
comes later. So each tangent reaches the threshold before the potential does: Newton's method, begun at
$s = 0$, comes closer and closer from the left and cannot step over the crossing.

Source: T. C. Wunderlich and C. Pehle (2021), Scientific Reports 11, 12829 (the equations).
"""

import math

from snnlab.checks import as_real, non_negative, positive
from snnlab.compiling import kernel
from snnlab.neurons.branchless_exponential import exponential

__all__ = ["crossing_of_two", "potential_later"]

_NEAR = 1e-2  # below this x the series is exact to the last digit


def potential_later(
    v: float, i: float, s: float, tau_m: float = 20.0, tau_s: float = 5.0
) -> tuple[float, float]:
    """Potential and current a time later, if nothing happens in between.

    Parameters
    ----------
    v, i : float
        Potential and current now, in thresholds.
    s : float
        How much later, ms; zero or positive.
    tau_m, tau_s : float
        Time constants of the membrane and of the synapses, ms.

    Examples
    --------
    >>> v, i = potential_later(0.0, 1.0, 5.0)
    >>> print(f"{v:.4f} {i:.4f}")
    0.1370 0.3679
    """
    v, i, s = as_real("v", v), as_real("i", i), non_negative("s", s)
    return step(v, i, s, positive("tau_m", tau_m), positive("tau_s", tau_s))


def crossing_of_two(v: float, i: float, v_th: float = 1.0, tau_m: float = 20.0, tau_s: float = 5.0) -> float:
    """How long a neuron takes to its threshold, if nothing arrives any more.

    Parameters
    ----------
    v, i : float
        Potential and current now, `v` at most the threshold.
    v_th : float
        The threshold, positive.
    tau_m, tau_s : float
        Time constants of the membrane and of the synapses, ms.

    Returns
    -------
    float
        ms; infinite if it never gets there.

    Examples
    --------
    >>> print(f"{crossing_of_two(0.0, 9.0):.3f}")
    3.338
    >>> crossing_of_two(0.0, 6.0)
    inf
    """
    v, i, v_th = as_real("v", v), as_real("i", i), positive("v_th", v_th)
    if v > v_th:
        raise ValueError(f"v must be at most the threshold ({v_th:g}), got {v:g}")
    return rise_time(v, i, v_th, positive("tau_m", tau_m), positive("tau_s", tau_s))


@kernel
def step(v, i, s, tau_m, tau_s):
    """Potential and current a time `s` later."""
    left_m, left_s = exponential(-s / tau_m), exponential(-s / tau_s)
    x = s * (tau_m - tau_s) / (tau_m * tau_s)
    if abs(x) < _NEAR:
        shape = 1.0 - x / 2.0 * (1.0 - x / 3.0 * (1.0 - x / 4.0 * (1.0 - x / 5.0 * (1.0 - x / 6.0))))
        k = s / tau_m * left_m * shape
    else:
        k = tau_s / (tau_m - tau_s) * (left_m - left_s)
    return v * left_m + i * k, i * left_s


@kernel
def peak_time(v, i, tau_m, tau_s):
    """How long a potential that rises, i > v, takes to its peak; infinite if it has none."""
    difference = tau_m - tau_s
    base = v * difference + i * tau_s
    if base <= 0.0:
        return math.inf
    ratio = difference * (i - v) / base
    shape = math.log1p(ratio) / ratio if ratio != 0.0 else 1.0
    return shape * (i - v) * tau_m * tau_s / base


@kernel
def least_rise_time(v, i, v_th, tau_m):
    """A time before which the threshold is not reached: that of the tangent; infinite where there is none."""
    return (v_th - v) * tau_m / (i - v) if i > v_th and i > v else math.inf


@kernel
def rise_time(v, i, v_th, tau_m, tau_s):
    """When the potential rises through v_th > 0, from v <= v_th on; infinite if it never does."""
    if not (i > v_th and i > v):
        return math.inf
    if v >= v_th:  # by a last digit
        return 0.0
    peak = peak_time(v, i, tau_m, tau_s)
    if peak == math.inf or step(v, i, peak, tau_m, tau_s)[0] < v_th:
        return math.inf
    s = 0.0
    for _ in range(100):
        v_now, i_now = step(v, i, s, tau_m, tau_s)
        if i_now <= v_now:
            break
        further = (v_th - v_now) * tau_m / (i_now - v_now)
        s += further
        if further <= 1e-15 * tau_m:
            break
    return min(s, peak)
