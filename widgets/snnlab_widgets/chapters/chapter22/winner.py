"""The panel of the winner: one image, six times, and who answers it."""

from typing import TYPE_CHECKING

import numpy as np

from snnlab.compiling import kernel
from snnlab.learning.winner_take_all import Shown, normalise, present
from snnlab_widgets.chapters.chapter22.small_digits import (
    PAUSE,
    PIXELS,
    ROOM,
    SHOW,
    N,
    begin,
    images_of,
    small_net,
    taking_part,
)
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Histogram, Raster

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["winner_panel"]

SHOWINGS = 6
DURATION = SHOWINGS * (SHOW + PAUSE)  # ms
MOST = 40 * DURATION // 5  # spikes
QUESTION = (
    "One of nine neurons takes the zero every time. Who would without inhibition, and who if thresholds rise?"
)


@kernel
def winner_figure(
    pixels, image, w, rows, x, lit, ends, drawn, when, counts, some_times, some_units, times, units, each,
    out, theta_plus, g_in, rate, seed,
):  # fmt: skip
    """All spikes of the layer while one image comes again and again, and how many each neuron has."""
    net = small_net(theta_plus, g_in, rate)
    layer = begin(w, rows, x, net, seed)
    shown = Shown(lit, ends, drawn, when)
    for j in range(image.size):
        image[j] = pixels[j] / 16.0
    n, stream, span = 0, np.uint64(1), ends.size - 1 + 40
    first = last = -1
    for showing in range(6):
        normalise(w, net.total)
        stream = present(
            image, rate / 1000.0, shown, 40, w, layer, net, 1.0, True, counts, some_times, some_units, seed,
            stream,
        )  # fmt: skip
        made, best = 0, 0
        for k in range(counts.size):
            each[k] += counts[k]
            made += counts[k]
            if counts[k] > counts[best]:
                best = k
        for e in range(min(made, some_times.size)):
            if n < times.size:
                times[n], units[n] = showing * span + some_times[e], some_units[e]
                n += 1
        if made > 0:
            last = best + 1
            if showing == 0:
                first = best + 1
    most, total = 0.0, 0.0
    for k in range(each.size):
        most = max(most, each[k])
        total += each[k]
    out[0] = n
    out[1] = taking_part(each)
    out[2] = 100.0 * most / total if total > 0.0 else np.nan
    out[3] = first if first > 0 else np.nan
    out[4] = last if last > 0 else np.nan


def winner_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """Nine neurons that see one image six times and compete for it, at steps of 1 ms.

    The network is that of `snnlab.learning.ClusterNet`, with numbers that suit 64 pixels and a quick learner.

    Parameters
    ----------
    question : str
        What the reader should ask himself.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``theta_plus`` (0 to 1 mV, by how much a spike raises the threshold), ``g_in`` (0 to 17,
        the inhibition of a spike in units of the leak), ``rate`` (60 to 400 Hz, of a white pixel), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has ``times`` (ms) and ``units`` of the spikes, ``each`` (spikes of each neuron),
        ``n`` (all of them), ``busy`` (neurons with a quarter of an even share), ``share`` (% of the
        spikes that the busiest fired), ``first`` and ``last`` (the neurons, from 1, that fired most at the
        first and at the last showing; NaN if none did).

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

    Examples
    --------
    >>> panel = winner_panel(engine="kernel")
    >>> panel.g_in = 0.0
    >>> panel.result.busy
    9.0
    """
    return Panel(
        "winner",
        title="Who wins",
        question=question,
        controls=[
            Control(
                "theta_plus", "θ_+", "A spike raises the threshold by", 0.0, 1.0, 0.0, 0.05, "mV", colour=3
            ),
            Control("g_in", "g_-", "Inhibition by a spike", 0.0, 17.0, 17.0, 0.5, "", colour=2),
            Control("rate", "r", "Rate of a white pixel", 60.0, 400.0, 255.0, 5.0, "Hz", colour=6),
        ],
        readouts=[
            ReadOut("n"),
            ReadOut("busy"),
            ReadOut("share", 0, "%"),
            ReadOut("first"),
            ReadOut("last"),
        ],
        views=[
            Raster(
                "times",
                "units",
                N,
                DURATION,
                title="Spikes of nine neurons while one image is shown six times, 100 ms each",
            ),
            Histogram(
                "each", Axis(0.5, N + 0.5, "neuron"), "spikes", title="How many spikes each neuron fired"
            ),
        ],
        sentence=(
            "θ₊ = {theta_plus} mV, g₋ = {g_in}, r = {rate} Hz: {busy} of 9 neurons take part, "
            "the busiest {share} % of {n} spikes"
        ),
        headline="busy",
        detail="of 9 neurons take part; the busiest has {share} % of the {n} spikes",
        kernel=winner_figure,
        arrays={
            "pixels": images_of(1)[0],
            "image": Array((PIXELS,), work=True),
            "w": Array((PIXELS, N), work=True),
            "rows": Array((10, N), work=True),
            "x": Array((PIXELS,), work=True),
            "lit": Array((ROOM,), "int32", work=True),
            "ends": Array((SHOW + 1,), "int32", work=True),
            "drawn": Array((ROOM,), "int32", work=True),
            "when": Array((ROOM,), "int32", work=True),
            "counts": Array((N,), "int32", work=True),
            "some_times": Array((MOST,), work=True),
            "some_units": Array((MOST,), "int32", work=True),
            "times": Array((MOST,), upto="n"),
            "units": Array((MOST,), "int32", upto="n"),
            "each": Array((N,)),
        },
        presets={
            "no inhibition": {"g_in": 0.0},
            "thresholds adapt": {"theta_plus": 0.5},
            "dark": {"rate": 80.0},
        },
        python=(
            "from snnlab_widgets import winner_panel\n\n"
            "# the run of this picture; snnlab.learning.learn_clusters lets your own images compete\n"
            "panel = winner_panel(theta_plus={theta_plus}, g_in={g_in}, rate={rate}, seed={seed})\n"
            "print(panel.result.each)\n"
            'print(f"{{panel.result.n:.0f}}")'
        ),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
