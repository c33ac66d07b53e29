"""Where a fault can be made in a script, found in its words.

A sign or a comparison is turned, one that includes its bound excludes it, `&&` becomes `||`, `true` becomes
`false`, a number is changed, `!` is left out, and so is a statement or a returned value; two arguments change
places. Comments, texts and patterns are left alone.
"""

import re
from itertools import pairwise
from typing import NamedTuple

from faults.places import Place, changed_number

__all__ = ["Word", "javascript_places", "words"]

TURNED = {
    "+": "-", "-": "+", "+=": "-=", "-=": "+=", "<": ">=", ">=": "<", ">": "<=", "<=": ">",
    "===": "!==", "!==": "===", "&&": "||", "||": "&&", "true": "false", "false": "true",
}  # fmt: skip
BOUNDS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
PAIRS = {"(": ")", "[": "]", "{": "}", "${": "}"}
KEYWORDS = {
    "async", "await", "break", "case", "catch", "class", "const", "continue", "default", "delete", "do",
    "else", "export", "extends", "finally", "for", "function", "if", "import", "in", "instanceof", "let",
    "new", "of", "return", "static", "switch", "throw", "try", "typeof", "var", "void", "while", "yield",
}  # fmt: skip
KINDS = re.compile(
    r"(?P<space>\s+|//[^\n]*|/\*.*?\*/)"
    r"|(?P<number>0[xb][0-9a-fA-F]+|(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?n?)"
    r"|(?P<name>[\w$#]+)"
    r"|(?P<text>\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')"
    r"|(?P<sign>>>>=|\.\.\.|===|!==|\*\*=|<<=|>>=|>>>|&&=|\|\|=|\?\?=|=>|==|!=|<=|>=|&&|\|\||\?\?|\?\.(?!\d)|\+\+|--"
    r"|[-+*/%&|^]=|\*\*|<<|>>|.)",
    re.S,
)
PATTERN = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/[a-z]*")


class Word(NamedTuple):
    """A word of a script: a name, a number, a text, a pattern or a sign."""

    kind: str
    said: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """The words of a script, without comments; what a template computes is between ``${`` and ``}``.

    >>> [word.said for word in words("a = `${b}px` / 2 // half")]
    ['a', '=', '`', '${', 'b', '}', 'px`', '/', '2']
    """
    found: list[Word] = []
    open_: list[str] = []
    at = 0
    while at < len(text):
        if text[at] == "`" or (text[at] == "}" and open_ and open_[-1] == "${"):
            at = template(text, at, found, open_)
            continue
        if text[at] == "/" and text[at : at + 2] not in ("//", "/*") and not ends_value(found):
            pattern = PATTERN.match(text, at)
            assert pattern, f"no pattern at {text[at : at + 20]!r}"
            found.append(Word("pattern", pattern[0], at, pattern.end()))
            at = pattern.end()
            continue
        word = KINDS.match(text, at)
        if word.lastgroup != "space":
            found.append(Word(word.lastgroup, word[0], at, word.end()))
            if word[0] in PAIRS:
                open_.append(word[0])
            elif word[0] in PAIRS.values():
                open_.pop()
        at = word.end()
    return found


def template(text: str, at: int, found: list[Word], open_: list[str]) -> int:
    """A piece of a template: from ` or the end of what is computed up to the next ${ or `."""
    if text[at] == "}":
        open_.pop()
        found.append(Word("sign", "}", at, at + 1))
    end = at + 1
    while text[end] != "`" and text[end : end + 2] != "${":
        end += 2 if text[end] == "\\" else 1
    last = text[end] == "`"
    begin = at if text[at] == "`" else at + 1
    found.append(Word("text", text[begin : end + last], begin, end + last))
    if last:
        return end + 1
    open_.append("${")
    found.append(Word("sign", "${", end, end + 2))
    return end + 2


def ends_value(found: list[Word]) -> bool:
    """Whether a value ends here, so that what follows is an operator."""
    if not found:
        return False
    last = found[-1]
    if last.kind == "sign":
        return last.said in (")", "]", "}", "++", "--")
    return last.said not in KEYWORDS


