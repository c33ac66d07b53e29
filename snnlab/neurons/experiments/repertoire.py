"""What a neuron model can do: a few experiments with steps of current that work on every model.

Each experiment needs nothing of a model but that it turns currents into spikes, so the same words mean the
same for all of them. What is measured holds for the numbers of one neuron; what a model can reproduce is what
one of its neurons can.

The words are those of figure 1 of E. M. Izhikevich (2004), IEEE Transactions on Neural Networks 15,
1063–1070; the limits (1.2 times, 3 times, a third) are ours.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.array_rules import Floats
from snnlab.checks import as_real, finite_array, function, positive
from snnlab.checks_of_spikes import spikes_of

__all__ = ["Onset", "Repertoire", "adaptation", "burst_sizes", "find_onset", "measure_repertoire"]

_REST = 200.0  # ms before a step
SLOWER = 1.2  # of the last interval to the first: more is adaptation, less may be the grid
GAP = 3.0  # of the longest interval to the shortest: only then there are bursts
_DELAY = 1.5  # of the latency to the first interval
_LOW = 1 / 3  # of the rate at onset to that at twice the current: below it the onset counts as continuous
_MOST = 100_000_000  # steps of all neurons of an experiment together


class Repertoire(NamedTuple):
    """What a neuron does under steps of current; each is true if one of the currents shows it.

    Examples
    --------
    >>> from snnlab.neurons import simulate_lif
    >>> measure_repertoire(simulate_lif, [0.1, 0.2, 0.4, 0.8])
    Repertoire(adapts=False, accelerates=False, bursts=False, phasic=False, delays=False, rebounds=False,
        continuous=True)
    """

    adapts: bool
    """Intervals grow, and not in bursts: the last one is more than 1.2 times the first."""
    accelerates: bool
    """Intervals shrink, and not in bursts: the first one is more than 1.2 times the last."""
    bursts: bool
    """Groups of spikes repeat, see `burst_sizes`."""
    phasic: bool
    """It answers the onset of a step and falls silent while the step goes on."""
    delays: bool
    """The first spike takes more than 1.5 times as long as the second after it."""
    rebounds: bool
    """It fires after the end of a negative step."""
    continuous: bool
    """It can fire slowly (class 1): at its onset at less than a third of the rate at twice the current."""


class Onset(NamedTuple):
    """Where lasting firing begins.

    Examples
    --------
    >>> from snnlab.neurons import lif_rheobase, simulate_lif
    >>> print(f"{find_onset(simulate_lif, 0.1, 0.2).i:.4f} nA, {lif_rheobase():.4f} nA")
    0.1500 nA, 0.1500 nA
    """

    i: float
    """The lowest current that was found to make the neuron go on firing."""
    rate: float
    """The rate there, Hz."""


def measure_repertoire(
    simulate: Callable[[np.ndarray], Any],
    currents: ArrayLike,
    *,
    rest: float = 0.0,
    dt: float = 0.1,
    duration: float = 1000.0,
) -> Repertoire:
    """Do the experiments of `Repertoire` on a neuron.

    Parameters
    ----------
    simulate
        ``simulate(i)`` runs the neuron for each column of `i`, of shape (steps, n), and returns `Spikes` or
        something with ``spikes``: `simulate_lif` is one, and so is
        ``lambda i: simulate_lif(i, LIF(t_ref=5.0))``.
    currents : array of shape (n,)
        Heights of the steps, in the unit of the model, rising, from silence to fast firing: at least two
        above `rest`. The negative steps are as high.
    rest : float
        The current before and after a step, at which the neuron is silent.
    dt : float
        The time step of `simulate`, ms.
    duration : float
        Length of a step of current, ms; long against all that is slow in the neuron.

    Raises
    ------
    ValueError, TypeError
        If the neuron is not silent at `rest`, or `simulate` returns no spikes.

    Examples
    --------
    >>> from snnlab.neurons import FIRING_TYPES, simulate_izhikevich
    >>> seen = measure_repertoire(lambda i: simulate_izhikevich(i, FIRING_TYPES["CH"]), [2, 4, 10])
    >>> seen.bursts, seen.rebounds
    (True, False)
    """
    heights = finite_array("currents", currents, (1,), "(n,)")
    rest, dt, duration = as_real("rest", rest), positive("dt", dt), positive("duration", duration)
    if heights.size < 2 or (np.diff(heights, prepend=rest) <= 0).any():
        raise ValueError(f"currents must be two or more and rise from rest ({rest:g}), got {heights}")

    trains = _step_responses(simulate, heights, rest, dt, duration)
    below = _step_responses(simulate, 2 * rest - heights, rest, dt, duration, after=duration)
    lasting = [train for train in trains if _lasting_rate(train, duration) > 0.0]
    return Repertoire(
        adapts=any(adaptation(train) > SLOWER and not has_bursts(train) for train in lasting),
        accelerates=any(adaptation(train) < 1 / SLOWER and not has_bursts(train) for train in lasting),
        bursts=any(has_bursts(train) for train in lasting),
        phasic=any(train.size > 0 and not (train > duration / 2).any() for train in trains),
        delays=any(train[0] > _DELAY * (train[1] - train[0]) for train in lasting),
        rebounds=any((train > duration).any() for train in below),
        continuous=_is_continuous(simulate, trains, heights, rest, dt, duration),
    )


_rising = Floats("(spikes,)", rising=True)


def adaptation(times: ArrayLike) -> float:
    """By how much the firing slows down: the last interval divided by the first.

    Parameters
    ----------
    times : array of shape (spikes,)
        Spike times under a constant current, sorted, ms.

    Returns
    -------
    float
        1 for a regular train; NaN for fewer than three spikes.

    Raises
    ------
    ValueError, TypeError
        If `times` is no array of shape (spikes,), each later than the one before.

    Examples
    --------
    >>> print(f"{adaptation([10, 20, 35, 60]):.1f}")
    2.5
    """
    intervals = np.diff(_rising("times", times))
    return float(intervals[-1] / intervals[0]) if intervals.size > 1 else np.nan


def burst_sizes(times: ArrayLike) -> np.ndarray:
    """The number of spikes in each group of a train.

    It is cut at each interval above the geometric mean of the shortest and the longest, if the longest is
    more than 3 times the shortest.

    Parameters
    ----------
    times : array of shape (spikes,)
        Spike times, sorted, ms.

    Returns
    -------
    array of int of shape (groups,)
        All spikes in one group for a regular train.

    Raises
    ------
    ValueError, TypeError
        If `times` is no array of shape (spikes,), each later than the one before.

    Examples
    --------
    >>> burst_sizes([10, 12, 15, 60, 66, 110])
    array([3, 2, 1])
    """
    times = _rising("times", times)
    if times.size < 2:
        return np.ones(times.size, np.int64)
    intervals = np.diff(times)
    shortest, longest = intervals.min(), intervals.max()
    longer = (intervals > np.sqrt(shortest * longest)) & (longest > GAP * shortest)
    return np.diff(np.concatenate(([0], np.flatnonzero(longer) + 1, [times.size])))


def find_onset(
    simulate: Callable[[np.ndarray], Any],
    silent: float,
    firing: float,
    *,
    rest: float = 0.0,
    dt: float = 0.1,
    duration: float = 2000.0,
) -> Onset:
    """The rheobase of lasting firing, and the rate just above it: the lowest at which the neuron can go on.

    The gap between `silent` and `firing` is cut into eight parts, four times over.

    Parameters
    ----------
    simulate
        As for `measure_repertoire`.
    silent, firing : float
        A current at which the neuron does not go on firing, and a larger one at which it does.
    rest, dt
        As for `measure_repertoire`.
    duration : float
        Length of a step, ms; fewer than 3 spikes in the second half do not count as lasting.

    Raises
    ------
    ValueError
        If the neuron goes on firing at `silent` or does not at `firing`.

    Examples
    --------
    >>> from snnlab.neurons import simulate_qif
    >>> found = find_onset(simulate_qif, -1.0, 1.0, rest=-1.0)
    >>> print(f"{found.i:.3f}, {found.rate:.1f} Hz")
    0.006, 2.5 Hz
    """
    silent, firing, rest = as_real("silent", silent), as_real("firing", firing), as_real("rest", rest)
    dt, duration, rate = positive("dt", dt), positive("duration", duration), 0.0
    if not silent < firing:
        raise ValueError(f"firing must be above silent ({silent:g}), got {firing:g}")
    for _ in range(4):
        between = np.linspace(silent, firing, 9)
        rates = [_lasting_rate(t, duration) for t in _step_responses(simulate, between, rest, dt, duration)]
        if rates[0] > 0.0:
            raise ValueError(f"silent must be a current at which the neuron falls silent, got {silent:g}")
        if rates[-1] == 0.0:
            raise ValueError(f"firing must be a current at which the neuron goes on firing, got {firing:g}")
        k = int(np.argmax(np.array(rates) > 0.0))
        silent, firing, rate = between[k - 1], between[k], rates[k]
    return Onset(float(firing), rate)


def has_bursts(train: np.ndarray) -> bool:
    """Whether groups of two and more repeat; the first and the last may be cut."""
    inner = burst_sizes(train)[1:-1]
    return inner.size > 1 and float(np.median(inner)) > 1.0


def _lasting_rate(train: np.ndarray, duration: float) -> float:
    """The rate in the second half of a step, Hz; 0 for fewer than three spikes there."""
    late = train[(train > duration / 2) & (train <= duration)]
    return 1000.0 * (late.size - 1) / float(late[-1] - late[0]) if late.size >= 3 else 0.0


def _step_responses(
    simulate: Callable, heights: np.ndarray, rest: float, dt: float, duration: float, after: float = 0.0
) -> list[np.ndarray]:
    """For each height the spike times from the onset of the step on, ms."""
    simulate = function("simulate", simulate)
    if duration < dt:
        raise ValueError(f"duration must be at least one step of {dt:g} ms, got {duration:g}")
    if not (_REST + duration + after) / dt * heights.size <= _MOST:
        raise ValueError(
            f"dt must be longer, for a step of {duration:g} ms in fewer than {_MOST:g} steps, got {dt:g}"
        )
    before, during, behind = (round(length / dt) for length in (_REST, duration, after))
    i = np.full((before + during + behind, heights.size), rest)
    i[before : before + during] = heights
    spikes = spikes_of("simulate", simulate(i))
    if spikes.n_units != heights.size:
        raise ValueError(f"simulate must run {heights.size} neurons, a column each, got {spikes.n_units}")
    trains = [train - before * dt for train in spikes.to_trains()]
    if any((train <= 0).any() for train in trains):
        raise ValueError(f"rest must be a current at which the neuron is silent, got {rest:g}")
    return trains


def _is_continuous(
    simulate: Callable, trains: list[np.ndarray], heights: np.ndarray, rest: float, dt: float, duration: float
) -> bool:
    lasting = [_lasting_rate(train, duration) > 0.0 for train in trains]
    if not any(lasting):
        return False
    firing = float(heights[lasting.index(True)])
    found = find_onset(simulate, rest, firing, rest=rest, dt=dt, duration=2 * duration)
    twice = np.array([2.0 * found.i - rest])
    return found.rate < _LOW * _lasting_rate(
        _step_responses(simulate, twice, rest, dt, duration)[0], duration
    )
