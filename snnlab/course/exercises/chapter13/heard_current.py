"""Exercise 13.5, write it, in excursion 13x: the current into a neuron that hears a whole population."""

import numpy as np

from snnlab.course.exercises.kinds import Function, Mistake

__all__ = ["HEARD_CURRENT"]


def heard_current(rates, d, e, gain, bias):
    """The current, in threshold currents."""
    x = [sum(r * row[k] for r, row in zip(rates, d, strict=True)) for k in range(len(e))]
    return bias + gain * sum(a * b for a, b in zip(e, x, strict=True))


def _bias_forgotten(rates, d, e, gain, bias):
    return heard_current(rates, d, e, gain, 0.0)


def _gain_of_all(rates, d, e, gain, bias):
    return gain * heard_current(rates, d, e, 1.0, bias)


def _gain_forgotten(rates, d, e, gain, bias):
    return heard_current(rates, d, e, 1.0, bias)


def _encoder_forgotten(rates, d, e, gain, bias):
    return heard_current(rates, d, [1.0] * len(e), gain, bias)


def _rates_forgotten(rates, d, e, gain, bias):
    return heard_current([1.0] * len(rates), d, e, gain, bias)


def _one_number_only(rates, d, e, gain, bias):
    return heard_current(rates, [row[:1] for row in d], e[:1], gain, bias)


def _first_talker_only(rates, d, e, gain, bias):
    return heard_current(rates[:1], d[:1], e, gain, bias)


def _mean_of_talkers(rates, d, e, gain, bias):
    return bias + (heard_current(rates, d, e, gain, bias) - bias) / len(rates)


def _never_negative(rates, d, e, gain, bias):
    return max(0.0, heard_current(rates, d, e, gain, bias))


def _bias_taken_off(rates, d, e, gain, bias):
    return heard_current(rates, d, e, gain, -bias)


def _draw(rng: np.random.Generator) -> list[tuple]:
    """Round numbers, one or two dimensions, some currents below 0."""
    cases = []
    for k in range(12):
        talkers, dimensions = 2 + k % 4, 1 + k % 2
        angle = rng.uniform(0, 2 * np.pi)
        e = (
            [1.0 if k % 4 else -1.0]
            if dimensions == 1
            else [round(np.cos(angle), 2), round(np.sin(angle), 2)]
        )
        cases.append((
            rng.integers(20, 300, talkers).astype(float),
            rng.uniform(-0.004, 0.004, (talkers, dimensions)).round(4),
            np.array(e),
            round(rng.uniform(2, 9), 1),
            round(rng.uniform(-3, 4), 1),
        ))
    return cases


HEARD_CURRENT = Function(
    id="13.5",
    title="All synapses of one neuron",
    statement=(
        "Write the function `heard_current`. A population fires with `rates` (one number for each neuron, "
        "Hz). `d` has its decoders, one row for each of these neurons, one entry for each dimension. One "
        "neuron listens: its encoder is `e` (one entry for each dimension), its gain `gain`, its "
        "bias `bias`. Return the current into it, in threshold currents, where all weights between them are "
        "those of [the product](#full-weights)."
    ),
    stub="def heard_current(rates, d, e, gain, bias):\n    return ...",
    variable="heard_current",
    arguments=("rates", "d", "e", "gain", "bias"),
    tolerance=1e-6,
    solution=heard_current,
    draw=_draw,
    next_step=(
        "Yours may have decoded first and encoded then, or have multiplied each rate by its weight. Count "
        "the multiplications of both for 100 talkers, 100 listeners and 2 dimensions."
    ),
    mistakes=(
        Mistake(
            "bias forgotten",
            _bias_forgotten,
            "Yours is 0 where the point is 0. The bias is the current that the neuron has anyway.",
        ),
        Mistake(
            "gain of all",
            _gain_of_all,
            "You multiply the bias by the gain as well. The gain belongs to what comes through the synapses.",
        ),
        Mistake(
            "gain forgotten",
            _gain_forgotten,
            "Yours has the bias and the decoded point along the encoder. The gain says how many threshold "
            "currents that is.",
        ),
        Mistake(
            "encoder forgotten",
            _encoder_forgotten,
            "Yours adds up the decoded numbers as they are. Each is multiplied by its entry of the encoder "
            "first.",
        ),
        Mistake(
            "rates forgotten",
            _rates_forgotten,
            "Your decoders are added up, whoever fires. Multiply each by the rate of its neuron.",
        ),
        Mistake(
            "one dimension",
            _one_number_only,
            "With one dimension yours is right. With two the second entries of encoder and decoders count "
            "too.",
        ),
        Mistake(
            "first talker",
            _first_talker_only,
            "Yours hears the first neuron only. Add up over all of them.",
        ),
        Mistake(
            "mean",
            _mean_of_talkers,
            "You take the mean over the neurons that talk. What they say adds up: the decoders are made for "
            "the sum.",
        ),
        Mistake(
            "never negative",
            _never_negative,
            "Yours never goes below 0. A current may be negative; it is the rate that may not.",
        ),
        Mistake(
            "bias taken off",
            _bias_taken_off,
            "You subtract the bias. It is a current like the other one, and both add.",
        ),
    ),
)
