"""Tests that try every panel or goal: all of them in CI, and before a commit one, or those that are quick."""

from collections.abc import Collection, Iterable

import pytest

__all__ = ["but_slow", "one_quick"]


def one_quick(names: Iterable[str]) -> list:
    """The values of a parameter of which all but the first are slow.

    For what hardly depends on which it is, such as the page around it: the book will have dozens of panels.
    """
    first, *others = names
    return [first, *(pytest.param(name, marks=pytest.mark.slow) for name in others)]


def but_slow(names: Iterable[str], slow: Collection[str]) -> list:
    """The values of a parameter, of which those in `slow` are slow: they compute for seconds."""
    return [pytest.param(name, marks=pytest.mark.slow) if name in slow else name for name in names]
