"""The page of a part: for whoever has no Python at hand, a form that makes a file to hand in.

It is one file and asks no server. It knows no right answer: what it makes is marked like a notebook. Where a
program is wanted, the file has a Python in it, which tries the program on arguments that its writer chooses.
"""

import html
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from snnlab.course.classroom.handout.notebooks import OWN
from snnlab.course.classroom.handout.statements import as_html
from snnlab.course.classroom.parts import Bench, ClassExercise, Part, Table, Variant
from snnlab.course.classroom.templates import filled
from snnlab.course.exercises.kinds import Exercise, Function, Number
from snnlab.course.judging.as_data import literal, named_fields
from snnlab.course.panels import tryout_script
from snnlab.course.values import plain_numbers

__all__ = ["student_page"]

_PLAIN = "; script-src 'unsafe-inline'"
_TEMPLATE = Path(__file__).with_name("page.html")


def student_page(part: Part, variants: Mapping[str, Variant], student: str, name: str, token: str) -> str:
    """The page of one student.

    Parameters
    ----------
    part : Part
    variants : mapping
        Their numbers, by `grade_id`.
    student, name, token : str
        Who they are.

    Returns
    -------
    str
        HTML.
    """
    boxes = [_box(number, one, variants[one.grade_id]) for number, one in enumerate(part.exercises, 1)]
    own = {"part": part.name, "edition": part.edition, "student": student, "token": token}
    script = tryout_script() if any(one.kind == "function" for one in part.exercises) else ""
    words = {
        "title": html.escape(f"{part.title}: {student}"),
        "heading": html.escape(part.title),
        "who": html.escape(f"{name} ({student})" if name else student),
        "introduction": html.escape(f"{part.introduction} {OWN}"),
        "exercises": "\n".join(boxes),
        "own": json.dumps(own).replace("<", "\\u003c"),  # or a name could end the script
        "policy": "; worker-src blob:; script-src 'unsafe-inline' 'wasm-unsafe-eval'" if script else _PLAIN,
        "tryout": f"<script>\n{script}</script>\n" if script else "",
    }
    return filled(_TEMPLATE, words)


def _box(number: int, exercise: ClassExercise, variant: Variant) -> str:
    task = exercise.build(variant)
    worth = f"{exercise.points:g} point{'s' if exercise.points != 1 else ''}"
    given = exercise.given(variant)
    code = re.findall(r"\w+", " ".join(re.findall(r"`[^`]+`", task.statement)))
    if exercise.kind == "number" and not variant.keys() & set(code):
        given = ""  # the numbers stand in the text, and it does not call them by their names
    shown = f"<p>Given:</p>\n<pre>{html.escape(given)}</pre>\n" if given else ""
    fields = {"number": _numbers, "function": _function, "text": _text}[exercise.kind]
    tryout = _tryout(exercise, variant) if exercise.kind == "function" and tryout_script() else ""
    many = isinstance(task, Number) and plain_numbers(task.solution).ndim > 0
    attributes = f'id="{exercise.grade_id}" data-kind="{exercise.kind}" data-list="{str(many).lower()}"'
    asked = exercise.form(variant)
    bench = _bench(exercise.grade_id, asked.bench(variant)) if asked.bench else ""
    table = _table(asked.table(variant)) if asked.table else ""
    return (
        f"<h2>{number}. {html.escape(exercise.title)} <small>({worth})</small></h2>\n"
        f"<p>{as_html(task.statement)}</p>\n{shown}{bench}{table}"
        f'<fieldset {attributes} data-title="{html.escape(exercise.title)}">'
        f"<legend>Your answer</legend>\n{fields(exercise, task)}\n{tryout}"
        '<p class="said" role="alert"></p></fieldset>'
    )


def _bench(name: str, bench: Bench) -> str:
    """A place to inject currents: the page looks up what was recorded."""
    highest = bench.answers[-1][0]
    return (
        f'<div class="bench" data-bench="{html.escape(json.dumps(bench._asdict()))}">'
        f"<p>No Python is needed for it: this page injects a constant current for {bench.duration:g} ms, "
        f"from {bench.step:g} to {highest:g} nA, and writes down the spikes.</p>"
        f'<label for="{name}-current">Current in nA</label><input id="{name}-current" inputmode="text">'
        '<p><button type="button">Inject</button> <button type="button">Begin anew</button></p>'
        '<p class="left" role="status"></p><ol></ol></div>\n'
    )


