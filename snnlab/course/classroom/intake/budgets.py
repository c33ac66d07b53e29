"""How much is taken from one sender, so that nobody's files keep out those of others.

A download may be too large for a disk, and then something has to be left out. It is of the senders who have
sent most, wherever in the download they stand.
"""

from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["Budget", "reasons"]

MB = 2**20


class Budget(NamedTuple):
    """The most that is taken."""

    files: int = 20_000
    bytes: int = 4096 * MB
    files_of_one: int = 100
    bytes_of_one: int = 100 * MB


def reasons(sent: Sequence[tuple[str, int]], budget: Budget) -> list[str]:
    """Why each file of a download is left out.

    Parameters
    ----------
    sent : sequence of (sender, size)
        Of each file, in bytes. Of one sender the earlier files go before the later.
    budget : Budget
        The most that is taken.

    Returns
    -------
    list of str
        Completes the sentence "It was left out because …"; "" for what is taken.

    Examples
    --------
    >>> reasons([("mal", 9), ("ada", 1), ("mal", 9)], Budget(files_of_one=1))[2]
    'mal has sent 2 files, and 1 is the most of one sender'
    """
    why = [""] * len(sent)
    mine: dict[str, list[int]] = {}
    for k, (sender, _) in enumerate(sent):
        mine.setdefault(sender, []).append(k)
    sizes = [size for _, size in sent]
    taken = {sender: _own(sender, files, sizes, budget, why) for sender, files in mine.items()}
    shares = {
        sender: max(len(files) / budget.files, sum(sizes[k] for k in files) / budget.bytes)
        for sender, files in taken.items()
    }
    files_left, bytes_left = budget.files, budget.bytes
    for sender in sorted(taken, key=shares.__getitem__):
        for k in taken[sender]:
            if files_left < 1 or sizes[k] > bytes_left:
                why[k] = (
                    f"{budget.files} files and {budget.bytes / MB:.0f} MB of a download are the most, and "
                    f"{sender} is among those who have sent most"
                )
            else:
                files_left, bytes_left = files_left - 1, bytes_left - sizes[k]
    return why


def _own(
    sender: str, files: Sequence[int], sizes: Sequence[int], budget: Budget, why: list[str]
) -> list[int]:
    """Those files of a sender that fit; of the others is told why they do not."""
    taken, number, size = [], 0, 0
    most = f"{budget.bytes_of_one / MB:.0f} MB"
    for k in files:
        if sizes[k] > budget.bytes_of_one:
            why[k] = f"it is too large ({sizes[k] / MB:.0f} MB)"
        elif number == budget.files_of_one:
            verb = "is" if number == 1 else "are"
            why[k] = f"{sender} has sent {len(files)} files, and {number} {verb} the most of one sender"
        elif size + sizes[k] > budget.bytes_of_one:
            all_ = sum(sizes[one] for one in files) / MB
            why[k] = f"{sender} has sent {all_:.0f} MB, and {most} are the most of one sender"
        else:
            taken.append(k)
            number, size = number + 1, size + sizes[k]
    return taken
