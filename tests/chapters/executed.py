"""A notebook that nbval has run is not run a second time for the book.

nbval runs every notebook as a build of the book does: panels in the form of a page. Where the environment
variable SNNLAB_EXECUTED names a folder, each notebook of which every cell has passed is kept there with all
its outputs, as a build keeps what it has run, and `whole_book` is built from it. What is missing there the
build runs. The root's `conftest.py` loads this module.
"""

import functools
import importlib.util
import os
import shutil
from collections import Counter
from pathlib import Path
from types import ModuleType

import jupyter_cache
import pytest
from filelock import FileLock
from jupyter_cache.base import CacheBundleIn
from nbformat import NotebookNode
from nbformat.v4 import output_from_msg
from nbval.plugin import IPyNbCell
from sample_book import BOOK

__all__ = ["VARIABLE", "KeepExecuted", "executed_folder", "pytest_configure", "take_executed"]

VARIABLE = "SNNLAB_EXECUTED"


@functools.cache
def extension(name: str) -> ModuleType:
    """An extension of the book."""
    spec = importlib.util.spec_from_file_location(f"book_{name}", BOOK / "_ext" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def executed_folder() -> Path | None:
    """The folder for what was run, of these sources and no others; None where nothing is to be kept."""
    folder = os.environ.get(VARIABLE)
    if not folder:
        return None
    return Path(folder).absolute() / extension("execution_cache").source_hash()


def take_executed(build: Path) -> list[str]:
    """Give what nbval has run to the build in the folder `build`; return the names of these notebooks.

    A notebook that another worker runs just now is waited for.
    """
    executed = executed_folder()
    if executed is None:
        return []
    for file in executed.parent.glob("*.busy"):
        with FileLock(file):
            pass
    if not executed.is_dir():
        return []
    kept = build / ".jupyter_cache" / executed.name
    shutil.copytree(executed, kept)
    return [Path(record.uri).stem for record in records(kept)]


class KeepExecuted:
    """Runs the notebooks as a build does and keeps, in `folder`, those that passed whole."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.passed: Counter[pytest.Collector | None] = Counter()
        folder.parent.mkdir(parents=True, exist_ok=True)
        self.busy = FileLock(folder.with_name(os.environ.get("PYTEST_XDIST_WORKER", "main") + ".busy"))

    def pytest_runtest_setup(self, item):
        if isinstance(item, IPyNbCell) and not self.busy.is_locked:
            self.busy.acquire()

    def pytest_runtest_teardown(self, item, nextitem):
        if self.busy.is_locked and not isinstance(nextitem, IPyNbCell):
            self.busy.release()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item):
        if not isinstance(item, IPyNbCell):
            return (yield)
        heard: list[dict] = []
        get_message = item.parent.get_kernel_message

        def listen(**how):
            heard.append(get_message(**how))
            return heard[-1]

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(item.parent, "get_kernel_message", listen)
            passed = yield
        self._cell_passed(item, heard)
        return passed

    def _cell_passed(self, item: IPyNbCell, heard: list[dict]) -> None:
        """Put what the cell said into the notebook, with which nbval is done."""
        cell, notebook, kernel = item.cell, item.parent.nb, item.parent.kernel
        cell.outputs, cell.execution_count = outputs(heard, item.cell_num + 1), item.cell_num + 1
        self.passed[item.parent] += 1
        if self.passed[item.parent] == sum(cell.cell_type == "code" for cell in notebook.cells):
            language = kernel.kc.kernel_info(reply=True, timeout=60)["content"]["language_info"]
            notebook.metadata.language_info = NotebookNode(language)
            keep(notebook, item.path, self.folder)


def outputs(heard: list[dict], count: int) -> list[NotebookNode]:
    """The outputs of a cell out of what its kernel said, in the order in which it was said."""
    said = [
        output_from_msg(message)
        for message in heard
        if message["msg_type"] in ("stream", "display_data", "execute_result", "error")
        # the last message says that this cell is done; others may be of an earlier one
        and message["parent_header"].get("msg_id") == heard[-1]["parent_header"]["msg_id"]
    ]
    for output in said:
        if output.output_type == "execute_result":
            output.execution_count = count
    return extension("run_notebooks").joined(said)


def records(folder: Path) -> list:
    """What is kept in `folder`."""
    cache = jupyter_cache.get_cache(str(folder))
    kept = cache.list_cache_records()
    cache.db.dispose()
    return kept


def keep(notebook: NotebookNode, path: Path, folder: Path) -> None:
    """Put an executed notebook into `folder`, which several workers write to."""
    with FileLock(folder.with_suffix(".lock")):
        cache = jupyter_cache.get_cache(str(folder))
        cache.cache_notebook_bundle(CacheBundleIn(notebook, str(path)), overwrite=True)
        cache.db.dispose()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item):
    """Start the kernel of a notebook, which inherits the environment, for the form of a page."""
    if not isinstance(item, IPyNbCell):
        return (yield)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SNNLAB_STATIC", "1")
        return (yield)


def pytest_configure(config):
    folder = executed_folder()
    if folder is None:
        return
    if not hasattr(config, "workerinput"):  # what older sources said is of no use any more
        for old in folder.parent.glob("*/executed"):
            if old.parent != folder:
                shutil.rmtree(old.parent, ignore_errors=True)
    config.pluginmanager.register(KeepExecuted(folder), "keep-executed")
