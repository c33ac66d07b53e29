"""A small network that learns to store: its steps are those of the package, and what it is told of is so."""

import numpy as np
import pytest

from snnlab.learning.gradients.adam import Adam
from snnlab.learning.gradients.cell_kinds import adaptive_cell, joined_cells
from snnlab.learning.gradients.losses import AskedClasses
from snnlab.learning.gradients.recurrent_gradient import recurrent_gradient, run_recurrent
from snnlab.learning.gradients.recurrent_path import Numbers
from snnlab.learning.gradients.recurrent_steps import recurrent_steps
from snnlab.learning.memory.learning_to_store import (
    EVERY,
    MOST_STEPS,
    POINTS,
    RATE,
    constants,
    learn_to_store,
    recorded,
    run_learning,
)
from snnlab.learning.memory.recall_kernel import DT, fill_cell, join_all
from snnlab.learning.memory.storing_step import (
    BATCH,
    BETA_A,
    FIRST_ASKED,
    FIRST_TRIAL,
    HEIGHT,
    INPUTS,
    LONGEST_TRIAL,
    NEURONS,
    PAIRS,
    SHAPE,
    SPEAKERS,
    TAU_A,
    WIDTH,
    begin_anew,
    blank_learner,
    draw_symbols,
    draw_trial,
    first_network,
    learn_once,
    shortened,
    workspace,
)
from snnlab.learning.samples import Samples

SEED, WINDOW = np.uint64(5), SPEAKERS.window


