"""The panel of the surrogate's width: what one neuron learns with it, and with every other width."""

import math
from typing import TYPE_CHECKING

import numpy as np

from snnlab.compiling import kernel
from snnlab.learning.adam import Adam
from snnlab.learning.surrogate_network import CurrentLIF
from snnlab.learning.timing import blur, forward, learn_times
from snnlab.random import uniform
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Curve, Kernels, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["surrogate_width_panel"]

STEPS, INPUTS, WANTED, TASKS = 200, 100, 5, 4  # steps of 1 ms
RATE, TAU, ON_TIME = 5.0, 10.0, 2.0  # Hz, ms, ms
NARROWEST, WIDEST, POINTS = -3.0, 1.0, 25  # log10 of thresholds
MOST_EPOCHS = 200
ROOM = 300  # of 100 input spikes that are expected, with a standard deviation of 10
NEURON = CurrentLIF()
SPREAD = 7.0 * (1.0 - NEURON.beta) / math.sqrt(INPUTS)

QUESTION = "How near to the threshold must the potential be, for the neuron to learn from it?"


@kernel
def _draw(at, unit, w, train, rate, spread, gap, seed, task):
    """Poisson spikes of the inputs, a weight for each of them, and a few wanted spikes; how many came in."""
    n, counter = 0, np.uint64(0)
    for t in range(train.size):
        train[t] = 0.0
        for j in range(w.size):
            if uniform(seed, task, counter) < rate and n < at.size:
                at[n], unit[n] = t, j
                n += 1
            counter += np.uint64(1)
    for j in range(w.size):
        w[j] = spread * math.sqrt(12.0) * (uniform(seed, task, counter) - 0.5)
        counter += np.uint64(1)
    for k in range((train.size - gap) // gap):
        train[gap + gap * k + int(0.7 * gap * uniform(seed, task, counter))] = 1.0
        counter += np.uint64(1)
    return n


@kernel
def surrogate_width_figure(
    at, unit, start, w, v, i, s, trace, train, wanted, gradient, mean, square, losses,
    threshold, before, times, wanted_times, epoch, history, places, left, out,
    log_width, epochs, rate, alpha, beta, gamma, input_rate, spread, gap, tasks, narrowest, widest,
    on_time, seed,
):  # fmt: skip
    """Some tasks are learnt with every width, and the first of them with the width that is chosen."""
    adam, size = Adam(rate, 0.9, 0.999, 1e-8), int(epochs) + 1
    middle = 0.0
    for task in range(tasks - 1, -1, -1):  # the first one last: its traces stay
        n_in = _draw(at, unit, start, train, input_rate, spread, gap, seed, np.uint64(task))
        blur(train, wanted, gamma)
        forward(start, at[:n_in], unit[:n_in], before, i, s, trace, alpha, beta, gamma, 1.0, False)
        for k in range(left.size + 1):
            chosen = k == left.size
            place = log_width if chosen else narrowest + (widest - narrowest) * k / (left.size - 1)
            for j in range(w.size):
                w[j], mean[j], square[j] = start[j], 0.0, 0.0
            learn_times(
                w, at[:n_in], unit[:n_in], v, i, s, trace, wanted, gradient, mean, square,
                losses[:size], alpha, beta, gamma, 10.0**place, adam,
            )  # fmt: skip
            if chosen:
                middle += losses[size - 1] / tasks
            else:
                places[k] = place
                left[k] += losses[size - 1] / tasks

    for e in range(history.size):
        epoch[e] = e
        history[e] = losses[e] if e < size else math.nan
    n, n_wanted, hits = 0, 0, 0
    for t in range(s.size):
        threshold[t] = 1.0
        if s[t] > 0.0:
            times[n] = t + 1.0  # the end of the step
            n += 1
        if train[t] > 0.0:
            wanted_times[n_wanted] = t + 1.0
            n_wanted += 1
    for m in range(n_wanted):
        near = False
        for k in range(n):
            near = near or abs(times[k] - wanted_times[m]) <= on_time
        hits += near
    out[0] = n
    out[1] = n_wanted
    out[2] = hits
    out[3] = losses[0]
    out[4] = losses[size - 1]
    out[5] = middle
    out[6] = 10.0**log_width


def surrogate_width_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """One neuron learns to fire at five given times, with a surrogate of any width.

    It has 100 inputs that fire by chance, at 5 Hz for 200 ms, the same in every epoch, and learns by
    `snnlab.learning.learn_timing`. Four such tasks are learnt with 25 widths each; the first is shown.

    Parameters
    ----------
    question : str
        What the reader should ask himself.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``log_width`` (−3 to 1, the decimal logarithm of the width in thresholds), ``epochs``
        (0 to 200), ``rate`` (of Adam, 0.001 to 0.05), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has ``v`` and ``before`` (the potential after and before learning, one value a step
        of 1 ms), ``times`` and ``wanted_times`` (ms); ``epoch`` and ``history`` (loss after each epoch, NaN
        beyond the last); ``places`` (log10 of the width) and ``left`` (loss after the last epoch, mean of
        the four tasks); ``n``, ``n_wanted`` (spikes), ``hits`` (wanted spikes that are met within 2 ms),
        ``first`` and ``last`` (loss of the task shown), ``middle`` (loss at the end, mean of the tasks) and
        ``width``.

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

    Examples
    --------
    >>> result = surrogate_width_panel(log_width=0.0).result
    >>> result.last < result.first
    True
    """
    return Panel(
        "surrogate_width",
        title="What a neuron learns, by the width of the surrogate",
        question=question,
        controls=[
            Control("log_width", "log b", "Width, as a power of ten", NARROWEST, WIDEST, -2.0, 0.1, "", 3),
            Control("epochs", "n", "Epochs", 0.0, MOST_EPOCHS, 100.0, 5.0, "", 1),
            Control("rate", "η", "Learning rate", 0.001, 0.05, 0.01, 0.001, "", 2),
        ],
        readouts=[
            ReadOut("n"),
            ReadOut("n_wanted"),
            ReadOut("hits"),
            ReadOut("first", 2),
            ReadOut("last", 2),
            ReadOut("middle", 2),
            ReadOut("width", 3),
        ],
        views=[
            Trace(
                "v",
                1.0,
                Axis(-2.5, 1.6, "v (thresholds)"),
                name="after learning",
                also=(("threshold", "threshold", 4), ("before", "before learning", 6)),
                spikes="times",
                behind_spikes="wanted_times",
                rows=("wanted", "fired"),
                title="Membrane potential before learning and after it, with wanted and fired spikes",
            ),
            Curve(
                "places",
                "left",
                "log_width",
                "middle",
                Axis(NARROWEST, WIDEST, "log₁₀ of the width b"),
                "loss at the end",
                least=5.0,
                title="The loss after the last epoch, mean of four tasks, against the width up to this one",
                side="left",
            ),
            Kernels(
                "epoch",
                (("history", "loss of the task shown", 1),),
                Axis(0.0, MOST_EPOCHS, "epoch"),
                Axis(0.0, 12.0, "loss"),
                title="The loss of the task that is shown, epoch by epoch",
            ),
        ],
        sentence=(
            "b = {width}, η = {rate}: after {epochs} epochs {hits} of {n_wanted} wanted spikes within 2 ms, "
            "{n} fired; loss {first} before, {last} after; mean of four tasks {middle}"
        ),
        headline="middle",
        detail=(
            "loss after {epochs} epochs, mean of four tasks, with a width of {width}. In the one shown "
            "{hits} "
            "of {n_wanted} wanted spikes are met, {n} fired"
        ),
        kernel=surrogate_width_figure,
        arrays={
            "at": Array((ROOM,), "int32", work=True),
            "unit": Array((ROOM,), "int32", work=True),
            "start": Array((INPUTS,), work=True),
            "w": Array((INPUTS,), work=True),
            "v": Array((STEPS,)),
            "i": Array((STEPS,), work=True),
            "s": Array((STEPS,), work=True),
            "trace": Array((STEPS,), work=True),
            "train": Array((STEPS,), work=True),
            "wanted": Array((STEPS,), work=True),
            "gradient": Array((INPUTS,), work=True),
            "mean": Array((INPUTS,), work=True),
            "square": Array((INPUTS,), work=True),
            "losses": Array((MOST_EPOCHS + 1,), work=True),
            "threshold": Array((STEPS,)),
            "before": Array((STEPS,)),
            "times": Array((STEPS,), upto="n"),
            "wanted_times": Array((STEPS,), upto="n_wanted"),
            "epoch": Array((MOST_EPOCHS + 1,)),
            "history": Array((MOST_EPOCHS + 1,)),
            "places": Array((POINTS,)),
            "left": Array((POINTS,)),
        },
        constants={
            "alpha": NEURON.alpha,
            "beta": NEURON.beta,
            "gamma": math.exp(-1.0 / TAU),
            "input_rate": RATE / 1000.0,
            "spread": SPREAD,
            "gap": STEPS // (WANTED + 1),
            "tasks": TASKS,
            "narrowest": NARROWEST,
            "widest": WIDEST,
            "on_time": ON_TIME,
        },
        presets={
            "SpyTorch's width": {"log_width": -2.0},
            "ten times wider": {"log_width": -1.0},
            "a threshold wide": {"log_width": 0.0},
            "hopelessly narrow": {"log_width": -3.0},
        },
        python=(
            "from snnlab_widgets import surrogate_width_panel\n\n"
            "# the tasks of this picture; snnlab.learning.learn_timing learns yours\n"
            "seen = surrogate_width_panel(\n"
            "    log_width={log_width}, epochs={epochs}, rate={rate}, seed={seed}\n"
            ").result\n"
            "print(int(seen.n), seen.hits, seen.middle)"
        ),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
