"""Bits per spike of fifteen neurons of a mouse, as terms are added, on parts of the recording not fitted.

The recording is cut into a hundred stretches of 5.3 s, dealt out to ten parts in turn, so that in each the
head points everywhere. Each part is told from the other nine in bins of 10 ms by a GLM neuron with the
exponential link. `tuning`: four harmonics of the direction of the head (cosine and sine of once to four times
the angle); `history`: five raised cosines of its own spikes, up to 200 ms, besides; `coupling`: three raised
cosines, up to 100 ms, of each of the other fourteen neurons besides. The ridge is 1e-5 for all and was not
chosen. `spikes` is how many the part holds. Neuron by neuron the ten parts are the spread of a gain.
"""

import functools
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main

from snnlab.data import load_head_direction
from snnlab.probability import design_matrix, raised_cosines
from snnlab.probability.added_terms import added_terms
from snnlab.probability.ridge_choice import held_out_parts

FOLDS, BLOCKS, DT, RIDGE = 10, 10, 10.0, 1e-5
KEYS = ("unit", "part"), [(unit, part) for unit in range(15) for part in range(FOLDS)]
RESULTS = "tuning", "history", "coupling", "spikes"
MODELS = {
    "tuning": ["stimulus"],
    "history": ["stimulus", "self"],
    "coupling": ["stimulus", "self", "units"],
}


@functools.cache
def recorded():
    """Spikes in whole bins, and the harmonics of the angle in the middle of each."""
    mouse = load_head_direction()
    bins = int(mouse.spikes.duration // DT)
    middle = (np.arange(bins) + 0.5) * DT
    angle = mouse.stimulus[(middle / mouse.dt).astype(int)]
    turns = np.arange(1, 5) * angle[:, None]
    return mouse.spikes.between(0.0, bins * DT), np.hstack([np.cos(turns), np.sin(turns)])


def design_of(unit):
    spikes, harmonics = recorded()
    own, others = raised_cosines(5, 0, 200, dt=DT), raised_cosines(3, 0, 100, dt=DT)
    return design_matrix(spikes, DT, harmonics, self_basis=own, coupling_basis=others, unit=unit)


def row(unit, part):
    design = design_of(unit)
    found = added_terms(design, MODELS, [RIDGE], "exponential", FOLDS, [part], BLOCKS)
    held = held_out_parts(design.y.size, FOLDS, blocks=BLOCKS)[part]
    return *found.bits[0], design.y[held].sum()


if __name__ == "__main__":
    main()
