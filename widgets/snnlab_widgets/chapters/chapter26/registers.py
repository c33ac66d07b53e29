"""The panel of a compartment of Loihi: its voltage beside real numbers, and the bits of its current."""

import math
from typing import TYPE_CHECKING

import numpy as np

from snnlab.compiling import kernel
from snnlab.loihi import BRIAN2_LOIHI, Compartment, Synapse, effective_weights, float_twin
from snnlab.loihi.compartments import registers
from snnlab.loihi.compartments import step as chip_step
from snnlab.loihi.fixed import (
    DECAY_BITS,
    REGISTER_BITS,
    WEIGHT_EXP_MAX,
    WEIGHT_EXP_MIN,
    decayed,
)
from snnlab.loihi.float_twin import step as real_step
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, HeatMap, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["registers_panel"]

STEPS, FIRST, LAST, EVERY = 300, 20, 160, 4  # steps; the input spikes from when to when, and how often
MANTISSA = 128
GLOW = 5  # steps for which an overflow is seen
CHIP = Compartment(v_th=5)
THRESHOLD = float_twin(CHIP).v_th
EXPONENTS = range(WEIGHT_EXP_MIN, WEIGHT_EXP_MAX + 1)
QUESTION = "The same equation, once in whole numbers and once in real ones. Where do they part?"


@kernel
def registers_figure(
    weights, v, v_real, level, times, times_real, u, bits, out,
    decay_u, decay_v, exponent, bias, v_th, v_min, first, last, every,
):  # fmt: skip
    """Both compartments step by step, and each step's current as a column of bits.

    A bit that is 1 has the value 0.5, or 1 for a few steps from an overflow on; a bit that is 0 has none.
    """
    whole = 1 << DECAY_BITS
    keep_u, keep_v = np.int32(whole - int(decay_u)), np.int32(whole - int(decay_v))
    which = int(exponent) - WEIGHT_EXP_MIN
    b, threshold = np.int32(bias), np.int32(v_th)
    now_u, now_v, real_u, real_v = np.int32(0), np.int32(0), 0.0, 0.0
    n, n_real, wraps, glow, size = 0, 0, 0, 0, 0.0
    for t in range(v.size):
        comes = first <= t < last and (t - first) % every == 0
        q = np.int32(weights[which] if comes else 0)
        full = decayed(now_u, keep_u) + q
        now_u, now_v = chip_step(
            now_u, now_v, q, b, keep_u, keep_v, np.int32(v_min), np.int32(0), np.int32(0)
        )
        real_u, real_v = real_step(real_u, real_v, float(q), bias, keep_u / whole, keep_v / whole)
        if now_v > threshold:
            now_v = np.int32(0)
            times[n] = t
            n += 1
        if real_v > v_th:
            real_v = 0.0
            times_real[n_real] = t
            n_real += 1
        over = full != now_u
        wraps += over
        glow = GLOW if over else max(glow - 1, 0)
        size = max(size, abs(float(now_u)))
        u[t], v[t], v_real[t] = now_u, now_v, real_v
        for k in range(REGISTER_BITS + 1):
            bits[k, t] = math.nan
            if (now_u >> k) & 1:
                bits[k, t] = 1.0 if glow else 0.5
        bits[REGISTER_BITS + 1, t] = 1.0 if glow else math.nan
        level[t] = v_th
    out[0] = n
    out[1] = n_real
    out[2] = wraps
    out[3] = size
    out[4] = v[v.size - 1]


