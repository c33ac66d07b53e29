"""The reader's copy of a chapter has numbers where the book's labels stood, as the book counts."""

import json
import re
from pathlib import Path

import pytest

from snnlab.course.opening.numbered_equations import number_equations
from snnlab.course.opening.working_copy import fingerprint, update
from snnlab.course.places import chapters_folder

CHAPTERS = sorted(chapters_folder().glob("[0-9]*.ipynb"))
LABEL = re.compile(r"\$\$\s*\([\w-]+\)")
TAG = re.compile(r"\\tag\{(.+?)\}")


def texts(notebook):
    return "\n".join("".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "markdown")


@pytest.mark.parametrize("file", CHAPTERS, ids=lambda file: file.stem)
def test_every_label_of_a_chapter_becomes_a_number(file):
    chapter = json.loads(file.read_text(encoding="utf-8"))
    labels = len(LABEL.findall(texts(chapter)))
    assert number_equations(chapter, file.name) is (labels > 0)
    shown = texts(chapter)
    assert not LABEL.search(shown) and shown.count("$$") % 2 == 0
    before = f"{int(file.name[:2])}." if file.name[2] == "_" else ""  # an excursion counts 1, 2, …
    assert TAG.findall(shown) == [f"{before}{k}" for k in range(1, labels + 1)]
    assert not re.search(r"\]\(#[\w-]+\)", shown)  # a link that would lead nowhere
    assert number_equations(chapter, file.name) is False and texts(chapter) == shown


def test_an_equation_over_several_lines_keeps_them():
    text = "$$\n\\begin{aligned}a &= b\n\\end{aligned}\n$$ (two)\n\n[Both](#two), and [a word](#elsewhere)."
    shown = {"cells": [{"cell_type": "markdown", "source": text.splitlines(keepends=True)}]}
    number_equations(shown, "glossary.ipynb")
    assert shown["cells"][0]["source"] == (
        "$$\n\\begin{aligned}a &= b\n\\end{aligned} \\tag{1}\n$$\n\nBoth (1), and [a word](#elsewhere)."
    ).splitlines(keepends=True)


def test_code_is_left_alone():
    cell = {"cell_type": "code", "source": "'$$x$$ (label)'"}
    assert number_equations({"cells": [dict(cell)]}, "02_a.ipynb") is False


def test_the_copy_is_the_same_edition_as_the_original(tmp_path):
    source, copy, name = tmp_path / "chapters", tmp_path / "copy", "02_leaky.ipynb"
    source.mkdir()
    chapter = {"cells": [{"cell_type": "markdown", "source": "$$x = 1$$ (one)"}]}
    (source / name).write_text(json.dumps(chapter), encoding="utf-8")
    update(copy, source)
    assert "\\\\tag{2.1}" in (copy / name).read_text(encoding="utf-8")
    assert fingerprint(copy / name) == fingerprint(source / name)
    # one that was delivered before equations had numbers is theirs, and no newer edition
    Path(copy, name).write_text((source / name).read_text(encoding="utf-8"), encoding="utf-8")
    record = copy / ".snnlab" / "delivered.json"
    record.write_text(json.dumps({name: "an older kind of hash"}), encoding="utf-8")
    assert update(copy, source) == []
