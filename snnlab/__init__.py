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
    from snnlab import coding, data, learning, loihi, networks, neurons, probability, random
    from snnlab.repeats import spread
    from snnlab.spikes import Spikes

__all__ = [
    "Spikes",
    "coding",
    "data",
    "learning",
    "loihi",
    "networks",
    "neurons",
    "probability",
    "random",
    "spread",
]

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Load a part when it is first asked for: `snnlab --help` need not wait for a compiler."""
    if name == "Spikes":
        return importlib.import_module("snnlab.spikes").Spikes
    if name == "spread":
        return importlib.import_module("snnlab.repeats").spread
    if name in __all__:
        return importlib.import_module(f"snnlab.{name}")
    raise AttributeError(f"module 'snnlab' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
