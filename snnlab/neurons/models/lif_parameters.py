"""The parameters of the leaky integrate-and-fire neuron, which every function of the family takes."""

from typing import NamedTuple

from snnlab.checks import NonNegative, Positive, checked, ordered

__all__ = ["LIF"]


class LIF(NamedTuple):
    """The numbers of a leaky integrate-and-fire neuron.

    Examples
    --------
    >>> LIF(v_th=-52.0).v_th
    -52.0
    """

    tau_m: Positive = 20.0
    """Membrane time constant, ms."""
    r_m: Positive = 100.0
    """Membrane resistance, MΩ."""
    v_rest: float = -65.0
    """Resting potential, mV."""
    v_reset: float = -65.0
    """Potential after a spike, mV."""
    v_th: float = -50.0
    """Threshold, mV."""
    t_ref: NonNegative = 2.0
    """Absolute refractory time, ms."""


def check_lif(neuron: LIF) -> LIF:
    """`neuron` with every number a valid float, and `v_reset` below `v_th`."""
    return ordered(checked("neuron", neuron, LIF), "v_reset", "below", "v_th", "mV")
