"""Energy and time: the published figures, and the sums by hand."""

import numpy as np
import pytest

from snnlab.learning import samples_from_raster
from snnlab.loihi import (
    DEVICES,
    LOIHI,
    Compartment,
    Layer,
    Limits,
    chip_energy,
    energy_elsewhere,
    graph_of_layers,
    layered_graph,
    place,
    place_in_order,
    run_samples,
    work_of_run,
)
from snnlab.loihi.mapping.energy import Work, core_times

COUNTS = [name for name in Work._fields if name not in ("steps", "cores", "busiest")]


def test_the_published_figures():
    """Davies et al. (2018), table 2: pJ and ns."""
    energies = [LOIHI[name].energy for name in COUNTS]
    times = [LOIHI[name].time for name in COUNTS]
    assert energies == [23.6, 81.0, 52.0, 1.7, 3.0, 4.0, 120.0]
    assert times == [3.5, 8.4, 5.3, 0.0, 0.0, 0.0, 6.1]
    assert [(d.synaptic_op, d.update) for d in DEVICES] == [
        (8.6, 8.6), (0.3, 0.3), (0.9, 0.9), (13.3, 26.0), (0.45, 2.19)
    ]  # fmt: skip


def test_each_operation_counts_once():
    for name in COUNTS:
        energy = chip_energy(Work(steps=0, cores=1, **{name: 1000}))
        assert energy.total == pytest.approx(LOIHI[name].energy * 1e-9, rel=1e-12, abs=0)
        assert energy.time == pytest.approx(LOIHI[name].time * 1e-6, rel=1e-12, abs=0)
        assert len(energy.rows) == 1 and energy.rows[0][:2] == (LOIHI[name].name, 1000)


def test_the_barrier_and_the_cores():
    """113 ns for one tile of four cores, 465 ns for all 32; twice the cores, half the work for each."""
    assert chip_energy(Work(1, 4)).time == pytest.approx(113e-9, rel=1e-12, abs=0)
    assert chip_energy(Work(1, 128)).time == pytest.approx(465e-9, rel=1e-12, abs=0)
    assert 113e-9 < chip_energy(Work(1, 5)).time < chip_energy(Work(1, 127)).time <= 465e-9 * (1 + 1e-12)
    one, two = (chip_energy(Work(0, cores, synaptic_ops=1000)).time for cores in (1, 2))
    assert one == 2 * two


def uneven_run():
    """Twelve compartments, only the first four of which are told of anything, and eight that hear them."""
    w = np.zeros((12, 2))
    w[:4] = 100
    layers = [Layer(w, compartment=Compartment(v_th=90)), Layer(np.full((8, 12), 8))]
    run = run_samples(layers, samples_from_raster(np.ones((2, 5, 2)), [0, 0]), progress=False)
    return layers, run


def test_the_time_is_that_of_the_core_with_most_to_do_and_not_of_its_layer():
    """Both cores of the first layer have as many compartments; only one of them has anything to do."""
    layers, run = uneven_run()
    placement = place_in_order(graph_of_layers(layers), Limits(compartments=8, input_axons=12))
    assert placement.core_of.tolist() == 6 * [0] + 6 * [1] + 8 * [2]
    active = run.active[0].tolist()
    assert active == 4 * [10] + 8 * [0] and run.counts[0].active == 40
    first = (10 * 2 * 4) * 3.5 + 40 * 8.4 + 20 * 5.3  # two inputs, ten steps, four that hear
    last = run.counts[1].synaptic_ops * 3.5 + run.counts[1].active * 8.4 + run.counts[1].inactive * 5.3
    np.testing.assert_allclose(core_times(run, placement), [first, 60 * 5.3, last], rtol=1e-12, atol=0)
    work = work_of_run(run, placement)
    assert work.busiest == pytest.approx(max(first, last) / 2, rel=1e-12, abs=0)
    assert chip_energy(work).time > chip_energy(work._replace(busiest=None)).time


@pytest.mark.parametrize("seed", range(10))
def test_what_the_cores_have_to_do_adds_up_to_what_was_counted(seed):
    """However compartments are placed; and the busiest core is never quicker than the mean of its layer."""
    rng = np.random.default_rng(seed)
    layers = [
        Layer(rng.integers(-60, 90, (20, 9)) * (rng.random((20, 9)) < 0.4), compartment=Compartment(v_th=99)),
        Layer(rng.integers(-60, 90, (7, 20))),
    ]
    run = run_samples(layers, samples_from_raster(rng.random((3, 30, 9)) < 0.2, [0] * 3), progress=False)
    placement = place(graph_of_layers(layers), Limits(compartments=int(rng.integers(2, 9))))
    assert [active.sum() for active in run.active] == [counts.active for counts in run.counts]
    times = core_times(run, placement)
    of_layers = [c.synaptic_ops * 3.5 + c.active * 8.4 + c.inactive * 5.3 for c in run.counts]
    group = placement.group_of
    np.testing.assert_allclose(np.bincount(group, times), of_layers, rtol=1e-12, atol=0)
    mean = max(np.array(of_layers) / np.bincount(group))
    assert work_of_run(run, placement, sample=False).busiest == times.max() >= mean * (1 - 1e-12)


def test_source_and_caveat_are_printed_with_every_number():
    text = str(chip_energy(Work(100, 2, synaptic_ops=13_000)))
    assert "lower bound, no static power" in text and "Davies et al. (2018), table 2" in text
    assert "0.3068 µJ" in text


