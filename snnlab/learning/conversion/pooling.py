r"""Max-pooling of spikes: at each step the input that has fired most often so far may pass, and no other.

The largest of several activations is a rate, but no single spike says which neuron has it. Letting every
spike through gives the sum of the rates, or, with at most one spike a step, something between the largest
and the sum. A gate counts: it is open for the input with the most spikes until now, the first of these if
there are several. Once the counts stand apart, only the right input passes.

Source: B. Rueckauer and others (2017), Frontiers in Neuroscience 11, 682, section 2.2.
"""

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array

__all__ = ["max_gate"]


def max_gate(s: ArrayLike) -> np.ndarray:
    """The spikes that pass the gate.

    Parameters
    ----------
    s : array of shape (steps, inputs)
        Spikes, 0 or 1, of the inputs of a pool.

    Returns
    -------
    array of shape (steps,)
        0 or 1.

    Examples
    --------
    Rates of 1/2 and 1/4 that never fire together:

    >>> print(max_gate([[1, 0], [0, 1], [1, 0], [0, 0]]))
    [1. 0. 1. 0.]
    """
    s = finite_array("s", s, (2,), "(steps, inputs)")
    if not s.shape[1]:
        raise ValueError("s must have at least one input, got none")
    if not np.isin(s, (0.0, 1.0)).all():
        raise ValueError(f"s must hold 0 and 1 only, got {s[~np.isin(s, (0.0, 1.0))][0]:g}")
    leader = np.cumsum(s, axis=0).argmax(axis=1)
    return s[np.arange(len(s)), leader]
