"""An exercise of a chapter in a page of the book, which answers it where it stands.

The page gets what `snnlab.course.check` has: the right answer, the mistakes with their hints, the words. What
makes it live is one script beside all pages, ``static/exercise.js`` and what that needs.
"""

import functools
import json
from collections.abc import Sequence
from typing import Any

from snnlab.course.exercises.kinds import Exercise, Function, Hidden, Number, Text
from snnlab.course.judging.as_data import function_data
from snnlab.course.judging.rule_as_data import rule_data
from snnlab_widgets.goals.answers import number_spec
from snnlab_widgets.pages.page import as_json, squeezed

__all__ = ["course_script", "exercise_block", "exercise_spec", "record_of"]

KINDS: dict[type[Exercise], str] = {Number: "number", Function: "function", Text: "text", Hidden: "hidden"}
SCRIPTS = (
    "format", "axes", "controls", "diagnose", "judge", "progress", "goal", "exercise",
    "interpreter", "functions", "editor", "program", "rules", "rule", "where",
)  # fmt: skip
STYLES = ("still", "panel", "goal", "exercise", "program")

_CELL = "Open this chapter in JupyterLab and work in the cell below: running it says whether it is right."
ELSEWHERE = {
    "hidden": f"The hidden neuron lives in Python. {_CELL}",
}
"""What is said where a page cannot answer, by the kind of the exercise."""


def record_of(id: str) -> str:
    """The name under which a reader's progress in the exercise `id` is kept.

    Examples
    --------
    >>> record_of("2.1")
    'exercise-2-1'
    """
    return f"exercise-{id.replace('.', '-')}"


def exercise_spec(task: Exercise) -> dict[str, Any]:
    """The exercise for the page, as JSON.

    Parameters
    ----------
    task : Exercise

    Examples
    --------
    >>> from snnlab.course.exercises import find
    >>> exercise_spec(find("2.1"))["labels"]
    ('First spike after',)
    """
    kind = KINDS[type(task)]
    spec = {
        "kind": kind,
        "id": task.id,
        "name": record_of(task.id),
        "heading": f"Exercise {task.id}",
        "text": "",
        "begin": "Not yet. ",
        "elsewhere": ELSEWHERE.get(kind, ""),
    }
    if isinstance(task, Function):
        return spec | function_data(task)
    if isinstance(task, Text):
        return spec | rule_data(task)
    return spec | number_spec(task) if isinstance(task, Number) else spec


def exercise_block(task: Exercise) -> str:
    """The exercise as HTML, which the script of the course brings to life.

    Parameters
    ----------
    task : Exercise
    """
    note = "Without JavaScript this page cannot look at an answer. In JupyterLab the cell below does."
    return (
        f'<div class="snn-exercise" data-exercise="{task.id}"><noscript><p>{note}</p></noscript>'
        f'<script type="application/json">{as_json(exercise_spec(task))}</script></div>'
    )


@functools.cache
def _body() -> str:
    rules = "".join(squeezed(f"{name}.css") for name in STYLES)
    return f"const RULES = {json.dumps(rules)};\n" + "".join(squeezed(f"{name}.js") for name in SCRIPTS)


def course_script(chapters: Sequence[dict[str, Any]]) -> str:
    """The script of every page of the book: exercises that answer, and how far the reader has come.

    Parameters
    ----------
    chapters : sequence of dict
        Each chapter's ``page``, ``title`` and ``tasks``; of a task its ``kind``, its ``title``, the ``name``
        of its record and the ``anchor`` in the page.
    """
    return f"(() => {{\n{_body()}openCourse({as_json(list(chapters))});\n}})();\n"
