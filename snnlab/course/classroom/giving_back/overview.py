"""The class at a glance: ``overview.html``, to begin the next lecture with, and ``overview.csv``.

The page names nobody, so that it can be shown to all; it is one file that asks no server and runs no script.
The table has a line for each student and is the teacher's own.
"""

import csv
import io
import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from snnlab.course.classroom.formulas import harmless
from snnlab.course.classroom.giving_back.counting import Tally, tallies
from snnlab.course.classroom.giving_back.standings import Standing, number
from snnlab.course.classroom.marks import machine_s
from snnlab.course.classroom.parts import Part
from snnlab.course.classroom.roster import ROSTER, separator_of
from snnlab.course.classroom.templates import as_text, filled
from snnlab.course.classroom.whole_files import set_aside, write_whole

__all__ = ["class_page", "class_table", "write_overview"]

_TEMPLATE = Path(__file__).with_name("overview.html")
_KINDS = (("full", "all points"), ("part", "some"), ("none", "none"), ("unread", "still to be read"))
_LEFT, _RIGHT, _ROW, _BAR = 180, 690, 30, 20  # pixels of the picture
_HEIGHT = 120


def write_overview(
    folder: Path, all_: Sequence[Standing], part: Part | None
) -> tuple[Path, Path, Path | None]:
    """Write both; a table in which somebody may have worked is kept under another name.

    Parameters
    ----------
    folder : Path
        Of the class.
    all_ : sequence of Standing
        Its students.
    part : Part or None
        For titles; without it the names of the exercises stand there.

    Returns
    -------
    page, table : Path
    kept : Path or None
        What the table was before, if it was another.
    """
    page, table = folder / "overview.html", folder / "overview.csv"
    write_whole(page, class_page(all_, part).encode("utf-8", errors="replace"))
    data = class_table(all_, separator_of(folder / ROSTER)).encode("utf-8-sig", errors="replace")
    kept = set_aside(table, data)
    write_whole(table, data)
    return page, table, kept


def class_table(all_: Sequence[Standing], separator: str = ",") -> str:
    """A line a student: points of each exercise, what the machine said of it, the sum, and days of delay.

    Parameters
    ----------
    all_ : sequence of Standing
        Of a class.
    separator : str
        As in the roster; a spreadsheet of its country takes no other.
    """
    names = [tally.exercise for tally in tallies(all_)]
    comma = separator == ";"

    def shown(points: float | None) -> str:
        word = "" if points is None else number(points)
        return word.replace(".", ",") if comma else word

    rows = io.StringIO(newline="")
    writer = csv.writer(rows, delimiter=separator)
    said = [f"{name} was" for name in names]
    writer.writerow(["id", "name", *names, "days late", "taken off", "points", "of", "handed in by", *said])
    for one in all_:
        entries = one.mark["exercises"] if one.mark else {}
        points = [shown(entries[name]["points"]) if name in entries else "" for name in names]
        reasons = [machine_s(entries[name])["reason"] if name in entries else "" for name in names]
        there = one.mark is not None
        sums = [shown(one.points), shown(one.of)] if there else ["0" if one.nothing else "", ""]
        late = [str(one.days), shown(one.off)] if there and one.off else ["", ""]
        by = one.by or (one.student.id if there else "")
        line = [one.student.id, one.student.name, *points, *late, *sums, by, *reasons]
        writer.writerow([harmless(str(cell)) for cell in line])
    return rows.getvalue()


def class_page(all_: Sequence[Standing], part: Part | None) -> str:
    """The page, which names nobody.

    Parameters
    ----------
    all_ : sequence of Standing
        Of a class.
    part : Part or None
        For titles.
    """
    found = tallies(all_)
    titles = {one.grade_id: one.title for one in part.exercises} if part else {}
    heading = f"{part.title}: the class" if part else "The class"
    count = len({one.by or one.student.id for one in all_ if one.mark is not None})
    words = {
        "title": as_text(heading),
        "heading": as_text(heading),
        "who": f"{count} of {len(all_)} students' work is marked."
        if not any(one.by for one in all_)
        else f"{count} hand-ins of {sum(one.mark is not None for one in all_)} students are marked.",
        "picture": _bars(found, titles),
        "legend": " ".join(
            f'<svg class="swatch" aria-hidden="true"><rect class="{kind}"/></svg> {name}'
            for kind, name in _KINDS
        ),
        "exercises": _exercises(found, titles),
        "students": _histogram(all_),
        "mistakes": _mistakes(found, titles),
    }
    return filled(_TEMPLATE, words)


# --- pictures ---


