"""Learning while compartments fire: as a readable twin does it, and as `learn` does with the same spikes."""

import numpy as np
import pytest

from snnlab.loihi import (
    BRIAN2_LOIHI,
    EXCITATORY,
    INHIBITORY,
    LAVA,
    MIXED,
    NENGO_LOIHI,
    REWARD_RULES,
    STDP_RULE,
    TRIPLET_RULE,
    Compartment,
    Registers,
    Synapse,
    SynapseGroup,
    Trace,
    Traces,
    effective_weights,
    lava_generators,
    learn,
    simulate_network,
    step_compartment,
)
from snnlab.loihi.networks import closed_loop
from snnlab.loihi.networks.closed_loop import learn_in_network, learn_on
from snnlab.loihi.networks.learning_group import LearningGroup
from snnlab.loihi.networks.recurrent import CompartmentGroup
from snnlab.random import seed_from

CONVENTIONS = pytest.mark.parametrize("convention", [BRIAN2_LOIHI, LAVA, NENGO_LOIHI], ids=lambda c: c.name)
TRACES = Traces(Trace(40, 8), Trace(9.5, 20), Trace(30, 6), Trace(12.25, 15), Trace(60, 3))
RELAY = Compartment(4096, 4096, 9)  # fires in the step in which it is pushed
CELL = Compartment(800, 400, 900)
RNG = np.random.default_rng


def pairs(pre, post):
    """All of one side with all of the other."""
    grid = np.meshgrid(pre, post)
    return grid[0].ravel(), grid[1].ravel()


def network(rng, convention, t_epoch=1):
    """Five relays that are pushed by chance and four cells behind them, which stay as they are together."""
    steps, n_in, n_out = 120 + 60 * t_epoch, 5, 4
    q = np.zeros((steps, n_in + n_out), int)
    q[:, :n_in] = 640 * (rng.random((steps, n_in)) < 0.3)
    pre, post = pairs(range(n_in), range(n_in, n_in + n_out))
    w = 2 * rng.integers(40, 100, pre.size)
    compartment = [
        CompartmentGroup(n_in, RELAY._replace(decay_u=4096 - convention.decay_offset)),
        CompartmentGroup(n_out, CELL),
    ]
    return q, SynapseGroup(pre, post, w, rng.integers(1, 5, pre.size)), compartment


@CONVENTIONS
@pytest.mark.parametrize("t_epoch", [1, 4])
@pytest.mark.parametrize(
    "rules",
    [STDP_RULE, TRIPLET_RULE, REWARD_RULES, ("dw = 2^-2*x1*y0 - u2*sgn(w - 90)", "dt = 2^-3*x2*y3*x0")],
    ids=["pairs", "triplets", "reward", "own"],
)
def test_given_the_spikes_that_were_fired_learn_finds_the_same(convention, t_epoch, rules):
    rng = np.random.default_rng(t_epoch)
    q, lines, compartment = network(rng, convention, t_epoch)
    reward = rng.integers(-60, 60, len(q))
    random = lambda: lava_generators(7) if convention is LAVA else np.random.default_rng(7)  # noqa: E731
    run = learn_in_network(
        q, LearningGroup(lines, rules, TRACES, tag=3), compartment, convention, t_epoch=t_epoch,
        reward=reward, rng=random(),
    )  # fmt: skip
    fired = run.spikes.to_raster(1.0).astype(int)
    assert fired[:, 5:].sum() > 20
    given = learn(
        fired[:, :5], fired[:, 5:], np.reshape(lines.w, (4, 5)), rules, TRACES, convention, t_epoch=t_epoch,
        delay=np.reshape(lines.delay, (4, 5)), tag=3, reward=reward, rng=random(),
    )  # fmt: skip
    for name in ("w", "delay", "tag"):
        ours, theirs = getattr(run.learned[0], name), getattr(given, name)
        np.testing.assert_array_equal(ours, theirs.reshape(len(theirs), -1), err_msg=name)
    assert np.unique(run.learned[0].w[-1] - run.learned[0].w[0]).size > 2


