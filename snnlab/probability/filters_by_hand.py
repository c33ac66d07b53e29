r"""Two filters of a recorded cell, shaped by hand, and what the likelihood says of them.

The reader's neuron hears the loudness $s$ through a Gaussian, and its own spikes through a pit that fills up:

$$ u_t = \gamma + \sum_\ell a\, e^{-(\ell - \ell_p)^2 / 2 w^2}\, s_{t - \ell}
- \sum_{\ell \ge 1} d\, e^{-\ell / \tau}\, y_{t - \ell} $$

with $w$ = 0.7 ms and $d$ = 16. The bias $\gamma$ is always the best one for these filters. The score is bits
per spike over the first half of the recording, which is what a fit climbs on, and over the second half, which
no filter was shaped for. The rival is Newton's method, with fourteen bumps for the loudness and six for its
own spikes, fitted to the same half.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import as_real, finite_array, positive
from snnlab.checks_of_spikes import be_spikes
from snnlab.compiling import inlined_kernel, kernel
from snnlab.probability.bases import raised_cosines
from snnlab.probability.design_matrix import add_filtered, design_matrix
from snnlab.probability.glm_filters import filters_of
from snnlab.probability.glm_fit import fit_glm, glm_potential
from snnlab.probability.links import LOGISTIC, pull
from snnlab.probability.scores import bits_per_spike
from snnlab.records import blank, read
from snnlab.spikes import Spikes

__all__ = ["FiltersByHand", "Newton", "filters_by_hand", "newton_filters"]

REACH = 30  # ms: how far back both filters go
WIDTH = 0.7  # ms: standard deviation of the Gaussian
DEPTH = 16.0  # nats: how deep the pit would be at lag 0
BUMPS = 14, 6  # of Newton's filters
LOWEST, HIGHEST, HEIGHTS = -2.0, 4.0, 16  # for which the score is drawn


class Newton(NamedTuple):
    """The filters that make the first half of a recording most probable.

    Examples
    --------
    >>> Newton(np.zeros(31), np.zeros(31), 1.1, 1.0).later
    1.0
    """

    heard: np.ndarray
    """Of the loudness, from lag 0 on, nats per unit, shape (lags,)."""
    own: np.ndarray
    """Of its own spikes, nats, shape (lags,); 0 at lag 0."""
    bits: float
    """Bits per spike of the first half."""
    later: float
    """Bits per spike of the second half, with the constant rate of the first."""


class FiltersByHand(NamedTuple):
    """Two filters and their score.

    Examples
    --------
    >>> seen = filters_by_hand(Spikes(np.arange(3.5, 400, 20), duration=400), np.zeros(400), 1.0, 5, 0, 3)
    >>> print(f"{seen.lag[0]:.0f} to {seen.lag[-1]:.0f} ms, {seen.own[3]:.1f} after 3 ms")
    0 to 30 ms, -5.9 after 3 ms
    """

    lag: np.ndarray
    """How long ago, ms, shape (lags,)."""
    heard: np.ndarray
    """The filter of the loudness, nats per unit of it."""
    own: np.ndarray
    """The filter of its own spikes, nats; NaN at lag 0."""
    newton_heard: np.ndarray
    """Newton's filter of the loudness; NaN if it is not shown."""
    newton_own: np.ndarray
    """Newton's filter of its own spikes; NaN if it is not shown."""
    p: np.ndarray
    """Probability of a spike in each bin of the second half that is drawn."""
    heights: np.ndarray
    """Heights of the Gaussian."""
    scores: np.ndarray
    """Bits per spike of the first half with each of these heights, all else as it is."""
    newton: np.ndarray
    """Bits per spike that Newton's filters reach there, the same for each height."""
    bits: float
    """Bits per spike over the first half."""
    later: float
    """Bits per spike over the second half, with the bias and the constant rate of the first."""
    best: float
    """Bits per spike over the first half by Newton's filters."""
    filled: float
    """The filter of its own spikes at the lag τ."""
    bias: float
    """γ."""


