"""The step against nengo's recording and the closed form; integrators hold, oscillators turn."""

from pathlib import Path

import numpy as np
import pytest

from snnlab.coding.nef.recurrent_dynamics import (
    advance,
    decay,
    rotation,
    run_dynamics,
    sample_points,
    spiking_steps,
)
from snnlab.coding.nef.tuned_population import NEURON, draw_population
from snnlab.neurons import lif_rate

FILES = sorted((Path(__file__).parents[2] / "reference").glob("nengo_nef*.npz"))


@pytest.mark.reference
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_step_is_that_of_nengo(file):
    with np.load(file) as told:
        v, s = spiking_steps(np.full(len(told["step_V"]), float(told["step_J"])))
        np.testing.assert_allclose(v, told["step_V"].ravel(), rtol=0, atol=1e-12)
        np.testing.assert_array_equal(s > 0, told["step_S"].ravel() > 0)


def test_its_rate_is_that_of_the_tuning_curve_at_any_step():
    """A crossing is placed within the step, so that a coarse step keeps the rate."""
    for j in (1.2, 2.0, 5.0, 12.0):
        for dt in (1.0, 0.1):
            _, s = spiking_steps(np.full(round(4000 / dt), j), dt)
            assert s.sum() / 4 == pytest.approx(float(lif_rate(j, NEURON)), abs=0.5)


def test_the_kernel_is_its_loop():
    rng = np.random.default_rng(1)
    v, held, s = np.zeros(5), np.zeros(5), np.zeros(5)
    w, kept, r = np.zeros(5), np.zeros(5), np.zeros(5)
    for _ in range(40):
        j = rng.uniform(0, 4, 5)
        advance(v, held, j, 1.0, 20.0, 2.0, s)
        advance.py_func(w, kept, j, 1.0, 20.0, 2.0, r)
        np.testing.assert_allclose(v, w, atol=1e-12)
        assert (s == r).all()


@pytest.mark.equation("nef-dynamics")
def test_an_integrator_holds_what_it_was_told_and_without_its_loop_forgets():
    u = np.where(np.arange(600) < 100, 5.0, 0.0)[:, None]
    held, lost = [], []
    for seed in range(10):
        population = draw_population(200, rng=np.random.default_rng(seed))
        held.append(run_dynamics(population, np.zeros_like, u).x[-1, 0])
        lost.append(run_dynamics(population, decay(100.0), u).x[-1, 0])  # τ f(x) + x = 0: no loop
    assert np.abs(np.array(held) - 0.5).max() < 0.15
    assert np.abs(lost).max() < 0.05


def test_an_oscillator_turns_at_its_frequency_and_without_its_loop_it_stops():
    omega = 2 * np.pi * 2.0  # 1/s
    for seed in range(3):
        population = draw_population(300, 2, rng=np.random.default_rng(seed))
        x = run_dynamics(population, rotation(2.0), np.zeros((2000, 2)), x_0=[0.9, 0.0]).x
        angle = np.unwrap(np.arctan2(x[500:, 1], x[500:, 0]))
        assert (angle[-1] - angle[0]) / 1.499 == pytest.approx(omega, rel=0.1)
        stopped = run_dynamics(population, decay(100.0), np.zeros((2000, 2)), x_0=[0.9, 0.0]).x
        turning, still = (np.linalg.norm(path[-500:], axis=1).mean() for path in (x, stopped))
        assert turning > 5 * still


def test_points_cover_line_and_disc():
    assert sample_points(1, 5).ravel().tolist() == [-1, -0.5, 0, 0.5, 1]
    disc = sample_points(2, 2000)
    radius = np.linalg.norm(disc, axis=1)
    assert radius.max() < 1 and np.mean(radius < 0.5) == pytest.approx(0.25, abs=0.01)
    assert np.abs(disc.mean(axis=0)).max() < 0.01


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"u": np.zeros((5, 2))}, "u must have 1 columns, got 2"),
        ({"tau_s": 0}, "tau_s must be positive and finite, got 0"),
        ({"x_0": [0.0, 1.0]}, "x_0 must have 1 values, got 2"),
        (
            {"population": draw_population(5, 3, rng=np.random.default_rng(1)), "u": np.zeros((5, 3))},
            "population must have one or two dimensions, got 3",
        ),
    ],
)
def test_bad_input_names_argument_rule_and_value(change, sentence):
    population = draw_population(5, rng=np.random.default_rng(1))
    with pytest.raises(ValueError, match=sentence):
        run_dynamics(**{"population": population, "f": np.zeros_like, "u": np.zeros((5, 1)), **change})


def test_the_synapse_that_reads_draws_the_circle_smaller_and_late():
    """By the gain and the lag of a low-pass filter at the speed of the turn."""
    run = run_dynamics(
        draw_population(300, 2, rng=np.random.default_rng(2)),
        rotation(2.0),
        np.zeros((2000, 2)),
        x_0=[0.9, 0.0],
    )
    (loop, read), last = (points @ [1.0, 1j] for points in (run.heard, run.x)), slice(1000, None)
    omega = np.polyfit(np.arange(1000) / 1000, np.unwrap(np.angle(loop[last])), 1)[0]  # 1/s
    passed = np.mean(read[last] / loop[last])
    assert passed == pytest.approx(1 / (1 + 0.1j * omega), abs=0.03)
