"""A right answer to W9 is told from a wrong one."""

from benchmarks.w9 import peer_snnlab, task


def test_the_maximum_is_right_and_what_is_beside_it_is_not():
    answer = peer_snnlab.fit(task)(0)
    assert task.wrong(answer) == ""
    assert "a slope of" in task.wrong(answer | {"intercept": answer["intercept"] + 1e-4})
    assert "29 weights, not 30" in task.wrong(answer | {"weights": answer["weights"][1:]})
