"""A competing layer against a plain twin, closed forms, and what competition must bring about."""

import math

import numpy as np
import pytest

from snnlab.learning import ClusterNet, Clusters, cluster_responses, initial_clusters
from snnlab.learning.competition.clustering import learn_clusters
from snnlab.learning.competition.winner_take_all import Shown, check_cluster_net, draw_image, step
from snnlab.random import seed_from

DT = 0.5  # ms
NET = ClusterNet(
    tau_m=60.0, e_ex=5.0, tau_ex=1.5, tau_in=3.0, theta_plus=0.4, tau_theta=900.0, theta_start=18.0,
    t_ref=3.0,
    g_partner=9.0, g_in=6.0, eta_pre=0.02, eta_post=0.1, tau_pre=15.0, tau_post=25.0, total=6.0, show=100.0,
    pause=20.0, rate=350.0, least=9,
)  # fmt: skip


def room(steps, inputs):
    return Shown(
        *(np.empty(size, np.int32) for size in (steps * inputs, steps + 1, steps * inputs, steps * inputs))
    )


def drawn(image, p, steps, seed, stream):
    """The pixels that fire in each step."""
    shown = room(steps, image.size)
    draw_image(image, p, shown, seed, np.uint64(stream))
    return np.split(shown.units, shown.start[:-1])[:steps]


class Twin:
    """The equations written once more, with arrays, no common factor, and partners that never sleep."""

    def __init__(self, w, net):
        self.w, self.net, n = w.copy(), net, len(w)
        self.v, self.partner = np.full(n, net.v_rest), np.full(n, net.partner_rest)
        self.g_ex, self.g_in, self.g_partner, self.y, self.z = np.zeros((5, n))
        self.theta, self.x = np.full(n, net.theta_start), np.zeros(w.shape[1])
        self.since, self.partner_since = np.full((2, n), 1000)  # steps since the last spike

    def image(self, pixels, pause):
        net, count = self.net, np.zeros(len(self.w), int)
        decay = {name: math.exp(-DT / getattr(net, name)) for name in net._fields if "tau" in name}
        for lit in [*pixels, *[[]] * pause]:
            self.since, self.partner_since = self.since + 1, self.partner_since + 1
            g = 1 + self.g_ex + self.g_in
            goal = (net.v_rest + self.g_ex * net.e_ex + self.g_in * net.e_in) / g
            moved = goal + (self.v - goal) * np.exp(-DT * g / net.tau_m)
            self.v = np.where(self.since * DT >= net.t_ref, moved, self.v)
            g = 1 + self.g_partner
            goal = (net.partner_rest + self.g_partner * net.e_ex) / g
            moved = goal + (self.partner - goal) * np.exp(-DT * g / net.partner_tau_m)
            self.partner = np.where(self.partner_since * DT >= net.partner_t_ref, moved, self.partner)
            self.g_ex, self.g_partner = self.g_ex * decay["tau_ex"], self.g_partner * decay["tau_ex"]
            self.g_in, self.theta = self.g_in * decay["tau_in"], self.theta * decay["tau_theta"]
            self.x, self.y = self.x * decay["tau_pre"], self.y * decay["tau_post"]
            self.z = self.z * decay["tau_post_2"]
            calls = self.partner > net.partner_th
            self.partner, self.partner_since = (
                np.where(calls, net.partner_reset, self.partner),
                np.where(calls, 0, self.partner_since),
            )
            self.g_in = self.g_in + net.g_in * (calls.sum() - calls)
            fires = self.v > net.v_th - net.theta_start + self.theta
            gain = net.eta_post * np.outer(fires * self.z, self.x)
            self.w = np.minimum(1.0, self.w + gain)
            self.v, self.since = np.where(fires, net.v_rest, self.v), np.where(fires, 0, self.since)
            self.y, self.z = np.where(fires, 1.0, self.y), np.where(fires, 1.0, self.z)
            self.theta, self.g_partner = (
                self.theta + net.theta_plus * fires,
                self.g_partner + net.g_partner * fires,
            )
            count += fires
            for j in lit:
                self.g_ex = self.g_ex + self.w[:, j]
                self.w[:, j] = np.maximum(0.0, self.w[:, j] - net.eta_pre * self.y)
                self.x[j] = 1.0
        return count


@pytest.fixture(scope="module")
def stripes():
    """Images of 24 pixels: a bright third each, on a grey ground."""
    return 0.1 + 0.9 * np.repeat(np.eye(3), 8, axis=1)


