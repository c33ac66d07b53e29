"""The committed tables are whole, and one row of each comes out as it stands when it is computed anew."""

import importlib.util
import math
import re
from pathlib import Path

import numpy as np
import pytest
from nightly.filling import TABLES, read

from snnlab.course import load_table, places, result_tables

HERE = Path(__file__).parent
SCRIPTS = sorted(path.stem for path in HERE.glob("*.py") if not re.match("filling|test_", path.stem))


def script(name):
    spec = importlib.util.spec_from_file_location(f"nightly_{name}", HERE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_table_has_its_script():
    assert [path.stem for path in sorted(TABLES.glob("*.csv"))] == SCRIPTS


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.nightly)])
@pytest.mark.parametrize("name", SCRIPTS)
def test_a_table_is_whole_and_a_row_is_what_is_computed(name, every):
    """The first row, which is the cheapest, in CI; all of them in the nightly.

    What a script names in MEASURED, as a time, comes out anew each time: there it has to be a number above 0.
    Rows whose keys it has in ELSEWHERE are computed by another tool, which need not be there: they are read.
    """
    made = script(name)
    columns, keys = made.KEYS
    measured = np.isin(made.RESULTS, getattr(made, "MEASURED", ()))
    header, *rows = read(TABLES / f"{name}.csv")
    assert header == [*columns, *made.RESULTS]
    assert [tuple(row[: len(columns)]) for row in rows] == [tuple(map(str, key)) for key in keys]
    elsewhere = getattr(made, "ELSEWHERE", ())
    for key, row in zip(keys, rows, strict=True) if every else [(keys[0], rows[0])]:
        if key in elsewhere:
            assert all(math.isfinite(float(told)) or told == "nan" for told in row[len(columns) :]), key
            continue
        told, now = np.array(row[len(columns) :], float), np.array(made.row(*key), float)
        # as many digits as were written, and what other compilers make of the last ones
        assert now[~measured] == pytest.approx(told[~measured], rel=1e-5, abs=1e-12, nan_ok=True), key
        assert (now[measured] > 0).all() and (told[measured] > 0).all(), key


def test_a_chapter_reads_columns(tmp_path, monkeypatch):
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "small.csv").write_text("seed,kind,result\n1,a,0.5\n2,b,nan\n", encoding="utf-8")
    monkeypatch.setattr(result_tables, "chapters_folder", lambda: tmp_path)
    table = load_table("small")
    assert table["seed"].tolist() == [1, 2] and table["kind"].tolist() == ["a", "b"]
    assert table["result"][table["kind"] == "a"].tolist() == [0.5]


@pytest.mark.parametrize("name", ["", "../glossary", "tables/small", "missing"])
def test_a_table_that_is_none(name):
    with pytest.raises(ValueError, match="name must be that of a table beside the chapters"):
        load_table(name)


def test_without_chapters_there_is_no_table(monkeypatch, tmp_path):
    monkeypatch.setattr(places, "PACKAGE", tmp_path / "nowhere")
    with pytest.raises(ValueError, match="beside the chapters"):
        load_table("missing")
