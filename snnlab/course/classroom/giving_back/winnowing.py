"""Passages that two texts have in common, whatever names, spaces and comments: winnowing over tokens.

A fingerprint is the hash of `LENGTH` tokens in a row, and of each `WINDOW` neighbours the smallest is kept:

    kept = { min(h_i, …, h_{i + WINDOW - 1}) for all i }

So whatever two texts share of LENGTH + WINDOW - 1 tokens is found, and nothing that is shorter than LENGTH
(S. Schleimer, D. S. Wilkerson and A. Aiken, Winnowing: local algorithms for document fingerprinting,
SIGMOD 2003, section 3). In code every name that its writer may choose is the same token, and so is every
number; in words numbers are the same token too, and capitals do not count.
"""

import builtins
import keyword
import re
import zlib
from collections.abc import Collection, Mapping
from itertools import combinations
from typing import NamedTuple

__all__ = ["LENGTH", "WINDOW", "Likeness", "Token", "alike", "fingerprints", "tokens_of"]

LENGTH, WINDOW = 10, 4
_LEAST = 30
"""Tokens that have to be in common, beside what many have written."""
_SHARE = 0.6
"""Of the shorter of two answers, which has to be in common."""
_FEW = 3
"""Of more answers than this, and than a twentieth of all, what they share is how one writes it."""
_CODE = re.compile(
    r"(?P<skip>\#[^\n]*|\s+|\\\n)|(?P<text>[rbfuRBFU]{0,2}(?:\"\"\".*?\"\"\"|'''.*?'''|\"[^\"\n]*\"|'[^'\n]*'))"
    r"|(?P<number>\d[\w.]*|\.\d\w*)|(?P<name>[^\W\d]\w*)|(?P<sign>\*\*|//|[=!<>+\-*/%&|^]=|->|.)",
    re.DOTALL,
)
_WORD = re.compile(r"\w+")
_DIGITS = re.compile(r"\A\d+")  # of 20ms as well, and not of word20
_KEPT = {*keyword.kwlist, *dir(builtins)}


class Token(NamedTuple):
    """What counts of a piece of text, and where that stands."""

    word: str
    start: int
    end: int


class Likeness(NamedTuple):
    """Two answers with passages in common."""

    first: str
    second: str
    share: float
    """Of the tokens of the shorter one."""
    passages: tuple[tuple[str, str], ...]
    """As they stand in the first and in the second."""


def tokens_of(text: str, code: bool) -> list[Token]:
    """The tokens of an answer; code need not be Python that runs.

    Parameters
    ----------
    text : str
        What was handed in.
    code : bool
        Whether it is code, and not words.

    Examples
    --------
    >>> [token.word for token in tokens_of("for t in own: u += math.exp(-2.5)  # each", True)]
    ['for', 'n', 'in', 'n', ':', 'n', '+=', 'n', '.', 'exp', '(', '-', '0', ')']
    """
    if not code:
        words = ((one[0].casefold(), one) for one in _WORD.finditer(text))
        return [Token(_DIGITS.sub("0", word), one.start(), one.end()) for word, one in words]
    found: list[Token] = []
    for one in _CODE.finditer(text):
        kind, word = one.lastgroup, one[0]
        if kind == "skip":
            continue
        if kind == "name":
            attribute = bool(found) and found[-1].word == "."
            word = word if attribute or word in _KEPT else "n"
        found.append(Token({"number": "0", "text": "s"}.get(kind or "", word), one.start(), one.end()))
    return found


