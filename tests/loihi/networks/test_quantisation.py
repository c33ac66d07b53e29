"""From floats to whole numbers: the error within its bounds, and the same spikes."""

import math

import numpy as np
import pytest

from snnlab.learning import CurrentLIF, Weights, initial_weights, run_network, samples_from_raster
from snnlab.loihi import (
    BRIAN2_LOIHI,
    EXCITATORY,
    INHIBITORY,
    LAVA,
    NENGO_LOIHI,
    SPLIT,
    Compartment,
    Synapse,
    SynapseGroup,
    effective_weights,
    quantise,
    quantise_layer,
    quantise_weights,
    run_layers,
    run_samples,
    simulate_network,
)
from snnlab.loihi.fixed_point import scaled_bias
from snnlab.loihi.networks.recurrent import CompartmentGroup


@pytest.mark.equation("quantised-weight")
@pytest.mark.parametrize("bits", range(1, 9))
@pytest.mark.parametrize("convention", [BRIAN2_LOIHI, LAVA, NENGO_LOIHI], ids=lambda c: c.name)
def test_no_weight_is_further_off_than_half_a_step(bits, convention):
    """Of those that are not cut; the threshold has exactly the scale of the weights."""
    rng = np.random.default_rng(bits)
    for w in (rng.standard_normal((20, 30)), np.abs(rng.standard_normal((20, 30)))):
        if bits == 1 and (w < 0).any():
            continue  # one bit of both signs has nothing above 0
        layer, error = quantise_layer(w, 0.8, 0.9, 1.5, bits=bits, convention=convention)
        assert error.scale == 64 * layer.compartment.v_th / 1.5
        wrong = np.abs(effective_weights(layer.w, layer.synapse, convention) / error.scale - w)
        step = 2 ** (8 - bits + (w < 0).any()) * 64 * 2.0**error.exponent / error.scale
        cut = np.sort(wrong.ravel())[w.size - error.clipped :]
        assert np.sort(wrong.ravel())[: w.size - error.clipped].max() <= step / 2 * (1 + 1e-9)
        assert (cut > step / 2 * (1 - 1e-9)).all()
        assert error.rms_error == pytest.approx(np.sqrt((wrong**2).sum() / (w**2).sum()))
        assert error.largest_error == pytest.approx(wrong.max() / np.abs(w).max())
        assert error.lost == np.count_nonzero((layer.w == 0) & (w != 0))


@pytest.mark.parametrize("bits", range(1, 9))
def test_two_groups_spend_no_bit_on_the_sign(bits):
    """Half the step of mixed weights, and of one bit there is something above 0; one sign needs no groups."""
    w = np.random.default_rng(bits).standard_normal((20, 30))
    layer, error = quantise_layer(w, 0.8, 0.9, 1.5, bits=bits, split=True)
    assert layer.synapse.sign_mode == SPLIT and error.bits == bits
    wrong = np.abs(effective_weights(layer.w, layer.synapse) / error.scale - w)
    step = 2 ** (8 - bits) * 64 * 2.0**error.exponent / error.scale
    assert np.sort(wrong.ravel())[: w.size - error.clipped].max() <= step / 2 * (1 + 1e-9)
    assert error.rms_error < 0.6 * quantise_layer(w, 0.8, 0.9, 1.5, bits=bits)[1].rms_error or bits == 8
    alone = quantise_layer(np.abs(w), 0.8, 0.9, 1.5, bits=bits, split=True)[0]
    assert alone.synapse == quantise_layer(np.abs(w), 0.8, 0.9, 1.5, bits=bits)[0].synapse


def test_a_layer_of_one_bit_runs_as_two_groups_of_synapses_do():
    """Spike for spike: the layer that splits its weights, and a network with a group for each sign."""
    rng = np.random.default_rng(28)
    layer, _ = quantise_layer(rng.standard_normal((12, 40)), 0.8, 0.9, 4.0, bits=1, split=True)
    raster = rng.random((200, 40)) < 0.1
    run = run_layers([layer], raster)[0]
    pre, post = np.nonzero(layer.w.T)
    w, q = layer.w[post, pre], np.zeros((200, 52), int)
    q[:, 12:] = 640_000 * raster  # the inputs are compartments that fire at once
    bits, exponent, _ = layer.synapse
    ways = [
        SynapseGroup(12 + pre[which], post[which], w[which], 1, Synapse(bits, exponent, mode))
        for which, mode in ((w > 0, EXCITATORY), (w < 0, INHIBITORY))
    ]
    groups = [CompartmentGroup(12, layer.compartment), CompartmentGroup(40, Compartment(4096, 4096, 9))]
    fired = simulate_network(q, ways, groups).spikes
    ours, early = fired.units < 12, run.spikes.times < 199
    assert early.sum() > 50
    np.testing.assert_array_equal(fired.times[ours] - 1, run.spikes.times[early])  # a step under way
    np.testing.assert_array_equal(fired.units[ours], run.spikes.units[early])


