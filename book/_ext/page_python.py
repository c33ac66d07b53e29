"""The Python of the pages, which answers programs in them: one script beside them, made at the end."""

from pathlib import Path

from snnlab_widgets.programs.interpreter import interpreter_file, python_script
from sphinx.errors import ExtensionError


def _finish(app, exception):
    target = Path(app.outdir) / "vendor" / "python.js"
    if exception is None and app.builder.format == "html":
        target.parent.mkdir(exist_ok=True)
        target.write_text(python_script(), encoding="utf-8")


def setup(app):
    """Put the script into the book once its pages are written."""
    try:
        interpreter_file()
    except FileNotFoundError as error:
        raise ExtensionError(str(error)) from error
    app.connect("build-finished", _finish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
