"""The course learns from the metadata of what is installed which panels there are."""

import tomllib
from importlib.metadata import EntryPoints, entry_points

import pytest
from snnlab_widgets.programs.tryout import tryout_script
from snnlab_widgets.registry import KERNELS, PANELS
from tree import ROOT

from snnlab.course import panels

ANNOUNCED = """[snnlab.panels]
shown = ponds.table:SHOWN
compiled = ponds.table:COMPILED

[console_scripts]
ponds = ponds.table:main
"""


@pytest.fixture
def ponds(tmp_path, monkeypatch):
    """A second distribution with a panel of its own; nothing else announces any."""
    (tmp_path / "ponds").mkdir()
    (tmp_path / "ponds" / "__init__.py").touch()
    (tmp_path / "ponds" / "table.py").write_text("SHOWN = {'fish': str}\nCOMPILED = SHOWN | {'weed': int}\n")
    (tmp_path / "ponds-1.0.dist-info").mkdir()
    (tmp_path / "ponds-1.0.dist-info" / "METADATA").write_text("Name: ponds\nVersion: 1.0\n")
    (tmp_path / "ponds-1.0.dist-info" / "entry_points.txt").write_text(ANNOUNCED)
    monkeypatch.syspath_prepend(tmp_path)

    def of_ponds(group):
        return EntryPoints(found for found in entry_points(group=group) if found.dist.name == "ponds")

    monkeypatch.setattr(panels, "entry_points", of_ponds)


def test_panels_are_found_by_what_a_distribution_announces(ponds):
    assert panels.panel_packages() == ["ponds"]
    assert panels.panels_to_show() == {"fish": str} and panels.tryout_script() == ""
    assert panels.panels_to_compile() == {"fish": str, "weed": int}


def test_without_an_announcement_there_are_none(monkeypatch):
    monkeypatch.setattr(panels, "entry_points", lambda group: EntryPoints())
    assert panels.panel_packages() == [] and panels.panels_to_show() == panels.panels_to_compile() == {}


def test_the_project_announces_its_panels():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    announced = project["entry-points"]["snnlab.panels"]
    assert announced == {
        "shown": "snnlab_widgets.registry:PANELS",
        "compiled": "snnlab_widgets.registry:KERNELS",
        "tryout": "snnlab_widgets.programs.tryout:tryout_script",
    }
    assert panels.tryout_script() == tryout_script() != ""
    assert PANELS.keys() <= KERNELS.keys()
