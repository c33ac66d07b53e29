"""The network that is kept is the one of chapter 10's table, and training anew comes to it again."""

import numpy as np
from learning.conversion.write_digits_network import trained_anew

from snnlab.course import load_table
from snnlab.data import load_digits
from snnlab.learning import deep_operations, run_deep
from snnlab.learning.conversion.digits_network import SEED, trained_on_digits


def test_it_is_as_right_and_as_busy_as_the_table_of_chapter_10_says():
    digits, runs = load_digits(), load_table("digits_both_ways")
    row = {name: column[(runs["kind"] == "deep") & (runs["seed"] == SEED)] for name, column in runs.items()}
    x = digits.x_test.reshape(-1, 64) / digits.white
    right = np.mean(run_deep(trained_on_digits(), x).y.argmax(axis=1) == digits.y_test)
    assert [f"{right:.6g}"] == [f"{value:.6g}" for value in row["accuracy"]]
    assert [f"{deep_operations(trained_on_digits(), x).nonzero:.6g}"] == [
        f"{value:.6g}" for value in row["nonzero"]
    ]


def test_trained_anew_it_is_the_same():
    for name, w in trained_anew()._asdict().items():
        np.testing.assert_allclose(w, getattr(trained_on_digits(), name), atol=1e-4, err_msg=name)
