"""Exercise 21.4, the inverse problem: the depression that puts the balance where it is wanted."""

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["WHICH_ALPHA"]

_PRE, _POST, _TAU_PLUS, _TAU_MINUS = 0.064, 0.100, 16.8, 33.7  # per ms, per ms, ms, ms


def _alpha(rates: float) -> float:
    return (rates + 1.0 / _TAU_MINUS) / (rates + 1.0 / _TAU_PLUS)


WHICH_ALPHA = Number(
    id="21.4",
    title="Where the balance lies",
    statement=(
        "The inputs of the pattern detector fire at 64 Hz, and its time constants are $\\tau_+$ = 16.8 ms "
        "and $\\tau_-$ = 33.7 ms. With which α do potentiation and depression balance when the neuron fires "
        "at 100 Hz? To three digits."
    ),
    stub="alpha = ...",
    variable="alpha",
    labels=("α",),
    tolerance=0.002,
    solution=_alpha(_PRE + _POST),
    next_step=(
        "A small step from 0.85, and the balance has moved from 75 Hz to 100 Hz. Try this α on the same "
        "inputs: what does the neuron find?"
    ),
    mistakes=(
        Mistake(
            "output only",
            _alpha(_POST),
            "The rate of the inputs is missing: in the restricted scheme a pair is broken by a spike of "
            "either side, so the two rates add.",
        ),
        Mistake(
            "inputs only",
            _alpha(_PRE),
            "The rate of the neuron is missing: in the restricted scheme a pair is broken by a spike of "
            "either side, so the two rates add.",
        ),
        Mistake(
            "upside down",
            1.0 / _alpha(_PRE + _POST),
            "This is upside down. Depression lasts longer, so a smaller one, α < 1, is enough.",
        ),
        Mistake(
            "all pairs",
            _TAU_PLUS / _TAU_MINUS,
            "This would balance if all pairs counted. Here only the nearest do.",
        ),
        Mistake(
            "hertz",
            _alpha(1000.0 * (_PRE + _POST)),
            "With rates in Hz and times in ms the time constants hardly matter. Bring both to ms.",
        ),
        Mistake(
            "that of the chapter",
            0.85,
            "This is the α of the chapter, whose balance lies near 75 Hz. Solve the equation for α.",
        ),
        Mistake(
            "difference of the rates",
            _alpha(_POST - _PRE),
            "You subtracted the rates. A pair is broken by a spike of either side, so they add.",
        ),
        Mistake(
            "sign of alpha",
            (1.0 / _TAU_MINUS - _PRE - _POST) / (1.0 / _TAU_PLUS - _PRE - _POST),
            "A sign was lost on the way: of (r_pre + r_post)(1 − α) the part with α goes to the other side "
            "with a plus.",
        ),
        Mistake(
            "one side each",
            (_POST + 1.0 / _TAU_MINUS) / (_PRE + 1.0 / _TAU_PLUS),
            "With you only the inputs break a pair that strengthens, and only the neuron one that weakens. "
            "In the restricted scheme a spike of either side breaks both kinds, so the rates add in both.",
        ),
    ),
)
