"""What a student has written where marking does not look: in a cell of their own or of another exercise, or
in another file.

A machine does not tell an answer from a note. Where an exercise is left open, what may be its answer is put
before a person, with where it stands, so that nobody has 0 points because a cell has lost its mark.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from snnlab.course.classroom.assessment.verdicts import shown
from snnlab.course.classroom.handout.notebooks import student_notebook
from snnlab.course.classroom.intake.extract import Submission, Unreadable, defines, read_submission
from snnlab.course.classroom.parts import Part, Variant
from snnlab.course.classroom.roster import STUDENTS

__all__ = ["found_beside"]

_MOST = 5000  # characters of one place


def found_beside(
    part: Part,
    variants: Mapping[str, Variant],
    student: str,
    edition: str,
    submission: Submission,
    file: Path,
) -> dict[str, str]:
    """What may be an answer and stands elsewhere, by exercise.

    Parameters
    ----------
    part : Part
        Its exercises.
    variants : mapping
        The student's numbers, by `grade_id`.
    student : str
        The id.
    edition : str
        Of what they were given, which corrected exercises may judge by now.
    submission : Submission
        What counts.
    file : Path
        Where it stands, in the class; the student's other files lie in ``received`` beside it.

    Returns
    -------
    dict
        Texts, each with its place in brackets. Beside a text that is written other cells of text are told,
        beside one that is not all cells; beside code that is written nothing.
    """
    there = _answers(part, variants, submission)
    own = _own_cells(part, variants, submission, _given(part, student, file))
    others = [
        (other.name, _answers(part, variants, content))
        for other, content in _other_files(file, part)
        if _suits(content, part.name, edition, student)
    ]
    found: dict[str, str] = {}
    for exercise in part.exercises:
        name, places = exercise.grade_id, []
        for text, code in own:
            if exercise.manual:
                fits = not code or name not in there
            else:
                fits = name not in there and (not code or _mentions(text, exercise.variable))
            if fits:
                places.append(f"(in another cell)\n{text[:_MOST]}")
        if name not in there:
            places += [] if exercise.manual else _elsewhere(name, exercise.variable, submission)
            places += [f"(in {kept})\n{had[name][:_MOST]}" for kept, had in others if name in had]
        if places:
            found[name] = "\n\n".join(places)
    return found


def _elsewhere(name: str, variable: str, submission: Submission) -> list[str]:
    """Cells of other exercises that give the wanted name a value, which its own cell may take back."""
    return [
        f"(in the cell of {one.exercise})\n{one.text[:_MOST]}"
        for one in submission.sources
        if one.exercise not in ("", name) and defines(one.text, variable)
    ]


def _answers(part: Part, variants: Mapping[str, Variant], submission: Submission) -> dict[str, str]:
    """What stands in the places for answers and is not as it was handed out."""
    given = {name: shown(number) for name, number in submission.numbers.items()} | submission.texts
    for source in submission.sources:
        if source.exercise:
            given[source.exercise] = source.text
    stubs = {one.grade_id: _bare(one.stub(variants[one.grade_id])) for one in part.exercises}
    return {name: text for name, text in given.items() if _bare(text) not in ("", stubs.get(name))}


def _given(part: Part, student: str, file: Path) -> list[str]:
    """The cells of the file that they were given, whose statements may have been corrected since."""
    try:
        given = read_submission(file.parents[2] / STUDENTS / student / f"{part.name}.ipynb", ())
    except (Unreadable, IndexError):
        return []
    return [text for text, _ in given.others]


def _own_cells(
    part: Part, variants: Mapping[str, Variant], submission: Submission, given: Iterable[str]
) -> list[tuple[str, bool]]:
    """The cells that are no place for an answer and were not handed out, with whether they hold code."""
    if not submission.others:
        return []
    handed_out = student_notebook(part, variants, "", "", "")["cells"]
    known = {_bare("".join(cell["source"])) for cell in handed_out} | set(map(_bare, given))
    head = f"# {_bare(part.title)} *For "  # whom it greets by name
    return [
        (text, code)
        for text, code in submission.others
        if (bare := _bare(text)) not in known and not bare.startswith(head)
    ]


def _other_files(file: Path, part: Part) -> list[tuple[Path, Submission]]:
    found = []
    for other in sorted((file.parent / "received").glob("*")):
        try:
            found.append((other, read_submission(other, part.exercises)))
        except Unreadable:
            continue
    return found


def _suits(content: Submission, part: str, edition: str, student: str) -> bool:
    """Whether it can be this student's work, with their numbers."""
    says = (content.part, part), (content.edition, edition), (content.student, student)
    return all(said in (None, word) for said, word in says)


def _mentions(text: str, variable: str) -> bool:
    return re.search(rf"\b{re.escape(variable)}\b", text) is not None


def _bare(text: str) -> str:
    return " ".join(text.split())
