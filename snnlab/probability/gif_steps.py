r"""A GIF neuron for steps of current, but for the reset: a passive membrane, what a spike leaves, and a coin.

The generalised integrate-and-fire neuron without its reset is a GLM neuron whose stimulus has been through a
membrane. With the
potential $v$ that the current alone makes, the neuron fires with the hazard

$$ \rho(t) = \exp\left(\gamma + \frac{v(t) - v_{rest}}{\Delta} +
\sum_{\hat t < t} \eta(t - \hat t)\right) $$

In the source a spike resets the potential, and leaves a current and a higher threshold behind. Here nothing
is reset, and spike times know only what all this does together: one filter $\eta$, in units of $\Delta$. The
resistance, the time constant and the resting potential are measured, as for the other models of the same
cell; $\gamma$, $1/\Delta$ and $\eta$ have one maximum of the likelihood, so there is nothing to search.

It waits for each spike otherwise in each run. What it says of a wait is the median over runs.

Source: S. Mensi, R. Naud, C. Pozzorini, M. Avermann, C. C. H. Petersen and W. Gerstner (2012), Journal of
Neurophysiology 107, 1756–1775.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import positive, whole
from snnlab.neurons import LIF
from snnlab.neurons.experiments.adaptive_response import Experiment, StepResponse, response_of
from snnlab.neurons.experiments.adex_response import LONGEST
from snnlab.neurons.models.lif import check_lif
from snnlab.probability.bases import raised_cosines
from snnlab.probability.design_matrix import Design, design_matrix, filter_of
from snnlab.probability.glm_fit import GLMFit, fit_glm
from snnlab.probability.glm_simulation import simulate_glm
from snnlab.probability.links import Link
from snnlab.probability.ridge_choice import choose_ridge
from snnlab.random import generator
from snnlab.spikes import Spikes

__all__ = ["GIF", "GIFResponse", "fit_gif", "gif_design", "gif_response"]

LINK: Link = "complementary_log_log"  # the coin of a hazard that is constant within a bin
_RIDGES = (1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2)
_FOLDS = 4


class GIF(NamedTuple):
    """A fitted GIF neuron.

    Examples
    --------
    >>> fit = GLMFit(-3.0, np.array([0.5, -2.0]), np.eye(3), -10.0, LINK, 0.0, 5)
    >>> GIF(LIF(), 1.0, np.ones((2, 1)), fit).softness
    2.0
    """

    membrane: LIF
    """Whose `tau_m`, `r_m` and `v_rest` are those of the membrane."""
    dt: float
    """Length of a bin, ms."""
    basis: np.ndarray
    """Of the after-potential, shape (lags, n)."""
    fit: GLMFit
    """Its weights: of the membrane potential, then of the basis."""

    @property
    def softness(self) -> float:
        """Δ: by how many mV the potential has to rise for the hazard to grow e times."""
        return float(1.0 / self.fit.weights[0])


class GIFResponse(NamedTuple):
    """How well a GIF neuron answers steps of current, against a cell.

    Examples
    --------
    >>> GIFResponse(StepResponse(np.ones(2), np.array([0.1]), np.array([0.2]), np.array([2])), 0.3).run_error
    0.3
    """

    median: StepResponse
    """Of the median of each wait over runs."""
    run_error: float
    """Mean over runs of the interval error that one run has: the coin of each falls otherwise."""


def fit_gif(
    current: ArrayLike, spikes: Spikes, membrane: LIF, before: ArrayLike = 0.0, dt: float = 1.0
) -> GIF:
    """Fit a GIF neuron to spike times under steps of current.

    The after-potential has six bumps, from the next bin to 150 ms. The ridge is chosen on whole steps.

    Parameters
    ----------
    current, spikes, before
        As for `snnlab.neurons.step_response`; four steps at least.
    membrane
        Its `tau_m`, `r_m` and `v_rest` are kept.
    dt : float
        Length of a bin, ms; short enough for one spike at most.

    Examples
    --------
    >>> from snnlab.neurons import simulate_adaptive_lif_exact, AdaptiveLIF
    >>> current = np.linspace(0.2, 0.5, 8)
    >>> spikes = simulate_adaptive_lif_exact(current[None], AdaptiveLIF(beta=4.0), dt=500)
    >>> gif = fit_gif(current, spikes, LIF())
    >>> print(gif.fit.weights.size, bool(0 < gif.softness < 5))
    7 True
    """
    dt, membrane = positive("dt", dt), check_lif(membrane)
    basis = raised_cosines(6, first=0, last=150, dt=dt)
    design = gif_design(current, spikes, membrane, before, basis, dt)
    chosen = choose_ridge(design.x, design.y, _RIDGES, LINK, _FOLDS, design.starts)
    return GIF(membrane, dt, basis, fit_glm(design.x, design.y, LINK, chosen.ridge))


def gif_response(
    current: ArrayLike,
    spikes: Spikes,
    gif: GIF,
    before: ArrayLike = 0.0,
    runs: int = 200,
    *,
    rng: np.random.Generator,
) -> GIFResponse:
    """Send the currents of an experiment into a GIF neuron and compare its waits with those of the cell.

    Parameters
    ----------
    current, spikes, before
        As for `snnlab.neurons.step_response`.
    gif
        The model.
    runs : int
        How often each step is repeated.
    rng
        For each step a number is drawn from it.

    Examples
    --------
    >>> from snnlab.neurons import simulate_adaptive_lif_exact, AdaptiveLIF
    >>> current = np.linspace(0.2, 0.5, 8)
    >>> spikes = simulate_adaptive_lif_exact(current[None], AdaptiveLIF(beta=4.0), dt=500)
    >>> found = gif_response(current, spikes, fit_gif(current, spikes, LIF()), rng=np.random.default_rng(1))
    >>> print(f"{found.median.interval_error:.1f}")
    0.1
    """
    experiment, rng, runs = Experiment(current, spikes, before), generator(rng), whole("runs", runs, least=1)
    weight, after = gif.fit.weights[0], filter_of(gif.basis, gif.fit.weights[1:])
    bins = round(LONGEST * spikes.duration / gif.dt)
    on = round(spikes.duration / gif.dt)
    waits = np.empty((experiment.waits.size, runs))
    counts = np.zeros(experiment.current.size)
    for k, (i, i_before) in enumerate(zip(experiment.current, experiment.before, strict=True)):
        n = int(experiment.first[k + 1] - experiment.first[k])
        drive = gif.fit.intercept + weight * passive(gif.membrane, i, i_before, bins, gif.dt)
        y = simulate_glm(np.repeat(drive[:, None], runs, axis=1), after, LINK, gif.dt, rng=rng).y
        counts[k] = y[:on].sum() / runs
        waits[experiment.first[k] : experiment.first[k] + n] = _first_waits(y, n, gif.dt)
    single = [response_of(experiment, one, counts).interval_error for one in waits.T]
    return GIFResponse(response_of(experiment, np.median(waits, axis=1), counts), float(np.mean(single)))


def passive(membrane: LIF, i: float, before: float, bins: int, dt: float) -> np.ndarray:
    """Potential over rest in the middle of each bin after a step from `before` to `i`, mV, shape (bins,)."""
    gone = np.exp(-(np.arange(bins) + 0.5) * dt / membrane.tau_m)
    return membrane.r_m * (i + (before - i) * gone)


def gif_design(
    current: ArrayLike, spikes: Spikes, membrane: LIF, before: ArrayLike, basis: np.ndarray, dt: float
) -> Design:
    """The design matrix of steps, one trial each: the passive potential, and what came before."""
    experiment = Experiment(current, spikes, before)
    n, bins = experiment.current.size, round(spikes.duration / dt)
    steps = zip(experiment.current, experiment.before, strict=True)
    potentials = [passive(membrane, i, i_before, bins, dt) for i, i_before in steps]
    return design_matrix([spikes[k : k + 1] for k in range(n)], dt, potentials, self_basis=basis)


def _first_waits(y: np.ndarray, n: int, dt: float) -> np.ndarray:
    """The first `n` waits of each run, ms, shape (n, runs); the longest for one that never came."""
    waits = np.full((n, y.shape[1]), len(y) * dt)
    for run, train in enumerate(y.T):
        times = (np.flatnonzero(train)[:n] + 0.5) * dt
        waits[: times.size, run] = np.diff(times, prepend=0.0)
    return waits
