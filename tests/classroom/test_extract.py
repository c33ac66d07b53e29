"""From a file that may be anything to cells, texts and numbers."""

import copy
import json
import os
import tracemalloc

import nbformat
import pytest
from classroom.toy_class import RIGHT, TOY, filled, handed_out, toy_key
from needs import need

from snnlab.course.classroom.intake.extract import (
    _PIECE,
    MOST_CELLS,
    Unreadable,
    read_submission,
    values_of,
)
from snnlab.course.classroom.sandbox.running import Source

KEY = toy_key(["ada"])


@pytest.fixture
def read(tmp_path):
    def read(content):
        data = content if isinstance(content, bytes) else json.dumps(content).encode("utf-8")
        (tmp_path / "toy.ipynb").write_bytes(data)
        return read_submission(tmp_path / "toy.ipynb", TOY.exercises)

    return read


@pytest.fixture
def notebook():
    return filled(handed_out(KEY, "ada"), RIGHT)


def answers(submission):
    return [(source.exercise, source.text) for source in submission.sources if source.exercise]


def test_a_notebook_gives_its_cells_in_order_and_says_whose_it_is(read, notebook):
    got = read(notebook)
    assert answers(got) == [(name, RIGHT[name]) for name in ("first", "middle", "last")]
    assert got.texts == {"essay": RIGHT["essay"]} and got.numbers == {} and got.notes == ()
    assert (got.part, got.edition, got.student) == ("toy", "1+toy", "ada")
    assert got.token == KEY["students"]["ada"]["token"]
    assert not any("check_form" in source.text for source in got.sources)  # the marking looks itself


def test_a_mark_of_order_and_other_line_ends_do_no_harm(read, notebook):
    text = json.dumps(notebook).replace("\\n", "\\r\\n")
    got = read(b"\xef\xbb\xbf" + text.encode("utf-8"))
    assert answers(got) == answers(read(notebook))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "cp1252"])
def test_other_encodings_are_read(read, notebook, encoding):
    """As editors write them that do not ask."""
    for cell in notebook["cells"]:
        if cell["id"] == "essay":
            cell["source"] = "Weil sie überall leckt – immer."
    text = json.dumps(notebook, ensure_ascii=False)
    assert read(text.encode(encoding)) == read(text.encode("utf-8"))


def test_values_are_counted_in_every_encoding(read):
    r"""In UTF-16 the two bytes of a quote in a text are apart, and what follows is no text all the same."""
    text = '{"a": "\\"", "cells": [' + "[]," * 10**6 + "0]}"
    for encoding in ("utf-8", "utf-16", "utf-16-le", "utf-32"):
        with pytest.raises(Unreadable, match="holds more than 1000000 values"):
            read(text.encode(encoding))


def test_sources_may_be_lists_or_texts(read, notebook):
    other = copy.deepcopy(notebook)
    for cell in other["cells"]:
        cell["source"] = "".join(cell["source"])
    assert read(other) == read(notebook)


def test_cells_that_were_added_run_too(read, notebook):
    notebook["cells"].insert(2, {"cell_type": "code", "source": "helper = 1", "metadata": {}})
    assert Source("helper = 1") in read(notebook).sources


def test_a_copied_cell_is_asked_for_twice(read, notebook):
    notebook["cells"].append(copy.deepcopy(next(c for c in notebook["cells"] if c["id"] == "first")))
    got = read(notebook)
    assert [name for name, _ in answers(got)] == ["first", "middle", "last", "first"]
    assert got.notes == ("The cell of first is there 2 times.",)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("first = 3", True),
        ("x = 1\nfirst: float = 3", True),
        ("def first(): pass", True),
        ("first == 3", False),
        ("    first = 3", False),
        ("first_one = 3", False),
        ("f(first=3)", False),
    ],
)
def test_a_cell_without_its_mark_is_known_by_the_name_that_it_defines(read, notebook, source, found):
    for cell in notebook["cells"]:
        if cell["id"] == "first":
            cell |= {"metadata": {"colab": {}}, "source": source}
    got = read(notebook)
    assert (("first", source) in answers(got)) == found
    assert got.notes[0].startswith("The cell of first is missing or has lost its mark")


@pytest.mark.parametrize(
    "metadata",
    [None, [], {"nbgrader": 3}, {"nbgrader": {"grade_id": ["first"]}}, {"nbgrader": {"grade_id": None}}],
)
def test_odd_metadata_is_no_metadata(read, notebook, metadata):
    for cell in notebook["cells"]:
        cell["metadata"] = metadata
    notebook["metadata"] = metadata
    got = read(notebook)
    assert [name for name, _ in answers(got)] == ["first", "middle", "last"]
    assert (got.part, got.edition, got.student, got.token) == (None, None, None, None)


@pytest.mark.parametrize(
    "cell", [None, 7, {}, {"cell_type": "code", "source": 3}, {"cell_type": "code", "source": [1]}]
)
def test_a_damaged_cell_is_left_out_and_said(read, notebook, cell):
    notebook["cells"].append(cell)
    got = read(notebook)
    assert len(answers(got)) == 3
    assert got.notes == ("A damaged cell was left out.",)


def test_format_3(read):
    cells = [{"cell_type": "code", "input": "first = 1", "metadata": {}, "language": "python"}]
    got = read({"worksheets": [{"cells": cells}, None, {"cells": None}], "metadata": {}, "nbformat": 3})
    assert ("first", "first = 1") in answers(got) and got.notes[0] == "The notebook is in the old format 3."


