"""The panel of the model zoo: Izhikevich's neuron, whose four numbers choose how it fires."""

from typing import TYPE_CHECKING

from snnlab.neurons.experiments.firing_pattern import DOWN, DT, UP, recorded, run_pattern
from snnlab.neurons.experiments.repertoire import GAP, SLOWER
from snnlab.neurons.models.izhikevich import FIRING_TYPES, Izhikevich
from snnlab.records import numbers_of
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["zoo_panel"]

HEIGHT = 10.0  # mV/ms, of both inputs
SEEN = recorded()
CELL = Izhikevich()
QUESTION = "Four numbers, and no other difference: which of them makes a neuron burst?"
WORDS = (
    "{silent|no spike|}{onset|at the onset only|}{bursting|bursts|}{mixed|a burst, then single spikes|}"
    "{adapting|slowing down|}{speeding|speeding up|}{tonic|regular|}"
)


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
        What readers should ask themselves.
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
        readouts=[ReadOut(name) for name in numbers_of(type(SEEN))],
        views=[
            Trace(
                "v",
                DT,
                Axis(-90.0, 40.0, "v (mV)"),
                line="c",
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
        kernel=run_pattern,
        arrays={
            "seen": SEEN,
            "units": Array(SEEN.times.shape, "int32", work=True),
            "begin": Array((2, 1), work=True),
        },
        constants={
            "neuron": CELL,
            "height": HEIGHT,
            "up": UP[0],
            "up_end": UP[1],
            "down": DOWN[0],
            "down_end": DOWN[1],
            "slower": SLOWER,
            "gap": GAP,
            "dt": DT,
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
            "from snnlab.neurons import Izhikevich\n"
            "from snnlab.neurons.experiments.firing_pattern import firing_pattern\n\n"
            "seen = firing_pattern(Izhikevich({a}, {b}, {c}, {d}))\n"
            'print(f"{{seen.during}} spikes in {{seen.groups}} groups, {{seen.after}} after inhibition")'
        ),
        sound=("times",),
        values=values,
        engine=engine,
        goal=goal,
    )
