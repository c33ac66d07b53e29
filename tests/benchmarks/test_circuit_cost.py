"""The benchmark of the microcircuit runs, and tells what its first lines promise."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from needs import need


@pytest.mark.slow
def test_it_tells_memory_and_times():
    need(sys.platform != "win32", "needs to be told how much memory a process took")
    script = Path(__file__).with_name("circuit_cost.py")
    command = [sys.executable, str(script), "--scales", "0.01", "--duration", "20"]
    told = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout
    number = r"(\d+\.\d+)"
    found = re.fullmatch(
        f"snnlab at 0.01: {number} GB, {number} s until it runs, {number} s a second\n", told
    )
    assert found and float(found[1]) > 0.05 and float(found[3]) > 0.0
