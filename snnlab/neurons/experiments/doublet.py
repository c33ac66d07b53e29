r"""Two input spikes into a resonate-and-fire neuron: how far apart must they be to make it fire?

One spike of weight $w$ is answered by $w\, e^{-t/\tau} \sin \omega t$. As long as the neuron does not fire
the answers add. So the second spike helps most where it begins to rise as the first rises again, a period
later, or where both come at once. A neuron that hardly rings ($\omega \tau < 1$) knows the latter only.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import as_real, non_negative, positive
from snnlab.compiling import kernel
from snnlab.neurons.models.resonate_and_fire import ResonateAndFire, State, check_resonate_and_fire, run
from snnlab.neurons.time_grid import whole_steps
from snnlab.records import blank, read

__all__ = ["Doublet", "doublet"]

GAPS, LONGEST = 121, 60.0
"""For so many gaps the height is computed, up to so many ms."""


class Doublet(NamedTuple):
    """A neuron that gets two spikes.

    Examples
    --------
    >>> doublet(12.5, w=0.8).n  # half a period apart
    0
    """

    y: np.ndarray
    """The potential, a pure number with the threshold at 1, one value a step."""
    times: Annotated[np.ndarray, "n"]
    """Spike times, ms."""
    gaps: np.ndarray
    """Gaps between two input spikes, ms."""
    heights: np.ndarray
    """How high `y` would come with each of them, if there were no threshold."""
    n: int
    """How many spikes there are."""
    height: float
    """How high `y` would come with the gap that was asked for, if there were no threshold."""


def doublet(
    gap: float,
    w: float,
    neuron: ResonateAndFire = ResonateAndFire(),
    first: float = 10.0,
    duration: float = 150.0,
    dt: float = 0.1,
) -> Doublet:
    """Send two spikes into a resting neuron.

    Parameters
    ----------
    gap : float
        From the first input spike to the second, ms.
    w : float
        By how much each moves `x`, a pure number.
    neuron
        The numbers of the neuron.
    first, duration : float
        When the first one comes and when everything ends, ms.
    dt : float
        Time step, ms.

    Returns
    -------
    Doublet

    Examples
    --------
    >>> for gap in (12.5, 25.0):
    ...     seen = doublet(gap, w=0.8)
    ...     print(f"{gap} ms apart: y would reach {seen.height:.2f}, {seen.n} spikes")
    12.5 ms apart: y would reach 0.71, 0 spikes
    25.0 ms apart: y would reach 1.14, 1 spikes
    """
    neuron, w, dt = check_resonate_and_fire(neuron), as_real("w", w), positive("dt", dt)
    gap, first = non_negative("gap", gap), non_negative("first", first)
    seen = recorded(duration, dt)
    if first + gap > duration:
        raise ValueError(f"first + gap must be at most duration ({duration:g} ms), got {first + gap:g}")
    run_doublet(seen, np.zeros((4, seen.y.size + 1)), gap, w, neuron, first, LONGEST, dt)
    return read(seen)


def recorded(duration: float, dt: float) -> Doublet:
    """A blank record of `duration` (ms)."""
    steps = whole_steps(duration, dt)
    return blank(Doublet, y=steps, times=steps, gaps=GAPS, heights=GAPS)


@kernel
def highest(ringing, late):
    """The highest sum of an answer and of a second one that begins `late` steps later."""
    top = 0.0
    for k in range(ringing.size):
        top = max(top, ringing[k] + ringing[k - late] if k >= late else ringing[k])
    return top


@kernel
def run_doublet(seen, work, gap, w, neuron, first, longest, dt):
    """The neuron with both spikes, and the height for every gap; `work` has four rows of steps + 1."""
    steps = seen.y.size
    i, x, jump, ringing = work[0, :steps], work[1, :steps], work[2], work[3]
    jump[round(first / dt)] += w
    jump[round((first + gap) / dt)] += w
    seen.n[0], _ = run(i, jump, x, seen.y, seen.times, State(0.0, 0.0), neuron.freq, neuron.tau, dt)
    for k in range(ringing.size):
        ringing[k] = w * math.exp(-k * dt / neuron.tau) * math.sin(2.0e-3 * math.pi * neuron.freq * k * dt)
    for k in range(seen.gaps.size):
        seen.gaps[k] = longest * k / (seen.gaps.size - 1)
        seen.heights[k] = highest(ringing, round(seen.gaps[k] / dt))
    seen.height[0] = highest(ringing, round(gap / dt))