def javascript_places(text: str) -> list[Place]:
    """The places of a script, in order.

    >>> text = "f(a, b + 1); return x < y;"
    >>> from faults.places import altered
    >>> for place in javascript_places(text):
    ...     print(altered(text, place))
     return x < y;
    f(b + 1, a); return x < y;
    f(a, b - 1); return x < y;
    f(a, b + 2); return x < y;
    f(a, b + 1); return;
    f(a, b + 1); return x <= y;
    f(a, b + 1); return x >= y;
    """
    all_words = words(text)
    inside = enclosing(all_words)
    found = set()
    for k, word in enumerate(all_words):
        near = {all_words[j].kind for j in (k - 1, k + 1) if 0 <= j < len(all_words)}
        if word.kind in ("sign", "name") and word.said in TURNED:
            sign = word.said in ("+", "-", "+=", "-=")
            if not sign or ("text" not in near and ends_value(all_words[:k])):
                found.add(Place(word.start, word.end, TURNED[word.said]))
            if word.said in BOUNDS:
                found.add(Place(word.start, word.end, BOUNDS[word.said]))
        if word.kind == "number" and (number := changed_number(word.said)) is not None:
            found.add(Place(word.start, word.end, number))
        if word.kind == "sign" and word.said == "!":
            found.add(Place(word.start, word.end, ""))
        if (end := statement(all_words, inside, k)) is not None:
            found.add(end)
        if word.said == "(" and k and all_words[k - 1].kind == "name":
            found |= swaps(text, all_words, k)
    return [place for place in sorted(found) if place.after != text[place.start : place.end]]


def enclosing(all_words: list[Word]) -> list[str]:
    """The bracket in which each word stands, or nothing."""
    inside, open_ = [], []
    for word in all_words:
        if word.kind == "sign" and word.said in PAIRS.values():
            open_.pop()
        inside.append(open_[-1] if open_ else "")
        if word.kind == "sign" and word.said in PAIRS:
            open_.append(word.said)
    return inside


def statement(all_words: list[Word], inside: list[str], k: int) -> Place | None:
    """The statement that begins with a word, left out; of a `return` with a value, the value."""
    word, before = all_words[k], all_words[k - 1] if k else None
    if word.kind != "name" or inside[k] not in ("", "{"):
        return None
    end = ending(all_words, k)
    if end is None or all_words[end].said != ";":
        return None
    if word.said == "return":
        return Place(word.end, all_words[end].start, "") if end > k + 1 else None
    begins = before is None or (before.kind == "sign" and before.said in (";", "{", "}"))
    if begins and word.said not in KEYWORDS and any(w.said in ("(", "=") for w in all_words[k:end]):
        return Place(word.start, all_words[end].end, "")
    return None


def ending(all_words: list[Word], k: int) -> int | None:
    """The word that ends what begins here: a semicolon, or the bracket around it."""
    depth = 0
    for j in range(k, len(all_words)):
        if all_words[j].kind != "sign":
            continue
        depth += all_words[j].said in PAIRS
        depth -= all_words[j].said in PAIRS.values()
        if depth < 0 or (depth == 0 and all_words[j].said == ";"):
            return j
    return None


def swaps(text: str, all_words: list[Word], k: int) -> set[Place]:
    """Neighbouring arguments of the call whose bracket is word k, changed for each other."""
    if all_words[k - 1].said in KEYWORDS:
        return set()
    depth, begins, ends = 0, [k + 1], []
    for j in range(k + 1, len(all_words)):
        word = all_words[j]
        if word.kind == "sign":
            if depth == 0 and word.said in (")", ","):
                ends.append(j - 1)
                if word.said == ")":
                    break
                begins.append(j + 1)
            depth += word.said in PAIRS
            depth -= word.said in PAIRS.values()
    follows = all_words[j + 1].said if j + 1 < len(all_words) else ""
    if follows in ("{", "=>"):  # the head of a method
        return set()
    spans = [(all_words[b].start, all_words[e].end) for b, e in zip(begins, ends, strict=True) if b <= e]
    found = set()
    for (a, b), (c, d) in pairwise(spans):
        if not text[a:b].startswith("...") and not text[c:d].startswith("..."):
            found.add(Place(a, d, text[c:d] + text[b:c] + text[a:b]))
    return found
