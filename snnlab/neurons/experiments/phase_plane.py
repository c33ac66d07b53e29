r"""A neuron with two variables in its phase plane: where it rests, how it loses its rest, and a kick.

The state of an AdEx neuron is a point $(v, w)$ of a plane. On one line of it $v$ stands still, on another $w$
does, the *nullclines*

$$ w = i + \frac{1}{R}\big(\Delta_T\, e^{(v - v_{th})/\Delta_T} - (v - v_{rest})\big), \qquad
w = a\,(v - v_{rest}) $$

Where they cross, both do. The crossing $v_0$ farthest to the left is a place of rest while it holds against a
small push. The matrix of the slopes there has a negative trace and a positive determinant as long as

$$ e^{(v_0 - v_{th})/\Delta_T} < 1 + \min(R\,a,\ \tau_m/\tau_w) $$

If $R\,a$ is the smaller one the crossing meets another there, and both vanish (saddle-node). Else it stays,
and the state begins to turn around it, farther and farther (Hopf bifurcation). Then there may be currents
under which the neuron can rest or go on firing, as it was kicked or not.

Source: J. Touboul and R. Brette (2008), Biological Cybernetics 99, 319–334.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import as_real
from snnlab.compiling import kernel
from snnlab.neurons.models.adex import AdEx, State, begin, check_adex, run
from snnlab.records import blank, read

__all__ = ["TURNING", "PhasePlane", "phase_plane"]

DT, DURATION = 0.1, 600.0  # ms
KICK, KICK_END, LATE = 100.0, 105.0, 400.0  # ms: from when to when the kick is, and from when on it is late
V_LOW, V_HIGH, W_LOW, W_HIGH = -80.0, -40.0, -0.4, 0.9  # mV, nA: what is drawn
PLACES, EVERY = 161, 5  # places of a nullcline, steps from point to point of the path

TURNING = AdEx(
    tau_m=20.0, r_m=100.0, v_rest=-65.0, v_reset=-65.0, v_th=-50.0, delta_th=2.0, v_peak=0.0, tau_w=50.0,
    a=0.02, b=0.0,
)  # fmt: skip
"""A neuron that loses its rest by turning: $R\\,a$ is 2 and $\\tau_m/\\tau_w$ is 0.4."""


class PhasePlane(NamedTuple):
    """A neuron under a constant current and a kick; `v` has one value a step of 0.1 ms.

    Examples
    --------
    >>> calm, kicked = (phase_plane(0.42, kick) for kick in (0.0, 1.0))
    >>> calm.holds, calm.lasting, kicked.lasting
    (1, 0, 1)
    """

    v: np.ndarray
    """Membrane potential, mV."""
    along: np.ndarray
    """Potentials, mV: first 161 places from −80 to −40, then those of the state, every 0.5 ms."""
    v_line: np.ndarray
    """The second current with which v stands still at the place, nA; NaN beyond the picture and behind."""
    w_line: np.ndarray
    """That with which it stands still itself, nA; NaN likewise."""
    path: np.ndarray
    """That of the state, nA; NaN before, at a spike, and outside of the picture."""
    times: Annotated[np.ndarray, "n"]
    """Spike times, ms."""
    n: int
    """How many spikes there are."""
    rest: float
    """The crossing farthest to the left, mV; NaN if there is none."""
    holds: int
    """1 if the neuron can rest there."""
    turning: int
    """1 if it loses its rest by turning, 0 if the crossings meet."""
    lasting: int
    """1 if it fires in the last 200 ms."""
    rate: float
    """One over the last interval, Hz; 0 if it is silent in the end, NaN if it has fired only once by then."""


def phase_plane(current: float, kick: float = 0.0, neuron: AdEx = TURNING) -> PhasePlane:
    """Let a neuron rest under a constant current, kick it, and watch its state in the phase plane.

    A neuron that cannot rest under the current gets it at time 0, at `v_rest` and without a second current.

    Parameters
    ----------
    current : float
        nA, all the time.
    kick : float
        What is added from 100 to 105 ms, nA.
    neuron
        The numbers of the neuron.

    Returns
    -------
    PhasePlane

    Raises
    ------
    ValueError, TypeError
        If an argument breaks its rule, or the second current follows the potential so strongly the wrong way
        (`r_m` times `a` of −1 or less) that there is no rest.

    Examples
    --------
    >>> from snnlab.neurons import adex_rheobase
    >>> onset = adex_rheobase(TURNING)
    >>> [phase_plane(onset + more).holds for more in (-0.001, 0.001)]
    [1, 0]
    """
    neuron, current, kick = check_adex(neuron), as_real("current", current), as_real("kick", kick)
    if not neuron.r_m * neuron.a > -1.0:
        raise ValueError(f"neuron must have r_m times a above -1, got {neuron.r_m * neuron.a:g}")
    begin(neuron, None, DT)  # refuses time constants that are too short for the step
    seen = recorded()
    run_plane(seen, *buffers(seen).values(), neuron, current, kick)
    if not np.isfinite(seen.v[-1]):
        raise ValueError("current, kick and the numbers of the neuron must be smaller: v left all bounds")
    return read(seen)


def recorded() -> PhasePlane:
    """A blank record."""
    steps = round(DURATION / DT)
    lines = dict.fromkeys(("along", "v_line", "w_line", "path"), PLACES + steps // EVERY)
    return blank(PhasePlane, v=(steps, 1), times=steps, **lines)


def buffers(seen: PhasePlane) -> dict[str, np.ndarray]:
    """What the kernel works in, by name and in its order."""
    steps = len(seen.v)
    return {
        "i": np.zeros((steps, 1)), "w": np.zeros((steps, 1)),
        "units": np.zeros(steps, np.int32), "start": np.zeros((2, 1)),
    }  # fmt: skip


@kernel
def _standing(v, current, r_m, v_rest, v_th, delta_th):
    """The second current with which the potential stands still at `v`."""
    return current + (delta_th * math.exp(min((v - v_th) / delta_th, 600.0)) - (v - v_rest)) / r_m


@kernel
def _left_crossing(current, r_m, v_rest, v_th, delta_th, a):
    """The potential of the crossing farthest to the left, by halving; NaN if there is none.

    The first nullcline less the second one falls until its slope is that of the second, and rises from there.
    """
    high = v_th + delta_th * math.log1p(r_m * a)
    if _standing(high, current, r_m, v_rest, v_th, delta_th) > a * (high - v_rest):
        return math.nan
    low = min(v_rest + min(r_m * current, 0.0) / (1.0 + r_m * a), high) - 1.0
    for _ in range(60):
        middle = 0.5 * (low + high)
        if _standing(middle, current, r_m, v_rest, v_th, delta_th) > a * (middle - v_rest):
            low = middle
        else:
            high = middle
    return high


@kernel
def _inside(w):
    """`w` if it lies in the picture."""
    return w if W_LOW <= w <= W_HIGH else math.nan


@kernel
def run_plane(seen, i, w, units, start, neuron, current, kick):
    """Both nullclines, the crossing, and the state under the current and the kick."""
    tau_m, r_m, v_rest, v_reset, v_th, delta_th, v_peak, tau_w, a, b = neuron
    rest = _left_crossing(current, r_m, v_rest, v_th, delta_th, a)
    steep = math.exp(min((rest - v_th) / delta_th, 600.0)) if rest == rest else math.inf  # NaN is not itself
    holds = steep < 1.0 + min(r_m * a, tau_m / tau_w)
    start[0, 0] = rest if holds else min(v_rest, v_peak)
    start[1, 0] = a * (start[0, 0] - v_rest)
    for t in range(i.shape[0]):
        now = (t + 0.5) * DT
        i[t, 0] = current + kick if KICK < now < KICK_END else current
    state = State(start[0], start[1])
    n = run(
        i, seen.v, w, seen.times, units, state,
        tau_m, r_m, v_rest, v_reset, v_th, delta_th, v_peak, tau_w, a, b, DT,
    )  # fmt: skip
    for k in range(PLACES):
        v = V_LOW + (V_HIGH - V_LOW) * k / (PLACES - 1.0)
        seen.along[k], seen.path[k] = v, math.nan
        seen.v_line[k] = _inside(_standing(v, current, r_m, v_rest, v_th, delta_th))
        seen.w_line[k] = _inside(a * (v - v_rest))
    s = 0
    for k in range(PLACES, seen.along.size):
        t = EVERY * (k - PLACES + 1) - 1
        seen.along[k], seen.v_line[k], seen.w_line[k] = seen.v[t, 0], math.nan, math.nan
        seen.path[k] = _inside(w[t, 0]) if V_LOW <= seen.v[t, 0] <= V_HIGH else math.nan
        while s < n and seen.times[s] <= (t + 1.5) * DT:
            seen.path[k] = math.nan
            s += 1
    seen.n[0], seen.rest[0], seen.holds[0] = n, rest, holds
    seen.turning[0] = r_m * a > tau_m / tau_w
    seen.lasting[0] = n > 0 and seen.times[n - 1] > LATE
    if seen.lasting[0] > 0.0:
        seen.rate[0] = 1000.0 / (seen.times[n - 1] - seen.times[n - 2]) if n > 1 else math.nan
