"""What is said about a rule that cannot be read: one sentence, the rule, and carets under the place."""

import difflib
import math
import re

from snnlab.loihi.rules import EXPONENT, FACTORS

__all__ = ["RuleError"]

_NAME = r"x[012]|y[0123]|u\d|tag|[wdtr]"
_TOKEN = re.compile(r"[A-Za-z_]\w*|\d+(?:\.\d*)?|\.\d+|\*\*|\S")
_OPERAND = re.compile(r"\w[\w.]*|[()]")
_TYPED = {
    "−": "-",
    "–": "-",
    "·": "*",
    "×": "*",
    "∗": "*",
    "⋅": "*",
}  # what word processors and formulas have in the place of - and *
_INSTEAD = {
    "/": "there is no division: a quarter of x1 is 2^-2*x1",
    "**": "a power is written with ^, as in 2^-2",
    "[": "brackets are round",
    "]": "brackets are round",
    "{": "brackets are round",
    "}": "brackets are round",
    ",": "there is no comma in a rule",
    ";": "each rule is a text of its own",
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


def check_characters(text: str) -> None:
    """Refuse an empty rule, and characters that look right and are not."""
    if not text.strip():
        raise RuleError("the rule is empty: a rule looks like dw = 2^-2*x1*y0", text, 0, 1)
    for k, character in enumerate(text):
        if character in _TYPED:
            raise RuleError(
                f"this is the character {character} of a text: write {_TYPED[character]}", text, k, k + 1
            )
    if "=" not in text:
        raise RuleError("a rule begins with what it changes: dw =, dd = or dt =", text, 0, 1)


def target_of(text: str, name: str, at: int) -> str:
    """The letter of what a rule changes: weight, delay or tag."""
    targets = {"dw": "w", "dd": "d", "dt": "t", "dtag": "t"}
    if name in targets:
        return targets[name]
    meant = ""
    if name.lower() in targets:
        meant = f": write {name.lower()}"
    elif "d" + name.lower() in targets:
        meant = f": write d{name.lower()}"
    raise RuleError(
        f"a rule changes the weight (dw), the delay (dd) or the tag (dt), not {name}{meant}",
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
    raise RuleError(_no_factor(name), text, at, at + len(name))


def _no_factor(name: str) -> str:
    """Why there is no factor of this name, and what may have been meant."""
    lower = name.lower()
    if lower in ("dw", "dd", "dt"):
        return f"{name} stands on the left; its value is the factor {lower[1]}"
    if re.fullmatch(_NAME, lower):
        return f"names are in lower case: {lower}, not {name}"
    if re.fullmatch(rf"(?:{_NAME}){{2,}}", lower):
        return f"a * is missing: {'*'.join(re.findall(_NAME, lower))}, not {name}"
    if lower == "u":
        return "u needs a number: u0 acts in every epoch, u1 in every second, u2 in every fourth"
    if lower in ("r0", "r1", "reward"):
        return f"the reward is called r, not {name}"
    if lower in ("weight", "delay"):
        return f"the {lower} is called {lower[0]}, not {name}"
    if lower == "sgn":
        return "sgn is followed by a bracket, as in sgn(w - 10)"
    if re.fullmatch(r"x\w*", lower):
        return f"there is no {name}: of the presynaptic side there are x0, x1 and x2"
    if re.fullmatch(r"y\w*", lower):
        return f"there is no {name}: of the postsynaptic side there are y0, y1, y2 and y3"
    near = difflib.get_close_matches(lower, [*FACTORS, "tag"], 1)
    also = f"; did you mean {near[0]}?" if near else ""
    return f"there is no {name}: a factor is x0, x1, x2, y0, y1, y2, y3, w, d, t, r or u0 to u9{also}"


def no_function(text: str, name: str, at: int) -> RuleError:
    """For a name before a bracket that is not sgn."""
    if re.fullmatch(_NAME, name):
        bracket = text.index("(", at)
        return RuleError(f"a * is missing between {name} and the bracket", text, bracket, bracket + 1)
    return RuleError(f"there is no function {name}, only sgn", text, at, at + len(name))


def no_decimals(text: str, number: str, start: int, end: int) -> RuleError:
    """For a number that is not whole."""
    meant = ""
    try:
        value = float(number)
    except ValueError:
        value = 0.0
    if value > 0:
        power = round(math.log2(value))
        size = f"2^{power}"
        meant = f": {number} is {size}" if 2.0**power == value else f": near {number} is {size}"
        if not EXPONENT[0] <= power <= EXPONENT[1]:
            meant = ""
    return RuleError(f"constants are whole numbers and powers of two{meant}", text, start, end)


def misread(text: str, at: int | None) -> RuleError:
    """For a rule that the grammar refuses at character `at`, or at its end."""
    tokens = [(match.group(), match.start()) for match in _TOKEN.finditer(text)]
    open_at = _unclosed(text)
    here = next(((token, k) for token, k in tokens if at is not None and k <= at < k + len(token)), None)
    if here is None:
        last, k = tokens[-1]
        if open_at is not None:
            return RuleError("this bracket is not closed", text, open_at, open_at + 1)
        if last == "=":
            return RuleError("after = the terms are missing", text, k + 1, k + 2)
        return RuleError(f"after {last} a factor is missing", text, k + len(last), k + len(last) + 1)
    token, k = here
    end = k + len(token)
    place = tokens.index(here)
    before = tokens[place - 1][0] if place else ""
    following = tokens[place + 1][0] if place + 1 < len(tokens) else ""
    if token in ("*", "**") and (before == "*" or following == "*" or token == "**"):
        return RuleError(_INSTEAD["**"], text, k, end)
    if token in _INSTEAD:
        return RuleError(_INSTEAD[token], text, k, end)
    if not _OPERAND.fullmatch(token) and token not in "+-*^=":
        return RuleError(f"{token} has no place in a rule", text, k, end)
    if place == 0:
        return RuleError("a rule begins with what it changes: dw =, dd = or dt =", text, k, end)
    if token == "=":
        return RuleError("a rule has one = only", text, k, end)
    if token == ")" and _depth(text[:k]) == 0:
        return RuleError("this bracket was never opened", text, k, end)
    if token == ")" and before == "(":
        return RuleError("this bracket is empty", text, k - 1, end)
    if token == "^":
        return RuleError("only 2 can have an exponent, as in 2^-2", text, k, end)
    if open_at is not None and open_at < k:
        return RuleError("this bracket is not closed", text, open_at, open_at + 1)
    if _ends(before) and (_OPERAND.fullmatch(token) and token != ")"):
        if token in ("e", "E") and before[0].isdigit():
            return RuleError(
                "constants are whole numbers and powers of two, as in 2^-7", text, k - len(before), end
            )
        if "=" not in text[:k]:
            return RuleError("a rule begins with what it changes: dw =, dd = or dt =", text, 0, k)
        return RuleError(f"a * is missing between {before} and {token}", text, k, end)
    if token == "*" and _depth(text[:k]) > 0:
        return RuleError(
            "in brackets a constant is added to a name, as in (x1 + 3); nothing is multiplied", text, k, end
        )
    if token == "(" and _depth(text[:k]) > 0:
        return RuleError("there are no brackets inside brackets", text, k, end)
    if before == "^":
        return RuleError("an exponent is a whole number, as in 2^-2", text, k, end)
    if before in ("+", "-", "*", "=", "("):
        return RuleError(f"between {before} and {token} a factor is missing", text, k, end)
    return RuleError(f"{token} has no place here", text, k, end)


def _ends(token: str) -> bool:
    """`token` can be the last of a factor."""
    return bool(_OPERAND.fullmatch(token)) and token != "("


def _depth(text: str) -> int:
    return text.count("(") - text.count(")")


def _unclosed(text: str) -> int | None:
    """The place of the last bracket that is not closed."""
    stack = []
    for k, character in enumerate(text):
        if character == "(":
            stack.append(k)
        elif character == ")" and stack:
            stack.pop()
    return stack[-1] if stack else None
