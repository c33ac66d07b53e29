"""The synapses of a network as its loops take them: made when a run first needs them, kept for the next."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from snnlab.networks.cells.cells import Cells, cells_of
from snnlab.networks.members import Members
from snnlab.networks.running.drawn_rows import drawn_rows, has_recipes
from snnlab.networks.running.events import Events
from snnlab.networks.running.one_delay import Fans, fans_of
from snnlab.networks.running.projections import Projection, merged
from snnlab.networks.running.shares import Shares, shared_out
from snnlab.networks.running.short_term_delivery import ShortTerm, short_term_of

__all__ = ["Built"]


class Built:
    """The synapses of these projections."""

    def __init__(self, projections: Sequence[Projection], members: Members, dt: float, dtype: np.dtype):
        self._always = [projection for projection in projections if not projection.short_term]
        self._changing = [projection for projection in projections if projection.short_term]
        self._members, self._dt, self._dtype = members, dt, dtype
        self._shares: Shares | None = None

    @cached_property
    def cells(self) -> Cells:
        """The numbers of the populations."""
        return cells_of(list(self._members.neurons.values()), self._dt, self._dtype)

    @cached_property
    def events(self) -> Events:
        """Synapses that stay the same."""
        offsets, (neurons, n) = self._members.offsets(), (self._members.neurons, self._members.n)
        begin = [offsets[projection.pre] for projection in self._always]
        sources = self._members.sources
        make = drawn_rows if has_recipes(self._always) else merged
        return make(self._always, begin, offsets, neurons, n, sources, self._dt, self._dtype)

    @cached_property
    def fans(self) -> Fans | None:
        """The same for the loop of one delay, or None where it cannot run them."""
        return fans_of(self.events, self._members.n, self.cells.kind)

    @cached_property
    def short_term(self) -> ShortTerm:
        """Synapses with short-term plasticity."""
        offsets, (neurons, n) = self._members.offsets(), (self._members.neurons, self._members.n)
        return short_term_of(self._changing, offsets, neurons, n, self._dt, self._dtype)

    def shares(self, fans: Fans, threads: int) -> Shares:
        """The fans shared out among threads."""
        if self._shares is None or len(self._shares.begin) != threads:
            self._shares = shared_out(fans, self.cells.first, threads)
        return self._shares
