"""The script of the page "Fit your own cell", with the fits as WebAssembly: one file beside the pages."""

from pathlib import Path

from snnlab_widgets.pages.own_cell import own_cell_script

PAGE, SCRIPT = "own_cell", "snnlab-own-cell.js"


def _finish(app, exception):
    if exception is None and app.builder.format == "html" and PAGE in app.env.found_docs:
        (Path(app.outdir) / "_static" / SCRIPT).write_text(own_cell_script(), encoding="utf-8")


def setup(app):
    """Write the script once the pages are written, if the page is among them."""
    app.connect("build-finished", _finish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
