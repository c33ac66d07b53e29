"""The panel of bits: what a few trials seem to tell, and what is left when the bias is taken off."""

from typing import TYPE_CHECKING

from snnlab.coding.decoding import few_trials as bits
from snnlab_widgets.core.controls import Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Histogram, Kernels

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["few_trials_panel"]

QUESTION = "How many bits does a neuron seem to tell that has nothing to tell?"


def few_trials_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """The information that a neuron's counts seem to have about four stimuli, as trials come in.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``trials`` (16 to 800), ``classes`` (2 to 12, of counts), ``depth`` (0 to 100 % of the
        mean count), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has ``so_far`` (trials), ``counted_curve``, ``corrected_curve`` and ``true_curve``
        (bits, of one experiment); ``as_counted`` and ``less_bias`` (in how many of 200 experiments the
        information falls into each bin of 0.05 bits); ``counted``, ``corrected``, ``mean``,
        ``mean_corrected`` and ``true`` (bits), ``each`` (trials for each stimulus and class).

    Examples
    --------
    >>> few, many = few_trials_panel(trials=48).result, few_trials_panel(trials=800).result
    >>> bool(few.mean > 5 * many.mean) and few.true < 1e-9
    True
    """
    curves = (
        ("counted_curve", "as counted", 1),
        ("corrected_curve", "less the bias", 3),
        ("true_curve", "in truth", 5),
    )
    return Panel(
        "few_trials",
        title="Bits from a few trials",
        question=question,
        controls=[
            Control("trials", "N", "Trials", bits.STEP, bits.MOST, 48.0, bits.STEP, "", colour=2),
            Control("classes", "n_r", "Classes of counts", 2.0, bits.CLASSES, 6.0, 1.0, "", colour=4),
            Control("depth", "d", "How far a stimulus moves the count", 0.0, 100.0, 0.0, 5.0, "%", colour=6),
        ],
        readouts=[
            ReadOut("counted", 2, "bit"),
            ReadOut("corrected", 2, "bit"),
            ReadOut("mean", 2, "bit"),
            ReadOut("mean_corrected", 2, "bit"),
            ReadOut("true", 2, "bit"),
            ReadOut("each", 1),
        ],
        views=[
            Kernels(
                "so_far",
                curves,
                Axis(0.0, bits.MOST, "trials"),
                Axis(bits.LOWEST, bits.HIGHEST, "information (bit)"),
                handles=(Handle("Trials of the experiment", "trials", "counted"),),
                title="Information against trials: as counted, less the bias, and in truth",
                side="left",
            ),
            Histogram(
                "as_counted",
                Axis(bits.LOWEST, bits.HIGHEST, "information (bit)"),
                "experiments",
                law="less_bias",
                names=("as counted", "less the bias"),
                colour=3,
                title="What 200 experiments of that many trials tell",
            ),
        ],
        sentence=(
            "{trials} trials, {classes} classes, d = {depth} %: {counted} bit as counted, {corrected} less "
            "the bias, {true} in truth; 200 such experiments count {mean} bit on average, "
            "{mean_corrected} less the bias"
        ),
        headline="counted",
        detail=(
            "bit as counted, {corrected} less the bias, {true} in truth. Trials for each stimulus and class: "
            "{each}. The mean of 200 experiments: {mean}, less the bias {mean_corrected}"
        ),
        kernel=bits.run_few_trials,
        arrays={"seen": bits.recorded()} | scratch(bits.buffers()),
        presets={
            "nothing to tell": {"trials": 48.0},
            "something to tell": {"depth": 60.0},
            "many classes": {"trials": 32.0, "classes": 12.0},
            "enough trials": {"trials": 800.0, "depth": 60.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.coding.decoding.few_trials import few_trials\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws another one\n"
            "seen = few_trials({trials}, {classes}, {depth} / 100, rng=np.uint64({seed}))\n"
            'print(f"{{seen.counted:.2f}} bit as counted, {{seen.corrected:.2f}} less the bias, "\n'
            '      f"{{seen.true:.2f}} in truth")'
        ),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
