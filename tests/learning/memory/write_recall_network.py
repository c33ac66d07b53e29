"""Train the network of `snnlab.learning.memory.learnt_recall`, and write its file anew: minutes.

It is one row of the table `store_recall`, that of the seed which needs the fewest batches.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from nightly.store_recall import learnt

from snnlab.learning.memory.learnt_recall import FILE, WholeRecall, to_whole
from snnlab.learning.memory.negative_image import negative_image

__all__ = ["SEED", "TAU_A", "trained_anew"]

TAU_A, SEED = 1200, 10


def trained_anew() -> WholeRecall:
    """The network, trained and sorted."""
    network = learnt(TAU_A, SEED).network
    return to_whole(network, negative_image(network, 1, 200, rng=np.random.default_rng(SEED)).told)


if __name__ == "__main__":
    np.savez_compressed(FILE, **trained_anew()._asdict())
