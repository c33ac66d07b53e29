"""What is said about a name that a rule does not know, and what may have been meant: the first row wins."""

import difflib
import re

__all__ = ["no_factor", "no_function", "no_target"]

NAME = r"x[012]|y[0123]|u\d|tag|[wdtr]"
_LETTERS = str.maketrans("loi", "101")  # that look like digits
_TIME = "time constants and impulses are given to Traces, a rule has none"

# Of what stands for a factor, in lower case and without underscores.
FACTOR_WORDS = [
    (r"[xy]?pre(?:spike|trace)?s?", "a presynaptic spike is x0, and its traces are x1 and x2"),
    (r"[xy]?post(?:spike|trace)?s?", "a postsynaptic spike is y0, and its traces are y1, y2 and y3"),
    (r"tau|impulse", _TIME),
    (r"d(?P<of>[wdt])", "d{of} stands on the left; its value is the factor {of}"),
    (r"u", "u needs a number: u0 acts in every epoch, u1 in every second, u2 in every fourth"),
    (r"sgn", "sgn is followed by a bracket, as in sgn(w - 10)"),
    (NAME, "{rule}: {plain}, not {name}"),
    (rf"(?:{NAME}){{2,}}", "a * is missing: {product}, not {name}"),
    (r"[xyu][loi]", "{name} ends in a letter: write it with a digit, {digit}"),
    (r"r0|r1|reward", "the reward is called r, not {name}"),
    (r"(?P<of>[wd])(?:eight|elay)", "the {plain} is called {of}, not {name}"),
    (r"x\w*", "there is no {name}: of the presynaptic side there are x0, x1 and x2"),
    (r"y\w*", "there is no {name}: of the postsynaptic side there are y0, y1, y2 and y3"),
    (r"\w*", "there is no {name}: a factor is x0, x1, x2, y0, y1, y2, y3, w, d, t, r or u0 to u9; {meant}"),
]

# Of what stands on the left, in lower case.
TARGET_WORDS = [
    (r"d(?:w|d|t|tag)", ": write {plain}"),
    (r"(?P<of>[wdt])(?:ag)?", ": write d{of}, and on the right what is added"),
    (r"d?[xy]\d", ": traces are moved by spikes alone, as Traces says"),
    (r"d?r|reward", ": the reward is given from outside"),
    (r"\w*", ""),
]


def no_factor(name: str) -> str:
    """Why there is no factor of this name."""
    plain = name.lower().replace("_", "")
    near = difflib.get_close_matches(plain, ["tag"], 1, 0.75)
    return _first(
        FACTOR_WORDS,
        name,
        plain,
        rule="names have no underscore" if "_" in name else "names are in lower case",
        product="*".join(re.findall(NAME, plain)),
        digit=plain.translate(_LETTERS),
        meant=f"did you mean {near[0]}?" if near else "a constant is a number, such as 5 or 2^-3",
    )


def no_target(name: str) -> str:
    """Why a rule cannot change what this name stands for."""
    more = _first(TARGET_WORDS, name, name.lower())
    return f"a rule changes the weight (dw), the delay (dd) or the tag (dt), not {name}{more}"


def no_function(name: str) -> str:
    """Why there is no function of this name."""
    meant = ": write sgn" if name.lower() in ("sign", "sgn", "signum") else ""
    return f"there is no function {name}, only sgn{meant}"


def _first(rows: list[tuple[str, str]], name: str, plain: str, **more: str) -> str:
    found = ((re.fullmatch(pattern, plain), sentence) for pattern, sentence in rows)
    match, sentence = next((match, sentence) for match, sentence in found if match)
    return sentence.format(name=name, plain=plain, **match.groupdict(), **more)
