"""What something takes is said before it takes it."""

from pathlib import Path

import numpy as np
import pytest

from snnlab import work_and_memory
from snnlab.coding import race_poisson
from snnlab.machine_memory import bytes_left
from snnlab.work_and_memory import afford, as_bytes, as_time, slices, turns


def test_times_and_sizes_in_words():
    seconds = (0.25, 59.0, 90.0, 2400.0, 3600.0, 7200.0, 3 * 86_400.0)
    assert [as_time(s) for s in seconds] == ["0.25 s", "59 s", "1.5 min", "40 min", "60 min", "2 h", "3 days"]
    assert [as_bytes(b) for b in (1e3, 2e6, 3.2e9, 4e12)] == ["1 kB", "2 MB", "3.2 GB", "4 TB"]


def test_what_is_short_is_not_spoken_of(capsys):
    afford("n", numbers=1e5, steps=1e9, ns=1.0)
    assert capsys.readouterr().err == ""


def test_what_takes_minutes_is_told(capsys):
    afford("times, n and trials", steps=2.4e12, ns=1.0)
    assert capsys.readouterr().err == "times, n and trials: this takes about 40 min and 0 kB\n"


@pytest.mark.parametrize(
    ("takes", "sentence"),
    [
        (
            {"numbers": 1e15},
            r"n must be what fits into .* and into a day, got what takes 8e\+03 TB",
        ),
        ({"steps": 1e15}, "got what takes 116 days and 0 kB"),
        ({"steps": np.nan}, "n must be what fits"),
        ({"numbers": np.inf}, "n must be what fits"),
    ],
)
def test_what_does_not_fit_is_refused(takes, sentence):
    with pytest.raises(ValueError, match=sentence):
        afford("n", **takes)


def test_what_is_left_is_less_under_a_limit(monkeypatch):
    resource = pytest.importorskip("resource")
    free = bytes_left()
    infinite = resource.RLIM_INFINITY
    for limited in (resource.RLIMIT_AS, resource.RLIMIT_DATA):
        monkeypatch.setattr(
            resource, "getrlimit", lambda kind, one=limited: (2**20 if kind == one else infinite, infinite)
        )
        assert bytes_left() == 0.0 < free


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux says what a process has")
def test_what_a_hub_allows_is_what_is_left(monkeypatch):
    free = bytes_left()
    monkeypatch.setenv("MEM_LIMIT", "1")
    assert bytes_left() == 0.0 < free
    monkeypatch.setenv("MEM_LIMIT", str(10**30))
    assert bytes_left() > 0.0
    with pytest.raises(ValueError, match="n must be what fits into"):
        monkeypatch.setenv("MEM_LIMIT", str(2 * 10**9))
        afford("n", numbers=1e9)
    monkeypatch.setenv("MEM_LIMIT", "what nobody can read")
    assert bytes_left() > 0.0


def test_turns_are_refused_after_the_first_ones(monkeypatch):
    clock = iter(np.arange(0.0, 100.0, 0.3))
    monkeypatch.setattr(work_and_memory.time, "perf_counter", lambda: next(clock))
    with pytest.raises(ValueError, match=r"shuffles must be what fits .* got what takes 3\d\d days"):
        list(turns("shuffles", 10**8))
    assert list(turns("shuffles", 4)) == [0, 1, 2, 3] and list(turns("shuffles", 0)) == []


def test_slices_cover_every_turn_once():
    for n, ns in ((0, 1.0), (1, 1e12), (7, 1e8), (1000, 1e6)):
        pieces = list(slices(n, ns))
        assert [k for begin, end in pieces for k in range(begin, end)] == list(range(n))
    assert len(list(slices(10**6, 100.0))) == 1  # a tenth of a second


def test_a_race_that_is_stopped_tells_of_the_trials_that_were_run(monkeypatch):
    def given(trials):
        return race_poisson(80.0, 20.0, 5, [20.0, 50.0], trials=trials, rng=np.random.default_rng(1))

    def stopped(n, ns):
        yield 0, 100
        yield 100, 200
        raise KeyboardInterrupt

    whole, some = given(1000), given(200)
    monkeypatch.setattr("snnlab.coding.codes.race.slices", stopped)
    for a, b in zip(given(1000), some, strict=True):
        assert np.array_equal(a, b)
    monkeypatch.setattr("snnlab.coding.codes.race.slices", lambda n, ns: ((k, k + 1) for k in range(n)))
    for a, b in zip(given(1000), whole, strict=True):
        assert np.array_equal(a, b)
