"""Tables of features: shapes, classes, and values that are known from their publications."""

import numpy as np

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
