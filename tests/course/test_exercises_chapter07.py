"""The exercises of chapter 7 can be solved by the way that their statements show."""

import numpy as np

from snnlab.course.exercises import find
from snnlab.neurons import delay_line, ear_spikes


def test_the_tone_of_the_answer_has_its_ghost_there():
    row = np.array([-450.0, -50.0, 350.0]) / 1000
    tone, rng = find("7.5").solution, np.random.default_rng(1)
    sound = ear_spikes(0.35, frequency=tone, duration=1000.0, fires=0.5, rng=rng)
    ghost, between, true = delay_line(*sound, row)
    assert abs(true - ghost) < 0.1 * true and between < 0.25 * true
