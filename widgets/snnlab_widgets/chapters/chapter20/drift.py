"""The panel of drift: one synapse between two neurons that fire at random, by four schemes of pairing."""

import math

from snnlab.compiling import kernel
from snnlab.learning.drift import weight_drifts
from snnlab.learning.stdp import run
from snnlab.learning.stdp_pairing import ALL_TO_ALL, PRE_CENTRED, RESTRICTED, SYMMETRIC
from snnlab.random import uniform
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels, Trace

__all__ = ["drift_panel"]

NAMES = ("all-to-all", "symmetric", "pre-centred", "restricted")
LAMBDA, TAU_PLUS, TAU_MINUS, W_START = 0.003, 16.8, 33.7, 0.5  # ms
DURATION, DT = 45_000.0, 200.0  # ms
HIGHEST, POINTS = 50.0, 51  # Hz
ROOM = 2_800  # the most that is expected is 2250 with a standard deviation of 47
QUESTION = "Two neurons fire at random and know nothing of each other. Does the synapse between them rest?"


@kernel
def poisson_train(times, rate, duration, seed, stream):
    """Spike times of a Poisson process (rate in Hz) into `times`; returns how many there are."""
    t, n = 0.0, 0
    while n < times.size:
        t -= math.log1p(-uniform(seed, stream, n)) * 1000.0 / rate
        if t >= duration:
            break
        times[n] = t
        n += 1
    return n


@kernel
def one_scheme(
    pre, post, at, history, rates, curve, same_pre, up, down, pairing,
    w_start, lambda_, alpha, tau_plus, tau_minus, duration,
):  # fmt: skip
    """The weight over time and the mean change over the same time; returns the change of the weight."""
    weight_drifts(
        same_pre, rates, up, down, 0.5, lambda_, alpha, tau_plus, tau_minus, 0.0, 0.0, 1.0,
        pairing.x_at_pre, pairing.y_at_pre, pairing.y_at_post, pairing.x_at_post,
    )  # fmt: skip
    for k in range(rates.size):
        curve[k] = duration / 1000.0 * (up[k] - down[k])
    w = run(
        pre, post, at, history, w_start,
        lambda_, alpha, tau_plus, tau_minus, 0.0, 0.0, 1.0, 0.0, 0.0,
        pairing.x_at_pre, pairing.y_at_pre, pairing.y_at_post, pairing.x_at_post,
    )  # fmt: skip
    return w - w_start


@kernel
def drift_figure(
    at, w_all, w_symmetric, w_pre, w_restricted, rates, all_pairs, symmetric, pre_centred, restricted,
    pre, post, same_pre, up, down, out,
    r_pre, r_post, alpha, lambda_, tau_plus, tau_minus, w_start, duration, dt, highest, seed,
):  # fmt: skip
    """The weight over time by each scheme, and the drift that each has for every postsynaptic rate."""
    for k in range(at.size):
        at[k] = (k + 1) * dt
    for k in range(rates.size):
        rates[k] = highest * k / (rates.size - 1)
        same_pre[k] = r_pre
    n_pre = poisson_train(pre, r_pre, duration, seed, 0)
    n_post = poisson_train(post, r_post, duration, seed, 1)
    before, after = pre[:n_pre], post[:n_post]
    out[0] = one_scheme(
        before, after, at, w_all, rates, all_pairs, same_pre, up, down, ALL_TO_ALL,
        w_start, lambda_, alpha, tau_plus, tau_minus, duration,
    )  # fmt: skip
    out[1] = one_scheme(
        before, after, at, w_symmetric, rates, symmetric, same_pre, up, down, SYMMETRIC,
        w_start, lambda_, alpha, tau_plus, tau_minus, duration,
    )  # fmt: skip
    out[2] = one_scheme(
        before, after, at, w_pre, rates, pre_centred, same_pre, up, down, PRE_CENTRED,
        w_start, lambda_, alpha, tau_plus, tau_minus, duration,
    )  # fmt: skip
    out[3] = one_scheme(
        before, after, at, w_restricted, rates, restricted, same_pre, up, down, RESTRICTED,
        w_start, lambda_, alpha, tau_plus, tau_minus, duration,
    )  # fmt: skip
    out[4] = n_pre
    out[5] = n_post


