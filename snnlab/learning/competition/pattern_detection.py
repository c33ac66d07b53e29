r"""A neuron that learns to recognise a pattern that keeps coming back.

The neuron answers to spikes since its own last one at $\hat t$, which wipes out all that came before,

$$ v(t) = \eta(t - \hat t) + \sum_{t_j > \hat t} w_j\, \varepsilon(t - t_j) $$
$$ \varepsilon(s) = K \left(e^{-s/\tau_m} - e^{-s/\tau_s}\right), \qquad
\eta(s) = \theta \left(k_1 e^{-s/\tau_m} - k_2 (e^{-s/\tau_m} - e^{-s/\tau_s})\right) $$

with $K$ such that $\varepsilon$ has the peak 1. It fires when $v$ rises through the threshold $\theta$.
Learning is additive STDP of nearest pairs (the restricted scheme of `snnlab.learning.rules.stdp_pairing`): a
postsynaptic spike pairs with the last spike that an input had since the neuron's spike before, and with the
first one that it has after it,

$$ \Delta w_j = a_+ e^{-(\hat t - t_j)/\tau_+} \quad (t_j < \hat t), \qquad
\Delta w_j = -\alpha a_+ e^{-(t_j - \hat t)/\tau_-} \quad (t_j > \hat t) $$

within $0 \le w_j \le 1$.

Source: T. Masquelier, R. Guyonneau and S. J. Thorpe (2008), Spike timing dependent plasticity finds the start
of repeating patterns in continuous spike trains, PLoS ONE 3, e1377.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import NonNegative, Positive, affordable, checked, non_negative, ordered, positive
from snnlab.checks_of_spikes import be_spikes
from snnlab.compiling import kernel
from snnlab.learning.competition.hidden_pattern import PATTERN_LENGTH, HiddenPattern
from snnlab.learning.trains import check_times, check_weights
from snnlab.spikes import Spikes

__all__ = ["Detection", "Detector", "DetectorRun", "detect_pattern", "detection"]


class Detector(NamedTuple):
    """The neuron and its rule, with the numbers of Masquelier, Guyonneau and Thorpe.

    Examples
    --------
    >>> Detector(alpha=1.0).tau_plus
    16.8
    """

    theta: Positive = 0.25
    """Threshold, in peaks of an input of weight 1, for each input there is."""
    tau_m: Positive = 10.0
    """Membrane time constant, ms."""
    tau_s: Positive = 2.5
    """Synaptic time constant, ms; smaller than `tau_m`."""
    k_1: NonNegative = 2.0
    """Size of the spike, in thresholds."""
    k_2: NonNegative = 4.0
    """Size of what follows it, in thresholds."""
    a_plus: NonNegative = 0.03125
    """The largest potentiation of one pair."""
    alpha: NonNegative = 0.85
    """The largest depression of one pair, in units of `a_plus`."""
    tau_plus: Positive = 16.8
    """Time constant of potentiation, ms."""
    tau_minus: Positive = 33.7
    """Time constant of depression, ms."""


class DetectorRun(NamedTuple):
    """What a simulation returns.

    Examples
    --------
    >>> run = detect_pattern(Spikes([1.0], [0], n_units=5, duration=10))
    >>> run.w.shape, run.spikes.n_spikes
    ((5,), 0)
    """

    w: np.ndarray
    """The weights at the end, from 0 to 1, shape (n,)."""
    spikes: Spikes
    """The spikes of the neuron."""
    history: np.ndarray
    """The weights at each of the times asked for, shape (times, n)."""


class Detection(NamedTuple):
    """How well a neuron's spikes tell where the pattern is.

    Examples
    --------
    >>> Detection(0.98, 0.0, 5.2).hits
    0.98
    """

    hits: float
    """The share of the stretches with the pattern in which it fires."""
    false_alarms: float
    """Spikes in stretches without the pattern, a second of all the time, Hz."""
    latency: float
    """Mean time from the beginning of the pattern to the first spike in it, ms."""


def check_detector(numbers: Detector) -> Detector:
    """`numbers` with every entry valid, and `tau_s` below `tau_m`."""
    return ordered(checked("numbers", numbers, Detector), "tau_s", "below", "tau_m", "ms")


def detect_pattern(
    inputs: Spikes,
    numbers: Detector = Detector(),
    w: ArrayLike = 0.475,
    *,
    at: ArrayLike = (),
    dt: float = 0.1,
) -> DetectorRun:
    """Let a neuron listen to its inputs and learn.

    Parameters
    ----------
    inputs : Spikes
        One unit an input. A spike acts at the end of the step in which it lies; pairs are those of the
        exact times.
    numbers
        The neuron and the rule; ``a_plus=0`` keeps the weights as they are.
    w : float or array of shape (n_units,)
        The weights at the start, from 0 to 1.
    at : array of shape (times,)
        Sorted times in ms, not after the end, for which the weights are wanted.
    dt : float
        Length of a step, ms.

    Returns
    -------
    DetectorRun
        `w` (n_units,), `spikes` of the neuron, `history` (times, n_units).

    Examples
    --------
    >>> inputs = Spikes(np.linspace(10.0, 13.0, 100), np.arange(100), duration=50)
    >>> detect_pattern(inputs).spikes.n_spikes
    1
    """
    be_spikes("inputs", inputs)
    if inputs.n_units == 0:
        raise ValueError("inputs must have at least one unit, got 0")
    numbers, dt, at = check_detector(numbers), positive("dt", dt), check_times(at)
    if at.size and not 0.0 <= at[0] <= at[-1] <= inputs.duration:
        end = f"the end of the inputs ({inputs.duration:g} ms)"
        raise ValueError(f"at must be from 0 to {end}, got {at[0]:g} to {at[-1]:g}")
    n = inputs.n_units
    learnt = check_weights(np.asarray(w)[None, :] if np.ndim(w) == 1 else w, 1, n, 1.0)[0]
    affordable(inputs.duration / dt / 1000.0)
    steps = np.floor(inputs.times / dt * (1 + 1e-12)).astype(np.int64)
    borders = np.floor(np.append(at, inputs.duration) / dt * (1 + 1e-12)).astype(np.int64)
    state = np.array([0.0, 0.0, 0.0, 0.0, -math.inf, 1.0])
    last, history, fired, first = np.full(n, -math.inf), np.empty((at.size, n)), [np.empty(0)], 0
    for k, border in enumerate(borders):
        while first < border:  # a second of the neuron's time at once: between two of them Ctrl-C is heard
            until = min(border, first + max(1, round(1000.0 / dt)))
            part = slice(*np.searchsorted(steps, [first, until]))
            times = np.empty(until - first)
            count = run(
                times,
                learnt,
                last,
                state,
                steps[part],
                inputs.times[part],
                inputs.units[part],
                first,
                until,
                dt,
                numbers,
            )
            fired.append(times[:count])
            first = until
        if k < at.size:
            history[k] = learnt
    return DetectorRun(learnt, Spikes(np.concatenate(fired), n_units=1, duration=inputs.duration), history)


def detection(
    spikes: Spikes, hidden: HiddenPattern, start: float = 0.0, stop: float | None = None
) -> Detection:
    """How well a neuron's spikes tell where the pattern is.

    Parameters
    ----------
    spikes
        Of one neuron.
    hidden
        The inputs that it had.
    start, stop : float
        Stretches that begin before `start` or end after `stop` are not counted, ms; all if left out.

    Returns
    -------
    Detection
        NaN where nothing can be said.

    Examples
    --------
    >>> seen = Spikes([12.0, 60.0], duration=100)
    >>> detection(seen, HiddenPattern(seen, np.array([True, False]), seen))
    Detection(hits=1.0, false_alarms=10.0, latency=12.0)
    """
    be_spikes("spikes", spikes)
    hidden = checked("hidden", hidden, HiddenPattern)
    begin = non_negative("start", start)
    end = spikes.duration if stop is None else non_negative("stop", stop)
    first = math.ceil(min(begin, spikes.duration + PATTERN_LENGTH) / PATTERN_LENGTH)
    shown = hidden.shown[first : max(first, int(end / PATTERN_LENGTH))]
    stretch = (spikes.times / PATTERN_LENGTH).astype(int) - first
    counted = (stretch >= 0) & (stretch < shown.size)
    stretch, times = stretch[counted], spikes.times[counted]
    within, where = np.unique(stretch, return_index=True)  # the first spike of each stretch
    hit = shown[within]
    latency = times[where][hit] - (within[hit] + first) * PATTERN_LENGTH
    seconds = shown.size * PATTERN_LENGTH / 1000.0
    return Detection(
        float(hit.sum() / shown.sum()) if shown.any() else math.nan,
        float(np.sum(~shown[stretch]) / seconds) if seconds else math.nan,
        float(latency.mean()) if latency.size else math.nan,
    )


@kernel
def step(m, s, a, b, peak, theta, k_1, k_2):
    """The potential from the inputs' two exponentials, and from those since the last spike."""
    return (m - s) / peak + theta * (k_1 * a - k_2 * (a - b))


