r"""How many spikes of each input a spiking neuron may take before a deep one is cheaper, memory included.

Both have $m$ inputs. A deep neuron reads, multiplies and adds once for each of them, whatever they say. A
spiking one reads and adds at each of $S$ spikes of an input, and in each of $T$ steps its current and its
potential decay (two multiplications) and the one is added to the other:

$$ E_{deep} = m\,(E_+ + E_\times + E_r / B) , \qquad
E_{spiking} = m\, S\,(E_+ + (1 + a)\, E_r) + T\,(E_+ + 2 E_\times + 2 a\, E_r) $$

$E_r$ is what it costs to bring one number from the memory or back. A deep network that is shown $B$ samples
at once reads each weight once for all of them. $a$ is 0 where current and potential of a neuron stay beside
the arithmetic, in registers, and 2 where both have to be read and written at every change: then a step reads
and writes two numbers. Equal costs give the break-even number of spikes,

$$ S^* = \frac{E_+ + E_\times + E_r / B - (T/m)\,(E_+ + 2 E_\times + 2 a\, E_r)}{E_+ + (1 + a)\, E_r} $$

which is 0 where the steps alone cost more than the deep neuron. Where everything but a memory's $E_r$ is
forgotten, it is $1 / (1 + a)$: one spike, or a third.

What is left out: how spikes travel, what they are called on the way, the activations of the deep network,
and a machine that is on. Energies of arithmetic: numbers of 32 bits at 45 nm, as M. Horowitz (2014) reports
them, IEEE International Solid-State Circuits Conference, Digest of Technical Papers, 10-14.
"""

from typing import NamedTuple

import numpy as np

from snnlab.checks import non_negative, true_or_false, whole
from snnlab.compiling import kernel
from snnlab.records import blank, read

__all__ = ["BreakEven", "break_even"]

ADD, MULTIPLY = 0.9, 3.7  # pJ, floating point
ADD_WHOLE = 0.1  # pJ, whole numbers
MOST_SPIKES, DEAREST, PLACES = 6.0, 50.0, 101  # ends of both curves: spikes, pJ
TOUCHED = 2.0  # a, where the state of a neuron lies in memory


class BreakEven(NamedTuple):
    """What both neurons cost, and where they cost the same.

    Examples
    --------
    >>> print(f"{break_even(memory=5.0).even:.2f}")  # spikes of each input
    1.63
    """

    spikes: np.ndarray
    """Spikes of each input, from 0 to 6."""
    spiking: np.ndarray
    """What a spiking neuron costs with so many, in costs of the deep one."""
    deep: np.ndarray
    """What a deep neuron costs in its own costs: 1, for all of them."""
    memories: np.ndarray
    """What a number from the memory may cost, from 0 to 50 pJ."""
    evens: np.ndarray
    """Break-even number of spikes with each of them."""
    even: float
    """Break-even number of spikes of each input, 0 where the steps alone cost more."""
    dense: float
    """What the deep neuron costs, pJ."""
    each: float
    """What one spike of each input costs the spiking neuron, pJ."""
    silent: float
    """What the steps cost it without any spike, pJ."""


def break_even(
    memory: float = 0.0,
    fan_in: int = 100,
    steps: int = 0,
    in_memory: bool = False,
    *,
    batch: int = 1,
) -> BreakEven:
    """The break-even number of spikes of each input.

    Parameters
    ----------
    memory : float
        What it costs to bring one number from the memory or back, pJ.
    fan_in : int
        Inputs of the neuron, each with a weight of its own, at least 1.
    steps : int
        Steps of the clock in which the spiking neuron decays.
    in_memory : bool
        Whether current and potential of the spiking neuron lie in the memory, or in registers.
    batch : int
        Samples for which the deep network reads a weight once, at least 1.

    Examples
    --------
    >>> arithmetic, memory, state = break_even(), break_even(1e9), break_even(1e9, in_memory=True)
    >>> print(f"{arithmetic.even:.2f} {memory.even:.2f} {state.even:.2f}")
    5.11 1.00 0.33
    """
    memory, fan_in = non_negative("memory", memory), whole("fan_in", fan_in, 1)
    steps, batch = whole("steps", steps), whole("batch", batch, 1)
    in_memory = true_or_false("in_memory", in_memory)
    seen = recorded()
    run_break_even(seen, memory, float(fan_in), float(steps), float(in_memory), float(batch))
    return read(seen)


def recorded() -> BreakEven:
    """A blank record."""
    return blank(BreakEven, **dict.fromkeys(("spikes", "spiking", "deep", "memories", "evens"), PLACES))


@kernel
def costs(memory, fan_in, steps, in_memory, batch):
    """What a deep neuron costs, a spike of each input, and the steps of a silent neuron, in pJ."""
    touched = TOUCHED if in_memory > 0.0 else 0.0
    dense = fan_in * (ADD + MULTIPLY + memory / batch)
    each = fan_in * (ADD + (1.0 + touched) * memory)
    silent = steps * (ADD + 2.0 * MULTIPLY + 2.0 * touched * memory)
    return dense, each, silent


@kernel
def run_break_even(seen, memory, fan_in, steps, in_memory, batch):
    """Both curves, and the number."""
    dense, each, silent = costs(memory, fan_in, steps, in_memory, batch)
    seen.dense[0], seen.each[0], seen.silent[0] = dense, each, silent
    seen.even[0] = max(0.0, (dense - silent) / each)
    last = seen.spikes.size - 1
    for k in range(seen.spikes.size):
        spikes, price = MOST_SPIKES * k / last, DEAREST * k / last
        seen.spikes[k], seen.spiking[k], seen.deep[k] = spikes, (spikes * each + silent) / dense, 1.0
        dense_then, each_then, silent_then = costs(price, fan_in, steps, in_memory, batch)
        seen.memories[k], seen.evens[k] = price, max(0.0, (dense_then - silent_then) / each_then)
