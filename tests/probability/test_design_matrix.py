import tracemalloc

import numpy as np
import pytest

from snnlab import Spikes, work_and_memory
from snnlab.probability.bases import raised_cosines
from snnlab.probability.design_matrix import design_matrix, filter_of, filtered
from snnlab.probability.glm_fit import filter_errors, fit_glm


def test_filtering_is_a_convolution_with_what_came_before():
    rng = np.random.default_rng(1)
    signal, basis = rng.normal(size=60) * (rng.random(60) < 0.5), rng.normal(size=(9, 3))
    expected = [np.convolve(signal, column)[:60] for column in basis.T]
    assert filtered(signal, basis) == pytest.approx(np.transpose(expected), rel=1e-12, abs=1e-12)


def test_a_filter_longer_than_the_signal_is_cut():
    assert filtered([1.0, 0.0], np.ones((5, 1))).ravel().tolist() == [1.0, 1.0]


@pytest.fixture
def three():
    rng = np.random.default_rng(2)
    return Spikes.from_raster(rng.random((200, 3)) < 0.2, dt=2.0)


@pytest.mark.equation("coin-with-memory")
def test_the_parts_stand_side_by_side_and_weights_make_filters(three):
    stimulus = np.random.default_rng(3).normal(size=200)
    bases = raised_cosines(3, 0, 20, dt=2.0), np.eye(4), raised_cosines(2, 2, 10, dt=2.0)
    design = design_matrix(three, 2.0, stimulus, *bases, unit=1)
    assert list(design.parts) == ["stimulus", "self", "unit 0", "unit 2"]
    assert [part.stop - part.start for part in design.parts.values()] == [3, 4, 2, 2]
    counts = three.counts(2.0)
    assert (design.y == counts[:, 1]).all() and design.dt == 2.0
    weights = np.random.default_rng(4).normal(size=11)
    u = np.convolve(stimulus, filter_of(bases[0], weights[design.parts["stimulus"]]))[:200]
    for part, unit, basis in (("self", 1, bases[1]), ("unit 0", 0, bases[2]), ("unit 2", 2, bases[2])):
        heard = np.convolve(counts[:, unit], filter_of(basis, weights[design.parts[part]]))
        u += np.r_[0.0, heard[:199]]
    assert design.x @ weights == pytest.approx(u, rel=1e-12, abs=1e-12)


def test_no_bin_explains_itself_or_is_explained_by_what_comes_later(three):
    basis = np.ones((5, 1))
    before = design_matrix(three, 2.0, self_basis=basis, coupling_basis=basis).x
    early = three.between(0.0, 200.0)  # the first half alone
    assert (design_matrix(early, 2.0, self_basis=basis, coupling_basis=basis).x == before[:100]).all()
    silent = three.counts(2.0).cumsum(axis=0).max(axis=1) == 0
    assert not before[: silent.sum() + 1].any()


def test_the_stimulus_of_the_same_bin_is_heard_without_a_basis(three):
    stimulus = np.arange(200.0)
    assert (design_matrix(three, 2.0, stimulus).x[:, 0] == stimulus).all()
    assert design_matrix(three, 2.0).x.shape == (200, 0)


def test_several_signals_have_a_filter_each(three):
    signals, basis = np.random.default_rng(5).normal(size=(200, 3)), raised_cosines(2, 0, 10, dt=2.0)
    design = design_matrix(three, 2.0, signals, basis, self_basis=np.eye(2))
    assert design.parts == {"stimulus": slice(0, 6), "self": slice(6, 8)}
    for k in range(3):
        alone = design_matrix(three, 2.0, signals[:, k], basis)
        assert (design.x[:, 2 * k : 2 * k + 2] == alone.x).all()


def test_a_bump_of_the_past_peaks_one_bin_later_than_it_says():
    spikes, basis = Spikes([4.5], duration=60), raised_cosines(3, 2, 10)
    assert (design_matrix(spikes, 1.0, self_basis=basis).x.argmax(axis=0) - 4).tolist() == [3, 6, 11]
    assert basis.argmax(axis=0).tolist() == [2, 5, 10]


def test_nothing_is_heard_across_the_border_of_two_trials(three):
    stimulus, basis = np.random.default_rng(6).normal(size=200), np.ones((5, 1))
    bases = {"stimulus_basis": basis, "self_basis": basis, "coupling_basis": basis, "unit": 2}
    trials = [three.between(0.0, 120.0), three.between(120.0, 200.0), three.between(280.0, 400.0)]
    heard = [stimulus[:60], stimulus[60:100], stimulus[140:]]
    joined = design_matrix(trials, 2.0, heard, **bases)
    alone = [design_matrix(trial, 2.0, s, **bases) for trial, s in zip(trials, heard, strict=True)]
    assert joined.starts.tolist() == [0, 60, 100]
    assert (joined.x == np.vstack([one.x for one in alone])).all()
    assert (joined.y == np.concatenate([one.y for one in alone])).all()
    assert joined.parts == alone[0].parts
    uncut = design_matrix(three, 2.0, stimulus, **bases)
    assert uncut.starts.tolist() == [0] and not (uncut.x[60:65] == joined.x[60:65]).all()


