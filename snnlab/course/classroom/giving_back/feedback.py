"""`snnlab feedback`: one page a student, with the points, the reason and the hint of each exercise.

A page is one file that asks no server and runs no script. Whatever a student or a person has written stands
there as text. What only the teacher reads, the notes of a mark, does not.
"""

import zipfile
from pathlib import Path
from xml.etree import ElementTree

from snnlab.course.classroom.giving_back.hand_notes import hand_notes
from snnlab.course.classroom.giving_back.likeness import write_likeness
from snnlab.course.classroom.giving_back.overview import write_overview
from snnlab.course.classroom.giving_back.standings import Standing, number, part_of, standings
from snnlab.course.classroom.giving_back.whose import handed_in
from snnlab.course.classroom.handout.for_moodle import moodle_folders
from snnlab.course.classroom.handout.statements import as_html
from snnlab.course.classroom.intake.replies import replies
from snnlab.course.classroom.key import read_key
from snnlab.course.classroom.parts import Part
from snnlab.course.classroom.rules import read_rules
from snnlab.course.classroom.templates import as_text, filled, plain
from snnlab.course.classroom.whole_files import fresh_file, need_writable, write_whole
from snnlab.course.printable import say
from snnlab.progress import Bar

__all__ = ["feedback_page", "write_feedback"]

_TEMPLATE = Path(__file__).with_name("feedback.html")
_OURS = '<meta name="generator" content="snnlab feedback">'  # in the template
_PLAIN = ("right", "by hand", "to be read", "")  # reasons that say nothing more
_MOST = 4000  # characters of an answer that are shown


def write_feedback(class_folder: str) -> int:
    """Write the pages of a class.

    Parameters
    ----------
    class_folder : str
        Of the class, with its marks.

    Returns
    -------
    int
        The exit code.

    Raises
    ------
    CommandError
        If nothing is marked.
    """
    folder = Path(class_folder)
    key = read_key(folder)
    part = part_of(key)
    all_ = standings(folder)
    marked = [one for one in all_ if one.mark is not None]
    need_writable(folder)
    place = folder / "feedback"
    place.mkdir(exist_ok=True)
    bar = Bar(len(marked))
    try:
        for done, one in enumerate(marked):
            bar.show(done, "Writing feedback", one.student.id)
            file = place / f"{one.student.id}.html"
            write_whole(file, feedback_page(one, part).encode("utf-8", errors="replace"))
        bar.show(len(marked), "Writing feedback")
    finally:
        bar.end()
    say(f"{len(marked)} page{'s' if len(marked) != 1 else ''} in {place}.")
    if gone := _take_away_others(place, {one.student.id for one in marked}):
        say(f"Taken away, because no mark counts for them any more: {', '.join(gone)}.")
    _zip_for_lms(folder, place, marked)
    overview, table, kept = write_overview(folder, all_, part)
    say(f"{overview} shows how the class has done and names nobody; {table} has a line for each student.")
    if kept is not None:
        say(f"What stood in {table.name} before is kept as {kept.name}.")
    if part is not None:
        there = {one.student.id: handed_in(folder, part.name, one.student.id) for one in all_}
        files = {id: file for id, file in there.items() if file is not None}
        if said := write_likeness(folder, part, key, files, read_rules(folder, key["students"])):
            say(said)
    for words, who in (
        ("Nothing of theirs is marked", [one for one in all_ if one.mark is None]),
        ("Answers of theirs have still to be read", [one for one in marked if one.open]),
        ("Marked before they handed in what counts now", [one for one in marked if one.stale]),
    ):
        if who:
            say(f"{words}: {', '.join(one.student.id for one in who)}.")
    for sentence in hand_notes(folder, all_):
        say(sentence)
    return 0


def _take_away_others(place: Path, marked: set[str]) -> list[str]:
    """Pages of an earlier call for whom nothing counts now: they may hold another's answers."""
    gone = []
    for file in sorted(place.glob("*.html")):
        if file.stem not in marked and _OURS in file.read_text(encoding="utf-8", errors="replace")[:1000]:
            file.unlink()
            gone.append(file.stem)
    return gone


