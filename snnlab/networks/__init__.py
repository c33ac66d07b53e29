"""Networks: populations, connections, and how spikes travel through them."""

from snnlab.networks.brunel_network import brunel, brunel_rate
from snnlab.networks.cells.population import Population
from snnlab.networks.cells.short_term import ShortTermRun, TsodyksMarkram, simulate_short_term
from snnlab.networks.cells.synapses import (
    AlphaCurrents,
    DeltaJumps,
    ExponentialConductances,
    ExponentialCurrents,
)
from snnlab.networks.microcircuit import microcircuit
from snnlab.networks.nest_script import NestFiles, write_nest_script
from snnlab.networks.network import Network
from snnlab.networks.running.delivery import arrivals, deliver, ring_for
from snnlab.networks.running.events import Events, events_of
from snnlab.networks.running.network_run import NetworkRun, PopulationRun
from snnlab.networks.wiring.by_chance import fixed_probability, fixed_total
from snnlab.networks.wiring.connections import Connections
from snnlab.networks.wiring.dale import dale_signs
from snnlab.networks.wiring.degrees import fixed_indegree, fixed_outdegree
from snnlab.networks.wiring.distance_dependent import by_distance
from snnlab.networks.wiring.given import from_list, from_matrix
from snnlab.networks.wiring.graph import Degrees, adjacency, degrees, presynaptic, shortest_cycle
from snnlab.networks.wiring.positions import Positions, distances, on_grid
from snnlab.networks.wiring.profiles import ExponentialProfile, GaussianProfile, StepProfile
from snnlab.networks.wiring.regular import all_to_all, one_to_one
from snnlab.networks.wiring.rule import Rule
from snnlab.networks.wiring.weighting import TruncatedNormal, weighted

__all__ = [
    "AlphaCurrents",
    "Connections",
    "Degrees",
    "DeltaJumps",
    "Events",
    "ExponentialConductances",
    "ExponentialCurrents",
    "ExponentialProfile",
    "GaussianProfile",
    "NestFiles",
    "Network",
    "NetworkRun",
    "Population",
    "PopulationRun",
    "Positions",
    "Rule",
    "ShortTermRun",
    "StepProfile",
    "TruncatedNormal",
    "TsodyksMarkram",
    "adjacency",
    "all_to_all",
    "arrivals",
    "brunel",
    "brunel_rate",
    "by_distance",
    "dale_signs",
    "degrees",
    "deliver",
    "distances",
    "events_of",
    "fixed_indegree",
    "fixed_outdegree",
    "fixed_probability",
    "fixed_total",
    "from_list",
    "from_matrix",
    "microcircuit",
    "on_grid",
    "one_to_one",
    "presynaptic",
    "ring_for",
    "shortest_cycle",
    "simulate_short_term",
    "weighted",
    "write_nest_script",
]
