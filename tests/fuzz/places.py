"""Where in the arguments of a call something can be changed: an argument, a field, an item of a list."""

from collections.abc import Iterator
from typing import Any

__all__ = ["Path", "places", "put", "spoken"]

Path = tuple[str | int, ...]
_DEEPEST = 4


def places(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Each place in `value` with what stands there, the whole first; of a long list the ends.

    >>> [path for path, _ in places({"a": 1, "b": (2, 3)})]
    [(), ('a',), ('b',), ('b', 0), ('b', 1)]
    """
    yield path, value
    if len(path) < _DEEPEST:
        for step, inside in _steps(value):
            yield from places(inside, (*path, step))


def _steps(value: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, dict):
        yield from ((key, inside) for key, inside in value.items() if isinstance(key, str))
    elif hasattr(value, "_fields"):
        yield from zip(value._fields, value, strict=True)
    elif isinstance(value, list | tuple):
        yield from ((k, value[k]) for k in sorted({0, 1, len(value) - 1}) if 0 <= k < len(value))


def put(value: Any, path: Path, new: Any) -> Any:
    """`value` with `new` at that place; nothing that was given is changed.

    >>> put({"a": 1, "b": (2, 3)}, ("b", 1), 9)
    {'a': 1, 'b': (2, 9)}
    """
    if not path:
        return new
    step, rest = path[0], path[1:]
    if isinstance(value, dict):
        return {**value, step: put(value[step], rest, new)}
    if hasattr(value, "_fields"):
        return value._replace(**{str(step): put(getattr(value, str(step)), rest, new)})
    items = list(value)
    items[int(step)] = put(items[int(step)], rest, new)
    return type(value)(items)


def spoken(path: Path) -> str:
    """The place as one writes it.

    >>> spoken(("rule", "window", 0))
    'rule.window[0]'
    """
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")
