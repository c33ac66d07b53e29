"""The ring that a kernel joins for itself, built once more from its equations and `Network`."""

import numpy as np

from snnlab import Spikes
from snnlab.networks import Network, from_list, from_matrix
from snnlab.networks.brunel_network import NEURON
from snnlab.networks.experiments.ring_cells import DT, FROZEN, START, SYNAPSES, populations
from snnlab.random import uniform_pair, uniforms

__all__ = ["excitation", "twin"]


def bell(degrees, width):
    around = np.abs((degrees + 180.0) % 360.0 - 180.0)
    return np.exp(-0.5 * (around / width) ** 2)


def excitation(net):
    """Weights between excitatory neurons, nA, `w[post, pre]`."""
    n = net.n_exc
    at = 360.0 * np.arange(n) / n
    shape = bell(at[:, None] - at, net.sigma)
    share, h = net.structure / 100.0, net.frozen / 100.0
    profile = 1.0 - share + share * shape / bell(at, net.sigma).mean()
    drawn = np.empty((n, n + net.n_inh))  # a row for each that sends, inhibitory neurons at its end
    uniforms(drawn.reshape(-1), np.uint64(net.wiring), FROZEN, np.uint64(0))
    x = np.where(drawn[:, :n].T < 0.25, 4.0, 0.0)
    return net.ee * 1000.0 / (NEURON.r_m * SYNAPSES.tau_e * n) * profile * (1.0 - h + h * x)


def steady(at_on_off, net, strength, reach, duration):
    """An input as a unit for each neuron that fires in every step, and its synapses."""
    at, on, off = at_on_off
    steps = np.arange(round(duration / DT))
    steps = steps[(steps * DT >= on) & (steps * DT < off)]
    spikes = Spikes(
        np.repeat((steps + 1) * DT, net.n_exc),
        np.tile(np.arange(net.n_exc), steps.size),
        n_units=net.n_exc,
        duration=duration + DT,
    )
    each = strength / NEURON.r_m * -np.expm1(-DT / SYNAPSES.tau_e)
    each = each * bell(360.0 * np.arange(net.n_exc) / net.n_exc - at, reach)
    own = np.arange(net.n_exc)
    return spikes, from_list(own, own, each, 0.0, n_pre=net.n_exc, n_post=net.n_exc)


def twin(net, inputs, duration, seed):
    """A `Network` and its state at the start."""
    exc, inh = populations(net)
    cue, cue_lines = steady(
        (inputs.cue_at, inputs.cue_on, inputs.cue_off), net, inputs.cue, inputs.reach, duration
    )
    push, push_lines = steady(
        (inputs.push_at, inputs.push_on, inputs.push_off), net, inputs.push, inputs.reach, duration
    )
    made = Network(dt=DT, rng=np.random.default_rng(0), exc=exc, inh=inh, cue=cue, push=push)
    a_exc, an_inh = (
        1000.0 / (NEURON.r_m * tau * n)
        for tau, n in ((SYNAPSES.tau_e, net.n_exc), (SYNAPSES.tau_i, net.n_inh))
    )
    made.connect("exc", "exc", from_matrix(excitation(net)))
    made.connect("exc", "inh", from_matrix(np.full((net.n_inh, net.n_exc), net.ie * a_exc)))
    made.connect("inh", "exc", from_matrix(np.full((net.n_exc, net.n_inh), -net.ei * an_inh)))
    made.connect("inh", "inh", from_matrix(np.full((net.n_inh, net.n_inh), -net.ii * an_inh)))
    made.connect("cue", "exc", cue_lines)
    made.connect("push", "exc", push_lines)
    for name, eta in (("exc", net.eta_exc), ("inh", net.eta_inh)):
        w = eta * NEURON.v_th / (NEURON.r_m * SYNAPSES.tau_e / 1000.0 * net.outside)
        made.drive(name, net.outside, w)
    v = [20.0 * uniform_pair(np.uint64(seed), START, np.uint64(i))[0] for i in range(net.n_exc + net.n_inh)]
    return made, made.initial_state()._replace(v=np.array(v), seed=np.array([seed], np.uint64))
