"""One sample through a recurrent network, forwards and back.

Each line of the equation is a kernel of `snnlab.learning.gradients.cell`, forwards as it stands and backwards
its transpose; here are the loops around them, and the synapses. A spike goes to the targets of one neuron and
touches nothing else: forwards it adds its weights to a ring of arrivals, as in
`snnlab.networks.running.delivery`, where a spike has no size; backwards it collects through the same synapses
what they have reached.

The way back reads `y_pull` and `s_pull` of the workspace, the derivatives of the loss by each potential of
the readout and by each spike, and knows nothing else of what is wanted.

    >>> from snnlab.learning import poisson_patterns
    >>> from snnlab.learning.gradients.cell_kinds import adaptive_cell
    >>> from snnlab.learning.gradients.recurrent_gradient import recurrent_gradient
    >>> from snnlab.learning.gradients.recurrent_network import initial_recurrent
    >>> network = initial_recurrent(100, adaptive_cell(4), 2, longest=5, rng=np.random.default_rng(1))
    >>> recurrent_gradient(network, poisson_patterns(8, rng=np.random.default_rng(2))).w_in.shape
    (4, 100)
"""

import math

import numpy as np

from snnlab.compiling import kernel, uncounted_kernel
from snnlab.learning.gradients.cell import (
    adapt,
    adapt_back,
    distance,
    distance_back,
    raised,
    raised_back,
    reset,
    reset_back,
    step,
    step_back,
)
from snnlab.learning.gradients.graded_spikes import _graded
from snnlab.learning.gradients.losses import answers, fill_pulls
from snnlab.learning.gradients.surrogate_shapes import _hump
from snnlab.neurons.refractory import fired_or_held

__all__ = ()


@uncounted_kernel
def fire(t, cell, numbers, path):
    """Who fires in step t, and at which threshold: 0, 1, or a graded spike."""
    v, b, s, again = path.v[t], path.b[t], path.s[t], path.again
    theta, x, free = path.theta[t], path.x[t], path.free[t]
    for n in range(len(v)):
        theta[n] = raised(cell.threshold[n], b[n], cell.beta_a[n])
        x[n] = distance(v[n], theta[n])
        free[n] = 1.0 if t >= again[n] else 0.0
        _, again[n], fired = fired_or_held(t, x[n], x[n], x[n] > 0.0, again[n], x[n], cell.refractory[n])
        if numbers.graded:
            s[n] = free[n] * _graded(numbers.shape, x[n], numbers.width)
        else:
            s[n] = 1.0 if fired else 0.0


@uncounted_kernel
def send(t, rows, path):
    """What the spikes of step t bring, into the ring: each its size times the weight, after the delay."""
    last_row, s = np.uint64(len(path.ring) - 1), path.s[t]
    for j in range(len(s)):
        if s[j] != 0.0:
            own = slice(rows.begin[j], rows.begin[j + 1])
            targets, weights, delays = rows.post[own], rows.w[own], rows.late[own]
            for k in range(len(targets)):
                # Without signs no index can be negative, and none is tested for it.
                path.ring[np.uint64(t + delays[k]) & last_row, np.uint32(targets[k])] += weights[k] * s[j]


@uncounted_kernel
def send_back(t, rows, path, gradient):
    """The transpose of `send`: what the arrivals say of each spike of step t, and of each weight.

    Nobody asks of a spike that was not and that no error can make, far from the threshold.
    """
    s, reached = path.s[t], path.arrived_back
    for j in range(len(s)):
        if s[j] != 0.0 or path.slope[j] != 0.0:
            own = slice(rows.begin[j], rows.begin[j + 1])
            targets, weights, delays = rows.post[own], rows.w[own], rows.late[own]
            slopes, e = gradient.w[own], 0.0
            for k in range(len(targets)):
                pull = reached[np.uint64(t + delays[k]), np.uint32(targets[k])]
                e += weights[k] * pull
                slopes[k] += s[j] * pull
            path.e[j] += e


@uncounted_kernel
def take(t, sample, data, rows, path):
    """All that arrives in step t, inputs too, stands in a row of the ring; returns which."""
    last_row, hidden = np.uint64(len(path.ring) - 1), path.ring.shape[1]
    place = np.uint64(t) & last_row
    arrived = path.ring[place]
    for k in range(data.start[sample, t], data.start[sample, t + 1]):
        if rows.w_in.size > 0:
            w = rows.w_in[data.units[k]]
            for n in range(len(w)):
                arrived[n] += w[n]
        else:
            j = hidden + np.int64(data.units[k])
            own = slice(rows.begin[j], rows.begin[j + 1])
            targets, weights, delays = rows.post[own], rows.w[own], rows.late[own]
            for m in range(len(targets)):
                path.ring[np.uint64(t + delays[m]) & last_row, np.uint32(targets[m])] += weights[m]
    return place


