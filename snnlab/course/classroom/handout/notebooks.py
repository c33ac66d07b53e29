"""The notebook of a part in nbgrader's format: the teacher's source, and what a student is given.

Both come from the definitions, and the second never sees a solution: it is not made from the first. That the
two agree, and that nbgrader makes the same of the source, is tested.

Each exercise has a statement, a cell with the own numbers, the answer's cell, whose ``grade_id`` is that of
the exercise, and a cell that looks at the answer's form; in the source hidden tests follow there. The format
itself is nbformat's, which makes cells and notebooks and writes them.
"""

import inspect
import textwrap
from collections.abc import Mapping
from typing import Any

import nbformat
import numpy as np
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from snnlab.course.classroom.parts import ClassExercise, Part, Variant
from snnlab.course.exercises.kinds import Exercise, Function, Number
from snnlab.course.other_process.outcome import Outcome
from snnlab.course.other_process.worker import run_cases
from snnlab.course.values import plain_numbers

__all__ = ["BEGIN_SOLUTION", "END_SOLUTION", "OWN", "as_text", "source_notebook", "student_notebook"]

BEGIN_SOLUTION, END_SOLUTION = "### BEGIN SOLUTION", "### END SOLUTION"
BEGIN_HIDDEN, END_HIDDEN = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"
CASES = 4  # of a function's hidden tests in the source; `snnlab mark` takes all
OWN = "Your numbers are yours alone, your neighbour has others."
_WRITE = "Write your answers into the cells with the dots."
_HAND_IN = (
    "**Before you hand in**: restart the kernel, run all cells from top to bottom, save, and upload this "
    "file. Cells may be added; those that are here must stay."
)


def student_notebook(
    part: Part, variants: Mapping[str, Variant], student: str, name: str, token: str
) -> dict:
    """What a student is given.

    Parameters
    ----------
    part : Part
    variants : mapping
        Their numbers, by `grade_id`.
    student, name, token : str
        Who they are.

    Returns
    -------
    dict
        A notebook, as nbformat has it.
    """
    own = {"part": part.name, "edition": part.edition, "student": student, "token": token}
    who = f"{name} ({student})" if name else student
    return _notebook(part, variants, f"*For {who}.* {part.introduction} {OWN}", own, teacher=False)


def source_notebook(part: Part, seed: int = 1) -> dict:
    """The source for nbgrader, with solutions and hidden tests, for the numbers of one seed.

    nbgrader gives the same numbers to everybody.
    """
    variants = {exercise.grade_id: exercise.draw(seed) for exercise in part.exercises}
    own = {"part": part.name, "edition": part.definitions}
    return _notebook(part, variants, part.introduction, own, teacher=True)


def as_text(notebook: dict) -> str:
    """A notebook as Jupyter writes it."""
    return str(nbformat.writes(nbformat.from_dict(notebook))) + "\n"


def _notebook(part: Part, variants: Mapping[str, Variant], head: str, own: dict, teacher: bool) -> dict:
    cells = [
        _cell("markdown", "head", f"# {part.title}\n\n{head} {_WRITE}", locked=True),
        _cell("code", "setup", part.setup, locked=True),
    ]
    for number, exercise in enumerate(part.exercises, 1):
        cells += _cells(number, exercise, variants[exercise.grade_id], teacher)
    cells.append(_cell("markdown", "hand-in", _HAND_IN, locked=True))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}, "snnlab": own}
    notebook: dict = new_notebook(cells=cells, metadata=metadata)
    return notebook


def _cells(number: int, exercise: ClassExercise, variant: Variant, teacher: bool) -> list[dict]:
    name, task = exercise.grade_id, exercise.build(variant)
    worth = f"{exercise.points:g} point{'s' if exercise.points != 1 else ''}"
    title = f"## {number}. {exercise.title} ({worth})"
    cells = [_cell("markdown", f"{name}-task", f"{title}\n\n{task.statement}", locked=True)]
    if given := exercise.given(variant):
        cells.append(_cell("code", f"{name}-given", given, locked=True))
    if exercise.manual:
        text = f"{task.stub}\n\n{BEGIN_SOLUTION}\n{exercise.rubric}\n{END_SOLUTION}" if teacher else task.stub
        return [*cells, _cell("markdown", name, text, solution=True, points=exercise.points)]
    answer, test = task.stub, _form(task)
    if teacher:
        answer += f"\n{BEGIN_SOLUTION}\n{solution_source(exercise, variant)}\n{END_SOLUTION}"
        test += f"\n{BEGIN_HIDDEN}\n{_hidden_tests(exercise, task, variant)}\n{END_HIDDEN}"
    return [
        *cells,
        _cell("code", name, answer, solution=True),
        _cell("code", f"{name}-test", test, locked=True, points=exercise.points),
    ]


