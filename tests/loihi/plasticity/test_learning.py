"""The learning engine against its equations in Python's unbounded integers, and what it is for."""

import itertools
import math
import re

import numpy as np
import pytest

from snnlab.data import load_head_direction
from snnlab.loihi import (
    BRIAN2_LOIHI,
    EXCITATORY,
    INHIBITORY,
    LAVA,
    MIXED,
    REWARD_RULES,
    STDP_RULE,
    TRIPLET_RULE,
    Factor,
    Rule,
    Synapse,
    Term,
    Trace,
    Traces,
    lava_generators,
    learn,
    learn_real,
    pairing_change,
    pairing_change_real,
    parse_rule,
    term_shift,
)
from snnlab.loihi.plasticity.learning import step
from snnlab.loihi.plasticity.rules import BITS

RNG = np.random.default_rng


@pytest.mark.parametrize("lower", [0, 1])
def test_a_term_in_the_accumulator(lower):
    """In unbounded integers: shift, shift, saturate, add, saturate."""
    cut = lambda x: min(max(x, -(2**15) - lower), 2**15 - 1)  # noqa: E731
    values = (-16129, -4000, -128, -1, 0, 1, 3, 127, 508, 16129)
    for z, product, mantissa, shift, exponent in itertools.product(
        (-32768, -500, 0, 12800, 32767), values, (-8, -3, -1, 1, 7), (0, 3, 5), (-7, -2, 0, 2)
    ):
        change = cut((product * mantissa >> shift) << (7 + exponent))
        assert step(z, product, mantissa, shift, exponent, lower) == (cut(z + change), change)


def restated(pre, post, w, rule, x, y, t_epoch, convention):
    """Weights before rounding, in 128ths, of one epoch; traces x[q], y[q] are given."""
    last = lambda train: max([q + 1 for q in range(t_epoch) if train[q]], default=0)  # noqa: E731
    tx, ty = last(pre), last(post)
    z = 128 * w
    for term in rule.terms:
        q = {"x0": tx, "y0": ty, "u": t_epoch}[term.dependency]
        if q == 0:
            continue
        product, bits = 1, convention.mantissa_bits
        for factor in term.factors:
            value = {
                "x0": int(tx > 0),
                "y0": int(ty > 0),
                **{f"x{k}": x[q - 1][k - 1] for k in (1, 2)},
                **{f"y{k}": y[q - 1][k - 1] for k in (1, 2, 3)},
                "w": w,
            }[factor.name]
            value = int(value) + factor.constant
            if factor.sign:
                value = (value > 0) - (value < 0)
            width = BITS[factor.name]
            bits += width
            product *= min(max(value, -(2**width)), 2**width - 1)
        low = -(2**15) - convention.lower
        change = (product * term.mantissa >> max(0, bits - 15)) << (7 + term.exponent)
        change = min(max(change, low), 2**15 - 1)
        z = min(max(z + change, low), 2**15 - 1)
    return z


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("convention", [BRIAN2_LOIHI, LAVA], ids=lambda c: c.name)
def test_any_sum_of_products(seed, convention):
    """Random rules of up to five terms with up to three factors, in epochs of random length."""
    rng = RNG(seed)
    t_epoch = int(rng.integers(1, 8))
    names = ["x1", "x2", "y1", "y2", "y3", "w", "x0", "y0"]
    terms = []
    for _ in range(int(rng.integers(1, 6))):
        factors = tuple(
            Factor(str(name), int(rng.integers(-3, 9)), name == "w" and bool(rng.integers(2)))
            for name in rng.choice(names, int(rng.integers(0, 4)))
        )
        dependency = str(rng.choice(["x0", "y0", "u"]))
        gate = 0 if dependency == "u" else None
        terms.append(Term(int(rng.integers(-8, 8)), int(rng.integers(-7, 1)), dependency, factors, gate))
    rule = Rule("w", tuple(terms))
    pre, post = (rng.random((t_epoch * 20, n)) < 0.3 for n in (3, 2))
    w = 2 * rng.integers(-60, 60, (2, 3))
    traces = Traces(Trace(40, 8), Trace(9.5, 20), Trace(30, 6), Trace(12.25, 15), Trace(60, 3))
    run = learn(
        pre, post, w, str(rule), traces, convention, t_epoch=t_epoch,
        rng=lava_generators(seed) if convention is LAVA else rng,
    )  # fmt: skip
    grid, high = (1, 255) if convention is LAVA else (2, 254)
    for epoch in range(20):
        now = slice(epoch * t_epoch, (epoch + 1) * t_epoch)
        for i, j in np.ndindex(2, 3):
            before = w[i, j] if epoch == 0 else run.w[epoch - 1, i, j]
            x, y = run.x[now, :, j], run.y[now, :, i]
            z = restated(pre[now, j], post[now, i], int(before), rule, x, y, t_epoch, convention)
            low = math.floor(z / (128 * grid)) * grid
            allowed = {low} if z % (128 * grid) == 0 else {low, low + grid}
            assert run.w[epoch, i, j] in {min(max(a, -256), high) for a in allowed}
    assert parse_rule(str(rule)) == rule or any(term.mantissa in (0, -8) for term in rule.terms)


