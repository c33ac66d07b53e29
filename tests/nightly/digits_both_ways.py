"""Small digits told apart by spiking and by deep networks over ten seeds, with what each computes.

Both have 64 inputs, 100 hidden neurons and 10 outputs, and take 780 steps of Adam: 30 times through the 1297
images by 50, 60 times by 100. To the spiking one each pixel fires once at most, the brighter the earlier,
within 50 ms. *Coarse* has time steps of 5 ms instead of 1 ms; to *sparing* each hidden spike costs. `linear`
has no hidden neurons. `active` is the number of hidden spikes, or of hidden neurons of the deep network above
0. It and all operations are means over the 500 images of the test. `one_sign` is the number of hidden neurons
that only excite or only inhibit.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main

from snnlab.coding import encode_first_spikes
from snnlab.data import load_digits
from snnlab.learning import (
    Adam,
    CurrentLIF,
    Penalty,
    Surrogate,
    deep_operations,
    initial_weights,
    linear_accuracy,
    predict,
    run_deep,
    samples_from_spikes,
    spiking_operations,
    train,
    train_deep,
)

KINDS = ("linear", "deep", "coarse", "spiking", "sparing")
KEYS = ("seed", "kind"), [(seed, kind) for seed in range(1, 11) for kind in KINDS]
RESULTS = ("accuracy", "active", "synaptic", "decays", "dense", "nonzero", "one_sign")
HIDDEN, EPOCHS, DURATION = 100, 30, 50.0  # DURATION in ms


def spikes_of(x, y, dt):
    trials = [encode_first_spikes(image, tau=20, threshold=0.2, duration=DURATION) for image in x]
    return samples_from_spikes(trials, y, steps=round(DURATION / dt), dt=dt)


def one_sign(w_out):
    """How many hidden neurons have weights of one sign only, to the outputs."""
    return np.sum((w_out >= 0).all(axis=0) | (w_out <= 0).all(axis=0))


def row(seed, kind):
    digits = load_digits()
    x, x_test = (images.reshape(-1, 64) / digits.white for images in (digits.x_train, digits.x_test))
    y, y_test = digits.y_train, digits.y_test
    if kind == "linear":
        accuracy = linear_accuracy(x, y, x_test, y_test, epochs=2 * EPOCHS, seed=seed)
        return accuracy, 0, 0, 0, 64 * 10, np.count_nonzero(x_test) * 10 / len(x_test), 0
    if kind == "deep":
        network = train_deep(x, y, HIDDEN, epochs=2 * EPOCHS, seed=seed)
        run = run_deep(network, x_test)
        active, right = np.sum(run.hidden > 0) / len(x_test), np.mean(run.y.argmax(axis=1) == y_test)
        return right, active, 0, 0, *deep_operations(network, x_test), one_sign(network.w_out)
    neuron = CurrentLIF(dt=5.0 if kind == "coarse" else 1.0)
    rng = np.random.default_rng(seed)
    learnt = train(
        initial_weights(64, HIDDEN, 10, neuron, gain=10.0, rng=rng),
        spikes_of(x, y, neuron.dt),
        EPOCHS,
        neuron,
        Surrogate(width=0.1),
        adam=Adam(rate=2e-3),
        penalty=Penalty(total=2e-4 if kind == "sparing" else 0.0),
        batch=50,
        rng=rng,
        progress=False,
    )
    test = spikes_of(x_test, y_test, neuron.dt)
    right = np.mean(predict(learnt.weights, test, neuron) == y_test)
    done = spiking_operations(learnt.weights, test, neuron)
    return right, done.hidden, done.synaptic, done.decays, 0, 0, one_sign(learnt.weights.w_out)


if __name__ == "__main__":
    main()
