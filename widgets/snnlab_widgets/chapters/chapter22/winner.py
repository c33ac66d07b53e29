"""The panel of the winner: one image, six times, and who answers it."""

from typing import TYPE_CHECKING

from snnlab.learning.competition.repeated_image import recorded, run_repeated
from snnlab.learning.competition.small_clusters import SMALL, small_digits, work
from snnlab_widgets.core.controls import Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Histogram, Raster

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["winner_panel"]

N, SHOWINGS = 9, 6
SHOW, PAUSE = int(SMALL.show), int(SMALL.pause)  # steps of 1 ms
DURATION = SHOWINGS * (SHOW + PAUSE)  # ms
QUESTION = (
    "One of nine neurons takes the zero every time. Who would without inhibition, and who if thresholds rise?"
)


def winner_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """Nine neurons that see one image six times and compete for it, at steps of 1 ms.

    The network is `snnlab.learning.competition.small_clusters.SMALL`, whose numbers suit 64 pixels and a
    quick learner.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``theta_plus`` (0 to 1 mV, by how much a spike raises the threshold), ``g_in`` (0 to 17,
        the inhibition of a spike in units of the leak), ``rate`` (60 to 400 Hz, of a white pixel), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.learning.competition.repeated_image.RepeatedImage` has.

    Examples
    --------
    >>> panel = winner_panel(engine="kernel")
    >>> panel.g_in = 0.0
    >>> panel.result.busy
    9.0
    """
    image = small_digits(1)[0]
    return Panel(
        "winner",
        title="Who wins",
        question=question,
        controls=[
            Control(
                "theta_plus", "θ_+", "A spike raises the threshold by", 0.0, 1.0, 0.0, 0.05, "mV", colour=3
            ),
            Control("g_in", "g_-", "Inhibition by a spike", 0.0, 17.0, 17.0, 0.5, "", colour=2),
            Control("rate", "r", "Rate of a white pixel", 60.0, 400.0, 255.0, 5.0, "Hz", colour=6),
        ],
        readouts=[
            ReadOut("n"),
            ReadOut("busy"),
            ReadOut("share", 0, "%"),
            ReadOut("first"),
            ReadOut("last"),
        ],
        views=[
            Raster(
                "times",
                "units",
                N,
                DURATION,
                strip="light",
                strip_label="input of a white pixel (Hz)",
                expected="rate",
                title="Spikes of nine neurons while one image is shown six times, 100 ms each",
            ),
            Histogram(
                "each", Axis(0.5, N + 0.5, "neuron"), "spikes", title="How many spikes each neuron fired"
            ),
        ],
        sentence=(
            "θ₊ = {theta_plus} mV, g₋ = {g_in}, r = {rate} Hz: {busy} of 9 neurons take part, "
            "the busiest {share} % of {n} spikes"
        ),
        headline="busy",
        detail="of 9 neurons take part; the busiest has {share} % of the {n} spikes",
        kernel=run_repeated,
        arrays={
            "seen": recorded(N, DURATION, SHOWINGS),
            "work": scratch(work(N, image.size, SHOW)),
            "image": image,
        },
        constants={"net": SMALL, "showings": SHOWINGS, "dt": 1.0},
        presets={
            "no inhibition": {"g_in": 0.0},
            "thresholds adapt": {"theta_plus": 0.5},
            "dark": {"rate": 80.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.learning.competition.repeated_image import repeated_image\n"
            "from snnlab.learning.competition.small_clusters import SMALL, small_digits\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws another one\n"
            "net = SMALL._replace(theta_plus={theta_plus}, g_in={g_in}, rate={rate})\n"
            "seen = repeated_image(small_digits(1)[0], net, rng=np.uint64({seed}))\n"
            'print(f"{{seen.busy}} neurons take part, one has {{seen.share:.0f}} % of {{seen.n}} spikes")'
        ),
        play=("time (ms)", "Show the image"),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
