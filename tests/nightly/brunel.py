"""What ten wirings of Brunel's network of 12,500 neurons do at six points: see `snnlab.networks.brunel`.

`rate` is that of all neurons, `cv` the coefficient of variation of the intervals of all excitatory neurons,
`peak` the frequency at which the number of spikes varies most, and `height` by how much more it does so than
that of as many independent Poisson neurons. The spectrum is smoothed by a Gaussian of 4 Hz.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main

from snnlab.coding import intervals
from snnlab.networks import brunel

POINTS = ((8.0, 2.0), (6.0, 2.0), (5.0, 1.5), (5.0, 2.0), (6.0, 4.0), (4.5, 0.9))  # g, eta
KEYS = (("seed", "g", "eta"), [(seed, g, eta) for seed in range(1, 11) for g, eta in POINTS])
RESULTS = ("rate", "cv", "peak", "height")

SETTLING = 200.0  # ms
DURATION = dict.fromkeys(POINTS, 500.0) | {(4.5, 0.9): 2000.0}  # ms; the last oscillates slowly


def spectrum(counts, dt, width=4.0):
    """Frequencies from 5 Hz on, and the power there as a multiple of independent Poisson neurons'."""
    frequency = np.fft.rfftfreq(counts.size, dt / 1000.0)
    power = np.abs(np.fft.rfft(counts)) ** 2 / counts.sum()
    near = (frequency > 0.0) & (frequency < 1000.0)  # without the mean
    frequency, power = frequency[near], power[near]
    kernel = np.exp(-0.5 * ((frequency[:, None] - frequency) / width) ** 2)
    smooth = kernel @ power / kernel.sum(axis=1)
    return frequency[frequency >= 5.0], smooth[frequency >= 5.0]


def row(seed, g, eta):
    net, duration = brunel(g, eta, rng=np.random.default_rng(seed)), DURATION[g, eta]
    run = net.run(duration, start=net.run(SETTLING).state)
    spikes, n = [part.spikes for part in run.values()], sum(part.spikes.n_units for part in run.values())
    times = np.concatenate([part.times for part in spikes])
    steps = round(duration / net.dt)
    counts = np.bincount(np.rint(times / net.dt).astype(int) - 1, minlength=steps)
    frequency, power = spectrum(counts, net.dt)
    top = np.argmax(power)
    apart = np.concatenate(intervals(run["exc"].spikes))
    return times.size / n / duration * 1000.0, apart.std() / apart.mean(), frequency[top], power[top]


if __name__ == "__main__":
    main()
