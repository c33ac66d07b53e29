"""Record what snnTorch and Norse fire for networks that they read from NIR graphs.

    python record_nir_spikes.py

wrote the files nir_spikes_*.npz beside it, with nir 1.0.8, nirtorch 2.6, snnTorch 1.0.0, Norse 1.1.0 and
torch 2.13.0 in an environment of its own. Both tools step by dt = 1e-4 s. Weights are whole multiples of a
step, and what a step leaves of current and potential is a whole number of 4096ths, so that a chip can hold
them.

Each file has for layer k the weights `w{k}` (post, pre), the `bias{k}`, and as in the graph `tau{k}` (s, of
the membrane), `tau_syn{k}` (s; 0 for a LIF), `r{k}`, `w_in{k}` and `threshold{k}`; the input `x` (steps,
inputs); and the spikes (steps, n) of layer k in `snntorch{k}` and `norse{k}`, which agree in every step.
"""

from itertools import pairwise
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
DT = 1e-4  # s
STEPS = 300


def network(rng, sizes, current, bias):
    """The numbers of each layer: a dict with the names of the file."""
    layers = []
    for n_pre, n_post in pairwise(sizes):
        w = rng.integers(-127, 128, (n_post, n_pre)).astype(float)
        w.flat[:2] = 127, -127
        tau = DT * 4096 / 250
        if current:
            layers.append({
                "w": w / 400, "bias": np.zeros(n_post), "tau": tau, "tau_syn": DT * 4096 / 900,
                "r": tau / DT, "w_in": 4096 / 900, "threshold": 1.25,
            })  # fmt: skip
        else:
            drive = rng.uniform(0, 1.2, n_post) if bias else np.zeros(n_post)
            layers.append({
                "w": w / 12, "bias": drive, "tau": tau, "tau_syn": 0.0,
                "r": 1.0, "w_in": 0.0, "threshold": 1.0,
            })  # fmt: skip
    return layers


def nir_graph(nir, layers):
    """The layers as a chain of NIR nodes."""
    nodes = {"input": nir.Input({"input": np.array([layers[0]["w"].shape[1]])})}
    for k, layer in enumerate(layers):
        each = {name: np.full(len(layer["w"]), layer[name]) for name in ("tau", "tau_syn", "r", "w_in")}
        threshold = np.full(len(layer["w"]), layer["threshold"])
        shared = {"r": each["r"], "v_leak": 0 * each["r"], "v_threshold": threshold}
        nodes[f"w{k}"] = nir.Affine(layer["w"], layer["bias"])
        if layer["tau_syn"]:
            nodes[f"n{k}"] = nir.CubaLIF(
                tau_syn=each["tau_syn"], tau_mem=each["tau"], w_in=each["w_in"], **shared
            )
        else:
            nodes[f"n{k}"] = nir.LIF(tau=each["tau"], **shared)
    nodes["output"] = nir.Output({"output": np.array([len(layers[-1]["w"])])})
    names = list(nodes)
    return nir.NIRGraph(nodes, list(pairwise(names)))


def spikes(torch, module, x):
    """What a module fires, step by step."""
    state, fired = None, []
    with torch.no_grad():
        for row in torch.tensor(x, dtype=torch.float32)[:, None]:
            out, state = module(row, state)
            fired.append(out[0].numpy() > 0.5)
    return np.array(fired)


def main():
    import nir
    import norse.torch
    import torch
    from snntorch.import_nir import import_from_nir

    for name, seed, sizes, current, bias in (
        ("lif", 1, (20, 12, 6), False, False),
        ("lif_bias", 2, (20, 12, 6), False, True),
        ("cuba", 3, (20, 12, 6), True, False),
    ):
        rng = np.random.default_rng(seed)
        layers = network(rng, sizes, current, bias)
        x = (rng.random((STEPS, sizes[0])) < 0.12).astype(np.uint8)
        record = {"x": x}
        for k in range(len(layers)):
            part = layers[: k + 1]
            theirs = {
                "snntorch": spikes(torch, import_from_nir(nir_graph(nir, part)), x),
                "norse": spikes(torch, norse.torch.from_nir(nir_graph(nir, part), dt=DT), x),
            }
            differ = np.count_nonzero(theirs["snntorch"] != theirs["norse"])
            print(f"{name}, layer {k}: {theirs['norse'].sum()} spikes, {differ} differ")
            record |= {f"{tool}{k}": fired for tool, fired in theirs.items()}
            record |= {f"{key}{k}": np.asarray(value) for key, value in layers[k].items()}
        np.savez_compressed(HERE / f"nir_spikes_{name}.npz", **record)


if __name__ == "__main__":
    main()
