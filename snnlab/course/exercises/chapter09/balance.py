"""Exercise 9.1, calculate then verify: where what comes in would lead the potential of a neuron."""

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["BALANCE"]

_OUTSIDE, _TAU, _W, _G = 24.0, 0.02, 1.0, 6.0  # mV, s, mV, 1
_K_E, _R_E, _K_I, _R_I = 16, 20.0, 4, 25.0  # and Hz
_EXCITES, _INHIBITS = _TAU * _W * _K_E * _R_E, _TAU * _G * _W * _K_I * _R_I  # mV
_MEAN = _OUTSIDE + _EXCITES - _INHIBITS

BALANCE = Number(
    id="9.1",
    title="The balance",
    statement=(
        "A neuron hears 16 excitatory neurons that fire at 20 Hz, by synapses of w = 1 mV, and 4 inhibitory "
        "ones that fire at 25 Hz, by synapses that are g = 6 times as strong. What comes from outside alone "
        "would hold its potential at 24 mV above rest, and τ_m is 20 ms. If it had no threshold, where would "
        "its potential lie on average, in mV above rest? Work it out on paper, then let the cell compare."
    ),
    stub="mean = ...  # mV above rest",
    variable="mean",
    labels=("Mean potential",),
    unit="mV",
    tolerance=0.005,
    solution=_MEAN,
    next_step=(
        "The threshold is at 20 mV, so on average this neuron never gets there. By how much would its "
        "inhibitory neurons have to slow down before it did?"
    ),
    mistakes=(
        Mistake(
            "inhibition left out",
            _OUTSIDE + _EXCITES,
            "{answer} mV is what excitation and the outside bring. Inhibition takes g w K_I r_I τ_m away.",
        ),
        Mistake(
            "inhibition added",
            _OUTSIDE + _EXCITES + _INHIBITS,
            "You added inhibition. Its jumps go down.",
        ),
        Mistake(
            "excitation left out",
            _OUTSIDE - _INHIBITS,
            "{answer} mV is what inhibition leaves of the outside. The 16 excitatory neurons add w K_E r_E "
            "τ_m to it.",
        ),
        Mistake(
            "g left out",
            _OUTSIDE + _EXCITES - _INHIBITS / _G,
            "You made an inhibitory spike as strong as an excitatory one. It is g = 6 times as strong.",
        ),
        Mistake(
            "outside left out",
            _EXCITES - _INHIBITS,
            "{answer} mV is what the network brings. The outside comes on top.",
        ),
        Mistake(
            "one of each",
            _OUTSIDE + _EXCITES / _K_E - _INHIBITS / _K_I,
            "You took one excitatory and one inhibitory neuron. It hears 16 and 4.",
        ),
        Mistake(
            "milliseconds",
            _OUTSIDE + 1000.0 * (_EXCITES - _INHIBITS),
            "Rates are in Hz, spikes a second, so τ_m has to be in seconds: 0.02.",
        ),
        Mistake(
            "no time constant",
            _OUTSIDE + (_EXCITES - _INHIBITS) / _TAU,
            "You added up jumps a second. Each is forgotten after τ_m = 0.02 s, so multiply by that.",
        ),
        Mistake(
            "the other way round",
            _OUTSIDE - _EXCITES + _INHIBITS,
            "Your signs are turned round: the 16 raise the potential, the 4 lower it.",
        ),
        Mistake(
            "volts",
            _MEAN / 1000.0,
            "{answer} is in volts.",
        ),
    ),
)
