"""One page for a whole class, of which each student opens their own exercises with a code word.

It may lie where everybody sees it: without a code word it tells neither a name nor a number. From the code
word and a salt, which is drawn for each page, PBKDF2 makes three keys. The third says which entry is meant.
The first, stretched once more with a single round, is a stream of bits as long as the entry, and what is kept
is the exclusive or of both: with one round PBKDF2 is HMAC in counter mode. The second makes a tag of that, an
HMAC, which tells whether it is whole. All of it is SHA-256 (RFC 8018, section 5.2), which Python has in its
standard library and browsers have in Web Crypto, so nobody has to install a cipher.
"""

import base64
import csv
import hashlib
import hmac
import io
import json
import secrets
import zlib
from collections.abc import Mapping
from pathlib import Path

from snnlab.course.classroom.formulas import harmless
from snnlab.course.classroom.parts import Part
from snnlab.course.classroom.roster import STUDENTS, Student
from snnlab.course.classroom.templates import as_text, filled
from snnlab.course.classroom.whole_files import write_whole
from snnlab.course.panels import tryout_script
from snnlab.progress import Bar

__all__ = ["code_word", "one_page", "write_one_page"]

_TEMPLATE = Path(__file__).with_name("one_page.html")
_ROUNDS = 200_000
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that are taken for others
_LENGTH = 12  # about 59 bits


def code_word(part: str, secret: int | str, student: str) -> str:
    """The word of a student, the same whenever they are handed out to.

    Parameters
    ----------
    part : str
        "part1".
    secret : int or str
        Of the class, its seed or another; without it nobody makes the word.
    student : str
        The id.

    Examples
    --------
    >>> word = code_word("part1", 7, "ada")
    >>> print(word, len(word))
    9nvq-d9yb-kawh 14
    """
    text = "\0".join(("code word", part, str(secret), student))
    number = int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest(), "big")
    letters = []
    for _ in range(_LENGTH):
        number, k = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[k])
    return "-".join("".join(letters[k : k + 4]) for k in range(0, _LENGTH, 4))


def write_one_page(
    folder: Path, part: Part, secret: int | str, students: list[Student], separator: str
) -> tuple[Path, Path]:
    """Write ``PART-for-all.html``, and ``PART-codes.csv`` with everybody's code word.

    Parameters
    ----------
    folder : Path
        Of the class, with the files of its students.
    part : Part
        What is handed out.
    secret : int or str
        From which the code words of the class follow.
    students : list of Student
        Who has files there.
    separator : str
        Of the table's cells.

    Returns
    -------
    page, codes : Path
    """
    files, rows = {}, io.StringIO(newline="")
    writer = csv.writer(rows, delimiter=separator)
    writer.writerow(("id", "name", "email", "code"))
    for one in students:
        own, code = folder / STUDENTS / one.id, code_word(part.name, secret, one.id)
        if not all((own / f"{part.name}.{kind}").is_file() for kind in ("html", "ipynb")):
            continue  # somebody has taken them away
        files[code] = {
            "page": (own / f"{part.name}.html").read_text(encoding="utf-8"),
            "notebook": (own / f"{part.name}.ipynb").read_text(encoding="utf-8"),
        }
        writer.writerow([*map(harmless, one[:3]), code])
    page, codes = folder / f"{part.name}-for-all.html", folder / f"{part.name}-codes.csv"
    write_whole(page, one_page(part, files))
    write_whole(codes, rows.getvalue().encode("utf-8-sig"), 0o600)
    return page, codes


def one_page(part: Part, files: Mapping[str, Mapping[str, str]]) -> str:
    """The page.

    Parameters
    ----------
    part : Part
        What is handed out.
    files : mapping
        By code word, page and notebook of its student.

    Returns
    -------
    str
        HTML.
    """
    salt, mark = secrets.token_bytes(16), f"<!-- {secrets.token_hex(8)} -->"
    script = tryout_script()
    shared = f"<script>\n{script}</script>\n"
    everything, bar = {}, Bar(len(files))
    try:
        for done, (code, own) in enumerate(files.items()):
            bar.show(done, "sealing", f"{done}/{len(files)}")
            page = own["page"].replace(shared, f"<script>{mark}</script>") if script else own["page"]
            data = json.dumps({"page": page, "notebook": own["notebook"]}).encode("ascii")
            where, sealed = _sealed(data, code, salt)
            everything[where] = sealed
        bar.show(len(files), "sealing")
    finally:
        bar.end()
    words = {
        "title": as_text(part.title),
        "tryout": f"\n{script}" if script else "",
        "sealed": json.dumps({
            "part": part.name,
            "salt": _base64(salt),
            "rounds": _ROUNDS,
            "mark": mark,
            "all": dict(sorted(everything.items())),
        }).replace("<", "\\u003c"),
    }
    return filled(_TEMPLATE, words)


def _sealed(data: bytes, code: str, salt: bytes) -> tuple[str, list[str]]:
    """Under which name something stands in the page, and what stands there."""
    plain = code.replace("-", "").encode("ascii")
    key = hashlib.pbkdf2_hmac("sha256", plain, salt, _ROUNDS, 80)
    packed = zlib.compress(data, 9)
    stream = hashlib.pbkdf2_hmac("sha256", key[:32], salt, 1, len(packed))
    both = int.from_bytes(packed, "big") ^ int.from_bytes(stream, "big")
    hidden = both.to_bytes(len(packed), "big")
    tag = hmac.digest(key[32:64], hidden, "sha256")
    return key[64:].hex(), [_base64(hidden), _base64(tag)]


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
