"""W6 with elephant, whose trains are those of neo, with units."""

import numpy as np


def trains(task):
    import quantities as pq
    from elephant.spike_train_generation import StationaryPoissonProcess

    process = StationaryPoissonProcess(rate=task.RATE * pq.Hz, t_stop=task.DURATION * pq.ms)

    def call(k):
        np.random.seed(k)  # noqa: NPY002  elephant draws from there
        made = process.generate_n_spiketrains(task.TRAINS)
        first = [train.rescale(pq.ms).magnitude.tolist() for train in made[:10]] if k == 0 else []
        return {"spikes": sum(map(len, made)), "first": first}

    return call


def measures(task):
    import neo
    import quantities as pq
    from elephant.statistics import cv, fanofactor, isi, time_histogram

    spikes = [
        neo.SpikeTrain(train * pq.ms, t_stop=task.DURATION * pq.ms) for train in map(np.array, task.given())
    ]

    def call(k):
        # bins of elephant have to fit into the duration: always the same here
        rate = (
            time_histogram(spikes, task.bin_width(0) * pq.ms, output="rate").rescale(pq.Hz).magnitude.ravel()
        )
        return {
            "rates": float(rate @ rate),
            "cv": float(np.mean([cv(isi(train)) for train in spikes])),
            "fano": float(fanofactor(spikes)),
        }

    return call
