"""W4 with PyTorch: SpyTorch's network, its slices replaced by `unbind`, which is many times faster.

The input is projected by one matrix product for all steps. `compiled` leaves the step to torch.compile.
"""


def _step(task, name, compiled=False):
    import torch

    torch.set_num_threads(1)
    alpha, beta, scale = task.ALPHA, task.BETA, task.SCALE
    x, labels, w_in, w_out = task.make(name)
    inputs = torch.tensor(x, dtype=torch.float32).transpose(0, 1).contiguous()
    classes = torch.tensor(labels)

    class Spike(torch.autograd.Function):
        @staticmethod
        def forward(ctx, distance):
            ctx.save_for_backward(distance)
            return (distance > 0).to(distance.dtype)

        @staticmethod
        def backward(ctx, grad):
            (distance,) = ctx.saved_tensors
            return grad / (scale * distance.abs() + 1.0) ** 2

    def step(mem, syn, h):
        out = Spike.apply(mem - 1.0)
        return out, (beta * mem + syn) * (1.0 - out.detach()), alpha * syn + h

    def step_to_compile(mem, syn, h):
        distance = mem - 1.0
        smooth, hard = distance / (scale * distance.abs() + 1.0), (distance > 0).to(distance.dtype)
        return hard + smooth - smooth.detach(), (beta * mem + syn) * (1.0 - hard), alpha * syn + h

    one = torch.compile(step_to_compile, dynamic=False) if compiled else step
    params, adam = [], None

    def reset():
        nonlocal params, adam
        params = [torch.tensor(w, requires_grad=True) for w in (w_in, w_out)]
        adam = torch.optim.Adam(params, lr=task.RATE)

    def call(k):
        if k == 0:
            reset()
        mem = syn = torch.zeros(len(labels), w_in.shape[1])
        spikes, readout = [], []
        for h in (inputs @ params[0]).unbind(0):
            out, mem, syn = one(mem, syn, h)
            spikes.append(out)
        flt = read = torch.zeros(len(labels), w_out.shape[1])
        readout.append(read)
        for h in (torch.stack(spikes) @ params[1]).unbind(0):
            flt, read = alpha * flt + h, beta * read + flt
            readout.append(read)
        scores = torch.stack(readout).max(0)[0]
        loss = torch.nn.functional.cross_entropy(scores, classes)
        adam.zero_grad()
        loss.backward()
        adam.step()
        moved = params[0].grad.abs().sum().item() if k == 0 else 1.0
        return {"loss": loss.item(), "moved": moved, "same_model": 1}

    return call


def sparse(task):
    return _step(task, "sparse")


def latency(task):
    return _step(task, "latency")


def rate(task):
    return _step(task, "rate")


def sparse_compiled(task):
    return _step(task, "sparse", True)


def latency_compiled(task):
    return _step(task, "latency", True)


def rate_compiled(task):
    return _step(task, "rate", True)
