"""A function to write: a neuron from input spike to input spike, with a time in which it hears nothing."""

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Function, Mistake


def _draw(rng):
    """Inputs at multiples of 0.1 ms, where no dead time ends; a fifth of the weights is below zero.

    In the later calls they come seven times as densely. Who counts the decay from the own last spike fires
    on and on there, and who counts it from the start does not; among sparse ones both may fire once.
    """
    cases = []
    for k in range(10):
        times = np.sort(rng.choice(2000 if k < 4 else 300, 60, replace=False)) / 10.0
        signs = np.where(rng.random(60) < 0.2, -1.0, 1.0)
        cases.append((times, np.round(signs * rng.uniform(0.2, 0.9, 60), 2)))
    return cases


def _leak(t, last, own, tau_v):
    """What is left of the potential since the last input spike; `own` is the time of the last own one."""
    return np.exp(-(t - last) / tau_v)


def _to_zero(v):
    return 0.0


def _build(variant):
    tau_v, dead = variant["tau_v"], variant["dead"]

    def when(times, weights):
        v, last, deaf_until, fired = 0.0, 0.0, 0.0, []
        for t, w in zip(times, weights, strict=True):
            if t < deaf_until:
                continue
            v, last = v * np.exp(-(t - last) / tau_v) + w, t
            if v > 1:
                v, deaf_until = 0.0, t + dead
                fired.append(t)
        return np.array(fired)

    def wrong(leak=_leak, reset=_to_zero, rest=dead, deaf=True):
        """The same neuron with one thing changed; one that is not deaf takes what comes, and is only mute."""

        def function(times, weights):
            v, last, own, rests_until, fired = 0.0, 0.0, 0.0, 0.0, []
            for t, w in zip(times, weights, strict=True):
                rests = t < rests_until
                if rests and deaf:
                    continue
                v, last = v * leak(t, last, own, tau_v) + w, t
                if v > 1 and not rests:
                    v, own, rests_until = reset(v), t, t + rest
                    fired.append(t)
            return np.array(fired)

        return function

    def jump_decays(times, weights):
        v, deaf_until, fired = 0.0, 0.0, []
        for t, w, after in zip(times, weights, np.append(np.diff(times), 0.0), strict=True):
            if t >= deaf_until:
                v = (v + w) * np.exp(-after / tau_v)
                if v > 1:
                    v, deaf_until = 0.0, t + dead
                    fired.append(t)
        return np.array(fired)

    def numbers(times, weights):
        return np.flatnonzero(np.isin(times, when(times, weights)))

    def how_many(times, weights):
        return len(when(times, weights))

    return Function(
        id="3.2",
        title=EXERCISE.title,
        statement=(
            "Write the function `when`, a neuron that is computed at its input spikes only. It "
            "gets the array `times` of its input spikes (in order, ms, no two alike) and the array `weights` "
            "with the weight of each, some below zero. The neuron rests at 0, where it begins, and its "
            "threshold is 1. At an input spike its potential first decays with the time constant `tau_v`, "
            f"which is {told(tau_v)} ms, for the time since the input spike before; then it jumps by the "
            "weight. If it now lies above the threshold the neuron fires at this very time, and its "
            f"potential is set to 0. For `dead` = {told(dead)} ms after that it is refractory: an input "
            "spike that comes in this time is lost. The function returns the times at which the neuron "
            "fires, an array in ms. Your function may use the names `tau_v` and `dead`, which are given."
        ),
        stub="def when(times, weights):\n    return ...",
        variable=EXERCISE.variable,
        arguments=("times", "weights"),
        unit="ms",
        tolerance=1e-6,
        solution=when,
        draw=_draw,
        next_step=(
            "Count the updates of your function, and those of a clock of 0.1 ms for the same time. At which "
            "rate of the inputs would both be equal?"
        ),
        mistakes=(
            Mistake(
                "no leak",
                wrong(leak=lambda *_: 1.0),
                "Your neuron forgets nothing: what an input spike left decays until the next one comes.",
            ),
            Mistake(
                "never refractory",
                wrong(rest=0.0),
                "Your neuron listens at once after a spike. Inputs that come within the dead time are lost.",
            ),
            Mistake(
                "mute, not deaf",
                wrong(deaf=False),
                "Yours only keeps silent in its dead time and adds up what comes in. Those input spikes are "
                "lost.",
            ),
            Mistake(
                "no reset",
                wrong(reset=lambda v: v),
                "The potential stays where it was after a spike. It is set to 0.",
            ),
            Mistake(
                "reset by subtraction",
                wrong(reset=lambda v: v - 1),
                "You take the threshold away and keep the rest. Here the potential is set to 0.",
            ),
            Mistake(
                "decay from the start",
                wrong(leak=lambda t, *_: np.exp(-t / tau_v)),
                "The potential decays for the time since the last input spike, not since time 0.",
            ),
            Mistake(
                "decay from the own spike",
                wrong(leak=lambda t, last, own, tau: np.exp(-(t - own) / tau)),
                "You count the decay from the neuron's own last spike. What was left of it has decayed "
                "already: only the time since the last input spike is new.",
            ),
            Mistake(
                "jump decays",
                jump_decays,
                "In yours the weight that comes in decays before it meets the threshold. First the decay, "
                "then the jump, then the threshold.",
            ),
            Mistake("numbers", numbers, "These say which inputs made it fire. Their times are wanted."),
            Mistake("how many", how_many, "This is how often it fires. When it does is wanted, in ms."),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="events",
    title="When it happens",
    chapter=10,
    points=3,
    variable="when",
    parameters=lambda rng: {
        "tau_v": 8.0 + 0.5 * int(rng.integers(0, 33)),
        "dead": 1.75 + 0.5 * int(rng.integers(0, 9)),
    },
    build=_build,
    comments={"tau_v": "ms", "dead": "ms"},
)
