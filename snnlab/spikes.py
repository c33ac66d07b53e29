r"""Spikes: the one container that every part of the course takes and returns.

All spikes of a neuron look alike, so a *spike train* is a list of times $t^{(1)} < t^{(2)} < \dots$:

$$ S(t) = \sum_f \delta(t - t^{(f)}) $$

`Spikes` holds the trains of several units in two flat arrays, sorted by time, and by unit where times are
equal. Source: W. Gerstner and W. M. Kistler (2002), Spiking Neuron Models, section 1.1.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import overload

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import affordable, entries, finite_array, non_negative, positive, whole
from snnlab.foreign_arrays import plain
from snnlab.work_and_memory import afford

__all__ = ["Spikes"]


class Spikes:
    """Spike times of one or several units, sorted by time.

    A `Spikes` is a sequence of trains: ``len(s)`` is the number of units (``s.n_spikes`` that of spikes),
    ``s[3]`` the times of unit 3, ``s[2:5]`` the `Spikes` of three units, and a loop goes over the trains. It
    is true when something fired. It never changes: its arrays are read-only, every method returns a new one.

    Parameters
    ----------
    times : array of shape (spikes,)
        Times in ms, from 0 to `duration`, in any order; an array with a unit of time is converted.
    units : array of int of shape (spikes,), optional
        From 0 to `n_units` − 1; all 0 if left out. Other ids: ``np.unique(ids, return_inverse=True)[1]``.
    n_units : int, optional
        Number of units, silent ones too. The largest unit + 1 if left out.
    duration : float
        How long was looked at, in ms.

    Examples
    --------
    >>> s = Spikes([30.0, 10.0, 20.0], units=[0, 0, 1], duration=100)
    >>> s
    Spikes(3 spikes of 2 units in 100 ms, 15.0 Hz a unit)
    >>> print(s.times, s.units)
    [10. 20. 30.] [0 1 0]
    >>> print(s[0])
    [10. 30.]
    """

    __slots__ = ("_duration", "_n_units", "_times", "_units")

    def __init__(
        self, times: ArrayLike, units: ArrayLike | None = None, *, n_units: int | None = None, duration: float
    ):
        times = finite_array("times", times, (1,), "(spikes,)", "ms")
        duration = non_negative("duration", plain("duration", duration, "ms"))
        units = np.zeros(times.size, np.int64) if units is None else _whole_array("units", units)
        if units.shape != times.shape:
            raise ValueError(f"units must be as many as times ({times.size}), got {units.size}")
        if n_units is None:
            n_units = int(units.max()) + 1 if units.size else 1
        n_units = whole("n_units", n_units)
        outside = (times < 0) | (times > duration)
        for rule, broken, values in (
            (f"times must be from 0 to duration ({duration:.15g} ms)", outside, times),
            (f"units must be from 0 to n_units - 1 ({n_units - 1})", (units < 0) | (units >= n_units), units),
        ):
            if broken.any():
                k = int(np.argmax(broken))
                raise ValueError(f"{rule}, got {values[k]:.15g} at position {k}")
        order = np.lexsort((units, times))
        self._fill(times[order], units[order], n_units, duration)

    def _fill(self, times: np.ndarray, units: np.ndarray, n_units: int, duration: float) -> None:
        times.flags.writeable = units.flags.writeable = False
        self._times, self._units, self._n_units, self._duration = times, units, n_units, duration

    @classmethod
    def _sorted(cls, times: np.ndarray, units: np.ndarray, n_units: int, duration: float) -> "Spikes":
        """For kernels, whose output is known to be valid and sorted: no check, no copy."""
        spikes = object.__new__(cls)
        spikes._fill(times, units, n_units, duration)
        return spikes

    def __reduce__(self):
        return Spikes._sorted, (self._times.copy(), self._units.copy(), self._n_units, self._duration)

    # What it holds

    @property
    def times(self) -> np.ndarray:
        """Times of all spikes in ms, sorted, shape (spikes,), read-only."""
        return self._times

    @property
    def units(self) -> np.ndarray:
        """The unit of each spike, int64, shape (spikes,), read-only."""
        return self._units

    @property
    def n_units(self) -> int:
        """Number of units, silent ones too."""
        return self._n_units

    @property
    def duration(self) -> float:
        """How long was looked at, in ms."""
        return self._duration

    @property
    def n_spikes(self) -> int:
        """Number of spikes of all units together."""
        return self._times.size

    @property
    def rates(self) -> np.ndarray:
        """Mean firing rate of each unit in Hz, shape (n_units,); NaN if the duration is 0.

        Examples
        --------
        >>> print(Spikes([10, 20, 30], [0, 0, 1], duration=100).rates)
        [20. 10.]
        """
        afford("n_units", numbers=2.0 * self._n_units)
        counts = np.bincount(self._units, minlength=self._n_units)
        return counts * (1000.0 / self._duration) if self._duration > 0 else np.full(self._n_units, np.nan)

    def __len__(self) -> int:
        return self._n_units

    def __bool__(self) -> bool:
        """Whether anything fired: ``if spikes:`` asks that, not whether there are units."""
        return self.n_spikes > 0

    def __iter__(self) -> Iterator[np.ndarray]:
        return iter(self.to_trains())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Spikes):
            return NotImplemented
        return (
            self._n_units == other._n_units
            and self._duration == other._duration
            and np.array_equal(self._times, other._times)
            and np.array_equal(self._units, other._units)
        )

    __hash__ = None  # type: ignore[assignment]  # equality looks into arrays

    def __repr__(self) -> str:
        spikes = f"{self.n_spikes} spike{'s' * (self.n_spikes != 1)}"
        units = f"{self._n_units} unit{'s' * (self._n_units != 1)}"
        mean = ""
        if self._n_units and self._duration > 0:
            mean = f", {self.n_spikes / self._n_units * 1000 / self._duration:.1f} Hz a unit"
        return f"Spikes({spikes} of {units} in {self._duration:g} ms{mean})"

    # Parts of it

    @overload
    def __getitem__(self, key: int | np.integer) -> np.ndarray: ...
    @overload
    def __getitem__(self, key: slice | Sequence[int] | np.ndarray) -> "Spikes": ...
    def __getitem__(self, key):
        """``s[3]``: the times of unit 3. ``s[1:4]``, ``s[[5, 2]]``: the `Spikes` of those, numbered anew."""
        if isinstance(key, int | np.integer) and not isinstance(key, bool):
            unit = key + self._n_units if key < 0 else key
            if not 0 <= unit < self._n_units:
                raise IndexError(f"unit must be from 0 to {self._n_units - 1}, got {key}")
            return self._times[self._units == unit]
        try:
            chosen = np.arange(self._n_units)[key]
        except IndexError:
            raise IndexError(f"units must be chosen from 0 to {self._n_units - 1}, got {key!r}") from None
        if chosen.ndim != 1 or np.unique(chosen).size != chosen.size:
            raise IndexError(f"units must be a slice or a list without repetitions, got {key!r}")
        new = np.full(self._n_units, -1)
        new[chosen] = np.arange(chosen.size)
        kept = new[self._units] >= 0
        return Spikes(self._times[kept], new[self._units[kept]], n_units=chosen.size, duration=self._duration)

    def between(self, start: float, stop: float) -> "Spikes":
        """The spikes from `start` up to, not including, `stop`, with times counted from `start`.

        A spike at the very end belongs to the last piece: ``stop = duration`` includes it.

        Parameters
        ----------
        start, stop : float
            In ms, 0 ≤ `start` ≤ `stop` ≤ `duration`.

        Returns
        -------
        Spikes
            With duration `stop` − `start`.

        Raises
        ------
        ValueError
            If the two are out of order or out of range.

        Examples
        --------
        >>> Spikes([10, 50, 90], duration=100).between(40, 100).times
        array([10., 50.])
        """
        start, stop = non_negative("start", start), non_negative("stop", stop)
        if not start <= stop <= self._duration:
            raise ValueError(
                f"start and stop must satisfy start <= stop <= {self._duration:g} ms, got {start:g}, {stop:g}"
            )
        last = self._times.size if stop == self._duration else np.searchsorted(self._times, stop)
        part = slice(np.searchsorted(self._times, start), last)
        return Spikes(
            self._times[part] - start, self._units[part], n_units=self._n_units, duration=stop - start
        )

    def merge(self, other: "Spikes", *more: "Spikes") -> "Spikes":
        """All spikes of several `Spikes` with the same units, in one, as long as the longest of them.

        Examples
        --------
        >>> Spikes([10], duration=50).merge(Spikes([5], duration=100))
        Spikes(2 spikes of 1 unit in 100 ms, 20.0 Hz a unit)
        """
        parts = _all_spikes((self, other, *more))
        if len({part._n_units for part in parts}) > 1:
            raise ValueError(f"spikes to merge must have the same n_units, got {[p._n_units for p in parts]}")
        return Spikes(
            np.concatenate([p._times for p in parts]),
            np.concatenate([p._units for p in parts]),
            n_units=self._n_units,
            duration=max(p._duration for p in parts),
        )

    @classmethod
    def stack(cls, parts: Iterable["Spikes"]) -> "Spikes":
        """Put several `Spikes` side by side: the units of the second come after those of the first.

        The result is as long as the longest of them.

        Examples
        --------
        >>> Spikes.stack([Spikes([10], duration=50), Spikes([5], duration=50)]).units
        array([1, 0])
        """
        parts = _all_spikes(parts)
        if not parts:
            raise ValueError("parts must hold at least one Spikes, got none")
        first = np.cumsum([0, *(p._n_units for p in parts)])
        return cls(
            np.concatenate([p._times for p in parts]),
            np.concatenate([p._units + k for p, k in zip(parts, first, strict=False)]),
            n_units=int(first[-1]),
            duration=max(p._duration for p in parts),
        )

    # Other forms

    def to_trains(self) -> list[np.ndarray]:
        """One array of times (ms) for each unit.

        Examples
        --------
        >>> Spikes([10, 20], [1, 1], duration=50).to_trains()
        [array([], dtype=float64), array([10., 20.])]
        """
        afford("n_units", numbers=20.0 * self._n_units)
        order = np.argsort(self._units, kind="stable")
        ends = np.cumsum(np.bincount(self._units, minlength=self._n_units))
        return np.split(self._times[order], ends[:-1]) if self._n_units else []

    @classmethod
    def from_trains(cls, trains: Iterable, *, duration: float) -> "Spikes":
        """From one list of times (ms) for each unit.

        Examples
        --------
        >>> Spikes.from_trains([[10, 20], []], duration=50)
        Spikes(2 spikes of 2 units in 50 ms, 20.0 Hz a unit)
        """
        trains = entries("trains", trains, "trains")
        trains = [finite_array(f"trains[{k}]", t, (1,), "(spikes,)", "ms") for k, t in enumerate(trains)]
        units = np.repeat(np.arange(len(trains)), [t.size for t in trains])
        times = np.concatenate(trains) if trains else np.empty(0)
        return cls(times, units, n_units=len(trains), duration=duration)

    def counts(self, bin_width: float) -> np.ndarray:
        """How many spikes fall into each bin.

        Bin $k$ goes from $k$ times `bin_width` up to, not including, the next; the last includes its end. A
        time that misses the next bin by no more than rounding errors belongs to that bin.

        Parameters
        ----------
        bin_width : float
            In ms. If it does not divide the duration, the last bin reaches beyond the end.

        Returns
        -------
        array of int64 of shape (bins, n_units)

        Raises
        ------
        ValueError
            If `bin_width` is not positive.

        Examples
        --------
        >>> Spikes([5, 15, 16], duration=30).counts(10).ravel()
        array([1, 2, 0])
        """
        bin_width = positive("bin_width", bin_width)
        end = non_negative("duration / bin_width", self._duration / bin_width)
        afford("duration / bin_width and n_units", numbers=2.0 * end * self._n_units)
        at = self._times / bin_width
        bins = int(np.ceil(end - bin_tolerance(end)))
        if not bins:
            return np.zeros((0, self._n_units), np.int64)
        which = np.minimum((at + bin_tolerance(at)).astype(np.int64), bins - 1)
        table = np.bincount(which * self._n_units + self._units, minlength=bins * self._n_units)
        return table.reshape(bins, self._n_units).astype(np.int64, copy=False)

    @classmethod
    def from_counts(cls, counts: ArrayLike, bin_width: float) -> "Spikes":
        """From numbers of spikes in bins; the spikes of a bin are spread evenly, the first at its start.

        Parameters
        ----------
        counts : array of int of shape (bins,) or (bins, n_units)
        bin_width : float
            In ms.

        Examples
        --------
        >>> Spikes.from_counts([1, 2, 0], bin_width=10).times
        array([ 0., 10., 15.])
        """
        bin_width = positive("bin_width", bin_width)
        counts = _whole_array("counts", counts, ndim=(1, 2), shape="(bins,) or (bins, n_units)")
        if (counts < 0).any():
            raise ValueError(f"counts must be zero or positive, got {counts.min()}")
        affordable(counts.sum(dtype=np.float64))
        table = counts if counts.ndim == 2 else counts[:, None]
        bins, units = np.nonzero(table)
        many = table[bins, units]
        nth = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
        times = (np.repeat(bins, many) + nth / np.repeat(many, many)) * bin_width
        return cls(times, np.repeat(units, many), n_units=table.shape[1], duration=table.shape[0] * bin_width)

    def to_raster(self, dt: float) -> np.ndarray:
        """True where a unit fired within a time step (once or more often), shape (steps, n_units).

        Examples
        --------
        >>> Spikes([0.1, 0.35], duration=0.5).to_raster(0.1).ravel()
        array([False,  True, False,  True, False])
        """
        return self.counts(dt) > 0

    @classmethod
    def from_raster(cls, raster: ArrayLike, dt: float) -> "Spikes":
        """From an array of 0 and 1 of shape (steps,) or (steps, n_units): a spike at the start of its step.

        Examples
        --------
        >>> Spikes.from_raster([0, 1, 0, 1], dt=0.5).times
        array([0.5, 1.5])
        """
        raster = _whole_array("raster", raster, ndim=(1, 2), shape="(steps,) or (steps, n_units)")
        wrong = raster[(raster < 0) | (raster > 1)]
        if wrong.size:
            raise ValueError(f"raster must hold only 0 and 1 (use from_counts for counts), got {wrong[0]}")
        return cls.from_counts(raster, dt)


def bin_tolerance(bins):
    """More than the rounding error of times in bins: 0.7 / 0.1 is 6.999…, and belongs to bin 7."""
    return 1e-9 + 1e-15 * bins


def _whole_array(name: str, values: ArrayLike, ndim: tuple = (1,), shape: str = "(spikes,)") -> np.ndarray:
    array = finite_array(name, values, ndim, shape)
    if (array != np.rint(array)).any():
        raise ValueError(f"{name} must be whole numbers, got {array[array != np.rint(array)][0]:g}")
    if (largest := max(array.max(initial=0.0), -array.min(initial=0.0))) > 2.0**53:
        raise ValueError(f"{name} must be at most 2**53 in magnitude, got {largest:g}")
    return array.astype(np.int64)


def _all_spikes(parts: Iterable) -> list[Spikes]:
    parts = entries("parts", parts, "Spikes")
    for part in parts:
        if not isinstance(part, Spikes):
            raise TypeError(f"each part must be Spikes, got {type(part).__name__}")
    return parts
