"""Thirty compartments of the chip that sort zeros, ones and twos, over ten seeds: see chapter 27.

Images, labels and the measure are those of `cluster_digits`, whose `right` is the float version. *learnt*
sees 1200 images of equal ink; *untaught* keeps the weights of the start, the clock's too; *no loss* leaves
out the second term of the rule. *own ink* sees the images of chapter 22, of as much ink in the mean; in
*no homeostasis* the clock learns nothing. *floats* is the network of chapter 22, with 1200 of the images of
equal ink: pixels of a brightness above 1 fire at more than its rate of a white one, up to five times.

`right` is the share of new images named rightly, `taking part` how many compartments fired most at one of the
last 300 images, `ceiling` the share of weights at the largest that there is, `busiest` the largest share of
one compartment in the spikes at these, `silent` that of new images without a spike.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main

from snnlab.data import load_mnist_5k
from snnlab.learning import (
    ClusterNet,
    classify_responses,
    cluster_responses,
    initial_clusters,
    label_clusters,
    learn_clusters,
)
from snnlab.loihi import CLUSTER_RULE, chip_responses, equal_ink, learn_chip_clusters
from snnlab.loihi.networks.clustered_digits import BRIGHTEST

KINDS = ("learnt", "untaught", "no loss", "own ink", "no homeostasis", "floats")
KEYS = (("kind", "seed"), [(kind, seed) for kind in KINDS for seed in range(1, 11)])
RESULTS = ("right", "taking part", "ceiling", "busiest", "silent")
SHOWN, INK = 1200, 100.0


def row(kind, seed):
    mnist, rng = load_mnist_5k(), np.random.default_rng(seed)
    three, new_three = mnist.y_train < 3, mnist.y_test < 3
    images, new = (
        x.reshape(len(x), -1) / mnist.white for x in (mnist.x_train[three], mnist.x_test[new_three])
    )
    if kind == "own ink":
        scale = INK / images.sum(axis=1).mean()
        images, new = scale * images, scale * new
    else:
        images, new = equal_ink(images, INK), equal_ink(new, INK)
    learn, largest = (in_floats, 1.0) if kind == "floats" else (on_chip, 255)
    w, counts, responses = learn(kind, images, rng)
    asked = responses(images[:300])
    names = label_clusters(asked, mnist.y_train[three][:300])
    answers = responses(new)
    told = classify_responses(answers, names)
    last = counts[-300:] if len(counts) else asked
    part = np.unique(last[last.any(axis=1)].argmax(axis=1)).size
    right, ceiling = np.mean(told == mnist.y_test[new_three]), np.mean(w == largest)
    return right, part, ceiling, last.sum(axis=0).max() / last.sum(), np.mean(~answers.any(axis=1))


def on_chip(kind, images, rng):
    """Weights, spikes of each compartment at each image, and how the layer answers others."""
    other = {
        "untaught": {"shown": 0},
        "no loss": {"rule": CLUSTER_RULE.split(" - ")[0]},
        "no homeostasis": {"homeostasis": "dw = 0*x0"},
    }
    learnt = learn_chip_clusters(images, **{"shown": SHOWN, "rng": rng} | other.get(kind, {}))
    return learnt.clusters.w, learnt.counts, lambda x: chip_responses(learnt.clusters, x, rng=rng)


def in_floats(kind, images, rng):
    """The same of the network of chapter 22, whose brightness ends at 1: so the rate is of the brightest."""
    net = ClusterNet(rate=BRIGHTEST * ClusterNet().rate)
    start = initial_clusters(30, images.shape[1], net, rng=rng)
    learnt = learn_clusters(start, images / BRIGHTEST, net, shown=SHOWN, rng=rng, progress=False)
    clusters = learnt.clusters
    return clusters.w, learnt.counts, lambda x: cluster_responses(clusters, x / BRIGHTEST, net, rng=rng)


if __name__ == "__main__":
    main()
