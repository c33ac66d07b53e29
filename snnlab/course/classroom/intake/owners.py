"""Whose is it? What a file says of itself and what the LMS says of it, held against each other.

Each notebook and each page carries a token that belongs to one student. Where the token and the account from
which a file came name two people, the file is nobody's until the teacher has looked.

A file that has lost its token is filed by its account, and only if there is none by a name, which anybody can
give themselves. So a name never takes another's place: as soon as two accounts go by one name, the one from
which that student's token came is theirs, and where no token tells, the one that was there first.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from snnlab.course.classroom.intake.downloads import Origin
from snnlab.course.classroom.intake.extract import Unreadable, read_submission

__all__ = ["CHOSEN", "SIGNED", "Claim", "Owner", "Piece", "claim_of", "owner_by_token", "owners_of"]

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


def owners_of(pieces: Sequence[Piece], tokens: Mapping[str, str]) -> list[Owner]:
    """Decide for whom each file of a class counts, with all others in sight.

    Parameters
    ----------
    pieces : sequence of Piece
        All that has been handed in.
    tokens : mapping
        Of the class: the student of each token.

    Returns
    -------
    list of Owner
        One for each piece.
    """
    homes = _homes(pieces, tokens)
    owners = [_owner(piece, tokens, homes) for piece in pieces]
    for student in {owner.id for owner in owners} - {""}:
        mine = {k: (pieces[k], owner.voice) for k, owner in enumerate(owners) if owner.id == student}
        for k, why in _rivals(student, mine, homes).items():
            owners[k] = Owner("", why)
    return owners


def owner_by_token(piece: Piece, tokens: Mapping[str, str]) -> Owner | None:
    """What the token decides; None if there is none of this class."""
    origin, claim = piece.origin, piece.claim
    student = tokens.get(claim.token or "", "")
    if not student:
        return None
    if claim.student != student and claim.student is not None:
        return Owner("", f"says it is {_short(claim.student)}'s and carries the token of {student}")
    if origin.owners and student not in origin.owners:
        return Owner("", f"{_came(origin)} and carries the token of {student}")
    stranger = origin.said and not origin.owners and origin.said != "Participant"
    return Owner(
        student, f'by its token: "{_short(origin.said)}" is not in the roster' if stranger else "", SIGNED
    )


# --- one file ---


def _homes(pieces: Sequence[Piece], tokens: Mapping[str, str]) -> dict[str, set[str]]:
    """Whose each account is: by the roster, by the tokens that came from it, by what the teacher took."""
    homes: dict[str, set[str]] = {}
    for piece in pieces:
        owner = Owner(piece.id, "") if piece.fixed else owner_by_token(piece, tokens)
        found = {owner.id} if owner is not None and owner.id else set()
        if piece.origin.known and len(piece.origin.owners) == 1:
            found |= piece.origin.owners
        if piece.origin.account and found:
            homes.setdefault(piece.origin.account, set()).update(found)
    return homes


def _owner(piece: Piece, tokens: Mapping[str, str], homes: Mapping[str, set[str]]) -> Owner:
    if piece.fixed:
        return Owner(piece.id, "the teacher's choice", CHOSEN)
    by_token = owner_by_token(piece, tokens)
    if by_token is None:
        return _without_token(piece, set(tokens.values()), homes)
    account = piece.origin.account
    if by_token.id and len(homes.get(account, ())) > 1:
        who = " and ".join(sorted(homes[account]))
        return Owner("", f"came from one account ({account}) with the tokens of {who}")
    others = _accounts(by_token.id, account, homes)
    if by_token.id and others:
        return by_token._replace(
            why=f"their token came from several accounts ({', '.join(sorted({account, *others}))})"
        )
    return by_token


def _without_token(piece: Piece, known: set[str], homes: Mapping[str, set[str]]) -> Owner:
    origin, claim = piece.origin, piece.claim
    owners, account = origin.owners, origin.account
    named = claim.student if claim.student in known else None
    of_account = homes.get(account, set())
    if len(of_account) == 1:  # whatever name it goes by now, it is known whose the account is
        (student,) = of_account
        if named and named != student:
            return Owner("", f"came from the account of {student} and was made for {named}")
        why = (
            ""
            if claim.token
            else f"by its {'place' if student in owners else 'account'}: it carries no token"
        )
        return Owner(student, why, PLACED)
    if named and owners and named not in owners:
        return Owner("", f"{_came(origin)} and was made for {named}")
    if claim.token is not None and named and len(owners) != 1:
        return Owner("", f"says it is {named}'s, with a token that is not")
    if len(owners) == 1:
        (student,) = owners
        if others := _accounts(student, account, homes):
            return Owner(
                "", f"goes by the name of {student}, whose own account is {', '.join(others)}: {account}"
            )
        where = "place" if origin.placed else "name"
        return Owner(
            student,
            "" if claim.token else f"by its {where}: it carries no token",
            PLACED if origin.placed else NAMED,
        )
    if named:
        return Owner(named, f"by what it says: it carries no token and {_came(origin)}", NAMED)
    if owners:
        return Owner("", f"may be of {' or '.join(sorted(owners))}: nothing tells which")
    return Owner(
        "", f'"{_short(origin.said)}" is not in the roster' if origin.said else "says nowhere whose it is"
    )


def _accounts(student: str, account: str, homes: Mapping[str, set[str]]) -> list[str]:
    """Other accounts of the same LMS that are known to be this student's."""
    lms = account.partition(" ")[0]
    return sorted(
        one
        for one, who in homes.items()
        if account and one != account and who == {student} and one.partition(" ")[0] == lms
    )


# --- several that go by one name ---


def _rivals(
    student: str, mine: Mapping[int, tuple[Piece, int]], homes: Mapping[str, set[str]]
) -> dict[int, str]:
    """Files that lay claim to a student's place by nothing but a name, and are set aside."""
    voices = [voice for _, voice in mine.values()]
    placed = {
        k: piece
        for k, (piece, voice) in mine.items()
        if voice == PLACED and piece.origin.account and piece.origin.account not in homes
    }
    aside: dict[int, str] = {}
    for lms in {piece.origin.account.partition(" ")[0] for piece in placed.values()}:
        same = {k: piece for k, piece in placed.items() if piece.origin.account.startswith(f"{lms} ")}
        aside |= _aside(student, same, lambda piece: piece.origin.account, "accounts go")
    if max(voices) == NAMED:  # against anything better they do not count anyway
        named = {k: piece for k, (piece, _) in mine.items()}
        aside |= _aside(student, named, lambda piece: piece.digest, "files go")
    return aside


def _aside(
    student: str, pieces: Mapping[int, Piece], which: Callable[[Piece], str], words: str
) -> dict[int, str]:
    """All of them if there are several, but for the one that was there before."""
    kinds = sorted({which(piece) for piece in pieces.values()})
    if len(kinds) < 2:
        return {}
    before = {which(piece) for piece in pieces.values() if piece.id == student}
    stays = before if len(before) == 1 else set()
    shown = f" ({', '.join(kinds)})" if words == "accounts go" else ""
    why = f"{len(kinds)} {words} by the name of {student}{shown}, and it carries no token"
    return {k: why for k, piece in pieces.items() if which(piece) not in stays}


def _came(origin: Origin) -> str:
    return f"came from {' or '.join(sorted(origin.owners))}" if origin.owners else "came from an unknown name"


def _short(text: str) -> str:
    """Words of a stranger, on a line."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return plain if len(plain) <= 60 else f"{plain[:57]}…"
