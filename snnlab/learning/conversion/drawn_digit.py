r"""A digit that somebody draws, and what a converted network calls it while time runs.

The drawing becomes a picture (`snnlab.learning.conversion.pen_picture`), which stays before the network. In
each step the hidden neurons of `snnlab.learning.conversion.rate_neuron` add up what they hear and fire at the
threshold; the outputs only add up. After $t$ steps output $k$ stands at $y_k(t)$, and

$$ \frac{y_k(t)}{t} $$

goes towards what the network without spikes says. The largest is the answer.

The friendly function for any network and any picture is `snnlab.learning.conversion.converted.run_converted`;
a test compares the two.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import as_real, whole
from snnlab.compiling import kernel
from snnlab.data.drawings import drawing_as_text, points_of
from snnlab.learning.conversion.mnist_network import UNIT, whole_weights
from snnlab.learning.conversion.pen_picture import PIXELS, WHITE, draw_picture, room
from snnlab.learning.conversion.rate_neuron import step
from snnlab.records import blank, read

__all__ = ["DrawnDigit", "drawn_digit"]

LONGEST = 100  # steps


class DrawnDigit(NamedTuple):
    """What the network makes of a drawing. Numbers that a drawing without a stroke does not have are NaN.

    Examples
    --------
    >>> from snnlab.data.drawings import load_drawings
    >>> seen = drawn_digit(load_drawings()[3], 50)
    >>> seen.picture.shape, seen.said.shape
    ((14, 14), (10, 100))
    """

    picture: np.ndarray
    """Ink of each pixel, from 0 to 1, the lowest row first."""
    said: np.ndarray
    """y / t of the ten outputs after each step, a row for each; NaN after the steps that were asked for."""
    named: float
    """The digit that is named after these steps; NaN without a stroke."""
    plain: float
    """The digit that the same network without spikes names; NaN without a stroke."""
    since: float
    """From this step on it has been named; NaN without a stroke."""
    spikes: float
    """Hidden spikes in these steps."""
    lead: float
    """By how much y / t of the named digit is larger than the next one; NaN without a stroke."""


class Work(NamedTuple):
    """Where the network is worked on; potentials are in parts of a threshold."""

    v_1: np.ndarray
    v_2: np.ndarray
    drive: np.ndarray  # of the first layer, the same in every step
    heard: np.ndarray  # by the second layer
    y: np.ndarray
    answers: np.ndarray  # after each step


def drawn_digit(strokes: Sequence[ArrayLike] | str, steps: int = LONGEST, v_0: float = 0.0) -> DrawnDigit:
    """Show a drawing to a spiking network that knows the digits of MNIST.

    Parameters
    ----------
    strokes : sequence of array of shape (points, 2), or str
        A drawing, as in `snnlab.data.drawings`.
    steps : int
        T, how many steps it is watched, 1 to 100.
    v_0 : float
        Potential of the hidden neurons at the start, in thresholds.

    Examples
    --------
    >>> from snnlab.data.drawings import load_drawings
    >>> seen = drawn_digit(load_drawings()[0], 50)
    >>> print(f"{seen.named:.0f}, and {seen.plain:.0f} without spikes")
    0, and 0 without spikes
    """
    text = strokes if isinstance(strokes, str) else drawing_as_text(strokes)
    steps, v_0 = whole("steps", steps, least=1), as_real("v_0", v_0)
    if steps > LONGEST:
        raise ValueError(f"steps must be at most {LONGEST}, got {steps}")
    seen, network, one = recorded(), whole_weights(), float(UNIT)
    run_drawn_digit(seen, points_of(text), room(), workspace(), *network, one, steps, v_0)
    return read(seen)


def recorded() -> DrawnDigit:
    """A blank record."""
    return blank(DrawnDigit, picture=(PIXELS, PIXELS), said=(10, LONGEST))


def workspace() -> Work:
    """Room for the work on the network."""
    network = whole_weights()
    hidden, second, outputs = (b.size for b in network[1::2])
    sizes = (hidden, second, hidden, second, outputs, LONGEST)
    return Work(*(np.zeros(n) for n in sizes))


@kernel
def run_drawn_digit(seen, drawing, room, work, w_1, b_1, w_2, b_2, w_3, b_3, unit, steps, v_0):
    """The picture, and all steps of the network; `unit` is a threshold in parts."""
    there, asked, spikes = draw_picture(drawing, room), int(steps), 0.0
    for i in range(PIXELS):
        for j in range(PIXELS):
            seen.picture[PIXELS - 1 - i, j] = room.grey[i, j] / WHITE
    seen.said[:] = math.nan
    for number in (seen.named, seen.plain, seen.since, seen.lead):
        number[0] = math.nan
    if not there:
        return
    look(work, room.grey, w_1, b_1, v_0 * unit)
    for t in range(LONGEST):
        fired = advance_all(work, w_2, b_2, w_3, b_3, unit)
        work.answers[t] = work.y.argmax()
        if t < asked:
            spikes += fired
            for k in range(work.y.size):
                seen.said[k, t] = work.y[k] / (unit * (t + 1.0))
    seen.named[0], seen.spikes[0] = work.answers[asked - 1], spikes
    seen.lead[0] = lead_of(seen.said[:, asked - 1])
    seen.since[0] = same_since(work.answers[:asked])
    seen.plain[0] = without_spikes(work, w_2, b_2, w_3, b_3, unit)


@kernel
def look(work, grey, w_1, b_1, start):
    """Everything at its start, and what the first layer hears of the picture in every step."""
    work.v_1[:] = start
    work.v_2[:] = start
    work.y[:] = 0.0
    for h in range(work.drive.size):
        total = 0.0
        for i in range(PIXELS):
            for j in range(PIXELS):
                total += w_1[h, i * PIXELS + j] * grey[i, j]
        work.drive[h] = total / WHITE + b_1[h]


@kernel
def advance_all(work, w_2, b_2, w_3, b_3, unit):
    """One step of all layers, one after the other; returns how many hidden neurons fired."""
    fired = 0.0
    for k in range(work.heard.size):
        work.heard[k] = b_2[k]
    for k in range(work.y.size):
        work.y[k] += b_3[k]
    for h in range(work.v_1.size):
        work.v_1[h], s = step(work.v_1[h], work.drive[h], unit, 1.0)
        if s > 0.0:
            fired += 1.0
            for k in range(work.heard.size):
                work.heard[k] += w_2[k, h]
    for h in range(work.v_2.size):
        work.v_2[h], s = step(work.v_2[h], work.heard[h], unit, 1.0)
        if s > 0.0:
            fired += 1.0
            for k in range(work.y.size):
                work.y[k] += w_3[k, h]
    return fired


@kernel
def without_spikes(work, w_2, b_2, w_3, b_3, unit):
    """What the rectified network names, from the same drive of its first layer."""
    for k in range(work.heard.size):
        total = 0.0
        for h in range(work.drive.size):
            total += w_2[k, h] * max(0.0, work.drive[h])
        work.heard[k] = max(0.0, total / unit + b_2[k])
    for k in range(work.y.size):
        total = 0.0
        for h in range(work.heard.size):
            total += w_3[k, h] * work.heard[h]
        work.y[k] = total / unit + b_3[k]
    return work.y.argmax()


@kernel
def same_since(answers):
    """The first step, counted from 1, from which on the answer is the last one."""
    first = answers.size
    while first > 1 and answers[first - 2] == answers[answers.size - 1]:
        first -= 1
    return first


@kernel
def lead_of(said):
    """By how much the largest is larger than the next."""
    first, second = -math.inf, -math.inf
    for k in range(said.size):
        if said[k] > first:
            first, second = said[k], first
        elif said[k] > second:
            second = said[k]
    return first - second
