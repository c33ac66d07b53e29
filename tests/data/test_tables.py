"""Tables of features: shapes, classes, and values that are known from their publications."""

from pathlib import Path

import numpy as np
import pytest

import snnlab.data
from snnlab.data import load_breast_cancer, load_iris


def test_irises_are_those_of_fisher():
    """Means of the table in R. A. Fisher (1936), and fifty flowers a species."""
    iris = load_iris()
    assert iris.values.shape == (150, 4) and np.bincount(iris.labels).tolist() == [50, 50, 50]
    means = [iris.values[iris.labels == k].mean(axis=0) for k in range(3)]
    np.testing.assert_allclose(means[1], [5.936, 2.770, 4.260, 1.326], atol=5e-4)
    np.testing.assert_allclose(means[0], [5.006, 3.428, 1.462, 0.246], atol=1.1e-2)
    assert iris.classes == ("setosa", "versicolor", "virginica") and len(iris.features) == 4


def test_lumps_are_212_malign_and_357_benign():
    cancer = load_breast_cancer()
    assert cancer.values.shape == (569, 30) and np.bincount(cancer.labels).tolist() == [212, 357]
    assert cancer.values.min() >= 0.0 and np.isfinite(cancer.values).all() and len(cancer.features) == 30
    assert cancer.values[cancer.labels == 0, 0].mean() > cancer.values[cancer.labels == 1, 0].mean()


@pytest.mark.parametrize("name", ["iris", "breast_cancer"])
def test_tables_are_those_of_scikit_learn_and_their_licence_is_told(name):
    from sklearn import datasets  # seconds, which other tests need not wait for

    ours, theirs = getattr(snnlab.data, f"load_{name}")(), getattr(datasets, f"load_{name}")()
    np.testing.assert_array_equal(ours.values, theirs.data)
    np.testing.assert_array_equal(ours.labels, theirs.target)
    assert ours.classes == tuple(theirs.target_names)
    text = (Path(snnlab.data.__file__).parent / "LICENSES.md").read_text(encoding="utf-8")
    assert f"| `{name}.npz` |" in text
