"""The panel in which bits flip: sixteen neurons of one bit learn digits while one looks."""

from typing import TYPE_CHECKING

import numpy as np

from snnlab.learning.binary.binary_network import Binarisation
from snnlab.learning.binary.flipping_bits import (
    ASKED,
    HIDDEN,
    PIXELS,
    blank_learner,
    recorded,
    run_flipping,
    small_bits,
    work,
)
from snnlab.learning.gradients.adam import Adam
from snnlab_widgets.core.controls import Array, Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, HeatMap, Histogram, Kernels

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["flipping_panel"]

MOST_EPOCHS = 40
QUESTION = "A weight that is + or − cannot move a little. What does it do while the network learns?"


def flipping_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """Sixteen hidden neurons of one bit that learn digits of 64 bits, live.

    The network learns 600 digits as `snnlab.learning.train_binary` does, 50 a step, and is asked for 500
    others. The button *Train* goes on from epoch to epoch; moving another control starts anew (not in a
    goal).

    Parameters
    ----------
    question : str
        What the reader should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``epochs`` (0 to 40), ``window`` (0 to 3, where errors pass a sign), ``rate`` (of Adam,
        0.01 to 0.3), ``stochastic`` (0 or 1; with 1 a weight is drawn by chance in each step), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.learning.binary.flipping_bits.FlippingBits` has, its curves NaN
        beyond the last epoch, and ``epoch``.

    Examples
    --------
    >>> panel = flipping_panel(engine="kernel")
    >>> before = panel.result.percent
    >>> panel.epochs = 10
    >>> panel.result.percent > before
    True
    """
    words, labels = small_bits()
    return Panel(
        "flipping",
        title="Bits that flip",
        question=question,
        controls=[
            Control("epochs", "n", "Epochs", 0.0, MOST_EPOCHS, 0.0, 1.0, "", 1),
            Control("window", "c", "Errors pass a sign up to", 0.0, 3.0, 1.0, 0.1, "", 3),
            Control("rate", "η", "Learning rate", 0.01, 0.3, 0.05, 0.01, "", 2),
            Control("stochastic", "p", "Bits by chance", 0.0, 1.0, 0.0, 1.0, "", 4),
        ],
        readouts=[
            ReadOut("percent", 1, "%"),
            ReadOut("known", 1, "%"),
            ReadOut("flips", 2, "%"),
            ReadOut("edge", 0, "%"),
        ],
        views=[
            HeatMap(
                "tiles",
                Axis(0.0, 4.0, "sixteen neurons", ()),
                Axis(0.0, 4.0, "8 × 8 weights each", ()),
                Axis(-1.0, 1.0, "weight"),
                kinds=((-1.0, "−1"), (1.0, "+1")),
                title="The signs of the weights of sixteen neurons, each a tile of 8 by 8 pixels",
                square=True,
            ),
            Histogram(
                "latent",
                Axis(-1.0, 1.0, "latent weight w"),
                "weights",
                title="Where the latent weights lie, of which the network uses the sign",
            ),
            Kernels(
                "epoch",
                (
                    ("right", "new digits right", 1),
                    ("learnt", "learnt digits right", 2),
                    ("flipped", "bits flipped in a step", 3),
                ),
                Axis(0.0, MOST_EPOCHS, "epoch"),
                Axis(0.0, 100.0, "%"),
                title="Digits that are right and bits that flip in a step, in per cent, epoch by epoch",
            ),
        ],
        sentence=(
            "Epoch {epochs}, c = {window}, η = {rate}, bits by chance {stochastic}: {percent} % of the new "
            "digits right, {known} % of the learnt ones, {flips} % of the bits flipped in a step, {edge} % "
            "of the latent weights at an end"
        ),
        headline="percent",
        detail=(
            f"of {ASKED} new digits right after {{epochs}} epochs; {{flips}} % of the {PIXELS * HIDDEN} bits "
            "flipped in a step"
        ),
        kernel=run_flipping,
        arrays={
            "seen": recorded(MOST_EPOCHS),
            "learner": scratch(blank_learner(MOST_EPOCHS), keep=True),
            "room": scratch(work()),
            "words": words,
            "labels": labels,
            "x": Array((words.size, PIXELS), work=True),
            "epoch": np.arange(MOST_EPOCHS + 1.0),
        },
        constants={"method": Binarisation(), "adam": Adam()},
        presets={
            "nothing passes": {"window": 0.0, "epochs": 20},
            "after 20 epochs": {"epochs": 20},
            "bits by chance": {"stochastic": 1.0, "epochs": 20},
            "hasty": {"rate": 0.3, "epochs": 20},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.learning import Adam, Binarisation\n"
            "from snnlab.learning.binary.flipping_bits import flipping_bits\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws other weights\n"
            "method, rng = Binarisation(stochastic={stochastic} > 0, window={window}), np.uint64({seed})\n"
            "seen = flipping_bits({epochs}, method, Adam(rate={rate}), rng=rng)\n"
            'print(f"{{seen.percent:.1f}} % of the new digits right, {{seen.flips:.2f}} % of the bits '
            'flipped")'
        ),
        play=("epochs", "Train", "anew") if goal is None else (),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