def test_rounding_keeps_the_mean():
    """An eighth of a weight in each pair: of 10,000 synapses one in eight moves, by one."""
    change = pairing_change("dw = 2^-3*y0", 0, n=100, rng=RNG(1))
    assert set(change) == {0, 1} and abs(change.mean() - 0.125) < 4 * math.sqrt(0.125 * 0.875 / 10_000)
    down = pairing_change("dw = -2^-3*y0", 0, n=100, rng=RNG(1))
    assert set(down) == {-1, 0} and abs(down.mean() + 0.125) < 4 * math.sqrt(0.125 * 0.875 / 10_000)
    mixed = pairing_change("dw = 2^-3*y0", 0, n=100, synapse=Synapse(sign_mode=MIXED), rng=RNG(1))
    assert set(mixed) == {0, 2} and abs(mixed.mean() - 0.125) < 4 * 2 * math.sqrt(0.0625 * 0.9375 / 10_000)


@pytest.mark.equation("loihi-sum-of-products")
def test_in_real_numbers_the_pair_rule_is_its_closed_form():
    for delta in (-20, -7, -1, 1, 5, 30):
        window = 16 * 0.9 ** abs(delta) * (1 if delta > 0 else -1)
        assert abs(pairing_change_real(STDP_RULE, delta) - window) < 1e-9
    assert pairing_change_real(STDP_RULE, 0) == 0  # both terms act, and read full traces
    assert abs(pairing_change_real("dw = 2^-2*x1*y0", 4, convention=LAVA) - 16 * math.exp(-0.4)) < 1e-9


@pytest.mark.equation("loihi-integers")
def test_in_integers_the_pair_rule_has_the_same_mean():
    deltas = [-15, -5, -1, 1, 5, 15]
    changes = pairing_change(STDP_RULE, deltas, n=64, rng=RNG(4))
    real = pairing_change_real(STDP_RULE, deltas)
    assert (np.abs(changes.mean(axis=0) - real) < 0.25).all()  # the trace of 64 neurons is rounded, too
    assert (changes.std(axis=0) > 0).all()


@pytest.mark.parametrize("t_epoch", [1, 2, 4, 8, 16])
def test_an_epoch_keeps_the_order_of_two_spikes(t_epoch):
    for delta in (-6, -1, 1, 6):
        for first in range(3):
            real = pairing_change_real(STDP_RULE, delta, t_epoch=t_epoch, first=first)
            assert abs(real - pairing_change_real(STDP_RULE, delta)) < 1e-9


def test_of_two_spikes_in_an_epoch_the_first_one_moves_to_its_beginning():
    pre = np.zeros((8, 1), int)
    pre[[3, 5]] = 1
    post = np.zeros((8, 1), int)
    post[7] = 1
    traces = Traces(x1=Trace(20, 10))
    real = learn_real(pre, post, 0, "dw = x1*y0", traces, t_epoch=8)
    assert abs(real.w[0, 0, 0] - 20 * (0.9**8 + 0.9**2)) < 1e-9
    assert abs(learn_real(pre, post, 0, "dw = x1*y0", traces).w[-1, 0, 0] - 20 * (0.9**4 + 0.9**2)) < 1e-9


