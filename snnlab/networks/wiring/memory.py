"""How much memory a wiring takes, told before it is taken."""

from snnlab.machine_memory import refuse_beyond_memory

__all__ = ["ROW_BYTES", "refuse_beyond_the_machine", "wiring_bytes"]

ROW_BYTES = 9.0 + 1.0
"""Of a synapse of a recipe: what its row keeps, and whether its delay is that of all."""

_BYTES = 24 + 40  # of a synapse: its connection, and what sorting it among the events takes


def wiring_bytes(synapses: float) -> float:
    """What so many synapses take at most while they become events."""
    return _BYTES * synapses


def refuse_beyond_the_machine(synapses: float) -> None:
    """Say in a sentence how much memory is missing, before any is taken."""
    needed = wiring_bytes(synapses)
    refuse_beyond_memory(f"the connections must fit into memory: about {synapses:.3g} of them take", needed)
