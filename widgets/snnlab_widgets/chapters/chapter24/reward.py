"""The panel of distal reward: an hour of many synapses, one of which earns rewards that come late."""

import math
from typing import TYPE_CHECKING

from snnlab.learning.teaching.distal_reward import DISTAL_STDP, DistalReward
from snnlab.learning.teaching.late_rewards import SHOWN, recorded, run_late, work
from snnlab_widgets.core.controls import Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["reward_panel"]

INPUTS, NEURONS, MINUTES = 100, 10, 60
WORK, LOG = work(NEURONS, INPUTS, 8192)
QUESTION = (
    "Rewards come late and reach all synapses alike, and still the one that earns them is the strongest "
    "after an hour. How late may they come?"
)


def reward_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """An hour of the network of `snnlab.learning.learn_distal`, exact, at each move.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``late`` (0.2 to 10 s: the mean delay of a reward, which is drawn between half of it and
        one and a half of it), ``tau_c`` (0.2 to 10 s: time constant of the eligibility trace), ``size`` (0 to
        2: dopamine of a reward, 1/s), ``neurons`` (1 to 10, with 100 synapses each), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has ``right``, ``rival`` and ``mean`` (the weight of the synapse that earns the
        rewards, the strongest other one, and the mean of the others, in units of the threshold) over
        ``minutes``; ``eligibility`` and ``dopamine`` (of 1) over ``s``, the time since a pair (s); ``w``, all
        weights at the end, the neurons that are not there 0; ``place`` of the right synapse among ``of`` (NaN
        if no weight moved), its weight ``won``, that of the strongest rival ``best``, ``came`` (rewards), and
        ``left``, how much of a trace is left after `late` (%).

    Examples
    --------
    >>> result = reward_panel(neurons=2, engine="kernel").result
    >>> print(f"{result.place:.0f} of {result.of:.0f}")
    1 of 200
    """
    return Panel(
        "reward",
        title="A reward that comes late",
        question=question,
        controls=[
            Control("late", "T", "Reward after", 0.2, 10.0, 2.0, 0.1, "s", colour=2),
            Control("tau_c", "τ_c", "Eligibility lasts", 0.2, 10.0, 1.0, 0.1, "s", colour=1),
            Control("size", "D_0", "Dopamine of a reward", 0.0, 2.0, 1.0, 0.05, "1/s", colour=5),
            Control("neurons", "m", "Neurons with 100 synapses", 1.0, float(NEURONS), 5.0, 1.0, "", colour=3),
        ],
        readouts=[
            ReadOut("place", none="no place"),
            ReadOut("of"),
            ReadOut("won", 2),
            ReadOut("best", 2),
            ReadOut("came"),
            ReadOut("left", 1, "%"),
        ],
        views=[
            Kernels(
                "s",
                (("eligibility", "eligibility", 1), ("dopamine", "dopamine", 2)),
                Axis(0.0, SHOWN, "time since the pair (s)"),
                Axis(0.0, 1.1, "of its peak"),
                handles=(Handle("Reward", "late", 1.0), Handle("Eligibility", "tau_c", math.exp(-1.0))),
                title="The trace that one pair leaves, and the dopamine of its reward",
            ),
            Kernels(
                "minutes",
                (("right", "earns", 1), ("rival", "best rival", 2), ("mean", "mean rival", 3)),
                Axis(0.0, float(MINUTES), "time (min)"),
                Axis(0.0, 0.42, "weight (thresholds)"),
                title="The weight of the synapse that earns the rewards, of the strongest other and the mean",
            ),
        ],
        sentence=(
            "T = {late} s, τc = {tau_c} s, D₀ = {size}, {of} synapses: after {came} rewards the right one "
            "has [place {place}]{place|||no place}, with {won} against {best} of the strongest rival"
        ),
        headline="place",
        detail=(
            "[{place||}of {of}: the place of the synapse that earns the rewards]"
            "{place|||as no weight has moved}, with {won}; best rival {best}; "
            "{came} {came|reward|rewards}, {left} % of a trace left when one comes"
        ),
        kernel=run_late,
        arrays={
            "seen": recorded(NEURONS, INPUTS, MINUTES),
            "work": scratch(WORK),
            "log": scratch(LOG),
        },
        constants={"net": DistalReward(), "pairs": DISTAL_STDP.pairs, "tau_d": DISTAL_STDP.tau_d},
        presets={
            "at once": {"late": 0.2, "size": 0.2},
            "much later": {"late": 6.0},
            "twice as much, much later": {"late": 6.0, "size": 2.0},
            "no reward": {"size": 0.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.learning import DISTAL_STDP, DistalReward\n"
            "from snnlab.learning.teaching.late_rewards import late_rewards\n\n"
            "net = DistalReward(n_post={neurons}, size={size})\n"
            "rule = DISTAL_STDP._replace(tau_c=1000 * {tau_c})\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws another one\n"
            "seen = late_rewards({late}, net, rule, rng=np.uint64({seed}))\n"
            'print(f"place {{seen.place:.0f}} of {{seen.of}}, after {{seen.came}} rewards")'
        ),
        play=("time (min)", "Let it learn"),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
