"""What is said about a rule that cannot be read: one sentence, the rule, and carets under the place.

Here is what is wrong with a name or a number; `snnlab.loihi.rule_misread` looks at the rule as a whole.
"""

import difflib
import math
import re

from snnlab.loihi.rules import EXPONENT, FACTORS, MANTISSA

__all__ = ["RuleError"]

NAME = r"x[012]|y[0123]|u\d|tag|[wdtr]"
_LETTERS = str.maketrans("loi", "101")  # that look like digits
_WORDS = {
    "pre": "a presynaptic spike is x0, and its traces are x1 and x2",
    "post": "a postsynaptic spike is y0, and its traces are y1, y2 and y3",
    "tau": "time constants and impulses are given to Traces, a rule has none",
    "impulse": "time constants and impulses are given to Traces, a rule has none",
    "dw": "dw stands on the left; its value is the factor w",
    "dd": "dd stands on the left; its value is the factor d",
    "dt": "dt stands on the left; its value is the factor t",
    "u": "u needs a number: u0 acts in every epoch, u1 in every second, u2 in every fourth",
    "sgn": "sgn is followed by a bracket, as in sgn(w - 10)",
    "if": "there is no if in a rule: a term acts at x0, at y0 or at a u, and sgn(w - 10) tells a sign",
}


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
        self.sentence, self.text = sentence, text
        self.start, self.end = start, max(end, start + 1)
        shown = re.sub(r"\s", " ", text)
        super().__init__(f"{sentence}\n    {shown}\n    {' ' * self.start}{'^' * (self.end - self.start)}")

    def __reduce__(self):
        return RuleError, (self.sentence, self.text, self.start, self.end)


def target_of(text: str, name: str, at: int) -> str:
    """The letter of what a rule changes: weight, delay or tag."""
    targets = {"dw": "w", "dd": "d", "dt": "t", "dtag": "t"}
    if name in targets:
        return targets[name]
    lower, more = name.lower(), ""
    if lower in targets:
        more = f": write {lower}"
    elif "d" + lower in targets:
        more = f": write d{targets['d' + lower]}, and on the right what is added"
    elif re.fullmatch(r"d?[xy]\d", lower):
        more = ": traces are moved by spikes alone, as Traces says"
    elif lower in ("r", "dr", "reward"):
        more = ": the reward is given from outside"
    raise RuleError(
        f"a rule changes the weight (dw), the delay (dd) or the tag (dt), not {name}{more}",
        text,
        at,
        at + len(name),
    )


def factor_of(text: str, name: str, at: int) -> str:
    """The factor of this name; "tag" is "t"."""
    if name == "tag":
        return "t"
    if name in FACTORS or re.fullmatch(r"u\d+", name):
        return name
    raise RuleError(no_factor(name), text, at, at + len(name))


def no_factor(name: str) -> str:
    """Why there is no factor of this name, and what may have been meant."""
    lower = name.lower()
    plain, digit = lower.replace("_", ""), lower[:1] + lower[1:].translate(_LETTERS)
    if lower in _WORDS:
        return _WORDS[lower]
    if re.fullmatch(NAME, lower):
        return f"names are in lower case: {lower}, not {name}"
    if re.fullmatch(rf"(?:{NAME}){{2,}}", lower):
        return f"a * is missing: {'*'.join(re.findall(NAME, lower))}, not {name}"
    if re.fullmatch(NAME, plain):
        return f"names have no underscore: {plain}, not {name}"
    if digit != lower and re.fullmatch(NAME, digit):
        return f"{name} ends in a letter: write it with a digit, {digit}"
    word = re.sub(r"^[xy](?=pre|post)|(?<=pre|ost)(spike|trace)?s?$", "", plain)
    for key in (plain, word):
        if key in _WORDS:
            return _WORDS[key]
    if lower in ("r0", "r1", "reward"):
        return f"the reward is called r, not {name}"
    if lower in ("weight", "delay"):
        return f"the {lower} is called {lower[0]}, not {name}"
    if re.fullmatch(r"x\w*", lower):
        return f"there is no {name}: of the presynaptic side there are x0, x1 and x2"
    if re.fullmatch(r"y\w*", lower):
        return f"there is no {name}: of the postsynaptic side there are y0, y1, y2 and y3"
    near = difflib.get_close_matches(lower, ["tag"], 1, 0.75)
    also = f"did you mean {near[0]}?" if near else "a constant is a number, such as 5 or 2^-3"
    return f"there is no {name}: a factor is x0, x1, x2, y0, y1, y2, y3, w, d, t, r or u0 to u9; {also}"


def no_function(text: str, name: str, at: int) -> RuleError:
    """For a name before a bracket that is not sgn."""
    if re.fullmatch(NAME, name):
        bracket = text.index("(", at)
        time = re.match(r"\(\s*t\s*([-+]\s*\w+\s*)?\)", text[bracket:])
        if time:
            end = bracket + time.end()
            return RuleError(f"the time is not written: {name}, not {text[at:end]}", text, bracket, end)
        return RuleError(f"a * is missing between {name} and the bracket", text, bracket, bracket + 1)
    meant = ": write sgn" if name.lower() in ("sign", "sgn", "signum") else ""
    return RuleError(f"there is no function {name}, only sgn{meant}", text, at, at + len(name))


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


def no_decimals(text: str, number: str, start: int, end: int) -> RuleError:
    """For a number that is not whole."""
    meant = ""
    try:
        value = float(number)
    except ValueError:
        value = 0.0
    if 0 < value < math.inf:
        constant, equal = nearest(value)
        meant = f": {'' if equal else 'near '}{number} is {constant}"
    return RuleError(f"constants are whole numbers and powers of two{meant}", text, start, end)


def no_division(text: str, at: int) -> RuleError:
    """For a / at this place: 1/4 and x1/2^2 have another form, x1/y1 has none."""
    below = re.match(r"/\s*(\d{1,9}(?:\s*\^\s*\d{1,2})?)(?![\w.^])", text[at:])
    above = re.search(r"(?<![\w.^])(\d{1,9})\s*$", text[:at])
    base, _, power = below.group(1).partition("^") if below else ("0", "", "")
    divisor = int(base) ** int(power or 1)
    if not below or not divisor:
        return RuleError("there is no division: a quarter of x1 is 2^-2*x1", text, at, at + 1)
    shown = re.sub(r"\s", "", below.group())
    constant, equal = nearest((int(above.group(1)) if above else 1) / divisor)
    if above:
        shown = above.group(1) + shown
    else:
        constant = f"*{constant}"
    return RuleError(
        f"there is no division: {'' if equal else 'near '}{shown} is {constant}",
        text,
        above.start() if above else at,
        at + below.end(),
    )
