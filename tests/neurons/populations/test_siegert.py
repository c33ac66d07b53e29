"""The rate of a noisy LIF neuron: a recording, limits in closed form, and the neuron itself."""

import math
import re
from pathlib import Path

import numpy as np
import pytest

from snnlab.neurons import LIF, lif_rate, siegert_rate, simulate_lif_population
from snnlab.neurons.populations.siegert import _passage

FILES = sorted((Path(__file__).parents[2] / "reference").glob("analytic_siegert*.npz"))


@pytest.mark.reference
@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_recording(file):
    """The integral by SciPy's erfcx and quad, and a simulation in steps of 0.01 ms.

    200 neurons of the simulation start from reset and run for 2 s each; so they fire less often than the rate
    says by at most half a spike each.
    """
    with np.load(file) as npz:
        data = {key: npz[key] for key in npz.files}
    assert {"mu", "sigma", "rate_hz", "params", "sim_mu", "sim_hz"} <= data.keys()
    tau, theta, reset, t_ref = (
        float(re.search(rf"{name}=([\d.]+)", str(data["params"]))[1])
        for name in ("tau", "theta", "reset", "tref")
    )
    neuron = LIF(tau, 1.0, 0.0, reset, theta, t_ref)
    for k, sigma in enumerate(data["sigma"]):
        assert siegert_rate(data["mu"], sigma, neuron) == pytest.approx(
            data["rate_hz"][:, k], rel=1e-10, abs=0
        )
        rate = siegert_rate(data["sim_mu"], sigma, neuron, dt=0.01)
        off, error = data["sim_hz"][:, k] - rate, np.sqrt(rate / 400.0)
        assert np.all(off < 4.5 * error) and np.all(off > -4.5 * error - 0.25)


def test_the_recording_was_found():
    assert "analytic_siegert" in {file.stem for file in FILES}


@pytest.mark.parametrize(("a", "b"), [(-3.0, 2.0), (-20.0, -12.0), (0.5, 4.0), (-1e-3, 1e-3), (-5.0, -4.999)])
def test_both_forms_of_the_integral_are_equal(a, b):
    """Simpson's rule for the integrand of the textbook."""
    x = np.linspace(a, b, 4001)
    values = np.array([math.exp(t * t) * math.erfc(-t) for t in x])
    weights = np.tile([4.0, 2.0], 2000) / 3.0
    weights = np.concatenate([[1 / 3], weights])
    weights[-1] = 1 / 3
    expected = math.sqrt(math.pi) * (weights @ values) * (b - a) / 4000
    assert _passage(a, b) == pytest.approx(expected, rel=1e-9, abs=0)


def test_a_threshold_out_of_reach_is_a_matter_of_patience():
    """The series exp(b²) √π / b (1 + 1/2b² + 3/4b⁴ + …) of a high threshold; beyond it, silence."""
    for b in (8.0, 15.0, 25.0):
        series = 1 + 1 / (2 * b**2) + 3 / (4 * b**4) + 15 / (8 * b**6) + 105 / (16 * b**8)
        logarithm = b**2 + math.log(math.sqrt(math.pi) / b * series)
        assert math.log(_passage(-1.0, b)) == pytest.approx(logarithm, abs=2 * 945 / (32 * b**10))
    assert siegert_rate(-10.0, 1.0) == 0.0
    assert np.all(np.diff(siegert_rate(np.linspace(-0.2, 0.4, 500), 2.0)) > 0)


def test_without_noise_it_is_the_rate_of_the_lif_neuron():
    """In second order of sigma; below the rheobase nothing is left."""
    i = np.array([0.16, 0.2, 0.5, 5.0])
    off = [siegert_rate(i, sigma) - lif_rate(i) for sigma in (0.1, 0.05, 0.025)]
    assert off[0] / off[1] == pytest.approx(4.0, rel=0.03) and off[1] / off[2] == pytest.approx(4.0, rel=0.01)
    for sigma in (0.0, 1e-300, 1e-12, 1e-7):
        assert siegert_rate(i, sigma) == pytest.approx(lif_rate(i), rel=1e-10, abs=0)
        assert siegert_rate(0.149, sigma) == 0.0


@pytest.mark.equation("decode-siegert")
@pytest.mark.parametrize("i", [0.1, 0.15, 0.2])
def test_a_population_fires_at_this_rate_for_its_step(i):
    dt, sigma = 0.1, 4.0
    spikes = simulate_lif_population(np.full(23_000, i), 300, sigma, dt=dt, rng=np.random.default_rng(1))
    rates = spikes.between(300, 2300).rates
    error = rates.std() / math.sqrt(300)
    assert abs(rates.mean() - siegert_rate(i, sigma, dt=dt)) < 4.5 * error
    assert siegert_rate(i, sigma) - rates.mean() > 4.5 * error  # a threshold that is always watched sees more


def test_shapes():
    assert siegert_rate(0.2, 1.0).shape == () and siegert_rate(np.zeros((2, 0, 3)), 1.0).shape == (2, 0, 3)


def test_bad_input_is_named():
    for call, sentence in [
        (lambda: siegert_rate(0.1, -1.0), "sigma must be zero or positive, and finite, got -1"),
        (lambda: siegert_rate([0.1, np.inf], 1.0), r"i must be finite, got inf at \[1\]"),
        (lambda: siegert_rate(0.1, 1.0, dt=-0.1), "dt must be zero or positive, and finite, got -0.1"),
        (lambda: siegert_rate(0.1, 1.0, LIF(tau_m=0.0)), "tau_m must be positive and finite, got 0"),
    ]:
        with pytest.raises(ValueError, match=sentence):
            call()
