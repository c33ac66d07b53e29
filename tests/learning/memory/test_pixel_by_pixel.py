"""Images told pixel by pixel: what the inputs say, what is asked for, and that a network learns of it."""

import numpy as np
import pytest

from snnlab.data import load_digits
from snnlab.learning.gradients.recurrent_gradient import recurrent_gradient, run_recurrent
from snnlab.learning.memory.lsnn import lsnn
from snnlab.learning.memory.pixel_by_pixel import PixelInputs, learn_pixels, pixel_accuracy, pixel_samples

DIGITS = load_digits()
X, Y = DIGITS.x_train[:96], DIGITS.y_train[:96]
COARSE = PixelInputs(levels=4, pixel=12.0, cue=36.0)


def small(n=8, beta_a=1.8, inputs=COARSE, seed=1):
    return lsnn(inputs.n_inputs, 10, 700.0, beta_a, n=n, dt=12.0, rng=np.random.default_rng(seed))


def test_grey_values_come_back_from_the_spikes():
    """Up minus down, added up, is how many levels a pixel reaches."""
    samples, _ = pixel_samples(X, Y, PixelInputs(), dt=6.0)
    for k, image in enumerate(X):
        raster = samples.raster(k).astype(int)
        told = raster[:128]
        levels = (told[:, :8].sum(axis=1) - told[:, 8:16].sum(axis=1)).cumsum()
        wanted = (image.ravel()[:, None] >= np.arange(1, 16, 2)).sum(axis=1)
        np.testing.assert_array_equal(levels[::2], wanted)
        assert not told[1::2].any()  # a pixel speaks when it comes, and is silent while it stands
        assert not told[:, 16].any()
        assert raster[128:, 16].all() and not raster[128:, :16].any() and len(raster) == 138


def test_nobody_rises_and_falls_at_once():
    samples, _ = pixel_samples(X, Y, COARSE, dt=12.0)
    for k in range(len(X)):
        told = samples.raster(k)
        assert not (told[:, :4].any(axis=1) & told[:, 4:8].any(axis=1)).any()


def test_the_class_is_asked_for_once_by_the_mean_during_the_cue():
    samples, loss = pixel_samples(X, Y, COARSE, dt=12.0)
    assert loss.window == 3 and samples.steps == 67
    assert (loss.classes[:, :-1] == -1).all() and loss.classes[:, -1].tolist() == Y.tolist()
    network = small()
    runs = [run_recurrent(network, samples, k).y[-3:].mean(axis=0).argmax() for k in range(len(X))]
    assert pixel_accuracy(network, X, Y, inputs=COARSE) == pytest.approx(np.mean(runs == Y), rel=1e-12, abs=0)


def learnt(epochs, **options):
    return learn_pixels(
        small(24), X, Y, epochs, inputs=COARSE, rng=np.random.default_rng(2), progress=False, **options
    )


def bright_rows(n, rng):
    """Images of two noisy rows, of which either the first or the second is bright, and which."""
    which = rng.integers(0, 2, n)
    bright = (np.arange(2) == which[:, None])[:, :, None]
    return np.where(bright, rng.integers(10, 17, (n, 2, 4)), rng.integers(0, 7, (n, 2, 4))), which


def test_it_tells_images_that_it_has_not_seen():
    rng = np.random.default_rng(2)
    (x, y), fresh = bright_rows(128, rng), bright_rows(200, rng)
    training = learn_pixels(small(16), x, y, 12, rate=0.03, inputs=COARSE, rng=rng, progress=False)
    assert training.loss.size == 48 and training.finished
    assert training.loss[-4:].mean() < 0.5 * training.loss[:4].mean()
    assert pixel_accuracy(training.network, *fresh, inputs=COARSE) > 0.9  # of two that are as frequent


def test_the_rate_falls_in_two_places():
    slow = learnt(3, rate=1e-9)
    np.testing.assert_allclose(slow.network.w_in, small(24).w_in, rtol=0, atol=1e-8)
    moved = [np.abs(learn.network.w_out - small(24).w_out).max() for learn in (learnt(1), learnt(3))]
    assert moved[0] == pytest.approx(0.01 * (1 + 0.3 + 0.09), rel=0.01)  # Adam's steps are as long at first
    assert moved[1] < 0.01 * 3 * (1 + 0.3 + 0.09)


def test_an_epoch_has_whole_batches_of_images_that_differ():
    assert learnt(2, batch=40).loss.size == 4  # 16 of 96 are left out
    samples, loss = pixel_samples(X, Y, COARSE, dt=12.0)
    whole = recurrent_gradient(small(24), samples, loss).loss
    assert learnt(1, batch=96).loss[0] == pytest.approx(whole, rel=1e-9, abs=0)  # each of them once


@pytest.mark.parametrize(
    "call, complaint",
    [
        (lambda: pixel_samples(X, Y, PixelInputs(levels=0)), "levels must be at"),
        (lambda: pixel_samples(X, Y, dt=5.0), "pixel must be a whole number of steps of 5 ms, got 12"),
        (lambda: pixel_samples(X, Y, PixelInputs(cue=50.0)), "cue must be a whole number of steps of 6 ms"),
        (lambda: pixel_samples(X[0], Y), r"images must have shape \(n, rows, columns\), got \(8, 8\)"),
        (lambda: pixel_samples(X * 16, Y), "images must be from 0 to 16, got "),
        (lambda: pixel_samples(-1.0 - X, Y), "images must be from 0 to 16, got -1"),
        (
            lambda: learn_pixels(small(), X * 16, Y, 1, rng=np.random.default_rng(1)),
            "images must be from 0 to 16",
        ),
        (lambda: pixel_samples(X, Y[1:]), "labels must be 96 whole numbers"),
        (lambda: learnt(1, batch=97), "batch must be at most 96, the number of images, got 97"),
        (lambda: learnt(0), "epochs must be at least 1, got 0"),
        (lambda: learnt(1, rate=0.0), "rate must be positive and finite, got 0"),
        (
            lambda: learn_pixels(small(), X, Y[1:], 1, inputs=COARSE, rng=np.random.default_rng(1)),
            r"labels must be 96, one for each image, got shape \(95,\)",
        ),
        (lambda: pixel_accuracy(small(), X, Y), r"samples must have as many inputs as the network \(9\)"),
    ],
)
def test_what_it_refuses(call, complaint):
    with pytest.raises(ValueError, match=complaint):
        call()
