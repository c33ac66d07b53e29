"""Where scikit-learn is missing, each comparison says in a sentence how to get it."""

import sys

import numpy as np
import pytest

from snnlab.learning.competition.baselines import ann_accuracy, k_means, linear_accuracy
from snnlab.loihi.applications.lasso import coordinate_descent
from snnlab.scikit_learn import scikit_learn

X, Y = [[0.0], [0.1], [0.9], [1.0]], [0, 0, 1, 1]


@pytest.mark.parametrize(
    "call",
    [
        lambda: linear_accuracy(X, Y, X, Y),
        lambda: ann_accuracy(X, Y, X, Y),
        lambda: k_means(X, 2, rng=np.random.default_rng(1)),
        lambda: coordinate_descent(np.eye(3), [1.0, 0.5, 0.1], 0.2),
    ],
)
def test_the_sentence_says_what_to_install(call, monkeypatch):
    for name in [name for name in sys.modules if name.partition(".")[0] == "sklearn"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "sklearn", None)
    with pytest.raises(ImportError, match=r"comes from scikit-learn: pip install .snnlab-course\[course\]"):
        call()


def test_what_is_missing_in_it_is_not_called_scikit_learn(monkeypatch):
    def broken(name):
        raise ModuleNotFoundError("No module named 'scipy'", name="scipy")

    monkeypatch.setattr("snnlab.scikit_learn.importlib.import_module", broken)
    with pytest.raises(ModuleNotFoundError, match="scipy"):
        scikit_learn("cluster")
