"""A learning rule to write, as data: all that a page needs to read a rule and to judge it without Python.

A page has no model. It reads a rule (``static/rules.js``) with the sentences that `snnlab.loihi.parse_rule`
has, and adds up its terms over what the traces are in each step of each pair, which was recorded here. So it
comes to the number of `snnlab.loihi.pairing_change_real` to the last bit.
"""

import contextlib
import re
from typing import Any

from snnlab.course.exercises.kinds import PairChanges, Text

__all__ = ["rule_data"]

_W = 100.0  # the weight before, as `pairing_change_real` has it
_SPACES = r" \t\n\r\f\v"  # of a pattern for ASCII
_PIECE = re.compile(r"\(\?i:(?P<letters>[^()]*)\)|\(\?P<(?![=!])|\\.|.", re.DOTALL)


def rule_data(exercise: Text) -> dict[str, Any]:
    """What a page knows of `exercise`.

    Parameters
    ----------
    exercise : Text
        Its `measure` is a `PairChanges`.

    Returns
    -------
    dict
        Plain data: ``pairs`` has, for each pair, what each factor is in each step, and ``language`` what is
        said to a rule that cannot be read.

    Examples
    --------
    >>> from snnlab.course.exercises import find
    >>> data = rule_data(find("27.4"))
    >>> [round(change, 2) for change in data["right"]], len(data["pairs"][0])
    ([5.58, -1.39, 12.0], 11)
    """
    measure = exercise.measure
    if not isinstance(measure, PairChanges):
        raise TypeError(f"exercise {exercise.id} must measure by PairChanges, got {type(measure).__name__}")
    wrong = []
    for mistake in exercise.mistakes:
        comes_to = None
        with contextlib.suppress(ValueError):  # some of them cannot be read
            comes_to = measure(mistake.answer).tolist()
        wrong.append([mistake.answer, mistake.hint, comes_to])
    return {
        "label": exercise.variable,
        "tolerance": exercise.tolerance,
        "right": measure(exercise.solution).tolist(),
        "says": f"Right. {exercise.next_step}",
        "wrong": wrong,
        "otherwise": exercise.says,
        "pairs": [_steps(delta_t) for delta_t in measure.delta_t],
        "w": _W,
        "language": _language(),
    }


def _steps(delta_t: int) -> list[dict[str, float]]:
    """What each factor is in each step of a pair, but for the weight, which the rule changes."""
    from snnlab.loihi.plasticity.given_spikes import learn_real
    from snnlab.loihi.plasticity.pairing import STDP_TRACES, pair_of_spikes
    from snnlab.loihi.plasticity.rules import STDP_RULE

    pre, post = pair_of_spikes(delta_t)
    run = learn_real(pre, post, _W, STDP_RULE, STDP_TRACES)
    columns = {"x0": pre, "x1": run.x[:, 0], "x2": run.x[:, 1], "y0": post}
    columns |= {f"y{k + 1}": run.y[:, k] for k in range(3)}
    columns |= {"d": run.delay[:, 0], "t": run.tag[:, 0], "r": 0 * pre}
    numbers = {name: column.astype(float).ravel().tolist() for name, column in columns.items()}
    return [dict(zip(numbers, row, strict=True)) for row in zip(*numbers.values(), strict=True)]


def _language() -> dict[str, Any]:
    """The words of the rule language: what can stand in a rule, and what is said of all else."""
    from snnlab.loihi.plasticity import rule_misread, rule_names, rule_terms, rules

    return {
        "word": for_javascript(rule_misread.WORD.pattern),
        "name": rule_names.NAME,
        "rows": [
            [for_javascript(pattern), *([said, ""] if isinstance(said, str) else ["", said.__name__])]
            for pattern, said in rule_misread.ROWS
        ],
        "targets": rule_terms.TARGETS,
        "factors": [*rules.FACTORS],
        "signed": [*rule_terms.SIGNED],
        "factorWords": [[for_javascript(row), said] for row, said in rule_names.FACTOR_WORDS],
        "targetWords": [[for_javascript(row), said] for row, said in rule_names.TARGET_WORDS],
        "mantissa": rules.MANTISSA,
        "exponent": rules.EXPONENT,
        "gate": rules.GATE_MAX,
        "constant": rule_terms.CONSTANT_MAX,
    }


def for_javascript(pattern: str) -> str:
    r"""A pattern of Python, read as ASCII, as JavaScript writes it.

    Examples
    --------
    >>> print(for_javascript(r"(?P<here>(?i:if))\S."))
    (?<here>(?:[iI][fF]))[^ \t\n\r\f\v][^\n]
    """
    inside = False
    written = []
    for found in _PIECE.finditer(pattern):
        piece = found.group()
        if letters := found["letters"]:
            piece = f"(?:{''.join(f'[{c}{c.upper()}]' if c.isalpha() else c for c in letters)})"
        elif inside:
            inside = piece != "]"
            piece = _SPACES if piece == r"\s" else piece
        elif piece in _OTHERWISE:
            piece = _OTHERWISE[piece]
        else:
            inside = piece == "["
        written.append(piece)
    return "".join(written)


_OTHERWISE = {r"\s": f"[{_SPACES}]", r"\S": f"[^{_SPACES}]", ".": r"[^\n]", "(?P<": "(?<"}
