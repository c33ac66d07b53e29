"""`snnlab assign`: a notebook for each student of a roster, with their own numbers, and the key to all.

A class that is there is never overwritten. The same command again makes what is missing: a student's numbers
depend on the seed of the class, the id and the exercises only, so they are the same whenever and in whatever
order they are made. Who joins after `snnlab regrade` is given the corrected exercises, as those that judge.
Another list of the same people, of an LMS that has other ids for them, does not make them anybody else.
"""

import contextlib
import secrets
import zipfile
from pathlib import Path

from snnlab.course.classroom.handout.for_moodle import moodle_folders
from snnlab.course.classroom.handout.notebooks import as_text, student_notebook
from snnlab.course.classroom.handout.one_page import write_one_page
from snnlab.course.classroom.handout.pages import student_page
from snnlab.course.classroom.key import (
    KEY,
    can_be_tried,
    judgement,
    make_key,
    read_key,
    secret_of,
    student_entry,
    write_key,
)
from snnlab.course.classroom.names import Directory, participant_number
from snnlab.course.classroom.one_at_a_time import alone_with
from snnlab.course.classroom.parts import Part
from snnlab.course.classroom.reading import find_part
from snnlab.course.classroom.roster import ROSTER, STUDENTS, Student, read_roster, separator_of, write_roster
from snnlab.course.classroom.whole_files import fresh_file, need_writable, write_whole
from snnlab.course.errors import CommandError
from snnlab.course.places import can_write
from snnlab.course.printable import say
from snnlab.progress import Bar

__all__ = ["assign"]


def assign(
    part: str, roster: str, seed: int | None = None, out: str | None = None, codes: bool = False
) -> int:
    """Hand out a part to a class.

    Parameters
    ----------
    part : str
        "part1".
    roster : str
        The table with id, name and email.
    seed : int, optional
        Of the class; drawn if it is left out, or that of the class if there is one.
    out : str, optional
        The folder of the class, ``class/PART`` by default.
    codes : bool
        Write also one page for all, which opens with a code word.

    Returns
    -------
    int
        The exit code.

    Raises
    ------
    CommandError
        If the roster cannot be used, or the folder holds something else or another class.
    """
    folder = Path(out).expanduser() if out else Path("class") / find_part(part).name
    with contextlib.ExitStack() as alone:
        if (folder / KEY).is_file():  # else there is nothing to disturb yet
            alone.enter_context(alone_with(folder))
        return _assign(part, roster, seed, folder, codes)


def _assign(part: str, roster: str, seed: int | None, folder: Path, codes: bool) -> int:
    what = find_part(part)
    students = read_roster(roster)
    key = _key(folder, what, seed)
    if (folder / KEY).exists():
        need_writable(folder)
    if not can_write(folder):
        raise CommandError(f"{folder} cannot be written: name another folder with --out")
    before = _before(folder, key)
    students, renamed = _as_before(before, students)
    new = [student for student in students if student.id not in key["students"]]
    _no_twins(folder, key, new)
    left = [one for id, one in before.items() if id not in {student.id for student in students}]
    all_of_them = [*students, *left]
    places = moodle_folders(all_of_them)
    _keep_key(folder, key)  # before anything else is there: a folder with a key is a class, whatever comes
    try:
        _hand_out_all(folder, what, key, new)
        archive = _zip(folder, what, "students", {student.id: student.id for student in all_of_them})
        for_moodle, taken_away = _zip_for_moodle(folder, what, places, students)
    finally:  # also after Ctrl-C
        served = [student for student in all_of_them if student.id in key["students"]]
        write_roster(folder / ROSTER, served, separator_of(roster))
    _say(folder, len(new), len(students), left, renamed)
    _say_how(archive, for_moodle, [student.id for student in students if student.id not in places])
    if taken_away:
        say(
            f"{taken_away} is taken away: this list has no numbers of Moodle's; hand out with the worksheet "
            "again to have it."
        )
    if codes:
        before_it = dict(key)
        secret = secret_of(key)
        _keep_key(folder, key)  # before anybody has a word that follows from it
        if key != before_it and (folder / f"{what.name}-codes.csv").exists():
            say("All code words are new: those of before could be found by trying seeds.")
        page, words = write_one_page(folder, what, secret, served, separator_of(roster))
        say(f"{page} may lie where all can open it, and tells nobody's name: the words in {words} open it.")
    say(f"Keep {folder / KEY}, and keep it to yourself: it marks their work. The seed is {key['seed']}.")
    if can_be_tried(key["seed"]):
        say(
            "Whoever tries small numbers finds this seed, and can make a hand-in for everybody: leave --seed "
            "out where points count."
        )
    return 0


