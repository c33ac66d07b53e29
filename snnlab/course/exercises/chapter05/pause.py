"""Exercise 5.5, the inverse problem: the dead time of a neuron whose spikes were only counted."""

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["PAUSE"]

_WINDOW, _MEAN, _VARIANCE = 2000.0, 100.0, 36.0  # ms, spikes, spikes²
_INTERVAL = _WINDOW / _MEAN  # 20 ms
_FANO = _VARIANCE / _MEAN
_CV = _FANO**0.5

PAUSE = Number(
    id="5.5",
    title="What the counts give away",
    statement=(
        "Somebody counted the spikes of a neuron in windows of 2 s and kept nothing else: 100 spikes on "
        "average, with a variance of 36. Suppose the neuron fires at random with a dead time after each "
        "spike, at a steady rate. How long is the dead time, in ms?"
    ),
    stub="dead_time = ...  # ms",
    variable="dead_time",
    labels=("Dead time",),
    unit="ms",
    tolerance=0.02,
    solution=(1.0 - _CV) * _INTERVAL,
    next_step=(
        "Once the pause is over it fires at 83 Hz. Had the rate drifted during the recording, the variance "
        "would be larger: would your dead time come out too long or too short?"
    ),
    mistakes=(
        Mistake(
            "fano for cv",
            (1.0 - _FANO) * _INTERVAL,
            "You took the Fano factor for the CV. In long windows it is the square of the CV, so there is a "
            "square root to take.",
        ),
        Mistake(
            "variation of counts",
            (1.0 - _VARIANCE**0.5 / _MEAN) * _INTERVAL,
            "You divided the standard deviation of the counts by their mean. What tends to the square of the "
            "intervals' CV is the variance of the counts divided by their mean.",
        ),
        Mistake(
            "wait",
            _CV * _INTERVAL,
            "{answer} ms is the random part of the mean interval. The dead time is what is left of it.",
        ),
        Mistake(
            "interval",
            _INTERVAL,
            "{answer} ms is the mean interval. With that dead time the neuron would be a clock, and the "
            "counts would not vary.",
        ),
        Mistake(
            "fano time",
            _FANO * _INTERVAL,
            "{answer} ms is the Fano factor times the mean interval. The Fano factor is the square of the "
            "CV, and the CV is 1 - rτ.",
        ),
        Mistake(
            "one second",
            (1.0 - _CV) * 1000.0 / _MEAN,
            "You took 100 spikes for 100 Hz. They were counted in 2 s, so the rate is 50 Hz.",
        ),
        Mistake(
            "share that is dead",
            1.0 - _CV,
            "{answer} is the share of the mean interval that is dead. In ms it is this share of the mean "
            "interval.",
        ),
    ),
)
