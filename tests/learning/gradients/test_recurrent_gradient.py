"""Every loss of the relaxed network against central differences, with adaptation, recurrence and delays."""

import numpy as np
import pytest
from learning.gradients.recurrent_twin import (
    LOSSES,
    OUTPUTS,
    SAMPLES,
    STEPS,
    SURROGATE,
    TRIAL,
    differences,
    furthest,
    task,
)

from snnlab.learning import samples_from_raster
from snnlab.learning.gradients.cell_kinds import adaptive_cell
from snnlab.learning.gradients.losses import AskedClasses, AskedValues, CrossEntropy, WantedSpikes
from snnlab.learning.gradients.recurrent_gradient import (
    LSNN_SURROGATE,
    RatePenalty,
    gradient_by,
    recurrent_gradient,
    run_recurrent,
)
from snnlab.learning.gradients.recurrent_network import initial_recurrent


@pytest.mark.parametrize("rates", [RatePenalty(), RatePenalty(50.0, 1e-3)], ids=["loss", "rates"])
@pytest.mark.parametrize("loss", LOSSES)
def test_the_relaxed_gradient_equals_differences_of_the_loss(loss, rates):
    x, labels, network = task()
    samples = samples_from_raster(x, labels)

    def by(network):
        return recurrent_gradient(network, samples, LOSSES[loss], SURROGATE, rates=rates, relaxed=True)

    expected = differences(lambda moved: by(moved).loss, network)
    assert expected["w_in"].any() and expected["w_rec"].all()
    assert furthest(by(network), expected) < 1e-6


def test_a_batch_is_the_mean_of_its_answers():
    """Each sample counts the same, but where steps ask: there each step that does."""
    x, labels, network = task()
    samples = samples_from_raster(x, labels)
    for name, loss in LOSSES.items():
        asked = np.ones(TRIAL)
        if name in ("classes", "values", "windows"):
            asked = loss.asked if name == "values" else loss.classes >= 0
        share = asked.sum(axis=1)[[2, 0]] / asked[[2, 0]].sum()
        assert (share[0] == 0.5) == (name not in ("classes", "values"))
        whole = recurrent_gradient(network, samples, loss, which=[2, 0])
        parts = [recurrent_gradient(network, samples, loss, which=[k]) for k in (2, 0)]
        assert whole.loss == pytest.approx(share @ [part.loss for part in parts])
        assert whole.spikes == sum(part.spikes for part in parts)
        assert whole.accuracy == pytest.approx(share @ [part.accuracy for part in parts], nan_ok=True)
        assert whole.w_in == pytest.approx(share[0] * parts[0].w_in + share[1] * parts[1].w_in)
        assert whole.w_rec == pytest.approx(share[0] * parts[0].w_rec + share[1] * parts[1].w_rec)


def test_the_accuracy_is_the_fraction_of_the_steps_that_ask():
    """Ten steps of one trial are right, one of another is wrong, and in the third nobody asks."""
    x, labels, network = task()
    samples = samples_from_raster(x, labels)
    largest = [run_recurrent(network, samples, k).y[1:].argmax(axis=1) for k in range(SAMPLES)]
    classes = np.full(TRIAL, -1)
    classes[0, 3:13] = largest[0][3:13]
    classes[1, 7] = (largest[1][7] + 1) % OUTPUTS
    found = recurrent_gradient(network, samples, AskedClasses(classes))
    assert found.accuracy == 10 / 11
    fewer = recurrent_gradient(network, samples, AskedClasses(classes), which=[0, 1])
    assert (fewer.loss, fewer.accuracy) == (found.loss, found.accuracy)
    np.testing.assert_array_equal(fewer.w_rec, found.w_rec)


def test_where_nobody_asks_nothing_pulls_but_the_penalty():
    x, labels, network = task()
    samples, rates = samples_from_raster(x, labels), RatePenalty(50.0, 1e-3)
    nothing = AskedClasses(np.full(TRIAL, -1)), AskedValues(np.zeros((*TRIAL, OUTPUTS)), np.zeros(TRIAL))
    for loss in nothing:
        silent = recurrent_gradient(network, samples, loss)
        assert silent.loss == 0 and np.isnan(silent.accuracy)
        assert not silent.w_in.any() and not silent.w_out.any() and not silent.w_rec.any()
        paid = recurrent_gradient(network, samples, loss, rates=rates)
        assert paid.loss > 0 and paid.w_in.any()


def test_labels_are_read_by_cross_entropy_alone():
    x, labels, network = task()
    strange = samples_from_raster(x, labels + 90)
    for name, loss in LOSSES.items():
        if not isinstance(loss, CrossEntropy):
            one, two = (recurrent_gradient(network, some, loss) for some in (task_samples(), strange))
            assert one.loss == two.loss, name
    assert run_recurrent(network, strange).s.any()
    with pytest.raises(ValueError, match="labels must be from 0 to 2, one for each output, got 9"):
        recurrent_gradient(network, strange)


def task_samples():
    x, labels, _ = task()
    return samples_from_raster(x, labels)


