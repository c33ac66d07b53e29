"""The panel of a sound: a row of coincidence detectors between two ears that says where it comes from."""

from typing import TYPE_CHECKING

from snnlab.coding.codes import heard_sound as sound
from snnlab_widgets.core.controls import Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels, Raster

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["heard_sound_panel"]

EDGE, HIGH, MICRO = 1000.0 * sound.WIDEST, 70.0, 1000.0  # µs, spikes, µs in a ms
QUESTION = "Which neurons fire when the sound comes from the left?"


def heard_sound_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A tone from one side, the fibres of both ears, and the row of neurons between them.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``delay`` (−500 to 500 µs, by which the right ear hears later), ``frequency`` (250 to
        1200 Hz), ``jitter`` (0 to 400 µs, standard deviation, of the fibres), ``duration`` (4 to 100 ms),
        ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has ``times`` (ms) and ``units`` (spikes of the fibres, those of the left ear
        first); ``row`` (µs, the delay of each neuron) and ``fired`` (its spikes); ``n``, ``most`` (spikes of
        the busiest neuron), ``busy`` (neurons that fire half as much or more), ``told`` and ``off`` (µs, NaN
        if no neuron fires).

    Examples
    --------
    >>> heard_sound_panel(delay=300).result.off < heard_sound_panel(delay=300, frequency=1200).result.off
    True
    """
    return Panel(
        "heard_sound",
        title="Where does the sound come from?",
        question=question,
        controls=[
            Control(
                "delay",
                "δ",
                "Delay of the right ear",
                -MICRO * sound.FARTHEST,
                MICRO * sound.FARTHEST,
                0.0,
                20.0,
                "µs",
                colour=2,
            ),
            Control(
                "frequency",
                "f",
                "Frequency of the tone",
                sound.LOWEST,
                sound.HIGHEST,
                500.0,
                50.0,
                "Hz",
                colour=1,
            ),
            Control(
                "jitter", "σ", "Jitter of the fibres", 0.0, MICRO * sound.LOOSEST, 100.0, 10.0, "µs", colour=4
            ),
            Control("duration", "", "Heard for", 4.0, sound.LONGEST, 100.0, 4.0, "ms", colour=6),
        ],
        readouts=[
            ReadOut("n"),
            ReadOut("most"),
            ReadOut("busy"),
            ReadOut("told", 0, "µs", none="no answer"),
            ReadOut("off", 0, "µs"),
        ],
        views=[
            Raster(
                "times",
                "units",
                2 * sound.FIBRES,
                sound.SHOWN,
                label="fibre",
                groups=(("left ear", sound.FIBRES), ("right ear", sound.FIBRES)),
                title="Spikes of ten fibres from each ear in the first 20 ms",
            ),
            Kernels(
                "row",
                (("fired", "row", 3),),
                Axis(-EDGE, EDGE, "delay of the neuron (µs)"),
                Axis(0.0, HIGH, "spikes"),
                handles=(Handle("Where the sound is", "delay", "most"),),
                title="How often each neuron of the row fires, against its delay",
            ),
        ],
        sentence=(
            "δ = {delay} µs, {frequency} Hz, σ = {jitter} µs, {duration} ms: [the row says {told} µs, off by "
            "{off} µs; {busy} {busy|neuron fires|neurons fire} at least half as much as the busiest, "
            "which has {most} {most|spike|spikes}]{told|||no neuron fires}"
        ),
        headline="told",
        detail=(
            "[says the row, off by {off}. {busy} of its neurons {busy|fires|fire} at least half as much as "
            "the busiest, which has {most} {most|spike|spikes}]{told|||no neuron of the row fires}"
        ),
        play=("duration", "Listen"),
        kernel=sound.run_sound,
        arrays={"seen": sound.recorded()} | scratch(sound.buffers()),
        constants={"neuron": sound.QUICK},
        presets={
            "from the left": {"delay": 300.0},
            "one cycle": {"delay": 300.0, "duration": 4.0},
            "loose fibres": {"delay": 300.0, "jitter": 250.0},
            "a higher tone": {"delay": 400.0, "frequency": 1000.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.coding.codes.heard_sound import heard_sound\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws another one\n"
            "seed = np.uint64({seed})\n"
            "seen = heard_sound({delay} / 1000, {frequency}, {jitter} / 1000, {duration}, rng=seed)\n"
            'print(f"{{seen.told:.0f}} µs, off by {{seen.off:.0f}}")'
        ),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
