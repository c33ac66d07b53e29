"""The parameters of the spike response model with exponential kernels."""

from typing import NamedTuple

from snnlab.checks import NonNegative, Positive, checked, ordered

__all__ = ["SRM"]


class SRM(NamedTuple):
    """The numbers of a neuron whose kernels are exponentials.

    Examples
    --------
    >>> SRM(tau_s=2.0).tau_s
    2.0
    """

    tau_m: Positive = 20.0
    """Membrane time constant, ms."""
    tau_s: Positive = 5.0
    """Time constant of the synaptic current, ms."""
    r_m: Positive = 100.0
    """Membrane resistance, MΩ; only a current from outside needs it."""
    v_rest: float = -65.0
    """Resting potential, mV."""
    v_reset: float = -65.0
    """Potential after a spike, mV."""
    v_th: float = -50.0
    """Threshold, mV."""
    t_ref: NonNegative = 0.0
    """Absolute refractory time, ms."""


def check_srm(neuron: SRM) -> SRM:
    """`neuron` with every number a valid float, `v_rest` and `v_reset` below `v_th`."""
    neuron = ordered(checked("neuron", neuron, SRM), "v_rest", "below", "v_th", "mV")
    return ordered(neuron, "v_reset", "below", "v_th", "mV")
