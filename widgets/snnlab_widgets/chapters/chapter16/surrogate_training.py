"""The panel in which a network learns while one looks: random patterns with random labels, by heart."""

import math
from typing import TYPE_CHECKING

import numpy as np

from snnlab.compiling import kernel
from snnlab.learning.adam import update_row
from snnlab.learning.bptt import Data, Net, Numbers, Workspace, batch_gradient, forward
from snnlab.learning.surrogate_network import CurrentLIF
from snnlab.random import uniform
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Histogram, Kernels, Raster

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["surrogate_training_panel"]

SAMPLES, INPUTS, HIDDEN, STEPS, RATE = 256, 100, 4, 200, 5.0  # steps of 1 ms, Hz
MOST_EPOCHS, SHOWN = 300, 30  # patterns in the raster
REACH, BIN = 6.0, 0.5  # of the margins
ROOM = 27_000  # of 25,600 input spikes that are expected, with a standard deviation of 160
NEURON = CurrentLIF()
GAIN = 7.0 * (1.0 - NEURON.beta)

QUESTION = "Four neurons, 256 patterns, labels by chance. How much of it can they learn by heart?"


@kernel
def _patterns(units, start, labels, chance, seed):
    """Poisson spikes, from one spike to the next by one random number, and a label for each pattern."""
    steps, place, n, counter = start.shape[1] - 1, -1, 0, np.uint64(0)
    skip = 1.0 / math.log(1.0 - chance)
    following = int(math.log(1.0 - uniform(seed, np.uint64(1), counter)) * skip)
    for sample in range(labels.size):
        labels[sample] = 1 if uniform(seed, np.uint64(2), np.uint64(sample)) < 0.5 else 0
        start[sample, 0] = n
        for t in range(steps):
            place = (sample * steps + t) * INPUTS
            while following < place + INPUTS and n < units.size:
                units[n] = following - place
                n += 1
                counter += np.uint64(1)
                following += 1 + int(math.log(1.0 - uniform(seed, np.uint64(1), counter)) * skip)
            start[sample, t + 1] = n


@kernel
def _weights(w, spread, stream, seed):
    """Nearly normal numbers, each the sum of twelve uniform ones, without a logarithm."""
    counter = np.uint64(0)
    for pre in range(w.shape[0]):
        for post in range(w.shape[1]):
            total = -6.0
            for _ in range(12):
                total += uniform(seed, stream, counter)
                counter += np.uint64(1)
            w[pre, post] = spread / math.sqrt(w.shape[0]) * total


@kernel
def _learn_on(net, gradient, mean, square, step, rate):
    """One step of Adam, a row at a time."""
    for w, g, m, q in zip(net, gradient, mean, square):  # noqa: B905  kernels know no strict=
        for k in range(w.shape[0]):
            update_row(w[k], g[k], m[k], q[k], step, rate, 0.9, 0.999, 1e-8)


