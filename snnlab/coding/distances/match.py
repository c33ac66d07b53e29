r"""How well a LIF neuron fires like a recorded cell, both under the same step of current.

The coincidence factor $\Gamma$ alone would be hard to climb: two regular trains hardly ever coincide unless
their rates agree. So the number of spikes leads the way, and their times give the last half:

$$ \text{match} = 100\, \left(1 - 2\, \frac{|n - n_{cell}|}{n_{cell}}\right) \frac{1 + \Gamma}{2} $$

in percent, with 0 for whatever is negative. A number that is off by half counts nothing.
"""

from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import as_real, non_negative, positive
from snnlab.checks_of_spikes import be_spikes
from snnlab.coding.distances.coincidence import count_coincidences, factor_of_counts
from snnlab.compiling import kernel
from snnlab.neurons.models.lif import LIF, State, check_lif, run_one
from snnlab.neurons.time_grid import whole_steps
from snnlab.records import blank, read
from snnlab.spikes import Spikes

__all__ = ["Match", "match_lif"]


class Match(NamedTuple):
    """A neuron beside a cell.

    Examples
    --------
    >>> cell = Spikes([20.0, 40.0], duration=60)
    >>> match_lif(cell, 0.0).match  # a silent neuron
    0.0
    """

    i: np.ndarray
    """Current, nA, one value a step of time."""
    v: np.ndarray
    """Membrane potential of the neuron, mV, one value a step of time."""
    times: Annotated[np.ndarray, "n"]
    """Its spike times, ms."""
    match: float
    """From 0 to 100 %, which is the cell itself."""
    n: int
    """Spikes of the neuron."""
    n_cell: int
    """Spikes of the cell."""
    hits: int
    """Spikes that coincide."""
    gamma: float
    """The coincidence factor; NaN where it has no meaning."""


def match_lif(
    cell: Spikes, current: float, neuron: LIF = LIF(), rest: float = 0.0, window: float = 4.0, dt: float = 0.1
) -> Match:
    """Let a step of current into a LIF neuron and compare its spikes with those of a cell.

    Parameters
    ----------
    cell : Spikes of one unit
        What the cell did, before, during and after the step.
    current : float
        The step, nA.
    neuron
        The numbers of the neuron.
    rest : float
        How long there is no current, before the step and after it, ms.
    window : float
        How far apart two spikes may be and still coincide, ms.
    dt : float
        Time step, ms.

    Returns
    -------
    Match

    Raises
    ------
    ValueError, TypeError
        If an argument breaks its rule.

    Examples
    --------
    >>> from snnlab.neurons import simulate_lif
    >>> cell = simulate_lif(np.full(5000, 0.3)).spikes
    >>> print(f"{match_lif(cell, 0.3).match:.0f} %, {match_lif(cell, 0.29).match:.0f} %")
    100 %, 53 %
    """
    be_spikes("cell", cell)
    if cell.n_units != 1 or not cell.n_spikes:
        raise ValueError(f"cell must have one unit and a spike, got {cell!r}")
    neuron, current, dt = check_lif(neuron), as_real("current", current), positive("dt", dt)
    window, still = positive("window", window), round(non_negative("rest", rest) / dt)
    seen = recorded(cell.duration, dt)
    if 2 * still >= seen.v.size:
        raise ValueError(f"rest must be below half the duration of cell ({cell.duration:g} ms), got {rest:g}")
    run_match(seen, cell.times, neuron, current, still, window, dt)
    return read(seen)


def recorded(duration: float, dt: float) -> Match:
    """A blank record of `duration` (ms)."""
    steps = whole_steps(duration, dt)
    return blank(Match, i=steps, v=steps, times=steps)


@kernel
def run_match(seen, cell_times, neuron, current, rest, window, dt):
    """The neuron under a step of current with `rest` steps before and after, and the match."""
    tau_m, r_m, v_rest, v_reset, v_th, t_ref = neuron
    steps = seen.i.size - 2 * rest
    seen.i[rest : rest + steps] = current
    start = State(min(v_rest, v_th), 0)
    n, _ = run_one(seen.i, seen.v, seen.times, start, tau_m, r_m, v_rest, v_reset, v_th, t_ref, dt)
    n_cell = cell_times.size
    hits = count_coincidences(cell_times, n_cell, seen.times, n, window)
    gamma = factor_of_counts(hits, n_cell, n, window, steps * dt)
    number = max(0.0, 1.0 - 2.0 * abs(n - n_cell) / n_cell)
    seen.match[0] = 100.0 * number * (0.5 + 0.5 * (gamma if gamma > 0.0 else 0.0))
    seen.n[0], seen.n_cell[0], seen.hits[0], seen.gamma[0] = n, n_cell, hits, gamma
