"""What is read from a file together with what the file says of it: names, places, when it was.

`Spikes` and `Events` are bare, so that everything takes them; here stands beside them what only a reader of a
file knows.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from snnlab.data.csv_table import CSVTable
from snnlab.data.events import Events
from snnlab.spikes import Spikes

__all__ = ["EventFile", "SpikeFile", "Sweeps"]


class SpikeFile(NamedTuple):
    """Spikes of a file, and what it says of them.

    Examples
    --------
    >>> spikes = Spikes([10.0, 20.0], [0, 1], duration=50)
    >>> found = SpikeFile(spikes, ({"name": "PV"}, {"name": "SST"}), start=2000.0, notes={})
    >>> print([about["name"] for about in found.units], found.spikes[1] + found.start)
    ['PV', 'SST'] [2020.]
    """

    spikes: Spikes
    """All units, from the start of the file's recording."""
    units: tuple[Mapping[str, Any], ...] = ()
    """What the file says of each unit, in their order; empty if it says nothing."""
    start: float = 0.0
    """What the clock of the file said at time 0 of `spikes`, ms."""
    notes: Mapping[str, Any] = {}
    """What the file says of the whole."""


class EventFile(NamedTuple):
    """Events of a file, and what it says of them.

    Examples
    --------
    >>> import numpy as np
    >>> found = EventFile(Events(*np.zeros((4, 3))), width=40, height=30)
    >>> found.size
    40
    """

    events: Events
    """The events, from the first one on."""
    width: int
    """Columns of the camera; the largest that sent an event, and one more, if the file does not say it."""
    height: int
    """Rows of the camera, likewise."""
    start: float = 0.0
    """What the clock of the file said at the first event, ms."""
    notes: Mapping[str, Any] = {}
    """What the file says of the whole."""

    @property
    def size(self) -> int:
        """Rows and columns of the smallest square that holds the camera, as `event_counts` takes it."""
        return max(self.width, self.height)


class Sweeps(NamedTuple):
    """Sweeps of a file, each a table of channels.

    Examples
    --------
    >>> import numpy as np
    >>> table = CSVTable(np.zeros((100, 2)), ("Vm", "I"), ("mV", "nA"))
    >>> Sweeps([table, table], dt=0.1).dt
    0.1
    """

    tables: list[CSVTable]
    """Of each sweep the channels, in mV and nA where they are potentials and currents."""
    dt: float
    """Time between samples, ms."""
    step: tuple[float, float] | None = None
    """Start and end of the step of current, ms, where the file says it."""
    name: str = ""
    """What was recorded, or an empty text."""
    notes: Mapping[str, Any] = {}
    """What the file says of the whole."""
