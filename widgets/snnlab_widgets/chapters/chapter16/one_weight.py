"""The panel of one weight: the loss of a spiking neuron, that of a relaxed one, and what a surrogate says."""

import functools
import math
from typing import TYPE_CHECKING

import numpy as np

from snnlab.compiling import kernel
from snnlab.learning.surrogate_network import CurrentLIF
from snnlab.learning.timing import backward, blur, blurred_distance, forward, timing_loss
from snnlab.spikes import Spikes
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["one_weight_panel", "one_weight_task"]

STEPS, POINTS, TAU = 100, 401, 10.0  # steps of 1 ms; weights; blur of the trains, ms
LOWEST, HIGHEST, TEACHER = -0.2, 0.8, 0.35  # thresholds
REACH = 0.05  # how far the line of the surrogate reaches to both sides, thresholds
NEURON = CurrentLIF()

QUESTION = "The stairs are flat almost everywhere. Who tells the weight which way to go?"


@functools.cache
def one_weight_task() -> tuple[Spikes, np.ndarray, Spikes]:
    """Eight input trains of 100 ms, their weights, and what the neuron fires with these.

    Examples
    --------
    >>> inputs, w, wanted = one_weight_task()
    >>> print(inputs[0], w[0], wanted.times)
    [18.4 37.4 37.5 82.6] 0.35 [21. 26. 41. 46. 60. 67. 86.]
    """
    rng = np.random.default_rng(8)
    n = rng.integers(20, 30)
    times = np.sort(rng.uniform(0, 95, n)).round(1)
    inputs = Spikes(times, rng.integers(0, 8, n), n_units=8, duration=STEPS)
    w = np.round(rng.normal(0.1, 0.12, 8), 2)
    w[0] = TEACHER
    return inputs, w, timing_loss(w, inputs, Spikes([], duration=STEPS)).spikes


@kernel
def one_weight_figure(
    at, unit, w, v, threshold, i, s, trace, train, wanted, gradient, times, wanted_times,
    weights, hard, relaxed, line, nothing, surrogate, slope, out,
    weight, width, alpha, beta, gamma, lowest, highest, teacher, reach,
):  # fmt: skip
    """Both losses and both gradients for every weight, and the neuron with the weight that is chosen."""
    w[0] = teacher
    forward(w, at, unit, v, i, train, wanted, alpha, beta, gamma, width, False)
    n_wanted = 0
    for t in range(train.size):
        threshold[t] = 1.0
        if train[t] > 0.0:
            wanted_times[n_wanted] = t + 1.0  # the end of the step
            n_wanted += 1
    blur(train, wanted, gamma)
    for k in range(weights.size):
        weights[k] = lowest + (highest - lowest) * k / (weights.size - 1)
        w[0] = weights[k]
        forward(w, at, unit, v, i, s, trace, alpha, beta, gamma, width, True)
        relaxed[k] = blurred_distance(trace, wanted, gamma)
        backward(at, unit, v, i, s, trace, wanted, gradient, alpha, beta, gamma, width, True)
        slope[k] = gradient[0]
        forward(w, at, unit, v, i, s, trace, alpha, beta, gamma, width, False)
        hard[k] = blurred_distance(trace, wanted, gamma)
        backward(at, unit, v, i, s, trace, wanted, gradient, alpha, beta, gamma, width, False)
        surrogate[k] = gradient[0]
    w[0] = weight
    forward(w, at, unit, v, i, s, trace, alpha, beta, gamma, width, True)
    soft = blurred_distance(trace, wanted, gamma)
    backward(at, unit, v, i, s, trace, wanted, gradient, alpha, beta, gamma, width, True)
    soft_slope = gradient[0]
    forward(w, at, unit, v, i, s, trace, alpha, beta, gamma, width, False)
    loss = blurred_distance(trace, wanted, gamma)
    backward(at, unit, v, i, s, trace, wanted, gradient, alpha, beta, gamma, width, False)
    n = 0
    for t in range(s.size):
        if s[t] > 0.0:
            times[n] = t + 1.0
            n += 1
    for k in range(weights.size):
        away = weights[k] - weight
        line[k] = loss + gradient[0] * away if abs(away) < reach else math.nan
    out[0] = n
    out[1] = n_wanted
    out[2] = loss
    out[3] = gradient[0]
    out[4] = soft
    out[5] = soft_slope


