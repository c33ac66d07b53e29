"""The numbers of the pools are those that the package finds, or a simulation that knows no closed form."""

import math

import numpy as np
import pytest
from classroom.forms import one_of

from snnlab.coding import bayes_posterior, information_rate, phase_locking
from snnlab.coding.camera.event_pixel import EventPixel, pixel_events
from snnlab.coding.statistics.smoothing import smoothing_error
from snnlab.learning.binary.binary_scale import binary_scale
from snnlab.learning.constrained.soft_lif import SoftLIF, soft_lif_rate, soft_lif_slope
from snnlab.learning.conversion.rate_neuron import RateNeuron, simulate_rate_neuron, zero_reset_rate
from snnlab.learning.eventprop.event_network import EventNeuron
from snnlab.learning.eventprop.one_neuron import spike_adjoint
from snnlab.learning.gates.gate import gate, gate_charge
from snnlab.learning.gradients.surrogate_shapes import fast_sigmoid
from snnlab.neurons import LIF, lif_rate
from snnlab.neurons.models.escape import EscapeLIF, escape_rate
from snnlab.probability import fit_glm, log_likelihood
from snnlab.spikes import Spikes

seeds = pytest.mark.parametrize("seed", [1, 2, 3])


def drawn(part, id, seed):
    """The numbers of a student, and what is expected."""
    exercise = one_of(part, id)
    variant = exercise.draw(seed)
    return variant, exercise.expected(variant)


@seeds
def test_a_push_brings_its_charge(seed):
    """Bit by bit, in coulombs and square centimetres."""
    own, (duration, ions) = drawn("part1", "latency, form 1", seed)
    v, bits = 0.0, 1000
    for _ in range(bits):
        v += own["current"] * 1e-6 * duration * 1e-3 / bits / (own["capacitance"] * 1e-6)
    assert 1000 * v == pytest.approx(own["lift"])
    charge = own["current"] * 1e-6 * duration * 1e-3
    assert ions * 1.602e-19 * 1e8 == pytest.approx(own["times"] * charge)


@seeds
def test_gates_go_where_their_equation_takes_them(seed):
    own, (n, channels) = drawn("part1", "latency, form 2", seed)
    x, steps = own["n_0"], 200_000
    phi = 3 ** ((own["warm"] - 6.3) / 10)
    for _ in range(steps):
        x += phi * (own["alpha"] * (1 - x) - own["beta"] * x) * own["t"] / steps
    assert n == pytest.approx(x, rel=1e-5, abs=0) and channels == pytest.approx(n * n * n * n)


@seeds
def test_a_model_that_remembers_all_settles_as_the_integrate_and_fire_neuron(seed):
    """Which it is if its kernel leaks as the membrane does."""
    own, (first, settled) = drawn("part1", "latency, form 3", seed)
    cell = LIF(
        tau_m=own["tau"], r_m=1.0, v_rest=0.0, v_th=own["above"], v_reset=own["above"] - own["dip"], t_ref=0.0
    )
    assert 1000 / float(lif_rate(own["held"], cell)) == pytest.approx(settled)
    assert own["held"] - own["dip"] * math.exp(-first / own["tau"]) == pytest.approx(own["above"])


@seeds
def test_the_threshold_withstands_this_kick_and_none_before(seed):
    own, (number, raised) = drawn("part1", "latency, form 4", seed)

    def left(kick):
        """Of all spikes before it, one at each kick."""
        return sum(own["beta"] * math.exp(-own["every"] * k / own["tau_a"]) for k in range(1, kick))

    assert left(int(number)) == pytest.approx(raised)
    assert [own["kick"] > own["above"] + left(k) for k in range(1, int(number) + 1)][-2:] == [True, False]


@seeds
def test_half_of_the_trials_have_fired_by_chance(seed):
    own, (time, higher) = drawn("part1", "latency, form 5", seed)
    cell = EscapeLIF(v_th=own["v_th"], v_reset=own["v_th"] - 20.0, rho_0=own["rho_0"], delta=own["delta"])
    fired = 1 - np.exp(-escape_rate([own["v"], higher], cell) * time / 1000)
    np.testing.assert_allclose(fired, [0.5, own["share"] / 100], rtol=1e-9)


@seeds
def test_a_steady_rate_is_smoothed_with_this_noise(seed):
    own, (noise, error, enough) = drawn("part2", "pause, form 1", seed)
    steady = np.full(100_000, own["rate"])  # 10 s, so that the ends hardly count
    found = smoothing_error(steady, 0.1, own["sigma"], own["repetitions"])
    assert found.noise == pytest.approx(noise, rel=1e-3, abs=0)
    assert error**2 == pytest.approx(noise**2 + own["bias"] ** 2)
    for n, small in ((enough, True), (enough - 1, False)):
        left = noise * math.sqrt(own["repetitions"] / n)
        assert (math.hypot(left, own["bias"]) <= own["wanted"]) == small


