"""What the house has reached, and does not lose again."""

import json

import pytest
from house.figures import private_across_folders
from house.imports import folder_of, modules


def test_no_private_name_is_taken_from_another_folder():
    taken = private_across_folders()
    assert [f"{found.file.name}:{found.line}: {found.module}.{found.name}" for found in taken] == []


@pytest.fixture
def pond(tmp_path):
    """A tree in which every kind of import of a private name stands once, and every kind that is allowed."""
    code = ["from snnlab.pond import fish\n", "fish._gill(1)"]
    cell = json.dumps({"cells": [{"cell_type": "code", "source": code}]})
    for name, text in {
        "snnlab/__init__.py": "",
        "snnlab/_water.py": "depth = 1\n",
        "snnlab/pond/__init__.py": "",
        "snnlab/pond/fish.py": "from snnlab.pond.weed import _leaf\n",
        "snnlab/pond/weed.py": "from snnlab import _water\n_leaf = 1\n",
        "snnlab/sea/__init__.py": "",
        "snnlab/sea/whale.py": "from snnlab.pond.weed import _leaf\n",
        "snnlab/sea/crab.py": "from snnlab._water import depth\nfrom snnlab.pond.fish import __doc__\n",
        "tests/pond/test_fish.py": "from snnlab.pond import fish\nfish._gill(2)\n",
        "tests/sea/test_whale.py": "import snnlab.pond.fish\nsnnlab.pond.fish._gill(2)\n",
        "book/chapters/01_pond.ipynb": cell,
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_private_names_are_seen_in_every_kind_of_import(pond):
    taken = {(found.file.name, found.module, found.name) for found in private_across_folders(pond)}
    assert taken == {
        ("weed.py", "snnlab._water", ""),
        ("crab.py", "snnlab._water", "depth"),
        ("whale.py", "snnlab.pond.weed", "_leaf"),
        ("test_whale.py", "snnlab.pond.fish", "_gill"),
        ("01_pond.ipynb", "snnlab.pond.fish", "_gill"),
    }


def test_a_test_belongs_to_the_folder_that_it_mirrors(pond):
    assert folder_of(pond / "tests/pond/test_fish.py", pond) == "snnlab/pond"
    assert folder_of(modules(pond)["snnlab.pond.fish"], pond) == "snnlab/pond"
    assert folder_of(pond / "tests/hill/test_top.py", pond) == "tests/hill"
