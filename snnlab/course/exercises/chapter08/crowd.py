"""Exercise 8.2, the inverse problem: from a coherence back to the number of neurons."""

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["CROWD"]

_COHERENCE, _DEPTH, _BAND, _RATE = 0.8, 0.4, 50.0, 50.0  # 1, 1, Hz, Hz
_DENSITY = 1 / (2 * _BAND)  # of a signal of variance 1, in seconds
_ODDS = _COHERENCE / (1 - _COHERENCE)
_ALL = _ODDS / (_DEPTH**2 * _DENSITY)  # Hz: the spikes of all of them

CROWD = Number(
    id="8.2",
    title="How many neurons?",
    statement=(
        "An experimenter adds up the spikes of some neurons and finds a coherence γ² of 0.8 with a signal, "
        "at all frequencies below 50 Hz. The signal has no power above, a variance of 1, and therefore the "
        "spectrum S = 1/(2 · 50 Hz) = 0.01 s. Suppose that all are Poisson neurons of 50 Hz on average, "
        "modulated with c = 0.4 and independent but for the signal. "
        "How many neurons are there?"
    ),
    stub="neurons = ...",
    variable="neurons",
    labels=("Neurons",),
    tolerance=0.01,
    solution=_ALL / _RATE,
    next_step=(
        "Their guess of the signal misses a fifth of its power. How many neurons would it take to miss "
        "only a tenth?"
    ),
    mistakes=(
        Mistake(
            "rate",
            _ALL,
            "{answer} Hz is the rate of all spikes together. Each neuron fires 50 of them a second.",
        ),
        Mistake(
            "coherence for odds",
            _COHERENCE / (_DEPTH**2 * _DENSITY) / _RATE,
            "You set r₀c²S equal to γ². It is γ²/(1 − γ²): solve the formula for it once more.",
        ),
        Mistake(
            "squared twice",
            _COHERENCE**2 / (1 - _COHERENCE**2) / (_DEPTH**2 * _DENSITY) / _RATE,
            "You squared 0.8. It is γ² already.",
        ),
        Mistake(
            "depth not squared",
            _ODDS / (_DEPTH * _DENSITY) / _RATE,
            "You divided by c where the formula has c².",
        ),
        Mistake(
            "one-sided spectrum",
            _ODDS / (_DEPTH**2 * 2 * _DENSITY) / _RATE,
            "You took S = 1/50 Hz. Power stands at negative frequencies as well, so S is half of that.",
        ),
        Mistake(
            "one neuron",
            1.0,
            "One neuron of 50 Hz has r₀c²S = 0.08, so its coherence is 0.07.",
        ),
        Mistake(
            "odds of all",
            1 / (1 - _COHERENCE) / (_DEPTH**2 * _DENSITY) / _RATE,
            "You took 1/(1 − γ²) for r₀c²S. Solved for it, the formula gives γ²/(1 − γ²), which is 4.",
        ),
        Mistake(
            "coherences added",
            _COHERENCE * (1 + 1 / (_RATE * _DEPTH**2 * _DENSITY)),
            "You divided 0.8 by the coherence of one neuron. Coherences do not add up; the r₀c²S of the "
            "neurons do.",
        ),
        Mistake(
            "root",
            (_ALL / _RATE) ** 0.5,
            "You took a root at the end. r₀ is the rate of all of them together, so N stands in it once.",
        ),
        Mistake(
            "depth left out",
            _ODDS / _DENSITY / _RATE,
            "You left out how deep the rate is modulated: c² = 0.16.",
        ),
        Mistake(
            "signal to noise",
            _ODDS,
            "{answer} is γ²/(1 − γ²), what all neurons together have to bring. What does one neuron of 50 "
            "Hz bring to it?",
        ),
    ),
)