def _picture(width: int, height: int, alt: str, marks: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{as_text(alt)}">\n'
        + "\n".join(marks)
        + "\n</svg>"
    )


def _bars(found: Sequence[Tally], titles: dict[str, str]) -> str:
    """One bar an exercise, as long for each, parted by how many have all points, some or none."""
    marks, said = [], []
    for k, one in enumerate(found):
        y, x = k * _ROW + 4, float(_LEFT)
        counts = [getattr(one, kind) for kind, _ in _KINDS]
        title = titles.get(one.exercise, one.exercise)
        marks.append(f'<text x="0" y="{y + 15}">{as_text(_short(title))}</text>')
        for (kind, _), count in zip(_KINDS, counts, strict=True):
            width = (_RIGHT - _LEFT) * count / max(1, sum(counts))
            marks += [f'<rect class="{kind}" x="{x:.1f}" y="{y}" width="{width:.1f}" height="{_BAR}"/>']
            x += width
        marks.append(f'<text x="{_RIGHT + 8}" y="{y + 15}">{number(one.mean)} of {number(one.of)}</text>')
        parts = ", ".join(f"{count} {name}" for (_, name), count in zip(_KINDS, counts, strict=True) if count)
        said.append(f"{title}: {parts}")
    alt = f"For each exercise, how many hand-ins have all points, some or none. {'; '.join(said)}."
    return _picture(_RIGHT + 90, len(found) * _ROW + 8, alt, marks)


def _histogram(all_: Sequence[Standing]) -> str:
    """How many students have how many points, rounded down to whole ones."""
    marked = [one for one in all_ if one.mark is not None]
    most = math.ceil(max((one.of for one in marked), default=0.0))
    counts = Counter(min(most, math.floor(one.points + 1e-9)) for one in marked)
    width, high = (_RIGHT + 60) / (most + 1), max(counts.values(), default=1)
    marks = []
    for points in range(most + 1):
        tall, x = (_HEIGHT - 20) * counts[points] / high, points * width + 10
        middle = x + 0.4 * width
        marks += [
            f'<rect class="full" x="{x:.1f}" y="{_HEIGHT - tall:.1f}" width="{0.8 * width:.1f}" '
            f'height="{tall:.1f}"/>',
            f'<text x="{middle:.1f}" y="{_HEIGHT + 18}" text-anchor="middle">{points}</text>',
        ]
        if counts[points]:
            y = _HEIGHT - tall - 4
            marks.append(f'<text x="{middle:.1f}" y="{y:.1f}" text-anchor="middle">{counts[points]}</text>')
    said = ", ".join(f"{points}: {counts[points]}" for points in sorted(counts))
    alt = f"How many students have how many of {most} points, rounded down. {said}."
    unfinished = sum(bool(one.open) for one in marked)
    note = f"<p>Of {unfinished} of them a person has still to read something.</p>" if unfinished else ""
    below = f"<p>Points, rounded down, and above each how many students have them.</p>{note}"
    return _picture(_RIGHT + 90, _HEIGHT + 24, alt, marks) + below


# --- tables ---


def _exercises(found: Sequence[Tally], titles: dict[str, str]) -> str:
    head = "".join(f'<th class="number" scope="col">{name}</th>' for _, name in _KINDS)
    lines = [
        f'<tr><th scope="row">{as_text(titles.get(one.exercise, one.exercise))}</th>'
        f'<td class="number">{number(one.mean)} of {number(one.of)}</td>'
        + "".join(f'<td class="number">{getattr(one, kind)}</td>' for kind, _ in _KINDS)
        + "</tr>"
        for one in found
    ]
    first = '<th scope="col">exercise</th><th class="number" scope="col">mean points</th>'
    return _wide([f"<tr>{first}{head}</tr>", *lines])


def _mistakes(found: Sequence[Tally], titles: dict[str, str]) -> str:
    lines = [
        f'<tr><th scope="row">{as_text(titles.get(one.exercise, one.exercise))}</th><td>{as_text(name)}</td>'
        f'<td class="number">{count} of {one.read + one.unread}</td></tr>'
        for one in found
        for name, count in one.mistakes
    ]
    head = '<th scope="col">exercise</th><th scope="col">mistake</th><th class="number" scope="col">made</th>'
    return _wide([f"<tr>{head}</tr>", *lines]) if lines else "<p>The machine has named none.</p>"


def _wide(rows: Sequence[str]) -> str:
    return '<div class="wide" tabindex="0"><table>\n' + "\n".join(rows) + "\n</table></div>"


def _short(text: str) -> str:
    return text if len(text) <= 21 else f"{text[:20]}…"
