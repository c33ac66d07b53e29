"""Strip notebooks to what is committed: printed text and the words of figures, no pictures.

    python tests/chapters/strip_notebooks.py                    strip every notebook of the book
    python tests/chapters/strip_notebooks.py FILE …             strip these
    python tests/chapters/strip_notebooks.py --check [FILE …]   change nothing, name those that are not
    python tests/chapters/strip_notebooks.py --run [FILE …]     run them first, then strip

Kept: sources, tags, what was printed, and the ``text/plain`` of each output, which the tests compare.
Removed: pictures, HTML, widget states, warnings, and whatever an editor leaves in the metadata.
"""

import argparse
import copy
import sys
from pathlib import Path
from typing import Any

import nbformat

__all__ = ["main", "notebooks", "strip", "text_of"]

BOOK = Path(__file__).parents[2] / "book"
CELL_METADATA = ("tags", "jupyter", "nbgrader", "slideshow")
EDITORS = ("widgets", "vscode", "colab")
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def strip(notebook: Any) -> Any:
    """A copy of `notebook` as it is committed.

    Stripping twice is stripping once.

    >>> nb = nbformat.v4.new_notebook(metadata={"widgets": {}})
    >>> sorted(strip(nb).metadata)
    ['kernelspec', 'language_info']
    """
    notebook = copy.deepcopy(notebook)
    kept = {key: notebook.metadata[key] for key in notebook.metadata if key not in EDITORS}
    notebook.metadata = nbformat.from_dict({
        **kept,
        "kernelspec": KERNEL,
        "language_info": {"name": "python"},
    })
    count = 0
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict({
            key: cell.metadata[key] for key in CELL_METADATA if key in cell.metadata
        })
        if cell.cell_type == "code":
            count += 1
            cell.execution_count = count  # nbval does not compare a cell without a count
            cell.outputs = _outputs(cell.outputs, count)
    return notebook


def _outputs(outputs: list, count: int) -> list:
    kept: list = []
    for output in outputs:
        if output.output_type == "stream":
            if output.name == "stderr":
                continue
            if kept and kept[-1].output_type == "stream":  # a slow cell prints in several pieces
                kept[-1].text += output.text
                continue
        elif output.output_type in ("display_data", "execute_result"):
            output.data = nbformat.from_dict({"text/plain": output.data.get("text/plain", "")})
            output.metadata = nbformat.from_dict({})
            if output.output_type == "execute_result":
                output.execution_count = count
        kept.append(output)
    return kept


def notebooks() -> list[Path]:
    """Every notebook of the book, in order, but for what a build leaves behind and the sources of a class."""
    found = {path: path.relative_to(BOOK).parts for path in sorted(BOOK.rglob("*.ipynb"))}
    return [path for path, parts in found.items() if not any(p[0] in "_." or p == "exercises" for p in parts)]


def text_of(notebook: Any) -> str:
    """The file of a notebook, the same on every system."""
    return nbformat.writes(notebook, version=nbformat.NO_CONVERT).rstrip("\n") + "\n"


def _run(notebook: Any, folder: Path) -> None:
    from nbclient import NotebookClient  # only an author who runs a chapter needs it

    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(folder)}}).execute()


def main(arguments: list[str] | None = None) -> int:
    """The command; returns its exit code."""
    parser = argparse.ArgumentParser(description="Strip notebooks to what is committed.")
    parser.add_argument("files", nargs="*", type=Path, help="notebooks; all of the book if left out")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument(
        "--check", action="store_true", help="change nothing, fail if a notebook is not stripped"
    )
    mode.add_argument("--run", action="store_true", help="run the notebooks first")
    options = parser.parse_args(arguments)
    files = options.files or notebooks()
    for file in files:
        if not file.is_file():
            parser.error(f"{file} is no file")

    left = 0
    for file in files:
        notebook = nbformat.read(file, as_version=4)
        if options.run:
            _run(notebook, file.parent)
        text = text_of(strip(notebook))
        if text == file.read_text(encoding="utf-8"):
            continue
        left += 1
        if options.check:
            print(f"{file} is not stripped: python tests/chapters/strip_notebooks.py {file}")
        else:
            file.write_text(text, encoding="utf-8", newline="\n")
            print(f"{file} stripped")
    return 1 if options.check and left else 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # Windows writes to a pipe in a smaller alphabet
    sys.exit(main())
