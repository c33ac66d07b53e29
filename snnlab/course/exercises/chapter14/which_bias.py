"""Exercise 14.3, think backwards: from how often draws fire to what the neuron adds."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["WHICH_BIAS"]

_PUSH, _PULL, _CHANCE, _AT = 85, 60, 0.5, 1.0  # lines, lines, c, and u: 84.1 % of a normal distribution
_BARE = (_PUSH - _PULL) * _CHANCE  # 12.5
_VARIANCE = (_PUSH + _PULL) * _CHANCE * (1.0 - _CHANCE)  # 36.25


def _bias(variance: float, cut: float = 0.5, sign: float = 1.0) -> float:
    """The whole bias with which u comes nearest to 1, or to −1."""
    return float(round(cut + sign * _AT * math.sqrt(variance) - _BARE))


def _answers(variance: float, bias: float) -> np.ndarray:
    """Variance and mean of the sum, and the bias."""
    return np.array([variance, _BARE + bias, bias])


_RIGHT = _answers(_VARIANCE, _bias(_VARIANCE))  # 36.25, 6.5, −6

WHICH_BIAS = Number(
    id="14.3",
    title="What it adds",
    statement=(
        "Of a trained network somebody has drawn thousands of copies. For one image 145 lines into a certain "
        "neuron carry a spike. 85 of them push with the strength +1, 60 pull with −1, and the "
        "probability that a synapse is there is ½ for all of them. In 84.1 % of the copies the neuron "
        "fires: a normal distribution has so much below its mean plus one standard deviation. The bias is a "
        "whole number and the same in all copies. How large are the variance and the mean of the sum, and "
        "which bias is it?"
    ),
    stub="added = [..., ..., ...]  # variance, mean of the sum (with its bias), bias",
    variable="added",
    labels=("Variance", "Mean of the sum", "Bias"),
    tolerance=0.002,
    solution=_RIGHT,
    next_step=(
        "In every single copy there is no chance left: it fires for this image, or it does not. What is the "
        "answer of a thousand copies together worth, and what would it cost?"
    ),
    mistakes=(
        Mistake(
            "cut at zero",
            np.array([_VARIANCE, math.sqrt(_VARIANCE), math.sqrt(_VARIANCE) - _BARE]),
            "The variance is right. You have cut at 0: a whole sum above 0 is at least 1, so the cut lies "
            "at ½. And the bias is a whole number.",
        ),
        Mistake(
            "from zero on",
            _answers(_VARIANCE, _bias(_VARIANCE, cut=-0.5)),
            "The variance is right. This neuron would fire from 0 on. Above 0 means at least 1: the mean "
            "has to lie a standard deviation above ½, not above -½.",
        ),
        Mistake(
            "mean without the bias",
            np.array([_VARIANCE, _BARE, _RIGHT[2]]),
            "Variance and bias are right. 12.5 is the mean without the bias: add it.",
        ),
        Mistake(
            "wrong side",
            _answers(_VARIANCE, _bias(_VARIANCE, sign=-1.0)),
            "With this bias 84.1 % of the copies stay silent. It fires more often than not, so the mean of "
            "the sum lies above the cut.",
        ),
        Mistake(
            "standard deviation",
            np.array([math.sqrt(_VARIANCE), _RIGHT[1], _RIGHT[2]]),
            "Mean and bias are right. 6.02 is the standard deviation, and its square is asked for.",
        ),
        Mistake(
            "variance of the difference",
            _answers((_PUSH - _PULL) * 0.25, _bias((_PUSH - _PULL) * 0.25)),
            "You have let the variances of pushing and pulling lines cancel. Variances add up, whatever the "
            "sign of the strength.",
        ),
        Mistake(
            "variance c times n",
            _answers((_PUSH + _PULL) * _CHANCE, _bias((_PUSH + _PULL) * _CHANCE)),
            "A synapse that is there with the probability c adds c(1 - c) to the variance, here a quarter.",
        ),
        Mistake(
            "all there",
            np.array([_VARIANCE, _PUSH - _PULL + _bias(_VARIANCE) - _BARE, _bias(_VARIANCE) - _BARE]),
            "The variance is right. You have counted all 145 synapses as there; only half of them are, so "
            "the mean without the bias is 12.5.",
        ),
        Mistake(
            "not whole",
            np.array([_VARIANCE, 0.5 + math.sqrt(_VARIANCE), 0.5 + math.sqrt(_VARIANCE) - _BARE]),
            "The variance is right. But the bias is a whole number, and the mean is what it leads to.",
        ),
        Mistake(
            "sign of the bias",
            np.array([_VARIANCE, _BARE - _bias(_VARIANCE), -_bias(_VARIANCE)]),
            "The size of the bias is right. Without it the mean is 12.5, which is too much: the bias takes "
            "away.",
        ),
    ),
)
