r"""One pixel of an event camera: it fires when its light has changed by a share.

The pixel takes the logarithm of its light, $L = \ln I$, and remembers the level $\ell$ that it had at its
last event. It compares the two all the time:

$$ L(t) \ge \ell + \theta_{on}:\ \text{ON} \qquad L(t) \le \ell - \theta_{off}:\ \text{OFF} \qquad
\text{then } \ell \leftarrow L(t + t_{ref}) $$

A difference of logarithms is the logarithm of a ratio, so that $\theta_{on} = 0.2$ asks for light that is
$e^{0.2} = 1.22$ times as strong, in the sun and in the shade alike. After an event the pixel is held in reset
for the refractory period $t_{ref}$: it fires at nothing, forgets what happens meanwhile, and compares with
the level at the end of it. Without a refractory period this is the level-crossing code
(`snnlab.coding.codes.level_crossing`), with a threshold for each direction.

Noise, leak events and the lag of the photoreceptor in weak light, which real pixels have, are left out.

Source: P. Lichtsteiner, C. Posch and T. Delbruck (2008), IEEE Journal of Solid-State Circuits 43, 566–576;
the straight line between two steps as in H. Rebecq, D. Gehrig and D. Scaramuzza (2018), Conference on Robot
Learning, PMLR 87, 969–982.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import NonNegative, Positive, affordable, checked, finite_array, positive
from snnlab.coding.codes.level_crossing import step
from snnlab.compiling import kernel
from snnlab.spikes import Spikes

__all__ = ["EventPixel", "pixel_events"]


class EventPixel(NamedTuple):
    """The numbers of a pixel.

    Examples
    --------
    >>> EventPixel(refractory=2.0)
    EventPixel(on=0.2, off=0.2, refractory=2.0)
    """

    on: Positive = 0.2
    """By how much the logarithm of the light has to rise, a pure number."""
    off: Positive = 0.2
    """By how much it has to fall."""
    refractory: NonNegative = 0.0
    """How long the pixel is blind after an event, ms."""


def pixel_events(log_intensity: ArrayLike, dt: float, pixel: EventPixel = EventPixel()) -> Spikes:
    """The events of one pixel.

    Parameters
    ----------
    log_intensity : array of shape (steps,)
        The natural logarithm of the light at the times 0, `dt`, 2 `dt` …; in between it moves in a straight
        line.
    dt : float
        Length of a step, ms.
    pixel
        Its thresholds and its refractory period.

    Returns
    -------
    Spikes
        Unit 0 fires ON events, unit 1 OFF events.

    Raises
    ------
    ValueError
        If more than 100 million events could come.

    Examples
    --------
    The light doubles within 10 ms:

    >>> import numpy as np
    >>> events = pixel_events(np.log([1.0, 2.0]), dt=10)
    >>> print(np.round(events.times, 1), events.units)
    [2.9 5.8 8.7] [0 0 0]
    """
    level, dt = finite_array("log_intensity", log_intensity, (1,), "(steps,)"), positive("dt", dt)
    pixel = checked("pixel", pixel, EventPixel)
    if level.size == 0:
        raise ValueError("log_intensity must hold one value at least, got none")
    most = most_events(level[:, None], pixel)
    times, ways = np.empty(most), np.empty(most)
    count = run(times, ways, level, dt, pixel)
    units = (ways[:count] < 0).astype(np.int64)
    return Spikes(times[:count], units, n_units=2, duration=level.size * dt)


def most_events(levels: np.ndarray, pixel: EventPixel) -> int:
    """More events cannot come of `levels`, shape (steps, pixels): each takes its threshold of the way."""
    with np.errstate(over="ignore"):
        way = np.abs(np.diff(levels, axis=0)).sum() / min(pixel.on, pixel.off)
    return int(affordable(float(way))) + levels.shape[1]


@kernel
def run(times, ways, level, dt, pixel):
    """All events of one pixel, their times (ms) and ways (1 is ON, −1 OFF); returns their number."""
    base, ups, downs = level[0], 0, 0  # events since the last reset are counted, so that no error adds up
    blind, opens, count = False, 0.0, 0
    for k in range(1, level.size):
        before, now = level[k - 1], level[k]
        while count < times.size:
            if blind:
                if opens > k * dt:
                    break
                base, ups, downs = before + (opens / dt - (k - 1)) * (now - before), 0, 0
                blind = False
            reference = base + ups * pixel.on - downs * pixel.off
            way = step(now, reference, pixel.on, pixel.off)
            if way == 0:
                break
            if way > 0:
                crossed = reference + pixel.on
                ups += 1
            else:
                crossed = reference - pixel.off
                downs += 1
            part = min(max((crossed - before) / (now - before), 0.0), 1.0)
            times[count] = (k - 1 + part) * dt
            ways[count] = way
            if pixel.refractory > 0.0:
                blind, opens = True, times[count] + pixel.refractory
            count += 1
    return count
