"""Following a line: the network and the training are those of the package, and learning makes it follow."""

import numpy as np
import pytest

from snnlab.learning.gates.follow_line import (
    COST,
    DT,
    LONGEST,
    MOST,
    NARROW,
    SETTLED,
    STEPS,
    first,
    follow_line,
)
from snnlab.learning.gates.gated_network import GatedWeights, run_gated
from snnlab.learning.gates.gated_neuron import GatedNeuron
from snnlab.learning.gates.gated_training import train_gated
from snnlab.learning.gradients.adam import Adam

FAST = np.repeat([9.0, 0.0], 30)  # up to 0.7 turns a step
LINES = {
    "sine": np.sin(np.linspace(0.0, 9.0, 60)),
    "step": np.repeat([-0.7, 0.7], 30),
    "two sines": 0.7 * np.sin(np.linspace(0, 6, 60)) + 0.6 * np.cos(np.linspace(0, 15, 60)),
}


@pytest.mark.parametrize("line", [LINES["sine"], FAST], ids=["sine", "fast"])
def test_it_is_the_training_of_the_package(line):
    """The same weights, found by `train_gated` at a rate that stays, and run by `run_gated`."""
    seen, start = follow_line(line, 6, rate=0.02), first(1)
    neuron, x = GatedNeuron(width=0.6, dt=DT), seen.line[None, :, None]
    weights = GatedWeights(start["start_in"], start["start_rec"], start["start_out"], np.full(16, 0.5))
    found = train_gated(
        weights, x, x, 6, neuron, cost=COST, adam=Adam(rate=0.02), decay=1.0, longest=LONGEST,
        v_start=start["start_v"], learnt=("w_rec", "w_out"),
    )  # fmt: skip
    assert seen.loss[:6] == pytest.approx(found.loss, rel=1e-9, abs=0)
    assert np.isnan(seen.loss[6:]).all() and seen.loss.size == MOST
    wide = run_gated(found.weights, x, neuron, v_start=start["start_v"])
    narrow = run_gated(found.weights, x, neuron._replace(width=NARROW), v_start=start["start_v"])
    assert seen.output == pytest.approx(wide.out[0, :, 0], abs=1e-9)
    assert seen.output_narrow == pytest.approx(narrow.out[0, :, 0], abs=1e-9)
    assert seen.times == pytest.approx(wide.spikes[0].times) and seen.n == wide.spikes[0].n_spikes
    assert sorted(zip(seen.times, seen.units, strict=True)) == sorted(
        zip(wide.spikes[0].times, wide.spikes[0].units, strict=True)
    )
    off = (seen.output - seen.line)[SETTLED:]
    assert seen.error == pytest.approx(np.sqrt((off**2).mean()), rel=1e-12, abs=0)


@pytest.mark.parametrize("name", LINES)
def test_it_learns_to_follow_and_still_follows_with_all_or_nothing(name):
    """The errors are compared to that of silence: before it has learnt the network is worse than that."""
    before, after = follow_line(LINES[name], 0), follow_line(LINES[name], 60)
    assert before.error == before.error_before == after.error_before
    silence = np.sqrt((after.line[SETTLED:] ** 2).mean())
    assert after.silence == pytest.approx(silence) and after.share == pytest.approx(after.error / silence)
    assert after.error < 0.25 * silence < silence < before.error
    assert after.error_narrow < 0.33 * silence
    assert after.line.size == STEPS and after.t[-1] == pytest.approx(300.0)


def test_what_is_refused():
    with pytest.raises(ValueError, match="line must have at least 2 points, got 1"):
        follow_line([1.0])
    with pytest.raises(ValueError, match="updates must be at most 80, got 81"):
        follow_line([0.0, 1.0], 81)
    with pytest.raises(ValueError, match=r"width must be below a full turn \(1\), got 1"):
        follow_line([0.0, 1.0], width=1.0)
