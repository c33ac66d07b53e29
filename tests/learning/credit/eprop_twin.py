"""E-prop written a second time, for an LSNN, with whole matrices and in the letters of its source."""

import numpy as np

from snnlab.learning.gradients.cell import LATE_SUBTRACTION
from snnlab.learning.gradients.recurrent_gradient import run_recurrent
from snnlab.learning.gradients.surrogate_shapes import triangle
from snnlab.learning.samples import samples_from_raster


def arriving(network, s, x):
    """The spikes that every synapse brings to each neuron: from inputs and, by delay, from other neurons.

    Shape (steps, kinds); which neurons and delays the kinds are, inputs first.
    """
    lines = network.recurrent
    if lines is None:
        return 1.0 * x, []
    late = np.rint(lines.delay / network.dt).astype(int)
    kinds = sorted(set(zip(lines.pre.tolist(), late.tolist(), strict=True)))
    delayed = np.zeros((len(s), len(kinds)))
    for c, (pre, by) in enumerate(kinds):
        delayed[by:, c] = s[: len(s) - by, pre]
    return np.hstack([x, delayed]), kinds


def as_inputs(network, x):
    """The network and its inputs with the recurrent spikes of a run for inputs: it fires as it did.

    What arrives from other neurons is given, so nothing passes back through it.
    """
    rasters, kinds = [], []
    for k in range(len(x)):
        s = run_recurrent(network, samples_from_raster(x, np.zeros(len(x), int)), k).s
        raster, kinds = arriving(network, s, x[k])
        rasters.append(raster)
    lines = network.recurrent
    more = np.zeros((len(network.w_in), len(kinds)))
    column = {kind: c for c, kind in enumerate(kinds)}
    places = []
    for pre, post, w, delay in zip(*lines[:4], strict=True):
        places.append((post, column[int(pre), round(delay / network.dt)]))
        more[places[-1]] += w
    given = network._replace(w_in=np.hstack([network.w_in, more]), recurrent=None)
    return given, np.array(rasters), [(post, network.w_in.shape[1] + c) for post, c in places]


def eprop(network, x, pulls, feedback, surrogate, literal=False, slow=True):
    """The gradient of one sample by the weights from everything that arrives, shape (hidden, kinds).

    Neurons of an LSNN alone, with the source's trace for an adaptation to which a spike adds 1. `literal`
    takes its distances, too, in thresholds of a neuron that has not fired and not in those of the moment.
    Without `slow` the trace of adaptation is never asked.
    """
    cell = network.cell
    assert (cell.reset == LATE_SUBTRACTION).all() and not cell.alpha.any() and surrogate.shape is triangle
    run = run_recurrent(network, samples_from_raster(x[None], [0]))
    z, _ = arriving(network, run.s, x)
    shape = len(cell.rho), z.shape[1]
    eps_v, eps_i, eps_a, current, heard, found = np.zeros((6, *shape))
    rho, beta, beta_a, gain = (part[:, None] for part in (cell.rho, cell.beta, cell.beta_a, cell.gain))
    beta_of_source = (1 - rho) * beta_a  # by which one spike raises the threshold
    for t in range(len(x)):
        v, theta = run.v[t], run.threshold[t]
        free = np.array([not run.s[max(0, t - k) : t, n].any() for n, k in enumerate(cell.refractory)])
        unit = cell.threshold if literal else theta
        hump = free * surrogate.height * np.maximum(0, 1 - np.abs((v - theta) / unit) / surrogate.width)
        psi = (hump / unit)[:, None]
        unit_moves = 1.0 if literal else (v / theta)[:, None]  # by θ the distance in θ changes so much more
        e = psi * (eps_v - slow * unit_moves * beta_of_source * eps_a)
        eps_a = rho * eps_a + e
        eps_v = beta * eps_v + eps_i
        eps_i = gain * z[t]
        heard = network.beta_out * heard + current
        current = network.alpha_out * current + network.gain_out * e
        found += (feedback @ pulls[t])[:, None] * heard
    return found
