"""The panel of clustering on the chip: nine compartments learn small digits while one looks."""

from typing import TYPE_CHECKING

import numpy as np

from snnlab.loihi.networks.watched_clusters import (
    CLASSES,
    IMAGES,
    LOSSES,
    RATES,
    SLOWEST,
    N,
    laid_out,
    recorded,
    room,
    run_watched,
    shown_digits,
)
from snnlab_widgets.core.controls import Control, ReadOut, scratch, started
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, HeatMap, Raster

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["chip_clusters_panel"]

QUESTION = "Nobody tells the chip what these digits are. What does it need to tell them apart?"


def chip_clusters_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """Nine compartments of `snnlab.loihi.networks.watched_clusters`, which learn digits from 0 to 3.

    The button *Show images* shows two more and two more; moving another control starts anew (not in a goal).

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``shown`` (0 to 80 images), ``a`` (1 to 5: the learning rate is 2^-a), ``loss`` (0 to
        7, the loss ℓ), ``eta`` (0 to 7, how quickly the clock learns), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.loihi.networks.watched_clusters.WatchedClusters` has.

    Examples
    --------
    >>> panel = chip_clusters_panel(engine="kernel")
    >>> panel.shown = 20
    >>> panel.result.fields.shape
    (27, 27)
    """
    pixels, labels = shown_digits()
    return Panel(
        "chip_clusters",
        title="The chip sorts digits",
        question=question,
        controls=[
            Control("shown", "n", "Images shown", 0.0, float(IMAGES), float(IMAGES), 2.0, "", colour=1),
            Control("a", "a", "Learning rate 2⁻ᵃ", 1.0, float(SLOWEST), 3.0, 1.0, "", colour=6),
            Control("loss", "ℓ", "Loss of weight at a spike", 0.0, float(LOSSES), 2.0, 1.0, "", colour=2),
            Control("eta", "η", "Rate of the homeostasis", 0.0, float(RATES), 4.0, 1.0, "", colour=3),
        ],
        readouts=[
            ReadOut("right", 0, "%"),
            ReadOut("unnamed"),
            ReadOut("alike", 2),
            ReadOut("busiest", 0, "%"),
            ReadOut("n"),
        ],
        views=[
            HeatMap(
                "fields",
                Axis(0.0, 3.0, "nine compartments", ()),
                Axis(0.0, 3.0, "8 × 8 weights each, 1 to 3 above", ()),
                Axis(0.0, 255.0, "weight"),
                title="The weights of nine compartments, each a tile of 8 by 8 pixels",
                square=True,
            ),
            HeatMap(
                "answers",
                Axis(0.5, N + 0.5, "compartment"),
                Axis(-0.5, CLASSES - 0.5, "digit"),
                Axis(0.0, 12.0, "spikes"),
                title="How often each compartment fires at a digit when it is asked, on average",
            ),
            Raster(
                "times",
                "units",
                N,
                float(IMAGES),
                label="compartment",
                label_x="images shown",
                title="Spikes of nine compartments while images are shown",
            ),
        ],
        sentence=(
            "{shown} {shown|image|images}, a = {a}, ℓ = {loss}, η = {eta}: {right} % of 80 new digits are "
            "named rightly, {unnamed} {unnamed|has|have} no name[; the busiest compartment has {busiest} % "
            "of {n} {n|spike|spikes}]"
        ),
        headline="right",
        detail=(
            "of 80 new digits are named rightly, {unnamed} {unnamed|has|have} no name[; two fields correlate "
            "by {alike}][, the busiest has {busiest} % of the spikes]"
        ),
        kernel=run_watched,
        arrays={
            "seen": recorded(),
            "chip": started(laid_out(np.uint64(0))),
            "pixels": pixels,
            "labels": labels,
            "room": scratch(room()),
        },
        presets={
            "taught": {},
            "untaught": {"shown": 0},
            "without loss": {"shown": IMAGES, "loss": 0.0},
            "without homeostasis": {"shown": IMAGES, "eta": 0.0},
            "slower": {"shown": IMAGES, "a": 5.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.loihi.networks.watched_clusters import watched_clusters\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws another one\n"
            "seen = watched_clusters({shown}, {a}, {loss}, {eta}, rng=np.uint64({seed}))\n"
            'print(f"{{seen.right:.0f}} % of 80 new digits are named rightly")'
        ),
        play=("shown", "Show images", "anew") if goal is None else (),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
