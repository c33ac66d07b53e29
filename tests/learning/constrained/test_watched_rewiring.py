"""Synapses that move, step by step: the gradient and Adam are those of the package, and nothing is lost."""

import numpy as np
import pytest

from snnlab import spread
from snnlab.learning.binary.flipping_bits import LEARNT, PIXELS, small_bits
from snnlab.learning.constrained.rewiring_step import (
    BATCH,
    BETA_OUT,
    BORN,
    DENSE,
    FIXED,
    HEIGHT,
    HIDDEN,
    NEURON,
    RATE,
    REWIRED,
    SHAPE,
    STEPS,
    SURROGATE,
    WIDTH,
    begin_all,
    blank_learner,
    fill_cell,
    learn_once,
    rewire,
    workspace,
)
from snnlab.learning.constrained.watched_rewiring import (
    EVERY,
    LONGEST,
    POINTS,
    recorded,
    run_rewiring,
    show_digits,
    watch_rewiring,
)
from snnlab.learning.gradients.adam import Adam
from snnlab.learning.gradients.bptt import Data
from snnlab.learning.gradients.cell_kinds import lif_cell
from snnlab.learning.gradients.deep_r import DeepR, deep_r
from snnlab.learning.gradients.losses import CrossEntropy
from snnlab.learning.gradients.recurrent_network import RecurrentNetwork
from snnlab.learning.gradients.recurrent_path import Numbers
from snnlab.learning.gradients.recurrent_steps import AdamMemory, recurrent_steps
from snnlab.learning.samples import samples_from_raster
from snnlab.networks.wiring.given import from_list

SEED, SYNAPSES = np.uint64(3), 160
DECAY = 0.3
HOW = Numbers(0.0, BETA_OUT, 1.0, SHAPE, WIDTH, HEIGHT, False, False)


class Started:
    """Three networks at their start, and room to work."""

    def __init__(self):
        words, labels = small_bits()
        self.path, self.cell, self.room = workspace()
        self.learner = blank_learner(POINTS)
        show_digits(self.room, words)
        fill_cell(self.cell)
        begin_all(self.learner, SYNAPSES, SEED)
        self.data = Data(self.room.units, self.room.start, labels)
        self.words, self.labels = words, labels

    def learn(self, kind, which, number):
        which = np.asarray(which, np.int32)
        learn_once(self.learner, kind, self.cell, self.path, self.room, self.data, which, HOW, Adam(), number)

    def samples(self, which):
        pixels = (self.words[which, None] >> np.arange(PIXELS, dtype=np.uint64)) & np.uint64(1)
        raster = np.zeros((len(which), STEPS, PIXELS))
        raster[:, 0] = pixels
        return samples_from_raster(raster, self.labels[which])

    def network(self, kind, w=None, out=None):
        """One of them, or numbers in the same places, as the package has it."""
        learner = self.learner
        pixel, neuron = np.nonzero(learner.alive[kind])
        w = (learner.w if w is None else w)[kind][pixel, neuron]
        out = (learner.out if out is None else out)[kind].T.copy()
        lines = from_list(HIDDEN + pixel, neuron, w, 0.0, n_pre=HIDDEN + PIXELS, n_post=HIDDEN)
        cell = lif_cell(HIDDEN, NEURON)
        return RecurrentNetwork(cell, None, out, lines, 0.0, BETA_OUT, 1.0, NEURON.dt)

    def memory(self, kind, step):
        learner = self.learner
        mean, square = (
            self.network(kind, learner.w_mean, learner.out_mean),
            self.network(kind, learner.w_square, learner.out_square),
        )
        return AdamMemory(step, mean, square)


def by_place(network):
    """Weights of the first layer where they stand, shape (pixels, hidden)."""
    lines = network.recurrent
    w = np.zeros((PIXELS, HIDDEN))
    w[lines.pre - HIDDEN, lines.post] = lines.w
    return w


