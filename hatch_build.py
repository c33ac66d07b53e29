"""What a wheel holds besides the two packages: the chapters, their tables, the panels' WebAssembly modules.

An editable install gets neither: it reads the chapters where they stand and compiles a panel at its first
use, so that no copy can grow old.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

__all__ = ["AddCourse"]

# The packages are not installed while their wheel is built: the exporter is told where they are.
_EXPORT = "import sys; sys.path[:0] = sys.argv[2:]; from snnlab_widgets.export import main; main(sys.argv[1])"


class AddCourse(BuildHookInterface):
    """Add chapters and WebAssembly to a wheel."""

    def initialize(self, version, build_data):
        """Make what is to be added, before hatchling collects the files."""
        if version != "standard":
            return
        root = Path(self.root)
        for file in sorted((root / "book" / "chapters").iterdir()):
            if file.suffix in (".ipynb", ".md"):
                build_data["force_include"][str(file)] = f"snnlab/course/chapters/{file.name}"
        for file in sorted((root / "book" / "chapters" / "tables").glob("*.csv")):
            build_data["force_include"][str(file)] = f"snnlab/course/chapters/tables/{file.name}"
        self._folder = tempfile.TemporaryDirectory()
        subprocess.run(
            [sys.executable, "-c", _EXPORT, self._folder.name, str(root), str(root / "widgets")],
            env={**os.environ, "SNNLAB_JIT_CACHE": "0", "PYTHONDONTWRITEBYTECODE": "1"},
            check=True,
        )
        build_data["force_include"][self._folder.name] = "snnlab_widgets/static/wasm"

    def finalize(self, version, build_data, artifact):
        """Remove what was made."""
        if version == "standard":
            self._folder.cleanup()