@uncounted_kernel
def take_back(t, sample, data, path, gradient):
    """The transpose of `take`: what the arrivals say of each weight from the inputs that fire in step t."""
    reached, hidden = path.arrived_back, path.ring.shape[1]
    for k in range(data.start[sample, t], data.start[sample, t + 1]):
        if gradient.w_in.size > 0:
            slopes, pulls = gradient.w_in[data.units[k]], reached[t]
            for n in range(len(slopes)):
                slopes[n] += pulls[n]
        else:
            j = hidden + np.int64(data.units[k])
            own = slice(gradient.begin[j], gradient.begin[j + 1])
            targets, delays, lines = gradient.post[own], gradient.late[own], gradient.w[own]
            for m in range(len(targets)):
                lines[m] += reached[np.uint64(t + delays[m]), np.uint32(targets[m])]


@uncounted_kernel
def by_input_of(rows, path, told):
    """The derivative of the loss by each input in each step, into `told`, of shape (steps, inputs)."""
    reached, hidden = path.arrived_back, path.ring.shape[1]
    for t in range(told.shape[0]):
        for k in range(told.shape[1]):
            told[t, k] = 0.0
            if rows.w_in.size > 0:
                for n in range(hidden):
                    told[t, k] += rows.w_in[k, n] * reached[t, n]
            else:
                for m in range(rows.begin[hidden + k], rows.begin[hidden + k + 1]):
                    told[t, k] += rows.w[m] * reached[t + rows.late[m], rows.post[m]]


@uncounted_kernel
def advance(t, place, cell, path):
    """One step of every hidden neuron; what has arrived is taken from the ring."""
    v, b, s, before = path.v[t], path.b[t], path.s[t], path.s[max(0, t - 1)]
    u, theta, later, adapted = path.u[t], path.theta[t], path.v[t + 1], path.b[t + 1]
    arrived, i = path.ring[place], path.i
    for n in range(len(s)):
        u[n], i[n] = step(v[n], i[n], cell.alpha[n], cell.beta[n])
        i[n] += cell.gain[n] * arrived[n]
        arrived[n] = 0.0
        later[n] = reset(u[n], s[n], before[n] if t > 0 else 0.0, theta[n], cell.reset[n])
        adapted[n] = adapt(b[n], s[n], cell.rho[n])


@uncounted_kernel
def slopes_of(t, numbers, path):
    """The surrogate of every hidden neuron in step t, 0 in its refractory time."""
    x, free, slope = path.x[t], path.free[t], path.slope
    for n in range(len(slope)):
        slope[n] = free[n] * numbers.height * _hump(numbers.shape, x[n], numbers.width)


@uncounted_kernel
def retreat(t, cell, numbers, path):
    """The transpose of `advance` and `fire`, for every hidden neuron: from step t + 1 back to step t."""
    x, u, theta, s, before = path.x[t], path.u[t], path.theta[t], path.s[t], path.s[max(0, t - 1)]
    a, c, p, e, late, slope = path.a, path.c, path.p, path.e, path.late, path.slope
    for n in range(len(e)):
        to_u, to_s, to_before, to_theta = reset_back(
            a[n], u[n], s[n], before[n] if t > 0 else 0.0, theta[n], cell.reset[n]
        )
        if not numbers.through_reset:
            to_s, to_before, to_theta = 0.0, 0.0, 0.0
        p[n], from_adaptation = adapt_back(p[n], cell.rho[n])
        error = e[n] + from_adaptation + to_s + late[n]
        late[n] = to_before
        to_v, by_distance = distance_back(slope[n] * error, x[n], theta[n])
        a[n], c[n] = step_back(to_u, c[n], cell.alpha[n], cell.beta[n])
        a[n] += to_v
        p[n] += raised_back(by_distance + to_theta, cell.beta_a[n])


@uncounted_kernel
def read_out(t, rows, numbers, path):
    """One step of the readout; returns the sum of the spikes that it is told of."""
    y, later, j, s, total = path.y[t], path.y[t + 1], path.j, path.s[t], 0.0
    for k in range(len(j)):
        later[k], j[k] = step(y[k], j[k], numbers.alpha_out, numbers.beta_out)
    for n in range(len(s)):
        if s[n] != 0.0:
            total += s[n]
            w = rows.w_out[n]
            for k in range(len(j)):
                j[k] += numbers.gain_out * s[n] * w[k]
    return total


