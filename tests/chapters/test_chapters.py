"""Every chapter of the book against every rule, and the rules that hold for the book as a whole."""

from functools import cache

import nbformat
import pytest
from chapters.check_chapter import CHECKS, EXCURSION_CHECKS, TESTS
from chapters.equations import labels_under_test, orphans
from chapters.glossary import GLOSSARY, glossary_problems
from chapters.notebook import chapter_files, excursion_files, read
from chapters.strip_notebooks import notebooks, strip, text_of

CHAPTERS, EXCURSIONS = chapter_files(), excursion_files()
chapter_of = cache(read)  # thirteen checks look at it, and none changes it
OTHERS = [path for path in notebooks() if path not in CHAPTERS + EXCURSIONS]


def names(paths):
    return [path.stem for path in paths]


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("path", CHAPTERS, ids=names(CHAPTERS))
def test_chapter(path, check):
    problems = CHECKS[check](chapter_of(path))
    assert not problems, "\n".join(map(str, problems))


@pytest.mark.parametrize("check", EXCURSION_CHECKS)
@pytest.mark.parametrize("path", EXCURSIONS, ids=names(EXCURSIONS))
def test_excursion(path, check):
    problems = EXCURSION_CHECKS[check](chapter_of(path))
    assert not problems, "\n".join(map(str, problems))


@pytest.mark.skipif(not CHAPTERS, reason="there is no chapter yet")
def test_every_equation_has_a_test_and_every_marker_an_equation():
    problems = orphans(map(chapter_of, CHAPTERS + EXCURSIONS), labels_under_test(TESTS))
    assert not problems, "\n".join(map(str, problems))


def test_the_glossary_is_in_order():
    problems = glossary_problems(GLOSSARY.read_text(encoding="utf-8"))
    assert not problems, "\n".join(map(str, problems))


@pytest.mark.parametrize("path", OTHERS, ids=names(OTHERS))
def test_the_other_notebooks_are_stripped(path):
    text = path.read_text(encoding="utf-8")
    assert text == text_of(strip(nbformat.reads(text, as_version=4))), (
        "run python tests/chapters/strip_notebooks.py"
    )
