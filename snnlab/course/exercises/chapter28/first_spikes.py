"""Exercise 28.3, sketch then calculate: when a wave arrives, and what it takes."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["FIRST_SPIKES"]

FIRST_SPIKES = Number(
    id="28.3",
    title="Four places",
    statement=(
        "A wave starts at A in step 0. Roads lead from A to B (20 steps), from A to C (70), from B to C "
        "(30), from B to D (140) and from C to D (100). Sketch the map, and write beside each place when it "
        "fires first. In which steps do B, C and D fire? And how many relays does this map need, if a delay "
        "is 62 steps at most?"
    ),
    stub="found = [..., ..., ..., ...]  # first spikes of B, C and D; relays",
    variable="found",
    labels=("First spike of B", "First spike of C", "First spike of D", "Relays"),
    tolerance=1e-6,
    solution=np.array([20.0, 50.0, 150.0, 4.0]),
    next_step=(
        "Now let the road from B to C take 60 steps instead of 30. Which of the three spikes comes "
        "later, and by how much?"
    ),
    mistakes=(
        Mistake(
            "the direct road to C",
            np.array([20.0, 70.0, 170.0, 4.0]),
            "The spike that A sends to C is under way for 70 steps. B's spike is there earlier: when does it "
            "leave, and when does it arrive?",
        ),
        Mistake(
            "the direct road to C, D from B",
            np.array([20.0, 70.0, 160.0, 4.0]),
            "The spike that A sends to C is under way for 70 steps. Another one comes to C earlier, by way "
            "of B, and what C does earlier, D may hear earlier.",
        ),
        Mistake(
            "fewest roads to D",
            np.array([20.0, 50.0, 160.0, 4.0]),
            "D hears from B in step 160. Does it hear from anybody earlier? A path with more roads can be "
            "shorter.",
        ),
        Mistake(
            "pieces counted",
            np.array([20.0, 50.0, 150.0, 9.0]),
            "The spikes are right. You counted the pieces of the roads. A road of three pieces has a relay "
            "at two places, between them.",
        ),
        Mistake(
            "delays counted",
            np.array([20.0, 50.0, 150.0, 3.0]),
            "The spikes are right. You counted the roads that need a relay. One of them needs two, since 140 "
            "is more than twice 62.",
        ),
        Mistake(
            "relays cost a step",
            np.array([20.0, 50.0, 151.0, 4.0]),
            "You gave the relay a step of its own. A compartment fires in the very step in which a spike "
            "arrives; the delays alone add up.",
        ),
        Mistake(
            "all spikes on the way added",
            np.array([20.0, 50.0, 290.0, 4.0]),
            "D does not wait for all that comes. It fires with the first spike.",
        ),
        Mistake(
            "roads not added up",
            np.array([20.0, 30.0, 100.0, 4.0]),
            "The relays are right. For C and D you gave the last road alone. The wave sets out on it only "
            "when it has come to the place before: add up the roads from A.",
        ),
    ),
)
