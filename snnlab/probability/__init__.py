"""Neurons as likelihoods: how probable is it that a neuron fires just the spikes that it fired?"""

__all__ = ()
