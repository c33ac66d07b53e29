"""A right answer to W2 is told from a wrong one, and C fires the same spikes until chance parts them."""

import math
import shutil

import numpy as np
import pytest
from benchmarks.coba_pairs import compared
from benchmarks.w2 import peer_c, peer_snnlab, task
from needs import need


def test_wrong_rates_are_noticed():
    assert task.wrong({"rate": 6.0}, "cuba") == ""
    assert "21.00 Hz, not" in task.wrong({"rate": 21.0}, "cuba")
    assert "nan Hz, not" in task.wrong({"rate": math.nan}, "coba")


def test_the_wiring_is_what_the_task_says():
    begin, post = task.wiring(4000)
    counts = np.diff(begin)
    assert begin[0] == 0 and begin[-1] == post.size and post.min() >= 0 and post.max() < 4000
    error = math.sqrt(80 * (1 - 80 / 4000))  # of one neuron's number, which is binomial
    assert abs(counts.mean() - 80) < 4 * error / math.sqrt(4000)
    assert abs(counts.std() - error) < 4 * error / math.sqrt(2 * 4000)


@pytest.mark.parametrize("model", ["cuba", "coba"])
def test_the_program_in_c_fires_the_same_spikes(model, monkeypatch):
    """For 20 ms, in which no rounding has moved one yet."""
    need(shutil.which("gcc"), "gcc is not installed")
    monkeypatch.setattr(task, "DURATION", 20.0)
    ours, theirs = (getattr(peer, f"{model}_4000_double")(task) for peer in (peer_snnlab, peer_c))
    assert ours(0) == theirs(0) and ours(3) == theirs(3)
    assert 4000 * 0.02 * ours(0)["rate"] > 200


def test_pairs_are_compared():
    assert compared([20.0, 22.0], [21.0, 21.0]) == (
        "snnlab 21.000 Hz, Brian2 21.000 Hz: the difference is 0.000 ± 1.000 Hz, 0.00% ± 4.76% (2 pairs)"
    )


def test_wrong_weights_are_noticed():
    assert task.wrong({"rate": 12.5, "spread": 0.0092}, "adex") == ""
    assert "12.00 Hz, not" in task.wrong({"rate": 12.0, "spread": 0.0092}, "adex")
    assert "deviation of 0.0000 among weights" in task.wrong({"rate": 12.5, "spread": 0.0}, "adex")


def test_the_delays_are_those_of_the_task():
    delays = np.rint(task.delays(4000) / task.DT)
    assert delays.size == task.wiring(4000)[1].size
    assert (delays.min(), delays.max()) == task.DELAYS
