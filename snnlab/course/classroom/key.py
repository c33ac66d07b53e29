"""The key of a class: which numbers each student was given, and what is right for them.

``CLASS/key.json`` is written by `snnlab assign` and stays with the teacher::

    {"snnlab": 1, "part": "part1", "edition": "…", "seed": 7, "course": {"snnlab/random.py": "…", …},
     "students": {"ada": {"token": "…",
                          "exercises": {"latency": {"seed": 123, "parameters": {…}, "expected": 27.5}}}}}

`expected` is null where the definition computes it (functions) or a person decides (texts). `edition` says
what was handed out; where corrected definitions judge it since, as `snnlab regrade` has them do,
``"judgement"`` names theirs. `course` has the files of the package that judge, each with a hash, so that what
has changed can be named. Who joins after that is given the corrected exercises, and ``"edition"`` stands
with that student. Code words follow from the seed where it was drawn; from one that a teacher has chosen
anybody may find them by trying, so then a ``"secret"`` is drawn when they are first wanted.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable
from pathlib import Path

from snnlab.course.classroom.parts import Part, Variant, variant_seed
from snnlab.course.classroom.whole_files import write_whole
from snnlab.course.errors import CommandError

__all__ = [
    "KEY",
    "can_be_tried",
    "handed_out",
    "judgement",
    "make_key",
    "no_class",
    "read_key",
    "secret_of",
    "student_entry",
    "student_token",
    "student_variant",
    "write_key",
]

KEY = "key.json"
FORMAT = 1
_FEW = 2**64  # seeds: of so many somebody finds one by trying


def make_key(part: Part, seed: int, students: Iterable[str]) -> dict:
    """The key for these students, as it is written to ``key.json``."""
    entries = {student: student_entry(part, seed, student) for student in students}
    return {
        "snnlab": FORMAT,
        "part": part.name,
        "edition": part.edition,
        "seed": seed,
        "course": dict(part.course),
        "students": entries,
    }


def student_entry(part: Part, seed: int, student: str) -> dict:
    """What the key says of one student."""
    exercises = {}
    for exercise in part.exercises:
        own = variant_seed(seed, student, exercise.grade_id)
        variant = exercise.draw(own)
        expected = exercise.expected(variant) if exercise.kind == "number" else None
        exercises[exercise.grade_id] = {
            "seed": own,
            "parameters": variant,
            "expected": None if expected is None else expected.tolist(),
        }
    return {"token": student_token(part.name, seed, student), "exercises": exercises}


def can_be_tried(seed: int) -> bool:
    """Whether a seed is found by whoever tries small ones; one that was drawn is not.

    Examples
    --------
    >>> can_be_tried(2026), can_be_tried(2**100 + 2026)
    (True, False)
    """
    return abs(seed) < _FEW


def secret_of(key: dict) -> int | str:
    """From what the code words of a class follow; drawn into the key if its seed is no secret.

    Parameters
    ----------
    key : dict
        Of the class, in which a secret may stand afterwards.

    Examples
    --------
    >>> key = {"seed": 7}
    >>> len(str(secret_of(key))), secret_of(key) == key["secret"], secret_of({"seed": 2**100})
    (32, True, 1267650600228229401496703205376)
    """
    if "secret" not in key and can_be_tried(key["seed"]):
        key["secret"] = secrets.token_hex(16)
    return key.get("secret", key["seed"])


def student_token(part: str, seed: int, student: str) -> str:
    """A word that says for whom a notebook was made; without the seed of the class nobody makes another's.

    Examples
    --------
    >>> print(student_token("part1", 7, "ada"))
    6f4adbcfa561cde3
    """
    text = "\0".join(("token", part, str(int(seed)), student))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def read_key(class_folder: str | Path) -> dict:
    """The key of a class.

    Parameters
    ----------
    class_folder : str or Path
        What `snnlab assign` wrote.

    Raises
    ------
    CommandError
        If the folder is none of a class or the key is damaged.
    """
    file = Path(class_folder) / KEY
    try:
        key = json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise no_class(Path(class_folder)) from None
    except (OSError, ValueError) as error:
        raise CommandError(f"{file} cannot be read ({error}): take it from your backup") from None
    if not isinstance(key, dict) or not {"part", "edition", "seed", "students"} <= key.keys():
        raise CommandError(f"{file} is no key of a class: take it from your backup")
    if key.get("snnlab") != FORMAT:
        raise CommandError(f"{file} was written by another version of snnlab: mark with that one")
    return key


def no_class(folder: Path) -> CommandError:
    """The error for a folder without a key; it names the classes that lie in the folder."""
    inside = sorted(str(file.parent) for file in folder.glob(f"*/{KEY}"))
    if inside:
        return CommandError(f"{folder} is no class, and holds {', '.join(inside)}: name one of them")
    return CommandError(f"{folder} is no class: `snnlab assign` makes one, with a {KEY}")


def judgement(key: dict) -> str:
    """The edition of the definitions that judge this class.

    Examples
    --------
    >>> judgement({"edition": "1"}), judgement({"edition": "1", "judgement": "2"})
    ('1', '2')
    """
    return key.get("judgement", key["edition"])


def handed_out(key: dict, student: str) -> str:
    """The edition of the exercises that a student was given.

    Examples
    --------
    >>> key = {"edition": "1", "judgement": "2", "students": {"ada": {}, "bo": {"edition": "2"}}}
    >>> handed_out(key, "ada"), handed_out(key, "bo")
    ('1', '2')
    """
    return key["students"][student].get("edition", key["edition"])


def write_key(class_folder: str | Path, key: dict) -> None:
    """Write the key of a class, whole or not at all.

    Who has it can hand in for everybody: nobody else on this machine may read it, but for a group to which
    the teacher has lent it.
    """
    file = Path(class_folder) / KEY
    lent = file.stat().st_mode & 0o060 if file.exists() else 0
    write_whole(file, json.dumps(key, indent=1, ensure_ascii=False) + "\n", 0o600 | lent)


def student_variant(key: dict, student: str, grade_id: str) -> Variant:
    """The numbers of one student for one exercise, the hidden ones included.

    Raises
    ------
    KeyError
        If the key knows no such student or exercise.
    """
    return key["students"][student]["exercises"][grade_id]["parameters"]
