"""Where emulators of Loihi disagree: one value for each question, all of them together a `Convention`.

The chip's manual is not public. Three programs imitate it, and they part in the places that are the fields
here: how a weight loses the bits that it has no room for, to what the weight exponent is applied, where sums
overflow, and in which step an input arrives. `BRIAN2_LOIHI` is the default, because its authors compared it
with the chip: C. Michaelis, A. B. Lehr, W. Oed and C. Tetzlaff (2022), Frontiers in Neuroinformatics
16:1015624. It has no overflow, so its registers are bounded here as the chip's are.
"""

from typing import NamedTuple

from snnlab._checks import whole
from snnlab.loihi.fixed import FLOOR, NEAREST, REGISTER_LIMIT, TRUNCATE

__all__ = ["BRIAN2_LOIHI", "LAVA", "NENGO_LOIHI", "Convention"]

UNBOUNDED = 0


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
    weight_rounding: int
    """How a weight is brought to its bits: `FLOOR`, `TRUNCATE` or `NEAREST`."""
    exponent_rounding: int
    """How what a negative weight exponent leaves is brought to a whole number."""
    exponent_on_sum: bool
    """The weight exponent is applied to the sum of the weights that arrive, not to each."""
    symmetric: bool
    """Mixed weights end at −254 as they do at 254, not at −256."""
    lowest_inhibitory: int
    """Where weights that are all inhibitory end, −255 or −256."""
    decay_offset: int
    """Is added to the decay of the current: 1 where a decay of 4095 forgets everything."""
    wrap_edge: int
    """0: the current overflows in two's complement; 1: +2²³ is let through and −2²³ is not."""
    input_limit: int
    """The synaptic input of a step overflows beyond −limit and limit − 1; 0: it does not."""
    drive_limit: int
    """The sum of current and bias overflows beyond −limit and limit − 1; 0: it does not."""
    refractory: bool
    """There is a refractory period."""
    arrival: int
    """Steps between an input spike of delay 0 and the current."""


LAVA = Convention("lava", FLOOR, FLOOR, True, False, -255, 1, 1, UNBOUNDED, UNBOUNDED, False, 1)
"""lava-nc 0.10.0, its fixed-point models."""

NENGO_LOIHI = Convention(
    "nengo_loihi", NEAREST, NEAREST, False, True, -255, 1, 0, 1 << 21, REGISTER_LIMIT, True, 1
)
"""nengo-loihi 1.1.0, its emulator."""

BRIAN2_LOIHI = Convention(
    "brian2_loihi", TRUNCATE, FLOOR, False, False, -256, 0, 0, UNBOUNDED, UNBOUNDED, True, 0
)
"""brian2-loihi 0.5.2, compared with the chip by its authors. Its spike generators act in their own step."""


def check_convention(convention: Convention) -> None:
    """Refuse what the kernels cannot follow: the ring of spikes has room for an arrival of 1, for example."""
    if not isinstance(convention, Convention):
        raise TypeError(f"convention must be a Convention such as LAVA, got {convention!r}")
    for name in ("decay_offset", "wrap_edge", "arrival"):
        if whole(name, getattr(convention, name)) > 1:
            raise ValueError(f"{name} must be 0 or 1, got {getattr(convention, name)}")
    for name in ("input_limit", "drive_limit"):
        limit = whole(name, getattr(convention, name))
        if limit and (limit & (limit - 1) or not 1 << 15 <= limit <= 1 << 30):
            raise ValueError(f"{name} must be 0 or a power of two from 2^15 to 2^30, got {limit}")