@pytest.mark.parametrize("kind", [FIXED, DENSE])
def test_learning_without_moves_is_that_of_the_package(kind):
    started, rng = Started(), np.random.default_rng(1)
    batches = rng.integers(0, LEARNT, (4, BATCH))
    before = started.network(kind)
    for number, which in enumerate(batches, 1):
        started.learn(kind, which, number)
    given = ((started.samples(which), CrossEntropy("mean")) for which in batches)
    *_, last = recurrent_steps(before, given, SURROGATE, adam=Adam(rate=RATE[kind]))
    np.testing.assert_allclose(started.learner.w[kind], by_place(last.network), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(started.learner.out[kind].T, last.network.w_out, rtol=1e-9, atol=1e-12)


def test_a_step_of_rewiring_is_that_of_the_package_but_for_where_synapses_come():
    """Without noise: who stays has the same weight, and as many are withdrawn; places are drawn otherwise."""
    started, rng, gone = Started(), np.random.default_rng(2), 0
    learner = started.learner
    for number in range(1, 13):
        which = rng.integers(0, LEARNT, BATCH)
        network, memory = started.network(REWIRED), started.memory(REWIRED, number - 1)
        signs = np.ones((HIDDEN, HIDDEN + PIXELS))
        signs[:, HIDDEN:] = learner.sign.T
        places = np.zeros(signs.shape, bool)
        places[:, HIDDEN:] = True
        start, hook = deep_r(network, DeepR(DECAY), signs=signs, places=places, rng=rng)
        batch = [(started.samples(which), CrossEntropy("mean"))]
        (step,) = recurrent_steps(
            start, batch, SURROGATE, adam=Adam(rate=RATE[REWIRED]), after_step=hook, memory=memory
        )
        before = learner.alive[REWIRED].copy()
        started.learn(REWIRED, which, number)
        parts = learner.w, learner.w_mean, learner.w_square, learner.alive
        moved = rewire(*(part[REWIRED] for part in parts), learner.sign, 0.0, DECAY, number, SEED)
        theirs, ours = by_place(step.network), learner.w[REWIRED]
        stayed = np.abs(ours) > 10 * BORN
        np.testing.assert_array_equal(stayed, np.abs(theirs) > 10 * BORN)
        np.testing.assert_allclose(ours[stayed], theirs[stayed], rtol=1e-9)
        np.testing.assert_allclose(learner.out[REWIRED].T, step.network.w_out, rtol=1e-9, atol=1e-12)
        assert moved == ((before > 0) & ~stayed).sum()
        gone += moved
    assert gone > 0


@pytest.mark.parametrize("temperature", [0.0, 0.3])
def test_number_and_signs_stay_whatever_moves(temperature):
    started, rng, gone = Started(), np.random.default_rng(3), 0
    learner = started.learner
    for number in range(1, 31):
        started.learn(REWIRED, rng.integers(0, LEARNT, BATCH), number)
        parts = learner.w, learner.w_mean, learner.w_square, learner.alive
        gone += rewire(*(part[REWIRED] for part in parts), learner.sign, temperature, DECAY, number, SEED)
        alive, w = learner.alive[REWIRED] > 0, learner.w[REWIRED]
        assert alive.sum() == SYNAPSES
        np.testing.assert_array_equal(w != 0, alive)
        np.testing.assert_array_equal(np.sign(w[alive]), learner.sign[alive])
        for part in (learner.w_mean, learner.w_square):
            assert not part[REWIRED][~alive].any()
    assert gone > 0
    np.testing.assert_array_equal(learner.alive[FIXED].sum(), SYNAPSES)


def test_noise_has_the_spread_of_the_temperature():
    """A weight far from 0 moves by √(2 η T) ξ."""
    shape, rate, temperature = (PIXELS, HIDDEN), RATE[REWIRED], 0.2
    w, alive = np.full(shape, 1e3), np.ones(shape)
    gone = rewire(w, w * 0, w * 0, alive, np.ones(shape), temperature, 0.0, 1, SEED)
    drift, spread = (w - 1e3).mean(), (w - 1e3).std()
    expected = np.sqrt(2 * rate * temperature)
    assert gone == 0 and abs(drift) < 5 * expected / 64
    assert spread == pytest.approx(expected, rel=5 / np.sqrt(2 * 4096), abs=0)


def test_a_synapse_of_a_dark_pixel_goes_by_decay_alone():
    """No gradient reaches it: with decay it is withdrawn in the end, without it stays where it is."""
    kept = watch_rewiring(200, decay=0.0, rng=SEED)
    decays = watch_rewiring(200, rng=SEED)
    start = watch_rewiring(0, rng=SEED)
    assert kept.dark >= start.dark > 4 * decays.dark
    assert start.moved == 0 and np.isnan(start.rewired[1:]).all()


def test_those_that_stay_begin_where_those_that_move_do_and_all_is_told():
    seen = watch_rewiring(2 * EVERY, percent=5.0, rng=SEED)
    assert seen.synapses == round(0.05 * PIXELS * HIDDEN) == np.abs(seen.living).sum() == seen.where.sum()
    assert seen.flipped == 0
    assert (seen.right, seen.stays, seen.all_places) == (seen.rewired[2], seen.fixed[2], seen.dense[2])
    assert seen.ahead == seen.right - seen.stays and np.isnan(seen.rewired[3:]).all()
    words = small_bits()[0][:LEARNT]
    ink = [(words >> np.uint64(k) & np.uint64(1)).mean() * 100 for k in range(PIXELS)]
    np.testing.assert_allclose(seen.ink[::-1].ravel(), ink)
    assert seen.dark_pixels == pytest.approx(100 * np.mean(np.array(ink) < 1))
    dark = seen.where[seen.ink < 1].sum()
    assert seen.dark == pytest.approx(100 * dark / seen.synapses)
    np.testing.assert_array_equal(np.abs(seen.living).sum(axis=0), seen.where[::-1].ravel())


def test_learning_goes_on_from_where_it_was():
    words, labels = small_bits()
    whole, halves = blank_learner(POINTS), blank_learner(POINTS)

    def run(learner, steps):
        seen, (path, cell, room) = recorded(), workspace()
        run_rewiring(seen, learner, path, cell, room, words, labels, Adam(), steps, 2.0, 0.1, DECAY, SEED)
        return seen

    run(halves, 10.0)
    for steps in (30.0, 20.0):
        one, two = run(whole, steps), run(halves, steps)
        for name, value in one._asdict().items():
            np.testing.assert_array_equal(value, getattr(two, name), name)


@pytest.mark.nightly
def test_over_ten_seeds_it_pays_that_few_synapses_move_and_with_more_less_so():
    """As in the table `rewired_digits`, of one bit a pixel and a shorter training."""
    runs = {p: [watch_rewiring(LONGEST, p, rng=np.uint64(s)) for s in range(1, 11)] for p in (1.0, 5.0)}
    few, more = (spread([seen.ahead for seen in runs[percent]]) for percent in (1.0, 5.0))
    assert few.mean > few.sd and few.mean > 2 * more.mean
    for percent, seen in runs.items():
        assert spread([one.dark for one in seen]).high < seen[0].dark_pixels / 3
        assert spread([one.all_places - one.right for one in seen]).low > (0 if percent == 1 else -1)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"steps": 15}, f"steps must be a multiple of 10 up to {LONGEST}, got 15"),
        ({"steps": 310}, "got 310"),
        ({"percent": 51.0}, "percent must be at most 50, got 51"),
        ({"temperature": -1.0}, "temperature must be zero or positive, and finite, got -1"),
        ({"decay": -1.0}, "decay must be zero or positive, and finite, got -1"),
    ],
)
def test_what_is_refused(change, says):
    with pytest.raises(ValueError, match=says):
        watch_rewiring(**({"steps": 0, "rng": SEED} | change))
