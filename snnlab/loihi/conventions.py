"""Where emulators of Loihi disagree: one value for each question, all of them together a `Convention`.

The chip's manual is not public. Three programs imitate it, and they part in the places that are the fields
here: how a weight loses the bits that it has no room for, to what the weight exponent is applied, where sums
overflow, in which step an input arrives, how traces fade, and who shares whose random numbers.

`BRIAN2_LOIHI` is the default, because its authors compared it with the chip: C. Michaelis, A. B. Lehr, W.
Oed and C. Tetzlaff (2022), Frontiers in Neuroinformatics 16:1015624. It has no overflow, so its registers
are bounded here as the chip's are; and its learning rules are evaluated in real numbers, so the integers of
the learning engine are lava's in all three, where no field says otherwise.
"""

import functools
from typing import Annotated, NamedTuple

from snnlab.checks import checked, whole
from snnlab.loihi.fixed_point import DELAY_MAX, FLOOR, NEAREST, REGISTER_LIMIT, TRUNCATE

__all__ = [
    "BRIAN2_LOIHI",
    "EXPONENTIAL",
    "FIRST_ORDER",
    "LAVA",
    "NENGO_LOIHI",
    "ONCE_AN_EPOCH",
    "Convention",
]

UNBOUNDED = 0
EXPONENTIAL, FIRST_ORDER, ONCE_AN_EPOCH = 0, 1, 2  # how a trace decays: `Convention.trace_decay`


def _one_of(name: str, value: object, known: tuple[int, ...]) -> int:
    number = whole(name, value, -256, 256)
    if number not in known:
        raise ValueError(f"{name} must be {' or '.join(map(str, known))}, got {number}")
    return number


Rounding = Annotated[int, functools.partial(_one_of, known=(FLOOR, TRUNCATE, NEAREST))]
Decay = Annotated[int, functools.partial(_one_of, known=(EXPONENTIAL, FIRST_ORDER, ONCE_AN_EPOCH))]
InhibitoryEnd = Annotated[int, functools.partial(_one_of, known=(-255, -256))]
NoneOrOne = Annotated[int, functools.partial(_one_of, known=(0, 1))]
Few = Annotated[int, functools.partial(whole, least=0, most=255)]
Chances = Annotated[int, functools.partial(whole, least=1, most=256)]
Limit = Annotated[int, functools.partial(whole, most=1 << 30)]


class Convention(NamedTuple):
    """One way to read the chip.

    Examples
    --------
    >>> from snnlab.loihi import LAVA
    >>> LAVA.decay_offset, LAVA._replace(wrap_edge=0).wrap_edge
    (1, 0)
    """

    name: str
    """Of the program that reads it so."""
    weight_rounding: Rounding
    """How a weight is brought to its bits: `FLOOR`, `TRUNCATE` or `NEAREST`."""
    exponent_rounding: Rounding
    """How what a negative weight exponent leaves is brought to a whole number."""
    exponent_on_sum: bool
    """The weight exponent is applied to the sum of the weights that arrive, not to each."""
    symmetric: bool
    """Mixed weights end at −254 as they do at 254, not at −256."""
    lowest_inhibitory: InhibitoryEnd
    """Where weights that are all inhibitory end, −255 or −256."""
    decay_offset: NoneOrOne
    """Is added to the decay of the current: 1 where a decay of 4095 forgets everything."""
    wrap_edge: NoneOrOne
    """0: the current overflows in two's complement; 1: +2²³ is let through and −2²³ is not."""
    input_limit: Limit
    """The synaptic input of a step overflows beyond −limit and limit − 1; 0: it does not."""
    drive_limit: Limit
    """The sum of current and bias overflows beyond −limit and limit − 1; 0: it does not."""
    refractory: bool
    """There is a refractory period."""
    arrival: NoneOrOne
    """Steps between an input spike of delay 0 and the current."""
    trace_decay: Decay = FIRST_ORDER
    """What a step leaves of a trace: `EXPONENTIAL`, e^(−1/τ); `FIRST_ORDER`, 1 − 1/τ; `ONCE_AN_EPOCH`,
    e^(−epoch/τ) at the end of an epoch, when its spikes are added too, at most one of each neuron."""
    own_random: bool = True
    """Each rounding has a random number of its own; else all traces of a side share one, for all steps of an
    epoch, and all synapses share another."""
    impulse_random: Chances = 256
    """The fraction of an impulse, in 256ths, is compared with a whole random number below this one."""
    extra_random: bool = True
    """A second presynaptic spike in an epoch has a random number; else its fraction is always rounded up."""
    learned_on_grid: bool = True
    """A learned weight keeps to the step of its bits."""
    lower: Few = 0
    """So many values more than their bits can hold below zero have the learning engine's registers."""
    mantissa_bits: Few = 3
    """Bits counted for a term's mantissa, when it is asked how far a product exceeds the accumulator."""
    delay_max: Few = DELAY_MAX
    """The longest delay that can be learned, in steps."""
    gated_spikes: bool = True
    """`u2*x0` acts at spikes of every fourth epoch; else a `u` beside a spike is ignored."""


LAVA = Convention(
    name="lava",
    weight_rounding=FLOOR,
    exponent_rounding=FLOOR,
    exponent_on_sum=True,
    symmetric=False,
    lowest_inhibitory=-255,
    decay_offset=1,
    wrap_edge=1,
    input_limit=UNBOUNDED,
    drive_limit=UNBOUNDED,
    refractory=False,
    arrival=1,
    trace_decay=EXPONENTIAL,
    own_random=False,
    impulse_random=128,
    extra_random=False,
    learned_on_grid=False,
    lower=1,
    mantissa_bits=4,
    delay_max=255,
    gated_spikes=False,
)
"""lava-nc 0.10.0, its fixed-point models, and its learning engine, which it calls bit-approximate."""

NENGO_LOIHI = Convention(
    name="nengo_loihi",
    weight_rounding=NEAREST,
    exponent_rounding=NEAREST,
    exponent_on_sum=False,
    symmetric=True,
    lowest_inhibitory=-255,
    decay_offset=1,
    wrap_edge=0,
    input_limit=1 << 21,
    drive_limit=REGISTER_LIMIT,
    refractory=True,
    arrival=1,
    trace_decay=ONCE_AN_EPOCH,
)
"""nengo-loihi 1.1.0, its emulator. Of the learning engine it has one rule only, PES:
`snnlab.loihi.plasticity.pes`."""

BRIAN2_LOIHI = Convention(
    name="brian2_loihi",
    weight_rounding=TRUNCATE,
    exponent_rounding=FLOOR,
    exponent_on_sum=False,
    symmetric=False,
    lowest_inhibitory=-256,
    decay_offset=0,
    wrap_edge=0,
    input_limit=UNBOUNDED,
    drive_limit=UNBOUNDED,
    refractory=True,
    arrival=0,
)
"""brian2-loihi 0.5.2, compared with the chip by its authors. Its spike generators act in their own step."""


def check_convention(convention: Convention) -> Convention:
    """Refuse what the kernels cannot follow: the ring of spikes has room for an arrival of 1, for example."""
    if not isinstance(convention, Convention):
        raise TypeError(f"convention must be a Convention such as LAVA, got {convention!r}")
    convention = checked("convention", convention, Convention)
    for name in ("input_limit", "drive_limit"):
        limit = getattr(convention, name)
        if limit and (limit & (limit - 1) or limit < 1 << 15):
            raise ValueError(f"{name} must be 0 or a power of two from 2^15 to 2^30, got {limit}")
    return convention
