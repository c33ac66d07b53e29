r"""Mutual information as a likelihood ratio: how much likelier a response is under its own stimulus.

Who has a model of the neuron, and not only counts of words, need not count words. With $y$ drawn under $x$,

$$ I(X; Y) = \mathrm{E}\left[\log_2 \frac{p(y \mid x)}{p(y)}\right], \qquad
p(y) = \sum_{x'} P(x')\, p(y \mid x') $$

is a mean over trials, each with a likelihood for every stimulus. For a word of many bins the direct method of
`snnlab.coding.estimate_information` needs each of many words many times; the likelihood ratio needs no word
twice. The price is the model: what comes out is right if the neuron is as the model says. If the neuron is
another one, and the model was not fitted to these trials, bits are lost on average.

Source: T. M. Cover and J. A. Thomas (2006), Elements of Information Theory, section 2.3; H. Jang, O. Simeone,
B. Gardner and A. Grüning (2019), IEEE Signal Processing Magazine 36 (6), 64–77.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, whole
from snnlab.compiling import kernel
from snnlab.probability.glm_simulation import simulate_glm
from snnlab.probability.information_channel import coin, priors_of, word_log_p
from snnlab.probability.links import Link
from snnlab.random import generator

__all__ = ["RatioInformation", "ratio_information", "word_log_likelihoods"]


class RatioInformation(NamedTuple):
    """An information that was drawn.

    Examples
    --------
    >>> RatioInformation(0.5, 0.01, np.zeros(4, int), np.zeros((4, 8), int)).bits
    0.5
    """

    bits: float
    """The mean of the likelihood ratio's logarithm, bits; chance can bring it below 0."""
    error: float
    """Its standard error, bits."""
    stimulus: np.ndarray
    """Which stimulus each trial had, shape (trials,)."""
    y: np.ndarray
    """What the neuron fired, 0 or 1, shape (trials, bins)."""


def ratio_information(
    drive: ArrayLike,
    own_filter: ArrayLike = (),
    trials: int = 1000,
    priors: ArrayLike | None = None,
    link: Link = "logistic",
    *,
    rng: np.random.Generator,
) -> RatioInformation:
    """Draw stimuli and responses, and average the likelihood ratio.

    Parameters
    ----------
    drive : array of shape (stimuli, bins)
        What the stimulus makes of the potential in each bin; any number of bins.
    own_filter : array of shape (lags,)
        What a spike adds to the potential of the next bin, the one after it, …
    trials : int
        How many, 2 at least.
    priors : array of shape (stimuli,), optional
        How probable each stimulus is; if left out, all are equally.
    link
        What makes a probability of the potential; not the exponential one.
    rng
        Where stimuli and responses come from.

    Examples
    --------
    >>> drive = np.array([[-2.0, -2.0, -2.0], [0.0, 0.0, 0.0]])
    >>> found = ratio_information(drive, trials=20_000, rng=np.random.default_rng(1))
    >>> print(f"{found.bits:.2f} bit, and exactly 0.33; {bool(found.error < 0.01)}")
    0.33 bit, and exactly 0.33; True
    """
    drive, rng = finite_array("drive", drive, (2,), "(stimuli, bins)"), generator(rng)
    own, trials = finite_array("own_filter", own_filter, (1,), "(lags,)"), whole("trials", trials, least=2)
    if 0 in drive.shape:
        raise ValueError(f"drive must have a stimulus and a bin at least, got {drive.shape}")
    coin(link)
    weight = priors_of(priors, len(drive))
    stimulus = rng.choice(len(drive), trials, p=weight)
    y = simulate_glm(drive[stimulus].T, own if own.size else [0.0], link, rng=rng).y.T
    log_p = word_log_likelihoods(y, drive, own, link)
    most = log_p.max(axis=1)
    log_mean = most + np.log(np.exp(log_p - most[:, None]) @ weight)
    ratio = (log_p[np.arange(trials), stimulus] - log_mean) / np.log(2.0)
    return RatioInformation(float(ratio.mean()), float(ratio.std(ddof=1) / np.sqrt(trials)), stimulus, y)


def word_log_likelihoods(
    y: ArrayLike, drive: ArrayLike, own_filter: ArrayLike = (), link: Link = "logistic"
) -> np.ndarray:
    """How probable each response is under each stimulus.

    Parameters
    ----------
    y : array of shape (trials, bins)
        0 or 1.
    drive, own_filter, link
        As in `ratio_information`.

    Returns
    -------
    array of shape (trials, stimuli)
        Nats.

    Examples
    --------
    >>> print(word_log_likelihoods([[1, 0]], [[0.0, 0.0], [50.0, -50.0]]).round(3))
    [[-1.386 -0.   ]]
    """
    code, drive = coin(link), finite_array("drive", drive, (2,), "(stimuli, bins)")
    y = finite_array("y", y, (2,), f"(trials, {drive.shape[1]})")
    own = finite_array("own_filter", own_filter, (1,), "(lags,)")
    if y.shape[1] != drive.shape[1] or ((y != 0) & (y != 1)).any():
        raise ValueError(f"y must be 0 or 1 in {drive.shape[1]} bins, got {y.shape[1]} bins to {y.max():g}")
    log_p = np.empty((len(y), len(drive)))
    compare(y, drive, own, code, np.empty(drive.shape[1]), log_p)
    return log_p


@kernel
def compare(y, drive, own, code, u, log_p):
    """Every response under every stimulus."""
    for k in range(y.shape[0]):
        for x in range(drive.shape[0]):
            log_p[k, x] = word_log_p(y[k], drive[x], own, code, u)
