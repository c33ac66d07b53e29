"""What comes out of a sweep: an array whose axes have names and values."""

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import xarray

__all__ = ["Failure", "Swept"]


class Failure(NamedTuple):
    """A point without a result.

    Examples
    --------
    >>> print(Failure({"i": 0.3, "tau_m": 20}, "ZeroDivisionError: division by zero"))
    i=0.3, tau_m=20: ZeroDivisionError: division by zero
    """

    point: dict[str, Any]
    """Its arguments."""
    error: str
    """The kind of the exception, and its sentence."""

    def __str__(self) -> str:
        return f"{', '.join(f'{name}={value!r}' for name, value in self.point.items())}: {self.error}"


class Swept(NamedTuple):
    """What `sweep` returns.

    Examples
    --------
    >>> found = Swept({"i": np.array([0.2, 0.3])}, np.array([0.0, 63.0]), ())
    >>> print(found)
    i: 2 values; 2 points, 0 failed
    """

    axes: dict[str, np.ndarray]
    """For each argument its values, shape (n,), in the order of the axes of `values`."""
    values: np.ndarray
    """The results, float64, an axis for each of `axes` and then those of one result. NaN where the function
    gave NaN, and at points that failed."""
    failures: tuple[Failure, ...]
    """The points that failed, in the order of the grid."""

    def __str__(self) -> str:
        shape = ", ".join(f"{name}: {len(values)} values" for name, values in self.axes.items())
        n = int(np.prod([len(values) for values in self.axes.values()]))
        return f"{shape}; {n} points, {len(self.failures)} failed"

    def to_xarray(self) -> "xarray.DataArray":
        """The same as a labelled array of xarray; the axes of one result are called result_0 and so on.

        Raises
        ------
        ImportError
            If xarray is not installed.

        Examples
        --------
        >>> found = Swept({"i": np.array([0.2, 0.3])}, np.array([0.0, 63.0]), ())
        >>> array = found.to_xarray()  # doctest: +SKIP
        >>> float(array.sel(i=0.3))  # doctest: +SKIP
        63.0
        """
        try:
            import xarray
        except ImportError:
            raise ImportError(
                'labelled arrays need the package xarray: pip install "snnlab-course[dask]"'
            ) from None
        name = "result"
        while any(axis.startswith(f"{name}_") for axis in self.axes):
            name += "_"
        more = [f"{name}_{k}" for k in range(self.values.ndim - len(self.axes))]
        return xarray.DataArray(self.values, dims=[*self.axes, *more], coords=dict(self.axes))
