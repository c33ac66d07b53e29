"""W8 with PyTorch: all samples and neurons of a layer at once, the way back by hand.

`closed` puts what arrives in order and adds it up, so that each gap between two arrivals has its two numbers;
in the first gap whose end or whose peak reaches the threshold the crossing is Lambert's function. `on_grid`
has the potentials of all steps of 0.1 ms, and a straight line between two of them.
"""

import math

GRID, STEP = 40.0, 0.1  # ms: where it ends, and how fine it is


def lambert(z):
    """The principal branch below 0: its series about the branch point, then Halley's iteration."""
    import torch

    p = (2.0 * (math.e * z + 1.0)).clamp(min=0.0).sqrt()
    w = start = -1.0 + p * (1.0 - p * (1.0 / 3.0 - p * (11.0 / 72.0 - p * (43.0 / 540.0))))
    for _ in range(3):
        grown = torch.exp(w)
        miss = w * grown - z
        w = w - miss / (grown * (w + 1.0) - 0.5 * (w + 2.0) * miss / (w + 1.0))
    return torch.where(p < 1e-2, start, w)


def closed(arrivals, w, case):
    """When each neuron fires, (samples, post), from what arrives, (samples, pre)."""
    import torch

    t, order = arrivals.sort(dim=1)
    following = torch.cat([t[:, 1:], torch.full_like(t[:, :1], math.inf)], 1)[:, :, None]
    live = t < math.inf
    t = t.where(live, torch.zeros_like(t))
    grown = torch.exp(case.k * t) * live
    w = w.T[order]
    a = (w * grown[:, :, None]).cumsum(1)
    b = (w * (grown * t)[:, :, None]).cumsum(1)
    centre = b / a
    peak = centre + 1.0 / case.k
    height = a / case.k * torch.exp(-case.k * peak)
    last = following == math.inf
    end = following.where(~last, torch.zeros_like(following))
    at_end = (a * end - b) * torch.exp(-case.k * end)
    reached = (~last & (at_end >= case.theta)) | (
        (peak >= t[:, :, None]) & (peak <= following) & (height >= case.theta)
    )
    reached &= (a > 0) & live[:, :, None]
    first = reached.to(torch.int8).argmax(1, keepdim=True)
    a, centre = a.gather(1, first)[:, 0], centre.gather(1, first)[:, 0]
    fired = centre - lambert(-case.k * case.theta / a * torch.exp(case.k * centre)) / case.k
    return fired.where(reached.any(1), torch.full_like(fired, math.inf))


def on_grid(arrivals, w, case):
    """The same on a grid of time steps."""
    import torch

    grid = torch.arange(0.0, GRID, STEP, dtype=w.dtype)
    since = (grid[:, None] - arrivals[:, None, :]).clamp(min=0.0)
    v = (since * torch.exp(-case.k * since)) @ w.T
    above = v >= case.theta
    first = above.to(torch.int8).argmax(1, keepdim=True).clamp(min=1)
    after, before = v.gather(1, first)[:, 0], v.gather(1, first - 1)[:, 0]
    fired = STEP * (first[:, 0] - (after - case.theta) / (after - before))
    return fired.where(above.any(1), torch.full_like(fired, math.inf))


def layer(find, case):
    """A function of arrivals and weights that gives spike times, and takes slopes back through them."""
    import torch

    class Layer(torch.autograd.Function):
        @staticmethod
        def forward(ctx, arrivals, w):
            fired = find(arrivals, w, case)
            ctx.save_for_backward(arrivals, w, fired)
            return fired

        @staticmethod
        def backward(ctx, pull):
            arrivals, w, fired = ctx.saved_tensors
            speaks, live = fired < math.inf, arrivals < math.inf
            zero = torch.zeros((), dtype=w.dtype)
            t, t_in = fired.where(speaks, zero)[:, None, :], arrivals.where(live, zero)[:, :, None]
            s = t - t_in
            causal = (s > 0) & speaks[:, None, :] & live[:, :, None]
            left = (torch.exp(-case.k * t) * torch.exp(case.k * t_in)).where(causal, zero)
            rise = (w.T * (1.0 - case.k * s) * left).sum(1, keepdim=True)
            left = left / rise.clamp(min=case.least).where(speaks[:, None, :], zero + 1.0)
            pull = pull.where(speaks, zero)[:, None, :]
            by_w = (-s * left).clamp(-case.cut, case.cut)
            by_t = (w.T * (1.0 - case.k * s) * left).clamp(-case.cut, case.cut)
            pushed = torch.ones_like(live) if case.wanted.ndim == 1 else live
            silent = (~speaks).to(w.dtype).T @ pushed.to(w.dtype)
            return (pull * by_t).sum(2), (pull * by_w).sum(0).T - case.push * silent

    return Layer.apply


def prepare(task, name, find=closed, precision="double"):
    import numpy as np
    import torch

    torch.set_num_threads(1)
    case = task.make(name)
    dtype = torch.float64 if precision == "double" else torch.float32
    times, wanted = torch.tensor(case.times, dtype=dtype), torch.tensor(case.wanted)
    delays, apply = torch.tensor(case.delays, dtype=dtype), layer(find, case)
    start = [torch.tensor(part, dtype=dtype) for part in (*case.weights, *case.pulses)]
    labels = wanted.ndim == 1

    def forward(params, t):
        for w, pulses in zip(params[:2], params[2:], strict=True):
            arrivals = (t[:, :, None] + delays).flatten(1)
            t = apply(torch.cat([arrivals, pulses.expand(len(t), -1)], 1), w)
        return t

    def gradients(params, which):
        """The spike times, and in `params` the gradients of the summed loss."""
        out = forward(params, times[which])
        if labels:
            scores = -case.sharpness * out
            loss = torch.nn.functional.cross_entropy(scores, wanted[which], reduction="sum") / case.sharpness
        else:
            loss = 0.5 * ((out - wanted[which]) ** 2).sum()
        loss.backward()
        return out

    def fresh():
        return [part.clone().requires_grad_() for part in start]

    def epoch_of_adam(k):
        params = fresh()
        adam = torch.optim.Adam([
            {"params": params[:2], "lr": case.rate},
            {"params": params[2:], "lr": case.pulse_rate},
        ])
        order = torch.tensor(np.random.default_rng(k).permutation(len(times)))
        for which in order.split(case.batch):
            adam.zero_grad()
            gradients(params, which)
            for part in params:
                part.grad /= len(which)
            adam.step()
            with torch.no_grad():
                for part in params[2:]:
                    part.clamp_(min=0.0)

    def plain_epochs():
        params, everyone = fresh(), slice(None)
        for _ in range(case.epochs):
            gradients(params, everyone)
            with torch.no_grad():
                for part in params[:2]:
                    part -= case.rate * part.grad
                    part.grad = None

    def call(k):
        if labels:
            epoch_of_adam(k)
        else:
            plain_epochs()
        if k:
            return {}
        params = fresh()
        out = gradients(params, task.checked(case))
        return task.told("grid" if find is on_grid else precision, out.detach(), [p.grad for p in params])

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
    return prepare(task, "xor", precision="single")


def iris_single(task):
    return prepare(task, "iris", precision="single")


def yin_yang_single(task):
    return prepare(task, "yin_yang", precision="single")


def digits_single(task):
    return prepare(task, "digits", precision="single")


def xor_grid(task):
    return prepare(task, "xor", on_grid, "single")


def iris_grid(task):
    return prepare(task, "iris", on_grid, "single")
