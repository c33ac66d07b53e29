"""The exercises, one file a chapter, and how to find one."""

import functools
import importlib
import pkgutil

from snnlab.course.exercises.kinds import Exercise

__all__ = ["all_exercises", "find"]


@functools.cache
def all_exercises() -> dict[str, Exercise]:
    """Every exercise of the course by its id, in the order of the book.

    Examples
    --------
    >>> list(all_exercises())[:2]
    ['1.1', '1.2']
    """
    chapters = sorted(name for _, name, _ in pkgutil.iter_modules(__path__) if name.startswith("chapter"))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in chapters]
    return {task.id: task for module in modules for task in module.EXERCISES}


def find(id: str) -> Exercise:
    """The exercise `id`.

    Parameters
    ----------
    id : str
        Chapter and number in quotes, "2.1".

    Returns
    -------
    Exercise

    Raises
    ------
    ValueError, TypeError
        If there is no such exercise; the sentence names those there are.

    Examples
    --------
    >>> print(find("2.1").unit)
    ms
    """
    if type(id) is not str:
        raise TypeError('the exercise must be named in quotes, as in check("2.1", answer)')
    exercises = all_exercises()
    if id not in exercises:
        raise ValueError(f'there is no exercise "{id}", only {", ".join(exercises)}')
    return exercises[id]
