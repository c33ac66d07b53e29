"""The exercises of chapter 7 can be solved by the way that their statements show."""

import numpy as np

from snnlab.course.exercises import find
from snnlab.neurons import delay_line, ear_spikes


def test_the_tone_of_the_answer_has_its_ghost_there():
    row = np.array([-450.0, -50.0, 350.0]) / 1000
    sound = ear_spikes(0.35, frequency=find("7.5").solution, fires=0.5, rng=np.random.default_rng(1))
    ghost, between, true = delay_line(*sound, row)
    assert abs(true - ghost) <= 3 and between < 0.5 * true
