r"""The coincidence factor: how well a model's spike train predicts that of a cell.

$N_{coinc}$ counts the spikes of the cell that find a spike of the model within $\pm\Delta$. Some would do so
by chance: a Poisson train of the model's rate $f$ is expected to give $2 f \Delta N_{cell}$. What is more
than that is divided by the mean number of spikes, and scaled so that equal trains give 1:

$$ \Gamma = \frac{N_{coinc} - 2 f \Delta\, N_{cell}}{\frac{1}{2}\,(N_{cell} + N_{model})} \,
\frac{1}{1 - 2 f \Delta} $$

Chance gives 0 on average. Below 0 the model avoids the spikes of the cell.

Source: W. M. Kistler, W. Gerstner and J. L. van Hemmen (1997), Neural Computation 9, 1015–1045; R. Jolivet
et al. (2008), Journal of Neuroscience Methods 169, 417–424.
"""

import math

from snnlab.checks import positive
from snnlab.checks_of_spikes import be_spikes
from snnlab.compiling import kernel
from snnlab.spikes import Spikes

__all__ = ["coincidence_factor"]


def coincidence_factor(cell: Spikes, model: Spikes, window: float) -> float:
    """How well a model's train predicts that of a cell: 1 if it is the same, about 0 by chance.

    It is not symmetric: chance is reckoned with the rate of the model. Every spike takes part in one
    coincidence at most. Two Poisson trains therefore come out below 0 by about the number of spikes that are
    expected within the window: keep that number small.

    Parameters
    ----------
    cell : Spikes of one unit
        What was recorded.
    model : Spikes of one unit
        What was predicted, over the same duration.
    window : float
        Δ: how far apart two spikes may be and still coincide, ms. Less than half the mean interval of
        `model`.

    Returns
    -------
    float
        The factor; NaN if neither train has a spike.

    Examples
    --------
    >>> cell = Spikes([100, 200, 300, 400], duration=1000)
    >>> coincidence_factor(cell, Spikes([101, 199, 300, 402], duration=1000), window=5)
    1.0
    >>> late = Spikes([101, 199, 350, 450], duration=1000)
    >>> print(f"{coincidence_factor(cell, late, window=5):.3f}")
    0.479
    """
    for name, spikes in (("cell", cell), ("model", model)):
        be_spikes(name, spikes)
        if spikes.n_units != 1:
            raise ValueError(f"{name} must have one unit, got {spikes.n_units}")
    positive("duration", cell.duration)
    if model.duration != cell.duration:
        raise ValueError(
            f"model must have the duration of cell ({cell.duration:g} ms), got {model.duration:g}"
        )
    window = positive("window", window)
    if model.n_spikes and 2.0 * window * model.n_spikes >= cell.duration:
        half = cell.duration / model.n_spikes / 2.0
        raise ValueError(
            f"window must be below half the mean interval of model ({half:g} ms), got {window:g}"
        )
    n_cell, n_model = cell.n_spikes, model.n_spikes
    n = count_coincidences(cell.times, n_cell, model.times, n_model, window)
    return factor_of_counts(n, n_cell, n_model, window, cell.duration)


@kernel
def count_coincidences(a, n_a, b, n_b, window):
    """How many of the first `n_a` times of `a` have a partner of their own among the first `n_b` of `b`."""
    count, j, k = 0, 0, 0
    while j < n_a and k < n_b:
        if abs(a[j] - b[k]) <= window:
            count += 1
            j += 1
            k += 1
        elif a[j] < b[k]:
            j += 1
        else:
            k += 1
    return count


@kernel
def factor_of_counts(n_coincidences, n_cell, n_model, window, duration):
    """Γ from the counts; NaN where it has no meaning: no spikes, or a window in which all coincide."""
    by_chance = 2.0 * window * n_model / duration
    if n_cell + n_model == 0 or by_chance >= 1.0:
        return math.nan
    return (n_coincidences - by_chance * n_cell) / (0.5 * (n_cell + n_model)) / (1.0 - by_chance)
