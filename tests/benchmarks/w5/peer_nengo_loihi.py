"""W5 with the emulator of nengo-loihi, run directly: blocks of 1000 compartments, whole numbers.

Its own way in, spikes that are delivered one by one in Python, would take most of the time. It is left out:
each step the activations are handed to the emulator where its synapses would leave them.
"""

import numpy as np


def run(task):
    from nengo_loihi.block import LoihiBlock
    from nengo_loihi.builder.builder import Model
    from nengo_loihi.emulator.interface import EmulatorInterface

    model, numbers = Model(), {"decay_u": task.DECAY_U, "decay_v": task.DECAY_V, "vth": task.V_TH << 6}
    for first in range(0, task.COMPARTMENTS, 1000):
        block = LoihiBlock(min(1000, task.COMPARTMENTS - first))
        compartment = block.compartment
        for name, value in {**numbers, "bias": 0}.items():
            array = getattr(compartment, name)
            array.dtype = np.int32  # in place: the emulator asks for whole numbers
            array[:] = value
        compartment.refract_delay[:] = 1
        compartment.scale_u = compartment.scale_v = False
        compartment.vmin, compartment.vmax = -(2**23) + 1, 2**23 - 1
        model.add_block(block)
    emulator = EmulatorInterface(model, seed=0)
    state, a = emulator.compartment, task.activations().astype(np.int32) << 6
    deliver, at = emulator.synapses.update_input, [a, 0]

    def with_activations(input_):
        deliver(input_)
        input_[0] += at[0][at[1]]
        at[1] += 1

    emulator.synapses.update_input = with_activations

    def call(k):
        at[:] = task.part(a, k), 0
        state.current[:] = state.voltage[:] = 0
        state.spike_count[:] = 0
        emulator.run_steps(task.STEPS)
        return task.answer(state.spike_count.sum(), state.current, state.voltage)

    return call
