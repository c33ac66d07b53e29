"""The exclusive or in spike times, learnt from mistakes alone and from every sample, over ten seeds.

Two inputs, four hidden neurons, two outputs, and two pulses a layer; one sample a step. A seed draws weights,
1000 samples to learn from and 1000 others that are asked for, and the order. The fraction of these that is
right is `mistakes` where only mistakes teach, `every` where every sample does, and `sharp` where every sample
does and the loss has a sharpness of 20. `steps` is the number of steps of Adam of the first. With a unit of
time of 10 ms, `lead` and `sharp_lead` are the median lead of the right output, in ms, of the first and of the
last; `clocked` and `sharp_clocked` the fraction in which it is ahead for who looks once a millisecond. These
two differ in who teaches and in the loss, so `sharp_mistakes` and `sharp_mistakes_lead` are the fraction and
the lead where only mistakes teach by the sharp loss. What has not fired after 30 ms counts as firing then.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main

from snnlab.learning.spike_times.alpha_layers import AlphaLearning
from snnlab.learning.spike_times.alpha_network import initial_alpha, run_alpha
from snnlab.learning.spike_times.alpha_training import train_alpha
from snnlab.learning.spike_times.time_tasks import xor_times

KEYS = ("seed",), [(seed,) for seed in range(1, 11)]
RESULTS = (
    "mistakes", "every", "steps", "sharp", "lead", "sharp_lead", "clocked", "sharp_clocked",
    "sharp_mistakes", "sharp_mistakes_lead",
)  # fmt: skip
EPOCHS, UNIT, END = 200, 10.0, 30.0  # of time: ms


def leads(network, x, y):
    """The median lead of the right output, ms, and how often it is ahead by the clock."""
    times = np.minimum(UNIT * run_alpha(network, x).times[-1], END)
    right, wrong = times[np.arange(len(y)), y], times[np.arange(len(y)), 1 - y]
    return np.median(wrong - right), np.mean(np.ceil(right) < np.ceil(wrong))


def row(seed):
    rng = np.random.default_rng(100 + seed)
    start = initial_alpha((2, 4, 2), 2, rng=rng)
    x, y = xor_times(2000, rng=rng)

    def learnt(only_mistakes, sharpness=1.0):
        method = AlphaLearning(only_mistakes=only_mistakes, sharpness=sharpness)
        rng = np.random.default_rng(200 + seed)
        return train_alpha(
            start, x[:1000], y[:1000], EPOCHS, method=method, rng=rng, test=(x[1000:], y[1000:])
        )

    mistakes, every, sharp, both = learnt(True), learnt(False), learnt(False, 20.0), learnt(True, 20.0)
    right = [run.history.test_accuracy[-1] for run in (mistakes, every, sharp, both)]
    (lead, clocked), (sharp_lead, sharp_clocked), (both_lead, _) = (
        leads(run.network, x[1000:], y[1000:]) for run in (mistakes, sharp, both)
    )
    steps = mistakes.history.steps[-1]
    return *right[:2], steps, right[2], lead, sharp_lead, clocked, sharp_clocked, right[3], both_lead


if __name__ == "__main__":
    main()
