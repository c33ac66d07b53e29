r"""Energy and time of a run, from the figures that were published for a single operation.

$$ E = n_{syn} E_{syn} + n_{act} E_{act} + n_{in} E_{in} + n_{msg} E_{tile} + n_{ew} E_{ew} + n_{ns} E_{ns}
+ n_{stdp} E_{stdp} $$

$$ T = n_{steps}\, T_{barrier} + \max_{c}\, \left(n^c_{syn} T_{syn} + n^c_{act} T_{act} + n^c_{in} T_{in}
+ n^c_{stdp} T_{stdp} \right) $$

with the counts $n^c$ of core $c$.

The energy is a lower bound: of a synaptic operation the paper has the smallest, and nothing is counted for
the static power of the chip, its three x86 cores, the way of inputs onto it and of results away from it. The
time is no bound: of a synaptic operation the paper has the longest, and spikes on their way are not waited
for. All figures come from simulations of the circuit at 0.75 V before the chip was made.

The cores work at the same time, and a step ends when the last of them has done: the time is that of the core
with most to do in the whole run. Where another one is the slowest in some step, it is longer. The barrier at
the end of a step takes 113 ns for one tile and 465 ns for 32; in between it is drawn as a straight line.

What others need for an operation is given as keras-spiking reports it. These figures are of other years,
technologies and kinds of operation: read factors of ten, not digits.

Source: M. Davies et al. (2018), IEEE Micro 38(1), table 2, reported; keras-spiking, `model_energy.py`,
which cites B. Degnan, B. Marr and J. Hasler (2016), IEEE Transactions on VLSI Systems 24(1), for CPU, GPU and
ARM, and S. Höppner et al. (2019), IEEE Transactions on Circuits and Systems I 66(8), for SpiNNaker.
"""

from typing import NamedTuple

import numpy as np

from snnlab.checks import checked, non_negative, whole
from snnlab.loihi.mapping.chip import CORES, CORES_PER_TILE, Placement
from snnlab.loihi.networks.sample_runs import LayersRun

__all__ = [
    "DEVICES",
    "LOIHI",
    "Device",
    "Energy",
    "Operation",
    "Work",
    "chip_energy",
    "core_times",
    "energy_elsewhere",
    "work_of_run",
]


class Operation(NamedTuple):
    """What one operation costs.

    Examples
    --------
    >>> LOIHI["synaptic_ops"].energy
    23.6
    """

    name: str
    """In words."""
    energy: float
    """pJ."""
    time: float
    """ns; 0 where it does not hold up the core."""


LOIHI = {
    "synaptic_ops": Operation("synaptic operations", 23.6, 3.5),
    "active": Operation("updates of active compartments", 81.0, 8.4),
    "inactive": Operation("updates of inactive compartments", 52.0, 5.3),
    "messages": Operation("spikes sent to a core", 1.7, 0.0),
    "hops_across": Operation("tiles crossed east or west", 3.0, 0.0),
    "hops_along": Operation("tiles crossed north or south", 4.0, 0.0),
    "stdp_updates": Operation("updates of a synapse by pairwise STDP", 120.0, 6.1),
}
"""Davies et al. (2018), table 2: energy and time of an operation, by the name of its count in `Work`."""

BARRIER_ONE, BARRIER_ALL = 113.0, 465.0  # ns a step, for 1 tile and for all 32

CAVEAT = (
    "energy: lower bound, no static power; Davies et al. (2018), table 2, from simulations of the circuit"
)


class Work(NamedTuple):
    """How often each operation happened.

    Examples
    --------
    >>> Work(steps=100, cores=2, synaptic_ops=1000).active
    0
    """

    steps: int
    """Time steps of the chip."""
    cores: int
    """Cores that are used, 1 to 128."""
    synaptic_ops: int = 0
    """Synapses that a spike went through."""
    active: int = 0
    """Updates of compartments with something to do."""
    inactive: int = 0
    """Updates of compartments at rest."""
    messages: int = 0
    """Spikes sent to a core, one for each core that listens."""
    hops_across: int = 0
    """Tiles that they crossed from east to west or back."""
    hops_along: int = 0
    """Tiles that they crossed from north to south or back."""
    stdp_updates: int = 0
    """Synapses that learnt."""
    busiest: float | None = None
    """How long the busiest core computes, ns; if left out, all cores have as much to do."""


