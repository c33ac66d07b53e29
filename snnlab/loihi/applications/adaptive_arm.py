r"""An arm that learns on the chip what it carries: PES in a loop with the world.

A motor turns an arm to an angle $\theta$ that swings, $\theta_d = 60° \sin(2\pi t / 4\,\mathrm{s})$. A load
that nobody has told it of pulls the arm down, and a controller on the host pulls it back where it is wrong:

$$ \ddot\theta = m + k_p(\theta_d - \theta) + k_d(\dot\theta_d - \dot\theta) + \ddot\theta_d - L \sin\theta $$

with $k_p$ = 20 and $k_d$ = 9. Left alone, it hangs too low by about $L \sin\theta / k_p$. So a population on
the chip learns the torque $m$, by moment of inertia. In each step the host writes the angle into the biases
of its compartments, every other one of which fires more for a larger angle and the rest for a smaller one,
each from an angle of its own on. Two compartments without a leak and with a soft reset take their spikes
through weights that start at 0, one for each sign of the torque; what one of them has more than the other,
the host gives to the motor, smoothed over 50 ms. The error that it sends back is what the controller had to
add,

$$ \epsilon = \mathrm{r}\big(-5\,(k_p(\theta_d - \theta) + k_d(\dot\theta_d - \dot\theta))\big), $$

cut at ±127 before it is rounded: the chip's torque was too low by $-\epsilon/5$. Weights learn in
nengo-loihi's integers, see `snnlab.loihi.plasticity.pes`; the soft reset and biases written in each step are
ours. When the controller has nothing left to add, learning ends.

Source: T. DeWolf, T. C. Stewart, J.-J. Slotine and C. Eliasmith (2016), Proceedings of the Royal Society B
283:20162134, on learning from the controller's own signal.
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.checks import as_real
from snnlab.compiling import kernel
from snnlab.loihi.conventions import NENGO_LOIHI
from snnlab.loihi.fixed_point import whole_within
from snnlab.loihi.neuron.compartments import Compartment, advance_in_place, registers
from snnlab.loihi.plasticity.pes import FRACTION_BITS, TOO_LONG, bring, fade_all, learn_all
from snnlab.random import seed_from, uniform
from snnlab.records import blank, read

__all__ = ["AdaptiveArm", "ArmChip", "adaptive_arm", "arm_chip", "run_arm"]

MOST, STEPS, POINTS = 64, 20_000, 400  # compartments, length of a run, points of the record
DT = 0.001  # seconds of a step
SWING, PERIOD = math.pi / 3.0, 4.0  # rad, s
K_P, K_D = 20.0, 9.0
SMOOTH, UNIT, SCALE = 0.05, 40.0, 5.0  # s, torque of one spike in each step, what an error is multiplied with
CELL = Compartment(decay_u=4095, decay_v=204, v_th=1000, refractory=2, v_min=0)
OUTPUT = Compartment(decay_u=4095, decay_v=0, v_th=400, v_min=0, soft_reset=True)
RHEOBASE = 1000 * 64 * 205 / 4096  # the bias above which a compartment fires
GRID, HIGHEST, POWER = 2, 254, 6  # mantissas of 8 bits with a sign
KEPT = math.exp(-2.0 / 10.0)  # of a trace in two steps
TUNING, TRACES, WEIGHTS = np.uint64(1 << 40), np.uint64(1 << 41), np.uint64(1 << 42)  # random numbers


class AdaptiveArm(NamedTuple):
    """How well the arm follows, and what was learned, at 400 moments of 20 s.

    Examples
    --------
    >>> seen = adaptive_arm(0.0, 0.0, rng=np.random.default_rng(1))
    >>> bool((seen.torque == 0).all()), f"{seen.late:.2f}"
    (True, '0.02')
    """

    time: np.ndarray
    """s."""
    wanted: np.ndarray
    """The angle that is wanted, degrees."""
    angle: np.ndarray
    """The angle of the arm, degrees."""
    needed: np.ndarray
    """The torque by moment of inertia that the load needs, 1/s²."""
    torque: np.ndarray
    """That which the chip gives."""
    early: float
    """Root of the mean square of the error of the angle in the first 4 s, degrees."""
    late: float
    """In the last 4 s."""
    weight: float
    """The mean size of a weight in the end."""


class ArmChip(NamedTuple):
    """What the kernel works in; int32 but for random numbers, `tuning`, `unit`. Outputs come last.

    Examples
    --------
    >>> arm_chip().w.shape
    (2, 64)
    """

    numbers: np.ndarray
    """Registers of the population and of the outputs, shape (2, 7)."""
    q: np.ndarray
    """What arrives at each compartment; from here to `b` of shape (MOST + 2,)."""
    u: np.ndarray
    """Its current."""
    v: np.ndarray
    """Its voltage."""
    wait: np.ndarray
    """For how many steps its voltage still stays."""
    fired: np.ndarray
    """Whether it fired in the step before."""
    b: np.ndarray
    """Its bias."""
    w: np.ndarray
    """Mantissas, shape (2, MOST)."""
    x: np.ndarray
    """Traces."""
    noted: np.ndarray
    """Who fired in the last two steps."""
    error: np.ndarray
    """What the host sends, shape (1,)."""
    x_random: np.ndarray
    """Random numbers for the traces."""
    w_random: np.ndarray
    """Random numbers for the weights, shape (MOST, 2)."""
    tuning: np.ndarray
    """Direction, first angle and steepness of each compartment, float of shape (3, MOST)."""
    unit: np.ndarray
    """Torque of one spike in each step, float of shape (1,)."""


def adaptive_arm(
    load: float,
    magnitude: float = 4.0,
    n: int = 40,
    *,
    unit: float = UNIT,
    rng: np.random.Generator | np.uint64,
) -> AdaptiveArm:
    """Let a population of the chip learn the torque that an arm with an unknown load needs.

    Parameters
    ----------
    load : float
        L, in units of angular acceleration, 1/s², 0 to 20.
    magnitude : float
        What a spike adds to a trace, the rate of learning, 0 to below 128; 0 learns nothing.
    n : int
        Compartments of the population, 1 to 64.
    unit : float
        The torque if an output fires in each step, by moment of inertia, 1/s², 0 to 1000.
    rng
        Where the population and the roundings come from, or a seed, as for `snnlab.random.seed_from`.

    Examples
    --------
    >>> seen = adaptive_arm(10.0, rng=np.random.default_rng(1))
    >>> print(f"{seen.early:.1f} degrees in the first 4 s, {seen.late:.1f} in the last")
    9.7 degrees in the first 4 s, 1.4 in the last
    """
    load, magnitude = as_real("load", load), as_real("magnitude", magnitude)
    if not 0.0 <= load <= 20.0:
        raise ValueError(f"load must be from 0 to 20, got {load:g}")
    if not 0.0 <= magnitude < 128.0:
        raise ValueError(f"magnitude must be from 0 to below 128, got {magnitude:g}")
    n, unit = whole_within("n", n, 1, MOST), as_real("unit", unit)
    if not 0.0 <= unit <= 1000.0:
        raise ValueError(f"unit must be from 0 to 1000, got {unit:g}")
    seen = recorded()
    run_arm(seen, arm_chip(unit), load, magnitude, float(n), seed_from(rng))
    return read(seen)


def recorded() -> AdaptiveArm:
    """A blank record."""
    return blank(AdaptiveArm, **dict.fromkeys(("time", "wanted", "angle", "needed", "torque"), POINTS))


def arm_chip(unit: float = UNIT) -> ArmChip:
    """The chip before the first step."""
    numbers = np.array([registers(cell, NENGO_LOIHI) for cell in (CELL, OUTPUT)], np.int32)
    q, u, v, wait, fired, b = (np.zeros(MOST + 2, np.int32) for _ in range(6))
    return ArmChip(
        numbers, q, u, v, wait, fired, b,
        np.zeros((2, MOST), np.int32), np.zeros(MOST, np.int32), np.zeros(MOST, np.int32),
        np.zeros(1, np.int32), np.zeros(MOST), np.zeros((MOST, 2)), np.zeros((3, MOST)),
        np.full(1, unit),
    )  # fmt: skip


@kernel
def run_arm(seen, chip, load, magnitude, n, seed):
    """All steps: the world, the host, the chip."""
    n, impulse, every = int(n), int(128 * magnitude) / 128, STEPS // seen.time.size
    _tune(chip.tuning, seed)
    angle, speed, torque = 0.0, SWING * 2.0 * math.pi / PERIOD, 0.0
    for t in range(STEPS):
        wanted, wanted_speed, wanted_push = swing(t * DT)
        correction = K_P * (wanted - angle) + K_D * (wanted_speed - speed)
        _encode(chip, angle / SWING, n)
        ahead = chip_step(t, chip, n, -SCALE * correction, impulse, seed)
        torque += DT / SMOOTH * (chip.unit[0] * ahead - torque)
        if t % every == 0:
            k, degrees = t // every, 180.0 / math.pi
            seen.time[k], seen.wanted[k], seen.angle[k] = t * DT, degrees * wanted, degrees * angle
            seen.needed[k], seen.torque[k] = load * math.sin(angle), torque
        off = (wanted - angle) * 180.0 / math.pi
        if t * DT < PERIOD:
            seen.early[0] += off * off * DT / PERIOD
        if (STEPS - t) * DT <= PERIOD:
            seen.late[0] += off * off * DT / PERIOD
        speed += DT * (torque + correction + wanted_push - load * math.sin(angle))
        angle += DT * speed
    seen.early[0], seen.late[0] = math.sqrt(seen.early[0]), math.sqrt(seen.late[0])
    for i in range(2):
        for j in range(n):
            seen.weight[0] += abs(chip.w[i, j]) / (2.0 * n)


@kernel
def swing(time):
    """The angle that is wanted, its speed and its acceleration."""
    omega = 2.0 * math.pi / PERIOD
    angle = SWING * math.sin(omega * time)
    return angle, SWING * omega * math.cos(omega * time), -omega * omega * angle


@kernel
def _tune(tuning, seed):
    """Direction, first angle and steepness of each compartment, drawn by chance."""
    for j in range(tuning.shape[1]):
        tuning[0, j] = 1.0 if j % 2 == 0 else -1.0
        tuning[1, j] = 1.8 * uniform(seed, TUNING, np.uint64(2 * j)) - 0.9
        tuning[2, j] = 0.5 + 1.5 * uniform(seed, TUNING, np.uint64(2 * j + 1))


@kernel
def _encode(chip, x, n):
    """The angle, of its range, as biases: the rheobase at the first angle, and more behind it.

    A bias of the chip is a mantissa of 12 bits, below 4096, times a power of two: the lowest bits are lost.
    """
    way, first, steep = chip.tuning
    for j in range(n):
        drive = 1.0 + steep[j] * (way[j] * x - first[j]) / (1.0 - first[j])
        bias, e = int(RHEOBASE * min(max(drive, 0.0), 8.0)), 0
        while bias >= 4096 << e:
            e += 1
        chip.b[j] = (bias >> e) << e


@kernel
def chip_step(t, chip, n, error, impulse, seed):
    """A step of the chip, its learning behind its spikes; 1, 0 or −1 spikes of the outputs."""
    error = min(max(error, -127.0), 127.0)
    chip.error[0] = np.int32(math.floor(error + 0.5))
    w, x, noted, pre = chip.w[:, :n], chip.x[:n], chip.noted[:n], chip.fired[:n]
    last = len(chip.fired) - 2
    bring(chip.q[last:], w, pre, POWER, 1 << 21)
    for j in range(n):
        noted[j] |= pre[j]
    _advance(chip, 0, n, 0)
    _advance(chip, last, last + 2, 1)
    if t % 2 == 1:
        for j in range(n):
            chip.x_random[j] = uniform(seed, TRACES + np.uint64(j), np.uint64(t))
        fade_all(x, noted, KEPT, impulse, chip.x_random)
    if t % 4 == 3:
        for j in range(n):
            for i in range(2):
                chip.w_random[j, i] = uniform(seed, WEIGHTS + np.uint64(2 * j + i), np.uint64(t))
        learn_all(w, x, chip.error, 1, FRACTION_BITS - 7 - TOO_LONG, GRID, HIGHEST, chip.w_random)
    return chip.fired[last] - chip.fired[last + 1]


@kernel
def _advance(chip, first, end, kind):
    """One step of the compartments from `first` on, before `end`."""
    r, own = chip.numbers[kind], slice(first, end)
    advance_in_place(
        chip.q[own], chip.u[own], chip.v[own], chip.wait[own], chip.fired[own], chip.b[own],
        r[0], r[1], r[2], r[3], r[4], r[5], r[6],
    )  # fmt: skip
