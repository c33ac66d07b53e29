"""Tuning curves against nengo's recording and against what gain and bias were asked for."""

from pathlib import Path

import numpy as np
import pytest

from snnlab.coding.nef.tuned_population import (
    NEURON,
    TunedPopulation,
    currents,
    draw_population,
    gain_and_bias,
    tuning_curves,
)
from snnlab.neurons import lif_rate

FILES = sorted((Path(__file__).parents[2] / "reference").glob("nengo_nef*.npz"))


@pytest.mark.reference
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_rates_gains_and_biases_are_those_of_nengo(file):
    with np.load(file) as told:
        np.testing.assert_allclose(lif_rate(told["J"], NEURON), told["rates"], rtol=1e-12, atol=1e-12)
        gain, bias = gain_and_bias(told["max_rates"], told["intercepts"])
        np.testing.assert_allclose(gain, told["gain"], rtol=1e-12)
        np.testing.assert_allclose(bias, told["bias"], rtol=1e-12, atol=1e-12)
        population = TunedPopulation(told["encoders"][:, None], gain, bias)
        curves = tuning_curves(population, told["x"])
        np.testing.assert_allclose(curves, told["A"], rtol=1e-12, atol=1e-9)


def test_there_is_a_recording():
    assert "nengo_nef" in {file.stem for file in FILES}


@pytest.mark.equation("encoding")
def test_a_neuron_begins_at_its_intercept_and_reaches_its_rate():
    rates, intercepts = np.array([210.0, 390.0, 250.0]), np.array([-0.7, 0.0, 0.8])
    population = TunedPopulation(np.ones((3, 1)), *gain_and_bias(rates, intercepts))
    np.testing.assert_allclose(tuning_curves(population, [[1.0]])[0], rates, rtol=1e-12)
    for k, c in enumerate(intercepts):
        below, above = tuning_curves(population, [[c - 1e-6], [c + 1e-6]])[:, k]
        assert below == 0 < above


def test_only_the_part_along_the_encoder_counts():
    population = draw_population(30, 2, rng=np.random.default_rng(1))
    np.testing.assert_allclose(np.linalg.norm(population.encoders, axis=1), 1, rtol=1e-12)
    across = population.encoders[:, ::-1] * [1, -1]
    j = currents(population, across)
    np.testing.assert_allclose(np.diag(j), population.bias, atol=1e-9)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: gain_and_bias([500.0], [0.0]), "max_rates must be above 0 and below 500 Hz, got 500"),
        (lambda: gain_and_bias([200.0], [1.0]), "intercepts must be below 1, got 1"),
        (lambda: gain_and_bias([200.0], [0.5, 0.1]), r"intercepts must be as many as max_rates \(1\), got 2"),
        (
            lambda: tuning_curves(TunedPopulation(np.ones((2, 1)), np.ones(3), np.ones(2)), [[0.0]]),
            "gain and bias must be 2, one a neuron, got 3 and 2",
        ),
        (
            lambda: tuning_curves(TunedPopulation(np.ones((2, 1)), np.ones(2), np.ones(2)), [[0.0, 1.0]]),
            "x must have 1 columns, got 2",
        ),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