def sum_of_the_filter(seed: int, subtracted: bool) -> float:
    """Fitted in trials of 40 bins, cut from a recording under a stimulus of mean 3; its filter sums to 1."""
    rng = np.random.default_rng(seed)
    stimulus = np.repeat(3 + 0.5 * rng.normal(size=4000), 5)
    basis = np.repeat(np.eye(4), 5, axis=0) / 5
    u = np.convolve(stimulus - 3, basis @ [0.4, 0.3, 0.2, 0.1])[: stimulus.size] - 3
    spikes = Spikes.from_raster((rng.random(u.size) < -np.expm1(-np.exp(u)))[:, None], dt=1.0)
    given = stimulus - stimulus.mean() if subtracted else stimulus
    pieces = [(begin, begin + 40) for begin in range(20, u.size, 40) if begin + 40 <= u.size]
    design = design_matrix([spikes.between(*p) for p in pieces], 1.0, [given[a:b] for a, b in pieces], basis)
    return fit_glm(design.x, design.y, "complementary_log_log").weights.sum()


def test_a_stimulus_whose_mean_is_not_0_loses_it_first():
    """Ten seeds: 1.01 ± 0.17 with the mean subtracted, 0.18 ± 0.07 with it; before a trial it is 0."""
    right, wrong = (np.array([sum_of_the_filter(seed, way) for seed in range(10)]) for way in (True, False))
    assert abs(right.mean() - 1.0) < 2 * right.std(ddof=1) / np.sqrt(10)
    assert wrong.mean() + 3 * wrong.std(ddof=1) < right.mean() and (right - wrong).min() > 0.3


def test_a_bin_in_seconds_is_refused_before_it_takes_the_memory(monkeypatch, three):
    """400 ms in bins of 0.1 µs: 4e6 bins, each with 3 counts four times and 4 + 2 · 2 columns twice."""
    bases = {"self_basis": np.eye(4), "coupling_basis": np.eye(2)}
    monkeypatch.setattr(work_and_memory, "bytes_left", lambda: 8 * 4e6 * (4 * 3 + 2 * 8) - 1)
    sentence = "duration / dt must be what fits into .* left here and into a day, got what takes 896 MB"
    with pytest.raises(ValueError, match=sentence):
        design_matrix(three, 1e-4, **bases)
    with pytest.raises(ValueError, match=sentence):  # of trials, what all take together
        design_matrix([three.between(0.0, 200.0), three.between(200.0, 400.0)], 1e-4, **bases)
    monkeypatch.setattr(work_and_memory, "bytes_left", lambda: 8 * 4e4 * (4 * 3 + 2 * 8))
    assert len(design_matrix(three, 1e-2, **bases).x) == 40_000


def test_memory_asked_for_is_what_is_taken(three):
    """What is asked for covers the most that is held at once, and is no more than twice that."""
    bases, asked = {"self_basis": np.eye(4), "coupling_basis": np.eye(2)}, 8 * 40_000 * (4 * 3 + 2 * 8)
    design_matrix(three, 1e-1, **bases)  # compiled
    for given in (three, [three.between(0.0, 200.0), three.between(200.0, 400.0)]):
        tracemalloc.start()
        design_matrix(given, 1e-2, **bases)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert most < asked * 1.01 and asked < 2 * most


def test_cosine_and_sine_of_an_angle_give_a_tuning_and_its_error():
    """A neuron whose potential is 1.5 cos(a − 1) − 3: over a grid of angles, within four errors."""
    rng = np.random.default_rng(7)
    a = rng.uniform(0, 2 * np.pi, 20_000)
    spikes = Spikes.from_raster(
        (rng.random(a.size) < 1 / (1 + np.exp(3 - 1.5 * np.cos(a - 1))))[:, None], dt=1.0
    )
    design = design_matrix(spikes, 1.0, np.column_stack([np.cos(a), np.sin(a)]))
    fit, grid = fit_glm(design.x, design.y), np.linspace(0, 2 * np.pi, 24, endpoint=False)
    b, part = np.column_stack([np.cos(grid), np.sin(grid)]), design.parts["stimulus"]
    tuning, error = filter_of(b, fit.weights[part]), filter_errors(b, fit, part)
    assert (abs(tuning - 1.5 * np.cos(grid - 1)) < 4 * error).all() and error.max() < 0.1


def test_trials_that_do_not_belong_together_are_refused(three):
    with pytest.raises(ValueError, match="spikes must hold one trial at least, got none"):
        design_matrix([], 2.0)
    with pytest.raises(ValueError, match="stimulus must be one for each of 2 trials, got 1"):
        design_matrix([three, three], 2.0, [np.zeros(200)])
    with pytest.raises(ValueError, match=r"the same units in all trials \(give n_units\), got \[3, 2\]"):
        design_matrix([three, three[:2]], 2.0)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"unit": 3}, "unit must be from 0 to 2, got 3"),
        ({"stimulus": [1.0, 2.0]}, r"stimulus must have one value a bin \(200 of 2 ms\), got 2"),
        ({"stimulus": np.zeros((199, 2))}, r"stimulus must have one value a bin \(200 of 2 ms\), got 199"),
        ({"self_basis": np.empty((0, 2))}, "basis must have a lag and a column at least, got shape"),
        ({"self_basis": [1.0, 2.0]}, r"basis must have shape \(lags, n\), got \(2,\)"),
    ],
)
def test_refused(three, arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        design_matrix(three, 2.0, **arguments)


def test_weights_of_another_basis_are_refused():
    with pytest.raises(ValueError, match=r"weights must be as many as the basis has columns \(2\), got 3"):
        filter_of(np.eye(2), [1.0, 2.0, 3.0])
