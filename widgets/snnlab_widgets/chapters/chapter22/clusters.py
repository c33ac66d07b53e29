"""The panel of receptive fields: nine neurons learn small digits while one looks."""

import math
from typing import TYPE_CHECKING

import numpy as np

from snnlab.compiling import kernel
from snnlab.learning.winner_take_all import Shown, normalise, present
from snnlab_widgets.chapters.chapter22.small_digits import (
    PAUSE,
    PIXELS,
    ROOM,
    SHOW,
    SMALL,
    N,
    begin,
    images_of,
    small_net,
    taking_part,
)
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, HeatMap, Histogram

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["clusters_panel"]

LEARNT = 80
SIDE, TILE, GAP = 3, 8, 1  # tiles in a row, pixels of a tile, and between two
WHITE = 0.45  # the weight that has the last colour
QUESTION = "Nobody says what these digits are. What will the weights of nine neurons look like?"


@kernel
def clusters_figure(
    pixels, image, w, rows, x, lit, ends, drawn, when, counts, no_times, no_units, fields, each, out,
    shown, theta_plus, g_in, pause, dt, p, seed,
):  # fmt: skip
    """The weights after so many images, as tiles, and how many spikes each neuron has fired."""
    net = small_net(theta_plus, g_in, p * 1000.0 / dt)
    layer = begin(w, rows, x, net, seed)
    room = Shown(lit, ends, drawn, when)
    stream = np.uint64(1)
    for s in range(int(shown)):
        normalise(w, net.total)
        for j in range(image.size):
            image[j] = pixels[s, j] / 16.0
        stream = present(
            image, p, room, pause, w, layer, net, dt, True, counts, no_times, no_units, seed, stream
        )
        for k in range(counts.size):
            each[k] += counts[k]
    normalise(w, net.total)
    for k in range(w.shape[1]):
        for j in range(w.shape[0]):
            row, column = k // 3 * 9 + j // 8, k % 3 * 9 + j % 8
            fields[26 - row, column] = w[j, k]
    for line in range(27):  # between the tiles
        for tile in range(3):
            fields[26 - line, 9 * tile + 8], fields[26 - 9 * tile - 8, line] = math.nan, math.nan

    out[0] = alike(w)
    out[1] = taking_part(each)


@kernel
def alike(w):
    """The mean correlation of two columns of `w`."""
    total, pairs = 0.0, 0
    for a in range(w.shape[1]):
        for b in range(a):
            x = y = xx = yy = xy = 0.0
            for j in range(w.shape[0]):
                x += w[j, a]
                y += w[j, b]
                xx += w[j, a] * w[j, a]
                yy += w[j, b] * w[j, b]
                xy += w[j, a] * w[j, b]
            n = w.shape[0]
            total += (n * xy - x * y) / math.sqrt((n * xx - x * x) * (n * yy - y * y))
            pairs += 1
    return total / pairs


def clusters_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """Nine competing neurons that learn digits of 8 x 8 pixels from 0 to 3, at steps of 1 ms.

    The network is that of `snnlab.learning.ClusterNet`, with numbers that suit 64 pixels and a quick learner.
    The button *Show images* shows two more and two more; moving another control starts anew (not in a goal).

    Parameters
    ----------
    question : str
        What the reader should ask himself.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``shown`` (0 to 80 images), ``theta_plus`` (0 to 0.3 mV, by how much a spike raises the
        threshold), ``g_in`` (0 to 17, the inhibition of a spike in units of the leak), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has ``fields``, the weights of the nine neurons as tiles, shape (27, 27), the
        first row at the bottom; ``each`` (spikes of each neuron); ``alike`` (mean correlation of two
        fields) and ``busy`` (neurons with a quarter of an even share of the spikes).

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

    Examples
    --------
    >>> panel = clusters_panel(engine="kernel")
    >>> panel.shown = 20
    >>> panel.result.fields.shape
    (27, 27)
    """
    return Panel(
        "clusters",
        title="Receptive fields",
        question=question,
        controls=[
            Control("shown", "n", "Images shown", 0.0, LEARNT, 0.0, 2.0, "", colour=1),
            Control(
                "theta_plus", "θ_+", "A spike raises the threshold by", 0.0, 0.3, 0.1, 0.01, "mV", colour=3
            ),
            Control("g_in", "g_-", "Inhibition by a spike", 0.0, 17.0, 17.0, 0.5, "", colour=2),
        ],
        readouts=[ReadOut("alike", 2), ReadOut("busy")],
        views=[
            HeatMap(
                "fields",
                Axis(0.0, SIDE, "nine neurons"),
                Axis(0.0, SIDE, "8 × 8 weights each"),
                Axis(0.0, WHITE, "weight"),
                title="The weights of nine neurons, each a tile of 8 by 8 pixels",
            ),
            Histogram(
                "each",
                Axis(0.5, N + 0.5, "neuron"),
                "spikes",
                title="How many spikes each neuron has fired",
            ),
        ],
        sentence=(
            "{shown} images, θ₊ = {theta_plus} mV, g₋ = {g_in}: {busy} of 9 neurons take part, two fields "
            "correlate by {alike} on average"
        ),
        headline="alike",
        detail="is the correlation of two fields, on average; {busy} of 9 neurons take part",
        kernel=clusters_figure,
        arrays={
            "pixels": images_of(LEARNT),
            "image": Array((PIXELS,), work=True),
            "w": Array((PIXELS, N), work=True),
            "rows": Array((10, N), work=True),
            "x": Array((PIXELS,), work=True),
            "lit": Array((ROOM,), "int32", work=True),
            "ends": Array((SHOW + 1,), "int32", work=True),
            "drawn": Array((ROOM,), "int32", work=True),
            "when": Array((ROOM,), "int32", work=True),
            "counts": Array((N,), "int32", work=True),
            "no_times": Array((0,), work=True),
            "no_units": Array((0,), "int32", work=True),
            "fields": Array((SIDE * (TILE + GAP), SIDE * (TILE + GAP))),
            "each": Array((N,)),
        },
        constants={"pause": PAUSE, "dt": 1.0, "p": SMALL.rate / 1000.0},
        presets={
            "no adaptation": {"theta_plus": 0.0, "shown": LEARNT},
            "no inhibition": {"g_in": 0.0, "shown": LEARNT},
            "after 80 images": {"shown": LEARNT},
        },
        python=(
            "from snnlab_widgets import clusters_panel\n\n"
            "# the fields of this picture; snnlab.learning.learn_clusters learns your own images\n"
            "panel = clusters_panel(shown={shown}, theta_plus={theta_plus}, g_in={g_in}, seed={seed})\n"
            "print(panel.result.fields.shape)\n"
            'print(f"{{panel.result.alike:.2f}}")'
        ),
        play=("shown", "Show images") if goal is None else (),  # which starts anew when others move
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
