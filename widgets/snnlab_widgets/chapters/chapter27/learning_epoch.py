"""The panel of the learning epoch: two spikes, two traces, two terms, and a weight in whole numbers."""

from typing import TYPE_CHECKING, Any

import numpy as np

from snnlab.loihi.neuron.traces import Trace as Fading
from snnlab.loihi.plasticity.epochs_of_pairs import FIRST, key_of, recorded, run_pairs
from snnlab_widgets.core.controls import Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["learning_epoch_panel"]

SYNAPSE: dict[str, Any] = {
    "trace": Fading(64.0, 10.0),
    "w_start": 100.0,
    "key": key_of(np.random.default_rng(1)),
}
PAIRS = 30
QUESTION = (
    "On the chip a weight is a whole number. Under “less than one” a pair adds a sixth. What becomes of it?"
)


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
        What readers should ask themselves.
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
            Control("delta_t", "Δt", "Post after pre", -20.0, 20.0, 10.0, 1.0, "steps", colour=1),
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
                handles=(Handle("Spike of the postsynaptic neuron", ("delta_t", 1.0, FIRST + 1.0), 76.0),),
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
        kernel=run_pairs,
        arrays={"told": recorded(PAIRS)},
        constants=SYNAPSE,
        presets={
            "the other way round": {"delta_t": -10.0},
            "at one time": {"delta_t": 0.0},
            "a step an epoch": {"t_epoch": 1.0},
            "less than one": {"up": -7.0, "down": -7.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.loihi.plasticity.epochs_of_pairs import epochs_of_pairs\n\n"
            "rng = np.random.default_rng(1)\n"
            "told = epochs_of_pairs({delta_t}, {t_epoch}, {up}, {down}, rng=rng)\n"
            'print(f"{{told.w_end}}, after the first pair {{told.w_one}}, from {{told.exact:.2f}}")'
        ),
        play=("time (steps)", "Run"),
        values=values,
        engine=engine,
        goal=goal,
    )
