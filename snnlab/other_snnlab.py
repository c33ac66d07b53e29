"""The unrelated project `snnlab` on the package index, a simulator on top of PyTorch.

This course is distributed as ``snnlab-course``. Both write into the same folder ``snnlab``: whichever is
installed last owns ``snnlab/__init__.py``, and removing one removes that file for both. Where that has
happened the reader gets one sentence instead of a name that cannot be imported: importing this module raises
it.
"""

import os
import sys

__all__ = ["conflict"]

_PACKAGE = os.path.dirname(os.path.abspath(__file__))
_ADVICE = "make a new environment and install only snnlab-course there"


def conflict() -> str:
    """One sentence if the other project is or was installed over this one, otherwise an empty string.

    It looks at the names in one folder: ``importlib.metadata`` would slow down every ``import snnlab``.
    """
    for name in os.listdir(os.path.dirname(_PACKAGE)):
        if name.startswith("snnlab-") and name.endswith(".dist-info"):
            other = name.removesuffix(".dist-info").replace("-", " ")
            return f"the unrelated project {other} is installed in the same place as this course: {_ADVICE}"
    if not os.path.isfile(os.path.join(_PACKAGE, "__init__.py")):
        return f"this course was damaged when an unrelated project called snnlab was removed: {_ADVICE}"
    return ""


def _is_command() -> bool:
    """Whether this process is the command `snnlab`, which prints the sentence without a traceback."""
    program = os.path.splitext(os.path.basename(sys.argv[0] if sys.argv else ""))[0]
    return program == "snnlab" or sys.orig_argv[1:3] == ["-m", "snnlab"]


if not _is_command() and (_sentence := conflict()):
    raise ImportError(_sentence)
