"""Competing synapses against the pair rule, a plain twin, chance, and what Song and others report."""

import math

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import cv, poisson_spikes
from snnlab.learning import STDP, Competition, compete, compete_given, simulate_stdp
from snnlab.learning.competition.synaptic_competition import check_competition, draw_places, logarithm, step
from snnlab.random import seed_from, uniform

DT = 0.1  # ms


def twin(places, calm, n, steps, numbers, w):
    """The equations written once more, with arrays and no common factor."""
    v, g_ex, g_in, y = numbers.v_reset, 0.0, 0.0, 0.0
    x, w, fired = np.zeros(n), np.full(n, w), []
    decay = {
        tau: math.exp(-DT / getattr(numbers, tau)) for tau in ("tau_ex", "tau_in", "tau_plus", "tau_minus")
    }
    for t in range(steps):
        v += DT / numbers.tau_m * (numbers.v_rest - v + g_ex * (numbers.e_ex - v) + g_in * (numbers.e_in - v))
        g_ex, g_in = g_ex * decay["tau_ex"], g_in * decay["tau_in"]
        x, y = x * decay["tau_plus"], y * decay["tau_minus"]
        fires = v > numbers.v_th
        if fires:
            w = np.minimum(1.0, w + numbers.a_plus * x)
            v = numbers.v_reset
            fired.append((t + 1) * DT)
        pre = (places[places // n == t] % n).astype(int)
        g_ex += numbers.g_max * w[pre].sum()
        w[pre] = np.maximum(0.0, w[pre] - numbers.alpha * numbers.a_plus * y)
        x[pre] += 1.0
        g_in += numbers.g_in * np.sum(calm // max(1, numbers.n_in) == t)
        y += fires
    return w, np.array(fired)


def places_of(seed, stream, p, until):
    """The places of all spikes before `until`, one random number each."""
    gaps, place, k = [], -1.0, 0
    while place < until:
        u = uniform(seed, np.uint64(stream), np.uint64(k))
        place += 1.0 + math.floor(math.log(1.0 - u) / math.log1p(-p))
        gaps.append(place)
        k += 1
    return np.array(gaps[:-1])


@pytest.mark.equation("song-membrane")
def test_the_run_is_that_of_a_plain_twin():
    n, steps = 300, 3000
    numbers = Competition(
        tau_m=17.0, v_rest=-72.0, e_in=-75.0, tau_ex=4.0, tau_in=7.0, g_max=0.12, n_in=100, a_plus=0.04,
        tau_plus=15.0, tau_minus=25.0,
    )  # fmt: skip
    seed = seed_from(np.random.default_rng(4))
    places = places_of(seed, 0, 20.0 * DT / 1000.0, n * steps)
    calm = places_of(seed, 1, numbers.rate_in * DT / 1000.0, numbers.n_in * steps)
    run = compete(20.0, steps * DT, numbers, n=n, dt=DT, rng=np.random.default_rng(4))
    w, fired = twin(places, calm, n, steps, numbers, 0.5)
    assert run.spikes.n_spikes > 20 and np.ptp(run.w) > 0.3
    np.testing.assert_allclose(run.spikes.times, fired, rtol=1e-12)
    np.testing.assert_allclose(run.w, w, atol=1e-10)


def test_the_weights_are_those_of_the_pair_rule():
    """For the given inputs and the neuron's own output: all pairs count but those of one step."""
    rng, n, steps = np.random.default_rng(3), 60, 20_000
    numbers = Competition(g_max=0.2, n_in=20, a_plus=0.1, alpha=0.6, tau_plus=14.0, tau_minus=31.0)
    when, who = np.nonzero(rng.random((steps, n)) < 0.003)
    inputs = Spikes((when + 0.5) * DT, who, n_units=n, duration=steps * DT)
    at = [500.0, 1200.0]
    run = compete_given(inputs, numbers, at=at, rng=rng)
    ends = Spikes((when + 1) * DT, who, n_units=n, duration=steps * DT)
    rule = STDP(numbers.a_plus, numbers.alpha, numbers.tau_plus, numbers.tau_minus)
    pairs = simulate_stdp(ends, run.spikes, 0.5, rule, at=at)
    steps_of_output = np.round(run.spikes.times / DT).astype(int) - 1
    assert np.isin(steps_of_output, when).sum() > 10  # pairs of one step occur
    assert (pairs.w == 0.0).any() and (pairs.w == 1.0).any()
    np.testing.assert_allclose(run.w, pairs.w[0], atol=1e-9)
    np.testing.assert_allclose(run.history, pairs.history[:, 0], atol=1e-9)


def test_the_potential_goes_to_where_the_currents_cancel():
    """v∞ = (v_rest + g_ex e_ex + g_in e_in) / (1 + g), in the time τ_m / (1 + g) with g = g_ex + g_in."""
    numbers, g_ex, g_in, dt = Competition(e_in=-80.0, e_ex=5.0), 0.3, 0.6, 0.001
    goal = (numbers.v_rest + g_ex * numbers.e_ex + g_in * numbers.e_in) / (1.0 + g_ex + g_in)
    v = -60.0
    for _ in range(10_000):
        v = step(v, g_ex, g_in, dt, numbers)
    assert v == pytest.approx(goal + (-60.0 - goal) * math.exp(-10.0 * (1 + g_ex + g_in) / 20.0), abs=1e-3)
    assert step(goal, g_ex, g_in, 1.0, numbers) == pytest.approx(goal, rel=1e-14, abs=0)


def test_the_logarithm_is_that_of_the_library():
    """For what 1 - u can be, and where it changes its way; to four units in the last place."""
    powers = 2.0 ** -np.arange(0, 64)
    x = np.concatenate([1.0 - np.random.default_rng(1).random(500), powers, powers[:53] * (1.0 - 2.0**-53)])
    x = np.append(x, math.sqrt(0.5) * (1.0 + np.array([-1e-15, 0.0, 1e-15])))
    ours, right = (np.array([log(float(each)) for each in x]) for log in (logarithm, math.log))
    assert (np.abs(ours - right) <= 4.0 * np.spacing(np.abs(right))).all()
    assert logarithm(1.0) == 0.0


def test_inputs_are_independent_coins():
    """Gaps have the geometric law, every input its share, and a block goes on where the last one ended."""
    p, n, blocks = 0.004, 50, 400
    places, all_places = np.full(256, -1.0), []
    for k in range(blocks):
        draw_places(places, p, np.uint64(9), 0, k * places.size)
        all_places.append(places.copy())
    at = np.concatenate(all_places)
    gaps = np.diff(at, prepend=-1.0)
    assert gaps.min() >= 1.0
    count, sd = at.size, math.sqrt(1.0 - p) / p
    assert gaps.mean() == pytest.approx(1.0 / p, abs=4.5 * sd / math.sqrt(count))
    for k in (1, 50, 300):
        late = (1.0 - p) ** k
        assert np.mean(gaps > k) == pytest.approx(late, abs=4.5 * math.sqrt(late * (1 - late) / count))
    each = np.bincount((at % n).astype(int), minlength=n)
    chi_squared = np.sum((each - count / n) ** 2 / (count / n))
    assert abs(chi_squared - (n - 1)) < 4.5 * math.sqrt(2.0 * (n - 1))


def test_a_long_wait_does_not_matter():
    """Traces share a factor that would vanish after 5 s; what comes then is what comes at the beginning."""
    numbers = Competition(v_reset=-70.0, g_max=1.2, n_in=0, a_plus=0.1)
    volley, late = np.array([10.0, 10.5, 11.0]), 60_000.0
    once = compete_given(Spikes(volley, [0, 1, 2], duration=100), numbers, rng=np.random.default_rng(1))
    again = Spikes([*volley, *(volley + late)], [0, 1, 2, 0, 1, 2], duration=late + 100)
    twice = compete_given(again, numbers, at=[100.0], rng=np.random.default_rng(1))
    np.testing.assert_allclose(twice.history[0], once.w, rtol=1e-12)
    alone = Spikes(volley, [0, 1, 2], duration=100)
    fresh = compete_given(alone, numbers, once.w, rng=np.random.default_rng(1))
    assert once.spikes.n_spikes == fresh.spikes.n_spikes == 1 and twice.spikes.n_spikes == 2
    np.testing.assert_allclose(twice.w, fresh.w, rtol=1e-9)


def test_looking_does_not_disturb():
    """Weights at any times, and without learning they stay."""
    plain = compete(20.0, 2500.05, n=200, rng=np.random.default_rng(2))
    seen = compete(20.0, 2500.05, n=200, at=[0.0, 777.7, 2500.0], rng=np.random.default_rng(2))
    assert np.array_equal(plain.w, seen.w) and np.array_equal(plain.spikes.times, seen.spikes.times)
    assert (seen.history[0] == 0.5).all() and np.array_equal(seen.history[2], seen.w)
    w = np.linspace(0.0, 1.0, 200)
    fixed = compete(20.0, 500.0, Competition(a_plus=0.0), w, n=200, rng=np.random.default_rng(2))
    assert np.array_equal(fixed.w, w)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"rate": -1.0}, "rate must be zero or positive"),
        ({"rate": 10_000.0}, "rate must be below one spike a step"),
        ({"rate": float("nan")}, "rate must be"),
        ({"duration": float("inf")}, "duration must be"),
        ({"duration": 1e12}, "the number of spikes must be at most"),
        ({"n": 0}, "n must be"),
        ({"n": 2.5}, "n must be"),
        ({"dt": 0.0}, "dt must be positive"),
        ({"w": 1.5}, "w must be from 0 to w_max"),
        ({"w": [0.5, 0.5]}, r"w must have shape"),
        ({"at": [3.0, 1.0]}, "at must be sorted"),
        ({"at": [101.0]}, r"at must be from 0 to duration \(100 ms\)"),
        ({"numbers": Competition(rate_in=20_000.0)}, "rate_in must be below one spike a step"),
        ({"numbers": Competition(tau_plus=-1.0)}, "tau_plus must be positive"),
        ({"numbers": Competition(a_plus=-1.0)}, "a_plus must be zero or positive"),
        ({"numbers": Competition(n_in=1.5)}, "n_in must be"),
        ({"numbers": Competition(v_reset=-50.0)}, "v_reset must be below v_th"),
        ({"numbers": Competition(e_in=float("nan"))}, "e_in must be finite"),
    ],
)
def test_bad_arguments_are_named(arguments, message):
    given = {"rate": 20.0, "duration": 100.0, "n": 10} | arguments
    with pytest.raises((ValueError, TypeError), match=message):
        compete(given.pop("rate"), given.pop("duration"), rng=np.random.default_rng(1), **given)