def registers_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A compartment of Loihi for 300 steps, and the same in real numbers.

    It gets a spike in every fourth step from step 20 to 160, through a weight with the mantissa 128, and a
    bias in all of them. Its threshold is 320, and there is no refractory period. Both compartments get the
    input that the chip's weight brings, so that what parts them happens in the registers.

    Parameters
    ----------
    question : str
        What the reader should ask himself.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``decay_u`` and ``decay_v`` (0 to 1024, 4096ths that are lost in a step), ``exponent``
        (−8 to 7, of the weight), ``bias`` (−20 to 40).

    Returns
    -------
    Panel
        ``panel.result`` has ``u`` and ``v``, current and voltage on the chip after each step, int32;
        ``v_real`` (voltage in real numbers) and ``level`` (the threshold); ``times`` and ``times_real``
        (their spikes); ``bits``, the current bit by bit, shape (25, 300), NaN where a bit is 0, otherwise
        0.5, and 1 in the five steps from an overflow on, the last row a lamp for overflows; ``n`` and
        ``n_real`` (spikes), ``wraps`` (steps with an overflow), ``size`` (the largest magnitude of u) and
        ``end`` (v after the last step).

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

    Examples
    --------
    >>> panel = registers_panel(exponent=-8, decay_v=32, bias=3, engine="kernel")
    >>> print(panel)
    δ_u = 410, δ_v = 32, e = −8, b = 3: 0 spikes on the chip, 1 in real numbers; 0 overflows of u
    """
    _, _, v_th, _, v_min, _, _ = map(int, registers(CHIP, BRIAN2_LOIHI))
    synapses = [Synapse(exponent=e) for e in EXPONENTS]
    return Panel(
        "registers",
        title="The registers of a compartment",
        question=question,
        controls=[
            Control("decay_u", "δ_u", "Decay of the current", 0.0, 1024.0, 410.0, 1.0, "", colour=3),
            Control("decay_v", "δ_v", "Decay of the voltage", 0.0, 1024.0, 205.0, 1.0, "", colour=2),
            Control("exponent", "e", "Weight exponent", -8.0, 7.0, -7.0, 1.0, "", colour=6),
            Control("bias", "b", "Bias", -20.0, 40.0, 0.0, 1.0, "", colour=1),
        ],
        readouts=[
            ReadOut("n"),
            ReadOut("n_real"),
            ReadOut("wraps"),
            ReadOut("size"),
            ReadOut("end"),
        ],
        views=[
            Trace(
                "v",
                1.0,
                Axis(-200.0, 350.0, "v"),
                spikes="times",
                behind_spikes="times_real",
                rows=("real", "chip"),
                also=(("v_real", "in real numbers", 5), ("level", "threshold", 1)),
                name="on the chip",
                title="Voltage over the steps, on the chip and in real numbers, and the spikes of both",
                label_x="time (steps)",
            ),
            HeatMap(
                "bits",
                Axis(0.0, float(STEPS), "step"),
                Axis(0.0, float(REGISTER_BITS + 2), "bit of u (23: sign, 24: overflow)"),
                Axis(0.0, 1.0, "0.5: bit is 1, 1: overflow"),
                title="The current bit by bit, a column a step; bright where it overflows",
            ),
        ],
        sentence=(
            "δ_u = {decay_u}, δ_v = {decay_v}, e = {exponent}, b = {bias}: {n} {n|spike|spikes} on the chip, "
            "{n_real} in real numbers; {wraps} {wraps|overflow|overflows} of u"
        ),
        headline="n",
        detail=(
            "{n|spike|spikes} on the chip, {n_real} in real numbers. {wraps} {wraps|overflow|overflows} "
            "of u, whose largest magnitude is {size} of 8388608; at the end v is {end}"
        ),
        kernel=registers_figure,
        arrays={
            "weights": np.array([effective_weights(MANTISSA, synapse) for synapse in synapses], np.int32),
            "v": Array((STEPS,), "int32"),
            "v_real": Array((STEPS,)),
            "level": Array((STEPS,)),
            "times": Array((STEPS,), upto="n"),
            "times_real": Array((STEPS,), upto="n_real"),
            "u": Array((STEPS,), "int32"),
            "bits": Array((REGISTER_BITS + 2, STEPS)),
        },
        constants={
            "v_th": v_th,
            "v_min": v_min,
            "first": FIRST,
            "last": LAST,
            "every": EVERY,
        },
        presets={
            "a small bias": {"exponent": -8.0, "decay_v": 32.0, "bias": 3.0},
            "a slow current": {"decay_u": 10.0},
            "overflow": {"exponent": 7.0, "decay_u": 60.0},
            "a weight of nothing": {"exponent": -8.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.loihi import Compartment, Synapse, simulate_compartments, synaptic_input\n\n"
            f"spikes = np.zeros(({STEPS}, 1), int)\n"
            f"spikes[{FIRST}:{LAST}:{EVERY}] = 1\n"
            f"q = synaptic_input(spikes, [[{MANTISSA}]], Synapse(exponent={{exponent}}))\n"
            f"chip = Compartment({{decay_u}}, {{decay_v}}, v_th={CHIP.v_th})\n"
            "run = simulate_compartments(q, chip, bias={bias})\n"
            "print(run.spikes.n_spikes)"
        ),
        values=values,
        engine=engine,
        goal=goal,
    )
