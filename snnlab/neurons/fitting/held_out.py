"""How well fitted neurons do on steps that took no part in their fit."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array
from snnlab.neurons.experiments.adaptive_response import Experiment, step_response
from snnlab.neurons.fitting.adaptive_fit import fit_adaptive
from snnlab.neurons.fitting.adex_fit import fit_adex
from snnlab.neurons.fitting.bounds import Bounds
from snnlab.neurons.models.lif import LIF
from snnlab.spikes import Spikes

__all__ = ["HeldOut", "held_out_errors"]


class HeldOut(NamedTuple):
    """Errors of models on steps that took no part in their fit.

    Examples
    --------
    >>> print(f"{HeldOut(np.array([8, 9]), np.array([0.1, 0.2]), np.array([0.4, 0.5])).ratio:.1f}")
    3.0
    """

    group: np.ndarray
    """Which group was left out, shape (groups,)."""
    adaptive: np.ndarray
    """Mean |ln| of the adaptive model's intervals over the cell's in that group."""
    plain: np.ndarray
    """The same of the plain LIF neuron."""
    adex: np.ndarray | None = None
    """The same of the AdEx neuron; None if it was not asked for."""

    @property
    def ratio(self) -> float:
        """How many times larger the error of the plain neuron is, on the mean over the groups."""
        return float(self.plain.mean() / self.adaptive.mean())

    @property
    def median_ratio(self) -> float:
        """The same on the median: there one group near the threshold cannot decide alone."""
        return float(np.median(self.plain) / np.median(self.adaptive))


def held_out_errors(
    current: ArrayLike,
    spikes: Spikes,
    membrane: LIF,
    before: ArrayLike = 0.0,
    group: ArrayLike | None = None,
    bounds: Bounds | None = None,
    *,
    adex_bounds: Bounds | None = None,
) -> HeldOut:
    """Leave a group of steps out, fit the models to the others, and see how they do on it; for each group.

    Parameters
    ----------
    current, spikes, membrane, before, bounds
        As for `fit_adaptive`.
    group : array of shape (n,), optional
        Steps with the same number are left out together, those of one sweep for example. If left out, each
        step is a group of its own.
    adex_bounds : dict, optional
        As `bounds` of `fit_adex`. If it is given, ``{}`` too, an AdEx neuron is fitted as well, which takes
        some ten times as long.

    Raises
    ------
    ValueError
        If a group has no interval to be compared.

    Examples
    --------
    >>> from snnlab.neurons import AdaptiveLIF, simulate_adaptive_lif_exact
    >>> current = np.array([0.2, 0.3, 0.5])
    >>> spikes = simulate_adaptive_lif_exact(current[None], AdaptiveLIF(beta=4.0), dt=500)
    >>> bool(held_out_errors(current, spikes, LIF()).ratio > 10)
    True
    """
    experiment = Experiment(current, spikes, before)
    n = experiment.current.size
    group = np.arange(n) if group is None else finite_array("group", group, (1,), "(n,)")
    if group.size != n:
        raise ValueError(f"group must have one number for each of {n} steps, got {group.size}")
    groups = np.unique(group)
    adaptive, plain, adex = np.empty(groups.size), np.empty(groups.size), np.empty(groups.size)
    for k, held in enumerate(groups):
        if (np.diff(experiment.first)[group == held] < 2).all():
            raise ValueError(f"group {held:g} must have a step with two spikes at least")
        out, rest = (experiment.part(np.flatnonzero(chosen)) for chosen in (group == held, group != held))
        fit = fit_adaptive(*rest[:2], membrane, rest[2], bounds)
        adaptive[k] = step_response(*out[:2], fit.neuron, out[2]).interval_error
        plain[k] = step_response(*out[:2], fit.plain, out[2]).interval_error
        if adex_bounds is not None:
            found = fit_adex(*rest[:2], membrane, rest[2], adex_bounds)
            adex[k] = step_response(*out[:2], found.neuron, out[2]).interval_error
    return HeldOut(groups, adaptive, plain, None if adex_bounds is None else adex)
