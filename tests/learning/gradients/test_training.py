"""Training: it learns, it can be stopped, and what was learnt is kept."""

import numpy as np
import pytest

from snnlab.learning import (
    Adam,
    CurrentLIF,
    Penalty,
    Surrogate,
    Weights,
    adam_start,
    adam_step,
    initial_weights,
    load_weights,
    poisson_patterns,
    predict,
    save_weights,
    surrogate_gradient,
    train,
)
from snnlab.learning.gradients.training import training_epochs


def task(seed=1, samples=64):
    rng = np.random.default_rng(seed)
    patterns = poisson_patterns(samples, 40, 2, 60, rate=20.0, rng=rng)
    return patterns, initial_weights(40, 4, 2, rng=rng)


def same(a: Weights, b: Weights):
    return all(np.array_equal(x, y) for x, y in zip(a, b, strict=True) if x is not None)


def test_it_learns_random_labels_by_heart_and_the_readout_alone_does_not():
    patterns, weights = task()
    whole = train(weights, patterns, 250, adam=Adam(rate=5e-3), progress=False)
    readout = train(
        weights, patterns, 250, surrogate=Surrogate(height=0.0), adam=Adam(rate=5e-3), progress=False
    )
    assert whole.finished and whole.history.accuracy[-1] > 0.9 > 0.75 > readout.history.accuracy[-1]
    assert np.mean(predict(whole.weights, patterns) == patterns.labels) > 0.9
    assert np.array_equal(readout.weights.w_in, weights.w_in)


def test_an_epoch_is_one_step_of_adam_a_batch():
    patterns, weights = task()
    neuron, surrogate, penalty = CurrentLIF(tau_m=15.0), Surrogate(width=0.1), Penalty(total=1e-4)
    source = training_epochs(
        weights, patterns, neuron, surrogate, penalty=penalty, batch=24, rng=np.random.default_rng(5)
    )
    order, rng = np.arange(64), np.random.default_rng(5)
    state, expected = adam_start(weights), weights
    for number in (1, 2):
        epoch = next(source)
        rng.shuffle(order)
        found = []
        for first in (0, 24, 48):
            which = order[first : first + 24]
            found.append(surrogate_gradient(expected, patterns, neuron, surrogate, penalty, which))
            expected, state = adam_step(expected, found[-1].weights, state)
        assert same(epoch.weights, expected) and epoch.number == number
        assert epoch.loss == pytest.approx(np.average([f.loss for f in found], weights=[24, 24, 16]))
        assert epoch.accuracy == pytest.approx(np.average([f.accuracy for f in found], weights=[24, 24, 16]))
        assert epoch.spikes == pytest.approx(sum(f.spikes for f in found) / 64)


def test_ctrl_c_and_stop_keep_what_was_learnt():
    patterns, weights = task()
    three = train(weights, patterns, 3, progress=False)

    def pressed(epoch):
        if epoch.number == 3:
            raise KeyboardInterrupt
        return False

    for stop in (pressed, lambda epoch: epoch.number == 3):
        stopped = train(weights, patterns, 50, stop=stop, progress=False)
        assert not stopped.finished and stopped.history.loss.size == 3
        assert same(stopped.weights, three.weights)
        assert np.array_equal(stopped.history.loss, three.history.loss)
    assert three.finished and not same(three.weights, weights)


def test_test_samples_are_tried_after_each_epoch_and_a_line_tells_how_far_it_is(capsys):
    patterns, weights = task()
    held_out, _ = task(2, samples=10)
    learnt = train(weights, patterns, 2, test=held_out)
    right = np.mean(predict(learnt.weights, held_out) == held_out.labels)
    assert learnt.history.test_accuracy[-1] == right
    text = capsys.readouterr().err
    assert "epoch 2 of 2 " in text and f"accuracy {learnt.history.accuracy[-1]:.3f}" in text
    assert text.endswith("\n")
    train(weights, patterns, 1, progress=False)
    assert capsys.readouterr().err == ""


def test_no_epoch_leaves_the_weights():
    patterns, weights = task()
    learnt = train(weights, patterns, 0, progress=False)
    assert same(learnt.weights, weights) and learnt.history.loss.size == 0 and learnt.finished


def test_bad_arguments_are_named():
    patterns, weights = task()
    with pytest.raises(
        TypeError, match=r"rng must be a numpy\.random\.Generator where batch is given, got None"
    ):
        train(weights, patterns, 1, batch=8, progress=False)
    with pytest.raises(ValueError, match="batch must be at least 1, got 0"):
        training_epochs(weights, patterns, batch=0)
    with pytest.raises(ValueError, match="epochs must be at least 0, got -1"):
        train(weights, patterns, -1)


def test_weights_on_disk_come_back_and_are_never_overwritten(tmp_path):
    rng = np.random.default_rng(3)
    for name, gain, neuron in (
        ("a", 0.0, CurrentLIF(tau_s=3.0)),
        ("b", 1.0, CurrentLIF(tau_out=300.0, mean_score=True)),
    ):
        weights = initial_weights(7, 5, 3, gain_rec=gain, rng=rng)
        save_weights(tmp_path / name, weights, neuron)
        back, its_neuron = load_weights(tmp_path / name)
        assert same(weights, back) and its_neuron == neuron and back.w_in.dtype == np.float32
        assert (back.w_rec is None) == (gain == 0)
    older = {name: getattr(neuron, name) for name in ("tau_m", "tau_s", "dt")}  # without a readout of its own
    np.savez(tmp_path / "older.npz", w_in=weights.w_in, w_out=weights.w_out, **older)
    assert load_weights(tmp_path / "older.npz")[1] == CurrentLIF(**older)
    before = (tmp_path / "a").read_bytes()
    with pytest.raises(FileExistsError, match="a exists already, and is kept: choose another name"):
        save_weights(tmp_path / "a", weights)
    assert (tmp_path / "a").read_bytes() == before


def test_a_file_that_is_none_of_ours_is_refused(tmp_path):
    (tmp_path / "text.npz").write_text("nothing", encoding="utf-8")
    np.savez(tmp_path / "other.npz", a=np.ones(3))
    for name in ("text.npz", "other.npz"):
        with pytest.raises(ValueError, match="must be a file that save_weights wrote"):
            load_weights(tmp_path / name)


def test_initial_weights_have_their_spread():
    neuron = CurrentLIF(tau_out=100.0)
    weights = initial_weights(400, 300, 10, neuron, gain=3.0, gain_rec=0.5, rng=np.random.default_rng(1))
    betas = neuron.beta, np.exp(-1.0 / 100.0), neuron.beta
    for w, gain, beta in zip(weights, (3.0, 7.0, 0.5), betas, strict=True):
        spread = gain * (1 - beta) / np.sqrt(w.shape[1])
        assert w.std() == pytest.approx(spread, rel=5 / np.sqrt(2 * w.size))
        assert abs(w.mean()) < 5 * spread / np.sqrt(w.size)