def drift_panel(*, question: str = QUESTION, engine: str = "browser", **values: float) -> Panel:
    """A synapse between two independent Poisson trains for 45 s, by four schemes of pairing.

    Parameters
    ----------
    question : str
        What the reader should ask himself.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    **values
        Start values: ``r_pre`` and ``r_post`` (1 to 50 Hz), ``alpha`` (0.2 to 1.2), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has ``at`` (ms) and ``w_all``, ``w_symmetric``, ``w_pre``, ``w_restricted``, the
        weight over time; ``rates`` (Hz) and ``all_pairs``, ``symmetric``, ``pre_centred``, ``restricted``,
        the mean change in 45 s for each postsynaptic rate; ``by_all``, ``by_symmetric``, ``by_pre`` and
        ``by_restricted``, what became of the weight; ``pre`` and ``post``, the spikes (ms), and their
        numbers, ``n_pre`` and ``n_post``.

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

    Examples
    --------
    >>> panel = drift_panel(alpha=0.5)
    >>> panel.result.n_pre == 0
    False
    """
    curves = tuple(
        zip(("all_pairs", "symmetric", "pre_centred", "restricted"), NAMES, (1, 2, 3, 4), strict=True)
    )
    return Panel(
        "drift",
        title="A synapse that hears only noise",
        question=question,
        controls=[
            Control("r_pre", "r_pre", "Rate of pre", 1.0, HIGHEST, 10.0, 1.0, "Hz", colour=6),
            Control("r_post", "r_post", "Rate of post", 1.0, HIGHEST, 30.0, 1.0, "Hz", colour=5),
            Control("alpha", "α", "Depression against potentiation", 0.2, 1.2, 0.5, 0.05, "", colour=2),
        ],
        readouts=[
            ReadOut("by_all", 3),
            ReadOut("by_symmetric", 3),
            ReadOut("by_pre", 3),
            ReadOut("by_restricted", 3),
            ReadOut("n_pre"),
            ReadOut("n_post"),
        ],
        views=[
            Trace(
                "w_all",
                DT,
                Axis(0.0, 1.0, "w"),
                name=NAMES[0],
                also=(("w_symmetric", NAMES[1], 2), ("w_pre", NAMES[2], 3), ("w_restricted", NAMES[3], 4)),
                colour=1,
                title="The weight over 45 s, by each of the four schemes of pairing",
            ),
            Kernels(
                "rates",
                curves,
                Axis(0.0, HIGHEST, "rate of post (Hz)"),
                Axis(-0.8, 0.8, "mean change in 45 s"),
                handles=(Handle("Rate of the postsynaptic neuron", "r_post", 0.0),),
                title="The mean change of the weight in 45 s for every rate of the postsynaptic neuron",
            ),
        ],
        sentence=(
            "{n_pre} and {n_post} spikes changed w by {by_all} all-to-all, {by_symmetric} symmetric, "
            "{by_pre} pre-centred, {by_restricted} restricted"
        ),
        headline="by_all",
        detail="all-to-all; {by_symmetric} symmetric, {by_pre} pre-centred, {by_restricted} restricted",
        kernel=drift_figure,
        arrays={
            "at": Array((round(DURATION / DT),)),
            **{
                name: Array((round(DURATION / DT),))
                for name in ("w_all", "w_symmetric", "w_pre", "w_restricted")
            },
            "rates": Array((POINTS,)),
            **{name: Array((POINTS,)) for name, _, _ in curves},
            "pre": Array((ROOM,), upto="n_pre"),
            "post": Array((ROOM,), upto="n_post"),
            "same_pre": Array((POINTS,), work=True),
            "up": Array((POINTS,), work=True),
            "down": Array((POINTS,), work=True),
        },
        constants={
            "lambda_": LAMBDA,
            "tau_plus": TAU_PLUS,
            "tau_minus": TAU_MINUS,
            "w_start": W_START,
            "duration": DURATION,
            "dt": DT,
            "highest": HIGHEST,
        },
        presets={
            "slow post": {"r_post": 3.0},
            "fast post": {"r_post": 45.0},
            "depression wins": {"alpha": 1.0},
        },
        python=(
            "from snnlab import Spikes\n"
            "from snnlab.learning import ALL_TO_ALL, PRE_CENTRED, RESTRICTED, SYMMETRIC\n"
            "from snnlab.learning import STDP, simulate_stdp\n"
            "from snnlab_widgets import drift_panel\n\n"
            "# the spikes of this picture; other ones with the same law come from\n"
            f"# snnlab.coding.poisson_spikes({{r_pre}}, {DURATION:.0f}, rng=np.random.default_rng())\n"
            "seen = drift_panel(r_pre={r_pre}, r_post={r_post}, alpha={alpha}, seed={seed}).result\n"
            f"pre, post = Spikes(seen.pre, duration={DURATION}), Spikes(seen.post, duration={DURATION})\n"
            f"rule = STDP({LAMBDA}, {{alpha}}, {TAU_PLUS}, {TAU_MINUS})\n"
            "for pairing in (ALL_TO_ALL, SYMMETRIC, PRE_CENTRED, RESTRICTED):\n"
            f"    w = simulate_stdp(pre, post, {W_START}, rule, pairing).w[0, 0]\n"
            f"    print(f'{{{{w - {W_START}:.3f}}}}')"
        ),
        seed=1,
        values=values,
        engine=engine,
    )
