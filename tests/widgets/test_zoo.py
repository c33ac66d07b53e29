"""The panel of the zoo: what it calls a pattern is what `burst_sizes` and `adaptation` measure."""

import itertools

import numpy as np
import pytest
from snnlab_widgets import zoo_panel

from snnlab.neurons import FIRING_TYPES, Izhikevich, adaptation, burst_sizes, simulate_izhikevich
from snnlab.neurons.experiments import repertoire
from snnlab.neurons.experiments.firing_pattern import DT, UP

KINDS = ("silent", "onset", "bursting", "mixed", "adapting", "speeding", "tonic")
EXPECTED = {
    "regular": "adapting", "burst first": "mixed", "chattering": "bursting", "fast": "adapting",
    "low threshold": "adapting", "thalamic": "adapting", "resonator": "adapting",
}  # fmt: skip


@pytest.fixture(scope="module")
def panel():
    return zoo_panel(engine="kernel")


def named(result):
    (kind,) = (name for name in KINDS if getattr(result, name))
    return kind


def test_the_presets_are_the_types_of_the_publication_and_do_what_they_are_called(panel):
    for (name, expected), neuron in zip(EXPECTED.items(), FIRING_TYPES.values(), strict=True):
        panel.preset(name)
        assert (panel.a, panel.b, panel.c, panel.d) == neuron[:4]
        assert named(panel.result) == expected
        assert (panel.result.after > 0) == (name in ("low threshold", "thalamic", "resonator"))


def test_the_limits_are_those_of_the_repertoire(panel):
    limits = panel.call.constants["slower"], panel.call.constants["gap"]
    assert limits == (repertoire.SLOWER, repertoire.GAP)


def test_the_trace_is_that_of_the_simulation(panel):
    panel.preset("chattering")
    result = panel.result
    run = simulate_izhikevich(result.i, Izhikevich(panel.a, panel.b, panel.c, panel.d), DT)
    assert np.array_equal(run.v, result.v) and np.array_equal(run.u, result.u)
    assert np.array_equal(run.spikes.times, result.times)


@pytest.mark.parametrize(
    "values", [dict(zip("abcd", four, strict=True)) for four in itertools.product(
        (0.005, 0.02, 0.15), (0.15, 0.25, 0.3), (-70.0, -55.0, -45.0), (0.0, 1.0, 10.0))],
    ids=lambda values: " ".join(f"{x:g}" for x in values.values()),
)  # fmt: skip
def test_each_name_is_what_the_spikes_say(panel, values):
    for name, value in values.items():
        setattr(panel, name, value)
    result, kind = panel.result, named(panel.result)
    train = result.times[(result.times > UP[0]) & (result.times <= UP[1])]
    sizes = burst_sizes(train)
    assert (result.during, result.groups) == (train.size, sizes.size)
    assert result.n == result.times.size
    assert result.before == np.count_nonzero(result.times <= UP[0])
    lasting = train.size > 0 and train[-1] > sum(UP) / 2
    assert (kind == "silent") == (train.size == 0)
    assert (kind == "onset") == (train.size > 0 and not lasting)
    if lasting:
        assert (kind == "bursting") == repertoire.has_bursts(train)
    if kind == "mixed":
        assert sizes[0] > 1 and sizes.size > 1
    if kind in ("adapting", "speeding", "tonic"):
        ratio = adaptation(train) if train.size > 2 else 1.0
        slower = repertoire.SLOWER
        assert kind == ("adapting" if ratio > slower else "speeding" if ratio < 1 / slower else "tonic")
