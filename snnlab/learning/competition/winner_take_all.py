r"""Competition between neurons: a layer that shares out the images among its members.

Each pixel is a Poisson input. It excites a layer of neurons through the weights $w$, and each of these has an
inhibitory partner that, once it fires, inhibits all the others. With conductances in units of the leak,

$$ \tau_m \dot v = v_{rest} - v + g_{ex} (e_{ex} - v) + g_{in} (e_{in} - v), \qquad
\tau_{ex} \dot g_{ex} = -g_{ex}, \quad \tau_{in} \dot g_{in} = -g_{in} $$

A neuron fires above $v_{th} - \theta_0 + \theta$; each of its spikes raises its own $\theta$ by `theta_plus`,
and $\tau_\theta \dot\theta = -\theta$. Three traces, $x$ of each input and $y$, $z$ of each neuron, are set
to 1 by a spike and decay with `tau_pre`, `tau_post`, `tau_post_2`. The weights change by

$$ \text{input spike: } w \to w - \eta_{pre}\, y, \qquad \text{own spike: } w \to w + \eta_{post}\, x\, z $$

with $z$ as it was before that spike, and stay between 0 and 1; before each image the weights of a neuron are
scaled so that their sum is `total`.

Within a step the conductances are constant, and the membrane follows exactly. Spikes reach their targets at
once; the authors delay those of the inputs by up to 10 ms.

Source: P. U. Diehl and M. Cook (2015), Unsupervised learning of digit recognition using
spike-timing-dependent plasticity, Frontiers in Computational Neuroscience 9, 99, with the rule and the
numbers of the authors' program, github.com/peter-u-diehl/stdp-mnist, not all of which are in the article.
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.checks import NonNegative, Positive, checked, ordered
from snnlab.compiling import kernel
from snnlab.random import uniform

__all__ = ["ClusterNet"]

TRIES = 20  # with one image
ASLEEP = 1e-6  # an inhibitory neuron that is closer to rest than this is left alone until it is called


class ClusterNet(NamedTuple):
    """The neurons, the rule and how an image is shown, with the numbers of Diehl and Cook's program.

    Examples
    --------
    >>> ClusterNet(theta_plus=0.0).theta_plus
    0.0
    """

    tau_m: Positive = 100.0
    """Membrane time constant, ms."""
    v_rest: float = -65.0
    """Resting potential, to which a neuron is also reset, mV."""
    v_th: float = -52.0
    """Threshold before anything has been adapted, mV."""
    t_ref: NonNegative = 5.0
    """Refractory period, ms."""
    e_ex: float = 0.0
    """Reversal potential of excitation, mV."""
    e_in: float = -100.0
    """Reversal potential of inhibition, mV."""
    tau_ex: Positive = 1.0
    """Time constant of excitation, ms."""
    tau_in: Positive = 2.0
    """Time constant of inhibition, ms."""
    theta_start: NonNegative = 20.0
    """Where the adaptive part of the threshold starts, mV; it is the offset that is subtracted, too."""
    theta_plus: NonNegative = 0.05
    """By how much a spike raises the threshold of its neuron, mV."""
    tau_theta: Positive = 1e7
    """Time constant of the adaptive part, ms."""
    partner_tau_m: Positive = 10.0
    """Membrane time constant of an inhibitory neuron, ms."""
    partner_rest: float = -60.0
    """Its resting potential, mV."""
    partner_reset: float = -45.0
    """Its potential after a spike, mV."""
    partner_th: float = -40.0
    """Its threshold, mV."""
    partner_t_ref: NonNegative = 2.0
    """Its refractory period, ms."""
    g_partner: NonNegative = 10.4
    """What a spike adds to the excitation of the inhibitory partner, in units of the leak."""
    g_in: NonNegative = 17.0
    """What a spike of a partner adds to the inhibition of all other neurons, in units of the leak."""
    eta_pre: NonNegative = 1e-4
    """Largest loss of a weight at a spike of its input."""
    eta_post: NonNegative = 0.01
    """Largest gain of a weight at a spike of its neuron."""
    tau_pre: Positive = 20.0
    """Time constant of the trace of an input, ms."""
    tau_post: Positive = 20.0
    """Time constant of the trace by which weights lose, ms."""
    tau_post_2: Positive = 40.0
    """Time constant of the trace by which weights gain, ms."""
    total: Positive = 78.0
    """Sum of the weights of a neuron before each image."""
    show: Positive = 350.0
    """How long an image is shown, ms."""
    pause: NonNegative = 150.0
    """How long nothing is shown after it, ms."""
    rate: NonNegative = 63.75
    """Rate of a white pixel, Hz; each further try with the same image adds half of it."""
    least: int = 5
    """With fewer spikes of the layer than this, the image is shown once more, brighter."""


def check_cluster_net(net: ClusterNet) -> ClusterNet:
    """`net` with every entry valid, and thresholds above what a spike resets to."""
    valid = ordered(checked("net", net, ClusterNet), "v_rest", "below", "v_th", "mV")
    if max(valid.partner_rest, valid.partner_reset) >= valid.partner_th:
        raise ValueError(
            f"partner_rest and partner_reset must be below partner_th ({valid.partner_th:g} mV), got "
            f"{valid.partner_rest:g} and {valid.partner_reset:g}"
        )
    return valid


class Layer(NamedTuple):
    """The state of the layer: one number a neuron in each row, and the traces of the inputs."""

    v: np.ndarray
    g_ex: np.ndarray
    g_in: np.ndarray
    left: np.ndarray  # of the refractory period
    theta: np.ndarray
    y: np.ndarray
    z: np.ndarray
    partner_v: np.ndarray
    partner_g: np.ndarray
    partner_left: np.ndarray
    x: np.ndarray  # (inputs,)


class Shown(NamedTuple):
    """Room for the spikes of an image: which pixels fire in which step."""

    units: np.ndarray
    start: np.ndarray  # after `draw_image`, where the spikes of each step end in `units`
    drawn: np.ndarray
    when: np.ndarray


@kernel
def draw_image(image, p, shown, seed, stream):
    """Spikes of all pixels, step by step; a pixel of brightness 1 fires in a step with the probability `p`.

    From one spike to the next is a geometric number. The spikes are then sorted by their step, by counting.
    """
    start, steps, n, counter = shown.start, shown.start.size - 1, 0, np.uint64(0)
    for t in range(steps + 1):
        start[t] = 0
    for j in range(image.size):
        if p * image[j] > 0.0:  # 0 where a product of small numbers vanishes
            scale = 1.0 / math.log1p(-p * image[j])
            at = -1
            while True:
                wait = min(math.log(1.0 - uniform(seed, stream, counter)) * scale, 1e9)
                counter += np.uint64(1)
                at += 1 + math.floor(wait)
                if at >= steps or n == shown.drawn.size:
                    break
                shown.drawn[n], shown.when[n] = j, at
                start[at + 1] += 1
                n += 1
    for t in range(steps):
        start[t + 1] += start[t]
    for k in range(n):
        step = shown.when[k]
        shown.units[start[step]] = shown.drawn[k]
        start[step] += 1


@kernel
def normalise(w, total):
    """Scale the weights of each neuron, a column of `w`, so that their sum is `total`."""
    for k in range(w.shape[1]):
        scale = 0.0
        for j in range(w.shape[0]):
            scale += w[j, k]
        scale = total / scale
        for j in range(w.shape[0]):
            w[j, k] *= scale


@kernel
def step(v, g_ex, g_in, v_rest, e_ex, e_in, tau_m, dt):
    """The potential after one step: the way to where the conductances pull, exactly."""
    g = 1.0 + g_ex + g_in
    goal = (v_rest + g_ex * e_ex + g_in * e_in) / g
    return goal + (v - goal) * math.exp(-dt * g / tau_m)


@kernel
def call_partners(layer, net, dt, d_ex):
    """One step of the inhibitory neurons, and what those that fire do to all neurons but their own."""
    fired = 0
    for k in range(layer.v.size):
        if layer.partner_g[k] == 0.0:
            continue
        layer.partner_left[k] -= dt
        if layer.partner_left[k] <= 0.0:
            layer.partner_v[k] = step(
                layer.partner_v[k], layer.partner_g[k], 0.0, net.partner_rest, net.e_ex, 0.0,
                net.partner_tau_m, dt,
            )  # fmt: skip
        layer.partner_g[k] *= d_ex
        if layer.partner_v[k] > net.partner_th:
            layer.partner_v[k], layer.partner_left[k] = net.partner_reset, net.partner_t_ref
            layer.g_in[k] -= net.g_in
            fired += 1
        elif layer.partner_g[k] < ASLEEP and abs(layer.partner_v[k] - net.partner_rest) < ASLEEP:
            layer.partner_v[k], layer.partner_g[k] = net.partner_rest, 0.0
    if fired > 0:
        for k in range(layer.v.size):
            layer.g_in[k] += fired * net.g_in


@kernel
def run(shown, pause, w, layer, net, dt, learns, counts, times, units):
    """Show one image and then nothing for `pause` steps; counts the spikes of each neuron.

    Returns how many there are; as many as there is room for are written into `times` and `units`. The traces
    of the inputs decay alike, so `x` holds them divided by one common factor. `w` has a row for each input.
    """
    steps, first, total, factor = shown.start.size - 1, 0, 0, 1.0
    d_ex, d_in = math.exp(-dt / net.tau_ex), math.exp(-dt / net.tau_in)
    d_x, d_y, d_z = math.exp(-dt / net.tau_pre), math.exp(-dt / net.tau_post), math.exp(-dt / net.tau_post_2)
    d_theta = math.exp(-dt / net.tau_theta) if learns else 1.0
    for t in range(steps + pause):
        for k in range(w.shape[1]):
            layer.left[k] -= dt
            if layer.left[k] <= 0.0:
                layer.v[k] = step(
                    layer.v[k], layer.g_ex[k], layer.g_in[k], net.v_rest, net.e_ex, net.e_in, net.tau_m, dt
                )
        factor *= d_x
        for k in range(w.shape[1]):
            layer.g_ex[k] *= d_ex
            layer.g_in[k] *= d_in
            layer.theta[k] *= d_theta
            layer.y[k] *= d_y
            layer.z[k] *= d_z
        call_partners(layer, net, dt, d_ex)
        for k in range(w.shape[1]):
            if layer.v[k] > net.v_th - net.theta_start + layer.theta[k]:
                layer.v[k], layer.left[k] = net.v_rest, net.t_ref
                layer.partner_g[k] += net.g_partner
                if total < times.size:
                    times[total], units[total] = (t + 1) * dt, k
                counts[k] += 1
                total += 1
                if learns:
                    layer.theta[k] += net.theta_plus
                    gain = net.eta_post * factor * layer.z[k]
                    for j in range(w.shape[0]):
                        w[j, k] = min(1.0, w[j, k] + gain * layer.x[j])
                    layer.y[k], layer.z[k] = 1.0, 1.0
        if t < steps:
            for e in range(first, shown.start[t]):
                pre = np.uint32(shown.units[e])
                for k in range(w.shape[1]):
                    layer.g_ex[k] += w[pre, k]
                if learns:
                    for k in range(w.shape[1]):
                        w[pre, k] = max(0.0, w[pre, k] - net.eta_pre * layer.y[k])
                    layer.x[pre] = 1.0 / factor
            first = shown.start[t]
    for j in range(layer.x.size):
        layer.x[j] *= factor
    return total


@kernel
def present(image, p, shown, pause, w, layer, net, dt, learns, counts, times, units, seed, stream):
    """Show an image, brighter and brighter until the layer answers; returns the next stream of chance.

    A pixel of brightness 1 fires in a step with the probability `p` at the first try, and half of it more at
    each further one.
    """
    for tries in range(TRIES):
        brighter = p * (1.0 + 0.5 * tries)
        if brighter >= 1.0:
            break
        for k in range(counts.size):
            counts[k] = 0
        draw_image(image, brighter, shown, seed, stream)
        stream += np.uint64(1)
        if run(shown, pause, w, layer, net, dt, learns, counts, times, units) >= net.least:
            break
    return stream
