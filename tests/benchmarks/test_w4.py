"""A right answer to W4 is told from a wrong one."""

import numpy as np
from benchmarks.w4 import peer_snnlab, task


def test_our_answer_is_right_and_wrong_ones_are_noticed():
    answer = peer_snnlab.latency(task)(0)
    problem = task.wrong("latency")
    assert problem(answer) == ""
    assert "not" in problem(answer | {"loss": 1.01 * answer["loss"]})
    assert "no error reaches" in problem(answer | {"moved": 0.0})
    assert problem(answer | {"loss": 1.01 * answer["loss"], "same_model": 0}) == ""
    assert "of another size" in problem(answer | {"loss": float("nan"), "same_model": 0})


def test_the_spikes_are_as_sparse_as_the_text_says():
    for name, chance in (("sparse", 0.005), ("rate", 0.1)):
        assert abs(task.make(name)[0].mean() / chance - 1) < 0.02
    once = task.make("latency")[0].sum(axis=1)
    assert once.max() == 1 and abs(np.mean(once) / 0.2 - 1) < 0.02
