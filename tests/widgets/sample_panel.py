"""A panel with the views that panels of the course use in part: several lines, kernels, a heat map."""

import math

from snnlab_widgets import Array, Axis, Control, Handle, HeatMap, Kernels, Panel, ReadOut, Trace

from snnlab.compiling import kernel

DT, STEPS, POINTS, ROWS, COLUMNS = 0.5, 4000, 101, 20, 30


@kernel
def sample_figure(v, u, w, times, s, rise, fall, rate, out, tau, a, dt):
    """Two exponentials over time and as kernels, and a surface over both controls."""
    n = 0
    for t in range(v.size):
        now = (t + 1) * dt
        v[t] = a * math.exp(-now / (10.0 * tau))
        u[t] = a - v[t]
        w[t] = 0.5 * a
        if t % 400 == 399:
            times[n] = now
            n += 1
    for k in range(s.size):
        s[k] = 100.0 * k / (s.size - 1)
        rise[k] = a * (1.0 - math.exp(-s[k] / tau))
        fall[k] = -a * math.exp(-s[k] / tau)
    for row in range(rate.shape[0]):
        for column in range(rate.shape[1]):
            rate[row, column] = math.nan if row == 3 and column == 5 else row * column / 570.0 * a
    out[0] = a * math.exp(-1.0)
    out[1] = n


def sample_panel(engine="browser", **values):
    """`values` are ``tau`` (5 to 50 ms) and ``a`` (0 to 4 mV)."""
    return Panel(
        "sample",
        title="A sample",
        question="What do the new views look like?",
        controls=[
            Control("tau", "τ", "Time constant", 5.0, 50.0, 20.0, 0.5, "ms", colour=2),
            Control("a", "a", "Amplitude", 0.0, 4.0, 2.0, 0.1, "mV", colour=1),
        ],
        readouts=[ReadOut("e", 2, "mV"), ReadOut("n")],
        views=[
            Trace(
                "v",
                DT,
                Axis(0.0, 4.0, "v (mV)"),
                also=(("u", "recovery u", 2), ("w", "half", 4)),
                until=500.0,
                spikes="times",
                title="Two lines over time",
            ),
            Trace("v", DT, Axis(0.0, 4.0, "v (mV)"), title="All of one line, without spikes"),
            Kernels(
                "s",
                (("rise", "rise ε", 2), ("fall", "fall η", 1)),
                Axis(0.0, 100.0, "s (ms)"),
                Axis(-4.0, 4.0, "mV"),
                handles=(Handle("Rise", "tau", ("a", 1 - math.exp(-1))), Handle("Fall", 0.0, ("a", -1.0))),
            ),
            HeatMap(
                "rate",
                Axis(5.0, 50.0, "τ (ms)"),
                Axis(0.0, 4.0, "a (mV)"),
                Axis(0.0, 4.0, "rate (Hz)"),
                at=Handle("Place", "tau", "a"),
            ),
        ],
        sentence="τ = {tau} ms, a = {a} mV: {e} mV",
        headline="e",
        kernel=sample_figure,
        arrays={
            "v": Array((STEPS,)),
            "u": Array((STEPS,)),
            "w": Array((STEPS,)),
            "times": Array((10,), upto="n"),
            "s": Array((POINTS,)),
            "rise": Array((POINTS,)),
            "fall": Array((POINTS,)),
            "rate": Array((ROWS, COLUMNS)),
        },
        constants={"dt": DT},
        values=values,
        engine=engine,
    )  # fmt: skip
