"""The panel of the heart: five codes of one heartbeat under the same jitter, and two that know nothing."""

import functools
from typing import TYPE_CHECKING

import numpy as np

from snnlab.coding.codes.five_codes import CODES, FIELDS, Sent, send, workplace
from snnlab.coding.codes.jittered_codes import STRONGEST, recorded, run_codes
from snnlab.coding.codes.receptive_fields import receptive_fields
from snnlab.data import load_ecg
from snnlab_widgets.core.controls import Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["heart_panel"]

BEGIN, END, LOW, HIGH = 2000, 6000, -0.65, 0.65  # ms of the recording; mV

QUESTION = "Which code still tells the beat when every spike of every code is a little early or late?"


@functools.cache
def told_heart() -> tuple[np.ndarray, Sent]:
    """Four seconds of heart, and the five codes of them."""
    heart = load_ecg().values[BEGIN:END].round(4)
    return heart, send(heart, LOW, HIGH)


def heart_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A heartbeat in five codes, each spike of which is moved by the same jitter.

    The codes and their reader are those of `snnlab.coding.codes.jittered_codes`. Two rivals read no spikes:
    the mean of the whole signal, and the right values in a wrong order.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``jitter`` (0 to 3 ms, standard deviation), ``code`` (1 to 5: count, first spike, burst,
        preferred values, level crossing), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has ``guess`` and ``signal`` (mV, each millisecond of what is drawn) and ``ticks``
        (spikes there, ms) for the chosen code; ``error`` and ``scatter`` (mV, mean and standard deviation of
        its error over the ten ``draws`` of the noise), ``n`` and ``n_shown`` (spikes), ``which`` (from 0);
        ``jitters`` (ms), ``by_count``, ``by_time``, ``by_burst``, ``by_row`` and ``by_level`` (mV, mean
        errors), ``mean`` and ``mixed`` (mV, the two rivals), ``constant`` and ``shuffled`` (their numbers).

    Examples
    --------
    >>> exact, shaken = (heart_panel(code=2, jitter=jitter).result for jitter in (0, 1))
    >>> bool(exact.error < exact.constant < shaken.error)
    True
    """
    heart, sent = told_heart()
    fields, work = receptive_fields(FIELDS, LOW, HIGH), workplace(heart.size, sent)
    return Panel(
        "heart",
        title="One heart, five codes, one noise",
        question=question,
        controls=[
            Control("jitter", "σ", "Jitter of every spike", 0.0, STRONGEST, 0.0, 0.1, "ms", colour=4),
            Control("code", "k", "Code", 1.0, 5.0, 2.0, 1.0, "", colour=6),
        ],
        readouts=[
            ReadOut("error", 3, "mV"),
            ReadOut("scatter", 3, "mV"),
            ReadOut("n"),
            ReadOut("n_shown"),
            ReadOut("which", words=CODES),
            ReadOut("constant", 3, "mV"),
            ReadOut("shuffled", 3, "mV"),
        ],
        views=[
            Trace(
                "guess",
                1.0,
                Axis(-0.7, 0.7, "heart (mV)"),
                spikes="ticks",
                behind="signal",
                name="what a reader makes of the spikes",
                behind_name="heart",
                title="The heartbeat in grey, the spikes of the chosen code, and what a reader makes of them",
            ),
            Kernels(
                "jitters",
                (
                    ("by_count", "count", 1),
                    ("by_time", "first spike", 2),
                    ("by_burst", "burst", 3),
                    ("by_row", "preferred values", 4),
                    ("by_level", "level crossing", 6),
                    ("mean", "always the mean", 5),
                    ("mixed", "shuffled", 5),
                ),
                Axis(0.0, STRONGEST, "jitter σ (ms)"),
                Axis(0.0, 0.35, "error (mV)"),
                handles=(Handle("Jitter and error of the chosen code", "jitter", "error"),),
                title="How far each code is off against the jitter, and two that read no spikes",
                side="left",
            ),
        ],
        sentence=(
            "σ = {jitter} ms: {which}, {n} spikes, is off by {error} mV, {scatter} from draw to draw; always "
            "the mean by {constant} mV, shuffled windows by {shuffled} mV"
        ),
        headline="error",
        detail="off on average: {which}, {n} spikes. Always saying the mean is off by {constant} mV",
        kernel=run_codes,
        arrays={
            "told": recorded(heart.size, sent),
            "recording": heart,
            **sent._asdict(),
            "centres": fields.centres,
            "work": scratch(work),
        },
        constants={"low": LOW, "high": HIGH, "width": fields.width},
        presets={
            "a count": {"code": 1.0, "jitter": 1.0},
            "first spikes": {"code": 2.0, "jitter": 1.0},
            "bursts": {"code": 3.0, "jitter": 1.0},
            "preferred values": {"code": 4.0, "jitter": 1.0},
            "level crossings": {"code": 5.0, "jitter": 1.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.coding.codes.jittered_codes import jittered_codes\n"
            "from snnlab.data import load_ecg\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws another one\n"
            f"heart, seed = load_ecg().values[{BEGIN}:{END}].round(4), np.uint64({{seed}})\n"
            f"seen = jittered_codes(heart, {{jitter}}, {{code}}, {LOW}, {HIGH}, rng=seed)\n"
            'print(f"{{seen.error:.3f}} mV, always the mean {{seen.constant:.3f}} mV")'
        ),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