def _key(folder: Path, part: Part, seed: int | None) -> dict:
    """The key of the class in `folder`, or that of a new one."""
    if folder.exists() and not folder.is_dir():
        raise CommandError(f"{folder} is a file: name another folder with --out")
    if not (folder / KEY).exists():
        if folder.is_dir() and any(folder.iterdir()):
            raise CommandError(
                f"{folder} is not empty and has no {KEY}, so it is no class: name another folder with --out"
            )
        return make_key(part, secrets.randbits(128) if seed is None else seed, [])
    key = read_key(folder)
    if key["part"] != part.name:
        raise CommandError(f"{folder} is the class of {key['part']}: name another folder with --out")
    if seed is not None and key["seed"] != seed:
        raise CommandError(
            f"{folder} was made with the seed {key['seed']}: leave --seed out to add students, or name "
            "another folder with --out"
        )
    if judgement(key) != part.edition:
        what, did = ("is judged by", "judged") if "judgement" in key else ("was handed out in", "handed out")
        raise CommandError(
            f"{folder} {what} edition {judgement(key)}, and these exercises are edition {part.edition}: add "
            f"students with the copy of the course that you {did} with, or, if you have only corrected "
            f"what judges the answers, after `snnlab regrade {folder} --write`"
        )
    return key


def _hand_out_all(folder: Path, part: Part, key: dict, new: list[Student]) -> None:
    """Write the files of those who are new, and the key of all who have theirs."""
    bar = Bar(len(new))
    try:
        for done, student in enumerate(new):
            bar.show(done, "writing notebooks", student.id)
            own = {} if part.edition == key["edition"] else {"edition": part.edition}  # after `regrade`
            try:
                key["students"][student.id] = {**own, **_hand_out(folder, part, key["seed"], student)}
            except AssertionError as error:  # of a definition that a teacher has changed
                raise CommandError(f"{part.name} cannot be handed out to {student.id}: {error}") from None
        bar.show(len(new), "writing notebooks")
    finally:  # also after Ctrl-C: what is done is in the key
        bar.end()
        _keep_key(folder, key)


def _hand_out(folder: Path, part: Part, seed: int, student: Student) -> dict:
    """Write one student's files and return what the key says of them."""
    entry = student_entry(part, seed, student.id)
    variants = {name: one["parameters"] for name, one in entry["exercises"].items()}
    who = student.id, student.name, entry["token"]
    own = folder / STUDENTS / student.id
    own.mkdir(parents=True, exist_ok=True)
    write_whole(own / f"{part.name}.ipynb", as_text(student_notebook(part, variants, *who)))
    write_whole(own / f"{part.name}.html", student_page(part, variants, *who))
    return entry


def _no_twins(folder: Path, key: dict, new: list[Student]) -> None:
    """Ids that differ in capitals only would share a folder on some systems."""
    known = {id.casefold(): id for id in key["students"]}
    for student in new:
        if twin := known.get(student.id.casefold()):
            raise CommandError(
                f'{folder} has a student "{twin}", and the roster has "{student.id}": write the id as before'
            )


def _before(folder: Path, key: dict) -> dict[str, Student]:
    """The students of the class as the last roster knew them, by id."""
    if not key["students"]:
        return {}
    try:
        known = {student.id: student for student in read_roster(folder / ROSTER)}
    except CommandError:
        known = {}
    return {id: known.get(id, Student(id)) for id in key["students"]}


