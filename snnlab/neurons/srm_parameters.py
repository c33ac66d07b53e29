"""The parameters of the spike response model with exponential kernels."""

from typing import NamedTuple

from snnlab.checks import as_real, non_negative, positive

__all__ = ["SRM", "check_srm"]


class SRM(NamedTuple):
    """The numbers of a neuron whose kernels are exponentials.

    Examples
    --------
    >>> SRM(tau_s=2.0).tau_s
    2.0
    """

    tau_m: float = 20.0
    """Membrane time constant, ms."""
    tau_s: float = 5.0
    """Time constant of the synaptic current, ms."""
    r_m: float = 100.0
    """Membrane resistance, MΩ; only a current from outside needs it."""
    v_rest: float = -65.0
    """Resting potential, mV."""
    v_reset: float = -65.0
    """Potential after a spike, mV."""
    v_th: float = -50.0
    """Threshold, mV."""
    t_ref: float = 0.0
    """Absolute refractory time, ms."""


def check_srm(neuron: SRM) -> SRM:
    """`neuron` with every number a valid float.

    Parameters
    ----------
    neuron
        The numbers to check.

    Raises
    ------
    ValueError, TypeError
        If a number breaks its rule: time constants and r_m positive, t_ref zero or positive, v_rest and
        v_reset below v_th.

    Examples
    --------
    >>> check_srm(SRM(v_rest=-40))
    Traceback (most recent call last):
    ...
    ValueError: v_rest must be below v_th (-50 mV), got -40
    """
    if not isinstance(neuron, SRM):
        raise TypeError(f"neuron must be an SRM, got {type(neuron).__name__}")
    checked = SRM(
        positive("tau_m", neuron.tau_m),
        positive("tau_s", neuron.tau_s),
        positive("r_m", neuron.r_m),
        as_real("v_rest", neuron.v_rest),
        as_real("v_reset", neuron.v_reset),
        as_real("v_th", neuron.v_th),
        non_negative("t_ref", neuron.t_ref),
    )
    for name in ("v_rest", "v_reset"):
        if (value := getattr(checked, name)) >= checked.v_th:
            raise ValueError(f"{name} must be below v_th ({checked.v_th:g} mV), got {value:g}")
    return checked