def test_what_is_no_spikes_and_no_numbers_is_refused():
    rng = np.random.default_rng(1)
    with pytest.raises(TypeError, match="inputs must be"):
        compete_given([1.0, 2.0], rng=rng)
    with pytest.raises(ValueError, match="inputs must have at least one unit"):
        compete_given(Spikes([], n_units=0, duration=10), rng=rng)
    with pytest.raises(TypeError, match="numbers must be a Competition"):
        check_competition((20.0,))
    with pytest.raises(TypeError, match="rng must be"):
        compete(20.0, 10.0, rng=1)


def test_nothing_gives_nothing():
    assert compete(0.0, 0.0, rng=np.random.default_rng(1)).spikes.n_spikes == 0


# What Song, Miller and Abbott report, at their numbers


def outcome(rate, duration, a_plus=0.005, seed=1):
    """Weights, and rate and CV of the first 200 intervals and of the last 100 s (or quarter)."""
    run = compete(rate, duration, Competition(a_plus=a_plus), rng=np.random.default_rng(seed))
    late = run.spikes.between(duration - min(100_000.0, duration / 4), duration)
    first = np.diff(run.spikes.times[:201])
    ends = np.mean((run.w < 0.2) | (run.w > 0.8))
    return ends, float(late.rates[0]), float(cv(late)[0]), first.std() / first.mean()


