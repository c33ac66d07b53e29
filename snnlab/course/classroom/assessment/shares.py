"""A class divided among assistants, by nothing but the ids of the students."""

import hashlib
import re
from typing import NamedTuple

from snnlab.course.errors import CommandError

__all__ = ["Share", "share_of"]


class Share(NamedTuple):
    """One of several parts of a class, for assistants who divide the work."""

    number: int = 1
    of: int = 1

    def holds(self, student: str) -> bool:
        """Whether a student belongs to it; that depends on the id alone.

        Examples
        --------
        >>> [share.holds("ada") for share in (Share(1, 2), Share(2, 2))]
        [False, True]
        """
        digest = hashlib.sha256(student.encode("utf-8")).digest()
        return int.from_bytes(digest[:4], "big") % self.of == self.number - 1


def share_of(text: str) -> Share:
    """Read what is typed after ``--share``.

    Examples
    --------
    >>> share_of("1/2")
    Share(number=1, of=2)
    """
    found = re.fullmatch(r"(\d{1,3})/(\d{1,3})", text)
    share = Share(*map(int, found.groups())) if found else Share(0, 0)
    if not 1 <= share.number <= share.of:
        raise CommandError(f"a share is written 1/2 or 2/2, got {text!r}")
    return share
