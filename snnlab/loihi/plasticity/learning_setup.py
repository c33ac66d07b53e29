"""What the learning engine is given, checked: spikes, rules, and the numbers of the synapses at the start."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array
from snnlab.loihi.conventions import Convention, check_convention
from snnlab.loihi.fixed_point import EXCITATORY, INHIBITORY, SPLIT, weight_limits, whole_array
from snnlab.loihi.neuron.synapses import Synapse
from snnlab.loihi.neuron.traces import check_epoch
from snnlab.loihi.plasticity.grammar import parse_rule
from snnlab.loihi.plasticity.rules import TARGETS, Rule, TermArrays, check_rule, term_arrays

__all__ = ["TAG_BITS", "LearningSetup", "engine_bounds", "learning_setup", "parsed_rules", "whole_reward"]

_MOST = 200_000_000  # numbers that are kept
REWARD_LIMIT = 127
TAG_BITS = 8


class LearningSetup(NamedTuple):
    """Arguments that both ways of counting share, checked."""

    pre: np.ndarray
    post: np.ndarray
    z: np.ndarray
    terms: TermArrays
    learned: np.ndarray
    t_epoch: int
    reward: np.ndarray


def learning_setup(
    pre: ArrayLike,
    post: ArrayLike,
    w: ArrayLike,
    rules: str | Rule | Sequence[str | Rule],
    convention: Convention,
    t_epoch: int,
    delay: ArrayLike,
    tag: ArrayLike,
    reward: ArrayLike,
) -> LearningSetup:
    """Check what `learn` is given; `z` holds weights, delays and tags at the start."""
    convention = check_convention(convention)
    spikes = []
    for name, raster in (("pre", pre), ("post", post)):
        checked = whole_array(name, raster, 0, 1)
        if checked.ndim != 2:
            raise ValueError(f"{name} must have shape (steps, n_{name}), got {checked.shape}")
        spikes.append(np.ascontiguousarray(checked, np.uint8))
    steps = len(spikes[0])
    if len(spikes[1]) != steps:
        raise ValueError(f"post must have as many steps as pre, {steps}, got {len(spikes[1])}")
    shape = spikes[1].shape[1], spikes[0].shape[1]
    epochs = steps // check_epoch(t_epoch)
    parsed = parsed_rules(rules)
    arrays = term_arrays(parsed, convention)
    kept = epochs * (3 + len(arrays.target)) * shape[0] * shape[1]
    if kept > _MOST:
        raise ValueError(f"epochs times synapses must leave at most {_MOST:g} numbers to keep, got {kept:g}")
    z = np.empty((3, *shape))
    start = finite_array("w", w, (0, 2), f"() or {shape}")
    for k, (name, values) in enumerate((
        ("w", start),
        ("delay", whole_array("delay", delay, 0, convention.delay_max)),
        ("tag", whole_array("tag", tag, -(1 << TAG_BITS), (1 << TAG_BITS) - 1)),
    )):
        if values.shape not in ((), shape):
            raise ValueError(f"{name} must be a number or have shape {shape}, got {values.shape}")
        z[k] = values
    r = whole_reward(reward, steps)
    return LearningSetup(spikes[0], spikes[1], z, arrays, learned_targets(parsed), t_epoch, r)


def learned_targets(rules: Sequence[Rule]) -> np.ndarray:
    """Which of `TARGETS` some rule changes, bool of shape (3,)."""
    return np.array([any(rule.target == target for rule in rules) for target in TARGETS])


def engine_bounds(synapse: Synapse, convention: Convention) -> tuple[np.ndarray, np.ndarray]:
    """Ends of weight, delay and tag, shape (3, 2), and of what they are multiples.

    Examples
    --------
    >>> from snnlab.loihi import BRIAN2_LOIHI
    >>> limits, grid = engine_bounds(Synapse(bits=6, sign_mode=EXCITATORY), BRIAN2_LOIHI)
    >>> limits.tolist(), grid.tolist()
    ([[0, 252], [0, 62], [-256, 255]], [4, 1, 1])
    """
    if not isinstance(synapse, Synapse):
        raise TypeError(f"synapse must be a Synapse, got {synapse!r}")
    step, low, high = weight_limits(synapse.bits, synapse.sign_mode)
    if synapse.sign_mode == SPLIT:
        raise ValueError("sign_mode must not be SPLIT where weights learn: none can move to the other group")
    if not convention.learned_on_grid:
        step = 1
        low, high = {EXCITATORY: (0, 255), INHIBITORY: (-255, 0)}.get(synapse.sign_mode, (-256, 255))
    limits = np.array([
        [low, high],
        [0, convention.delay_max],
        [-(1 << TAG_BITS) - convention.lower, (1 << TAG_BITS) - 1],
    ])
    return limits, np.array([step, 1, 1])


def whole_reward(reward: ArrayLike, steps: int) -> np.ndarray:
    """The reward in each step, float64 of shape (steps,)."""
    r = whole_array("reward", reward, -REWARD_LIMIT, REWARD_LIMIT)
    if r.shape not in ((), (steps,)):
        raise ValueError(f"reward must be a number or have shape ({steps},), got {r.shape}")
    return np.broadcast_to(r, steps).astype(np.float64)


def parsed_rules(rules: str | Rule | Sequence[str | Rule]) -> list[Rule]:
    """Rules that were read, at most one for each target."""
    if not isinstance(rules, str | Rule | list | tuple):
        raise TypeError(f"rules must be a rule or a list of rules, got {type(rules).__name__}")
    several = [rules] if isinstance(rules, str | Rule) else list(rules)
    if not several:
        raise ValueError("rules must be at least one rule, got none")
    parsed = [check_rule(rule) if isinstance(rule, Rule) else parse_rule(rule) for rule in several]
    targets = [rule.target for rule in parsed]
    for target in targets:
        if targets.count(target) > 1:
            raise ValueError(
                f"rules must have one rule for each target, got {targets.count(target)} for d{target}: "
                f"write them as one sum"
            )
    return parsed
