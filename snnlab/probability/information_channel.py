r"""One neuron as a channel: how many bits its spikes carry about what drives it, exactly.

Which of several stimuli it is decides the potentials $u_t$ of a few bins; the coins do the rest. In a single
bin the neuron says 1 with the probability $p_x = \sigma(u_x)$, and what it tells is what is uncertain before
the stimulus is known, less what is uncertain after,

$$ I = H(\bar p) - \overline{H(p)}, \qquad H(p) = -p \log_2 p - (1 - p) \log_2 (1 - p) $$

where the bar is the mean over stimuli. Over several bins the answer is a word. A word's probability is the
product over its bins, each given the bins before, as a spike changes the potentials that follow it; there are
$2^T$ words of $T$ bins, and for few bins all can be counted.

Source: C. E. Shannon (1948), Bell System Technical Journal 27, 379–423.
"""

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array
from snnlab.coding.decoding.information import mutual_information
from snnlab.compiling import inlined_kernel, kernel
from snnlab.probability.links import EXPONENTIAL, Link, expected_counts, link_code, pull

__all__ = ["binary_entropy", "channel_information", "priors_of", "word_information", "word_probabilities"]

_MOST_BINS = 16  # 65,536 words


def binary_entropy(p: ArrayLike) -> np.ndarray:
    """How uncertain a coin is.

    Parameters
    ----------
    p : array of any shape
        Probability of a spike, from 0 to 1.

    Returns
    -------
    array of the shape of `p`
        Bits, from 0 to 1.

    Examples
    --------
    >>> print(binary_entropy([0.0, 0.11, 0.5]).round(3))
    [0.  0.5 1. ]
    """
    p = finite_array("p", p, tuple(range(33)), "any")
    if (p < 0).any() or (p > 1).any():
        raise ValueError(f"p must be between 0 and 1, got {p[(p < 0) | (p > 1)][0]:g}")
    inner = np.where((p > 0) & (p < 1), p, 0.5)
    return np.where((p > 0) & (p < 1), -inner * np.log2(inner) - (1 - inner) * np.log2(1 - inner), 0.0)


def channel_information(u: ArrayLike, priors: ArrayLike | None = None, link: Link = "logistic") -> float:
    """What one bin of a neuron tells about which of several potentials it has.

    Parameters
    ----------
    u : array of shape (stimuli,)
        The potential under each stimulus.
    priors : array of shape (stimuli,), optional
        How probable each stimulus is; if left out, all are equally.
    link
        What makes a probability of the potential; not the exponential one, whose counts are no coin.

    Returns
    -------
    float
        Bits, 1 at most.

    Examples
    --------
    >>> print(f"{channel_information([-np.log(9), np.log(9)]):.3f} bit")  # one in ten is turned round
    0.531 bit
    """
    coin(link)
    u = finite_array("u", u, (1,), "(stimuli,)")
    if not u.size:
        raise ValueError("u must hold one stimulus at least, got none")
    weight, p = priors_of(priors, u.size), expected_counts(u, link)
    return max(float(binary_entropy(min(weight @ p, 1.0)) - weight @ binary_entropy(p)), 0.0)


def word_probabilities(drive: ArrayLike, own_filter: ArrayLike = (), link: Link = "logistic") -> np.ndarray:
    """How probable each word is under each stimulus.

    Parameters
    ----------
    drive : array of shape (stimuli, bins)
        What the stimulus makes of the potential in each bin; at most 16 bins.
    own_filter : array of shape (lags,)
        What a spike adds to the potential of the next bin, the one after it, …
    link
        What makes a probability of the potential; not the exponential one.

    Returns
    -------
    array of shape (stimuli, 2 ** bins)
        Word number ``k`` has a spike in bin ``t`` if bit ``t`` of ``k`` is 1.

    Examples
    --------
    >>> print(word_probabilities([[0.0, 0.0]], own_filter=[-50.0]).round(3))  # no spike follows a spike
    [[0.25 0.5  0.25 0.  ]]
    """
    code, drive = coin(link), finite_array("drive", drive, (2,), "(stimuli, bins)")
    own = finite_array("own_filter", own_filter, (1,), "(lags,)")
    if not 0 < drive.shape[1] <= _MOST_BINS or not len(drive):
        raise ValueError(
            f"drive must have a stimulus and 1 to {_MOST_BINS} bins to count all words, got {drive.shape}"
        )
    bins = drive.shape[1]
    log_p = np.empty((len(drive), 2**bins))
    count_words(drive, own, code, np.empty(bins), np.empty(bins), log_p)
    return np.exp(log_p)


def word_information(
    drive: ArrayLike, own_filter: ArrayLike = (), priors: ArrayLike | None = None, link: Link = "logistic"
) -> float:
    """What the word of a neuron tells about which stimulus it was.

    Parameters
    ----------
    drive, own_filter, link
        As in `word_probabilities`.
    priors : array of shape (stimuli,), optional
        How probable each stimulus is; if left out, all are equally.

    Returns
    -------
    float
        Bits: that of `snnlab.coding.mutual_information` for the table of probabilities.

    Examples
    --------
    >>> drive = np.array([[-2.0, -2.0, -2.0], [0.0, 0.0, 0.0]])
    >>> print(f"{word_information(drive):.3f} bit; held after spikes {word_information(drive, [-5, -5]):.3f}")
    0.331 bit; held after spikes 0.268
    """
    words = word_probabilities(drive, own_filter, link)
    return mutual_information(priors_of(priors, len(words))[:, None] * words)


def coin(link: object) -> int:
    """The code of a link that allows one spike a bin."""
    code = link_code(link)
    if code == EXPONENTIAL:
        raise ValueError(f"link must be logistic or complementary_log_log, got {link!r}")
    return code


def priors_of(priors: ArrayLike | None, stimuli: int) -> np.ndarray:
    """Probabilities of the stimuli, which add up to 1."""
    if priors is None:
        return np.full(stimuli, 1.0 / stimuli)
    p = finite_array("priors", priors, (1,), "(stimuli,)")
    if p.size != stimuli or (p < 0).any() or abs(p.sum() - 1.0) > 1e-9:
        raise ValueError(
            f"priors must be {stimuli} probabilities that add up to 1, got {p.size}, sum {p.sum():g}"
        )
    return p


@inlined_kernel
def word_log_p(y, drive, own, code, u):
    """The log-probability of the word `y` under one drive; `u` has room for the potentials."""
    for t in range(drive.size):
        u[t] = drive[t]
    total = 0.0
    for t in range(drive.size):
        total += pull(u[t], y[t], code)[0]
        if y[t] > 0.0:
            for lag in range(min(own.size, drive.size - 1 - t)):
                u[t + 1 + lag] += own[lag]
    return total


@kernel
def count_words(drive, own, code, y, u, log_p):
    """Every word under every stimulus; `y` and `u` have room for one word."""
    for word in range(log_p.shape[1]):
        for t in range(y.size):
            y[t] = (word >> t) & 1
        for x in range(drive.shape[0]):
            log_p[x, word] = word_log_p(y, drive[x], own, code, u)
