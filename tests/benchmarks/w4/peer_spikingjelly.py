"""W4 with SpikingJelly: its layers in multi-step mode; the readout has one time constant."""

import importlib.util
import os

_FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "torch_layers.py")
_SPEC = importlib.util.spec_from_file_location("w4_torch_layers", _FILE)
shared = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(shared)


def _layers(task):
    import torch
    from spikingjelly.activation_based import functional, layer, neuron, surrogate

    def layers(w_in, w_out, inputs):
        first, second = shared.linear(w_in), shared.linear(w_out)
        network = torch.nn.Sequential(
            layer.SynapseFilter(tau=5.0, step_mode="m"),
            neuron.LIFNode(
                tau=10.0,
                decay_input=False,
                v_reset=0.0,
                detach_reset=True,
                surrogate_function=surrogate.ATan(),
                step_mode="m",
            ),
        )
        readout = layer.SynapseFilter(tau=10.0, step_mode="m")

        def forward():
            functional.reset_net(network)
            functional.reset_net(readout)
            return readout(second(network(first(inputs))))

        return [first.weight, second.weight], forward

    return layers


def sparse(task):
    return shared.training_step(task, "sparse", _layers(task))


def latency(task):
    return shared.training_step(task, "latency", _layers(task))


def rate(task):
    return shared.training_step(task, "rate", _layers(task))
