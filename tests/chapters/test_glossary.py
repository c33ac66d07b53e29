"""The checks of the glossary and of its words find each fault and let pass what is right."""

import pytest
from chapters.glossary import glossary_problems, read_glossary, term_problems
from chapters.tiny import chapter, code, good_chapter, prose

GLOSSARY = """# Glossary

## firing rate

*Also: rate, spike
frequency.*

<!-- ambiguous: rate -->

Spikes in a second.

## membrane potential

A voltage.

## potential

Another.

## spike

A pulse.
"""
ENTRIES = read_glossary(GLOSSARY)


def problems(*texts, tags=()):
    cells = [text if not isinstance(text, str) else prose(text, *tags) for text in texts]
    return [problem.message for problem in term_problems(chapter(*cells), ENTRIES)]


def test_a_glossary_is_read():
    assert [entry.name for entry in ENTRIES] == ["firing rate", "membrane potential", "potential", "spike"]
    assert ENTRIES[0].others == ("rate", "spike frequency")
    assert ENTRIES[0].ambiguous == {"rate"}
    assert ENTRIES[1].anchor == "membrane-potential"
    assert [entry.definition for entry in ENTRIES[:2]] == ["Spikes in a second.", "A voltage."]
    assert glossary_problems(GLOSSARY) == []


@pytest.mark.parametrize(
    "before, after, complaint",
    [
        ("## spike", "## apple", '"apple" must stand before "potential"'),
        ("## potential", "## membrane potential", '"membrane potential" stands twice'),
        ("frequency.*", "frequency, potential.*", '"potential" stands twice'),
        ("## spike", "## Spike", "must be lower case"),
        ("## spike", "## spike (pulse)", "must be lower case"),
        ("A pulse.", "", '"spike" has no definition'),
        ("ambiguous: rate", "ambiguous: fate", '"fate" is marked ambiguous'),
        (GLOSSARY, "", "has no entry"),
    ],
)
def test_faults_of_the_glossary(before, after, complaint):
    assert before in GLOSSARY
    assert complaint in "\n".join(map(str, glossary_problems(GLOSSARY.replace(before, after))))


def test_a_good_chapter_has_no_problem():
    assert term_problems(good_chapter(), []) == []


@pytest.mark.parametrize(
    "text",
    [
        "A [spike](glossary.md#spike), then spikes.",
        "**Spikes** are counted.",
        "A **[spike](glossary.md#spike)** is one.",
        "**A bucket with a hole.** It leaks. **Why?** **By hand:**",
        "At a steady rate.",
        "The [firing rate](glossary.md#firing-rate).",
        "A [membrane\npotential](glossary.md#membrane-potential).",
        "> A [membrane\n> potential](glossary.md#membrane-potential).",
        "# A spike\n`spike` $spike$ ![spike](x.png) <!-- spike -->\n\n| spike |\n|---|",
        "A spike-like thing and a non-spike, spiking.",
    ],
)
def test_right(text):
    assert problems(text) == []


@pytest.mark.parametrize(
    "text, complaint",
    [
        ("A spike, then a [spike](glossary.md#spike).", 'the first "spike" must be a link'),
        (
            "Spikes are [pulses](glossary.md#spike).",
            "must be a link: [Spikes](glossary.md#spike)",
        ),
        ("A [spike](glossary.md#potential).", 'the first "spike" must be a link'),
        ("A [spike](02_other.ipynb).", 'the first "spike" must be a link'),
        (
            "The [membrane](x.ipynb) and its membrane potential.",
            "[membrane potential](glossary.md#membrane-potential)",
        ),
        (
            "The spike frequency.",
            "must be a link: [spike frequency](glossary.md#firing-rate)",
        ),
        ("A [bucket](glossary.md#bucket).", 'has no entry "bucket"'),
        ("A **bucket** leaks.", '"bucket" is bold but is no entry'),
        ("<summary>A spike</summary>", "must be a link"),
    ],
)
def test_wrong(text, complaint):
    found = problems(text)
    assert len(found) == 1 and complaint in found[0], found


def test_the_first_use_counts_for_the_whole_chapter():
    assert problems("A [spike](glossary.md#spike).", "Another spike.") == []
    assert problems("Here is one.", "A spike.", "A [spike](glossary.md#spike).") != []
    assert problems(code("spike = 1"), "A [spike](glossary.md#spike).") == []


def test_the_longer_name_wins():
    assert problems("The [membrane potential](glossary.md#membrane-potential).", "The potential.") != []
    assert problems("The [membrane potential](glossary.md#membrane-potential).") == []


@pytest.mark.parametrize("tag", ["part:exercise", "part:references", "part:question"])
def test_some_cells_are_not_looked_at(tag):
    assert problems("**Exercise** A spike.", tags=(tag,)) == []
    assert problems("A [bucket](glossary.md#bucket).", tags=(tag,)) != []
