r"""Eligibility traces: what each synapse remembers of having moved its neuron towards a spike.

Let $\epsilon^v, \epsilon^i, \epsilon^b$ be the derivatives of potential, current and adaptation of a neuron
by the weight of one of its synapses, as far as they stay within the neuron. They are carried forwards by the
equations of the cell (`snnlab.learning.gradients.cell`, whose letters these are), each differentiated where
it stands. Through the synapse arrives $z_t$, the presynaptic spike after its delay:

$$ e_t = \frac{m_t h(x_t)}{\theta_t} \left( \epsilon^v_t - (x_t + 1)\, \beta_a\, \epsilon^b_t \right) $$

$$ \epsilon^v_{t+1} = (1 - s_t)\,(\beta \epsilon^v_t + \epsilon^i_t) \;|\; \beta \epsilon^v_t + \epsilon^i_t
\;|\; \beta \epsilon^v_t + \epsilon^i_t \;|\; \beta \epsilon^v_t + \epsilon^i_t
\;[\, - u_t e_t \;|\; - \theta_t e_t - s_t \beta_a \epsilon^b_t \;|\;
- \theta_t e_{t-1} - s_{t-1} \beta_a \epsilon^b_t \;|\; 0 \,] $$

$$ \epsilon^i_{t+1} = \alpha\, \epsilon^i_t + g z_t, \qquad
\epsilon^b_{t+1} = \rho\, \epsilon^b_t + (1 - \rho)\, e_t $$

$e_t$ is the *eligibility trace*, the derivative of the spike. What stands in brackets is the way through the
reset, which is left out where the reset is detached. All of it is known at the synapse while the network
runs, and nothing of what is wanted. $\epsilon^v$ is forgotten with the time constant of the membrane,
$\epsilon^b$ with that of adaptation while the potential is at rest. Near the threshold it is forgotten
sooner: what is left of it after a step is

$$ \rho - (1 - \rho)\, \frac{m_t h(x_t)\, (x_t + 1)\, \beta_a}{\theta_t} $$

For the cells of store and recall that is a time constant of 85 ms at the threshold, and not 1200.

In the source a spike adds 1 to adaptation, $a_{t+1} = \rho a_t + s_t$, with a $\beta$ of its own, so there
$\epsilon^a_{t+1} = \psi \epsilon^v_t + (\rho - \psi \beta)\, \epsilon^a_t$. In the authors' code for LSNNs,
which is the cell here, a spike adds $1 - \rho$: the source's $\beta$ is $(1 - \rho)\, \beta_a$ here, and its
$\epsilon^a$ is $\epsilon^b / (1 - \rho)$. Besides, distances are in thresholds of the moment, and in the
source in those of a neuron that has not fired. Only this makes another derivative; a test shows by how much.

Source: G. Bellec, F. Scherr, A. Subramoney, E. Hajek, D. Salaj, R. Legenstein and W. Maass (2020), A solution
to the learning dilemma for recurrent networks of spiking neurons, Nature Communications 11, 3625.
"""

from typing import NamedTuple

import numpy as np

from snnlab.checks import whole
from snnlab.compiling import kernel, uncounted_kernel
from snnlab.learning.credit.eprop_lines import arrivals, lines_of
from snnlab.learning.gradients.bptt import data_of
from snnlab.learning.gradients.cell import adapt, distance_back, reset_back, step
from snnlab.learning.gradients.recurrent_gradient import LSNN_SURROGATE
from snnlab.learning.gradients.recurrent_network import RecurrentNetwork, check_recurrent
from snnlab.learning.gradients.recurrent_pass import forward, slopes_of
from snnlab.learning.gradients.recurrent_path import numbers_of, path_of, rows_of
from snnlab.learning.gradients.surrogate_network import Surrogate, check_surrogate
from snnlab.learning.samples import Samples, check_samples
from snnlab.machine_memory import refuse_beyond_memory

__all__ = ["EPROP_SURROGATE", "EligibilityRun", "eligibility"]

EPROP_SURROGATE = LSNN_SURROGATE._replace(through_reset=False)
"""That of an LSNN, with the reset detached, as e-prop has it."""


class EligibilityRun(NamedTuple):
    """The traces of all synapses while a sample runs; a column is a synapse.

    Examples
    --------
    >>> none = np.zeros((5, 0))
    >>> EligibilityRun(np.zeros(0), np.zeros(0), np.zeros(0), none, none, none, none).e.shape
    (5, 0)
    """

    pre: np.ndarray
    """The neuron that sends, shape (synapses,); of n hidden neurons, n + k is input k."""
    post: np.ndarray
    """The neuron behind the synapse, likewise; they are sorted by it."""
    delay: np.ndarray
    """In steps, likewise."""
    arrived: np.ndarray
    """z, what arrives in each step, shape (steps, synapses)."""
    v: np.ndarray
    """The trace of the potential before the step, likewise."""
    b: np.ndarray
    """That of adaptation before the step, likewise."""
    e: np.ndarray
    """The eligibility trace of the step, likewise."""


class Traces(NamedTuple):
    """The traces of several synapses after the same step."""

    v: np.ndarray  # (synapses,), as are all
    i: np.ndarray
    b: np.ndarray
    e: np.ndarray
    before: np.ndarray  # e of the step before
    arrived: np.ndarray


class Slopes(NamedTuple):
    """The derivatives of one neuron's step, which are the same for all of its synapses."""

    s_by_v: float
    s_by_theta: float
    v_by_u: float
    v_by_s: float
    v_by_before: float
    v_by_theta: float
    alpha: float
    beta: float
    gain: float
    rho: float
    beta_a: float


