r"""Connections by chance: each pair with a probability, or a number of synapses in all.

From one synapse of a neuron to its next lie $k$ pairs without one, with $P(k \ge m) = (1-p)^m$. So $k$ is the
largest $m$ with $(1-p)^m > u$ for a $u$ that is uniform in [0, 1), and it is found in the powers
$(1-p)^1, (1-p)^2, (1-p)^4, \dots$ bit by bit: a network needs one random number a synapse and not one a pair,
and no logarithm, which another machine might round in another way.
"""

import numpy as np

from snnlab.checks import fraction, true_or_false, whole
from snnlab.compiling import kernel
from snnlab.networks.wiring.rule import Pairs, Rule
from snnlab.random import uniform, uniform_pair

__all__ = ["fixed_probability", "fixed_total"]


def fixed_probability(p: float, *, autapses: bool = False) -> Rule:
    """Each pair of neurons with the same probability.

    In NEST this is the rule ``pairwise_bernoulli``, in Brian2 ``connect(p=...)``.

    Parameters
    ----------
    p : float
        Probability of a synapse, 0 to 1.
    autapses : bool
        Whether a neuron may be joined to itself where both populations are one.

    Returns
    -------
    Rule
        A seed gives the same connections on every machine.

    Examples
    --------
    >>> rule = fixed_probability(p=0.1)
    >>> lines = rule(200, 100, np.random.default_rng(1))
    >>> rule, 1800 < lines.pre.size < 2200
    (fixed_probability(p=0.1), True)
    """
    p, autapses = fraction("p", p), true_or_false("autapses", autapses)

    def expected(n_pre: int, n_post: int, same: bool) -> float:
        return p * n_pre * (n_post - (same and not autapses))

    def pairs(n_pre: int, n_post: int, same: bool, seed: np.uint64) -> Pairs:
        powers = powers_of(1.0 - p)
        shift = same and not autapses
        none = np.empty(0, np.int32)
        count = run(none, none, n_pre, n_post, shift, powers, seed) if p else 0
        pre, post = np.empty(count, np.int32), np.empty(count, np.int32)
        if count:
            run(pre, post, n_pre, n_post, shift, powers, seed)
        return pre, post

    return Rule(f"fixed_probability(p={p:g}{', autapses=True' if autapses else ''})", expected, pairs)


def fixed_total(n: int, *, autapses: bool = False) -> Rule:
    """So many synapses in all, each between two neurons that are drawn anew; two may share their ends.

    Parameters
    ----------
    n : int
        Number of synapses.
    autapses : bool
        Whether a neuron may be joined to itself where both populations are one.

    Examples
    --------
    >>> fixed_total(50)(4, 3, np.random.default_rng(1)).pre.size
    50
    """
    n, autapses = whole("n", n), true_or_false("autapses", autapses)

    def expected(n_pre: int, n_post: int, same: bool) -> float:
        if n and same and n_post == 1 and not autapses:
            raise ValueError(f"n must be 0 for one neuron without autapses, got {n}")
        return n

    def pairs(n_pre: int, n_post: int, same: bool, seed: np.uint64) -> Pairs:
        pre, post = np.empty(n, np.int32), np.empty(n, np.int32)
        if n:
            draw_both(pre, post, n_pre, n_post, same and not autapses, seed)
        return pre, post

    return Rule(f"fixed_total({n}{', autapses=True' if autapses else ''})", expected, pairs)


def powers_of(q: float) -> np.ndarray:
    """q, q², q⁴, … until nothing is left, or until the longest row is."""
    powers = [q]
    while powers[-1] > 2.0**-60 and len(powers) < 32:
        powers.append(powers[-1] * powers[-1])
    return np.array(powers)


@kernel
def pairs_between(powers, u):
    """The largest m with q^m > u, from the powers q^1, q^2, q^4, …"""
    m, left = 0, 1.0
    for j in range(len(powers) - 1, -1, -1):
        if left * powers[j] > u:
            left *= powers[j]
            m += 1 << j
    return m


@kernel
def run(pre, post, n_pre, n_post, shift, powers, seed):
    """Each neuron's targets from its own random numbers; counts, and fills in what there is room for."""
    count = 0
    for i in range(n_pre):
        others = n_post - 1 if shift else n_post  # with `shift` it leaves itself out
        drawn = 0
        k = pairs_between(powers, uniform(seed, np.uint64(i), np.uint64(drawn)))
        while k < others:
            if count < len(pre):
                pre[count] = i
                post[count] = k + 1 if shift and k >= i else k
            count += 1
            drawn += 1
            k += 1 + pairs_between(powers, uniform(seed, np.uint64(i), np.uint64(drawn)))
    return count


@kernel
def draw_both(pre, post, n_pre, n_post, shift, seed):
    """Both ends of every synapse; with `shift` none leads back to where it comes from."""
    others = n_post - 1 if shift else n_post
    for s in range(len(pre)):
        a, b = uniform_pair(seed, np.uint64(0), np.uint64(s))
        i, k = int(a * n_pre), int(b * others)
        pre[s] = i
        post[s] = k + 1 if shift and k >= i else k
