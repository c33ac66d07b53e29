"""A course for a reader without the repository: our packages and some chapters in a folder of their own."""

import contextlib
import json
import os
import shutil
import socket
from pathlib import Path

import snnlab_widgets

import snnlab

__all__ = ["busy_port", "environment", "install", "notebook", "write_chapters"]


def notebook(*sources: str, outputs: tuple = (), count: int | None = None) -> str:
    """A notebook with a code cell for each of `sources`, as JSON."""
    cells = [
        {
            "cell_type": "code",
            "id": f"cell-{number}",
            "source": source,
            "metadata": {},
            "outputs": list(outputs),
            "execution_count": count,
        }
        for number, source in enumerate(sources)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps({
        "cells": cells,
        "metadata": {"kernelspec": kernel},
        "nbformat": 4,
        "nbformat_minor": 5,
    })


def write_chapters(folder: Path) -> Path:
    """Two chapters and what they link to."""
    (folder / "images").mkdir(parents=True)
    (folder / "02_leaky_integrate_and_fire.ipynb").write_text(notebook("1 + 1"), encoding="utf-8")
    (folder / "05_poisson_spikes.ipynb").write_text(notebook("2 + 2"), encoding="utf-8")
    (folder / "glossary.md").write_text("# Glossary\n", encoding="utf-8")
    (folder / "images" / "bucket.svg").write_text("<svg/>", encoding="utf-8")
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / "02-checkpoint.ipynb").write_text("{}", encoding="utf-8")
    return folder


def install(folder: Path) -> Path:
    """Copy our packages to `folder` as a wheel would lay them out, and chapters into the package."""
    for package in (snnlab, snnlab_widgets):
        source = Path(package.__file__).parent
        unwanted = shutil.ignore_patterns("__pycache__", "chapters")
        shutil.copytree(source, folder / source.name, ignore=unwanted)
    write_chapters(folder / "snnlab" / "course" / "chapters")
    return folder


def environment(installed: Path, home: Path, **more: str) -> dict[str, str]:
    """The environment of a process that finds the course in `installed` and the reader's home in `home`."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "SNNLAB", "IPYTHON", "XDG_"))}
    own = {"PYTHONPATH": str(installed), "HOME": str(home), "USERPROFILE": str(home), "APPDATA": str(home)}
    return {**kept, **own, **more}


@contextlib.contextmanager
def busy_port():
    """A port on which somebody listens."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]