def twin(q, groups, compartments, t_epoch, reward, rng):
    """The loop in Python: `step_compartment` one at a time, a list of what is under way, and `learn` anew
    with all spikes so far at the end of each epoch. Groups of synapses as they are given, matrices."""
    steps, n = q.shape
    seeds = [seed_from(rng) if len(group) > 4 else None for group in groups]
    registers = [Registers() for _ in range(n)]
    under_way = np.zeros((steps + 70, n), int)
    fired, u, v = (np.zeros((steps, n), int) for _ in range(3))
    now = [[group[2], group[3]] for group in groups]
    kept = [[] for _ in groups]
    for t in range(steps):
        for i in range(n):
            step = step_compartment(registers[i], int(q[t, i] + under_way[t, i]), compartments[i])
            registers[i], fired[t, i] = step.after, step.fires
            u[t, i], v[t, i] = registers[i].u, registers[i].v
        for (pre, post, *_), (w, delay) in zip(groups, now, strict=True):
            synapse = Synapse(sign_mode=EXCITATORY if (w >= 0).all() else INHIBITORY)
            reach = effective_weights(w, synapse)
            for a, i in enumerate(post):
                for b, j in enumerate(pre):
                    if fired[t, j]:
                        under_way[t + delay[a, b], i] += reach[a, b]
        if (t + 1) % t_epoch == 0:
            for k, (pre, post, w, delay, *rest) in enumerate(groups):
                if rest:
                    run = learn(
                        fired[: t + 1, pre], fired[: t + 1, post], w, rest[0], rest[1], t_epoch=t_epoch,
                        delay=delay, reward=reward[: t + 1], synapse=Synapse(sign_mode=EXCITATORY),
                        rng=seeds[k],
                    )  # fmt: skip
                    now[k] = [run.w[-1], run.delay[-1]]
                    assert run.delay[-1].min() > 1  # a network has none of 0
                    kept[k].append((run.w[-1], run.tag[-1]))
    return fired, u, v, kept


@pytest.mark.equation("loihi-closed-loop")
@pytest.mark.parametrize("t_epoch", [1, 3])
def test_it_does_what_the_readable_twin_does(t_epoch):
    """Two groups with rules of their own and one that stays, three kinds of compartments, and a reward."""
    rng = np.random.default_rng(2)
    steps = 90
    q = np.zeros((steps, 9), int)
    q[:, :4] = 640 * (rng.random((steps, 4)) < 0.35)
    soft = Compartment(1000, 300, 200, soft_reset=True)
    groups = [
        ([0, 1, 2, 3], [4, 5, 6], rng.integers(30, 90, (3, 4)), rng.integers(16, 24, (3, 4)),
         ("dw = 2^-2*x1*y0 - 2^-3*x0*y1", "dd = 2^-7*y1*x0 - 2^-7*x1*y0"), TRACES),
        ([4, 5, 6], [7, 8], np.full((2, 3), 120), np.full((2, 3), 2), REWARD_RULES, TRACES),
        ([7, 8], [4, 5, 6], np.full((3, 2), -60), np.full((3, 2), 1)),
    ]  # fmt: skip
    compartments = [RELAY] * 4 + [CELL] * 3 + [soft] * 2
    reward = rng.integers(-40, 60, steps)
    fired, u, v, kept = twin(q, groups, compartments, t_epoch, reward, np.random.default_rng(5))
    given = []
    for pre, post, w, delay, *rest in groups:
        sign = Synapse(sign_mode=EXCITATORY if rest else INHIBITORY)
        lines = SynapseGroup(*pairs(pre, post), w.ravel(), delay.ravel(), sign)
        given.append(LearningGroup(lines, *rest) if rest else lines)
    run = learn_in_network(
        q, given, [CompartmentGroup(4, RELAY), CompartmentGroup(3, CELL), CompartmentGroup(2, soft)],
        t_epoch=t_epoch, reward=reward, record=range(9), rng=np.random.default_rng(5),
    )  # fmt: skip
    assert min(fired[:, 4:7].sum(), fired[:, 7:].sum()) > 10
    np.testing.assert_array_equal(run.spikes.to_raster(1.0), fired)
    np.testing.assert_array_equal(run.u, u)
    np.testing.assert_array_equal(run.v, v)
    for learned, theirs in zip(run.learned, kept[:2], strict=True):
        np.testing.assert_array_equal(learned.w, [w.ravel() for w, _ in theirs])
        np.testing.assert_array_equal(learned.tag, [tag.ravel() for _, tag in theirs])
    assert (run.learned[0].w[-1] != run.learned[0].w[0]).any()
    assert (run.learned[0].delay[-1] != run.learned[0].delay[0]).any()
    assert (run.learned[1].w[-1] != 120).any()


