"""Layers on the chip: the quick kernel against the two functions it is made of, and all that it counts."""

import numpy as np
import pytest

from snnlab.learning import samples_from_raster
from snnlab.loihi import (
    BRIAN2_LOIHI,
    LAVA,
    NENGO_LOIHI,
    Compartment,
    Layer,
    Synapse,
    decayed,
    run_layers,
    run_samples,
    simulate_compartments,
    step_through,
    synaptic_input,
)
from snnlab.loihi.networks.layers import check_layers

CONVENTIONS = [BRIAN2_LOIHI, LAVA, NENGO_LOIHI]


def two_layers(rng, exponent=1, rest=1, largest=120):
    return [
        Layer(
            rng.integers(-largest, largest, (6, 9)),
            Synapse(8, exponent),
            Compartment(400, 200, 60, rest),
            rng.integers(-40, 40, 6),
            3,
            delay=2,
        ),
        Layer(
            rng.integers(-largest // 2, largest, (3, 6)),
            Synapse(6, exponent),
            Compartment(500, 300, 90 if exponent > 0 else 9),
        ),
    ]


@pytest.mark.parametrize("convention", CONVENTIONS, ids=lambda c: c.name)
@pytest.mark.parametrize("exponent", [2, -3])
def test_the_kernel_equals_what_it_is_made_of(convention, exponent):
    """Spikes, largest voltages, and every count, from the registers of each step."""
    rng = np.random.default_rng(5)
    layers = two_layers(rng, exponent, 3 if convention.refractory else 1)
    raster = rng.random((4, 50, 9)) < 0.2
    run = run_samples(layers, samples_from_raster(raster, np.zeros(4, int)), convention, progress=False)
    expected = np.zeros((2, 6), int)
    sent = [raster.sum(axis=(0, 1)), np.zeros(6, int), np.zeros(3, int)]
    for s, spikes in enumerate(raster):
        before = spikes.astype(int)
        for k, layer in enumerate(check_layers(layers, convention)):
            q = synaptic_input(before, layer.w, layer.synapse, convention, delay=layer.delay)
            made = simulate_compartments(
                q, layer.compartment, convention, bias=layer.bias, bias_exp=layer.bias_exp
            )
            ops = int((before @ np.count_nonzero(layer.w, axis=0)).sum())
            bias = np.broadcast_to(np.asarray(layer.bias) * 2 ** np.asarray(layer.bias_exp), len(layer.w))
            u, v = (np.vstack([np.zeros_like(x[:1]), x]) for x in (made.u, made.v))
            active = (q != 0) | (u[:-1] != 0) | (v[:-1] != 0) | (bias != 0)
            before = made.spikes.to_raster(1.0).astype(int)
            expected[k] += [ops, active.sum(), (~active).sum(), before.sum(), 0, 0]
            sent[k + 1] += before.sum(axis=0)
        np.testing.assert_array_equal(run.peak[s], np.maximum(made.v.max(axis=0), 0))
        np.testing.assert_array_equal(run.fired[s], before.sum(axis=0))
    assert [tuple(counts) for counts in run.counts] == [tuple(row) for row in expected]
    assert 0 < run.counts[0].spikes < 4 * 50 * 6 and run.counts[1].spikes > 0
    for ours, theirs in zip(run.sent, sent, strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_layers_one_by_one_and_all_at_once():
    rng = np.random.default_rng(6)
    layers, raster = two_layers(rng), rng.random((60, 9)) < 0.3
    first, last = run_layers(layers, raster)
    alone = run_layers(layers[:1], raster)[0]
    np.testing.assert_array_equal(first.v, alone.v)
    then = run_layers(layers[1:], alone.spikes.to_raster(1.0))[0]
    np.testing.assert_array_equal(last.u, then.u)
    np.testing.assert_array_equal(last.spikes.times, then.spikes.times)


@pytest.mark.parametrize("convention", CONVENTIONS, ids=lambda c: c.name)
def test_no_overflow_is_hidden(convention):
    """A current that is driven round and round, and a voltage pressed against its end."""
    layer = Layer(np.full((2, 1), 250.0), Synapse(exponent=7), Compartment(0, 0, 131071))
    raster = np.ones((1, 40, 1))
    run = run_samples([layer], samples_from_raster(raster, [0]), convention, progress=False)
    q = synaptic_input(raster[0], layer.w, layer.synapse, convention)
    made = simulate_compartments(q, layer.compartment, convention)
    u = np.vstack([np.zeros((1, 2), int), made.u.astype(int)])
    kept = np.array([decayed(int(x), 4096 - convention.decay_offset) for x in u[:-1].ravel()]).reshape(-1, 2)
    step = q if not convention.input_limit else (q + 2**21) % 2**22 - 2**21
    assert run.counts[0].overflows == np.count_nonzero(kept + step != made.u) > 0
    v = np.vstack([np.zeros((1, 2), int), made.v.astype(int)])
    beyond = np.abs(v[:-1] + made.u) > 2**23 - 1
    assert run.counts[0].saturations == beyond.sum() > 0


@pytest.mark.parametrize("convention", CONVENTIONS, ids=lambda c: c.name)
def test_what_is_counted_is_what_each_step_tells(convention):
    """With rest, bias and a drive that overflows: a compartment at rest is pressed against no end."""
    rest = 5 if convention.refractory else 1
    layer = Layer(
        np.array([[250.0], [-250.0]]), Synapse(exponent=7), Compartment(100, 50, 131071, rest), 4000, 7
    )
    raster = np.random.default_rng(3).random((300, 1)) < 0.5
    run = run_samples([layer], samples_from_raster(raster[None], [0]), convention, progress=False)
    q = synaptic_input(raster, layer.w, layer.synapse, convention)
    steps = [
        step
        for k in range(2)
        for step in step_through(q[:, k], layer.compartment, convention, bias=4000, bias_exp=7)
    ]
    counts = run.counts[0]
    assert counts.overflows == sum(step.wraps for step in steps) > 0
    assert counts.saturations == sum(step.stops and not step.held for step in steps) > 0
    assert counts.spikes == sum(step.fires for step in steps)


def test_spikes_that_arrive_after_the_end_are_counted_and_bring_nothing():
    layer = Layer(np.array([[100.0]]), compartment=Compartment(v_th=10), delay=5)
    run = run_samples([layer], samples_from_raster([[[0], [0], [1]]], [0]), progress=False)
    assert run.counts[0].synaptic_ops == 1 and run.counts[0].active == 0 and run.peak.tolist() == [[0]]


def test_no_sample_is_no_run():
    empty = samples_from_raster(np.zeros((0, 5, 1)), np.zeros(0, int))
    run = run_samples([Layer(np.ones((2, 1)))], empty, progress=False)
    assert run.peak.shape == (0, 2) and run.named.size == 0 and run.n_samples == 0


def test_interrupted_it_tells_what_it_has(monkeypatch):
    """Ctrl-C in the second share of samples."""
    from snnlab.loihi.networks import sample_runs

    seen = []

    def stop(*arguments):
        seen.append(1)
        if len(seen) == 2:
            raise KeyboardInterrupt
        return run_layer(*arguments)

    run_layer = sample_runs._run_layer
    monkeypatch.setattr(sample_runs, "_ROOM", 60)
    monkeypatch.setattr(sample_runs, "_run_layer", stop)
    samples = samples_from_raster(np.ones((9, 10, 1)), np.zeros(9, int))
    run = run_samples([Layer(np.full((2, 1), 10))], samples, progress=False)
    assert run.n_samples == 3 and run.peak.shape == (3, 2) and run.counts[0].synaptic_ops == 60
    assert run.sent[0].tolist() == [30]


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ([], "layers must be at least one, got none"),
        ([Layer(np.ones(3))], r"w of layer 0 must have shape \(n_post, n_pre\), got \(3,\)"),
        ([Layer(np.ones((2, 0)))], r"w of layer 0 must have shape \(n_post, n_pre\), got \(2, 0\)"),
        ([Layer(np.ones((1, 1)), delay=63)], "delay must be at most 62, got 63"),
        ([Layer(np.full((1, 1), np.nan))], "w must be finite"),
        ([Layer(np.ones((1, 1)), Synapse(exponent=9))], "exponent must be at most 7, got 9"),
        ([Layer(np.ones((1, 1)), compartment=Compartment(v_th=-1))], "v_th must be from 0 to 131071, got -1"),
        ([Layer(np.ones((2, 1)), bias=[1, 2, 3])], r"bias must be a number or have shape \(2,\), got \(3,\)"),
        (
            [Layer(np.ones((2, 4)))],
            r"samples must have as many inputs as w of layer 0 has columns \(4\), got 1",
        ),
    ],
)
def test_what_cannot_be_is_refused(layers, message):
    samples = samples_from_raster(np.ones((1, 3, 1)), [0])
    with pytest.raises(ValueError, match=message):
        run_samples(layers, samples, progress=False)


def test_what_is_no_layer_is_refused():
    with pytest.raises(TypeError, match="layers must be a sequence of Layer, got Layer"):
        run_layers(Layer(np.ones((1, 1))), [[1]])
    with pytest.raises(TypeError, match="samples must be Samples, got list"):
        run_samples([Layer(np.ones((1, 1)))], [[1]])


def test_an_input_that_is_not_there_is_refused():
    samples = samples_from_raster([[[1], [0]]], [0])._replace(units=np.array([7], np.uint32))
    with pytest.raises(ValueError, match=r"units must be from 0 to n_inputs - 1 \(0\), got 7"):
        run_samples([Layer(np.array([[100.0]]))], samples, progress=False)
