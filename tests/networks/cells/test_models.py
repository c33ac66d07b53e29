"""Populations of every model: alone they do what their neurons do alone, together what the rest says."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.networks import (
    AlphaCurrents,
    Connections,
    DeltaJumps,
    ExponentialConductances,
    ExponentialCurrents,
    Network,
    Population,
    fixed_probability,
)
from snnlab.neurons import (
    FIRING_PATTERNS,
    FIRING_TYPES,
    LIF,
    QIF,
    AdaptiveLIF,
    AdEx,
    Izhikevich,
    simulate_adaptive_lif,
    simulate_adex,
    simulate_izhikevich,
    simulate_lif,
    simulate_qif,
)

MODELS = {
    "adaptive": (AdaptiveLIF(), simulate_adaptive_lif, 0.3),
    "adex": (AdEx(), simulate_adex, 1.0),
    "bursting": (FIRING_PATTERNS["bursting"].neuron, simulate_adex, FIRING_PATTERNS["bursting"].i),
    "regular": (Izhikevich(), simulate_izhikevich, 10.0),
    "chattering": (FIRING_TYPES["CH"], simulate_izhikevich, 10.0),
    "qif": (QIF(), simulate_qif, 0.25),
}

DIFFERENT = {
    "lif": (LIF(v_th=np.array([-50.0, -47.0]), t_ref=np.array([2.0, 5.0])), simulate_lif, [0.3, 0.35]),
    "adaptive": (AdaptiveLIF(beta=np.array([0.0, 3.0])), simulate_adaptive_lif, [0.3, 0.3]),
    "adex": (AdEx(b=np.array([0.0, 0.1])), simulate_adex, [0.9, 1.0]),
    "izhikevich": (Izhikevich(b=np.array([0.2, 0.25])), simulate_izhikevich, [10.0, 8.0]),
    "qif": (QIF(tau_m=np.array([10.0, 20.0])), simulate_qif, [0.25, 0.3]),
}

EVERY_SYNAPSE = [
    ExponentialCurrents(3.0, 6.0), AlphaCurrents(2.0, 4.0), ExponentialConductances(3.0, 8.0), DeltaJumps()
]  # fmt: skip


COMBINATIONS = [
    (name, synapses)
    for name, (neuron, _, _) in MODELS.items()
    for synapses in EVERY_SYNAPSE
    if not (isinstance(neuron, Izhikevich | QIF) and isinstance(synapses, ExponentialConductances))
]
"""Without those that are refused."""


def ends_of_steps(times, dt=0.1):
    """A spike within a step, as the QIF neuron has it, is sent at its end."""
    return np.ceil(times / dt - 1e-6) * dt


@pytest.mark.parametrize("name", MODELS)
def test_constant_current_as_alone(name):
    neuron, simulate, i = MODELS[name]
    alone = simulate(np.full(3000, i), neuron)
    cells = Network(cells=Population(3, neuron, i=i)).run(300, record={"cells": [0, 2]})["cells"]
    assert cells.v.T == pytest.approx(np.tile(alone.v, (2, 1)), rel=1e-9, abs=1e-9)
    assert cells.spikes[2] == pytest.approx(ends_of_steps(alone.spikes.times), abs=1e-9)
    assert cells.spikes.n_spikes == 3 * alone.spikes.n_spikes > 9
    second = alone[1] if len(alone) == 3 else np.zeros(3000)
    assert cells.adaptation[:, 0] == pytest.approx(second, abs=1e-9)


@pytest.mark.parametrize("name", DIFFERENT)
def test_neurons_that_differ_as_alone(name):
    neuron, simulate, i = DIFFERENT[name]
    alone = simulate(np.tile(i, (3000, 1)), neuron)
    cells = Network(cells=Population(2, neuron, i=i)).run(300, record={"cells": [0, 1]})["cells"]
    assert cells.v == pytest.approx(alone.v, rel=1e-9, abs=1e-9)
    for ours, theirs in zip(cells.spikes, alone.spikes, strict=True):
        assert ours == pytest.approx(ends_of_steps(theirs), abs=1e-9)
    assert cells.spikes.n_spikes > 5


@pytest.mark.parametrize("name", ["adex", "bursting"])
@pytest.mark.parametrize("n", [3, 700])
def test_neurons_that_are_alike_move_as_those_that_differ(name, n):
    """Several at a time against one by one, the readable twin: every byte, in blocks that are full or not."""
    neuron, _, i = MODELS[name]
    alike, each = (Population(n, numbers, ExponentialCurrents(3.0, 6.0), 0.9 * i, np.linspace(-75, -55, n))
                   for numbers in (neuron, neuron._replace(b=np.full(n, neuron.b))))  # fmt: skip
    runs = []
    for population in (alike, each):
        net = Network(cells=population, rng=np.random.default_rng(2))
        net.connect("cells", "cells", fixed_probability(p=20 / n if n > 20 else 0.5), w=0.07, delay=0.7)
        net.drive("cells", 200.0, -0.03)
        runs.append(net.run(100, record={"cells": [0, n - 1]}))
    one, other = (run["cells"] for run in runs)
    assert one.spikes.units.tobytes() == other.spikes.units.tobytes()
    assert one.spikes.times.tobytes() == other.spikes.times.tobytes()
    for value in ("v", "adaptation", "excitation", "inhibition"):
        assert getattr(one, value).tobytes() == getattr(other, value).tobytes()
        assert getattr(runs[0].state, value).tobytes() == getattr(runs[1].state, value).tobytes()
    assert one.spikes.n_spikes > 2 * n


@pytest.mark.parametrize("synapses", EVERY_SYNAPSE, ids=lambda s: type(s).__name__)
def test_a_threshold_that_does_not_rise_is_that_of_the_lif_neuron(synapses):
    """And LIF neurons whose numbers happen to agree are LIF neurons."""
    weights = {AlphaCurrents: 0.3, ExponentialConductances: 0.02, DeltaJumps: 3.0}.get(type(synapses), 0.3)
    numbers = LIF(tau_m=12.0, v_reset=-61.0, t_ref=1.5)
    runs = []
    for neuron in (numbers, AdaptiveLIF(*numbers, beta=0.0), numbers._replace(v_th=np.full(20, -50.0))):
        net = Network(cells=Population(20, neuron, synapses, i=0.12), rng=np.random.default_rng(4))
        net.connect("cells", "cells", fixed_probability(p=0.2), w=-weights / 4, delay=1.0)
        net.drive("cells", 300.0, weights)
        runs.append(net.run(150, record={"cells": [0, 19]})["cells"])
    for run in runs[1:]:
        assert run.v == pytest.approx(runs[0].v, abs=1e-9)
        assert (run.spikes.times == runs[0].spikes.times).all()
        assert (run.spikes.units == runs[0].spikes.units).all()
    assert runs[0].spikes.n_spikes > 20


@pytest.mark.parametrize(("name", "synapses"), COMBINATIONS, ids=str)
def test_a_run_goes_on_from_its_state(name, synapses):
    neuron, _, i = MODELS[name]

    def net():
        weight = {"qif": 0.1, "regular": 2.0, "chattering": 2.0}.get(name, 0.05)
        weight *= 0.05 if isinstance(synapses, ExponentialConductances) else 1.0
        net = Network(cells=Population(10, neuron, synapses, i=i), rng=np.random.default_rng(6))
        net.connect("cells", "cells", fixed_probability(p=0.3), w=weight, delay=1.3)
        net.drive("cells", 200.0, -weight)
        return net

    whole = net().run(80, record={"cells": [3]})
    first = net().run(33, record={"cells": [3]})
    second = net().run(47, record={"cells": [3]}, start=first.state)
    for field in ("v", "excitation", "inhibition", "adaptation"):
        parts = np.concatenate([getattr(run["cells"], field) for run in (first, second)])
        assert (parts == getattr(whole["cells"], field)).all()
    units = np.concatenate([run["cells"].spikes.units for run in (first, second)])
    assert (units == whole["cells"].spikes.units).all() and units.size > 0


def test_models_stand_side_by_side():
    """Each population does what it does in a network of its own."""
    populations = {
        name: Population(2, neuron, i=i) for name, (neuron, _, i) in MODELS.items()
    } | {"lif": Population(3, i=0.3), "each": Population(2, i=[0.3, 0.4])}  # fmt: skip
    together = Network(**populations).run(200)
    for name, population in populations.items():
        alone = Network(cells=population).run(200)["cells"].spikes
        assert (together[name].spikes.times == alone.times).all()
        assert (together[name].spikes.units == alone.units).all()
        assert alone.n_spikes > 0


def test_single_precision_stays_single():
    """As in 64 bits, up to a last digit of 32 bits in each step; nobody fires."""
    populations = {name: Population(2, neuron, i=0.1 * i) for name, (neuron, _, i) in MODELS.items()}
    single, double = (Network(**populations, dtype=dtype).run(5).state for dtype in (np.float32, np.float64))
    assert {x.dtype for x in (single.v, single.adaptation, single.excitation)} == {np.dtype(np.float32)}
    assert single.v == pytest.approx(double.v, abs=50 * float(np.spacing(np.float32(100.0))))
    assert (single.v != double.v).any()


@pytest.mark.parametrize("neuron", [Izhikevich(), QIF()], ids=lambda x: type(x).__name__)
def test_conductances_of_made_up_units(neuron):
    message = f"synapses must be currents or jumps for {type(neuron).__name__}, whose input is no electric"
    with pytest.raises(TypeError, match=message):
        Network(cells=Population(1, neuron, ExponentialConductances()))


@pytest.mark.parametrize(
    ("population", "message"),
    [
        (Population(2, AdEx(v_th=np.zeros(3))), "v_th must be one number or one for each of 2 neurons, got"),
        (Population(2, LIF(tau_m=np.array([1.0, 0.0]))), r"tau_m must be positive .*, got 0 \(neuron 1\)"),
        (Population(2, i=[1.0, 2.0, 3.0]), r"i must be a number or have shape \(2,\), got \(3,\)"),
        (Population(1, AdEx(), v_start=30.0), r"v_start must not be above v_peak \(20 mV\), got 30"),
        (Population(2, Izhikevich(), v_start=[0.0, 31.0]), r"v_start must be below v_peak \(30 mV\), got 31"),
        (Population(1, AdEx(tau_w=0.01)), "dt must be at most 0.0197 ms for the time constants"),
        (Population(2, LIF(v_th=np.array([-50.0, -60.0])), v_start=-55.0), r"-60 mV\), got -55 \(neuron 1\)"),
    ],
)  # fmt: skip
def test_refusals(population, message):
    with pytest.raises(ValueError, match=message):
        Network(cells=population)


def test_a_model_of_ones_own():
    with pytest.raises(TypeError, match=r"neuron must be one of the models LIF, AdaptiveLIF, .*, got dict"):
        Network(cells=Population(1, {"tau_m": 10.0}))


def test_what_leaves_the_range_of_numbers():
    net = Network(cells=Population(1, LIF(), DeltaJumps()), into=Spikes([1.0], duration=5.0))
    net.connect("into", "cells", Connections([0, 0], [0, 0], [-1e308, -1e308], [1.0, 1.0], 1, 1))
    with pytest.raises(ValueError, match=r"currents and weights must be smaller: .* v of neuron 0, -inf"):
        net.run(5)


def test_a_current_without_end_is_noticed():
    """It fires the neuron again and again, and each reset makes the potential look well."""
    net = Network(cells=Population(2), into=Spikes([1.0], duration=5.0))
    net.connect("into", "cells", Connections([0, 0], [1, 1], [1e308, 1e308], [1.0, 1.0], 1, 2))
    with pytest.raises(ValueError, match="range of numbers is excitation of neuron 1, inf"):
        net.run(5)


def test_a_weight_beyond_single_precision():
    net = Network(dtype=np.float32, cells=Population(1), into=Spikes([1.0], duration=5.0))
    net.connect("into", "cells", Connections([0], [0], [1e39], [1.0], 1, 1))
    with pytest.raises(ValueError, match=r"w must be within the range of float32, got 1e\+39"):
        net.run(5)


def test_a_state_that_is_no_number():
    net = Network(cells=Population(2))
    state = net.initial_state()._replace(v=np.array([-65.0, np.nan]))
    with pytest.raises(ValueError, match="start must be finite, got v of neuron 1, nan"):
        net.run(5, start=state)
