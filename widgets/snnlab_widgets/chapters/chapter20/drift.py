"""The panel of drift: one synapse between two neurons that fire at random, by four schemes of pairing."""

from snnlab.learning.pairing.stdp_of_noise import EVERY, HIGHEST, POINTS, recorded, run_of_noise
from snnlab.learning.rules.stdp_parameters import STDP
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels, Trace

__all__ = ["drift_panel"]

NAMES = ("all-to-all", "symmetric", "pre-centred", "restricted")
RULE, W_START = STDP(0.003, 0.5, 16.8, 33.7), 0.5
DURATION = 45_000.0  # ms
ROOM = 2_800  # the most that is expected is 2250 with a standard deviation of 47
QUESTION = "Two neurons fire at random and know nothing of each other. Does the synapse between them rest?"


def drift_panel(*, question: str = QUESTION, engine: str = "browser", **values: float) -> Panel:
    """A synapse between two independent Poisson trains for 45 s, by four schemes of pairing.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
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
                EVERY,
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
        kernel=run_of_noise,
        arrays={
            "told": recorded(ROOM, DURATION),
            "same_pre": Array((POINTS,), work=True),
            "down": Array((POINTS,), work=True),
        },
        constants={
            "rule": RULE,
            "w_start": W_START,
            "duration": DURATION,
            "every": EVERY,
            "highest": HIGHEST,
        },
        presets={
            "slow post": {"r_post": 3.0},
            "fast post": {"r_post": 45.0},
            "depression wins": {"alpha": 1.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.learning import STDP\n"
            "from snnlab.learning.pairing.stdp_of_noise import stdp_of_noise\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws another one\n"
            f"rule = STDP({RULE.lambda_}, {{alpha}}, {RULE.tau_plus}, {RULE.tau_minus})\n"
            "told = stdp_of_noise({r_pre}, {r_post}, rule, rng=np.uint64({seed}))\n"
            'print(f"{{told.by_all:.3f}} all-to-all, {{told.by_symmetric:.3f}} symmetric")'
        ),
        play=("time (ms)", "Let it drift"),
        seed=1,
        values=values,
        engine=engine,
    )
