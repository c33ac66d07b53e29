"""`snnlab collect`: from the download of an LMS to one submission a student, and a list of who gave what.

``CLASS/submitted/ID/received/`` keeps every file of a student, and the one that counts lies above it. The
newest counts, unless the teacher says ``--take ID FILE``, and a file that carries the student's token before
one without. What belongs to nobody is kept in ``CLASS/unmatched/``. The same download again changes nothing;
a newer one adds what is new and says whose marks that makes old. Two calls at once are one after the other,
and a file that cannot be handled is set aside and named: it holds up no other.
"""

from pathlib import Path

from snnlab.course.classroom.handout.for_moodle import moodle_folders
from snnlab.course.classroom.intake.desk import Desk
from snnlab.course.classroom.intake.downloads import without_notes
from snnlab.course.classroom.intake.gathering import Gathered, gathered
from snnlab.course.classroom.intake.lateness import collect_report
from snnlab.course.classroom.intake.receipts import BY_HAND, late_ids
from snnlab.course.classroom.intake.safe_zip import Refused
from snnlab.course.classroom.marks import sha256
from snnlab.course.classroom.one_at_a_time import alone_with
from snnlab.course.classroom.roster import STUDENTS
from snnlab.course.classroom.rules import RULES
from snnlab.course.classroom.whole_files import need_writable
from snnlab.course.errors import CommandError
from snnlab.course.printable import say
from snnlab.progress import Bar

__all__ = ["collect"]

