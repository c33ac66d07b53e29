"""Where a rule stops being one: characters of a text, the left side, and what the grammar refuses."""

import re

from snnlab.loihi.rule_errors import NAME, RuleError, no_division, no_factor, no_function

__all__ = ["check_characters", "misread"]

_TOKEN = re.compile(r"[A-Za-z_]\w*|\d+(?:\.\d*)?|\.\d+|\*\*|\S")
_OPERAND = re.compile(r"\.?\w[\w.]*|[()]")
_BEGIN = "a rule begins with what it changes: dw =, dd = or dt ="
_ONE_EACH = "each rule is a text of its own: several of them are a list, [rule, rule]"
_TIMES = "a product is written with *"
_TYPED = {
    **dict.fromkeys("−–—‐‑", "-"),
    **dict.fromkeys("·×∗⋅•∙", "*"),
}  # what word processors and formulas have in the place of - and *
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+")
_LOWERED = re.compile("[₀₁₂₃₄₅₆₇₈₉]+")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺₀₁₂₃₄₅₆₇₈₉", "0123456789-+0123456789")
_QUOTES = "\"'“”„‘’`"
_INSTEAD = {
    "**": "a power is written with ^, as in 2^-2",
    "[": "brackets are round",
    "]": "brackets are round",
    "{": "brackets are round",
    "}": "brackets are round",
    ";": _ONE_EACH,
    "#": "a rule has no comment in it: write it behind the closing quotation mark",
    "<": "nothing is compared in a rule: sgn(w - 10) is the sign of a difference",
    ">": "nothing is compared in a rule: sgn(w - 10) is the sign of a difference",
    "|": "there is no absolute value, only sgn",
    **dict.fromkeys(_QUOTES, "a quotation mark stands before and behind a rule, not in it"),
    **dict.fromkeys("½¼⅛¾⅓", "a fraction is written as a power of two: a quarter is 2^-2"),
}


def check_characters(text: str) -> None:
    """Refuse an empty rule, characters that look right and are not, and a left side that is none."""
    if not text.strip():
        raise RuleError("the rule is empty: a rule looks like dw = 2^-2*x1*y0", text, 0, 1)
    for k, character in enumerate(text):
        if character in _TYPED:
            raise RuleError(
                f"this is the character {character} of a text: write {_TYPED[character]}", text, k, k + 1
            )
    raised, lowered = _RAISED.search(text), _LOWERED.search(text)
    if raised:
        plain = raised.group().translate(_PLAIN)
        raise RuleError(
            f"an exponent is not raised but written ^{plain}, as in 2^-2", text, raised.start(), raised.end()
        )
    if lowered:
        plain = lowered.group().translate(_PLAIN)
        raise RuleError(
            f"a number of a name is not lowered: write {plain}, as in x1",
            text,
            lowered.start(),
            lowered.end(),
        )
    first = text.find("=")
    if first < 0:
        raise RuleError(_BEGIN, text, 0, 1)
    another = re.search(r"[\n;]\s*\w+\s*=", text[first:])
    if another:
        start = first + another.start() + 1
        raise RuleError(_ONE_EACH, text, start, first + another.end())
    _check_left(text, text[:first])


def _check_left(text: str, left: str) -> None:
    """Refuse what is often put before = in formulas and programs."""
    start, end = len(left) - len(left.lstrip()), len(left.rstrip())
    shown = left.strip()
    formula = re.fullmatch(r"[dΔδ∆]\s*(w|d|tag|t)(?:\s*/\s*d\s*t|\s*\(\s*t\s*\))?", shown)
    if formula and not re.fullmatch(r"d\w+", shown):
        raise RuleError(f"write d{formula.group(1)}, not {shown}", text, start, end)
    if re.fullmatch(r"\w+\s*[-+*/:]", shown):
        raise RuleError(
            f"write = alone, not {shown[-1]}=: what stands on the right is added anyway",
            text,
            end - 1,
            end + 1,
        )


