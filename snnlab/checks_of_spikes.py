"""The check that most functions on spike trains begin with. Beside `checks`, which `Spikes` itself needs."""

from snnlab.spikes import Spikes

__all__ = ["be_spikes", "spikes_of"]


def be_spikes(name: str, value: object) -> None:
    """Refuse what is no `Spikes`; `name` is that of the argument."""
    if not isinstance(value, Spikes):
        raise TypeError(f"{name} must be Spikes, got {type(value).__name__}")


def spikes_of(name: str, run: object) -> Spikes:
    """The spikes of what the function called `name`, which is not ours, has returned."""
    spikes = run if isinstance(run, Spikes) else getattr(run, "spikes", None)
    if not isinstance(spikes, Spikes):
        raise TypeError(f"{name} must return Spikes or something with spikes, got {type(run).__name__}")
    return spikes
