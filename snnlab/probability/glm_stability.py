r"""Will a fitted neuron run away? At which rates can it go on firing?

A recording says what a spike does to the next bins at the rates that the cell had. A neuron that runs free
may come to a rate that no bin of the recording shows, where its filter, added up over many spikes, excites it
more and more. Suppose it fires at the rate $A$ a bin. Take its last spike, $k$ bins ago, as it is, and of
older ones only how often there was one:

$$ u_k(A) = \gamma + h(k) + \sum_{\ell > k} \ln\left(1 + A \left(e^{h(\ell)} - 1\right)\right) $$

with its own filter $h$. From the probability $p_k$ that the link makes of $u_k(A)$ follow the mean interval
and the rate,

$$ f(A) = \left[\sum_{k \ge 0} \prod_{j=1}^{k} \left(1 - p_j(A)\right)\right]^{-1} $$

With the exponential link a bin may hold several spikes, whose number is of a Poisson distribution: the
logarithm becomes $A\,(e^{h(\ell)} - 1)$, and within a bin of expected count $m$ an interval lasts
$(1 - e^{-m})/m$ in place of 1, so that $f$ has no upper end.

A rate with $f(A) = A$ keeps itself. Where $f$ crosses the diagonal from above it is stable: after an accident
the rate comes back. If there is one such rate and it is about the recorded one, the fit is *stable*. If there
is another beyond it the fit is *fragile*: some accident carries it over the unstable rate between the two. If
there is one, and it is far above what was recorded, it *runs away*.

Source: F. Gerhard, M. Deger and W. Truccolo (2017), PLoS Computational Biology 13, e1005390, who use Poisson
spikes in continuous time; R. Naud and W. Gerstner (2012), PLoS Computational Biology 8, e1002711.
"""

import math
from typing import Literal, NamedTuple

import numpy as np

from snnlab.probability.design_matrix import Design, check_design
from snnlab.probability.glm_filters import filters_of
from snnlab.probability.glm_fit import GLMFit, check_fit, glm_potential
from snnlab.probability.glm_simulation import MOST
from snnlab.probability.links import Link, expected_counts

__all__ = ["Stability", "rate_after", "stability_of"]

_FAR = 3.0  # times the recorded rate: this far from it a rate is none that the recording speaks of
_FULL = 10.0  # times the fullest bin: counts that no accident brings about are not asked for
_POINTS = 400  # of the grid on which crossings are sought


class Stability(NamedTuple):
    """At which rates a fitted neuron can go on firing.

    Examples
    --------
    >>> Stability("fragile", np.array([12.0, 40.0, 900.0]), 11.0).sentence
    'fit is fragile: it was recorded at 11 Hz and would go on firing at 12 Hz, but from 40 Hz on at 900 Hz'
    """

    kind: Literal["stable", "fragile", "runs away"]
    """One rate near the recorded one; others beyond it; one far above it."""
    rates: np.ndarray
    """Rates that keep themselves, Hz: a stable one, an unstable one, a stable one, …; infinite where the
    exponential link knows no end."""
    recorded: float
    """The rate of the recording, Hz."""

    @property
    def sentence(self) -> str:
        """What this means, in a sentence."""
        said = (
            f"fit {'is ' * (self.kind != 'runs away')}{self.kind}: it was recorded at {self.recorded:.3g} Hz"
        )
        said += f" and would go on firing at {self.rates[0]:.3g} Hz"
        if self.kind == "fragile":
            end = f"at {self.rates[-1]:.3g} Hz" if np.isfinite(self.rates[-1]) else "faster and faster"
            said += f", but from {self.rates[1]:.3g} Hz on {end}"
        return said


