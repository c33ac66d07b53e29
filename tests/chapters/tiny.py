"""A tiny chapter in memory that every check accepts: the tests spoil one thing of it at a time."""

from pathlib import Path
from typing import Any

from chapters.notebook import Chapter, from_notebook
from nbformat import v4

__all__ = ["chapter", "code", "good_cells", "good_chapter", "prose", "shown", "stream"]

FILLER = " ".join(["The bucket leaks and the tap runs on."] * 30)  # 240 words
EXPLAINED = (
    "The line rises until it meets the threshold, then somebody empties the bucket and filling begins again."
)


def prose(text: str, *tags: str) -> Any:
    """A markdown cell."""
    return v4.new_markdown_cell(text, metadata={"tags": list(tags)})


def stream(text: str) -> Any:
    """What a cell prints."""
    return v4.new_output("stream", name="stdout", text=text)


def shown(alt: str) -> Any:
    """A figure as it is committed: its text alone."""
    return v4.new_output("display_data", data={"text/plain": alt})


def code(source: str, *tags: str, outputs: tuple = ()) -> Any:
    """A code cell with what it gave."""
    return v4.new_code_cell(source, metadata={"tags": list(tags)}, outputs=list(outputs))


def chapter(*cells: Any, name: str = "02_tiny.ipynb", **metadata: Any) -> Chapter:
    """A chapter of these cells, in a file that need not exist."""
    metadata = {"snnlab": {"prerequisites": [], "about": "a neuron."}} | metadata
    return from_notebook(v4.new_notebook(cells=list(cells), metadata=metadata), Path(__file__).parent / name)


def exercise(number: str, kind: str) -> list[Any]:
    """A statement and its check."""
    return [
        prose(f"**Exercise {number} — a number.** Find 12.5 mV.", "part:exercise", f"kind:{kind}"),
        code(
            f'answer = None\ncheck("{number}", answer)', "part:exercise", outputs=(stream("no answer yet"),)
        ),
    ]


def good_cells() -> dict[str, Any]:
    """The cells of a chapter without a fault, by a name that the tests use."""
    picture, panel = (
        shown("A trace that rises to a line and falls"),
        shown("v_th = −50 mV: 12 spikes, 12.0 Hz"),
    )
    cells = {
        "question": prose("# A bucket\n*How far does a bucket get us?*", "part:question"),
        "story": prose("Here is a cell.", "part:hook"),
        "data": code("recording = load_patch()\nplot(recording)", "part:hook", outputs=(picture,)),
        "guess": prose("Draw what you expect.", "part:prediction"),
        "panel": code("lif_panel()", "part:panel", outputs=(panel,)),
        "answer": prose(f"It fires 12<!-- v_th --> times. {EXPLAINED} {FILLER} {FILLER}"),
        "stop": prose("Stop here if you like.", "part:stop"),
        "statement": None,
        "check": None,
        "sum": prose("*By hand.* The sum.", "part:by-hand"),
        "assert": code("t = 20 * 0.5\nassert t == 10", "part:by-hand"),
        "equation": prose("$$\nv = R i\n$$ (ohm)", "part:equation"),
        "symbols": prose("| Symbol | Meaning | Unit |\n|---|---|---|\n| $v$ | it | mV |", "part:symbols"),
        "source": code(
            "print(inspect.getsource(f))", "part:code", outputs=(stream("def f(x):\n    return x\n"),)
        ),
        "before": prose("What happens to the rate?"),
        "panel 2": code("lif_panel(v_th=-52)", "part:panel", outputs=(panel,)),
        "after": prose(EXPLAINED),
        "limit": prose(f"It breaks. {FILLER} {FILLER} {FILLER} {FILLER}", "part:breaks"),
        "failure": code("plot()", "part:breaks", outputs=(picture,)),
        "statement 2": None,
        "check 2": None,
        "statement 3": None,
        "check 3": None,
        "bridge": prose("On to the next.", "part:bridge"),
        "objectives": prose(
            "- Do it (exercise 2.1)\n- Do that (exercise 2.2)\n- Or both (exercises 2.3)", "part:objectives"
        ),
        "references": prose("- A. Author (2002)", "part:references"),
    }
    for number, kind, suffix in (("2.1", "calculate", ""), ("2.2", "sketch", " 2"), ("2.3", "inverse", " 3")):
        cells["statement" + suffix], cells["check" + suffix] = exercise(number, kind)
    return cells


def good_chapter(**changed: Any) -> Chapter:
    """The chapter without a fault, with some cells replaced (None leaves a cell out)."""
    cells = good_cells()
    unknown = set(changed) - set(cells)
    assert not unknown, unknown
    return chapter(*(cell for cell in (cells | changed).values() if cell is not None))
