r"""Synapses: what a spike does when it arrives. There are four kinds:

- *exponential currents*: it adds its weight (nA) to a current that decays, with a time constant for
  excitation and one for inhibition;
- *alpha currents*: its current rises first, to its weight (nA), and then decays,

  $$ i(s) = w\, \frac{s}{\tau}\, e^{1 - s/\tau} $$

- *exponential conductances*: it adds its weight (µS) to a conductance that decays, whose current depends on
  how far the potential is from the reversal potential of the synapse;
- *delta jumps*: the potential jumps by the weight (mV).

In all four a positive weight excites and a negative one inhibits. (A negative weight on conductances adds
its amount to the conductance of inhibition.) Into a neuron whose input is not in nA or whose state is not in
mV, such as Izhikevich's, currents and jumps have the units of that neuron.
"""

from typing import NamedTuple, TypeVar

import numpy as np

from snnlab.checks import Positive, checked

__all__ = ["AlphaCurrents", "DeltaJumps", "ExponentialConductances", "ExponentialCurrents"]


class ExponentialCurrents(NamedTuple):
    """Synapses whose current jumps with each spike and decays; weights are nA.

    Examples
    --------
    >>> ExponentialCurrents(tau_e=5.0, tau_i=10.0).tau_i
    10.0
    """

    tau_e: Positive = 5.0
    """Time constant of excitation, ms."""
    tau_i: Positive = 5.0
    """Time constant of inhibition, ms."""


class AlphaCurrents(NamedTuple):
    """Synapses whose current rises to its peak and decays; weights are nA at the peak.

    Examples
    --------
    >>> AlphaCurrents(tau_e=2.0, tau_i=4.0).tau_e
    2.0
    """

    tau_e: Positive = 5.0
    """When excitation peaks, ms."""
    tau_i: Positive = 5.0
    """When inhibition peaks, ms."""


class ExponentialConductances(NamedTuple):
    """Synapses whose conductance jumps with each spike and decays; weights are µS.

    LIF neurons, adaptive ones too, hold it over a step at the value at its start, as Brian2 and the benchmark
    COBA do: that is of first order in `dt`, and at 0.1 ms a potential of a synapse of 5 ms is 1 % too large.

    Examples
    --------
    >>> ExponentialConductances().e_i
    -80.0
    """

    tau_e: Positive = 5.0
    """Time constant of excitation, ms."""
    tau_i: Positive = 10.0
    """Time constant of inhibition, ms."""
    e_e: float = 0.0
    """Reversal potential of excitation, mV."""
    e_i: float = -80.0
    """Reversal potential of inhibition, mV."""


class DeltaJumps(NamedTuple):
    """Synapses without duration: the potential jumps by the weight, mV.

    What arrives while a neuron is held after its spike is lost.

    Examples
    --------
    >>> DeltaJumps()
    DeltaJumps()
    """


Synapses = ExponentialCurrents | AlphaCurrents | ExponentialConductances | DeltaJumps

W = TypeVar("W", float, np.ndarray)


def in_ring(synapses: Synapses, w: W) -> W:
    """What a spike of weight `w` adds: to conductances an amount, of excitation or of inhibition."""
    return abs(w) if isinstance(synapses, ExponentialConductances) else w


def check_synapses(synapses: Synapses) -> Synapses:
    """`synapses` with every number valid."""
    kind = type(synapses)
    if kind not in (ExponentialCurrents, AlphaCurrents, ExponentialConductances, DeltaJumps):
        kinds = "ExponentialCurrents, AlphaCurrents, ExponentialConductances or DeltaJumps"
        raise TypeError(f"synapses must be {kinds}, got {kind.__name__}")
    return checked("synapses", synapses, kind)
