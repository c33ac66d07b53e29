r"""Infinitely many noisy LIF neurons whose rate is made to rise: how soon it does, and how far beyond.

With more noise the same rate needs less current. So that only the noise differs, the currents are sought that
give the rate $A_1$ before the step and $A_2$ after it. The activity shoots beyond its end by

$$ \frac{\max A - A_2}{A_2 - A_1} $$

of the rise. It is quick where the potentials are spread, so that some are just below the threshold; neurons
that have all fired together are not.

Source: B. W. Knight (1972), Journal of General Physiology 59, 734–766; the equation is that of
`snnlab.neurons.simulate_lif_density`.
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.checks import positive, steps_in, true_or_false
from snnlab.compiling import kernel
from snnlab.neurons.models.lif_parameters import LIF, check_lif
from snnlab.neurons.populations.lif_density import BELOW, FINE, flows, grid_depth, settle, step
from snnlab.neurons.time_grid import whole_steps
from snnlab.records import blank, read

__all__ = ["DensityStep", "density_step"]

ONSET, AFTER, SOON = 50.0, 200.0, 3.0
"""How long before and after the step there is something to see, and when the potentials are looked at, ms."""

STRONGEST, CELLS = 0.5, 512  # nA, to either side; cells of the grid, at most
PLACES, DEEP = 161, 40.0  # of the potentials: how many places, and how far below the threshold, mV


class DensityStep(NamedTuple):
    """What the population does.

    Examples
    --------
    >>> seen = density_step(8.0)
    >>> print(f"from {seen.weakest:.0f} to {seen.strongest:.0f} pA")
    from 56 to 158 pA
    """

    activity: np.ndarray
    """Activity, the mean of each time step, Hz; the step of current comes after 50 ms."""
    place: np.ndarray
    """Potentials up to the threshold, mV."""
    settled: np.ndarray
    """The density there when the step comes, per mV."""
    later: np.ndarray
    """The density 3 ms later."""
    lag: float
    """After how long the activity is half way up, ms; NaN if it never is."""
    peak: float
    """The highest activity, Hz."""
    over: float
    """How far it lies above the end, as a share of the rise, %."""
    weakest: float
    """The current before the step, pA."""
    strongest: float
    """The current after it."""


def density_step(
    sigma: float,
    weak: float = 14.0,
    strong: float = 36.0,
    neuron: LIF = LIF(),
    *,
    gathered: bool = False,
    dt: float = 0.1,
) -> DensityStep:
    """Let the rate of a population rise, whatever its noise.

    Parameters
    ----------
    sigma : float
        How far the noise scatters the potential of a neuron that never fires, standard deviation in mV.
    weak, strong : float
        The rates to which the population settles before and after the step, Hz.
    neuron
        The numbers that all have in common.
    gathered : bool
        Whether all fire at the moment of the step, and so start alike; otherwise the noise has spread them.
    dt : float
        Time step, ms.

    Raises
    ------
    ValueError
        If no current between −0.5 and 0.5 nA brings one of the rates.

    Examples
    --------
    >>> for sigma in (1.0, 8.0):
    ...     seen = density_step(sigma)
    ...     print(f"half way after {seen.lag:.1f} ms, {seen.over:.0f} % beyond")
    half way after 0.2 ms, 150 % beyond
    half way after 3.1 ms, 0 % beyond
    """
    sigma, weak, strong = positive("sigma", sigma), positive("weak", weak), positive("strong", strong)
    neuron, dt, gathered = check_lif(neuron), positive("dt", dt), true_or_false("gathered", gathered)
    if strong <= weak:
        raise ValueError(f"strong must be above weak ({weak:g} Hz), got {strong:g}")
    grid_depth(min(neuron.v_reset, neuron.v_rest), sigma, neuron)
    seen, queue = recorded(dt), np.zeros(max(1, steps_in("t_ref", neuron.t_ref, dt)))
    faces = np.zeros((2, CELLS + 1))
    run_step(seen, *np.zeros((2, CELLS)), queue, *faces, neuron, sigma, float(gathered), weak, strong, dt)
    told = read(seen)
    for name, rate, current in (("weak", weak, told.weakest), ("strong", strong, told.strongest)):
        if abs(current) > 999.9 * STRONGEST:
            raise ValueError(f"{name} must be a rate that −0.5 to 0.5 nA can bring, got {rate:g}")
    return told


def recorded(dt: float) -> DensityStep:
    """A blank record."""
    steps, places = (
        whole_steps(ONSET, dt) + whole_steps(AFTER, dt),
        dict.fromkeys(("place", "settled", "later"), PLACES),
    )
    return blank(DensityStep, activity=steps, **places)


@kernel
def _current(rate, p, queue, up, down, reset, width, sigma, neuron, dt):
    """The current under which the population settles at `rate` (Hz), by halving; leaves it settled."""
    low, high = -STRONGEST, STRONGEST
    for _ in range(40):
        middle = 0.5 * (low + high)
        flows(up, down, neuron.v_rest + neuron.r_m * middle, sigma, neuron.tau_m, neuron.v_th, width)
        if 1000.0 * settle(p, queue, up, down, reset, width, dt) < rate:
            low = middle
        else:
            high = middle
    flows(up, down, neuron.v_rest + neuron.r_m * high, sigma, neuron.tau_m, neuron.v_th, width)
    settle(p, queue, up, down, reset, width, dt)
    return high


@kernel
def _look(density, place, p, bottom, width):
    """The density at each `place`, on straight lines between the middles of the cells from `bottom` on."""
    for k in range(place.size):
        j = (place[k] - bottom) / width - 0.5
        left = math.floor(j)
        for cell in range(left, left + 2):
            if 0 <= cell < p.size:
                density[k] += p[cell] * (1.0 - abs(j - cell))


@kernel
def run_step(seen, p, work, queue, up, down, neuron, sigma, alike, weak, strong, dt):
    """The activity after the step, and where the potentials are when it comes and soon after."""
    lowest, place = min(neuron.v_reset, neuron.v_rest) - BELOW * sigma, seen.place
    cells = min(p.size, math.ceil((neuron.v_th - lowest) * FINE / sigma))
    width = (neuron.v_th - lowest) / cells
    reset = int((neuron.v_reset - lowest) / width)
    p, work, up, down = p[:cells], work[:cells], up[: cells + 1], down[: cells + 1]
    strongest = _current(strong, p, queue, up, down, reset, width, sigma, neuron, dt)
    weakest = _current(weak, p, queue, up, down, reset, width, sigma, neuron, dt)
    if alike > 0.5:  # all have just fired
        p[:] = 0.0
        queue[:] = 0.0
        queue[queue.size - 1] = 1.0 / dt
    for k in range(place.size):
        place[k] = neuron.v_th - DEEP * (1.0 - k / (place.size - 1))
    _look(seen.settled, place, p, lowest, width)
    flows(up, down, neuron.v_rest + neuron.r_m * strongest, sigma, neuron.tau_m, neuron.v_th, width)
    before, soon, half = int(ONSET / dt + 0.5), int(SOON / dt + 0.5), 0.5 * (weak + strong)
    seen.activity[:before] = weak
    last, seen.lag[0], seen.peak[0] = half, math.nan, 0.0
    for t in range(seen.activity.size - before):
        if t == soon:
            _look(seen.later, place, p, lowest, width)
        slot = t % queue.size
        queue[slot] = step(p, work, up, down, queue[slot], reset, width, dt)
        now = 1000.0 * queue[slot]
        if now > half and math.isnan(seen.lag[0]):
            seen.lag[0] = (t + 0.5 - ((now - half) / (now - last) if last < half else 0.5)) * dt
        seen.peak[0] = max(seen.peak[0], now)
        seen.activity[before + t], last = now, now
    seen.over[0] = 100.0 * (seen.peak[0] - strong) / (strong - weak)
    seen.weakest[0], seen.strongest[0] = 1000.0 * weakest, 1000.0 * strongest
