"""How much memory a wiring takes, told before it is taken."""

from snnlab.machine_memory import refuse_beyond_memory

__all__ = ["refuse_beyond_the_machine", "wiring_bytes"]

_BYTES = 24 + 40  # of a synapse: its connection, and what sorting it among the events takes


def wiring_bytes(synapses: float) -> float:
    """What so many synapses take at most while they become events."""
    return _BYTES * synapses


def refuse_beyond_the_machine(synapses: float) -> None:
    """Say in a sentence how much memory is missing, before any is taken."""
    needed = wiring_bytes(synapses)
    refuse_beyond_memory(f"the connections must fit into memory: about {synapses:.3g} of them take", needed)
