"""Networks whose spikes are not all or nothing: a gate gives a spike that is about to come a slope."""

__all__ = ()
