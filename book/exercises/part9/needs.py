"""A pool of programs about a network on the chip: how long a run takes, or how many relays a map needs."""

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, pool, told
from snnlab.course.exercises.kinds import Function, Mistake

TITLE, VARIABLE = "What a network needs", "needs"

# --- how long a run takes ---

TIMES = {"per_operation": "ns", "per_update": "ns", "barrier": "ns"}


def _run_draw(rng):
    """Steps and cores of unlike work: now the one core is the slowest, now another."""
    cases = []
    for _ in range(10):
        steps, cores = int(rng.integers(3, 9)), int(rng.integers(2, 5))
        operations = rng.integers(0, 400, (steps, cores)).astype(float)
        updates = rng.integers(10, 150, (steps, cores)).astype(float)
        cases.append((operations, updates))
    return cases


def _run_build(own):
    per_operation, per_update, barrier = own["per_operation"], own["per_update"], own["barrier"]

    def needs(operations, updates):
        busy = per_operation * operations + per_update * updates
        return float((busy.max(axis=1) + barrier).sum())

    def all_cores(operations, updates):
        busy = per_operation * operations + per_update * updates
        return float(busy.sum() + barrier * len(busy))

    def one_barrier(operations, updates):
        busy = per_operation * operations + per_update * updates
        return float(busy.max(axis=1).sum() + barrier)

    def no_barrier(operations, updates):
        return needs(operations, updates) - barrier * len(updates)

    def slowest_core(operations, updates):
        busy = per_operation * operations + per_update * updates
        return float(busy.sum(axis=0).max() + barrier * len(busy))

    def mean_core(operations, updates):
        busy = per_operation * operations + per_update * updates
        return float((busy.mean(axis=1) + barrier).sum())

    def two_slowest(operations, updates):
        most = per_operation * operations.max(axis=1) + per_update * updates.max(axis=1)
        return float((most + barrier).sum())

    def barrier_of_each_core(operations, updates):
        return needs(operations, updates) + barrier * (updates.size - len(updates))

    return Function(
        id="9.4",
        title=TITLE,
        statement=(
            "Write the function `needs`. It gets two tables with a row for each step and a column for "
            "each core: `operations`, how many synaptic operations the core carries out in the step, and "
            "`updates`, how many compartments it updates. An operation takes `per_operation` = "
            f"{told(per_operation)} ns and an update `per_update` = {told(per_update)} ns, one after "
            "another; all cores work at once. A step ends when the slowest core is done and a barrier of "
            f"`barrier` = {told(barrier)} ns is over, which all cores share. The function returns how "
            "long all steps take together, in ns."
        ),
        stub=f"def {VARIABLE}(operations, updates):\n    return ...",
        variable=VARIABLE,
        arguments=("operations", "updates"),
        unit="ns",
        tolerance=1e-6,
        solution=needs,
        draw=_run_draw,
        next_step="If you could move compartments from one core to another, which would you move?",
        mistakes=(
            Mistake(
                "all cores", all_cores, "You have added up all cores. They work at once, and wait for one."
            ),
            Mistake(
                "one barrier",
                one_barrier,
                "You have one barrier for the whole run. There is one at the end of each step.",
            ),
            Mistake("no barrier", no_barrier, "The barrier is missing: each step ends with one."),
            Mistake(
                "slowest core",
                slowest_core,
                "You have taken the core that is the slowest in all. In each step they wait for the one "
                "that is the slowest in it.",
            ),
            Mistake("mean", mean_core, "You have taken the mean of the cores. All wait for the slowest one."),
            Mistake(
                "two cores",
                two_slowest,
                "You have taken most operations and most updates of a step, and these may be of two cores.",
            ),
            Mistake(
                "barrier of each core",
                barrier_of_each_core,
                "You have a barrier for each core of a step. They share one.",
            ),
        ),
    )


# --- relays ---


def _relays_build(own):
    most = own["most"]

    def draw(rng):
        """Short roads and long ones, some of which have just room."""
        cases = []
        for _ in range(10):
            lengths = rng.integers(1, 12 * most, int(rng.integers(4, 12)))
            lengths[:2] = (most + 1) * rng.integers(1, 4, 2) - 1
            cases.append((rng.permutation(lengths).astype(float),))
        return cases

    def needs(lengths):
        return np.ceil((lengths + 1) / (most + 1)) - 1

    def no_step(lengths):
        return np.ceil(lengths / most) - 1

    def synapses(lengths):
        return needs(lengths) + 1

    def just_room(lengths):
        return (lengths + 1) // (most + 1)

    def whole_delays(lengths):
        return lengths // most

    def which_roads(lengths):
        return (lengths > most).astype(float)

    return Function(
        id="9.4",
        title=TITLE,
        statement=(
            "Write the function `needs`. It gets the `lengths` of all roads of a map, an array of whole "
            "numbers of steps, each at least 1. A delay on this chip is at least 1 step and at most "
            f"`most` = {told(most)} steps, so a long road passes by relays. A relay fires one step after "
            "a spike has reached it, which counts as a part of the road; from then on runs the delay of "
            "its own synapse. The function returns an array: how many relays each road needs, as few as "
            "can be."
        ),
        stub=f"def {VARIABLE}(lengths):\n    return ...",
        variable=VARIABLE,
        arguments=("lengths",),
        tolerance=1e-9,
        solution=needs,
        draw=draw,
        next_step=(
            "Half as long a delay, at most, takes a bit less of memory a synapse. How many relays more "
            "does it cost?"
        ),
        mistakes=(
            Mistake(
                "relays take no time",
                no_step,
                "You let relays take no time. Each of them takes a step of the road, so a few are too many.",
            ),
            Mistake(
                "synapses",
                synapses,
                "You have counted how many synapses there are. A road has a relay less than synapses.",
            ),
            Mistake(
                "just room",
                just_room,
                "Where a road has just room you have a relay too many: with n relays it may be n + 1 "
                "longest delays and n steps long.",
            ),
            Mistake(
                "whole delays",
                whole_delays,
                "This is how many longest delays fit into the roads. Think of the step that each relay "
                "takes, and of a road that has just room.",
            ),
            Mistake(
                "long roads",
                which_roads,
                "You have told which roads need a relay. Some of them need several.",
            ),
        ),
    )


SHARED = {"grade_id": "needs", "title": TITLE, "chapter": 28, "points": 3, "variable": VARIABLE}
EXERCISE = pool(
    ClassExercise(
        **SHARED,
        parameters=lambda rng: {
            "per_operation": round(2.5 + 0.1 * int(rng.integers(0, 21)), 1),
            "per_update": round(6.0 + 0.1 * int(rng.integers(0, 41)), 1),
            "barrier": 80.0 + int(rng.integers(0, 81)),
        },
        build=_run_build,
        comments=TIMES,
    ),
    ClassExercise(
        **SHARED,
        parameters=lambda rng: {"most": int(rng.integers(20, 90))},
        build=_relays_build,
        comments={"most": "steps"},
    ),
)
