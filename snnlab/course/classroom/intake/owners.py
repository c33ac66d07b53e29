"""Whose is it? What a file says of itself and what the LMS says of it, held against each other.

Each notebook and each page carries a token that belongs to one student. Where the token and the account from
which a file came name two people, the file is nobody's until the teacher has looked.

A file that has lost its token is filed by its account, and only if there is none by a name, which anybody can
give themselves. So a name never takes another's place: as soon as two accounts go by one name, the one from
which that student's token came is theirs, and where no token tells, the one that was there first. Nor does a
token that somebody has seen: it counts from the student's account only (`accounts`). One account may hand in
for several who stand together.
"""

from collections.abc import Callable, Collection, Mapping, Sequence

from snnlab.course.classroom.intake.accounts import Accounts, accounts_of
from snnlab.course.classroom.intake.downloads import Origin
from snnlab.course.classroom.intake.pieces import CHOSEN, NAMED, PLACED, Owner, Piece, owner_by_token
from snnlab.course.printable import shortened

__all__ = ["owners_of"]


def owners_of(
    pieces: Sequence[Piece], tokens: Mapping[str, str], partners: Mapping[str, Collection[str]] = {}
) -> list[Owner]:
    """Decide for whom each file of a class counts, with all others in sight.

    Parameters
    ----------
    pieces : sequence of Piece
        All that has been handed in.
    tokens : mapping
        Of the class: the student of each token.
    partners : mapping
        Of the class: with whom a student hands in together.

    Returns
    -------
    list of Owner
        One for each piece.
    """
    accounts = accounts_of(pieces, tokens)
    owners = [_owner(piece, tokens, accounts, partners) for piece in pieces]
    for student in {owner.id for owner in owners} - {""}:
        mine = {k: (pieces[k], owner.voice) for k, owner in enumerate(owners) if owner.id == student}
        for k, why in _rivals(student, mine, accounts).items():
            owners[k] = Owner("", why)
    return owners


# --- one file ---


def _owner(
    piece: Piece, tokens: Mapping[str, str], accounts: Accounts, partners: Mapping[str, Collection[str]]
) -> Owner:
    if piece.fixed:
        return Owner(piece.id, "the teacher's choice", CHOSEN)
    owner = owner_by_token(piece, tokens, partners)
    if owner is None:
        owner = _without_token(piece, set(tokens.values()), accounts.homes)
    elif owner.id and (why := _against(piece.origin, owner.id, accounts, partners.get(owner.id, ()))):
        return Owner("", why)
    student, why = accounts.doubtful.get(piece.origin.account, ("", ""))
    return Owner("", why) if owner.id and owner.id == student else owner


def _against(origin: Origin, student: str, accounts: Accounts, partners: Collection[str]) -> str:
    """What speaks against a token, although the file itself says nothing else; "" if nothing does."""
    account, home = origin.account, accounts.homes.get(origin.account, frozenset())
    if len(home) > 1 and not home <= {student, *partners}:
        said = "tokens or the names" if account in accounts.named else "tokens"
        return f"came from one account ({account}) with the {said} of {' and '.join(sorted(home))}"
    own = _accounts(student, account, accounts.homes)
    if own and not account and not (origin.placed and origin.owners):
        where = f"the account of {student}, {', '.join(own)}, nor from a folder of theirs"
        return f"carries the token of {student} and came neither from {where}"
    return ""


def _without_token(piece: Piece, known: set[str], homes: Mapping[str, frozenset[str]]) -> Owner:
    origin, claim = piece.origin, piece.claim
    owners, account = origin.owners, origin.account
    named = claim.student if claim.student in known else None
    of_account = homes.get(account, frozenset())
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
        if account and (others := _accounts(student, account, homes)):
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
        if account and (others := _accounts(named, account, homes)):
            return Owner(
                "", f"says it is {named}'s, whose own account is {', '.join(others)}, and came from {account}"
            )
        return Owner(named, f"by what it says: it carries no token and {_came(origin)}", NAMED)
    if owners:
        return Owner("", f"may be of {' or '.join(sorted(owners))}: nothing tells which")
    return Owner(
        "", f'"{shortened(origin.said)}" is not in the roster' if origin.said else "says nowhere whose it is"
    )


def _accounts(student: str, account: str, homes: Mapping[str, frozenset[str]]) -> list[str]:
    """Other accounts that are known to be this student's, on whatever LMS."""
    return sorted(one for one, who in homes.items() if one != account and who == {student})


# --- several that go by one name ---


def _rivals(student: str, mine: Mapping[int, tuple[Piece, int]], accounts: Accounts) -> dict[int, str]:
    """Files that lay claim to a student's place by nothing but a name, and are set aside."""
    voices = [voice for _, voice in mine.values()]
    placed = {
        k: piece
        for k, (piece, voice) in mine.items()
        if voice == PLACED and piece.origin.account and piece.origin.account not in accounts.homes
    }
    aside = _aside(student, placed, lambda piece: piece.origin.account, "accounts go")
    if token := [account for account, (whose, _) in accounts.doubtful.items() if whose == student]:
        known = any(home == {student} for home in accounts.homes.values())
        why = f"goes by the name of {student}, whose token came from {', '.join(sorted(token))}"
        aside |= {} if known else dict.fromkeys(placed, why)
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