def stability_of(design: Design, fit: GLMFit) -> Stability:
    """The rates at which a fitted neuron keeps firing.

    The drive is taken as constant: the logarithm of its mean exponential over the recording. A fit that is
    stable then may still be fragile while a slow drive is strong. The other neurons are as recorded: a
    network can run away where no neuron would alone. With the exponential link rates above ten times the
    count of the fullest bin are not asked for.

    Parameters
    ----------
    design
        From `design_matrix`.
    fit
        From `fit_glm`, of its ``x``.

    Examples
    --------
    >>> from snnlab import Spikes
    >>> from snnlab.probability import design_matrix, fit_glm
    >>> design = design_matrix(Spikes(np.arange(2, 900, 3), duration=900), 1.0, self_basis=np.eye(2))
    >>> stability_of(design, fit_glm(design.x, design.y, ridge=1e-4)).kind
    'stable'
    """
    design, fit = check_design(design), check_fit(fit)
    drive, own = drive_and_own_filter(design, fit)
    most = drive.max()
    level = most + math.log(np.exp(drive - most).mean())
    recorded = float(design.y.mean())
    rates = fixed_rates(level, own, fit.link, min(MOST, _FULL * float(design.y.max())))
    per_second = 1000.0 / design.dt
    away = rates[0] > _FAR * recorded
    kind: Literal["stable", "fragile", "runs away"] = (
        "runs away" if away else "fragile" if rates.size > 1 else "stable"
    )
    return Stability(kind, rates * per_second, recorded * per_second)


def drive_and_own_filter(design: Design, fit: GLMFit) -> tuple[np.ndarray, np.ndarray]:
    """The potential that all but its own spikes give in each bin, and what one of these adds later."""
    if "self" not in design.parts:
        return glm_potential(design.x, fit), np.zeros(1)
    if "self" not in (filters := filters_of(design, fit)):
        raise ValueError(f"design.bases must have that of self, got those of {list(design.bases)}")
    x = design.x.copy()
    x[:, design.parts["self"]] = 0.0
    return glm_potential(x, fit), filters["self"].curve


def rate_after(a: float, level: float, own: np.ndarray, link: Link) -> float:
    """f: the rate of a neuron of which older spikes came with the rate `a`, both in spikes a bin.

    Parameters
    ----------
    a : float
        From 0 to 1.
    level : float
        Its potential while it hears nothing.
    own : array of shape (lags,)
        What a spike adds to the potential of the next bin, of the one after it, …
    link
        What makes a probability of the potential.

    Examples
    --------
    >>> print(f"{rate_after(0.2, 0.0, np.array([-30.0]), 'logistic'):.3f}")  # a silent bin, then a fair coin
    0.333
    """
    counts = link == "exponential"
    with np.errstate(divide="ignore"):
        older = a * np.expm1(own) if counts else np.log1p(a * np.expm1(own))
    after = np.append(np.cumsum(older[::-1])[::-1][1:], 0.0)  # those that came before the last one
    m = expected_counts(np.append(level + own + after, level), link)
    # beyond the filter the chance of a bin stays what it is, and the rest of the sum is a geometric series
    if counts:
        silent, within = np.exp(-m), np.where(m > 1e-12, -np.expm1(-m) / np.maximum(m, 1e-12), 1.0)
    else:
        silent, within = 1.0 - m, np.ones(m.size)
    lasting = np.concatenate([[1.0], np.cumprod(silent[:-1])])
    return float(1.0 / (lasting[:-1] @ within[:-1] + lasting[-1] / max(m[-1], 1e-300)))


def fixed_rates(level: float, own: np.ndarray, link: Link, most: float = MOST) -> np.ndarray:
    """All rates with f(A) = A, spikes a bin; infinite at last if f is above the diagonal at `most`.

    A bin of the other two links holds one spike at most, whatever `most` is.
    """
    grid = np.concatenate([[0.0], np.geomspace(1e-6, most if link == "exponential" else 1.0, _POINTS)])
    above = np.array([rate_after(a, level, own, link) - a for a in grid])
    found = []
    for k in np.flatnonzero((above[1:] > 0) != (above[:-1] > 0)):
        low, high, rising = grid[k], grid[k + 1], above[k] > 0
        for _ in range(50):
            middle = (low + high) / 2
            if (rate_after(middle, level, own, link) > middle) == rising:
                low = middle
            else:
                high = middle
        found.append((low + high) / 2)
    return np.array([*found, math.inf] if above[-1] > 0 else found)
