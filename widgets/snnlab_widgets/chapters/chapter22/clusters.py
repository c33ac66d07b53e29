"""The panel of receptive fields: nine neurons learn small digits while one looks."""

from typing import TYPE_CHECKING

import numpy as np

from snnlab.learning.competition.cluster_fields import recorded, run_fields
from snnlab.learning.competition.small_clusters import SMALL, small_digits, work
from snnlab_widgets.core.controls import Array, Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Curve, HeatMap, Histogram

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["clusters_panel"]

LEARNT, N = 80, 9  # images, neurons
SIDE, PIXELS, BRIGHT = 8, 64, 16  # pixels across an image, and the brightest of them in whole numbers
WHITE = 0.45  # the weight that has the last colour
QUESTION = "Nobody says what these digits are. What will the weights of nine neurons look like?"


def clusters_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """Nine competing neurons that learn digits of 8 x 8 pixels from 0 to 3, at steps of 1 ms.

    The network is `snnlab.learning.competition.small_clusters.SMALL`, whose numbers suit 64 pixels and a
    quick learner. The button *Show images* shows two more and two more; moving another control starts anew
    (not in a goal).

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``shown`` (0 to 80 images), ``theta_plus`` (0 to 0.3 mV, by how much a spike raises the
        threshold), ``g_in`` (0 to 17, the inhibition of a spike in units of the leak), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.learning.competition.cluster_fields.ClusterFields` has.

    Examples
    --------
    >>> panel = clusters_panel(engine="kernel")
    >>> panel.shown = 20
    >>> panel.result.fields.shape
    (27, 27)
    """
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
        readouts=[ReadOut("alike", 2), ReadOut("busy")],
        views=[
            HeatMap(
                "fields",
                Axis(0.0, 3.0, "nine neurons", ()),
                Axis(0.0, 3.0, "8 × 8 weights each", ()),
                Axis(0.0, WHITE, "weight"),
                title="The weights of nine neurons, each a tile of 8 by 8 pixels",
                square=True,
            ),
            Histogram(
                "each",
                Axis(0.5, N + 0.5, "neuron"),
                "spikes",
                title="How many spikes each neuron has fired",
            ),
            Curve(
                "images",
                "course",
                "shown",
                "alike",
                Axis(0.0, float(LEARNT), "images shown"),
                "correlation",
                least=1.0,
                title="The correlation of two fields, on average, as far as images have been shown",
            ),
        ],
        sentence=(
            "{shown} images, θ₊ = {theta_plus} mV, g₋ = {g_in}: {busy} of 9 neurons take part, two fields "
            "correlate by {alike} on average"
        ),
        headline="alike",
        detail="is the correlation of two fields, on average; {busy} of 9 neurons take part",
        kernel=run_fields,
        arrays={
            "seen": recorded(N, SIDE, LEARNT),
            "work": scratch(work(N, PIXELS, int(SMALL.show))),
            "pixels": (BRIGHT * small_digits(LEARNT)).astype(np.int32),
            "image": Array((PIXELS,), work=True),
            "images": np.arange(LEARNT + 1.0),
        },
        constants={"net": SMALL, "white": float(BRIGHT), "dt": 1.0},
        presets={
            "no adaptation": {"theta_plus": 0.0, "shown": LEARNT},
            "no inhibition": {"g_in": 0.0, "shown": LEARNT},
            "after 80 images": {"shown": LEARNT},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.learning.competition.cluster_fields import cluster_fields\n"
            "from snnlab.learning.competition.small_clusters import SMALL, small_digits\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws another one\n"
            "net = SMALL._replace(theta_plus={theta_plus}, g_in={g_in})\n"
            f"seen = cluster_fields(small_digits({LEARNT}), {{shown}}, net, rng=np.uint64({{seed}}))\n"
            'print(f"{{seen.alike:.2f}} is the correlation of two fields; {{seen.busy}} neurons take part")'
        ),
        play=("shown", "Show images", "anew") if goal is None else (),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
