"""From spikes to input: delays, exponents and where the conventions part."""

import numpy as np
import pytest

from snnlab.loihi import (
    BRIAN2_LOIHI,
    EXCITATORY,
    INHIBITORY,
    LAVA,
    MIXED,
    NENGO_LOIHI,
    SPLIT,
    Synapse,
    effective_weights,
    stored_weights,
    synaptic_input,
)
from snnlab.loihi.neuron.synapses import sign_mode_of


@pytest.mark.equation("loihi-input")
def test_each_spike_arrives_after_its_delay():
    """The sum of the equation, term by term."""
    rng = np.random.default_rng(1)
    s, w, d = rng.random((40, 5)) < 0.3, 2 * rng.integers(-60, 60, (3, 5)), rng.integers(0, 63, (3, 5))
    for convention in (BRIAN2_LOIHI, LAVA):
        q = np.zeros((40, 3), int)
        for t, j in np.argwhere(s):
            for i in range(3):
                if (late := t + d[i, j] + convention.arrival) < 40:
                    q[late, i] += 64 * 4 * w[i, j]
        ours = synaptic_input(s, w, Synapse(exponent=2), convention, delay=d)
        np.testing.assert_array_equal(ours, q)


def test_a_negative_exponent_rounds_each_weight_or_their_sum():
    """Three weights of 3 with exponent −2: 3 · ⌊0.75⌋, ⌊2.25⌋ and 3 · 1."""
    synapse = Synapse(exponent=-2, sign_mode=EXCITATORY)
    for convention, expected in ((BRIAN2_LOIHI, 0), (LAVA, 2), (NENGO_LOIHI, 3)):
        q = synaptic_input([[1, 1, 1], [0, 0, 0]], [[3, 3, 3]], synapse, convention)
        assert q[convention.arrival, 0] == 64 * expected


def test_the_conventions_part_at_a_negative_weight():
    w = [-77.0, -255.0, -256.0, 255.0]
    assert stored_weights(w).tolist() == [-76, -254, -256, 254]
    assert stored_weights(w, convention=LAVA).tolist() == [-78, -256, -256, 254]
    assert stored_weights(w, convention=NENGO_LOIHI).tolist() == [-76, -254, -254, 254]


def test_the_largest_effective_weight():
    assert effective_weights([-256, 254], Synapse(exponent=7)).tolist() == [-(2**21) + 64, 254 * 2**13]


def test_the_sign_mode_follows_the_weights():
    assert sign_mode_of([0, 0]) == sign_mode_of([0, 3]) == EXCITATORY
    assert sign_mode_of([0, -3]) == INHIBITORY and sign_mode_of([1, -3]) == MIXED


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"spikes": [[2]]}, "spikes must be whole, from 0 to 1, got 2"),
        ({"spikes": [[1, 0]]}, r"spikes must have shape \(steps, 1\), got \(1, 2\)"),
        ({"delay": 63}, "delay must be whole, from 0 to 62, got 63"),
        ({"delay": [1, 2]}, r"delay must be a number or have shape \(1, 1\), got \(2,\)"),
        ({"synapse": Synapse(exponent=8)}, "exponent must be at most 7, got 8"),
        ({"synapse": Synapse(exponent=-9)}, "exponent must be at least -8, got -9"),
    ],
)
def test_what_cannot_be_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        synaptic_input(**{"spikes": [[1]], "w": [[4]], **arguments})


def test_where_inhibitory_weights_end():
    """brian2-loihi takes −256 and truncates other magnitudes; lava and nengo-loihi stop at 255 of them."""
    w = [-256.0, -255.0, -7.0]
    assert stored_weights(w, Synapse(6, 0, INHIBITORY)).tolist() == [-256, -252, -4]
    assert stored_weights(w, Synapse(6, 0, INHIBITORY), LAVA).tolist() == [-252, -252, -4]
    assert effective_weights(w, Synapse(8, 1, INHIBITORY)).tolist() == [-32768, -32640, -896]
    assert effective_weights(w, Synapse(8, 1, INHIBITORY), NENGO_LOIHI).tolist() == [-32640, -32640, -896]


