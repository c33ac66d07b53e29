"""The dial against the functions of the theories, before anything was learnt and after some steps."""

import numpy as np
import pytest

from snnlab.learning.credit.angles import angle, layer_angles
from snnlab.learning.credit.backpropagation import backpropagate
from snnlab.learning.credit.contrastive_hebbian import contrastive_hebbian
from snnlab.learning.credit.credit_dial import (
    ARC,
    COLUMNS,
    ROWS,
    SIZES,
    THEORIES,
    credit_dial,
    dial_task,
    first_feedback,
    given,
    recorded,
    room,
)
from snnlab.learning.credit.dendritic_error import dendritic_error, self_predicting
from snnlab.learning.credit.dial_kernel import DialNumbers, run_dial
from snnlab.learning.credit.equilibrium_propagation import equilibrium_propagation
from snnlab.learning.credit.feedback_alignment import direct_feedback_alignment, feedback_alignment
from snnlab.learning.credit.feedback_settling import settled_gradient
from snnlab.learning.credit.kolen_pollack import learnt_both_ways
from snnlab.learning.credit.predictive_coding import predictive_coding
from snnlab.learning.credit.rate_network import stepped
from snnlab.learning.credit.target_propagation import difference_target_propagation, inverses_by
from snnlab.random import normal
from snnlab.records import read

N, SEED = DialNumbers(), np.uint64(7)


def told_by(theory, network, x, target, feedback, pull, sweeps):
    """The update of a theory, by its own function."""
    match theory:
        case "predictive coding":
            how = {"variance": 1 / pull, "steps": sweeps, "rate": N.relaxing, "at_rest": None}
            return predictive_coding(network, x, target, **how).gradient
        case "equilibrium propagation":
            return equilibrium_propagation(network, x, target, beta=pull).gradient
        case "contrastive Hebbian":
            return contrastive_hebbian(network, x, target, gamma=pull).gradient
        case "direct feedback alignment":
            return direct_feedback_alignment(network, x, target, feedback).gradient
        case "target propagation":
            inverses = inverses_by(network, feedback)
            return difference_target_propagation(network, x, target, inverses, step=pull).gradient
        case "dendritic error":
            circuit = self_predicting(network, apical=N.apical)
            return dendritic_error(network, x, target, circuit, pull=pull).gradient
        case _:
            return feedback_alignment(network, x, target, feedback).gradient


def noise(samples, layer, first):
    """That of one hidden layer, counted from `first`."""
    each = [
        normal(SEED, np.uint64(layer * COLUMNS + k), np.uint64(first + n))
        for n in range(samples)
        for k in range(SIZES[layer + 1])
    ]
    return np.reshape(each, (samples, SIZES[layer + 1]))


def mirrored_once(network, feedback, step):
    """`mirrored`, with the noise of the kernel."""
    learnt = []
    for layer, b in enumerate(feedback):
        xi = noise(N.hears, layer, step * N.hears)
        u = N.noise * xi @ network.weights[layer + 1].T
        answer = u if layer == len(feedback) - 1 else np.tanh(u)
        learnt.append((1 - N.mirrored) * b + N.mirrored * xi.T @ answer / (N.hears * N.noise))
    return learnt


def inverted_once(network, feedback, x, step):
    """`inverses_learnt`, with the noise of the kernel."""
    h, learnt = backpropagate(network, x, np.zeros((len(x), SIZES[-1]))).activities, []
    for layer, v in enumerate(feedback):
        said = h[layer + 1] + N.shaken * noise(len(x), layer, step * len(x))
        u = said @ network.weights[layer + 1].T
        answer = u if layer == len(feedback) - 1 else np.tanh(u)
        guess = np.tanh(answer @ v.T)
        missed = (1 - guess**2) * (guess - said)
        learnt.append(v - N.inverted * missed.T @ answer / len(x))
    return learnt


def learnt(theory, done, pull, sweeps):
    """Network and feedback after some steps by this theory."""
    network, x, target = dial_task()
    feedback = first_feedback(network, direct=theory == "direct feedback alignment")
    for step in range(done):
        told = told_by(theory, network, x, target, feedback, pull, sweeps)
        if theory == "Kolen–Pollack":
            how = {"rate": N.rate, "decay": N.forgets}
            network, feedback = learnt_both_ways(network, feedback, told, **how)
        else:
            network = stepped(network, told, N.rate)
        if theory == "weight mirror":
            feedback = mirrored_once(network, feedback, step)
        if theory == "target propagation":
            feedback = inverted_once(network, feedback, x, step)
    return network, x, target, feedback


