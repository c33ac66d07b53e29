r"""A bump of activity on a ring of neurons: where a cue puts it, and where it goes from there.

A cue excites the neurons around one direction. When it has gone, they go on exciting each other, and
inhibition keeps all others silent: the network remembers a direction by who fires. Its *population vector*

$$ z = \frac{1}{n} \sum_j n_j\, e^{i \theta_j}, \qquad \varphi = \arg z, \qquad
s = \sqrt{-2 \ln |z|} $$

in a window in which excitatory neuron $j$ fires $n_j$ of the $n$ spikes, has the direction $\varphi$ of the
bump; $s$, the circular standard deviation of the spikes, is its width.

Nothing on the ring holds the bump at its place, so it goes where chance takes it
(`snnlab.networks.experiments.drift`), and a second input, the *push*, can move it.

Source: A. Compte, N. Brunel, P. S. Goldman-Rakic and X.-J. Wang (2000), Cerebral Cortex 10, 910–923.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import NonNegative, Positive, checked, whole
from snnlab.compiling import inlined_kernel, kernel, uncounted_kernel
from snnlab.networks.brunel_network import NEURON
from snnlab.networks.cells.rows import NoRows
from snnlab.networks.experiments.ring_cells import (
    DT,
    SYNAPSES,
    RingNetwork,
    bell,
    check_ring,
    started,
    tables,
)
from snnlab.networks.experiments.ring_cells import work as room_for
from snnlab.networks.running.delivery import bring
from snnlab.networks.running.loop import advance, receive
from snnlab.networks.running.poisson_drive import drive
from snnlab.neurons.refractory import refractory_steps
from snnlab.neurons.time_grid import whole_steps
from snnlab.random import seed_from
from snnlab.records import blank, read

__all__ = ["WINDOW", "Bump", "Inputs", "Votes", "bump", "recorded", "run_bump", "votes"]

WINDOW = 50.0  # ms, in which the bump is looked for
LAST = 5  # windows at the end, from which it is said where the bump is
CLEAR = 0.5  # length of the population vector from which on there is a bump
SURE = 10.0  # times the spikes, its square is more than this by chance once in e^10 windows (Rayleigh's test)


class Inputs(NamedTuple):
    """What comes from outside besides chance: a cue, and later a push, each a Gaussian over the ring.

    Examples
    --------
    >>> Inputs(push_at=240, push=4).cue_at
    180.0
    """

    cue_at: float = 180.0
    """Where the cue is, degrees."""
    cue: NonNegative = 15.0
    """By how much it lifts the potential there in the end, mV; it comes and goes with the excitation."""
    cue_on: NonNegative = 250.0
    """When it begins, ms."""
    cue_off: NonNegative = 500.0
    """When it ends."""
    push_at: float = 240.0
    """Where the push is, degrees."""
    push: NonNegative = 0.0
    """By how much it lifts the potential there, mV."""
    push_on: NonNegative = 1000.0
    """When it begins, ms."""
    push_off: NonNegative = 1500.0
    """When it ends."""
    reach: Positive = 30.0
    """The standard deviation of both, degrees."""


class Bump(NamedTuple):
    """What the ring does.

    Examples
    --------
    >>> seen = bump(rng=np.random.default_rng(1))
    >>> len(seen.centre), len(seen.width)
    (60, 60)
    """

    times: Annotated[np.ndarray, "n_shown"]
    """When the excitatory neurons that are shown fire, ms."""
    units: Annotated[np.ndarray, "n_shown"]
    """Row of each, row 0 the largest angle: a picture has it at the top."""
    centre: np.ndarray
    """Where the bump is in each window of 50 ms, degrees; it goes on beyond 360 and below 0. NaN without."""
    width: np.ndarray
    """The circular standard deviation of the spikes in it, degrees; NaN without a bump."""
    n_shown: int
    """How many spikes are shown."""
    end: float
    """Mean of `centre` in the last 250 ms, degrees; NaN if there is no bump in all of them."""
    off: float
    """How far that is from the cue, degrees; NaN without a bump."""
    wide: float
    """Mean of `width` in the last 250 ms, degrees; NaN without a bump."""
    rate_exc: float
    """Mean rate of the excitatory neurons in the last 250 ms, Hz."""
    rate_inh: float
    """That of the inhibitory ones."""


class Votes(NamedTuple):
    """What is added up in each window, and the two inputs over the ring."""

    across: np.ndarray
    """Sum of the cosines of the directions that fire."""
    up: np.ndarray
    """Sum of their sines."""
    n_each: np.ndarray
    """Spikes of excitatory neurons, and of inhibitory ones."""
    cue_each: np.ndarray
    """What the cue adds to the current of each excitatory neuron in a step, nA."""
    push_each: np.ndarray


def bump(
    net: RingNetwork = RingNetwork(),
    inputs: Inputs = Inputs(),
    duration: float = 3000.0,
    *,
    every: int = 1,
    rng: np.random.Generator | np.uint64,
) -> Bump:
    """Show a cue to a ring of neurons, take it away, and look where their activity is.

    Parameters
    ----------
    net
        How many neurons there are, and how they are joined.
    inputs
        Place, strength and time of the cue and of the push.
    duration : float
        How long it runs, ms; a part of a window at the end is not looked at.
    every : int
        Of so many excitatory neurons one is shown.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`: of the potentials at the start, and
        of the spikes from outside. The frozen part of the weights has a seed of its own, ``net.wiring``.

    Returns
    -------
    Bump

    Examples
    --------
    With structured excitation, and with as much excitation that has none:

    >>> for structure in (90, 0):
    ...     seen = bump(RingNetwork(structure=structure), rng=np.random.default_rng(1))
    ...     print(f"{seen.rate_exc:.0f} Hz; a bump: {not np.isnan(seen.end)}")
    12 Hz; a bump: True
    1 Hz; a bump: False
    """
    net, inputs, every = check_ring(net), check_inputs(inputs), whole("every", every, 1)
    steps = whole_steps(duration, DT)
    if steps * DT < LAST * WINDOW:
        raise ValueError(f"duration must be at least {LAST * WINDOW:g} ms, got {duration:g}")
    seen = recorded(net, steps, every)
    run_bump(
        seen, room_for(net), votes(net, steps), *tables(net), net, inputs, NEURON, SYNAPSES, NoRows(), every,
        seed_from(rng),
    )  # fmt: skip
    return read(seen)


def check_inputs(inputs: Inputs) -> Inputs:
    """`inputs` with every number valid, none of which ends before it begins."""
    inputs = checked("inputs", inputs, Inputs)
    for name in ("cue", "push"):
        on, off = getattr(inputs, f"{name}_on"), getattr(inputs, f"{name}_off")
        if off < on:
            raise ValueError(f"{name}_off must be at least {name}_on ({on:g} ms), got {off:g}")
    return inputs


def recorded(net: RingNetwork, steps: int, every: int) -> Bump:
    """A blank record."""
    most = steps // (refractory_steps(NEURON.t_ref, DT) + 1) + 2  # spikes of a neuron
    shown, windows = -(-net.n_exc // every) * most, int(steps * DT / WINDOW + 1e-9)
    return blank(Bump, times=shown, units=shown, centre=windows, width=windows)


def votes(net: RingNetwork, steps: int) -> Votes:
    """Room for what is added up."""
    windows = int(steps * DT / WINDOW + 1e-9)
    across, up = np.zeros((2, windows))
    return Votes(across, up, np.zeros((windows, 2)), np.zeros(net.n_exc), np.zeros(net.n_exc))


@kernel
def _over_the_ring(each, at, strength, reach, a_step):
    """An input of this strength (mV), as what it adds to the current of each neuron in a step (nA)."""
    for i in range(each.size):
        each[i] = a_step * strength * bell(360.0 * i / each.size - at, reach)


@inlined_kernel
def _lean_on(row, each, t, on, off):
    """What an input adds in step `t`, if it is on."""
    if on <= t * DT < off:
        for i in range(len(each)):
            row[i] += each[i]


@uncounted_kernel
def _look_at(told, fired, count, b, n_exc):
    """The votes of all that fired, for window `b`."""
    if b < len(told.up):
        for k in range(count):
            j = fired[k]
            if j < n_exc:
                told.across[b] += math.cos(2.0 * math.pi * j / n_exc)
                told.up[b] += math.sin(2.0 * math.pi * j / n_exc)
            told.n_each[b, 0 if j < n_exc else 1] += 1.0


@uncounted_kernel
def _go_on(seen, told, fired, state, cells, events, drives, inputs, n_exc, steps, every):
    """All steps, one after the other."""
    rows, found = (n_exc - 1) // every, 0
    for t in range(steps):
        row = state.ring[t & (len(state.ring) - 1)]
        drive(t, state, drives)
        count = advance(t, state, cells, fired, 0)
        bring(fired, count, t, state.ring, events)
        _lean_on(row, told.cue_each, t, inputs.cue_on, inputs.cue_off)
        _lean_on(row, told.push_each, t, inputs.push_on, inputs.push_off)
        receive(t, state, cells)
        _look_at(told, fired, count, int(t * DT / WINDOW), n_exc)
        for k in range(count):
            if fired[k] < n_exc and fired[k] % every == 0:
                seen.times[found] = (t + 1) * DT
                seen.units[found] = rows - fired[k] // every
                found += 1
    seen.n_shown[0] = found


@kernel
def _decode(seen, told, cue_at):
    """Centre and width in each window: the centre that is nearest to the last one, or to the cue."""
    before = cue_at
    for b in range(seen.centre.size):
        n, long = told.n_each[b, 0], math.hypot(told.across[b], told.up[b])
        if long > CLEAR * n and long * long > SURE * n:
            at = math.degrees(math.atan2(told.up[b], told.across[b]))
            before = at + 360.0 * math.floor((before - at) / 360.0 + 0.5)
            seen.centre[b] = before
            seen.width[b] = math.degrees(math.sqrt(max(-2.0 * math.log(long / n), 0.0)))
        else:
            seen.centre[b], seen.width[b] = math.nan, math.nan


@kernel
def run_bump(
    seen, work, told, whole, numbers, at_most, net, inputs, neuron, synapses, rows, every, seed
):  # fmt: skip
    """The ring from its first step to the last, and where its bump is."""
    state, cells, events, drives = started(
        work, whole, numbers, at_most, net, neuron, synapses, rows, seed
    )  # fmt: skip
    a_step = -math.expm1(-DT / synapses.tau_e) / neuron.r_m
    _over_the_ring(told.cue_each, inputs.cue_at, inputs.cue, inputs.reach, a_step)
    _over_the_ring(told.push_each, inputs.push_at, inputs.push, inputs.reach, a_step)
    steps = int(seen.centre.size * WINDOW / DT + 0.5)
    _go_on(seen, told, work.fired, state, cells, events, drives, inputs, net.n_exc, steps, every)
    _decode(seen, told, inputs.cue_at)
    end, wide, exc, inh = 0.0, 0.0, 0.0, 0.0
    for b in range(seen.centre.size - LAST, seen.centre.size):
        end += seen.centre[b] / LAST
        wide += seen.width[b] / LAST
        exc += told.n_each[b, 0]
        inh += told.n_each[b, 1]
    seconds = LAST * WINDOW / 1000.0
    seen.end[0], seen.off[0], seen.wide[0] = end, end - inputs.cue_at, wide
    seen.rate_exc[0], seen.rate_inh[0] = exc / (net.n_exc * seconds), inh / (net.n_inh * seconds)
