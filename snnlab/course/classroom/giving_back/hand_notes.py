"""What the teacher is told of points by hand, before they go into a gradebook or onto a page."""

from collections.abc import Iterable
from pathlib import Path

from snnlab.course.classroom.giving_back.standings import Standing
from snnlab.course.classroom.marks import comments_alone

__all__ = ["hand_notes"]


def hand_notes(folder: Path, all_: Iterable[Standing]) -> list[str]:
    """Sentences on points for an answer that is another by now, and on comments without points.

    Parameters
    ----------
    folder : Path
        Of the class.
    all_ : iterable of Standing
        Its students; of a pair the one who has handed in is named.
    """
    said = []
    if other := [f"{one.student.id} ({', '.join(one.reread)})" for one in all_ if one.reread and not one.by]:
        said.append(
            f"Points by hand that were given for an answer which has changed since: {', '.join(other)}. Take "
            "such a line out of its sheet, and `snnlab mark` lists the new answer."
        )
    if alone := comments_alone(folder):
        said.append(f"Comments without points, which no page shows: {'; '.join(alone)}.")
    return said
