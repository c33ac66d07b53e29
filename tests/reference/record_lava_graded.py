"""Record graded spikes and programmable neurons of lava: integers that come in, integers that go out.

    python record_lava_graded.py

wrote the files lava_graded_*.npz, lava_product_*.npz, lava_sigma_delta_*.npz and lava_resonator_*.npz beside
it, with lava-nc 0.10.0 (BSD-3-Clause), numpy 1.26.4 and Python 3.10 in an environment of its own. All are its
fixed-point models, of the processes that each file names as `process`.

As in lava, what goes in is [neuron, time], and what was read step by step is [time, neuron]. `Dense` was told
`num_message_bits=24`; what it brings arrives one step late.
"""

import warnings
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent


def run(process, variables, steps):
    """Run what hangs together with `process` and return each variable at the end of each step."""
    from lava.magma.core.run_conditions import RunSteps
    from lava.magma.core.run_configs import Loihi2SimCfg
    from lava.proc.monitor.process import Monitor

    monitors = {}
    for name, variable in variables.items():
        monitors[name] = Monitor()
        monitors[name].probe(variable, steps)
    process.run(condition=RunSteps(num_steps=steps), run_cfg=Loihi2SimCfg(select_tag="fixed_pt"))
    out = {}
    for name, monitor in monitors.items():
        (of_process,) = monitor.get_data().values()
        (out[name],) = (np.asarray(values).astype(np.int64) for values in of_process.values())
    process.stop()
    return out


def save(name, **arrays):
    np.savez_compressed(HERE / name, tool="lava-nc 0.10.0", **arrays)
    print(name, {key: value.shape for key, value in arrays.items() if isinstance(value, np.ndarray)})


def payloads(rng, n, steps, most, chance):
    """Integers from -most to most, many of them 0."""
    return rng.integers(-most, most + 1, (n, steps)) * (rng.random((n, steps)) < chance)


def through(values, weights, **how):
    """A source of payloads, and the synapses that bring them on."""
    from lava.proc.dense.process import Dense
    from lava.proc.io.source import RingBuffer

    source = RingBuffer(data=values)
    dense = Dense(weights=weights, num_message_bits=24, **how)
    source.s_out.connect(dense.s_in)
    return dense


def graded(name, process, values, weights, vth, **how):
    from lava.proc.graded.process import GradedReluVec, GradedVec

    dense = through(values, weights, **how)
    neuron = {"GradedVec": GradedVec, "GradedReluVec": GradedReluVec}[process](shape=(len(weights),), vth=vth)
    dense.a_out.connect(neuron.a_in)
    out = run(neuron, {"s_out": neuron.s_out}, values.shape[1])
    save(
        name, process=process, payloads_in=values, weights=weights, vth=vth,
        weight_exp=how.get("weight_exp", 0), num_weight_bits=how.get("num_weight_bits", 8), **out,
    )  # fmt: skip


def product(name, first, second, weights, vth, exp):
    from lava.proc.prodneuron.process import ProdNeuron

    one, two = through(first, weights), through(second, weights)
    neuron = ProdNeuron(shape=(len(weights),), vth=vth, exp=exp)
    one.a_out.connect(neuron.a_in1)
    two.a_out.connect(neuron.a_in2)
    out = run(neuron, {"s_out": neuron.s_out}, first.shape[1])
    save(
        name, process="ProdNeuron", first=first, second=second, weights=weights, vth=vth, exp=exp, **out,
    )  # fmt: skip


def sigma_delta(name, values, weights, vth, bias, relu, cum_error, spike_exp, state_exp):
    from lava.proc.sdn.process import ActivationMode, SigmaDelta

    dense = through(values, weights)
    neuron = SigmaDelta(
        shape=(len(weights),), vth=vth, bias=bias, cum_error=cum_error, spike_exp=spike_exp,
        state_exp=state_exp, act_mode=ActivationMode.RELU if relu else ActivationMode.UNIT,
    )  # fmt: skip
    dense.a_out.connect(neuron.a_in)
    seen = ("sigma", "act", "residue", "error", "s_out")
    out = run(neuron, {key: getattr(neuron, key) for key in seen}, values.shape[1])
    save(
        name, process="SigmaDelta", payloads_in=values, weights=weights, vth=vth, bias=bias, relu=relu,
        cum_error=cum_error, spike_exp=spike_exp, state_exp=state_exp, **out,
    )  # fmt: skip


def delta(name, values, vth, cum_error, spike_exp, state_exp):
    from lava.proc.io.source import RingBuffer
    from lava.proc.sdn.process import Delta

    source = RingBuffer(data=values)
    neuron = Delta(
        shape=(len(values),), vth=vth, cum_error=cum_error, spike_exp=spike_exp, state_exp=state_exp
    )
    source.s_out.connect(neuron.a_in)
    seen = ("act", "residue", "error", "s_out")
    out = run(neuron, {key: getattr(neuron, key) for key in seen}, values.shape[1])
    save(
        name, process="Delta", values_in=values, vth=vth, cum_error=cum_error, spike_exp=spike_exp,
        state_exp=state_exp, **out,
    )  # fmt: skip


