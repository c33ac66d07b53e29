"""A sweep on this machine: the same numbers from everybody, nothing lost, nothing computed twice."""

import functools
import json
import os
import re
import signal
import sys
import threading
import uuid
from pathlib import Path

import numpy as np
import pytest
from needs import need

import snnlab
from snnlab.sweeps import sweep

GRID = {"a": [1.0, 2.0, 3.0], "b": [10, 20]}


def noisy(a, b, rng):
    return a + b + rng.normal()


def counted(a, b, folder=None):
    """It leaves a file for each time that it is called."""
    Path(folder, f"{a} {b} {uuid.uuid4().hex}").touch()
    if (a, b) == (2.0, 10):
        raise ZeroDivisionError("not here")
    return [a, b]


def times(folder):
    """How often each point was computed."""
    found = [file.name.rpartition(" ")[0] for file in Path(folder).iterdir()]
    return {name: found.count(name) for name in found}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "calls").mkdir()
    return str(tmp_path / "calls")


def test_a_reader_finds_it_at_the_door():
    assert snnlab.sweep is sweep


def test_values_stand_where_their_arguments_say():
    found = sweep(lambda a, b: [a * b, b], GRID, cores=1, progress=False)
    a, b = np.meshgrid(*found.axes.values(), indexing="ij")
    assert np.array_equal(found.values, np.stack([a * b, b], axis=-1)) and not found.failures


def test_each_point_has_a_generator_of_its_own_that_depends_on_the_seed_alone():
    found = sweep(noisy, GRID, seed=7, cores=1, progress=False)
    noise = [drawn(7, k).normal() for k in range(6)]
    assert np.array_equal(
        found.values.ravel(), [a + b + x for (a, b), x in zip(points(), noise, strict=True)]
    )
    assert not np.any(found.values == sweep(noisy, GRID, seed=8, cores=1, progress=False).values)


def drawn(seed, k):
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(k,)))


def points():
    return [(a, b) for a in GRID["a"] for b in GRID["b"]]


@pytest.mark.slow
def test_processes_give_the_numbers_of_this_one():
    here = sweep(noisy, GRID, cores=1, progress=False)
    there = sweep(noisy, GRID, cores=2, progress=False)
    assert np.array_equal(here.values, there.values)


def test_one_that_fails_costs_itself_and_is_told_of(folder, capsys):
    found = sweep(lambda a, b: counted(a, b, folder), GRID, cores=1)
    assert [str(one) for one in found.failures] == ["a=2.0, b=10: ZeroDivisionError: not here"]
    assert np.isnan(found.values[1, 0]).all() and np.isfinite(found.values).sum() == 10
    assert str(found) == "a: 3 values, b: 2 values; 6 points, 1 failed"
    said = capsys.readouterr().err
    assert "6 of 6 points" in said and said.endswith("these points failed:\n" + str(found.failures[0]) + "\n")


def test_what_is_known_is_not_computed_again_and_what_failed_is(folder, tmp_path):
    def call():
        return sweep(lambda a, b: counted(a, b, folder), GRID, cores=1, keep=tmp_path / "k", progress=False)

    first, second = call(), call()
    assert np.array_equal(first.values, second.values, equal_nan=True)
    assert times(folder) == {f"{a} {b}": 1 + ((a, b) == (2.0, 10)) for a, b in points()}


def stops(a, b, folder):
    """The function of somebody who loses patience at the fourth point."""
    Path(folder, f"{a} {b} {uuid.uuid4().hex}").touch()
    if sum(times(folder).values()) == 4:
        raise KeyboardInterrupt
    return a + b / 3


def test_ctrl_c_keeps_what_there_is_and_the_same_call_goes_on(folder, tmp_path, capsys):
    keep, impatient = tmp_path / "kept.jsonl", functools.partial(stops, folder=folder)
    with pytest.raises(KeyboardInterrupt):
        sweep(impatient, GRID, cores=1, keep=keep)
    assert (
        f"stopped: 3 of 6 points are in {keep}; the same call goes on from there" in capsys.readouterr().err
    )
    with keep.open("a", encoding="utf-8") as file:
        file.write('{"point": 3, "val')  # what a power cut leaves
    found = sweep(impatient, GRID, cores=1, keep=keep, progress=False)
    assert sum(times(folder).values()) == 7
    assert np.array_equal(found.values.ravel(), [a + b / 3 for a, b in points()])
    assert [json.loads(line)["point"] for line in keep.read_text().splitlines()[1:]] == list(range(6))


def test_not_a_number_and_infinity_come_back_from_the_file(tmp_path):
    def odd(a, b):
        return {1.0: np.nan, 2.0: np.inf, 3.0: 0.1 + 0.2}[a]

    for _ in range(2):
        found = sweep(odd, GRID, cores=1, keep=tmp_path / "odd", progress=False)
        assert np.array_equal(found.values[:, 0], [np.nan, np.inf, 0.1 + 0.2], equal_nan=True)


@pytest.mark.parametrize("text", ["", '{"snnlab.sw'])
def test_a_file_with_half_a_first_line_is_new(text, tmp_path):
    (tmp_path / "k").write_text(text, encoding="utf-8")
    assert sweep(noisy, GRID, cores=1, keep=tmp_path / "k", progress=False).failures == ()


