"""Whose is an account of the LMS?

The roster may tell. Else the tokens do that came from it, and where there are none, the teacher who has taken
a file of it. A name that an account goes by is no proof, for in most LMS people may change theirs, but it
speaks against: an account with the name of another student is not taken for anybody's.

A token may have been seen by others. So it gives a student one account and no second one: of several from
which a student's token came, the one that was there first stays theirs, unless only another goes by the
student's name. Nor does it give them one of another name, while there are files from an account of their
name, or in a folder that the teacher has called after them. What is in doubt is the teacher's
to decide, by taking a file of the right account.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from snnlab.course.classroom.intake.pieces import Piece, owner_by_token

__all__ = ["Accounts", "accounts_of"]


class Accounts(NamedTuple):
    """What is known of the accounts from which files came."""

    homes: dict[str, frozenset[str]]
    """Of each that is somebody's: whose it is, or those for whom it has handed in."""
    doubtful: dict[str, tuple[str, str]]
    """Of each that has sent a token without being known to be that student's: the student, and what its files
    are told of, which completes "It …"."""
    taken: frozenset[str]
    """Those that are somebody's only because the teacher has taken a file of theirs."""
    named: dict[str, frozenset[str]]
    """The students by whose names each has gone."""

    def answers(self, account: str, student: str, counts: bool = True) -> bool:
        """Whether what is sent back to an account reaches this student, and nobody else.

        Parameters
        ----------
        account : str
            As `Origin` has it; "" is none.
        student : str
            The id.
        counts : bool
            Whether the file that counts for them came from it; if not, a name alone is not enough.
        """
        home = self.homes.get(account, frozenset())
        if account in self.doubtful or not account:
            return False
        if home and account not in self.taken:
            return home == {student}
        return counts and self.named.get(account, frozenset()) == {student} and home <= {student}


def accounts_of(pieces: Sequence[Piece], tokens: Mapping[str, str]) -> Accounts:
    """What all files of a class together tell of the accounts from which they came.

    Parameters
    ----------
    pieces : sequence of Piece
        All that has been handed in.
    tokens : mapping
        Of the class: the student of each token.
    """

    def said(who: Callable[[Piece], Collection[str]]) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for piece in pieces:
            if piece.origin.account and (students := who(piece)):
                found.setdefault(piece.origin.account, set()).update(students)
        return {account: frozenset(students) for account, students in found.items()}

    named = said(lambda piece: piece.origin.owners if len(piece.origin.owners) == 1 else ())
    rostered = said(_rostered)
    signed = said(lambda piece: _signers(piece, tokens))
    taken = said(lambda piece: [piece.id] if piece.fixed else ())
    before = said(lambda piece: [piece.id] if piece.id and not piece.fixed else ())
    homes: dict[str, frozenset[str]] = {}
    for account in signed.keys() | taken.keys() | rostered.keys():
        names = named.get(account, frozenset())
        if account in rostered:
            homes[account] = rostered[account]
        elif account in signed:
            homes[account] = signed[account] | names
        elif names <= taken[account]:
            homes[account] = taken[account]
    by_hand = {account for account in homes if account not in rostered and account not in signed}
    there = _there(pieces, named, homes)
    doubtful: dict[str, tuple[str, str]] = {}
    for student in {id for home in homes.values() for id in home}:
        for mine in _apart(sorted(account for account, home in homes.items() if home == {student})):
            known = {one for one in mine if one in rostered}
            own = known | {one for one in mine if student in taken.get(one, ())}
            if not own:
                own = {_first(mine, student, before, named, there)} - {""}
            elif not known:  # what was theirs before the teacher has taken a file of another stays theirs
                first = {one for one in mine if one not in own and student in before.get(one, ())}
                own |= first if len(first) == 1 else set()
            doubtful |= {one: (student, _doubt(one, student, own, mine)) for one in mine if one not in own}
    homes = {account: home for account, home in homes.items() if account not in doubtful}
    return Accounts(homes, doubtful, frozenset(by_hand), named)


def _rostered(piece: Piece) -> Collection[str]:
    """The student of an account that the roster itself knows."""
    return piece.origin.owners if piece.origin.known and len(piece.origin.owners) == 1 else ()


def _signers(piece: Piece, tokens: Mapping[str, str]) -> Collection[str]:
    """The student whose token it carries, unless the teacher says that it is another's."""
    owner = owner_by_token(piece, tokens)
    if owner is None or not owner.id or (piece.fixed and piece.id != owner.id):
        return ()
    return [owner.id]


def _apart(mine: Sequence[str]) -> list[list[str]]:
    """Accounts of which a student has one: all, or those that a Canvas shows and those that it hides."""
    hidden = [one for one in mine if _hides(one)]
    shown = [one for one in mine if not _hides(one)]
    if all(_both(one, other) for one in hidden for other in shown):
        return [group for group in (shown, hidden) if group]
    return [list(mine)]


def _both(one: str, other: str) -> bool:
    """Whether they can be one student's: a Canvas that hides names for a while has others meanwhile."""
    on_canvas = one.startswith("canvas ") and other.startswith("canvas ")
    return on_canvas and _hides(one) != _hides(other)


def _hides(account: str) -> bool:
    return re.fullmatch(r"canvas anon_[^\W_]+", account) is not None


def _there(
    pieces: Sequence[Piece],
    named: Mapping[str, frozenset[str]],
    homes: Mapping[str, frozenset[str]],
) -> dict[str, set[str]]:
    """By student, where files of theirs may be too: accounts of their name, "" for a folder of theirs."""
    found: dict[str, set[str]] = {}
    for account, students in named.items():
        for student in students & homes.get(account, students):
            found.setdefault(student, set()).add(account)
    for piece in pieces:
        told = piece.origin
        if not told.account and told.placed and len(told.owners) == 1:
            found.setdefault(next(iter(told.owners)), set()).add("")
    return found


def _first(
    mine: Sequence[str],
    student: str,
    before: Mapping[str, frozenset[str]],
    named: Mapping[str, frozenset[str]],
    there: Mapping[str, set[str]],
) -> str:
    """Of the accounts from which a student's token came the one that is theirs; "" if that is in doubt."""
    if len(mine) == 1:
        (one,) = mine
        sure = student in named.get(one, ()) or student in before.get(one, ())
        elsewhere = [other for other in there.get(student, ()) if other != one and not _both(one, other)]
        return one if sure or not elsewhere else ""
    first = [one for one in mine if student in before.get(one, ())]
    if len(first) != 1:
        return ""
    with_name = {one for one in mine if student in named.get(one, ())}
    return first[0] if first[0] in with_name or not with_name else ""


def _doubt(account: str, student: str, own: Collection[str], mine: Sequence[str]) -> str:
    if own:
        known = ", ".join(sorted(own))
        return f"came from {account}, which has the token of {student}: their own account is {known}"
    if len(mine) == 1:
        return f"came from {account} with the token of {student}, of whom there are files from elsewhere"
    return (
        f"came from {account}, and the token of {student} came from {len(mine)} accounts "
        f"({', '.join(mine)}): nothing tells which is theirs"
    )