def test_a_run_by_hand():
    """Two inputs that fire in each of three steps, one compartment that fires in each, another core."""
    layers = [Layer(np.array([[100, 100]]), compartment=Compartment(v_th=90)), Layer(np.array([[8]]))]
    samples = samples_from_raster(np.ones((2, 3, 2)), [0, 0])
    run = run_samples(layers, samples, progress=False)
    placement = place(graph_of_layers(layers))
    work = work_of_run(run, placement)
    first, second = 6 * 3.5 + 3 * 8.4, 3 * 3.5 + 3 * 8.4  # ns of the two cores
    assert work._replace(busiest=None) == Work(3, 2, synaptic_ops=9, active=6, inactive=0, messages=9)
    assert work.busiest == pytest.approx(max(first, second), rel=1e-12, abs=0)
    assert chip_energy(work).time == pytest.approx((3 * 113 + first) * 1e-9, rel=1e-12, abs=0)
    both = work_of_run(run, placement, sample=False)
    assert both._replace(busiest=None) == Work(6, 2, synaptic_ops=18, active=12, inactive=0, messages=18)
    assert both.busiest == pytest.approx(2 * first, rel=1e-12, abs=0)
    assert chip_energy(work).total == pytest.approx((9 * 23.6 + 6 * 81 + 9 * 1.7) * 1e-12, rel=1e-12, abs=0)
    assert chip_energy(both).total == pytest.approx(2 * chip_energy(work).total, rel=1e-12, abs=0)


def test_synaptic_operations_grow_with_the_spikes_of_the_input():
    """What a chip that counts events is about: cost follows activity."""
    rng = np.random.default_rng(1)
    layers = [Layer(rng.integers(-40, 60, (20, 100)), compartment=Compartment(v_th=2000))]
    chances, ops = np.linspace(0.01, 0.3, 8), []
    for chance in chances:
        raster = rng.random((10, 50, 100)) < chance
        run = run_samples(layers, samples_from_raster(raster, np.zeros(10, int)), progress=False)
        ops.append(run.counts[0].synaptic_ops)
    assert np.corrcoef(chances, ops)[0, 1] ** 2 > 0.99


def test_elsewhere():
    expected = {DEVICES[k].name: 1010 * energy * 1e-9 for k, energy in enumerate((8.6, 0.3, 0.9))}
    assert energy_elsewhere(1000, 10) == pytest.approx(expected, rel=1e-12, abs=0)
    more = energy_elsewhere(1000, 10, Work(1, 1, synaptic_ops=100, active=3, inactive=4))
    assert more["SpiNNaker"] == pytest.approx((100 * 13.3 + 7 * 26) * 1e-9, rel=1e-12, abs=0)
    assert more["SpiNNaker 2"] == pytest.approx((100 * 0.45 + 7 * 2.19) * 1e-9, rel=1e-12, abs=0)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: chip_energy(Work(1, 0)), "cores must be at least 1, got 0"),
        (lambda: chip_energy(Work(1, 129)), "cores must be at most 128, got 129"),
        (
            lambda: chip_energy(Work(1, 1, busiest=-1.0)),
            "busiest must be zero or positive, and finite, got -1",
        ),
        (lambda: chip_energy(Work(-1, 1)), "steps must be at least 0, got -1"),
        (lambda: energy_elsewhere(-1, 0), "n_weights must be at least 0, got -1"),
    ],
)
def test_what_cannot_be_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_a_run_and_the_placement_of_another_network():
    layers = [Layer(np.array([[100, 100]]))]
    run = run_samples(layers, samples_from_raster(np.ones((1, 3, 2)), [0]), progress=False)
    with pytest.raises(ValueError, match="placement must be of the same network, 3 compartments and inputs"):
        work_of_run(run, place(layered_graph([2, 2])))
    none = run_samples(layers, samples_from_raster(np.zeros((0, 3, 2)), np.zeros(0, int)), progress=False)
    with pytest.raises(ValueError, match="run must have at least one sample, got none"):
        work_of_run(none, place(graph_of_layers(layers)))
    with pytest.raises(TypeError, match="work must be a Work, got int"):
        chip_energy(3)


def test_no_work_at_all():
    energy = chip_energy(Work(10, 1))
    assert energy.total == 0 and str(energy).splitlines()[1].split()[:3] == ["sum", "0.0000", "µJ"]
    with pytest.raises(TypeError, match="work must be a Work, got int"):
        energy_elsewhere(1, 1, 3)


def test_a_placement_that_names_cores_and_sources_that_are_not_there():
    layers = [Layer(np.array([[100, 100]]))]
    run = run_samples(layers, samples_from_raster(np.ones((1, 3, 2)), [0]), progress=False)
    placement = place(graph_of_layers(layers))
    for changed, message in (
        ({"core_of": [2**62]}, "core_of must be below 1, got 4611686018427387904"),
        ({"synapses": [[0, 1, 1]]}, "the cores of synapses must be below 1, got 1"),
        ({"synapses": [[3, 0, 1]]}, "the sources of synapses must be below 3, got 3"),
    ):
        with pytest.raises(ValueError, match=message):
            core_times(run, placement._replace(**changed))
    with pytest.raises(ValueError, match="run must have sent and active of each layer, got 2 and 0"):
        core_times(run._replace(active=()), placement)
