"""The panel that the latency benchmark moves: 50 noisy LIF neurons, 5000 steps of 0.1 ms."""

import functools

import numpy as np
from snnlab_widgets import Control, Panel, ReadOut
from snnlab_widgets.core.calls import KernelCall
from snnlab_widgets.core.controls import Array
from snnlab_widgets.views import Axis, Raster, Trace

from snnlab.compiling import kernel
from snnlab.random import uniform

__all__ = ["BIN", "DT", "DURATION", "NEURONS", "START", "STEPS", "noisy_panel", "simulate"]

NEURONS, STEPS, DT = 50, 5000, 0.1
DURATION = STEPS * DT  # ms
TAU_M, V_REST, REFRACTORY = 10.0, -65.0, 20  # ms, mV, steps
ROOM, BIN = 20_000, 10.0  # spikes, ms
START = {"v_th": -50.0, "drive": 14.0, "noise": 2.0}


@kernel
def noisy_population(
    v, first, times, units, strip, state, wait, out, v_th, drive, noise, decay, v_rest, refractory, dt, width,
    seed,
):  # fmt: skip
    """LIF neurons without connections; each step adds a uniform number from -noise/2 to noise/2."""
    neurons = state.shape[0]
    n, n_first = 0, 0
    for k in range(neurons):
        state[k] = v_rest
    for t in range(v.shape[0]):
        for k in range(neurons):
            if wait[k] > 0:
                wait[k] -= 1
                continue
            state[k] = v_rest + drive + (state[k] - v_rest - drive) * decay
            state[k] += noise * (uniform(seed, np.uint64(k), np.uint64(t)) - 0.5)
            if state[k] > v_th and n < times.shape[0]:
                state[k] = v_rest
                wait[k] = refractory
                times[n] = (t + 1) * dt
                units[n] = k
                strip[min(int(times[n] / width), strip.shape[0] - 1)] += 1000.0 / (width * neurons)
                if k == 0:
                    first[n_first] = times[n]
                    n_first += 1
                n += 1
        v[t] = state[0]
    out[0] = n
    out[1] = 1000.0 * n / (neurons * v.shape[0] * dt)
    out[2] = n_first


def noisy_panel(engine: str = "browser") -> Panel:
    """The panel, with the views that fit: one neuron's trace, the raster of all with their rate."""
    return Panel(
        "noisy",
        title="50 noisy LIF neurons",
        question="How does the threshold set the rate of a noisy population?",
        controls=[
            Control("v_th", "v_th", "Threshold", -62.0, -45.0, START["v_th"], 0.1, "mV", colour=1),
            Control("drive", "d", "Mean drive", 0.0, 30.0, START["drive"], 0.1, "mV", colour=2),
            Control("noise", "s", "Noise", 0.0, 4.0, START["noise"], 0.1, "mV", colour=3),
        ],
        readouts=[ReadOut("n"), ReadOut("rate", 1, "Hz"), ReadOut("n_first")],
        views=[
            Trace("v", DT, Axis(-72.0, -42.0, "v (mV)"), line="v_th", spikes="first"),
            Raster("times", "units", NEURONS, DURATION, strip="strip", focus=1),
        ],
        sentence="v_th = {v_th} mV: {n} {n|spike|spikes}, {rate} Hz",
        headline="rate",
        kernel=noisy_population,
        arrays={
            "v": Array((STEPS,)),
            "first": Array((STEPS,), upto="n_first"),
            "times": Array((ROOM,), upto="n"),
            "units": Array((ROOM,), "int32", upto="n"),
            "strip": Array((round(DURATION / BIN),)),
            "state": Array((NEURONS,), work=True),
            "wait": Array((NEURONS,), "int32", work=True),
        },
        constants={
            "decay": float(np.exp(-DT / TAU_M)),
            "v_rest": V_REST,
            "refractory": REFRACTORY,
            "dt": DT,
            "width": BIN,
        },
        seed=1,
        engine=engine,
    )


@functools.cache
def _call() -> KernelCall:
    call = noisy_panel(engine="kernel").call
    assert call is not None
    return call


def simulate(v_th: float) -> dict:
    """The same run for a tool that is not a panel: ``v``, ``times``, ``units``, ``rate`` and the rest."""
    return _call().run(START | {"v_th": v_th, "seed": 1})
