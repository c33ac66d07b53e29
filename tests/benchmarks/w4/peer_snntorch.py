"""W4 with snnTorch: its Synaptic neurons; both projections by one matrix product for all steps."""

import importlib.util
import os

_FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "torch_layers.py")
_SPEC = importlib.util.spec_from_file_location("w4_torch_layers", _FILE)
shared = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(shared)


def _layers(task):
    import snntorch
    import torch
    from snntorch import surrogate

    def layers(w_in, w_out, inputs):
        first, second = shared.linear(w_in), shared.linear(w_out)
        spiking = snntorch.Synaptic(
            alpha=task.ALPHA,
            beta=task.BETA,
            spike_grad=surrogate.fast_sigmoid(slope=task.SCALE),
            reset_mechanism="zero",
        )
        readout = snntorch.Synaptic(alpha=task.ALPHA, beta=task.BETA, reset_mechanism="none")

        def forward():
            syn, mem = spiking.reset_mem()
            spikes = []
            for h in first(inputs).unbind(0):
                spike, syn, mem = spiking(h, syn, mem)
                spikes.append(spike)
            syn, mem = readout.reset_mem()
            rec = []
            for h in second(torch.stack(spikes)).unbind(0):
                _, syn, mem = readout(h, syn, mem)
                rec.append(mem)
            return torch.stack(rec)

        return [first.weight, second.weight], forward

    return layers


def sparse(task):
    return shared.training_step(task, "sparse", _layers(task))


def latency(task):
    return shared.training_step(task, "latency", _layers(task))


def rate(task):
    return shared.training_step(task, "rate", _layers(task))
