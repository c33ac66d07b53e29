"""The parameters of pair STDP, which every function of the family takes."""

from typing import NamedTuple

from snnlab.checks import NonNegative, Positive, checked

__all__ = ["STDP"]


class STDP(NamedTuple):
    r"""The numbers of the pair rule, in the symbols λ, α, τ₊, τ₋, μ and w_max.

    A pair of spikes, $\Delta t = t_{post} - t_{pre}$ apart, changes the weight by
    $\lambda\, w_{max} (1 - w/w_{max})^{\mu_+} e^{-\Delta t/\tau_+}$ if the postsynaptic one comes later, and
    by $-\alpha \lambda\, w_{max} (w/w_{max})^{\mu_-} e^{\Delta t/\tau_-}$ if it comes earlier.

    Examples
    --------
    >>> STDP(alpha=1.2).alpha
    1.2
    """

    lambda_: NonNegative = 0.01
    """λ, the step of potentiation, as a fraction of `w_max`."""
    alpha: NonNegative = 1.05
    """α, how much larger depression is than potentiation."""
    tau_plus: Positive = 20.0
    """Time constant of potentiation, ms."""
    tau_minus: Positive = 20.0
    """Time constant of depression, ms."""
    mu_plus: NonNegative = 0.0
    """Exponent of the soft bound above; 0 is additive, 1 multiplicative."""
    mu_minus: NonNegative = 0.0
    """Exponent of the soft bound below; 0 is additive, 1 multiplicative."""
    w_max: Positive = 1.0
    """The largest weight, in the unit of the weight."""
    zero_plus: NonNegative = 0.0
    """How much of a full potentiation a pair with Δt = 0 brings."""
    zero_minus: NonNegative = 0.0
    """How much of a full depression a pair with Δt = 0 brings."""


def check_stdp(rule: STDP) -> STDP:
    """`rule` with every number a valid float."""
    return checked("rule", rule, STDP)
