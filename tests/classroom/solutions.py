"""What must be in no file that a student receives: texts by which the definitions of a class are known."""

import inspect
from string import Formatter

from snnlab.course.classroom.reading import find_part, part_names
from snnlab.course.exercises.kinds import Function

__all__ = ["solution_texts"]


def solution_texts() -> dict[str, str]:
    """Hints, rubrics and lines of solutions, each with the exercise that it betrays."""
    found = {}
    for name in part_names():
        for exercise in find_part(name).exercises:
            for form in exercise.forms or (exercise,):
                for text in _texts(form):
                    found[text] = f"{name}/{exercise.grade_id}"
    return found


def _texts(exercise):
    task = exercise.build(exercise.draw(1))
    yield from (line for line in exercise.rubric.splitlines() if line)
    for text in (task.next_step, *(mistake.hint for mistake in task.mistakes)):
        yield from (words for words, *_ in Formatter().parse(text) if len(words) > 30)
    solution = task.solution if isinstance(task, Function) else exercise.answer
    if solution is not None:
        lines = [line.strip() for line in inspect.getsource(solution).splitlines()[1:]]
        yield from (line for line in lines if len(line) > 30 and " import " not in line)
