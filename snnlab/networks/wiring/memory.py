"""How much memory a wiring takes, told before it is taken."""

from snnlab.machine_memory import machine_bytes

__all__ = ["refuse_beyond_the_machine", "wiring_bytes"]

_BYTES = 24 + 40  # of a synapse: its connection, and what sorting it among the events takes


def wiring_bytes(synapses: float) -> float:
    """What so many synapses take at most while they become events."""
    return _BYTES * synapses


def refuse_beyond_the_machine(synapses: float) -> None:
    """Say in a sentence how much memory is missing, before any is taken."""
    there, needed = machine_bytes(), wiring_bytes(synapses)
    if needed > there:
        raise ValueError(
            f"the connections must fit into memory: about {synapses:.3g} of them take {needed / 1e9:.3g} GB, "
            f"this machine has {there / 1e9:.3g} GB"
        )
