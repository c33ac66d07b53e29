"""The panel of XOR in spike times: learning it, steps that are too long, a silent start."""

from typing import TYPE_CHECKING

from snnlab.learning.spike_times.spikeprop import SpikeProp
from snnlab.learning.spike_times.xor_epochs import EPOCHS, first, recorded, run_xor
from snnlab_widgets.core.controls import Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Kernels

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["xor_epochs_panel"]

SEED = 1
QUESTION = "Four times the step: will the network learn four times as fast?"


def xor_epochs_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A network that learns XOR in spike times by SpikeProp, over 400 epochs.

    Three inputs, five hidden neurons, one of them inhibitory, one output; each pair is joined over 16 delays.

    Before each epoch the network is asked about all four samples with the same weights.
    `snnlab.learning.learn_spikeprop` adds up the errors as it meets them, while the weights move from sample
    to sample, so the two may differ by a few epochs in when XOR is solved.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``rate`` (0.0001 to 0.01), ``scale`` (of the first weights, 0.1 to 2), ``least_slope``
        (0 to 0.5 per ms), ``push`` (0 to 2).

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.learning.spike_times.xor_epochs.XorEpochs` has.

    Examples
    --------
    >>> xor_epochs_panel(scale=0.1).result.silent
    24.0
    """
    seen, room = recorded()
    return Panel(
        "xor_epochs",
        title="XOR in spike times",
        question=question,
        controls=[
            Control("rate", "η", "Learning rate", 0.0001, 0.01, 0.0005, 0.0001, colour=1),
            Control("scale", "c", "Factor on the first weights", 0.1, 2.0, 1.0, 0.05, colour=2),
            Control("least_slope", "x′", "Least slope", 0.0, 0.5, 0.0, 0.01, "/ms", colour=4),
            Control("push", "p", "Push for the silent", 0.0, 2.0, 0.0, 0.05, colour=3),
        ],
        readouts=[ReadOut("error", 1, "ms²", none="silent output"), ReadOut("solved"), ReadOut("silent")],
        views=[
            Kernels(
                "epoch",
                (("t_00", "0 0", 1), ("t_01", "0 1", 2), ("t_10", "1 0", 3), ("t_11", "1 1", 4)),
                Axis(0.0, EPOCHS - 1.0, "epoch"),
                Axis(4.0, 24.0, "output spike (ms)"),
                title="When the output fires for each of the four samples, epoch by epoch",
            ),
            Kernels(
                "epoch",
                (("missing", "silent", 5),),
                Axis(0.0, EPOCHS - 1.0, "epoch"),
                Axis(0.0, 24.0, "missing spikes of 24"),
                title="How many of the 24 spikes are missing, epoch by epoch",
            ),
        ],
        sentence=(
            "η = {rate}, c = {scale}, x′ ≥ {least_slope} /ms, p = {push}: [solved after {solved} epochs]"
            "{solved|||not solved}, {silent} of 24 spikes missing at the end[, error {error} ms²]"
        ),
        headline="error",
        detail=(
            "[{error||}is left of the error][; below 1 ms² after {solved} epochs]"
            "{error|||and so no error}. {silent} of 24 spikes are missing"
        ),
        kernel=run_xor,
        arrays={"seen": seen, "room": room, **first(SEED)},
        constants={"neuron": SpikeProp()},
        presets={
            "a longer step": {"rate": 0.002},
            "a longer step, clipped": {"rate": 0.002, "least_slope": 0.2},
            "a silent start": {"scale": 0.1},
            "a silent start, pushed": {"scale": 0.1, "push": 1.0},
        },
        python=(
            "from snnlab.learning.spike_times.xor_epochs import xor_epochs\n\n"
            "seen = xor_epochs({rate}, {scale}, {least_slope}, {push})\n"
            'print(f"error {{seen.error:.1f}} ms² after 400 epochs, {{seen.silent}} spikes missing")'
        ),
        play=("epoch", "Train"),
        values=values,
        engine=engine,
        goal=goal,
    )
