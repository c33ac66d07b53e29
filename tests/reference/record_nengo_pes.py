"""Record how weights learn by PES in the emulator of nengo-loihi.

    python record_nengo_pes.py

wrote the files nengo_pes_*.npz beside it, with nengo-loihi 1.1.0, nengo 4.1.0, numpy 1.23.5 and Python 3.9 in
an environment of its own.

Each file has the input spikes `spikes_in` (steps, n_in), which arrive one step later; the integer `errors`
(steps, dimensions) that the host has sent before each step; the weights at the start `w0` (n_in, n) as they
act, which are mantissas of mixed signs in `weight_bits` bits, times 2^(6 + weight_exp); `tau` and `magnitude`
of the trace; mantissa and exponent of the learning rate; the `seed` of the emulator and its number of
`compartments`. And what came out after each step: `trace` (steps, n_in), `w` (steps, n_in, n), and `input`,
`current`, `voltage` and `spiked` (steps, n) of the compartments of `decay_u`, `decay_v`, `vth`,
`refract_delay` and `bias`.

`nengo_pes_network.npz` is a network that learns: an ensemble of nengo hears x = sin 2 pi t, and its
connection to a node is taught x^2 for half a second, on the emulated chip. Its compartments fire nobody: what
they give out is their voltage.
"""

import warnings
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent


class Watched:
    """An emulator whose learning synapse is looked at after each step."""

    def __init__(self, emulator, synapse, block):
        self.emulator, self.synapse = emulator, synapse
        self.columns = emulator.block_info.slices[block]
        names = ("errors", "arrived", "trace", "w", "input", "current", "voltage", "spiked")
        self.seen = {name: [] for name in names}
        self.step = emulator.step
        emulator.step = self.watched_step

    def watched_step(self):
        self.step()
        state, compartments, columns = self.emulator.synapses, self.emulator.compartment, self.columns
        arrived = np.zeros(self.synapse.n_axons, int)
        for spike in state.spikes_in[self.synapse]:
            arrived[spike.axon_idx] += 1
        now = {
            "errors": state.pes_errors[self.synapse],
            "arrived": arrived,
            "trace": state.traces[self.synapse],
            "w": np.concatenate(self.synapse.weights),
            "input": compartments.input[0, columns],
            "current": compartments.current[columns],
            "voltage": compartments.voltage[columns],
            "spiked": compartments.spiked[columns],
        }
        for name, value in now.items():
            self.seen[name].append(np.array(value, int))


def save(name, watched, w0, bias, **numbers):
    synapse, compartment = watched.synapse, numbers.pop("compartment")
    seen = {key: np.array(values) for key, values in watched.seen.items()}
    arrived = seen.pop("arrived")
    assert arrived.max() <= 1
    spikes_in = np.zeros_like(arrived)
    spikes_in[:-1] = arrived[1:]
    config = synapse.synapse_cfg
    numbers |= {
        "compartments": watched.emulator.block_info.n_compartments,
        "tau": synapse.tracing_tau, "magnitude": synapse.tracing_mag, "rate_mantissa": synapse._lr_int,
        "rate_exponent": synapse._lr_exp, "weight_exp": config.weight_exp,
        "weight_bits": 9 - config.shift_bits,
    }  # fmt: skip
    for key in ("decay_u", "decay_v", "vth", "refract_delay"):
        (numbers[key],) = np.unique(getattr(compartment, key))
    numbers["vmin"] = int(compartment.vmin)
    tool = "nengo-loihi 1.1.0 emulator"
    np.savez_compressed(HERE / name, tool=tool, spikes_in=spikes_in, w0=w0, bias=bias, **numbers, **seen)
    w = seen["w"]
    moved, spikes = (w[-1] != w0).sum(), seen["spiked"].sum()
    print(name, w.shape, f"weights {w.min()} to {w.max()}, {moved} moved; {spikes} spikes")


