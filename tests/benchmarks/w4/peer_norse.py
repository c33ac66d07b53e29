"""W4 with Norse: its LIF and LI layers, which go over the steps themselves."""

import importlib.util
import os

_FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "torch_layers.py")
_SPEC = importlib.util.spec_from_file_location("w4_torch_layers", _FILE)
shared = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(shared)


def _layers(task):
    import norse.torch as norse
    import torch
    from norse.torch.functional.lif import LIFParameters

    def layers(w_in, w_out, inputs):
        first, second = shared.linear(10.0 * w_in), shared.linear(10.0 * w_out)  # it integrates with dt / tau
        numbers = LIFParameters(
            tau_syn_inv=torch.tensor(200.0),
            tau_mem_inv=torch.tensor(100.0),
            v_th=torch.tensor(1.0),
            method="super",
            alpha=torch.tensor(task.SCALE),
        )
        spiking, readout = norse.LIF(numbers), norse.LI()

        def forward():
            spikes, _ = spiking(first(inputs))
            return readout(second(spikes))[0]

        return [first.weight, second.weight], forward

    return layers


def sparse(task):
    return shared.training_step(task, "sparse", _layers(task))


def latency(task):
    return shared.training_step(task, "latency", _layers(task))


def rate(task):
    return shared.training_step(task, "rate", _layers(task))