@uncounted_kernel
def read_back(t, rows, numbers, path, gradient):
    """The transpose of `read_out`: what the readout says of each spike of step t, and of its weights.

    Behind it `f` and `o` are the derivatives by its current and its potential of step t.
    """
    s, e, f, o, pull = path.s[t], path.e, path.f, path.o, path.y_pull[t + 1]
    for n in range(len(e)):
        w, slopes = rows.w_out[n], gradient.w_out[n]
        for k in range(len(f)):
            e[n] += numbers.gain_out * w[k] * f[k]
            slopes[k] += numbers.gain_out * s[n] * f[k]
    for k in range(len(o)):
        o[k], f[k] = step_back(o[k] + pull[k], f[k], numbers.alpha_out, numbers.beta_out)


@kernel
def start_anew(path):
    """Everything at rest, and nothing under way."""
    path.v[0], path.b[0], path.y[0] = 0.0, 0.0, 0.0
    path.i[:] = 0.0
    path.j[:] = 0.0
    path.again[:] = 0
    path.ring[:] = 0.0


@kernel
def go_on(first, steps, sample, data, cell, rows, numbers, path):
    """So many steps of one sample from step `first` on; returns the sum of their hidden spikes."""
    total = 0.0
    for t in range(first, first + steps):
        fire(t, cell, numbers, path)
        send(t, rows, path)
        place = take(t, sample, data, rows, path)
        advance(t, place, cell, path)
        total += read_out(t, rows, numbers, path)
    return total


@kernel
def forward(sample, data, cell, rows, numbers, path):
    """One sample from the first step to the last; returns the sum of its hidden spikes."""
    start_anew(path)
    return go_on(0, len(path.s), sample, data, cell, rows, numbers, path)


@kernel
def backward(sample, data, cell, rows, numbers, path, gradient):
    """The same sample from the last step to the first; adds its part to the gradient."""
    path.a[:] = 0.0
    path.c[:] = 0.0
    path.p[:] = 0.0
    path.late[:] = 0.0
    path.f[:] = 0.0
    path.o[:] = 0.0
    for t in range(len(path.s) - 1, -1, -1):
        reached, pull = path.arrived_back[t], path.s_pull[t]
        for n in range(len(path.e)):
            reached[n] = cell.gain[n] * path.c[n]
            path.e[n] = pull[n]
        take_back(t, sample, data, path, gradient)
        slopes_of(t, numbers, path)
        read_back(t, rows, numbers, path, gradient)
        send_back(t, rows, path, gradient)
        retreat(t, cell, numbers, path)


@kernel
def cost_of_rates(which, data, cell, rows, numbers, path, rates):
    """A penalty on the mean rates of a batch; what one more spike of each neuron costs is left in `cost`."""
    path.cost[:] = 0.0
    if rates.strength == 0.0:
        return 0.0
    for sample in which:
        forward(sample, data, cell, rows, numbers, path)
        for t in range(len(path.s)):
            for n in range(len(path.cost)):
                path.cost[n] += path.s[t, n]
    loss, hertz = 0.0, 1000.0 / (len(which) * len(path.s) * rates.dt)
    for n in range(len(path.cost)):
        away = path.cost[n] * hertz - rates.target
        loss += rates.strength * away * away / len(path.cost)
        path.cost[n] = 2.0 * rates.strength * away * hertz / len(path.cost)
    return loss


@kernel
def batch_pass(which, data, wanted, cell, rows, numbers, rates, path, gradient, by_input, found):
    """Loss, what is right and spikes of some samples into `found`, the gradient into `gradient`.

    Where no step asks, no loss pulls, and what is right is NaN. The derivative by the inputs goes into
    `by_input`, of shape (samples, steps, inputs) unless it is empty.
    """
    gradient.w_in[:] = 0.0
    gradient.w_out[:] = 0.0
    gradient.w[:] = 0.0
    loss = cost_of_rates(which, data, cell, rows, numbers, path, rates)
    asked, right, spikes = answers(which, wanted), 0.0, 0.0
    parts = max(1, asked)
    for b in range(len(which)):
        sample = which[b]
        spikes += forward(sample, data, cell, rows, numbers, path)
        one, correct = fill_pulls(sample, data.labels[sample], wanted, path, parts)
        for t in range(len(path.s)):
            for n in range(len(path.cost)):
                path.s_pull[t, n] += path.cost[n]
        backward(sample, data, cell, rows, numbers, path, gradient)
        loss += one / parts
        right += correct
        if by_input.size > 0:
            by_input_of(rows, path, by_input[b])
    found[0], found[1], found[2] = loss, right / asked if asked > 0 else math.nan, spikes
