r"""What a pair of spikes says of the synapse between them, while the output is too strong.

Two theta neurons, which rest without input, are each made to fire once by a short current. From the first to
the second leads a synapse of weight 0, so it changes nothing; but the loss has a slope by it,

$$ L = e \int s_{\rm post}(t)\, dt, \qquad
\frac{\partial L}{\partial w} = \int \bar I_{\rm post}(t)\, s_{\rm pre}(t)\, dt $$

where $\bar I_{\rm post}$ comes from the adjoint. The error $e$ of the output, which is the trace of the
second neuron, is held until `after` ms behind the onset of the current that makes it fire. So the slope says
whether a little weight would make the trace larger in that time, and gradient descent does the opposite.
Against Δt = t_post − t_pre it is the half of an STDP curve in which the presynaptic spike comes first, with
the error as a third factor. The other half is nearly empty: what comes later moves nothing that is over. And
if the error is held for long, the whole curve vanishes: a spike that comes earlier leaves the same charge.

Source: D. Huh and T. J. Sejnowski (2018), Gradient descent for spiking neural networks, NeurIPS 31 (the
adjoint; the pair is ours).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import as_real, finite_array, positive
from snnlab.learning.gates.gated_network import GatedWeights, gated_loss, run_gated
from snnlab.learning.gates.gated_neuron import THETA, GatedNeuron, check_gated_neuron

__all__ = ["PairSlope", "pair_slope"]

PAIR = GatedNeuron(THETA, width=2.0, tau_m=10.0, tau_s=10.0, dt=0.5)
BEFORE = 150.0  # ms, in which both rest
PULSE = 5.0  # ms


class PairSlope(NamedTuple):
    """The slope of the loss by the weight, for each pair.

    Examples
    --------
    >>> PairSlope(np.zeros(3), np.zeros(3)).slope.size
    3
    """

    difference: np.ndarray
    """Δt as it came out, ms, in whole steps; NaN unless both neurons fired just once."""
    slope: np.ndarray
    """∂L/∂w, ms."""


def pair_slope(
    differences: ArrayLike,
    error: float = 1.0,
    neuron: GatedNeuron = PAIR,
    *,
    strength: float = 8.0,
    after: float = 30.0,
) -> PairSlope:
    """The slope of the loss by the weight of a synapse, for pairs of spikes.

    Parameters
    ----------
    differences : array of shape (pairs,)
        Δt = t_post − t_pre, ms, from −100 to 100.
    error : float
        How much the output is above what it should be, at all times.
    neuron
        The numbers of both neurons.
    strength : float
        The current that makes them fire, during 5 ms.
    after : float
        How long after the second neuron was made to fire the error is held, ms.

    Examples
    --------
    Who fired shortly before is to blame, who fired long before less, who fired afterwards next to nothing.

    >>> print(np.round(pair_slope([15.0, 50.0, -15.0]).slope, 2))
    [0.07 0.02 0.  ]
    """
    wanted = finite_array("differences", differences, (1,), "(pairs,)")
    if not (np.abs(wanted) <= 100.0).all():
        raise ValueError(f"differences must be from -100 to 100 ms, got {wanted[np.abs(wanted) > 100][0]:g}")
    error, neuron, after = as_real("error", error), check_gated_neuron(neuron), positive("after", after)
    strength = positive("strength", strength)
    post, pulse = round(BEFORE / neuron.dt), round(PULSE / neuron.dt)
    x = np.zeros((1, post + round(after / neuron.dt), 2))
    weights = GatedWeights(strength * np.eye(2), np.zeros((2, 2)), np.array([[0.0, 1.0]]), np.full(2, -0.1))
    found = PairSlope(np.full(wanted.size, np.nan), np.empty(wanted.size))
    for k, apart in enumerate(wanted):
        pre = post - round(apart / neuron.dt)
        x[:] = 0.0
        x[0, pre : pre + pulse, 0] = x[0, post : post + pulse, 1] = 1.0
        run = run_gated(weights, x, neuron)
        found.slope[k] = gated_loss(weights, x, run.out - error, neuron).gradient.w_rec[1, 0]
        found.slope[k] *= x.shape[1] * neuron.dt  # a sum over time, not a mean
        spikes = run.spikes[0]
        if np.array_equal(np.sort(spikes.units), [0, 1]):
            found.difference[k] = np.ptp(spikes.times) * (1 if spikes.units[0] == 0 else -1)
    return found
