"""Figures of plasticity: what they say in words agrees with the data, and so does what is drawn."""

import numpy as np
import pytest

from snnlab import plots


def test_the_matrix_writes_every_weight_but_those_of_a_neuron_onto_itself():
    w = np.arange(9.0).reshape(3, 3)
    picture = plots.weight_matrix(w, ["a", "b", "c"], "growth")
    (ax,) = picture.fig.axes
    written = {text.get_position(): text.get_text() for text in ax.texts}
    assert written == {(j, i): f"{w[i, j]:.1f}" for i in range(3) for j in range(3) if i != j}
    assert "Onto c: 6.0 from a, 7.0 from b." in picture.alt
    with pytest.raises(
        ValueError, match=r"w must have one row and one column for each of 2 names, got \(3, 3\)"
    ):
        plots.weight_matrix(w, ["a", "b"], "growth")


def test_the_path_is_drawn_from_its_first_to_its_last_point():
    path = np.array([[0.1, 0.2], [0.3, 0.5], [0.6, 0.8]])
    picture = plots.weight_path([[1, 2], [-2, 1]], {"w": path}, [0.6, 0.8])
    line = next(line for line in picture.fig.axes[0].lines if line.get_label() == "w")
    assert np.array_equal(np.column_stack(line.get_data()), path)
    assert "w: from (0.10, 0.20), of length 0.22, to (0.60, 0.80), of length 1.00." in picture.alt
    with pytest.raises(ValueError, match="x and direction must have two entries, got 3 and 2"):
        plots.weight_path([[1, 2, 3]], {}, [1, 0])


def test_changes_are_drawn_beside_the_measured_ones():
    measured = {"a": ([1, 2], [0.1, 0.2], [0.01, 0.02]), "b": ([1, 2], [-0.1, -0.2], [0.01, 0.02])}
    rules = {"rule": {"a": ([1, 2], [0.3, 0.4]), "b": ([1, 2], [-0.3, 0.4])}}
    picture = plots.weight_changes(measured, rules, "f (Hz)")
    assert [ax.get_title() for ax in picture.fig.axes] == ["a", "b"]
    line = next(line for line in picture.fig.axes[1].lines if line.get_label() == "rule")
    assert line.get_ydata().tolist() == [-0.3, 0.4]
    assert "b, reported: -0.10 at 1, -0.20 at 2." in picture.alt
    assert "b, rule: from -0.30 at 1 to 0.40 at 2." in picture.alt