def test_what_was_learned_decides_who_fires():
    """The same network with its first weights for ever fires otherwise: the loop is closed."""
    q, lines, compartment = network(np.random.default_rng(3), BRIAN2_LOIHI, 4)
    grows = LearningGroup(lines, "dw = 2^-3*x1*y0", TRACES)
    run = learn_in_network(q, grows, compartment, rng=np.random.default_rng(1))
    still = simulate_network(q, lines, compartment)
    nothing = learn_in_network(
        q, LearningGroup(lines, "dw = 0*x1*y0", TRACES), compartment, rng=np.random.default_rng(1)
    )
    assert [t.tolist() for t in nothing.spikes] == [t.tolist() for t in still.spikes]
    assert run.spikes.n_spikes > 1.1 * still.spikes.n_spikes


def test_a_sparse_group_is_a_part_of_a_matrix():
    """Random numbers belong to pairs of neurons, so a synapse learns as if all others were there too."""
    q, lines, compartment = network(np.random.default_rng(4), BRIAN2_LOIHI)
    q[:, 5:] = 4000  # the cells fire by themselves; weights are too small to matter
    chosen = np.flatnonzero(np.random.default_rng(1).random(lines.pre.size) < 0.6)
    runs = []
    for own in (np.arange(lines.pre.size), chosen[::-1]):
        some = SynapseGroup(lines.pre[own], lines.post[own], 0, synapse=Synapse(bits=8, exponent=-8))
        group = LearningGroup(some, "dw = 2^-4*x1*y0 - 2^-4*x0*y1", TRACES)
        runs.append(learn_in_network(q, group, compartment, rng=np.random.default_rng(1)))
    np.testing.assert_array_equal(runs[0].learned[0].w[:, chosen[::-1]], runs[1].learned[0].w)
    assert np.unique(runs[1].learned[0].w[-1]).size > 5


def test_in_parts_it_is_the_same_run():
    """Cut within an epoch; the first part is not changed by what follows, and can be followed twice."""
    rng = np.random.default_rng(6)
    q, lines, compartment = network(rng, BRIAN2_LOIHI, 4)
    group = LearningGroup(lines, REWARD_RULES, TRACES)
    reward = rng.integers(-60, 60, len(q))
    whole = learn_in_network(
        q, group, compartment, t_epoch=4, reward=reward, every=2, record=[6], rng=np.random.default_rng(1)
    )
    first = learn_in_network(
        q[:101], group, compartment, t_epoch=4, reward=reward[:101], every=2, record=[6],
        rng=np.random.default_rng(1),
    )  # fmt: skip
    for _ in range(2):
        rest = learn_on(first.end, q[101:], reward=reward[101:], every=2, record=[6])
        times = np.concatenate([first.spikes.times, 101 + rest.spikes.times])
        assert times.tolist() == whole.spikes.times.tolist()
        np.testing.assert_array_equal(np.vstack([first.v, rest.v]), whole.v)
        for k in range(3):
            both = np.vstack([first.learned[0][k], rest.learned[0][k]])
            np.testing.assert_array_equal(both, whole.learned[0][k])
    assert whole.learned[0].w.shape == (45, 20)


