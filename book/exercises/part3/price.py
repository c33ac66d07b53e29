"""The inverse problem: from two counts to what silence costs, and to the spikes at which nothing is saved."""

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {
    "inputs": "",
    "few": "input spikes",
    "ops_few": "operations",
    "many": "input spikes",
    "ops_many": "operations",
    "macs": "multiply-accumulates",
    "add": "pJ",
    "mac": "pJ",
    "read": "pJ",
}


def silence_and_break_even(inputs, few, ops_few, many, ops_many, macs, add, mac, read):
    """Operations without a spike, and the spikes of each input at which both networks cost the same."""
    each = (ops_many - ops_few) / (many - few)  # operations that a spike brings
    silent = ops_few - each * few
    affordable = macs * (mac + read) / (add + read)  # operations for the price of the deep network
    return [silent, (affordable - silent) / each / inputs]


def _parameters(rng):
    inputs, neurons = 20 * int(rng.integers(10, 41)), 10 * int(rng.integers(4, 17))
    few = int(inputs * float(rng.uniform(0.1, 0.4)))
    many = few + int(inputs * float(rng.uniform(0.3, 0.8)))
    silent = 2 * neurons * int(rng.integers(20, 61))  # two operations a neuron and time step
    add = round(0.4 + 0.1 * int(rng.integers(0, 7)), 1)
    return {
        "inputs": inputs,
        "few": few,
        "ops_few": silent + neurons * few,
        "many": many,
        "ops_many": silent + neurons * many,
        "macs": inputs * neurons,
        "add": add,
        "mac": round(add + 2.5 + 0.1 * int(rng.integers(0, 21)), 1),
        "read": 2.0 + int(rng.integers(0, 19)),
    }


def _build(variant):
    inputs, few, ops_few, many, ops_many, macs, add, mac, read = (variant[name] for name in UNITS)
    silent, right = silence_and_break_even(**variant)
    each, ratio = (ops_many - ops_few) / (many - few), (mac + read) / (add + read)

    def if_cheaper(times, without_input=silent, of_a_spike=each):
        """The answer if a multiply-accumulate cost so many times an operation."""
        return np.array([without_input, (macs * times - without_input) / of_a_spike / inputs])

    return Number(
        id="3.4",
        title=EXERCISE.title,
        statement=(
            f"The operations of a spiking layer with {inputs} inputs were counted: {ops_few} for an image "
            f"that brought {few} input spikes, {ops_many} for one that brought {many}. They grow linearly "
            "with the input spikes. How many are there for an image that brings none? An operation costs "
            f"{told(add)} pJ, and {told(read)} pJ more for the number that it reads from memory. A deep "
            f"layer does the same task with {macs} multiply-accumulates an image, whatever it shows: each "
            f"costs {told(mac)} pJ, and {told(read)} pJ more for the number that it reads. At how many "
            "spikes of each input, on average, do both cost the same, the break-even? To within 0.5 %."
        ),
        stub="saved = [..., ...]  # operations without input; spikes of each input at the break-even",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=np.array([silent, right]),
        next_step=(
            "Let reading cost ten times as much. Where does the break-even go, and what does the price of "
            "arithmetic still matter then?"
        ),
        mistakes=(
            Mistake(
                "memory forgotten",
                if_cheaper(mac / add),
                "The first number is right. For the second you priced the arithmetic alone: both read a "
                "number from memory as well, and that brings the prices together.",
            ),
            Mistake(
                "memory of one side",
                if_cheaper(mac / (add + read)),
                "The first number is right. For the second only the spiking layer pays for its memory. A "
                "multiply-accumulate reads a weight, too.",
            ),
            Mistake(
                "counts compared",
                if_cheaper(1.0),
                "The first number is right. The second one makes the counts equal, and not what they cost.",
            ),
            Mistake(
                "prices swapped",
                if_cheaper(1 / ratio),
                "The first number is right. For the second you have the two prices the wrong way round.",
            ),
            Mistake(
                "silence is free",
                np.array([silent, macs * ratio / each / inputs]),
                "The first number is right, and it is missing from the second: what the layer does without "
                "input it does with input as well.",
            ),
            Mistake(
                "through the origin",
                if_cheaper(ratio, 0.0, ops_few / few),
                "You let the operations be proportional to the spikes. Of both counts a part is there "
                "without any spike.",
            ),
            Mistake(
                "all inputs together",
                np.array([silent, right * inputs]),
                "The first number is right. The second one is the spikes of all inputs together; each of "
                "them has its share.",
            ),
            Mistake(
                "operations a spike",
                np.array([each, right]),
                "The second number is right. The first one is what each spike brings, the slope of the "
                "line. Follow the line back to no spike.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="price",
    title="What spikes save",
    chapter=11,
    points=3,
    variable="saved",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=silence_and_break_even,
)
