"""Living figures for the course: one declaration, alive in the notebook, in a page and in a single file.

Every function ``NAME_panel`` of every chapter can be imported from here, and is found where it stands.
"""

from collections.abc import Callable

import snnlab.other_snnlab  # noqa: F401  first, so that it can say what stands in the way
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.explorer.explorer import Explorer, explore
from snnlab_widgets.pages.gallery import playground
from snnlab_widgets.panel import Panel
from snnlab_widgets.registry import CHAPTERS, GOALS, PANELS
from snnlab_widgets.views import Axis, Curve, Drawing, Handle, HeatMap, Histogram, Kernels, Raster, Trace

__all__ = [
    "CHAPTERS", "GOALS", "PANELS", "Array", "Axis", "Control", "Curve", "Drawing", "Explorer", "Handle",
    "HeatMap", "Histogram", "Kernels", "Panel", "Raster", "ReadOut", "Trace", "explore",
    "playground",
]  # fmt: skip
__all__ += [f"{name}_panel" for name in PANELS]


def __getattr__(name: str) -> Callable[..., Panel]:
    """The function that makes a panel, from the file of its chapter."""
    if name.endswith("_panel") and name.removesuffix("_panel") in PANELS:
        return PANELS[name.removesuffix("_panel")]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
