"""The panel of the reward: a pair of spikes leaves a tag, and a reward later turns it into weight."""

from typing import TYPE_CHECKING

import numpy as np

from snnlab.compiling import kernel
from snnlab.loihi.learning import rounded
from snnlab.loihi.learning import step as add_term
from snnlab.loihi.traces import DECAY, random_of
from snnlab.loihi.traces import step as trace_step
from snnlab.random import uniform
from snnlab_widgets.chapters.chapter27.learning_epoch import IMPULSE, KEY, RNG_SEED, TAU, W_START
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["rewarded_tag_panel"]

STEPS, FIRST = 160, 24
QUESTION = "The reward comes long after the spikes. What does the synapse still know of them?"


@kernel
def rewarded_tag_figure(
    tag, tag_real, weight, weight_real, pre_time, post_time, reward_time, out,
    delta_t, wait, leak, reward, impulse, kept, w_start, first, pair_exp, shift, key_high, key_low,
):  # fmt: skip
    """Tag and weight in each step, in whole and in real numbers."""
    seed = (np.uint64(key_high) << np.uint64(32)) | np.uint64(key_low)
    at_pre, at_post = int(first), int(first) + int(delta_t)
    at_reward = max(at_pre, at_post) + int(wait)
    pre_time[0], post_time[0], reward_time[0] = at_pre + 1.0, at_post + 1.0, at_reward + 1.0
    x, y, x_real, y_real, t_real = 0.0, 0.0, 0.0, 0.0, 0.0
    t_now, w, w_real = 0.0, w_start, w_start
    out[0], out[1], out[2] = 0.0, 0.0, 0.0
    for s in range(tag.size):
        pre, post = s == at_pre, s == at_post
        x = trace_step(x, kept, impulse, 0.0, pre, random_of(True, 0.0, seed, DECAY, 0, 0, s + 1, 1.0), 0.0)
        y = trace_step(y, kept, impulse, 0.0, post, random_of(True, 0.0, seed, DECAY, 2, 0, s + 1, 1.0), 0.0)
        x_real = kept * x_real + (impulse if pre else 0.0)
        y_real = kept * y_real + (impulse if post else 0.0)
        r = reward if s == at_reward else 0.0
        z, z_w, more = np.int64(128.0 * t_now), np.int64(128.0 * w), 0.0
        if post:
            z, _ = add_term(z, np.int32(x), 1, 0, np.int64(pair_exp), 0)
            more += 2.0**pair_exp * x_real
        if pre:
            z, _ = add_term(z, np.int32(y), -1, 0, np.int64(pair_exp), 0)
            more -= 2.0**pair_exp * y_real
        z, _ = add_term(z, np.int32(t_now), -1, 0, np.int64(-leak), 0)
        z_w, _ = add_term(z_w, np.int32(np.int64(r) * np.int64(t_now)), 1, np.int64(shift), 0, 0)
        w_real += r * t_real / 2.0**shift
        if s == at_reward:
            out[0], out[2] = t_now, t_real
        t_real += more - 2.0 ** (-leak) * t_real
        u = uniform(seed, np.uint64((1 << 48) + 2), np.uint64(s))
        t_now = rounded(1.0 * z, 1, u, -256, 255)
        u = uniform(seed, np.uint64(1 << 48), np.uint64(s))
        w = rounded(max(0.0, 1.0 * z_w), 1, u, 0, 255)
        w_real = min(max(w_real, 0.0), 255.0)
        tag[s], tag_real[s], weight[s], weight_real[s] = t_now, t_real, w, w_real
    out[1] = w - w_start


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
        What the reader should ask himself.
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

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

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
        kernel=rewarded_tag_figure,
        arrays={
            **{name: Array((STEPS,)) for name in ("tag", "tag_real", "weight", "weight_real")},
            **{name: Array((1,)) for name in ("pre_time", "post_time", "reward_time")},
        },
        constants={
            "impulse": IMPULSE,
            "kept": 1.0 - 1.0 / TAU,
            "w_start": float(W_START),
            "first": float(FIRST),
            "pair_exp": -2.0,
            "shift": 4.0,
            "key_high": float(KEY >> 32),
            "key_low": float(KEY & 0xFFFFFFFF),
        },
        presets={
            "post first": {"delta_t": -5.0},
            "a punishment": {"reward": -100.0},
            "too late": {"wait": 90.0},
            "a long memory": {"leak": 6.0, "wait": 90.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.loihi import EXCITATORY, Synapse, Trace, Traces, learn\n\n"
            f"pre, post, reward = (np.zeros(({STEPS}, 1), int) for _ in range(3))\n"
            f"pre[{FIRST}] = post[{FIRST} + int({{delta_t}})] = 1\n"
            f"reward[{FIRST} + max(0, int({{delta_t}})) + int({{wait}})] = int({{reward}})\n"
            f"traces = Traces(x1=Trace({IMPULSE:g}, {TAU:g}), y1=Trace({IMPULSE:g}, {TAU:g}))\n"
            'rules = ["dt = 2^-2*x1*y0 - 2^-2*x0*y1 - 2^-' + "{leak}" + '*u0*t", "dw = u0*r*t"]\n'
            f"run = learn(pre, post, {W_START}, rules, traces, reward=reward.ravel(),\n"
            f"            synapse=Synapse(sign_mode=EXCITATORY), rng=np.random.default_rng({RNG_SEED}))\n"
            f"print(run.w[-1, 0, 0] - {W_START})"
        ),
        values=values,
        engine=engine,
        goal=goal,
    )