@kernel
def surrogate_training_figure(
    units, start, labels, w_in, w_out, g_in, g_out, m_in, m_out, q_in, q_out, losses, accuracies, spikes,
    memory, drawn_from, rec, which, v, u, hidden, readout, when, own_units, own_values, own_start, found,
    times, rows, margins, epoch, loss, accuracy, out,
    epochs, log_width, rate, height, alpha, beta, chance, gain, shown, bin_width, seed,
):  # fmt: skip
    """The network after so many epochs; it goes on from where it was, if nothing else has changed."""
    data = Data(units, start, labels)
    net, gradient = Net(w_in, rec, w_out), Net(g_in, rec, g_out)
    mean, square = Net(m_in, rec, m_out), Net(q_in, rec, q_out)
    numbers = Numbers(alpha, beta, beta, 10.0**log_width, height, 0, False, False, False)
    trial = Workspace(
        v, u, hidden[0], hidden[1], hidden[2], hidden[3], hidden[4], hidden[5], hidden[6], hidden[7],
        readout[0], readout[1], readout[2], readout[3], readout[4], readout[5], when,
        own_units, own_values, own_start, rec,
    )  # fmt: skip
    for k in range(which.size):
        which[k] = k
    begun = memory[0] > 0.0
    same_data = begun and drawn_from[0] == seed
    same = same_data and memory[1] == log_width and memory[2] == rate and memory[3] == height
    if not same_data:
        _patterns(units, start, labels, chance, seed)
    if not same or memory[4] > epochs:
        _weights(w_in, gain, np.uint64(3), seed)
        _weights(w_out, gain, np.uint64(4), seed)
        for part in (m_in, m_out, q_in, q_out):
            for k in range(part.shape[0]):
                part[k] = 0.0
        memory[0], memory[1], memory[2], memory[3], memory[4] = 1.0, log_width, rate, height, -1.0
        drawn_from[0] = seed
    while memory[4] < epochs:
        done = int(memory[4]) + 1
        if done > 0:
            _learn_on(net, gradient, mean, square, done, rate)
        batch_gradient(which, data, net, numbers, trial, 0.0, 0.0, gradient, found)
        losses[done], accuracies[done], spikes[done] = found[0], found[1], found[2]
        memory[4] = done

    last = int(memory[4])
    for k in range(epoch.size):
        epoch[k] = k
        loss[k] = losses[k] if k <= last else math.nan
        accuracy[k] = accuracies[k] if k <= last else math.nan
    n = 0
    for sample in range(labels.size):
        forward(which[sample], data, net, numbers, trial)  # an int32, as in `batch_gradient`: compiled once
        ahead = trial.best[labels[sample]] - trial.best[1 - labels[sample]]
        lost = ahead < 0.0 or (ahead == 0.0 and labels[sample] == 1)  # a tie is given to class 0
        place = margins.size // 2 + int(ahead / bin_width) - lost
        margins[min(max(place, 0), margins.size - 1)] += 1
        if sample < shown:
            for t in range(own_start.size - 1):
                for _ in range(own_start[t], own_start[t + 1]):
                    if n < times.size:
                        times[n], rows[n] = t + 1.0, sample
                        n += 1
    out[0] = n
    out[1] = accuracies[last] * 100.0
    out[2] = losses[last]
    out[3] = spikes[last] / labels.size
    out[4] = 10.0**log_width


