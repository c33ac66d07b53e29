r"""A network as a script for NEST, for who needs more processors than one machine has.

The network is built here once, so it has to fit into this machine, and each process of NEST reads all of it.

Every synapse, start and given spike is written down, so NEST draws nothing but Poisson drives, and spikes
of a network without drives are the same, as long as rounding is not amplified. Units become NEST's:

$$ C_m = \tau_m / R_m \;\text{(pF)}, \qquad w,\, i \;\text{(nA)} \to 1000\, w,\, 1000\, i \;\text{(pA)} $$

A potential that is the threshold itself fires in NEST and not here: NEST gets the next larger number.
"""

import re
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from snnlab.checks import non_negative
from snnlab.networks.cells.population import Population
from snnlab.networks.cells.synapses import AlphaCurrents, DeltaJumps, ExponentialCurrents
from snnlab.networks.network import Network
from snnlab.networks.running.events import whole_steps_of
from snnlab.networks.running.projections import Projection
from snnlab.neurons.models.lif_parameters import LIF
from snnlab.neurons.refractory import refractory_steps
from snnlab.safe_files import a_path
from snnlab.spikes import Spikes

__all__ = ["NestFiles", "write_nest_script"]

_MODELS = {ExponentialCurrents: "iaf_psc_exp", AlphaCurrents: "iaf_psc_alpha", DeltaJumps: "iaf_psc_delta"}

_SCRIPT = '''"""{network} as a script for NEST 3.

    python {script} [ms] [threads]                   (or: mpirun -n 8 python {script})

It reads {arrays}, which stands beside it, and writes {stem}_spikes_RANK.npz: of each population POP the
times (ms) POP_times and the units POP_units of its spikes, one file for each process of MPI, and of how many.
"""

import sys
from pathlib import Path

import nest
import numpy as np

HERE = Path(__file__).parent
DURATION = float(sys.argv[1]) if len(sys.argv) > 1 else {duration!r}  # ms

POPULATIONS = {populations!r}  # model and number of neurons
GIVEN = {given!r}  # spikes from outside: units
PROJECTIONS = {projections!r}  # from, to
DRIVES = {drives!r}  # to, rate (Hz), weight (pA; mV where potentials jump)

numbers = np.load(HERE / {arrays!r})
told = HERE / f"{stem}_spikes_{{nest.Rank()}}.npz"
if told.exists():
    sys.exit(f"{{told.name}} exists already, and is kept: move it elsewhere")
nest.ResetKernel()
nest.resolution = {dt!r}
nest.local_num_threads = int(sys.argv[2]) if len(sys.argv) > 2 else 1

members, recorders = {{}}, {{}}
for name, (model, n) in POPULATIONS.items():
    begin = name + "/"
    of_each = {{key[len(begin):]: numbers[key].tolist() for key in numbers if key.startswith(begin)}}
    members[name] = nest.Create(model, n, params=of_each)
    recorders[name] = nest.Create("spike_recorder")
    nest.Connect(members[name], recorders[name])
for name, n in GIVEN.items():
    times, units = numbers[name + "/times"], numbers[name + "/units"]
    trains = [{{"spike_times": times[units == unit].tolist()}} for unit in range(n)]
    members[name] = nest.Create("spike_generator", n, params=trains)

for k, (pre, post) in enumerate(PROJECTIONS):
    source = members[pre][0].global_id + numbers[f"{{k}}/pre"].astype(np.int64)
    target = members[post][0].global_id + numbers[f"{{k}}/post"].astype(np.int64)
    synapses = {{"weight": numbers[f"{{k}}/weight"], "delay": numbers[f"{{k}}/delay"]}}
    if source.size:
        nest.Connect(source, target, "one_to_one", synapses)
for post, rate, weight in DRIVES:
    train = nest.Create("poisson_generator", params={{"rate": rate}})
    nest.Connect(train, members[post], syn_spec={{"weight": weight, "delay": nest.resolution}})

nest.Simulate(DURATION)

spikes = {{}}
for name, recorder in recorders.items():
    events = recorder.events
    order = np.lexsort((events["senders"], events["times"]))
    spikes[name + "_times"] = events["times"][order]
    spikes[name + "_units"] = events["senders"][order] - members[name][0].global_id
np.savez(told, processes=nest.NumProcesses(), **spikes)
print({{name: recorder.n_events for name, recorder in recorders.items()}}, "spikes")
'''


class NestFiles(NamedTuple):
    """What `write_nest_script` wrote.

    Examples
    --------
    >>> NestFiles(Path("two.py"), Path("two.npz")).arrays.name
    'two.npz'
    """

    script: Path
    """What Python runs where NEST is installed."""
    arrays: Path
    """The numbers that it reads."""


