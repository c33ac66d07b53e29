"""A fitted neuron runs free: all that it heard is as recorded, only its own spikes fall anew.

A likelihood asks for each bin what was probable after the spikes that the cell had really fired. A neuron
that runs free has to live with its own. If its trains are like those of the cell, the filters hold more than
the next bin; if they are not, a small error of one bin adds up over the next.
"""

import warnings

import numpy as np

from snnlab.checks import whole
from snnlab.probability.design_matrix import Design, check_design
from snnlab.probability.glm_fit import GLMFit, check_fit
from snnlab.probability.glm_simulation import GLMRun, simulate_glm
from snnlab.probability.glm_stability import drive_and_own_filter, stability_of
from snnlab.random import generator
from snnlab.spikes import Spikes

__all__ = ["run_freely"]


def run_freely(design: Design, fit: GLMFit, runs: int = 1, *, rng: np.random.Generator) -> GLMRun:
    """Draw the spikes of a fitted neuron under the recorded stimulus and the recorded trains of the others.

    Each trial starts without a past. If the fit is one that may run away (`stability_of`), a warning says so.

    Parameters
    ----------
    design
        From `design_matrix`.
    fit
        From `fit_glm`, of its ``x``, or of one with the same columns.
    runs : int
        How often it runs.
    rng
        For each trial a number is drawn from it.

    Returns
    -------
    GLMRun
        Potential and counts have the shape (bins, runs); each run is a unit of ``spikes``, trials in a row.

    Raises
    ------
    ValueError
        If a run ran away: with the exponential link, if more than 30 spikes are expected in one bin.

    Examples
    --------
    >>> from snnlab import Spikes
    >>> from snnlab.probability import design_matrix, fit_glm
    >>> design = design_matrix(Spikes(np.arange(2, 900, 3), duration=900), 1.0, self_basis=np.eye(2))
    >>> fit = fit_glm(design.x, design.y, ridge=1e-4)
    >>> run = run_freely(design, fit, runs=5, rng=np.random.default_rng(1))
    >>> print(run.y.shape, bool(abs(run.y.sum(axis=0) - 300).max() < 30))
    (900, 5) True
    """
    runs, rng = whole("runs", runs, least=1), generator(rng)
    design, fit = check_design(design), check_fit(fit)
    found = stability_of(design, fit)
    if found.kind != "stable":
        warnings.warn(found.sentence, RuntimeWarning, stacklevel=2)
    drive, own = drive_and_own_filter(design, fit)
    pieces = [
        simulate_glm(np.repeat(piece[:, None], runs, axis=1), own, fit.link, design.dt, rng=rng)
        for piece in np.split(drive, design.starts[1:])
    ]
    y = np.vstack([piece.y for piece in pieces])
    return GLMRun(np.vstack([piece.u for piece in pieces]), y, Spikes.from_counts(y, design.dt))
