"""One gated neuron: its rate, the charge of a turn, the jump, and the derivatives of its step."""

import itertools
import math

import numpy as np
import pytest
from learning.gates.gated_twin import twin_gate
from scipy.integrate import quad

from snnlab.learning.gates.gated_neuron import (
    NON_LEAKY,
    THETA,
    GatedNeuron,
    advance,
    centre_of,
    check_gated_neuron,
    home,
    slopes,
    step,
    step_back,
)
from snnlab.neurons.models.quadratic import QIF, qif_rate
from snnlab.neurons.models.theta import simulate_theta

KINDS = [(NON_LEAKY, 0.5), (THETA, 2.0)]
PERIOD = {NON_LEAKY: 1.0, THETA: 2 * math.pi}


def course(i, kind, width, x=0.1, v=0.0):
    """Potentials and charges under the currents `i`."""
    found = []
    for now in i:
        v, q, _ = step(v, now, x, kind, width)
        found.append((v, q))
    return np.array(found).T


@pytest.mark.parametrize("i", [0.25, 1.0, 4.0])
def test_a_theta_neuron_fires_at_its_rate_and_a_non_leaky_one_at_its_current(i):
    """The charge in 4000 units of time, against √I/π and against I: one spike more or less, at the ends."""
    charge = course(np.full(40_000, i), THETA, 2.0)[1].sum()
    rate = float(qif_rate(i, QIF(tau_m=1.0))) / 1000.0
    assert rate == pytest.approx(math.sqrt(i) / math.pi)
    assert charge == pytest.approx(4000 * rate, abs=1.0)
    assert course(np.full(40_000, i), NON_LEAKY, 0.5)[1].sum() == pytest.approx(4000 * i, abs=1.0)


@pytest.mark.parametrize("i", [-1.0, -0.01, 0.0])
def test_below_the_rheobase_nothing_is_passed_on(i):
    for kind, width in KINDS:
        assert course(np.full(2000, i), kind, width)[1] == pytest.approx(0.0, abs=1e-15)


def test_a_theta_neuron_is_that_of_the_models():
    """Under a current that always changes; the angle is the same up to a turn, the spikes are as many."""
    i = np.random.default_rng(1).normal(0.5, 1.0, 3000)
    known = simulate_theta(i, QIF(tau_m=10.0), dt=1.0)
    v, q = course(i, THETA, 2.0)
    assert np.cos(v) == pytest.approx(np.cos(known.theta), abs=1e-9)
    assert np.sin(v) == pytest.approx(np.sin(known.theta), abs=1e-9)
    assert known.spikes.n_spikes > 20
    assert q.sum() == pytest.approx(known.spikes.n_spikes, abs=1.0)


@pytest.mark.equation("gated-step")
@pytest.mark.parametrize(("kind", "width"), KINDS)
def test_every_turn_passes_on_1_and_the_jump_nothing(kind, width):
    """From before the zone to after it, in steps of many lengths; then the potential is a turn lower."""
    period = PERIOD[kind]
    for x in (0.03, 0.1, 0.3):
        v, q = course(np.full(400, 1.5), kind, width, x)
        jumps = np.flatnonzero(np.diff(v) < 0)
        assert len(jumps) >= 4
        for first, last in itertools.pairwise(jumps):
            assert q[first + 2 : last + 2].sum() == pytest.approx(1.0, abs=1e-12)
        before = v[jumps]
        assert v[jumps + 1] + period == pytest.approx([advance(b, 1.5, x, kind) for b in before], abs=1e-12)


def test_the_jump_is_at_the_end_of_the_zone():
    assert step(0.75, 1.0, 0.5, NON_LEAKY, 0.5) == (0.25, 1.0, 1)  # it arrives at the very end, 1.25
    v, q, m = step(0.75, 0.99, 0.5, NON_LEAKY, 0.5)
    assert v == pytest.approx(1.245) and 0.99 < q < 1.0 and m == 0
    assert step(1.0, -1.0, 0.5, NON_LEAKY, 0.5) == (0.5, -0.5, 0)  # half a spike, taken back
    assert step(0.5, 5.0, 0.5, NON_LEAKY, 0.5) == (1.0, 2.5, 2)  # two turns, and half of the next spike
    assert step(0.0, -9.0, 0.5, NON_LEAKY, 0.5) == (-4.5, 0.0, 0)  # below there is no gate


def steepest(down, kind, width):
    """How much the charge differs between two pushes 1e-10 apart, where it differs most.

    A push lasts for a time of 1, then the neuron is held down for 2. Held down for longer, the charge of a
    theta neuron is ever steeper at the angle between falling back and going on, soon too steep for floats.
    """

    def charge(up):
        return course(np.r_[np.full(20, up), np.full(40, down)], kind, width, 0.05)[1].sum()

    ups = np.linspace(0.0, 20.0, 41)
    k = np.abs(np.diff([charge(up) for up in ups])).argmax()
    low, high = ups[k], ups[k + 1]
    while high - low > 1e-10:
        middle = 0.5 * (low + high)
        if abs(charge(middle) - charge(low)) > abs(charge(high) - charge(middle)):
            high = middle
        else:
            low = middle
    return abs(charge(high) - charge(low))


