"""Connections without chance: one to one, and all to all."""

import numpy as np

from snnlab.checks import true_or_false
from snnlab.networks.wiring.rule import Pairs, Rule

__all__ = ["all_to_all", "one_to_one"]


def one_to_one() -> Rule:
    """Each neuron to the one of the same number.

    Examples
    --------
    >>> lines = one_to_one()(3, 3)
    >>> print(lines.pre, lines.post)
    [0 1 2] [0 1 2]
    """

    def expected(n_pre: int, n_post: int, same: bool) -> float:
        if n_pre != n_post:
            raise ValueError(f"n_post must be n_pre ({n_pre}) for one to one, got {n_post}")
        return n_pre

    def pairs(n_pre: int, n_post: int, same: bool, seed: np.uint64) -> Pairs:
        return np.arange(n_pre, dtype=np.int32), np.arange(n_pre, dtype=np.int32)

    return Rule("one_to_one()", expected, pairs, chance=False)


def all_to_all(*, autapses: bool = False) -> Rule:
    """Each neuron to every other.

    Parameters
    ----------
    autapses : bool
        Whether a neuron is joined to itself, too, where both populations are one.

    Examples
    --------
    >>> lines = all_to_all()(3, 3, same=True)
    >>> print(lines.pre, lines.post)
    [0 0 1 1 2 2] [1 2 0 2 0 1]
    """
    autapses = true_or_false("autapses", autapses)

    def expected(n_pre: int, n_post: int, same: bool) -> float:
        return float(n_pre) * (n_post - (same and not autapses))

    def pairs(n_pre: int, n_post: int, same: bool, seed: np.uint64) -> Pairs:
        others = n_post - (same and not autapses)
        pre = np.repeat(np.arange(n_pre, dtype=np.int32), others)
        post = np.tile(np.arange(others, dtype=np.int32), n_pre)
        if others < n_post:
            post += post >= pre
        return pre, post

    return Rule(f"all_to_all({'autapses=True' if autapses else ''})", expected, pairs, chance=False)