def _cell(
    kind: str,
    name: str,
    source: str,
    *,
    locked: bool = False,
    solution: bool = False,
    points: float | None = None,
) -> dict:
    mine: dict[str, Any] = {
        "grade": points is not None,
        "grade_id": name,
        "locked": locked,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
    if points is not None:
        mine["points"] = points
    metadata = {"deletable": False, "nbgrader": mine, **({"editable": False} if locked else {})}
    new = new_code_cell if kind == "code" else new_markdown_cell
    cell: dict = new(source.strip("\n"), id=name, metadata=metadata)
    return cell


# --- what the cells say ---


def solution_source(exercise: ClassExercise, variant: Variant) -> str:
    """Python that solves the exercise, after the cell with the given numbers."""
    task = exercise.build(variant)
    if isinstance(task, Function):
        return _source(task.solution)
    answer = exercise.form(variant).answer
    assert answer is not None, f"{exercise.grade_id} says nowhere how it is solved"
    arguments = ", ".join(inspect.signature(answer).parameters)
    call = f"{exercise.variable} = {answer.__name__}({arguments})"
    return f"{_source(answer)}\n\n{call}"


def _source(function: Any) -> str:
    return textwrap.dedent(inspect.getsource(function)).strip()


def _form(task: Exercise) -> str:
    """The call that looks at the form."""
    words = [task.variable]
    if isinstance(task, Function):
        case = task.example()
        result = plain_numbers(task.solution(*case))
        words += [f"shape={(-1,) * result.ndim}"] if result.ndim else []
        words += [f'unit="{task.unit}"'] if task.unit else []
        words += [f"example={_literal(case)}"]
    elif isinstance(task, Number):
        shape = plain_numbers(task.solution).shape
        words += [f"shape={shape}"] if shape else []
        words += [f'unit="{task.unit}"'] if task.unit else []
    return f"check_form({', '.join(words)})"


def _hidden_tests(exercise: ClassExercise, task: Exercise, variant: Variant) -> str:
    if isinstance(task, Function):
        cases = (exercise.cases(variant) or [])[:CASES]
        hints = {wrong.hint: list(map(_came_to, run_cases(wrong.answer, cases))) for wrong in task.mistakes}
        right = [task.solution(*case) for case in cases]
        words = [task.variable, _literal(cases), _literal(right), repr(task.tolerance), _literal(hints)]
        name = "expect_function"
    else:
        assert isinstance(task, Number)
        hints = {wrong.hint.format(answer=_short(wrong.answer)): wrong.answer for wrong in task.mistakes}
        words = [task.variable, _literal(task.solution), repr(task.tolerance), _literal(hints)]
        name = "expect_numbers"
    body = ",\n    ".join(words)
    return f"from snnlab.course.classroom.handout.hidden_tests import {name}\n\n{name}(\n    {body},\n)"


def _came_to(outcome: Outcome) -> Any:
    """What a call returned, or the name of the error that stopped it."""
    return outcome.name if outcome.kind == "error" else outcome.value


def _short(answer: Any) -> str:
    numbers = plain_numbers(answer)
    return f"{float(numbers):.3g}" if numbers.ndim == 0 else str([float(f"{x:.3g}") for x in numbers.ravel()])


def _literal(value: Any) -> str:
    """Python that stands for plain data; floats with eight digits, which are the same on every machine."""
    if value is None or isinstance(value, str | bool | int):
        return repr(value)
    if isinstance(value, np.ndarray):
        return f"np.array({_literal(value.tolist())})" if value.ndim else _literal(value.item())
    if isinstance(value, float | np.floating):
        return f"float({str(float(value))!r})" if not np.isfinite(value) else repr(float(f"{value:.8g}"))
    if isinstance(value, np.integer):
        return repr(int(value))
    if isinstance(value, dict):
        return (
            "{"
            + "".join(f"\n        {_literal(key)}: {_literal(item)}," for key, item in value.items())
            + "\n    }"
        )
    if hasattr(value, "_asdict"):  # a NamedTuple of parameters
        inside = ", ".join(f"{key}={_literal(item)}" for key, item in value._asdict().items())
        return f"{type(value).__name__}({inside})"
    inside = ", ".join(_literal(item) for item in value)
    if isinstance(value, tuple):
        return f"({inside}{',' if len(value) == 1 else ''})"
    return f"[{inside}]"
