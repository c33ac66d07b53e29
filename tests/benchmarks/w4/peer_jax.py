"""W4 with JAX: SpyTorch's network in two scans, compiled as a whole."""


def _step(task, name):
    import jax
    import jax.numpy as jnp

    x, labels, *weights = task.make(name)
    inputs, classes = jnp.asarray(x.transpose(1, 0, 2), jnp.float32), jnp.asarray(labels)
    batch, outputs = len(labels), weights[1].shape[1]

    @jax.custom_vjp
    def spike(distance):
        return (distance > 0).astype(jnp.float32)

    spike.defvjp(
        lambda distance: (spike(distance), distance),
        lambda distance, g: (g / (task.SCALE * jnp.abs(distance) + 1.0) ** 2,),
    )

    def loss_of(params):
        def hidden(state, h):
            syn, mem = state
            out = spike(mem - 1.0)
            kept = 1.0 - jax.lax.stop_gradient(out)
            return (task.ALPHA * syn + h, (task.BETA * mem + syn) * kept), out

        def readout(state, h):
            flt, out = state
            new = task.ALPHA * flt + h, task.BETA * out + flt
            return new, new[1]

        zero = jnp.zeros((batch, params[0].shape[1]))
        _, spikes = jax.lax.scan(hidden, (zero, zero), inputs @ params[0])
        zero = jnp.zeros((batch, outputs))
        _, read = jax.lax.scan(readout, (zero, zero), spikes @ params[1])
        scores = jax.nn.log_softmax(jnp.maximum(read.max(0), 0.0))
        return -jnp.take_along_axis(scores, classes[:, None], 1).mean()

    @jax.jit
    def step(params, mean, square, count):
        loss, grad = jax.value_and_grad(loss_of)(params)
        mean = [0.9 * m + 0.1 * g for m, g in zip(mean, grad, strict=True)]
        square = [0.999 * q + 0.001 * g * g for q, g in zip(square, grad, strict=True)]
        params = [
            w - task.RATE * (m / (1 - 0.9**count)) / (jnp.sqrt(q / (1 - 0.999**count)) + 1e-8)
            for w, m, q in zip(params, mean, square, strict=True)
        ]
        return loss, jnp.abs(grad[0]).sum(), params, mean, square

    state = None

    def call(k):
        nonlocal state
        if k == 0:
            params = [jnp.asarray(w) for w in weights]
            state = params, [jnp.zeros_like(w) for w in params], [jnp.zeros_like(w) for w in params]
        loss, moved, *state = step(*state, float(k + 1))
        return {"loss": float(loss), "moved": float(moved), "same_model": 1}

    return call


def sparse(task):
    return _step(task, "sparse")


def latency(task):
    return _step(task, "latency")


def rate(task):
    return _step(task, "rate")
