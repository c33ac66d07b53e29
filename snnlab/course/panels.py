"""The panels that are installed: they stand a floor above the course, which imports none of them.

Who ships panels says so in the metadata of the distribution, as two entry points of the group
``snnlab.panels``. Each is a dictionary with what makes a panel, by the panel's name: `shown` has those that a
reader meets, `compiled` one for every kernel. A third one, `tryout`, is a function that gives the script by
which programs run in a page that is one file.
"""

from collections.abc import Callable, Mapping
from importlib.metadata import EntryPoint, entry_points

__all__ = ["panel_packages", "panels_to_compile", "panels_to_show", "tryout_script"]


def panels_to_show() -> dict[str, Callable]:
    """What makes each panel that a reader meets, by its name; empty if no panels are installed."""
    return _tables("shown")


def panels_to_compile() -> dict[str, Callable]:
    """What makes a panel for each kernel, by the panel's name; empty if no panels are installed."""
    return _tables("compiled")


def panel_packages() -> list[str]:
    """The packages that ship panels."""
    return sorted({found.module.partition(".")[0] for found in _announced()})


def tryout_script() -> str:
    """The script by which programs run in a page that is one file; "" if nothing is installed that can."""
    scripts = [found.load()() for found in _announced() if found.name == "tryout"]
    return scripts[0] if scripts else ""


def _announced() -> list[EntryPoint]:
    return list(entry_points(group="snnlab.panels"))


def _tables(name: str) -> dict[str, Callable]:
    tables: list[Mapping[str, Callable]] = [found.load() for found in _announced() if found.name == name]
    return {panel: make for table in tables for panel, make in table.items()}
