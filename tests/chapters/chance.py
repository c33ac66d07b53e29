"""Results with chance in them against their repetitions.

For authors
-----------
One seed is an anecdote. Compute at least ten, give the array to `snnlab.spread` and print what it returns::

    print(f"accuracy: {spread(accuracies):.2f}")        accuracy: 0.82 ± 0.15 (10 seeds, 0.48 to 0.95)

- A printed line with ``±`` has this form, with ten repetitions or more.
- In the prose, ``±`` stands between two numbers that both carry the words of such a line:
  ``0.82<!-- accuracy --> ± 0.15<!-- accuracy -->``.
- A sentence that says *seeds* or *splits* and gives results (numbers with words) takes one of them from such
  a line.
- A chapter may show one run, and says so: *with this seed*.

What needs more than 20 s for ten seeds is computed in ``tests/nightly`` into a small table; the chapter reads
it with ``snnlab.course.load_table`` and prints its spread.

**Not looked at** are exercises, references, code, mathematics, tables, headings.
"""

import re

from chapters.causes import is_control
from chapters.claims import CLAIM, NUMBER
from chapters.notebook import Chapter, Problem, printed_lines
from chapters.sentences import Sentence, lines_with, sentences

__all__ = ["chance_problems"]

VALUE = rf"{NUMBER}%?"
SPREAD = re.compile(rf"{VALUE} ± {VALUE} \((?P<n>\d+) [a-z ]+, {VALUE} to {VALUE}\)")
REPEATED = re.compile(r"\b(seeds|splits)\b", re.I)
FEWEST = 10


def chance_problems(chapter: Chapter) -> list[Problem]:
    """Spreads that are none, and results of many seeds that rest on no spread."""
    problems = [Problem(None, why) for line in printed_lines(chapter) if (why := _no_spread(line))]
    spreads = [line for line in printed_lines(chapter) if "±" in line and not _no_spread(line)]
    for sentence in sentences(chapter):
        if why := _told_without_one(sentence, spreads):
            problems.append(Problem(sentence.cell, why))
    return problems


def _no_spread(line: str) -> str:
    """Why a printed line with ``±`` is none of `snnlab.spread`; empty if it is one, or has no ``±``."""
    found = list(SPREAD.finditer(line))
    if len(found) != line.count("±"):
        return f'"{line.strip()}" has a ± that is not printed by snnlab.spread'
    few = [match["n"] for match in found if int(match["n"]) < FEWEST]
    return f'"{line.strip()}" rests on {few[0]} repetitions, not on {FEWEST}' if few else ""


def _told_without_one(sentence: Sentence, spreads: list[str]) -> str:
    """Why `sentence` has no right to its ``±`` or its "seeds"; empty if it has, or needs none."""
    claims = [claim for claim in CLAIM.finditer(sentence.text) if not is_control(claim["key"])]
    rest_on_one = [claim for claim in claims if lines_with(claim["key"], spreads)]
    for place in re.finditer("±", sentence.said):
        before = any(claim.end() == len(sentence.text[: place.start()].rstrip()) for claim in rest_on_one)
        gap = re.match(r"\s*", sentence.text[place.end() :])
        after = any(claim.start() == place.end() + gap.end() for claim in rest_on_one)  # type: ignore[union-attr]
        if not (before and after):
            return f'"{sentence.short}": both numbers at a ± carry the words of a printed spread'
    word = REPEATED.search(sentence.said)
    if word and claims and not rest_on_one:
        return f'"{sentence.short}" says "{word[0]}" and takes no number from a printed spread'
    return ""
