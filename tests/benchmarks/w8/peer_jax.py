"""W8 with JAX: all epochs of a call compiled as a whole, the way back by hand, as with PyTorch."""

import math
import os


def one_core():
    """Keep this process on one processor, before JAX counts them."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def lambert(z):
    """The principal branch below 0: its series about the branch point, then Halley's iteration."""
    import jax.numpy as jnp

    p = jnp.sqrt(jnp.maximum(2.0 * (math.e * z + 1.0), 0.0))
    w = start = -1.0 + p * (1.0 - p * (1.0 / 3.0 - p * (11.0 / 72.0 - p * (43.0 / 540.0))))
    for _ in range(3):
        grown = jnp.exp(w)
        miss = w * grown - z
        w = w - miss / (grown * (w + 1.0) - 0.5 * (w + 2.0) * miss / (w + 1.0))
    return jnp.where(p < 1e-2, start, w)


def crossings(arrivals, w, case):
    """When each neuron fires, (samples, post), from what arrives, (samples, pre)."""
    import jax.numpy as jnp

    order = jnp.argsort(arrivals, axis=1)
    t = jnp.take_along_axis(arrivals, order, 1)
    following = jnp.concatenate([t[:, 1:], jnp.full_like(t[:, :1], jnp.inf)], 1)[:, :, None]
    live = t < jnp.inf
    t = jnp.where(live, t, 0.0)
    grown = jnp.exp(case.k * t) * live
    w = w.T[order]
    a = jnp.cumsum(w * grown[:, :, None], 1)
    b = jnp.cumsum(w * (grown * t)[:, :, None], 1)
    centre = b / a
    peak = centre + 1.0 / case.k
    height = a / case.k * jnp.exp(-case.k * peak)
    end = jnp.where(following < jnp.inf, following, 0.0)
    at_end = (a * end - b) * jnp.exp(-case.k * end)
    reached = (following < jnp.inf) & (at_end >= case.theta)
    reached |= (peak >= t[:, :, None]) & (peak <= following) & (height >= case.theta)
    reached &= (a > 0) & live[:, :, None]
    first = jnp.argmax(reached, 1, keepdims=True)
    a, centre = (jnp.take_along_axis(part, first, 1)[:, 0] for part in (a, centre))
    fired = centre - lambert(-case.k * case.theta / a * jnp.exp(case.k * centre)) / case.k
    return jnp.where(reached.any(1), fired, jnp.inf)


def layer(case):
    """A function of arrivals and weights that gives spike times, and takes slopes back through them."""
    import jax
    import jax.numpy as jnp

    @jax.custom_vjp
    def fires(arrivals, w):
        return crossings(arrivals, w, case)

    def forward(arrivals, w):
        fired = crossings(arrivals, w, case)
        return fired, (arrivals, w, fired)

    def backward(kept, pull):
        arrivals, w, fired = kept
        speaks, live = fired < jnp.inf, arrivals < jnp.inf
        t, t_in = jnp.where(speaks, fired, 0.0)[:, None, :], jnp.where(live, arrivals, 0.0)[:, :, None]
        s = t - t_in
        causal = (s > 0) & speaks[:, None, :] & live[:, :, None]
        left = jnp.where(causal, jnp.exp(-case.k * t) * jnp.exp(case.k * t_in), 0.0)
        rise = (w.T * (1.0 - case.k * s) * left).sum(1, keepdims=True)
        left = left / jnp.where(speaks[:, None, :], jnp.maximum(rise, case.least), 1.0)
        pull = jnp.where(speaks, pull, 0.0)[:, None, :]
        by_w = jnp.clip(-s * left, -case.cut, case.cut)
        by_t = jnp.clip(w.T * (1.0 - case.k * s) * left, -case.cut, case.cut)
        pushed = jnp.ones_like(live) if case.wanted.ndim == 1 else live
        silent = (~speaks).astype(w.dtype).T @ pushed.astype(w.dtype)
        return (pull * by_t).sum(2), (pull * by_w).sum(0).T - case.push * silent

    fires.defvjp(forward, backward)
    return fires


def prepare(task, name, precision="double"):
    import numpy as np

    one_core()
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", precision == "double")
    case = task.make(name)
    dtype = jnp.float64 if precision == "double" else jnp.float32
    labels = case.wanted.ndim == 1
    times = jnp.asarray(case.times, dtype)
    wanted = jnp.asarray(case.wanted) if labels else jnp.asarray(case.wanted, dtype)
    start = [jnp.asarray(part, dtype) for part in (*case.weights, *case.pulses)]
    delays, fires = jnp.asarray(case.delays, dtype), layer(case)

    def loss_of(params, t, wanted):
        """The summed loss, and the spike times of the outputs."""
        for w, pulses in zip(params[:2], params[2:], strict=True):
            arrivals = (t[:, :, None] + delays).reshape(len(t), -1)
            same = jnp.broadcast_to(pulses, (len(t), pulses.size))
            t = fires(jnp.concatenate([arrivals, same], 1), w)
        if labels:
            shares = jax.nn.log_softmax(-case.sharpness * t)
            return -jnp.take_along_axis(shares, wanted[:, None], 1).sum() / case.sharpness, t
        return 0.5 * ((t - wanted) ** 2).sum(), t

    gradients = jax.grad(loss_of, has_aux=True)

    @jax.jit
    def epoch_of_adam(params, batches):
        def step(state, which):
            params, mean, square, count = state
            found = gradients(params, times[which], wanted[which])[0]
            found = [part / case.batch for part in found]
            mean = [0.9 * m + 0.1 * g for m, g in zip(mean, found, strict=True)]
            square = [0.999 * q + 0.001 * g * g for q, g in zip(square, found, strict=True)]
            rates = (case.rate, case.rate, case.pulse_rate, case.pulse_rate)
            params = [
                part - rate * (m / (1 - 0.9**count)) / (jnp.sqrt(q / (1 - 0.999**count)) + 1e-8)
                for part, rate, m, q in zip(params, rates, mean, square, strict=True)
            ]
            params = params[:2] + [jnp.maximum(part, 0.0) for part in params[2:]]
            return (params, mean, square, count + 1), None

        zeros = [jnp.zeros_like(part) for part in params]
        return jax.lax.scan(step, (params, zeros, zeros, jnp.asarray(1.0, dtype)), batches)[0][0]

    @jax.jit
    def plain_epochs(params):
        def step(_, params):
            found = gradients(params, times, wanted)[0]
            return [part - case.rate * g for part, g in zip(params, found, strict=True)]

        return jax.lax.fori_loop(0, case.epochs, step, params)

    def call(k):
        if labels:
            order = np.random.default_rng(k).permutation(len(times)).reshape(-1, case.batch)
            jax.block_until_ready(epoch_of_adam(start, order))
        else:
            jax.block_until_ready(plain_epochs(start))
        if k:
            return {}
        some = task.checked(case)
        found, out = gradients(start, times[some], wanted[some])
        return task.told(precision, out, found)

    return call


def xor(task):
    return prepare(task, "xor")


def iris(task):
    return prepare(task, "iris")


def yin_yang(task):
    return prepare(task, "yin_yang")


def digits(task):
    return prepare(task, "digits")


def xor_single(task):
    return prepare(task, "xor", "single")


def iris_single(task):
    return prepare(task, "iris", "single")


def yin_yang_single(task):
    return prepare(task, "yin_yang", "single")


def digits_single(task):
    return prepare(task, "digits", "single")
