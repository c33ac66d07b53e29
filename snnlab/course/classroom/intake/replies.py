"""Where what is given back to a student goes: to an account that is known to be theirs, and to no other.

The file that counts may have come from somebody else's account, because the teacher has taken it. So its name
says nothing yet of where an answer goes: that an account is a student's own is told by the roster, by their
token, or by their name where nothing else speaks (`snnlab.course.classroom.intake.accounts`).
"""

from pathlib import Path
from typing import NamedTuple

from snnlab.course.classroom.intake.accounts import accounts_of
from snnlab.course.classroom.intake.desk import Desk
from snnlab.course.classroom.intake.downloads import reply_name

__all__ = ["Replies", "replies"]


class Replies(NamedTuple):
    """Where files for the students of a class go."""

    names: dict[str, str]
    """By student: what a file for them is called in a zip that their LMS takes back."""
    unsure: list[str]
    """Those whose files came from an account that is not known to be theirs."""


def replies(folder: Path, name: str) -> Replies:
    """Find for each student the way back.

    Parameters
    ----------
    folder : Path
        Of the class.
    name : str
        Of the file that is given back, such as "feedback.html".
    """
    desk = Desk(folder)
    pieces = [desk.piece(one) for one in desk.receipts]
    accounts = accounts_of(pieces, desk.tokens)
    found: dict[str, dict[str, str]] = {}  # by student and account
    unsure: set[str] = set()
    for one, piece in sorted(zip(desk.receipts, pieces, strict=True), key=lambda both: not both[0].chosen):
        back = reply_name(one.file, name, desk.directory)
        if not one.id or not back:
            continue
        if accounts.answers(piece.origin.account, one.id, bool(one.chosen)):
            found.setdefault(one.id, {}).setdefault(piece.origin.account, back)
        else:
            unsure.add(one.id)
    names = {}
    for student, ways in found.items():
        chosen = next(one for one in desk.receipts if one.id == student and one.chosen)
        account = desk.piece(chosen).origin.account
        if account in ways or len(ways) == 1:
            names[student] = ways.get(account) or next(iter(ways.values()))
    return Replies(names, sorted(unsure - names.keys()))