def test_a_file_of_something_else_is_refused_and_left_as_it_is(tmp_path):
    keep = tmp_path / "k"
    sweep(noisy, GRID, cores=1, keep=keep, progress=False)
    before = keep.read_bytes()
    turned = {"b": GRID["b"], "a": GRID["a"]}
    for what, function, grid, seed in (
        ("grid", noisy, GRID | {"b": [10, 30]}, 1),
        ("grid", noisy, turned, 1),
        ("seed", noisy, GRID, 2),
        ("function", lambda a, b: a, GRID, 1),
    ):
        with pytest.raises(ValueError, match=rf"keep must be the file of this sweep, .* whose {what}\b"):
            sweep(function, grid, seed=seed, cores=1, keep=keep, progress=False)
    assert keep.read_bytes() == before
    for foreign in (b"a,b\n1,2\n", b"\x00\xff\n", b"no line", b"[1]\n"):
        keep.write_bytes(foreign)
        with pytest.raises(ValueError, match="keep must be a new file or that of a sweep"):
            sweep(noisy, GRID, cores=1, keep=keep, progress=False)
        assert keep.read_bytes() == foreign


class Mute:
    def __repr__(self):
        raise RuntimeError


class Speechless(Exception):
    def __str__(self):
        raise RuntimeError


def raised(error):
    raise error


@pytest.mark.parametrize(
    ("function", "more", "kind", "sentence"),
    [
        (
            lambda a, b: np.ones(int(a)),
            {},
            ValueError,
            "function must give results of one shape, got (1,) at ",
        ),
        (
            lambda a, b: 1j,
            {},
            ValueError,
            "function must give a result at one point at least, got a=1.0, b=10",
        ),
        (lambda a, b: None, {}, ValueError, "TypeError: function must give a number or an array of them"),
        (lambda a, b: [[1], [1, 2]], {}, ValueError, "function must give a number or an array of them"),
        (
            lambda a, b: np.ma.array([1, 2], mask=[False, True]),
            {},
            ValueError,
            "ValueError: the result of function must not be masked (compressed() leaves those out)",
        ),
        (lambda a, b: Mute(), {}, ValueError, "a number or an array of them, got an object of Mute"),
        (lambda a, b: raised(Speechless()), {}, ValueError, "Speechless, which cannot say what it is"),
        (lambda a, b: sys.exit(4), {}, ValueError, "got a=1.0, b=10: SystemExit: 4"),
        (3, {}, TypeError, "function must be a function, got int"),
        (noisy, {"seed": -1}, ValueError, "seed must be at least 0, got -1"),
        (noisy, {"cores": 0}, ValueError, "cores must be at least 1, got 0"),
        (noisy, {"keep": 3}, TypeError, "keep must be the name of a file, got 3"),
        (noisy, {"keep": "x\0"}, ValueError, "keep must be the name of a file, got 'x\\x00'"),
        (noisy, {"keep": os.curdir}, ValueError, "keep must be the name of a file, got '.'"),
        (noisy, {"client": "tcp://here"}, TypeError, "client must be a distributed.Client, got str"),
        (noisy, {"progress": 2}, TypeError, "progress must be True or False, got 2"),
    ],
)
def test_bad_input_is_named(function, more, kind, sentence):
    with pytest.raises(kind, match=re.escape(sentence)):
        sweep(function, GRID, **{"cores": 1, "progress": False} | more)


def test_what_cannot_travel_is_named_before_a_process_starts():
    lock = threading.Lock()
    with pytest.raises(
        TypeError, match="function must be one that another process can be sent, got TypeError"
    ):
        sweep(lambda a, b: lock.locked(), GRID, cores=2, progress=False)


def ends(a, b, folder):
    """At one point its process ends, the first time."""
    Path(folder, f"{a} {b} {uuid.uuid4().hex}").touch()
    if (a, b) == (1.0, 20) and len(list(Path(folder).glob("1.0 20 *"))) == 1:
        os._exit(3)
    if (a, b) == (3.0, 10):
        os._exit(4)
    print("a function may print")
    return a


@pytest.mark.slow
def test_a_process_that_ends_loses_no_point_and_one_that_always_ends_is_told_of(folder):
    found = sweep(lambda a, b: ends(a, b, folder), GRID, cores=2, progress=False)
    assert [str(one) for one in found.failures] == [
        "a=3.0, b=10: its process ended 2 times, the last with code 4"
    ]
    again = {"1.0 20": 2, "3.0 10": 2}
    assert times(folder) == {f"{a} {b}": again.get(f"{a} {b}", 1) for a, b in points()}
    assert np.isfinite(found.values).sum() == 5


def gives_up(a, b):
    """It reads, and raises what would end a program."""
    if a == 2.0:
        raise SystemExit(4) if b == 10 else KeyboardInterrupt
    if a == 3.0:
        os.kill(os.getpid(), signal.SIGTERM)
    return len(sys.stdin.read()) + len(os.read(0, 5))


@pytest.mark.slow
def test_a_function_has_nothing_to_read_and_what_would_end_a_program_costs_a_point():
    found = sweep(gives_up, GRID, cores=2, progress=False)
    assert found.values[0].tolist() == [0.0, 0.0]
    ended = f"its process ended 2 times, the last with code {-signal.SIGTERM if os.name == 'posix' else 15}"
    assert [one.error for one in found.failures] == ["SystemExit: 4", "KeyboardInterrupt: ", ended, ended]


def test_labelled_arrays_come_from_xarray():
    found = sweep(lambda a, b: [a, b], GRID, cores=1, progress=False)
    try:
        import xarray  # noqa: F401
    except ImportError:
        need(False, "needs xarray, of the extra dask")
    array = found.to_xarray()
    assert array.dims == ("a", "b", "result_0") and array.sel(a=2.0, b=20).to_numpy().tolist() == [2.0, 20.0]
    called = sweep(lambda result_0: [result_0], {"result_0": [1, 2]}, cores=1, progress=False)
    assert called.to_xarray().dims == ("result_0", "result__0")


def test_without_xarray_a_sentence_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "xarray", None)
    found = sweep(lambda a, b: a, GRID, cores=1, progress=False)
    with pytest.raises(ImportError, match=r'pip install "snnlab-course\[dask\]"'):
        found.to_xarray()
