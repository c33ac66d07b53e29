"""`snnlab regrade`: judge a class anew with corrected exercises, for the numbers that were handed out.

Two things decide a mark. The key keeps the numbers that each student was given, and no correction changes
them. What is right for these numbers, what is a known mistake and what it is worth stand in the definitions
of the part, and there a tolerance may turn out too small or a solution wrong. This command takes the
definitions as they are now, marks all that was marked before once more, and shows who changes and by how
much. With ``--write`` it writes just what it has shown. Each answer keeps its earlier verdicts::

    {"points": 2.0, …, "before": [{"edition": "…", "points": 0.0, "of": 2, "reason": "no leak", "hint": "…"}]}

Points by hand stay. From then on `snnlab mark` judges what still comes in as this command has done.

Where not the exercises but the course around them has changed, a teacher may know that it changes nobody's
marks. ``--keep`` leaves all marks as they are, notes in each by which edition it was judged, and lets the
course as it is judge from then on. It believes that as far as nothing says otherwise: not where the exercises
have changed, nor where another result is right than before.
"""

import json
from pathlib import Path
from typing import Any

from snnlab.course.classroom.assessment.marking import WITH_YOUR_RIGHTS, limits_of, submissions
from snnlab.course.classroom.assessment.rounds import Round
from snnlab.course.classroom.assessment.shares import Share
from snnlab.course.classroom.assessment.suiting import judged_otherwise, refuse_other_exercises
from snnlab.course.classroom.giving_back.standings import number
from snnlab.course.classroom.key import judgement, read_key, write_key
from snnlab.course.classroom.marks import machine_s, read_by_hand, read_mark, sha256, with_hand, write_mark
from snnlab.course.classroom.one_at_a_time import alone_with
from snnlab.course.classroom.parts import Part
from snnlab.course.classroom.reading import find_part
from snnlab.course.classroom.sandbox.choosing import find_isolation
from snnlab.course.classroom.sandbox.limits import Limits
from snnlab.course.classroom.whole_files import need_writable, write_whole
from snnlab.course.errors import CommandError
from snnlab.course.printable import say

__all__ = ["regrade"]

PROPOSAL = "regraded.json"
_VERDICT = ("points", "of", "reason", "hint")


def regrade(
    class_folder: str | Path,
    write: bool = False,
    no_isolation: bool = False,
    seconds: float = Limits().total,
    keep: bool = False,
    other_numbers: bool = False,
) -> int:
    """Show what corrected exercises would change, or write what was shown.

    Parameters
    ----------
    class_folder : str or Path
        With its marks.
    write : bool
        Write what the last call has shown.
    no_isolation, seconds
        As for `snnlab.course.classroom.assessment.marking.mark_class`.
    keep : bool
        Keep all marks, and let the course as it is here judge from now on.
    other_numbers : bool
        Take definitions that would give these students other numbers now.

    Returns
    -------
    int
        0, or 2 if some could not be judged and nothing can be written.

    Raises
    ------
    CommandError
        If the exercises are those that have judged, if they do not suit the numbers that were handed out, or
        if nothing was shown that could be written or nothing has changed that could be kept.
    """
    folder = Path(class_folder)
    with alone_with(folder):
        key = read_key(folder)
        part = find_part(key["part"])
        need_writable(folder)
        if write:
            return _write(folder, key, part)
        if keep:
            return _keep(folder, key, part)
        if part.edition == judgement(key) and not judged_otherwise(key, part, key["students"]):
            raise CommandError(
                f"the exercises here are of {part.edition}, which has judged this class: correct "
                f"{part.name} in book/exercises first"
            )
        refuse_other_exercises(key, part, other_numbers)
        return _show(folder, key, part, no_isolation, limits_of(seconds))


# --- what would change ---


