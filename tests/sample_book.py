"""A small book with the settings of ours and one sample chapter."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat

__all__ = ["BOOK", "LONG_LINE", "ROOT", "SAMPLE", "build_book", "copy_book", "course_of", "write_notebook"]

ROOT = Path(__file__).parents[1]
BOOK = ROOT / "book"

TOC = """format: jb-book
root: index
parts:
  - caption: "Part I: the neuron"
    chapters:
      - file: chapters/02_sample
  - caption: To play
    chapters:
      - file: playground
  - caption: To look things up
    chapters:
      - file: chapters/glossary
      - file: references
"""


def write_notebook(path: Path, cells: list[str | tuple[str, list[str]]]) -> None:
    """Write a notebook: a string is Markdown, a tuple is code with its cell tags."""
    notebook = nbformat.v4.new_notebook()
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    for number, cell in enumerate(cells):
        if isinstance(cell, str):
            notebook.cells.append(nbformat.v4.new_markdown_cell(cell, id=f"cell-{number}"))
        else:
            code, tags = cell
            metadata = {"tags": tags} if tags else {}
            notebook.cells.append(nbformat.v4.new_code_cell(code, id=f"cell-{number}", metadata=metadata))
    nbformat.write(notebook, path)


def copy_book(folder: Path, cells) -> Path:
    """Copy our book into `folder` with the sample in place of the chapters, and return its path."""
    book = folder / "book"
    unwanted = shutil.ignore_patterns("_build", "*.ipynb", "__pycache__", ".ipynb_checkpoints")
    shutil.copytree(BOOK, book, ignore=unwanted)
    index = (BOOK / "index.ipynb").read_text(encoding="utf-8")
    index = re.sub(r"chapters/\d\d_\w+\.ipynb", "chapters/02_sample.ipynb", index)
    index = re.sub(r"\((?:syllabus|teaching)\.md\)", "(references.md)", index)  # they tell of all chapters
    (book / "index.ipynb").write_text(index, encoding="utf-8")
    shutil.copy(BOOK / "playground.ipynb", book)
    (book / "_toc.yml").write_text(TOC, encoding="utf-8")
    write_notebook(book / "chapters" / "02_sample.ipynb", cells)
    return book


def build_book(book: Path, **environment: str) -> Path:
    """Build with every warning an error and return the folder of the pages."""
    program = "from jupyter_book.cli.main import main; main()"
    command = [sys.executable, "-c", program, "build", str(book), "-W", "--keep-going"]
    environ = {**os.environ, **environment}
    run = subprocess.run(command, cwd=book, capture_output=True, encoding="utf-8", env=environ)
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-3000:]
    return book / "_build" / "html"


LONG_LINE = """\
rate = 1000 / (2.0 + 20.0)  # Hz: a refractory time of 2 ms, and 20 ms on the way to the threshold
print(f'{rate:.1f} Hz')"""
SAMPLE = [
    """# 2. A sample

*How far does one page get us?*

The [membrane potential](glossary.md#membrane-potential) $v$ leaks towards rest with
[time constant](glossary.md#membrane-time-constant) $\\tau_\\mathrm{m} = R\\,C$.
[Spikes](glossary.md#spike) are counted in Hz. The slope is $\\frac{dv}{dt}$ and the
[f–I curve](glossary.md#frequency-current-curve) is $\\nu(i)$.
""",
    """## The equation

$$\\tau_\\mathrm{m}\\,\\frac{dv}{dt} = -(v - v_\\mathrm{rest}) + R\\,i$$ (sample-membrane)

The [membrane equation](#sample-membrane) has a solution with two cases:

$$
\\begin{cases}
\\nu(i) = 0 & \\text{for } R\\,i \\le v_\\mathrm{th} - v_\\mathrm{rest}, \\\\
\\nu(i) = \\dfrac{1000}{t_\\mathrm{ref}
    + \\tau_\\mathrm{m} \\ln \\dfrac{R\\,i}{R\\,i - (v_\\mathrm{th} - v_\\mathrm{rest})}} & \\text{otherwise.}
\\end{cases}
$$ (sample-rate)

$$
\\begin{aligned}
a &= \\sum_{k=1}^{n} w_k \\, x_k \\\\
b &= \\int_0^\\infty e^{-t/\\tau}\\,dt = \\tau
\\end{aligned}
$$

$$
v \\leftarrow v_\\mathrm{reset}, \\quad \\text{when } v > v_\\mathrm{th} \\\\
W = \\begin{pmatrix} 1 & 0 \\\\ 0 & \\sqrt{2} \\end{pmatrix}
$$

| symbol | meaning | unit |
|---|---|---|
| $v$ | membrane potential | mV |
| $\\tau_\\mathrm{m}$ | membrane time constant | ms |
""",
    (LONG_LINE, []),
    (
        """from base64 import b64encode
from io import BytesIO

import matplotlib.pyplot as plt

class Drawing:
    def __init__(self, figure, alt):
        self.figure, self.alt = figure, alt

    def _repr_html_(self):
        buffer = BytesIO()
        self.figure.savefig(buffer, dpi=144)
        return f'<img alt="{self.alt}" src="data:image/png;base64,{b64encode(buffer.getvalue()).decode()}">'

    def __repr__(self):
        return self.alt

figure, axes = plt.subplots(figsize=(6.4, 2.6), layout="constrained")
axes.plot([0, 1, 2, 3], [0, 0, 20, 35])
axes.set_xlabel("current (nA)")
axes.set_ylabel("rate (Hz)")
plt.close(figure)
Drawing(figure, "A rate that is zero up to 1 nA and rises beyond it.")""",
        ["hide-input"],
    ),
    ("from snnlab_widgets import lif_panel\n\nlif_panel()", ["hide-input", "full-width"]),
    "**Exercise 2.1 — When does it overflow?** After how many ms does the neuron fire for the first time?",
    (
        'from snnlab.course import check\n\nfirst_spike = ...  # ms\n\ncheck("2.1", first_spike)',
        ["part:exercise"],
    ),
    ('from snnlab_widgets import GOALS\n\nGOALS["lif-twice"]()', ["part:goal", "remove-input"]),
    """## A folded part

<details>
<summary>A hint</summary>

Half of $x^2$ is folded away here.

</details>

> **A closer look.** A box is a block quote.

1. first
2. second
""",
]


def course_of(html: Path) -> list[dict]:
    """What the script of a built book knows of its chapters, which is the argument of its last call."""
    script = (html / "_static" / "snnlab-course.js").read_text(encoding="utf-8")
    return json.loads(script[script.rindex("openCourse([") + len("openCourse(") : script.rindex(");\n})();")])
