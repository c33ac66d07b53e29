r"""Short-term plasticity: a synapse that tires, or warms up, from one spike to the next.

A synapse has *resources*, vesicles that wait to be released. A share $x$ of them is there; a spike uses the
share $u$ of these, and what reaches the other neuron is the weight times $u x$. Used resources come back with
$\tau_{rec}$. Each spike also raises $u$, which falls back with $\tau_{facil}$:

$$ \dot u = -\frac{u}{\tau_{facil}}, \qquad \dot x = \frac{1 - x}{\tau_{rec}}; \qquad
\text{spike:}\ u \mathrel{+}= U (1 - u), \quad x \mathrel{-}= u x $$

so a spike after rest releases $U$. If resources come back slowly, each spike of a burst does less than the
one before: *depression*. If $U$ is small and $u$ falls slowly, each does more: *facilitation*. Between two
spikes both equations have an exact solution. In a regular train of interval $T$ they end at

$$ u = \frac{U}{1 - (1 - U)\, e^{-T/\tau_{facil}}}, \qquad
x = \frac{1 - e^{-T/\tau_{rec}}}{1 - (1 - u)\, e^{-T/\tau_{rec}}} $$

Source: M. Tsodyks, A. Uziel and H. Markram (2000), Journal of Neuroscience 20, RC50, with $\tau_{in}$ so
short that no resources are on their way.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import NonNegative, Positive, checked, fraction
from snnlab.checks_of_spikes import be_spikes
from snnlab.compiling import kernel
from snnlab.spikes import Spikes

__all__ = ["ShortTermRun", "TsodyksMarkram", "simulate_short_term"]


class TsodyksMarkram(NamedTuple):
    """The numbers of a synapse with short-term plasticity; at first those of one that tires.

    Examples
    --------
    >>> TsodyksMarkram(use=0.15, tau_rec=130.0, tau_facil=530.0).tau_facil
    530.0
    """

    use: Annotated[float, fraction] = 0.5
    """U, the share of its resources that a spike releases after rest."""
    tau_rec: Positive = 800.0
    """Time in which resources come back, ms."""
    tau_facil: NonNegative = 0.0
    """Time in which the share falls back, ms; 0 for a share that is always U."""


class ShortTermRun(NamedTuple):
    """What a simulation returns, one number for each spike.

    Examples
    --------
    >>> run = simulate_short_term(Spikes([0.0, 20.0], duration=100), TsodyksMarkram(use=0.4))
    >>> print(run.released.round(3))
    [0.4   0.244]
    """

    u: np.ndarray
    """The share of what is left that the spike releases, shape (spikes,)."""
    x: np.ndarray
    """The share of the resources that is there when it comes, shape (spikes,)."""
    released: np.ndarray
    """u x, the share of all resources that it releases: what the weight is multiplied by, shape (spikes,)."""


def check_short_term(synapse: TsodyksMarkram) -> TsodyksMarkram:
    """`synapse` with every number a valid float."""
    return checked("short_term", synapse, TsodyksMarkram)


def simulate_short_term(spikes: Spikes, synapse: TsodyksMarkram = TsodyksMarkram()) -> ShortTermRun:
    """What each presynaptic spike releases at a synapse that starts rested.

    Parameters
    ----------
    spikes
        Presynaptic spikes; those of each unit meet a synapse of their own.
    synapse
        Its numbers.

    Returns
    -------
    ShortTermRun
        In the order of ``spikes.times``.

    Examples
    --------
    A burst at a synapse that warms up:

    >>> burst = Spikes([0.0, 20.0, 40.0, 60.0], duration=100)
    >>> simulate_short_term(burst, TsodyksMarkram(0.1, 100.0, 500.0)).released.round(3)
    array([0.1  , 0.171, 0.207, 0.215])
    """
    be_spikes("spikes", spikes)
    synapse = check_short_term(synapse)
    u, x = np.empty((2, spikes.n_spikes))
    run(u, x, spikes.times, spikes.units, rested(spikes.n_units), *rates(synapse))
    return ShortTermRun(u, x, u * x)


class Resources(NamedTuple):
    """What is left of the last spike of each synapse, arrays of shape (synapses,)."""

    u: np.ndarray
    """u after it."""
    x: np.ndarray
    """x after it."""
    last: np.ndarray
    """When it was."""


def rested(n: int) -> Resources:
    """`n` synapses that have had no spike."""
    return Resources(np.zeros(n), np.ones(n), np.zeros(n))


def rates(synapse: TsodyksMarkram, unit: float = 1.0) -> tuple[float, float, float]:
    """U, and how fast u falls back and resources come back, per `unit` of ms."""
    falls = unit / synapse.tau_facil if synapse.tau_facil else math.inf
    return synapse.use, falls, unit / synapse.tau_rec


@kernel
def step(u, x, since, use, falls, recovers):
    """The u and x that a spike meets, from what the last one left `since` ago."""
    u = u * math.exp(-since * falls) if falls < math.inf else 0.0
    x = 1.0 - (1.0 - x) * math.exp(-since * recovers)
    return u + use * (1.0 - u), x


@kernel
def release(j, t, resources, use, falls, recovers):
    """A spike at time `t` comes to synapse `j`; returns the u and x that it meets."""
    u, x = step(resources.u[j], resources.x[j], t - resources.last[j], use, falls, recovers)
    resources.u[j], resources.x[j], resources.last[j] = u, x - u * x, t
    return u, x


@kernel
def run(u, x, times, units, resources, use, falls, recovers):
    """All spikes, one after the other; writes the u and x that each of them meets."""
    for k in range(len(times)):
        u[k], x[k] = release(units[k], times[k], resources, use, falls, recovers)