@pytest.mark.parametrize(
    "convention, sign_mode, rule, end",
    [
        (LAVA, INHIBITORY, "dw = -7*u0", -255),
        (LAVA, MIXED, "dw = -7*u0", -256),
        (BRIAN2_LOIHI, MIXED, "dw = 7*u0", 254),
        (BRIAN2_LOIHI, EXCITATORY, "dw = -7*u0", 0),
    ],
)
def test_what_is_learned_ends_where_a_given_weight_ends(convention, sign_mode, rule, end):
    """As far as the convention says, in the engine and in what a spike brings; there nothing moves it."""
    start, q = int(np.sign(end)) * 240, np.zeros((6, 2), int)
    relay = RELAY._replace(decay_u=4096 - convention.decay_offset)
    for w in (start, 256 * int(np.sign(end))) if end else (20,):
        line = SynapseGroup([0], [1], w, synapse=Synapse(sign_mode=sign_mode))
        run = learn_in_network(q, LearningGroup(line, rule), relay, convention, rng=RNG(1))
        assert run.learned[0].w[-1] == end and run.end.events.w == 64 * end
    rests = learn_in_network(q, LearningGroup(line, "dw = 0*u0"), relay, convention, rng=RNG(1))
    assert (rests.learned[0].w == rests.learned[0].w[0]).all()
    assert rests.end.events.w == effective_weights(w, line.synapse, convention)


def test_a_reward_acts_in_the_step_that_a_term_reads():
    """With u the last of an epoch, with y0 the one in which the spike came; a word of the documentation."""
    q, line = np.zeros((8, 2), int), SynapseGroup([0], [1], 0, synapse=Synapse(sign_mode=EXCITATORY))
    q[5, 1] = 640  # the second step of the second epoch
    moved = {}
    for rule in ("dw = u0*r", "dw = y0*r"):
        moved[rule] = [
            int(learn_in_network(
                q, LearningGroup(line, rule), RELAY, t_epoch=4, reward=10 * (np.arange(8) == step), rng=RNG(1)
            ).learned[0].w[-1, 0])
            for step in range(8)
        ]  # fmt: skip
    assert moved == {"dw = u0*r": [0, 0, 0, 10, 0, 0, 0, 10], "dw = y0*r": [0, 0, 0, 0, 0, 10, 0, 0]}


def test_the_end_knows_who_fired_in_the_last_step():
    q, lines, compartment = network(np.random.default_rng(3), BRIAN2_LOIHI)
    group = LearningGroup(lines, "dw = 2^-4*x1*y0", TRACES)
    for steps in range(20, 30):
        run = learn_in_network(q[:steps], group, compartment, rng=RNG(1))
        assert run.end.state.fired.tolist() == run.spikes.to_raster(1.0)[-1].tolist()


def test_a_long_run_is_cut_into_pieces(monkeypatch):
    """Between two of them Ctrl-C is heard; nothing else changes, whichever steps and epochs they cut."""
    q, lines, compartment = network(np.random.default_rng(3), BRIAN2_LOIHI, 3)
    group, runs = LearningGroup(lines, REWARD_RULES, TRACES), []
    for size in (10_000, 7):
        monkeypatch.setattr(
            closed_loop, "slices", lambda n, ns, k=size: [(i, min(i + k, n)) for i in range(0, n, k)]
        )
        runs.append(
            learn_in_network(q, group, compartment, t_epoch=3, reward=9, every=2, record=[5, 6], rng=RNG(1))
        )
    whole, pieces = runs
    assert whole.spikes.times.tolist() == pieces.spikes.times.tolist()
    for name in ("u", "v"):
        np.testing.assert_array_equal(getattr(whole, name), getattr(pieces, name))
    for name in ("w", "delay", "tag"):
        np.testing.assert_array_equal(getattr(whole.learned[0], name), getattr(pieces.learned[0], name))


