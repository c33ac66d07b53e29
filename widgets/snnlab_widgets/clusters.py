"""The panel of receptive fields: sixteen neurons learn small digits while one looks."""

import math
from typing import TYPE_CHECKING

import numpy as np

from snnlab._kernel import kernel
from snnlab.learning.competitive import Shown, normalise, present
from snnlab_widgets.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.small_digits import (
    CLASSES,
    PAUSE,
    PIXELS,
    ROOM,
    SHOW,
    SMALL,
    N,
    begin,
    images_of,
    small_net,
)
from snnlab_widgets.views import HeatMap, Histogram

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["clusters_panel"]

LEARNT, TESTED = 120, 40
SIDE, TILE, GAP = 4, 8, 1  # tiles in a row, pixels of a tile, and between two
WHITE = 0.6  # the weight that has the last colour
QUESTION = "Nobody says what these digits are. What will the weights of sixteen neurons look like?"


@kernel
def clusters_figure(
    pixels, kinds, new_pixels, new_kinds, image, w, rows, x, lit, ends, drawn, when, counts, no_times, no_units,
    votes, seen, labels, fields, each, out,
    shown, theta_plus, g_in, pause, dt, p, seed,
):  # fmt: skip
    """The weights after so many images, as tiles; the spikes of each neuron; how many new images it knows."""
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
        seen[kinds[s]] += 1.0
        for k in range(counts.size):
            each[k] += counts[k]
            votes[kinds[s], k] += counts[k]
    normalise(w, net.total)
    for k in range(w.shape[1]):
        for j in range(w.shape[0]):
            row, column = k // 4 * 9 + j // 8, k % 4 * 9 + j % 8
            fields[35 - row, column] = w[j, k]
    for line in range(36):
        for tile in range(4):
            fields[35 - line, 9 * tile + 8], fields[35 - 9 * tile - 8, line] = math.nan, math.nan

    out[0] = alike(w)
    busy = 0
    for k in range(each.size):
        busy += each[k] > 0
    out[1] = busy
    out[2] = math.nan
    if shown > 0:
        for k in range(counts.size):  # each neuron votes for the class to which it answered most
            best = 0
            for c in range(seen.size):
                votes[c, k] /= max(seen[c], 1.0)
                if votes[c, k] > votes[best, k]:
                    best = c
            labels[k] = best if votes[best, k] > 0.0 else -1
        out[2] = 100.0 * known(
            new_pixels, new_kinds, image, p, room, w, layer, net, dt, counts, no_times, no_units, seed, stream,
            seen, labels,
        ) / new_kinds.size  # fmt: skip


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


@kernel
def known(
    pixels, kinds, image, p, room, w, layer, net, dt, counts, no_times, no_units, seed, stream, means, labels
):
    """How many images get the right name by the mean response of the neurons of each class."""
    right = 0
    for s in range(kinds.size):
        for j in range(image.size):
            image[j] = pixels[s, j] / 16.0
        for k in range(counts.size):
            layer.v[k], layer.g_ex[k], layer.g_in[k], layer.left[k] = net.v_rest, 0.0, 0.0, 0.0
            layer.partner_v[k], layer.partner_g[k], layer.partner_left[k] = net.partner_rest, 0.0, 0.0
        stream = present(
            image, p, room, 0, w, layer, net, dt, False, counts, no_times, no_units, seed, stream
        )
        best, highest = -1, 0.0
        for c in range(means.size):
            members, total = 0, 0.0
            for k in range(counts.size):
                if labels[k] == c:
                    members += 1
                    total += counts[k]
            if members > 0 and total / members > highest:
                best, highest = c, total / members
        right += best == kinds[s]
    return right


def clusters_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """Sixteen competing neurons that learn digits of 8 x 8 pixels from 0 to 3, at steps of 1 ms.

    The network is that of `snnlab.learning.ClusterNet`, with numbers that suit 64 pixels and a quick learner.
    The button *Show images* shows two more and two more.

    Parameters
    ----------
    question : str
        What the reader should ask himself.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``shown`` (0 to 120 images), ``theta_plus`` (0 to 0.3 mV, by how much a spike raises the
        threshold), ``g_in`` (0 to 17, the inhibition of a spike in units of the leak), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has ``fields``, the weights of the sixteen neurons as tiles, shape (36, 36), the first
        row at the bottom; ``each`` (spikes of each neuron); ``alike`` (mean correlation of two fields),
        ``busy`` (neurons that have fired), ``right`` (% of 40 new images that get the right name).

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

    Examples
    --------
    >>> panel = clusters_panel(engine="kernel")
    >>> panel.theta_plus = 0.0
    >>> panel.result.right < 50
    True
    """
    x, y = images_of(0, LEARNT)
    new_x, new_y = images_of(0, TESTED, tested=True)
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
        readouts=[ReadOut("alike", 2), ReadOut("busy"), ReadOut("right", 0, "%")],
        views=[
            HeatMap(
                "fields",
                0.0,
                SIDE,
                0.0,
                SIDE,
                "sixteen neurons",
                "8 x 8 weights each",
                0.0,
                WHITE,
                "weight",
                title="The weights of sixteen neurons, each a tile of 8 by 8 pixels",
            ),
            Histogram(
                "each", 0.5, N + 0.5, "neuron", "spikes", title="How many spikes each neuron has fired"
            ),
        ],
        sentence=(
            "{shown} images, θ₊ = {theta_plus} mV, g₋ = {g_in}: {busy} of 16 neurons have fired, their fields "
            "correlate by {alike}, {right} % of new images right"
        ),
        headline="right",
        detail=(
            "of 40 new images get the right name; {busy} of 16 neurons have fired, their fields correlate by "
            "{alike}"
        ),
        kernel=clusters_figure,
        arrays={
            "pixels": x,
            "kinds": y,
            "new_pixels": new_x,
            "new_kinds": new_y,
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
            "votes": Array((CLASSES, N), work=True),
            "seen": Array((CLASSES,), work=True),
            "labels": Array((N,), "int32", work=True),
            "fields": Array((SIDE * (TILE + GAP), SIDE * (TILE + GAP))),
            "each": Array((N,)),
        },
        constants={"pause": PAUSE, "dt": 1.0, "p": SMALL.rate / 1000.0},
        presets={
            "no adaptation": {"theta_plus": 0.0, "shown": LEARNT},
            "no inhibition": {"g_in": 0.0, "shown": LEARNT},
            "after 120 images": {"shown": LEARNT},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.data import load_digits\n"
            "from snnlab.learning import ClusterNet, initial_clusters, learn_clusters\n\n"
            "digits = load_digits()\n"
            "images = digits.x_train[digits.y_train < 4][:120] / 16\n"
            "net = ClusterNet(theta_plus={theta_plus}, g_in={g_in}, rate=255, total=11, eta_post=0.05,\n"
            "                 show=200, pause=100, least=0)\n"
            "rng = np.random.default_rng()\n"
            "start = initial_clusters(16, 64, net, rng=rng)\n"
            "run = learn_clusters(start, images, net, shown={shown}, dt=1.0, rng=rng, progress=False)\n"
            "print(run.clusters.w.reshape(16, 8, 8).shape)"
        ),
        play=("shown", "Show images"),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