def _as_before(before: dict[str, Student], students: list[Student]) -> tuple[list[Student], list[str]]:
    """The roster with the ids and the numbers that the class has, and a word for each id that is another.

    An address tells who somebody is. A name does not, but it is no accident either: then nothing is done. The
    other id is how the LMS of that list knows them, so it stays as their login.
    """
    there = {student.id for student in students}
    absent = Directory(one for id, one in before.items() if id not in there)
    found: list[Student] = []
    renamed: list[str] = []
    taken: set[str] = set()
    for student in students:
        if student.id not in before:
            same = absent.by_email(student.email) | absent.by_email(student.login)
            if len(same) > 1 or same & taken:
                raise CommandError(
                    f'"{student.id}" has an address of which there are several: write the ids as before'
                )
            if not same and (twins := absent.by_name(student.name)):
                raise CommandError(
                    f"{student.name} is in the class as {' or '.join(sorted(twins))}, and in the roster as "
                    f"{student.id}: write the id as before, in a column id, or if they are two, "
                    "a line for each"
                )
            for id in same:
                taken.add(id)
                renamed.append(f"{student.id} is {id}")
                login = student.login if participant_number(student) else student.id
                student = student._replace(id=id, login=login)
        known = before.get(student.id, student)
        login, email = student.login or known.login, student.email or known.email  # which no list takes away
        found.append(student._replace(login=login, email=email))
    return found, renamed


def _zip(folder: Path, part: Part, whom: str, places: dict[str, str]) -> Path:
    """The files of each student in a folder of a certain name: what leaves this machine."""
    archive = folder / f"{part.name}-for-{whom}.zip"
    with (
        fresh_file(archive) as fresh,
        zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as zipped,
    ):
        for id, place in places.items():
            for name in (f"{part.name}.ipynb", f"{part.name}.html"):
                file = folder / STUDENTS / id / name
                if file.is_file():
                    zipped.write(file, f"{place}/{name}")
    return archive


def _zip_for_moodle(
    folder: Path, part: Part, places: dict[str, str], roster: list[Student]
) -> tuple[Path | None, Path | None]:
    """The same by the numbers of Moodle, if anybody of the roster has one: a course may have moved away.

    If nobody has, an earlier zip is taken away, for those who came later are not in it: it is the second.
    """
    if any(student.id in places for student in roster):
        return _zip(folder, part, "moodle", places), None
    earlier = folder / f"{part.name}-for-moodle.zip"
    there = earlier.exists()
    earlier.unlink(missing_ok=True)
    return None, earlier if there else None


def _keep_key(folder: Path, key: dict) -> None:
    """Write the key, for nobody else on this machine to read: who has it can hand in for everybody."""
    if not (folder / KEY).exists():
        with contextlib.suppress(OSError):  # the folder may be somebody else's, lent to us
            folder.chmod(0o700)
    write_key(folder, key)


def _say(folder: Path, new: int, all: int, left: list[Student], renamed: list[str]) -> None:
    people = "student" if new == 1 else "students"
    if new == all and not left:
        say(f"{new} {people}, each with numbers of their own, in {folder / STUDENTS}.")
    else:
        say(f"{new} new {people}; those who were there before have kept what they had.")
    if renamed:
        say(f"Known by their address, and under the id that they had: {_some(renamed)}.")
    if left:
        say(f"Not in the roster any more, and kept: {_some([student.id for student in left])}.")


def _say_how(archive: Path, for_moodle: Path | None, without: list[str]) -> None:
    """Which zip gives each their own."""
    if for_moodle is None:
        say(f"Hand out {archive}: it has a folder for each of them.")
        return
    say(
        f"Hand out {for_moodle}: in Moodle, in the assignment whose grading worksheet was the roster, "
        '"Upload multiple feedback files in a zip" gives each student their own and nobody else\'s.'
    )
    if without:
        say(f"Not in it, because the roster has no number of Moodle's for them: {_some(without)}.")
    say(f"{archive} has a folder for each of them, for other ways.")


def _some(words: list[str]) -> str:
    return ", ".join(words[:5]) + (", …" if len(words) > 5 else "")
