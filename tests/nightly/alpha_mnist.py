"""Digits of MNIST told apart by the first spike, over ten seeds.

Neurons with alpha synapses. The first 4000 digits are to learn from and the first 1000 of the test are asked
for; a seed draws weights and order. The columns are those of `alpha_tasks`.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.alpha_tasks import RESULTS as RESULTS
from nightly.alpha_tasks import Way, trained
from nightly.filling import main

from snnlab.data import load_mnist_5k
from snnlab.learning import ink_times

KEYS = ("seed",), [(seed,) for seed in range(1, 11)]
WAY = Way()


def row(seed):
    mnist = load_mnist_5k()
    x, x_test = (ink_times(images, mnist.white) for images in (mnist.x_train, mnist.x_test))
    return trained(x, mnist.y_train, x_test, mnist.y_test, 300, WAY, seed)


if __name__ == "__main__":
    main()
