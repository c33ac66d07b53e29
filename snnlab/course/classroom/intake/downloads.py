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
number where names are hidden. A name that a student has chosen may end in numbers as well, and so may that of
a file begin: what can be read in two ways belongs to an account of its own, ``canvas 49 or 77``.

Blackboard ("Assignment File Download") does so too, ``Part 1_ada_attempt_2026-11-20-10-00-00_part1.ipynb``:
the assignment, the user name, and when it was handed in. Beside the files of each attempt lies a note of its
own, ``Part 1_ada_attempt_2026-11-20-10-00-00.txt``.

ILIAS puts each student's files into a folder, ``Lovelace_Ada_ada_345``: last name, first name, login, number
of the user. A late file is called ``Late Submission - part1.ipynb``.

Anything else is a folder that somebody has made: the folder or the file is called after the student. A folder
is the teacher's word; how a file is called, its writer chose, and that can be anybody's name.
"""

import itertools
import re
import unicodedata
from collections.abc import Collection
from pathlib import PurePosixPath
from typing import NamedTuple

from snnlab.course.classroom.names import Directory

__all__ = ["Origin", "origin", "reply_name", "sender", "title_of", "without_notes"]

# Not greedy: the first number is the LMS's, what comes after may be the student's own.
_MOODLE = re.compile(r"(?s)(?P<who>.*?)_(?P<number>[0-9]+)_assignsubmission_(?P<plugin>[a-z]+)_?(?P<rest>.*)")
_NUMBERS = re.compile(r"(?s)(?=_(?P<user>[0-9]+)_(?P<upload>[0-9]+)_.)")  # Canvas's, wherever they may stand
_HIDDEN = re.compile(r"(?s)(?P<late>LATE_)?(?P<user>anon_[^\W_]{3,12})_(?P<upload>[0-9]+)_.+")
_BLACKBOARD = re.compile(r"(?s)(?P<before>.+?)_attempt_(?P<time>\d{4}(?:-\d\d){5})[_.].+")
_NOTE = re.compile(r"(?s)(.+_attempt_\d{4}(?:-\d\d){5})\.txt")
_LATE = re.compile(r"(?i)(late submission|versp(ae|ä)tete abgabe) - ")  # ILIAS, in English and German
_FEW = 1000  # uploads that a Canvas has had before any class: a smaller number is the 2 of 2_part1.ipynb
_AGAIN = re.compile(r"(?:-(\d{1,3})| \((\d{1,3})\))$")


_SEVERAL = " or "
_UNCLEAR = "accounts whose names can be read in several ways"


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
    """The LMS and the number or user name by which it knows who handed in, "" if no LMS says so. A name that
    can be read in several ways gives them all, joined by " or "."""
    placed: bool = True
    """Whether an LMS or a folder gives the name; False if only the file's own name does."""
    known: bool = False
    """Whether the roster knows the account itself, and not only a name that it goes by."""