@seeds
def test_a_direction_is_as_probable_as_bayes_says(seed):
    own, (north, factor, even) = drawn("part2", "pause, form 2", seed)
    curves = [own["north"], own["east"]]
    found = bayes_posterior([own["counts"]], curves, own["window"])[0]
    assert north == pytest.approx(100 * found[0])
    np.testing.assert_allclose(bayes_posterior([own["counts"]], curves, even)[0], 0.5)
    spoke = np.array(own["counts"]) > 0
    without = bayes_posterior([np.array(own["counts"])[spoke]], np.array(curves)[:, spoke], own["window"])[0]
    assert factor == pytest.approx(found[0] / found[1] * without[1] / without[0])


def evenly_normal(sigma, n=20_001):
    """Numbers that are spread as a normal distribution is, without chance."""
    from statistics import NormalDist

    return np.array([NormalDist(0.0, sigma).inv_cdf((k + 0.5) / n) for k in range(n)])


@seeds
def test_a_jitter_leaves_this_vector_strength(seed):
    own, (sigma, spikes) = drawn("part2", "common, form 1", seed)
    late, far = evenly_normal(sigma), 10_000 * own["period"] * own["faster"]
    for period in (own["period"], own["faster"]):
        times = np.sort(far + late)
        train = Spikes(times - times[0], duration=times[-1] - times[0] + 1.0)
        strength = phase_locking(train, period).strength
        if period == own["period"]:
            assert strength == pytest.approx(own["strength"], rel=1e-3, abs=0)
    for n, believed in ((spikes, True), (spikes - 1, False)):
        assert (math.exp(-n * strength**2) <= own["chance"]) == believed


@seeds
def test_late_neurons_make_an_average_over_the_past(seed):
    own, (activity, neurons) = drawn("part2", "common, form 2", seed)
    delays = (np.arange(100_000) + 0.5) / 100_000 * own["latest"]
    rates = np.where(delays < own["moment"], own["after"], own["before"])
    assert activity == pytest.approx(rates.mean(), rel=1e-3, abs=0)
    for n, good in ((neurons, True), (neurons - 1, False)):
        count = n * activity * own["bin_width"] / 1000
        assert (100 * math.sqrt(count) / count <= own["off"]) == good


@seeds
def test_a_coherence_tells_so_many_bits(seed):
    own, (one, bits) = drawn("part2", "common, form 3", seed)
    strong = one / (1 - one) * own["neurons"]
    frequency = (np.arange(2000) + 0.5) * own["highest"] / 2000
    told = information_rate(frequency, np.full(2000, strong / (1 + strong)))
    assert bits == pytest.approx(told, rel=1e-6, abs=0)
    assert one * (1 + own["mean_rate"] * own["depth"] ** 2 / own["highest"] / 2) == pytest.approx(
        own["mean_rate"] * own["depth"] ** 2 / own["highest"] / 2
    )


@seeds
def test_two_copies_of_a_network_part_as_fast_as_that(seed):
    own, (growth, moment) = drawn("part3", "balance, form 1", seed)
    start = own["hit"] * own["jump"] / own["n"]
    for t, far in ((own["later"], own["distance"]), (moment, own["unrelated"])):
        assert start * math.exp(growth * t / 1000) == pytest.approx(far)


@seeds
def test_a_pixel_sends_these_events(seed):
    own, (ups, downs, last) = drawn("part3", "price, form 1", seed)
    rising = np.linspace(own["dark"], own["bright"], 20_001)
    light = np.log([*rising, *rising[-1:], own["dim"]])
    dt = own["lasts"] / 20_000
    events = pixel_events(light, dt, EventPixel(on=own["on"], off=own["off"]))
    assert np.bincount(events.units, minlength=2).tolist() == [ups, downs]
    assert events.times[events.units == 0][-1] == pytest.approx(last, rel=1e-4, abs=0)


@seeds
def test_a_soft_neuron_fires_and_is_as_steep_as_that(seed):
    own, (gamma, slope) = drawn("part4", "drawn, form 1", seed)
    cell = SoftLIF(tau_m=own["tau_m"], t_ref=own["t_ref"], gamma=gamma)
    assert float(soft_lif_rate(1.0, cell)) == pytest.approx(own["rate"])
    assert float(soft_lif_slope(1.0, cell)) == pytest.approx(slope)


@seeds
def test_tax_and_income_make_both_speeds(seed):
    own, (alpha, caused) = drawn("part5", "drift, form 1", seed)
    for rate, speed in ((own["slow"], own["at_slow"]), (own["fast"], own["at_fast"])):
        pairs = own["r_in"] * rate * own["tau_ms"] / 1000  # in a second, each with what it brings
        grown = own["most"] * (pairs + own["r_in"] * caused) - alpha * own["most"] * pairs
        assert grown == pytest.approx(speed)