def eligibility(
    network: RecurrentNetwork,
    samples: Samples,
    sample: int = 0,
    *,
    surrogate: Surrogate = EPROP_SURROGATE,
) -> EligibilityRun:
    """The eligibility traces of all synapses while one sample runs.

    Parameters
    ----------
    network
        Cells, weights and readout.
    samples
        Inputs.
    sample : int
        Which of them.
    surrogate
        What replaces the derivative of a spike, in thresholds, and whether traces pass the reset.

    Returns
    -------
    EligibilityRun
        Who is joined, and the traces in each step.

    Examples
    --------
    >>> from snnlab.learning import samples_from_raster
    >>> from snnlab.learning.gradients.cell_kinds import adaptive_cell
    >>> network = RecurrentNetwork(adaptive_cell(2), np.full((2, 1), 0.1), np.ones((1, 2)))
    >>> run = eligibility(network, samples_from_raster(np.ones((1, 9, 1)), [0]))
    >>> print(run.post, (run.e[:, 0] > 0).any())
    [0 1] True
    """
    network, surrogate = check_recurrent(network), check_surrogate(surrogate)
    samples = check_samples(samples, network.n_inputs)
    if whole("sample", sample) >= samples.n_samples:
        raise ValueError(f"sample must be below {samples.n_samples}, the number of samples, got {sample}")
    rows = rows_of(network)
    lines = lines_of(rows)
    refuse_beyond_memory(
        "the traces of all synapses must fit into memory: they take", 32.0 * lines.pre.size * samples.steps
    )
    path, numbers = path_of(network, rows, samples.steps), numbers_of(network, surrogate, False)
    data = data_of(samples)
    forward(sample, data, network.cell, rows, numbers, path)
    told = np.zeros((samples.steps, lines.late.size))
    arrivals(sample, data, lines, path.s, told)
    run = tuple(np.zeros((samples.steps, lines.pre.size)) for _ in range(4))
    record(network.cell, lines, numbers, told, path, no_traces(lines.pre.size), run)
    return EligibilityRun(lines.pre, lines.post, lines.delay, *run)


def no_traces(*shape: int) -> Traces:
    """Traces before the first step."""
    return Traces(*np.zeros((len(Traces._fields), *shape)))


@kernel
def slopes_at(t, n, cell, numbers, path):
    """The derivatives of step t of neuron n, from the transposes of the cell; `slopes_of` has been called."""
    before = path.s[t - 1, n] if t > 0 else 0.0
    x, theta = path.x[t, n], path.theta[t, n]
    by_u, by_s, by_before, by_theta = reset_back(
        1.0, path.u[t, n], path.s[t, n], before, theta, cell.reset[n]
    )
    if not numbers.through_reset:
        by_s, by_before, by_theta = 0.0, 0.0, 0.0
    s_by_v, s_by_theta = distance_back(path.slope[n], x, theta)
    return Slopes(
        s_by_v,
        s_by_theta,
        by_u,
        by_s,
        by_before,
        by_theta,
        cell.alpha[n],
        cell.beta[n],
        cell.gain[n],
        cell.rho[n],
        cell.beta_a[n],
    )


@uncounted_kernel
def eligible(slopes, v, b, e):
    """The eligibility of some synapses of a neuron in this step, into `e`."""
    for k in range(len(e)):
        e[k] = slopes.s_by_v * v[k] + slopes.s_by_theta * (slopes.beta_a * b[k])


@kernel
def through_reset(slopes, e, before, theta):
    """What a trace of the potential gets through the reset: from this spike or the one before, and from θ."""
    by_spikes = slopes.v_by_s * e + slopes.v_by_before * before
    return by_spikes + slopes.v_by_theta * theta


@uncounted_kernel
def carry(slopes, v, i, b, e, before, arrived):
    """Their traces one step later; e becomes that of the step before."""
    for k in range(len(e)):
        theta = slopes.beta_a * b[k]
        u, later = step(v[k], i[k], slopes.alpha, slopes.beta)
        i[k] = later + slopes.gain * arrived[k]
        v[k] = slopes.v_by_u * u + through_reset(slopes, e[k], before[k], theta)
        b[k] = adapt(b[k], e[k], slopes.rho)
        before[k] = e[k]


@uncounted_kernel
def advance_traces(t, cell, lines, numbers, told, path, traces):
    """Step t of the traces of all synapses, of a sample that has run; `told` is what its channels bring."""
    slopes_of(t, numbers, path)
    channels = told[t]
    for k in range(len(traces.arrived)):
        traces.arrived[k] = channels[lines.channel[k]]
    for n in range(len(lines.begin) - 1):
        own = slice(lines.begin[n], lines.begin[n + 1])
        slopes = slopes_at(t, n, cell, numbers, path)
        v, i, b, arrived = traces.v[own], traces.i[own], traces.b[own], traces.arrived[own]
        eligible(slopes, v, b, traces.e[own])
        carry(slopes, v, i, b, traces.e[own], traces.before[own], arrived)


@kernel
def record(cell, lines, numbers, told, path, traces, run):
    """The traces of all synapses in each step of a sample that has run, into the four arrays of `run`."""
    arrived, v, b, e = run
    for t in range(len(path.s)):
        for k in range(len(traces.v)):
            v[t, k], b[t, k] = traces.v[k], traces.b[k]
        advance_traces(t, cell, lines, numbers, told, path, traces)
        for k in range(len(traces.e)):
            arrived[t, k], e[t, k] = traces.arrived[k], traces.e[k]
