"""Tests that try every panel or goal in a browser: one of them at every run, all in CI."""

from collections.abc import Iterable

import pytest

__all__ = ["one_quick"]


def one_quick(names: Iterable[str]) -> list:
    """The values of a parameter of which all but the first are slow.

    For what hardly depends on which it is, such as the page around it: the book will have dozens of panels.
    """
    first, *others = names
    return [first, *(pytest.param(name, marks=pytest.mark.slow) for name in others)]