def test_u_acts_at_the_end_of_every_so_many_epochs():
    silent = np.zeros((32, 1), int)
    run = learn_real(silent, silent, 0, "dw = u2 + 2*u0", t_epoch=2)
    assert np.diff(run.w[:, 0, 0], prepend=0).tolist() == [2, 2, 2, 3] * 4
    busy = np.ones((8, 1), int)
    gated = learn_real(busy, silent[:8], 0, "dw = x0*u1")
    assert gated.w[:, 0, 0].tolist() == [0, 1, 1, 2, 2, 3, 3, 4]
    ignored = learn_real(busy, silent[:8], 0, "dw = x0*u1", convention=LAVA)
    assert ignored.w[:, 0, 0].tolist() == list(range(1, 9))


def test_all_three_numbers_change_at_once_from_the_old_ones():
    silent = np.zeros((2, 1), int)
    run = learn_real(silent, silent, 1, ["dw = u0*t", "dt = u0*w", "dd = u0*d"], tag=10, delay=3)
    assert run.w[:, 0, 0].tolist() == [11, 22]
    assert run.tag[:, 0, 0].tolist() == [11, 22]
    assert run.delay[:, 0, 0].tolist() == [6, 12]


def test_a_reward_moves_the_weight_by_what_the_tag_remembers():
    """A pair, and a reward 20 steps later: the tag has faded by 1/16 in each, and no reward, no change."""
    pre, post, reward = (np.zeros((40, 1), int) for _ in range(3))
    pre[2] = post[7] = 1
    reward[27] = 64
    traces = Traces(x1=Trace(120, 10), y1=Trace(120, 10))
    run = learn_real(pre, post, 50, REWARD_RULES, traces, reward=reward.ravel())
    tag = 30 * 0.9**5 * (15 / 16) ** 19  # the tag of the step before
    assert abs(run.w[-1, 0, 0] - 50 - 64 * tag) < 1e-9
    assert run.w[26, 0, 0] == 50
    several = np.repeat(pre, 60, 1), np.repeat(post, 60, 1)
    synapse = Synapse(sign_mode=EXCITATORY)
    ours = learn(
        *several, 50, REWARD_RULES, traces, reward=reward.ravel(), synapse=synapse, rng=RNG(6)
    ).w[-1]  # fmt: skip
    assert abs(ours.mean() - 50 - 64 * tag / 2 ** term_shift(parse_rule(REWARD_RULES[1]).terms[0])) < 2
    assert ours.std() > 1
    unrewarded = learn(*several, 50, REWARD_RULES, traces, synapse=synapse, rng=RNG(6))
    assert (unrewarded.w == 50).all()


def test_the_triplet_rule_gains_more_from_fast_pairs():
    traces = Traces(Trace(64, 17), Trace(), Trace(16, 34), Trace(32, 100))
    rule = parse_rule(TRIPLET_RULE)
    gains = []
    for gap in (100, 25):
        pre, post = (np.zeros((10 * gap + 20, 1), int) for _ in range(2))
        pre[0 : 10 * gap : gap] = post[10 : 10 * gap + 10 : gap] = 1
        gains.append(learn_real(pre, post, 100, rule, traces).w[-1, 0, 0] - 100)
    assert gains[1] > gains[0]


def test_a_product_that_is_too_long_is_scaled_down():
    """Two traces of 64 and 64: a quarter of their product by 2^-6, and an eighth of it in lava."""
    traces = Traces(x1=Trace(64, 10), y1=Trace(64, 10))
    for convention, change in ((BRIAN2_LOIHI, 16), (LAVA, 8)):
        assert (pairing_change("dw = 2^-6*x1*y1*y0", 0, traces, convention, n=1, rng=RNG(1)) == change).all()
    assert pairing_change_real("dw = 2^-6*x1*y1*y0", 0, traces) == 64


