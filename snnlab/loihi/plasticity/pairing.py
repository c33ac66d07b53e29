"""What a learning rule makes of one pair of spikes: its window, in whole numbers."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import whole
from snnlab.loihi.conventions import BRIAN2_LOIHI, Convention
from snnlab.loihi.fixed_point import EXCITATORY, whole_array
from snnlab.loihi.neuron.synapses import Synapse
from snnlab.loihi.neuron.traces import Trace, Traces, check_epoch
from snnlab.loihi.plasticity.given_spikes import learn, learn_real
from snnlab.loihi.plasticity.rules import STDP_RULE, Rule

__all__ = ["STDP_TRACES", "pairing_change", "pairing_change_real"]

STDP_TRACES = Traces(x1=Trace(impulse=64, tau=10), y1=Trace(impulse=64, tau=10))
"""Traces for a pair rule: both lose a tenth in each step."""

FURTHEST = 1000  # steps
MOST = 300  # neurons on each side


def pairing_change(
    rules: str | Rule | Sequence[str | Rule] = STDP_RULE,
    delta_t: ArrayLike = 10,
    traces: Traces = STDP_TRACES,
    convention: Convention = BRIAN2_LOIHI,
    *,
    w: int = 100,
    t_epoch: int = 1,
    synapse: Synapse = Synapse(sign_mode=EXCITATORY),
    first: int = 0,
    n: int = 32,
    rng: np.random.Generator,
) -> np.ndarray:
    """How one pair of spikes changes a weight, for each Δt = t_post − t_pre.

    Parameters
    ----------
    rules, traces, convention, t_epoch, synapse
        As in `learn`; the weights are positive unless said otherwise.
    delta_t : int or array of int of shape (k,)
        Steps from the presynaptic to the postsynaptic spike, −1000 to 1000.
    w : int
        The weight before.
    first : int
        How many steps of an epoch are before the first of the two spikes.
    n : int
        So many neurons on each side fire alike, 1 to 300; n² synapses, each with its own random numbers.
    rng
        Where the random numbers come from.

    Returns
    -------
    array of int32 of shape (n², k), or (n²,) for one Δt
        The change of each synapse; their mean is what the rule does.

    Examples
    --------
    >>> changes = pairing_change("dw = 2^-2*x1*y0", 10, rng=np.random.default_rng(1))
    >>> print(f"{changes.mean():.1f} from {changes.min()} to {changes.max()}")
    5.6 from 5 to 7
    """
    many = whole("n", n, 1)
    if many > MOST:
        raise ValueError(f"n must be at most {MOST}, got {many}")

    def change(pre, post):
        run = learn(
            np.tile(pre, many),
            np.tile(post, many),
            w,
            rules,
            traces,
            convention,
            t_epoch=t_epoch,
            synapse=synapse,
            rng=rng,
        )
        return (run.w[-1].astype(np.int64) - w).ravel()

    return _each(change, delta_t, t_epoch, first)


def pairing_change_real(
    rules: str | Rule | Sequence[str | Rule] = STDP_RULE,
    delta_t: ArrayLike = 10,
    traces: Traces = STDP_TRACES,
    convention: Convention = BRIAN2_LOIHI,
    *,
    w: float = 100,
    t_epoch: int = 1,
    first: int = 0,
) -> np.ndarray:
    """The same in real numbers, with nothing rounded and nothing cut.

    Parameters
    ----------
    rules, delta_t, traces, convention, w, t_epoch, first
        As in `pairing_change`.

    Returns
    -------
    array of float of shape (k,), or a number for one Δt
        The change of the weight.

    Examples
    --------
    >>> print(f"{pairing_change_real('dw = 2^-2*x1*y0', 10):.3f}")
    5.579
    """

    def change(pre, post):
        return learn_real(pre, post, w, rules, traces, convention, t_epoch=t_epoch).w[-1, 0, 0] - w

    return _each(change, delta_t, t_epoch, first)


def _each(change, delta_t, t_epoch, first):
    """`change` of the two trains for each Δt, the last axis."""
    deltas = whole_array("delta_t", delta_t, -FURTHEST, FURTHEST)
    if deltas.ndim > 1:
        raise ValueError(f"delta_t must be a number or have shape (k,), got {deltas.shape}")
    epoch, before = check_epoch(t_epoch), whole("first", first)
    columns = []
    for delta in deltas.ravel():
        columns.append(change(*pair_of_spikes(int(delta), epoch, before)))
    if not columns:
        raise ValueError("delta_t must have at least one step, got none")
    return np.stack(columns, axis=-1) if deltas.ndim else columns[0]


def pair_of_spikes(delta: int, epoch: int = 1, before: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """The two trains of a pair, shape (steps, 1), which end with the epoch of the second spike.

    Examples
    --------
    >>> pre, post = pair_of_spikes(-2)
    >>> pre.ravel().tolist(), post.ravel().tolist()
    ([0, 0, 1], [1, 0, 0])
    """
    steps = -(-(before + abs(delta) + 1) // epoch) * epoch
    pre, post = np.zeros((steps, 1), int), np.zeros((steps, 1), int)
    pre[before + max(0, -delta)] = 1
    post[before + max(0, delta)] = 1
    return pre, post