@pytest.mark.slow
def test_ten_minutes_of_competition():
    """Weights at both ends, irregular output, and a rate that hardly follows that of the inputs."""
    found = {rate: outcome(rate, 600_000.0) for rate in (10.0, 20.0, 40.0)}
    assert found[20.0][0] >= 0.55 and found[40.0][0] >= 0.85
    rates = [late for _, late, _, _ in found.values()]
    assert max(rates) / min(rates) <= 2.0
    for rate in (20.0, 40.0):
        _, _, late_cv, early_cv = found[rate]
        assert late_cv >= 0.7 and late_cv >= 5.0 * early_cv
    fixed = [
        compete(rate, 20_000.0, Competition(a_plus=0.0), rng=np.random.default_rng(1)).spikes.n_spikes
        for rate in (10.0, 40.0)
    ]
    assert fixed[1] > 100 * fixed[0]


def test_inputs_of_10_hz_need_forty_minutes_for_two_heaps():
    """After ten minutes no heap stands at the bottom yet; after forty one does, in each of ten seeds."""
    for seed in range(10):
        run = compete(10.0, 2_400_000.0, at=[600_000.0, 2_400_000.0], rng=np.random.default_rng(seed))
        after_ten, after_forty = (np.mean(w < 0.2) for w in run.history)
        assert after_ten < 0.1 and after_forty > 0.3
        assert np.mean(run.w > 0.8) > 0.3


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_hundred_seconds_with_larger_steps(seed):
    """What the panel shows: four times the learning rate instead of ten minutes."""
    ends, _, late_cv, _ = outcome(20.0, 100_000.0, a_plus=0.02, seed=seed)
    assert ends >= 0.5 and late_cv >= 0.6


