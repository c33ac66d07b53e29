"""The notebook in which `snnlab open playground` shows every panel, one at a time."""

from pathlib import Path

__all__ = ["PLAYGROUND", "deliver_playground"]

PLAYGROUND = "playground.ipynb"

_TEXT = (
    "# Playground\n\nRun the cell below with Shift+Enter. It shows the panels of the course as cards, to be "
    "filtered by chapter and by idea; the panel whose card you click takes their place. The first time it "
    "may take a while, since its kernel is compiled."
)
_CODE = "from snnlab_widgets import playground\n\nplayground()"


def deliver_playground(copy: Path) -> None:
    """Put the notebook into the reader's folder, unless one of that name is there."""
    file = copy / PLAYGROUND
    if file.exists():
        return
    import nbformat
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    cells = [new_markdown_cell(_TEXT, id="playground"), new_code_cell(_CODE, id="panels")]
    notebook = new_notebook(cells=cells, metadata={"kernelspec": kernel, "language_info": {"name": "python"}})
    nbformat.write(notebook, file)
