"""What a layer learns, how it is asked, stopped and compared; the figures that are promised."""

import numpy as np
import pytest

from snnlab.data import load_mnist_5k
from snnlab.learning import (
    ClusterNet,
    Clusters,
    classify_responses,
    cluster_responses,
    initial_clusters,
    k_means,
    label_clusters,
    learn_clusters,
    nearest_centres,
)
from snnlab.learning.competition.clustering import responses_and_tries

NET = ClusterNet(total=10.0, rate=200.0, show=100.0, pause=50.0)


@pytest.fixture(scope="module")
def bars():
    """Bars of 10 of 40 pixels at four places."""
    return np.repeat(np.eye(4), 10, axis=1)


def start(n=6, seed=1):
    return initial_clusters(n, 40, NET, rng=np.random.default_rng(seed))


def test_it_starts_even_and_normalised():
    w = start(50).w
    np.testing.assert_allclose(w.sum(axis=1), NET.total, rtol=1e-12)
    assert w.min() > 0.0 and w.max() < 1.0
    assert abs(np.corrcoef(w)[np.triu_indices(50, 1)].mean()) < 4.5 / np.sqrt(40 * 50 * 49 / 2)


@pytest.mark.equation("cluster-total")
def test_the_sum_of_the_weights_stays_and_the_start_is_not_touched(bars):
    first = start()
    before = first.w.copy()
    learnt = learn_clusters(first, bars, NET, shown=8, rng=np.random.default_rng(1), progress=False)
    np.testing.assert_allclose(learnt.clusters.w.sum(axis=1), NET.total, rtol=1e-12)
    assert np.array_equal(first.w, before) and not np.array_equal(learnt.clusters.w, before)
    assert learnt.counts.shape == (8, 6) and learnt.finished


def test_ctrl_c_and_stop_keep_what_was_learnt(bars):
    five = learn_clusters(start(), bars, NET, shown=5, rng=np.random.default_rng(1), progress=False)

    def pressed(done, clusters):
        if done == 5:
            raise KeyboardInterrupt
        return False

    for stop in (pressed, lambda done, clusters: done == 5):
        run = learn_clusters(
            start(), bars, NET, shown=50, rng=np.random.default_rng(1), stop=stop, progress=False
        )
        assert not run.finished and np.array_equal(run.counts, five.counts)
        assert np.array_equal(run.clusters.w, five.clusters.w)
        assert np.array_equal(run.clusters.theta, five.clusters.theta)
    assert five.finished


def test_a_line_tells_how_far_it_is(bars, capsys):
    learn_clusters(start(), bars, NET, shown=2, rng=np.random.default_rng(1))
    text = capsys.readouterr().err
    assert "image 2 of 2 ████████████████████" in text and text.endswith("\n")
    learn_clusters(start(), bars, NET, shown=2, rng=np.random.default_rng(1), progress=False)
    assert capsys.readouterr().err == ""


def test_asking_changes_nothing_and_depends_on_no_order(bars):
    clusters = start()
    w, theta = clusters.w.copy(), clusters.theta.copy()
    twice = cluster_responses(clusters, bars[[0, 1]], NET, rng=np.random.default_rng(1))
    once = cluster_responses(clusters, bars[[0]], NET, rng=np.random.default_rng(1))
    assert np.array_equal(twice[:1], once) and once.sum() >= NET.least
    assert np.array_equal(clusters.w, w) and np.array_equal(clusters.theta, theta)


def test_a_black_image_is_given_up(bars):
    assert cluster_responses(start(), np.zeros((1, 40)), NET, rng=np.random.default_rng(1)).sum() == 0


@pytest.mark.equation("cluster-label")
def test_labels_come_from_mean_responses_and_votes_are_shared():
    """By hand: neuron 0 fires 2 on average at class 0 and 1 at class 1, although its sum is larger there."""
    responses = [[2, 0, 0], [1, 3, 0], [1, 0, 0], [1, 1, 0]]
    labels = label_clusters(responses, [0, 1, 1, 1])
    assert labels.tolist() == [0, 1, -1]
    assert classify_responses([[3, 2, 2, 2]], [0, 1, 1, 1]).tolist() == [0]
    assert classify_responses([[1, 0, 4, 9]], [0, 1, 1, -1]).tolist() == [1]


