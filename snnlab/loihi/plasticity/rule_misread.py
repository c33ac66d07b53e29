"""What is said about a text that the grammar refuses: the first row of a table that fits.

A row is looked for in the words and signs of the rule with a space behind each, ``dw = 2 ^ - 2 * x1 * y0``.
Carets go under the group ``here`` of what is found, or under all of it. The sentence may quote groups, and
the text above the carets, ``{shown}``; where something has to be worked out it is a function of the match.

The table is data for whoever reads rules elsewhere, as a page of the book does: a pattern, and a template or
the name of a function that stands here.

Lark can find a sentence by an example of its own (``match_examples``). It tells examples apart by the state
of the parser and the next token: "a * is missing" would need one for each state in which a factor can end,
and what the lexer refuses, as / or <, looks alike to it.
"""

import math
import re
from collections.abc import Callable

from snnlab.loihi.plasticity.rule_errors import RuleError, nearest
from snnlab.loihi.plasticity.rule_names import NAME, no_function

__all__ = ["misread"]

WORD = re.compile(r"[A-Za-z_]\w*|\d+(?:\.\d*)?|\.\d+|\*\*|\n(?=\s*\w+\s*=)|\S", re.ASCII)
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺₀₁₂₃₄₅₆₇₈₉", "0123456789-+0123456789")
_BEGIN = "a rule begins with what it changes: dw =, dd = or dt ="
_ONE_EACH = "each rule is a text of its own: several of them are a list, [rule, rule]"
_TIMES = "a product is written with *"
_WHOLE = "constants are whole numbers and powers of two, as in 2^-7"
_SIGN = "nothing is compared in a rule: sgn(w - 10) is the sign of a difference"
_MISSING = "a * is missing between {before} and {here}"


def quotient(found: re.Match) -> str:
    """Of 1/4 or x1/2^2: how it is written; it has another form, and x1/y1 has none."""
    divisor = int(found["base"]) ** int(found["power"] or 1)
    constant, equal = nearest(int(found["above"] or 1) / divisor)
    near, times = "" if equal else "near ", "" if found["above"] else "*"
    return f"there is no division: {near}{found['here'].replace(' ', '')} is {times}{constant}"


def decimal(found: re.Match) -> str:
    """Of 0.25: how it is written."""
    value = float(found.group())
    constant, equal = nearest(value)
    meant = f": {'' if equal else 'near '}{found.group()} is {constant}" if 0 < value < math.inf else ""
    return f"constants are whole numbers and powers of two{meant}"


def raised(found: re.Match) -> str:
    """Of 2⁻²: how it is written."""
    digits = found.group().replace(" ", "").translate(_PLAIN)
    return f"an exponent is not raised but written ^{digits}, as in 2^-2"


def lowered(found: re.Match) -> str:
    """Of x₁: how it is written."""
    digits = found.group().replace(" ", "").translate(_PLAIN)
    return f"a number of a name is not lowered: write {digits}, as in x1"


def unknown(found: re.Match) -> str:
    """Of max(x1): that there is only sgn."""
    return no_function(found["here"])


