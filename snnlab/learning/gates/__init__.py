"""Networks whose spikes are not all or nothing: a gate gives them a shape, and so every weight a slope."""

__all__ = ()
