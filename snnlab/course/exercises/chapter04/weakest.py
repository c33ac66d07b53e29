"""Exercise 4.6, calculate then verify: the weakest current under which an exponential neuron cannot rest."""

from snnlab.course.exercises.kinds import Mistake, Number
from snnlab.neurons import AdEx, adex_rheobase

__all__ = ["WEAKEST"]

_NEURON = AdEx(tau_m=20.0, r_m=100.0, v_rest=-65.0, v_reset=-65.0, v_th=-50.0, delta_th=2.0, a=0.0, b=0.0)
_GAP, _SOFT, _R = _NEURON.v_th - _NEURON.v_rest, _NEURON.delta_th, _NEURON.r_m

WEAKEST = Number(
    id="4.6",
    title="The weakest current",
    statement=(
        "A neuron is AdEx without its second variable ($w = 0$): rest at −65 mV, $v_\\mathrm{th}$ at −50 mV, "
        "$\\Delta_T$ = 2 mV, R = 100 MΩ. Which is the weakest constant current under which it cannot rest "
        "any more? A leaky integrate-and-fire neuron with the same numbers needs 0.15 nA (chapter 2). Work "
        "it out on paper, in nA."
    ),
    stub="weakest = ...  # nA",
    variable="weakest",
    labels=("Current",),
    unit="nA",
    tolerance=0.005,
    solution=adex_rheobase(_NEURON),
    next_step=(
        "The softer the threshold, the less current is needed: the neuron helps itself up. With a softness "
        "of 0 it is the leaky neuron again, and needs 0.15 nA."
    ),
    mistakes=(
        Mistake(
            "the leaky neuron's",
            _GAP / _R,
            "{answer} nA is the leaky neuron's. Here the exponential helps: put v_th into the curve, and see "
            "how much it adds there.",
        ),
        Mistake(
            "softness added",
            (_GAP + _SOFT) / _R,
            "{answer} nA is more than the leaky neuron needs. The exponential pushes upwards, so it saves "
            "current: its 2 mV have the other sign.",
        ),
        Mistake(
            "in mV",
            _GAP - _SOFT,
            "{answer} is what the current has to lift the potential by, in mV. Divide it by R.",
        ),
        Mistake(
            "in pA",
            1000.0 * (_GAP - _SOFT) / _R,
            "{answer} would be right in pA. The answer is asked in nA.",
        ),
        Mistake(
            "one for the softness",
            (_GAP - 1.0) / _R,
            "At v_th the exponential itself is 1, but it is multiplied by the 2 mV of Δ_T.",
        ),
        Mistake(
            "the exponential at rest",
            0.0,
            "At rest the exponential is all but nothing, and without a current the neuron does rest. Look "
            "where the curve is lowest.",
        ),
        Mistake(
            "softness alone",
            _SOFT / _R,
            "{answer} nA is what the exponential saves. Wanted is the current that is still needed.",
        ),
    ),
)
