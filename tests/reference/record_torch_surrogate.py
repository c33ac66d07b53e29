"""Record what PyTorch finds for the network of surrogate gradients: losses, gradients, steps of Adam.

    python record_torch_surrogate.py

wrote the files torch_surrogate_*.npz and torch_as_printed.npz beside it, with torch 2.13.0 in an environment
of its own. The network is written as F. Zenke's SpyTorch does it (tutorials 1, 2 and 4), the derivatives are
left to autograd. Each file has the spikes `x` (samples, steps, inputs), the `labels`, the weights, `alpha`,
`beta`, `width`, the numbers of the penalty, whether the reset is differentiated (`through_reset`), and what
was found: `loss`, `g_in`, `g_out`, `g_rec`, the number of hidden `spikes`, and the weights after five steps
of Adam at a rate of 2e-3, `new_in` and so on. torch_as_printed.npz has the lines of PyTorch in chapter 16,
and what they find.
"""

import json
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
CHAPTER = HERE.parents[1] / "book" / "chapters" / "16_surrogate_gradients.ipynb"
STEPS_OF_ADAM = 5


def network(torch, x, w_in, w_out, w_rec, alpha, beta, width, through_reset):
    """The readout (samples, steps + 1, outputs) and the hidden spikes (samples, steps, hidden)."""

    class Spike(torch.autograd.Function):
        @staticmethod
        def forward(ctx, distance):
            ctx.save_for_backward(distance)
            return (distance > 0).to(distance.dtype)

        @staticmethod
        def backward(ctx, grad):
            (distance,) = ctx.saved_tensors
            return grad / (distance.abs() / width + 1.0) ** 2

    samples, steps, _ = x.shape
    from_input = torch.einsum("abc,dc->abd", x, w_in)
    syn = torch.zeros(samples, w_in.shape[0], dtype=x.dtype)
    mem, out = torch.zeros_like(syn), torch.zeros_like(syn)
    spikes = []
    for t in range(steps):
        h = from_input[:, t] if w_rec is None else from_input[:, t] + out @ w_rec.T
        out = Spike.apply(mem - 1.0)
        reset = out if through_reset else out.detach()
        syn, mem = alpha * syn + h, (beta * mem + syn) * (1.0 - reset)
        spikes.append(out)
    hidden = torch.stack(spikes, dim=1)
    h = torch.einsum("abc,dc->abd", hidden, w_out)
    flt = torch.zeros(samples, w_out.shape[0], dtype=x.dtype)
    read = torch.zeros_like(flt)
    readout = [read]
    for t in range(steps):
        flt, read = alpha * flt + h[:, t], beta * read + flt
        readout.append(read)
    return torch.stack(readout, dim=1), hidden


