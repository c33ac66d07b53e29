"""Small digits told apart by networks that learnt their constraints, and by others, over ten seeds.

Of the 1797 digits 1297 are to learn from and 500 for the test, drawn anew for each seed; all columns are
fractions of the test, but for those that say otherwise.

LIF neurons, 64 and 64 hidden ones, grey pixels as currents, 100 epochs. `soft` is the network in rates,
trained with noise; `lif` is the same on spiking neurons, read at an instant after 60 ms through synapses of
5 ms.
`quiet` and `quiet_lif` learnt without noise, `hard` and `hard_lif` with noise and the slope of the hard
neuron. `after` is an ordinary rectified network and `after_lif` the same on spiking neurons, at the best of
three highest rates for the training images. `trembling_lif` is a rectified network that learnt with the noise
of its spikes, at a highest rate of 200 Hz, chosen on seed 0 among the same three. `fast_lif` is `lif` with
synapses of 2 ms, and `fitted_lif` a network that was trained for those. `spikes` is how many hidden spikes
`lif` has an image.

Drawn synapses, 128 hidden neurons and eight outputs a class, 40 epochs; each pixel is three lines, on where
it is brighter than a quarter, a half, three quarters. `likely` is what is expected, `drawn_1` the mean of 20
networks drawn from it, `drawn_4` and `drawn_16` of ensembles; `blind`, `blind_1`, `blind_4` and `blind_16`
the same after a training that knows nothing of the variance. `other_1` is `drawn_1` on a chip whose neurons
fire from 0 on.

Ternary weights, 128 hidden neurons, the same lines, 40 epochs: `ternary` with a hysteresis of 0.1, `loose`
without, `real` with the shadow weights themselves, `cut` the same network made ternary afterwards; `flips`
and `flips_loose` are the per cent of the weights that flip in a step of the last ten epochs, `zeros` the per
cent of the weights that are 0. `linear` is logistic regression on the grey pixels.

Learning rates were chosen on seed 0, which is not in the table, among three for each kind of network, and
there the LIF networks got 100 epochs in place of 40.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main
from nightly.one_bit_digits import regression, split

from snnlab.learning import Adam
from snnlab.learning.constrained.digit_lines import pixel_lines
from snnlab.learning.constrained.drawn_training import (
    draw_network,
    expected_scores,
    output_spikes,
    train_likely,
)
from snnlab.learning.constrained.lif_deployment import deploy_on_lif, rectified_as_lif
from snnlab.learning.constrained.rate_training import run_soft, train_soft
from snnlab.learning.constrained.soft_lif import SoftLIF
from snnlab.learning.constrained.ternary_training import cut_network, run_ternary, train_ternary
from snnlab.learning.constrained.trembling_training import train_trembling
from snnlab.learning.conversion.quantised_training import run_trained, train_layers

KEYS = ("seed",), [(seed,) for seed in range(1, 11)]
SPIKING = (
    "soft", "lif", "quiet", "quiet_lif", "hard", "hard_lif", "after", "after_lif", "trembling_lif",
    "fast_lif", "fitted_lif", "spikes",
)  # fmt: skip
DRAWN = "likely", "drawn_1", "drawn_4", "drawn_16", "blind", "blind_1", "blind_4", "blind_16", "other_1"
TERNARY = "ternary", "loose", "real", "cut", "flips", "flips_loose", "zeros"
RESULTS = (*SPIKING, *DRAWN, *TERNARY, "linear")
HARD, TAU_S, FAST, STEPS, COPIES, COPIES_ALONE = SoftLIF(gamma=0.0), 5.0, 2.0, 60, 64, 20
HIGHEST = 200.0  # Hz, of the rectified network that knows the noise


def right(scores, y):
    return np.mean(scores.argmax(axis=-1) == y)


def spiking(x, y, x_test, y_test, seed):
    """The columns of the LIF neurons."""

    def learnt(neuron=SoftLIF(), tau_s=TAU_S):
        return train_soft(x, y, neuron=neuron, tau_s=tau_s, rng=np.random.default_rng(seed))

    def at_the_end(layers, shown, wanted, tau_s=TAU_S):
        return np.mean(deploy_on_lif(layers, shown, STEPS, tau_s=tau_s).named[-1] == wanted)

    trained = learnt()
    told = []
    for layers, neuron in ((trained, SoftLIF()), (learnt(tau_s=0.0), SoftLIF()), (learnt(HARD), HARD)):
        told += [right(run_soft(layers, x_test, neuron)[-1], y_test), at_the_end(layers, x_test, y_test)]
    how = {"epochs": 100, "batch": 50, "adam": Adam(rate=5e-3)}  # as train_soft
    ordinary = train_layers(x, y, (64, 64), **how, rng=np.random.default_rng(seed))
    made = [rectified_as_lif(ordinary.layers, x, highest) for highest in (100.0, 150.0, 200.0)]
    best = max(made, key=lambda layers: at_the_end(layers, x[:300], y[:300]))
    trembling = train_trembling(x, y, highest=HIGHEST, tau_s=TAU_S, rng=np.random.default_rng(seed))
    return [
        *told,
        right(run_trained(ordinary, x_test)[-1], y_test),
        at_the_end(best, x_test, y_test),
        at_the_end(rectified_as_lif(trembling, x, HIGHEST), x_test, y_test),
        *(at_the_end(layers, x_test, y_test, FAST) for layers in (trained, learnt(tau_s=FAST))),
        deploy_on_lif(trained, x_test, STEPS, tau_s=TAU_S).spikes,
    ]


def drawn(x, y, x_test, y_test, seed):
    """The columns of the drawn synapses."""
    told = []
    for aware in (True, False):
        network = train_likely(x, y, aware=aware, rng=np.random.default_rng(seed))
        dice = np.random.default_rng(100 + seed)
        copies = [draw_network(network, dice) for _ in range(COPIES)]
        votes = np.array([output_spikes(copy, x_test) for copy in copies])
        told.append(right(expected_scores(network, x_test, aware), y_test))
        for size, groups in ((1, COPIES_ALONE), (4, COPIES // 4), (16, COPIES // 16)):
            summed = votes[: size * groups].reshape(groups, size, *votes.shape[1:]).sum(axis=1)
            told.append(np.mean([right(vote, y_test) for vote in summed]))
        if aware:  # a sum of 0 fires if every bias is 1 more
            others = [copy._replace(b=tuple(b + 1 for b in copy.b)) for copy in copies[:COPIES_ALONE]]
            other = np.mean([right(output_spikes(copy, x_test), y_test) for copy in others])
    return [*told, other]


def ternary(x, y, x_test, y_test, seed):
    """The columns of the ternary weights."""

    def learnt(**how):
        return train_ternary(x, y, rng=np.random.default_rng(seed), **how)

    held, loose, real = learnt(), learnt(hysteresis=0.0), learnt(ternary=False)
    zeros = sum((w == 0).sum() for w in held.weights) / sum(w.size for w in held.weights)
    return [
        *(right(run_ternary(network, x_test), y_test) for network in (held, loose, real, cut_network(real))),
        100 * held.flips[-10:].mean(),
        100 * loose.flips[-10:].mean(),
        100 * zeros,
    ]


def row(seed):
    (x, y, x_test, y_test), white = split(seed)
    grey, grey_test = x / white, x_test / white
    lines, lines_test = pixel_lines(grey), pixel_lines(grey_test)
    return (
        *spiking(grey, y, grey_test, y_test, seed),
        *drawn(lines, y, lines_test, y_test, seed),
        *ternary(lines, y, lines_test, y_test, seed),
        regression(grey, y, grey_test, y_test),
    )


if __name__ == "__main__":
    main()
