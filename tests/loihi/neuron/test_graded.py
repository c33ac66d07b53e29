"""Graded spikes against recordings of lava, integer for integer, and what they are for."""

from pathlib import Path

import numpy as np
import pytest

from snnlab.loihi import EXCITATORY, Synapse
from snnlab.loihi.neuron.graded import (
    SigmaDelta,
    encode_changes,
    graded_input,
    graded_product,
    graded_vector,
    simulate_sigma_delta,
    step,
)
from snnlab.loihi.neuron.synapses import sign_mode_of

FILES = sorted(
    file
    for pattern in ("lava_graded_*.npz", "lava_product_*.npz", "lava_sigma_delta_*.npz")
    for file in (Path(__file__).parents[2] / "reference").glob(pattern)
)


@pytest.mark.reference
@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_recording(file):
    with np.load(file) as npz:
        data = {key: npz[key] for key in npz.files}
    family = WAYS.get(str(data.get("process")))
    if family is None:
        pytest.fail(f"{file.name} has a format that this test does not know: {sorted(data)}")
    assert (data["s_out"] != 0).sum() > 5
    family(data)


def test_there_are_recordings_of_each_process():
    names = [f.stem for f in FILES]
    for start in ("lava_graded_vector", "lava_graded_relu", "lava_product_", "lava_sigma_delta_encoder"):
        assert any(name.startswith(start) for name in names)


def against_vector(data):
    """Lava's recordings are [neuron, time] for what goes in."""
    w = data["weights"]
    synapse = Synapse(int(data["num_weight_bits"]), int(data["weight_exp"]), sign_mode_of(w))
    a = graded_input(data["payloads_in"].T, w, synapse)
    rectified = str(data["process"]) == "GradedReluVec"
    np.testing.assert_array_equal(graded_vector(a, int(data["vth"]), rectified=rectified), data["s_out"])


def against_product(data):
    first, second = (graded_input(data[key].T, data["weights"]) for key in ("first", "second"))
    sent = graded_product(first, second, int(data["vth"]), int(data["exp"]))
    np.testing.assert_array_equal(sent, data["s_out"])


def exponents(data):
    return {key: int(data[key]) for key in ("spike_exp", "state_exp")}


def against_sigma_delta(data):
    a = graded_input(data["payloads_in"].T, data["weights"])
    relu, accumulated = bool(data["relu"]), bool(data["cum_error"])
    neuron = SigmaDelta(int(data["vth"]), int(data["bias"]), relu, accumulated, **exponents(data))
    run = simulate_sigma_delta(a, neuron)
    np.testing.assert_array_equal(a.cumsum(axis=0), data["sigma"])
    for ours, theirs in ((run.activation, "act"), (run.residue, "residue"), (run.sent, "s_out")):
        np.testing.assert_array_equal(ours, data[theirs], err_msg=theirs)


def against_encoder(data):
    neuron = SigmaDelta(int(data["vth"]), 0, False, bool(data["cum_error"]), **exponents(data))
    run = encode_changes(data["values_in"].T, neuron)
    for ours, theirs in ((run.activation, "act"), (run.residue, "residue"), (run.sent, "s_out")):
        np.testing.assert_array_equal(ours, data[theirs], err_msg=theirs)


WAYS = {
    "GradedVec": against_vector,
    "GradedReluVec": against_vector,
    "ProdNeuron": against_product,
    "SigmaDelta": against_sigma_delta,
    "Delta": against_encoder,
}


def test_a_step_by_hand():
    assert step(10, 4, 3, 0, 9, False) == (9, 0, 0)
    assert step(10, 4, 3, 0, 10, False) == (0, 9, 0)
    assert step(-10, 4, 3, 5, 11, False) == (-11, 0, 0)
    assert step(10, 4, 3, 5, 14, True) == (9, 0, 0)
    assert step(10, 4, 3, 5, 15, True) == (0, 9, 14)
    assert step(10, 4, -6, 20, 15, True) == (0, 0, 20)  # there is no spike of payload 0
    assert step(2**31 - 2, -1, 0, 0, 9, False) == (2**31 - 1, 0, 0)


