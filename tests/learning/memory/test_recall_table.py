"""What the table of store and recall has to show: adaptive neurons remember, and as long as τ lets them."""

from snnlab import spread
from snnlab.course import load_table

RUNS = load_table("store_recall")


def test_in_eight_of_ten_trainings_adaptive_neurons_remember():
    assert RUNS["seed"].tolist() == list(range(1, 11)) and set(RUNS["tau_a"]) == {1200}
    assert (RUNS["error"] < 0.05).sum() >= 8


def test_memory_grows_with_the_time_constant_of_the_same_weights():
    """Half of it, as it was learnt, and twice as much; nothing else differs."""
    for less, more in (("half", "span"), ("span", "twice")):
        gained = spread(RUNS[more] - RUNS[less])
        assert gained.mean > gained.sd
