"""Networks: populations, connections, and how spikes travel through them."""

from snnlab.networks.by_chance import fixed_probability, fixed_total
from snnlab.networks.connections import Connections
from snnlab.networks.dale import dale_signs
from snnlab.networks.degrees import fixed_indegree, fixed_outdegree
from snnlab.networks.delivery import arrivals, deliver, ring_for
from snnlab.networks.events import Events, events_of
from snnlab.networks.given import from_list, from_matrix
from snnlab.networks.graph import Degrees, adjacency, degrees, presynaptic, shortest_cycle
from snnlab.networks.network import Network
from snnlab.networks.network_run import NetworkRun, PopulationRun
from snnlab.networks.population import (
    DeltaJumps,
    ExponentialConductances,
    ExponentialCurrents,
    Population,
)
from snnlab.networks.regular import all_to_all, one_to_one
from snnlab.networks.rule import Rule
from snnlab.networks.weighting import TruncatedNormal, weighted

__all__ = [
    "Connections",
    "Degrees",
    "DeltaJumps",
    "Events",
    "ExponentialConductances",
    "ExponentialCurrents",
    "Network",
    "NetworkRun",
    "Population",
    "PopulationRun",
    "Rule",
    "TruncatedNormal",
    "adjacency",
    "all_to_all",
    "arrivals",
    "dale_signs",
    "degrees",
    "deliver",
    "events_of",
    "fixed_indegree",
    "fixed_outdegree",
    "fixed_probability",
    "fixed_total",
    "from_list",
    "from_matrix",
    "one_to_one",
    "presynaptic",
    "ring_for",
    "shortest_cycle",
    "weighted",
]
