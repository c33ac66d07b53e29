"""The panel of early answers: how soon does a network know, and what does its lower layer know then?"""

from typing import TYPE_CHECKING

import numpy as np

from snnlab.data import load_digits
from snnlab.learning.conversion.digits_network import UNIT, spiking_on_digits
from snnlab.learning.conversion.early_answers import recorded, run_early, work
from snnlab_widgets.core.controls import Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Raster, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["early_answers_panel"]

IMAGES, STEPS = 50, 200  # every tenth of the test; ms
QUESTION = "When does the network know the digit? And has its hidden layer finished by then?"


def early_answers_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """The deep network of chapter 10 with its weights given to spiking neurons, and 50 small digits.

    Parameters
    ----------
    question : str
        What the reader should ask.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``rate`` (of a white pixel, 50 to 1000 Hz), ``theta`` (what a hidden spike stands for,
        0.2 to 3), ``image`` (whose spikes are drawn, 0 to 49), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.learning.conversion.early_answers.EarlyAnswers` has.

    Examples
    --------
    >>> result = early_answers_panel(rate=400, engine="kernel").result
    >>> result.first < result.latency
    True
    """
    digits, network = load_digits(), spiking_on_digits()
    hidden, outputs = network.w_out.shape
    return Panel(
        "early_answers",
        title="Early answers",
        question=question,
        controls=[
            Control("rate", "r", "Rate of a white pixel", 50.0, 1000.0, 100.0, 25.0, "Hz", colour=1),
            Control("theta", "θ", "What a hidden spike stands for", 0.2, 3.0, 1.0, 0.1, colour=3),
            Control("image", "k", "Image whose spikes are drawn", 0.0, IMAGES - 1.0, 3.0, 1.0, colour=4),
        ],
        readouts=[
            ReadOut("latency", 0, "ms"),
            ReadOut("final", 0, "%"),
            ReadOut("deep_latency", 0, "ms"),
            ReadOut("late_latency", 0, "ms"),
            ReadOut("first", 0, "ms"),
            ReadOut("first_unsettled", 0, "%"),
            ReadOut("first_right", 0, "%"),
            ReadOut("latency_unsettled", 0, "%"),
            ReadOut("latency_operations"),
            ReadOut("final_operations"),
            ReadOut("deep_final", 0, "%"),
            ReadOut("inputs"),
            ReadOut("n"),
        ],
        views=[
            Trace(
                "accuracy",
                1.0,
                Axis(0.0, 100.0, "%"),
                name="right",
                also=(
                    ("deep", "deep, asked each ms", 2),
                    ("late", "layer after layer", 4),
                    ("unsettled", "hidden rates off by", 3),
                ),
                title=(
                    "Per cent of the images that are right after each millisecond, and how far the hidden "
                    "rates are from where they go"
                ),
            ),
            Raster(
                "times",
                "rows",
                hidden + outputs,
                float(STEPS),
                label="neuron",
                groups=(("outputs", outputs), ("hidden", hidden)),
                title="Spikes of the outputs, in the first ten rows, and of the hidden neurons",
            ),
        ],
        sentence=(
            "r = {rate} Hz, θ = {theta}, image {image}: from {latency} ms on at least 95 % of the final "
            "{final} %; the hidden rates are {latency_unsettled} % off then; layer after layer "
            "{late_latency} ms; the deep network, asked each ms, {deep_latency} ms"
        ),
        headline="latency",
        detail=(
            "until 95 % of the final {final} %, with {latency_operations} of {final_operations} synaptic "
            "operations and hidden rates {latency_unsettled} % off; the first output spike is at {first} ms"
        ),
        kernel=run_early,
        arrays={
            "seen": recorded(STEPS, hidden, outputs),
            **{name: np.rint(UNIT * w).astype(np.int32) for name, w in network._asdict().items()},
            "work": scratch(work(hidden, outputs)),
            "x": digits.x_test[::10].reshape(IMAGES, -1).astype(np.int32),
            "labels": digits.y_test[::10].astype(np.int32),
        },
        constants={"unit": float(UNIT), "white": float(digits.white)},
        presets={
            "in a hurry": {"rate": 1000.0},
            "few spikes": {"rate": 50.0},
            "fine spikes": {"theta": 0.2},
            "coarse spikes": {"theta": 3.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.data import load_digits\n"
            "from snnlab.learning.conversion.digits_network import spiking_on_digits\n"
            "from snnlab.learning.conversion.early_answers import early_answers\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws other spikes\n"
            "digits = load_digits()\n"
            f"x = digits.x_test[::10].reshape({IMAGES}, -1) / digits.white\n"
            "labels = digits.y_test[::10]\n"
            "network, rng = spiking_on_digits(), np.uint64({seed})\n"
            "seen = early_answers(network, x, labels, {rate}, {theta}, image={image}, rng=rng)\n"
            'print(f"{{seen.latency:.0f}} ms until 95 % of the final {{seen.final:.0f}} %")'
        ),
        play=("time (ms)", "Run"),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
