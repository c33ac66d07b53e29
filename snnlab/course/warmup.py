"""`snnlab warmup`: compile everything now, so that no chapter waits for it.

What is compiled finds itself: the examples in the docstrings of every module that has kernels, and every
panel that ships. Each is kept on disk as soon as it is done.
"""

import contextlib
import doctest
import importlib
import io
import pkgutil
import sys
import time
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from snnlab.course.errors import CommandError
from snnlab.course.panels import panel_packages, panels_to_compile
from snnlab.course.places import can_write
from snnlab.progress import Bar

__all__ = ["cache_folder", "kernels_of", "modules_with_kernels", "run_examples", "warm_up"]


def warm_up() -> int:
    """Compile and keep every kernel and panel, with a line that shows how far it is.

    Returns
    -------
    int
        0 if all is done, 1 if something failed (its name and reason are printed), 130 after Ctrl-C.

    Raises
    ------
    CommandError
        If compiled kernels cannot be kept on this machine.
    """
    if cache_folder() is None:
        raise CommandError(
            "compiled kernels cannot be kept here: set NUMBA_CACHE_DIR to a folder that can be written"
        )
    steps = _steps()
    start, failures = time.perf_counter(), []
    in_terminal = sys.stderr.isatty()  # a log gets a line a step instead of a bar
    bar = Bar(len(steps) if in_terminal else 0)
    for done, (name, prepare) in enumerate(steps):
        bar.show(done, "compiling", f"{done}/{len(steps)} {name:.40}")
        if not in_terminal:
            print(f"{done + 1}/{len(steps)} {name}", flush=True)
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                prepare()
        except KeyboardInterrupt:
            bar.end()
            print(f"Stopped after {done} of {len(steps)}: what is compiled is kept.")
            return 130
        except Exception as error:  # one that fails must not keep the others waiting
            failures.append(f"{name}: {type(error).__name__}: {error}")
    bar.show(len(steps), "compiling")
    bar.end()
    print(*failures, sep="\n", end="\n" * bool(failures), file=sys.stderr)
    seconds = time.perf_counter() - start
    print(f"{len(steps) - len(failures)} of {len(steps)} are ready after {seconds:.0f} s.")
    return 1 if failures else 0


def cache_folder() -> Path | None:
    """The folder in which Numba keeps the kernels of the package, or None if it keeps none."""
    from snnlab.random import uniform

    cache = getattr(uniform, "_cache", None)  # none where the JIT is switched off
    folder = cache and cache.cache_path
    return Path(folder) if folder and can_write(Path(folder)) else None


def modules_with_kernels(package: str) -> list[ModuleType]:
    """The modules of `package` that define kernels; the course itself and the plots have none."""
    top = importlib.import_module(package)
    modules = []
    for found in pkgutil.walk_packages(top.__path__, f"{package}."):
        if not found.name.startswith(("snnlab.course", "snnlab.plots", "snnlab.__main__")):
            module = importlib.import_module(found.name)
            if kernels_of(module):
                modules.append(module)
    return modules


def kernels_of(module: ModuleType) -> list[Callable]:
    """The kernels that `module` defines, but for those that are compiled as a part of others only."""
    return [
        value
        for value in vars(module).values()
        if hasattr(value, "py_func")
        and value.py_func.__module__ == module.__name__
        and value.targetoptions.get("inline") != "always"
    ]


def run_examples(module: ModuleType) -> None:
    """Run the examples in the docstrings of `module`: they call its kernels as a reader does."""
    for test in doctest.DocTestFinder().find(module):
        for example in test.examples:
            if example.exc_msg is None:
                exec(compile(example.source, test.name, "single"), test.globs)


def _steps() -> list[tuple[str, Callable[[], object]]]:
    modules = modules_with_kernels("snnlab")
    steps: list[tuple[str, Callable[[], object]]] = [(m.__name__, partial(run_examples, m)) for m in modules]
    if find_spec("anywidget"):
        others = [m for package in panel_packages() for m in modules_with_kernels(package)]
        steps += [(m.__name__, partial(run_examples, m)) for m in others if not _makes_panels(m)]
        made = panels_to_compile().items()
        steps += [(f"the panel {name}", partial(_prepare_panel, make)) for name, make in made]
    return steps


def _makes_panels(module: ModuleType) -> bool:
    return any(name.endswith("_panel") for name in module.__all__)


def _prepare_panel(make: Callable) -> None:
    """A panel exports its kernel when it is made, and runs it when it is asked for its result."""
    _ = make().result
