r"""Back through the same events: the adjoint of a spiking network, which jumps at its spikes.

For a loss with a part $l_p$ that depends on spike times $t_k$ and a part $\int l_V\, dt$ on potentials, with
$'$ in reversed time,

$$ \tau_m \lambda_V' = -\lambda_V - \frac{\partial l_V}{\partial V}, \qquad
\tau_s \lambda_I' = -\lambda_I + \lambda_V $$

These are the equations of current and potential once more, with the time constants exchanged: $\lambda_V$ is
the current, $\lambda_I$ the membrane that it drives, and the step is that of
`snnlab.learning.eventprop.two_exponentials`. At spike $k$ of neuron $n$, in reversed time,

$$ \lambda_V^- = \frac{\dot V^+}{\dot V^-} \lambda_V^+ + \frac{1}{\tau_m \dot V^-} \Big[
\frac{\partial l_p}{\partial t_k} + l_V^- - l_V^+ +
\sum_m w_{mn} (\lambda_{V,m} - \lambda_{I,m})\big|_{t_k + d_{mn}} \Big] $$

with $\tau_m \dot V^- = I - \vartheta$ and $\tau_m \dot V^+ = I - V_r$. What a spike moved, it is told by the
neurons that it reached; and every event knows its gradient,

$$ \frac{\partial L}{\partial w_{mn}} = -\tau_s \sum_k \lambda_{I,m}(t_k + d_{mn}), \qquad
\frac{\partial L}{\partial d_{mn}} = \sum_k w_{mn} (\lambda_{V,m} - \lambda_{I,m})\big|_{t_k + d_{mn}} $$

and that by an input spike is the same sum over all neurons that it reached.

*The mean potential*: $l_V = p V$ pulls all the time. With $\lambda + p$ in place of $\lambda$ the pull is
gone from the equations, and only the jumps and the gradient see it. *The largest potential* pulls once, where
it is reached: $\lambda_V$ falls by $p/\tau_m$. Where an arrival has ended its rise, the top is a corner and
moves with the arrival, by $\dot V$ before it.

Source: T. C. Wunderlich and C. Pehle (2021), Scientific Reports 11, 12829; delays, other resets and the
corner are derived here.
"""

from snnlab.compiling import uncounted_kernel
from snnlab.learning.eventprop.two_exponentials import step

__all__ = ["backward", "carry_back", "jump"]


@uncounted_kernel
def carry_back(n, t, neuron, room):
    """The adjoint of neuron n back to t: `v`, the driven one, is that of the current, `i` of the potential.

    Both are larger by the pull on the area.
    """
    if room.waits[n] == 1.0 and room.best_at[n] > t:
        gap = room.last[n] - room.best_at[n]
        room.v[n], room.i[n] = step(room.v[n], room.i[n], gap, neuron.tau_s, neuron.tau_m)
        room.i[n] -= room.pull_best[n] / neuron.tau_m
        room.last[n], room.waits[n] = room.best_at[n], 0.0
    room.v[n], room.i[n] = step(room.v[n], room.i[n], room.last[n] - t, neuron.tau_s, neuron.tau_m)
    room.last[n] = t


@uncounted_kernel
def jump(after, pull, pull_area, current, least_rise, neuron):
    """The adjoint of a potential before the spike, from that after it."""
    above = max(current - neuron.v_th, least_rise)
    kept = (current - neuron.v_reset) / above * after
    return kept + (pull + pull_area * (neuron.v_th - neuron.v_reset)) / above


@uncounted_kernel
def backward(synapses, v_th, neuron, least_rise, push, duration, room, by_w, by_delay):
    """Adds the gradients by weights and delays; `pull_spike` becomes that by each spike time.

    `least_rise` is what I − ϑ counts as at least, `push` lowers the gradient by a weight for each spike
    that it brought to a neuron that did not fire, so that the weight rises. With 0 for both it is the
    gradient.
    """
    n_inputs = synapses.first.size - 1 - room.v.size
    for n in range(room.v.size):
        room.v[n] = room.i[n] = room.pull_area[n]
        room.last[n], room.waits[n] = duration, 1.0 if room.pull_best[n] != 0.0 else 0.0
    for e in range(room.n_events[0] - 1, -1, -1):
        k, c = room.log_spike[e], room.log_synapse[e]
        if c < 0:
            n = room.who[k] - n_inputs
            carry_back(n, room.when[k], neuron, room)
            p = room.pull_area[n]
            room.i[n] = p + jump(room.i[n] - p, room.pull_spike[k], p, room.current[k], least_rise, neuron)
            continue
        n, t = synapses.post[c], room.when[k] + synapses.delay[c]
        carry_back(n, t, neuron, room)
        by_w[c] -= neuron.tau_s * (room.v[n] - room.pull_area[n])
        if room.fired[n] == 0 and v_th[n] == neuron.v_th:
            by_w[c] -= push
        by_time = synapses.w[c] * (room.i[n] - room.v[n])
        if room.best_spike[n] == k:
            by_time += room.pull_best[n] * room.best_rise[n]
        by_delay[c] += by_time
        room.pull_spike[k] += by_time