def test_weights_stay_within_their_bits():
    busy = np.ones((300, 1), int)
    for sign_mode, bits, end in (
        (EXCITATORY, 8, 255),
        (MIXED, 8, 254),
        (EXCITATORY, 5, 248),
        (INHIBITORY, 8, 0),
    ):
        run = learn(busy, busy, 0, "dw = 4*x0", synapse=Synapse(bits, 0, sign_mode), rng=RNG(1))
        assert run.w[-1, 0, 0] == end
    for sign_mode, end in ((EXCITATORY, 0), (MIXED, -256), (INHIBITORY, -255)):
        run = learn(busy, busy, 0, "dw = -4*x0", synapse=Synapse(sign_mode=sign_mode), rng=RNG(1))
        assert run.w[-1, 0, 0] == end
    run = learn(busy, busy, 0, ["dd = 4*x0", "dt = 4*x0"], rng=RNG(1))
    assert run.delay[-1, 0, 0] == 62 and run.tag[-1, 0, 0] == 255 and run.w[-1, 0, 0] == 0
    run = learn(busy, busy, 0, ["dd = -4*x0", "dt = -4*x0"], delay=9, rng=RNG(1))
    assert run.delay[-1, 0, 0] == 0 and run.tag[-1, 0, 0] == -256
    busy = np.ones((3000, 1), int)
    run = learn(busy, busy, 0, ["dd = 4*x0", "dt = -4*x0"], convention=LAVA, rng=lava_generators(1))
    assert run.delay[-1, 0, 0] == 255 and set(run.tag[100:].ravel()) == {-257, -256}


def test_random_numbers_are_shared_or_not():
    pre, post = np.ones((40, 30), int), np.ones((40, 30), int)
    traces = Traces(x1=Trace(3.5, 7), y1=Trace(3.5, 7))
    theirs = learn(pre, post, 0, "dw = 2^-7*x1*y0", traces, LAVA, rng=RNG(3))
    assert (theirs.w == theirs.w[:, :1, :1]).all()
    ours = learn(pre, post, 0, "dw = 2^-7*x1*y0", traces, rng=RNG(3))
    assert (ours.w[-1] != ours.w[-1, 0, 0]).any() and (ours.x[-1] != ours.x[-1, :, :1]).any()
    again = learn(pre, post, 0, "dw = 2^-7*x1*y0", traces, rng=RNG(3))
    np.testing.assert_array_equal(ours.w, again.w)


def test_steps_after_the_last_full_epoch_teach_nothing():
    busy = np.ones((7, 1), int)
    assert learn(busy, busy, 0, "dw = 2*x0", t_epoch=3, rng=RNG(1)).w.ravel().tolist() == [2, 4]
    assert learn(busy[:2], busy[:2], 0, "dw = x0", t_epoch=3, rng=RNG(1)).w.shape == (0, 1, 1)


