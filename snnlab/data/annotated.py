"""What is read from a file together with what the file says of it: names, places, when it was.

`Spikes` and `Events` are bare, so that everything takes them; here stands beside them what only a reader of a
file knows.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from snnlab.checks import checked
from snnlab.data.csv_table import CSVTable
from snnlab.data.events import Events
from snnlab.spikes import Spikes

__all__ = ["EventFile", "SpikeFile", "Sweeps", "check_spike_file"]


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


def check_spike_file(source: Spikes | SpikeFile) -> SpikeFile:
    """`source` as a `SpikeFile` that tells something of each unit, or of none.

    Parameters
    ----------
    source
        What to check.

    Examples
    --------
    >>> check_spike_file(SpikeFile(Spikes([10.0], duration=50), ({}, {})))
    Traceback (most recent call last):
    ...
    ValueError: units must be empty or of each of the 1 unit of spikes, got 2
    """
    if isinstance(source, Spikes):
        return SpikeFile(source)
    if not isinstance(source, SpikeFile):
        raise TypeError(f"source must be Spikes, a SpikeFile or a Recording, got {type(source).__name__}")
    source = checked("source", source, SpikeFile)
    many = source.spikes.n_units
    if source.units and len(source.units) != many:
        units = f"{many} unit{'s' * (many != 1)}"
        raise ValueError(f"units must be empty or of each of the {units} of spikes, got {len(source.units)}")
    return source


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
