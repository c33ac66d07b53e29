"""The delayed exclusive or: what its trials are, and that no weighted sum of the input answers it."""

import numpy as np
import pytest

from snnlab import spread
from snnlab.course import load_table
from snnlab.learning.gates.delayed_xor import (
    REMEMBERER,
    XorStage,
    _between,
    delayed_xor,
    learn_delayed_xor,
    right_answers,
    xor_network,
)
from snnlab.learning.gates.gated_network import GatedWeights, initial_gated, run_gated


def trials(samples=400, longest=300.0, **more):
    return delayed_xor(samples, longest, rng=np.random.default_rng(1), **more)


def test_two_pulses_a_cue_and_then_an_answer():
    x, target, heed = trials()
    signal, cue = x[:, :, 0], x[:, :, 1]
    assert np.abs(signal).sum(axis=1) == pytest.approx(2 * 16)  # two pulses of 40 ms
    second = np.flatnonzero(np.abs(signal).min(axis=0))[-16:]  # all trials have it at the same time
    a = np.sign(signal[:, : second[0]].sum(axis=1))
    b = signal[:, second[0]]
    answers = target[:, -1, 0]
    assert np.array_equal(answers, np.where(a != b, 1.0, -1.0))
    assert np.array_equal(cue[0], cue[-1]) and np.flatnonzero(cue[0])[0] > second[-1]
    asked = np.flatnonzero(heed[0])
    assert asked[0] == np.flatnonzero(cue[0])[-1] + 1 and asked.size == 24
    assert np.array_equal(np.abs(target[:, :, 0]), heed)


def test_delays_fill_their_range():
    signal = trials().x[:, :, 0]
    second = signal.shape[1] - 16 - 16 - 16 - 24
    ends = np.array([np.flatnonzero(row[:second])[-1] + 1 for row in signal])
    delays = 2.5 * (second - ends)
    assert delays.min() >= 20.0 and delays.max() <= 300.0
    assert delays.mean() == pytest.approx(160.0, abs=4 * 280 / np.sqrt(12 * 400))


def test_neither_pulse_nor_their_sum_says_it():
    """The best linear reading of the whole input is right half of the time, on trials it was fitted to."""
    x, target, _ = trials(4000, 50.0, shortest=50.0)
    inputs = np.c_[x.reshape(len(x), -1)[:, x.reshape(len(x), -1).any(axis=0)], np.ones(len(x))]
    fitted = inputs @ np.linalg.lstsq(inputs, target[:, -1, 0], rcond=None)[0]
    assert np.abs(fitted).max() < 1e-9


def test_a_network_that_only_hears_the_pulses_guesses():
    """Untrained networks of ten seeds: about half is right."""
    found = []
    for seed in range(10):
        rng = np.random.default_rng(seed)
        network = initial_gated(2, 6, 1, rng=rng)
        found.append(right_answers(network, delayed_xor(80, 50.0, rng=rng), rng=rng).mean())
    assert 0.35 < np.mean(found) < 0.65


def test_right_is_the_sign_of_the_answer():
    """A network that always says a little, by its constant drive, is right about the half that is +1."""
    always = GatedWeights(np.zeros((1, 2)), np.zeros((1, 1)), np.array([[0.1]]), np.ones(1))
    asked = trials(8, 50.0)
    found = right_answers(always, asked, REMEMBERER, rng=np.random.default_rng(1))
    assert np.array_equal(found, asked.target[:, -1, 0] > 0)


def woken(own, drive, steps=800):
    """The mean trace in the last half second of two, after one pulse, of a group that it pushes."""
    weights = xor_network(4, own=own, drive=drive, rng=np.random.default_rng(1))
    weights = weights._replace(w_in=np.full((4, 2), 2.0))
    x = np.zeros((1, steps, 2))
    x[0, :16, 0] = 1.0
    start = np.random.default_rng(2).uniform(-1.0, 0.5, (1, 4))
    return run_gated(weights, x, REMEMBERER, v_start=start).s[0, -200:].mean()


@pytest.mark.parametrize("drive", [-0.2, -0.4])
def test_a_group_goes_on_by_itself_where_the_equation_has_a_solution(drive):
    """Half of the J that it needs is too little, twice as much enough; then its trace is the solution's.

    In steps, the trace of a spike sums to dt / (1 - kept) and not to tau_s. The equation is of neurons that
    are evenly out of step, which two need not be.
    """
    trace = REMEMBERER.dt / (1.0 - REMEMBERER.kept)
    per_root = trace / (np.pi * REMEMBERER.tau_m)  # the trace under a current of 1
    least = 2.0 * np.sqrt(-drive) / per_root
    assert woken(0.5 * least, drive) < 0.01
    root = max(np.roots([1.0, -2.0 * least * per_root, -drive]).real)
    assert woken(2.0 * least, drive) == pytest.approx(per_root * root, rel=0.03)


def test_a_group_hears_the_pulses_as_one():
    network = xor_network(8, group=4, own=2.0, rng=np.random.default_rng(1))
    assert (network.w_in[:4] == network.w_in[0]).all() and (network.w_in[4:] == network.w_in[4]).all()
    assert np.array_equal(network.w_in[4], network.w_in[0] * [-1.0, 1.0])
    assert (xor_network(16, group=4, rng=np.random.default_rng(1)).w_in[8] != network.w_in[0]).all()
    bare = xor_network(8, group=4, own=0.0, rng=np.random.default_rng(1))
    blocks = np.kron(np.eye(2), np.full((4, 4), 0.5))
    assert network.w_rec - bare.w_rec == pytest.approx(blocks, abs=1e-12)


