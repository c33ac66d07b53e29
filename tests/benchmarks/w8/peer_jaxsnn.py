"""W8 with jaxsnn: its own neurons and its own loss, and the samples, the batches and the sizes of ours.

Its neurons have exponential synapses and a membrane that is twice as slow, for which a crossing is a
quadratic equation; the way back is EventProp. All numbers are those of its own example: every input spikes
five times at once, a fifth one at 0, and the spike times are compared with ones that are wanted.
"""

import itertools
import os
from functools import partial


def yin_yang(task):
    if hasattr(os, "sched_setaffinity"):  # before JAX counts the processors
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    import jax
    import jax.numpy as jnp
    import numpy as np
    import optax
    from jaxsnn.event.encode import encode, spatio_temporal_encode, target_temporal_encode
    from jaxsnn.event.loss import mse_loss
    from jaxsnn.event.modules import LIF, Linear, Source
    from jaxsnn.event.modules.lif.lif import LIFParameters
    from jaxsnn.event.topology import Topology
    from jaxsnn.event.training import update
    from jaxsnn.event.types import OptState
    from jaxsnn.examples.event.utils import loss_wrapper

    case = task.make("yin_yang")
    n, hidden, outputs, tau = len(case.times), len(case.weights[0]), 3, 6e-6  # s
    neurons = LIFParameters(v_reset=-1000.0, v_th=1.0, tau_syn=tau, tau_mem=2.0 * tau)  # one spike each
    x = jnp.asarray(np.column_stack([case.times, np.zeros(n)]), jnp.float32)
    spikes = partial(spatio_temporal_encode, t_late=2.0 * tau, duplication=5, duplicate_neurons=False)
    targets = partial(
        target_temporal_encode, n_classes=outputs, correct_target_time=0.8 * tau, wrong_target_time=1.2 * tau
    )
    spikes, wanted = encode((x, jnp.asarray(case.wanted)), jax.vmap(spikes), jax.vmap(targets))

    network = Topology(t_max=4.0 * tau, backprop_method="eventprop")
    network.add({
        "inputs": Source(5),
        "hidden": LIF(hidden, hidden + 25, neurons),
        "outputs": LIF(outputs, hidden + outputs, neurons),
        "to hidden": Linear(mean=3.0 / 5, std=1.6 / 5, min_delay=0.0),
        "to outputs": Linear(mean=0.5, std=0.8, min_delay=0.0),
    })
    chain = ("inputs", "to hidden", "hidden", "to outputs", "outputs")
    network.connect(list(itertools.pairwise(chain)))
    init, apply = network.done()
    optimizer = optax.chain(optax.scale(1.0 / tau), optax.clip(0.01), optax.adam(0.005))
    loss = partial(loss_wrapper, apply, mse_loss, neurons.tau_mem, "outputs", outputs)
    weights = init(jax.random.PRNGKey(0))
    start = OptState(optimizer.init(weights), weights, jax.random.PRNGKey(1))

    @jax.jit
    def epoch(state, order):
        batches = jax.tree.map(lambda part: part[order], ({"inputs": spikes}, wanted))

        def step(state, batch):
            state, (told, _) = update(optimizer, loss, state, batch)
            return state, told[1][0]

        return jax.lax.scan(step, state, batches)[1]

    def call(k):
        order = np.random.default_rng(k).permutation(n).reshape(-1, case.batch)
        first = np.asarray(jax.block_until_ready(epoch(start, order)))
        if k:
            return {}
        last = len(order) // 2  # batches of which the answers, before each is learnt, are counted
        named = first[last:].argmin(axis=2)
        return {"precision": "own", "right": float(np.mean(named == case.wanted[order[last:]]))}

    return call
