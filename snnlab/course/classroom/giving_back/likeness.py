"""Which answers of a class have long passages in common: ``likeness.html``, for the teacher alone.

It shows pairs and passages and says nothing of how they came about: two who have talked, one book, one
language model, or chance. What was given to all, and what more than a few have written, is left out, and so
are answers too short to tell anything; those who hand in together are not compared, nor are those who were
given different questions of a pool, whose answers may be alike without anybody having seen another's.
"""

import html
from collections.abc import Mapping
from pathlib import Path

from snnlab.course.classroom.giving_back.winnowing import Likeness, alike
from snnlab.course.classroom.intake.extract import Unreadable, read_submission
from snnlab.course.classroom.key import student_variant
from snnlab.course.classroom.parts import FORM, Part
from snnlab.course.classroom.rules import Rules
from snnlab.course.classroom.whole_files import write_whole

__all__ = ["answers_of", "likeness_page", "write_likeness"]

_TEMPLATE = Path(__file__).with_name("likeness.html")


def write_likeness(folder: Path, part: Part, key: dict, files: Mapping[str, Path], rules: Rules) -> str:
    """Compare what was handed in, and write the page if there is anything to be seen.

    Parameters
    ----------
    folder : Path
        Of the class.
    part : Part
        Its exercises.
    key : dict
        Of the class.
    files : mapping
        The file that counts of each student.
    rules : Rules
        Which tell who hands in together.

    Returns
    -------
    str
        What the teacher is told, a sentence.
    """
    found: dict[str, list[Likeness]] = {}
    for name, texts in answers_of(part, files).items():
        exercise = part[name]
        own = {one: student_variant(key, one, name) for one in texts}
        pairs = []
        for form in sorted({one.get(FORM, 0) for one in own.values()}):  # of a pool each by itself
            mine = {one: text for one, text in texts.items() if own[one].get(FORM, 0) == form}
            stub = exercise.stub(own[next(iter(mine))])
            pairs += alike(mine, not exercise.manual, [part.setup, stub])
        found[exercise.title] = [one for one in pairs if one.second not in rules.partners(one.first)]
    page, count = folder / "likeness.html", sum(map(len, found.values()))
    if not count:
        page.unlink(missing_ok=True)
        return ""
    write_whole(page, likeness_page(found).encode("utf-8", errors="replace"))
    pairs_of = "1 pair of answers has" if count == 1 else f"{count} pairs of answers have"
    return f"{pairs_of} long passages in common: {page} shows them, and decides nothing."


def answers_of(part: Part, files: Mapping[str, Path]) -> dict[str, dict[str, str]]:
    """By exercise and student, what they have written themselves.

    Parameters
    ----------
    part : Part
        Its exercises.
    files : mapping
        The file that counts of each student; what cannot be read has no answers.
    """
    found: dict[str, dict[str, str]] = {one.grade_id: {} for one in part.exercises}
    for student, file in files.items():
        try:
            submission = read_submission(file, part.exercises)
        except Unreadable:
            continue
        written = {source.exercise: source.text for source in submission.sources} | submission.texts
        for name, text in written.items():
            if name in found and text.strip():
                found[name][student] = text
    return found


def likeness_page(found: Mapping[str, list[Likeness]]) -> str:
    """The page: each pair with its passages, side by side.

    Parameters
    ----------
    found : mapping
        By title of the exercise.
    """
    boxes = []
    for title, pairs in found.items():
        boxes += [f"<h2>{html.escape(title)}</h2>"] if pairs else []
        for one in pairs:
            boxes.append(
                f"<h3>{html.escape(one.first)} and {html.escape(one.second)}: "
                f"{100 * one.share:.0f} % of the shorter answer</h3>"
            )
            for both in one.passages:
                sides = "".join(f"<pre>{html.escape(side)}</pre>" for side in both)
                boxes.append(f'<div class="both">{sides}</div>')
    return _TEMPLATE.read_text(encoding="utf-8").replace("{pairs}", "\n".join(boxes))
