"""One file that was handed in, and what it says of itself; the token in it says most."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import NamedTuple

from snnlab.course.classroom.intake.downloads import Origin
from snnlab.course.classroom.intake.extract import Unreadable, read_submission
from snnlab.course.printable import shortened

__all__ = ["CHOSEN", "NAMED", "PLACED", "SIGNED", "Claim", "Owner", "Piece", "claim_of", "owner_by_token"]

NAMED, PLACED, SIGNED, CHOSEN = range(1, 5)
"""How well it is known whose a file is: by a name that its writer chose; by an account or a folder; by the
student's token; because the teacher says so."""


class Claim(NamedTuple):
    """What a file says of itself; all of it can be forged, the token only by who has seen another's."""

    kind: str
    """"notebook", "answers" or ""."""
    part: str | None = None
    student: str | None = None
    token: str | None = None
    broken: str = ""
    """Why it cannot be read, a sentence; "" if it can."""


class Piece(NamedTuple):
    """One file, with all that is known of it."""

    origin: Origin
    claim: Claim
    digest: str
    """SHA-256 of its content."""
    id: str = ""
    """For whom it has been filed so far, "" if for nobody."""
    fixed: bool = False
    """Whether the teacher has said so."""


class Owner(NamedTuple):
    """For whom a file counts."""

    id: str
    """"" if it cannot be told."""
    why: str
    """What the teacher should know, "" if there is nothing to say."""
    voice: int = 0
    """`NAMED`, `PLACED`, `SIGNED` or `CHOSEN`; 0 if it is nobody's."""


def claim_of(file: Path) -> Claim:
    """Read what a file says of itself.

    Parameters
    ----------
    file : Path
        Handed in by anybody.

    Returns
    -------
    Claim
        Of the kind "" if it is no notebook and no answers of a page.
    """
    try:
        found = read_submission(file, ())
    except Unreadable as reason:
        kind = {".ipynb": "notebook", ".json": "answers"}.get(file.suffix.lower(), "")
        return Claim(kind, broken=str(reason))
    return Claim("answers" if found.page else "notebook", found.part, found.student, found.token)


def owner_by_token(
    piece: Piece, tokens: Mapping[str, str], partners: Mapping[str, Collection[str]] = {}
) -> Owner | None:
    """What the token of one file decides; None if there is none of this class.

    Parameters
    ----------
    piece : Piece
        The file.
    tokens : mapping
        Of the class: the student of each token.
    partners : mapping
        With whom a student hands in together: the file may have come from the account of one of them.
    """
    origin, claim = piece.origin, piece.claim
    student = tokens.get(claim.token or "", "")
    if not student:
        return None
    if claim.student != student and claim.student is not None:
        return Owner("", f"says it is {shortened(claim.student)}'s and carries the token of {student}")
    if origin.owners and student not in origin.owners:
        if len(origin.owners) == 1 and origin.owners <= set(partners.get(student, ())):
            return Owner(student, f"came from {min(origin.owners)}, who hands in together with them", SIGNED)
        return Owner("", f"came from {' or '.join(sorted(origin.owners))} and carries the token of {student}")
    stranger = origin.said and not origin.owners and origin.said != "Participant"
    why = f'by its token: "{shortened(origin.said)}" is not in the roster' if stranger else ""
    return Owner(student, why, SIGNED)
