"""The traits that hold a panel's values: the number of a control, a drawing, and the seed."""

from typing import Any

import numpy as np
import traitlets

from snnlab.data.drawings import drawing_as_text, strokes_of
from snnlab_widgets.core.controls import Control

__all__ = ["OutOfRange", "Seed", "Strokes", "Value", "drawing_text"]


class OutOfRange(traitlets.TraitError, ValueError):
    """A control was set to a value that its range forbids."""


class Value(traitlets.TraitType):
    """A trait that holds the value of one control."""

    def __init__(self, control: Control, start: float):
        self.control = control
        super().__init__(default_value=start)
        self.tag(sync=True)

    def validate(self, obj: Any, value: Any) -> float:
        """`value` as a float within the range of the control."""
        try:
            return self.control.check(value)
        except ValueError as error:
            raise OutOfRange(str(error)) from None


class Strokes(traitlets.TraitType):
    """A drawing as text, as `snnlab.data.drawings` writes it; strokes of points are taken as well."""

    def __init__(self, start: str):
        super().__init__(default_value=start)
        self.tag(sync=True)

    def validate(self, obj: Any, value: Any) -> str:
        """`value` as text."""
        try:
            return drawing_text(value)
        except ValueError as error:
            raise OutOfRange(f"{self.name}: {error}") from None


def drawing_text(value: Any) -> str:
    """A drawing as text, of text or of strokes."""
    return drawing_as_text(strokes_of(value) if isinstance(value, str) else value)


class Seed(traitlets.TraitType):
    """A whole number from 0 to 2⁶⁴ − 1; it travels as text because JSON would round it."""

    def __init__(self, start: int):
        super().__init__(default_value=start)
        self.tag(sync=True, to_json=lambda value, _: str(value), from_json=lambda value, _: int(value))

    def validate(self, obj: Any, value: Any) -> int:
        """`value` as an int of 64 bits without a sign."""
        if isinstance(value, bool) or not isinstance(value, int | np.integer):
            raise TypeError(f"seed must be a whole number, got {value!r}")
        if not 0 <= value < 2**64:
            raise OutOfRange(f"seed must be between 0 and 2**64 - 1, got {value}")
        return int(value)