def test_a_bit_more_halves_the_error():
    """Six decibels a bit, as of every uniform quantiser whose range holds all."""
    w = np.random.default_rng(1).uniform(-1, 1, (200, 200))
    errors = [quantise_layer(w, 0.8, 0.9, bits=bits)[1].rms_error for bits in (4, 5, 6, 7, 8)]
    ratios = np.array(errors[:-1]) / errors[1:]
    assert (np.abs(ratios - 2.0) < 0.2).all()
    assert errors[-1] == pytest.approx(2 / 254 / 2 / 1.0, rel=0.1)  # step / √12 over 1 / √3


def test_few_bits_cut_the_largest_weights():
    """What the search finds is better than the scale that cuts none."""
    w = np.random.default_rng(2).standard_normal((100, 100))
    error = quantise_layer(w, 0.8, 0.9, bits=3)[1]
    step = np.abs(w).max() / 3  # of the scale that cuts none: -4 to 3
    plain = np.sqrt(((np.rint(w / step) * step - w) ** 2).mean() / (w**2).mean())
    assert error.clipped > 0 and error.rms_error < 0.8 * plain


def test_decays_come_within_half_a_4096th():
    for convention in (BRIAN2_LOIHI, LAVA):
        for alpha, beta in ((0.8187, 0.9048), (0.0, 1.0), (0.99999, 0.5)):
            layer, error = quantise_layer([[1.0]], alpha, beta, convention=convention)
            kept = 1 - (layer.compartment.decay_u + convention.decay_offset) / 4096
            assert error.decay_u_error == pytest.approx(kept - alpha, abs=1e-15)
            limit = 0.5 / 4096 if alpha < 0.9999 or not convention.decay_offset else 1.0 / 4096
            assert abs(error.decay_u_error) <= limit and abs(error.decay_v_error) <= 0.5 / 4096


def test_the_bias_has_the_scale_of_the_threshold():
    layer, error = quantise_layer([[0.5], [0.5]], 0.8, 0.9, bias=[0.03, -0.1])
    units = scaled_bias(layer.bias, layer.bias_exp) / error.scale
    np.testing.assert_allclose(units, [0.03, -0.1], atol=error.bias_error * (1 + 1e-9))
    assert 0 < error.bias_error <= 2**layer.bias_exp / 2 / error.scale


@pytest.mark.parametrize("headroom", [2, 64, 1000])
def test_the_registers_hold_the_headroom(headroom):
    layer, error = quantise_layer([[0.7, -0.2]], 0.8, 0.9, headroom=headroom)
    assert headroom * error.scale < 2**23 <= 4.1 * headroom * error.scale
    assert 64 * layer.compartment.v_th == pytest.approx(error.scale)


def on_the_grid(rng, post, pre, step, reach=127):
    """Weights that a chip can hold exactly, the largest of either sign among them."""
    w = rng.integers(-reach, reach + 1, (post, pre))
    w.flat[:2] = reach, -reach
    return w * step


@pytest.mark.parametrize("convention", [BRIAN2_LOIHI, NENGO_LOIHI], ids=lambda c: c.name)
def test_spikes_and_potentials_of_the_float_network(convention):
    """Weights and decays that lose nothing: every spike in its step, every potential to a thousandth."""
    rng = np.random.default_rng(4)
    neuron = CurrentLIF(tau_m=-1 / math.log(3700 / 4096), tau_s=-1 / math.log(3300 / 4096))
    weights = Weights(on_the_grid(rng, 12, 30, 1 / 400), on_the_grid(rng, 4, 12, 1 / 300))
    raster = rng.random((10, 80, 30)) < 0.1
    samples = samples_from_raster(raster, np.zeros(10, int))
    net = quantise_weights(weights, neuron, convention=convention)
    early = quantise_weights(weights, neuron, delay=0, convention=convention)
    lead = 2 - convention.arrival  # steps that a layer is early without a delay
    assert all(error.rms_error < 1e-3 for error in net.errors)
    fired = 0
    for k in range(10):
        floats = run_network(weights, samples, k, neuron)
        hidden, readout = run_layers(net.layers, raster[k], convention)
        spikes = floats.spikes
        np.testing.assert_array_equal(hidden.spikes.times, spikes.times)
        np.testing.assert_array_equal(hidden.spikes.units, spikes.units)
        quiet = floats.s == 0
        np.testing.assert_allclose(
            (hidden.v / net.errors[0].scale)[quiet], floats.v[:-1][quiet], atol=1e-2, rtol=1e-3
        )
        np.testing.assert_allclose(readout.v / net.errors[1].scale, floats.y[:-1], atol=1e-2, rtol=1e-3)
        sooner = run_layers(early.layers, raster[k], convention)
        np.testing.assert_array_equal(sooner[0].v[:-lead], hidden.v[lead:])
        np.testing.assert_array_equal(sooner[1].v[: -2 * lead], readout.v[2 * lead :])
        fired += spikes.n_spikes
    assert fired > 300
    run = run_samples(net.layers, samples, convention, progress=False)
    assert all(counts.overflows == counts.saturations == 0 for counts in run.counts)


