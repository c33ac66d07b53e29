"""The door of the library, tried by a machine: a sample of changed calls of everything public, and twenty-one
mistakes planted for it to find."""

import sys
import zlib
from pathlib import Path

import pytest
from durations import recorded
from fuzz.examples import targets
from fuzz.known import known, new
from fuzz.planted import MISTAKES, RIGHT
from fuzz.results import Found, read, write
from fuzz.run import fuzz, told
from needs import need

HERE = Path(__file__).parent
SEED = 26
EVERY, EACH = 3, 6  # of so many functions one, and so many of its cases: about a minute
SLOW_EXAMPLES = {test.rpartition("::")[2] for test in recorded() if test.startswith("snnlab/")}


def in_sample(name):
    """Whether CI tries a function: by its name and its own example, whatever others there are."""
    return zlib.crc32(name.encode()) % EVERY == 0 and f"snnlab.{name}" not in SLOW_EXAMPLES


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    need(sys.platform == "linux", "needs a limit of memory and of seconds for a process")
    results = tmp_path_factory.mktemp("planted") / "results.jsonl"
    return fuzz(results, seed=SEED, each=60, planted=HERE / "planted.py", seconds=(1.0, 3.0))


@pytest.mark.slow
def test_each_planted_mistake_is_found(planted):
    found = {
        name: {one.verdict for one in planted.bad() if one.name == f"planted.{name}"} for name in MISTAKES
    }
    assert {name: found[name] for name, verdict in MISTAKES.items() if verdict not in found[name]} == {}


@pytest.mark.slow
def test_what_is_right_passes(planted):
    right = [f"planted.{name}" for name in RIGHT]
    assert [str(found) for found in planted.bad() if found.name in right] == []
    assert all(planted.verdicts[name] for name in right)


@pytest.mark.slow
def test_a_sample_of_changed_calls_ends_well(tmp_path):
    need(sys.platform == "linux", "needs a limit of memory and of seconds for a process")
    names = [name for name in targets() if in_sample(name)]
    assert len(names) > len(targets()) // (2 * EVERY)
    results = fuzz(tmp_path / "results.jsonl", names, seed=SEED, each=EACH)
    assert [str(found) for found in new(results.bad(), known())] == []
    assert {name: why for name, why in results.done.items() if why and name not in NO_CASE} == {}


def test_a_slow_example_moves_no_other_function_out_of_the_sample(monkeypatch):
    before = [name for name in targets() if in_sample(name)]
    monkeypatch.setattr(sys.modules[__name__], "SLOW_EXAMPLES", SLOW_EXAMPLES | {f"snnlab.{before[0]}"})
    assert [name for name in targets() if in_sample(name)] == before[1:]


# A reader does not make them: they come out of a run.
NO_CASE = {"learning.networks.learning_run.LearningRun", "networks.running.network_run.NetworkRun"}


@pytest.mark.slow
def test_what_is_known_to_end_badly_still_does(tmp_path):
    need(sys.platform == "linux", "needs a limit of memory and of seconds for a process")
    listed = [found for found in known() if found.verdict != "hang"]  # the nightly waits for those
    labels: dict[str, list[str]] = {}
    for found in listed:
        labels.setdefault(found.name, []).append(found.label)
    results = (
        fuzz(tmp_path / "results.jsonl", list(labels), seed=SEED, each=0, labels=labels) if labels else None
    )
    ended = {(one.name, one.label): one.verdict for one in results.bad()} if results else {}
    mended = [str(found) for found in listed if ended.get((found.name, found.label)) != found.verdict]
    assert mended == [], "delete these lines of known.txt"


def test_the_list_has_a_reason_for_each_and_names_what_there_is():
    there = targets()
    assert [found.name for found in known() if found.name not in there or not found.said.strip()] == []
    assert len({found[:3] for found in known()}) == len(known())


def test_what_is_listed_is_not_new():
    listed = [Found("a.f", "0 rule.tau: nan", "nan", "why")]
    for label, verdict, fresh in (
        ("1 rule.tau: inf", "nan", False), ("0 rule.tau: nan & 0 x: 1", "nan", False),
        ("0 rule.gain: nan", "nan", True), ("0 rule.tau: nan", "crash", True),
    ):  # fmt: skip
        found = Found("a.f", label, verdict, "")
        assert new([found], listed) == ([found] if fresh else [])


@pytest.mark.slow
def test_a_run_goes_on_behind_what_it_has(tmp_path):
    results = tmp_path / "results.jsonl"
    write(results, name="planted.says_nothing", case="0 x: nan", verdict="ok", said="a mark")
    found = fuzz(results, ["planted.says_nothing"], seed=SEED, each=99, planted=HERE / "planted.py")
    cases = found.verdicts["planted.says_nothing"]
    assert cases["0 x: nan"] == ("ok", "a mark") and cases["0 x: inf"][0] == "vague"
    before = results.read_text(encoding="utf-8")
    assert fuzz(results, ["planted.says_nothing"], seed=SEED, each=99, planted=HERE / "planted.py") == found
    assert results.read_text(encoding="utf-8") == before
    assert told(found).endswith(f"cases of 1 functions, {len(found.bad())} end badly")


def test_half_a_line_does_not_count(tmp_path):
    results = tmp_path / "results.jsonl"
    write(results, name="f", case="0 x: nan", verdict="nan", said="in the result")
    write(results, name="f", case="0 x: inf", begins="")
    with results.open("a", encoding="utf-8") as file:
        file.write('{"name": "f", "case": "0 x: inf", "verd')
    found = read(results)
    assert found.verdicts == {"f": {"0 x: nan": ("nan", "in the result")}} and found.open == ("f", "0 x: inf")
