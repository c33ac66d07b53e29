"""The check that most functions on spike trains begin with. Beside `checks`, which `Spikes` itself needs."""

from snnlab.spikes import Spikes

__all__ = ["be_spikes"]


def be_spikes(name: str, value: object) -> None:
    """Refuse what is no `Spikes`; `name` is that of the argument."""
    if not isinstance(value, Spikes):
        raise TypeError(f"{name} must be Spikes, got {type(value).__name__}")