class Energy(NamedTuple):
    """Energy and time of some work, with what they are made of.

    Examples
    --------
    >>> print(chip_energy(Work(steps=100, cores=2, synaptic_ops=13_000, active=8_000, messages=1_000)))
                                      how often      each        in all
    synaptic operations                   13000   23.6 pJ     0.3068 µJ
    updates of active compartments         8000   81.0 pJ     0.6480 µJ
    spikes sent to a core                  1000    1.7 pJ     0.0017 µJ
    sum                                                       0.9565 µJ in 67.7 µs
    (energy: lower bound, no static power; Davies et al. (2018), table 2, from simulations of the circuit)
    """

    rows: tuple[tuple[str, int, float, float], ...]
    """Name, how often, energy of one (J), energy of all (J)."""
    total: float
    """Energy, J."""
    time: float
    """s."""

    def __str__(self) -> str:
        wide = max((len(name) for name, *_ in self.rows), default=3)
        lines = [f"{'':{wide}}  {'how often':>11}  {'each':>8}  {'in all':>12}"]
        for name, often, each, all_ in self.rows:
            lines.append(f"{name:{wide}}  {often:11d}  {each * 1e12:5.1f} pJ  {all_ * 1e6:9.4f} µJ")
        lines.append(
            f"{'sum':{wide}}  {'':11}  {'':8}  {self.total * 1e6:9.4f} µJ in {self.time * 1e6:.1f} µs"
        )
        lines.append(f"({CAVEAT})")
        return "\n".join(lines)


class Device(NamedTuple):
    """What an operation costs elsewhere, as reported.

    Examples
    --------
    >>> [device.name for device in DEVICES if device.spiking]
    ['SpiNNaker', 'SpiNNaker 2']
    """

    name: str
    """What it is."""
    synaptic_op: float
    """nJ for one weight."""
    update: float
    """nJ for one neuron."""
    spiking: bool
    """Whether it counts spikes; otherwise every weight is one multiplication in each pass."""


DEVICES = (
    Device("CPU (Intel i7-4960X)", 8.6, 8.6, False),
    Device("GPU (Nvidia GTX Titan Black)", 0.3, 0.3, False),
    Device("ARM Cortex-A", 0.9, 0.9, False),
    Device("SpiNNaker", 13.3, 26.0, True),
    Device("SpiNNaker 2", 0.45, 2.19, True),
)
"""As keras-spiking reports them; see the source above."""


def work_of_run(run: LayersRun, placement: Placement, *, sample: bool = True) -> Work:
    """What was counted in a run of layers on their cores.

    Parameters
    ----------
    run
        From `run_samples`.
    placement
        Of the graph of the same layers.
    sample : bool
        Whether the counts are the means of a sample, rounded; otherwise those of all samples.

    Raises
    ------
    ValueError
        If the placement is of another network, or no sample was run.

    Examples
    --------
    >>> from snnlab.learning import samples_from_raster
    >>> from snnlab.loihi import Compartment, Layer, graph_of_layers, place, run_samples
    >>> layers = [Layer(np.array([[100, 100]]), compartment=Compartment(v_th=90))]
    >>> run = run_samples(layers, samples_from_raster(np.ones((1, 3, 2)), [0]), progress=False)
    >>> work_of_run(run, place(graph_of_layers(layers))).synaptic_ops
    6
    """
    run, placement = checked("run", run, LayersRun), checked("placement", placement, Placement)
    times = core_times(run, placement)
    if not run.n_samples:
        raise ValueError("run must have at least one sample, got none")
    sent = np.concatenate([*run.sent[1:], run.sent[0]])
    counts = {
        name: sum(getattr(layer, name) for layer in run.counts)
        for name in ("synaptic_ops", "active", "inactive")
    } | {
        name: int((sent * getattr(placement, name)).sum())
        for name in ("messages", "hops_across", "hops_along")
    }
    each = run.n_samples if sample else 1
    steps = run.steps * (1 if sample else run.n_samples)
    per_sample = {name: round(count / each) for name, count in counts.items()}
    busiest = float(times.max()) / each
    return Work(steps, placement.n_cores, busiest=busiest, **per_sample)


