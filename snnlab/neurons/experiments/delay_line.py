r"""A delay line: where does a sound come from? Neurons that fire when both ears speak at once.

A sound from the left reaches the right ear later, by the *interaural delay* $\Delta$. The fibres of both ears
fire in step with the tone. The axon of the left ear takes longer to each next neuron of a row, that of the
right ear less long, so that neuron $k$ hears the left ear later by $d_k$ than the right. Spikes that left
both ears $\Delta$ apart arrive there together if

$$ d_k = \Delta $$

Each neuron is leaky and forgets within a fraction of a millisecond, so it fires for what comes together.
Which neuron fires most says where the sound is.

Source: L. A. Jeffress (1948), Journal of Comparative and Physiological Psychology 41, 35–39.
"""

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import affordable, as_real, finite_array, fraction, non_negative, positive, whole
from snnlab.checks_of_spikes import be_spikes
from snnlab.neurons.models.lif_parameters import LIF, check_lif
from snnlab.neurons.models.lif_synaptic_exact import simulate_lif_synaptic_exact
from snnlab.random import generator
from snnlab.spikes import Spikes

__all__ = ["delay_line", "ear_spikes", "interaural_delay"]

_QUICK = LIF(tau_m=0.3, t_ref=1.0)


def ear_spikes(
    delay: float,
    *,
    frequency: float = 500.0,
    duration: float = 100.0,
    fibres: int = 10,
    jitter: float = 0.1,
    fires: float = 0.7,
    rng: np.random.Generator,
) -> tuple[Spikes, Spikes]:
    """The fibres of both ears under a tone.

    Parameters
    ----------
    delay : float
        By how much later the right ear hears it, ms; negative if it hears it first.
    frequency : float
        Of the tone, Hz.
    duration : float
        How long it lasts, ms.
    fibres : int
        How many there are from each ear.
    jitter : float
        How far a spike is from its place in the cycle, standard deviation, ms.
    fires : float
        The probability that a fibre fires in a cycle.
    rng
        The source of chance, for example ``np.random.default_rng(1)``.

    Returns
    -------
    left, right : Spikes
        One unit for each fibre. The tone starts early enough for every spike to come after time 0.

    Examples
    --------
    >>> left, right = ear_spikes(0.2, jitter=0, fires=1, fibres=1, rng=np.random.default_rng(1))
    >>> print((right[0] - left[0]).round(9)[:3])
    [0.2 0.2 0.2]
    """
    delay, jitter = as_real("delay", delay), non_negative("jitter", jitter)
    frequency, duration = positive("frequency", frequency), positive("duration", duration)
    fibres, fires = whole("fibres", fibres, least=1), fraction("fires", fires)
    rng = generator(rng)
    period = 1000.0 / frequency
    affordable(fibres * (duration / period + 1.0))
    cycles, early = int(duration / period + 1e-9), abs(delay) + 8.0 * jitter
    end = duration + 2.0 * early

    def ear(late: float) -> Spikes:
        crest = early + late + period * np.arange(cycles)[:, None]
        times = crest + jitter * rng.standard_normal((cycles, fibres))
        heard = (rng.random(times.shape) < fires) & (times >= 0.0) & (times < end)
        units = np.broadcast_to(np.arange(fibres), times.shape)
        return Spikes(times[heard], units[heard], n_units=fibres, duration=end)

    return ear(-0.5 * delay), ear(0.5 * delay)


def delay_line(
    left: Spikes, right: Spikes, delays: ArrayLike, w: float = 0.07, neuron: LIF = _QUICK, tau_s: float = 0.1
) -> np.ndarray:
    """How often each neuron of the row fires.

    Parameters
    ----------
    left, right : Spikes
        The fibres of both ears, as from `ear_spikes`.
    delays : array of shape (n,)
        By how much longer the left ear's spikes take to each neuron than the right ear's, ms.
    w : float
        By how much each spike raises the current of a neuron, nA.
    neuron
        The numbers of all neurons.
    tau_s : float
        Time constant of the current, ms.

    Returns
    -------
    array of int of shape (n,)
        Spikes of each neuron.

    Examples
    --------
    >>> left, right = ear_spikes(0.2, rng=np.random.default_rng(1))
    >>> counts = delay_line(left, right, [-0.2, 0.2])
    >>> bool(counts[1] > 2 * counts[0])
    True
    """
    delays, w = finite_array("delays", delays, (1,), "(n,)"), as_real("w", w)
    neuron, tau_s = check_lif(neuron), positive("tau_s", tau_s)
    for name, spikes in (("left", left), ("right", right)):
        be_spikes(name, spikes)
    longest = float(np.max(np.abs(delays), initial=0.0))
    units = np.concatenate([left.units, right.units + left.n_units])
    n_units, end = left.n_units + right.n_units, max(left.duration, right.duration) + 2.0 * longest
    weights = np.full(n_units, w)
    counts = np.zeros(delays.size, np.int64)
    for k, delay in enumerate(delays):
        times = np.concatenate([left.times + longest + 0.5 * delay, right.times + longest - 0.5 * delay])
        arrive = Spikes(times, units, n_units=n_units, duration=end)
        counts[k] = simulate_lif_synaptic_exact(arrive, weights, neuron=neuron, tau_s=tau_s).n_spikes
    return counts


def interaural_delay(counts: ArrayLike, delays: ArrayLike) -> float:
    """Where the row is busiest: the mean delay of all neurons that fire at least half as much as the busiest.

    Parameters
    ----------
    counts : array of shape (n,)
        As from `delay_line`.
    delays : array of shape (n,)
        The delay of each neuron, ms.

    Returns
    -------
    float
        The interaural delay that they tell, ms; NaN if no neuron fired.

    Examples
    --------
    >>> round(interaural_delay([0, 4, 9, 8, 1], [-0.2, -0.1, 0.0, 0.1, 0.2]), 9)
    0.05
    """
    fired, delays = finite_array("counts", counts, (1,), "(n,)"), finite_array("delays", delays, (1,), "(n,)")
    if fired.shape != delays.shape:
        raise ValueError(f"delays must have one number for each of {fired.size} counts, got {delays.size}")
    if not fired.any():
        return float("nan")
    return float(delays[fired >= 0.5 * fired.max()].mean())