def filters_by_hand(
    spikes: Spikes,
    stimulus: ArrayLike,
    dt: float,
    place: float,
    height: float,
    recovery: float,
    show: float = 0,
) -> FiltersByHand:
    """Score filters of one's own on a recording.

    Parameters
    ----------
    spikes
        The train of one neuron, at most one spike a bin, some in either half.
    stimulus : array of shape (bins,)
        Its value in each bin.
    dt : float
        Length of a bin, ms.
    place : float
        Lag of the peak of the stimulus filter, ms.
    height : float
        Of that peak, nats for each unit of the stimulus.
    recovery : float
        τ: in which time the pit after a spike fills up to 1/e, ms, at most 30.
    show : {0, 1}
        Whether Newton's filters are in the result.

    Examples
    --------
    >>> from snnlab.data import load_grasshopper
    >>> heard = load_grasshopper(2)
    >>> loudness = 2 * np.log10(heard.stimulus.reshape(-1, 2).mean(axis=1))  # in steps of 10 dB
    >>> for height in (0.0, 1.0):
    ...     print(f"{filters_by_hand(heard.spikes, loudness, 1.0, 7.0, height, 2.0).later:.1f}")
    0.7
    1.2
    """
    be_spikes("spikes", spikes)
    if spikes.n_units != 1:
        raise ValueError(f"spikes must be those of one neuron, got {spikes.n_units}")
    dt, recovery = positive("dt", dt), positive("recovery", recovery)
    place, height = as_real("place", place), as_real("height", height)
    if recovery > REACH:
        raise ValueError(f"recovery must be at most {REACH} ms, got {recovery:g}")
    if show not in (0, 1):
        raise ValueError(f"show must be 0 or 1, got {show!r}")
    y = counts_of_halves(spikes, dt)
    signal = finite_array("stimulus", stimulus, (1,), "(bins,)")
    newton = newton_filters(spikes, signal, dt)
    seen, basis = recorded(newton.heard.size, 0), np.empty((newton.heard.size, 2))
    work = basis, np.zeros((y.size, 1)), np.zeros((y.size, 1))
    run_filters(seen, y, signal, *newton[:3], *work, place, height, recovery, show, 0, dt)
    return read(seen)


def recorded(lags: int, shown: int) -> FiltersByHand:
    """A blank record with so many lags and so many bins that are drawn."""
    sizes = dict.fromkeys(("lag", "heard", "own", "newton_heard", "newton_own"), lags)
    sizes |= dict.fromkeys(("heights", "scores", "newton"), HEIGHTS)
    return blank(FiltersByHand, p=shown, **sizes)


def newton_filters(spikes: Spikes, stimulus: ArrayLike, dt: float) -> Newton:
    """The filters that Newton's method finds, to three digits: they are the same on every machine.

    Parameters
    ----------
    spikes, stimulus, dt
        As for `filters_by_hand`.

    Examples
    --------
    >>> from snnlab.data import load_grasshopper
    >>> heard = load_grasshopper(2)
    >>> loudness = 2 * np.log10(heard.stimulus.reshape(-1, 2).mean(axis=1))
    >>> print(newton_filters(heard.spikes, loudness, 1.0).heard.argmax(), "ms")
    7 ms
    """
    heard = raised_cosines(BUMPS[0], first=0, last=20, dt=dt, offset=30)  # nearly all of one width
    bases = heard, raised_cosines(BUMPS[1], first=0, last=REACH, dt=dt)
    design = design_matrix(spikes, dt, stimulus, *bases)
    half = design.y.size // 2
    fit = fit_glm(design.x[:half], design.y[:half], ridge=1e-5)
    found, u = filters_of(design, fit), glm_potential(design.x, fit)
    constant = float(design.y[:half].mean())
    bits = bits_per_spike(u[:half], design.y[:half])
    later = bits_per_spike(u[half:], design.y[half:], constant=constant)
    lags = round(REACH / dt) + 1
    heard, own = np.zeros(lags), np.zeros(lags)
    for into, curve in ((heard, found["stimulus"].curve), (own[1:], found["self"].curve)):
        into[: curve.size] = curve[: into.size]
    return Newton(np.round(heard, 3), np.round(own, 3), round(bits, 3), round(later, 3))