def surrogate_training_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A small spiking network that learns live: SpyTorch's first task, 256 random patterns by heart.

    100 inputs fire by chance at 5 Hz for 200 ms, 4 hidden neurons, 2 readouts; an epoch is one step of Adam
    on all patterns, as in `snnlab.learning.train`. The button *Train* goes on from epoch to epoch.

    Parameters
    ----------
    question : str
        What the reader should ask himself.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``epochs`` (0 to 300), ``log_width`` (−3 to 1, the decimal logarithm of the width of the
        surrogate in thresholds), ``rate`` (of Adam, 0.0005 to 0.02), ``height`` (of the surrogate, 0 or 1;
        with 0 only the readout learns), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has ``epoch``, ``loss`` and ``accuracy`` (a fraction; NaN beyond the last epoch);
        ``margins``, how many patterns have their right class ahead by how much, in bins of 0.5; ``times``
        (ms) and ``rows`` of the hidden spikes in the first 30 patterns; ``n`` (how many these are),
        ``percent`` (accuracy), ``now`` (loss), ``busy`` (hidden spikes of a pattern) and ``width``.

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

    Examples
    --------
    >>> panel = surrogate_training_panel(engine="kernel")
    >>> before = panel.result.now
    >>> panel.epochs = 20
    >>> panel.result.now < before
    True
    """
    kept = {
        "units": ((ROOM,), "int32"),
        "start": ((SAMPLES, STEPS + 1), "int32"),
        "labels": ((SAMPLES,), "int32"),
        **{f"{part}_in": ((INPUTS, HIDDEN), "float64") for part in "wgmq"},
        **{f"{part}_out": ((HIDDEN, 2), "float64") for part in "wgmq"},
        **dict.fromkeys(("losses", "accuracies", "spikes"), ((MOST_EPOCHS + 1,), "float64")),
        "memory": ((5,), "float64"),
        "drawn_from": ((1,), "uint64"),
    }
    return Panel(
        "surrogate_training",
        title="A network that learns",
        question=question,
        controls=[
            Control("epochs", "n", "Epochs", 0.0, MOST_EPOCHS, 0.0, 2.0, "", 1),
            Control("log_width", "log b", "Width, as a power of ten", -3.0, 1.0, -2.0, 0.1, "", 3),
            Control("rate", "η", "Learning rate", 0.0005, 0.02, 0.002, 0.0005, "", 2),
            Control("height", "h", "Surrogate: 1 on, 0 off", 0.0, 1.0, 1.0, 1.0, "", 4),
        ],
        readouts=[
            ReadOut("n"),
            ReadOut("percent", 1, "%"),
            ReadOut("now", 2),
            ReadOut("busy", 1),
            ReadOut("width", 3),
        ],
        views=[
            Kernels(
                "epoch",
                (("accuracy", "accuracy", 1), ("loss", "loss", 2)),
                Axis(0.0, MOST_EPOCHS, "epoch"),
                Axis(0.0, 1.2, "fraction right, loss"),
                title="Fraction of the patterns that are told apart, and the loss, epoch by epoch",
            ),
            Histogram(
                "margins",
                Axis(-REACH, REACH, "score of the right class, minus that of the other"),
                "patterns",
                title="By how much the right class wins, for all patterns; left of 0 it loses, ties go to A",
            ),
            Raster(
                "times",
                "rows",
                SHOWN,
                STEPS,
                label="pattern",
                title="Spikes of the hidden neurons in 30 of the patterns, one row each",
            ),
        ],
        sentence=(
            "Epoch {epochs}, b = {width}, η = {rate}, surrogate {height}: {percent} % right, loss {now}, "
            "{busy} hidden spikes a pattern"
        ),
        headline="percent",
        detail="of 256 patterns right after {epochs} epochs, loss {now}, {busy} hidden spikes a pattern",
        kernel=surrogate_training_figure,
        arrays={
            **{name: Array(shape, dtype, work=True, keep=True) for name, (shape, dtype) in kept.items()},
            "rec": Array((0, 0), work=True),
            "which": Array((SAMPLES,), "int32", work=True),
            "v": Array((STEPS + 1, HIDDEN), work=True),
            "u": Array((0, HIDDEN), work=True),
            "hidden": Array((8, HIDDEN), work=True),
            "readout": Array((6, 2), work=True),
            "when": Array((2,), "int32", work=True),
            "own_units": Array((STEPS * HIDDEN,), "int32", work=True),
            "own_values": Array((STEPS * HIDDEN,), work=True),
            "own_start": Array((STEPS + 1,), "int32", work=True),
            "found": Array((3,), work=True),
            "times": Array((100 * SHOWN,), upto="n"),
            "rows": Array((100 * SHOWN,), "int32", upto="n"),
            "margins": Array((round(2 * REACH / BIN),)),
            "epoch": Array((MOST_EPOCHS + 1,)),
            "loss": Array((MOST_EPOCHS + 1,)),
            "accuracy": Array((MOST_EPOCHS + 1,)),
        },
        constants={
            "alpha": NEURON.alpha,
            "beta": NEURON.beta,
            "chance": RATE / 1000.0,
            "gain": GAIN,
            "shown": SHOWN,
            "bin_width": BIN,
        },
        presets={
            "only the readout learns": {"height": 0.0},
            "narrow": {"log_width": -3.0},
            "wide": {"log_width": 0.0},
            "hasty": {"rate": 0.02},
        },
        python=(
            "from snnlab_widgets import surrogate_training_panel\n\n"
            "# the patterns of this picture; snnlab.learning.train learns yours\n"
            "panel = surrogate_training_panel(\n"
            "    log_width={log_width}, rate={rate}, height={height}, seed={seed}\n"
            ")\n"
            "panel.epochs = {epochs}\n"
            "print(int(panel.result.n), panel.result.percent, panel.result.now)"
        ),
        play=("epochs", "Train"),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