_MOST_LINES = 5
_ARCHIVES = (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz")  # a zip in a zip in a zip


def collect(source: str | None, class_folder: str, take: list[list[str]] | None = None) -> int:
    """Collect what was handed in.

    Parameters
    ----------
    source : str or None
        A zip, a folder or a file; None if there is only something to decide. Of Moodle's grading worksheet it
        is kept who was late.
    class_folder : str
        What `snnlab assign` made.
    take : list of [id, file], optional
        For whom a file counts, whatever it says itself, and instead of that student's others.

    Returns
    -------
    int
        The exit code.

    Raises
    ------
    CommandError
        If there is no class or no download, or a file to take is unknown.
    """
    folder = Path(class_folder)
    if source is None and not take:
        raise CommandError("name the zip or the folder with what was handed in")
    with alone_with(folder):
        desk = Desk(folder)
        need_writable(folder)
        if source is not None and Path(source).suffix.casefold() == ".csv":
            collect_report(Path(source), folder, desk.directory)
            desk.meet_partners()
            desk.settle()  # what has waited for its team
        elif source is not None:
            with gathered(Path(source), folder, desk.sender) as found:
                _refuse_what_was_handed_out(source, desk, found)
                desk.refused += found.refused
                try:
                    _receive_all(desk, found)
                finally:  # also after Ctrl-C, while the files are there
                    desk.settle()
        if take:
            try:
                for student, wanted in take:
                    desk.take(student, wanted)
            finally:
                desk.settle()
        _say(desk)
    return 0


def _refuse_what_was_handed_out(source: str, desk: Desk, found: Gathered) -> None:
    """A zip for the students, collected by mistake: everybody would have handed in an empty notebook."""
    folders = {id: id for id in desk.key["students"]}
    folders |= {name: id for id, name in moodle_folders(desk.directory.students.values()).items()}
    kinds = [f"{desk.part}.{kind}" for kind in ("ipynb", "html")]
    students = desk.folder / STUDENTS
    given = {f"{name}/{kind}": students / id / kind for name, id in folders.items() for kind in kinds}
    there = {"/".join(name.split("/")[-2:]): file for name, file in found.files}
    if len(there) < 4 or not there.keys() <= given.keys():  # those of two students at least
        return
    if all(sha256(file) == sha256(given[name]) for name, file in there.items()):
        raise CommandError(
            f"{source} is what you hand out, and nobody has written into it: collect what comes back"
        )


def _receive_all(desk: Desk, found: Gathered) -> None:
    wanted = set(without_notes([name for name, _ in found.files]))
    files = [(name, file) for name, file in found.files if name in wanted]
    desk.expect(name for name, _ in files)
    bar = Bar(len(files))
    try:
        for done, (name, file) in enumerate(files):
            bar.show(done, "Reading", f"{done}/{len(files)}")
            try:
                desk.receive(name, file)
            except Exception as error:  # whatever one file brings about, the others are handed in too
                desk.refused.append(Refused(name, f"it cannot be read ({type(error).__name__}: {error})"))
        bar.show(len(files), "Reading", f"{len(files)}/{len(files)}")
    finally:
        bar.end()


# --- the report ---


def _say(desk: Desk) -> None:
    """Tell what was found, and what the teacher has to look at."""
    there = {one.id for one in desk.receipts if one.id}
    files = f"{desk.count} new file{'s' if desk.count != 1 else ''}"
    if desk.others and not desk.seen:
        say("No notebook and no file of a page is in it: is it the right download?")
    say(f"{files}. {len(there)} of {len(desk.key['students'])} students have handed in.")
    with_them = {id for id, partners in desk.partners.items() if there & {*partners}}
    if absent := [id for id in desk.key["students"] if id not in there | with_them]:
        say(f"Nothing from {', '.join(absent)}.")
    for sentence in desk.said:
        say(sentence)
    chosen = [one for one in desk.receipts if one.chosen]
    if late := late_ids(desk.receipts):
        say(f"Late: {', '.join(late)}.")
    for one in chosen:
        if one.why and one.id in desk.new and one.chosen != BY_HAND:
            say(f"{one.id}: {one.name}: {one.why}.")
    for one in chosen:
        if broken := desk.claim(one).broken:
            say(f"{one.id}: {one.name} cannot be marked. {broken}")
    _say_others(desk, there)
    _say_refused(desk)
    if lost := [one for one in desk.receipts if not one.id]:
        say(f"Kept in {desk.folder / 'unmatched'}, because nobody could be found for them:")
        for one in lost:
            say(f"  {one.file}: {one.why}.")
        say(f"`snnlab collect --class {desk.folder} --take ID FILE` says whose one is.")
        same = {one.sha256 for one in lost} & {one.sha256 for one in desk.receipts if one.id}
        if same or any(one.why.startswith("came from one account") for one in lost):
            what = "The same files came from others whose they are"
            what = what if same else "One account has sent files of several"
            say(
                f"{what}. Where they are teams, collect the table of their groups, or write "
                f"`together: ID ID` into {RULES} and collect again."
            )


def _say_refused(desk: Desk) -> None:
    """All that was left out, by name, a line for each reason."""
    names: dict[str, list[str]] = {}
    for name, reason in desk.refused:
        names.setdefault(reason, []).append(name)
    for reason, left_out in names.items():
        if len(left_out) == 1:
            say(f"{left_out[0]} was left out because {reason}.")
        else:
            say(f"{len(left_out)} files were left out, each because {reason}: {', '.join(left_out)}.")


def _say_others(desk: Desk, there: set[str]) -> None:
    """What is neither a notebook nor the file of a page."""
    left = [(name, owners) for name, owners in desk.others if not owners & there]
    if more := [name for name, owners in desk.others if owners & there]:
        say(f"{len(more)} more file{'s are no notebooks' if len(more) > 1 else ' is no notebook'}:")
        say(f"  {', '.join(more[:20])}" + _and_more(len(more) - 20))
    nobodys = [name for name, owners in left if not owners]
    if len(nobodys) > _MOST_LINES:
        say(f"From nobody, and no notebooks: {', '.join(nobodys[:20])}" + _and_more(len(nobodys) - 20))
        left = [(name, owners) for name, owners in left if owners]
    for name, owners in left:
        say(f"{' or '.join(sorted(owners)) or 'From nobody'}: {name} is {_what_else(name)}.")


def _what_else(name: str) -> str:
    """What a file is that is no submission."""
    if name.lower().endswith((".html", ".htm")):
        return "a page, and not the file that its button makes"
    if name.lower().endswith(_ARCHIVES):
        return "an archive that stays closed: unpack it into a folder of their name, and collect that"
    return "no notebook"


def _and_more(count: int) -> str:
    return f" and {count} more" if count > 0 else ""
