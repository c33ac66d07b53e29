"""The panel of hidden neurons that wake up: the exclusive or in time, learnt in the page."""

import math
from typing import TYPE_CHECKING

import numpy as np

from snnlab.probability.hidden_xor import BINS
from snnlab.probability.waking_neurons import (
    CASES,
    EVERY,
    LONGEST,
    MOST,
    POINTS,
    SHOWN,
    WAKING_PRIOR,
    WAKING_RULE,
    blank_learner,
    blank_room,
    given,
    recorded,
    run_waking,
)
from snnlab_widgets.core.controls import Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels, Raster

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["waking_neuron_panel"]

QUESTION = (
    "The output should fire if the two lines were different ones. Let it learn alone first. What changes "
    "with one hidden neuron beside it, and who tells that one what to fire? (Awake: it fires otherwise in "
    "one case than in another.)"
)


def waking_neuron_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A network of one output and up to four hidden neurons that learns the exclusive or in time.

    The button *Learn* goes on by 250 trials at a time; moving another control starts anew (not in a goal).

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``trials`` (0 to 10,000 by 250), ``n_hidden`` (0 to 4), ``strength`` (c of the sparsity
        prior, 0 to 0.5), ``eta_hidden`` (learning rate of hidden neurons, 0 to 8), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.probability.waking_neurons.WakingNeurons` has, its curves NaN beyond
        the last trial, ``trial`` (thousands), and ``guess``, which no output alone exceeds.

    Examples
    --------
    >>> panel = waking_neuron_panel(engine="kernel", trials=2500)
    >>> bool(panel.result.likelihood < -0.69)
    True
    """
    return Panel(
        "waking_neuron",
        title="A hidden neuron that wakes up",
        question=question,
        controls=[
            Control("trials", "n", "Trials learnt", 0.0, float(LONGEST), 0.0, float(EVERY), "", 1),
            Control("n_hidden", "H", "Hidden neurons", 0.0, float(MOST), 0.0, 1.0, "", 2),
            Control("strength", "c", "Sparsity prior", 0.0, 0.5, WAKING_PRIOR.strength, 0.01, "", 4),
            Control("eta_hidden", "η_h", "Their learning rate", 0.0, 8.0, WAKING_RULE.eta_hidden, 0.5, "", 3),
        ],
        readouts=[
            ReadOut("likelihood", 2, "nats"),
            ReadOut("bound", 2, "nats"),
            ReadOut("right"),
            ReadOut("awake"),
            ReadOut("busy", 0, "%"),
            ReadOut("n"),
        ],
        views=[
            Kernels(
                "trial",
                (
                    ("log_likelihood", "log-likelihood", 1),
                    ("elbo", "its bound, the ELBO", 2),
                    ("guess", "no output alone comes above", 6),
                ),
                Axis(0.0, 0.001 * LONGEST, "trials learnt (thousands)"),
                Axis(-3.0, 0.0, "nats a trial"),
                handles=(Handle("Trials and log-likelihood", ("trials", 0.001), "likelihood"),),
                title="The log-likelihood of the right answers and its lower bound while the network learns",
            ),
            Kernels(
                "trial",
                (("aa", "after A, A", 3), ("ab", "A, B", 1), ("ba", "B, A", 2), ("bb", "B, B", 4)),
                Axis(0.0, 0.001 * LONGEST, "trials learnt (thousands)"),
                Axis(0.0, 1.0, "P(output fires)"),
                title="The probability of a spike as the answer, in each of the four cases",
            ),
            Raster(
                "times",
                "rows",
                rows=SHOWN * (1 + MOST),
                duration=float(CASES * BINS),
                label="draw",
                label_x="bin, seven of each case",
                groups=(("output", SHOWN), *((f"hidden {k + 1}", SHOWN) for k in range(MOST))),
                parts=("A, A", "A, B", "B, A", "B, B"),
                title="Six draws of each case: the output's spikes, then those of each hidden neuron",
            ),
        ],
        sentence=(
            "{n_hidden} hidden {n_hidden|neuron|neurons}, c = {strength}, ηh = {eta_hidden}, after {trials} "
            "trials: {right} of 4 answers are right, the log-likelihood is {likelihood} nats a trial and its "
            "bound {bound}; {awake} hidden {awake|neuron is|neurons are} awake"
        ),
        headline="likelihood",
        detail=(
            "a trial, the log-likelihood of what should be fired; its bound, the ELBO, is {bound}. "
            "{right} of 4 answers are right, {awake} hidden {awake|neuron is|neurons are} awake"
        ),
        kernel=run_waking,
        arrays={
            "seen": recorded(),
            "learner": scratch(blank_learner(), keep=True),
            "room": scratch(blank_room()),
            **dict(zip(("joined", "basis", "own_basis"), given(), strict=True)),
            "trial": np.arange(POINTS) * (0.001 * EVERY),
            "guess": np.full(POINTS, -math.log(2.0)),
        },
        constants={"rule": WAKING_RULE, "prior": WAKING_PRIOR},
        presets={
            "alone": {"trials": float(LONGEST)},
            "one hidden neuron": {"trials": float(LONGEST), "n_hidden": 1.0},
            "four": {"trials": float(LONGEST), "n_hidden": 4.0},
            "four that stay as drawn": {"trials": float(LONGEST), "n_hidden": 4.0, "eta_hidden": 0.0},
            "without the prior": {"trials": float(LONGEST), "n_hidden": 4.0, "strength": 0.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.probability import SparsityPrior, VariationalRule\n"
            "from snnlab.probability.waking_neurons import waking_neurons\n\n"
            "rule, prior = VariationalRule(eta_hidden={eta_hidden}), SparsityPrior({strength})\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws others\n"
            "seen = waking_neurons({trials}, {n_hidden}, rule, prior, rng=np.uint64({seed}))\n"
            'print(f"{{seen.likelihood:.2f}} nats a trial, bound {{seen.bound:.2f}}; {{seen.right}} of 4")'
        ),
        play=("trials", "Learn", "anew") if goal is None else (),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
