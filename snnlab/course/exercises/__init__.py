"""The exercises, one a file in the folder of its chapter, found by walking, and how to find one."""

import functools
import importlib
import pkgutil
from pathlib import Path

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
    folders = sorted(found.name for found in pkgutil.iter_modules(__path__) if found.ispkg)
    return {id: task for folder in folders for id, task in _in_folder(folder).items()}


@functools.cache
def _in_folder(chapter: str) -> dict[str, Exercise]:
    """Those of one chapter, which is all that is imported for it; none if there is no such folder.

    The exercises of the whole book need most of the library: seconds, where one of them is asked for.
    """
    place = Path(__file__).parent / chapter
    if not (place / "__init__.py").is_file():
        return {}
    files = [found.name for found in pkgutil.walk_packages([str(place)], f"{__name__}.{chapter}.")]
    modules = [importlib.import_module(name) for name in files]
    things = [getattr(module, name) for module in modules for name in module.__all__]
    tasks = [thing for thing in things if isinstance(thing, Exercise)]
    return {task.id: task for task in sorted(tasks, key=lambda task: [*map(int, task.id.split("."))])}


def find(id: str) -> Exercise:
    """The exercise `id`.

    Parameters
    ----------
    id : str
        Chapter and number in quotes, "2.1".

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
    task = _in_folder(f"chapter{id.partition('.')[0]:0>2}").get(id)
    if task is None:
        raise ValueError(f'there is no exercise "{id}", only {", ".join(all_exercises())}')
    return task
