"""Cross-validation of taught neurons: the splits are right, chance is chance, and the data sets come out."""

import numpy as np
import pytest

from snnlab.data import load_breast_cancer, load_iris
from snnlab.learning import TeacherForced, field_samples, samples_from_times
from snnlab.learning.teaching.forced_validation import f1_score, stratified_parts, validate_teacher_forced
from snnlab.learning.teaching.teacher_forced import FORCED_STDP


def rng(seed=1):
    return np.random.default_rng(seed)


def coded(table):
    return field_samples(table.values / np.linalg.norm(table.values, axis=1, keepdims=True), table.labels)


def test_the_score_is_that_of_scikit_learn():
    from sklearn.metrics import f1_score as theirs  # seconds, which other tests need not wait for

    random = rng(2)
    for n_classes in (2, 3, 7):
        labels, told = random.integers(0, n_classes, (2, 60))
        assert f1_score(labels, told) == pytest.approx(
            theirs(labels, told, average="macro"), rel=1e-12, abs=0
        )
        silent = np.where(random.random(60) < 0.3, -1, told)
        known = theirs(labels, silent, average="macro", labels=np.unique(labels), zero_division=0)
        assert f1_score(labels, silent) == pytest.approx(known, rel=1e-12, abs=0)


def test_the_parts_are_even_in_size_and_in_every_class():
    labels = rng(3).choice([0, 0, 0, 1, 2], 103)
    part = stratified_parts(labels, 5, rng(4))
    assert np.ptp(np.bincount(part, minlength=5)) <= 1
    for k in range(3):
        assert np.ptp(np.bincount(part[labels == k], minlength=5)) <= 1
    assert (part != stratified_parts(labels, 5, rng(5))).any()


def test_what_was_not_learnt_from_is_asked_and_everything_once():
    """Each sample has inputs of its own: whoever has seen it would know it, and who has not cannot."""
    times = np.full((4, 8), np.inf)
    for k in range(4):
        times[k, 2 * k : 2 * k + 2] = 0.0, 0.2  # no two samples share an input
    samples = samples_from_times(times, [0, 0, 1, 1], 500, 0.05)
    scores = validate_teacher_forced(samples, TeacherForced(v_th=1.2), folds=2, repeats=3, rng=rng())
    assert scores.shape == (6,)
    # inputs that were never heard have full weights for both neurons, so the first one answers
    assert (scores <= 0.34).all()


def test_iris_over_ten_splits_and_without_the_delay():
    samples = coded(load_iris())
    scores = validate_teacher_forced(samples, repeats=2, rng=rng())
    print(f"Iris: F1 {scores.mean():.3f} ± {scores.std():.3f}")
    assert scores.shape == (10,) and scores.mean() >= 0.92
    without = validate_teacher_forced(samples, TeacherForced(delay=0.0), rng=rng())
    assert without.max() < 1 / 6  # one answer for all has an F1 of 1/6


def test_a_longer_pause_undoes_learning_unless_only_the_forced_neuron_fires():
    """The trace of the spike before makes up for what a neuron learns from its own late spikes."""
    iris = load_iris()
    shape = iris.values / np.linalg.norm(iris.values, axis=1, keepdims=True)
    apart = field_samples(shape, iris.labels, pause=50.0 - 2.82)
    weak = validate_teacher_forced(apart, rng=rng())
    strong = validate_teacher_forced(apart, TeacherForced(inhibition=50.0), rng=rng())
    assert weak.max() < 0.3 and strong.min() > 0.9


def test_a_trace_that_lasts_twice_as_long_bridges_twice_the_pause():
    """And one that lasts half as long does not bridge the pause that was bridged; nothing else differs.

    Mean F1 of ten seeds: 0.95 ± 0.01 and 0.17 ± 0.04, where a single part of fifty gets 0.65.
    """
    iris = load_iris()
    shape = iris.values / np.linalg.norm(iris.values, axis=1, keepdims=True)
    apart = field_samples(shape, iris.labels, pause=50.0 - 2.82)
    tau = FORCED_STDP.tau_minus
    twice, half = (FORCED_STDP._replace(tau_minus=tau * factor) for factor in (2.0, 0.5))
    for seed in range(10):
        longer = validate_teacher_forced(apart, rule=twice, rng=rng(seed))
        shorter = validate_teacher_forced(coded(iris), rule=half, rng=rng(seed))
        assert longer.mean() > 0.9 and shorter.mean() < 0.35, seed


@pytest.mark.slow
def test_breast_cancer_with_the_threshold_in_proportion_and_a_quarter_higher():
    data, more = load_breast_cancer(), 30 / 4
    samples, same = coded(data), f1_score(data.labels, np.ones_like(data.labels))
    scores = []
    for times in (1.0, 1.25):
        net = TeacherForced(v_th=8.0 * more * times, inhibition=5.0 * more)
        scores.append(validate_teacher_forced(samples, net, repeats=2, rng=rng()))
        print(f"breast cancer, v_th {net.v_th:g}: F1 {scores[-1].mean():.3f} ± {scores[-1].std():.3f}")
    assert scores[1].min() > 2 * same and scores[1].mean() > scores[0].mean()


TWO = samples_from_times(np.zeros((4, 2)), [0, 0, 1, 1], 500, 0.05)


def test_scores_of_unequal_lists_are_refused():
    for labels, told in (([0, 1], [0]), ([], []), ([[0]], [[0]])):
        with pytest.raises(ValueError, match="told must have one class for each of the labels"):
            f1_score(labels, told)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"samples": [1]}, "samples must be Samples, got list"),
        ({"folds": 3}, r"folds must be at most the samples of the rarest class \(2\), got 3"),
        ({"folds": 1}, "folds must be at least 2, got 1"),
        ({"repeats": 0}, "repeats must be at least 1, got 0"),
        ({"epochs": 0}, "epochs must be at least 1, got 0"),
        ({"rng": 3}, "rng must be a numpy.random.Generator"),
    ],
)
def test_bad_arguments_are_named(arguments, message):
    given = {"samples": TWO, "folds": 2, "rng": rng()} | arguments
    with pytest.raises((ValueError, TypeError), match=message):
        validate_teacher_forced(given.pop("samples"), **given)