def one_weight_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """The loss of one neuron as a function of one of its weights.

    The neuron has the eight inputs of `one_weight_task`, 100 ms of them, in steps of 1 ms. What it should
    fire is what it fires when the first weight is 0.35, and the loss is that of
    `snnlab.learning.timing_loss`.

    Parameters
    ----------
    question : str
        What the reader should ask himself.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``weight`` (−0.2 to 0.8), ``width`` (of the surrogate and of the graded spike, 0.02 to
        0.25), both in units of the threshold.

    Returns
    -------
    Panel
        ``panel.result`` has ``v`` (one value a step), ``times`` and ``wanted_times`` (ms); ``weights``,
        and for each of them ``hard`` and ``relaxed`` (the losses of the spiking and of the relaxed neuron),
        ``surrogate`` and ``slope`` (what the surrogate says, and the slope of `relaxed`); ``n`` and
        ``n_wanted`` (spikes), ``loss``, ``says`` (the surrogate gradient), ``soft`` (loss of the relaxed
        neuron) and ``soft_slope``, all at `weight`.

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

    Examples
    --------
    >>> result = one_weight_panel(weight=0.1).result
    >>> result.says < 0  # downhill is towards a larger weight
    True
    """
    inputs, w, _ = one_weight_task()
    at = inputs.times.astype(np.int32)
    return Panel(
        "one_weight",
        title="The loss, seen from one weight",
        question=question,
        controls=[
            Control("weight", "w", "Weight", LOWEST, HIGHEST, 0.1, 0.005, "", colour=1),
            Control("width", "b", "Width of the surrogate", 0.02, 0.25, 0.1, 0.01, "", colour=3),
        ],
        readouts=[
            ReadOut("n"),
            ReadOut("n_wanted"),
            ReadOut("loss", 2),
            ReadOut("says", 1),
            ReadOut("soft", 2),
            ReadOut("soft_slope", 1),
        ],
        views=[
            Kernels(
                "weights",
                (("hard", "spiking", 1), ("relaxed", "relaxed", 2), ("line", "surrogate", 3)),
                Axis(LOWEST, HIGHEST, "weight w"),
                Axis(0.0, 12.0, "loss"),
                handles=(Handle("Weight and loss", "weight", "loss"),),
                title="The loss against one weight, for the spiking and for the relaxed neuron",
            ),
            Kernels(
                "weights",
                (("surrogate", "surrogate", 3), ("slope", "relaxed", 2), ("nothing", "spiking", 1)),
                Axis(LOWEST, HIGHEST, "weight w"),
                Axis(-360.0, 100.0, "slope"),
                handles=(Handle("Weight and slope", "weight", "says"),),
                title="What the surrogate says, and the slope of the relaxed loss, against the weight",
            ),
            Trace(
                "v",
                1.0,
                Axis(-0.6, 1.6, "v (thresholds)"),
                name="v",
                also=(("threshold", "threshold", 4),),
                spikes="times",
                behind_spikes="wanted_times",
                rows=("wanted", "fired"),
                title="Membrane potential over time, the spikes that are fired and those that are wanted",
            ),
        ],
        sentence=(
            "w = {weight}, b = {width}: {n} {n|spike|spikes} where {n_wanted} are wanted, loss {loss}; the "
            "slope is 0, the surrogate says {says}; relaxed, the loss is {soft} and its slope {soft_slope}"
        ),
        headline="loss",
        detail="loss of the spiking neuron. Its slope is 0; the surrogate says {says}",
        kernel=one_weight_figure,
        arrays={
            "at": at,
            "unit": inputs.units.astype(np.int32),
            "w": w,
            "v": Array((STEPS,)),
            "threshold": Array((STEPS,)),
            "i": Array((STEPS,), work=True),
            "s": Array((STEPS,), work=True),
            "trace": Array((STEPS,), work=True),
            "train": Array((STEPS,), work=True),
            "wanted": Array((STEPS,), work=True),
            "gradient": Array(w.shape, work=True),
            "times": Array((STEPS,), upto="n"),
            "wanted_times": Array((STEPS,), upto="n_wanted"),
            **{
                name: Array((POINTS,))
                for name in ("weights", "hard", "relaxed", "line", "nothing", "surrogate", "slope")
            },
        },
        constants={
            "alpha": NEURON.alpha,
            "beta": NEURON.beta,
            "gamma": math.exp(-1.0 / TAU),
            "lowest": LOWEST,
            "highest": HIGHEST,
            "teacher": TEACHER,
            "reach": REACH,
        },
        presets={
            "too weak": {"weight": -0.06},
            "behind a wall": {"weight": 0.54},
            "narrow": {"weight": -0.06, "width": 0.02},
            "wide": {"weight": -0.06, "width": 0.2},
        },
        python=(
            "from snnlab.learning import timing_loss\n"
            "from snnlab_widgets.chapters.chapter16.one_weight import one_weight_task\n\n"
            "inputs, w, wanted = one_weight_task()\n"
            "w = [{weight}, *w[1:]]\n"
            "run = timing_loss(w, inputs, wanted, width={width})\n"
            "print(run.spikes, run.loss, run.gradient[0])"
        ),
        values=values,
        engine=engine,
        goal=goal,
    )
