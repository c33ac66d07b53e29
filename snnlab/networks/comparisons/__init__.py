"""Spiking networks beside others that compute the same: with a clock, unrolled, without spikes."""

__all__ = ()
