"""A right answer to W6 is told from a wrong one."""

import pytest
from benchmarks.w6 import peer_numpy, peer_snnlab, task


@pytest.mark.parametrize(
    "trains",
    [peer_snnlab.trains, peer_snnlab.trains_in_order, peer_numpy.trains, peer_numpy.trains_sorted],
)
def test_trains_by_chance_are_right(trains):
    assert task.wrong_trains(trains(task)(0)) == ""


def test_wrong_trains_are_noticed():
    answer = peer_snnlab.trains(task)(0)
    assert "spikes, not about 200000" in task.wrong_trains(answer | {"spikes": answer["spikes"] + 4000})
    assert "9 trains" in task.wrong_trains(answer | {"first": answer["first"][:9]})
    clock = [[50.0 * n for n in range(200)]] * 10
    assert "spread" in task.wrong_trains(answer | {"first": clock})
    backwards = [train[::-1] for train in answer["first"]]
    assert "not in order" in task.wrong_trains(answer | {"first": backwards})


def test_measures_agree_and_wrong_ones_are_noticed():
    answer = peer_snnlab.measures(task)(0)
    assert task.wrong_measures(answer) == "" and task.wrong_measures(peer_numpy.measures(task)(0)) == ""
    assert "cv is" in task.wrong_measures(answer | {"cv": 1.01 * answer["cv"]})
    assert "fano is" in task.wrong_measures(answer | {"fano": float("nan")})
