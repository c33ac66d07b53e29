"""Networks: populations, connections, and how spikes travel through them."""

from snnlab.networks.brunel_network import brunel, brunel_rate
from snnlab.networks.by_chance import fixed_probability, fixed_total
from snnlab.networks.connections import Connections
from snnlab.networks.dale import dale_signs
from snnlab.networks.degrees import fixed_indegree, fixed_outdegree
from snnlab.networks.delivery import arrivals, deliver, ring_for
from snnlab.networks.distance_dependent import by_distance
from snnlab.networks.events import Events, events_of
from snnlab.networks.given import from_list, from_matrix
from snnlab.networks.graph import Degrees, adjacency, degrees, presynaptic, shortest_cycle
from snnlab.networks.network import Network
from snnlab.networks.network_run import NetworkRun, PopulationRun
from snnlab.networks.population import Population
from snnlab.networks.positions import Positions, distances, on_grid
from snnlab.networks.profiles import ExponentialProfile, GaussianProfile, StepProfile
from snnlab.networks.regular import all_to_all, one_to_one
from snnlab.networks.rule import Rule
from snnlab.networks.short_term import ShortTermRun, TsodyksMarkram, simulate_short_term
from snnlab.networks.synapses import (
    AlphaCurrents,
    DeltaJumps,
    ExponentialConductances,
    ExponentialCurrents,
)
from snnlab.networks.weighting import TruncatedNormal, weighted

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
    "on_grid",
    "one_to_one",
    "presynaptic",
    "ring_for",
    "shortest_cycle",
    "simulate_short_term",
    "weighted",
]
