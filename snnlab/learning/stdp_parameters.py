"""The parameters of pair STDP, which every function of the family takes."""

from typing import NamedTuple

from snnlab.checks import non_negative, positive

__all__ = ["STDP", "check_stdp"]


class STDP(NamedTuple):
    """The numbers of the pair rule, in the symbols λ, α, τ₊, τ₋, μ and w_max.

    Examples
    --------
    >>> STDP(alpha=1.2).alpha
    1.2
    """

    lambda_: float = 0.01
    """λ, the step of potentiation, as a fraction of `w_max`."""
    alpha: float = 1.05
    """α, how much larger depression is than potentiation."""
    tau_plus: float = 20.0
    """Time constant of potentiation, ms."""
    tau_minus: float = 20.0
    """Time constant of depression, ms."""
    mu_plus: float = 0.0
    """Exponent of the soft bound above; 0 is additive, 1 multiplicative."""
    mu_minus: float = 0.0
    """Exponent of the soft bound below; 0 is additive, 1 multiplicative."""
    w_max: float = 1.0
    """The largest weight, in the unit of the weight."""
    zero_plus: float = 0.0
    """How much of a full potentiation a pair with Δt = 0 brings."""
    zero_minus: float = 0.0
    """How much of a full depression a pair with Δt = 0 brings."""


def check_stdp(rule: STDP) -> STDP:
    """`rule` with every number a valid float.

    Parameters
    ----------
    rule
        The numbers to check.

    Raises
    ------
    ValueError, TypeError
        If a number breaks its rule: time constants and w_max positive, the others zero or positive.

    Examples
    --------
    >>> check_stdp(STDP(tau_plus=0))
    Traceback (most recent call last):
    ...
    ValueError: tau_plus must be positive and finite, got 0
    """
    if not isinstance(rule, STDP):
        raise TypeError(f"rule must be an STDP, got {type(rule).__name__}")
    above_zero = {"tau_plus", "tau_minus", "w_max"}
    checks = {name: positive if name in above_zero else non_negative for name in STDP._fields}
    return STDP(*(checks[name](name.rstrip("_"), value) for name, value in rule._asdict().items()))
