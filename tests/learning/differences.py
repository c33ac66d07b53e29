"""Gradients against central differences, for every number that is learnt."""

from collections.abc import Callable, Iterable

import numpy as np
import pytest

__all__ = ["agrees_with_differences"]

STEP = 1e-6


def agrees_with_differences(
    parts: Iterable[np.ndarray], found: Iterable[np.ndarray], loss: Callable[[], float]
) -> None:
    """Each entry of each part is moved a little, in place, and the loss asked for."""
    for p, g in zip(parts, found, strict=True):
        for place in np.ndindex(p.shape):
            there = p[place]
            p[place] = there + STEP
            up = loss()
            p[place] = there - STEP
            down = loss()
            p[place] = there
            assert g[place] == pytest.approx((up - down) / (2 * STEP), rel=1e-4, abs=1e-8)
