"""Every panel that ships, by name: the playground, the wheel and the tests go through this table."""

from collections.abc import Callable

from snnlab_widgets.lif import lif_panel
from snnlab_widgets.panel import Panel
from snnlab_widgets.poisson import poisson_panel

__all__ = ["PANELS"]

PANELS: dict[str, Callable[..., Panel]] = {"lif": lif_panel, "poisson": poisson_panel}