def test_bad_arguments_are_named(bars):
    rng = np.random.default_rng(1)
    with pytest.raises(ValueError, match=r"images must be from 0 to 1, got 0 to 255"):
        learn_clusters(start(), 255 * bars, NET, rng=rng)
    with pytest.raises(
        ValueError, match=r"images must be one or more of 40 pixels each, got shape \(4, 39\)"
    ):
        cluster_responses(start(), bars[:, :39], NET, rng=rng)
    with pytest.raises(ValueError, match="theta must have one value for each of 6 neurons, got 5"):
        cluster_responses(Clusters(start().w, np.zeros(5)), bars, NET, rng=rng)
    with pytest.raises(ValueError, match=r"rate must be below one spike a step \(100 Hz\), got 200"):
        learn_clusters(start(), bars, NET, dt=10.0, rng=rng)
    with pytest.raises(ValueError, match=r"total must be at most half of the inputs \(4\), got 10"):
        initial_clusters(2, 4, NET, rng=rng)
    with pytest.raises(ValueError, match="labels must be a whole number from 0 for each of 1 images"):
        label_clusters([[1, 2]], [-1])
    with pytest.raises(ValueError, match="labelled must have a class for one neuron at least, got none"):
        classify_responses([[1, 2]], [-1, -1])
    with pytest.raises(TypeError, match="rng must be a numpy"):
        learn_clusters(start(), bars, NET, rng=1)


def test_how_often_an_image_was_shown(bars):
    """Once where nobody has to answer; and as long as it can become brighter where nobody can."""
    clusters, rng = start(), np.random.default_rng(1)
    counts, tries = responses_and_tries(clusters, bars, NET._replace(least=0), rng=rng)
    assert tries.tolist() == [1] * 4
    np.testing.assert_array_equal(
        cluster_responses(clusters, bars, NET._replace(least=0), rng=np.random.default_rng(1)), counts
    )
    deaf = clusters._replace(theta=np.full(6, 1000.0))
    counts, tries = responses_and_tries(deaf, bars, NET, rng=rng)  # 200 Hz are 0.1 spikes a step
    assert tries.tolist() == [18] * 4 and not counts.any()  # 0.1 (1 + 18 / 2) is one spike a step


@pytest.mark.slow
@pytest.mark.parametrize(("classes", "n", "shown", "wanted"), [(3, 30, 1200, 0.80), (10, 100, 8000, 0.70)])
def test_digits_are_clustered(classes, n, shown, wanted, capsys):
    """The promised figures, for one seed; k-means with as many centres is printed beside it."""
    data, rng = load_mnist_5k(), np.random.default_rng(1)
    (x, y), (x_test, y_test) = (
        (images.reshape(len(images), -1)[what < classes] / data.white, what[what < classes])
        for images, what in ((data.x_train, data.y_train), (data.x_test, data.y_test))
    )
    first = initial_clusters(n, 784, rng=rng)
    clusters = learn_clusters(first, x, shown=shown, rng=rng, progress=False).clusters
    labels = label_clusters(cluster_responses(clusters, x[:1000], rng=rng), y[:1000])
    right = np.mean(classify_responses(cluster_responses(clusters, x_test, rng=rng), labels) == y_test)
    centres = k_means(x, n, rng=rng)
    names = label_clusters(np.eye(n)[nearest_centres(x, centres)], y)
    by_means = np.mean(names[nearest_centres(x_test, centres)] == y_test)
    with capsys.disabled():
        print(f"\n{classes} classes, {n} neurons: {100 * right:.1f} %, k-means {100 * by_means:.1f} %")
    assert set(labels) == set(range(classes))
    assert right >= wanted
