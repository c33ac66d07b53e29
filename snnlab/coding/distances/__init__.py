"""How far apart two spike trains are."""

__all__ = ()