def core_times(run: LayersRun, placement: Placement) -> np.ndarray:
    """How long each core computes for all samples, ns, without waiting for others.

    Parameters
    ----------
    run, placement
        As in `work_of_run`.

    Returns
    -------
    array of float of shape (cores,)

    Examples
    --------
    Two spikes in each of three steps, and an update in each:

    >>> from snnlab.learning import samples_from_raster
    >>> from snnlab.loihi import Compartment, Layer, graph_of_layers, place, run_samples
    >>> layers = [Layer(np.array([[100, 100]]), compartment=Compartment(v_th=90))]
    >>> run = run_samples(layers, samples_from_raster(np.ones((1, 3, 2)), [0]), progress=False)
    >>> print(core_times(run, place(graph_of_layers(layers))))
    [46.2]
    """
    run, placement = checked("run", run, LayersRun), checked("placement", placement, Placement)
    if not run.active or len(run.sent) != len(run.active) + 1:
        raise ValueError(
            f"run must have sent and active of each layer, got {len(run.sent)} and {len(run.active)}"
        )
    sent, active = np.concatenate([*run.sent[1:], run.sent[0]]), np.concatenate(run.active)
    if sent.size != placement.messages.size or active.size != placement.core_of.size:
        raise ValueError(
            f"placement must be of the same network, {sent.size} compartments and inputs, "
            f"got one of {placement.messages.size}"
        )
    source, core, synapses = placement.synapses.T
    for name, numbers, end in (
        ("core_of", placement.core_of, placement.n_cores),
        ("the cores of synapses", core, placement.n_cores),
        ("the sources of synapses", source, sent.size),
    ):
        if numbers.size and numbers.max() >= end:
            raise ValueError(f"{name} must be below {end}, got {numbers.max()}")
    updates = placement.compartments * run.steps * run.n_samples
    busy = np.bincount(placement.core_of, active, placement.n_cores)
    ops = np.bincount(core, sent[source] * synapses, placement.n_cores)
    counts = {"synaptic_ops": ops, "active": busy, "inactive": updates - busy}
    return np.sum([count * LOIHI[name].time for name, count in counts.items()], axis=0)


def chip_energy(work: Work) -> Energy:
    """What energy some work costs on the chip, at least, and how long it takes.

    Parameters
    ----------
    work
        How often each operation happened.

    Returns
    -------
    Energy
        Print it: a table with source and caveats.

    Raises
    ------
    ValueError, TypeError
        If a count is negative or no whole number, or there are more cores than a chip has.

    Examples
    --------
    >>> energy = chip_energy(Work(steps=10, cores=1, synaptic_ops=100, active=10))
    >>> print(f"{energy.total * 1e12:.0f} pJ, {energy.time * 1e9:.0f} ns")
    3170 pJ, 1564 ns
    """
    if not isinstance(work, Work):
        raise TypeError(f"work must be a Work, got {type(work).__name__}")
    counts = {
        name: whole(name, count, int(name == "cores"))
        for name, count in work._asdict().items()
        if name != "busiest"
    }
    work = work._replace(**counts)
    if work.cores > CORES:
        raise ValueError(f"cores must be at most {CORES}, got {work.cores}")
    rows, busy = [], 0.0
    for name, operation in LOIHI.items():
        often = getattr(work, name)
        busy += often * operation.time
        if often:
            each = operation.energy * 1e-12
            rows.append((operation.name, often, each, often * each))
    tiles, all_tiles = -(-work.cores // CORES_PER_TILE), CORES // CORES_PER_TILE
    barrier = BARRIER_ONE + (BARRIER_ALL - BARRIER_ONE) * (tiles - 1) / (all_tiles - 1)
    busiest = busy / work.cores if work.busiest is None else non_negative("busiest", work.busiest)
    time = (work.steps * barrier + busiest) * 1e-9
    return Energy(tuple(rows), sum(row[3] for row in rows), time)


def energy_elsewhere(n_weights: int, n_neurons: int, work: Work | None = None) -> dict[str, float]:
    """What a network of the same size costs elsewhere, by reported figures.

    CPU, GPU and ARM run an ordinary network: each weight is one multiplication, once for each input.
    SpiNNaker runs the spiking one, with the operations of `work`.

    Parameters
    ----------
    n_weights, n_neurons : int
        Of the network.
    work : Work, optional
        What a spiking chip does; if left out, spiking devices are left out.

    Returns
    -------
    dict of float
        J, by the name of the device.

    Examples
    --------
    >>> for name, joules in energy_elsewhere(79_400, 110).items():
    ...     print(f"{name}: {joules * 1e6:.0f} µJ")
    CPU (Intel i7-4960X): 684 µJ
    GPU (Nvidia GTX Titan Black): 24 µJ
    ARM Cortex-A: 72 µJ
    """
    n_weights, n_neurons = whole("n_weights", n_weights), whole("n_neurons", n_neurons)
    if work is not None and not isinstance(work, Work):
        raise TypeError(f"work must be a Work, got {type(work).__name__}")
    energy = {}
    for device in DEVICES:
        if not device.spiking:
            energy[device.name] = (n_weights * device.synaptic_op + n_neurons * device.update) * 1e-9
        elif work is not None:
            updates = work.active + work.inactive
            energy[device.name] = (work.synaptic_ops * device.synaptic_op + updates * device.update) * 1e-9
    return energy