def given(name, n_in, dimensions, tau, magnitude, rate, weight_exp, error, chance, steps, seed):
    """Spikes and errors that do not depend on what is learned."""
    from nengo_loihi.block import Axon, LoihiBlock, Synapse
    from nengo_loihi.builder.builder import Model
    from nengo_loihi.emulator.interface import EmulatorInterface
    from nengo_loihi.inputs import SpikeInput

    rng = np.random.default_rng(seed)
    n = 2 * dimensions
    block = LoihiBlock(n)
    compartment = block.compartment
    bias = rng.integers(0, 2000, n)
    for array, value in (
        (compartment.decay_u, 400), (compartment.decay_v, 200), (compartment.vth, 400 * 64),
        (compartment.bias, bias),
    ):  # fmt: skip
        array.dtype = np.int32
        array[:] = value
    compartment.refract_delay[:] = 1
    compartment.scale_u, compartment.scale_v = False, False
    compartment.vmin, compartment.vmax = 0, 2**23 - 1
    synapse = Synapse(n_in)
    synapse.set_weights(np.zeros((n_in, n), np.float32))
    synapse.format(weight_exp=weight_exp)
    synapse.set_learning(tracing_tau=tau, tracing_mag=magnitude, wgt_exp=weight_exp)
    synapse._lr_int, synapse._lr_exp = rate
    w0 = rng.integers(-127, 128, (n_in, n)) << (6 + weight_exp + synapse.synapse_cfg.shift_bits)
    for array, k in zip(synapse.weights, range(n_in)):  # noqa: B905  Python 3.9 does not know strict
        array.dtype = np.int32
        array[:] = w0[k]
    block.add_synapse(synapse)
    source, axon = SpikeInput(n_in), Axon(n_in)
    axon.target = synapse
    source.add_axon(axon)
    model = Model()
    model.add_block(block)
    model.add_input(source)
    emulator = EmulatorInterface(model, seed=seed)
    watched = Watched(emulator, synapse, block)
    for t in range(1, steps + 1):
        source.add_spikes(t, list(np.nonzero(rng.random(n_in) < chance)[0]))
        emulator.host2chip([], [(synapse, t, rng.normal(0, error, dimensions))])
        emulator.step()
    save(name, watched, w0, bias, compartment=compartment, seed=seed)


def network(name, seed):
    import nengo
    import nengo_loihi

    with nengo.Network(seed=seed) as net:
        x = nengo.Node(lambda t: np.sin(2 * np.pi * t))
        ensemble = nengo.Ensemble(30, 1, max_rates=nengo.dists.Uniform(80, 120))
        out = nengo.Node(size_in=1)
        error = nengo.Node(size_in=1)
        nengo.Connection(x, ensemble)
        learned = nengo.Connection(
            ensemble, out, function=lambda x: 0 * x, learning_rule_type=nengo.PES(4e-3), synapse=0.01
        )
        nengo.Connection(out, error)
        nengo.Connection(x, error, function=lambda x: -(x**2))
        nengo.Connection(error, learned.learning_rule)
    with nengo_loihi.Simulator(net, target="sim", seed=seed, progress_bar=False) as sim:
        emulator = sim.sims["emulator"]
        (synapse,) = emulator.synapses.pes_errors
        block = emulator.synapses.block_map[synapse]
        watched = Watched(emulator, synapse, block)
        w0 = np.concatenate(synapse.weights).astype(int)
        bias = np.array(block.compartment.bias, int)
        sim.run(0.5)
        save(name, watched, w0, bias, compartment=block.compartment, seed=emulator.seed)


def main():
    warnings.filterwarnings("ignore")
    given("nengo_pes_given.npz", 8, 2, 10, 20.5, (1, -7), 0, 25.0, 0.2, 240, seed=1)
    given("nengo_pes_fast.npz", 6, 3, 3, 60.25, (3, -6), 4, 60.0, 0.4, 200, seed=2)
    given("nengo_pes_slow.npz", 5, 1, 100, 2.125, (1, -7), -2, 90.0, 0.3, 240, seed=3)
    given("nengo_pes_overflow.npz", 7, 1, 1, 127.9, (7, -3), 6, 20.0, 0.5, 250, seed=4)
    network("nengo_pes_network.npz", seed=5)


if __name__ == "__main__":
    main()
