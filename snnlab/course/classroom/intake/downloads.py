"""What the name of a downloaded file says: who handed it in, whether late, and which of several it is.

Moodle ("Download all submissions") puts each student's files into a folder, ``Ada
Lovelace_1234567_assignsubmission_file/part1.ipynb`` (older editions end the folder in ``file_``), or, with
"Download submissions in folders" switched off, everything into one, ``Ada
Lovelace_1234567_assignsubmission_file_part1.ipynb``. The number is that of the participation: no student's
id, but the same whenever this student hands in. With anonymous marking the name is ``Participant``; where
groups hand in, theirs stands before it, ``Group A-Ada Lovelace``.

Canvas ("Download Submissions") puts everything into one, ``lovelaceada_LATE_4711_88001_part1-1.ipynb``: the
sortable name in small letters without spaces, LATE if it was, the number of the user, that of the upload,
which grows, and the name of the file, with ``-1`` after a second upload. ``anon_x7Ab2`` stands for name and
number where names are hidden.

Blackboard ("Assignment File Download") does so too, ``Part 1_ada_attempt_2026-11-20-10-00-00_part1.ipynb``:
the assignment, the user name, and when it was handed in. Beside the files of each attempt lies a note of its
own, ``Part 1_ada_attempt_2026-11-20-10-00-00.txt``.

ILIAS puts each student's files into a folder, ``Lovelace_Ada_ada_345``: last name, first name, login, number
of the user. A late file is called ``Late Submission - part1.ipynb``.

Anything else is a folder that somebody has made: the folder or the file is called after the student. A folder
is the teacher's word; how a file is called, its writer chose, and that can be anybody's name.
"""

import re
from collections.abc import Collection
from pathlib import PurePosixPath
from typing import NamedTuple

from snnlab.course.classroom.names import Directory

__all__ = ["Origin", "origin", "reply_name", "without_notes"]

# Not greedy: the first number is the LMS's, what comes after may be the student's own.
_MOODLE = re.compile(r"(?s)(?P<who>.*?)_(?P<number>\d+)_assignsubmission_(?P<plugin>[a-z]+)_?(?P<rest>.*)")
_CANVAS = re.compile(
    r"(?s)(?:(?P<who>\w+?)_(?P<late>LATE_)?(?P<user>\d+)|(?P<late_too>LATE_)?anon_\w{3,12}?)"
    r"_(?P<upload>\d+)_.+"
)
_BLACKBOARD = re.compile(r"(?s)(?P<before>.+?)_attempt_(?P<time>\d{4}(?:-\d\d){5})[_.].+")
_NOTE = re.compile(r"(?s)(.+_attempt_\d{4}(?:-\d\d){5})\.txt")
_LATE = re.compile(r"(?i)(late submission|versp(ae|ä)tete abgabe) - ")  # ILIAS, in English and German
_AGAIN = re.compile(r"(?:-(\d{1,3})| \((\d{1,3})\))$")


class Origin(NamedTuple):
    """What a path tells."""

    owners: frozenset[str]
    """Students of the class whom it may mean: one, or several of one name, or nobody."""
    said: str
    """The name that it gives, "" if it gives none."""
    late: bool
    order: tuple[int, int]
    """Of two files of one student the newer has the larger: number of the upload, and of the copy."""
    account: str = ""
    """The LMS and the number or user name by which it knows who handed in, "" if no LMS says so."""
    placed: bool = True
    """Whether an LMS or a folder gives the name; False if only the file's own name does."""
    known: bool = False
    """Whether the roster knows the account itself, and not only a name that it goes by."""


