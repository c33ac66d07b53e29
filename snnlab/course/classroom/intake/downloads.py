"""What the name of a downloaded file says: who handed it in, whether late, and which of several it is.

Moodle ("Download all submissions") puts each student's files into a folder,
``Ada Lovelace_1234567_assignsubmission_file/part1.ipynb`` (older editions end the folder in ``file_``), or,
with "Download submissions in folders" switched off, everything into one,
``Ada Lovelace_1234567_assignsubmission_file_part1.ipynb``. The number is that of the participation and no
student's id; with anonymous marking the name is ``Participant``.

Canvas ("Download Submissions") puts everything into one, ``lovelaceada_LATE_4711_88001_part1-1.ipynb``: the
sortable name in small letters without spaces, LATE if it was, the number of the user, that of the upload,
which grows, and the name of the file, with ``-1`` after a second upload. ``anon_x7Ab2`` stands for name and
number where names are hidden.

Anything else is a folder that somebody has made: the folder or the file is called after the student.
"""

import re
from pathlib import PurePosixPath
from typing import NamedTuple

from snnlab.course.classroom.names import Directory

__all__ = ["Origin", "origin", "reply_name"]

_MOODLE = re.compile(r"(?s)(?P<who>.*)_\d+_assignsubmission_(?P<plugin>[a-z]+)_?(?P<rest>.*)")
_CANVAS = re.compile(
    r"(?s)(?:(?P<who>\w+?)_(?P<late>LATE_)?(?P<user>\d+)|(?P<late_too>LATE_)?anon_\w{3,12}?)"
    r"_(?P<upload>\d+)_.+"
)
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
    >>> origin("Ada Lovelace_12_assignsubmission_file/x.ipynb", ada, "part1").owners
    frozenset({'ada'})
    >>> origin("lovelaceada_LATE_4711_88001_x-2.ipynb", ada, "part1")
    Origin(owners=frozenset({'ada'}), said='lovelaceada', late=True, order=(88001, 2))
    """
    parts = PurePosixPath(path).parts
    stem = PurePosixPath(parts[-1]).stem
    copy = _copy(stem)
    for name in parts:
        if found := _MOODLE.fullmatch(name):
            return Origin(frozenset(_anyhow(found["who"], directory)), found["who"], False, (0, copy))
    late, upload = False, 0
    if found := _CANVAS.fullmatch(parts[-1]):
        late, upload = bool(found["late"] or found["late_too"]), int(found["upload"])
        who = found["who"] or ""
        if not who or (owners := directory.by_id(found["user"]) or directory.by_squeezed(who)):
            return Origin(frozenset(owners if who else ()), who, late, (upload, copy))
    names = [
        *([found["who"]] if found else []),
        *parts[-2::-1],
        *_without(_AGAIN.sub("", stem), part),
    ]  # the nearest folder first
    for name in names:
        if owners := _anyhow(name, directory):
            return Origin(frozenset(owners), name, late, (upload, copy))
    return Origin(frozenset(), names[0] if found or len(parts) > 1 else "", late, (upload, copy))


def reply_name(path: str, name: str) -> str:
    """What a file for the same student is called in a zip that the LMS takes back; "" if it came otherwise.

    Both LMS know a student by what they have put before the name of the file.

    Examples
    --------
    >>> reply_name("Ada Lovelace_12_assignsubmission_file/x.ipynb", "feedback.html")
    'Ada Lovelace_12_assignsubmission_file/feedback.html'
    >>> reply_name("lovelaceada_LATE_4711_88001_x-2.ipynb", "feedback.html")
    'lovelaceada_LATE_4711_88001_feedback.html'
    """
    parts = PurePosixPath(path).parts
    for part in parts:
        if found := _MOODLE.fullmatch(part):
            before = part.removesuffix(found["rest"]) if found["rest"] else part
            return f"{before}{name}" if part == parts[-1] else f"{before}/{name}"
    if found := _CANVAS.fullmatch(parts[-1]):
        return f"{parts[-1][: found.end('upload')]}_{name}"
    return ""


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
