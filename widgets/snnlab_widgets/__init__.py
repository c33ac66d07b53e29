"""Living figures for the course: one declaration, alive in the notebook, in a page and in a single file."""

import snnlab._conflict  # noqa: F401  first, so that it can say what stands in the way
from snnlab_widgets.controls import Array, Control, ReadOut
from snnlab_widgets.lif import lif_panel
from snnlab_widgets.match import match_panel
from snnlab_widgets.panel import Panel
from snnlab_widgets.poisson import poisson_panel
from snnlab_widgets.registry import GOALS, PANELS
from snnlab_widgets.views import Curve, Histogram, Raster, Trace

__all__ = [
    "GOALS", "PANELS", "Array", "Control", "Curve", "Histogram", "Panel", "Raster", "ReadOut", "Trace",
    "lif_panel", "match_panel", "poisson_panel",
]  # fmt: skip
