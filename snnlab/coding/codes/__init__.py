"""Numbers written as spikes, and what each way costs."""

__all__ = ()
