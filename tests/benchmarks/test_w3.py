"""A right answer to W3 is told from a wrong one, and C does the same as snnlab."""

import shutil

import numpy as np
from benchmarks.w3 import peer_c, peer_snnlab, task
from needs import need


def test_answers_are_right_and_wrong_ones_are_noticed():
    answer = peer_snnlab.learn(task)(0)
    assert task.wrong(answer) == ""
    assert "spikes, not 320" in task.wrong(answer | {"spikes": 0})
    assert "mean weight of nan" in task.wrong(answer | {"mean": float("nan")})
    assert "mean weight of 0.600" in task.wrong(answer | {"mean": 0.6})


def test_the_program_in_c_computes_the_same(tmp_path, monkeypatch):
    """Other random numbers, so the means of ten runs are compared, with their standard errors."""
    need(shutil.which("gcc"), "gcc is not installed")
    monkeypatch.chdir(tmp_path)
    means = []
    for peer in (peer_snnlab, peer_c):
        call = peer.learn(task)
        found = [call(k) for k in range(10)]
        assert all(task.wrong(answer) == "" for answer in found)
        means.append(np.array([[answer["spikes"], answer["mean"]] for answer in found]))
    error = np.sqrt(sum(m.var(axis=0, ddof=1) / len(m) for m in means))
    assert (np.abs(means[0].mean(axis=0) - means[1].mean(axis=0)) < 4.0 * error).all()
