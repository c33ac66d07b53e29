"""The panel of distal reward: an hour of many synapses, one of which earns rewards that come late."""

import math
from typing import TYPE_CHECKING

from snnlab.compiling import kernel
from snnlab.learning.distal_reward import DISTAL_STDP, DistalReward
from snnlab.learning.distal_run import EVENTS, NEXT, STATE, USED, Cells, Log, begin, run_events
from snnlab.learning.reward_stdp import RewardSTDP
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["reward_panel"]

NET, RULE = DistalReward(), DISTAL_STDP
INPUTS, NEURONS, MINUTES = 100, 10, 60
START, MINUTE = 0.1, 60_000.0  # thresholds; ms
SHOWN = 12.0  # s after the pair
POINTS, ROOM, MOST = 241, 2048, 8192  # of the upper curves; of the log; rewards
QUESTION = (
    "Rewards come late and reach all synapses alike, and still the one that earns them is the strongest "
    "after an hour. How late may they come?"
)


@kernel
def reward_figure(
    w, c, seen, x, y, v, gaps, picks, heard, heard_from, fired, fired_by, earned, state, used, rewards,
    s, eligibility, dopamine, minutes, right, rival, mean, out,
    late, tau_c, size, neurons, start, minute, shown, seed,
):  # fmt: skip
    """An hour, minute by minute; and above it what is left of the trace of a pair when its reward comes."""
    m = int(neurons)
    net = DistalReward(
        x.size, m, NET.rate, NET.tau_m, NET.noise_rate, NET.noise, NET.window, 500.0 * late, 1500.0 * late,
        size,
    )  # fmt: skip
    rule = RewardSTDP(1000.0 * tau_c, RULE.tau_d, RULE.pairs)
    cells, log = (
        Cells(w[:m], c[:m], seen[:m], x, y[:m], v[:m], gaps, picks),
        Log(heard, heard_from, fired, fired_by, earned),
    )
    for i in range(m):
        for j in range(x.size):
            w[i, j] = start
    begin(cells, state, used, net, seed)
    for k in range(minutes.size):
        minutes[k] = k
        while not run_events(cells, state, used, rewards, log, k * minute, net, rule, True, seed):
            pass
        right[k], rival[k], total = w[0, 0], 0.0, 0.0
        for i in range(m):
            for j in range(x.size):
                total += w[i, j]
                if i + j > 0:
                    rival[k] = max(rival[k], w[i, j])
        mean[k] = (total - w[0, 0]) / (m * x.size - 1)
    for k in range(s.size):
        s[k] = shown * k / (s.size - 1)
        eligibility[k] = math.exp(-s[k] / tau_c)
        dopamine[k] = math.exp(1000.0 * (late - s[k]) / RULE.tau_d) if s[k] >= late else 0.0
    place = 0
    for i in range(m):
        for j in range(x.size):
            place += w[i, j] >= w[0, 0]
    moved = right[minutes.size - 1] != start or rival[minutes.size - 1] != start
    out[0] = place if moved else math.nan
    out[1] = m * x.size
    out[2] = w[0, 0]
    out[3] = rival[minutes.size - 1]
    out[4] = used[NEXT]
    out[5] = 100.0 * math.exp(-late / tau_c)


def reward_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """An hour of the network of `snnlab.learning.learn_distal`, exact, at each move.

    Parameters
    ----------
    question : str
        What the reader should ask himself.
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

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

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
            ReadOut("place"),
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
            "has place {place}, with {won} against {best} of the strongest rival"
        ),
        headline="place",
        detail=(
            "of {of}: the place of the synapse that earns the rewards, with {won}; best rival {best}; "
            "{came} {came|reward|rewards}, {left} % of a trace left when one comes"
        ),
        kernel=reward_figure,
        arrays={
            "w": Array((NEURONS, INPUTS)),
            "c": Array((NEURONS, INPUTS), work=True),
            "seen": Array((NEURONS, INPUTS), work=True),
            "x": Array((INPUTS,), work=True),
            "y": Array((NEURONS,), work=True),
            "v": Array((NEURONS,), work=True),
            "gaps": Array((EVENTS,), work=True),
            "picks": Array((EVENTS,), work=True),
            "heard": Array((ROOM,), work=True),
            "heard_from": Array((ROOM,), work=True),
            "fired": Array((ROOM,), work=True),
            "fired_by": Array((ROOM,), work=True),
            "earned": Array((ROOM,), work=True),
            "state": Array((STATE,), work=True),
            "used": Array((USED,), "int32", work=True),
            "rewards": Array((MOST,), work=True),
            "s": Array((POINTS,)),
            "eligibility": Array((POINTS,)),
            "dopamine": Array((POINTS,)),
            "minutes": Array((MINUTES + 1,)),
            "right": Array((MINUTES + 1,)),
            "rival": Array((MINUTES + 1,)),
            "mean": Array((MINUTES + 1,)),
        },
        constants={"start": START, "minute": MINUTE, "shown": SHOWN},
        presets={
            "at once": {"late": 0.2, "size": 0.2},
            "much later": {"late": 6.0},
            "twice as much, much later": {"late": 6.0, "size": 2.0},
            "no reward": {"size": 0.0},
        },
        python=(
            "import numpy as np\n\n"
            "from snnlab.learning import DISTAL_STDP, DistalReward, learn_distal\n"
            "from snnlab_widgets import reward_panel\n\n"
            "net = DistalReward(\n"
            "    n_post=int({neurons}), soonest=500 * {late}, latest=1500 * {late}, size={size}\n"
            ")\n"
            "rule = DISTAL_STDP._replace(tau_c=1000 * {tau_c})\n"
            "run = learn_distal(3_600_000, net, rule, rng=np.random.default_rng())  # with other chance\n"
            'print(f"place {{run.place}}")\n'
            "panel = reward_panel(late={late}, tau_c={tau_c}, size={size}, neurons={neurons}, seed={seed})\n"
            'print(f"{{panel.result.place:.0f}}")'
        ),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
