"""What others list of the chapters is fresh, and follows from the notebooks."""

import re

import pytest
from chapters import write_lists
from chapters.notebook import chapter_files, exercises, read
from chapters.tiny import good_chapter
from chapters.write_lists import EXERCISE, LISTS, SLACK, contents, cover, fresh, lacking, minutes, syllabus
from tree import ROOT


@pytest.fixture(scope="module")
def chapters():
    return [read(file) for file in chapter_files()]


@pytest.fixture
def another(chapters):
    """A chapter 9 among those of the other parts."""
    path = ROOT / "book" / "chapters" / "09_networks.ipynb"
    ours = {"prerequisites": [], "about": "many neurons."}
    first, *rest = good_chapter().cells
    heading = first._replace(source="# 9. Networks\n\n*What can many do?*")
    new = good_chapter()._replace(path=path, metadata={"snnlab": ours}, cells=[heading, *rest])
    others = [chapter for chapter in chapters if not 9 <= chapter.number < 12]
    return sorted([*others, new], key=lambda chapter: chapter.number)


@pytest.mark.parametrize("name", LISTS)
def test_the_lists_are_fresh(name, chapters):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert fresh(name, text, chapters) == text, "python tests/chapters/write_lists.py writes it anew"


def test_a_chapter_more_stands_in_its_part(another):
    lines = contents(another, "").splitlines()
    place = lines.index("      - file: chapters/09_networks")
    assert lines[place - 2 : place] == ['  - caption: "Part III: networks"', "    chapters:"]
    before = [line for line in lines[:place] if line.startswith("      - file")]  # without excursions
    assert before[-1] == "      - file: chapters/08_spikes_or_rates"
    assert lines[place + 1] == '  - caption: "Part IV: learning with gradients"'


def test_the_readme_goes_on_counting(another):
    told = cover(another, "")
    assert re.findall(r"^(\d+)\. \*\*", told, re.M) == [str(number) for number in range(1, 10)]
    assert re.search(r"^9\. \*\*Networks\*\*: many neurons\.$", told, re.M)
    assert re.search(r"^- 16, \*\*", told, re.M)


def test_minutes_follow_from_the_chapters_and_stay_while_they_are_right(chapters):
    rows = re.findall(
        r"^\| \[(\d+), .+ \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", syllabus(chapters, ""), re.M
    )
    for chapter, (number, *times, tasks, together) in zip(chapters, rows, strict=True):
        path, rest = minutes(chapter)
        assert int(number) == chapter.number
        assert [*map(int, times)] == [round(path), round(rest)]
        assert int(tasks) == EXERCISE * len(exercises(chapter))
        assert int(together) == sum(map(int, times)) + int(tasks)

    first, path, rest = chapters[0].path.name, *map(round, minutes(chapters[0]))
    for off, kept in ((SLACK - 1, True), (SLACK + 1, False)):
        old = f"({first}) | {path + off} | {rest} |"
        assert (f"{first}) | {path + off} | {rest} |" in syllabus(chapters, old)) is kept


def test_a_chapter_that_has_only_begun_is_told_what_it_lacks(chapters, monkeypatch, capsys):
    assert [sentence for chapter in chapters for sentence in lacking(chapter)] == []
    begun = good_chapter()
    cells = [begun.cells[0]._replace(source="# A bucket"), *begun.cells[1:]]
    cells = [cell for cell in cells if "part:stop" not in cell.tags]
    monkeypatch.setattr(write_lists, "chapter_files", lambda: [begun.path])
    monkeypatch.setattr(write_lists, "read", lambda file: begun._replace(cells=cells, metadata={}))
    before = {name: (ROOT / name).read_bytes() for name in LISTS}
    assert write_lists.main([]) == 2
    told = capsys.readouterr().err.splitlines()
    assert [line.split(" must ")[0] for line in told] == ["02_tiny.ipynb"] * 3
    assert "part:stop" in told[1] and '"snnlab": {"about": "…"}' in told[2]
    assert {name: (ROOT / name).read_bytes() for name in LISTS} == before