class Started:
    """A network at its start, and room to work."""

    def __init__(self, adapting=3, delay=2):
        self.steps = (delay + 1) * WINDOW
        path, self.cell, self.room = workspace()
        self.learner, self.path = blank_learner(POINTS), shortened(path, self.steps)
        self.given = constants()
        numbers = self.given["numbers"]
        self.how = Numbers(0.0, numbers.kept_out, numbers.loud, SHAPE, WIDTH, HEIGHT, True, False)
        self.room.prefers[:] = np.where(np.arange(NEURONS) < NEURONS - adapting, -1, 0)
        fill_cell(self.cell, self.room.prefers, numbers, TAU_A, 1.0)
        join_all(self.room.begin, self.room.post, self.room.due)
        begin_anew(self.learner, SEED)

    def network(self):
        """As the package has it, its neurons made anew."""
        adapting = int((self.room.prefers >= 0).sum())
        kinds = [(NEURONS - adapting, 0.0), (adapting, BETA_A)]
        cell = joined_cells(*[
            adaptive_cell(n, tau_a=TAU_A, beta_a=beta_a, refractory=1, dt=DT) for n, beta_a in kinds if n
        ])
        start, learner = first_network(), self.learner
        lines = start.recurrent._replace(w=learner.w[0].copy())
        return start._replace(
            cell=cell, w_in=learner.w_in[0].T.copy(), w_out=learner.w_out[0].T.copy(), recurrent=lines
        )

    def samples(self, trials):
        """Trials by stream, and the symbol that is stored in each or None for the one that is drawn."""
        units, start, stored, n = [], np.zeros((len(trials), self.steps + 1), np.int64), [], 0
        shown = self.room.shown[: self.steps // WINDOW]
        for k, (stream, symbol) in enumerate(trials):
            draw_symbols(shown, np.uint64(stream), SEED)
            symbol = shown[0] if symbol is None else symbol
            draw_trial(self.room, self.steps, shown, float(symbol), SPEAKERS, stream + 1, SEED)
            start[k] = n + self.room.start[0, : self.steps + 1]
            units.append(self.room.units[: start[k, -1] - n].copy())
            n = start[k, -1]
            stored.append(int(symbol))
        classes = np.full((len(trials), self.steps), -1)
        classes[:, -1] = stored
        labels = np.zeros(len(trials), np.int64)
        samples = Samples(np.concatenate(units).astype(np.uint32), start, labels, INPUTS.n_inputs)
        return samples, AskedClasses(classes, WINDOW)

    def batch(self, number):
        first = FIRST_TRIAL + 2 * number * BATCH
        return self.samples([(first + 2 * k, None) for k in range(BATCH)])


@pytest.mark.parametrize("adapting", [0, 3, NEURONS])
def test_steps_are_those_of_the_package(adapting):
    started = Started(adapting)
    before, batches = started.network(), [started.batch(number) for number in (1, 2, 3)]
    for number in (1, 2, 3):
        learn_once(
            started.learner, started.cell, started.path, started.room, started.how, SPEAKERS,
            started.given["adam"], number, SEED,
        )  # fmt: skip
    *_, last = recurrent_steps(before, batches, adam=Adam(rate=RATE))
    after = started.network()
    for mine, theirs in (
        (after.w_in, last.network.w_in),
        (after.w_out, last.network.w_out),
        (after.recurrent.w, last.network.recurrent.w),
    ):
        np.testing.assert_allclose(mine, theirs, rtol=1e-9, atol=1e-12)
    assert np.abs(after.w_in - before.w_in).max() > RATE


def test_what_is_told_is_what_the_network_does():
    """The trials that are asked, in the friendly functions, of the network at its start."""
    seen, started = learn_to_store(0, 3, TAU_A, 2, rng=SEED), Started(3, 2)
    network = started.network()
    trials = [(FIRST_ASKED + 2 * pair, stored) for pair in range(PAIRS) for stored in (0, 1)]
    samples, loss = started.samples(trials)
    assert (
        seen.wrong
        == seen.wrong_by_step[0]
        == pytest.approx(100 * (1 - recurrent_gradient(network, samples, loss).accuracy), abs=1e-9)
    )
    runs = [run_recurrent(network, samples, k) for k in range(2 * PAIRS)]
    theta = np.array([run.threshold for run in runs]).reshape(PAIRS, 2, started.steps, NEURONS)
    raised = (theta[:, 1] - theta[:, 0]).mean(axis=0).T / network.cell.threshold[0]
    np.testing.assert_allclose(seen.raised[-3:, : started.steps], raised[-3:], rtol=1e-9, atol=1e-9)
    assert np.isnan(seen.raised[:-3]).all() and np.isnan(seen.raised[:, started.steps :]).all()
    assert seen.raised.shape == (NEURONS, LONGEST_TRIAL)
    assert seen.trace == pytest.approx(np.abs(raised[-3:, -WINDOW]).mean(), abs=1e-9)
    assert seen.hertz == pytest.approx(1000 / DT * np.mean([run.s.mean() for run in runs]), abs=1e-9)
    assert seen.after == 200.0


def test_a_spike_raises_a_threshold_by_as_much_whatever_its_time_constant():
    cell, numbers = Started(NEURONS).cell, constants()["numbers"]
    for tau_a in (50.0, TAU_A, 2000.0):
        fill_cell(cell, np.zeros(NEURONS, np.int32), numbers, tau_a, 1.0)
        np.testing.assert_allclose(cell.beta_a * (1 - cell.rho), numbers.rise, rtol=1e-12)
        np.testing.assert_allclose(cell.rho, np.exp(-DT / tau_a), rtol=1e-12)


def test_all_begin_with_the_same_weights_and_meet_the_same_trials():
    """So that LIF neurons alone are a control."""
    with_it, without = (Started(adapting) for adapting in (5, 0))
    for mine, theirs in zip(with_it.learner[:3], without.learner[:3], strict=True):
        np.testing.assert_array_equal(mine, theirs)
        assert not mine[1:].any()
    for mine, theirs in zip(with_it.batch(1)[0][:2], without.batch(1)[0][:2], strict=True):
        np.testing.assert_array_equal(mine, theirs)
    one, other = (with_it.batch(number)[0].units for number in (1, 2))
    assert one.size != other.size or (one != other).any()


def test_symbols_are_as_often_1_as_0_and_none_is_shown_where_it_is_asked():
    shown, drawn = np.zeros(7), []
    for stream in range(400):
        draw_symbols(shown, np.uint64(2 * stream), SEED)
        assert np.isnan(shown[-1])
        drawn.append(shown[:-1].copy())
    assert set(np.unique(drawn)) == {0.0, 1.0}
    np.testing.assert_allclose(np.mean(drawn, axis=0), 0.5, atol=4 * 0.5 / 20)


def test_weights_begin_with_the_spread_of_the_package():
    learner = Started().learner
    for w, heard in (
        (learner.w_in[0], INPUTS.n_inputs),
        (learner.w_out[0], NEURONS),
        (learner.w[0], NEURONS),
    ):
        assert np.sqrt(heard) * w.std() == pytest.approx(1.0, abs=4 / np.sqrt(2 * w.size))
        assert abs(w.mean()) < 4 / np.sqrt(heard * w.size)


def test_learning_goes_on_from_where_it_was():
    whole, halves = blank_learner(POINTS), blank_learner(POINTS)

    def run(learner, steps):
        seen, (path, cell, room) = recorded(), workspace()
        run_learning(seen, learner, path, cell, room, *constants().values(), steps, 4.0, 500.0, 2.0, SEED)
        return seen

    run(halves, 10.0)
    for steps in (30.0, 30.0, 20.0):
        one, two = run(whole, steps), run(halves, steps)
        for name, value in one._asdict().items():
            np.testing.assert_array_equal(value, getattr(two, name), name)
    assert np.isnan(one.wrong_by_step[3:]).all() and np.isfinite(one.wrong_by_step[:3]).all()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"steps": 15}, f"steps must be a multiple of {EVERY} up to {MOST_STEPS}, got 15"),
        ({"steps": MOST_STEPS + EVERY}, f"got {MOST_STEPS + EVERY}"),
        ({"adapting": 11}, "adapting must be at most 10, the number of neurons, got 11"),
        ({"tau_a": 0.0}, "tau_a must be positive and finite, got 0"),
        ({"delay": 0}, "delay must be at least 1, got 0"),
        ({"delay": 7}, "delay must be at most 6 intervals, got 7"),
    ],
)
def test_what_is_refused(change, says):
    with pytest.raises(ValueError, match=says):
        learn_to_store(**({"steps": 0, "rng": SEED} | change))
