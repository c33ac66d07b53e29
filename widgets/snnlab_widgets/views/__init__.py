"""The views that a panel can have: a kind is one file here and its JavaScript beside it."""

from snnlab_widgets.views.axis import Axis
from snnlab_widgets.views.curve import Curve
from snnlab_widgets.views.drawing import Drawing
from snnlab_widgets.views.handle import Handle
from snnlab_widgets.views.heatmap import HeatMap
from snnlab_widgets.views.histogram import Histogram
from snnlab_widgets.views.kernels import Kernels
from snnlab_widgets.views.raster import Raster
from snnlab_widgets.views.trace import Trace
from snnlab_widgets.views.view import View

__all__ = ["Axis", "Curve", "Drawing", "Handle", "HeatMap", "Histogram", "Kernels", "Raster", "Trace", "View"]
