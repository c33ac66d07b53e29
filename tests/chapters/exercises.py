"""The exercises of a chapter: 3 to 5, numbered, of three kinds, each ended by its check."""

import ast

from chapters.notebook import Chapter, Exercise, Problem, exercises

__all__ = ["exercise_of", "exercise_problems"]

FEWEST, MOST = 3, 5
NEEDED = ("kind:calculate", "kind:sketch", "kind:inverse")


def exercise_problems(chapter: Chapter) -> list[Problem]:
    """What is wrong with the exercises; the tags are those of `chapters.parts`."""
    found = exercises(chapter)
    problems = []
    if not FEWEST <= len(found) <= MOST:
        problems.append(
            Problem(None, f"the chapter has {len(found)} exercises, it should have {FEWEST} to {MOST}")
        )
    for k, exercise in enumerate(found, start=1):
        problems += exercise_of(exercise, f"{chapter.number}.{k}")
    belonging = {cell.number for exercise in found for cell in exercise.cells}
    for cell in chapter.tagged("part:exercise"):
        if cell.number not in belonging:
            problems.append(
                Problem(cell.number, "an exercise starts with a markdown cell: **Exercise 2.1 — title.**")
            )
    tags = {tag for exercise in found for tag in exercise.cells[0].tags}
    for kind in NEEDED:
        if kind not in tags:
            problems.append(Problem(None, f"no statement of an exercise has the tag {kind}"))
    return problems


def exercise_of(exercise: Exercise, expected: str) -> list[Problem]:
    """What is wrong with one exercise, whose number should be `expected`."""
    first, last = exercise.cells[0], exercise.cells[-1]
    problems = []
    if exercise.name != expected:
        problems.append(Problem(first.number, f"exercise {exercise.name} should be {expected}"))
    if not any(tag.startswith("kind:") for tag in first.tags):
        problems.append(Problem(first.number, f"the statement needs one of the tags {', '.join(NEEDED)}"))
    if last.number - first.number + 1 != len(exercise.cells):
        problems.append(Problem(first.number, f"the cells of exercise {exercise.name} do not stand together"))
    if not _ends_in_check(last, exercise.name):
        problems.append(
            Problem(last.number, f'exercise {exercise.name} must end in check("{exercise.name}", …)')
        )
    return problems


def _ends_in_check(cell, name: str) -> bool:
    if cell.kind != "code":
        return False
    try:
        body = ast.parse(cell.source).body
    except SyntaxError:
        return False
    match body[-1:]:
        case [ast.Expr(ast.Call(func=ast.Name(id="check"), args=[ast.Constant(value=value), _, *_]))]:
            return value == name
    return False
