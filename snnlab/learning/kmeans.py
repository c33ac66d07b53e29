r"""k-means, against which clustering by neurons is measured.

Each image belongs to the nearest of $k$ centres, and each centre moves to the mean of its images, until
nobody moves: that is Lloyd's algorithm. The centres start as $k$ of the images.

Source: S. P. Lloyd (1982), Least squares quantization in PCM, IEEE Transactions on Information Theory 28,
129–137.
"""

import numpy as np
from numpy.typing import ArrayLike

from snnlab._checks import finite_array, whole

__all__ = ["k_means", "nearest_centres"]

ROUNDS = 300


def k_means(images: ArrayLike, k: int, *, rng: np.random.Generator) -> np.ndarray:
    """The centres of `k` clusters.

    Parameters
    ----------
    images : array of shape (images, pixels)
        What is clustered.
    k : int
        How many centres.
    rng
        Chooses the images at which they start.

    Returns
    -------
    array of shape (k, pixels)

    Raises
    ------
    ValueError, TypeError
        If an argument breaks its rule; the sentence names it.

    Examples
    --------
    >>> k_means([[0.0], [1.0], [10.0], [12.0]], 2, rng=np.random.default_rng(1)).ravel().tolist()
    [0.5, 11.0]
    """
    x, k = finite_array("images", images, (2,), "(images, pixels)"), whole("k", k, 1)
    if k > len(x):
        raise ValueError(f"k must be at most the number of images ({len(x)}), got {k}")
    centres = x[np.sort(rng.choice(len(x), k, replace=False))]
    belongs = np.full(len(x), -1)
    for _ in range(ROUNDS):
        before, belongs = belongs, nearest_centres(x, centres)
        if np.array_equal(before, belongs):
            break
        for c in np.unique(belongs):  # a centre without images stays where it is
            centres[c] = x[belongs == c].mean(axis=0)
    return centres


def nearest_centres(images: ArrayLike, centres: ArrayLike) -> np.ndarray:
    """Which centre is nearest to each image.

    Parameters
    ----------
    images : array of shape (images, pixels)
        Where to look from.
    centres : array of shape (k, pixels)
        Where to.

    Returns
    -------
    array of int of shape (images,)

    Raises
    ------
    ValueError, TypeError
        If they do not have the same number of pixels.

    Examples
    --------
    >>> nearest_centres([[0.0], [9.0]], [[1.0], [7.0]])
    array([0, 1])
    """
    x = finite_array("images", images, (2,), "(images, pixels)")
    c = finite_array("centres", centres, (2,), "(k, pixels)")
    if x.shape[1] != c.shape[1]:
        raise ValueError(f"centres must have {x.shape[1]} pixels as the images do, got {c.shape[1]}")
    return ((c**2).sum(axis=1) - 2.0 * x @ c.T).argmin(axis=1)
