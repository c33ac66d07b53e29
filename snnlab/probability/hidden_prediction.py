r"""A digit that is written column by column: what comes next, given what came so far?

An image of 8 x 8 pixels is read as eight neurons, its rows, that fire for eight bins, its columns, where
there is ink. A network that hears its own past gives each column a probability given the columns before; the
sum of its logarithms says how well it predicts, in nats a digit. It is compared with neurons that know the
bin and nothing of each other: each pixel is a coin of its own, with the share of the training digits that
have ink there. Of such coins no past is heard.

Eight inputs are a clock: each fires in a bin of its own, and is heard in the next three. So the network knows
what time it is as well as the coins do, and what it has more is the past.

With hidden neurons the likelihood is a mean over what they may have fired. It is taken over several draws,
$\ln \frac{1}{K} \sum_k e^{\lambda(h_k)}$, which is on average below the true logarithm and above the bound of
one draw.

Source: H. Jang, O. Simeone, B. Gardner and A. Grüning (2019), IEEE Signal Processing Magazine 36 (6), 64–77;
the mean over draws: Y. Burda, R. Grosse and R. Salakhutdinov (2016), ICLR.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, true_or_false, whole
from snnlab.data import load_digits
from snnlab.probability.hidden_likelihood import SparsityPrior
from snnlab.probability.hidden_network import HiddenNetwork, initial_hidden_network, run_hidden_network
from snnlab.probability.variational_rule import VariationalRule, learn_hidden
from snnlab.random import generator

__all__ = ["Predicted", "coins_of_pixels", "drawn_log_likelihood", "predict_columns"]

SIZE = 8
RULE = VariationalRule(eta=0.03, eta_hidden=0.01, kappa=0.5)
PRIOR = SparsityPrior(strength=0.1, rate=0.3)


class Predicted(NamedTuple):
    """How well new digits are predicted.

    Examples
    --------
    >>> Predicted(np.array([-12.0, -10.0]), np.array([-20.0, -18.0]), None).network.shape
    (2,)
    """

    network: np.ndarray
    """The log-likelihood that the network gives each new digit, nats, shape (digits,)."""
    coins: np.ndarray
    """That of independent coins, one a pixel, nats, shape as `network`."""
    learnt: HiddenNetwork
    """The network."""


def predict_columns(
    n_hidden: int = 8,
    epochs: int = 20,
    digit: int = 7,
    draws: int = 20,
    rule: VariationalRule = RULE,
    prior: SparsityPrior = PRIOR,
    hears_past: bool = True,
    *,
    rng: np.random.Generator,
) -> Predicted:
    """Learn how a digit goes on, and predict others that were not learnt.

    Parameters
    ----------
    n_hidden : int
        Hidden neurons.
    epochs : int
        How often the digits are learnt.
    digit : int
        Which one.
    draws : int
        How often hidden neurons are drawn for each digit that is predicted.
    rule, prior
        As in `learn_hidden`.
    hears_past : bool
        Whether neurons hear each other and themselves, or the clock alone: a control.
    rng
        Where weights, the order and the coins come from.

    Examples
    --------
    >>> found = predict_columns(0, epochs=5, rng=np.random.default_rng(1))
    >>> bool(found.network.mean() > found.coins.mean())
    True
    """
    rng, images = generator(rng), load_digits()
    if whole("digit", digit) > 9:
        raise ValueError(f"digit must be from 0 to 9, got {digit}")
    shown = _written(images.x_train[images.y_train == digit])
    new = _written(images.x_test[images.y_test == digit])
    n = SIZE + whole("n_hidden", n_hidden)
    joined = np.ones((n, SIZE + n), bool)
    joined[:, SIZE:] = true_or_false("hears_past", hears_past)
    own = np.eye(3) * hears_past
    net = initial_hidden_network(SIZE, SIZE, n_hidden, np.eye(3), own, 0.1, joined=joined, rng=rng)
    for _ in range(whole("epochs", epochs, least=1)):
        order = rng.permutation(len(shown))
        net = learn_hidden(net, _clock(len(shown)), shown[order], rule, prior, rng=rng).network
    seen = drawn_log_likelihood(net, _clock(len(new)), new, draws, rng=rng)
    return Predicted(seen, coins_of_pixels(shown, new), net)


def drawn_log_likelihood(
    network: HiddenNetwork,
    inputs: ArrayLike,
    visible: ArrayLike,
    draws: int = 20,
    *,
    rng: np.random.Generator,
) -> np.ndarray:
    """The log-likelihood of what is visible, from a mean over draws of the hidden neurons.

    Parameters
    ----------
    network
        The neurons.
    inputs, visible : arrays of shape (trials, bins, inputs) and (trials, bins, visible)
        0 or 1.
    draws : int
        How many. With one it is the evidence lower bound on average, with more it rises to the truth.
    rng
        Where the seed comes from.

    Returns
    -------
    array of shape (trials,)
        Nats.

    Examples
    --------
    >>> net = initial_hidden_network(1, 1, 2, [[1.0]], rng=np.random.default_rng(1))
    >>> silence = np.zeros((3, 5, 1))
    >>> drawn_log_likelihood(net, silence, silence, rng=np.random.default_rng(2)).shape
    (3,)
    """
    draws = whole("draws", draws, least=1)
    x, y = (
        np.repeat(finite_array(name, values, (3,), "(trials, bins, n)"), draws, axis=0)
        for name, values in (("inputs", inputs), ("visible", visible))
    )
    run = run_hidden_network(network, x, y, rng=rng)
    seen = run.log_p[:, :, : network.n_visible].sum(axis=(1, 2)).reshape(-1, draws)
    most = seen.max(axis=1)
    return most + np.log(np.exp(seen - most[:, None]).mean(axis=1))


def coins_of_pixels(shown: np.ndarray, new: np.ndarray) -> np.ndarray:
    """The log-likelihood of new digits if every pixel is a coin of its own.

    Parameters
    ----------
    shown, new : arrays of shape (digits, bins, neurons)
        Those from which the coins are known, and those that are predicted. Each coin has had one digit more
        with ink and one without, so that none is sure.

    Returns
    -------
    array of shape (new digits,)
        Nats.

    Examples
    --------
    >>> print(coins_of_pixels(np.ones((2, 1, 1)), np.ones((1, 1, 1))).round(3), "= ln(3/4)")
    [-0.288] = ln(3/4)
    """
    p = (shown.sum(axis=0) + 1.0) / (len(shown) + 2.0)
    return np.where(new > 0, np.log(p), np.log1p(-p)).sum(axis=(1, 2))


def _written(images: np.ndarray) -> np.ndarray:
    """Columns as bins and rows as neurons, with a spike where a pixel is at least half as bright as white."""
    return (images >= 8).transpose(0, 2, 1).astype(float)


def _clock(trials: int) -> np.ndarray:
    """An input for each bin, which fires in that bin."""
    return np.repeat(np.eye(SIZE)[None], trials, axis=0)
