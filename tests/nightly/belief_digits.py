"""Deep belief networks on the small digits, as rates and as spikes, over ten seeds.

All have 64 pixels, two hidden layers of 200 neurons and a readout by least squares
(`snnlab.learning.boltzmann.belief_network`). *siegert* has learnt with Siegert's rates, its brightest pixels
at `BRIGHTEST` of the highest rate; those of *bright* are at the highest rate. *shuffled* is *siegert* with
the weights of each hidden unit of both machines in a random order, and a readout of its own. *logistic* has
learnt with logistic units, and its weights are put on LIF neurons as they are.

`rates` is the accuracy without spikes on all test images, by the units it has learnt with. The spiking
network is shown the first `SHOWN` of them: `same` is `rates` on these, `on_lif` what Siegert's rates name of
them, `at_T` what the spikes name of them after T ms. `centred` is the same as the last of these, but from
each neuron of the second layer what it is off by on average over the images is subtracted; `blurred` is the
opposite, only this is added to the rates.

`mean_1` and `mean_2` are mean activities of the hidden layers, `apart_1` and `apart_2` the standard
deviations of a neuron's activity over the images divided by these. `off_1` and `off_2` are by how much the
neurons of each miss the formula on average over the images, the mean distance divided by the mean activity;
the formula is given the rates that the layer below had with spikes, so that each layer answers for itself.
`poisson_2` is `off_2` where Poisson processes of just these rates stand in for the neurons of the first
layer. Where next to nobody fires these are NaN. `heard` and `fired` are spikes an image, of the pixels and of
the hidden neurons; `jump` is the standard deviation of the lower weights in thresholds.
"""

import functools
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main

from snnlab.data import load_digits
from snnlab.learning.boltzmann.belief_network import activity, read_out, siegert_units, train_belief, upward
from snnlab.learning.boltzmann.rbm import logistic_units
from snnlab.learning.boltzmann.spiking_belief import run_spiking_belief
from snnlab.learning.conversion.layers import Layers

KINDS = ("siegert", "bright", "shuffled", "logistic")
KEYS = ("seed", "kind"), [(seed, kind) for seed in range(1, 11) for kind in KINDS]
TIMES = (50, 100, 200, 500, 1000)  # ms
RESULTS = (
    *("rates", "same", "on_lif"),
    *(f"at_{t}" for t in TIMES),
    *(
        "centred",
        "blurred",
        "mean_1",
        "mean_2",
        "apart_1",
        "apart_2",
        "off_1",
        "off_2",
        "poisson_2",
        "heard",
        "fired",
        "jump",
    ),
)
BRIGHTEST = 0.5  # of the highest rate
SHOWN = 200


def pixels(kind):
    """Training and test images as shares of the highest rate."""
    digits = load_digits()
    most = (1.0 if kind == "bright" else BRIGHTEST) / digits.white
    return most * digits.x_train.reshape(-1, 64), most * digits.x_test.reshape(-1, 64)


@functools.cache
def looked_up():
    return siegert_units()


@functools.cache  # for its shuffled one
def learnt(seed, kind):
    x, y = pixels(kind)[0], load_digits().y_train
    return train_belief(x, y, units=looked_up(), rng=np.random.default_rng(seed))


def shuffled(net, rng):
    """The network with the weights of each hidden unit in another order, and a readout of its own."""
    units, x = looked_up(), pixels("siegert")[0]
    lower, upper = (m._replace(w=rng.permuted(m.w, axis=1)) for m in (net.lower, net.upper))
    h = units(units(x, lower.w, lower.hidden), upper.w, upper.hidden)
    return read_out(lower, upper, h, load_digits().y_train)


def trained(seed, kind):
    """The way up, and what names images without spikes."""
    if kind in ("siegert", "bright"):
        return upward(learnt(seed, kind)), looked_up()
    rng = np.random.default_rng([seed, 2])
    if kind == "shuffled":
        return upward(shuffled(learnt(seed, "siegert"), rng)), looked_up()
    x, y = pixels(kind)[0], load_digits().y_train
    return upward(train_belief(x, y, mean=0.0, units=logistic_units, rng=rng)), logistic_units


def above(layers):
    """The network without its first layer."""
    return Layers(*(parts[1:] for parts in layers))


def read(layers, h):
    """The sums of the readout."""
    return h @ layers.weights[-1].T + layers.biases[-1]


def missed(found, formula):
    """How far neurons are off on average over the images, as a share of the mean activity."""
    return share(np.abs((found - formula).mean(axis=0)).mean(), formula)


def share(x, activity):
    """As a share of the mean activity, if there is any."""
    return x / activity.mean() if activity.mean() > 1e-6 else np.nan


def row(seed, kind):
    x, y = pixels(kind)[1], load_digits().y_test
    layers, units = trained(seed, kind)
    rng, exact = np.random.default_rng([seed, 1]), siegert_units(exact=True)
    right = activity(layers, x, units)[-1].argmax(axis=1) == y
    x, y = x[:SHOWN], y[:SHOWN]
    plain = activity(layers, x, exact)
    run = run_spiking_belief(layers, x, TIMES, rng=rng)
    first, second = run.activity
    alone = run_spiking_belief(above(layers), first, TIMES[-1:], rng=rng).activity[0]
    shift = (second - plain[1]).mean(axis=0)
    told = exact(first, layers.weights[1], layers.biases[1])
    return (
        right.mean(),
        right[:SHOWN].mean(),
        np.mean(plain[2].argmax(axis=1) == y),
        *(run.named == y).mean(axis=1),
        *(np.mean(read(layers, h).argmax(axis=1) == y) for h in (second - shift, plain[1] + shift)),
        *(h.mean() for h in plain[:2]),
        *(share(h.std(axis=0).mean(), h) for h in plain[:2]),
        missed(first, plain[0]),
        missed(second, told),
        missed(alone, told),
        run.heard,
        run.fired,
        layers.weights[0].std(),
    )


if __name__ == "__main__":
    main()
