"""Networks: connections, and how spikes travel through them."""

from snnlab.networks.connections import Connections
from snnlab.networks.delivery import arrivals, deliver, ring_for
from snnlab.networks.events import Events, events_of
from snnlab.networks.given import from_list, from_matrix

__all__ = [
    "Connections",
    "Events",
    "arrivals",
    "deliver",
    "events_of",
    "from_list",
    "from_matrix",
    "ring_for",
]