def counts_of_halves(spikes: Spikes, dt: float) -> np.ndarray:
    """0 or 1 for each bin, some of either in both halves."""
    y = spikes.counts(dt)[:, 0].astype(np.float64)
    if y.max(initial=0.0) > 1:
        raise ValueError(f"dt must be so short that no bin holds two spikes, got {dt:g}")
    half = y.size // 2
    if not (y[:half].any() and y[half:].any()):
        raise ValueError("spikes must come in both halves of the recording")
    return y


@inlined_kernel
def likelihood(from_sound, from_spikes, y, height, bias, first, last):
    """The log-likelihood of some bins, and its slope and how it bends in the bias."""
    value, slope, bend = 0.0, 0.0, 0.0
    for t in range(first, last):
        of_bin, up, down = pull(bias + from_sound[t, 0] * height + from_spikes[t, 0], y[t], LOGISTIC)
        value += of_bin
        slope += up
        bend += down
    return value, slope, bend


@inlined_kernel
def highest(from_sound, from_spikes, y, height, bias, last):
    """The best bias for the first bins, by Newton's method from `bias` on, and the log-likelihood there."""
    value = 0.0
    for _ in range(60):
        value, slope, bend = likelihood(from_sound, from_spikes, y, height, bias, 0, last)
        step = slope / bend if bend > 0.0 else 0.0
        step = min(max(step, -1.0), 1.0)  # far from the top a parabola promises too much
        bias += step
        if abs(step) < 1e-7:
            break
    return bias, value


@inlined_kernel
def constant_rate(y, potential, first, last):
    """The log-likelihood of some bins under one potential, and how many spikes they hold."""
    value, spikes = 0.0, 0.0
    for t in range(first, last):
        value += pull(potential, y[t], LOGISTIC)[0]
        spikes += y[t]
    return value, spikes


@kernel
def run_filters(
    seen, y, signal, best_heard, best_own, best_bits, basis, from_sound, from_spikes,
    place, height, recovery, show, begin, dt,
):  # fmt: skip
    """Both filters, the score for each height, and the probability of a spike from bin `begin` on."""
    lags, half = seen.lag.size, y.size // 2
    for k in range(lags):
        seen.lag[k] = k * dt
        x = (k * dt - place) / WIDTH
        basis[k, 0] = math.exp(-0.5 * x * x)
        basis[k, 1] = -DEPTH * math.exp(-k * dt / recovery) if k > 0 else 0.0
        seen.heard[k] = height * basis[k, 0]
        seen.own[k] = basis[k, 1] if k > 0 else math.nan
        seen.newton_heard[k] = best_heard[k] if show > 0.5 else math.nan
        seen.newton_own[k] = best_own[k] if show > 0.5 and k > 0 else math.nan
    add_filtered(signal, basis[:, :1], from_sound)
    add_filtered(y, basis[:, 1:], from_spikes)
    _, spikes = constant_rate(y, 0.0, 0, half)
    constant = math.log(spikes) - math.log(half - spikes)
    level, _ = constant_rate(y, constant, 0, half)
    nats = spikes * math.log(2.0)
    bias = constant
    for k in range(seen.heights.size):
        seen.heights[k] = LOWEST + (HIGHEST - LOWEST) * k / (seen.heights.size - 1)
        bias, value = highest(from_sound, from_spikes, y, seen.heights[k], bias, half)
        seen.scores[k] = (value - level) / nats
        seen.newton[k] = best_bits
    bias, value = highest(from_sound, from_spikes, y, height, bias, half)
    seen.bits[0], seen.bias[0], seen.best[0] = (value - level) / nats, bias, best_bits
    seen.filled[0] = -DEPTH * math.exp(-1.0)
    value, _, _ = likelihood(from_sound, from_spikes, y, height, bias, half, y.size)
    level, spikes = constant_rate(y, constant, half, y.size)
    seen.later[0] = (value - level) / (spikes * math.log(2.0))
    for t in range(seen.p.size):
        now = half + begin + t
        seen.p[t] = 1.0 / (1.0 + math.exp(-(bias + from_sound[now, 0] * height + from_spikes[now, 0])))