def _show(folder: Path, key: dict, part: Part, no_isolation: bool, limits: Limits) -> int:
    by_hand = read_by_hand(folder, {one.grade_id: one.points for one in part.exercises}, key["students"])
    files, old = _marked(folder, key, part)
    fresh: dict[str, dict] = {}
    if files:
        isolation = find_isolation([folder], limits, no_isolation)
        if not isolation.isolated:
            say(WITH_YOUR_RIGHTS)
        this = Round(key, part, limits, lambda mark: fresh.update({mark["id"]: mark}))
        this.mark(files, isolation)
        if this.failed:
            for student, reason in this.failed.items():
                say(f"{student} could not be judged: {reason}.")
            say("Nothing was written: run this command again.")
            return 2
    marks = {student: _remembering(old[student], fresh[student], judgement(key)) for student in files}
    say(f"Judged by {judgement(key)} so far, and now by {part.edition}.")
    _tell(old, marks, by_hand)
    proposal = {
        "edition": part.edition,
        "marks": marks,
        "was": {student: _seal(old[student]) for student in marks},
    }
    write_whole(folder / PROPOSAL, json.dumps(proposal, indent=1, ensure_ascii=True) + "\n")
    say(f"Nothing is written yet: `snnlab regrade {folder} --write` writes this, and keeps both verdicts.")
    return 0


def _marked(folder: Path, key: dict, part: Part) -> tuple[dict[str, Path], dict[str, dict]]:
    """The files that were marked and still count, with their marks; others are for `snnlab mark`."""
    files: dict[str, Path] = {}
    old: dict[str, dict] = {}
    newer = part.edition != judgement(key)  # else the same edition has another result, and no mark is new
    if not (folder / "submitted").is_dir():
        return files, old
    for student, file in submissions(folder, key, Share())[0].items():
        mark = read_mark(folder, student)
        if mark is None or mark.get("sha256") != sha256(file):
            continue
        if newer and mark.get("edition") == part.edition:
            continue
        files[student], old[student] = file, mark
    return files, old


def _remembering(old: dict, new: dict, edition: str) -> dict:
    """New marks that keep the verdicts which they replace."""
    exercises = {}
    for name, entry in new["exercises"].items():
        was = machine_s(old["exercises"].get(name, {}))
        before = list(was.get("before", []))
        if was and any(was.get(word) != entry[word] for word in _VERDICT):
            before.append({"edition": edition, **{word: was.get(word) for word in _VERDICT}})
        exercises[name] = {**entry, "before": before} if before else entry
    return {**new, "exercises": exercises}


def _tell(old: dict[str, dict], marks: dict[str, dict], by_hand: dict) -> None:
    """Who changes and by how much, the answers under their student."""
    gain = lose = same = 0
    for student, mark in marks.items():
        before, after = (_sum(with_hand(one, by_hand)) for one in (old[student], mark))
        lines = [
            line
            for name, entry in mark["exercises"].items()
            for line in _line(name, machine_s(old[student]["exercises"].get(name, {})), entry)
        ]
        gain, lose, same = (
            gain + (after > before),
            lose + (after < before),
            same + (bool(lines) and after == before),
        )
        if lines:
            stays = [name for name in mark["exercises"] if (student, name) in by_hand]
            said = f" Points by hand stay: {', '.join(stays)}." if stays else ""
            of = number(sum(entry["of"] for entry in mark["exercises"].values()))
            for line in (f"{student}: {number(before)} → {number(after)} of {of}.{said}", *lines):
                say(line)
    say(
        f"Of {len(marks)} students: {gain} with more points, {lose} with fewer, {same} with the same sum and "
        "other verdicts."
    )


def _line(name: str, was: dict, entry: dict) -> list[str]:
    """What has become of one answer; nothing if its verdict is the same."""
    if not was or all(was.get(word) == entry[word] for word in _VERDICT):
        return []
    if (was["points"], was["reason"]) == (entry["points"], entry["reason"]):
        return [f"  {name}: only the words of the hint, or what can be had."]
    return [f"  {name}: {_said(was)} → {_said(entry)}"]


