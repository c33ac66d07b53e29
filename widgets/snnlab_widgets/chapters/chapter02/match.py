"""The panel of the front page: a recorded cell in grey, and a model that is to fire like it."""

import functools
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from snnlab.coding.distances.match import recorded, run_match
from snnlab.data import detect_spikes, load_patch_fast_spiking, measure_membrane
from snnlab.neurons.models.lif import LIF
from snnlab_widgets.core.controls import Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Trace

__all__ = ["match_panel"]

DT, REST, STEP = 0.1, 50.0, 500.0  # ms: a short rest, the step of current, a short rest
SEEN = recorded(REST + STEP + REST, DT)
EVERY = 2  # of the recorded samples that travel to the page
CURRENT = 0.1  # nA: the sweep to match
WINDOW = 4.0  # ms
ONSET_SLOPE = 10.0  # mV/ms: a spike begins where v rises faster

QUESTION = "Grey is a living cell, blue is our model. Can you make it fire like the cell?"


class Measured(NamedTuple):
    """What the recording gives."""

    v: np.ndarray
    """Membrane potential to 0.01 mV, every second sample."""
    times: np.ndarray
    """Spike times from the begin of what is shown, ms."""
    sweep: int
    """Which sweep it is."""
    neuron: LIF
    """The numbers of a LIF neuron, measured one by one."""


@functools.cache
def measured() -> Measured:
    """The sweep to match, and the numbers that can be read from the recording.

    Rest, resistance and time constant come from a weak negative step. The other three come from the sweep
    itself: the threshold is where its spikes begin, the reset is the lowest point between two spikes, and
    the refractory time is what is left of an interval when the climb from one to the other is taken off.
    """
    cell = load_patch_fast_spiking()
    membrane = measure_membrane(cell)
    sweep = int(np.argmin(np.abs(cell.step_current - CURRENT)))
    start, stop = cell.step
    shown = slice(round((start - REST) / cell.dt), round((stop + REST) / cell.dt))
    v = cell.v[shown, sweep]
    times = detect_spikes(cell)[sweep : sweep + 1].between(start - REST, stop + REST).times

    steep = np.diff(v) / cell.dt > ONSET_SLOPE
    peaks = np.rint(times / cell.dt).astype(int)
    rises = [peak - 30 + int(np.argmax(steep[peak - 30 : peak])) for peak in peaks]
    v_th = float(np.median(v[rises]))
    v_reset = float(np.median([v[a:b].min() for a, b in pairwise(peaks)]))
    v_end = membrane.v_rest + membrane.r_m * float(cell.step_current[sweep])
    climb = membrane.tau_m * np.log((v_end - v_reset) / (v_end - v_th))
    t_ref = float(np.diff(times).mean() - climb)
    rounded = (round(x, 1) for x in (membrane.v_rest, v_reset, v_th, t_ref))
    neuron = LIF(round(membrane.tau_m, 1), float(round(membrane.r_m)), *rounded)
    return Measured(np.rint(100 * v[::EVERY]) / 100, times.copy(), sweep, neuron)


def match_panel(*, question: str = QUESTION, engine: str = "browser", **values: float) -> Panel:
    """A leaky integrate-and-fire neuron that is to fire like a recorded cell.

    The cell is the fast-spiking one of `snnlab.data`, with half a second of 0.1 nA. Threshold and current of
    the model are the reader's; its other numbers are measured on the recording. The match is that of
    `snnlab.coding.distances.match`, with a window of 4 ms.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    **values
        Start values: ``v_th`` (−48 to −28 mV), ``current`` (0.05 to 0.15 nA).

    Returns
    -------
    Panel
        ``panel.result`` has ``v`` (mV, one value a step), ``times`` (spike times, ms), ``cell_v`` (mV) and
        ``cell_times`` (ms) of the cell, ``match`` (%), ``n`` and ``n_cell`` (spikes), ``hits`` (spikes that
        coincide) and ``gamma`` (the coincidence factor).

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

    Examples
    --------
    >>> panel = match_panel(v_th=-36.6, current=0.1)
    >>> panel.result.n == panel.result.n_cell
    True
    """
    cell = measured()
    neuron = cell.neuron
    return Panel(
        "match",
        title="Make it fire like this cell",
        question=question,
        controls=[
            Control("v_th", "v_th", "Threshold", -48.0, -28.0, -31.0, 0.1, "mV", colour=1),
            Control("current", "i", "Input current", 0.05, 0.15, 0.09, 0.001, "nA", colour=3),
        ],
        readouts=[
            ReadOut("match", 0, "%"),
            ReadOut("n"),
            ReadOut("n_cell"),
            ReadOut("hits"),
            ReadOut("gamma", 2),
        ],
        views=[
            Trace(
                "v",
                DT,
                Axis(-68.0, -26.0, "v (mV)"),
                line="v_th",
                spikes="times",
                on=("current", REST, REST + STEP),
                behind="cell_v",
                name="model",
                behind_name="cell",
                behind_spikes="cell_times",
                rows=("cell", "model"),
                title="Membrane potential of a recorded cell in grey, of the model over it, and the spikes",
            ),
        ],
        sentence=(
            "v_th = {v_th} mV, i = {current} nA: {n} {n|spike|spikes} where the cell has {n_cell}, "
            "{hits} within " + f"{WINDOW:g} ms" + ", match {match} %"
        ),
        headline="match",
        detail="match: {n} {n|spike|spikes} where the cell has {n_cell}, {hits} on time",
        kernel=run_match,
        arrays={
            "seen": SEEN,
            "cell_times": cell.times,
            "cell_v": cell.v,
        },
        constants={"neuron": neuron, "dt": DT, "rest": round(REST / DT), "window": WINDOW},
        presets={
            "silent": {"v_th": -30.0, "current": 0.06},
            "too eager": {"v_th": -46.0, "current": 0.14},
        },
        python=(
            "from snnlab.coding.distances.match import match_lif\n"
            "from snnlab.data import detect_spikes, load_patch_fast_spiking\n"
            "from snnlab.neurons import LIF\n\n"
            "recording = load_patch_fast_spiking()\n"
            "start, stop = recording.step\n"
            f"cell = detect_spikes(recording)[{cell.sweep}:{cell.sweep + 1}]"
            f".between(start - {REST}, stop + {REST})\n"
            f"neuron = LIF(tau_m={neuron.tau_m}, r_m={neuron.r_m}, v_rest={neuron.v_rest}, "
            f"v_reset={neuron.v_reset}, t_ref={neuron.t_ref}, v_th={{v_th}})\n"
            f"seen = match_lif(cell, {{current}}, neuron, rest={REST})\n"
            'print(f"{{seen.match:.0f}} %, {{seen.n}} spikes, {{seen.hits}} on time")'
        ),
        values=values,
        best="match",
        sound=("times", "cell_times"),
        engine=engine,
    )
