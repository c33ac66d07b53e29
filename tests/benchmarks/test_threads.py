"""The line about several threads is printed, and says that they fire the same spikes; no time is judged."""

import re

from benchmarks.threads import main


def test_it_tells_the_times_and_compares_the_spikes(capsys):
    main(["--neurons", "4000", "--rounds", "1"])
    one, two, ratio = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"1 threads: [\d.]+ ms", one) and re.fullmatch(r"2 threads: [\d.]+ ms", two)
    assert re.fullmatch(r"[\d.]+ times as fast, the same spikes", ratio)
