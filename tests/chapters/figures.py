"""Figures and the words that stand for them.

Every output that is not printed text is a figure: a picture of `snnlab.plots` or a panel. Its ``text/plain``
is what a screen reader says, so it has to be a sentence and not the ``repr`` of an object or a bare number. A
picture in markdown needs a text in its brackets. A chapter has 4 to 8 figures, panels and pictures in
markdown among them; a goal is an exercise, a scheme (``part:scheme``) shows no data, and both count as none.
"""

import re

from chapters.notebook import Chapter, Problem, blank, figures

__all__ = ["figure_problems"]

FEWEST, MOST = 4, 8
REPR = re.compile(r"[\w.]*[<(\[{]")  # <Figure …>, array([…]), Spikes(…), (1, 2)
IMAGE = re.compile(r"!\[([^\]]*)\]")


def figure_problems(chapter: Chapter) -> list[Problem]:
    """Figures without words, and a number of figures out of range."""
    problems = []
    shown = figures(chapter)
    for cell, alt in shown:
        if not alt:
            problems.append(Problem(cell.number, "the figure has no text (text/plain)"))
        elif REPR.match(alt) or len(re.findall(r"[^\W\d_]+", alt)) < 3:
            problems.append(Problem(cell.number, f'"{alt[:50]}" is no sentence that describes a figure'))
    count = sum(not cell.tags & {"part:goal", "part:scheme"} for cell, _ in shown)
    for cell in chapter.cells:
        if cell.kind == "markdown":
            for alt in IMAGE.findall(blank(cell.source, "fences", "code")):
                count += 1
                if not alt.strip():
                    problems.append(Problem(cell.number, "a picture has no text in its brackets"))
    if not FEWEST <= count <= MOST:
        problems.append(Problem(None, f"the chapter has {count} figures, it should have {FEWEST} to {MOST}"))
    return problems
