"""Exercise 20.2, write it: the sum over all pairs of spikes."""

import numpy as np

from snnlab.course.exercises.kinds import Function, Mistake

__all__ = ["ALL_PAIRS"]


def _sum(pre, post, halves, back=False, zero=False):
    """Over all pairs: the first half of Δt above zero minus the second one of −Δt below it."""
    up, down = halves
    delta = np.subtract.outer(np.asarray(post, float), np.asarray(pre, float))
    if back:
        delta = -delta
    first = delta >= 0 if zero else delta > 0
    after = delta < 0
    return float(
        np.where(first, up(np.abs(delta)), 0.0).sum() - np.where(after, down(np.abs(delta)), 0.0).sum()
    )


def _halves(lambda_, alpha, tau_plus, tau_minus):
    return (lambda d: lambda_ * np.exp(-d / tau_plus)), (lambda d: alpha * lambda_ * np.exp(-d / tau_minus))


def weight_change(pre, post, lambda_, alpha, tau_plus, tau_minus):
    """Every pair counts, that of two spikes at one time not at all."""
    return _sum(pre, post, _halves(lambda_, alpha, tau_plus, tau_minus))


def _turned(pre, post, lambda_, alpha, tau_plus, tau_minus):
    return _sum(pre, post, _halves(lambda_, alpha, tau_plus, tau_minus), back=True)


def _zero_counts(pre, post, lambda_, alpha, tau_plus, tau_minus):
    return _sum(pre, post, _halves(lambda_, alpha, tau_plus, tau_minus), zero=True)


def _zero_takes_away(pre, post, lambda_, alpha, tau_plus, tau_minus):
    """Everything that is not above zero is depression."""
    same = np.isin(pre, post).sum()
    return weight_change(pre, post, lambda_, alpha, tau_plus, tau_minus) - alpha * lambda_ * float(same)


def _fades_backwards(pre, post, lambda_, alpha, tau_plus, tau_minus):
    up, down = _halves(lambda_, alpha, tau_plus, tau_minus)
    return _sum(pre, post, (up, lambda d: down(-d)))


def _no_alpha(pre, post, lambda_, alpha, tau_plus, tau_minus):
    return _sum(pre, post, _halves(lambda_, 1.0, tau_plus, tau_minus))


def _no_lambda_below(pre, post, lambda_, alpha, tau_plus, tau_minus):
    up, _ = _halves(lambda_, alpha, tau_plus, tau_minus)
    return _sum(pre, post, (up, lambda d: alpha * np.exp(-d / tau_minus)))


def _taus_swapped(pre, post, lambda_, alpha, tau_plus, tau_minus):
    return weight_change(pre, post, lambda_, alpha, tau_minus, tau_plus)


def _grows(pre, post, lambda_, alpha, tau_plus, tau_minus):
    up, down = _halves(lambda_, alpha, tau_plus, tau_minus)
    return _sum(pre, post, (up, lambda d: -down(d)))


def _potentiation_alone(pre, post, lambda_, alpha, tau_plus, tau_minus):
    return _sum(pre, post, (_halves(lambda_, alpha, tau_plus, tau_minus)[0], np.zeros_like))


def _in_step(pre, post, lambda_, alpha, tau_plus, tau_minus):
    """The first with the first, the second with the second."""
    rule = lambda_, alpha, tau_plus, tau_minus
    return float(sum(weight_change([a], [b], *rule) for a, b in zip(pre, post, strict=False)))


def _draw(rng: np.random.Generator) -> list[tuple]:
    """Whole milliseconds, at least one of them in both trains."""
    cases = []
    for _ in range(12):
        pre, post = (np.sort(rng.choice(120, int(rng.integers(3, 9)), replace=False)) for _ in range(2))
        shared = float(rng.integers(130, 150))
        rule = (
            float(rng.choice([0.01, 0.02])),
            float(rng.choice([0.5, 1.2])),
            float(rng.choice([15.0, 17.0])),
            float(rng.choice([25.0, 34.0])),
        )
        cases.append((np.append(pre, shared).astype(float), np.append(post, shared).astype(float), *rule))
    return cases


ALL_PAIRS = Function(
    id="20.2",
    title="Every pair",
    statement=(
        "Write the function `weight_change`. It gets the spike times of the two neurons, the arrays `pre` "
        "and `post` (ms), and the numbers `lambda_`, `alpha`, `tau_plus` and `tau_minus` of the additive "
        "rule. It returns the change of the weight, the sum over all pairs of one presynaptic and one "
        "postsynaptic spike. Leave the bounds aside. Two spikes at the same time are a pair, too: the rule "
        "as it stands gives it nothing."
    ),
    stub="def weight_change(pre, post, lambda_, alpha, tau_plus, tau_minus):\n    return ...",
    variable="weight_change",
    arguments=("pre", "post", "lambda_", "alpha", "tau_plus", "tau_minus"),
    tolerance=1e-6,
    solution=weight_change,
    draw=_draw,
    next_step=(
        "A thousand spikes on each side are a million pairs. The two traces need two thousand steps for the "
        "same number."
    ),
    mistakes=(
        Mistake(
            "turned round",
            _turned,
            "Your function strengthens where post comes first. Δt is t_post − t_pre, and it is positive "
            "where pre comes first.",
        ),
        Mistake(
            "zero counts",
            _zero_counts,
            "All is right but for the spikes at one time: Δt = 0 is neither above nor below zero, and the "
            "rule gives it nothing.",
        ),
        Mistake(
            "zero takes away",
            _zero_takes_away,
            "All is right but for the spikes at one time, which take something away with you. Δt = 0 is "
            "neither above nor below zero: an `else` is not enough.",
        ),
        Mistake(
            "fades backwards",
            _fades_backwards,
            "Your depression grows with the distance. Below zero Δt is negative already, so the exponent is "
            "+Δt/τ₋.",
        ),
        Mistake(
            "no alpha",
            _no_alpha,
            "The depression is as large as the potentiation with you. It is α times as large.",
        ),
        Mistake(
            "no lambda below",
            _no_lambda_below,
            "The step λ is in the potentiation alone. It belongs to both halves.",
        ),
        Mistake(
            "time constants swapped",
            _taus_swapped,
            "The time constants are swapped: τ₊ belongs to Δt > 0, τ₋ to Δt < 0.",
        ),
        Mistake(
            "all grow",
            _grows,
            "Your weight can only grow. Where post comes first something is taken away.",
        ),
        Mistake(
            "potentiation alone",
            _potentiation_alone,
            "These are the pairs with pre first. Those with post first count as well, with a minus.",
        ),
        Mistake(
            "in step",
            _in_step,
            "You paired the first spike with the first and the second with the second. Every spike of one "
            "neuron makes a pair with every spike of the other.",
        ),
    ),
)