def test_nobody_and_no_synapse():
    nothing = LearningGroup(SynapseGroup([], [], 1), "dw = u0")
    assert learn_in_network(np.zeros((4, 2)), nothing, rng=RNG(1)).learned[0].w.shape == (4, 0)
    assert learn_in_network(np.zeros((4, 0)), nothing, rng=RNG(1)).spikes.n_spikes == 0
    group = LearningGroup(SynapseGroup([0], [1], 1), "dw = u0")
    assert learn_in_network(np.zeros((0, 2)), group, rng=RNG(1)).learned[0].w.shape == (0, 1)


def test_arguments_that_cannot_be():
    q, lines = np.zeros((5, 3), int), SynapseGroup([0], [1], [10])
    group, rng = LearningGroup(lines, "dw = u0"), np.random.default_rng(1)
    with pytest.raises(ValueError, match="synapses must have a LearningGroup, got none"):
        learn_in_network(q, lines, rng=rng)
    with pytest.raises(TypeError, match="must be a LearningGroup, a SynapseGroup or a list of them, got 3"):
        learn_in_network(q, 3, rng=rng)
    with pytest.raises(ValueError, match="must join no pair of compartments twice"):
        learn_in_network(q, LearningGroup(SynapseGroup([0, 0], [1, 1], 10), "dw = u0"), rng=rng)
    with pytest.raises(ValueError, match=r"tag must be a number or have shape \(1,\), got \(2,\)"):
        learn_in_network(q, group._replace(tag=[1, 2]), rng=rng)
    with pytest.raises(ValueError, match=r"reward must be a number or have shape \(5,\), got \(4,\)"):
        learn_in_network(q, group, reward=np.zeros(4), rng=rng)
    with pytest.raises(ValueError, match="there is no y5"):
        learn_in_network(q, LearningGroup(lines, "dw = x1*y5"), rng=rng)
    with pytest.raises(ValueError, match="t_epoch must be at most 63, got 64"):
        learn_in_network(q, group, t_epoch=64, rng=rng)
    with pytest.raises(ValueError, match="compartment must have 3 compartments, as many as q, got 2"):
        learn_in_network(q, group, [CompartmentGroup(2)], rng=rng)
    with pytest.raises(TypeError, match="compartment must be a Compartment or a list of CompartmentGroup"):
        learn_in_network(q, group, [Compartment()], rng=rng)
    with pytest.raises(ValueError, match="where 2 groups learn"):
        two = [group, LearningGroup(SynapseGroup([1], [2], [10]), "dw = u0")]
        learn_in_network(q, two, convention=LAVA, rng=lava_generators(1))
    run = learn_in_network(q, group, rng=rng)
    with pytest.raises(ValueError, match=r"q must have shape \(steps, 3\), got \(5, 2\)"):
        learn_on(run.end, q[:, :2])
    with pytest.raises(TypeError, match="end must be the end of a run of learn_in_network, got int"):
        learn_on(3, q)
    with pytest.raises(ValueError, match="random numbers of its own, got that of lava"):
        learn_on(learn_in_network(q, group, convention=LAVA, rng=lava_generators(1)).end, q)
    with pytest.raises(ValueError, match="random numbers of its own, got that of lava"):
        learn_on(learn_in_network(q[:0], group, convention=LAVA, rng=lava_generators(1)).end, q)


@pytest.mark.parametrize("factors", [8, 9, 12])
def test_a_product_that_is_shifted_past_its_bits_adds_nothing(factors):
    q, line = np.zeros((3, 2), int), SynapseGroup([0], [1], [4], synapse=Synapse(sign_mode=EXCITATORY))
    rule = "dw = " + "*".join(["w"] * factors) + "*u0"
    run = learn_in_network(q, LearningGroup(line, rule), rng=np.random.default_rng(1))
    assert (run.learned[0].w == 4).all()
