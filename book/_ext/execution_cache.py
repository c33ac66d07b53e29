"""Executed notebooks are kept only as long as the package they call is unchanged.

jupyter-cache looks at the notebook alone, so a book would keep printing what an older `snnlab` computed.
Here the folder of the cache is named after a hash of the package's sources.
"""

import hashlib
import os
import shutil
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

PACKAGES = ["snnlab", "snnlab_widgets"]
LIBRARIES = ["numpy", "numba", "matplotlib"]


def package_folders() -> list[Path]:
    """Return the folders of the packages that the notebooks import."""
    return [Path(find_spec(package).origin).parent for package in PACKAGES]


def source_hash() -> str:
    """Return 16 hexadecimal digits that change with the sources and with the libraries under them."""
    digest = hashlib.sha256()
    for library in LIBRARIES:
        digest.update(f"{library} {version(library)}\n".encode())
    for folder in package_folders():
        for file in sorted(folder.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(file.relative_to(folder.parent).as_posix().encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _place_cache(app, config):
    caches = Path(app.outdir).parent / ".jupyter_cache"
    current = caches / source_hash()
    for old in caches.glob("*"):
        if old != current:
            shutil.rmtree(old, ignore_errors=True)
    config.nb_execution_cache_path = str(current)  # a new path makes Sphinx read every page again


def setup(app):
    """Choose the folder of the cache, and the form that panels take in a page."""
    os.environ.setdefault("SNNLAB_STATIC", "1")  # the kernels inherit it: panels show their page form
    app.connect("config-inited", _place_cache, priority=100)  # before myst_nb reads the path
    return {"parallel_read_safe": True, "parallel_write_safe": True}
