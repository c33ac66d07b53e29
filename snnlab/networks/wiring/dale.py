"""Dale's law: a neuron excites all that it is connected to, or inhibits all.

Source: J. C. Eccles, P. Fatt and K. Koketsu (1954), Journal of Physiology 126, 524-562.
"""

import numpy as np

from snnlab.networks.wiring.connections import Connections, check_connections

__all__ = ["dale_signs"]


def dale_signs(*projections: Connections) -> np.ndarray:
    """Whether each neuron of a population excites or inhibits.

    Parameters
    ----------
    *projections : Connections
        All synapses that leave the population, in one or several parts.

    Returns
    -------
    array of int of shape (n_pre,)
        1 where a neuron excites, -1 where it inhibits, 0 where it does neither.

    Raises
    ------
    ValueError
        If a neuron does both.

    Examples
    --------
    >>> from snnlab.networks import from_matrix
    >>> print(dale_signs(from_matrix([[0.0, -4.0, 0.0], [7.0, -1.0, 0.0]])))
    [ 1 -1  0]
    """
    if not projections:
        raise ValueError("projections must be at least one, got none")
    parts = [check_connections(part) for part in projections]
    n = parts[0].n_pre
    if any(part.n_pre != n for part in parts):
        raise ValueError(f"n_pre must be the same in all projections, got {[part.n_pre for part in parts]}")
    pre, w = (np.concatenate([part[column] for part in parts]) for column in (0, 2))
    excites, inhibits = (np.bincount(pre[chosen], minlength=n) > 0 for chosen in (w > 0, w < 0))
    if (excites & inhibits).any():
        k = int(np.argmax(excites & inhibits))
        own = w[pre == k]
        raise ValueError(
            f"w must be of one sign for all synapses of a neuron (Dale's law), got {own.min():g} and "
            f"{own.max():g} from neuron {k}"
        )
    return excites.astype(np.int64) - inhibits
