"""What the table of exchanged thresholds has to show: where the symbol is, and that an answer changes it."""

from snnlab import spread
from snnlab.course import load_table

RUNS = load_table("swapped_thresholds")


def test_answers_go_with_the_thresholds_and_not_with_all_else():
    assert sorted(RUNS["seed"]) == list(range(1, 11))
    assert RUNS["thresholds"].min() > 0.9 and RUNS["nothing"].max() < 0.1
    assert spread(RUNS["thresholds"] - RUNS["rest"]).low > 0.75


def test_adaptive_neurons_that_fired_for_a_symbol_are_silent_when_it_is_recalled():
    assert RUNS["image"].max() < 0
    other = spread(RUNS["plain"] - RUNS["image"])
    assert other.mean > other.sd


def test_asked_again_the_network_errs_by_what_the_answer_has_done_to_the_thresholds():
    """With thresholds of a trial that was not asked it is right again, and who gets theirs errs."""
    assert spread(RUNS["again"] - RUNS["once"]).low > 0
    assert spread(RUNS["again"] - RUNS["freed"]).low > 0
    assert spread(RUNS["given"] - RUNS["once"]).low > 0
    assert spread(RUNS["again"]).mean > 0.5
