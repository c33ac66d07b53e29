"""Which changed calls are tried: each has a label that says all of it, so that it can be made again."""

import inspect
import itertools
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from fuzz.examples import Call, copied
from fuzz.places import Path, places, put, spoken
from fuzz.values import Mutation, mutations

__all__ = ["Change", "chosen", "give", "single_changes"]

AND = " & "


class Change(NamedTuple):
    """One mutation in one place of one call of the example."""

    call: int
    path: Path
    mutation: Mutation

    @property
    def place(self) -> str:
        """Where: ``rule.tau``."""
        return spoken(self.path)


def single_changes(calls: list[Call]) -> dict[str, Change]:
    """Every change of one place, by its label ``"0 rule.tau: nan"``."""
    found = {}
    for k, call in enumerate(calls):
        kept = _kept(call)
        for path, value in places(call.arguments):
            if path and not (len(path) == 1 and path[0] in kept):
                for mutation in mutations(value):
                    change = Change(k, path, mutation)
                    found[f"{k} {change.place}: {mutation.label}"] = change
    return found


def _kept(call: Call) -> set[str]:
    """The arguments that are changed inside alone: what stars collect, and the one whose method it is."""
    of = inspect.signature(getattr(call.function, "py_func", call.function)).parameters.values()
    return {"self", *(one.name for one in of if one.kind in (one.VAR_POSITIONAL, one.VAR_KEYWORD))}


def chosen(labels: list[str], rng: np.random.Generator, n: int) -> list[str]:
    """`n` cases: the single changes in an order that `rng` draws, then pairs of them in one call."""
    order = [labels[k] for k in rng.permutation(len(labels))]
    return list(itertools.islice(itertools.chain(order, _pairs(labels, rng, n)), n))


def _pairs(labels: list[str], rng: np.random.Generator, n: int) -> Iterator[str]:
    for _ in range(n if labels else 0):  # some are drawn that do not fit
        a, b = (labels[k] for k in rng.integers(0, len(labels), 2))
        (call, place), (other, another) = (label.partition(": ")[0].split(" ", 1) for label in (a, b))
        if call == other and not (place.startswith(another) or another.startswith(place)):
            yield a + AND + b


def give(calls: list[Call], changes: dict[str, Change], label: str) -> tuple[Call, list[Change]] | None:
    """The call of that label with copies of its arguments, and its changes; None where one does not apply."""
    wanted = [changes[part] for part in label.split(AND)]
    call = calls[wanted[0].call]
    arguments = copied(call.arguments)
    for change in wanted:
        value: Any = arguments
        for step in change.path:
            value = getattr(value, step) if hasattr(value, "_fields") else value[step]
        try:
            new = change.mutation.make(value)
        except (
            ArithmeticError,
            IndexError,
            TypeError,
            ValueError,
        ):  # no first row in a number, no negative zero
            return None
        arguments = put(arguments, change.path, new)
    return Call(call.function, arguments), wanted
