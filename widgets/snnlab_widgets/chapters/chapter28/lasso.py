"""The panel of LASSO: compartments compete until a few of them explain an image."""

import math
from typing import TYPE_CHECKING

from snnlab.loihi.applications.sparse_picture import (
    NUMBERS,
    digit_columns,
    digit_signals,
    laid_out,
    recorded,
    run_picture,
)
from snnlab.loihi.networks.recurrent import at_rest
from snnlab_widgets.core.controls import Array, Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, HeatMap, Histogram

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["lasso_panel"]

EACH, IMAGES, PERIOD = 4, 10, 64.0
QUESTION = (
    "Forty images compete to explain a new one, and a handful fire. How many if a coefficient costs more?"
)


def lasso_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """The network of `snnlab.loihi.spiking_lasso` with forty small digits as its dictionary.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``which`` (1 to 10, the image that is to be explained), ``lam`` (0.02 to 0.6, what a
        coefficient costs), ``steps`` (200 to 10,000, how long the network runs).

    Returns
    -------
    Panel
        ``panel.result`` has ``coded`` and ``exact`` (the forty coefficients, by spikes and by coordinate
        descent), ``pictures`` (the image and what is made of the others, shape (8, 17), the first row at the
        bottom), ``gap`` (by how many per cent the loss of the spikes is larger than the smallest),
        ``firing`` (compartments that fired in the second half) and ``spikes`` (all of them).

    Examples
    --------
    >>> panel = lasso_panel(engine="kernel")
    >>> panel.result.gap < 1
    True
    """
    phi = digit_columns(EACH)
    size, n = phi.shape
    dictionary = zip(("phi", "gram", "begin", "post", "w", "late"), laid_out(phi), strict=True)
    return Panel(
        "lasso",
        title="A few of forty",
        question=question,
        controls=[
            Control("lam", "λ", "A coefficient costs", 0.02, 0.6, 0.1, 0.02, "", colour=2),
            Control("steps", "T", "The network runs for", 200.0, 10_000.0, 6000.0, 200.0, "steps", colour=1),
            Control("which", "k", "Image to explain", 1.0, IMAGES, 4.0, 1.0, "", colour=3),
        ],
        readouts=[ReadOut("gap", 2, "%"), ReadOut("firing"), ReadOut("spikes")],
        views=[
            HeatMap(
                "pictures",
                Axis(0.0, 17.0, "", ("the image", "sum of what fires")),
                Axis(0.0, 8.0, "8 × 8 pixels each", ()),
                Axis(0.0, 0.35, "brightness"),
                title="The image to explain, and beside it the sum of those that fire",
                square=True,
            ),
            Histogram(
                "coded",
                Axis(-0.5 / EACH, 10.0 - 0.5 / EACH, "digit of the dictionary"),
                "coefficient",
                law="exact",
                names=("by spikes", "by coordinate descent"),
                title="The coefficient of each of the forty, by spikes, and as a line by coordinate descent",
            ),
            Histogram(
                "left",
                Axis(-0.5 / EACH, 10.0 - 0.5 / EACH, "digit of the dictionary"),
                "correlation with what is left",
                line="lam",
                title="How each of the forty is correlated with what is left of the image, and what it costs",
            ),
        ],
        sentence=(
            "λ = {lam}, {steps} steps: {firing} of 40 fire, {spikes} spikes, loss {gap} % above the smallest"
        ),
        headline="gap",
        detail="above the smallest loss; {firing} of 40 fire, {spikes} spikes in all",
        kernel=run_picture,
        arrays={
            "seen": recorded(math.isqrt(size), n),
            **dict(dictionary),
            "signals": digit_signals(IMAGES),
            "state": scratch(at_rest(n)),
            "drive": Array((n,), work=True),
        },
        constants={"numbers": NUMBERS, "period": PERIOD},
        presets={
            "few": {"lam": 0.4},
            "many": {"lam": 0.02},
            "after 600 steps": {"steps": 600},
            "in the end": {"steps": 10_000},
        },
        python=(
            "from snnlab.loihi.applications.sparse_picture import (\n"
            "    digit_columns, digit_signals, sparse_picture,\n)\n\n"
            "image = digit_signals()[:, {which} - 1]\n"
            "seen = sparse_picture(digit_columns(), image, {lam}, {steps})\n"
            'print(f"{{seen.gap:.2f}} % above the smallest loss, {{seen.firing}} fire")'
        ),
        play=("steps", "Let it run"),
        values=values,
        engine=engine,
        goal=goal,
    )
