r"""How many times faster a network could be on several cores that wait for each other in every step.

Neurons are dealt out to $K$ cores like cards. In a step a core delivers the spikes that its own neurons
hear, one unit of work a synapse, and, if a clock moves it, updates each of its neurons, one unit a neuron. A
step is over when the busiest core is done. With $L_{tk}$ the work of core $k$ in step $t$ the network cannot
be faster than one core by more than

$$ \frac{\sum_t \sum_k L_{tk}}{\sum_t \max_k L_{tk}} $$

which is $K$ if all have as much to do in every step, as the neurons of a deep layer have. How long it takes
to tell the other cores of a spike is left out, so it is a bound.
"""

import numpy as np

from snnlab.checks import positive, true_or_false, whole
from snnlab.checks_of_spikes import be_spikes
from snnlab.networks.wiring.connections import Connections, check_connections
from snnlab.spikes import Spikes

__all__ = ["shared_work"]


def shared_work(
    spikes: Spikes, connections: Connections, cores: int, dt: float = 0.1, *, clocked: bool = True
) -> float:
    """How many times faster than one core, at most.

    Parameters
    ----------
    spikes
        What the network has fired, a unit a neuron.
    connections
        Within the network.
    cores : int
        How many, at least 1. Core k has the neurons k, k + K, k + 2 K and so on.
    dt : float
        Time step, ms.
    clocked : bool
        Whether each neuron is updated in each step, or only its spikes are delivered.

    Returns
    -------
    float
        NaN if there is nothing to do.

    Examples
    --------
    >>> lines = Connections(np.zeros(3, int), np.array([1, 2, 3]), np.ones(3), np.ones(3), 4, 4)
    >>> spikes = Spikes([5.0], units=[0], n_units=4, duration=10)
    >>> shared_work(spikes, lines, 2, clocked=False)  # neurons 1 and 3 share a core, which has two to do
    1.5
    """
    be_spikes("spikes", spikes)
    lines, cores, dt = check_connections(connections), whole("cores", cores, 1), positive("dt", dt)
    if not lines.n_pre == lines.n_post == spikes.n_units:
        raise ValueError(
            f"connections must be within the {spikes.n_units} neurons that fire, got {lines.n_pre} to "
            f"{lines.n_post}"
        )
    heard = np.zeros((lines.n_pre, cores))  # by each core, of a spike of each neuron
    np.add.at(heard, (lines.pre, lines.post % cores), 1.0)
    work = spikes.counts(dt) @ heard  # of each core in each step
    if true_or_false("clocked", clocked):
        work += np.bincount(np.arange(lines.n_post) % cores, minlength=cores)
    busiest = work.max(axis=1).sum()
    return float(work.sum() / busiest) if busiest else float("nan")