def origin(path: str, directory: Directory, part: str, title: str = "") -> Origin:
    """Read a path of a download.

    Parameters
    ----------
    path : str
        Relative, with ``/``.
    directory : Directory
        The class.
    part : str
        "part1", which may stand in a name.
    title : str
        Of `title_of`.

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
    if told := _flat(name, directory, copy, title):
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
    told = _flat(last, directory, 0)
    if told is None or _SEVERAL in told.account:
        return ""
    if told.account.startswith("moodle ") and (found := _MOODLE.fullmatch(last)):
        return f"{last.removesuffix(found['rest'])}{name}" if found["rest"] else f"{last}{name}"
    if told.account.startswith("canvas "):
        return f"{last[: _readings(last)[0].end]}_{name}"
    return ""


def sender(path: str, directory: Directory) -> str:
    """By whom a file was sent, as far as its path tells: the account, or the folder of somebody.

    What senders choose themselves, the name of a file and folders inside of theirs, does not count: they
    cannot be several.

    Examples
    --------
    >>> ada = Directory([])
    >>> sender("Ada Lovelace_12_assignsubmission_file/a/b.ipynb", ada)
    'moodle 12'
    >>> sender("by-mail/Ada Lovelace/a/b.ipynb", ada)
    'by-mail/Ada Lovelace'
    """
    *folders, name = PurePosixPath(path).parts
    for k, folder in enumerate(folders, 1):
        told = _moodle(folder, directory, 0) or _ilias(folder, directory, name, 0)
        if told is not None:
            return told.account
        if _anyhow(folder, directory):
            return "/".join(folders[:k])
    if told := _flat(name, directory, 0):
        return _UNCLEAR if _SEVERAL in told.account else told.account
    return "/".join(folders[:2]) or name


def title_of(names: Collection[str], directory: Directory) -> str:
    """What Blackboard calls the assignment, where it can be told; "" where not, or where nothing is its.

    All files of an assignment begin with its title, which may have ``_`` in it as user names may. It is the
    beginning that all share behind which the roster knows more than half of the users, more than behind any
    other.

    Parameters
    ----------
    names : collection of str
        Paths of all that was handed in.
    directory : Directory
        The class.

    Examples
    --------
    >>> from snnlab.course.classroom.roster import Student
    >>> both = Directory([Student("ada"), Student("b_o")])
    >>> files = [f"Part_1_{user}_attempt_2026-11-20-10-00-00_x.ipynb" for user in ("ada", "b_o", "x_ada")]
    >>> title_of(files, both), title_of(files[:1], both)
    ('Part_1', '')
    """
    found = [_BLACKBOARD.fullmatch(PurePosixPath(name).name) for name in names if "/" not in name]
    before = {one["before"] for one in found if one}
    if len(before) < 2:
        return ""
    words = zip(*(text.split("_")[:-1] for text in before), strict=False)
    shared = list(itertools.takewhile(lambda column: len(set(column)) == 1, words))
    titles = ["_".join(column[0] for column in shared[:k]) for k in range(1, len(shared) + 1)]

    def known(title: str) -> int:
        return sum(bool(directory.by_id(text.removeprefix(f"{title}_"))) for text in before)

    ranked = sorted(((known(title), title) for title in titles), reverse=True)
    most, best = ranked[0] if ranked else (0, "")
    next_one = ranked[1][0] if len(ranked) > 1 else 0
    return best if 2 * most > len(before) and most > next_one else ""


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


def _flat(name: str, directory: Directory, copy: int, title: str = "") -> Origin | None:
    """A file among all others: the scheme that ends first is the LMS's, the rest is the student's word."""
    readings = _readings(name)
    ends = {"canvas": readings[0].end} if readings else {}
    for lms, way, last in (("moodle", _MOODLE, "number"), ("blackboard", _BLACKBOARD, "time")):
        if found := way.fullmatch(name):
            ends[lms] = found.end(last)
    if not ends:
        return None
    first = min(ends, key=ends.__getitem__)
    if first == "blackboard":
        return _blackboard(name, directory, title)
    told = _moodle(name, directory, copy) if first == "moodle" else None
    if told is None:
        return _canvas(readings, directory, copy)
    if not readings:
        return told
    other = _canvas(readings, directory, copy)  # a name of Canvas may look like one of Moodle
    both = f"{told.account}{_SEVERAL}{other.account}"
    return told._replace(owners=told.owners | other.owners, account=both, known=False)


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


class _Reading(NamedTuple):
    """One way in which Canvas may have made a name."""

    who: str
    user: str
    upload: int
    late: bool
    end: int
    """Where what Canvas has put in front ends."""


def _readings(name: str) -> list[_Reading]:
    """All of them, that which ends first before the others."""
    found: list[_Reading] = []
    if hidden := _HIDDEN.match(name):
        late = hidden["late"] is not None
        found.append(_Reading("", hidden["user"], int(hidden["upload"]), late, hidden.end("upload")))
    for numbers in _NUMBERS.finditer(name):
        before, upload = name[: numbers.start()], int(numbers["upload"])
        who = before.removesuffix("_LATE")
        if not all(unicodedata.category(c)[0] in "LMN" or unicodedata.category(c) == "Pc" for c in who):
            continue  # letters, numbers and _; of a name without any of them nothing is left
        if found and (who != who.lower() or upload < _FEW):  # Canvas writes names small
            continue
        found.append(_Reading(who, numbers["user"], upload, who != before, numbers.end("upload")))
    return found


def _canvas(readings: list[_Reading], directory: Directory, copy: int) -> Origin:
    owners: set[str] = set()
    for one in readings:
        owners |= directory.by_id(one.user) or directory.by_squeezed(one.who) or _anyhow(one.who, directory)
    first, *others = readings
    account = _SEVERAL.join(f"canvas {one.user}" for one in readings)
    known = not others and bool(directory.by_id(first.user))
    late, order = any(one.late for one in readings), (first.upload, copy)
    return Origin(frozenset(owners), first.who, late, order, account, known=known)


def _blackboard(name: str, directory: Directory, title: str) -> Origin | None:
    """The title and the user name may both have ``_`` in them: who is known tells whom it may mean.

    Where the title is not known the account is all that may be its name, so that those of two users are never
    one.
    """
    found = _BLACKBOARD.fullmatch(name)
    if found is None:
        return None
    if title and found["before"].startswith(f"{title}_"):
        users = [found["before"].removeprefix(f"{title}_")]
    else:
        words = found["before"].split("_")
        users = ["_".join(words[k:]) for k in range(min(1, len(words) - 1), len(words))]
    known = [(user, directory.by_id(user)) for user in users if directory.by_id(user)]
    owners = frozenset(id for _, ids in known for id in ids)
    user = known[0][0] if known else users[-1]
    time = int(found["time"].replace("-", ""))
    sure = bool(owners) and len(users) == 1  # x_ada may be somebody who is not in the roster
    return Origin(owners, user, False, (time, 0), f"blackboard {users[0].casefold()}", known=sure)


def _ilias(folder: str, directory: Directory, name: str, copy: int) -> Origin | None:
    """Only a folder that names somebody is taken for one of ILIAS: ``group_a_b_2`` looks the same."""
    *words, number = folder.split("_")
    if len(words) < 3 or not number.isdecimal():
        return None
    splits = [(" ".join(words[:k]), "_".join(words[k:])) for k in range(2, len(words))]
    told = [(directory.by_id(login), directory.by_name(who)) for who, login in splits]
    owners = {id for ids, _ in told for id in ids} or {id for _, ids in told for id in ids}
    if not owners:
        return None
    # Of a login with _ in it the end may be another's: then the name has to say the same, and nothing else.
    sure = [ids for ids, names in told if ids and (ids == names or len(splits) == 1)]
    known = len(sure) == 1 and sum(1 for ids, names in told if ids or names) == 1
    late, said = _LATE.match(name) is not None, " ".join(words)
    return Origin(frozenset(owners), said, late, (0, copy), f"ilias {number}", known=known)


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
