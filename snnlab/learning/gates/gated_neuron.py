r"""Two neurons on a circle, whose spikes pass a gate: the non-leaky neuron and the theta neuron.

The potential goes round, and what a full turn passes on is one spike. The non-leaky cell is pushed by its
current alone; the theta neuron is the quadratic integrate-and-fire neuron in another coordinate,

$$ \tau_m \dot v = I \quad (c = 1,\ P = 1), \qquad
\tau_m \dot\theta = (1 - \cos\theta) + (1 + \cos\theta)\, I \quad (c = \pi,\ P = 2\pi) $$

A step goes from $v$ to $u = F(v, I)$. Beyond the zone of the gate, which ends at $c + w/2$, the neuron starts
again, a turn $P$ lower for each of the $m$ turns that it has made:

$$ m = \lfloor (u - c - w/2) / P \rfloor + 1, \qquad v_{\rm next} = u - m P, \qquad
q = m + G(v_{\rm next}) - G(v) $$

The jump lies outside of the zone at both ends, so it passes on nothing, and each turn of a long step passes
on 1. What went too far is kept, so the derivative of the jump is 1; that is also what the theory asks for,
$\dot v$ behind the jump over $\dot v$ before it, as both are the same here.

For the theta neuron nothing jumps at all: angles $2\pi$ apart are one. If it turns back behind the zone it
comes into it again from above ($m = -1$) and takes back what it gave; under $I < -\cot^2(w/4)$ that is where
it rests. The loss has no cliff, but it gets steep: under $I < 0$ the neuron falls back below the angle
$2 \arctan \sqrt{-I}$ and goes on above it, and two that start $\delta$ apart there are
$\delta\, e^{2 \sqrt{-I}\, t/\tau_m}$ apart after a time $t$, until the one has fired and the other has not.

For the non-leaky cell $m$ is never below 0: it may be pushed down as far as you like and passes on nothing.
So one that turns back just below $c + w/2$ takes its charge back, one that turns just above keeps it: there
the loss still has a cliff.

Backwards, with $\bar x$ for the derivative of a loss by $x$,

$$ \bar u = \bar v_{\rm next} + g(v_{\rm next})\, \bar q, \qquad
\bar v = \frac{\partial F}{\partial v}\, \bar u - g(v)\, \bar q, \qquad
\bar I = \frac{\partial F}{\partial I}\, \bar u $$

**Integration.** The step of the non-leaky cell is exact for a current that is constant in it, however long.
That of the theta neuron is the step of `snnlab.neurons.models.theta`, of fourth order, and good while it is a
small part of a turn; its two derivatives are those of the step itself.

Source: D. Huh and T. J. Sejnowski (2018), Gradient descent for spiking neural networks, NeurIPS 31; the
adjoint of the discrete step is derived here.
"""

import math
from typing import Annotated, NamedTuple

from snnlab.checks import Positive, checked, whole
from snnlab.compiling import kernel
from snnlab.learning.gates.gate import opening, passed
from snnlab.neurons.models.theta import step as turn

__all__ = ["NON_LEAKY", "THETA", "GatedNeuron", "check_gated_neuron"]

NON_LEAKY, THETA = 0, 1


def _kind(name: str, value: object) -> int:
    if whole(name, value) > THETA:
        raise ValueError(f"{name} must be NON_LEAKY (0) or THETA (1), got {value}")
    return whole(name, value)


class GatedNeuron(NamedTuple):
    """The numbers of all neurons of a network.

    Examples
    --------
    >>> print(f"{GatedNeuron(dt=2.0, tau_s=20.0).kept:.4f}")
    0.9048
    """

    kind: Annotated[int, _kind] = NON_LEAKY
    """`NON_LEAKY` or `THETA`."""
    width: Positive = 0.5
    """Width of the gate, in units of the threshold, below 1; of the theta neuron in radians, below 2π."""
    tau_m: Positive = 20.0
    """Time constant of the neuron, ms: a non-leaky cell turns once in it under a current of 1."""
    tau_s: Positive = 20.0
    """Time constant of the synapse, ms. A whole spike adds 1 to its trace."""
    dt: Positive = 1.0
    """Time step, ms."""

    @property
    def kept(self) -> float:
        """What a step leaves of a synaptic trace."""
        return math.exp(-self.dt / self.tau_s)

    @property
    def centre(self) -> float:
        """Where the gate is: the threshold."""
        return math.pi if self.kind == THETA else 1.0

    @property
    def period(self) -> float:
        """A full turn."""
        return 2.0 * self.centre if self.kind == THETA else 1.0


def check_gated_neuron(neuron: GatedNeuron) -> GatedNeuron:
    """`neuron` with every number valid, and a gate that leaves room for the jump."""
    neuron = checked("neuron", neuron, GatedNeuron)
    if not neuron.width < neuron.period:
        raise ValueError(f"width must be below a full turn ({neuron.period:g}), got {neuron.width:g}")
    return neuron


@kernel
def centre_of(kind):
    """Where the gate is."""
    return math.pi if kind == THETA else 1.0


@kernel
def home(u, kind, width):
    """Where a neuron at `u` goes on, and m, how many turns lower that is; of a theta neuron also −1."""
    c = centre_of(kind)
    period = 2.0 * c if kind == THETA else 1.0
    m = math.floor((u - (c + 0.5 * width)) / period) + 1
    if kind != THETA:
        m = max(m, 0)
    return u - m * period, m


@kernel
def advance(v, i, x, kind):
    """F(v, I), the potential a step of `x`, in units of τ, later."""
    return turn(v, i, x) if kind == THETA else v + x * i


@kernel
def slopes(v, i, x, kind):
    """∂F/∂v and ∂F/∂I."""
    if kind == THETA:
        return turn_slopes(v, i, x)
    return 1.0, x


@kernel
def turn_slopes(theta, i, x):
    """The derivatives of `turn` by the angle and by the input: those of each of its four slopes, in turn."""
    slope, by_theta, by_i = 0.0, 0.0, 0.0
    all_theta, all_i = 0.0, 0.0
    for ahead, weight in ((0.0, 1.0), (0.5, 2.0), (0.5, 2.0), (1.0, 1.0)):
        there = theta + ahead * x * slope
        c, bend = math.cos(there), math.sin(there) * (1.0 - i)
        by_theta = bend * (1.0 + ahead * x * by_theta)
        by_i = bend * ahead * x * by_i + 1.0 + c
        slope = 1.0 - c + (1.0 + c) * i
        all_theta += weight * by_theta
        all_i += weight * by_i
    return 1.0 + x / 6.0 * all_theta, x / 6.0 * all_i


@kernel
def step(v, i, x, kind, width):
    """The potential a step later, after its jumps if there are any, the charge that was passed on, and m."""
    c = centre_of(kind)
    later, m = home(advance(v, i, x, kind), kind, width)
    return later, m + passed(later, c, width) - passed(v, c, width), m


@kernel
def step_back(to_next, to_q, v, i, x, kind, width):
    """The transpose of `step`: from the next potential and the charge to the potential and the current."""
    c = centre_of(kind)
    by_v, by_i = slopes(v, i, x, kind)
    later, _ = home(advance(v, i, x, kind), kind, width)
    to_u = to_next + opening(later, c, width) * to_q
    return by_v * to_u - opening(v, c, width) * to_q, by_i * to_u