def origin(path: str, directory: Directory, part: str) -> Origin:
    """Read a path of a download.

    Parameters
    ----------
    path : str
        Relative, with ``/``.
    directory : Directory
        The class.
    part : str
        "part1", which may stand in a name.

    Examples
    --------
    >>> from snnlab.course.classroom.roster import Student
    >>> ada = Directory([Student("ada", "Ada Lovelace")])
    >>> told = origin("Ada Lovelace_12_assignsubmission_file/x.ipynb", ada, "part1")
    >>> told.owners, told.account
    (frozenset({'ada'}), 'moodle 12')
    >>> told = origin("lovelaceada_LATE_4711_88001_x-2.ipynb", ada, "part1")
    >>> told.owners, told.late, told.order, told.account
    (frozenset({'ada'}), True, (88001, 2), 'canvas 4711')
    >>> origin("Lovelace_Ada_al_345/Late Submission - x.ipynb", ada, "part1").late
    True
    >>> origin("mail/part1-ada.ipynb", ada, "part1").placed
    False
    """
    *folders, name = PurePosixPath(path).parts
    stem = PurePosixPath(name).stem
    copy = _copy(stem)
    named: list[set[str]] = []  # whom folders that somebody has made are called after, the outermost first
    said = ""
    for folder in folders:
        told = _moodle(folder, directory, copy) or _ilias(folder, directory, name, copy)
        if told is not None:
            return told if not named else _agreed([*named, set(told.owners)], said, copy)
        if owners := _anyhow(folder, directory):
            named.append(owners)
            said = folder
    if named:
        return _agreed(named, said, copy)
    if told := _flat(name, directory, copy):
        return told
    for word in _without(_AGAIN.sub("", stem), part):
        if owners := _anyhow(word, directory):
            return Origin(frozenset(owners), word, False, (0, copy), placed=False)
    return Origin(frozenset(), folders[-1] if folders else "", False, (0, copy))


def reply_name(path: str, name: str, directory: Directory) -> str:
    """What a file for the same student is called in a zip that the LMS takes back; "" if it came otherwise.

    Moodle and Canvas know a student by what they have put before the name of the file, ILIAS by a folder in
    one whose name begins with ``multi_feedback``. Blackboard takes nothing back in this way.

    Examples
    --------
    >>> from snnlab.course.classroom.roster import Student
    >>> ada = Directory([Student("ada", "Ada Lovelace")])
    >>> reply_name("Ada Lovelace_12_assignsubmission_file/x.ipynb", "feedback.html", ada)
    'Ada Lovelace_12_assignsubmission_file/feedback.html'
    >>> reply_name("lovelaceada_LATE_4711_88001_x-2.ipynb", "feedback.html", ada)
    'lovelaceada_LATE_4711_88001_feedback.html'
    >>> reply_name("part1/Lovelace_Ada_al_345/x.ipynb", "feedback.html", ada)
    'multi_feedback/Lovelace_Ada_al_345/feedback.html'
    """
    *folders, last = PurePosixPath(path).parts
    for folder in folders:
        if found := _MOODLE.fullmatch(folder):
            return f"{folder.removesuffix(found['rest']) if found['rest'] else folder}/{name}"
        if _ilias(folder, directory, last, 0) is not None:
            return f"multi_feedback/{folder}/{name}"
    lms = "" if (told := _flat(last, directory, 0)) is None else told.account.partition(" ")[0] or "canvas"
    if lms == "moodle" and (found := _MOODLE.fullmatch(last)):
        return f"{last.removesuffix(found['rest'])}{name}" if found["rest"] else f"{last}{name}"
    if lms == "canvas" and (found := _CANVAS.fullmatch(last)):
        return f"{last[: found.end('upload')]}_{name}"
    return ""


def without_notes(paths: Collection[str]) -> list[str]:
    """The paths of a download without Blackboard's notes on attempts whose files are there.

    Examples
    --------
    >>> attempt = "Part 1_ada_attempt_2026-11-20-10-00-00"
    >>> without_notes([f"{attempt}.txt", f"{attempt}_part1.ipynb", attempt.replace("ada", "bo") + ".txt"])
    ['Part 1_ada_attempt_2026-11-20-10-00-00_part1.ipynb', 'Part 1_bo_attempt_2026-11-20-10-00-00.txt']
    """
    notes = {path: found[1] for path in paths if (found := _NOTE.fullmatch(path))}
    told = {note for note in notes.values() if any(path.startswith(f"{note}_") for path in paths)}
    return [path for path in paths if notes.get(path) not in told]


# --- as each LMS writes it ---


