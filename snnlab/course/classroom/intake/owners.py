"""Whose is it? What a file says of itself and what the LMS says of it, held against each other.

Each notebook and each page carries a token that belongs to one student. Where the token and the account from
which a file came name two people, the file is nobody's until the teacher has looked.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from snnlab.course.classroom.intake.downloads import Origin
from snnlab.course.classroom.intake.extract import Unreadable, read_submission

__all__ = ["Claim", "claim_of", "owner_of"]


class Claim(NamedTuple):
    """What a file says of itself; all of it can be forged, the token only by who has seen another's."""

    kind: str
    """"notebook", "answers" or ""."""
    part: str | None = None
    student: str | None = None
    token: str | None = None


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
    except Unreadable:
        return Claim({".ipynb": "notebook", ".json": "answers"}.get(file.suffix.lower(), ""))
    return Claim("answers" if found.page else "notebook", found.part, found.student, found.token)


def owner_of(origin: Origin, claim: Claim, tokens: Mapping[str, str]) -> tuple[str, str]:
    """Decide for whom a file counts.

    Parameters
    ----------
    origin : Origin
        What its place in the download says.
    claim : Claim
        What it says itself.
    tokens : mapping
        Of the class: the student of each token.

    Returns
    -------
    owner : str
        The id, "" if it cannot be told.
    why : str
        What the teacher should know, "" if there is nothing to say.
    """
    owners, known = origin.owners, set(tokens.values())
    by_token = tokens.get(claim.token or "", "")
    named = claim.student if claim.student in known else None
    came = f"came from {' or '.join(sorted(owners))}" if owners else "came from an unknown name"
    if by_token:
        if claim.student != by_token and claim.student is not None:
            return "", f"says it is {_short(claim.student)}'s and carries the token of {by_token}"
        if owners and by_token not in owners:
            return "", f"{came} and carries the token of {by_token}"
        stranger = origin.said and not owners and origin.said != "Participant"
        return by_token, f'by its token: "{_short(origin.said)}" is not in the roster' if stranger else ""
    if named and owners and named not in owners:
        return "", f"{came} and was made for {named}"
    if claim.token is not None and named and len(owners) != 1:
        return "", f"says it is {named}'s, with a token that is not"
    if len(owners) == 1:
        return next(iter(owners)), "" if claim.token else "by its place: it carries no token"
    if named:
        return named, f"by what it says: it carries no token and {came}"
    if owners:
        return "", f"may be of {' or '.join(sorted(owners))}: they have the same name"
    return "", f'"{_short(origin.said)}" is not in the roster' if origin.said else "says nowhere whose it is"


def _short(text: str) -> str:
    """Words of a stranger, on a line."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return plain if len(plain) <= 60 else f"{plain[:57]}…"
