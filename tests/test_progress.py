"""The line that says how far something is, and that it compiles before it begins."""

from types import SimpleNamespace

import numpy as np

from snnlab.learning import initial_weights, poisson_patterns, train
from snnlab.learning.gradients import training
from snnlab.progress import Bar

COMPILING = "compiling; this is kept, and takes a moment the next time"


def test_before_the_first_run_of_a_kernel_it_says_that_it_compiles(capsys):
    bar = Bar(3)
    bar.begin(SimpleNamespace(signatures=[]), "epoch 0 of 3")
    bar.end()
    said = capsys.readouterr().err
    assert "epoch 0 of 3" in said and COMPILING in said


def test_where_it_has_run_nothing_is_said(capsys):
    Bar(3).begin(SimpleNamespace(signatures=["(float64,)"]), "epoch 0 of 3")
    Bar(3).begin(lambda: None, "epoch 0 of 3")  # a plain function compiles nothing
    Bar(0).begin(SimpleNamespace(signatures=[]), "epoch 0 of 3")
    assert capsys.readouterr().err == ""


def test_the_first_training_says_so(capsys, monkeypatch):
    rng = np.random.default_rng(1)
    samples, weights = poisson_patterns(rng=rng), initial_weights(100, 4, 2, rng=rng)
    ran = training.batch_gradient

    class Fresh:
        """The kernel, as it is before its first call."""

        signatures = ()

        def __call__(self, *arguments):
            return ran(*arguments)

    monkeypatch.setattr(training, "batch_gradient", Fresh())
    train(weights, samples, 2)
    assert COMPILING in capsys.readouterr().err
