"""Numbers of the prose against what the chapter prints.

For authors
-----------
**A result** is written with the words that stand on its printed line::

    It fires 54<!-- 200 pA --> times, 21 %<!-- 200 pA & model --> less than the model.

The comment follows the number, or the number and its unit, without a space. The test looks for a line of
printed output (or of a figure's text) that contains ``200 pA``, and on it for a number that gives 54 when it
is rounded as written: same sign, printed with at least as many decimals. Several words are joined by ``&``.
The words themselves are taken out of the line first, so that ``200<!-- 200 pA -->`` does not prove itself.

**Any other number with a decimal or with a unit** must stand with the same size in a code cell (``tau_m=20``
covers "20 ms"; the sign does not matter, comments do not count), or say that it is no result:
``20 ms<!-- given -->``. Units are those of the list below, and the words "spikes" ("more spikes"),
"times" and "×". In "10 to 20 ms", "10–20 ms" and "10 and 20 ms" both numbers have the unit.

**Not looked at** are exercises, references, code, mathematics, tables, headings, pictures and addresses,
whole numbers without a unit, and the numbers of an exercise, chapter, section, figure and the like ("exercise
2.3"). A comment that follows no number is an error, but for the marks of `causes`.
"""

import io
import re
import tokenize
from decimal import Decimal

from chapters.notebook import Chapter, Problem, blank, printed_lines
from chapters.sentences import lines_with, whole

__all__ = ["claim_problems"]

NUMBER = r"(?<![\w.])(?:(?<!\w)[−-])?\d+(?:,\d{3})*(?:\.\d+)?(?:e[−-]?\d+)?"
# Units of one letter need a space before them: "the 1980s" is no duration.
LONG = (
    "milliseconds?|seconds?|millivolts?|hertz|percent|per cent|spikes?|times|bits?|ms|µs|μs|us|ns|min|mV|µV|"
    "μV|kV|nA|pA|µA|μA|mA|MΩ|GΩ|kΩ|Ω|nF|pF|µF|μF|µS|μS|nS|pS|mS|Hz|kHz|MHz|GHz|mM|µM|nm|µm|μm|mm|cm|kB|MB|GB|"
    "pJ|nJ|µJ|μJ|mJ|mW|°C|%|‰|×"
)
MORE = "(?: (?:more|fewer))?"
GAP = "[ \u00a0\u2009\u202f-]"
UNIT = rf"{MORE}(?:{GAP}?(?:{LONG})|{GAP}[smhVAFSJWK])(?!\w)"
CLAIM = re.compile(rf"(?P<number>{NUMBER})(?:{UNIT})?[*_]*<!--\s*(?P<key>.*?)\s*-->", re.S)
CONTROL = re.compile(r"<!--\s*(?:no )?control:.*?-->", re.S)  # a mark of the check of causes
HAS_UNIT = re.compile(rf"(?:\s*(?:–|to|and|or)\s*{NUMBER})*{UNIT}")
NAMED = re.compile(r"(?i)\b(?:exercise|chapter|section|part|figure|table|equation|version|edition)s?\s+$")
FORMAT = re.compile(r":[^{}:]*\}")  # the 5.1 of {x:5.1f} is no number of the chapter


def claim_problems(chapter: Chapter) -> list[Problem]:
    """Every result that is not printed as it is told, and every number of unknown origin."""
    lines, known = printed_lines(chapter), _numbers_in_code(chapter)
    problems = []
    for cell in chapter.cells:
        if cell.kind != "markdown" or cell.tags & {"part:exercise", "part:references"}:
            continue
        text = blank(
            cell.source, "fences", "code", "display", "math", "tables", "headings", "images", "addresses"
        )
        text = CONTROL.sub("", text)
        for claim in CLAIM.finditer(text):
            if claim["key"] != "given" and (why := _not_printed(claim["number"], claim["key"], lines)):
                problems.append(Problem(cell.number, why))
        rest = CLAIM.sub("", text)
        for stray in re.findall(r"<!--.*?-->", rest, re.S):
            problems.append(Problem(cell.number, f"{stray} follows no number"))
        for found in re.finditer(NUMBER, blank(rest, "comments", "tags")):
            after = HAS_UNIT.match(rest, found.end())
            bare = not after and "." not in found.group() and "e" not in found.group()
            if bare or NAMED.search(rest, 0, found.start()) or abs(_value(found.group())) in known:
                continue
            shown = found.group() + (after.group() if after else "")
            problems.append(Problem(cell.number, f'"{shown}" stands in no code cell and has no <!-- … -->'))
    return problems


def _value(text: str) -> Decimal:
    return Decimal(text.replace("−", "-").replace(",", ""))


def _numbers_in_code(chapter: Chapter) -> set[Decimal]:
    """The size of every number in the code cells, in texts too but not in comments and not in formats."""
    found = set()
    for cell in chapter.cells:
        if cell.kind == "code":
            try:
                tokens = list(tokenize.generate_tokens(io.StringIO(cell.source).readline))
            except (tokenize.TokenError, SyntaxError):  # the check of the code cells names the fault
                continue
            for token in tokens:
                if token.type != tokenize.COMMENT:
                    text = FORMAT.sub("}", token.string.replace("_", ""))
                    found |= {abs(_value(number)) for number in re.findall(NUMBER, text)}
    return found


def _not_printed(number: str, key: str, lines: list[str]) -> str:
    """Why the result `number` is not on a line with the words `key`; empty if it is."""
    there = lines_with(key, lines)
    if not there:
        return f'no printed line contains "{key}" (told: {number})'
    told = _value(number)
    place = told.as_tuple().exponent
    for line in there:
        for word in key.split("&"):
            line = re.sub(whole(word), " ", line, count=1)
        for printed in map(_value, re.findall(NUMBER, line)):
            fine_enough = printed.as_tuple().exponent <= place
            if fine_enough and abs(printed - told) <= Decimal(5).scaleb(place - 1):
                return ""
    return f'{number} is told, but the line of "{key}" reads "{there[0].strip()}"'
