r"""The best linear reading of spikes, frequency by frequency: the Wiener filter.

With $\rho(t)$ the spikes and $s(t)$ the stimulus, both less their means, the kernel that guesses $s$ with the
least mean square error, from spikes before and after, is in Fourier

$$ K(f) = \frac{S_{\rho s}(f)}{S_{\rho \rho}(f)}, \qquad S_{xy} = \left\langle X^* Y \right\rangle $$

What it cannot explain has the spectrum $S_{ss} (1 - \gamma^2)$, with $\gamma^2$ the coherence of the two, and
knows nothing of the spikes at any frequency. For spikes of a Poisson process with the rate
$r_0 (1 + c\, s(t))$ all of it has a closed form,

$$ K = \frac{c\, S_{ss}}{1 + r_0 c^2 S_{ss}}, \qquad
\gamma^2 = \frac{r_0 c^2 S_{ss}}{1 + r_0 c^2 S_{ss}} $$

`snnlab.coding.fit_decoder` solves for the same kernel among those of limited length, in time.

Source: F. Rieke, D. Warland, R. R. de Ruyter van Steveninck and W. Bialek (1997), Spikes, appendix A.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, positive
from snnlab.checks_of_spikes import be_spikes
from snnlab.coding.decoding.reconstruction import Decoder
from snnlab.coding.statistics.spectra import coherence, information_rate
from snnlab.spikes import Spikes

__all__ = ["WienerFilter", "fit_wiener"]


class WienerFilter(NamedTuple):
    """The filter in time and in Fourier, and what it tells.

    Examples
    --------
    >>> stimulus = np.random.default_rng(1).normal(size=4000)
    >>> spikes = Spikes(np.flatnonzero(stimulus > 1) + 0.5, duration=4000)
    >>> found = fit_wiener(spikes, stimulus, dt=1, segment=100)
    >>> print(found.decoder.lag[[0, -1]], found.frequency[-1])
    [-50.  49.] 500.0
    """

    decoder: Decoder
    """The kernel in time, one segment long, for `snnlab.coding.reconstruct`."""
    frequency: np.ndarray
    """Hz, shape (frequencies,)."""
    transfer: np.ndarray
    """K(f), complex, in the unit of the stimulus for one spike a step, shape (frequencies,)."""
    coherence: np.ndarray
    """γ²(f) as measured, from 0 to 1, shape (frequencies,); NaN where one of the two has no power."""
    bound: float
    """What the spikes tell about a Gaussian stimulus at least, bits a second, less what chance would show."""
    chance: float
    """The coherence that spikes show on average that know nothing of the stimulus."""


def fit_wiener(
    spikes: Spikes, stimulus: ArrayLike, dt: float, segment: int, highest: float | None = None
) -> WienerFilter:
    """The Wiener filter that reads `stimulus` from the spikes of one neuron.

    Parameters
    ----------
    spikes
        The train of one unit, as long as the stimulus.
    stimulus : array of shape (steps,)
        Its value in each step.
    dt : float
        Length of a step, ms.
    segment : int
        Steps in a segment of the spectra: how long the kernel is, half of it to each side. At least 4, and
        much shorter than the recording.
    highest : float, optional
        Frequency up to which `bound` is summed, Hz; that of the stimulus. Up to the end if left out.

    Examples
    --------
    >>> from snnlab.coding import reconstruct
    >>> stimulus = np.convolve(np.random.default_rng(1).normal(size=20_000), np.ones(5), "same")
    >>> spikes = Spikes(np.flatnonzero(stimulus > 2) + 0.5, duration=20_000)
    >>> guess = reconstruct(spikes, fit_wiener(spikes, stimulus, dt=1, segment=64).decoder)
    >>> print(f"{np.corrcoef(guess, stimulus)[0, 1]:.1f}")
    0.8
    """
    be_spikes("spikes", spikes)
    if spikes.n_units != 1:
        raise ValueError(f"spikes must be of one unit, got {spikes.n_units}")
    dt, values = positive("dt", dt), finite_array("stimulus", stimulus, (1,), "(steps,)")
    counts = spikes.counts(dt)[:, 0].astype(np.float64)
    if counts.size != values.size:
        raise ValueError(
            f"stimulus must have one value a step ({counts.size} of {dt:g} ms), got {values.size}"
        )
    if not counts.size:
        raise ValueError("stimulus must have a step at least, got none")
    if np.ptp(counts) == 0.0:
        raise ValueError(f"spikes must fall into some steps and not into others, got {counts[:1]} in each")
    found = coherence(counts, values, dt, segment)
    chance = 19.0 / 18.0 / found.segments  # half overlapping Hann segments (Welch 1967)
    known = np.nan_to_num(found.coherence)
    told = np.clip((known - chance) / (1.0 - chance), 0.0, 1.0 - 1e-12)
    if highest is not None:
        highest = positive("highest", highest)
        told = told[found.frequency <= highest]
    transfer = np.nan_to_num(found.transfer)
    kernel = np.roll(np.fft.irfft(transfer, segment), segment // 2)
    lag = (np.arange(segment) - segment // 2) * dt
    decoder = Decoder(lag, kernel[:, None], float(values.mean() - kernel.sum() * counts.mean()), dt)
    bound = information_rate(found.frequency[: told.size], told) if told.size > 1 else 0.0
    return WienerFilter(decoder, found.frequency, transfer, found.coherence, bound, chance)
