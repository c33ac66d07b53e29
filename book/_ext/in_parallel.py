"""Pages are read and written by as many processes as there are cores, where Sphinx can: on Linux."""

import os
import sys


def _declare(app):
    # It numbers sections when all pages have been read, and only does not say so.
    app.extensions["sphinx_multitoc_numbering"].parallel_read_safe = True


def setup(app):
    """Set what ``sphinx-build -j`` would set, for Jupyter Book has no such option."""
    if sys.platform == "linux":
        app.parallel = len(os.sched_getaffinity(0))
        app.connect("builder-inited", _declare)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