def _flat(name: str, directory: Directory, copy: int) -> Origin | None:
    """A file among all others: the scheme that ends first is the LMS's, the rest is the student's word."""
    ways = {_MOODLE: "number", _BLACKBOARD: "time", _CANVAS: "upload"}
    ends = {way: found.end(last) for way, last in ways.items() if (found := way.fullmatch(name))}
    if not ends:
        return None
    first = min(ends, key=ends.__getitem__)
    if first is _BLACKBOARD:
        return _blackboard(name, directory)
    return _moodle(name, directory, copy) if first is _MOODLE else _canvas(name, directory, copy)


def _moodle(text: str, directory: Directory, copy: int) -> Origin | None:
    found = _MOODLE.fullmatch(text)
    if found is None:
        return None
    who, number = found["who"], found["number"]
    words = who.split("-")
    names = [who, *("-".join(words[k:]) for k in range(1, len(words)))]  # without the name of a group
    known = directory.by_number(number)
    owners = known or next(filter(None, (_anyhow(one, directory) for one in names)), set())
    return Origin(frozenset(owners), who, False, (0, copy), f"moodle {number}", known=bool(known))


def _canvas(name: str, directory: Directory, copy: int) -> Origin | None:
    found = _CANVAS.fullmatch(name)
    if found is None:
        return None
    late, order = bool(found["late"] or found["late_too"]), (int(found["upload"]), copy)
    who, user = found["who"] or "", found["user"]
    if not who:
        return Origin(frozenset(), "", late, order)
    known = directory.by_id(user)
    owners = known or directory.by_squeezed(who) or _anyhow(who, directory)
    return Origin(frozenset(owners), who, late, order, f"canvas {user}", known=bool(known))


def _blackboard(name: str, directory: Directory) -> Origin | None:
    """The title of the assignment and the user name may both have ``_`` in them: who is known decides."""
    found = _BLACKBOARD.fullmatch(name)
    if found is None:
        return None
    words = found["before"].split("_")
    users = ["_".join(words[k:]) for k in range(len(words))]
    known = [(user, directory.by_id(user)) for user in users if directory.by_id(user)]
    owners = frozenset(id for _, ids in known for id in ids)
    user = known[0][0] if known else users[-1]
    time = int(found["time"].replace("-", ""))
    return Origin(owners, user, False, (time, 0), f"blackboard {user.casefold()}", known=bool(owners))


def _ilias(folder: str, directory: Directory, name: str, copy: int) -> Origin | None:
    """Only a folder that names somebody is taken for one of ILIAS: ``group_a_b_2`` looks the same."""
    *words, number = folder.split("_")
    if len(words) < 3 or not number.isdecimal():
        return None
    splits = [(" ".join(words[:k]), "_".join(words[k:])) for k in range(2, len(words))]
    known = {id for _, login in splits for id in directory.by_id(login)}
    owners = known or {id for who, _ in splits for id in directory.by_name(who)}
    if not owners:
        return None
    late, said = _LATE.match(name) is not None, " ".join(words)
    return Origin(frozenset(owners), said, late, (0, copy), f"ilias {number}", known=bool(known))


# --- as somebody has written it ---


def _agreed(named: list[set[str]], said: str, copy: int) -> Origin:
    """Whom folders, one in the other, are called after; where they disagree it may be any of them."""
    owners = set.intersection(*named) or set.union(*named)
    return Origin(frozenset(owners), said, False, (0, copy))


def _anyhow(text: str, directory: Directory) -> set[str]:
    return (
        directory.by_id(text)
        or directory.by_email(text)
        or directory.by_name(text)
        or _longer(text, directory)
    )


def _longer(text: str, directory: Directory) -> set[str]:
    """An id or address before or after a name, as some have set it up: ``s0815 Ada Lovelace``."""
    words = text.split()
    for at, rest in ((words[:1], words[1:]), (words[-1:], words[:-1])):
        if at and rest and (owners := directory.by_id(at[0]) or directory.by_email(at[0])):
            return owners
    return set()


def _without(stem: str, part: str) -> list[str]:
    """What may be a name in the name of a file: ada, part1-ada, ada_part1."""
    bare = re.sub(rf"(?i)^{re.escape(part)}[-_ ]+|[-_ ]+{re.escape(part)}$", "", stem)
    return [stem] if bare == stem else [bare, stem]


def _copy(stem: str) -> int:
    found = _AGAIN.search(stem)
    return int(found[1] or found[2]) if found else 0
