"""The panel of a count: a neuron whose spikes, so many steps long, stand for an activation."""

import functools
from typing import TYPE_CHECKING

import numpy as np

from snnlab.learning.conversion.rate_counts import (
    LONGEST,
    random_activations,
    recorded,
    run_rate_counts,
)
from snnlab_widgets.core.controls import Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["rate_counts_panel"]

LAYER = 13  # the seed of the layer whose activations were seen
HIGHEST = 3.0  # activation
QUESTION = "The neuron has counted for ten steps. Is it right, and what would make it better?"


@functools.cache
def seen_before() -> np.ndarray:
    """The activations from which the scale is taken."""
    return random_activations(rng=np.random.default_rng(LAYER))


def rate_counts_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A neuron without leak that counts towards an activation.

    Its input is the activation divided by a scale, a percentile of the activations of a layer of random
    weights that looks at the small digits. What its count says is drawn up to the steps that the reader has
    reached.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``a`` (the activation, 0 to 3), ``steps`` (1 to 200), ``percentile`` (90 to 100),
        ``subtract`` (1: a spike takes the threshold away, 0: it sets the potential to zero).

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.learning.conversion.rate_counts.RateCounts` has.

    Examples
    --------
    >>> few, many = (rate_counts_panel(steps=n, engine="kernel").result for n in (10, 200))
    >>> many.error < few.error
    True
    """
    return Panel(
        "rate_counts",
        title="A neuron that counts",
        question=question,
        controls=[
            Control("steps", "T", "Steps that are counted", 1.0, LONGEST, 10.0, 1.0, colour=1),
            Control("a", "a", "Activation", 0.0, HIGHEST, 0.8, 0.01, colour=2),
            Control("percentile", "p", "Percentile that is the scale", 90.0, 100.0, 100.0, 0.1, colour=4),
            Control("subtract", "r", "Reset by subtraction", 0.0, 1.0, 1.0, 1.0, colour=5),
        ],
        readouts=[
            ReadOut("estimate", 3),
            ReadOut("error", 3),
            ReadOut("bound", 3),
            ReadOut("n"),
            ReadOut("n_shown"),
            ReadOut("scale", 2),
        ],
        views=[
            Kernels(
                "lengths",
                (
                    ("counted", "what the count says", 1),
                    ("above", "one spike more", 3),
                    ("below", "one spike less", 6),
                ),
                Axis(0.0, LONGEST, "steps"),
                Axis(0.0, HIGHEST, "activation"),
                handles=(Handle("Steps and what the count says", "steps", "estimate"),),
                title="What the count says after each step, between one spike more and one spike less",
                side="left",
            ),
            Kernels(
                "activations",
                (("told", "what the count says", 1), ("itself", "what it should say", 2)),
                Axis(0.0, HIGHEST, "activation"),
                Axis(0.0, HIGHEST, "what the count says"),
                handles=(Handle("Activation and what the count says", "a", "estimate"),),
                title="What the count says of every activation after these steps, and what it should say",
                side="left",
            ),
            Trace(
                "v",
                1.0,
                Axis(0.0, 1.0, "v (thresholds)"),
                spikes="times",
                title="Potential after each of the first 60 steps, and the spikes",
                label_x="steps",
            ),
        ],
        sentence=(
            "a = {a}, T = {steps}, p = {percentile}, r = {subtract}: {n} {n|spike|spikes} of {scale} / T "
            "say {estimate}, off by {error}; one spike is {bound}"
        ),
        headline="estimate",
        detail="is what {n} {n|spike|spikes} say, off by {error}; one spike more or less is {bound}",
        kernel=run_rate_counts,
        arrays={"seen": recorded(), "known": seen_before()},
        presets={
            "a hundred steps": {"steps": 100.0},
            "reset to zero": {"steps": 100.0, "subtract": 0.0},
            "a finer scale": {"percentile": 99.0},
            "cut off": {"a": 2.0, "steps": 100.0, "percentile": 95.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.learning.conversion.rate_counts import random_activations, rate_counts\n\n"
            f"seen_before = random_activations(rng=np.random.default_rng({LAYER}))\n"
            "seen = rate_counts({a}, {steps}, seen_before, {percentile}, subtract={subtract} == 1)\n"
            'print(f"{{seen.estimate:.3f}} after {{seen.n}} spikes, off by {{seen.error:.3f}}")'
        ),
        play=("steps", "Count"),
        values=values,
        engine=engine,
        goal=goal,
    )
