"""The panel of a compartment of Loihi: its voltage beside real numbers, and the bits of its current."""

from typing import TYPE_CHECKING

import numpy as np

from snnlab.loihi.fixed_point import REGISTER_BITS, SHIFT_BITS
from snnlab.loihi.neuron.compartments import Compartment
from snnlab.loihi.neuron.fixed_and_float import by_exponent, recorded, run_both
from snnlab_widgets.core.controls import Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, HeatMap, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["registers_panel"]

STEPS, FIRST, LAST, EVERY = 300, 20, 160, 4  # steps; the input spikes from when to when, and how often
MANTISSA = 128
CHIP = Compartment(v_th=5)
QUESTION = "The same equation, once in whole numbers and once in real ones. Where do they part?"


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
        What readers should ask themselves.
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

    Examples
    --------
    >>> panel = registers_panel(exponent=-8, decay_v=32, bias=3, engine="kernel")
    >>> print(panel)
    δ_u = 410, δ_v = 32, e = −8, b = 3: 0 spikes on the chip, 1 in real numbers; 0 overflows of u
    """
    pulses = np.zeros(STEPS, np.int32)
    pulses[FIRST:LAST:EVERY] = 1
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
                Axis(0.0, float(STEPS), "time (steps)"),
                Axis(0.0, float(REGISTER_BITS + 2), "bit of u (23: sign, 24: overflow)"),
                Axis(0.0, 1.0, "bit"),
                kinds=((0.5, "1"), (1.0, "overflow")),
                nothing="0",
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
        kernel=run_both,
        arrays={
            "seen": recorded(STEPS),
            "pulses": pulses,
            "weights": by_exponent(MANTISSA),
            "level": np.full(STEPS, float(CHIP.v_th << SHIFT_BITS)),
        },
        constants={"compartment": CHIP},
        presets={
            "a small bias": {"exponent": -8.0, "decay_v": 32.0, "bias": 3.0},
            "a slow current": {"decay_u": 10.0},
            "overflow": {"exponent": 7.0, "decay_u": 60.0},
            "a weight of nothing": {"exponent": -8.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.loihi import Compartment\n"
            "from snnlab.loihi.neuron.fixed_and_float import fixed_and_float\n\n"
            f"pulses = np.zeros({STEPS}, int)\n"
            f"pulses[{FIRST}:{LAST}:{EVERY}] = 1\n"
            f"chip = Compartment({{decay_u}}, {{decay_v}}, v_th={CHIP.v_th})\n"
            f"seen = fixed_and_float(pulses, chip, {MANTISSA}, {{exponent}}, bias={{bias}})\n"
            'print(f"{{seen.n}} spikes on the chip, {{seen.n_real}} in real numbers")'
        ),
        play=("time (steps)", "Run"),
        values=values,
        engine=engine,
        goal=goal,
    )
