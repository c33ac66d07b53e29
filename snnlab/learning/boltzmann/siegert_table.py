r"""Siegert's rates from a table, for networks that ask for millions of them.

The formula is an integral for each rate. Of one kind of neuron its value depends on two numbers, the mean of
the free potential and its scatter, so it is computed once on a grid of both, and between the points of the
grid it is taken for linear in each. Below the grid next to nothing fires, and beyond its other edges, which
is rare, the formula itself is computed.
"""

from typing import NamedTuple

import numpy as np

from snnlab.compiling import kernel
from snnlab.neurons.models.lif_parameters import LIF, check_lif
from snnlab.neurons.populations.siegert_inputs import run, step

__all__ = ["SiegertTable", "table_of_rates"]

# in ways from rest to threshold
LOW, HIGH, EACH = -20.0, 30.0, 0.05  # means, above rest, and the step between them
WIDEST, EACH_SCATTER = 5.0, 0.1  # the largest scatter, and the step from 0 on


class SiegertTable(NamedTuple):
    """Rates on a grid.

    Examples
    --------
    >>> table_of_rates(LIF()).rates.shape
    (1001, 51)
    """

    rates: np.ndarray
    """Hz, shape (means, scatters)."""
    neuron: LIF
    """Whose rates they are."""
    unit: float
    """The way from rest to threshold, mV."""


def table_of_rates(neuron: LIF) -> SiegertTable:
    """The rates of one kind of neuron.

    Parameters
    ----------
    neuron
        Its numbers, with `v_rest` below `v_th`.

    Examples
    --------
    >>> from snnlab.neurons.populations.siegert_inputs import free_potential, siegert_rate_of_inputs
    >>> table, out = table_of_rates(LIF()), np.empty(1)
    >>> mean, sigma = free_potential([3000.0], [[0.3]])
    >>> look_up(mean, sigma, table, out)
    >>> print(f"{out[0]:.1f} Hz, {siegert_rate_of_inputs([3000.0], [[0.3]])[0]:.1f} Hz")
    28.1 Hz, 28.0 Hz
    """
    neuron = check_lif(neuron)
    unit = neuron.v_th - neuron.v_rest
    if unit <= 0:
        raise ValueError(f"v_rest must be below v_th ({neuron.v_th:g} mV), got {neuron.v_rest:g}")
    means = neuron.v_rest + unit * np.arange(LOW, HIGH + EACH / 2, EACH)
    scatters = unit * np.arange(0.0, WIDEST + EACH_SCATTER / 2, EACH_SCATTER)
    mean, sigma = np.meshgrid(means, scatters, indexing="ij")
    rates = np.empty(mean.shape)
    run(mean.ravel(), sigma.ravel(), rates.reshape(-1), neuron)
    return SiegertTable(rates, neuron, unit)


@kernel
def look_up(mean, sigma, table, out):
    """The rate of each mean and scatter, mV, into `out`, Hz."""
    rates, neuron, unit = table
    for k in range(mean.size):
        x = ((mean[k] - neuron.v_rest) / unit - LOW) / EACH
        y = sigma[k] / unit / EACH_SCATTER
        if y >= rates.shape[1] - 1 or x >= rates.shape[0] - 1:
            out[k] = step(mean[k], sigma[k], neuron)
        elif x < 0.0:  # four scatters and more below threshold
            out[k] = 0.0
        else:
            i, j = int(x), int(y)
            right, up = x - i, y - j
            below = (1.0 - right) * rates[i, j] + right * rates[i + 1, j]
            above = (1.0 - right) * rates[i, j + 1] + right * rates[i + 1, j + 1]
            out[k] = (1.0 - up) * below + up * above
