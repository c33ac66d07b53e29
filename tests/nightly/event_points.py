"""Yin-Yang told by first spikes, by exact gradients and by surrogates, over ten seeds.

Both networks have 60 hidden LIF neurons, τ_m = 20 ms and τ_s = 5 ms, and see the same points in the same
times: four inputs spike between 0 and 20 ms, a fifth always at 0. A seed draws 3000 points to learn from,
1000 that are asked for, weights and order. *EventProp* runs from event to event, and its output that
fires first is the answer; *surrogate* runs in steps of 0.5 ms, and its readout of the largest potential is.
Those start with weights that are positive on average: a readout that stays below 0 has no slope, and its
class is lost. Each step of Adam takes 20 points. EventProp has 15 epochs at a rate that falls, the surrogate
40 at one that does not; what rates, widths and starts they have was chosen on a few of these seeds. `right`
is the fraction of right answers, `spikes` how many the hidden neurons (with EventProp the outputs as well)
fire in a trial of the last epoch.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main

from snnlab.learning import Adam, CurrentLIF, Surrogate, Weights, samples_from_times, train
from snnlab.learning.eventprop.event_losses import FirstSpike
from snnlab.learning.eventprop.event_network import EventNeuron, initial_events
from snnlab.learning.eventprop.event_training import EventLearning, train_events
from snnlab.learning.spike_times.time_tasks import yin_yang

KEYS = ("way", "seed"), [(way, seed) for way in ("surrogate", "eventprop") for seed in range(1, 11)]
RESULTS = ("right", "spikes")
HIDDEN, BATCH, LATEST, DURATION, DT = 60, 20, 20.0, 50.0, 0.5  # times in ms
EPOCHS = {"surrogate": 40, "eventprop": 15}


def points(n, rng):
    x, y = yin_yang(n, rng=rng)
    return np.column_stack([LATEST * x, np.zeros(n)]), y


def row(way, seed):
    rng = np.random.default_rng(300 + seed)
    (x, y), test = points(3000, rng), points(1000, rng)
    if way == "eventprop":
        start = initial_events((5, HIDDEN, 3), mean=(1.5, 0.4), sd=(1.5, 0.4), rng=rng)
        learnt = train_events(
            start, x, y, EPOCHS[way], EventNeuron(), FirstSpike(1.0), EventLearning(push=0.1),
            adam=Adam(rate=5e-3), decay=0.9, batch=BATCH, duration=DURATION, rng=rng, test=test,
        )  # fmt: skip
    else:
        neuron = CurrentLIF(20.0, 5.0, DT)
        told, asked = (samples_from_times(*data, round(DURATION / DT), DT) for data in ((x, y), test))
        w_in = DT / neuron.tau_m * rng.normal(1.5, 1.5, (HIDDEN, 5))  # a step adds so much of the current
        w_out = DT / neuron.tau_m * rng.normal(1.0, 3.0, (3, HIDDEN))
        start = Weights(w_in.astype(np.float32), w_out.astype(np.float32))
        learnt = train(
            start, told, EPOCHS[way], neuron, Surrogate(width=0.3), adam=Adam(rate=2e-3), batch=BATCH,
            rng=rng, test=asked, progress=False,
        )  # fmt: skip
    return learnt.history.test_accuracy[-1], learnt.history.spikes[-1]


if __name__ == "__main__":
    main()