def test_learning_goes_on_from_what_it_is_given():
    network = initial_gated(2, 5, 1, rng=np.random.default_rng(1))
    stages = [XorStage(40.0, 2, 0.01), XorStage(50.0, 1, 0.01)]
    found = learn_delayed_xor(network, stages, rng=np.random.default_rng(2))
    assert found.loss.size == 3
    moved = [not np.array_equal(a, b) for a, b in zip(found.weights, network, strict=True)]
    assert moved == [True, True, True, True]


def test_a_stage_learns_what_it_names():
    network = xor_network(4, rng=np.random.default_rng(1))
    stages = [XorStage(40.0, 2, 0.01, ("w_out", "drive"))]
    learnt = "w_out", "w_rec"
    found = learn_delayed_xor(network, stages, learnt=learnt, rng=np.random.default_rng(2)).weights
    moved = [not np.array_equal(a, b) for a, b in zip(found, network, strict=True)]
    assert moved == [False, False, True, False]


def test_without_stages_nothing_is_learnt():
    network = initial_gated(2, 5, 1, rng=np.random.default_rng(1))
    found = learn_delayed_xor(network, [], rng=np.random.default_rng(2))
    assert found.loss.size == 0
    assert all(np.array_equal(a, b) for a, b in zip(found.weights, network, strict=True))


def test_the_control_in_which_nobody_hears_anybody_stays_one():
    network = initial_gated(2, 5, 1, rng=np.random.default_rng(1), gain_rec=0.0)
    found = learn_delayed_xor(
        network, [XorStage(40.0, 3, 0.01)], learnt=("w_in", "w_out", "drive"), rng=np.random.default_rng(2)
    ).weights
    assert not found.w_rec.any() and not np.array_equal(found.w_in, network.w_in)


def test_neurons_are_shaken_between_the_pulses_and_never_else():
    """And a group that hears no pulse rests until it is shaken awake."""
    x = trials(4, 100.0).x
    between = _between(x)
    for row, signal in zip(between, x[:, :, 0], strict=True):
        first, second = np.flatnonzero(signal)[15], np.flatnonzero(signal)[16]
        assert np.flatnonzero(row).tolist() == list(range(first + 1, second))
    deaf = xor_network(4, rng=np.random.default_rng(1))._replace(w_in=np.zeros((4, 2)), w_out=np.ones((1, 4)))
    asked, rng = trials(40, 100.0), np.random.default_rng(1)
    assert not right_answers(deaf, asked, rng=rng).any()  # all rest: the answer is 0
    woken_group = right_answers(deaf, asked, shaken=5.0, rng=rng)
    assert np.array_equal(woken_group, asked.target[:, -1, 0] > 0)


def test_what_is_refused():
    with pytest.raises(ValueError, match=r"shortest must be at most longest \(10 ms\), got 20"):
        trials(4, 10.0)
    with pytest.raises(ValueError, match="samples must be at least 1, got 0"):
        trials(0)
    with pytest.raises(TypeError, match="neuron must be a GatedNeuron"):
        right_answers(
            initial_gated(2, 3, 1, rng=np.random.default_rng(1)), trials(4), 3, rng=np.random.default_rng(1)
        )
    network, rng = xor_network(4, rng=np.random.default_rng(1)), np.random.default_rng(1)
    with pytest.raises(TypeError, match="stages must hold an XorStage each, got tuple"):
        learn_delayed_xor(network, [(60.0, 2)], rng=rng)
    with pytest.raises(ValueError, match="learnt must be a tuple of names among w_in, w_rec, w_out, drive"):
        learn_delayed_xor(network, [], learnt=("w_rek",), rng=rng)
    with pytest.raises(ValueError, match="shaken must be zero or positive, and finite, got -1"):
        right_answers(network, trials(4), shaken=-1.0, rng=rng)


def test_ten_seeds():
    """At three times the longest delay of training.

    The pairs are right in all seeds, whether the gate is wide or narrow; as many weights in each other's
    places, or none, in half of the trials on average. The best of these has more, and more than chance: of
    200 trials the standard deviation is 0.035. The readout alone is enough in nine of ten.
    """
    found = load_table("gated_xor")
    right = {kind: found["right_300"][found["start"] == kind] for kind in np.unique(found["start"])}
    assert {len(each) for each in right.values()} == {10}
    assert (right["groups"] == 1.0).all() and (found["narrow"][found["start"] == "groups"] == 1.0).all()
    for control in (right["shuffled"], right["alone"]):
        assert 0.6 < control.max() < 0.7
        assert abs(spread(control - 0.5).mean) < spread(control).sd
    assert (right["readout"] == 1.0).sum() == 9 and right["readout"].min() < 0.8


def test_ten_seeds_on_which_nothing_was_chosen():
    """Half of them are right in all trials, three answer three in four; each is above the best control."""
    right = load_table("gated_xor_fresh")["right_300"]
    assert len(right) == 10 and (right == 1.0).sum() == 5 and (right == 0.75).sum() == 3
    chosen = load_table("gated_xor")
    control = chosen["right_300"][np.isin(chosen["start"], ("shuffled", "alone"))]
    assert right.min() > control.max()
