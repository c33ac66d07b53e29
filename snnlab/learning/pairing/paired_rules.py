"""The same pairs of spikes through the pair rule and through the triplet rule: at which Δt, and how fast.

The pair rule knows the time between the two spikes of a pair; how fast the pairs follow each other hardly
matters to it. In cortex it does: potentiation grows with the frequency of pairing.

Source: J.-P. Pfister and W. Gerstner (2006), Journal of Neuroscience 26, 9673–9682; the experiment:
P. J. Sjöström, G. G. Turrigiano and S. B. Nelson (2001), Neuron 32, 1149–1164.
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.checks import as_real, positive, whole
from snnlab.compiling import kernel
from snnlab.learning.pairing.protocol import fill_pairings
from snnlab.learning.rules.stdp import run as run_pairs
from snnlab.learning.rules.stdp_parameters import STDP, check_stdp
from snnlab.learning.rules.triplet import Triplet, check_triplet
from snnlab.learning.rules.triplet import run as run_triplets
from snnlab.records import blank, read

__all__ = ["PairedRules", "paired_rules"]

WIDEST, HIGHEST = 20.0, 50.0  # ms to each side, Hz


class PairedRules(NamedTuple):
    """The changes of a weight of 1 by both rules.

    Examples
    --------
    >>> seen = paired_rules(10.0, 40.0, STDP(0.0025, 1.4, 16.8, 33.7, w_max=2.0), Triplet(w_max=2.0))
    >>> print(f"{seen.pairs:.1f} by pairs, {seen.triplets:.1f} by triplets")
    -0.3 by pairs, 0.5 by triplets
    """

    delta: np.ndarray
    """Times between the two spikes of a pair, post − pre, ms."""
    pair_window: np.ndarray
    """The change by the pair rule at each of them; NaN at 0, where it jumps."""
    triplet_window: np.ndarray
    """The same by the triplet rule; NaN where it jumps."""
    f: np.ndarray
    """Frequencies of pairing, Hz."""
    pair_curve: np.ndarray
    """The change by the pair rule at each of them."""
    triplet_curve: np.ndarray
    """The same by the triplet rule."""
    pairs: float
    """The change by the pair rule at the Δt and the frequency that were asked for."""
    triplets: float
    """The same by the triplet rule."""


def paired_rules(
    delta_t: float, frequency: float, rule: STDP = STDP(), triplet: Triplet = Triplet(), n: int = 60
) -> PairedRules:
    """Send pairs through both rules, at this frequency for every Δt and at this Δt for every frequency.

    Parameters
    ----------
    delta_t : float
        t_post − t_pre of each pair, ms.
    frequency : float
        Pairs for each second, Hz.
    rule, triplet
        The numbers of both rules; the weight starts at 1, so their `w_max` is above.
    n : int
        Number of pairs, at least 1.

    Returns
    -------
    PairedRules

    Raises
    ------
    ValueError, TypeError
        If an argument breaks its rule.

    Examples
    --------
    >>> seen = paired_rules(-10.0, 1.0, STDP(w_max=2.0), Triplet(w_max=2.0), n=1)
    >>> print(f"{seen.pairs:.3f} = -1.05 · 0.01 · 2 · exp(-10 / 20)")
    -0.013 = -1.05 · 0.01 · 2 · exp(-10 / 20)
    """
    delta_t, frequency, n = as_real("delta_t", delta_t), positive("frequency", frequency), whole("n", n, 1)
    rule, triplet = check_stdp(rule), check_triplet(triplet)
    for each in (rule, triplet):
        if each.w_max < 1.0:
            raise ValueError(f"w_max must be at least 1, the weight at the start, got {each.w_max:g}")
    seen = recorded()
    run_rules(seen, *np.empty((2, n)), np.empty(0), delta_t, frequency, rule, triplet, WIDEST, HIGHEST)
    return read(seen)


def recorded() -> PairedRules:
    """A blank record."""
    deltas = dict.fromkeys(("delta", "pair_window", "triplet_window"), 41)
    return blank(PairedRules, **deltas, **dict.fromkeys(("f", "pair_curve", "triplet_curve"), 50))


@kernel
def _changes(pre, post, none, delta_t, frequency, rule, triplet):
    """The change of a weight of 1 by all pairs, for either rule; `none` is an empty array."""
    fill_pairings(pre, post, delta_t, frequency)
    lambda_, alpha, tau_plus, tau_minus, mu_plus, mu_minus, w_max, zero_plus, zero_minus = rule
    by_pairs = run_pairs(
        pre, post, none, none, 1.0, lambda_, alpha, tau_plus, tau_minus,
        mu_plus, mu_minus, w_max, zero_plus, zero_minus, 1.0, 1.0, 1.0, 1.0,
    )  # fmt: skip
    a2_plus, a3_plus, a2_minus, a3_minus, tau_r1, tau_r2, tau_o1, tau_o2, most = triplet
    by_triplets = run_triplets(
        pre, post, none, none, 1.0, a2_plus, a3_plus, a2_minus, a3_minus, tau_r1, tau_r2, tau_o1, tau_o2, most
    )
    return by_pairs - 1.0, by_triplets - 1.0


@kernel
def run_rules(seen, pre, post, none, delta_t, frequency, rule, triplet, widest, highest):
    """Both rules at this frequency for every Δt, and at this Δt for every frequency."""
    for k in range(seen.delta.size):
        delta = widest * (2.0 * k / (seen.delta.size - 1) - 1.0)
        by_pairs, by_triplets = _changes(pre, post, none, delta, frequency, rule, triplet)
        jumps = delta == 0.0  # both curves do, here
        seen.delta[k] = delta
        seen.pair_window[k] = math.nan if jumps else by_pairs
        seen.triplet_window[k] = math.nan if jumps else by_triplets
    for k in range(seen.f.size):
        seen.f[k] = highest * (k + 1.0) / seen.f.size
        by_pairs, by_triplets = _changes(pre, post, none, delta_t, seen.f[k], rule, triplet)
        seen.pair_curve[k], seen.triplet_curve[k] = by_pairs, by_triplets
    by_pairs, by_triplets = _changes(pre, post, none, delta_t, frequency, rule, triplet)
    seen.pairs[0], seen.triplets[0] = by_pairs, by_triplets