@pytest.mark.equation("cluster-membrane")
@pytest.mark.equation("cluster-threshold")
@pytest.mark.equation("cluster-rule")
def test_the_run_is_that_of_a_plain_twin(stripes):
    start = initial_clusters(5, 24, NET, rng=np.random.default_rng(2))
    run = learn_clusters(start, stripes, NET, shown=6, dt=DT, rng=np.random.default_rng(3), progress=False)
    rng = np.random.default_rng(3)
    seed = seed_from(rng)
    order = np.concatenate([rng.permutation(3), rng.permutation(3)])
    twin, stream, counts = Twin(start.w, NET), 0, []
    for image in order:
        twin.w *= NET.total / twin.w.sum(axis=1, keepdims=True)
        for tries in range(20):
            p = NET.rate * DT / 1000 * (1 + tries / 2)
            assert p < 1
            lit = drawn(stripes[image], p, 200, seed, stream)
            stream += 1
            count = twin.image(lit, 40)
            if count.sum() >= NET.least:
                break
        counts.append(count)
    assert stream > 6 and run.counts.sum() > 60 and (run.counts > 0).any(axis=0).sum() > 1
    np.testing.assert_array_equal(run.counts, counts)
    np.testing.assert_allclose(run.clusters.theta, twin.theta, rtol=1e-12)
    twin.w *= NET.total / twin.w.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(run.clusters.w, twin.w, atol=1e-12)
    assert np.ptp(run.clusters.w) > 0.3


def test_the_potential_goes_to_where_the_currents_cancel():
    """v∞ = (v_rest + g_ex e_ex + g_in e_in) / g, in the time τ_m / g with g = 1 + g_ex + g_in, exactly."""
    g_ex, g_in, rest, e_ex, e_in, tau = 0.3, 0.6, -65.0, 5.0, -90.0, 20.0
    goal = (rest + g_ex * e_ex + g_in * e_in) / 1.9
    for dt in (0.5, 3.0):
        v = step(-60.0, g_ex, g_in, rest, e_ex, e_in, tau, dt)
        assert v == pytest.approx(goal + (-60.0 - goal) * math.exp(-1.9 * dt / tau), rel=1e-14, abs=0)


@pytest.mark.equation("cluster-input")
def test_pixels_fire_by_chance_as_often_as_they_are_bright():
    image, p, steps = np.array([0.0, 0.25, 1.0]), 0.1, 20_000
    shown = room(steps, 3)
    draw_image(image, p, shown, np.uint64(5), np.uint64(1))
    units = shown.units[: shown.start[-2]]
    counts = np.bincount(units, minlength=3)
    mean = image * p * steps
    assert counts[0] == 0
    np.testing.assert_allclose(counts[1:], mean[1:], atol=4.5 * math.sqrt(mean.max()))
    per_step = np.diff(shown.start[:-1], prepend=0)
    both = 1 + 0.25 * p * p * steps  # of independent coins
    assert per_step.max() == 2 and abs((per_step == 2).sum() - both) < 4.5 * math.sqrt(both)


def test_without_inhibition_and_learning_the_firing_is_that_of_each_neuron_alone(stripes):
    w = initial_clusters(3, 24, NET, rng=np.random.default_rng(4)).w
    net = NET._replace(g_in=0.0, least=0)
    together = cluster_responses(Clusters(w, np.full(3, 18.0)), stripes, net, rng=np.random.default_rng(1))
    for k in range(3):
        alone = Clusters(w[[k]], np.full(1, 18.0))
        one = cluster_responses(alone, stripes, NET._replace(least=0), rng=np.random.default_rng(1))
        np.testing.assert_array_equal(one[:, 0], together[:, k])
    assert together.min() >= 3


def test_inhibition_lets_one_win_and_adaptation_lets_the_others_have_their_turn():
    image = (np.arange(64) < 24)[None, :].astype(float)
    start = initial_clusters(8, 64, ClusterNet(total=11.0), rng=np.random.default_rng(1))
    net = ClusterNet(total=11.0, rate=250.0, theta_plus=0.0)
    shares = []
    for numbers in (net._replace(g_in=0.0), net, net._replace(theta_plus=1.0)):
        run = learn_clusters(start, image, numbers, shown=8, rng=np.random.default_rng(2), progress=False)
        shares.append(np.sort(run.counts.sum(axis=0) / run.counts.sum())[::-1])
    everybody, tyrant, turns = shares
    assert everybody[0] < 0.2 and tyrant[0] > 0.5 and turns[0] < 0.3 and turns[-1] > 0.0


def test_bad_numbers_are_named():
    for change, message in (
        ({"tau_theta": 0.0}, "tau_theta must be positive and finite, got 0"),
        ({"total": -1.0}, "total must be positive and finite, got -1"),
        ({"g_in": -1.0}, "g_in must be zero or positive, and finite, got -1"),
        ({"v_rest": -50.0}, "v_rest must be below v_th"),
        ({"partner_reset": -30.0}, "partner_rest and partner_reset must be below partner_th"),
        ({"least": -1}, "least must be at least 0, got -1"),
    ):
        with pytest.raises(ValueError, match=message):
            check_cluster_net(ClusterNet(**change))
    with pytest.raises(TypeError, match="net must be a ClusterNet, got dict"):
        check_cluster_net({})
