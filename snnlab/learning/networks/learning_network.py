"""Networks whose synapses learn.

    net = LearningNetwork(exc=Population(800), inh=Population(200), rng=rng)
    net.connect("exc", "exc", fixed_probability(0.1), w=0.05, delay=1.5, learn=STDP(w_max=0.1))
    run = net.run(1000)
    run.connections("exc", "exc").w

All else is as in a `Network`.
"""

from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import checked
from snnlab.learning.networks.learning_loop import go_on_learning
from snnlab.learning.networks.learning_run import LearningRun
from snnlab.learning.networks.learning_synapses import (
    LearningProjection,
    LearningSynapses,
    at_start,
    learning_synapses,
)
from snnlab.learning.rules.stdp_parameters import STDP
from snnlab.networks.cells.cells import Cells, NetworkState, NothingLearned
from snnlab.networks.cells.short_term import TsodyksMarkram
from snnlab.networks.network import Network
from snnlab.networks.running.delivery import rows_for
from snnlab.networks.running.loop import Given, Recording
from snnlab.networks.running.network_run import Record
from snnlab.networks.running.one_delay import Fans
from snnlab.networks.running.poisson_drive import Drives
from snnlab.networks.running.projections import Projection, asked_for
from snnlab.networks.running.simulation import Loop
from snnlab.networks.wiring.connections import Connections
from snnlab.networks.wiring.recipe import Recipe
from snnlab.networks.wiring.rule import Rule
from snnlab.networks.wiring.weighting import TruncatedNormal

__all__ = ["LearningNetwork"]

_BYTES = 64  # of a synapse that learns, beyond those of another


