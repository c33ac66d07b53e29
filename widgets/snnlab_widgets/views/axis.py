"""An axis of a picture: `Axis`."""

from typing import Any, NamedTuple

__all__ = ["Axis", "square"]


class Axis(NamedTuple):
    """From where to where an axis reaches, and what it shows.

    Attributes
    ----------
    low, high : float
        Its ends.
    label : str
        What it shows, with its unit.
    names : tuple of str, optional
        What stands along it instead of numbers: the names of its parts, which are equal, or nothing.

    Examples
    --------
    >>> Axis(0.0, 0.5, "current (nA)").ends
    (0.0, 0.5)
    """

    low: float
    high: float
    label: str
    names: tuple[str, ...] | None = None

    @property
    def ends(self) -> tuple[float, float]:
        """Both ends."""
        return self.low, self.high

    def named(self, suffix: str = "") -> dict[str, Any]:
        """The same by name for the page, whose names end in `suffix`."""
        return {f"{name}{suffix}": value for name, value in self._asdict().items() if value is not None}


def square(x_axis: Axis, y_axis: Axis) -> float:
    """The ratio of width to height at which a step of one axis is as long as one of the other."""
    return (x_axis.high - x_axis.low) / (y_axis.high - y_axis.low)
