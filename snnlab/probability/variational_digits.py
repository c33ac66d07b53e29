"""Ones against sevens, as a warm-up: a probabilistic network learns to name what fires at it.

Every pixel of a small digit is an input that fires in each bin with half its brightness as probability.
One of two visible neurons should fire in every bin and the other be silent: which, is the name. Nobody hears
these two, themselves included: they would learn to repeat what the teacher made them fire. Logistic
regression of the pixels does this, too, and so does a network without hidden neurons. So this shows that the
rule of `snnlab.probability.variational_rule` works at a size of hundreds of weights a neuron, and it shows
nothing about what hidden neurons are good for; `snnlab.probability.hidden_xor` does.
"""

from typing import NamedTuple

import numpy as np

from snnlab.checks import whole, wholes
from snnlab.data import load_digits
from snnlab.probability.hidden_likelihood import SparsityPrior
from snnlab.probability.hidden_network import initial_hidden_network, run_hidden_network
from snnlab.probability.variational_rule import VariationalRule, learn_hidden
from snnlab.random import generator

__all__ = ["NamedDigits", "firing_digits", "learn_two_digits"]

BINS = 10
RULE = VariationalRule(eta=0.02, eta_hidden=0.02, kappa=0.2)
PRIOR = SparsityPrior(strength=0.1, rate=0.3)


class NamedDigits(NamedTuple):
    """How well digits are named.

    Examples
    --------
    >>> NamedDigits(0.97, np.zeros(500)).right
    0.97
    """

    right: float
    """Share of the test digits whose neuron is expected to fire more often than the other one."""
    log_p: np.ndarray
    """λ of each digit while it was learnt, nats."""


def firing_digits(pixels: np.ndarray, bins: int = BINS, *, rng: np.random.Generator) -> np.ndarray:
    """Spikes of digits, one input a pixel.

    Parameters
    ----------
    pixels : array of shape (digits, rows, columns)
        Brightness from 0 to 1.
    bins : int
        How long each is shown.
    rng
        Where the spikes come from.

    Returns
    -------
    array of shape (digits, bins, pixels)

    Examples
    --------
    >>> firing_digits(np.ones((3, 8, 8)), rng=np.random.default_rng(1)).shape
    (3, 10, 64)
    """
    flat = pixels.reshape(len(pixels), 1, -1)
    chances = generator(rng).random((len(pixels), whole("bins", bins, least=1), flat.shape[2]))
    return (chances < 0.5 * flat).astype(float)


def learn_two_digits(
    n_hidden: int = 4,
    epochs: int = 5,
    digits: tuple[int, int] = (1, 7),
    rule: VariationalRule = RULE,
    prior: SparsityPrior = PRIOR,
    *,
    rng: np.random.Generator,
) -> NamedDigits:
    """Learn to name two kinds of digits, and name others.

    Parameters
    ----------
    n_hidden : int
        Hidden neurons.
    epochs : int
        How often the digits are learnt, with new spikes each time.
    digits : tuple of two int
        Which two.
    rule, prior
        As in `learn_hidden`.
    rng
        Where weights, spikes and coins come from.

    Examples
    --------
    >>> bool(learn_two_digits(0, epochs=2, rng=np.random.default_rng(1)).right > 0.8)
    True
    """
    named = wholes("digits", digits, most=9)
    if len(named) != 2 or named[0] == named[1]:
        got = " and ".join(map(str, named))
        raise ValueError(f"digits must be two different ones from 0 to 9, got {got}")
    first, second = named
    rng, images = generator(rng), load_digits()
    n = 2 + whole("n_hidden", n_hidden)
    joined = np.ones((n, 64 + n), bool)
    joined[:, 64:66] = False
    net = initial_hidden_network(64, 2, n_hidden, [[1.0]], [[0.0]], spread=0.1, joined=joined, rng=rng)
    log_p = []
    x, name = _two(images.x_train / images.white, images.y_train, (first, second))
    for _ in range(whole("epochs", epochs, least=1)):
        order = rng.permutation(len(x))
        shown = firing_digits(x[order], rng=rng)
        net, seen = learn_hidden(net, shown, _named(name[order]), rule, prior, rng=rng)
        log_p.append(seen)
    x, name = _two(images.x_test / images.white, images.y_test, (first, second))
    shown = firing_digits(x, rng=rng)
    silent = np.zeros((len(x), BINS, 2))
    held = run_hidden_network(net, shown, silent, rng=rng)
    fires = 1.0 - np.exp(held.log_p[:, :, :2]).mean(axis=1)  # of silence, the log-probability is ln(1 - p)
    return NamedDigits(float(np.mean((fires[:, 1] > fires[:, 0]) == (name == 1))), np.concatenate(log_p))


def _two(pixels: np.ndarray, y: np.ndarray, digits: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """The images of these digits, and 0 or 1 for which of them it is."""
    kept = np.isin(y, digits)
    return pixels[kept], (y[kept] == digits[1]).astype(int)


def _named(name: np.ndarray) -> np.ndarray:
    """The neuron of the name fires in every bin, the other in none."""
    return np.repeat(np.eye(2)[name][:, None, :], BINS, axis=1)
