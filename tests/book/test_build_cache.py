"""An executed notebook is kept until the package that it calls changes."""

import importlib.util
import os
import shutil
from pathlib import Path

import pytest
from sample_book import BOOK, ROOT, build_book, copy_book, write_notebook

CELL = "from snnlab.neurons import LIF, lif_rheobase\n\nprint(f'rheobase {lif_rheobase(LIF()):.3f} nA')"


def copy_packages(folder: Path) -> Path:
    """Copy both packages into `folder`, which then goes before the installed ones."""
    unwanted = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "snnlab", folder / "snnlab", ignore=unwanted)
    shutil.copytree(ROOT / "widgets" / "snnlab_widgets", folder / "snnlab_widgets", ignore=unwanted)
    return folder


def extension():
    """Load the extension of the book."""
    path = BOOK / "_ext" / "execution_cache.py"
    spec = importlib.util.spec_from_file_location("book_execution_cache", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """The extension of the book, looking at a copy of the packages in `cache.folder`."""
    module = extension()
    module.folder = copy_packages(tmp_path)
    monkeypatch.setattr(module, "package_folders", lambda: [module.folder / name for name in module.PACKAGES])
    return module


def test_the_hash_stays_while_nothing_changes(cache):
    assert cache.source_hash() == cache.source_hash()
    (cache.folder / "snnlab" / "__pycache__").mkdir()
    before = cache.source_hash()
    (cache.folder / "snnlab" / "__pycache__" / "kernel.nbi").write_bytes(b"compiled")
    assert cache.source_hash() == before


@pytest.mark.parametrize(
    "file", ["snnlab/neurons/models/lif.py", "snnlab_widgets/panel.py", "snnlab_widgets/static/panel.js"]
)
def test_the_hash_changes_with_any_source(cache, file):
    before = cache.source_hash()
    with open(cache.folder / file, "a", encoding="utf-8") as source:
        source.write("\n")
    assert cache.source_hash() != before


def test_the_hash_changes_when_a_file_is_renamed(cache):
    before = cache.source_hash()
    (cache.folder / "snnlab" / "spikes.py").rename(cache.folder / "snnlab" / "trains.py")
    assert cache.source_hash() != before


def test_the_extension_looks_at_the_packages_that_the_notebooks_import():
    names = [folder.name for folder in extension().package_folders()]
    assert names == ["snnlab", "snnlab_widgets"]


@pytest.mark.slow
def test_a_page_shows_what_the_changed_function_returns(tmp_path):
    packages = copy_packages(tmp_path / "packages")
    path = os.pathsep.join([str(packages), os.environ.get("PYTHONPATH", "")])
    book = copy_book(tmp_path, ["# 2. A sample", (CELL, [])])
    write_notebook(book / "playground.ipynb", ["# Playground"])  # ours compiles all kernels of the copy
    page = book / "_build" / "html" / "chapters" / "02_sample.html"

    build_book(book, PYTHONPATH=path)
    assert "rheobase 0.150 nA" in page.read_text(encoding="utf-8")

    source = packages / "snnlab" / "neurons" / "models" / "lif.py"
    text = source.read_text(encoding="utf-8")
    line = "return (neuron.v_th - neuron.v_rest) / neuron.r_m"
    assert text.count(line) == 1
    source.write_text(text.replace(line, line + " * 2"), encoding="utf-8")

    build_book(book, PYTHONPATH=path)
    assert "rheobase 0.300 nA" in page.read_text(encoding="utf-8")
