"""What a run of a network that learns returns."""

from collections.abc import Mapping, Sequence

from snnlab.networks.running.network_run import NetworkRun
from snnlab.networks.running.projections import Projection, between
from snnlab.networks.wiring.connections import Connections

__all__ = ["LearningRun"]


class LearningRun(NetworkRun):
    """What all populations did, each found by its name, and the synapses as they were at the end.

    Examples
    --------
    A spike that fires a neuron in the step in which it arrives:

    >>> from snnlab import Spikes
    >>> from snnlab.learning import STDP, LearningNetwork
    >>> from snnlab.networks import DeltaJumps, Population, one_to_one
    >>> net = LearningNetwork(into=Spikes([10.0], duration=50), cells=Population(1, synapses=DeltaJumps()))
    >>> net.connect("into", "cells", one_to_one(), w=16.0, learn=STDP(w_max=20.0, zero_plus=1.0))
    >>> print(net.connections("into", "cells").w, net.run(50).connections("into", "cells").w)
    [16.] [16.2]
    """

    def __init__(self, run: NetworkRun, projections: Sequence[Projection], sizes: Mapping[str, int]):
        super().__init__(dict(run), run.state, run.duration)
        self._projections, self._sizes = projections, sizes

    def connections(self, pre: str, post: str) -> Connections:
        """All synapses from one population to another, with the weights at the end of the run.

        Parameters
        ----------
        pre, post : str
            The population that fires and the one that is told.
        """
        for argument, name in (("pre", pre), ("post", post)):
            if name not in self._sizes:
                raise ValueError(f"{argument} must be one of {', '.join(self._sizes)}, got {name!r}")
        return between(self._projections, pre, post, self._sizes[pre], self._sizes[post])
