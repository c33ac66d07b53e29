"""Exercise 25.4, write it: the gradient of the likelihood, bin by bin."""

import numpy as np

from snnlab.course.exercises.kinds import Function, Mistake

__all__ = ["COIN_BY_COIN"]


def _sigma(u):
    return 1.0 / (1.0 + np.exp(-u))


def learnt(x, y, w, bias, eta, keep):
    """What came less what was expected, times what was heard."""
    heard, weights = 0.0, []
    for arrived, fired in zip(x, y, strict=True):
        surprise = fired - _sigma(bias + w * heard)
        w, bias = w + eta * surprise * heard, bias + eta * surprise
        heard = keep * heard + arrived
        weights.append(w)
    return np.array(weights)


def _wrong(
    x, y, w, bias, eta, keep, *,
    expected=lambda u: _sigma(u), factor=lambda p: 1.0, gain=1.0, early=False, fixed=False, whole=False,
    batch=False, wanted="w",
):  # fmt: skip
    """The same with one thing changed."""
    heard, seen = 0.0, []
    w_held, bias_held = w, bias
    for arrived, fired in zip(x, y, strict=True):
        heard = keep * heard + gain * arrived if early else heard
        p = expected(bias_held + w_held * heard if batch else bias + w * heard)
        step = eta * (fired - p) * factor(p)
        w, bias = w + step * heard, bias + (0.0 if fixed else step / eta if whole else step)
        heard = heard if early else keep * heard + gain * arrived
        seen.append(w if wanted == "w" else bias)
    return np.array(seen)


def _same_bin(x, y, w, bias, eta, keep):
    return _wrong(x, y, w, bias, eta, keep, early=True)


def _hebb(x, y, w, bias, eta, keep):
    return _wrong(x, y, w, bias, eta, keep, expected=lambda u: 0.0)


def _downhill(x, y, w, bias, eta, keep):
    return _wrong(x, y, w, bias, eta, keep, factor=lambda p: -1.0)


def _bias_fixed(x, y, w, bias, eta, keep):
    return _wrong(x, y, w, bias, eta, keep, fixed=True)


def _new_weight_for_bias(x, y, w, bias, eta, keep):
    heard, weights = 0.0, []
    for arrived, fired in zip(x, y, strict=True):
        w = w + eta * (fired - _sigma(bias + w * heard)) * heard
        bias = bias + eta * (fired - _sigma(bias + w * heard))
        heard = keep * heard + arrived
        weights.append(w)
    return np.array(weights)


def _bias_left_out(x, y, w, bias, eta, keep):
    return _wrong(x, y, w, 0.0, eta, keep, fixed=True)


def _bias_whole(x, y, w, bias, eta, keep):
    return _wrong(x, y, w, bias, eta, keep, whole=True)


def _last_bin(x, y, w, bias, eta, keep):
    return learnt(x, y, w, bias, eta, 0.0)


def _never_fades(x, y, w, bias, eta, keep):
    return learnt(x, y, w, bias, eta, 1.0)


def _mean_input(x, y, w, bias, eta, keep):
    return _wrong(x, y, w, bias, eta, keep, gain=1.0 - keep)


def _squared_error(x, y, w, bias, eta, keep):
    return _wrong(x, y, w, bias, eta, keep, factor=lambda p: p * (1.0 - p))


def _exponential(x, y, w, bias, eta, keep):
    return _wrong(x, y, w, bias, eta, keep, expected=np.exp)


def _threshold(x, y, w, bias, eta, keep):
    return _wrong(x, y, w, bias, eta, keep, expected=lambda u: float(u > 0.0))


def _batch(x, y, w, bias, eta, keep):
    return _wrong(x, y, w, bias, eta, keep, batch=True)


def _bias(x, y, w, bias, eta, keep):
    return _wrong(x, y, w, bias, eta, keep, wanted="bias")


def _last(x, y, w, bias, eta, keep):
    return learnt(x, y, w, bias, eta, keep)[-1]


