"""Exercise 8.1, calculate then verify: a kernel at two spikes, added up."""

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["ADDED_UP"]

_OFFSET, _HEIGHT, _PEAK, _REACH = -20.0, 6.0, -6.0, 3.0  # dB, dB, ms, ms
_SPIKES, _WHEN = (100.0, 103.0), 96.0  # ms


def _kernel(lag: float) -> float:
    return max(0.0, _HEIGHT * (1.0 - abs(lag - _PEAK) / _REACH))


_PARTS = [_kernel(_WHEN - spike) for spike in _SPIKES]  # 2 and 4 dB

ADDED_UP = Number(
    id="8.1",
    title="Two spikes",
    statement=(
        "A kernel is a triangle: 6 dB high at a lag of −6 ms, and falling in straight lines to 0 at −9 ms "
        "and at −3 ms. Where no spike says anything, the guess is −20 dB. The neuron fires at 100 ms and "
        "at 103 ms. Which loudness does this decoder guess for 96 ms? As in the text, the lag is the time "
        "of the sound minus the time of the spike."
    ),
    stub="level = ...  # dB",
    variable="level",
    labels=("Loudness",),
    unit="dB",
    tolerance=0.01,
    solution=_OFFSET + sum(_PARTS),
    next_step=(
        "The second spike comes 7 ms after the moment that it tells about. How long does a listener have "
        "to wait until this guess is complete?"
    ),
    mistakes=(
        Mistake(
            "no spike",
            _OFFSET,
            "You found that no spike says anything about 96 ms. Both do: they come 4 and 7 ms after it, at "
            "lags of −4 and −7 ms. Is the sign of your lag the right one?",
        ),
        Mistake(
            "first spike only",
            _OFFSET + _PARTS[0],
            "This is what the spike at 100 ms adds. The one at 103 ms is at a lag of −7 ms, within the "
            "triangle.",
        ),
        Mistake(
            "second spike only",
            _OFFSET + _PARTS[1],
            "This is what the spike at 103 ms adds. The one at 100 ms is at a lag of −4 ms, within the "
            "triangle.",
        ),
        Mistake(
            "no offset",
            sum(_PARTS),
            "{answer} dB is what the two spikes add. To what do they add it?",
        ),
        Mistake(
            "mean",
            _OFFSET + sum(_PARTS) / 2,
            "You took the mean of the two kernels. A decoder of this kind adds them up.",
        ),
        Mistake(
            "height",
            _OFFSET + 2 * _HEIGHT,
            "You added the full height of the kernel twice. 96 ms lies 2 ms beside one peak and 1 ms "
            "beside the other: there the triangles are lower.",
        ),
    ),
)
