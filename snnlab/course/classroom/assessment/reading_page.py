"""The page on which a person reads: all answers to one question, and what each could have points for.

It stands beside the sheet ``manual-NAME.csv``, knows no more than the sheet and the roster, and makes the
same sheet with points and comments in it; a sheet that has some already is opened there first. It is one file
that sends nothing. What students wrote is shown as text, and no script runs but its own, whose hash the page
names. The order of the answers says nothing of whose they are, and names are shown only if somebody asks for
them.

What is typed stays in the browser as a draft of one answer, under the class, the reader and a hash of that
answer: two tabs write no draft of each other's, and where the page is made anew only an answer that has
changed begins anew.
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from snnlab.course.classroom.handout.statements import as_html
from snnlab.course.classroom.key import read_key
from snnlab.course.classroom.marks import SHEET, ToRead, sheet_rows
from snnlab.course.classroom.parts import Part
from snnlab.course.classroom.roster import ROSTER, separator_of
from snnlab.course.classroom.templates import as_text, filled, plain
from snnlab.course.classroom.whole_files import write_whole

__all__ = ["RubricItem", "reading_page", "rubric_items", "write_reading_page"]

_TEMPLATE = Path(__file__).with_name("reading_page.html")
_SCRIPT = Path(__file__).with_name("reading_page.js")
_ITEM = re.compile(r"(?:- )?(?P<points>\d+(?:\.\d+)?) points?: (?P<words>.+)", re.DOTALL)


class RubricItem(NamedTuple):
    """One thing that an answer can have, and what it is worth."""

    points: float
    words: str


def rubric_items(rubric: str) -> list[RubricItem]:
    r"""What a rubric gives points for; a line that names no points is worth none.

    Parameters
    ----------
    rubric : str
        A line an item, as exercises have it.

    Examples
    --------
    >>> rubric_items("- 1 point: a control.\n- 0.5 points: its unit.")
    [RubricItem(points=1.0, words='a control.'), RubricItem(points=0.5, words='its unit.')]
    """
    found = []
    for line in re.split(r"\n(?=- )", rubric.strip()) if rubric.strip() else []:
        item = _ITEM.fullmatch(line)
        words = item["words"] if item else line.removeprefix("- ")
        found.append(RubricItem(float(item["points"]) if item else 0.0, " ".join(words.split())))
    return found


def write_reading_page(
    folder: Path, name: str, part: Part, wanted: Sequence[ToRead], names: Mapping[str, str]
) -> Path:
    """Write ``reading-NAME.html`` beside the sheet of that name.

    Parameters
    ----------
    folder : Path
        Of the class.
    name : str
        Of whoever reads, as in the name of the sheet.
    part : Part
        For titles and rubrics.
    wanted : sequence of ToRead
        The lines of the sheet.
    names : mapping
        Of the students, by id.

    Returns
    -------
    Path
    """
    page = folder / f"reading-{name}.html"
    key = read_key(folder)
    of_class = _digest(f"{key['part']}\0{key['seed']}")[:12]
    text = reading_page(name, part, wanted, names, separator_of(folder / ROSTER), of_class)
    write_whole(page, text.encode("utf-8", errors="replace"))
    return page


def reading_page(
    name: str,
    part: Part,
    wanted: Sequence[ToRead],
    names: Mapping[str, str],
    separator: str = ",",
    of_class: str = "",
) -> str:
    """The page.

    Parameters
    ----------
    name, part, wanted, names
        Of `write_reading_page`.
    separator : str
        Of the sheet's cells.
    of_class : str
        What tells its drafts from those of other classes in the same browser.

    Returns
    -------
    str
        HTML.
    """
    questions = [one for one in part.exercises if any(line.exercise == one.grade_id for line in wanted)]
    statements = list(dict.fromkeys(line.question for line in wanted if line.question))
    columns, *rows = sheet_rows(wanted, separator)
    place = {one.grade_id: k for k, one in enumerate(questions)}
    answers = [
        {
            "row": k,
            "key": _digest("\0".join((line.id, line.exercise, line.question, line.answer)))[:16],
            "exercise": line.exercise,
            "of": line.of,
            "name": plain(f"{names.get(line.id, '')} ({line.id})".strip()),
            "asked": statements.index(line.question) if line.question else -1,
            "text": plain(line.answer),
        }
        for k, line in sorted(enumerate(wanted), key=lambda one: (place[one[1].exercise], _mixed(one[1])))
    ]
    own = {
        "sheet": SHEET.format(name),
        "drafts": f"snnlab-reading {of_class} {name} ",
        "separator": separator,
        "comma": separator == ";",
        "columns": columns,
        "rows": rows,
        "answers": answers,
    }
    script = _SCRIPT.read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    words = {
        "hash": f"sha256-{digest}",
        "title": as_text(f"{part.title}: to be read by {name}"),
        "heading": as_text(f"{part.title}: to be read by {name}"),
        "sheet": as_text(SHEET.format(name)),
        "questions": "".join(
            f'<option value="{one.grade_id}">{as_text(one.title)}</option>' for one in questions
        ),
        "statements": "\n".join(f'<p class="asked" hidden>{as_html(text)}</p>' for text in statements),
        "rubrics": "\n".join(_rubric(one.grade_id, rubric_items(one.rubric)) for one in questions),
        "own": json.dumps(own).replace("<", "\\u003c"),  # or an answer could end the script
        "script": script,
    }
    return filled(_TEMPLATE, words)


def _rubric(exercise: str, items: Iterable[RubricItem]) -> str:
    """A box for each item; the digit before it is its key."""
    lines = [
        f'<div class="item"><kbd aria-hidden="true">{k}</kbd>'
        f'<input type="checkbox" id="{exercise}-{k}" data-points="{item.points:g}">'
        f'<label for="{exercise}-{k}"><strong>{item.points:g}</strong> {as_text(item.words)}</label></div>'
        for k, item in enumerate(items, 1)
    ]
    what = f"<legend>What is there</legend>{''.join(lines)}"
    return f'<fieldset data-exercise="{exercise}" hidden>{what}</fieldset>' if lines else ""


def _mixed(line: ToRead) -> str:
    return _digest(f"{line.exercise}\0{line.id}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", errors="replace")).hexdigest()