def _draw(rng: np.random.Generator) -> list[tuple]:
    """Thirty bins with a few spikes on both sides."""
    cases: list[tuple] = []
    while len(cases) < 10:
        x, y = ((rng.random(30) < share).astype(float) for share in (0.3, 0.35))
        if x[:8].any() and y[2:].sum() > 3:
            w, bias, eta, keep = rng.uniform((-1.0, -2.0, 0.1, 0.4), (1.0, -0.5, 0.5, 0.9)).round(2)
            cases.append((x, y, float(w), float(bias), float(eta), float(keep)))
    return cases


COIN_BY_COIN = Function(
    id="25.4",
    title="Surprised in every bin",
    statement=(
        "A neuron hears one synapse. What it hears, $a$, is 0 at the start; after each bin it becomes `keep` "
        "$a$ + $x$, where $x$ says whether a presynaptic spike came in that bin, 0 or 1. So a spike is heard "
        "from the next bin on. The potential is `bias` + $w a$, the link is logistic, and $y$ says whether "
        "the neuron fired. In each bin $w$ and the bias both take a step of `eta` times the gradient of the "
        "log-likelihood of that bin. Write the function `learnt`. It gets arrays `x` and `y`, with a number "
        "for each bin, the numbers `w` and `bias` at the start, `eta` and `keep`. It returns the weight "
        "after each bin."
    ),
    stub="def learnt(x, y, w, bias, eta, keep):\n    return ...",
    variable="learnt",
    arguments=("x", "y", "w", "bias", "eta", "keep"),
    tolerance=1e-6,
    solution=learnt,
    draw=_draw,
    next_step=(
        "Let the neuron fire by its own coin in place of y. Where does the weight go on average over many "
        "runs, and why?"
    ),
    mistakes=(
        Mistake(
            "heard in the same bin",
            _same_bin,
            "In yours a presynaptic spike is heard in its own bin. It is heard from the next one on.",
        ),
        Mistake(
            "nothing expected",
            _hebb,
            "This is Hebb's product of what was heard and the spike. The gradient takes off what the neuron "
            "expected: y less the probability of a spike.",
        ),
        Mistake(
            "downhill",
            _downhill,
            "Your steps go down. A spike that was not expected makes the weight of what was heard grow.",
        ),
        Mistake(
            "bias fixed",
            _bias_fixed,
            "Your bias stays as it was. It takes a step too: it is heard as 1 in every bin.",
        ),
        Mistake(
            "new weight for the bias",
            _new_weight_for_bias,
            "Your bias already uses the new weight. Take the surprise once in each bin, then both steps.",
        ),
        Mistake(
            "no bias",
            _bias_left_out,
            "Your potential has no bias in it.",
        ),
        Mistake(
            "eta left out for the bias",
            _bias_whole,
            "Your bias takes steps without `eta`.",
        ),
        Mistake(
            "last bin alone",
            _last_bin,
            "You hear the last bin alone. Of what was heard before, `keep` times it is left.",
        ),
        Mistake(
            "never fades",
            _never_fades,
            "What you hear never fades. It is multiplied by `keep` after each bin.",
        ),
        Mistake(
            "times 1 - keep",
            _mean_input,
            "You multiply what arrives by 1 - `keep`. Here it counts in full.",
        ),
        Mistake(
            "slope of the link",
            _squared_error,
            "You multiply by p (1 - p). That is the gradient of a squared error; in that of the "
            "log-likelihood of a logistic coin it drops out.",
        ),
        Mistake(
            "exponential link",
            _exponential,
            "You expect exp(u) spikes. With the logistic link it is 1/(1 + exp(-u)).",
        ),
        Mistake(
            "threshold",
            _threshold,
            "Yours expects a spike or none, as a perceptron does. A coin expects its probability.",
        ),
        Mistake(
            "weights of the start",
            _batch,
            "You take all probabilities from the weight and the bias of the start. Each bin uses what the "
            "bins before have learnt.",
        ),
        Mistake(
            "bias returned",
            _bias,
            "This is the bias. The weight after each bin is wanted.",
        ),
        Mistake(
            "last only",
            _last,
            "This is the weight at the end. A list is wanted, with one number for each bin.",
        ),
    ),
)