ROWS: list[tuple[str, str | Callable[[re.Match], str]]] = [
    (r"^$", "the rule is empty: a rule looks like dw = 2^-2*x1*y0"),
    # characters that look right and are not: of word processors and formulas
    ("[−–—‐‑]", "this is the character {shown} of a text: write -"),
    ("[·×∗⋅•∙]", "this is the character {shown} of a text: write *"),
    ("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺](?: ?[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺])*", raised),
    ("[₀₁₂₃₄₅₆₇₈₉](?: ?[₀₁₂₃₄₅₆₇₈₉])*", lowered),
    # the left side
    (r"=.*[;\n](?P<here> \w+ =)", _ONE_EACH),
    (
        r"^(?P<here>(?:[dΔδ∆] |d(?=\w+ [/(]))(?P<of>w|d|tag|t)(?: / d ?t| \( t \))?) =",
        "write d{of}, not {shown}",
    ),
    (
        r"^\w+ (?P<here>(?P<sign>[-+*/:]) =)",
        "write = alone, not {sign}=: what stands on the right is added anyway",
    ),
    (r"= (?P<here>>)", "write = alone, not =>"),
    # what no rule has
    (r"\*\*", "a power is written with ^, as in 2^-2"),
    (
        r"(?P<before>\w+) (?P<here>\[) t (?:[-+] \w+ )?\]",
        "the time is not written: {before}, not {before}[t]",
    ),
    (r"[\]\[{}]", "brackets are round"),
    (";", _ONE_EACH),
    ("#", "a rule has no comment in it: write it behind the closing quotation mark"),
    ("[<>]", _SIGN),
    (r"\|", "there is no absolute value, only sgn"),
    ("[\"'“”„‘’`]", "a quotation mark stands before and behind a rule, not in it"),
    ("[½¼⅛¾⅓]", "a fraction is written as a power of two: a quarter is 2^-2"),
    (
        r"(?P<here>(?:(?<![\w.])(?<!\^ )(?P<above>\d{1,9}) )?"
        r"/ (?P<base>0*[1-9]\d{0,7})(?: \^ (?P<power>\d{1,2}))?)(?! ?[\w.^])",
        quotient,
    ),
    ("/", "there is no division: a quarter of x1 is 2^-2*x1"),
    (r"(?<!\S)\d+ , \d+(?!\S)", _WHOLE),
    (rf"(?P<here>\b(?!(?:{NAME}|sgn) )[A-Za-z_]\w*) \( [^()]*,", unknown),
    (",", "there is no comma in a rule"),
    (r"(?<!\S)\.(?!\S)|(?<=\d)\.(?= [A-Za-z_(])", _TIMES + ", not with a dot"),
    (r"[^\w\s.+*^()=-]", "{shown} has no place in a rule"),
    (r"^(?P<here>\S)[^=]*$", _BEGIN),
    (r"^(?![A-Za-z_]\w* =)(?P<here>\S+)", _BEGIN),
    (r"=[^=]*(?P<here>=)", "a rule has one = only"),
    # brackets
    (r"\^ (?P<here>\()", "an exponent has no brackets, as in 2^-2"),
    (r"^[^()]*(?:\([^()]*\)[^()]*)*(?P<here>\))", "this bracket was never opened"),
    (r"\( \)", "this bracket is empty"),
    (r"(?P<here>\()[^()]*(?:\([^()]*\)[^()]*)*$", "this bracket is not closed"),
    (
        r"\([^()*]*[\w.] (?P<here>\*)",
        "in brackets a constant is added to a name, as in (x1 + 3), and nothing is multiplied: write "
        "each product as a term of its own",
    ),
    (r"\([^()]*(?P<here>\()", "there are no brackets inside brackets"),
    # exponents
    (
        rf"(?<!\S)(?P<before>{NAME}) (?P<here>\^)",
        "only 2 can have an exponent, as in 2^-2: the square of {before} is {before}*{before}",
    ),
    (
        r"(?:[-+*=()^]|[A-Za-z_]\w*|\^ (?:[-+] )?[\d.]+) (?P<here>\^)",
        "only 2 can have an exponent, as in 2^-2",
    ),
    (r"\d+ \^ (?:[-+] )?(?:\d+\.\d*|\.\d+)", "an exponent is a whole number, as in 2^-2"),
    (r"\^ (?:[-+] )?(?P<here>(?![-+\d.])\S+)", "an exponent is a whole number, as in 2^-2"),
    # two factors, or words, with nothing between them
    (r"(?<!\S)[\d.]+ [eE]\d*(?!\S)", _WHOLE),
    (r"(?<!\S)(?P<here>(?P<letter>[xyu]) (?P<digit>\d+))(?!\S)", "{letter}{digit} is one word"),
    (r"(?<!\S)(?i:sgn) (?P<here>[\w.]+)", "sgn is followed by a bracket, as in sgn(w - 10)"),
    (r"[\w.)] (?P<here>[xX])(?= [\w.(])", _TIMES + ", not with {here}"),
    (
        r"[\w.)] (?P<here>(?i:if|when|else|for|while))(?!\S)",
        "there is no {here} in a rule: a term acts at x0, at y0 or at a u, and sgn(w - 10) tells a sign",
    ),
    (r"[\w.)] (?P<here>(?i:and|or|then))(?!\S)", _ONE_EACH),
    (r"(?<!\S)(?P<before>[\w.]+|\)) (?P<here>[\w.]+)", _MISSING),
    (r"(?<!\S)(?P<before>[\d.]+|\)) (?P<here>\()", _MISSING),
    # functions, and numbers
    (r"(?<!\S)(?P<here>(?i:sgn)) (?!\()", "sgn is followed by a bracket, as in sgn(w - 10)"),
    (
        rf"(?<!\S)(?P<before>{NAME}) (?P<here>\( t (?:[-+] \w+ )?\))",
        "the time is not written: {before}, not {before}{shown}",
    ),
    (rf"(?<!\S)(?P<before>{NAME}) (?P<here>\()", "a * is missing between {before} and the bracket"),
    (r"(?<!\S)(?P<here>(?!sgn )[A-Za-z_]\w*) \(", unknown),
    (r"(?<!\S)(?:\d+\.\d*|\.\d+)(?!\S)", decimal),
    # two signs, or a sign at the end
    (r"[-+] (?P<here>[-+])", "two signs stand in a row"),
    (
        r"(?<!\S)2 \* (?P<here>-) (?P<power>\d+)(?!\S)",
        "between * and - a factor is missing: was 2^-{power} meant?",
    ),
    (
        r"\* (?P<here>-)",
        "between * and - a factor is missing: a minus stands before the term, or as (-1)*",
    ),
    (
        r"(?P<before>[-+*=(]) (?P<here>[*)]|(?<=\* )\+)",
        "between {before} and {here} a factor is missing",
    ),
    (r"=(?P<here> )$", "after = the terms are missing"),
    (r"(?P<before>\S)(?P<here> )$", "after {before} a factor is missing"),
]


def misread(text: str) -> RuleError:
    """For a rule that the grammar refuses."""
    words = ""
    places: list[int] = []  # of each character of the words, and one for the space
    for word in WORD.finditer(text):
        words += word.group() + " "
        places += range(word.start(), word.end() + 1)
    fitting = ((re.search(pattern, words, re.ASCII), said) for pattern, said in ROWS)
    found, said = next((found, said) for found, said in fitting if found)
    first, behind = found.span("here" if "here" in found.re.groupindex else 0)
    start, end = (places[first], places[behind - 1] + 1) if places else (0, 1)
    quoted = {"shown": text[start:end], **found.groupdict()}
    return RuleError(said(found) if callable(said) else said.format(**quoted), text, start, end)