def misread(text: str, at: int | None) -> RuleError:
    """For a rule that the grammar refuses at character `at`, or at its end."""
    tokens = [(match.group(), match.start()) for match in _TOKEN.finditer(text)]
    here = next(((token, k) for token, k in tokens if at is not None and k <= at < k + len(token)), None)
    if here is None:
        return _ended(text, *tokens[-1])
    token, k = here
    place, end = tokens.index(here), k + len(token)
    before = tokens[place - 1][0] if place else ""
    earlier = tokens[place - 2][0] if place > 1 else ""
    following = tokens[place + 1][0] if place + 1 < len(tokens) else ""
    strange = _strange(text, token, k, before)
    if strange:
        return RuleError(strange, text, k, end)
    if token == "/":
        return no_division(text, k)
    if token == ",":
        return _comma(text, k, before, following)
    if token == "." or (before.endswith(".") and re.match(r"[A-Za-z_(]", token)):
        return RuleError(f"{_TIMES}, not with a dot", text, *((k, end) if token == "." else (k - 1, k)))
    if not _OPERAND.fullmatch(token) and token not in "+-*^=":
        return RuleError(f"{token} has no place in a rule", text, k, end)
    if place == 0:
        return RuleError(_BEGIN, text, k, end)
    if token == "=":
        return RuleError("a rule has one = only", text, k, end)
    if token == "(" and before == "^":
        return RuleError("an exponent has no brackets, as in 2^-2", text, k, end)
    bracket = _bracket(text, token, k, before)
    if bracket:
        return bracket
    if token == "^":
        square = f": the square of {before} is {before}*{before}" if re.fullmatch(NAME, before) else ""
        return RuleError(f"only 2 can have an exponent, as in 2^-2{square}", text, k, end)
    if _ends(before) and (_OPERAND.fullmatch(token) and token != ")"):
        return _side_by_side(text, token, k, before)
    if token in "+-" and before in "+-":
        return RuleError("two signs stand in a row", text, k, end)
    if before == "^":
        return RuleError("an exponent is a whole number, as in 2^-2", text, k, end)
    if token == "-" and before == "*":
        power = earlier == "2" and following.isdigit()
        meant = f"was 2^-{following} meant?" if power else "a minus stands before the term, or as (-1)*"
        return RuleError(f"between * and - a factor is missing: {meant}", text, k, end)
    if before in ("+", "-", "*", "=", "("):
        return RuleError(f"between {before} and {token} a factor is missing", text, k, end)
    return RuleError(f"{token} has no place here", text, k, end)


def _ended(text: str, last: str, k: int) -> RuleError:
    """For a rule of which something is missing at the end."""
    open_at = _unclosed(text)
    if open_at is not None:
        return RuleError("this bracket is not closed", text, open_at, open_at + 1)
    if last == "=":
        return RuleError("after = the terms are missing", text, k + 1, k + 2)
    return RuleError(f"after {last} a factor is missing", text, k + len(last), k + len(last) + 1)


def _strange(text: str, token: str, k: int, before: str) -> str:
    """What is said about a character that no rule has; "" if it can be in one."""
    if token == ">" and text[k - 1] == "=":
        return "write = alone, not =>"
    if token == "[" and re.match(r"\[\s*t\s*([-+]\s*\w+\s*)?\]", text[k:]):
        return f"the time is not written: {before}, not {before}[t]"
    return _INSTEAD.get(token, "")


def _comma(text: str, k: int, before: str, following: str) -> RuleError:
    """For a comma: of a decimal, in a function, or between rules."""
    if before.isdigit() and following.isdigit():
        return RuleError(
            "constants are whole numbers and powers of two, as in 2^-7",
            text,
            k - len(before),
            k + 1 + len(following),
        )
    function = re.search(r"([A-Za-z_]\w*)\s*\([^()]*$", text[:k])
    if function and not re.fullmatch(NAME, function.group(1)):
        return no_function(text, function.group(1), function.start())
    return RuleError("there is no comma in a rule", text, k, k + 1)


def _bracket(text: str, token: str, k: int, before: str) -> RuleError | None:
    """For brackets that do not match, and for what cannot stand in one."""
    open_at, depth = _unclosed(text), _depth(text[:k])
    if token == ")" and depth == 0:
        return RuleError("this bracket was never opened", text, k, k + 1)
    if token == ")" and before == "(":
        return RuleError("this bracket is empty", text, k - 1, k + 1)
    if open_at is not None and open_at < k:
        return RuleError("this bracket is not closed", text, open_at, open_at + 1)
    if token == "*" and depth > 0 and _ends(before):
        return RuleError(
            "in brackets a constant is added to a name, as in (x1 + 3), and nothing is multiplied: write "
            "each product as a term of its own",
            text,
            k,
            k + 1,
        )
    if token == "(" and depth > 0:
        return RuleError("there are no brackets inside brackets", text, k, k + 1)
    return None


def _side_by_side(text: str, token: str, k: int, before: str) -> RuleError:
    """For two factors, or words, with nothing between them."""
    end = k + len(token)
    if token in ("e", "E") and before[0].isdigit():
        return RuleError(
            "constants are whole numbers and powers of two, as in 2^-7", text, k - len(before), end
        )
    if "=" not in text[:k]:
        return RuleError(_BEGIN, text, 0, k)
    if before in ("x", "y", "u") and token.isdigit():
        return RuleError(f"{before}{token} is one word", text, text.rindex(before, 0, k), end)
    if before.lower() == "sgn":
        return RuleError(no_factor("sgn"), text, k, end)
    if token.lower() == "x" and re.match(r"x\s*[\w(]", text[k:], re.IGNORECASE):
        return RuleError(f"{_TIMES}, not with {token}", text, k, end)
    if token.lower() in ("if", "when", "else", "for", "while"):
        return RuleError(no_factor("if").replace("no if", f"no {token}"), text, k, end)
    if token.lower() in ("and", "or", "then"):
        return RuleError(_ONE_EACH, text, k, end)
    return RuleError(f"a * is missing between {before} and {token}", text, k, end)


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