def stacked(matrices):
    """Matrices one above the other, of length 1 as a whole."""
    rows, size = [], np.sqrt(sum(np.sum(m**2) for m in matrices))
    for m in matrices:
        rows.extend(np.pad(row / size, (0, COLUMNS - row.size), constant_values=np.nan) for row in m)
    return np.array(rows)


@pytest.mark.parametrize("done", [0, 3])
@pytest.mark.parametrize("theory", THEORIES)
def test_a_theory_is_that_of_its_own_function(theory, done):
    pull, sweeps = 0.3, 400  # more than the dial has, so that all have come to rest
    network, x, target, feedback = learnt(theory, done, pull, sweeps)
    told = told_by(theory, network, x, target, feedback, pull, sweeps)
    exact = settled_gradient if theory == "equilibrium propagation" else backpropagate
    true = exact(network, x, target).gradient
    seen = recorded()
    turned = THEORIES.index(theory) + 1.0, pull, float(sweeps), float(done)
    run_dial(seen, *room(), *given(), *turned, N, SEED)
    seen = read(seen)
    assert seen.angle == pytest.approx(angle(told, true), rel=1e-6, abs=1e-6)
    layers = [seen.first, seen.second, seen.third]
    np.testing.assert_allclose(layers, layer_angles(told, true), rtol=1e-6, atol=1e-5)
    np.testing.assert_allclose(seen.told, stacked(told), rtol=1e-6, atol=1e-8)
    np.testing.assert_allclose(seen.gradient, stacked(true), rtol=1e-6, atol=1e-8)
    sizes = [np.sqrt(sum(np.sum(m**2) for m in each)) for each in (told, true)]
    assert seen.length == pytest.approx(sizes[0] / sizes[1], rel=1e-6, abs=0)
    assert THEORIES[seen.which] == theory and seen.told.shape == (ROWS, COLUMNS)


@pytest.mark.parametrize(
    "theory", ["predictive coding", "equilibrium propagation", "contrastive Hebbian", "dendritic error"]
)
def test_where_units_settle_it_matters_how_often(theory):
    once, often = (credit_dial(theory, pull=0.3, sweeps=sweeps).told for sweeps in (1, 50))
    assert np.nanmax(np.abs(once - often)) > 1e-3


@pytest.mark.parametrize("theory", [theory for k, theory in enumerate(THEORIES) if k not in (0, 1, 2, 8)])
def test_where_nothing_settles_it_does_not(theory):
    once, often = (credit_dial(theory, pull=0.3, sweeps=sweeps).told for sweeps in (1, 50))
    np.testing.assert_array_equal(once, often)


def test_the_bars_are_the_angles_of_all():
    seen = credit_dial(4, done=2)
    for k, theory in enumerate(THEORIES):
        one, bars = credit_dial(theory, done=2), seen.chosen if k == 3 else seen.others
        np.testing.assert_array_equal(bars[5 * k : 5 * k + 4], [0, one.angle, one.angle, 0])
        assert np.isnan((seen.others if k == 3 else seen.chosen)[5 * k : 5 * k + 5]).all()


def test_a_needle_stands_at_its_angle():
    seen = credit_dial("predictive coding", pull=1.0)
    for k, (line, degrees) in enumerate([
        (seen.whole, seen.angle),
        (seen.needle_1, seen.first),
        (seen.needle_2, seen.second),
        (seen.needle_3, seen.third),
    ]):
        own = np.flatnonzero(~np.isnan(line))
        np.testing.assert_array_equal(own, ARC + 2 * k + np.arange(2))
        tip = seen.along[own[1]] + 1j * line[own[1]]
        assert np.angle(tip, deg=True) == pytest.approx(degrees, rel=1e-9, abs=1e-9)
    np.testing.assert_allclose(np.hypot(seen.along, seen.arc)[:ARC], 1.0)


def test_bad_input_is_named():
    with pytest.raises(ValueError, match=r"theory must be one of predictive coding, .*, got 'phlogiston'"):
        credit_dial("phlogiston")
    with pytest.raises(ValueError, match="theory must be at most 9, got 10"):
        credit_dial(10)
    with pytest.raises(ValueError, match="pull must be positive and finite, got 0"):
        credit_dial(1, pull=0)
