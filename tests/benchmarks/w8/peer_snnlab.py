"""W8 with snnlab: from spike to spike, in closed form."""

import math

import numpy as np


def spikeprop(task, name):
    from snnlab.learning.spike_times.spikeprop import DelayedWeights, SpikeProp, run_spikeprop
    from snnlab.learning.spike_times.spikeprop_training import learn_spikeprop

    case = task.make(name)
    height = math.e * case.k
    neuron = SpikeProp(1.0 / case.k, case.theta * height, case.least * height, case.push)
    start = DelayedWeights(*(w.reshape(len(w), -1, case.delays.size) for w in case.weights), case.delays)

    def learn(rate, epochs):
        batch = len(case.times)
        run = learn_spikeprop(start, case.times, case.wanted, neuron, rate=rate, epochs=epochs, batch=batch)
        return run.net

    def call(k):
        learn(case.rate, case.epochs)
        if k:
            return {}
        one = learn(1.0, 1)  # a step of rate 1 is the gradient
        gradients = [start.hidden - one.hidden, start.out - one.out, [], []]
        return task.told("double", run_spikeprop(start, case.times, neuron).out, gradients)

    return call


def alpha(task, name):
    from snnlab.learning.gradients.adam import Adam
    from snnlab.learning.spike_times.alpha_layers import AlphaLearning
    from snnlab.learning.spike_times.alpha_network import AlphaNetwork, run_alpha
    from snnlab.learning.spike_times.alpha_neuron import AlphaNeuron
    from snnlab.learning.spike_times.alpha_training import train_alpha

    case = task.make(name)
    neuron = AlphaNeuron(case.k, case.theta)
    method = AlphaLearning(case.push, case.cut, case.pulse_rate, case.sharpness, False)
    start, some = AlphaNetwork(case.weights, tuple(case.pulses)), task.checked(case)

    def call(k):
        rng = np.random.default_rng(k)
        adam = Adam(case.rate)
        train_alpha(start, case.times, case.wanted, 1, neuron, method, adam=adam, batch=case.batch, rng=rng)
        if k:
            return {}
        x, y, far = case.times[some], case.wanted[some], 1e12
        straight = Adam(far, epsilon=far)  # with so large an ε a step of Adam is the gradient
        gently = method._replace(pulse_rate=0.01 * far)  # pulses are to stay above 0
        one = train_alpha(start, x, y, 1, neuron, gently, adam=straight, batch=len(x), rng=rng).network
        by_w = (len(x) * (old - new) for old, new in zip(start.weights, one.weights, strict=True))
        by_pulses = (100 * len(x) * (old - new) for old, new in zip(start.pulses, one.pulses, strict=True))
        return task.told("double", run_alpha(start, x, neuron).times[-1], [*by_w, *by_pulses])

    return call


def xor(task):
    return spikeprop(task, "xor")


def iris(task):
    return spikeprop(task, "iris")


def yin_yang(task):
    return alpha(task, "yin_yang")


def digits(task):
    return alpha(task, "digits")
