"""W6 with snnlab's public functions."""

import numpy as np


def trains(task):
    from snnlab.coding import poisson_spikes

    def call(k):
        spikes = poisson_spikes(task.RATE, task.DURATION, task.TRAINS, rng=np.random.default_rng(k))
        return {"spikes": spikes.n_spikes, "first": [spikes[n].tolist() for n in range(10)] if k == 0 else []}

    return call


def trains_in_order(task):
    from snnlab.coding import population_spikes

    rates = np.full(task.TRAINS, task.RATE)

    def call(k):
        spikes = population_spikes(rates, task.DURATION, rng=np.random.default_rng(k))
        return {"spikes": spikes.n_spikes, "first": [spikes[n].tolist() for n in range(10)] if k == 0 else []}

    return call


def measures(task):
    from snnlab import Spikes
    from snnlab.coding import cv, fano_over_trials, psth

    spikes = Spikes.from_trains(task.given(), duration=task.DURATION)

    def call(k):
        rate = psth(spikes, task.bin_width(k)).rate
        return {
            "rates": float(rate @ rate),
            "cv": float(cv(spikes).mean()),
            "fano": fano_over_trials(spikes),
        }

    return call
