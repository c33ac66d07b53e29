"""From what a reader types to a chapter."""

import pytest

from snnlab.course.errors import CommandError
from snnlab.course.opening.chapter_names import chapter_names, find_chapter

NAMES = ["02_leaky_integrate_and_fire.ipynb", "05_poisson_spikes.ipynb", "12_surrogate_gradients.ipynb"]
NAMES += ["05x_bits.ipynb"]


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("2", 0),
        ("02", 0),
        ("12", 2),
        ("leaky", 0),
        ("Leaky integrate-and-fire", 0),
        ("poisson_spikes", 1),
        ("05_poisson_spikes", 1),
        ("05_poisson_spikes.ipynb", 1),
        ("05_POISSON_SPIKES.IPYNB", 1),
        ("  gradients ", 2),
        ("5", 1),
        ("5x", 3),
        ("05x", 3),
        ("bits", 3),
    ],
)
def test_a_chapter_is_found(asked, number):
    assert find_chapter(asked, NAMES) == NAMES[number]


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("1", "the chapters are"),  # chapter 12 is not meant
        ("poison_spike", "did you mean `snnlab open 05_poisson_spikes`"),
        ("surogate", "did you mean `snnlab open 12_surrogate_gradients`"),
        ("", "the chapters are"),
        ("../../secret", "the chapters are"),
        ("i", "may mean"),
    ],
)
def test_a_sentence_says_what_there_is(asked, part):
    with pytest.raises(CommandError, match=part):
        find_chapter(asked, NAMES)


def test_chapters_are_listed_in_the_order_of_the_book(tmp_path):
    for name in [*reversed(NAMES), ".hidden.ipynb", "glossary.md"]:
        (tmp_path / name).touch()
    assert chapter_names(tmp_path) == sorted(NAMES)
