"""The check of the numbers in the prose finds what is told wrongly and lets pass what is right."""

import pytest
from chapters.claims import claim_problems
from chapters.tiny import chapter, code, good_chapter, prose, shown, stream

PRINTED = stream("200 pA: 54 spikes, 54.23 Hz\nmodel 200 pA: -7.50 Hz\n1200 pA: 1,234.5 Hz\n")
CELL = code("tau_m = 20\nx = f'{y:5.1f}'  # 77\nz = 1_000", outputs=(PRINTED, shown("at 300 pA: 64 spikes")))


def problems(text, *tags):
    return [problem.message for problem in claim_problems(chapter(CELL, prose(text, *tags)))]


def test_a_good_chapter_has_no_problem():
    assert claim_problems(good_chapter()) == []


@pytest.mark.parametrize(
    "text",
    [
        "It fires 54<!-- 200 pA --> times.",
        "It fires at 54.2 Hz<!-- 200 pA -->.",
        "It fires at 54.23<!-- 200 pA --> Hz.",
        "It fires *54*<!-- 200 pA --> times.",
        "It changes by −7.5 Hz<!-- model & 200 pA -->.",
        "It fires at 1,234.5<!-- 1200 pA --> Hz.",
        "It fires 64<!-- 300 pA --> times.",
        "That is −50 mV<!-- given -->.",
        "τ is 20 ms, or 20.0 ms, or −20 ms, and 1000 ms.",
        "13 neurons in 2002, the 1980s, chapter 4.5 and Exercise 2.3 and sections 4.1.",
        "$5.5$ `6.5 ms` ![7.5 ms](x.png) [text](https://8.5) \n\n$$ 9.5 $$\n",
        "```\n5.5 ms\n```\n\n| 5 ms |\n|---|\n\n## 2.1 A bucket",
    ],
)
def test_right(text):
    assert problems(text) == []


@pytest.mark.parametrize(
    "text, complaint",
    [
        (
            "It fires 55<!-- 200 pA --> times.",
            '55 is told, but the line of "200 pA" reads "200 pA: 54',
        ),
        ("It fires at 54.3<!-- 200 pA --> Hz.", "54.3 is told"),
        ("It fires at 54.230<!-- 200 pA --> Hz.", "54.230 is told"),
        ("It changes by 7.5 Hz<!-- model & 200 pA -->.", "7.5 is told"),
        ("It is 200<!-- 200 pA -->.", "200 is told"),
        ("It is 1235<!-- 200 pA -->.", "1235 is told"),
        ("It fires 54<!-- 00 pA --> times.", 'no printed line contains "00 pA"'),
        ("It fires 54<!-- 400 pA --> times.", 'no printed line contains "400 pA"'),
        ("It fires 54<!--  --> times.", "no printed line contains"),
        ("It fires 54 times.", '"54 times" stands in no code cell'),
        ("It has 29 more spikes.", '"29 more spikes"'),
        ("It is 20.5.", '"20.5" stands in no code cell'),
        ("It is 77 ms.", '"77 ms"'),
        ("It is 5.1 s.", '"5.1 s"'),
        ("It is 21 % less.", '"21 %"'),
        ("It is 10–20 ms.", '"10–20 ms"'),
        ("It is 10 to 20 ms.", '"10 to 20 ms"'),
        ("A 30-ms pulse.", '"30-ms"'),
        ("It is 1e-3.", '"1e-3"'),
        ("It <!-- note --> is.", "<!-- note --> follows no number"),
    ],
)
def test_wrong(text, complaint):
    found = problems(text)
    assert len(found) == 1 and complaint in found[0], found


def test_exercises_and_references_are_not_looked_at():
    assert problems("Find 12.5 mV.", "part:exercise") == problems("4.1 ms", "part:references") == []
    assert problems("Find 12.5 mV.") != []
