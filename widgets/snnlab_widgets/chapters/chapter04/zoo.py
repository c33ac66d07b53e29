"""The panel of the model zoo: Izhikevich's neuron, whose four numbers choose how it fires."""

import itertools
import math
from typing import TYPE_CHECKING

from snnlab.compiling import kernel
from snnlab.neurons.izhikevich import FIRING_TYPES, Izhikevich, State, lower_root, run
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["zoo_panel"]

DT = 0.1  # ms
UP, DOWN = (50.0, 450.0), (600.0, 800.0)  # ms: from when to when the input is positive, and negative
DURATION, HEIGHT = 1000.0, 10.0  # ms; mV/ms, of both
STEPS = round(DURATION / DT)
SLOWER, GAP = 1.2, 3.0  # as in `snnlab.neurons.repertoire`
CELL = Izhikevich()
QUESTION = "Four numbers, and no other difference: which of them makes a neuron burst?"
WORDS = (
    "{silent|no spike|}{onset|at the onset only|}{bursting|bursts|}{mixed|a burst, then single spikes|}"
    "{adapting|slowing down|}{speeding|speeding up|}{tonic|regular|}"
)


@kernel
def _groups(times, first, last, cut):
    """A train cut at intervals above `cut`: how many groups, how many of those between the first and the
    last have two spikes or more, and the size of the first.
    """
    groups, size, inner, head = 1, 1, 0, 0
    for s in range(first + 1, last):
        if times[s] - times[s - 1] > cut:
            if groups == 1:
                head = size
            elif size > 1:
                inner += 1
            groups += 1
            size = 0
        size += 1
    return groups, inner, size if groups == 1 else head


@kernel
def zoo_figure(
    i, v, u, times, units, start, out, a, b, c, d, v_peak, dt, height, up, up_end, down, down_end, slower, gap
):
    """A positive and a negative input, and what the spikes under the positive one are called."""
    for t in range(i.shape[0]):
        now = (t + 0.5) * dt
        if up < now < up_end:
            i[t, 0] = height
        elif down < now < down_end:
            i[t, 0] = -height
    start[0, 0] = lower_root(b, c, v_peak)
    start[1, 0] = b * start[0, 0]
    count = run(i, v, u, times, units, State(start[0], start[1]), a, b, c, d, v_peak, dt)
    first, last, after = 0, 0, 0
    for s in range(count):
        first += times[s] <= up
        last += times[s] <= up_end
        after += times[s] > down_end
    n = last - first
    shortest, longest = math.inf, 0.0
    for s in range(first + 1, last):
        shortest = min(shortest, times[s] - times[s - 1])
        longest = max(longest, times[s] - times[s - 1])
    cut = math.sqrt(shortest * longest) if longest > gap * shortest else math.inf
    groups, inner, head = _groups(times, first, last, cut)
    out[0] = count
    out[1] = n
    out[2] = min(groups, n)
    out[3] = after
    out[4] = first
    kind = 0
    if n == 0:
        kind = 5
    elif times[last - 1] < 0.5 * (up + up_end):
        kind = 6
    elif groups > 3 and 2 * inner > groups - 2:
        kind = 7
    elif (
        head > 1
        and groups > 1
        and times[first + head] - times[first + head - 1]
        > gap * (times[first + head - 1] - times[first + head - 2])
    ):
        kind = 8
    else:
        growth = 1.0
        if n > 2:
            growth = (times[last - 1] - times[last - 2]) / (times[first + 1] - times[first])
        kind = 9 if growth > slower else 10 if growth * slower < 1.0 else 11
    out[kind] = 1.0


