"""W4 with spyx: its CuBaLIF and LI layers on JAX, Adam of optax."""


def _step(task, name):
    import jax
    import jax.numpy as jnp
    import optax
    import spyx
    import spyx.nn as snn
    from flax import nnx

    x, labels, w_in, w_out = task.make(name)
    inputs, classes = jnp.asarray(x.transpose(1, 0, 2), jnp.float32), jnp.asarray(labels)
    hidden, outputs = w_out.shape
    model = optimiser = None

    def start():
        nonlocal model, optimiser
        rngs = nnx.Rngs(0)
        first = nnx.Linear(w_in.shape[0], hidden, use_bias=False, rngs=rngs)
        second = nnx.Linear(hidden, outputs, use_bias=False, rngs=rngs)
        first.kernel.value, second.kernel.value = jnp.asarray(w_in), jnp.asarray(w_out)
        spiking = snn.CuBaLIF(
            (hidden,), task.ALPHA, task.BETA, activation=spyx.axn.superspike(task.SCALE), rngs=rngs
        )
        model = snn.Sequential(first, spiking, second, snn.LI((outputs,), task.BETA, rngs=rngs))
        optimiser = nnx.Optimizer(model, optax.adam(task.RATE), wrt=nnx.Param)

    @nnx.jit
    def step(model, optimiser):
        def loss_of(model):
            read, _ = snn.run(model, inputs)
            return -jnp.take_along_axis(jax.nn.log_softmax(read.max(0)), classes[:, None], 1).mean()

        loss, grad = nnx.value_and_grad(loss_of)(model)
        optimiser.update(model, grad)
        return loss, sum(jnp.abs(g).sum() for g in jax.tree.leaves(grad))

    def call(k):
        if k == 0:
            start()
        loss, moved = step(model, optimiser)
        return {"loss": float(loss), "moved": float(moved), "same_model": 0}

    return call


def sparse(task):
    return _step(task, "sparse")


def latency(task):
    return _step(task, "latency")


def rate(task):
    return _step(task, "rate")
