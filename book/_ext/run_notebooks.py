"""Notebooks are run before any page is read, several at a time.

myst-nb runs a notebook when it reads its page, one after the other. What is run here is in its cache by then.
One that fails does not keep the others waiting: they are run and kept, and the build stops with the cell that
failed.
"""

import asyncio
import os
import time
from collections.abc import Callable, Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, DeadKernelError
from nbformat import NotebookNode
from sphinx.errors import ExtensionError
from sphinx.util import logging

LOGGER = logging.getLogger(__name__)
AT_ONCE = min(os.cpu_count() or 1, 4)  # each takes a processor, and some hundred megabytes


def run_all(
    files: Iterable[Path],
    tell: Callable[[Path, int], None],
    keep: Callable[[Path, NotebookNode, float], None],
    timeout: float,
) -> list[str]:
    """Run notebooks, `AT_ONCE` at a time.

    Parameters
    ----------
    files
        The notebooks, in the order in which they are begun.
    tell
        Called with a notebook that is begun and the number of those that have ended.
    keep
        Called with a notebook that has run without an error, what it is now, and its seconds.
    timeout
        The most seconds of a cell.

    Returns
    -------
    list of str
        What went wrong: the notebook, its cell (from 1, with those of text) and the error.
    """
    waiting, ended, troubles = list(files), 0, []

    async def lane() -> None:
        nonlocal ended
        while waiting:
            file = waiting.pop(0)
            tell(file, ended)
            start, notebook = time.perf_counter(), nbformat.read(file, as_version=4)
            if trouble := await _run(notebook, file, timeout):
                troubles.append(trouble)
            else:
                keep(file, notebook, time.perf_counter() - start)
            ended += 1

    async def lanes() -> None:
        await asyncio.gather(*(lane() for _ in range(AT_ONCE)))

    _until_ctrl_c(lanes(), waiting)
    return troubles


async def _run(notebook: NotebookNode, file: Path, timeout: float) -> str:
    """Run one notebook in place; return what went wrong, or nothing."""
    begun = 0

    def begin(cell: NotebookNode, cell_index: int) -> None:
        nonlocal begun
        begun = cell_index + 1

    client = NotebookClient(
        notebook,
        timeout=timeout,
        resources={"metadata": {"path": str(file.parent)}},
        record_timing=False,  # it would stand in the cells, and myst-nb would not find the notebook again
        shutdown_kernel="immediate",
        on_cell_start=begin,
    )
    try:
        await client.async_execute()
    except (CellControlSignal, DeadKernelError, TimeoutError) as error:
        return f"{file}, cell {begun}: {error}"
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = joined(cell.outputs)
    return ""


def joined(outputs: Iterable[NotebookNode]) -> list[NotebookNode]:
    """Outputs in which one text after another is one text: how many pieces a slow cell prints is chance.

    Warnings are left out, as on the pages.
    """
    kept: list[NotebookNode] = []
    for output in outputs:
        if output.output_type != "stream":
            kept.append(output)
        elif output.name == "stderr":
            continue
        elif kept and kept[-1].output_type == "stream":
            kept[-1].text += output.text
        else:
            kept.append(output)
    return kept


def _until_ctrl_c(work: Coroutine, waiting: list) -> None:
    """Run `work` beside the main thread: in it, nbclient would take Ctrl-C for one notebook, and go on.

    Ctrl-C ends the kernels and empties `waiting`, since nbclient takes its end for a kernel that has died.
    """
    loop = asyncio.SelectorEventLoop()

    def run() -> None:  # begun and closed in its thread: another loop may be running in this one
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(work)

    with ThreadPoolExecutor(1) as thread:
        running = thread.submit(run)
        try:
            while wait({running}, timeout=0.5).not_done:  # Windows hears Ctrl-C only between two waits
                pass
        except KeyboardInterrupt:
            waiting.clear()
            loop.call_soon_threadsafe(lambda: [task.cancel() for task in asyncio.all_tasks(loop)])
            raise
        running.result()


def _before_reading(app, env, docnames: list[str]) -> None:
    """Run those notebooks of the pages that will be read whose results are in no cache."""
    if app.config.nb_execution_mode != "cache":
        return
    cache = get_cache(app.config.nb_execution_cache_path)
    pages = {Path(env.doc2path(name)): name for name in docnames}
    files = [file for file in pages if file.suffix == ".ipynb" and not _is_kept(cache, file)]
    # The playground is the last and finds every panel compiled: the pictures of all of them are one cell.
    files.sort(key=lambda file: pages[file])

    def tell(file: Path, ended: int) -> None:
        LOGGER.info("running notebooks... [%3d%%] %s", 100 * ended // len(files), pages[file])

    def keep(file: Path, notebook: NotebookNode, seconds: float) -> None:
        bundle = CacheBundleIn(notebook, str(file), data={"execution_seconds": seconds})
        cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)

    if troubles := run_all(files, tell, keep, app.config.nb_execution_timeout):
        raise ExtensionError("\n".join(troubles))


def _is_kept(cache, file: Path) -> bool:
    try:
        cache.match_cache_notebook(nbformat.read(file, as_version=4))
    except KeyError:
        return False
    return True


def setup(app):
    """Run the notebooks once Sphinx knows which pages it will read."""
    app.connect("env-before-read-docs", _before_reading)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
