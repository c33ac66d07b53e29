"""What is said about a rule that cannot be read: one sentence, the rule, and carets under the place."""

import re

from snnlab.checks import text as checked_text
from snnlab.checks import whole
from snnlab.loihi.plasticity.rules import EXPONENT, MANTISSA

__all__ = ["RuleError"]


class RuleError(ValueError):
    """A rule that cannot be read.

    Parameters
    ----------
    sentence
        What is wrong.
    text
        The whole rule.
    start, end
        From which to which character.

    Examples
    --------
    >>> print(RuleError("there is no y5", "dw = x0*y5", 8, 10))
    there is no y5
        dw = x0*y5
                ^^
    """

    def __init__(self, sentence: str, text: str, start: int, end: int):
        self.sentence, self.text = checked_text("sentence", sentence), checked_text("text", text)
        begin, behind = whole("start", start, most=2**62), whole("end", end, most=2**62)
        self.start = min(begin, len(text))  # beyond the text there is nothing to point at
        self.end = max(min(behind, len(text)), self.start + 1)
        shown = re.sub(r"\s", " ", text)
        super().__init__(f"{sentence}\n    {shown}\n    {' ' * self.start}{'^' * (self.end - self.start)}")

    def __reduce__(self):
        return RuleError, (self.sentence, self.text, self.start, self.end)


def nearest(value: float) -> tuple[str, bool]:
    """The constant of a term that is nearest to `value`, as it is written, and whether it is equal.

    Examples
    --------
    >>> nearest(0.25), nearest(1.5), nearest(9), nearest(-300)
    (('2^-2', True), ('3*2^-1', True), ('2^3', False), ('-5*2^6', False))
    """
    size = abs(value)
    m, e = min(
        ((m, e) for m in range(1, MANTISSA[1] + 1) for e in range(EXPONENT[0], EXPONENT[1] + 1)),
        key=lambda pair: (abs(pair[0] * 2.0 ** pair[1] - size), pair[0]),
    )
    return written(-m if value < 0 else m, e), m * 2.0**e == size


def written(mantissa: int, exponent: int) -> str:
    """A constant as it stands in a rule.

    Examples
    --------
    >>> written(1, -2), written(-3, 0), written(-1, 4), written(5, 1)
    ('2^-2', '-3', '-2^4', '5*2^1')
    """
    if not exponent:
        return str(mantissa)
    sign = "-" if mantissa < 0 else ""
    return f"{sign}{'' if abs(mantissa) == 1 else f'{abs(mantissa)}*'}2^{exponent}"
