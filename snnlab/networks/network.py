"""Networks: populations that send spikes to each other.

    net = Network(exc=Population(3200, LIF(...)), inh=Population(800, LIF(...)), rng=rng)
    net.connect("exc", "inh", fixed_probability(p=0.02), w=0.1, delay=1.5)
    run = net.run(1000)

What is given from outside is a population too: `Spikes` in place of a `Population` fire when they say.
"""

from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from snnlab.checks import finite_array, non_negative, positive, true_or_false, whole
from snnlab.machine_memory import refuse_beyond_memory
from snnlab.networks.cells.cells import LONGEST, Cells, NetworkState, at_rest
from snnlab.networks.cells.population import Population
from snnlab.networks.cells.short_term import TsodyksMarkram, check_short_term
from snnlab.networks.cells.synapses import in_ring
from snnlab.networks.members import members_of
from snnlab.networks.running.built import Built
from snnlab.networks.running.continued import connections_then, continued, deliver_by, older_bytes
from snnlab.networks.running.delivery import rows_for
from snnlab.networks.running.events import type_of_weights
from snnlab.networks.running.loop import Given, given_of
from snnlab.networks.running.network_run import NetworkRun, Record, parts_of, recorded_columns, watched_of
from snnlab.networks.running.one_delay import Fans
from snnlab.networks.running.poisson_drive import Drives, drives_of
from snnlab.networks.running.projections import Projection, asked_for, between, counted_through
from snnlab.networks.running.shares import shared_bytes
from snnlab.networks.running.simulation import (
    Loop,
    general_loop,
    loop_in_threads,
    loop_of_one_delay,
    simulated,
    work_of_a_step,
)
from snnlab.networks.running.threads import as_many_as_there_are
from snnlab.networks.wiring.connections import Connections
from snnlab.networks.wiring.recipe import Recipe, Undrawn
from snnlab.networks.wiring.rule import Rule
from snnlab.networks.wiring.weighting import TruncatedNormal
from snnlab.neurons.time_grid import whole_steps
from snnlab.random import generator, seed_from
from snnlab.spikes import Spikes

__all__ = ["Network"]

_MOST = 1e5  # spikes of a drive a step and neuron: to draw one number takes as many comparisons


