"""The lines about what a point costs are printed; no time is judged."""

import re

import pytest
from benchmarks import sweep_cost


@pytest.mark.slow
def test_it_tells_what_a_point_costs_in_each_place(capsys, monkeypatch):
    monkeypatch.setattr(
        sweep_cost.importlib.util, "find_spec", lambda name: None
    )  # a cluster is tried elsewhere
    sweep_cost.main(["--points", "20", "--rounds", "1"])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    for line in lines:
        assert re.fullmatch(r".*: -?[\d.]+ ms a point, -?[\d.]+ ms of it this process computes", line)
