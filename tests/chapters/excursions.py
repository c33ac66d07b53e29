"""Excursions: what hangs on a chapter and is no part of its way.

For authors
-----------
An excursion of chapter 4 is ``04x_name.ipynb``; a second one would be ``04y_name.ipynb``. It is a chapter in
small. Its first line is "# Excursion 4x. Title", its second, in italics, a question (``part:question``).

- 400 to 900 words, one panel with a question before it and an explanation after it, one or two exercises,
  whose numbers go on where the chapter's end, or those of its excursion before.
- Its metadata have "about", as a chapter's, and the chapter among the prerequisites; the chapter links to it.
- What a chapter needs besides, from the hook to "Stop here if you like", it need not have. Code, numbers,
  causes, chance, words, equations and outputs are looked at as in a chapter.
"""

import re

from chapters.exercises import exercise_of
from chapters.layout import called_panels, panel_neighbours
from chapters.notebook import CHAPTERS, Chapter, Problem, excursion_files, exercises, figures, read, words
from chapters.parts import tag_problems

__all__ = ["excursion_problems"]

FEWEST_WORDS, MOST_WORDS = 400, 900
MOST_FIGURES = 4


def excursion_problems(excursion: Chapter) -> list[Problem]:
    """What is wrong with an excursion beyond what every notebook of the book has to be."""
    problems = tag_problems(excursion) + _begin(excursion)
    total, shown = sum(map(words, excursion.cells)), figures(excursion)
    if not FEWEST_WORDS <= total <= MOST_WORDS:
        problems.append(Problem(None, f"it has {total} words, it should have {FEWEST_WORDS} to {MOST_WORDS}"))
    if sum(not cell.tags & {"part:goal", "part:scheme"} for cell, _ in shown) > MOST_FIGURES:
        problems.append(Problem(None, f"it has more than {MOST_FIGURES} figures"))
    for cell, alt in shown:
        if len(re.findall(r"[^\W\d_]+", alt)) < 3:
            problems.append(Problem(cell.number, f'"{alt[:50]}" is no sentence that describes a figure'))
    panels = excursion.tagged("part:panel", "code")
    if len(panels) != 1 or any(len(called_panels(cell)) != 1 for cell in panels):
        problems.append(Problem(None, f"it has {len(panels)} panels, it should have one"))
    problems += [problem for cell in panels for problem in panel_neighbours(excursion, cell)]
    found = exercises(excursion)
    if not 1 <= len(found) <= 2:
        problems.append(Problem(None, f"it has {len(found)} exercises, it should have one or two"))
    name = excursion.path.name
    earlier = [read(file) for file in excursion_files() if file.name[:2] == name[:2] and file.name < name]
    first = sum(len(exercises(found)) for found in [_chapter(excursion), *earlier]) + 1
    for k, exercise in enumerate(found, start=first):
        problems += exercise_of(exercise, f"{excursion.number}.{k}")
    if not excursion.tagged("part:references", "markdown"):
        problems.append(Problem(None, "no cell has the tag part:references"))
    return problems


def _chapter(excursion: Chapter) -> Chapter:
    (file,) = CHAPTERS.glob(f"{excursion.path.name[:2]}_*.ipynb")
    return read(file)


def _begin(excursion: Chapter) -> list[Problem]:
    """Its name, its question, and that its chapter knows of it."""
    name, problems = excursion.path.name, []
    first = excursion.cells[0]
    begin = rf"# Excursion {excursion.number}{name[2]}\. .+\n\n\*[^*\n]+\?\*"
    if not re.fullmatch(begin, first.source) or "part:question" not in first.tags:
        problems.append(
            Problem(1, f'begin with "# Excursion {excursion.number}{name[2]}. Title", and a question')
        )
    chapter = _chapter(excursion)
    if f"]({name})" not in "".join(cell.source for cell in chapter.cells):
        problems.append(Problem(None, f"{chapter.path.name} has no link to {name}"))
    about = excursion.metadata.get("snnlab", {})
    if not about.get("about") or chapter.path.stem not in about.get("prerequisites", []):
        problems.append(
            Problem(None, f'the metadata need "about", and {chapter.path.stem} as a prerequisite')
        )
    return problems
