"""Exercise 14.1, calculate then verify: a soft neuron right at its threshold."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["AT_THRESHOLD"]

_GAMMA, _TAU, _T_REF = 0.05, 20.0, 2.0
_RHO = _GAMMA * math.log(2.0)


def _rate(rho: float, t_ref: float = _T_REF, tau: float = _TAU) -> float:
    """Hz."""
    return 1000.0 / (t_ref + tau * math.log1p(1.0 / rho))


def _answers(rate: float, rho: float = _RHO, slope: float = 0.5) -> np.ndarray:
    """A rate, Hz, and the slope of the curve there, Hz per threshold current."""
    return np.array([rate, rate**2 * _TAU / 1000.0 * slope / (rho * (1.0 + rho))])


_RIGHT = _answers(_rate(_RHO))

AT_THRESHOLD = Number(
    id="14.1",
    title="Right at the threshold",
    statement=(
        "A soft LIF neuron has γ = 0.05, τₘ = 20 ms and a refractory time of 2 ms. Its current is exactly "
        "the threshold current, j = 1. How often does it fire, in Hz, and how steep is its curve there, in "
        "Hz per threshold current? Work it out on paper, then let the cell compare."
    ),
    stub="soft = [..., ...]  # rate in Hz, slope in Hz per threshold current",
    variable="soft",
    labels=("Rate (Hz)", "Slope (Hz per threshold current)"),
    tolerance=0.005,
    solution=_RIGHT,
    next_step=(
        "The LIF neuron is silent there, and its slope is 0 on one side and infinite on the other. Halve γ: "
        "which of your two numbers goes down, and which one up?"
    ),
    mistakes=(
        Mistake(
            "silent",
            np.array([0.0, 0.0]),
            "That is the hard neuron. The soft one has ρ(0) = γ ln 2 at its threshold, which is above 0.",
        ),
        Mistake(
            "per ms",
            _RIGHT / 1000.0,
            "These numbers are per ms. With times in ms the bracket is an interval in ms, and 1000 divided "
            "by it is the rate in Hz.",
        ),
        Mistake(
            "gamma for rho",
            _answers(_rate(_GAMMA), _GAMMA),
            "You have taken γ for ρ. At the threshold ρ is γ times the logarithm of 1 + e⁰, which is 2.",
        ),
        Mistake(
            "logarithm left out",
            _answers(1000.0 / (_T_REF + _TAU / _RHO)),
            "The logarithm of 1 + 1/ρ is missing: you have multiplied τₘ by 1/ρ itself.",
        ),
        Mistake(
            "without the one",
            _answers(1000.0 / (_T_REF + _TAU * math.log(1.0 / _RHO))),
            "You have taken the logarithm of 1/ρ. It is that of 1 + 1/ρ.",
        ),
        Mistake(
            "refractory time forgotten",
            _answers(_rate(_RHO, t_ref=0.0)),
            "The refractory time is missing. It is added to the interval.",
        ),
        Mistake(
            "slope of rho forgotten",
            _answers(_rate(_RHO), slope=1.0),
            "The rate is right. In the slope ρ' is missing: at the threshold it is 1/(1 + e⁰), a half.",
        ),
        Mistake(
            "rate not squared",
            np.array([_RIGHT[0], _RIGHT[1] / _RIGHT[0]]),
            "The rate is right. In the slope it stands squared.",
        ),
        Mistake(
            "slope per second",
            np.array([_RIGHT[0], _RIGHT[1] * 1000.0]),
            "The rate is right. In the slope τₘ is in ms and the rates in Hz: 20 ms are 0.02 s.",
        ),
        Mistake(
            "one plus rho forgotten",
            np.array([_RIGHT[0], _RIGHT[1] * (1.0 + _RHO)]),
            "The rate is right. In the slope the factor 1 + ρ is missing below the line.",
        ),
        Mistake(
            "reversed",
            _RIGHT[::-1],
            "Both numbers are right and stand in the opposite order: first the rate.",
        ),
    ),
)
