"""Exercise 24.2, calculate then verify: what is left for a reward that comes late."""

import math

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["LATE_REWARD"]

_STEP, _APART, _TAU_PLUS = 0.02, 10.0, 20.0  # 1, ms, ms
_LATE, _TAU_C, _TAU_D, _SIZE = 1.5, 1.0, 0.25, 2.0  # s, s, s, 1/s
_MARK = _STEP * math.exp(-_APART / _TAU_PLUS)
_KAPPA = _TAU_C * _TAU_D / (_TAU_C + _TAU_D)
_CHANGE = _MARK * _SIZE * math.exp(-_LATE / _TAU_C) * _KAPPA

LATE_REWARD = Number(
    id="24.2",
    title="A second and a half",
    statement=(
        "The neuron fires 10 ms after the input, once. The pair rule has λ = 0.02 and $\\tau_+$ = 20 ms, and "
        "the trace fades with $\\tau_c$ = 1 s. A reward that adds $D_0$ = 2/s comes 1.5 s after the pair; "
        "its dopamine fades with $\\tau_d$ = 0.25 s. By how much has the weight grown in the end? To three "
        "digits."
    ),
    stub="growth = ...",
    variable="growth",
    labels=("Growth of the weight",),
    tolerance=0.01,
    solution=_CHANGE,
    next_step="How much later may the same reward come if half of that is to be left?",
    mistakes=(
        Mistake(
            "milliseconds",
            1000.0 * _CHANGE,
            "{answer} is a thousand times too much. D₀ is in 1/s, so the time constants have to be in s.",
        ),
        Mistake(
            "pair rule",
            _MARK,
            "{answer} is the trace that the pair leaves. Without dopamine it changes no weight.",
        ),
        Mistake(
            "no waiting",
            _CHANGE * math.exp(_LATE / _TAU_C),
            "So much would it be if the reward came with the pair. In 1.5 s the trace fades.",
        ),
        Mistake(
            "trace held still",
            _MARK * _SIZE * math.exp(-_LATE / _TAU_C) * _TAU_D,
            "Nearly. While the dopamine fades the trace goes on fading, too: the two rates add.",
        ),
        Mistake(
            "dopamine held still",
            _MARK * _SIZE * math.exp(-_LATE / _TAU_C) * _TAU_C,
            "You let the dopamine of the reward stay for ever. It fades, and faster than the trace.",
        ),
        Mistake(
            "sum of time constants",
            _MARK * _SIZE * math.exp(-_LATE / _TAU_C) * (_TAU_C + _TAU_D),
            "You added the time constants. It is the rates 1/τ that add.",
        ),
        Mistake(
            "wrong fading",
            _MARK * _SIZE * math.exp(-_LATE / _TAU_D) * _KAPPA,
            "Until the reward comes it is the trace that fades, with τ_c. There is no dopamine yet.",
        ),
        Mistake(
            "as if at one time",
            _CHANGE / _MARK * _STEP,
            "The spikes of the pair are 10 ms apart, so the pair leaves less than λ.",
        ),
        Mistake(
            "no dopamine of two",
            _CHANGE / _SIZE,
            "Half of it is missing: the reward adds D₀ = 2/s.",
        ),
    ),
)
