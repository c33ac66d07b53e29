"""The panel of the learning epoch: two spikes, two traces, two terms, and a weight in whole numbers."""

from typing import TYPE_CHECKING

import numpy as np

from snnlab.compiling import kernel
from snnlab.loihi.learning import rounded
from snnlab.loihi.learning import step as add_term
from snnlab.loihi.traces import DECAY, random_of
from snnlab.loihi.traces import step as trace_step
from snnlab.random import seed_from, uniform
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Kernels, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["learning_epoch_panel"]

IMPULSE, TAU, W_START = 64.0, 10.0, 100
PAIRS, EVERY, FIRST = 30, 64, 24  # steps from pair to pair, and before the presynaptic spike
WIDEST = 20.0
RNG_SEED = 1
KEY = int(seed_from(np.random.default_rng(RNG_SEED)))  # what `learn` draws from such a generator
QUESTION = (
    "On the chip a weight is a whole number. Under “less than one” a pair adds a sixth. What becomes of it?"
)


@kernel
def learning_epoch_figure(
    x, y, x_stored, sum_, w_first, pair, w_pairs, w_real, pre_time, post_time, out,
    delta_t, t_epoch, up, down, impulse, kept, w_start, every, first, key_high, key_low,
):  # fmt: skip
    """Traces and weight through the first pair, step by step, and the weight after each pair."""
    seed = (np.uint64(key_high) << np.uint64(32)) | np.uint64(key_low)
    epoch, steps = int(t_epoch), int(every)
    delta, at_pre = int(delta_t), int(first)
    at_post = at_pre + delta
    pre_time[0], post_time[0] = at_pre + 1.0, at_post + 1.0
    tx, ty, stored, x_real, y_real = 0.0, 0.0, 0.0, 0.0, 0.0
    seen_x, seen_y, real_up, real_down = 0.0, 0.0, 0.0, 0.0
    acts_x, acts_y = False, False
    w, z, w_exact, real = w_start, 128.0 * w_start, w_start, w_start
    out[0], out[1], out[2], out[3], out[4] = 0.0, 0.0, 0.0, 0.0, w_start
    for p in range(pair.size):
        for s in range(steps):
            t = p * steps + s
            pre, post = s == at_pre, s == at_post
            r_x = random_of(True, 0.0, seed, DECAY, 0, 0, t + 1, 1.0)
            r_y = random_of(True, 0.0, seed, DECAY, 2, 0, t + 1, 1.0)
            tx = trace_step(tx, kept, impulse, 0.0, pre, r_x, 0.0)
            ty = trace_step(ty, kept, impulse, 0.0, post, r_y, 0.0)
            x_real = kept * x_real + (impulse if pre else 0.0)
            y_real = kept * y_real + (impulse if post else 0.0)
            if pre:
                acts_x, seen_y, real_down = True, ty, y_real
            if post:
                acts_y, seen_x, real_up = True, tx, x_real
            if (t + 1) % epoch == 0:
                stored = tx
                z = 128.0 * w
                if acts_y:
                    z, added = add_term(np.int64(z), np.int32(seen_x), 1, 0, np.int64(up), 0)
                    real += 2.0**up * real_up
                    if p == 0:
                        out[0], out[1] = seen_x, added
                if acts_x:
                    z, added = add_term(np.int64(z), np.int32(seen_y), -1, 0, np.int64(down), 0)
                    real -= 2.0**down * real_down
                    if p == 0:
                        out[2], out[3] = seen_y, added
                r = uniform(seed, np.uint64(1 << 48), np.uint64((t + 1) // epoch - 1))
                real = min(max(real, 0.0), 255.0)
                w = rounded(max(0.0, 1.0 * z), 1, r, 0, 255)
                if p == 0 and (acts_x or acts_y):
                    w_exact = z / 128.0
                    out[4] = w
                acts_x, acts_y = False, False
            if p == 0:
                x[s], y[s], x_stored[s], sum_[s], w_first[s] = tx, ty, stored, w_exact, w
        pair[p], w_pairs[p], w_real[p] = p + 1.0, w, real
    out[5] = w
    out[6] = w_exact


def learning_epoch_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """One synapse of Loihi under the rule dw = 2^e₁ x1 y0 − 2^e₂ x0 y1, through its learning epochs.

    Both traces have impulses of 64 and fade by a tenth in a step; the weight is excitatory and starts at 100.
    A pair of spikes comes every 64 steps, the presynaptic one in the 25th. The random numbers are those of
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
        Start values: ``delta_t`` (−20 to 20 steps), ``t_epoch`` (1 to 16 steps), ``up`` and ``down``, the
        exponents e₁ and e₂ (−7 to −2).

    Returns
    -------
    Panel
        ``panel.result`` has, in each of the first 64 steps, ``x`` and ``y`` (the traces as the terms see
        them), ``x_stored`` (what is kept of x1), ``sum_`` (the weight before it was last rounded, of an
        epoch with a spike) and ``w_first``; ``pair`` with ``w_pairs`` and ``w_real``, the weight after each
        of 30 pairs in whole and in real numbers; of the first pair ``seen_x`` and ``seen_y``, the factors,
        ``plus`` and ``minus``, what their terms added in 128ths of a weight, and ``w_one``, the weight after
        it; ``exact``, the same before rounding, and ``w_end``, the weight after all pairs.

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

    Examples
    --------
    >>> result = learning_epoch_panel(delta_t=0, up=-2, down=-2).result
    >>> print(f"{result.plus:.0f} {result.minus:.0f} {result.w_one:.0f}")
    2048 -2048 100
    """
    return Panel(
        "learning_epoch",
        title="A learning epoch",
        question=question,
        controls=[
            Control("delta_t", "Δt", "Post after pre", -WIDEST, WIDEST, 10.0, 1.0, "steps", colour=1),
            Control("t_epoch", "T", "Learning epoch", 1.0, 16.0, 4.0, 1.0, "steps", colour=4),
            Control("up", "e_1", "Exponent of x1·y0", -7.0, -2.0, -4.0, 1.0, "", colour=3),
            Control("down", "e_2", "Exponent of x0·y1", -7.0, -2.0, -5.0, 1.0, "", colour=2),
        ],
        readouts=[
            ReadOut("seen_x"),
            ReadOut("plus"),
            ReadOut("seen_y"),
            ReadOut("minus"),
            ReadOut("w_one"),
            ReadOut("w_end"),
            ReadOut("exact", 2),
        ],
        views=[
            Trace(
                "x",
                1.0,
                Axis(0.0, 80.0, "trace"),
                name="x1",
                also=(("y", "y1", 2), ("x_stored", "x1 as it is stored", 4)),
                colour=3,
                spikes="post_time",
                behind_spikes="pre_time",
                rows=("pre", "post"),
                title="The traces of both neurons in 64 steps; the stored one moves at the end of an epoch",
                label_x="time (steps)",
            ),
            Trace(
                "w_first",
                1.0,
                Axis(84.0, 116.0, "weight"),
                name="weight",
                also=(("sum_", "before rounding", 5),),
                colour=1,
                title="The weight in 64 steps, after rounding and before; it moves at the end of an epoch",
                label_x="time (steps)",
            ),
            Kernels(
                "pair",
                (("w_pairs", "whole numbers", 1), ("w_real", "real numbers", 5)),
                Axis(0.0, float(PAIRS), "pairs"),
                Axis(60.0, 160.0, "weight"),
                title="The weight after each of 30 pairs, in whole numbers and in real ones",
            ),
        ],
        sentence=(
            "Δt = {delta_t}, epochs of {t_epoch}: x1 = {seen_x} adds {plus}, y1 = {seen_y} adds {minus} "
            "128ths; 100 becomes {exact}, rounded {w_one}; after 30 pairs {w_end}"
        ),
        headline="w_end",
        detail=(
            "weight after 30 pairs, from 100 on. The first adds {plus}/128 for x1 = {seen_x} and {minus}/128 "
            "for y1 = {seen_y}: {exact}, rounded {w_one}"
        ),
        kernel=learning_epoch_figure,
        arrays={
            **{name: Array((EVERY,)) for name in ("x", "y", "x_stored", "sum_", "w_first")},
            **{name: Array((PAIRS,)) for name in ("pair", "w_pairs", "w_real")},
            "pre_time": Array((1,)),
            "post_time": Array((1,)),
        },
        constants={
            "impulse": IMPULSE,
            "kept": 1.0 - 1.0 / TAU,
            "w_start": float(W_START),
            "every": float(EVERY),
            "first": float(FIRST),
            "key_high": float(KEY >> 32),
            "key_low": float(KEY & 0xFFFFFFFF),
        },
        presets={
            "the other way round": {"delta_t": -10.0},
            "at one time": {"delta_t": 0.0},
            "a step an epoch": {"t_epoch": 1.0},
            "less than one": {"up": -7.0, "down": -7.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.loihi import EXCITATORY, Synapse, Trace, Traces, learn\n\n"
            f"pre, post = np.zeros(({PAIRS * EVERY}, 1)), np.zeros(({PAIRS * EVERY}, 1))\n"
            f"pre[{FIRST}::{EVERY}] = post[{FIRST} + int({{delta_t}}) :: {EVERY}] = 1\n"
            f"traces = Traces(x1=Trace({IMPULSE:g}, {TAU:g}), y1=Trace({IMPULSE:g}, {TAU:g}))\n"
            'rule = f"dw = 2^{{int({up})}}*x1*y0 - 2^{{int({down})}}*x0*y1"\n'
            f"run = learn(pre, post, {W_START}, rule, traces, t_epoch=int({{t_epoch}}),\n"
            f"            synapse=Synapse(sign_mode=EXCITATORY), rng=np.random.default_rng({RNG_SEED}))\n"
            "print(run.w[-1, 0, 0])"
        ),
        values=values,
        engine=engine,
        goal=goal,
    )
