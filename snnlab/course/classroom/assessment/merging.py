"""`snnlab merge`: bring together what two assistants have marked, or tell where they disagree.

Marks and points by hand are compared first. If two say different things of one answer, both are told and
nothing is changed. A file with points by hand is never written into: one of the same name with other lines
comes to lie beside it, and `snnlab mark` reads all of them.
"""

from pathlib import Path
from typing import NamedTuple

from snnlab.course.classroom.giving_back.standings import number
from snnlab.course.classroom.key import KEY, judgement, read_key
from snnlab.course.classroom.marks import ByHand, hand_lines, mark_file, read_mark, write_mark
from snnlab.course.classroom.one_at_a_time import alone_with
from snnlab.course.classroom.reading import find_part
from snnlab.course.classroom.whole_files import copy_whole, need_writable
from snnlab.course.errors import CommandError
from snnlab.course.printable import say

__all__ = ["merge"]


class _Plan(NamedTuple):
    """What would be done."""

    marks: dict[str, dict]
    files: list[tuple[Path, Path]]
    conflicts: list[str]
    notes: list[str]


def merge(class_folder: str, others: list[str]) -> int:
    """Merge other copies of a class, or files with points by hand, into a class.

    Parameters
    ----------
    class_folder : str
        The class that gets everything.
    others : list of str
        Folders that were made from the same key, or files ``manual-NAME.csv``.

    Returns
    -------
    int
        0, or 2 if there were conflicts and nothing was changed.

    Raises
    ------
    CommandError
        If something is no class, another class, or no such file.
    """
    folder = Path(class_folder)
    with alone_with(folder):
        return _merge(folder, others)


def _merge(folder: Path, others: list[str]) -> int:
    key = read_key(folder)
    plan = _Plan({}, [], [], [])
    sheets = sorted(folder.glob("manual-*.csv"))
    for other in map(Path, others):
        if other.is_dir():
            _same_class(folder, key, other)
            _compare_marks(folder, other, key, plan)
            sheets += sorted(other.glob("manual-*.csv"))
        elif other.is_file():
            if not (other.name.startswith("manual-") and other.suffix == ".csv"):
                raise CommandError(
                    f"{other} must be called manual-NAME.csv, with the name of who gave the points"
                )
            sheets.append(other)
        else:
            raise CommandError(f"there is no {other}: name the folder of a class or a file manual-NAME.csv")
    _compare_sheets(folder, sheets, key, plan)
    if plan.conflicts:
        many = len(plan.conflicts)
        say(f"Nothing was changed. {many} answer{'s have' if many > 1 else ' has'} two verdicts:")
        for sentence in plan.conflicts:
            say(f"  {sentence}")
        say("Agree, mend one of the two, and merge again. A sheet that both copies have must agree in both.")
        return 2
    need_writable(folder)
    for mark in plan.marks.values():
        write_mark(folder, mark)
    for source, target in plan.files:
        copy_whole(source, target)
    for sentence in plan.notes:
        say(sentence)
    brought = "1 file" if len(plan.files) == 1 else f"{len(plan.files)} files"
    say(f"New: marks of {len(plan.marks)} students, {brought} with points by hand.")
    return 0


def _same_class(folder: Path, key: dict, other: Path) -> None:
    theirs = read_key(other)
    if any(theirs[name] != key[name] for name in ("part", "edition", "seed")):
        raise CommandError(f"{other} is another class than {folder}: their {KEY} differ")
    if judgement(theirs) != judgement(key):
        raise CommandError(
            f"{folder} is judged by {judgement(key)} and {other} by {judgement(theirs)}: bring them together "
            "first, or `snnlab regrade` both"
        )


# --- marks ---


def _compare_marks(folder: Path, other: Path, key: dict, plan: _Plan) -> None:
    for file in sorted((other / "marks").glob("*.json")):
        student = file.stem
        theirs = read_mark(other, student)
        if student not in key["students"] or theirs is None or theirs.get("edition") != judgement(key):
            plan.notes.append(f"{file} is no mark of this class and was left out.")
            continue
        ours = plan.marks.get(student) or read_mark(folder, student)
        if ours is None:
            plan.marks[student] = {**theirs, "id": student}
        else:
            where = f"{student} in {mark_file(folder, student)} and {file}"
            plan.conflicts.extend(_differences(student, where, ours, theirs))


def _differences(student: str, where: str, ours: dict, theirs: dict) -> list[str]:
    if ours.get("sha256") != theirs.get("sha256"):
        return [f"{where}: two different files of {student} were marked"]
    found = []
    names = [*ours["exercises"], *(name for name in theirs["exercises"] if name not in ours["exercises"])]
    for name in names:
        verdicts = [_verdict(mark["exercises"].get(name)) for mark in (ours, theirs)]
        if verdicts[0] != verdicts[1]:
            found.append(f"{where}, {name}: {verdicts[0]} and {verdicts[1]}")
    return found


def _verdict(entry: dict | None) -> str:
    """What the machine said; what people said stands in their files."""
    if entry is None:
        return "nothing"
    machine = entry.get("machine", entry)
    points = "open" if machine["points"] is None else number(machine["points"])
    return f"{points} ({machine['reason']})"


# --- points by hand ---


def _compare_sheets(folder: Path, sheets: list[Path], key: dict, plan: _Plan) -> None:
    worth = {exercise.grade_id: exercise.points for exercise in find_part(key["part"]).exercises}
    given: dict[tuple[str, str], tuple[Path, ByHand]] = {}
    seen: dict[Path, bytes] = {}
    for sheet in sheets:
        if sheet.resolve() in seen:
            continue
        seen[sheet.resolve()] = sheet.read_bytes()
        for answer, one in hand_lines(sheet, worth):
            if answer[0] not in key["students"]:
                raise CommandError(
                    f'{sheet} gives points to "{answer[0]}", and nobody in this class has that id'
                )
            first, other = given.setdefault(answer, (sheet, one))
            where = f"{answer[0]}, {answer[1]}"
            if other.points != one.points:
                plan.conflicts.append(
                    f"{where}: {number(other.points)} ({first}) and {number(one.points)} ({sheet})"
                )
            elif other.comment and one.comment and other.comment != one.comment:
                plan.notes.append(
                    f"{where}: both comments are kept, and the first is shown: {first}, {sheet}."
                )
        if sheet.parent.resolve() != folder.resolve():
            _bring(folder, sheet, plan)


def _bring(folder: Path, sheet: Path, plan: _Plan) -> None:
    """Plan to copy a file under a name that is free, unless the class has it already."""
    data = sheet.read_bytes()
    taken = {target: source.read_bytes() for source, target in plan.files}
    for number_ in range(1, 1000):
        target = folder / (sheet.name if number_ == 1 else f"{sheet.stem}-{number_}.csv")
        there = taken.get(target) if target in taken else target.read_bytes() if target.exists() else None
        if there is None:
            plan.files.append((sheet, target))
            return
        if there == data:
            return