def fingerprints(words: list[str]) -> dict[int, list[int]]:
    """The hashes that are kept, and at which tokens each begins.

    Parameters
    ----------
    words : list of str
        Of the tokens.

    Examples
    --------
    >>> fingerprints(["a"] * (LENGTH - 1))
    {}
    >>> list(fingerprints(list("a whole sentence")).values())
    [[0], [4], [5]]
    """
    hashes = [
        zlib.crc32("\0".join(words[k : k + LENGTH]).encode("utf-8", "replace"))
        for k in range(len(words) - LENGTH + 1)
    ]
    kept = {
        min(range(k, min(k + WINDOW, len(hashes))), key=lambda place: (hashes[place], -place))
        for k in range(max(1, len(hashes) - WINDOW + 1) if hashes else 0)
    }
    found: dict[int, list[int]] = {}
    for place in sorted(kept):
        found.setdefault(hashes[place], []).append(place)
    return found


def alike(texts: Mapping[str, str], code: bool, given: Collection[str] = ()) -> list[Likeness]:
    """All pairs of answers to one question that have long passages in common, the most alike first.

    What was given to all, and what more than a few have written, tells nothing and is left out.

    Parameters
    ----------
    texts : mapping
        The answer of each student.
    code : bool
        Whether they are code.
    given : collection of str
        What all were given, such as the stub.

    Examples
    --------
    >>> one = "found = [data[k] * k for k in range(1, len(data)) if data[k] > level and data[k - 1] <= level]"
    >>> other = one.replace("found", "mine").replace("data", "v") + "  # my own idea"
    >>> pairs = alike({"ada": one, "bo": other, "cy": "found = sum(data[data > level])"}, True)
    >>> [(pair.first, pair.second, round(pair.share, 2)) for pair in pairs]
    [('ada', 'bo', 0.89)]
    """
    tokens = {id: tokens_of(text, code) for id, text in texts.items()}
    prints = {id: fingerprints([token.word for token in found]) for id, found in tokens.items()}
    known = {one for text in given for one in fingerprints([token.word for token in tokens_of(text, code)])}
    most = max(_FEW, len(texts) // 20)
    often: dict[int, int] = {}
    for own in prints.values():
        for one in own:
            often[one] = often.get(one, 0) + 1
    pairs: dict[tuple[str, str], set[int]] = {}
    for one, count in often.items():
        if 2 <= count <= most and one not in known:
            for pair in combinations([id for id in texts if one in prints[id]], 2):
                pairs.setdefault(pair, set()).add(one)
    found = []
    for (first, second), shared in pairs.items():
        covered = [_covered(prints[id], shared) for id in (first, second)]
        lengths = len(tokens[first]), len(tokens[second])
        share = max(
            len(part) / length
            for part, length in zip(covered, lengths, strict=True)
            if length == min(lengths)  # the longer one may repeat what they share
        )
        if min(map(len, covered)) >= _LEAST and share >= _SHARE:
            passages = _passages(texts, tokens, prints, first, second, shared)
            found.append(Likeness(first, second, share, passages))
    return sorted(found, key=lambda pair: (-pair.share, pair.first, pair.second))


def _covered(own: Mapping[int, list[int]], shared: Collection[int]) -> set[int]:
    """The tokens that lie in a shared fingerprint."""
    return {k for one in shared for place in own[one] for k in range(place, place + LENGTH)}


def _passages(
    texts: Mapping[str, str],
    tokens: Mapping[str, list[Token]],
    prints: Mapping[str, dict[int, list[int]]],
    first: str,
    second: str,
    shared: Collection[int],
) -> tuple[tuple[str, str], ...]:
    """Runs of shared fingerprints that overlap, as they stand in both."""
    places = sorted((prints[first][one][0], prints[second][one][0]) for one in shared)
    runs: list[list[tuple[int, int]]] = []
    for here, there in places:
        last = runs[-1][-1] if runs else None
        joined = last is not None and here - last[0] <= LENGTH and 0 < there - last[1] <= LENGTH
        if joined:
            runs[-1].append((here, there))
        else:
            runs.append([(here, there)])

    def cut(id: str, begin: int, end: int) -> str:
        return texts[id][tokens[id][begin].start : tokens[id][end + LENGTH - 1].end]

    return tuple((cut(first, run[0][0], run[-1][0]), cut(second, run[0][1], run[-1][1])) for run in runs)
