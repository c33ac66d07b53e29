"""Thirty neurons that sort zeros, ones and twos, over ten seeds: after 1200 images and after 2800.

It is the network of chapter 22. `right` is the share of new images named rightly, `dark` the share that makes
fewer than five spikes at the first try, `threshold` the mean threshold in mV. *lowered* is the network after
2800 images with the thresholds it had after 1200; *raised* the one after 1200 with the later thresholds.
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
    k_means,
    label_clusters,
    learn_clusters,
    nearest_centres,
)

KEYS = (("seed",), [(seed,) for seed in range(1, 11)])
RESULTS = (
    "right", "dark", "threshold", "k_means", "later", "dark_later", "threshold_later", "lowered", "raised",
)  # fmt: skip
ONCE = ClusterNet(least=0)  # shows each image once


def named(clusters, images, labels, new, truth, rng):
    """The share of new images that get the right name."""
    names = label_clusters(cluster_responses(clusters, images[:300], rng=rng), labels)
    return np.mean(classify_responses(cluster_responses(clusters, new, rng=rng), names) == truth)


def row(seed):
    mnist, rng = load_mnist_5k(), np.random.default_rng(seed)
    three, new_three = mnist.y_train < 3, mnist.y_test < 3
    images, new = mnist.x_train[three] / mnist.white, mnist.x_test[new_three] / mnist.white
    asked = images, mnist.y_train[three][:300], new, mnist.y_test[new_three], rng
    first = learn_clusters(
        initial_clusters(30, 784, rng=rng), images, shown=1200, rng=rng, progress=False
    ).clusters
    later = learn_clusters(first, images, shown=1600, rng=rng, progress=False).clusters
    found = []
    for clusters in (first, later):
        dark = np.mean(cluster_responses(clusters, new, ONCE, rng=rng).sum(axis=1) < 5)
        threshold = ONCE.v_th - ONCE.theta_start + clusters.theta.mean()
        found.append((named(clusters, *asked), dark, threshold))
    flat, flat_new = (part.reshape(len(part), -1) for part in (images, new))
    centres = k_means(flat, 30, rng=rng)
    piles = label_clusters(np.eye(30)[nearest_centres(flat[:300], centres)], asked[1])
    by_means = np.mean(piles[nearest_centres(flat_new, centres)] == asked[3])
    lowered = named(later._replace(theta=first.theta), *asked)
    raised = named(first._replace(theta=later.theta), *asked)
    return *found[0], by_means, *found[1], lowered, raised


if __name__ == "__main__":
    main()
