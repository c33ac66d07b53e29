r"""Brunel's map: the rate of his network in mean field, and one of its points run.

The mean field knows one number, the rate $\nu$ that brings about itself (`snnlab.networks.brunel_rate`). It
does not know whether the neurons fire together, nor how regularly: for that a network has to be run.

Source: N. Brunel (2000), Journal of Computational Neuroscience 8, 183–208, figure 2.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array
from snnlab.compiling import kernel
from snnlab.networks.brunel_network import NEURON, check_brunel, mean_field_rate
from snnlab.networks.cells.rows import NoRows
from snnlab.networks.experiments.sparse_cells import DT, SparseNetwork, check_sparse
from snnlab.networks.experiments.sparse_cells import work as room_for
from snnlab.networks.experiments.sparse_network import (
    SETTLING,
    SparseActivity,
    measures,
    recorded,
    run_sparse,
)
from snnlab.neurons.time_grid import whole_steps
from snnlab.random import seed_from
from snnlab.records import blank, read

__all__ = ["SMALL", "MeanField", "brunel_map", "brunel_point", "run_point"]

SMALL = SparseNetwork(n_exc=1000, n_inh=250, k_exc=100, k_inh=25, w=0.5, g=5.0, eta=2.0)
"""A tenth of Brunel's neurons and inputs, with five times his jumps."""


class MeanField(NamedTuple):
    """What the mean field says.

    Examples
    --------
    >>> MeanField(expected=20.0).expected
    20.0
    """

    expected: float
    """The rate that brings about itself, Hz."""


def brunel_point(
    g: float, eta: float, duration: float = 400.0, *, rng: np.random.Generator | np.uint64
) -> tuple[SparseActivity, MeanField]:
    """One point of the map: the small network run, and its mean field.

    Parameters
    ----------
    g : float
        How many times stronger an inhibitory synapse is.
    eta : float
        Rate of the input from outside.
    duration : float
        How long it runs, ms; the first 100 ms are not measured.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Examples
    --------
    >>> seen, theory = brunel_point(6.0, 2.0, rng=np.random.default_rng(1))
    >>> print(f"{seen.rate_exc:.0f} Hz, in mean field {theory.expected:.0f} Hz")
    46 Hz, in mean field 46 Hz
    """
    net = check_sparse(SMALL._replace(g=g, eta=eta))
    steps = whole_steps(duration, DT)
    if steps * DT < SETTLING + 2.0:
        raise ValueError(f"duration must be longer than {SETTLING:g} ms, got {duration:g} ms")
    seen, theory = recorded(net, steps, 1), blank(MeanField)
    run_point(
        seen, theory, room_for(net, steps), measures(net), net, NEURON, NoRows(), 1, SETTLING,
        seed_from(rng),
    )  # fmt: skip
    return read(seen), read(theory)


@kernel
def run_point(seen, theory, work, told, net, neuron, rows, every, settling, seed):
    """The network, and the rate that its mean field expects."""
    run_sparse(seen, work, told, net, neuron, rows, every, settling, seed)
    theory.expected[0] = mean_field_rate(net.g, net.eta, net.k_exc, net.w, neuron)


def brunel_map(g: ArrayLike, eta: ArrayLike, *, n_exc: int = 10_000, w: float = 0.1) -> np.ndarray:
    """The rate of Brunel's model A in mean field, at all pairs of the two numbers.

    Parameters
    ----------
    g : array of shape (columns,)
        How many times stronger an inhibitory synapse is than an excitatory one.
    eta : array of shape (rows,)
        Rates of the input from outside, as for `brunel`.
    n_exc, w
        As for `brunel`.

    Returns
    -------
    array of shape (rows, columns)
        Rates in Hz; each is that of `brunel_rate`.

    Examples
    --------
    >>> from snnlab.networks import brunel_rate
    >>> bool(abs(brunel_map([5.0], [2.0])[0, 0] - brunel_rate(5.0, 2.0)) < 1e-9)
    True
    """
    g, eta = (finite_array(name, x, (1,), "(n,)") for name, x in (("g", g), ("eta", eta)))
    _, _, n_exc, w = check_brunel(g.min(initial=0.0), eta.min(initial=0.0), n_exc, w)
    rates = np.empty((eta.size, g.size))
    _fill(rates, g, eta, n_exc // 10, w, NEURON)
    return rates


@kernel
def _fill(rates, g, eta, c_exc, w, neuron):
    """Row after row."""
    for r in range(eta.size):
        for c in range(g.size):
            rates[r, c] = mean_field_rate(g[c], eta[r], c_exc, w, neuron)
