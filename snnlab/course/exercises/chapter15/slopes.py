"""Exercise 15.5, write it: the slopes of one spike time by all weights."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Function, Mistake

__all__ = ["SLOPES"]


def _slopes(w, arrivals, t, tau, part):
    """All slopes; `part` makes of each weight, age and time constant what x' gets, and what is divided."""
    rise, above = 0.0, []
    for weight, arrives in zip(w, arrivals, strict=True):
        s = t - arrives
        steep, high = part(weight, s, tau)
        rise += steep
        above.append(high)
    return np.array([-high / rise if rise else math.inf for high in above])


def _psp(s, tau):
    return s / tau * math.exp(1.0 - s / tau)


def _psp_slope(s, tau):
    return (1.0 - s / tau) / tau * math.exp(1.0 - s / tau)


def slopes(w, arrivals, t, tau):
    """Minus epsilon over x', for each input; 0 for one that comes after the spike."""
    return _slopes(
        w,
        arrivals,
        t,
        tau,
        lambda weight, s, tau: (weight * _psp_slope(s, tau), _psp(s, tau)) if s > 0 else (0.0, 0.0),
    )


def _sign_forgotten(w, arrivals, t, tau):
    return -slopes(w, arrivals, t, tau)


def _the_future_counts(w, arrivals, t, tau):
    return _slopes(w, arrivals, t, tau, lambda weight, s, tau: (weight * _psp_slope(s, tau), _psp(s, tau)))


def _with_the_weight(w, arrivals, t, tau):
    return np.asarray(w) * slopes(w, arrivals, t, tau)


def _without_weights(w, arrivals, t, tau):
    return slopes([1.0] * len(w), arrivals, t, tau)


def _not_divided(w, arrivals, t, tau):
    return np.array([-_psp(t - a, tau) if a < t else 0.0 for a in arrivals])


def _own_slope(w, arrivals, t, tau):
    return np.array([
        -_psp(t - a, tau) / (weight * _psp_slope(t - a, tau)) if a < t else 0.0
        for weight, a in zip(w, arrivals, strict=True)
    ])


def _no_product_rule(w, arrivals, t, tau):
    return _slopes(
        w,
        arrivals,
        t,
        tau,
        lambda weight, s, tau: (-weight * _psp(s, tau) / tau, _psp(s, tau)) if s > 0 else (0.0, 0.0),
    )


def _tau_forgotten(w, arrivals, t, tau):
    return slopes(w, arrivals, t, tau) / tau


def _potential_for_slope(w, arrivals, t, tau):
    return _slopes(
        w,
        arrivals,
        t,
        tau,
        lambda weight, s, tau: (weight * _psp(s, tau), _psp(s, tau)) if s > 0 else (0.0, 0.0),
    )


def _draw(rng: np.random.Generator) -> list[tuple]:
    """Two to four inputs, in every second case one of them late; no weight and no slope is near 0.

    What the potential is at `t` is left to chance: it is the threshold, whatever that is.
    """
    cases: list[tuple] = []
    while len(cases) < 12:
        n = int(rng.integers(2, 5))
        arrivals = [round(float(a), 1) for a in sorted(rng.uniform(0, 6, n))]
        t = round(arrivals[-1] + float(rng.uniform(0.5, 4)), 1)
        if len(cases) % 2:
            arrivals[int(rng.integers(n))] = round(t + float(rng.uniform(0.5, 3)), 1)
        w = [round(float(x), 2) for x in rng.uniform(-0.3, 1.0, n)]
        tau = float(rng.integers(4, 10))
        own = [weight * _psp_slope(t - a, tau) for weight, a in zip(w, arrivals, strict=True) if a < t]
        if sum(own) > 0.03 and min(map(abs, own)) > 1e-3 and len(own) > 1:
            cases.append((np.array(w), np.array(arrivals), t, tau))
    return cases


SLOPES = Function(
    id="15.5",
    title="All slopes of one spike",
    statement=(
        "Write the function `slopes`. It gets the weights `w` and the arrival times `arrivals` of all inputs "
        "of a neuron, the time `t` at which it fires, whatever its threshold, and `tau`. It returns "
        "$\\partial t/\\partial w_i$ for each input, in a list, as in [the slope](#slope-of-a-spike-time). "
        "What arrives after the spike has no influence on it."
    ),
    stub="def slopes(w, arrivals, t, tau):\n    return ...",
    variable="slopes",
    arguments=("w", "arrivals", "t", "tau"),
    tolerance=1e-6,
    solution=slopes,
    draw=_draw,
    next_step=(
        "Which input has the largest slope? It need not be the one with the largest weight, nor the last "
        "one: look for the one whose postsynaptic potential is at its peak when the neuron fires."
    ),
    mistakes=(
        Mistake(
            "sign forgotten",
            _sign_forgotten,
            "The sizes are right, the sign is not. More weight lifts the potential, and the threshold is "
            "reached earlier: minus epsilon over x'.",
        ),
        Mistake(
            "the future counts",
            _the_future_counts,
            "An input that arrives after the spike cannot have moved it. Before its arrival epsilon is 0: "
            "leave it out, of x' as well.",
        ),
        Mistake(
            "with the weight",
            _with_the_weight,
            "You have multiplied by the weight. The derivative of w times epsilon by w is epsilon alone.",
        ),
        Mistake(
            "without weights",
            _without_weights,
            "Your x' adds up the slopes without their weights. The potential is the sum of w times epsilon.",
        ),
        Mistake(
            "not divided",
            _not_divided,
            "This is how far the potential moves, not the time. Divide by x', the slope of the whole "
            "potential at t.",
        ),
        Mistake(
            "own slope",
            _own_slope,
            "You have divided each by its own slope. It is the whole potential that crosses the threshold: "
            "x' is the sum over all inputs that have arrived.",
        ),
        Mistake(
            "no product rule",
            _no_product_rule,
            "Epsilon is a product of s/tau and an exponential, and both depend on s. Its derivative is (1 - "
            "s/tau)/tau times exp(1 - s/tau).",
        ),
        Mistake(
            "tau forgotten",
            _tau_forgotten,
            "Your slopes are too small by the factor tau: the derivative of s/tau is 1/tau.",
        ),
        Mistake(
            "potential for slope",
            _potential_for_slope,
            "You have divided by x, which is the threshold. It is x', its slope, that says how much time a "
            "rise takes.",
        ),
    ),
)
