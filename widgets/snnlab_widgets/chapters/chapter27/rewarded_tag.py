"""The panel of the reward: a pair of spikes leaves a tag, and a reward later turns it into weight."""

from typing import TYPE_CHECKING

from snnlab.loihi.plasticity.rewarded_tag import recorded, run_tag
from snnlab_widgets.chapters.chapter27.learning_epoch import SYNAPSE
from snnlab_widgets.core.controls import Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["rewarded_tag_panel"]

QUESTION = "The reward comes long after the spikes. What does the synapse still know of them?"


def rewarded_tag_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """One synapse of Loihi under STDP with a reward: `REWARD_RULES`, with a leak of the tag to be chosen.

    Both traces have impulses of 64 and fade by a tenth in a step; the weight is excitatory and starts at 100.
    The presynaptic spike comes in step 25. The random numbers are those of
    ``learn(..., rng=np.random.default_rng(1))``.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``delta_t`` (−20 to 20 steps), ``wait`` (1 to 100 steps from the later spike to the
        reward), ``leak`` (2 to 7: the tag loses 2^−leak of itself in a step), ``reward`` (−127 to 127).

    Returns
    -------
    Panel
        ``panel.result`` has ``tag`` and ``weight`` after each of 160 steps, ``tag_real`` and ``weight_real``,
        the same in real numbers; ``seen`` and ``seen_real``, the tag that the reward meets, and ``change``,
        what became of the weight.

    Examples
    --------
    >>> rewarded_tag_panel(reward=0.0).result.change
    0.0
    """
    return Panel(
        "rewarded_tag",
        title="A tag, and a reward",
        question=question,
        controls=[
            Control("delta_t", "Δt", "Post after pre", -20.0, 20.0, 5.0, 1.0, "steps", colour=1),
            Control("wait", "D", "Until the reward", 1.0, 100.0, 30.0, 1.0, "steps", colour=6),
            Control("leak", "k", "Leak 2⁻ᵏ of the tag", 2.0, 7.0, 4.0, 1.0, "", colour=4),
            Control("reward", "r", "Reward", -127.0, 127.0, 100.0, 1.0, "", colour=6),
        ],
        readouts=[ReadOut("seen"), ReadOut("change"), ReadOut("seen_real", 2)],
        views=[
            Trace(
                "tag",
                1.0,
                Axis(-16.0, 16.0, "tag"),
                name="tag",
                also=(("tag_real", "in real numbers", 5),),
                colour=4,
                spikes="post_time",
                behind_spikes="pre_time",
                rows=("pre", "post"),
                title="The tag in 160 steps: a pair of spikes sets it, and it fades",
                label_x="time (steps)",
            ),
            Trace(
                "weight",
                1.0,
                Axis(0.0, 250.0, "weight"),
                name="weight",
                also=(("weight_real", "in real numbers", 5),),
                colour=1,
                spikes="reward_time",
                rows=("", "reward"),
                title="The weight in 160 steps: it moves when the reward comes",
                label_x="time (steps)",
            ),
        ],
        sentence=(
            "Δt = {delta_t}, the reward of {reward} after {wait} steps meets a tag of {seen} (in real "
            "numbers {seen_real}): the weight changes by {change}"
        ),
        headline="change",
        detail="change of the weight. The reward met a tag of {seen}; in real numbers it is {seen_real}",
        kernel=run_tag,
        arrays={"told": recorded()},
        constants=SYNAPSE,
        presets={
            "post first": {"delta_t": -5.0},
            "a punishment": {"reward": -100.0},
            "too late": {"wait": 90.0},
            "a long memory": {"leak": 6.0, "wait": 90.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.loihi.plasticity.rewarded_tag import rewarded_tag\n\n"
            "rng = np.random.default_rng(1)\n"
            "told = rewarded_tag({delta_t}, {wait}, {reward}, {leak}, rng=rng)\n"
            'print(f"{{told.change}}: the reward met a tag of {{told.seen}}")'
        ),
        play=("time (steps)", "Run"),
        values=values,
        engine=engine,
        goal=goal,
    )
