"""A table is filled, stopped, cut short, on one core and on two: each row is there once, in its place."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event

import pytest
from nightly import filling
from nightly.filling import fill, read

HEADER = ["seed", "kind", "square"]
KEYS = [(seed, "plain") for seed in range(1, 5)]


def square(seed, kind):
    return (seed**2 / 3,)


SQUARES = ["0.333333", "1.33333", "3", "5.33333"]


def squares(path):
    header, *rows = read(path)
    assert header == HEADER
    assert [tuple(row[:2]) for row in rows] == [(str(seed), kind) for seed, kind in KEYS[: len(rows)]]
    return [row[2] for row in rows]


def test_filling_goes_on_where_it_stopped(tmp_path):
    path, asked = tmp_path / "tables" / "squares.csv", []

    def counted(seed, kind):
        asked.append(seed)
        if seed == 3 and len(asked) < 4:
            raise KeyboardInterrupt
        return square(seed, kind)

    with pytest.raises(KeyboardInterrupt):
        fill(path, HEADER, KEYS, counted)
    assert squares(path) == SQUARES[:2]
    assert fill(path, HEADER, KEYS, counted) == 2
    assert fill(path, HEADER, KEYS, counted) == 0
    assert asked == [1, 2, 3, 3, 4]
    assert squares(path) == SQUARES
    with pytest.raises(ValueError, match=r"header must be that of squares\.csv"):
        fill(path, ["seed", "square"], KEYS, counted)


def test_a_line_that_was_cut_short_is_computed_anew(tmp_path):
    path = tmp_path / "squares.csv"
    fill(path, HEADER, KEYS, square)
    whole = path.read_bytes()
    for lost in (1, 2, 8, 12):  # an end of a line, a digit of many, two whole lines
        path.write_bytes(whole[:-lost])
        assert fill(path, HEADER, KEYS, square) >= 1
        assert path.read_bytes() == whole


def test_a_row_that_is_missing_in_between_gets_its_place(tmp_path):
    path = tmp_path / "squares.csv"
    fill(path, HEADER, KEYS, square)
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace("2,plain,1.33333\n", ""), encoding="utf-8")
    assert fill(path, HEADER, KEYS, square) == 1
    assert path.read_text(encoding="utf-8") == whole
    assert [file.name for file in tmp_path.iterdir()] == ["squares.csv"]


def test_two_cores_write_each_row_when_it_is_known_and_the_same_table_in_the_end(tmp_path, monkeypatch):
    path, seen, others = tmp_path / "squares.csv", [], Barrier(2)
    put_in_order = filling._put_in_order

    def late_first(seed, kind):
        if seed in (1, 4):  # the first waits for the last
            others.wait(timeout=60)
        return square(seed, kind)

    def before_it_is_put_in_order(*arguments):
        seen.extend(row[0] for row in read(path)[1:])
        put_in_order(*arguments)

    monkeypatch.setattr(filling, "_put_in_order", before_it_is_put_in_order)
    assert fill(path, HEADER, KEYS, late_first, cores=2) == 4
    assert sorted(seen[:2]) == ["2", "3"] and squares(path) == SQUARES


def test_a_row_that_fails_costs_itself_alone(tmp_path):
    """The second is under way then and is written; the third and the fourth are not begun."""
    path, asked, second_runs, failed = tmp_path / "squares.csv", [], Event(), Event()

    def first_fails(seed, kind):
        asked.append(seed)
        if seed == 1:
            assert second_runs.wait(timeout=60)
            failed.set()
            raise ValueError("the first one")
        second_runs.set()
        assert failed.wait(timeout=60)
        time.sleep(0.1)
        return square(seed, kind)

    with pytest.raises(ValueError, match="the first one"):
        fill(path, HEADER, KEYS, first_fails, cores=2)
    assert read(path) == [HEADER, ["2", "plain", SQUARES[1]]] and sorted(asked) == [1, 2]
    assert fill(path, HEADER, KEYS, square, cores=2) == 3 and squares(path) == SQUARES


SCRIPT = """
import sys
from pathlib import Path
from threading import Barrier

sys.path.insert(0, {tests!r})

from nightly import filling

HERE = Path(__file__).parent
KEYS, RESULTS = (("seed", "kind"), [(seed, "plain") for seed in range(1, 5)]), ("square",)


def row(seed, kind):
    print("row", seed)
    if seed == 3 and not (HERE / "second time").exists():
        sys.exit("stopped")
    return (seed**2 / 3,)


if __name__ == "__main__":
    filling.TABLES = HERE
    filling.main()
"""


@pytest.mark.parametrize("cores", [1, 2])
def test_a_script_that_is_stopped_goes_on_when_it_is_run_again(tmp_path, cores):
    script, path = tmp_path / "squares.py", tmp_path / "squares.csv"
    script.write_text(SCRIPT.format(tests=str(Path(filling.__file__).parents[1])), encoding="utf-8")

    def run():
        command = [sys.executable, str(script), "--cores", str(cores)]
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)

    stopped = run()
    assert stopped.returncode and "stopped" in stopped.stderr
    there = {tuple(line) for line in read(path)[1:]}
    assert 1 <= len(there) < 4 and not any(line[0] == "3" for line in there)
    (tmp_path / "second time").touch()
    again = run()
    assert f"squares.csv: {4 - len(there)} new rows of 4" in again.stdout
    assert squares(path) == SQUARES
    assert run().stdout == "squares.csv: 0 new rows of 4\n"


@pytest.mark.parametrize("cores", [1, 2])
def test_what_is_measured_is_computed_one_row_after_the_other_with_one_thread(tmp_path, cores):
    script, log = tmp_path / "squares.py", tmp_path / "log"
    text = SCRIPT.format(tests=str(Path(filling.__file__).parents[1]))
    text = text.replace("def row", 'MEASURED = ("square",)\n\n\ndef row').replace(
        '    print("row", seed)',
        """    import os, time
    with open(HERE / "log", "a") as log:
        print("begin", os.environ["OMP_NUM_THREADS"], file=log)
    time.sleep(0.1)
    with open(HERE / "log", "a") as log:
        print("end", file=log)""",
    )
    script.write_text(text, encoding="utf-8")
    (tmp_path / "second time").touch()
    command = [sys.executable, str(script), "--cores", str(cores)]
    environment = os.environ | {"OMP_NUM_THREADS": "7"}
    subprocess.run(command, capture_output=True, env=environment, check=True)
    assert log.read_text(encoding="utf-8").split("\n")[:-1] == ["begin 1", "end"] * 4
    assert squares(tmp_path / "squares.csv") == SQUARES


def test_one_row_needs_no_pool(tmp_path, monkeypatch):
    monkeypatch.setattr(ThreadPoolExecutor, "__init__", None)
    assert fill(tmp_path / "squares.csv", HEADER, KEYS[:1], square, cores=8) == 1


def test_it_says_how_far_it_is(tmp_path, capsys):
    fill(tmp_path / "squares.csv", HEADER, KEYS, square, progress=True)
    said = capsys.readouterr().err
    assert "\r0 of 4 rows ░" in said and "4 of 4 rows ████████████████████ 4 plain\n" in said
    fill(tmp_path / "squares.csv", HEADER, KEYS, square)
    assert capsys.readouterr().err == ""