def rf_zero(name, u_in, v_in, freqs, decay_tau, uth):
    """Frequencies in Hz and time constants in s, at a step of 1 ms; weights are 1 in the diagonal."""
    from lava.proc.resfire.process import RFZero

    one, two = (through(x, np.eye(len(x), dtype=int)) for x in (u_in, v_in))
    neuron = RFZero(shape=(len(u_in),), freqs=freqs, decay_tau=decay_tau, uth=uth)
    one.a_out.connect(neuron.u_in)
    two.a_out.connect(neuron.v_in)
    out = run(neuron, {"u": neuron.u, "v": neuron.v, "s_out": neuron.s_out}, u_in.shape[1])
    save(
        name, process="RFZero", u_in=u_in, v_in=v_in, freqs=freqs, decay_tau=decay_tau, uth=uth, **out,
    )  # fmt: skip


def resonate(name, process, u_in, v_in, period, alpha, state_exp, decay_bits, vth):
    from lava.proc.rf.process import RF
    from lava.proc.rf_iz.process import RF_IZ

    one, two = (through(x, np.eye(len(x), dtype=int)) for x in (u_in, v_in))
    neuron = {"RF": RF, "RF_IZ": RF_IZ}[process](
        shape=(len(u_in),), period=period, alpha=alpha, state_exp=state_exp, decay_bits=decay_bits, vth=vth
    )
    one.a_out.connect(neuron.a_real_in)
    two.a_out.connect(neuron.a_imag_in)
    seen = {"u": neuron.real, "v": neuron.imag, "s_out": neuron.s_out}
    out = run(neuron, seen, u_in.shape[1])
    save(
        name, process=process, u_in=u_in, v_in=v_in, period=period, alpha=alpha, state_exp=state_exp,
        decay_bits=decay_bits, vth=vth, **out,
    )  # fmt: skip


def main():
    warnings.filterwarnings("ignore")
    rng = np.random.default_rng(29)
    w = rng.integers(-120, 121, (5, 7))
    graded("lava_graded_vector.npz", "GradedVec", payloads(rng, 7, 60, 200, 0.3), w, 4000)
    graded("lava_graded_relu.npz", "GradedReluVec", payloads(rng, 7, 60, 200, 0.3), w, 1)
    x = payloads(rng, 7, 60, 30_000, 0.5)
    graded("lava_graded_exponent.npz", "GradedVec", x, rng.integers(-255, 255, (5, 7)), 50, weight_exp=-3)
    graded(
        "lava_graded_5bit.npz", "GradedReluVec", x, rng.integers(0, 256, (5, 7)), 50, weight_exp=2,
        num_weight_bits=5,
    )  # fmt: skip
    x, y = payloads(rng, 7, 60, 100, 0.4), payloads(rng, 7, 60, 100, 0.4)
    product("lava_product_small.npz", x, y, w, 7, 9)
    product("lava_product_overflow.npz", 300 * x, 300 * y, w, 1, 3)
    x = payloads(rng, 7, 80, 40, 0.3)
    sigma_delta("lava_sigma_delta_relu.npz", x, w, 900, 350, True, False, 0, 0)
    sigma_delta("lava_sigma_delta_unit.npz", x, w, 70, -350, False, False, 3, 6)
    sigma_delta("lava_sigma_delta_error.npz", x, w, 900, 0, True, True, 2, 0)
    walk = np.cumsum(rng.integers(-9, 10, (5, 80)), axis=1)
    delta("lava_sigma_delta_encoder.npz", walk, 12, False, 0, 0)
    delta("lava_sigma_delta_encoder_exp.npz", walk, 5, False, 2, 5)
    delta("lava_sigma_delta_encoder_error.npz", walk, 12, True, 1, 3)
    x, y = payloads(rng, 6, 200, 500, 0.05), payloads(rng, 6, 200, 500, 0.05)
    freqs, tau = np.array([5.0, 20.0, 40.0, 90.0, 240.0, 400.0]), np.array([0.05, 0.2, 0.1, 0.05, 0.3, 0.1])
    rf_zero("lava_resonator_zero.npz", x, y, freqs, tau, 60)
    rf_zero("lava_resonator_zero_large.npz", 400 * x, 400 * y, freqs, tau, 60)
    resonate("lava_resonator_rf.npz", "RF", x, y, 10.0, 0.07, 4, 12, 300.0)
    resonate("lava_resonator_rf_slow.npz", "RF", x, y, 41.0, 0.01, 6, 12, 200.0)
    resonate("lava_resonator_rf_large.npz", "RF", 60 * x, 60 * y, 25.0, 0.001, 7, 12, 200.0)
    resonate("lava_resonator_rf_fast.npz", "RF", x, y, 3.0, 0.02, 5, 12, 200.0)
    resonate("lava_resonator_izhikevich.npz", "RF_IZ", x, y, 10.0, 0.07, 4, 12, 200.0)
    resonate("lava_resonator_izhikevich_slow.npz", "RF_IZ", x, y, 60.0, 0.01, 6, 12, 300.0)


if __name__ == "__main__":
    main()
