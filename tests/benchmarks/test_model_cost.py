"""The table of what models cost is printed; how long anything takes is never tested."""

from benchmarks.model_cost import MODELS, main


def test_every_model_fires_and_has_its_row(capsys):
    main(rounds=1)
    header, *rows = capsys.readouterr().out.splitlines()
    assert header.split() == ["model", "spikes", "µs", "a", "second", "×", "LIF"]
    assert [row[:18].strip() for row in rows] == list(MODELS)
    assert all(int(row[18:].split()[0]) > 20 for row in rows)
    assert rows[0].split()[-1] == "1.0"