@seeds
def test_the_silent_inputs_pay_spike_by_spike(seed):
    """All weights of the neuron, as a list."""
    own, (gain, scaled, spikes) = drawn("part5", "piles, form 1", seed)
    w = np.array([own["w_early"]] * own["early"] + [own["w_silent"]] * own["silent"])
    x = np.array([math.exp(-own["since"] / 20)] * own["early"] + [0.0] * own["silent"])
    total, course = w.sum(), [w]
    for _ in range(int(spikes)):
        grown = course[-1] + own["eta"] * x * math.exp(-own["before"] / 40)
        course.append(grown * total / grown.sum())
    assert (course[1] * grown.sum() / total)[0] != course[0][0]  # it did learn
    assert own["eta"] * x[0] * math.exp(-own["before"] / 40) == pytest.approx(gain)
    assert course[1][-1] == pytest.approx(scaled)
    assert course[-1][-1] < own["w_silent"] / 2 < course[-2][-1]


@seeds
def test_one_spike_and_its_slope_are_those_of_the_adjoint(seed):
    own, (weight, slope, last) = drawn("part6", "again, form 2", seed)
    cell = EventNeuron(tau_m=own["tau_m"], tau_s=own["tau_s"])
    # the package's current is in other units: of a weight 1 its potential is tau_s / (tau_m - tau_s) as high
    factor = (own["tau_m"] - own["tau_s"]) / own["tau_s"]
    seen = spike_adjoint([weight * factor], [0.0], neuron=cell)
    assert seen.spikes[0] == pytest.approx(own["time"], rel=1e-6, abs=0)
    assert seen.slopes[0] * factor == pytest.approx(slope, rel=1e-6, abs=0)
    times = np.linspace(0, 5 * own["tau_m"], 2_000_001)
    answer = np.exp(-times / own["tau_m"]) - np.exp(-times / own["tau_s"])
    assert times[answer.argmax()] == pytest.approx(last, rel=1e-4, abs=0)


@seeds
def test_a_surrogate_of_this_width_tells_a_silent_neuron_that(seed):
    own, (width, rate) = drawn("part6", "again, form 3", seed)
    v = own["lifts"] * own["weight"]
    gradient = 2 * (0 - 1) * float(fast_sigmoid(np.array([v - 1.0]), width)[0]) * own["lifts"]
    assert gradient == pytest.approx(own["told_so"])
    assert own["lifts"] * (own["weight"] - rate * gradient) == pytest.approx(1.0)


@seeds
def test_the_loss_of_a_race_pulls_as_hard_as_that(seed):
    own, (loss, earlier) = drawn("part6", "race, form 1", seed)

    def of(earlier):
        times = np.array(own["times"])
        times[own["label"]] -= earlier
        late = np.exp(-own["sharpness"] * (times - times[own["label"]]))
        return math.log(late.sum()) / own["sharpness"]

    assert of(0.0) == pytest.approx(loss)
    pull = (of(earlier - 1e-6) - of(earlier + 1e-6)) / 2e-6
    assert pull == pytest.approx(own["left"], rel=1e-6, abs=0)


@seeds
def test_two_inputs_just_fire_the_neuron_and_events_are_as_many_as_ticks(seed):
    own, (rate, gap) = drawn("part3", "frames, form 1", seed)
    assert own["synapses"] * rate == pytest.approx(1000 / own["tick"])
    assert own["one"] * math.exp(-gap / own["fading"]) + own["another"] == pytest.approx(1.0)


@seeds
def test_the_scale_of_bits_is_that_of_the_package(seed):
    own, (scale, error, added) = drawn("part4", "turned, form 1", seed)
    found = binary_scale([own["real"]])
    assert (found.scale[0], found.error[0]) == (pytest.approx(scale), pytest.approx(error))
    assert found.weights[0] @ own["bits"] == pytest.approx(added)


@seeds
def test_the_neuron_that_was_watched_counts_so_many(seed):
    own, (activation, rare) = drawn("part4", "sure, form 1", seed)
    each = activation / own["layer_scale"]
    run = simulate_rate_neuron(np.full(own["watched"], each), RateNeuron(v_0=0.5))
    assert run.n == own["seen"] and run.v[-1] == pytest.approx(own["end"], abs=1e-9)
    assert own["layer_scale"] * float(zero_reset_rate(each)) == pytest.approx(rare)


@seeds
def test_the_window_makes_both_measurements(seed):
    own, (tau, largest) = drawn("part5", "spikes, form 1", seed)
    for apart, grown in ((own["near"], own["by_near"]), (own["far"], own["by_far"])):
        assert sum([largest * math.exp(-apart / tau)] * own["pairs"]) == pytest.approx(grown)