def test_the_magnitude_of_the_lowest_number_overflows():
    """|-2^31| has no room in 32 bits and is -2^31 again, below every threshold."""
    low = -(2**31)
    assert step(2**31 - 1, -1, 0, 0, 9, False) == (0, low, 0)
    assert step(low, 0, 0, 0, 9, True) == (0, low, low)
    assert step(low, 0, 0, 5, 9, True) == (low, 0, low + 5)  # is sent, and counts as nothing sent
    assert graded_vector([low, low + 1], 3).tolist() == [0, low + 1]
    assert graded_vector(low, 3) == 0
    assert graded_product([65536, 65536], [-32768, -32767], 1, 0).tolist() == [0, low + 65536]
    assert graded_product([65536], [-32768], 1, 1).tolist() == [low // 2]


def test_a_sum_overflows_before_it_is_shifted():
    """2 · 255 · (2^23 - 1) is 2^32 - 16777726, and half of what is left is -8388863."""
    full = [[2**23 - 1, 2**23 - 1], [0, 0]]
    for exponent, brought in ((-1, -8388863), (0, -16777726), (1, -33555452)):
        a = graded_input(full, [[255, 255]], Synapse(exponent=exponent, sign_mode=EXCITATORY))
        assert a.ravel().tolist() == [0, brought]


def test_a_state_exponent_loses_what_the_division_cuts():
    """7 more in each step, and 4 is the threshold: each spike says 4, and the residue is empty."""
    run = simulate_sigma_delta([7, 7, 7, 7], SigmaDelta(threshold=1, state_exp=2))
    assert run.activation.ravel().tolist() == [7, 14, 21, 28]
    assert run.sent.ravel().tolist() == [1, 1, 1, 1] and not run.residue.any()


def test_what_is_added_up_again_is_the_signal_up_to_the_threshold():
    """An encoder, and a neuron that gets its spikes: all but what is below the threshold comes."""
    rng = np.random.default_rng(2)
    walk = np.cumsum(rng.integers(-20, 21, (300, 4)), axis=0)
    told = encode_changes(walk, SigmaDelta(threshold=25, rectified=False))
    heard = simulate_sigma_delta(graded_input(told.sent, 10 * np.eye(4)), SigmaDelta(rectified=False))
    assert np.abs(heard.activation[1:] / 10 - walk[:-1]).max() < 25
    assert 0.05 < np.mean(told.sent != 0) < 0.5


def test_a_graded_spike_of_payload_one_is_a_spike():
    """What 0 and 1 bring is a 64th of the input of a compartment."""
    from snnlab.loihi import LAVA, synaptic_input

    rng = np.random.default_rng(4)
    w, raster = rng.integers(-100, 100, (3, 6)), rng.integers(0, 2, (40, 6))
    np.testing.assert_array_equal(64 * graded_input(raster, w), synaptic_input(raster, w, convention=LAVA))


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: graded_input([[1]], [[1, 2]]), r"payloads must have shape \(steps, 2\)"),
        (lambda: graded_input([[1 << 24]], [[1]]), "payloads must be whole, from -8388608 to 8388608"),
        (lambda: graded_input([[1]], [[1]], Synapse(exponent=8)), "exponent must be at most 7"),
        (lambda: graded_vector([0.5]), "a must be whole"),
        (lambda: graded_vector([1], -1), "threshold must be at least 0"),
        (lambda: graded_product([1], [1, 2]), r"b must have shape \(1,\)"),
        (lambda: graded_product([1], [1], exponent=25), "exponent must be at most 24"),
        (lambda: simulate_sigma_delta(3), r"a must have shape \(steps,\)"),
        (lambda: simulate_sigma_delta([3], SigmaDelta(bias=1 << 15)), "bias must be at most 32767"),
        (lambda: encode_changes(3, SigmaDelta(rectified=False)), "values must have shape"),
        (lambda: encode_changes([3]), "neuron must have the bias 0 and rectified=False"),
    ],
)
def test_what_cannot_be_is_named(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