@pytest.mark.equation("synapse-balance")
def test_chance_pulls_down_and_what_an_input_causes_pulls_up():
    """Each pre spike is followed by one more post spike with probability e; the others are independent."""
    rng, n, duration = np.random.default_rng(8), 60, 100_000.0
    r_pre, r_post, e, lag, rule = 20.0, 10.0, 0.2, 0.5, STDP(1e-5, 1.5, 20.0, 20.0)
    changes = []
    for _ in range(n):
        pre = poisson_spikes(r_pre, duration, rng=rng)
        others = poisson_spikes(r_post - e * r_pre, duration, rng=rng).times
        caused = pre.times[rng.random(pre.n_spikes) < e] + lag
        post = Spikes(np.append(others, caused[caused < duration]), duration=duration)
        changes.append(simulate_stdp(pre, post, 0.5, rule).w[0, 0] - 0.5)
    caused_gain = e * math.exp(-lag / 20.0)  # nearly e
    speed = rule.lambda_ * r_pre * (caused_gain - (rule.alpha - 1.0) * 0.020 * r_post)  # per s
    error = np.std(changes) / math.sqrt(n)
    assert np.mean(changes) == pytest.approx(speed * duration / 1000.0, abs=4.5 * error)
    assert abs(speed) * duration / 1000.0 > 9.0 * error


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_delays_that_arrive_together_survive(seed):
    """Inputs that follow a rhythm of 20 ms, each with a delay of its own: those near one phase are left."""
    rng, period = np.random.default_rng(seed), 20.0
    delay = rng.uniform(0.0, period, 200)
    cycle, who = np.nonzero(rng.random((3000, 200)) < 0.5)
    times = (cycle + 1) * period + delay[who] + rng.normal(0.0, 1.0, who.size)
    fast = Competition(tau_m=5.0, tau_ex=1.0, tau_plus=3.0, tau_minus=3.0, g_max=0.1, n_in=0, a_plus=0.01)
    run = compete_given(Spikes(times, who, n_units=200, duration=3003 * period), fast, rng=rng)
    arrow = np.exp(2j * np.pi * delay / period)
    assert abs(arrow.mean()) < 0.2 and abs((run.w * arrow).sum()) / run.w.sum() > 0.6
    assert np.mean(run.w < 0.2) > 0.4 and np.mean(run.w > 0.8) > 0.15
