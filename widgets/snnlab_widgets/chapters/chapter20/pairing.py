"""The panel of the pairing frequency: sixty pairs through the pair rule and through the triplet rule."""

import math

from snnlab.compiling import kernel
from snnlab.learning import stdp, triplet
from snnlab.learning.protocol import fill_pairings
from snnlab.learning.triplet import Triplet
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels

__all__ = ["pairing_panel"]

PAIRS, W_MAX = 60, 2.0  # the weight starts at 1
CORTEX = Triplet(w_max=W_MAX)
LAMBDA = 0.0025  # of w_max, so that a pair adds at most 0.005
ALPHA = CORTEX.a2_minus / (LAMBDA * W_MAX)  # so that both rules take the same away
WIDEST, HIGHEST = 20.0, 50.0  # ms to each side, Hz
AT_DELTAS, AT_FREQUENCIES = 41, 50
QUESTION = "The same sixty pairs, but faster. What does a synapse make of that, and what does the pair rule?"

_pair_run, _triplet_run = stdp.run, triplet.run


@kernel
def both_rules(
    pre, post, no_times, no_weights, delta_t, frequency, lambda_, alpha,
    a2_plus, a3_plus, a2_minus, a3_minus, tau_plus, tau_x, tau_minus, tau_y, w_max,
):  # fmt: skip
    """The change of the weight 1 by all pairs, for the pair rule and for the triplet rule."""
    fill_pairings(pre, post, delta_t, frequency)
    by_pairs = _pair_run(
        pre, post, no_times, no_weights, 1.0,
        lambda_, alpha, tau_plus, tau_minus, 0.0, 0.0, w_max, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0,
    )  # fmt: skip
    by_triplets = _triplet_run(
        pre, post, no_times, no_weights, 1.0,
        a2_plus, a3_plus, a2_minus, a3_minus, tau_plus, tau_x, tau_minus, tau_y, w_max,
    )  # fmt: skip
    return by_pairs - 1.0, by_triplets - 1.0


@kernel
def pairing_figure(
    delta, pair_window, triplet_window, f, pair_curve, triplet_curve,
    pre, post, no_times, no_weights, out,
    frequency, delta_t, lambda_, alpha,
    a2_plus, a3_plus, a2_minus, a3_minus, tau_plus, tau_x, tau_minus, tau_y, w_max, widest, highest,
):  # fmt: skip
    """Both rules at this frequency for every Δt, and at this Δt for every frequency."""
    for k in range(delta.size):
        delta[k] = widest * (2.0 * k / (delta.size - 1) - 1.0)
        pair_window[k], triplet_window[k] = both_rules(
            pre, post, no_times, no_weights, delta[k], frequency, lambda_, alpha,
            a2_plus, a3_plus, a2_minus, a3_minus, tau_plus, tau_x, tau_minus, tau_y, w_max,
        )  # fmt: skip
        if delta[k] == 0.0:  # both curves jump here
            pair_window[k], triplet_window[k] = math.nan, math.nan
    for k in range(f.size):
        f[k] = highest * (k + 1.0) / f.size
        pair_curve[k], triplet_curve[k] = both_rules(
            pre, post, no_times, no_weights, delta_t, f[k], lambda_, alpha,
            a2_plus, a3_plus, a2_minus, a3_minus, tau_plus, tau_x, tau_minus, tau_y, w_max,
        )  # fmt: skip
    out[0], out[1] = both_rules(
        pre, post, no_times, no_weights, delta_t, frequency, lambda_, alpha,
        a2_plus, a3_plus, a2_minus, a3_minus, tau_plus, tau_x, tau_minus, tau_y, w_max,
    )  # fmt: skip


def pairing_panel(*, question: str = QUESTION, engine: str = "browser", **values: float) -> Panel:
    """Sixty pairs of spikes at a frequency, through the pair rule and through the triplet rule.

    The triplet rule has the numbers reported for visual cortex; the pair rule has the same depression.

    Parameters
    ----------
    question : str
        What the reader should ask himself.
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
        kernel=pairing_figure,
        arrays={
            "delta": Array((AT_DELTAS,)),
            "pair_window": Array((AT_DELTAS,)),
            "triplet_window": Array((AT_DELTAS,)),
            "f": Array((AT_FREQUENCIES,)),
            "pair_curve": Array((AT_FREQUENCIES,)),
            "triplet_curve": Array((AT_FREQUENCIES,)),
            "pre": Array((PAIRS,), work=True),
            "post": Array((PAIRS,), work=True),
            "no_times": Array((0,), work=True),
            "no_weights": Array((0,), work=True),
        },
        constants={
            "lambda_": LAMBDA,
            "alpha": ALPHA,
            **CORTEX._asdict(),
            "widest": WIDEST,
            "highest": HIGHEST,
        },
        presets={
            "post first": {"delta_t": -10.0},
            "pre first, fast": {"frequency": 40.0},
            "post first, fast": {"frequency": 40.0, "delta_t": -10.0},
        },
        python=(
            "from snnlab.learning import STDP, Triplet, pairing_protocol, simulate_stdp, simulate_triplet\n\n"
            f"pre, post = pairing_protocol({{delta_t}}, {{frequency}}, n={PAIRS})\n"
            f"pairs = STDP({LAMBDA}, {ALPHA:g}, {CORTEX.tau_plus}, {CORTEX.tau_minus}, w_max={W_MAX})\n"
            "w = simulate_stdp(pre, post, 1.0, pairs).w[0, 0]\n"
            f"w_triplets = simulate_triplet(pre, post, 1.0, Triplet(w_max={W_MAX})).w[0, 0]\n"
            "print(f'{{w - 1:.2f}} by pairs, {{w_triplets - 1:.2f}} by triplets')"
        ),
        values=values,
        engine=engine,
    )
