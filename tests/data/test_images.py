"""Images of digits: shapes, labels, and that a label belongs to its image."""

from pathlib import Path

import numpy as np
import pytest

import snnlab.data
from snnlab.data import load_digits, load_ecg, load_mnist_5k, load_nmnist_100, load_spoken_digits


@pytest.mark.parametrize(
    ("load", "shape", "counts", "white"),
    [(load_digits, (8, 8), (1297, 500), 16), (load_mnist_5k, (28, 28), (4000, 1000), 255)],
)
def test_images_and_labels(load, shape, counts, white):
    images = load()
    for x, y, n in zip(images[0:4:2], images[1:4:2], counts, strict=True):
        assert x.shape == (n, *shape) and x.dtype == np.uint8 and x.max() == images.white == white
        assert y.shape == (n,) and y.dtype == np.int64
        assert np.bincount(y, minlength=10).min() > 0.08 * n and set(y) == set(range(10))
    # the nearest mean image of a class is right far more often than one time in ten
    mean = np.stack([images.x_train[images.y_train == k].mean(axis=0).ravel() for k in range(10)])
    test = images.x_test.reshape(counts[1], -1).astype(float)
    nearest = ((test[:, None] - mean) ** 2).sum(axis=2).argmin(axis=1)
    assert np.mean(nearest == images.y_test) > 0.75
    assert images.licence and images.name


def test_share_alike_data_stand_apart():
    """What may be passed on under its own licence only is named as such, in the file and by its loader."""
    text = (Path(snnlab.data.__file__).parent / "LICENSES.md").read_text(encoding="utf-8")
    section = text.partition("## Data under share-alike licences")[2].partition("\n## ")[0]
    for load, name in (
        (load_mnist_5k, "mnist_5k"),
        (load_nmnist_100, "nmnist_100"),
        (load_spoken_digits, "spoken_digits_180"),
        (load_digits, "digits_8x8"),
        (load_ecg, "ecg_bitalino"),
    ):
        assert ("BY-SA" in load().licence) == (f"`{name}.npz`" in section) and f"`{name}.npz`" in text
    assert "`mnist_deep.npz`" in section  # what was trained on such images
