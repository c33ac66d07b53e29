"""The check of chance finds a spread of too few, and a result of many seeds that rests on none."""

import numpy as np
import pytest
from chapters.chance import chance_problems
from chapters.tiny import chapter, code, good_chapter, prose, stream

from snnlab import spread

ACCURACY = f"accuracy: {spread(np.linspace(0.48, 0.95, 10)):.2f}"
SHARE = f"share: {spread(np.linspace(-0.2, 0.2, 20), of='cell pairs'):.0%}"
PRINTED = f"{ACCURACY}\n{SHARE}\nseed 3: 0.91\n"


def problems(text="", printed=PRINTED):
    made = chapter(code("print(…)", outputs=(stream(printed),)), prose(text))
    return [problem.message for problem in chance_problems(made)]


def test_a_good_chapter_has_no_problem():
    assert chance_problems(good_chapter()) == []


@pytest.mark.parametrize(
    "text",
    [
        "It reaches 0.72<!-- accuracy --> ± 0.16<!-- accuracy -->.",
        "Over ten seeds it reaches 0.72<!-- accuracy -->, the worst 0.48<!-- accuracy -->.",
        "With this seed it reaches 0.91<!-- seed 3 -->.",
        "Ten seeds are better than one. It reaches 0.91<!-- seed 3 -->.",
        "Of $x ± y$ and `a ± b` only the splits were computed.",
    ],
)
def test_right(text):
    assert problems(text) == []


@pytest.mark.parametrize(
    "printed, text, complaint",
    [
        ("wait: 50 ms, ± 50 ms", "", "has a ± that is not printed by snnlab.spread"),
        ("0.35 ± 0.02 bit", "", "has a ± that is not printed by snnlab.spread"),
        ("0.8 ± 0.1 (9 seeds, 0.7 to 0.9)", "", "rests on 9 repetitions, not on 10"),
        (f"{ACCURACY}, or 0.8 ± 0.1", "", "has a ± that is not printed by snnlab.spread"),
        (PRINTED, "It reaches 0.72 ± 0.16.", "both numbers at a ± carry the words of a printed spread"),
        (PRINTED, "It reaches 0.72 ± 0.16<!-- accuracy -->.", "both numbers at a ±"),
        (PRINTED, "It reaches 0.91<!-- seed 3 --> ± 0.91<!-- seed 3 -->.", "both numbers at a ±"),
        (PRINTED, "It reaches 0.72<!-- accuracy --> ± 0.1<!-- given -->.", "both numbers at a ±"),
        (PRINTED, "All seeds reach 0.91<!-- seed 3 -->.", 'says "seeds" and takes no number'),
        (PRINTED, "On ten splits it is 0.91<!-- seed 3 -->.", 'says "splits" and takes no number'),
    ],
)
def test_ten_planted_results_are_caught(printed, text, complaint):
    found = problems(text, printed)
    assert any(complaint in message for message in found), found
