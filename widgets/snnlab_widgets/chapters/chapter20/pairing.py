"""The panel of the pairing frequency: sixty pairs through the pair rule and through the triplet rule."""

from snnlab.learning.pairing.paired_rules import HIGHEST, WIDEST, recorded, run_rules
from snnlab.learning.rules.stdp_parameters import STDP
from snnlab.learning.rules.triplet import Triplet
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels

__all__ = ["pairing_panel"]

PAIRS, W_MAX = 60, 2.0  # the weight starts at 1
CORTEX = Triplet(w_max=W_MAX)
LAMBDA = 0.0025  # of w_max, so that a pair adds at most 0.005
ALPHA = CORTEX.a2_minus / (LAMBDA * W_MAX)  # so that both rules take the same away
PAIR_RULE = STDP(LAMBDA, ALPHA, CORTEX.tau_plus, CORTEX.tau_minus, w_max=W_MAX)
QUESTION = "The same sixty pairs, but faster. What does a synapse make of that, and what does the pair rule?"


def pairing_panel(*, question: str = QUESTION, engine: str = "browser", **values: float) -> Panel:
    """Sixty pairs of spikes at a frequency, through the pair rule and through the triplet rule.

    The triplet rule has the numbers reported for visual cortex; the pair rule has the same depression.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    **values
        Start values: ``frequency`` (1 to 50 Hz), ``delta_t`` (−20 to 20 ms).

    Returns
    -------
    Panel
        ``panel.result`` has ``delta`` (ms) with ``pair_window`` and ``triplet_window``, the changes of a
        weight of 1 at this frequency (NaN at 0, where they jump); ``f`` (Hz) with ``pair_curve`` and
        ``triplet_curve``, those at this Δt; ``pairs`` and ``triplets``, those at both.

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

    Examples
    --------
    >>> print(pairing_panel(frequency=40))
    60 pairs of 10 ms at 40 Hz change a weight of 1 by −0.28 (pair rule) and by 0.53 (triplet rule)
    """
    return Panel(
        "pairing",
        title="Sixty pairs, slow and fast",
        question=question,
        controls=[
            Control("frequency", "f", "Pairs a second", 1.0, HIGHEST, 1.0, 1.0, "Hz", colour=5),
            Control("delta_t", "Δt", "Post after pre", -WIDEST, WIDEST, 10.0, 1.0, "ms", colour=1),
        ],
        readouts=[ReadOut("pairs", 2), ReadOut("triplets", 2)],
        views=[
            Kernels(
                "f",
                (("pair_curve", "pair rule", 2), ("triplet_curve", "triplet rule", 3)),
                Axis(0.0, HIGHEST, "f (Hz)"),
                Axis(-1.0, 1.0, "change of w"),
                handles=(Handle("Frequency", "frequency", "pairs"),),
                title="The change of the weight for every frequency up to this one, by two rules",
                side="left",
            ),
            Kernels(
                "delta",
                (("pair_window", "pair rule", 2), ("triplet_window", "triplet rule", 3)),
                Axis(-WIDEST, WIDEST, "Δt, post − pre (ms)"),
                Axis(-1.0, 1.0, "change of w"),
                handles=(Handle("Post after pre", "delta_t", "pairs"),),
                title="The change of the weight at this frequency for every time between the two spikes",
            ),
        ],
        sentence=(
            "60 pairs of {delta_t} ms at {frequency} Hz change a weight of 1 by {pairs} (pair rule) and by "
            "{triplets} (triplet rule)"
        ),
        headline="pairs",
        detail="by the pair rule, {triplets} by the triplet rule: what sixty pairs change in a weight of 1",
        kernel=run_rules,
        arrays={
            "seen": recorded(),
            "pre": Array((PAIRS,), work=True),
            "post": Array((PAIRS,), work=True),
            "none": Array((0,), work=True),
        },
        constants={"rule": PAIR_RULE, "triplet": CORTEX, "widest": WIDEST, "highest": HIGHEST},
        presets={
            "post first": {"delta_t": -10.0},
            "pre first, fast": {"frequency": 40.0},
            "post first, fast": {"frequency": 40.0, "delta_t": -10.0},
        },
        python=(
            "from snnlab.learning import STDP, Triplet\n"
            "from snnlab.learning.pairing.paired_rules import paired_rules\n\n"
            f"pairs = STDP({LAMBDA}, {ALPHA:g}, {CORTEX.tau_plus}, {CORTEX.tau_minus}, w_max={W_MAX})\n"
            f"seen = paired_rules({{delta_t}}, {{frequency}}, pairs, Triplet(w_max={W_MAX}))\n"
            'print(f"{{seen.pairs:.2f}} by pairs, {{seen.triplets:.2f}} by triplets")'
        ),
        values=values,
        engine=engine,
    )