def call(**changed):
    arguments = {"pre": [[1]], "post": [[1]], "w": 4, "rules": "dw = x0", "rng": RNG(1)} | changed
    return learn(**arguments)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"pre": [1]}, r"pre must have shape (steps, n_pre), got (1,)"),
        ({"post": [[2]]}, "post must be whole, from 0 to 1, got 2"),
        ({"post": [[1], [1]]}, "post must have as many steps as pre, 1, got 2"),
        ({"w": [[1, 2]]}, "w must be a number or have shape (1, 1), got (1, 2)"),
        ({"w": float("nan")}, "w must be finite, got nan"),
        ({"rules": []}, "rules must be at least one rule, got none"),
        ({"rules": ["dw = x0", "dw = y0"]}, "rules must have one rule for each target, got 2 for dw: write"),
        ({"t_epoch": 0}, "t_epoch must be at least 1, got 0"),
        ({"tag": 256}, "tag must be whole, from -256 to 255, got 256"),
        ({"delay": [[1, 1]]}, "delay must be a number or have shape (1, 1), got (1, 2)"),
        ({"reward": [1, 2]}, "reward must be a number or have shape (1,), got (2,)"),
        ({"rules": Rule("q", ())}, "a target must be one of w, d, t, got 'q'"),
        ({"rules": Rule("w", (Term(8, 0, "x0"),))}, "the mantissa of a term must be from -8 to 7, got 8"),
        ({"rules": Rule("w", (Term(1, 9, "x0"),))}, "the exponent of a term must be from -7 to 8, got 9"),
        ({"rules": Rule("w", (Term(1, 0, "u", (), 10),))}, "the gate of a term must be from 0 to 9, got 10"),
        ({"rules": Rule("w", (Term(1, 0, "x1"),))}, "a dependency must be one of x0, y0, u, got 'x1'"),
        ({"rules": Rule("w", (Term(1, 0, "x0", (Factor("x9"),)),))}, "a factor must be one of x0, y0, x1"),
        ({"reward": 128}, "reward must be whole, from -127 to 127, got 128"),
        ({"traces": Traces(y2=Trace(-1, 3))}, "the impulse of y2 must be from 0 to 127, got -1"),
    ],
)
def test_what_cannot_be_is_refused(changed, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        call(**changed)


def test_what_is_of_the_wrong_kind_is_refused():
    with pytest.raises(TypeError, match=r"rng must be a numpy.random.Generator"):
        call(rng=1)
    with pytest.raises(
        TypeError, match=r"rng must be .* in the convention brian2_loihi, got the generators of lava"
    ):
        call(rng=lava_generators(1))
    with pytest.raises(TypeError, match="rules must be a rule or a list of rules, got int"):
        call(rules=3)
    with pytest.raises(TypeError, match="traces must be Traces, got int"):
        call(traces=3)
    with pytest.raises(TypeError, match="synapse must be a Synapse, got 'excitatory'"):
        learn([[1]], [[1]], 1, "dw = x0", synapse="excitatory", rng=RNG(1))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="convention must be a Convention such as LAVA, got 'lava'"):
        learn_real([[1]], [[1]], 1, "dw = x0", convention="lava")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="x2 must be a Trace, got float"):
        call(traces=Traces(x2=0.5))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="n must be at most 300, got 1000"):
        pairing_change(n=1000, rng=RNG(1))
    with pytest.raises(ValueError, match="seed must be at least 0, got -1"):
        lava_generators(-1)
    with pytest.raises(ValueError, match="epochs times synapses must leave at most 2e"):
        call(pre=np.ones((20_000, 100), int), post=np.ones((20_000, 100), int))
    with pytest.raises(ValueError, match="delta_t must have at least one step, got none"):
        pairing_change(STDP_RULE, [], rng=RNG(1))
    with pytest.raises(ValueError, match=r"delta_t must be a number or have shape \(k,\), got \(1, 1\)"):
        pairing_change_real(STDP_RULE, [[1]])


def test_the_ceiling_of_traces_alone_makes_a_fair_rule_lose():
    """The mouse of chapter 27: in real numbers with and without a ceiling of 127, and on the chip."""
    steps = load_head_direction().spikes.to_raster(1.0).astype(int)
    sender, receiver = steps[:, [6]], steps[:, [2]]

    def sums(ceiling):
        x = y = up = down = 0.0
        last = 0
        for t in np.flatnonzero((sender | receiver)[:, 0]):
            x, y = (trace * 0.95 ** (t - last) for trace in (x, y))
            x, y = min(x + 64 * sender[t, 0], ceiling), min(y + 64 * receiver[t, 0], ceiling)
            up, down = up + receiver[t, 0] * x / 128, down + sender[t, 0] * y / 128
            last = t
        return np.array([up, down])

    traces = Traces(x1=Trace(64, 20), y1=Trace(64, 20))
    rule = "dw = 2^-7*x1*y0 - 2^-7*x0*y1"
    real = learn_real(sender, receiver, 100, rule, traces).terms.sum(axis=0)[:, 0, 0]
    assert real == pytest.approx(sums(np.inf) * [1, -1], rel=1e-9, abs=0)
    assert np.diff(sums(np.inf)) < 0 < np.diff(sums(127.0))  # more gained than lost; then the other way round
    chip = learn(
        sender, receiver, 100, rule, traces,
        synapse=Synapse(sign_mode=EXCITATORY), rng=np.random.default_rng(1),
    ).terms.sum(axis=0)[:, 0, 0] / 128  # fmt: skip
    assert chip == pytest.approx(sums(127.0) * [1, -1], rel=0.005)
