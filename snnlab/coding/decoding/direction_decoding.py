r"""Where was the animal facing? Bayes' rule, window after window, with some memory.

Within a window the spikes say what `bayes_posterior` computes. What was believed before, $P_{k-1}$, is
blurred by a Gaussian $g$ as wide as the head turns in a window, and kept with the weight $m$; the rest of the
prior is flat over the $B$ bins of direction:

$$ P_k(\theta) \propto L_k(\theta) \left( m\, (P_{k-1} * g)(\theta) + \frac{1 - m}{B} \right), \qquad
L_k(\theta) = \prod_j \left(f_j(\theta)\, T\right)^{n_j} e^{-f_j(\theta)\, T} $$

With $m = 0$ every window stands alone. Each half of a recording is read with tuning curves that were measured
in the other half, and so is the blur; how far the curves are smoothed is decided within that other half as
well.

Source: K. Zhang, I. Ginzburg, B. L. McNaughton and T. J. Sejnowski (1998), Journal of Neurophysiology 79,
1017–1044; the memory is that of their section on continuity.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, non_negative, positive, whole
from snnlab.checks_of_spikes import be_spikes
from snnlab.coding.decoding.population_decoding import angle_between, smooth_around
from snnlab.coding.decoding.tuning import tuning_curve
from snnlab.compiling import kernel
from snnlab.spikes import Spikes

__all__ = ["DecodedDirection", "decode_direction"]

_LEAST = 0.1  # Hz: no cell is ever certain to be silent


class DecodedDirection(NamedTuple):
    """A direction, and what was read from spikes.

    Examples
    --------
    >>> flat = np.full((1, 2), 0.5)
    >>> DecodedDirection(np.array([200.0]), np.zeros(1), np.zeros(1), flat, np.zeros(2), np.zeros(2)).guess
    array([0.])
    """

    time: np.ndarray
    """End of each window, ms, shape (windows,)."""
    truth: np.ndarray
    """The direction at that moment, radians, shape (windows,)."""
    guess: np.ndarray
    """The most probable direction, radians, shape (windows,)."""
    posterior: np.ndarray
    """Probability of each direction, shape (windows, bins); bins go once around, from 0 on."""
    error: np.ndarray
    """Median of the angle between guess and truth, degrees, in the first and in the second half."""
    smoothing: np.ndarray
    """How far the tuning curves were smoothed for the first and for the second half, degrees."""


def decode_direction(
    spikes: Spikes,
    direction: ArrayLike,
    dt: float,
    window: float,
    memory: float = 0.0,
    *,
    smoothings: Sequence[float] = (4.0, 6.0, 8.0, 12.0),
    bins: int = 36,
) -> DecodedDirection:
    """Read a direction from the spikes of a population, each half by what the other half taught.

    Parameters
    ----------
    spikes
        Trains of one or more units.
    direction : array of shape (steps,)
        The true direction in each step, radians.
    dt : float
        Length of a step, ms.
    window : float
        How long spikes are counted for one guess, ms. The guess is compared with the direction at the end of
        the window.
    memory : float
        How much of what was believed before is kept, from 0 to 1.
    smoothings : sequence of float
        Widths of a Gaussian over the tuning curves to choose from, degrees.
    bins : int
        Into how many bins the circle is cut.

    Examples
    --------
    >>> from snnlab.data import load_head_direction
    >>> mouse = load_head_direction()
    >>> found = decode_direction(mouse.spikes, mouse.stimulus, mouse.dt, window=200)
    >>> print(f"{found.error.mean():.0f} degrees off")
    9 degrees off
    """
    be_spikes("spikes", spikes)
    direction, dt = finite_array("direction", direction, (1,), "(steps,)"), positive("dt", dt)
    window, memory, bins = positive("window", window), non_negative("memory", memory), whole("bins", bins, 2)
    if memory > 1:
        raise ValueError(f"memory must be at most 1, got {memory:g}")
    widths = finite_array("smoothings", smoothings, (1,), "(widths,)").tolist()
    if not widths:
        raise ValueError("smoothings must be one width or more, got none")
    smoothings = [positive("smoothings", width) for width in widths]
    if dt > window:
        raise ValueError(f"window must be one step of {dt:g} ms at least, got {window:g}")
    half = int(min(spikes.duration, direction.size * dt) / window) // 2
    if half < 4:
        raise ValueError(f"window must leave four windows or more in each half, got {window:g} ms")

    def read(seen: tuple[int, int], guessed: tuple[int, int], smoothing: float) -> tuple[np.ndarray, ...]:
        """Truth, posterior and error in the windows `guessed`, by what those of `seen` teach."""
        rate, turn = learn_tuning(spikes, direction, dt, window, seen, smoothing, bins)
        start, stop = guessed[0] * window, guessed[1] * window
        counts = spikes.between(start, stop).counts(window)[: guessed[1] - guessed[0]]
        posterior = np.empty((counts.shape[0], bins))
        blur = np.empty(bins)
        circular_gaussian(turn, blur)
        expected = rate * window / 1000.0
        run(
            counts.astype(np.int64),
            np.log(expected),
            expected.sum(axis=1),
            blur,
            memory,
            blur.copy(),
            posterior,
        )
        truth = direction_at(start + window * np.arange(1, counts.shape[0] + 1), direction, dt)
        middle = (posterior.argmax(axis=1) + 0.5) * 2 * np.pi / bins
        return truth, posterior, middle, np.degrees(angle_between(middle, truth))

    found, chosen = [], []
    for start, other in ((0, half), (half, 0)):
        quarter = other + half // 2
        first, second = (other, quarter), (quarter, other + half)
        inner = [
            sum(np.median(read(a, b, width)[3]) for a, b in ((first, second), (second, first)))
            if len(smoothings) > 1
            else 0.0
            for width in smoothings
        ]
        chosen.append(float(smoothings[int(np.argmin(inner))]))
        found.append(read((other, other + half), (start, start + half), chosen[-1]))
    truth, posterior, guess, _ = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return DecodedDirection(
        window * np.arange(1, 2 * half + 1),
        truth % (2 * np.pi),
        guess,
        posterior,
        np.array([np.median(part[3]) for part in found]),
        np.array(chosen),
    )


def learn_tuning(
    spikes: Spikes,
    direction: np.ndarray,
    dt: float,
    window: float,
    seen: tuple[int, int],
    smoothing: float,
    bins: int,
) -> tuple[np.ndarray, float]:
    """Tuning curves of shape (bins, n_units) in Hz, and how far the head turns in a window, radians."""
    start, stop = seen[0] * window, seen[1] * window
    steps = slice(round(start / dt), round(stop / dt))
    edges = np.linspace(0.0, 2 * np.pi, bins + 1)
    angle = direction[steps] % (2 * np.pi)
    curve = smooth_around(
        tuning_curve(spikes.between(start, stop), angle, dt, edges),
        np.radians(positive("smoothing", smoothing)),
    )
    return np.maximum(curve.rate, _LEAST), head_turn(direction, dt, window, seen)


def head_turn(direction: np.ndarray, dt: float, window: float, seen: tuple[int, int]) -> float:
    """How far the head turns in a window, the root of the mean square over the windows `seen`, radians."""
    ends = direction_at(window * np.arange(seen[0], seen[1] + 1), direction, dt)
    return float(np.sqrt(np.mean(np.diff(ends) ** 2)))


def direction_at(time: np.ndarray, direction: np.ndarray, dt: float) -> np.ndarray:
    """The direction at each `time`, unwrapped."""
    middle = (np.arange(direction.size) + 0.5) * dt
    return np.interp(time, middle, np.unwrap(direction))


@kernel
def circular_gaussian(width, weight):
    """The weight of a bin none, one, two, … bins further on a circle, under a Gaussian of `width` radians."""
    n, size = weight.size, 0.0
    step = 2.0 * math.pi / n
    narrow = max(width, 0.1 * step)
    for b in range(n):
        weight[b] = 0.0
        for turn in range(-3, 4):
            away = (b * step + 2.0 * math.pi * turn) / narrow
            weight[b] += math.exp(-0.5 * away * away)
        size += weight[b]
    for b in range(n):
        weight[b] /= size


@kernel
def _weigh(counts, log_expected, total, prior, posterior):
    """One window: the posterior of each bin from what was believed and what was fired."""
    highest = -np.inf
    for b in range(posterior.size):
        said = math.log(prior[b]) - total[b]
        for j in range(counts.size):
            said += counts[j] * log_expected[b, j]
        posterior[b] = said
        highest = max(highest, said)
    size = 0.0
    for b in range(posterior.size):
        posterior[b] = math.exp(posterior[b] - highest)
        size += posterior[b]
    for b in range(posterior.size):
        posterior[b] /= size


@kernel
def _expect(before, blur, memory, prior):
    """What is expected after a window: the belief before, blurred, and a flat rest."""
    n = before.size
    for b in range(n):
        kept = 0.0
        for c in range(n):
            kept += blur[(b - c) % n] * before[c]
        prior[b] = memory * kept + (1.0 - memory) / n + 1e-12


@kernel
def run(counts, log_expected, total, blur, memory, prior, posterior):
    """All windows, one after the other; before the first one nothing is believed."""
    for k in range(counts.shape[0]):
        before = posterior[k - 1] if k > 0 else blur  # of no weight
        _expect(before, blur, memory if k > 0 else 0.0, prior)
        _weigh(counts[k], log_expected, total, prior, posterior[k])
