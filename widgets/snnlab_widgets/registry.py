"""Every panel that ships, by name: the playground, the wheel and the tests go through this table."""

import importlib
from collections.abc import Callable
from functools import partial

from snnlab_widgets.lif import lif_panel
from snnlab_widgets.match import match_panel
from snnlab_widgets.panel import Panel
from snnlab_widgets.poisson import poisson_panel

__all__ = ["GOALS", "PANELS"]

PANELS: dict[str, Callable[..., Panel]] = {
    "match": match_panel,
    "lif": lif_panel,
    "poisson": poisson_panel,
}


def _goal(module: str, function: str, **options: str) -> Panel:
    """Exercises compute their answers when they are loaded, so they are loaded when a goal is asked for."""
    return getattr(importlib.import_module(f"snnlab_widgets.goals.{module}"), function)(**options)


_GOALS = {
    "chapter02": ("lif_twice", "lif_pause", "lif_overflow", "lif_predict", "lif_curtain"),
}
GOALS: dict[str, Callable[..., Panel]] = {
    name.replace("_", "-"): partial(_goal, chapter, name)
    for chapter, names in _GOALS.items()
    for name in names
}
"""Every panel with a goal that ships, by the goal's name; each takes ``engine`` as `lif_panel` does."""