def write_nest_script(network: Network, file: str | Path, duration: float = 1000.0) -> NestFiles:
    """Write a network as a script for NEST 3 that makes the same neurons, synapses and given spikes.

    Parameters
    ----------
    network : Network
        Of LIF neurons whose synapses are currents or jumps: those are exact in both.
    file
        Of the script, ending in ``.py``; its numbers go beside it, into a file ending in ``.npz``.
    duration : float
        How long the script simulates if nothing else is asked of it, ms.

    Returns
    -------
    NestFiles
        The two files.

    Raises
    ------
    FileExistsError
        If one of the files is there already: neither is written then.
    ValueError
        If NEST would do something else: a delay of 0, a refractory time below `dt`, a spike given at time 0.
    TypeError
        For other neurons and synapses, which NEST integrates in another way.

    Examples
    --------
    >>> import tempfile
    >>> from snnlab.networks import Population, all_to_all
    >>> network = Network(cells=Population(2, i=0.3))
    >>> network.connect("cells", "cells", all_to_all(), w=0.05, delay=1.5)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     script, _ = write_nest_script(network, f"{folder}/two.py")
    ...     print([line for line in script.read_text().splitlines() if "POPULATIONS =" in line][0])
    POPULATIONS = {'cells': ('iaf_psc_exp', 2)}  # model and number of neurons
    """
    if not isinstance(network, Network):
        raise TypeError(f"network must be a Network, got {type(network).__name__}")
    duration = non_negative("duration", duration)
    script = a_path("file", file)
    if script.suffix != ".py":
        raise ValueError(f"file must end in .py, got {script.name!r:.60}")
    if not re.fullmatch(r"[\w .-]+", script.stem):  # it stands in what the script says
        raise ValueError(f"file must have a name of letters, digits and _ . -, got {script.name!r:.60}")
    arrays = script.with_suffix(".npz")
    members, dt = network._members, network.dt
    numbers: dict[str, np.ndarray] = {}
    for name, population in members.neurons.items():
        numbers |= {f"{name}/{key}": value for key, value in _parameters(name, population, dt).items()}
    for name, spikes in members.given.items():
        numbers |= {f"{name}/{key}": value for key, value in _times(name, spikes, dt).items()}
    for k, projection in enumerate(network._projections):
        post = members.neurons[projection.post]
        numbers |= {f"{k}/{key}": value for key, value in _synapses(projection, post, dt).items()}
    text = _SCRIPT.format(
        network=repr(network).replace("\\", " "), script=script.name, arrays=arrays.name, stem=script.stem,
        duration=duration, dt=dt, given={name: spikes.n_units for name, spikes in members.given.items()},
        populations={name: (_model(name, p), p.n) for name, p in members.neurons.items()},
        projections=[(projection.pre, projection.post) for projection in network._projections],
        drives=[(post, rate, w * _unit(members.neurons[post])) for post, rate, w in network._drives],
    )  # fmt: skip
    _write_both(script, text, arrays, numbers)
    return NestFiles(script, arrays)


def _model(name: str, population: Population) -> str:
    """NEST's name for the neurons of a population."""
    if not isinstance(population.neuron, LIF) or type(population.synapses) not in _MODELS:
        got = f"{type(population.neuron).__name__} with {type(population.synapses).__name__}"
        raise TypeError(f"{name} must be LIF neurons whose synapses are currents or jumps, got {got}")
    return _MODELS[type(population.synapses)]


def _unit(population: Population) -> float:
    """How many of NEST's units of a weight are one of ours: nA are 1000 pA, mV stay mV."""
    return 1.0 if isinstance(population.synapses, DeltaJumps) else 1000.0


def _parameters(name: str, population: Population, dt: float) -> dict[str, np.ndarray]:
    """The numbers of each neuron, as NEST calls them."""
    _model(name, population)
    neuron: Any = population.neuron  # LIF, or it would have been refused
    synapses = population.synapses
    held = np.array([refractory_steps(t_ref, dt) for t_ref in np.atleast_1d(neuron.t_ref)])
    if held.min() < 1:
        raise ValueError(f"t_ref must be dt ({dt:g} ms) at least for NEST, got {np.min(neuron.t_ref):g}")
    found: dict[str, Any] = {
        "tau_m": neuron.tau_m, "C_m": 1000.0 * np.divide(neuron.tau_m, neuron.r_m), "E_L": neuron.v_rest,
        "V_reset": neuron.v_reset, "V_th": np.nextafter(neuron.v_th, np.inf), "t_ref": np.round(held * dt, 9),
        "I_e": 1000.0 * np.broadcast_to(population.i, population.n), "V_m": population.v_start,
    }  # fmt: skip
    if not isinstance(synapses, DeltaJumps):
        found |= {"tau_syn_ex": synapses.tau_e, "tau_syn_in": synapses.tau_i}
    return {key: np.broadcast_to(value, population.n) for key, value in found.items()}


def _times(name: str, spikes: Spikes, dt: float) -> dict[str, np.ndarray]:
    """Times on the grid of steps, and units."""
    steps = np.rint(spikes.times / dt)
    if steps.size and steps.min() < 1:
        raise ValueError(f"{name} must fire after time 0 for NEST, got {spikes.times.min():g} ms")
    return {"times": np.round(steps * dt, 9), "units": spikes.units}


def _synapses(projection: Projection, post: Population, dt: float) -> dict[str, np.ndarray]:
    """Who is told by whom, how strongly (pA or mV) and how late (ms)."""
    if projection.short_term is not None:
        raise TypeError(
            f"synapses from {projection.pre} to {projection.post} must have no short-term plasticity for "
            "NEST, got TsodyksMarkram"
        )
    lines = projection.lines
    steps = whole_steps_of(lines.delay, dt)
    if steps.size and steps.min() < 1:
        raise ValueError(f"delay must be dt ({dt:g} ms) at least for NEST, got {lines.delay.min():g}")
    weight, delay = lines.w * _unit(post), np.round(steps * dt, 9)
    return {"pre": lines.pre, "post": lines.post, "weight": weight, "delay": delay}


def _write_both(script: Path, text: str, arrays: Path, numbers: dict[str, np.ndarray]) -> None:
    """Write both files, or neither if one is there."""
    made: list[Path] = []
    try:
        with script.open("x", encoding="utf-8") as into:
            made.append(script)
            into.write(text)
        with arrays.open("xb") as binary:
            made.append(arrays)
            np.savez(binary, **numbers)  # type: ignore[arg-type]  # its stub takes no names
    except BaseException as problem:  # Ctrl-C too: half a file would stand in the way of the next
        for file in made:
            file.unlink(missing_ok=True)
        if isinstance(problem, FileExistsError):
            there = arrays if made else script
            raise FileExistsError(f"{there} exists already, and is kept: choose another name") from None
        raise