def test_format_3_is_read_as_nbformat_reads_it(read, notebook):
    """It reads what is sound; what is not stops it, and here costs a cell."""
    sound = nbformat.from_dict(notebook)
    for cell in sound.cells:
        cell.source = "".join(cell.source)
    old = json.loads(nbformat.writes(nbformat.convert(copy.deepcopy(sound), 3)))
    again = nbformat.convert(nbformat.from_dict(copy.deepcopy(old)), 4)
    mine, theirs = read(old), read(json.loads(nbformat.writes(again)))
    assert mine.sources == theirs.sources == read(notebook).sources and mine.texts == theirs.texts
    old["worksheets"][0]["cells"].append({"cell_type": "heading", "level": 10**9, "source": "x"})
    old["worksheets"][0]["cells"].append({"cell_type": "code"})
    assert read(old).sources == mine.sources


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"\xff\xfe\x00", "is not text"),
        (b"PK\x03\x04\x00", "not JSON"),
        (b"{", "was cut off"),
        (b"[" * 200_000, "not JSON"),
        (b"3", "not an object"),
        ({}, "has no cells"),
        ({"cells": 3}, "has no cells"),
        ({"worksheets": {}}, "has no cells"),
        ({"answers": []}, "has no cells"),
        ({"cells": [{"cell_type": "code", "source": ""}] * (MOST_CELLS + 1)}, "2000 are the most"),
        ({"cells": [{"cell_type": "code", "source": "x" * 2**21}]}, "more than 1 MB"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_is_no_notebook_is_a_sentence(read, content, said):
    with pytest.raises(Unreadable, match=said):
        read(content)


def test_a_large_file_is_not_read(tmp_path):
    file = tmp_path / "toy.ipynb"
    with open(file, "wb") as opened:
        opened.truncate(100 * 2**20)
    with pytest.raises(Unreadable, match="100 MB, and 25 MB are allowed"):
        read_submission(file, TOY.exercises)


BOMBS = {
    "lists": b"[],",
    "objects": b"{},",
    "objects of one": b'{"a":1},',
    "texts": b'"ab",',
    "numbers": b"12345,",
    "lists in lists": b"[[[[]]]],",
    "behind a text with quotes": b'"\\\\\\"",[],',
}


@pytest.mark.parametrize("what", BOMBS)
def test_more_values_than_any_notebook_has_are_refused_before_they_take_memory(tmp_path, what):
    file = tmp_path / "toy.ipynb"
    body = BOMBS[what] * (10**7 // len(BOMBS[what]))
    file.write_bytes(b'{"metadata": {}, "cells": [' + body + b"0]}")
    del body
    tracemalloc.start()
    try:
        with pytest.raises(Unreadable, match="holds more than 1000000 values"):
            read_submission(file, TOY.exercises)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 4 * 10**7  # objects would take thirty times the file


@pytest.mark.parametrize("mark", ["", "[", "{", ",", ":", '\\"', "\\\\", '\\\\\\"', "é", "🦗"])
@pytest.mark.parametrize("start", [0, 1, _PIECE - 3, _PIECE - 2, _PIECE - 1])
def test_what_stands_in_a_text_is_not_counted(mark, start):
    """Wherever a piece of the file ends, and however quotes are written."""
    text = f'{{"a": "{"x" * start}{mark}{"y" * _PIECE}", "b": [1, {{}}, []]}}'
    assert json.loads(text) and values_of(text.encode("utf-8")) == 10


def test_a_notebook_with_large_pictures_and_tables_is_read(read, notebook):
    """Twenty megabytes of outputs, a picture as text and a table of a hundred thousand numbers."""
    picture = {"output_type": "display_data", "data": {"image/png": "iVBO,[{" * 10**6 * 2}, "metadata": {}}
    table = {"output_type": "display_data", "data": {"application/json": [0.5] * 10**5}, "metadata": {}}
    notebook["cells"][3] |= {"outputs": [picture, table]}
    assert len(answers(read(notebook))) == 3


def test_a_link_and_a_folder_are_no_files(tmp_path):
    (tmp_path / "secret").write_text("{}", encoding="utf-8")
    try:
        os.symlink(tmp_path / "secret", tmp_path / "toy.ipynb")
    except OSError:
        need(False, "links cannot be made here")
    for file in (tmp_path / "toy.ipynb", tmp_path, tmp_path / "missing"):
        with pytest.raises(Unreadable, match="is no file"):
            read_submission(file, TOY.exercises)


def test_the_answers_of_a_page(read):
    got = read({
        "snnlab": 1,
        "part": "toy",
        "edition": "1+toy",
        "student": "ada",
        "points": 99,
        "answers": {"first": 2.5, "last": [1, 2], "middle": RIGHT["middle"], "essay": "So.", "other": 1},
    })
    assert got.page and got.numbers == {"first": 2.5, "last": [1, 2]} and got.texts == {"essay": "So."}
    assert answers(got) == [("middle", RIGHT["middle"])]
    assert (got.part, got.edition, got.student, got.token) == ("toy", "1+toy", "ada", None)


def test_odd_answers_of_a_page(read):
    got = read({"answers": {"first": None, "middle": 3, "essay": ["x"]}, "edition": 7})
    assert got.sources == () and got.numbers == {} and got.texts == {} and got.edition is None
    assert got.notes == ("The answer to middle is no text.", "The answer to essay is no text.")
