r"""Samples from a table of features: each value by a row of neurons with Gaussian receptive fields.

A row is that of `snnlab.coding.receptive_fields`, here with the first and the last centre on the ends of the
range, as the temporal code after Sboev and others has it. A neuron fires once, the earlier the more the value
excites it, or not at all.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, positive, steps_in, whole
from snnlab.coding.codes.receptive_fields import ReceptiveFields, encode_fields
from snnlab.learning.samples import Samples, samples_from_spikes

__all__ = ["field_samples"]

WIDTH = math.sqrt(0.005)
SILENT_BELOW = 0.09 * math.sqrt(2 * math.pi) * WIDTH  # 0.09 of a density


def field_samples(
    features: ArrayLike,
    labels: ArrayLike,
    n_fields: int = 40,
    *,
    spread: float = 2.82,
    pause: float = 22.18,
    dt: float = 0.05,
) -> Samples:
    """Temporal codes of rows of features.

    The width σ² = 0.005 of the fields and the response, 1.6 % of the largest, below which a neuron is silent,
    are those of a program by a co-author of Sboev and others, github.com/dartl0l/spiking-learn.

    Parameters
    ----------
    features : array of shape (samples, features)
        Values from 0 to 1.
    labels : array of int, shape (samples,)
        The class of each sample.
    n_fields : int
        Neurons a feature, 2 at least.
    spread : float
        T, over which the spikes of a sample are spread, ms: a response g is a spike at T (1 − g).
    pause : float
        Silence after it, ms.
    dt : float
        Length of a step, ms.

    Returns
    -------
    Samples
        With features · n_fields inputs.

    Examples
    --------
    >>> samples = field_samples([[0.0, 1.0]], [0], n_fields=3)
    >>> print(samples.n_inputs, samples.steps, samples.units)
    6 500 [0 5]
    """
    values, n_fields = (
        finite_array("features", features, (2,), "(samples, features)"),
        whole("n_fields", n_fields, 2),
    )
    if ((values < 0.0) | (values > 1.0)).any():
        raise ValueError(f"features must be from 0 to 1, got {values.min():g} to {values.max():g}")
    spread, dt = positive("spread", spread), positive("dt", dt)
    steps = whole("steps", steps_in("spread and pause", spread + positive("pause", pause), dt), 1)
    fields = ReceptiveFields(np.linspace(0.0, 1.0, n_fields), WIDTH, 0.0, 1.0)
    trials = [encode_fields(row, fields, spread, SILENT_BELOW) for row in values]
    return samples_from_spikes(trials, labels, steps, dt)