def _table(table: Table) -> str:
    """Data to be copied into a spreadsheet."""
    lines = ["\t".join(map(str, row)) for row in (table.columns, *table.rows)]
    return (
        f'<details class="table"><summary>{html.escape(table.caption)}</summary>'
        "<p>No Python is needed for it: copy the data into a spreadsheet, and work there.</p>"
        f'<textarea readonly rows="8" aria-label="{html.escape(table.caption)}">\n'
        + html.escape("\n".join(lines))
        + '</textarea><p><button type="button">Copy</button></p></details>\n'
    )


def _numbers(exercise: ClassExercise, task: Exercise) -> str:
    """A field for each number; what they are called stands in the comment of the stub."""
    assert isinstance(task, Number)
    size = plain_numbers(task.solution).size
    comment = task.stub.rpartition("#")[2].strip() if "#" in task.stub else ""
    plain = task.variable.replace("_", " ")
    labels = [f"{plain}, {comment}" if comment else plain]
    if size > 1:
        labels = [label.strip() for label in comment.split(";")]
    assert len(labels) == size, f"{exercise.grade_id}: the stub must name each of its numbers, with ; between"
    return "\n".join(
        f'<label for="{exercise.grade_id}-{k}">{html.escape(label)}</label>'
        f'<input id="{exercise.grade_id}-{k}" name="{exercise.grade_id}" inputmode="text" spellcheck="false">'
        for k, label in enumerate(labels)
    )


def _function(exercise: ClassExercise, task: Exercise) -> str:
    where = "Python." if tryout_script() else "Python, which this page cannot try."
    hint = f"{where} When it is marked, <code>math</code> and <code>np</code> are there."
    return _area(exercise, hint, task.stub, code=True)


def _tryout(exercise: ClassExercise, variant: Variant) -> str:
    """A place to try the program: the arguments of a call, which can be changed, and what it returns."""
    task = exercise.build(variant)
    assert isinstance(task, Function)
    case = task.example()
    spec = {
        "variable": task.variable,
        "arguments": task.arguments,
        "named": named_fields([case]),
        "unit": task.unit,
        "shape": [-1] * plain_numbers(task.solution(*case)).ndim,
        "act": "try",
    }
    name, call = exercise.grade_id, f"{task.variable}({', '.join(task.arguments)})"
    return (
        f'<div class="tryout" data-tryout="{html.escape(json.dumps(spec, ensure_ascii=False))}" '
        f'data-before="{html.escape(exercise.given(variant))}">'
        "<p>Here you can try it. This page has <code>math</code> and no <code>np</code>, and an array is a "
        "row of numbers: go through them with <code>for</code>, take parts with <code>[ ]</code>. What runs "
        "with such a row runs with an array.</p>"
        f'<label for="{name}-given">What <code>{call}</code> gets; you may change it</label>'
        f'<textarea id="{name}-given" rows="2" spellcheck="false" autocapitalize="off">\n'
        f"{html.escape(', '.join(map(_argument, case)))}</textarea>"
        '<p><button type="button">Try</button></p><pre aria-label="What your program prints"></pre>'
        '<p role="status"></p></div>\n'
    )


def _argument(value: Any) -> str:
    """An argument as a student may write it: numbers with no more digits than anybody needs."""
    if isinstance(value, np.ndarray):
        value = np.array([float(f"{x:.8g}") for x in value.ravel().tolist()]).reshape(value.shape)
    return literal(value)


def _text(exercise: ClassExercise, task: Exercise) -> str:
    return _area(exercise, "A person reads it.", "", code=False)


def _area(exercise: ClassExercise, label: str, content: str, code: bool) -> str:
    name = exercise.grade_id
    check = ' spellcheck="false" autocapitalize="off"' if code else ""
    return (
        f'<label for="{name}-0">{label}</label>'
        f'<textarea id="{name}-0" name="{name}" rows="8"{check}>\n{html.escape(content)}</textarea>'
    )
