"""The panel of the front page: a recorded cell in grey, and a model that is to fire like it."""

import functools
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from snnlab.coding.coincidence import count_coincidences, factor_of_counts
from snnlab.compiling import kernel
from snnlab.data import detect_spikes, load_patch_fast_spiking, measure_membrane
from snnlab.neurons.lif import LIF, State, run_one
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Trace

__all__ = ["match_panel"]

DT, REST, STEP = 0.1, 50.0, 500.0  # ms: a short rest, the step of current, a short rest
STEPS = round((REST + STEP + REST) / DT)
EVERY = 2  # of the recorded samples that travel to the page
CURRENT = 0.1  # nA: the sweep to match
WINDOW = 4.0  # ms
ONSET_SLOPE = 10.0  # mV/ms: a spike begins where v rises faster

QUESTION = "Grey is a living cell, blue is our model. Can you make it fire like the cell?"


@kernel
def match_figure(
    i, v, times, recorded, cell_times, cell_v, out,
    v_th, current, tau_m, r_m, v_rest, v_reset, t_ref, dt, onset, offset, window,
):  # fmt: skip
    """The model under a step of current, and how well its spikes match those of the cell.

    The match begins with the number of spikes, which counts nothing if it is off by half. The number earns
    one half of it; the other half is the coincidence factor, as far as that is above chance.
    """
    for t in range(onset, offset):
        i[t] = current
    n, _ = run_one(i, v, times, State(v_rest, 0), tau_m, r_m, v_rest, v_reset, v_th, t_ref, dt)
    n_cell = cell_times.size
    hits = count_coincidences(cell_times, n_cell, times, n, window)
    gamma = factor_of_counts(hits, n_cell, n, window, (offset - onset) * dt)
    number = max(0.0, 1.0 - 2.0 * abs(n - n_cell) / n_cell)
    out[0] = 100.0 * number * (0.5 + 0.5 * (gamma if gamma > 0.0 else 0.0))
    out[1] = n
    out[2] = n_cell
    out[3] = hits
    out[4] = gamma
    for k in range(recorded.size):
        cell_v[k] = 0.01 * recorded[k]


class Measured(NamedTuple):
    """What the recording gives."""

    recorded: np.ndarray
    """Membrane potential in units of 0.01 mV, every second sample, int32."""
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
    neuron = LIF(
        round(membrane.tau_m, 1), round(membrane.r_m), round(membrane.v_rest, 1),
        round(v_reset, 1), round(v_th, 1), round(t_ref, 1),
    )  # fmt: skip
    return Measured(np.rint(100 * v[::EVERY]).astype(np.int32), times.copy(), sweep, neuron)


def match_panel(*, question: str = QUESTION, engine: str = "browser", **values: float) -> Panel:
    """A leaky integrate-and-fire neuron that is to fire like a recorded cell.

    The cell is the fast-spiking one of `snnlab.data`, with half a second of 0.1 nA. Threshold and current of
    the model are the reader's; its other numbers are measured on the recording. The coincidence factor Γ
    alone would be hard to climb: two regular trains hardly ever coincide unless their rates agree. So the
    match is ``100 (1 - 2 |n - n_cell| / n_cell) (1 + Γ) / 2``, with a window of 4 ms, and with 0 for whatever
    is negative: the number of spikes leads the way, their times give the last half.

    Parameters
    ----------
    question : str
        What the reader should ask himself.
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
        kernel=match_figure,
        arrays={
            "i": Array((STEPS,), work=True),
            "v": Array((STEPS,)),
            "times": Array((STEPS,), upto="n"),
            "recorded": cell.recorded,
            "cell_times": cell.times,
            "cell_v": Array(cell.recorded.shape),
        },
        constants={
            "tau_m": neuron.tau_m,
            "r_m": float(neuron.r_m),
            "v_rest": neuron.v_rest,
            "v_reset": neuron.v_reset,
            "t_ref": neuron.t_ref,
            "dt": DT,
            "onset": round(REST / DT),
            "offset": round((REST + STEP) / DT),
            "window": WINDOW,
        },
        presets={
            "silent": {"v_th": -30.0, "current": 0.06},
            "too eager": {"v_th": -46.0, "current": 0.14},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.coding import coincidence_factor\n"
            "from snnlab.data import detect_spikes, load_patch_fast_spiking\n"
            "from snnlab.neurons import LIF, simulate_lif\n\n"
            "cell = load_patch_fast_spiking()\n"
            f"seen = detect_spikes(cell)[{cell.sweep}:{cell.sweep + 1}].between(*cell.step)\n"
            f"neuron = LIF(tau_m={neuron.tau_m}, r_m={neuron.r_m}, v_rest={neuron.v_rest}, "
            f"v_reset={neuron.v_reset}, t_ref={neuron.t_ref}, v_th={{v_th}})\n"
            f"run = simulate_lif(np.full({round(STEP / DT)}, {{current}}), neuron, dt={DT})\n"
            f"print(run.spikes.n_spikes, coincidence_factor(seen, run.spikes, window={WINDOW}))"
        ),
        values=values,
        best="match",
        sound=("times", "cell_times"),
        engine=engine,
    )
