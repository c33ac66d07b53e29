"""PES against recordings of nengo-loihi, integer for integer; its rounding; and that it teaches."""

from pathlib import Path

import numpy as np
import pytest

from snnlab.loihi import (
    EXCITATORY,
    NENGO_LOIHI,
    Compartment,
    Synapse,
    effective_weights,
    simulate_compartments,
)
from snnlab.loihi.plasticity.pes import PES, faded, learn_pes, pes_errors, step
from snnlab.loihi.random_numbers import NengoGenerator, numbers_for_pes

FILES = sorted((Path(__file__).parents[2] / "reference").glob("nengo_pes_*.npz"))
KEYS = {"spikes_in", "errors", "w0", "bias", "tau", "magnitude", "rate_mantissa", "rate_exponent", "seed"}
KEYS |= {"weight_exp", "weight_bits", "compartments", "trace", "w", "input", "current", "voltage", "spiked"}


@pytest.mark.reference
@pytest.mark.equation("loihi-pes")
@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_recording(file):
    """Weights are recorded as they act, (n_pre, n_post), and the voltage has a floor."""
    with np.load(file) as npz:
        data = {key: npz[key] for key in npz.files}
    if not data.keys() >= KEYS:
        pytest.fail(f"{file.name} has a format that this test does not know: {sorted(data)}")
    one = {key: value.item() for key, value in data.items() if value.ndim == 0}
    power = 6 + one["weight_exp"]
    run = learn_pes(
        data["spikes_in"],
        data["errors"],
        data["w0"].T >> power,
        PES(one["tau"], one["magnitude"], one["rate_mantissa"], one["rate_exponent"]),
        synapse=Synapse(one["weight_bits"], one["weight_exp"]),
        rng=NengoGenerator(one["seed"], one["compartments"]),
    )
    steps = len(data["errors"])
    assert steps >= 200 and (data["w"][-1] != data["w0"]).sum() >= data["w0"][0].size
    np.testing.assert_array_equal(run.x, data["trace"][1::2])
    np.testing.assert_array_equal(run.w.transpose(0, 2, 1) << power, data["w"][3::4])
    np.testing.assert_array_equal(run.q, data["input"])
    cell = Compartment(one["decay_u"], one["decay_v"], one["vth"] // 64, one["refract_delay"], one["vmin"])
    bias = data["bias"]
    exponent = np.where(np.abs(bias) > 4095, 7, 0)
    assert (bias % 2**exponent == 0).all()
    chip = simulate_compartments(run.q, cell, NENGO_LOIHI, bias=bias >> exponent, bias_exp=exponent)
    np.testing.assert_array_equal(chip.u, data["current"])
    np.testing.assert_array_equal(chip.v, data["voltage"])
    np.testing.assert_array_equal(chip.spikes.to_raster(1.0), data["spiked"] > 0)


def test_there_are_recordings_with_given_errors_of_an_overflow_and_of_a_network():
    assert {"nengo_pes_given", "nengo_pes_overflow", "nengo_pes_network"} <= {f.stem for f in FILES}
    with np.load(FILES[0].with_name("nengo_pes_overflow.npz")) as data:
        assert np.abs(data["spikes_in"][:-1] @ data["w0"]).max() > 2**21 >= np.abs(data["input"]).max()


def test_a_weight_is_rounded_up_as_often_as_its_fraction_says():
    """128 w + x E M 2^s in 128ths of twice the mantissa, by hand."""
    args = {"mantissa": 1, "shift": -2, "grid": 2, "most": 254}
    assert step(10, 64, 100, r=0.24, **args) == 10 + 12 + 2  # 1600 / 256 = 6.25
    assert step(10, 64, 100, r=0.26, **args) == 10 + 12
    assert step(10, 64, -100, r=0.24, **args) == -2 - 2  # 5 - 6.25 = -1.25
    assert step(10, 64, -100, r=0.26, **args) == -2
    assert step(254, 127, 127, r=0.0, **args) == 254 and step(-254, 127, -127, r=0.0, **args) == -254
    assert step(0, 1, -1, r=0.99, **args) == 0  # the product is cut downwards, to -1 of 256
    assert step(0, 1, -1, r=0.003, **args) == -2 and step(0, 1, 1, r=0.0, **args) == 0
    assert step(0, 3, 5, 7, 3, 1, 255, 0.6) == 6 and step(0, 3, 5, 7, 3, 1, 255, 0.5) == 7  # 840 / 128 = 6.56
    assert step(0, 0, 5, r=0.0, **args) == 0


@pytest.mark.equation("loihi-pes")
def test_outputs_and_their_opposites_go_a_512th_of_error_times_trace():
    """In the mean over their coins, away from the ends; the trace of a neuron that always fires stands."""
    rng, errors = np.random.default_rng(1), np.zeros((400, 1), int)
    errors[:] = -7
    run = learn_pes(np.ones((400, 500), int), errors, 0, PES(magnitude=8.0), rng=rng)
    late = run.w[60:90].mean(axis=2)
    each = 7 * run.x[120:180].mean() / 512
    rise = (late[-1] - late[0]) / (len(late) - 1)
    assert rise == pytest.approx([each, -each], rel=0.02, abs=0)


def test_a_trace_is_rounded_once():
    """A fraction of the decay and one of the impulse are added before they are rounded."""
    assert faded(10, 0.75, 5.75, True, 0.24) == 14 and faded(10, 0.75, 5.75, True, 0.26) == 13
    assert faded(10, 0.75, 5.75, False, 0.6) == 7 and faded(127, 0.9, 20.0, True, 0.5) == 127


def test_the_mean_change_is_that_of_real_numbers():
    """Of 4000 synapses: x E 2^-9 in units of the mantissa, half of it where the product is cut off."""
    run = learn_pes(np.ones((4, 4000), int), np.full((4, 1), -37), 100, rng=np.random.default_rng(3))
    x = np.exp(-2 / 10) * 16 + 16
    mean = run.w[0].mean(axis=1) - 100
    assert np.abs(mean - np.array([1, -1]) * x * 37 / 4 / 128).max() < 0.1
    assert run.w[0].std() > 0.5


def test_an_impulse_keeps_its_128ths():
    """0.0078 is below one of them, and 20.99 is 20 and 126 of them."""
    spikes, errors = np.ones((2, 1000), int), np.zeros((2, 1), int)
    assert not learn_pes(spikes, errors, 0, PES(magnitude=0.0078), rng=np.random.default_rng(1)).x.any()
    kept, given = (
        learn_pes(spikes, errors, 0, PES(magnitude=m), rng=NengoGenerator(1, 2)).x
        for m in (20 + 126 / 128, 20.99)
    )
    np.testing.assert_array_equal(kept, given)


def test_a_start_that_nengo_loihi_rounds_once_more():
    """With the exponent -3: 10 / 8 and 14 / 8 act as 1 and 2, which are the mantissas 8 and 16."""
    synapse = Synapse(exponent=-3)
    w = effective_weights([[10.0], [14.0]], synapse, NENGO_LOIHI) / 2 ** (6 + synapse.exponent)
    assert w.ravel().tolist() == [8.0, 16.0]
    run = learn_pes([[1], [0]], [[0], [0]], w, synapse=synapse, rng=np.random.default_rng(1))
    assert run.q.tolist() == [[0, 0], [64, 128]]


def test_errors_are_rounded_and_cut():
    assert pes_errors([0.25, 0.35, -9.0, 9.0], 10.0).tolist() == [2, 4, -90, 90]
    assert pes_errors([1e300, -1e300]).tolist() == [127, -127]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"pre": [[2]]}, "pre must be whole, from 0 to 1, got 2"),
        ({"pre": [1, 0]}, "pre must have shape"),
        ({"errors": [[128], [0]]}, "errors must be whole, from -127 to 127"),
        ({"errors": [[0]]}, "errors must have as many steps as pre, 2, got 1"),
        ({"w": [1, 2]}, "w must have shape"),
        ({"w": [[1, 2]]}, r"w must be a number or have shape \(2, 1\)"),
        ({"rule": PES(tau=0.0)}, "tau must be positive"),
        ({"rule": PES(magnitude=128.0)}, "magnitude must be from 0 to below 128"),
        ({"rule": PES(mantissa=8)}, "mantissa must be"),
        ({"rule": PES(exponent=-8)}, "exponent must be"),
        ({"synapse": Synapse(sign_mode=EXCITATORY)}, "sign_mode must be MIXED for PES"),
        ({"synapse": Synapse(exponent=-7)}, "exponent must be"),
        ({"rng": NengoGenerator(-1, 3)}, "seed must be"),
        ({"rng": NengoGenerator(1, -3)}, "n_compartments must be"),
    ],
)
def test_what_cannot_be_is_named(arguments, sentence):
    given = {"pre": [[1], [0]], "errors": [[1], [0]], "w": 0, "rng": np.random.default_rng(1)} | arguments
    with pytest.raises(ValueError, match=sentence):
        learn_pes(given.pop("pre"), given.pop("errors"), given.pop("w"), **given)


def test_noise_that_takes_days_is_refused():
    with pytest.raises(ValueError, match="n_compartments must be what fits into"):
        numbers_for_pes(NengoGenerator(1, 10**8), 10**6, 1, 2)


def test_what_is_no_generator_is_refused():
    with pytest.raises(TypeError, match="rng"):
        learn_pes([[1]], [[1]], 0, rng=1)
    with pytest.raises(TypeError, match="synapse must be a Synapse"):
        learn_pes([[1]], [[1]], 0, synapse=8, rng=np.random.default_rng(1))