def _zip_for_lms(folder: Path, place: Path, marked: list[Standing]) -> None:
    """All pages under the names by which the LMS knows whose they are, or by the numbers of the roster."""
    back, students = replies(folder, "feedback.html"), {one.student.id for one in marked}
    names = {id: f"{own}/feedback.html" for id, own in moodle_folders(one.student for one in marked).items()}
    names |= {id: name for id, name in back.names.items() if id in students}
    unsure = sorted(students & set(back.unsure) - names.keys())
    archive = place / "for-the-lms.zip"
    if names:
        with fresh_file(archive) as fresh, zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as zipped:
            for id, name in sorted(names.items()):
                zipped.write(place / f"{id}.html", name)
        say(f"{archive} has {len(names)} of them under names that the LMS takes back.")
    else:
        archive.unlink(missing_ok=True)  # what an earlier call has sent elsewhere
    if unsure:
        say(
            "Not in it, because their files came from an account that is not known to be theirs: "
            f"{', '.join(unsure)}."
        )
    left = students - names.keys() - set(unsure)
    partners = {one.student.id for one in marked if one.by} & left
    for words, who in (
        ("nothing of theirs came by the LMS, only of whoever is together with them", partners),
        ("their files came from no LMS that takes such a zip", left - partners),
    ):
        if names and who:
            say(f"Not in it, because {words}: {', '.join(sorted(who))}.")


def feedback_page(one: Standing, part: Part | None) -> str:
    """The page of one student.

    Parameters
    ----------
    one : Standing
        With a mark.
    part : Part or None
        For the titles of the exercises; without it their names stand there.

    Returns
    -------
    str
        HTML.
    """
    assert one.mark is not None
    heading = part.title if part else "Feedback"
    name = f"{one.student.name} ({one.student.id})" if one.student.name else one.student.id
    known = {exercise.grade_id: exercise.title for exercise in part.exercises} if part else {}
    entries = one.mark["exercises"].items()
    boxes = [_box(k, known.get(id, id), entry) for k, (id, entry) in enumerate(entries, 1)]
    words = {
        "title": as_text(f"{heading}: {one.student.id}"),
        "heading": as_text(heading),
        "who": as_text(name),
        "sum": f"{number(one.points)} of {number(one.of)} points",
        "waiting": _more_of_the_sum(one),
        "exercises": "\n".join(boxes),
    }
    return filled(_TEMPLATE, words)


def _more_of_the_sum(one: Standing) -> str:
    """Whose hand-in it is, what delay has taken off, and what is still to come."""
    said = []
    if one.by:
        said.append(f"Handed in by {as_text(one.name or 'one of you')}, for you together.")
    if one.beside:
        said.append("Somebody with whom you work together has handed in as well; these points are for yours.")
    if one.off:
        days = f"{one.days} day{'s' if one.days != 1 else ''}"
        said.append(f"It came {days} late, which took off {_points(one.off)}.")
    if one.open:
        said.append("A person has still to read some answers, so the sum may grow.")
    return "\n".join(f"<p>{line}</p>" for line in said)


def _box(number_: int, title: str, entry: dict) -> str:
    points, of = entry["points"], entry["of"]
    if points is None:
        kind, said = "less", f"Not read yet; {number(of)} points can be had."
    else:
        kind = "full" if points == of else "less"
        reason = "" if entry["reason"] in _PLAIN else f": {as_text(entry['reason'])}"
        said = f"{number(points)} of {_points(of)}{reason}."
    machine = entry.get("machine")
    lines = [f"<h2>{number_}. {as_text(title)}</h2>", f'<p class="points {kind}">{said}</p>']
    if machine is None:
        lines.append(f"<p>{_hint(entry)}</p>")
        if entry.get("granted") and points:
            lines.append("<p>For this mistake a part of the points is given.</p>")
    else:
        lines.append(f"<p>Read by {as_text(entry['by'])}.</p>")
        if entry["hint"]:
            lines.append(f"<blockquote>{as_text(entry['hint'])}</blockquote>")
        if machine["reason"] not in _PLAIN:
            lines.append(f"<p>The automatic check said: {_hint(machine)}</p>")
    for was in (machine or entry).get("before", []):
        said = "not decided" if was["points"] is None else f"{number(was['points'])} of {_points(was['of'])}"
        reason = "" if was["reason"] in _PLAIN else f": {as_text(was['reason'])}"
        lines.append(f"<p>Judged anew since. Before, this was {said}{reason}.</p>")
    if answer := str(entry.get("answer") or ""):
        cut = answer[:_MOST] + (" …" if len(answer) > _MOST else "")
        lines.append(f"<p>Your answer:</p>\n<pre>{as_text(cut)}</pre>")
    return "\n".join(lines)


def _points(of: float) -> str:
    return f"{number(of)} point{'s' if number(of) != '1' else ''}"


def _hint(entry: dict) -> str:
    """The hint, with as much of its Markdown as the page can show."""
    hint = str(entry["hint"] or "")
    try:
        shown = as_html(plain(hint))
        ElementTree.fromstring(f"<p>{shown}</p>")
    except (AssertionError, KeyError, ElementTree.ParseError):  # no mathematics, but what a student wrote
        return as_text(hint)
    return shown
