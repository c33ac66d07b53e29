"""W4 with snnlab: the epochs of its training loop, of one batch each."""

import numpy as np


def _step(task, name):
    from snnlab.learning import Adam, Weights, samples_from_raster, surrogate_gradient
    from snnlab.learning.gradients.training import training_epochs

    x, labels, w_in, w_out = task.make(name)
    samples = samples_from_raster(x, labels)
    weights = Weights(w_in.T.copy(), w_out.T.copy())
    moved = float(np.abs(surrogate_gradient(weights, samples).weights.w_in).sum())
    epochs = training_epochs(weights, samples, adam=Adam(task.RATE))

    def call(k):
        nonlocal epochs
        if k == 0:
            epochs = training_epochs(weights, samples, adam=Adam(task.RATE))
        return {"loss": next(epochs).loss, "moved": moved, "same_model": 1}

    return call


def sparse(task):
    return _step(task, "sparse")


def latency(task):
    return _step(task, "latency")


def rate(task):
    return _step(task, "rate")