class Network:
    """Populations, connections between them, and what drives them.

    Parameters
    ----------
    dt : float
        Time step, ms. Delays are multiples of it.
    rng : numpy.random.Generator, optional
        Where rules of connection and Poisson drives take their random numbers from, in the order in which
        they are called.
    dtype
        Of potentials, currents and weights: float64, or float32 for half the memory and up to twice the
        speed. A network that goes on firing soon fires other spikes then, at the same rates.
    **populations : Population or Spikes
        Each under the name by which it is connected and found again. `Spikes` come from outside: as many
        units that fire when they say.

    Examples
    --------
    >>> net = Network(out=Population(1), into=Spikes([10.0], duration=100))
    >>> net.connect("into", "out", Connections([0], [0], [0.5], [1.5], 1, 1))
    >>> run = net.run(100, record={"out": [0]})
    >>> v = run["out"].v[:, 0]
    >>> print(f"{v.max():.2f} mV at {(v.argmax() + 1) * 0.1:.1f} ms")
    -57.13 mV at 20.7 ms
    """

    def __init__(
        self,
        *,
        dt: float = 0.1,
        rng: np.random.Generator | None = None,
        dtype: DTypeLike = np.float64,
        **populations: Population | Spikes,
    ):
        self.dt = positive("dt", dt)
        self._rng = None if rng is None else generator(rng)
        self._dtype = type_of_weights(dtype)
        self._members = members_of(populations, self.dt)
        self._projections: list[Projection] = []
        self._drives: list[tuple[str, float, float]] = []
        self._longest = 0.0  # delay, ms
        self._kept: Built | None = None

    def connect(
        self,
        pre: str,
        post: str,
        connections: Connections | Rule | Recipe,
        *,
        w: ArrayLike | TruncatedNormal | None = None,
        delay: ArrayLike | TruncatedNormal | None = None,
        short_term: TsodyksMarkram | None = None,
    ) -> None:
        """Add connections from one population to another, or to itself.

        Parameters
        ----------
        pre, post : str
            The population that fires and the one that is told.
        connections
            `Connections`, or a rule such as `fixed_probability` that makes them, of weight 1 and delay 1 ms;
            or a `Recipe` of very many, which are drawn when a run needs them.
        w : float, array of shape (synapses,), or TruncatedNormal, optional
            Weights in the unit of the synapses of `post`, in place of those of `connections`: in their order,
            so an array is for `Connections`, which a rule gives as well when it is called.
        delay : float, array of shape (synapses,), or TruncatedNormal, optional
            Delays, ms, in place of those of `connections`.
        short_term : TsodyksMarkram, optional
            Short-term plasticity: each spike brings the share u x of the weight.

        Examples
        --------
        >>> net = Network(cells=Population(3))
        >>> net.connect("cells", "cells", Connections([0, 1], [1, 2], [1, 1], [1, 1], 3, 3), w=0.2, delay=2.0)
        >>> net.n_synapses
        2
        """
        synapses = asked_for(self._members, pre, post, connections, w, delay, self._rng, self.dt)
        if short_term is not None:
            if isinstance(synapses, Undrawn):
                raise ValueError("short_term must be left out for a recipe, got one")
            short_term = check_short_term(short_term)
        self._projections.append(Projection(pre, post, synapses, short_term))
        self._longest = max(self._longest, self._projections[-1].longest)
        self._kept = None

    def connections(self, pre: str | None = None, post: str | None = None) -> Connections:
        """All synapses from one population to another, as `degrees` or `shortest_cycle` take them.

        Parameters
        ----------
        pre, post : str, optional
            The population that fires and the one that is told. Both left out, it is the whole network: its
            neurons are counted through, population after population, units of given `Spikes` last.

        Examples
        --------
        >>> from snnlab.networks import degrees, one_to_one
        >>> net = Network(cells=Population(3))
        >>> net.connect("cells", "cells", Connections([0, 1], [1, 2], [1, 1], [1, 1], 3, 3), w=0.2)
        >>> net.connect("cells", "cells", one_to_one(), w=-0.1)
        >>> lines = net.connections("cells", "cells")
        >>> print(lines.w, degrees(lines).inward)
        [ 0.2  0.2 -0.1 -0.1 -0.1] [1 2 2]
        """
        if pre is None or post is None:
            if pre != post:
                raise ValueError(f"pre and post must both be given or left out, got {pre!r} and {post!r}")
            return counted_through(self._all(), self._members.offsets(), self._members.sources)
        n_pre, n_post = self._members.size(pre, "pre"), self._members.neurons_of(post, "post").n
        return between(self._all(), pre, post, n_pre, n_post)

    def drive(self, post: str, rate: float, w: float) -> None:
        """Give each neuron of a population a Poisson train of its own.

        Parameters
        ----------
        post : str
            The population.
        rate : float
            Spikes a second that each neuron gets, Hz: of 1000 inputs of 8 Hz it is 8000.
        w : float
            Weight of a spike, in the unit of the synapses of `post`.

        Examples
        --------
        >>> net = Network(cells=Population(100), rng=np.random.default_rng(1))
        >>> net.drive("cells", rate=2000.0, w=0.1)
        >>> run = net.run(1000)
        >>> bool(run["cells"].spikes.n_spikes > 0)
        True
        """
        self._members.neurons_of(post, "post")
        weight = float(finite_array("w", w, (0,), "()"))
        self._generator()
        most = 1000.0 * _MOST / self.dt
        if non_negative("rate", rate) > most:
            raise ValueError(f"rate must be at most {most:g} Hz ({_MOST:g} spikes a step), got {rate:g}")
        self._drives.append((post, float(rate), weight))

    def __repr__(self) -> str:
        return f"Network({self._members}; {self.n_synapses} synapses)"

    @property
    def n_synapses(self) -> int:
        """How many synapses there are."""
        return sum(projection.n for projection in self._all())

    def _all(self) -> list[Projection]:
        return self._projections

    def memory(self, duration: float = 0.0, record: Record | None = None, threads: int = 1) -> float:
        """What a run takes, in bytes, without its spikes: 40 a spike come on top.

        With one delay for all synapses it may be less. Only sorting tells, which takes memory: after a run.

        Parameters
        ----------
        duration : float
            Of the run, ms.
        record, threads
            As in `run`.

        Examples
        --------
        >>> Network(cells=Population(1000)).memory() < 2e6
        True
        """
        steps, n = whole_steps(non_negative("duration", duration), self.dt), self._members.n
        columns = sum(x.size for own in watched_of(record, self._members.neurons) for x in own.values())
        lists = self._kept is not None and self._fans() is not None
        under_way = 8.0 * self._rows() + 32.0 if lists else 40.0 * self._rows()  # a row for each step, or one
        of_a_neuron = 156.0 + under_way + 52.0  # state, what is under way, copies of them, buffers
        of_a_step = 16.0 * columns + 8.0 * (len(self._members.neurons) + 2)  # values twice, rates
        others = 8e5 + 56.0 * sum(spikes.n_spikes for spikes in self._members.given.values())  # and buffers
        others += 28.0 * (self._members.sources - n)  # who sends without being simulated
        threads = as_many_as_there_are(whole("threads", threads, 1))
        others += shared_bytes(n, self._members.sources, round(self._longest / self.dt), threads)
        of_synapses = sum(projection.bytes for projection in self._all())
        return of_synapses + n * of_a_neuron + of_a_step * steps + others

    def run(
        self,
        duration: float,
        *,
        record: Record | None = None,
        start: NetworkState | None = None,
        progress: bool = False,
        threads: int = 1,
    ) -> NetworkRun:
        """Simulate, from time 0 on unless `start` is given.

        Each run draws its Poisson drives anew from `rng`, so two runs of one network differ.

        Parameters
        ----------
        duration : float
            ms, rounded to whole steps. Ctrl-C ends it earlier and keeps what there is.
        record
            For each population of which values are recorded, the neurons, from 0:
            ``{"exc": [0, 1]}`` keeps potential, excitation, inhibition and adaptation of two. What is kept
            for many neurons may be chosen: ``{"exc": {"v": range(800)}}`` keeps their potentials alone.
        start : NetworkState, optional
            The ``state`` of an earlier run of the same network: go on from there, as if that run had been
            longer, to the last bit. The times of spikes count from the start of each run, those of given
            `Spikes` from the start of the first.
        progress : bool
            Whether a line on the standard error says how far it is.
        threads : int
            How many threads share the work at most, one for each core. The spikes are the same. They wait for
            one another once a delay: it pays with tens of thousands of neurons, and where something else
            keeps a core busy two may be slower than one. A network can be shared out where all are LIF
            neurons, those of a population alike; where all synapses have one delay, of ten steps or more at
            best, and never change; where a neuron has one weight for all; and where no spikes are given.

        Returns
        -------
        NetworkRun
            By name of the population, and the state.

        Raises
        ------
        ValueError
            If it would take more memory than the machine has.

        Examples
        --------
        >>> Network(cells=Population(1, i=0.3)).run(1000)["cells"].spikes
        Spikes(63 spikes of 1 unit in 1000 ms, 63.0 Hz a unit)
        >>> chosen = Network(cells=Population(50)).run(10, record={"cells": {"v": range(50)}})["cells"]
        >>> chosen.v.shape, chosen.excitation.shape
        ((100, 50), (100, 0))
        """
        steps = whole_steps(non_negative("duration", duration), self.dt)
        threads = as_many_as_there_are(whole("threads", threads, 1))
        watched = watched_of(record, self._members.neurons)
        needed = self.memory(duration, record, threads) + older_bytes(start, self._projections)
        refuse_beyond_memory("the network must fit into memory: it takes", needed)
        cells, offsets, state = self._built().cells, self._members.offsets(), self._begun(start)
        if (begin := int(state.step[0])) + steps > LONGEST:
            raise ValueError(f"a network can do at most {LONGEST:g} steps in all, got {begin + steps:g}")
        columns = recorded_columns(watched, list(offsets.values()))
        drives = self._driven(offsets)
        loop = self._loop(state, cells, drives, self._fired, threads)
        work = work_of_a_step(self._members.n, drives, self._fired, self.n_synapses / self._members.sources)
        when, who, values = simulated(steps, state, loop, work, *columns, true_or_false("progress", progress))
        parts = parts_of(list(self._members.neurons), cells.first, when, who, values, watched, begin, self.dt)
        return NetworkRun(dict(parts), state, len(values) * self.dt)

    def initial_state(self) -> NetworkState:
        """The state at time 0, to be changed with ``_replace`` and given to `run` as `start`.

        Neurons are counted through, population after population.

        Examples
        --------
        >>> net = Network(cells=Population(2))
        >>> state = net.initial_state()
        >>> run = net.run(1.0, start=state._replace(excitation=np.array([0.0, 0.5])))
        >>> print(np.round(run.state.excitation, 3))
        [0.    0.409]
        """
        return self._rest()

    def _rest(self, draws: bool = True, rows: int = 1) -> NetworkState:
        """The state at time 0, its ring of `rows` at least; who does not begin there `draws` no seed."""
        seed = seed_from(self._generator()) if self._drives and draws else np.uint64(0)
        n, waits = self._members.n, self._rows()
        ring = np.zeros((rows if self._fans() else waits, 2 * n), self._dtype)
        # Of the state that nobody begins with only the shape is looked at: no room is made for it.
        waiting = np.zeros((waits, n), np.int32) if draws else np.broadcast_to(np.int32(0), (waits, n))
        senders, drives = self._built().short_term.senders.size, len(self._drives)
        rest = at_rest(list(self._members.neurons.values()), ring, waiting, drives, senders, seed, self.dt)
        return rest._replace(connected=len(self._projections))

    def _begun(self, start: NetworkState | None) -> NetworkState:
        """The state that a run moves on; `start` may be older than the last connections."""
        if start is None:
            return self._rest()
        then = connections_then(start, now := len(self._projections))
        state = continued(start, self._rest(False, self._rows() if then < now else 1))
        old = Built(self._projections[:then], self._members, self.dt, self._dtype) if then < now else None
        deliver_by(old or self._built(), state, then < now)
        return state._replace(connected=now)

    def _fans(self) -> Fans | None:
        """The synapses as the loop of one delay takes them, or None if it cannot run the network."""
        if self._fired.ids.size:
            return None
        built = self._built()
        return None if built.short_term.senders.size else built.fans

    def _loop(self, state: NetworkState, cells: Cells, drives: Drives, given: Given, threads: int) -> Loop:
        """What moves `state` on: the fastest loop that can run the network."""
        built, fans = self._built(), self._fans()
        if fans is None:
            return general_loop(state, cells, built.events, built.short_term, drives, given)
        if threads == 1 or fans.late == 0:
            return loop_of_one_delay(state, cells, fans, drives)
        return loop_in_threads(state, cells, fans, built.shares(fans, threads), drives)

    def _built(self) -> Built:
        """The synapses, kept until one is added."""
        if self._kept is None:
            self._kept = Built(self._projections, self._members, self.dt, self._dtype)
        return self._kept

    def _generator(self) -> np.random.Generator:
        if self._rng is None:
            raise ValueError("rng must be given to a network with a Poisson drive, got None")
        return self._rng

    def _rows(self) -> int:
        return rows_for(round(self._longest / self.dt))

    def _driven(self, offsets: dict[str, int]) -> Drives:
        parts = [(offsets[post], self._members.neurons[post].n, rate, w) for post, rate, w in self._drives]
        w = [in_ring(self._members.neurons[post].synapses, w) for post, _, w in self._drives]
        return drives_of(parts, self._members.n, self.dt)._replace(w=np.array(w, float))

    @cached_property
    def _fired(self) -> Given:
        """What is given from outside, sorted once."""
        begin, given = self._members.offsets(), self._members.given
        return given_of(list(given.values()), [begin[name] for name in given], self.dt)
