r"""What is each term of a GLM neuron worth, on bins that it was not fitted to?

A model with more columns fits its recording better, always, and predicts others better only if the columns
say something. So each part of the recording is predicted in turn by weights that were fitted to the others:
first with some columns, then with those and some more. The gain of what was added is the difference of bits
per spike,

$$ g_k = B_k(\text{with}) - B_k(\text{without}) $$

in part $k$. Parts differ, so $g$ has a spread; a gain that is not above its spread is none. Ridges are chosen
inside of what is fitted, so that a held out part has no say in anything.

Source: J. W. Pillow et al. (2008), Nature 454, 995–999, for bits per spike with coupling and without it.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from snnlab.checks import entries, finite_array, whole, wholes
from snnlab.probability.design_matrix import Design, check_design
from snnlab.probability.glm_fit import fit_glm, glm_potential
from snnlab.probability.links import Link
from snnlab.probability.ridge_choice import choose_ridge, held_out_parts
from snnlab.probability.scores import bits_per_spike

__all__ = ["TermBits", "added_terms"]


class TermBits(NamedTuple):
    """Bits per spike of several models, on bins that were not fitted.

    Examples
    --------
    >>> found = TermBits(("stimulus", "and self"), np.array([[0.5, 0.8], [0.6, 0.7]]), np.zeros((2, 0)))
    >>> print(found.gains.ravel().round(1), found.gained)
    [0.3 0.1] [ True]
    """

    names: tuple[str, ...]
    """Of the models."""
    bits: np.ndarray
    """Bits per spike of each part and model, shape (parts, models); NaN for a part without spikes."""
    u: np.ndarray
    """Potential of each bin by weights that had not seen it, shape (models, bins); NaN where it was not
    asked for."""

    @property
    def gains(self) -> np.ndarray:
        """What each model has more than the one before it, shape (parts, models − 1)."""
        return np.diff(self.bits, axis=1)

    @property
    def gained(self) -> np.ndarray:
        """Whether the mean gain is above its standard deviation over parts, shape (models − 1,)."""
        seen = self.gains[~np.isnan(self.gains).any(axis=1)]
        if len(seen) < 2:
            return np.zeros(self.gains.shape[1], bool)
        return seen.mean(axis=0) > seen.std(axis=0, ddof=1)


def added_terms(
    design: Design,
    models: Mapping[str, Sequence[str]],
    ridges: Sequence[float],
    link: Link = "logistic",
    folds: int = 10,
    parts: Sequence[int] | None = None,
    blocks: int = 1,
) -> TermBits:
    """Predict each part of a recording by weights that were fitted to the others, with more and more columns.

    Parameters
    ----------
    design
        From `design_matrix`; if it has several trials no part cuts one (the thirds on which a ridge is chosen
        may).
    models : dict
        For the name of each model the parts of the design that it has: ``{"stimulus": ["stimulus"],
        "and self": ["stimulus", "self"]}``. ``"units"`` stands for all that it is coupled to.
    ridges : sequence of float
        Penalties; of several one is chosen for each model and part, by `choose_ridge` on what is fitted.
    link
        What makes a probability of the potential.
    folds : int
        Into how many parts the recording is cut.
    parts : sequence of int, optional
        Which of them are predicted; all, if left out.
    blocks : int
        Of how many stretches, spread evenly over the recording, each part is made. One asks for what comes
        later; several, all much longer than the filters, let each part see all that happened.

    Examples
    --------
    >>> from snnlab import Spikes
    >>> from snnlab.probability import design_matrix, simulate_glm
    >>> drive = np.sin(np.arange(3000) / 20)
    >>> y = simulate_glm(drive - 1, [-9.0, -9.0], rng=np.random.default_rng(1)).y
    >>> design = design_matrix(Spikes.from_counts(y[:, None], 1.0), 1.0, drive, self_basis=np.eye(2))
    >>> models = {"stimulus": ["stimulus"], "and self": ["stimulus", "self"]}
    >>> found = added_terms(design, models, [1e-4], folds=5)
    >>> print(found.bits.mean(axis=0).round(1), found.gained)
    [0.1 1. ] [ True]
    """
    design, tried = check_design(design), finite_array("ridges", ridges, (1,), "(ridges,)")
    if not tried.size:
        raise ValueError("ridges must hold one value at least, got none")
    folds = whole("folds", folds, least=2)
    blocks = whole("blocks", blocks, least=1)
    if folds * blocks > design.y.size // 2:
        raise ValueError(f"folds times blocks must leave two bins or more in each, got {folds * blocks}")
    cut = held_out_parts(design.y.size, folds, design.starts, blocks)
    asked = list(range(folds)) if parts is None else wholes("parts", parts)
    if any(part >= folds for part in asked):
        raise ValueError(f"parts must be from 0 to {folds - 1}, got {max(asked)}")
    if not isinstance(models, Mapping):
        raise TypeError(f"models must be a dict, got {type(models).__name__}")
    columns = {name: _columns(design, has) for name, has in models.items()}
    bits = np.empty((len(asked), len(columns)))
    u = np.full((len(columns), design.y.size), np.nan)
    for k, part in enumerate(asked):
        held = cut[part]
        rest = np.delete(np.arange(design.y.size), held)
        for m, chosen in enumerate(columns.values()):
            x, y = design.x[:, chosen], design.y
            fit = fit_glm(x[rest], y[rest], link, _ridge(x[rest], y[rest], tried, link))
            u[m, held] = glm_potential(x[held], fit)
            bits[k, m] = bits_per_spike(u[m, held], y[held], link, constant=float(y[rest].mean()))
    return TermBits(tuple(columns), bits, u)


def _ridge(x: np.ndarray, y: np.ndarray, ridges: np.ndarray, link: Link) -> float:
    """The best of `ridges` on thirds of what is fitted."""
    return float(ridges[0]) if ridges.size == 1 else choose_ridge(x, y, ridges.tolist(), link, folds=3).ridge


def _columns(design: Design, has: Sequence[str]) -> np.ndarray:
    """The columns of some parts of a design."""
    names: list[str] = []
    for part in entries("models", has, "names of parts"):
        names += [name for name in design.parts if name.startswith("unit ")] if part == "units" else [part]
    for name in names:
        if name not in design.parts:
            raise ValueError(f"models must be made of {', '.join(design.parts)} or units, got {name!r}")
    if not names:
        raise ValueError("models must have a part of the design each, got none")
    return np.concatenate([np.arange(design.x.shape[1])[design.parts[name]] for name in names])
