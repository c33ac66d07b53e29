"""Spiking neural networks, one short and tested function after the other.

The distribution is called ``snnlab-course``; ``snnlab`` on the package index is an unrelated project.

>>> import numpy as np
>>> import snnlab
>>> snnlab.neurons.simulate_lif(np.full(10_000, 0.3)).spikes
Spikes(63 spikes of 1 unit in 1000 ms, 63.0 Hz a unit)
"""

import importlib
from typing import TYPE_CHECKING, Any

import snnlab.other_snnlab  # noqa: F401  first, so that it can say what stands in the way

if TYPE_CHECKING:
    from snnlab import coding, data, learning, loihi, networks, neurons, plots, probability, random
    from snnlab.compiling import kernel
    from snnlab.repeats import spread
    from snnlab.spikes import Spikes
    from snnlab.sweeps.running import sweep

__all__ = [
    "Spikes",
    "coding",
    "data",
    "kernel",
    "learning",
    "loihi",
    "networks",
    "neurons",
    "plots",
    "probability",
    "random",
    "spread",
    "sweep",
]

__version__ = "0.1.0"

_HOMES = {"Spikes": "spikes", "kernel": "compiling", "spread": "repeats", "sweep": "sweeps.running"}


def __getattr__(name: str) -> Any:
    """Load a part when it is first asked for: `snnlab --help` need not wait for a compiler."""
    if name in _HOMES:
        return getattr(importlib.import_module(f"snnlab.{_HOMES[name]}"), name)
    if name in __all__:
        return importlib.import_module(f"snnlab.{name}")
    raise AttributeError(f"module 'snnlab' has no attribute {name!r}")


def __dir__() -> list[str]:
    """What a reader is offered; what this file itself imports is none of it."""
    return sorted(["__all__", "__doc__", "__version__", *__all__])