@seeds
def test_the_gate_has_passed_this_charge(seed):
    own, (v, wide, left) = drawn("part6", "heard, form 1", seed)
    assert float(gate(v, own["zone"])) == pytest.approx(wide)
    charges = np.cumsum(gate_charge([0.0, v, v - own["back"]], own["zone"]))
    assert (charges[0], charges[1]) == (pytest.approx(own["charge"]), pytest.approx(left))


@seeds
def test_what_comes_back_is_the_sum_over_all_ways_to_later_spikes(seed):
    exercise = one_of("part6", "trace, form 1")
    own = exercise.draw(seed)
    for (v, s, e), expected in zip(exercise.cases(own), exercise.expected(own), strict=True):
        told = fast_sigmoid(v - 1.0, own["broad"]) * e
        ways = [[np.prod(own["fades"] * (1 - s[t:u])) for u in range(t, len(v))] for t in range(len(v))]
        np.testing.assert_allclose([np.dot(way, told[t:]) for t, way in enumerate(ways)], expected, rtol=1e-9)


@seeds
def test_the_threshold_was_raised_then_and_has_sunk_since(seed):
    own, (tau, ago) = drawn("part7", "recall, form 1", seed)
    for since, theta in ((ago, own["at_first"]), (ago + own["later"], own["then"])):
        assert 0.01 + own["fired"] * own["each"] * math.exp(-since / tau) == pytest.approx(theta)


@seeds
def test_random_directions_scatter_and_noise_turns_a_gradient(seed):
    """The scatter by the integral over all directions, whose density is a power of the sine."""
    own, (scatter, apart, examples) = drawn("part7", "nudged, form 1", seed)
    angles = np.linspace(0, np.pi, 400_001)
    density = np.sin(angles) ** (own["n_weights"] - 2)
    spread = math.sqrt(np.sum(density * (angles - np.pi / 2) ** 2) / np.sum(density))
    assert scatter == pytest.approx(math.degrees(spread), rel=2e-3, abs=0)
    for n, limit in ((1, None), (examples, True), (examples - 1, False)):
        update, gradient = np.array([1.0, own["noise"] / math.sqrt(n)]), np.array([1.0, 0.0])
        turned = math.degrees(math.acos(update @ gradient / np.linalg.norm(update)))
        assert turned == pytest.approx(apart) if limit is None else (turned <= own["angle"]) == limit


@seeds
def test_a_trace_is_what_all_earlier_steps_have_left(seed):
    exercise = one_of("part7", "adapts, form 1")
    own = exercise.draw(seed)
    for (z, psi), expected in zip(exercise.cases(own), exercise.expected(own), strict=True):
        for t, e in enumerate(expected):
            since = t - 1 - np.arange(t)
            heard = np.sum(0.9**since * z[:t])
            adapted = np.sum((1 - own["kept"]) * own["kept"] ** since * expected[:t])
            assert e == pytest.approx(psi[t] * (heard - own["rises"] * adapted))


@seeds
def test_a_guess_is_a_sum_of_triangles(seed):
    exercise = one_of("part2", "fano, form 1")
    own = exercise.draw(seed)
    top = np.array([-own["half"], 0.0, own["half"]]) - own["ahead"]
    for (times, at), expected in zip(exercise.cases(own), exercise.expected(own), strict=True):
        lags = np.subtract.outer(at, times)
        triangles = np.interp(lags, top, [0.0, own["high"], 0.0])
        np.testing.assert_allclose(own["base"] + triangles.sum(axis=1), expected, rtol=1e-9)
        assert expected[0] == expected[-1] == own["base"]  # no spike says anything there


@seeds
def test_a_second_rate_is_worth_as_much_to_a_fit_of_narrow_bins(seed):
    """Bins of 0.1 ms in two groups, so that the fit needs no train."""
    own, (bits, error) = drawn("part8", "weighed, form 1", seed)
    spikes = own["quiet_spikes"], own["loud_spikes"]
    empty = [int(1e4 * own[name]) - n for name, n in zip(("quiet_time", "loud_time"), spikes, strict=True)]
    y = np.repeat([1, 0, 1, 0], [spikes[0], empty[0], spikes[1], empty[1]])
    loud = np.repeat([0.0, 1.0], [spikes[0] + empty[0], spikes[1] + empty[1]])
    two, p = fit_glm(loud[:, None], y), y.mean()
    one = log_likelihood(np.full(y.size, math.log(p / (1 - p))), y)
    gained = (two.log_likelihood - one) / math.log(2) / sum(spikes)
    assert gained == pytest.approx(bits, rel=0.02, abs=0)  # the coin in a bin is not yet a hazard
    assert two.standard_errors[1] == pytest.approx(error, rel=0.02, abs=0)