def zoo_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """Izhikevich's neuron under a positive and then a negative input, with its firing types as presets.

    The input is 10 mV/ms from 50 to 450 ms and −10 mV/ms from 600 to 800 ms. The detail names the pattern
    under the positive one: "bursts" if most groups between the first and the last have two spikes or more
    (groups as in `snnlab.neurons.burst_sizes`); "slowing down" if the last interval is more than 1.2 times
    the first.

    Parameters
    ----------
    question : str
        What the reader should ask himself.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``a`` (0.005 to 0.15 /ms), ``b`` (0.15 to 0.3 /ms), ``c`` (−70 to −45 mV), ``d`` (0 to
        10 mV/ms).

    Returns
    -------
    Panel
        ``panel.result`` has ``i``, ``v``, ``u`` (one value a step of 0.1 ms) and ``times`` (spike times, ms);
        ``n`` (all spikes), ``during`` and ``groups`` (spikes and groups under the positive input), ``after``
        and ``before`` (spikes after the negative and before the positive input); and one of ``silent``,
        ``onset``, ``bursting``, ``mixed``, ``adapting``, ``speeding`` and ``tonic`` is 1, the others are 0.

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

    Examples
    --------
    >>> print(zoo_panel(c=-50.0, d=2.0))
    a = 0.020 /ms, b = 0.20 /ms, c = −50.0 mV, d = 2.00 mV/ms: 38 spikes, bursts; 0 after the negative input
    """
    return Panel(
        "zoo",
        title="A zoo of neurons in one equation",
        question=question,
        controls=[
            Control("a", "a", "Speed of recovery", 0.005, 0.15, CELL.a, 0.005, "/ms", colour=3),
            Control("b", "b", "Pull of v on recovery", 0.15, 0.3, CELL.b, 0.01, "/ms", colour=4),
            Control("c", "c", "Reset", -70.0, -45.0, CELL.c, 0.5, "mV", colour=1),
            Control("d", "d", "Recovery per spike", 0.0, 10.0, CELL.d, 0.05, "mV/ms", colour=2),
        ],
        readouts=[
            ReadOut(name)
            for name in (
                "n",
                "during",
                "groups",
                "after",
                "before",
                "silent",
                "onset",
                "bursting",
                "mixed",
                "adapting",
                "speeding",
                "tonic",
            )
        ],
        views=[
            Trace(
                "v",
                DT,
                Axis(-90.0, 40.0, "v (mV)"),
                spikes="times",
                title="Membrane potential over time, and the spikes",
            ),
            Trace(
                "i",
                DT,
                Axis(-30.0, 20.0, "i, u (mV/ms)"),
                name="input i",
                also=(("u", "recovery u", 2),),
                title="The input, first positive, then negative, and the recovery variable that answers it",
            ),
        ],
        sentence=(
            "a = {a} /ms, b = {b} /ms, c = {c} mV, d = {d} mV/ms: {during} {during|spike|spikes}, "
            f"{WORDS}; {{after}} after the negative input"
        ),
        headline="during",
        detail=f"{{during|spike|spikes}} under the positive input: {WORDS}. {{after}} after the negative one",
        kernel=zoo_figure,
        arrays={
            "i": Array((STEPS, 1)),
            "v": Array((STEPS, 1)),
            "u": Array((STEPS, 1)),
            "times": Array((STEPS,), upto="n"),
            "units": Array((STEPS,), "int32", work=True),
            "start": Array((2, 1), work=True),
        },
        constants={
            "v_peak": CELL.v_peak,
            "dt": DT,
            "height": HEIGHT,
            "up": UP[0],
            "up_end": UP[1],
            "down": DOWN[0],
            "down_end": DOWN[1],
            "slower": SLOWER,
            "gap": GAP,
        },
        presets={
            name: {key: getattr(FIRING_TYPES[kind], key) for key in "abcd"}
            for name, kind in (
                ("regular", "RS"),
                ("burst first", "IB"),
                ("chattering", "CH"),
                ("fast", "FS"),
                ("low threshold", "LTS"),
                ("thalamic", "TC"),
                ("resonator", "RZ"),
            )
        },
        python=(
            "import numpy as np\n"
            "from snnlab.neurons import Izhikevich, burst_sizes, simulate_izhikevich\n\n"
            f"i = np.repeat([0.0, {HEIGHT}, 0.0, {-HEIGHT}, 0.0], {_lengths()})  # mV/ms\n"
            f"run = simulate_izhikevich(i, Izhikevich({{a}}, {{b}}, {{c}}, {{d}}), dt={DT})\n"
            "times = run.spikes.times\n"
            f"during = times[(times > {UP[0]}) & (times <= {UP[1]})]\n"
            "print(len(during), burst_sizes(during))"
        ),
        sound=("times",),
        values=values,
        engine=engine,
        goal=goal,
    )


def _lengths() -> list[int]:
    """The pieces of the input, in steps."""
    ends = (0.0, *UP, *DOWN, DURATION)
    return [round((end - start) / DT) for start, end in itertools.pairwise(ends)]