class LearningNetwork(Network):
    """A `Network` in which synapses can learn by pair STDP.

    Parameters
    ----------
    dt, rng, dtype, **populations
        As for a `Network`.

    Examples
    --------
    Two inputs; what `first` sends comes 5 ms before the spikes that a strong input brings about:

    >>> from snnlab import Spikes
    >>> from snnlab.networks import DeltaJumps, Population, one_to_one
    >>> times = np.arange(20.0, 1000.0, 50.0)
    >>> net = LearningNetwork(
    ...     first=Spikes(times - 5.0, duration=1000), last=Spikes(times + 5.0, duration=1000),
    ...     strong=Spikes(times, duration=1000), cells=Population(1, synapses=DeltaJumps()))
    >>> for name in ("first", "last"):
    ...     net.connect(name, "cells", one_to_one(), w=0.5, delay=0.1, learn=STDP(lambda_=0.1))
    >>> net.connect("strong", "cells", one_to_one(), w=20.0, delay=0.1)
    >>> run = net.run(1000)
    >>> print(run.connections("first", "cells").w, run.connections("last", "cells").w)
    [1.] [0.]
    """

    _learning: tuple[LearningProjection, ...] = ()
    _built_learning: tuple[LearningSynapses, np.ndarray] | None = None

    def connect(
        self,
        pre: str,
        post: str,
        connections: Connections | Rule | Recipe,
        *,
        w: ArrayLike | TruncatedNormal | None = None,
        delay: ArrayLike | TruncatedNormal | None = None,
        short_term: TsodyksMarkram | None = None,
        learn: STDP | None = None,
    ) -> None:
        """Add connections from one population to another, or to itself.

        Parameters
        ----------
        pre, post, connections, w, delay, short_term
            As for a `Network`.
        learn : STDP, optional
            The rule by which the weights learn. They have to be from 0 to its `w_max`, or all of them from
            ``-w_max`` to 0: then the amount of inhibition learns. Where all are 0, they excite; what is to
            inhibit begins with -1e-12. The delay is that of the axon: a presynaptic spike acts,
            and meets the rule, when it arrives; a postsynaptic spike at once. The weights that come out stand
            in ``run.connections(pre, post).w``, in the same order after each run; a curve of them is had by
            running in parts, with ``start=run.state``.
        """
        if learn is None:
            super().connect(pre, post, connections, w=w, delay=delay, short_term=short_term)
            return
        if short_term is not None:
            raise ValueError("short_term must be left out where learn is given, got both")
        rule = checked("learn", learn, STDP)
        asked = asked_for(self._members, pre, post, connections, w, delay, self._rng, self.dt)
        lines = Projection(pre, post, asked).lines
        least, most = lines.w.min(initial=0.0), lines.w.max(initial=0.0)
        if least < 0.0 < most:
            raise ValueError(f"w must be of one sign where synapses learn, got {least:g} and {most:g}")
        if max(most, -least) > rule.w_max:
            raise ValueError(
                f"w must be at most w_max ({rule.w_max:g}) where synapses learn, got {max(most, -least):g}"
            )
        self._learning += (LearningProjection(Projection(pre, post, lines), rule),)
        self._built_learning = None

    def memory(self, duration: float = 0.0, record: Record | None = None, threads: int = 1) -> float:
        """What a run takes, in bytes, without its spikes: 40 a spike come on top.

        Parameters
        ----------
        duration : float
            Of the run, ms.
        record, threads
            As in `run`.

        Examples
        --------
        >>> from snnlab.networks import Population
        >>> LearningNetwork(cells=Population(1000)).memory(100.0) < 2e6
        True
        """
        learning = [learning.projection.lines for learning in self._learning]
        delays = [np.unique(lines.delay) for lines in learning]
        traces = sum(
            16.0 * (late.size * lines.n_pre + lines.n_post)
            for late, lines in zip(delays, learning, strict=True)
        )
        # who has fired waits in a ring until all that learn have heard it, and is counted for each delay
        longest = max((late.max(initial=0.0) for late in delays), default=0.0)
        rows = rows_for(round(longest / self.dt)) + sum(late.size for late in delays)
        traces += 4.0 * (self._members.n + self._most_given) * rows
        synapses = sum(lines.pre.size for lines in learning)
        return super().memory(duration, record, threads) + traces + _BYTES * synapses

    def run(
        self,
        duration: float,
        *,
        record: Record | None = None,
        start: NetworkState | None = None,
        progress: bool = False,
        threads: int = 1,
    ) -> LearningRun:
        """Simulate.

        Parameters
        ----------
        duration, record, start, progress, threads
            As for a `Network`. A run that goes on from the ``state`` of another one goes on from the weights
            that were learned there.

        Returns
        -------
        LearningRun
            By name of the population; the state; and the connections as they are at the end.
        """
        run = super().run(duration, record=record, start=start, progress=progress, threads=threads)
        _, order = self._synapses()
        w = np.empty(order.size)
        w[order] = run.state.learned.w
        ends, learned = 0, []
        for projection, rule in self._learning:
            begin, ends = ends, ends + projection.lines.pre.size
            # Conductances of inhibition are positive, and come back as they were given; w_max, rounded to
            # single precision, may be above w_max.
            sign = -1.0 if (projection.lines.w < 0).any() else 1.0
            lines = projection.lines._replace(w=sign * np.minimum(np.abs(w[begin:ends]), rule.w_max) + 0.0)
            learned.append(projection._replace(held=lines))
        sizes = {name: self._members.size(name, "pre") for name in self._members.offsets()}
        return LearningRun(run, [*self._projections, *learned], sizes)

    def _all(self) -> list[Projection]:
        return [*self._projections, *(learning.projection for learning in self._learning)]

    def _synapses(self) -> tuple[LearningSynapses, np.ndarray]:
        """Those that learn, and where each of them stood when it was given; kept until one is added."""
        if self._built_learning is None:
            offsets, n = self._members.offsets(), self._members.n
            self._built_learning = learning_synapses(
                self._learning, offsets, self._members.neurons, n, self.dt, self._dtype
            )
        return self._built_learning

    @cached_property
    def _most_given(self) -> int:
        """How many given spikes come in one step, at most."""
        steps = self._fired.steps  # sorted
        ends = np.flatnonzero(np.diff(steps, append=steps[-1:] + 1))
        return int(np.diff(ends, prepend=-1).max(initial=0))

    def _fans(self) -> Fans | None:
        return None

    def _rest(self, draws: bool = True, rows: int = 1) -> NetworkState:
        room = self._members.n + self._most_given
        return super()._rest(draws, rows)._replace(learned=at_start(self._synapses()[0], room))

    def _loop(self, state: NetworkState, cells: Cells, drives: Drives, given: Given, threads: int) -> Loop:
        # One thread, whatever is asked for.
        learned, built = state.learned, self._built()
        synapses, _ = self._synapses()
        synapses = synapses._replace(events=synapses.events._replace(w=learned.w))
        moving = state._replace(
            learned=NothingLearned()
        )  # the same arrays, of a type for which kernels are there
        ids, struck = np.empty(state.v.size, np.int32), np.empty(synapses.told[-1], np.int32)
        found = np.empty(synapses.late.size * learned.fired.shape[1], np.int32)

        def loop(steps: int, recording: Recording) -> int:
            return go_on_learning(
                steps, moving, learned, cells, built.events, built.short_term, synapses, drives, given,
                recording, ids, struck, found,
            )  # fmt: skip

        return loop
