"""The notebook in which `snnlab open playground` shows every panel, one at a time."""

import json
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
    text = {"cell_type": "markdown", "id": "playground", "metadata": {}, "source": _TEXT}
    code = {"cell_type": "code", "id": "panels", "metadata": {}, "source": _CODE}
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = {
        "cells": [text, {**code, "outputs": [], "execution_count": None}],
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    file.write_text(json.dumps(notebook, indent=1) + "\n", encoding="utf-8")