@pytest.mark.parametrize("down", [-1.0, -4.0])
def test_a_theta_neuron_has_no_cliff_and_a_non_leaky_one_has(down):
    """However strongly it is held down afterwards, with a gate over a third of the circle or most of it."""
    assert steepest(down, THETA, 2.0) < 1e-4
    assert steepest(down, THETA, 5.0) < 1e-4
    assert steepest(down, NON_LEAKY, 0.5) == pytest.approx(1.0, abs=1e-9)


def test_the_cliff_is_the_end_of_the_zone():
    for up, left in ((1.2499, 0.0), (1.2501, 1.0)):
        assert course([up, -1.0], NON_LEAKY, 0.5, x=1.0)[1].sum() == pytest.approx(left, abs=1e-12)


@pytest.mark.parametrize("width", [2.0, 5.0])
def test_angles_a_turn_apart_are_one(width):
    """At any angle: the same step, the same charge; held down, it comes back into the gate and takes back."""
    for theta, i in itertools.product(np.linspace(-math.pi, math.pi, 41), [-9.0, -1.0, 2.0]):
        (low, _), (high, _) = (home(x, THETA, width) for x in (theta, theta + 2 * math.pi))
        assert step(low, i, 0.3, THETA, width)[:2] == pytest.approx(step(high, i, 0.3, THETA, width)[:2])
    edge = -1.0 / math.tan(width / 4) ** 2
    assert course(np.full(4000, 0.9 * edge), THETA, width)[1].sum() == pytest.approx(0.0, abs=1e-15)
    assert course(np.full(4000, 3.0 * edge), THETA, width)[1].sum() < -1e-3
    later = -2 * math.atan(3.0)  # where it rests under −9, within the gate of the turn before
    below = quad(twin_gate, math.pi - width / 2, later + 2 * math.pi, args=(math.pi, width))[0]
    assert course(np.full(4000, -9.0), THETA, width)[1].sum() == pytest.approx(below - 1.0, abs=1e-7)


@pytest.mark.equation("gated-adjoint")
@pytest.mark.parametrize(("kind", "width"), KINDS)
def test_the_way_back_is_the_transpose_of_the_step(kind, width):
    """Against central differences of any mixture of potential and charge, inside of the zone and outside."""
    rng, h, inside, turns = np.random.default_rng(3), 1e-6, 0, set()
    c = centre_of(kind)
    for k in range(400):
        v, i, to_v, to_q = rng.uniform(c + width / 2 - PERIOD[kind], c + width / 2), *rng.normal(0.5, 1.0, 3)
        x = 0.15 if k < 300 else 1.5
        u, m = home(advance(v, i, x, kind), kind, width)
        turns.add(m)
        if abs(u - c - width / 2) < 1e-4 or abs(u - c - width / 2 + PERIOD[kind]) < 1e-4:
            continue  # the jump lies between the two
        inside += abs(u - c) < width / 2

        def said(v, i, x=x, to_v=to_v, to_q=to_q):
            new, q, _ = step(v, i, x, kind, width)
            return to_v * new + to_q * q

        by_v, by_i = step_back(to_v, to_q, v, i, x, kind, width)
        assert by_v == pytest.approx((said(v + h, i) - said(v - h, i)) / (2 * h), abs=1e-6)
        assert by_i == pytest.approx((said(v, i + h) - said(v, i - h)) / (2 * h), abs=1e-6)
    assert inside > 50
    assert turns >= ({-1, 0, 1} if kind == THETA else {0, 1, 2})


@pytest.mark.parametrize("kind", [NON_LEAKY, THETA])
def test_slopes_of_the_step(kind):
    for v, i, x in [(0.3, 1.0, 0.1), (2.8, -0.7, 0.2), (-1.0, 3.0, 0.05)]:
        h = 1e-6
        by_v, by_i = slopes(v, i, x, kind)
        assert by_v == pytest.approx(
            (advance(v + h, i, x, kind) - advance(v - h, i, x, kind)) / (2 * h), abs=1e-8
        )
        assert by_i == pytest.approx(
            (advance(v, i + h, x, kind) - advance(v, i - h, x, kind)) / (2 * h), abs=1e-8
        )


def test_what_is_no_neuron():
    with pytest.raises(ValueError, match=r"width must be below a full turn \(1\), got 1"):
        check_gated_neuron(GatedNeuron(width=1.0))
    with pytest.raises(ValueError, match=r"kind must be NON_LEAKY \(0\) or THETA \(1\), got 2"):
        check_gated_neuron(GatedNeuron(kind=2))
    with pytest.raises(TypeError, match="neuron must be a GatedNeuron"):
        check_gated_neuron(0.5)
    assert check_gated_neuron(GatedNeuron(kind=THETA, width=6.0)).centre == pytest.approx(math.pi)
