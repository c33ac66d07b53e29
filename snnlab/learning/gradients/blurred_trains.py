r"""Blurred trains, and how far two of them are apart: the loss of spikes that come at the wrong time.

A train is blurred, $r_t = \gamma r_{t-1} + s_t$, and what it should have been likewise. Their squared van
Rossum distance, of which one spike too few, far from all others, makes 1, is

$$ L = (1 - \gamma^2) \sum_t (r_t - r^*_t)^2, \qquad
\frac{\partial L}{\partial s_t} = q_t = \gamma q_{t+1} + 2 (1 - \gamma^2)(r_t - r^*_t) $$

Source: M. C. W. van Rossum (2001), A novel spike distance, Neural Computation 13, 751–763; on a grid of
steps.
"""

from snnlab.compiling import kernel

__all__ = ()


@kernel
def blur(train, trace, gamma):
    """A train blurred: each spike a jump that decays."""
    now = 0.0
    for t in range(train.size):
        now = gamma * now + train[t]
        trace[t] = now


@kernel
def blurred_distance(trace, wanted, gamma):
    """The squared van Rossum distance of two blurred trains."""
    total = 0.0
    for t in range(trace.size):
        total += (trace[t] - wanted[t]) ** 2
    return (1.0 - gamma * gamma) * total


@kernel
def blurred_slope(trace, wanted, gamma):
    """In the place of the blurred train, the derivative of the distance by each spike."""
    q = 0.0
    for t in range(trace.size - 1, -1, -1):
        q = gamma * q + 2.0 * (1.0 - gamma * gamma) * (trace[t] - wanted[t])
        trace[t] = q
