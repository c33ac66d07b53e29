"""Every problem of a chapter in one list.

    python tests/chapters/check_chapter.py book/chapters/02_leaky_integrate_and_fire.ipynb

Without a file it looks at every chapter. The rules stand in the modules beside this one, one idea a file:
`parts`, `layout` and `exercises` (tags, order, size), `code_cells`, `claims` (numbers), `glossary` (words),
`figures`, `markup`, `equations`, `causes` (why) and `chance` (seeds);
`excursions` for what hangs on a chapter.
"""

import argparse
import sys
from functools import cache
from pathlib import Path

import nbformat

sys.path.insert(0, str(Path(__file__).parents[1]))  # the folder tests, as under pytest

from chapters.causes import cause_problems
from chapters.chance import chance_problems
from chapters.claims import claim_problems
from chapters.code_cells import code_problems
from chapters.equations import equation_labels, labels_under_test
from chapters.excursions import excursion_problems
from chapters.exercises import exercise_problems
from chapters.figures import figure_problems
from chapters.glossary import GLOSSARY, read_glossary, term_problems
from chapters.layout import layout_problems, panel_problems
from chapters.markup import markup_problems
from chapters.notebook import Chapter, Problem, chapter_files, excursion_files, read
from chapters.parts import part_problems
from chapters.strip_notebooks import strip, text_of

__all__ = ["CHECKS", "EXCURSION_CHECKS", "all_problems", "main"]

TESTS = Path(__file__).parents[1]


def _terms(chapter: Chapter) -> list[Problem]:
    return term_problems(chapter, read_glossary(GLOSSARY.read_text(encoding="utf-8")))


def _panels(chapter: Chapter) -> list[Problem]:
    import snnlab_widgets

    def declaration(name: str) -> dict:
        return getattr(snnlab_widgets, name)(engine="kernel").spec

    return panel_problems(chapter, declaration)


@cache
def _tested() -> frozenset[str]:
    """The labels that our tests carry, for every chapter asks."""
    return frozenset(labels_under_test(TESTS))


def _untested(chapter: Chapter) -> list[Problem]:
    return [
        Problem(cell, f'no test is marked @pytest.mark.equation("{label}")')
        for cell, label in equation_labels(chapter)
        if label not in _tested()
    ]


def _stripped(chapter: Chapter) -> list[Problem]:
    text = chapter.path.read_text(encoding="utf-8")
    if text == text_of(strip(nbformat.reads(text, as_version=4))):
        return []
    return [Problem(None, "the notebook is not stripped: python tests/chapters/strip_notebooks.py")]


CHECKS = {
    "parts": part_problems,
    "layout": layout_problems,
    "exercises": exercise_problems,
    "panels": _panels,
    "code": code_problems,
    "numbers": claim_problems,
    "causes": cause_problems,
    "chance": chance_problems,
    "words of the glossary": _terms,
    "figures": figure_problems,
    "markup": markup_problems,
    "equations": _untested,
    "stripped": _stripped,
}
WHOLE = ("parts", "layout", "exercises", "figures")  # what only a whole chapter has to have
EXCURSION_CHECKS = {"excursion": excursion_problems, **{k: v for k, v in CHECKS.items() if k not in WHOLE}}


def all_problems(path: Path) -> dict[str, list[Problem]]:
    """The problems of the chapter in the file `path`, by check."""
    chapter = read(path)
    checks = CHECKS if path.name[2] == "_" else EXCURSION_CHECKS
    return {name: check(chapter) for name, check in checks.items()}


def main(arguments: list[str] | None = None) -> int:
    """The command; returns its exit code."""
    parser = argparse.ArgumentParser(description="Print every problem of a chapter.")
    parser.add_argument("files", nargs="*", type=Path, help="chapters; all of the book if left out")
    files = parser.parse_args(arguments).files or chapter_files() + excursion_files()
    for file in files:
        if not file.is_file():
            parser.error(f"{file} is no file")
        if not file.name[:2].isdigit():
            parser.error(f"{file} is no chapter: its name begins with two digits")
    total = 0
    for file in files:
        print(file)
        for name, problems in all_problems(file).items():
            total += len(problems)
            for problem in sorted(problems, key=lambda found: found.cell or 0):
                print(f"  {name}: {problem}")
    print(f"{total} problems" if total != 1 else "1 problem")
    return 1 if total else 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # Windows writes to a pipe in a smaller alphabet
    sys.exit(main())
