"""The teacher's page: the notes follow from the chapters, and the plan names each of them."""

import importlib.util
import re
from itertools import chain

import pytest
from chapters.notebook import exercises, read
from sample_book import BOOK

from snnlab.course.checking import mistakes

TEXT = (BOOK / "teaching.md").read_text(encoding="utf-8")
TOC = (BOOK / "_toc.yml").read_text(encoding="utf-8")
THERE = {int(number) for number in re.findall(r"file: chapters/(\d\d)_", TOC)}
SYLLABUS = (BOOK / "syllabus.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def extension():
    spec = importlib.util.spec_from_file_location("teaching_notes", BOOK / "_ext" / "teaching_notes.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def notes(extension):
    """The notes of each chapter, by its number."""
    found = re.split(r"^### \[(?=\d)", extension.notes(BOOK), flags=re.M)[1:]
    return {int(text.partition(".")[0]): text for text in found}


def test_there_is_a_place_for_the_notes(extension):
    assert TEXT.count(extension.PLACE) == 1 and "file: teaching" in TOC
    below = TEXT.partition(extension.PLACE)[2].strip()  # in the repository; the notes take its place
    assert "`python3 start.py book`" in below and "\n" not in below


def test_every_chapter_has_its_notes(extension, notes):
    assert set(notes) == THERE
    for file in extension.chapters(BOOK):
        chapter = read(file)
        text = notes[chapter.number]
        aims = next(cell.source for cell in chapter.cells if "part:objectives" in cell.tags)
        aims = aims.replace("](glossary.md#", "](chapters/glossary.md#")  # seen from the page of the notes
        assert all(line in text for line in re.findall(r"^- .+$", aims, re.M))
        for exercise in exercises(chapter):
            assert f"**{exercise.name}, " in text
            assert all(f"- *{mistake.name}*: " in text for mistake in mistakes(exercise.name))
        asked = text.partition("**To talk about**")[2].partition("<details>")[0]
        assert len(re.findall(r"^- .*\?", asked, re.M)) >= 2


def test_times_are_those_of_the_syllabus(notes):
    rows = re.findall(r"^\| \[(\d+)[^|]*\]\([^|]*\) \| (\d+) \| (\d+) \| (\d+) \|", SYLLABUS, re.M)
    assert len(rows) >= 9
    for number, path, rest, tasks in rows:
        said = re.search(
            r"\*\*Time\.\*\* (\d+) minutes .*?, (\d+) for the rest, (\d+) for", notes[int(number)]
        )
        for mine, theirs in zip(said.groups(), (path, rest, tasks), strict=True):
            assert abs(int(mine) - int(theirs)) <= 2


def test_no_place_for_an_answer_is_left_in_a_hint(notes):
    assert not re.search(r"\{\w*\}", "".join(notes.values()))


def test_the_plan_names_every_chapter_and_no_other():
    plan = TEXT.partition("## Plans")[2].partition("## Notes")[0]
    rows = re.findall(r"^\| (\d+) \| (.*?) \| (.*?) \|", plan, re.M)
    assert [int(week) for week, *_ in rows] == list(range(1, 13))
    cells = " ".join(cell for _, *pair in rows for cell in pair)
    named = {int(number) for number in re.findall(r"[Cc]hapter (\d+)", cells)}
    assert named == THERE
    for exercise in re.findall(r"\b\d+\.\d\b", cells):
        assert mistakes(exercise)


def test_parts_are_out_before_they_are_due_and_after_their_chapters():
    from snnlab.course.classroom.reading import find_part, part_names

    rows = re.findall(r"^\| (\d+) \| (.*?) \| (.*?) \| ((?:`part\d` (?:out|due)(?:, )?)*) ?\|$", TEXT, re.M)
    handed = [(int(week), *each) for week, *_, what in rows for each in re.findall(r"`(part\d)` (\w+)", what)]
    out = {part: week for week, part, what in handed if what == "out"}
    due = {part: week for week, part, what in handed if what == "due"}
    assert set(out) == set(due) == set(part_names())
    for part in out:
        last = int(re.findall(r"\d+", find_part(part).introduction)[-1])
        weeks = [int(week) for week, *cells, _ in rows if re.search(rf"[Cc]hapter {last}\b", " ".join(cells))]
        assert max(weeks) <= due[part] and out[part] < due[part]


def test_every_point_can_be_reached_in_the_page_of_a_student():
    """What is got by calling the course lies in the page: it can run nothing."""
    from snnlab.course.classroom.reading import find_part, part_names

    assert "Every point can be reached there" in TEXT
    found = 0
    for name in part_names():
        part = find_part(name)
        assert sum(exercise.points for exercise in part.exercises) == 13
        for form in chain.from_iterable(one.forms or (one,) for one in part.exercises):
            called = re.search(r"`load_\w+\(|exercise\(\"", form.build(form.draw(0)).statement)
            assert bool(called) == bool(form.bench or form.table), form
            found += bool(called)
    assert found


def test_what_the_page_says_of_the_parts_is_so():
    from snnlab.course.classroom.reading import find_part, part_names

    in_words = {3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine"}
    assert f"There are {in_words[len(part_names())]} parts: " in TEXT
    for name in part_names():
        part = find_part(name)
        assert f"`{name}` to {re.search(r'chapters? .+(?=[.])', part.introduction)[0]}" in TEXT
        assert [exercise.manual for exercise in part.exercises].count(False) == (5 if name == "part4" else 4)
        assert sum(exercise.manual for exercise in part.exercises) == 1


def test_links_of_the_notes_lead_from_the_page_on_which_they_stand(notes):
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", "".join(notes.values()))
    assert len(links) > 20
    assert [link for link in set(links) if "://" not in link and not (BOOK / link).exists()] == []
