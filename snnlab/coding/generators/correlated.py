r"""Poisson spike trains that share some of their spikes.

One *mother* train of rate $r / c$ is drawn. Each unit copies each of its spikes with probability $c$, by a
coin of its own. So every unit is a Poisson train of rate $r$, and the counts of any two units in the same
window have the correlation

$$ \frac{\mathrm{Cov}(n_1, n_2)}{\mathrm{Var}(n)} = \frac{c^2\, (r / c)\, T}{r\, T} = c $$

Source: A. Kuhn, A. Aertsen and S. Rotter (2003), Neural Computation 15, 67–101, where it is called the
multiple interaction process.
"""

import numpy as np

from snnlab.checks import fraction, non_negative, whole
from snnlab.coding.generators.bernoulli import step
from snnlab.coding.generators.poisson import poisson_spikes
from snnlab.coding.trains import draw_trains
from snnlab.compiling import kernel
from snnlab.random import seed_from, uniform
from snnlab.spikes import Spikes

__all__ = ["correlated_spikes"]


def correlated_spikes(
    rate: float, correlation: float, duration: float, n_units: int, *, rng: np.random.Generator
) -> Spikes:
    """Draw Poisson trains whose counts are correlated, all pairs alike.

    Parameters
    ----------
    rate : float
        Expected spikes a second of every unit, Hz.
    correlation : float
        Of the counts of two units, from 0 (independent) to 1 (the same train).
    duration : float
        Length of every train, ms.
    n_units : int
        Number of trains.
    rng
        The source of chance, for example ``np.random.default_rng(1)``.

    Returns
    -------
    Spikes
        Shared spikes come at exactly the same time.

    Raises
    ------
    ValueError
        If more than 100 million spikes are expected.

    Examples
    --------
    >>> spikes = correlated_spikes(20, 1.0, 1000, 2, rng=np.random.default_rng(1))
    >>> bool((spikes[0] == spikes[1]).all())
    True
    """
    correlation, n_units = fraction("correlation", correlation), whole("n_units", n_units)
    if correlation == 0.0:
        return poisson_spikes(rate, duration, n_units, rng=rng)
    rate = non_negative("rate", rate)
    mother = poisson_spikes(rate / correlation, duration, rng=rng)
    seed = seed_from(rng)
    return draw_trains(
        lambda times, units: _copy(mother.times, times, units, n_units, correlation, seed),
        correlation * mother.n_spikes * n_units,
        n_units,
        mother.duration,
    )


@kernel
def _copy(mother, times, units, n_units, p, seed):
    """Each unit's copies of the mother's spikes; returns their number, even beyond the room given."""
    count = 0
    for k in range(n_units):
        nth = 0
        at = step(uniform(seed, np.uint64(k), np.uint64(nth)), p)
        while at < mother.size:
            if count < times.size:
                times[count] = mother[int(at)]
                units[count] = k
            count += 1
            nth += 1
            at += 1.0 + step(uniform(seed, np.uint64(k), np.uint64(nth)), p)
    return count
