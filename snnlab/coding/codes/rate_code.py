r"""The rate code: a value says how often a neuron fires, by chance.

A value $x$ from $a$ to $b$ sets the rate of a Poisson train, and the count in a time $T$ reads it back:

$$ r(x) = r_{max}\, \frac{x - a}{b - a}, \qquad \hat x = a + (b - a)\, \frac{n}{r_{max} T} $$

A count of expectation $\mu$ scatters by $\sqrt\mu$, so the error falls slowly with the time that is spent, or
with the spikes:

$$ \sqrt{\langle (\hat x - x)^2 \rangle} = \frac{b - a}{r_{max} T} \sqrt{r(x)\, T} $$

Source: W. Gerstner and W. M. Kistler (2002), Spiking Neuron Models, section 1.5.
"""

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import positive
from snnlab.checks_of_spikes import be_spikes
from snnlab.coding.generators.poisson import poisson_spikes
from snnlab.coding.values import shares, value_range
from snnlab.random import generator
from snnlab.spikes import Spikes

__all__ = ["decode_rates", "encode_rates"]


def encode_rates(
    values: ArrayLike,
    r_max: float,
    duration: float,
    low: float = 0.0,
    high: float = 1.0,
    *,
    rng: np.random.Generator,
) -> Spikes:
    """A Poisson train for each value, the faster the larger it is.

    Parameters
    ----------
    values : array of shape (n,)
        From `low` to `high`.
    r_max : float
        Rate of the value `high`, Hz; the value `low` is silent.
    duration : float
        Length of the trains, ms.
    low, high : float
        The ends of the range.
    rng
        The source of chance, for example ``np.random.default_rng(1)``.

    Returns
    -------
    Spikes
        n units.

    Examples
    --------
    >>> spikes = encode_rates([0.0, 0.5, 1.0], r_max=100, duration=10_000, rng=np.random.default_rng(1))
    >>> print((spikes.rates / 10).round())
    [ 0.  5. 10.]
    """
    rng = generator(rng)
    share = shares(values, low, high)
    every = poisson_spikes(positive("r_max", r_max), positive("duration", duration), share.size, rng=rng)
    kept = rng.random(every.n_spikes) < share[every.units]  # a train thinned by chance stays a Poisson train
    return Spikes(every.times[kept], every.units[kept], n_units=share.size, duration=every.duration)


def decode_rates(spikes: Spikes, r_max: float, low: float = 0.0, high: float = 1.0) -> np.ndarray:
    """The value behind the number of spikes of each unit.

    Parameters
    ----------
    spikes
        Trains of one or more units.
    r_max, low, high : float
        As they were when the spikes were made; `r_max` in Hz.

    Returns
    -------
    array of shape (n_units,)
        Beyond `high` if more spikes came than `r_max` lets expect; NaN if no time was counted.

    Examples
    --------
    >>> print(decode_rates(Spikes([10, 20, 30], [0, 0, 1], duration=100), r_max=40))
    [0.5  0.25]
    """
    r_max, (low, high) = positive("r_max", r_max), value_range(low, high)
    be_spikes("spikes", spikes)
    with np.errstate(over="ignore"):  # ∞, if the rate is beyond a float
        return low + (high - low) * (spikes.rates / r_max)
