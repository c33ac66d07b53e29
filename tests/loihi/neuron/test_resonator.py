"""Resonators against recordings of lava, integer for integer, and against the neuron in real numbers."""

from pathlib import Path

import numpy as np
import pytest

from snnlab.loihi.neuron.resonator import (
    AMPLITUDE,
    AND_RESET,
    EACH_TURN,
    Resonator,
    resonator_of_freq,
    resonator_of_period,
    simulate_resonators,
    step,
)
from snnlab.neurons import ResonateAndFire, simulate_resonate_and_fire
from snnlab.spikes import Spikes

FILES = sorted((Path(__file__).parents[2] / "reference").glob("lava_resonator_*.npz"))
SENDS = {"RF": EACH_TURN, "RF_IZ": AND_RESET}


def late(values):
    """Lava's recordings are [neuron, time], and what went in arrived one step later."""
    arrived = np.zeros_like(values.T)
    arrived[1:] = values.T[:-1]
    return arrived


@pytest.mark.reference
@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_recording(file):
    with np.load(file) as npz:
        data = {key: npz[key] for key in npz.files}
    process = str(data.get("process"))
    if process == "RFZero":
        neuron = resonator_of_freq(data["freqs"], 1000 * data["decay_tau"], threshold=int(data["uth"]))
    elif process in SENDS:
        neuron = resonator_of_period(
            float(data["period"]),
            float(data["alpha"]),
            bits=int(data["decay_bits"]),
            threshold=int(data["vth"]),
            input_exp=int(data["state_exp"]),
            sends=SENDS[process],
        )
    else:
        pytest.fail(f"{file.name} has a format that this test does not know: {sorted(data)}")
    run = simulate_resonators(late(data["u_in"]), neuron, late(data["v_in"]))
    np.testing.assert_array_equal(run.u, data["u"])
    np.testing.assert_array_equal(run.v, data["v"])
    np.testing.assert_array_equal(run.sent, data["s_out"])
    np.testing.assert_array_equal(run.spikes.to_raster(1.0), data["s_out"] != 0)
    assert np.abs(data["u"]).max() > 100


def test_there_are_recordings_of_the_three_programs_and_of_both_overflows():
    assert {"zero", "rf", "izhikevich"} <= {f.stem.split("_")[2] for f in FILES}
    with np.load(FILES[0].with_name("lava_resonator_rf_large.npz")) as data:
        assert np.abs(data["u"]).max() == 2**23 - 1
    with np.load(FILES[0].with_name("lava_resonator_zero_large.npz")) as data:
        assert np.abs(data["u"]).max() > 2**16  # times 2^15 it has no room in 32 bits


def test_a_quarter_turn_by_hand():
    assert step(100, -7, 1, 2, 0, 1 << 15, 15, AMPLITUDE) == (8, 102)
    assert step(-3, 5, 0, 0, 1 << 14, 1 << 13, 15, AMPLITUDE) == (-2 - 1, 2 - 1)
    assert step(-3, 5, 0, 0, 1 << 14, 1 << 13, 15, EACH_TURN) == (-1 - 1, 2 - 0)
    assert step(2**23 - 1, 0, 5, 0, 4096, 0, 12, EACH_TURN) == (2**23 - 1, 0)
    assert step(-(2**23) + 1, 0, -5, 0, 4096, 0, 12, AND_RESET) == (-(2**23) + 1, 0)
    assert step(1 << 16, 0, 0, 0, 1 << 15, 0, 15, AMPLITUDE) == (-(1 << 16), 0)  # 2^31 is -2^31


def test_it_is_the_neuron_in_real_numbers():
    """One kick, up to what rounding and cut factors leave: 0.3 % of the kick, through two periods."""
    kick = np.zeros(60, int)
    kick[0] = 100_000 // 2
    run = simulate_resonators(kick, resonator_of_freq(40.0, 50.0, threshold=2**23 - 1))
    exact = simulate_resonate_and_fire(Spikes([1.0], duration=61), [0.5], ResonateAndFire(40.0, 50.0), dt=1.0)
    np.testing.assert_allclose(run.v[:, 0] / 100_000, exact.y[:60], rtol=0.0, atol=0.003 * 0.5)
    np.testing.assert_allclose(run.u[:, 0] / 100_000, exact.x[:60], rtol=0.0, atol=0.003 * 0.5)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: simulate_resonators(3, Resonator(1, 1)), r"a_u must have shape \(steps,\)"),
        (lambda: simulate_resonators([1.5], Resonator(1, 1)), "a_u must be whole"),
        (
            lambda: simulate_resonators([1, 2], Resonator(1, 1), [1]),
            r"a_v must be a number or have shape \(2,\)",
        ),
        (
            lambda: simulate_resonators([1], Resonator([1, 2], 1)),
            r"along must be a number or have shape \(1,\)",
        ),
        (
            lambda: simulate_resonators([1], Resonator(1, 1 << 16)),
            "across must be whole, from -32768 to 32768",
        ),
        (lambda: simulate_resonators([1], Resonator(1, 1, bits=16)), "bits must be at most 15"),
        (lambda: simulate_resonators([1], Resonator(1, 1, sends=3)), "sends must be at most 2"),
        (lambda: simulate_resonators([1], Resonator(1, 1, threshold=-1)), "threshold must be at least 0"),
        (lambda: resonator_of_freq([1.0, 2.0], [1.0]), r"tau must be a number or have shape \(2,\)"),
        (lambda: resonator_of_freq(1.0, 0.0), "tau must be positive, got 0"),
        (lambda: resonator_of_period(0.0, 0.1), "period must be positive"),
        (lambda: resonator_of_period(9.0, 1.1), "loss must be between 0 and 1"),
        (lambda: resonator_of_period(9.0, 0.1, threshold=1 << 20, input_exp=4), "threshold must be at most"),
        (lambda: resonator_of_period(9.0, 0.1, sends=AMPLITUDE), "sends must be at least 1"),
    ],
)
def test_what_cannot_be_is_named(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()


def test_what_is_no_resonator_is_refused():
    with pytest.raises(TypeError, match="resonator must be a Resonator, got tuple"):
        simulate_resonators([1], (1, 1))
