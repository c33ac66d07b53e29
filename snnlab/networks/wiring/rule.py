"""A rule of connection: how two populations are joined, said before their sizes are known."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from snnlab.checks import function, non_negative, true_or_false
from snnlab.networks.wiring.connections import Connections, size
from snnlab.networks.wiring.memory import refuse_beyond_the_machine
from snnlab.random import seed_from

__all__ = ["Rule"]

Pairs = tuple[np.ndarray, np.ndarray]


class Rule(NamedTuple):
    """How two populations are joined; call it with their sizes for the `Connections`.

    Every weight is 1 and every delay 1 ms, unless the rule has its own, until `weighted` says otherwise.

    Examples
    --------
    >>> from snnlab.networks import one_to_one
    >>> print(one_to_one()(3, 3).post)
    [0 1 2]
    """

    text: str
    """The rule as it was written."""
    expected: Callable[[int, int, bool], float]
    """How many synapses there will be, on average, for n_pre, n_post, and whether the two are one."""
    pairs: Callable[[int, int, bool, np.uint64], Pairs]
    """The two ends of each synapse, for the same and a seed."""
    chance: bool = True
    """Whether random numbers are drawn."""
    delay: Callable[[np.ndarray, np.ndarray], np.ndarray] | None = None
    """The delay of each synapse, ms, from its two ends; None for 1 ms."""

    def __call__(
        self, n_pre: int, n_post: int, rng: np.random.Generator | np.uint64 | None = None, same: bool = False
    ) -> Connections:
        """The connections of `n_pre` to `n_post` neurons; `same` says that they are one population.

        A rule without chance needs no `rng`, and draws nothing from one.
        """
        n_pre, n_post = size("n_pre", n_pre), size("n_post", n_post)
        if true_or_false("same", same) and n_pre != n_post:
            raise ValueError(f"n_post must be n_pre ({n_pre}) within one population, got {n_post}")
        expected = function("expected", self.expected)(n_pre, n_post, same)
        refuse_beyond_the_machine(non_negative("what expected returns", expected))
        seed = np.uint64(0)
        if self.chance:
            if rng is None:
                raise ValueError(f"rng must be given for {self.text} to be drawn, got None")
            seed = seed_from(rng)
        ends = function("pairs", self.pairs)(n_pre, n_post, same, seed)
        whole = isinstance(ends, tuple | list | np.ndarray) and len(ends) == 2
        if not whole or not all(isinstance(end, np.ndarray) for end in ends):
            raise TypeError(f"pairs must return the two ends of each synapse, got {ends!r:.60}")
        pre, post = ends
        delay = np.ones(pre.size) if self.delay is None else self.delay(pre, post)
        return Connections(pre, post, np.ones(pre.size), delay, n_pre, n_post)

    def __repr__(self) -> str:
        return self.text
