"""A neuron whose numbers cannot be seen, only found out by stimulating it."""

from collections.abc import Callable
from numbers import Real
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, positive
from snnlab.neurons import LIF, AdaptiveLIF, simulate_adaptive_lif_exact, simulate_lif_exact
from snnlab.spikes import Spikes

__all__ = ["HiddenNeuron", "Injection"]

_LONGEST = 60_000.0  # ms of a trial


class Injection(NamedTuple):
    """What is remembered of one injection."""

    current: float
    """The current in nA if it was constant, NaN otherwise."""
    duration: float
    """ms."""
    fired: bool


class HiddenNeuron:
    """A neuron behind a curtain: leaky integrate-and-fire, with or without an adaptive threshold.

    Its numbers are not kept in the object: they are drawn anew from the seed whenever it is stimulated.

    Parameters
    ----------
    draw : function of the seed
        Gives the neuron's numbers.
    seed : int
        Which neuron it is.
    trials : int
        How often it may be stimulated.
    again : str
        The call that hands it out afresh, for the message when no trial is left.

    Examples
    --------
    >>> hidden = HiddenNeuron(lambda seed: LIF(v_th=-55.0 + seed), seed=1, trials=2)
    >>> hidden.inject(np.full(5000, 0.3), dt=0.1)
    Spikes(45 spikes of 1 unit in 500 ms, 90.0 Hz a unit)
    >>> hidden
    <a neuron with hidden numbers: 1 of 2 trials left>
    """

    __slots__ = ("_draw", "_log", "_trials", "again", "seed")

    def __init__(self, draw: Callable[[int], LIF | AdaptiveLIF], seed: int, trials: int, again: str = ""):
        self._draw, self._trials = draw, trials
        self._log: list[Injection] = []
        self.seed, self.again = seed, again

    def __repr__(self) -> str:
        return f"<a neuron with hidden numbers: {self.trials_left} of {self._trials} trials left>"

    @property
    def trials_left(self) -> int:
        """How often it may still be stimulated."""
        return self._trials - len(self._log)

    @property
    def trials(self) -> tuple[Injection, ...]:
        """What was done so far."""
        return tuple(self._log)

    def inject(self, i: ArrayLike, dt: float = 0.1) -> Spikes:
        """Inject a current into the resting neuron and listen to its spikes. Uses up one trial.

        Parameters
        ----------
        i : array of shape (steps,)
            Current in nA. ``np.full(5000, 0.3)`` with the default `dt` is 0.3 nA for half a second.
        dt : float
            Length of a step, ms.

        Returns
        -------
        Spikes
            Of the one unit, with exact times.

        Raises
        ------
        ValueError, TypeError
            If an argument breaks its rule. No trial is used up.
        RuntimeError
            If no trial is left.

        Examples
        --------
        >>> hidden = HiddenNeuron(lambda seed: LIF(), seed=1, trials=10)
        >>> hidden.inject(np.full(10_000, 0.14)).n_spikes, hidden.trials_left
        (0, 9)
        """
        dt = positive("dt", dt)
        if np.ndim(i) == 0 and isinstance(i, Real | np.ndarray):
            raise ValueError(
                f"i must hold one value for each step, got the number {i:g}: for half a second of it write "
                f"inject(np.full({max(round(500 / dt), 1)}, {i:g}), dt={dt:g})"
            )
        current = finite_array("i", i, (1,), "(steps,)")
        duration = current.size * dt
        if not 0 < duration <= _LONGEST:
            raise ValueError(f"i must last up to {_LONGEST / 1000:g} s, got {duration / 1000:g} s")
        if self.trials_left <= 0:
            fresh = f": {self.again} hands it out afresh" if self.again else ""
            raise RuntimeError(f"all {self._trials} trials are used up{fresh}")
        spikes = _simulate(current, self._draw(self.seed), dt)
        constant = bool((current == current[0]).all())
        self._log.append(Injection(float(current[0]) if constant else np.nan, duration, spikes.n_spikes > 0))
        return spikes


def _simulate(current: np.ndarray, neuron: LIF | AdaptiveLIF, dt: float) -> Spikes:
    if isinstance(neuron, AdaptiveLIF):
        return simulate_adaptive_lif_exact(current, neuron, dt)
    return simulate_lif_exact(current, neuron, dt)
