"""The exercises of chapter 7 can be solved by the way that their statements show."""

import numpy as np

from snnlab import Spikes
from snnlab.coding import spike_phases
from snnlab.course.exercises import find
from snnlab.neurons import delay_line, ear_spikes


def test_the_tone_of_the_answer_has_its_ghost_there():
    row = np.array([-450.0, -50.0, 350.0]) / 1000
    tone, rng = find("7.5").solution, np.random.default_rng(1)
    sound = ear_spikes(0.35, frequency=tone, duration=1000.0, fires=0.5, rng=rng)
    ghost, between, true = delay_line(*sound, row)
    assert abs(true - ghost) < 0.1 * true and between < 0.25 * true


def test_spikes_in_the_rhythm_of_the_answer_move_forward_by_100_degrees_in_a_second():
    train = Spikes(find("7.6").solution * np.arange(9), duration=1001)
    phases = np.unwrap(spike_phases(train, 125.0))
    forward = -np.degrees(phases[-1] - phases[0]) / train.times[-1] * 1000
    np.testing.assert_allclose(forward, 100.0, rtol=1e-9, atol=0)