def _said(entry: dict) -> str:
    points = "open" if entry["points"] is None else number(entry["points"])
    return f"{points} ({entry['reason']})"


def _sum(mark: dict) -> float:
    return sum(entry["points"] or 0.0 for entry in mark["exercises"].values())


# --- writing it ---


def _write(folder: Path, key: dict, part: Part) -> int:
    """Marks first and the key last: if this is interrupted, the same command writes the rest."""
    proposal = _shown(folder)
    if proposal.get("edition") != part.edition:
        raise CommandError(
            f"nothing was shown that could be written: `snnlab regrade {folder}` shows who would change, and "
            "--write then writes just that"
        )
    marks: dict[str, dict] = proposal["marks"]
    for student, mark in marks.items():
        now = read_mark(folder, student)
        if now is None or _seal(now) not in (proposal["was"][student], _seal(mark)):
            raise CommandError(
                f"{student} was marked anew since this was shown, and nothing was written: look once more "
                f"with `snnlab regrade {folder}`"
            )
    by_hand = read_by_hand(folder, {one.grade_id: one.points for one in part.exercises}, key["students"])
    for mark in marks.values():
        write_mark(folder, with_hand(mark, by_hand))
    write_key(folder, _judged_by(key, part))
    (folder / PROPOSAL).unlink(missing_ok=True)
    say(
        f"Written for {len(marks)} students, with both verdicts. From now on `snnlab mark` judges by "
        f"{part.edition}."
    )
    say("Gradebook and feedback stay as they are until `snnlab marks` and `snnlab feedback` run again.")
    return 0


def _shown(folder: Path) -> dict[str, Any]:
    try:
        shown = json.loads((folder / PROPOSAL).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return shown if isinstance(shown, dict) and {"marks", "was"} <= shown.keys() else {}


def _judged_by(key: dict, part: Part) -> dict:
    """The key with the edition that judges now, and with what that takes for right; all numbers stay."""
    students = {}
    for student, entry in key["students"].items():
        exercises = {}
        for exercise in part.exercises:
            own = entry["exercises"][exercise.grade_id]
            right = exercise.expected(own["parameters"]) if exercise.kind == "number" else None
            exercises[exercise.grade_id] = {**own, "expected": None if right is None else right.tolist()}
        students[student] = {**entry, "exercises": exercises}
    return {**key, "judgement": part.edition, "course": dict(part.course), "students": students}


def _seal(mark: dict) -> str:
    """What tells whether the machine's verdicts are still the same; people may add theirs meanwhile."""
    bare = {name: machine_s(entry) for name, entry in mark["exercises"].items()}
    return json.dumps([mark.get("edition"), mark.get("sha256"), bare], sort_keys=True)


# --- keeping all as it is ---


def _keep(folder: Path, key: dict, part: Part) -> int:
    """Marks first and the key last, as for `_write`."""
    of, look = judgement(key), f"see with `snnlab regrade {folder}` whom that changes"
    if part.edition == of:
        raise CommandError(f"nothing has changed since {of} has judged this class: there is nothing to keep")
    if part.definitions != of.partition("-")[0]:
        raise CommandError(
            f"the exercises themselves have changed since {of} has judged this class, and not only the "
            f"course around them: {look}"
        )
    if told := judged_otherwise(key, part, key["students"]):
        raise CommandError(f"{told}: {look}")
    kept = 0
    for student in key["students"]:
        mark = read_mark(folder, student)
        if mark is not None and mark.get("edition") == of:
            write_mark(folder, {**mark, "edition": part.edition, "kept": [*mark.get("kept", []), of]})
            kept += 1
    write_key(folder, {**key, "judgement": part.edition, "course": dict(part.course)})
    (folder / PROPOSAL).unlink(missing_ok=True)
    say(f"Kept the marks of {kept} students. From now on `snnlab mark` judges by {part.edition}.")
    return 0
