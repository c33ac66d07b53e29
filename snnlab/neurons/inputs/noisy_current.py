r"""White noise in the current: the many small inputs that nobody has counted.

A membrane under a mean current and noise that knows nothing of its own past,

$$ \tau_m \frac{dv}{dt} = -(v - v_{rest}) + R\, i + \sigma \sqrt{2 \tau_m}\, \xi(t) $$

If it never fired, its potential would scatter around $v_{rest} + R\, i$ with the standard deviation
$\sigma$: that is why the noise is written so. In steps of $\Delta t$, with $d = e^{-\Delta t / \tau_m}$, the
current of each step is the mean plus a normal random number with the standard deviation

$$ s = \frac{\sigma}{R} \sqrt{\frac{1 + d}{1 - d}} $$

The shorter the step, the larger $s$: noise that is new in every step averages out the faster. With this $s$
the scatter is $\sigma$ whatever the step.

Source: W. Gerstner et al. (2014), Neuronal Dynamics, section 8.1; the factor follows from the exact step of
`snnlab.neurons.models.lif`.
"""

import math

import numpy as np

from snnlab.checks import as_real, non_negative, positive, whole
from snnlab.compiling import kernel
from snnlab.neurons.models.lif_parameters import LIF, check_lif
from snnlab.random import normal, seed_from

__all__ = ["noisy_current"]


def noisy_current(
    mean: float,
    sigma: float,
    duration: float,
    n_units: int = 1,
    *,
    neuron: LIF = LIF(),
    dt: float = 0.1,
    rng: np.random.Generator,
) -> np.ndarray:
    """A current with white noise, each neuron its own.

    Parameters
    ----------
    mean : float
        The mean current, nA.
    sigma : float
        How far the noise scatters the potential of `neuron` if it never fires, standard deviation in mV.
    duration : float
        How long, ms; in whole steps.
    n_units : int
        Number of independent currents.
    neuron
        Whose resistance and time constant turn `sigma` into a current.
    dt : float
        The step in ms, the one that the neuron is then simulated with.
    rng
        The source of chance, for example ``np.random.default_rng(1)``. One number is drawn from it.

    Returns
    -------
    array of shape (steps, n_units)
        Current in nA.

    Raises
    ------
    ValueError
        If there are more than 100 million numbers.

    Examples
    --------
    >>> from snnlab.neurons import simulate_lif
    >>> i = noisy_current(0.0, 2.0, 10_000, rng=np.random.default_rng(1))
    >>> print(f"{simulate_lif(i).v.std():.1f} mV")
    2.0 mV
    """
    mean, sigma, neuron = as_real("mean", mean), non_negative("sigma", sigma), check_lif(neuron)
    duration, dt, n_units = non_negative("duration", duration), positive("dt", dt), whole("n_units", n_units)
    seed = seed_from(rng)
    steps = math.floor(non_negative("duration / dt", duration / dt) + 1e-9)
    if steps * n_units > 1e8:
        numbers = min(steps * n_units, 1e300)
        raise ValueError(f"duration times n_units must be at most 1e8 steps, got {numbers:g}")
    i = np.empty((steps, n_units))
    run(i, mean, spread_in_step(sigma, neuron.tau_m, neuron.r_m, dt), seed)
    return i


@kernel
def spread_in_step(sigma, tau_m, r_m, dt):
    """The standard deviation of the current in a step, nA."""
    decay = math.exp(-dt / tau_m)
    return sigma / r_m * math.sqrt((1.0 + decay) / (1.0 - decay))


@kernel
def step(mean, spread, chance):
    """The current in a step, from a normal random number."""
    return mean + spread * chance


@kernel
def run(i, mean, spread, seed):
    """The currents of all neurons; that of neuron k does not depend on how many there are."""
    steps, n = i.shape
    for t in range(steps):
        for k in range(n):
            i[t, k] = step(mean, spread, normal(seed, np.uint64(k), np.uint64(t)))
