"""Calls that the fuzz found ending badly, each with what is said to it now."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.checks import entries, positive, wholes
from snnlab.coding import Decoder, autocorrelogram, fit_decoder, fit_wiener, reconstruct, sound_levels
from snnlab.coding.codes.sound import Cochlea
from snnlab.coding.decoding.direction_decoding import decode_direction
from snnlab.coding.decoding.information_bias import InformationEstimate, information_bias
from snnlab.coding.generators.frozen_noise import frozen_noise
from snnlab.coding.generators.noise_driven import noise_driven
from snnlab.coding.nef.errors_by_size import errors_by_size
from snnlab.coding.statistics.dead_time_statistics import dead_time_statistics
from snnlab.coding.statistics.optimal_width import optimal_width
from snnlab.coding.statistics.spectra import information_rate
from snnlab.data import (
    Recording,
    cut_steps,
    estimate_membrane,
    load_patch_adapting,
    load_recording,
    measure_membrane,
    measure_shapes,
)
from snnlab.data.drawings import drawing_as_text
from snnlab.data.events import Events, event_balance
from snnlab.foreign_arrays import as_array
from snnlab.learning import (
    classify_responses,
    initial_binary,
    initial_weights,
    label_clusters,
    poisson_patterns,
    samples_from_spikes,
    samples_from_times,
    train,
    train_binary,
)
from snnlab.learning.competition.baselines import linear_accuracy
from snnlab.learning.competition.repeated_image import repeated_image
from snnlab.learning.credit.rate_network import initial_network
from snnlab.learning.eventprop.event_network import initial_events
from snnlab.learning.gates.delayed_xor import learn_delayed_xor, xor_network
from snnlab.learning.gradients.surrogate_network import check_weights
from snnlab.learning.gradients.timing import timing_loss
from snnlab.learning.labelled import labelled
from snnlab.learning.rules.triplet import Triplet, triplet_threshold
from snnlab.loihi import Compartment, Trace, Traces, layered_graph
from snnlab.loihi.networks.closed_loop import learn_in_network
from snnlab.loihi.networks.learning_group import LearningGroup
from snnlab.loihi.neuron.fixed_and_float import fixed_and_float
from snnlab.loihi.neuron.synapses import Synapse, stored_weights
from snnlab.loihi.plasticity.epochs_of_pairs import whole_trace
from snnlab.networks import Connections, arrivals, brunel
from snnlab.networks.cells.short_term import TsodyksMarkram, simulate_short_term
from snnlab.networks.running.events import type_of_weights
from snnlab.networks.wiring.rule import Rule
from snnlab.neurons import LIF, AdaptiveLIF, fit_adaptive, simulate_lif, simulate_lif_alpha, step_response
from snnlab.neurons.experiments.adaptive_step import adaptive_step
from snnlab.neurons.experiments.density_step import density_step
from snnlab.neurons.experiments.place_cell import Crossings
from snnlab.neurons.experiments.population_step import population_step
from snnlab.neurons.longest_step import longest_step
from snnlab.neurons.models.escape import EscapeLIF
from snnlab.neurons.populations.lif_density import simulate_lif_density
from snnlab.plots.decoding import bits, line_up
from snnlab.plots.neurons import sweeps, trace
from snnlab.plots.plasticity import weight_changes
from snnlab.plots.spike_codes import coded_signal, precession
from snnlab.probability import (
    GLMFit,
    added_terms,
    channel_information,
    design_matrix,
    enumerate_hidden,
    filters_of,
    fit_glm,
    glm_potential,
    initial_hidden_network,
    simulate_glm,
)
from snnlab.probability.glm_fit import filter_errors
from snnlab.probability.glm_stability import stability_of
from snnlab.random import uniforms

RAGGED = [[1.0], [1.0, 2.0]]
LONG = np.broadcast_to(np.array([0]), 2**50)
CELL = Recording(
    np.full((500, 3), -65.0), np.zeros((500, 3)), dt=0.5, step=(20.0, 80.0), name="cell", licence="none"
)
BINARY = initial_binary(4, 8, 2, rng=np.random.default_rng(1))
TRAIN = Spikes([10.0, 20.0, 40.0], duration=100)
DESIGN = design_matrix(Spikes(np.arange(2, 90, 3), duration=90), 1.0, self_basis=np.eye(3))


def rng():
    return np.random.default_rng(1)


def hidden_network():
    return initial_hidden_network(1, 1, 2, [[1.0]], rng=rng())


def lopsided(factor):
    """A fit whose covariance no weights have."""
    fit: GLMFit = fit_glm(DESIGN.x, DESIGN.y, ridge=0.01)
    return fit._replace(covariance=factor(fit.covariance))


CROSSINGS = Crossings(np.array([5.0, 30.0]), np.array([200.0, 90.0]), np.zeros(2, int), np.ones(2, bool))
CALLS = [
    (lambda: added_terms(DESIGN, {"all": ["self"]}, [0.1], parts=2**40), "parts must be a sequence of whole"),
    (lambda: added_terms(DESIGN, {"all": ["self"]}, [0.1], folds=2, parts=LONG), "parts must be what fits"),
    (lambda: added_terms(DESIGN, 1, [0.1]), "models must be a dict, got int"),
    (lambda: added_terms(DESIGN, {"all": 1}, [0.1]), "models must be a sequence of names of parts, got 1"),
    (lambda: added_terms(DESIGN, {"all": []}, [0.1]), "models must have a part of the design each, got none"),
    (lambda: estimate_membrane(CELL, 1), "sweeps must be a sequence of whole numbers, got 1"),
    (lambda: estimate_membrane(CELL, "a"), "sweeps must be a whole number, got 'a'"),
    (lambda: estimate_membrane(None), "recording must be a Recording, got NoneType"),
    (lambda: estimate_membrane(CELL._replace(step=(1.0, [2.0, 3.0]))), "step must be an array of numbers"),
    (lambda: cut_steps(CELL, 1), "sweeps must be a sequence of whole numbers, got 1"),
    (lambda: cut_steps(CELL, [0], [1.0, 2.0]), r"steps must have shape \(steps, 2\), got \(2,\)"),
    (lambda: cut_steps(CELL, [0], [(1.0, 2.0, 3.0)]), r"steps must be pairs of times, got shape \(1, 3\)"),
    (lambda: errors_by_size(8), "sizes must be a sequence of whole numbers, got 8"),
    (lambda: initial_network(None, rng=rng()), "sizes must be a sequence of whole numbers, got None"),
    (lambda: initial_events(3, mean=1, sd=1, rng=rng()), "sizes must be a sequence of whole numbers, got 3"),
    (lambda: layered_graph([784, "a"]), "sizes must be a whole number, got 'a'"),
    (lambda: learn_delayed_xor(xor_network(8, rng=rng()), 1, rng=rng()), "stages must be a sequence of Xor"),
    (lambda: drawing_as_text(None), "strokes must be a sequence of arrays, got None"),
    (lambda: Spikes.from_trains(1, duration=10), "trains must be a sequence of trains, got 1"),
    (lambda: load_recording(CELL.v, dt=0.5, units=1), "units must be a dict, got int"),
    (lambda: train(initial_weights(9, 4, 2, rng=rng()), None, 1, stop=[]), "stop must be a function, got"),
    (lambda: poisson_patterns(8, rng=rng()).take(RAGGED), "which must choose samples from 0 to 7, got"),
    (lambda: poisson_patterns(8, rng=rng()).take(LONG), "which must be what fits into"),
    (lambda: label_clusters([[3.0], [1.0]], RAGGED), "labels must be an array of numbers, got a ragged list"),
    (lambda: samples_from_spikes([TRAIN], RAGGED, 4), "labels must be an array of numbers, got a ragged"),
    (lambda: linear_accuracy([[0.0], [1.0]], ["0", "1"], [[0.0]], [0]), "y must be whole numbers, one a"),
    (lambda: linear_accuracy([[0.0], [1.0]], [0, 10**400], [[0.0]], [0]), "y must be whole numbers, one"),
    (lambda: simulate_lif_alpha(TRAIN, [0.2], LIF(tau_m=5e-324)), "tau_m must be positive and finite, at"),
    (lambda: simulate_lif_alpha(TRAIN, [0.2], tau_s=5e-324), "tau_s must be positive and finite, at least 2"),
    (lambda: simulate_short_term(TRAIN, TsodyksMarkram(tau_rec=5e-324)), "tau_rec must be positive and fini"),
    (lambda: sound_levels(np.ones(900), 0.125, Cochlea(span=5e-324)), "span must be positive and finite, at"),
    (lambda: information_bias([[1, 2**62], [1, 2**62]]), r"table must hold at most 9\.0072e\+15 trials, got"),
    (
        lambda: reconstruct(TRAIN, Decoder(np.array([-1e308]), np.ones((1, 1)), 0.0, 1.0)),
        r"lag must lie within 100 steps, got -1e\+308",
    ),
    (
        lambda: fit_adaptive([0.2], Spikes(np.arange(1.0, 9.0), duration=1e15), LIF()),
        "duration and current must be what fits into",
    ),
    (lambda: channel_information([]), "u must hold one stimulus at least, got none"),
    (lambda: simulate_glm([0.0], [1.0], given="a", rng=rng()), "given must be a number or an array of"),
    (lambda: filters_of(DESIGN, lopsided(lambda c: c[::-1])), "covariance must be symmetric"),
    (lambda: filters_of(DESIGN, lopsided(np.negative)), "covariance must have no variance below 0, got -"),
    (
        lambda: filter_errors(np.ones((1, 3)), lopsided(lambda c: 3 * np.eye(4) - 2), slice(0, 3)),
        "covariance must be that of some weights, got a variance of -",
    ),
    *(
        (
            lambda name=name: enumerate_hidden(
                hidden_network()._replace(**{name: np.full_like(getattr(hidden_network(), name), 1e308)}),
                np.ones((4, 1)),
                [[0], [1], [0], [1]],
            ),
            rf"{name} must be at most 1e\+100 in magnitude, got 1e\+308",
        )
        for name in ("w", "synaptic_basis", "own_basis")
    ),
    (lambda: longest_step(lambda i, dt: None, [0.3]), "simulate must return Spikes or something with spikes"),
    (lambda: fixed_and_float(np.zeros(9), weight=[1]), "weight must be a whole number"),
    (lambda: repeated_image(RAGGED, rng=rng()), "image must be an array of numbers, got a ragged list"),
    (lambda: brunel(50, dtype=rng, rng=rng()), "dtype must be float64 or float32, got <function"),
    (lambda: Rule("mine", lambda *_: 1.0, lambda *_: 1.0, False)(2, 2), "pairs must return the two ends of"),
    (lambda: decode_direction(TRAIN, np.zeros(100), 1.0, 2.0, bins=1), "bins must be at least 2, got 1"),
    (lambda: decode_direction(TRAIN, np.zeros(100), 300.0, window=2), "window must be one step of 300 ms at"),
    (lambda: information_rate(np.arange(2), RAGGED), "coherence must be a number or an array"),
    (lambda: poisson_patterns(8, rng=rng())._replace(start=1.0).split(0.5, rng=rng()), "start must"),
    (lambda: classify_responses([[5, 1]], [0, None]), "labelled must have one whole number for each of 2 ne"),
    (lambda: train_binary(BINARY, np.ones((2, 4)), [0, 1], 1, test=[], rng=rng()), "test must be a pair of"),
    (lambda: timing_loss([0.3], TRAIN, TRAIN, relaxed=[]), "relaxed must be True or False, got"),
    (lambda: simulate_lif_density([0.2, 1e308], 4.0), r"i must be at most 1e\+100 in magnitude"),
    (lambda: simulate_lif_density([0.2], 4.0, gathered=True, dt=1e308), r"dt must be at most 1e"),
    (lambda: fit_decoder(TRAIN, np.arange(100.0), 1.0, -2, 2, ridge=1e308), r"ridge must be at most 1e"),
    (lambda: uniforms([], 1, 0, 0), "out must be a number, an array of numbers or a tuple"),
    (lambda: measure_membrane(CELL._replace(dt=1e300)), "start and stop must"),
    (lambda: stored_weights([1], Synapse(exponent=1.5)), "exponent must be a whole number, got 1.5"),
    (lambda: line_up([3.0], {"A": [0.0, 1.0]}, 1e308, "dB"), "start and steps of dt must be finite, got inf"),
    (lambda: trace(CELL.v[:, 0], 1e308, {}), "dt times the number of steps must be zero or positive"),
    (
        lambda: weight_changes({"pre first": ([1.0], [2.0], [-1.0])}, {}, "Hz"),
        r"measured\['pre first'\]\[2\] must be zero or positive, got -1",
    ),
    (lambda: event_balance(Events(np.zeros(1), [0], [0], [[True]])), r"brighter must have shape \(1,"),
    (lambda: autocorrelogram(Spikes([1.0], duration=1e15), 1.0, 1e14), "max_lag and n_units must be"),
    (lambda: step_response([0.3], TRAIN, AdaptiveLIF(), before=-1e308), r"before must be at most 1e\+100 in"),
    (lambda: fit_wiener(Spikes([], n_units=1, duration=0), [], 1.0, 4), "stimulus must have a step at least"),
    (lambda: repeated_image([], rng=rng()), "image must hold one pixel at least, got none"),
    (
        lambda: decode_direction(Spikes(np.arange(900.0), duration=1000), np.ones(1000), 1.0, 20.0),
        "width must reach what was never seen, got",
    ),
    (lambda: sweeps(CELL, LONG), "which must be what fits into"),
    (lambda: precession(CROSSINGS._replace(run=np.ma.array([0, 0], mask=True))), "seen.run must not be"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "sentence"), CALLS, ids=lambda x: x if isinstance(x, str) else "")
def test_what_ended_badly_has_its_sentence(call, sentence):
    with pytest.raises((ValueError, TypeError, IndexError), match=sentence):
        call()


def test_a_sequence_of_whole_numbers_is_whatever_can_be_gone_through():
    for sizes in ([1, 2], (1, 2), np.array([1, 2]), range(1, 3), {1: "a", 2: "b"}, iter([1, 2])):
        assert wholes("sizes", sizes, 1) == [1, 2]
    for sizes, sentence in (
        (5, "sizes must be a sequence of whole numbers, got 5"),
        (np.array(5), r"sizes must be a sequence of whole numbers, got array\(5\)"),
        ([0], "sizes must be at least 1, got 0"),
        ([1.5], "sizes must be a whole number, got 1.5"),
        (np.ma.array([1, 2], mask=[True, False]), "sizes must not be masked"),
        (np.broadcast_to(np.array([1]), 2**50), "sizes must be what fits into"),
    ):  # fmt: skip
        with pytest.raises((ValueError, TypeError), match=sentence):
            wholes("sizes", sizes, 1)
    assert entries("parts", "ab", "letters") == ["a", "b"]


def test_what_one_divides_by_has_a_finite_reciprocal():
    smallest = np.finfo(float).tiny
    assert positive("tau", smallest) == smallest and np.isfinite(1.0 / smallest)
    for number, sentence in (
        (smallest / 2, "at least 2.22507e-308"),
        (0, "finite, got 0"),
    ):
        with pytest.raises(ValueError, match=sentence):
            positive("tau", number)


def test_what_does_not_fit_is_refused_before_it_is_drawn(monkeypatch):
    monkeypatch.setattr("snnlab.work_and_memory.bytes_left", lambda: 1e9)
    with pytest.raises(ValueError, match="duration / dt must be what fits into"):
        noise_driven(0.1, 1.0, dt=1e-2, duration=1e6, rng=rng())


def test_what_python_and_numpy_say_of_sizes_is_said_in_our_words():
    with pytest.raises(ValueError, match="sizes must be what fits into"):
        wholes("sizes", range(2**64))
    with pytest.raises(TypeError, match="dtype must be float64 or float32, got 'f8,,'"):
        type_of_weights("f8,,")


def test_true_and_false_are_classes_and_no_mask():
    assert labelled("", [[0.0], [1.0]], [True, False])[1].tolist() == [1, 0]


def test_a_fit_of_columns_that_are_nearly_alike_is_a_fit():
    """The inverse of its Hessian is symmetric but for rounding, which is large there."""
    draw = rng()
    once = draw.normal(size=(3000, 2))
    x = np.column_stack((once, once + 1e-5 * draw.normal(size=(3000, 2))))
    fit = fit_glm(x, draw.random(3000) < 0.3)
    assert glm_potential(x, fit).shape == (3000,)


def test_pairs_of_times_are_gone_through():
    recording = load_patch_adapting()
    steps = [(146.9, 646.9), (1646.9, 2146.9)]
    assert (cut_steps(recording, [16], iter(steps)).before == cut_steps(recording, [16], steps).before).all()


def test_an_array_keeps_its_type():
    assert as_array("y", [1, 2]).dtype.kind == "i" and as_array("y", ["a"]).dtype.kind == "U"


def test_single_precision_stays_so_in_either_order_of_bytes():
    weights = initial_weights(9, 4, 2, rng=rng())
    single = type(weights)(*(w if w is None else w.astype(np.float32) for w in weights))
    swapped = type(weights)(*(w if w is None else w.astype(">f4") for w in single))
    for one, other in zip(check_weights(single), check_weights(swapped), strict=True):
        assert one is other is None or (one.dtype == other.dtype == np.float32 and (one == other).all())


def test_a_step_after_the_end_never_comes():
    for late in (1e9, 1e308):
        assert adaptive_step(0.3, onset=late, stop=late).n == 0


def test_no_bins_have_no_spikes():
    assert simulate_glm([], [1.0], rng=rng()).spikes.n_spikes == 0


def test_spikes_after_the_last_step_are_left_out_whatever_the_step():
    assert samples_from_spikes([TRAIN], [0], steps=4, dt=1e-300).units.size == 0


def test_classes_that_are_written_as_floats_are_whole_numbers():
    assert linear_accuracy([[0.0], [1.0]], [0.0, 1.0], [[0.0], [1.0]], [0, 1], epochs=50) == 1.0


def test_a_state_with_a_nan_is_no_beginning():
    run = simulate_lif(np.full(20, 0.1))
    broken = run.state._replace(v=np.full_like(run.state.v, np.nan))
    with pytest.raises(ValueError, match=r"start\.v must be a number everywhere, got nan"):
        simulate_lif(np.full(20, 0.1), start=broken)


def test_what_arrives_in_a_thousand_years_does_not_fit():
    late = Spikes([1.0], duration=1e15)
    with pytest.raises(ValueError, match="what arrives must fit into memory"):
        arrivals(late, Connections([0], [0], [1.0], [1.0], 1, 1))


@pytest.mark.parametrize("lines", [None, (), ([0], [1], 110)])
def test_what_learns_is_a_group_of_synapses(lines):
    group = LearningGroup(lines, "dw = 2^-4*x1*y0", Traces(x1=Trace(impulse=64, tau=10)))
    with pytest.raises(TypeError, match="synapses must be those of a SynapseGroup, got"):
        learn_in_network(np.zeros((8, 2), int), group, Compartment(4096, 4096, 9), rng=rng())


@pytest.mark.parametrize(
    "wrong", [{"believable": 2}, {"believable": None}, {"error": 1e308}, {"error": -1.0}, {"raw": -1e9}]
)
def test_bits_that_cannot_be_drawn(wrong):
    told = InformationEstimate(0.9, 0.2, 0.1, 0.7, 0.2, 1.0, False, "")
    with pytest.raises((TypeError, ValueError), match=rf"found\[1\]\.{next(iter(wrong))} must be"):
        bits([20, 30], [told, told._replace(**wrong)])


@pytest.mark.parametrize("swing", [None, "1", [0.0]])
def test_a_swing_is_a_number(swing):
    with pytest.raises(TypeError, match="swing must be a number, got"):
        dead_time_statistics(40.0, 0.0, swing, rng=rng())


def test_a_neuron_may_rest_for_ever():
    for_ever = {"t_ref": 1e308}
    assert population_step(20, neuron=LIF(**for_ever), rng=rng()).after == 0.0
    assert frozen_noise(0.3, 0.1, EscapeLIF(**for_ever), rng=rng()).n <= 25
    with pytest.raises(ValueError, match="t_ref in steps must be"):
        density_step(4.0, neuron=LIF(**for_ever))


@pytest.mark.parametrize(
    ("sigma", "wrong"), [(1e308, {}), (1.0, {"v_th": 1e308}), (1.0, {"v_rest": -1e308}), (1e-7, {})]
)
def test_a_grid_that_is_too_coarse_for_the_noise_is_refused(sigma, wrong):
    """Its cells were counted with infinities, and a neuron was reset beyond them."""
    with pytest.raises(ValueError, match="sigma must be at least"):
        density_step(sigma, neuron=LIF(**wrong))


def test_a_width_too_small_to_divide_by_and_spikes_without_time():
    train = Spikes([1.0, 2.0], duration=10.0)
    with pytest.raises(ValueError, match="widths must be positive and finite"):
        optimal_width(train, [5e-324, 1.0])
    with pytest.raises(ValueError, match=r"spikes\.duration must be positive"):
        optimal_width(Spikes([0.0, 0.0], duration=0.0))


def test_a_recording_whose_spikes_are_measured_is_one():
    cell = load_patch_adapting()
    with pytest.raises(TypeError, match="v must be"):
        measure_shapes(cell._replace(v=None))
    with pytest.raises((TypeError, ValueError), match="step must not be masked"):
        measure_shapes(cell._replace(step=(np.ma.masked_array(1.0, mask=True), 2.0)))


def test_a_threshold_is_finite():
    assert triplet_threshold(Triplet(a3_minus=1e308)) == triplet_threshold(Triplet(a3_minus=0.0))
    with pytest.raises(ValueError, match="the threshold of rule must be finite, got inf"):
        triplet_threshold(Triplet(a3_minus=1e308), 10.0)


def test_a_design_that_has_lost_its_bases():
    design = design_matrix(Spikes(np.arange(2, 900, 3), duration=900), 1.0, self_basis=np.eye(2))
    fit = fit_glm(design.x, design.y, ridge=1e-4)
    with pytest.raises(ValueError, match=r"design\.bases must have that of self, got those of \[\]"):
        stability_of(design._replace(bases={}), fit)


def test_a_signal_longer_than_an_axis():
    codes = {"rate": (Spikes([3.0], duration=20), np.array([0.0, 0.5]))}
    with pytest.raises(ValueError, match=r"the times of signal\[1\] must be finite"):
        coded_signal([0.0, 1.0], 1e308, codes)


def test_times_that_do_not_fit():
    long = np.lib.stride_tricks.as_strided(np.zeros(1), (2**40,), (0,))
    with pytest.raises(ValueError, match="times must be what fits into memory"):
        samples_from_times([long], [0], steps=4)


def test_an_impulse_is_one_number():
    with pytest.raises(TypeError, match="the impulse of the trace must be a number, got list"):
        whole_trace(Trace(impulse=[64], tau=10))
