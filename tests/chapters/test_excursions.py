"""The rules of an excursion, each broken in turn."""

import pytest
from chapters.excursions import excursion_problems
from chapters.notebook import Cell, excursion_files, read


@pytest.fixture
def good():
    return read(excursion_files()[0])


def changed(excursion, tag, **new):
    """The excursion with every cell of a tag changed, or left out if nothing is new."""
    cells = [
        cell._replace(**new) if tag in cell.tags else cell
        for cell in excursion.cells
        if new or tag not in cell.tags
    ]
    return excursion._replace(cells=cells)


def test_those_of_the_book_are_good():
    assert [problem for file in excursion_files() for problem in excursion_problems(read(file))] == []


@pytest.mark.parametrize(
    ("tag", "new", "said"),
    [
        ("part:question", {"source": "# Excursion 9x. Else\n\n*Why?*"}, "begin with"),
        ("part:exercise", {}, "it has 0 exercises"),
        ("part:panel", {}, "it has 0 panels"),
        ("part:references", {}, "no cell has the tag part:references"),
        ("part:references", {"tags": frozenset({"part:reference"})}, "no tag of a chapter"),
    ],
)
def test_a_fault_is_named(good, tag, new, said):
    assert any(said in problem.message for problem in excursion_problems(changed(good, tag, **new)))


def test_length_and_metadata(good):
    long = Cell(99, "markdown", "word " * 900, frozenset(), [])
    found = excursion_problems(good._replace(cells=[*good.cells, long], metadata={}))
    assert [problem.message.split(",")[0] for problem in found] == [
        'the metadata need "about"',
        found[1].message.split(",")[0],
    ]
    assert "words" in found[1].message
