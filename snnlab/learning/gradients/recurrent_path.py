"""What the kernels of a recurrent network take: weights by rows, numbers, and room for one sample."""

from typing import NamedTuple

import numpy as np

from snnlab.learning.gradients.recurrent_network import RecurrentNetwork
from snnlab.learning.gradients.surrogate_network import Surrogate
from snnlab.learning.gradients.surrogate_shapes import shape_number
from snnlab.networks.running.delivery import rows_for
from snnlab.networks.running.events import events_of
from snnlab.networks.wiring.connections import Connections, joined

__all__ = ()


class Rows(NamedTuple):
    """Weights with a row for each presynaptic neuron; a gradient has the same form, delays and all."""

    w_in: np.ndarray  # (inputs, hidden), none where they have synapses of `w`
    w_out: np.ndarray  # (hidden, outputs)
    w: np.ndarray  # (synapses,), those of neuron j from begin[j] to begin[j + 1], inputs behind the neurons
    begin: np.ndarray
    post: np.ndarray
    late: np.ndarray  # in steps


class Numbers(NamedTuple):
    """The numbers of readout and surrogate."""

    alpha_out: float
    beta_out: float
    gain_out: float
    shape: int
    width: float
    height: float
    through_reset: bool
    graded: bool


class Rates(NamedTuple):
    """A penalty on rates, and what turns spikes of a batch into Hz."""

    target: float
    strength: float
    dt: float


class Path(NamedTuple):
    """Where one sample is kept on its way."""

    v: np.ndarray  # (steps + 1, hidden)
    b: np.ndarray
    u: np.ndarray  # (steps, hidden), as are all up to `s_pull`
    theta: np.ndarray
    x: np.ndarray  # the potential above its threshold, in thresholds
    s: np.ndarray
    free: np.ndarray  # 1 where the neuron may fire, 0 in its refractory time
    s_pull: np.ndarray
    arrived_back: np.ndarray  # the derivative of the loss by what arrives; 0 after the end
    y: np.ndarray  # (steps + 1, outputs)
    y_pull: np.ndarray
    i: np.ndarray  # (hidden,), as are all up to `cost`
    a: np.ndarray
    c: np.ndarray
    p: np.ndarray
    e: np.ndarray
    slope: np.ndarray
    late: np.ndarray  # what a late reset says of the spike one step earlier
    cost: np.ndarray  # of one more spike
    again: np.ndarray  # the first step in which it may fire again, int64
    j: np.ndarray  # (outputs,), as are all up to `pull`
    f: np.ndarray
    o: np.ndarray
    best: np.ndarray
    pull: np.ndarray
    ring: np.ndarray  # (a power of two, hidden): what is under way


def rows_of(network: RecurrentNetwork) -> Rows:
    """The weights for kernels; those of the synapses are the ones of the network and no copy."""
    n, lines = network.cell.alpha.size, network.recurrent
    given = np.zeros((n, 0)) if network.w_in is None else network.w_in
    w_in, w_out = (np.array(w.T, order="C") for w in (given, network.w_out))
    begin, post, w, late = events_of(no_synapses(n) if lines is None else lines, network.dt)
    return Rows(w_in, w_out, w, begin, post, late)


def no_synapses(n: int) -> Connections:
    """None, among `n` neurons."""
    return joined((), n, n)


def numbers_of(network: RecurrentNetwork, surrogate: Surrogate, graded: bool) -> Numbers:
    """The numbers for kernels."""
    return Numbers(
        network.alpha_out,
        network.beta_out,
        network.gain_out,
        shape_number(surrogate.shape),
        surrogate.width,
        surrogate.height,
        surrogate.through_reset,
        graded,
    )


def path_of(network: RecurrentNetwork, rows: Rows, steps: int) -> Path:
    """Room for one sample."""
    outputs, n = network.w_out.shape
    long = {name: np.zeros((steps + 1, n)) for name in ("v", "b")}
    names = ("u", "theta", "x", "s", "free", "s_pull")
    long |= {name: np.zeros((steps, n)) for name in names}
    long |= {name: np.zeros((steps + 1, outputs)) for name in ("y", "y_pull")}
    short = {name: np.zeros(n) for name in ("i", "a", "c", "p", "e", "slope", "late", "cost")}
    short |= {name: np.zeros(outputs) for name in ("j", "f", "o", "best", "pull")}
    longest = int(rows.late.max(initial=0))
    long |= {"arrived_back": np.zeros((steps + longest, n)), "ring": np.zeros((rows_for(longest), n))}
    return Path(**long, **short, again=np.zeros(n, np.int64))


def short_zeros(array: np.ndarray) -> np.ndarray:
    """Zeros of the same shape, whole ones in the 32 bits that a page has."""
    return np.zeros(array.shape, np.int32 if array.dtype.kind in "iu" else np.float64)
