"""The parameters of the leaky integrate-and-fire neuron, which every function of the family takes."""

from typing import NamedTuple

from snnlab.checks import as_real, non_negative, positive

__all__ = ["LIF", "check_lif"]


class LIF(NamedTuple):
    """The numbers of a leaky integrate-and-fire neuron.

    Examples
    --------
    >>> LIF(v_th=-52.0).v_th
    -52.0
    """

    tau_m: float = 20.0
    """Membrane time constant, ms."""
    r_m: float = 100.0
    """Membrane resistance, MΩ."""
    v_rest: float = -65.0
    """Resting potential, mV."""
    v_reset: float = -65.0
    """Potential after a spike, mV."""
    v_th: float = -50.0
    """Threshold, mV."""
    t_ref: float = 2.0
    """Absolute refractory time, ms."""


def check_lif(neuron: LIF) -> LIF:
    """`neuron` with every number a valid float.

    Parameters
    ----------
    neuron
        The numbers to check.

    Raises
    ------
    ValueError, TypeError
        If a number breaks its rule: tau_m and r_m positive, t_ref zero or positive, v_reset below v_th.

    Examples
    --------
    >>> check_lif(LIF(v_reset=-40))
    Traceback (most recent call last):
    ...
    ValueError: v_reset must be below v_th (-50 mV), got -40
    """
    if not isinstance(neuron, LIF):
        raise TypeError(f"neuron must be a LIF, got {type(neuron).__name__}")
    checked = LIF(
        positive("tau_m", neuron.tau_m),
        positive("r_m", neuron.r_m),
        as_real("v_rest", neuron.v_rest),
        as_real("v_reset", neuron.v_reset),
        as_real("v_th", neuron.v_th),
        non_negative("t_ref", neuron.t_ref),
    )
    if checked.v_reset >= checked.v_th:
        raise ValueError(f"v_reset must be below v_th ({checked.v_th:g} mV), got {checked.v_reset:g}")
    return checked
