r"""A hundredth of the cortical microcircuit, alive: who fires, in which layer, and how often.

Measured are the rates of the eight populations and, over all neurons, spikes in bins of 3 ms, whose variance
over their mean is the *Fano factor of the population*,

$$ F = \frac{\operatorname{var} N}{\langle N \rangle} $$

1 where each neuron fires for itself, and more where they fire together. What a hundredth is, and what moves
in it, is told in `snnlab.networks.experiments.circuit_cells`.

Source: T. C. Potjans and M. Diesmann (2014), Cerebral Cortex 24, 785–806.
"""

from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import non_negative, whole
from snnlab.compiling import kernel, uncounted_kernel
from snnlab.networks.cells.rows import NoRows
from snnlab.networks.experiments.binned_activity import rates_and_fano
from snnlab.networks.experiments.circuit_cells import DT, HUNDREDTH, SIZES, tables, wired
from snnlab.networks.experiments.circuit_cells import work as room_for
from snnlab.networks.microcircuit import NEURON, OUTSIDE_RATE, G
from snnlab.networks.running.delivery import bring
from snnlab.networks.running.loop import advance, receive
from snnlab.networks.running.poisson_drive import drive
from snnlab.neurons.refractory import refractory_steps
from snnlab.neurons.time_grid import whole_steps
from snnlab.random import seed_from
from snnlab.records import blank, read

__all__ = ["SETTLING", "CircuitActivity", "recorded", "run_circuit", "small_circuit"]

WIDTH = 3.0  # ms, of the bins in which spikes are counted
SETTLING = 100.0  # ms, before which nothing is measured
MOST = 16.0  # Hz, of a train: spikes of a drive have a date here


class CircuitActivity(NamedTuple):
    """What the circuit does.

    Examples
    --------
    >>> seen = small_circuit(rng=np.random.default_rng(1))
    >>> len(seen.rates), len(seen.activity)
    (8, 200)
    """

    times: Annotated[np.ndarray, "n_shown"]
    """When the neurons that are shown fire, ms."""
    units: Annotated[np.ndarray, "n_shown"]
    """Which of them fires: L23E, L23I, L4E, and so on."""
    activity: np.ndarray
    """Spikes a second and neuron, in bins of 3 ms, Hz."""
    rates: np.ndarray
    """Mean rate of each population once it has settled, Hz, shape (8,)."""
    n: int
    """How many spikes all neurons fire."""
    n_shown: int
    """How many of them are shown."""
    rate_exc: float
    """Mean rate of the excitatory neurons of all layers, Hz."""
    rate_inh: float
    """That of the inhibitory ones."""
    fano: float
    """Fano factor of all neurons together; NaN if they are silent."""


def small_circuit(
    outside: float = OUTSIDE_RATE,
    g: float = G,
    duration: float = 600.0,
    *,
    settling: float = SETTLING,
    every: int = 1,
    rng: np.random.Generator | np.uint64,
) -> CircuitActivity:
    """Wire a hundredth of the microcircuit, 771 neurons, let it run, and look at its layers.

    Parameters
    ----------
    outside : float
        Rate of each of the Poisson trains from outside, 0 to 16 Hz.
    g : float
        How many times stronger an inhibitory synapse is than an excitatory one.
    duration : float
        How long it runs, ms.
    settling : float
        For how long nothing is measured, ms.
    every : int
        Of so many neurons one is shown.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`: of wiring, weights and delays, of
        the potentials at the start, and of the spikes from outside.

    Returns
    -------
    CircuitActivity

    Examples
    --------
    As published, and without inhibition, where refractoriness alone holds the neurons back:

    >>> for g in (4.0, 0.0):
    ...     seen = small_circuit(g=g, rng=np.uint64(1))
    ...     print(f"{seen.rate_exc:.0f} Hz")
    3 Hz
    317 Hz
    """
    outside, g, every = non_negative("outside", outside), non_negative("g", g), whole("every", every, 1)
    if outside > MOST:
        raise ValueError(f"outside must be at most {MOST:g} Hz, got {outside:g}")
    if g > 100.0:
        raise ValueError(f"g must be at most 100, got {g:g}")
    steps, settling = whole_steps(duration, DT), non_negative("settling", settling)
    if steps * DT < settling + WIDTH:
        raise ValueError(f"duration must be longer than settling ({settling:g} ms), got {duration:g} ms")
    seen, w_outside = recorded(steps, every), HUNDREDTH.w_outside
    run_circuit(
        seen, room_for(), tables(), NoRows(), w_outside, steps, every, settling, outside, g, seed_from(rng)
    )
    return read(seen)


def recorded(steps: int, every: int) -> CircuitActivity:
    """A blank record."""
    most = steps // (refractory_steps(NEURON.t_ref, DT) + 1) + 2  # spikes of a neuron
    shown, bins = -(-sum(SIZES) // every) * most, int(steps * DT / WIDTH + 1e-9)
    return blank(CircuitActivity, times=shown, units=shown, activity=bins, rates=len(SIZES))


@uncounted_kernel
def _go_on(seen, fired, state, cells, events, drives, steps, every, settling):
    """All steps, one after the other; spikes are counted in `activity` and, once it has settled, `rates`."""
    found, total = 0, 0
    for t in range(steps):
        drive(t, state, drives)
        count = advance(t, state, cells, fired, 0)
        bring(fired, count, t, state.ring, events)
        receive(t, state, cells)
        now, b = (t + 1) * DT, int(t * DT / WIDTH)
        total += count
        if b < len(seen.activity):
            seen.activity[b] += count
        p = 0
        for k in range(count):
            j = fired[k]
            while j >= cells.first[p + 1]:  # who fires in a step comes in the order of the neurons
                p += 1
            seen.rates[p] += now > settling
            if j % every == 0:
                seen.times[found], seen.units[found] = now, j // every
                found += 1
    seen.n[0], seen.n_shown[0] = total, found


@kernel
def _sum_up(seen, first, settling, steps):
    """Rates in place of counts, and the Fano factor."""
    seconds = (steps * DT - settling) / 1000.0
    exc, inh, n_exc, n_inh = 0.0, 0.0, 0, 0
    for p in range(0, len(seen.rates), 2):
        exc, n_exc = exc + seen.rates[p], n_exc + first[p + 1] - first[p]
        inh, n_inh = inh + seen.rates[p + 1], n_inh + first[p + 2] - first[p + 1]
        seen.rates[p] /= (first[p + 1] - first[p]) * seconds
        seen.rates[p + 1] /= (first[p + 2] - first[p + 1]) * seconds
    seen.rate_exc[0], seen.rate_inh[0] = exc / (n_exc * seconds), inh / (n_inh * seconds)
    seen.fano[0] = rates_and_fano(seen.activity, WIDTH, n_exc + n_inh, settling)


@kernel
def run_circuit(seen, work, numbers, rows, w_outside, steps, every, settling, outside, g, seed):
    """The circuit from its first step to the last, and what is measured."""
    state, cells, events, drives = wired(work, numbers, rows, w_outside, outside, g, seed)
    _go_on(seen, work.fired, state, cells, events, drives, steps, every, settling)
    _sum_up(seen, cells.first, settling, steps)
