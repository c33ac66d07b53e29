r"""Competition between synapses: what additive STDP does to a neuron with a thousand inputs.

The neuron is a leaky integrate-and-fire neuron with conductances in units of its leak,

$$ \tau_m \dot v = v_{rest} - v + g_{ex} (e_{ex} - v) + g_{in} (e_{in} - v), \qquad
\tau_{ex} \dot g_{ex} = -g_{ex}, \quad \tau_{in} \dot g_{in} = -g_{in} $$

Above $v_{th}$ it fires and $v$ becomes $v_{reset}$. A spike of excitatory input $j$ adds $g_{max} w_j$ to
$g_{ex}$, one of an inhibitory input adds `g_in` to $g_{in}$. The weights $0 \le w_j \le 1$ follow additive
pair STDP (`snnlab.learning.rules.stdp`), all to all; two spikes of both sides in one step are no pair.

Steps are those of Euler. Each input fires in a step with the probability $r\,\Delta t$.

Source: S. Song, K. D. Miller and L. F. Abbott (2000), Competitive Hebbian learning through
spike-timing-dependent synaptic plasticity, Nature Neuroscience 3, 919–926.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import (
    NonNegative,
    Positive,
    affordable,
    checked,
    non_negative,
    ordered,
    positive,
    whole,
)
from snnlab.checks_of_spikes import be_spikes
from snnlab.compiling import kernel
from snnlab.learning.trains import check_times, check_weights
from snnlab.random import seed_from, uniforms
from snnlab.spikes import Spikes

__all__ = ["Competition", "CompetitionRun", "compete", "compete_given"]

BLOCK = 256  # input spikes drawn at a time
SMALLEST = 1e-100  # of the common factor of all traces


class Competition(NamedTuple):
    """The neuron, its inhibition and its rule, with the numbers of Song, Miller and Abbott.

    Examples
    --------
    >>> Competition(a_plus=0.02).a_plus
    0.02
    """

    tau_m: Positive = 20.0
    """Membrane time constant, ms."""
    v_rest: float = -70.0
    """Resting potential, mV."""
    v_th: float = -54.0
    """Threshold, mV."""
    v_reset: float = -60.0
    """Potential after a spike, mV."""
    e_ex: float = 0.0
    """Reversal potential of excitation, mV."""
    e_in: float = -70.0
    """Reversal potential of inhibition, mV."""
    tau_ex: Positive = 5.0
    """Time constant of excitation, ms."""
    tau_in: Positive = 5.0
    """Time constant of inhibition, ms."""
    g_max: NonNegative = 0.015
    """What a synapse of weight 1 adds to the excitation, in units of the leak."""
    g_in: NonNegative = 0.05
    """What a spike of an inhibitory input adds to the inhibition, in units of the leak."""
    n_in: int = 200
    """Number of inhibitory inputs."""
    rate_in: NonNegative = 10.0
    """Their rate, Hz."""
    a_plus: NonNegative = 0.005
    """The largest potentiation of one pair."""
    alpha: NonNegative = 1.05
    """How much larger depression is than potentiation."""
    tau_plus: Positive = 20.0
    """Time constant of potentiation, ms."""
    tau_minus: Positive = 20.0
    """Time constant of depression, ms."""


class CompetitionRun(NamedTuple):
    """What a simulation returns.

    Examples
    --------
    >>> run = compete(20.0, 1000.0, n=100, rng=np.random.default_rng(1))
    >>> run.w.shape
    (100,)
    """

    w: np.ndarray
    """The weights at the end, from 0 to 1, shape (n,)."""
    spikes: Spikes
    """The spikes of the neuron."""
    history: np.ndarray
    """The weights at each of the times asked for, shape (times, n)."""


def check_competition(numbers: Competition) -> Competition:
    """`numbers` with every entry valid, and `v_reset` below `v_th`."""
    return ordered(checked("numbers", numbers, Competition), "v_reset", "below", "v_th", "mV")


def compete(
    rate: float,
    duration: float,
    numbers: Competition = Competition(),
    w: ArrayLike = 0.5,
    *,
    n: int = 1000,
    at: ArrayLike = (),
    dt: float = 0.1,
    rng: np.random.Generator,
) -> CompetitionRun:
    """Let the synapses of one neuron compete under independent Poisson inputs.

    Parameters
    ----------
    rate : float
        Rate of each excitatory input, Hz.
    duration : float
        How long, ms.
    numbers
        The neuron, its inhibition and the rule; ``a_plus=0`` keeps the weights as they are.
    w : float or array of shape (n,)
        The weights at the start, from 0 to 1.
    n : int
        Number of excitatory inputs.
    at : array of shape (times,)
        Sorted times in ms, not after `duration`, for which the weights are wanted.
    dt : float
        Length of a step, ms.
    rng
        The source of chance. One number is drawn from it.

    Returns
    -------
    CompetitionRun
        `w` (n,), `spikes` of the neuron, `history` (times, n).

    Examples
    --------
    >>> run = compete(20.0, 2000.0, rng=np.random.default_rng(1))
    >>> run.spikes.n_units, bool(run.w.min() >= 0), bool(run.w.max() <= 1)
    (1, True, True)
    """
    rate, dt, n = non_negative("rate", rate), positive("dt", dt), whole("n", n, least=1)
    if rate * dt >= 1000.0:
        raise ValueError(f"rate must be below one spike a step ({1000.0 / dt:g} Hz), got {rate:g}")
    affordable(rate / 1000.0 * non_negative("duration", duration) * n)
    return _compete(np.empty(0), rate * dt / 1000.0, duration, numbers, w, n, at, dt, rng)


def compete_given(
    inputs: Spikes,
    numbers: Competition = Competition(),
    w: ArrayLike = 0.5,
    *,
    at: ArrayLike = (),
    dt: float = 0.1,
    rng: np.random.Generator,
) -> CompetitionRun:
    """Let the synapses of one neuron compete under spikes that are given.

    Parameters
    ----------
    inputs : Spikes
        One unit an excitatory input. A spike acts in the step in which it lies.
    numbers, w, at, dt, rng
        As for `compete`; chance makes the inhibition only.

    Returns
    -------
    CompetitionRun
        `w` (n_units,), `spikes` of the neuron, `history` (times, n_units).

    Examples
    --------
    >>> volley = Spikes([10.0, 10.5, 11.0], [0, 1, 2], duration=50)
    >>> run = compete_given(volley, Competition(g_max=1.0, n_in=0), rng=np.random.default_rng(1))
    >>> run.spikes.n_spikes
    1
    """
    be_spikes("inputs", inputs)
    if inputs.n_units == 0:
        raise ValueError("inputs must have at least one unit, got 0")
    dt = positive("dt", dt)
    places = np.floor(inputs.times / dt * (1 + 1e-12)) * inputs.n_units + inputs.units
    places.sort()
    return _compete(places, 0.0, inputs.duration, numbers, w, inputs.n_units, at, dt, rng)


def _compete(
    places: np.ndarray,
    p: float,
    duration: float,
    numbers: Competition,
    w: ArrayLike,
    n: int,
    at: ArrayLike,
    dt: float,
    rng: np.random.Generator,
) -> CompetitionRun:
    """Both of the above: `places` of the input spikes are given, or drawn with the probability `p`."""
    numbers, seed = check_competition(numbers), seed_from(rng)
    duration, at = non_negative("duration", duration), check_times(at)
    if at.size and not 0.0 <= at[0] <= at[-1] <= duration:
        raise ValueError(f"at must be from 0 to duration ({duration:g} ms), got {at[0]:g} to {at[-1]:g}")
    p_in = numbers.rate_in * dt / 1000.0 if numbers.n_in else 0.0
    if p_in >= 1.0:
        raise ValueError(
            f"rate_in must be below one spike a step ({1000.0 / dt:g} Hz), got {numbers.rate_in:g}"
        )
    learnt = check_weights(np.asarray(w)[None, :] if np.ndim(w) == 1 else w, 1, n, 1.0)[0]
    affordable(duration / dt / 1000.0)
    borders = np.floor(np.append(at, duration) / dt * (1 + 1e-12)).astype(np.int64)  # whole steps only

    if p > 0.0:
        places = np.full(BLOCK, -1.0)
        draw_places(places, p, seed, 0, 0)
    calm = np.full(BLOCK if p_in > 0.0 else 0, -1.0)
    if p_in > 0.0:
        draw_places(calm, p_in, seed, 1, 0)
    state = np.array([numbers.v_reset, 0.0, 0.0, 1.0, 0.0])
    used = np.array([0, places.size, 0, calm.size])
    x, history, fired, first = np.zeros(n), np.empty((at.size, n)), [np.empty(0)], 0
    for k, border in enumerate(borders):
        while first < border:  # a second of the neuron's time at once: between two of them Ctrl-C is heard
            last = min(border, first + max(1, round(1000.0 / dt)))
            times = np.empty(last - first)
            count = run(times, learnt, x, state, places, calm, used, first, last, p, p_in, dt, numbers, seed)
            fired.append(times[:count])
            first = last
        if k < at.size:
            history[k] = learnt
    return CompetitionRun(learnt, Spikes(np.concatenate(fired), n_units=1, duration=duration), history)


@kernel
def logarithm(x):
    """The natural logarithm of a number from 2⁻⁶³ to 1, by arithmetic alone.

    It is right to four units in the last place, several numbers are computed at once, and a page does it to
    the last bit as Python does.
    """
    k = 0.0
    for s in (32.0, 16.0, 8.0, 4.0, 2.0, 1.0):
        small = x < 2.0**-s
        x *= 2.0**s if small else 1.0
        k -= s if small else 0.0
    low = x < 0.7071067811865476  # now x is from 1/2 to 1; after this line it is around 1
    x, k = (2.0 * x, k - 1.0) if low else (x, k)
    s = (x - 1.0) / (x + 1.0)
    z = s * s
    series = 1.0 / 21.0  # of artanh s = s + s³/3 + s⁵/5 + …
    for n in (19.0, 17.0, 15.0, 13.0, 11.0, 9.0, 7.0, 5.0, 3.0, 1.0):
        series = series * z + 1.0 / n
    return k * 0.6931471805599453 + 2.0 * s * series


@kernel
def draw_places(places, p, seed, stream, first):
    """The places of the next spikes of inputs that each fire with probability `p` in a step.

    Place s n + j is input j of n in step s. From one spike to the next is a geometric number, so that no
    chance is spent on inputs that stay silent. The last of `places` is where the one before ended (-1 at the
    start); random number `first` of the stream is the first one used.
    """
    place = places[places.size - 1]
    uniforms(places, seed, np.uint64(stream), np.uint64(first))
    scale = 1.0 / math.log1p(-p)
    for e in range(places.size):
        places[e] = 1.0 + np.floor(logarithm(1.0 - places[e]) * scale)
    for e in range(places.size):
        place += places[e]
        places[e] = place


@kernel
def step(v, g_ex, g_in, dt, numbers):
    """The potential after one step of Euler."""
    drive = numbers.v_rest - v + g_ex * (numbers.e_ex - v) + g_in * (numbers.e_in - v)
    return v + dt / numbers.tau_m * drive


@kernel
def run(times, w, x, state, places, calm, used, first, last, p, p_in, dt, numbers, seed):
    """Steps `first` to `last`; writes the times of the neuron's spikes and returns how many there are.

    All presynaptic traces decay alike, so `x` holds them divided by one common factor: a step costs one
    product, not a thousand.
    """
    v, g_ex, g_in, factor, y = state[0], state[1], state[2], state[3], state[4]
    coming, drawn, calming, drawn_in = used[0], used[1], used[2], used[3]  # next in each list; numbers drawn
    d_ex, d_in = math.exp(-dt / numbers.tau_ex), math.exp(-dt / numbers.tau_in)
    d_plus, d_minus = math.exp(-dt / numbers.tau_plus), math.exp(-dt / numbers.tau_minus)
    a_plus, a_minus = numbers.a_plus, numbers.a_plus * numbers.alpha
    count = 0
    for t in range(first, last):
        v = step(v, g_ex, g_in, dt, numbers)
        g_ex *= d_ex
        g_in *= d_in
        factor *= d_plus
        y *= d_minus
        fires = v > numbers.v_th
        if fires:  # sees the presynaptic spikes of earlier steps
            gain = a_plus * factor
            for j in range(w.size):
                w[j] = min(1.0, w[j] + gain * x[j])
            v = numbers.v_reset
            times[count] = (t + 1) * dt
            count += 1
        while coming < places.size and places[coming] < (t + 1) * w.size:
            pre = np.uint32(places[coming] - t * w.size)
            g_ex += numbers.g_max * w[pre]
            w[pre] = max(0.0, w[pre] - a_minus * y)  # sees the neuron's spikes of earlier steps
            x[pre] += 1.0 / factor
            coming += 1
            if coming == places.size and p > 0.0:
                draw_places(places, p, seed, 0, drawn)
                coming, drawn = 0, drawn + places.size
        while calming < calm.size and calm[calming] < (t + 1) * numbers.n_in:
            g_in += numbers.g_in
            calming += 1
            if calming == calm.size:
                draw_places(calm, p_in, seed, 1, drawn_in)
                calming, drawn_in = 0, drawn_in + calm.size
        if fires:
            y += 1.0
        if factor < SMALLEST:
            for j in range(w.size):
                x[j] *= factor
            factor = 1.0
    state[0], state[1], state[2], state[3], state[4] = v, g_ex, g_in, factor, y
    used[0], used[1], used[2], used[3] = coming, drawn, calming, drawn_in
    return count
