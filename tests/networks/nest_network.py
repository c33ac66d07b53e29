"""A small network with all that a script for NEST can hold: what `record_nest_script.py` recorded."""

import numpy as np

from snnlab import Spikes
from snnlab.networks import (
    AlphaCurrents,
    DeltaJumps,
    ExponentialCurrents,
    Network,
    Population,
    fixed_probability,
)
from snnlab.neurons import LIF

__all__ = ["DURATION", "small_network"]

DURATION = 300.0  # ms


def small_network() -> Network:
    """Three kinds of synapses, neurons that differ, delays from one step on, spikes from outside."""
    rng = np.random.default_rng(5)
    n = 3600
    times = np.sort(rng.uniform(1.0, DURATION - 1.0, n))
    outside = Spikes(times, rng.integers(0, 60, n), n_units=60, duration=DURATION)
    exc = LIF(tau_m=12.0, v_th=rng.uniform(-52.0, -48.0, 80))
    start = rng.uniform(-64.0, -53.0, 80)
    net = Network(
        rng=rng,
        exc=Population(80, exc, ExponentialCurrents(3.0, 6.0), i=0.1, v_start=start),
        inh=Population(20, LIF(t_ref=5.0), AlphaCurrents(2.0, 4.0), i=0.15),
        jump=Population(10, LIF(), DeltaJumps(), i=0.12),
        outside=outside,
    )
    for pre, post, p, w, delay in (
        ("exc", "exc", 0.1, 0.08, 1.5), ("exc", "inh", 0.2, 0.1, 0.8), ("inh", "exc", 0.3, -0.2, 1.0),
        ("inh", "inh", 0.3, -0.1, 3.0), ("exc", "jump", 0.3, 1.2, 2.0), ("jump", "exc", 0.3, 0.05, 0.1),
        ("outside", "exc", 0.1, 0.1, 1.0), ("outside", "inh", 0.1, 0.1, 0.5),
    ):  # fmt: skip
        net.connect(pre, post, fixed_probability(p=p), w=w, delay=delay)
    return net