def test_weights_far_beyond_keep_their_sign():
    for size in (1e4, 1e19, 1e300):
        assert stored_weights([size, -size]).tolist() == [254, -256]
        assert stored_weights([size, -size], Synapse(8, 0, INHIBITORY), LAVA).tolist() == [0, -255]


def test_where_the_exponent_belongs_to_the_sum_a_weight_is_the_sum_of_one_spike():
    w = [[-256.0, 254.0]]
    for exponent in range(-8, 8):
        effective = effective_weights(w, Synapse(exponent=exponent), LAVA)
        for one in ([1, 0], [0, 1]):
            q = synaptic_input([one, [0, 0]], w, Synapse(exponent=exponent), LAVA)
            assert q[1, 0] == effective @ one


def test_a_convention_or_a_synapse_that_cannot_be():
    for call, error, message in (
        (lambda: stored_weights([1], 8), TypeError, "synapse must be a Synapse, got int"),
        (
            lambda: stored_weights([1], convention="lava"),
            TypeError,
            "convention must be a Convention such as",
        ),
        (
            lambda: synaptic_input([[1]], [[1]], convention=LAVA._replace(arrival=2)),
            ValueError,
            "arrival must",
        ),
        (
            lambda: effective_weights([1], convention=LAVA._replace(input_limit=40_000)),
            ValueError,
            "input_limit",
        ),
    ):
        with pytest.raises(error, match=message):
            call()


def test_one_bit_is_enough_for_a_sign_where_each_sign_has_a_group():
    """Mixed, one bit holds −256 and 0; two groups of one bit bring what mixed weights of ±128 bring."""
    rng = np.random.default_rng(28)
    signs = rng.choice([-1.0, 1.0], (5, 40))
    spikes = rng.random((30, 40)) < 0.2
    assert np.unique(stored_weights(256 * signs, Synapse(1))).tolist() == [-256, 0]
    one_bit = [
        synaptic_input(spikes, 200 * np.maximum(signs, 0), Synapse(1, sign_mode=EXCITATORY)),
        synaptic_input(spikes, 200 * np.minimum(signs, 0), Synapse(1, sign_mode=INHIBITORY)),
    ]
    np.testing.assert_array_equal(sum(one_bit), synaptic_input(spikes, 128 * signs, Synapse(8)))


@pytest.mark.parametrize("convention", [BRIAN2_LOIHI, LAVA, NENGO_LOIHI], ids=lambda c: c.name)
@pytest.mark.parametrize("bits", range(1, 9))
def test_split_weights_are_two_groups_of_one_sign(bits, convention):
    """Stored as an excitatory and an inhibitory group are, and bring what the two bring together."""
    rng = np.random.default_rng(bits)
    w, spikes = rng.uniform(-256, 255, (5, 40)), rng.random((30, 40)) < 0.2
    if convention.lowest_inhibitory == -256:  # which one group of lava's has, beside its multiples
        w = np.maximum(w, -255)
    split = stored_weights(w, Synapse(bits, 1, SPLIT), convention)
    groups = [
        (np.maximum(w, 0), Synapse(bits, 1, EXCITATORY)),
        (np.minimum(w, 0), Synapse(bits, 1, INHIBITORY)),
    ]
    np.testing.assert_array_equal(split, sum(stored_weights(*group, convention) for group in groups))
    brought = [synaptic_input(spikes, *group, convention) for group in groups]
    both = synaptic_input(spikes, w, Synapse(bits, 1, SPLIT), convention)
    np.testing.assert_array_equal(both, sum(brought))
    assert np.abs(split).max() <= 255 and (split % (1 << (8 - bits)) == 0).all()
    if bits == 1:
        assert np.unique(split).tolist() == [-128, 0, 128]