def test_a_readout_never_fires():
    net = quantise([[[1.0]], [[1.0]]], 0.9, 0.9, readout=True)
    assert net.layers[1].compartment.v_th == 131071 and net.layers[1].compartment.refractory == 1
    assert net.errors[1].scale < 2**23 / 64


def test_the_table_has_a_line_for_each_layer():
    weights = initial_weights(100, 4, 2, rng=np.random.default_rng(1))
    lines = str(quantise_weights(weights, bits=4)).splitlines()
    assert len(lines) == 3 and lines[1].split()[:3] == ["0", "400", "4"]


def test_weights_that_are_all_0_stay_so():
    layer, error = quantise_layer(np.zeros((2, 3)), 0.8, 0.9)
    assert not layer.w.any() and math.isnan(error.rms_error) and error.clipped == error.lost == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"w": [1.0]}, r"w must have shape \(n_post, n_pre\), got \(1,\)"),
        ({"w": np.zeros((0, 3))}, r"w must have at least one weight, got shape \(0, 3\)"),
        ({"w": [[np.inf]]}, "w must be finite, got inf"),
        ({"alpha": 1.2}, "alpha must be between 0 and 1, got 1.2"),
        ({"beta": -0.1}, "beta must be between 0 and 1, got -0.1"),
        ({"threshold": 0.0}, "threshold must be positive and finite, got 0"),
        ({"bits": 9}, "bits must be at most 8, got 9"),
        ({"headroom": 1.0}, "headroom must be at least 2 and below 131072, got 1"),
        ({"headroom": 131072}, "headroom must be at least 2 and below 131072, got 131072"),
        ({"bias": 1e6}, "bias must be at most .*, got 1e\\+06; a larger headroom"),
        ({"w": [[1e-9]]}, "w must not be so small beside the threshold"),
        ({"w": [[1e9]]}, "threshold must be at least .* beside a weight of 1e\\+09, got 1"),
        ({"refractory": 65}, "refractory must be from 1 to 64, got 65"),
    ],
)
def test_what_has_no_room_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        quantise_layer(**{"w": [[0.5]], "alpha": 0.8, "beta": 0.9, **arguments})


def test_what_the_chip_cannot_do_is_refused():
    rng = np.random.default_rng(1)
    recurrent = initial_weights(3, 4, 2, gain_rec=1.0, rng=rng)
    with pytest.raises(ValueError, match="weights must be those of a feed-forward network"):
        quantise_weights(recurrent)
    with pytest.raises(ValueError, match="refractory must be 1 in the convention lava, got 2"):
        quantise_weights(initial_weights(3, 4, 2, rng=rng), convention=LAVA)
    with pytest.raises(ValueError, match="biases must be one for each of 1 layers, got 2"):
        quantise([[[1.0]]], 0.8, 0.9, biases=[0, 0])
    with pytest.raises(ValueError, match="matrices must be at least one, got none"):
        quantise([], 0.8, 0.9)


def test_sizes_that_no_float_can_multiply_are_refused():
    for w, threshold, said in (
        ([[1e308, -1e308]], 1.0, r"the largest of w must be from 1e-100 to 1e\+100, got 1e\+308"),
        ([[1e-310]], 1e-300, r"the largest of w must be from 1e-100 to 1e\+100, got 1e-310"),
        ([[1.0]], 1e308, r"threshold must be from 1e-100 to 1e\+100, got 1e\+308"),
    ):
        with pytest.raises(ValueError, match=said):
            quantise_layer(w, 0.5, 0.5, threshold)
    with pytest.raises(ValueError, match=r"bias must be a number or have shape \(2,\), got \(3,\)"):
        quantise_layer(np.ones((2, 1)), 0.5, 0.5, bias=[1, 2, 3])
    with pytest.raises(TypeError, match="matrices must be a sequence of arrays, got int"):
        quantise(3, 0.5, 0.5)