@kernel
def run(times, w, last, state, steps, arrivals, units, first, until, dt, numbers):
    """Steps `first` to `until`; writes the times of the neuron's spikes and returns how many there are."""
    m, s, a, b, fired, below = state[0], state[1], state[2], state[3], state[4], state[5]
    d_m, d_s = math.exp(-dt / numbers.tau_m), math.exp(-dt / numbers.tau_s)
    ratio, theta = numbers.tau_s / numbers.tau_m, numbers.theta * w.size
    peak = ratio ** (ratio / (1.0 - ratio)) - ratio ** (1.0 / (1.0 - ratio))  # of the difference of the two
    a_plus, a_minus = numbers.a_plus, numbers.a_plus * numbers.alpha
    count, coming = 0, 0
    for t in range(first, until):
        m, s, a, b = m * d_m, s * d_s, a * d_m, b * d_s
        while coming < steps.size and steps[coming] == t:
            j, at = units[coming], arrivals[coming]
            m += w[j]
            s += w[j]
            if last[j] < fired:  # the first one after the neuron's last spike
                w[j] = max(0.0, w[j] - a_minus * math.exp((fired - at) / numbers.tau_minus))
            last[j] = at
            coming += 1
        v = step(m, s, a, b, peak, theta, numbers.k_1, numbers.k_2)
        if v >= theta and below > 0.0:
            now = (t + 1) * dt
            for j in range(w.size):
                if last[j] > fired:  # since the neuron's last spike
                    w[j] = min(1.0, w[j] + a_plus * math.exp((last[j] - now) / numbers.tau_plus))
            times[count] = fired = now
            count += 1
            m, s, a, b = 0.0, 0.0, 1.0, 1.0
        below = 1.0 if v < theta else 0.0
    state[0], state[1], state[2], state[3], state[4], state[5] = m, s, a, b, fired, below
    return count
