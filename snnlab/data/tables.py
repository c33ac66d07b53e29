"""Tables of measured features with classes, for networks that name things, one loader a table, offline.

Origin and licence of every file stand in ``LICENSES.md`` beside them.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np

__all__ = ["Table", "load_breast_cancer", "load_iris"]

_FOLDER = Path(__file__).parent


class Table(NamedTuple):
    """Rows of features, each with its class.

    Examples
    --------
    >>> iris = load_iris()
    >>> iris.values.shape, iris.classes[iris.labels[0]]
    ((150, 4), 'setosa')
    """

    values: np.ndarray
    """The features, float64, shape (rows, features)."""
    labels: np.ndarray
    """The class of each row, from 0 on, int64, shape (rows,)."""
    features: tuple[str, ...]
    """What each feature is, with its unit where it has one."""
    classes: tuple[str, ...]
    """What the classes are called."""
    name: str
    """What was measured."""
    source: str
    """Who measured it."""


def load_iris() -> Table:
    """Four lengths of 150 irises of three species.

    Returns
    -------
    Table
        In cm; E. Anderson, published by R. A. Fisher (1936). BSD licence, scikit-learn developers.

    Examples
    --------
    >>> print(load_iris().features[2], load_iris().values[0])
    petal length (cm) [5.1 3.5 1.4 0.2]
    """
    return _table("iris", "irises", "E. Anderson, R. A. Fisher (1936)")


def load_breast_cancer() -> Table:
    """Thirty features of the nuclei of cells from 569 lumps, malign (0) or benign (1).

    Returns
    -------
    Table
        W. N. Street, W. H. Wolberg and O. L. Mangasarian (1993), University of Wisconsin. BSD licence,
        scikit-learn developers.

    Examples
    --------
    >>> load_breast_cancer().classes
    ('malignant', 'benign')
    """
    return _table("breast_cancer", "cells of lumps in the breast", "W. N. Street and others (1993)")


def _table(file: str, name: str, source: str) -> Table:
    with np.load(_FOLDER / f"{file}.npz") as loaded:
        values, labels = loaded["values"], loaded["labels"].astype(np.int64)
        features, classes = (tuple(loaded[key].tolist()) for key in ("features", "classes"))
    return Table(values, labels, features, classes, name, source)