def test_a_spike_is_dated_by_the_time_step():
    x, labels, network = task()
    run = run_recurrent(network, samples_from_raster(x, labels))
    steps, units = np.nonzero(run.s)
    np.testing.assert_array_equal(run.spikes.times, 1.5 * steps)
    np.testing.assert_array_equal(run.spikes.units, units)
    assert network.dt == 1.5 and run.spikes.duration == 1.5 * STEPS


def test_the_rate_of_a_batch_is_what_is_paid_for():
    x, labels, network = task()
    samples = samples_from_raster(x, labels)
    counts = sum(run_recurrent(network, samples, k).s.sum(axis=0) for k in range(SAMPLES))
    hertz = 1000 * counts / (SAMPLES * STEPS * network.dt)
    bare, paid = (
        recurrent_gradient(network, samples, rates=RatePenalty(20.0, strength)).loss
        for strength in (0.0, 1e-3)
    )
    assert paid - bare == pytest.approx(1e-3 * np.mean((hertz - 20.0) ** 2))


def test_an_error_reaches_far_back_through_a_threshold_and_not_through_a_potential():
    """What an input 300 steps before the end says of the last potential: adaptation carries it there."""
    rng = np.random.default_rng(3)
    x = rng.random((1, 400, 20)) < 0.05
    samples, reach = samples_from_raster(x, [0]), []
    for beta_a in (1.7, 0.0):
        cell = adaptive_cell(10, tau_a=400.0, beta_a=beta_a)
        start = initial_recurrent(20, cell, 2, rng=rng)._replace(recurrent=None)
        found = recurrent_gradient(start, samples, CrossEntropy("last"), LSNN_SURROGATE, by_input=True)
        size = np.abs(found.inputs[0]).max(axis=1)
        reach.append(size[:100].max() / size.max())
    adapts, does_not = reach
    assert adapts > 1e-3 > 1e-5 > does_not


def test_bad_arguments_are_named():
    x, labels, network = task()
    samples = samples_from_raster(x, labels)
    for arguments, message in (
        ((network._replace(w_in=network.w_in[1:]), samples), "w_out must have shape"),
        ((network, samples, CrossEntropy("first")), "score must be one of largest, mean, last, got 'first'"),
        ((network, samples, AskedClasses(np.full(TRIAL, 3))), "classes must be from 0 to 2, or -1, got 3"),
        (
            (network, samples, AskedClasses(np.zeros((1, 2), int))),
            r"classes must be whole numbers of shape \(3, 25\)",
        ),
        ((network, samples, AskedClasses(np.full(TRIAL, -1), 0)), "window must be at least 1, got 0"),
        (
            (network, samples, AskedClasses(np.eye(3, 25, k=4, dtype=int) - 1, 6)),
            "classes must not be asked for before the window of 6 steps is full, in step 5, got step 4",
        ),
        (
            (network, samples, AskedValues(np.zeros((3, 25, 2)), np.ones(TRIAL))),
            r"values must have shape \(3, 25, 3\)",
        ),
        (
            (network, samples, AskedValues(np.zeros((3, 25, 3)), np.full(TRIAL, 2))),
            "asked must be 0 or 1, got 2",
        ),
        (
            (network, samples, AskedValues(np.zeros((3, 25, 3)), np.full(TRIAL, np.nan))),
            "asked must be 0 or 1, got nan",
        ),
        (
            (network, samples, AskedValues(np.zeros((3, 25, 3)), np.ones((3, 24)))),
            r"asked must have shape \(3, 25\), got \(3, 24\)",
        ),
        ((network, samples, CrossEntropy(np.array(["last", "mean"]))), "score must be one of largest"),
        (
            (network, samples_from_raster(np.zeros((0, STEPS, 4)), np.zeros(0, int))),
            "samples must be at least one, got none",
        ),
        (
            (network, samples_from_raster(np.zeros((2, 0, 4)), [0, 1])),
            "samples must have at least one step, got none",
        ),
        ((network, samples, WantedSpikes(np.zeros((3, 25, 6)), 0.0)), "tau must be positive"),
    ):
        with pytest.raises(ValueError, match=message):
            recurrent_gradient(*arguments)
    with pytest.raises(
        TypeError, match="loss must be a CrossEntropy, AskedClasses, AskedValues or WantedSpikes"
    ):
        recurrent_gradient(network, samples, "last")
    with pytest.raises(TypeError, match="network must be a RecurrentNetwork, got tuple"):
        recurrent_gradient(tuple(network), samples)
    with pytest.raises(ValueError, match="strength must be zero or positive"):
        recurrent_gradient(network, samples, rates=RatePenalty(strength=-1.0))
    with pytest.raises(ValueError, match="strength must be zero or positive"):  # whatever the way reads of it
        gradient_by(
            lambda _: None, network, samples, CrossEntropy(), SURROGATE, rates=RatePenalty(strength=-1.0)
        )
    with pytest.raises(ValueError, match="which must be from 0 to 2, got 3"):
        recurrent_gradient(network, samples, which=[3])
    with pytest.raises(ValueError, match="sample must be below 3"):
        run_recurrent(network, samples, 3)
    with pytest.raises(TypeError, match="relaxed must be True or False, got 1"):
        recurrent_gradient(network, samples, relaxed=1)
