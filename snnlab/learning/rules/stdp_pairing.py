r"""Which pairs of spikes count in pair STDP: all of them, or only nearest neighbours.

A spike leaves a *trace* behind, $x$ a presynaptic and $y$ a postsynaptic one. What happens to the traces at a
spike decides which pairs the rule sees. Each scheme is four numbers, and each of them says how much of a
trace is kept:

| at a … spike | trace | all-to-all | symmetric | pre-centred | restricted |
|--------------|-------|------------|-----------|-------------|------------|
| pre          | x → keep · x + 1 | 1 | 0 | 1 | 0 |
| pre          | y → keep · y     | 1 | 1 | 1 | 0 |
| post         | y → keep · y + 1 | 1 | 0 | 0 | 0 |
| post         | x → keep · x     | 1 | 1 | 0 | 0 |

*Symmetric*: each spike is paired with the last spike of the other side. *Pre-centred*: each presynaptic spike
with the last postsynaptic spike before it and the first after it. *Restricted*: the same, but only where no
other spike of the two neurons lies in between.

Source: A. Morrison, M. Diesmann and W. Gerstner (2008), Biological Cybernetics 98, 459–478, section 4.
"""

from typing import Annotated, NamedTuple

from snnlab.checks import checked, fraction

__all__ = ["ALL_TO_ALL", "PRE_CENTRED", "RESTRICTED", "SYMMETRIC", "Pairing"]


Kept = Annotated[float, fraction]


class Pairing(NamedTuple):
    """How much of each trace a spike keeps, 0 or 1.

    Examples
    --------
    >>> SYMMETRIC
    Pairing(x_at_pre=0.0, y_at_pre=1.0, y_at_post=0.0, x_at_post=1.0)
    """

    x_at_pre: Kept
    """Of the presynaptic trace at a presynaptic spike, before 1 is added."""
    y_at_pre: Kept
    """Of the postsynaptic trace at a presynaptic spike."""
    y_at_post: Kept
    """Of the postsynaptic trace at a postsynaptic spike, before 1 is added."""
    x_at_post: Kept
    """Of the presynaptic trace at a postsynaptic spike."""


ALL_TO_ALL = Pairing(1.0, 1.0, 1.0, 1.0)
"""Every spike is paired with every spike of the other side."""
SYMMETRIC = Pairing(0.0, 1.0, 0.0, 1.0)
"""Each spike is paired with the last spike of the other side."""
PRE_CENTRED = Pairing(1.0, 1.0, 0.0, 0.0)
"""Each presynaptic spike is paired with the postsynaptic spikes before and after it that are nearest."""
RESTRICTED = Pairing(0.0, 0.0, 0.0, 0.0)
"""The same, but only where no other spike of the two neurons lies in between."""


def check_pairing(pairing: Pairing) -> Pairing:
    """`pairing` with every share from 0 to 1."""
    if not isinstance(pairing, Pairing):
        raise TypeError(f"pairing must be a Pairing such as ALL_TO_ALL, got {type(pairing).__name__}")
    return checked("pairing", pairing, Pairing)
