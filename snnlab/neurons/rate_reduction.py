r"""Where the rate model fails: a population of spiking neurons and its rate model under one sine.

Both get the current $i(t) = i_0 + a \sin(2 \pi F t)$. In each, the part of the rate that goes with it is one
complex number, how strong and how late. For $N$ neurons that fire at the times $t_f$ during $T$, whole
cycles, and for a rate model with the time constant $\tau$,

$$ G = \frac{2}{a\, N\, T} \sum_f e^{-j (2 \pi F t_f - \pi / 2)}, \qquad
G_r = \frac{1}{1 + 2 \pi j F \tau}\;
\frac{2}{a\, T} \int_0^T f(i(t))\, e^{-j (2 \pi F t - \pi / 2)}\, dt $$

For a slow sine both are the slope of the f–I curve, $f'(i_0)$. How far $G$ and $G_r$ are apart, as a share of
that slope, is the error of the reduction. Chance alone makes $G$ scatter by $\sqrt{4 r / (N T)} / a$. For a
fast sine $G$ tends to $R\, r\, e^{-j \pi / 4} / (\sigma \sqrt{2 \pi F \tau_m})$: it falls with the root of
the frequency, and the rate model with the frequency itself.

Source: B. W. Knight (1972), Journal of General Physiology 59, 734–766; N. Brunel, F. S. Chance, N. Fourcaud
and L. F. Abbott (2001), Physical Review Letters 86, 2186–2189.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import as_real, finite_array, non_negative, positive, whole
from snnlab.neurons.lif_parameters import LIF, check_lif
from snnlab.neurons.lif_population import simulate_lif_population
from snnlab.neurons.siegert import siegert_rate

__all__ = ["SineResponse", "sine_response"]

_AROUND = 200  # currents in a cycle at which the f–I curve is taken


class SineResponse(NamedTuple):
    """What a population and its rate model do with sines of several frequencies; ``error`` compares the two.

    Examples
    --------
    >>> found = SineResponse(np.array([5.0]), np.array([400j]), np.array([300j]), 400.0, 1.0)
    >>> print(found.error)
    [0.25]
    """

    frequency: np.ndarray
    """Of the sine, Hz, shape (frequencies,)."""
    population: np.ndarray
    """Complex: its size is the change of the rate, Hz per nA, its angle how early it comes."""
    model: np.ndarray
    """The same of the rate model."""
    slope: float
    """Of the f–I curve at the mean current, Hz per nA: what a very slow sine gives."""
    scatter: float
    """By which chance moves `population`, standard deviation of its size, Hz per nA."""

    @property
    def error(self) -> np.ndarray:
        """How far the two are apart, as a share of the slope."""
        return np.abs(self.population - self.model) / self.slope


def sine_response(
    frequency: ArrayLike,
    mean: float,
    amplitude: float,
    sigma: float,
    tau: float,
    neuron: LIF = LIF(),
    *,
    n: int = 4000,
    duration: float = 2000.0,
    dt: float = 0.1,
    rng: np.random.Generator,
) -> SineResponse:
    """Let a population and its rate model follow the same sines.

    Parameters
    ----------
    frequency : array of shape (frequencies,)
        Of the sines, Hz; at least one cycle in `duration`.
    mean, amplitude : float
        Mean and size of the current, nA.
    sigma : float
        Noise of each neuron, standard deviation of its free potential, mV.
    tau : float
        Time constant of the rate model, ms; 0 for one that is stationary at every moment.
    neuron
        The numbers that all neurons have in common.
    n : int
        Number of neurons.
    duration : float
        How long each sine is looked at, ms, cut to whole cycles; ten time constants of the membrane and of
        `tau` pass before.
    dt : float
        Time step, ms.
    rng
        The source of chance, for example ``np.random.default_rng(1)``.

    Examples
    --------
    A rate model with the time constant of the membrane follows 2 Hz well, and 50 Hz too weakly:

    >>> found = sine_response([2, 50], 0.16, 0.01, 4.0, 20.0, n=1000, rng=np.random.default_rng(1))
    >>> print((np.abs(found.model) / np.abs(found.population)).round(1))
    [1.  0.2]
    """
    frequency, neuron = finite_array("frequency", frequency, (1,), "(frequencies,)"), check_lif(neuron)
    mean, amplitude, sigma = as_real("mean", mean), positive("amplitude", amplitude), positive("sigma", sigma)
    tau, n, dt = non_negative("tau", tau), whole("n", n, least=1), positive("dt", dt)
    duration = positive("duration", duration)
    if frequency.size == 0 or frequency.min() * duration < 1000.0 or frequency.max() * dt > 250.0:
        raise ValueError(
            f"frequency must be from {1000 / duration:g} Hz (a cycle in duration) to {250 / dt:g} Hz "
            f"(four steps a cycle), got {frequency if frequency.size else 'none'}"
        )
    before = 10.0 * max(neuron.tau_m, tau)
    if not (before + duration) / dt * n <= 1e11:
        raise ValueError(
            f"duration / dt times n must be at most 1e11, got about {(before + duration) / dt * n:g}"
        )
    phase = 2 * np.pi * np.arange(_AROUND) / _AROUND
    target = siegert_rate(mean + amplitude * np.sin(phase), sigma, neuron, dt)
    first = 2.0 * (target @ np.sin(phase)) / (amplitude * _AROUND)  # the part with the cosine is 0
    slope = float(np.diff(siegert_rate([mean - 1e-4, mean + 1e-4], sigma, neuron, dt))[0]) / 2e-4
    population, model = np.empty((2, frequency.size), complex)
    for k, hertz in enumerate(frequency):
        cycles = math.floor(duration * hertz / 1000.0 + 1e-9)
        length = cycles * 1000.0 / hertz
        middle = (np.arange(math.ceil((before + length) / dt)) + 0.5) * dt
        i = mean + amplitude * np.sin(2e-3 * np.pi * hertz * middle)
        spikes = simulate_lif_population(i, n, sigma, neuron, dt=dt, rng=rng)
        times = spikes.times[(spikes.times > before) & (spikes.times <= before + length)]
        population[k] = _harmonic(times, hertz).sum() * 2000.0 / (amplitude * n * length)
        model[k] = first / (1.0 + 2e-3j * np.pi * hertz * tau)
    rate_there = float(siegert_rate(mean, sigma, neuron, dt))
    scatter = math.sqrt(4000.0 * rate_there / (n * duration)) / amplitude
    return SineResponse(frequency, population, model, slope, scatter)


def _harmonic(times: np.ndarray, hertz: float) -> np.ndarray:
    """The phase factor of each time in ms, 1 where the sine has its peak."""
    return np.exp(-1j * (2e-3 * np.pi * hertz * times - np.pi / 2))
