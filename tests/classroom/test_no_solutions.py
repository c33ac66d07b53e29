"""No file that a student receives holds a solution, a hint, a hidden test or an expected value.

What a wheel holds is checked file by file in ``tests/packaging``: the packages and the chapters. What of
these could hold a solution is looked through here, the built pages of the book in ``tests/book``.
"""

import json

import numpy as np
import pytest
from classroom.solutions import solution_texts
from tree import ROOT, files

from snnlab.course.classroom.handout.assigning import assign
from snnlab.course.classroom.handout.notebooks import BEGIN_SOLUTION, END_SOLUTION, as_text, source_notebook
from snnlab.course.classroom.key import read_key
from snnlab.course.classroom.reading import find_part, part_names

TEXTS = solution_texts()


def held(text):
    return sorted({where for words, where in TEXTS.items() if words in text})


@pytest.fixture(scope="module", params=part_names())
def handed_out(request, tmp_path_factory):
    """The part, the key, and all that three students get."""
    folder = tmp_path_factory.mktemp("class")
    (folder / "roster.csv").write_text("id,name\nada,Ada\nbo,Bo\ncy,\n", encoding="utf-8")
    assign(request.param, str(folder / "roster.csv"), 11, str(folder / "class"))
    students = folder / "class" / "students"
    texts = {file.relative_to(students): file.read_text("utf-8") for file in students.glob("*/*")}
    return find_part(request.param), read_key(folder / "class"), texts


def test_there_is_something_to_look_for():
    assert len(TEXTS) > 100
    for name in part_names():
        whole = "\n".join("".join(cell["source"]) for cell in source_notebook(find_part(name))["cells"])
        assert set(held(whole)) >= {f"{name}/{one.grade_id}" for one in find_part(name).exercises}


def test_the_package_and_the_chapters_hold_none():
    shipped = ("snnlab/", "widgets/", "book/chapters/", "book/index", "book/playground", "README", "docs/")
    found = {}
    for file in files():
        if file.as_posix().startswith(shipped) and file.suffix in (".py", ".ipynb", ".md", ".html", ".js"):
            text = (ROOT / file).read_text(encoding="utf-8")
            text = json.loads(text) if file.suffix == ".ipynb" else text
            if isinstance(text, dict):
                text = "\n".join("".join(cell["source"]) for cell in text["cells"])
            if held(text):
                found[file.as_posix()] = held(text)
    assert found == {}


def test_the_book_has_no_page_of_an_exercise():
    toc = (ROOT / "book" / "_toc.yml").read_text(encoding="utf-8")
    config = (ROOT / "book" / "_config.yml").read_text(encoding="utf-8")
    assert "exercises/" not in toc and "only_build_toc_files: true" in config


def test_what_is_handed_out_holds_none(handed_out):
    texts = handed_out[-1]
    assert len(texts) == 6
    for name, text in texts.items():
        if name.suffix == ".ipynb":
            text = "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])
        assert held(text) == [], name
        for word in (BEGIN_SOLUTION, END_SOLUTION, "HIDDEN TESTS", "expect_", "_cases", "hidden_tests"):
            assert word not in text, (name, word)


def test_what_is_handed_out_tells_no_expected_value_and_no_seed(handed_out):
    _, key, texts = handed_out
    for name, text in texts.items():
        for grade_id, entry in key["students"][name.parts[0]]["exercises"].items():
            hidden = [entry["seed"], entry["parameters"].get("_cases", entry["seed"])]
            right = (
                np.ravel(np.array(entry["expected"], dtype=float)) if entry["expected"] is not None else []
            )
            told = [word for word in (f"{x:.6g}" for x in right) if len(word) > 5]  # 31.2 may be anything
            assert [word for word in map(str, [*hidden, *told]) if word in text] == [], (name, grade_id)
        others = [who for who in key["students"] if who != name.parts[0]]
        assert not [who for who in others if key["students"][who]["token"] in text], "another's token"


@pytest.mark.parametrize("name", part_names())
def test_the_committed_source_is_made_from_the_definitions(name):
    """`python book/exercises/write_sources.py` writes it anew."""
    file = ROOT / "book" / "exercises" / f"{name}.ipynb"
    assert file.read_text(encoding="utf-8") == as_text(source_notebook(find_part(name)))
