"""Exercise 28.5, the inverse problem: from spikes to what the network was asked."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["RATES"]

_A1, _A2 = 51.2 * 50 / 5000, 51.2 * 20 / 5000  # 0.512, 0.2048
_G, _B1 = 0.5, 0.9


def _from(a1: float, a2: float, g: float = _G) -> np.ndarray:
    """λ from the first compartment, then b of the second one."""
    lam = _B1 - a1 - g * a2
    return np.array([lam, a2 + g * a1 + lam])


_RIGHT = _from(_A1, _A2)  # 0.2856, 0.7464

RATES = Number(
    id="28.5",
    title="What was asked?",
    statement=(
        "Two compartments compete to explain a signal. In 5000 steps the first fires 50 times and the second "
        "20 times; a spike in every step would mean a coefficient of 51.2. Their columns have "
        "$\\phi_1^\\top \\phi_2 = 0.5$, and $b_1 = \\phi_1^\\top x = 0.9$. What was λ? And what is $b_2$?"
    ),
    stub="asked = [..., ...]  # λ, b_2",
    variable="asked",
    labels=("λ", "b₂"),
    tolerance=0.005,
    solution=_RIGHT,
    next_step=(
        "Take the first compartment away. The second one would fire with b₂ − λ alone, more than twice as "
        "often. How often does it fire in 5000 steps then?"
    ),
    mistakes=(
        Mistake(
            "competition forgotten",
            _from(_A1, _A2, 0.0),
            "You let each compartment stand alone. A spike of the other one takes away half of what a spike "
            "of its own costs.",
        ),
        Mistake(
            "competition added",
            _from(_A1, _A2, -_G),
            "The other compartment takes away: b − λ is what a compartment's own spikes cost *plus* what the "
            "other one takes.",
        ),
        Mistake(
            "full overlap",
            _from(_A1, _A2, 1.0),
            "You took the whole coefficient of the other one. Only the part that both columns share counts, "
            "one half of it.",
        ),
        Mistake(
            "spikes as coefficients",
            _from(50 / 5000, 20 / 5000),
            "These are spikes in a step. A spike in every step would be a coefficient of 51.2.",
        ),
        Mistake(
            "λ left out of b",
            np.array([_RIGHT[0], _RIGHT[1] - _RIGHT[0]]),
            "The cost λ is right. What drives the second compartment is b₂ − λ; you have that, and not b₂.",
        ),
        Mistake(
            "swapped",
            _from(_A2, _A1),
            "You gave the 20 spikes to the first compartment and the 50 to the second.",
        ),
        Mistake(
            "b without competition",
            np.array([_RIGHT[0], _A2 + _RIGHT[0]]),
            "The first number, λ, is right. In b₂ the first compartment is missing: it takes half of its own "
            "coefficient away from the second.",
        ),
    ),
)
