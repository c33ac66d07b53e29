"""A right answer to W5 is told from a wrong one, and the peers at hand agree to the last bit."""

import shutil

import numpy as np
import pytest
from benchmarks.w5 import peer_c, peer_lava, peer_numpy, peer_snnlab, task
from needs import need


@pytest.fixture
def smaller(monkeypatch):
    """A tenth of the compartments, and one more."""
    monkeypatch.setattr(task, "COMPARTMENTS", 1001)
    for function in (task.activations, task.expected):
        function.cache_clear()
    yield
    for function in (task.activations, task.expected):
        function.cache_clear()


@pytest.mark.usefixtures("smaller")
@pytest.mark.parametrize("run", [peer_snnlab.run, peer_snnlab.run_all, peer_numpy.run, peer_c.run])
def test_they_agree_to_the_last_bit(run):
    need(run is not peer_c.run or shutil.which("gcc"), "gcc is not installed")
    call = run(task)
    assert task.wrong(call(0)) == ""
    assert call(3) == task.answer(*task.stepped(task.part(task.activations(), 3))) != call(0)


@pytest.mark.usefixtures("smaller")
def test_wrong_answers_are_noticed():
    right = task.expected()
    assert task.wrong(right | {"spikes": -1}) == ""
    assert f"not {right['spikes']}" in task.wrong(right | {"spikes": 0})
    spikes, u, v = task.stepped(task.part(task.activations(), 0))
    u[17] += 1
    assert task.wrong(task.answer(spikes, u, v)) == "other numbers in the registers of u"
    v[0] -= 1
    assert task.wrong(task.answer(spikes, u, v)) == "other numbers in the registers of u and v"


@pytest.mark.usefixtures("smaller")
def test_the_input_is_what_the_task_says():
    a = task.activations()
    assert a.shape == (1007, 1001) and a.min() == 0 and a.max() == 39
    assert abs(np.mean(a > 0) - 0.1 * 39 / 40) < 0.002
    assert abs(a[a > 0].mean() - 20.0) < 0.2


def test_time_of_programs_that_stay_alive_is_read():
    before = peer_lava.cpu_time()
    sum(range(3_000_000))
    assert 0 <= peer_lava.cpu_time() - before < 60
