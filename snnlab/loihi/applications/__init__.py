"""What networks on the chip compute."""

__all__ = ()