def record(torch, name, seed, recurrent, through_reset, penalty, width, dtype):
    """One file."""
    rng = np.random.default_rng(seed)
    samples, steps, inputs, hidden, outputs = 12, 60, 20, 10, 3
    alpha, beta = float(np.exp(-1 / 5)), float(np.exp(-1 / 10))
    x = rng.random((samples, steps, inputs)) < 0.05
    labels = rng.integers(0, outputs, samples)
    weights = {
        "w_in": rng.normal(0, 0.45, (hidden, inputs)).astype(dtype),
        "w_out": rng.normal(0, 0.3, (outputs, hidden)).astype(dtype),
        "w_rec": rng.normal(0, 0.25, (hidden, hidden)).astype(dtype) if recurrent else None,
    }
    given = [None if w is None else torch.tensor(w, requires_grad=True) for w in weights.values()]
    learnt = [w for w in given if w is not None]
    adam = torch.optim.Adam(learnt, lr=2e-3, betas=(0.9, 0.999))
    spikes_in = torch.tensor(x.astype(dtype))
    first = None
    for _ in range(STEPS_OF_ADAM):
        readout, spikes = network(torch, spikes_in, *given, alpha, beta, width, through_reset)
        scores = readout.max(dim=1)[0]
        loss = torch.nn.functional.nll_loss(
            torch.nn.functional.log_softmax(scores, dim=1), torch.tensor(labels)
        )
        loss = loss + penalty[0] * spikes.sum() + penalty[1] * (spikes.sum(dim=(0, 1)) ** 2).mean()
        adam.zero_grad()
        loss.backward()
        if first is None:
            first = loss.item(), spikes.sum().item(), [w.grad.numpy().copy() for w in learnt]
        adam.step()
    kept = [key for key, w in weights.items() if w is not None]
    np.savez_compressed(
        HERE / f"torch_surrogate_{name}.npz",
        x=x,
        labels=labels,
        **{key: weights[key] for key in kept},
        alpha=alpha,
        beta=beta,
        width=width,
        penalty=penalty,
        through_reset=through_reset,
        torch=torch.__version__,
        loss=first[0],
        spikes=first[1],
        **{key.replace("w_", "g_"): g for key, g in zip(kept, first[2], strict=True)},
        **{key.replace("w_", "new_"): w.detach().numpy() for key, w in zip(kept, learnt, strict=True)},
    )
    print(name, first[:2])


def printed_lines():
    """The lines of PyTorch that chapter 16 prints beside the kernel."""
    cells = json.loads(CHAPTER.read_text(encoding="utf-8"))["cells"]
    texts = ["".join(cell["source"]) for cell in cells]
    (text,) = [text for text in texts if "```python\nclass Spike" in text]
    return text.split("```python\n")[1].split("```")[0]


def run_printed_lines(torch, task):
    """Loss and gradients that these lines find for `task`: spikes `x` (samples, steps, inputs) and so on."""
    learnt = {name: torch.tensor(task[name], requires_grad=True) for name in ("w_in", "w_out")}
    spikes = torch.tensor(task["x"].astype(float)).transpose(0, 1)  # step by step
    names = {"torch": torch, "inputs": spikes, "labels": torch.tensor(task["labels"]), **learnt}
    names |= {name: float(task[name]) for name in ("alpha", "beta", "b")}
    names |= {"v": torch.zeros(spikes.shape[1], len(task["w_in"]), dtype=spikes.dtype)}
    names |= {"y": torch.zeros(spikes.shape[1], len(task["w_out"]), dtype=spikes.dtype)}
    exec(printed_lines(), names | {"i": names["v"], "j": names["y"]}, found := {})
    return {"loss": found["loss"].item()} | {
        name.replace("w", "g"): w.grad.numpy() for name, w in learnt.items()
    }


def record_printed_lines(torch):
    rng = np.random.default_rng(16)
    task = {
        "x": rng.random((12, 60, 20)) < 0.05,
        "labels": rng.integers(0, 3, 12),
        "w_in": rng.normal(0, 0.45, (10, 20)),
        "w_out": rng.normal(0, 0.3, (3, 10)),
        "alpha": np.exp(-1 / 5),
        "beta": np.exp(-1 / 10),
        "b": 0.05,
    }
    found = run_printed_lines(torch, task)
    print("as printed", found["loss"])
    np.savez_compressed(
        HERE / "torch_as_printed.npz", **task, **found, lines=printed_lines(), torch=torch.__version__
    )


def main():
    import torch  # here, so that this file can be read without it

    record_printed_lines(torch)
    none = (0.0, 0.0)
    record(torch, "detached", 1, False, False, none, 0.01, np.float64)
    record(torch, "through", 2, False, True, none, 0.1, np.float64)
    record(torch, "recurrent", 3, True, False, none, 0.05, np.float64)
    record(torch, "recurrent_through_penalty", 4, True, True, (2e-4, 3e-4), 0.1, np.float64)
    record(torch, "penalty_float32", 5, False, False, (2e-4, 3e-4), 0.05, np.float32)


if __name__ == "__main__":
    main()
