r"""One step of one compartment at a time, with every register before and after.

The equations are those of `snnlab.loihi.neuron.compartments`, in the order in which the chip takes them:

1. the current decays, the remainder of the division is dropped, and the input is added;
2. where the sum has no room in 24 bits it comes out at the other end;
3. the voltage decays in the same way, and current and bias are added;
4. the voltage stays at the ends of its range; while the compartment rests it stays at 0;
5. above the threshold the compartment fires, its voltage goes to 0 (or, with a soft reset, down by the
   threshold) and its rest begins.

What is printed is what happened. `simulate_compartments` computes the same, many compartments at a time.
"""

import functools
from collections.abc import Sequence
from typing import Annotated, NamedTuple

from numpy.typing import ArrayLike

from snnlab.checks import checked, whole
from snnlab.loihi.conventions import BRIAN2_LOIHI, Convention
from snnlab.loihi.fixed_point import (
    BIAS_BITS,
    BIAS_EXP_BITS,
    REGISTER_LIMIT,
    decayed,
    saturated,
    scaled_bias,
    whole_array,
    whole_within,
    wrapped,
)
from snnlab.loihi.neuron.compartments import V_MAX, Compartment, check_compartment, registers

__all__ = ["Registers", "Step", "step_compartment", "step_through", "steps_table"]


Whole = Annotated[int, functools.partial(whole, least=-(2**62), most=2**62)]


class Registers(NamedTuple):
    """What a compartment remembers from one step to the next.

    Examples
    --------
    >>> Registers(v=-5)
    Registers(u=0, v=-5, rest=0)
    """

    u: Whole = 0
    """The current, 24 bits."""
    v: Whole = 0
    """The voltage, 24 bits."""
    rest: Whole = 0
    """Steps for which the voltage is still held at 0."""


class Step(NamedTuple):
    """All that happened in one step, in the order in which it happened.

    Examples
    --------
    >>> step = step_compartment(Registers(u=1000), 7_999_999)
    >>> step.u_decayed, step.u_sum, step.wraps, step.after.u
    (899, 8000898, False, 8000898)
    """

    before: Registers
    """The registers before the step."""
    u_decayed: Whole
    """What the decay left of the current."""
    q: Whole
    """The synaptic input, as it is added."""
    u_sum: Whole
    """Their sum, with all its bits."""
    wraps: bool
    """The sum has no room in the register, so the current is another number."""
    v_decayed: Whole
    """What the decay left of the voltage."""
    bias: Whole
    """The bias, mantissa times power of two."""
    v_sum: Whole
    """Voltage, current and bias together, with all their bits."""
    stops: bool
    """The sum lies beyond the range of the voltage, which stays at the end."""
    held: bool
    """The compartment rests: whatever the sum, the voltage is 0."""
    threshold: Whole
    """What the voltage has to pass, 64 times the mantissa."""
    fires: bool
    """The voltage is above the threshold."""
    after: Registers
    """The registers after the step."""

    def __str__(self) -> str:
        """The step as a table: each register, and what became of it."""
        u, v = self.before.u, self.before.v
        tail = "fires" if self.fires else "rests" if self.held else ""
        rows = [
            ("current u before", u, ""),
            ("  after its decay", self.u_decayed, _lost(u, self.u_decayed)),
            ("  + input q", self.q, ""),
            ("  = sum", self.u_sum, "does not fit into 24 bits" if self.wraps else ""),
            ("current u after", self.after.u, "overflow" if self.wraps else ""),
            ("voltage v before", v, ""),
            ("  after its decay", self.v_decayed, _lost(v, self.v_decayed)),
            ("  + current u + bias b", self.v_sum - self.v_decayed, f"bias {self.bias:d}"),
            ("  = sum", self.v_sum, "beyond its range, it stays at the end" if self.stops else ""),
            ("  threshold", self.threshold, "passed" if self.fires else "not passed"),
            ("voltage v after", self.after.v, tail),
            ("steps of rest left", self.after.rest, ""),
        ]
        return "\n".join(f"{name:<23}{value:>11d}  {note}".rstrip() for name, value, note in rows)


def step_compartment(
    before: Registers,
    q: int,
    compartment: Compartment = Compartment(),
    convention: Convention = BRIAN2_LOIHI,
    *,
    bias: int = 0,
    bias_exp: int = 0,
) -> Step:
    """One step of one compartment.

    Parameters
    ----------
    before
        Its registers before the step.
    q : int
        The input of this step in units of the current, of 32 bits.
    compartment
        The numbers of the compartment.
    convention
        How the chip is read.
    bias, bias_exp : int
        Mantissa, −4096 to 4095, and exponent, 0 to 7, of the bias.

    Returns
    -------
    Step
        ``step.after`` goes into the next step. Printed, it is a table.

    Examples
    --------
    >>> print(step_compartment(Registers(u=6400, v=6400), 0, Compartment(v_th=100), bias=5, bias_exp=6))
    current u before              6400
      after its decay             5759  lost 641
      + input q                      0
      = sum                       5759
    current u after               5759
    voltage v before              6400
      after its decay             6079  lost 321
      + current u + bias b        6079  bias 320
      = sum                      12158
      threshold                   6400  passed
    voltage v after                  0  fires
    steps of rest left               0
    """
    keep_u, keep_v, v_th, rest, v_min, drive_limit, edge = map(
        int, registers(check_compartment(compartment, convention), convention)
    )
    if not isinstance(before, Registers):
        raise TypeError(f"the registers before a step must be Registers, got {type(before).__name__}")
    u, v = (
        whole_within(name, value, -REGISTER_LIMIT, REGISTER_LIMIT)
        for name, value in (("u", before.u), ("v", before.v))
    )
    waits = whole("rest", before.rest)
    given = whole_within("q", q, -(1 << 31), (1 << 31) - 1)
    m = whole_within("bias", bias, -(1 << BIAS_BITS), (1 << BIAS_BITS) - 1)
    b = int(scaled_bias(m, whole_within("bias_exp", bias_exp, 0, (1 << BIAS_EXP_BITS) - 1)))

    drive = int(wrapped(given, convention.input_limit, 0))
    u_decayed = int(decayed(u, keep_u))
    u_sum = u_decayed + drive
    u_new = int(wrapped(u_sum, REGISTER_LIMIT, edge))
    v_decayed = int(decayed(v, keep_v))
    v_sum = v_decayed + int(wrapped(u_new + b, drive_limit, 0))
    v_new = int(saturated(v_sum, v_min, V_MAX))
    stops, held = v_new != v_sum, waits > 0
    fires = not held and v_new > v_th
    v_after = 0 if held else v_new
    if fires:
        v_after = v_new - v_th if compartment.soft_reset else 0
    after = Registers(u_new, v_after, max(rest, 0) if fires else max(waits - 1, 0))
    return Step(
        Registers(u, v, waits), u_decayed, drive, u_sum, u_new != u_sum, v_decayed, b, v_sum, stops, held,
        v_th, fires, after,
    )  # fmt: skip


def step_through(
    q: ArrayLike,
    compartment: Compartment = Compartment(),
    convention: Convention = BRIAN2_LOIHI,
    *,
    bias: int = 0,
    bias_exp: int = 0,
    start: Registers = Registers(),
) -> list[Step]:
    """Step after step of one compartment.

    Parameters
    ----------
    q : array of int of shape (steps,)
        The input of each step in units of the current, of 32 bits.
    compartment, convention, bias, bias_exp
        As in `step_compartment`.
    start
        The registers before the first step.

    Returns
    -------
    list of Step

    Examples
    --------
    >>> [step.after.v for step in step_through([6400, 0, 0, 0], Compartment(v_th=200))]
    [6400, 11838, 0, 4663]
    """
    drive = whole_array("q", q, -(1 << 31), (1 << 31) - 1)
    if drive.ndim != 1:
        raise ValueError(f"q must have shape (steps,), got {drive.shape}")
    steps: list[Step] = []
    for given in drive:
        before = steps[-1].after if steps else start
        steps.append(
            step_compartment(before, int(given), compartment, convention, bias=bias, bias_exp=bias_exp)
        )
    return steps


def steps_table(steps: Sequence[Step], first: int = 0) -> str:
    """Steps as a table, one row a step.

    Parameters
    ----------
    steps : sequence of Step
        What `step_through` returned, or a part of it.
    first : int
        The number of the first of them.

    Returns
    -------
    str
        Step, input, current before and after, voltage before and after, and what is worth a word.

    Examples
    --------
    >>> print(steps_table(step_through([6400, 0, 0], Compartment(v_th=180))))
    step          q   u before    u after   v before    v after
       0       6400          0       6400          0       6400
       1          0       6400       5759       6400          0  fires
       2          0       5759       5182          0       5182
    """
    if not isinstance(steps, list | tuple):
        raise TypeError(f"steps must be a list of Step, got {type(steps).__name__}")
    steps, first = [checked(f"steps[{k}]", step, Step) for k, step in enumerate(steps)], whole("first", first)
    head = ("q", "u before", "u after", "v before", "v after")
    lines = ["step" + "".join(f"{word:>11}" for word in head)]
    for number, step in enumerate(steps, first):
        cells = (step.q, step.before.u, step.after.u, step.before.v, step.after.v)
        said = {
            "u overflows": step.wraps,
            "v stays at its end": step.stops and not step.held,
            "rests": step.held,
            "fires": step.fires,
        }
        words = ", ".join(word for word, true in said.items() if true)
        lines.append((f"{number:>4d}" + "".join(f"{cell:>11d}" for cell in cells) + f"  {words}").rstrip())
    return "\n".join(lines)


def _lost(before: int, after: int) -> str:
    """How much of a register its decay took."""
    return f"lost {abs(before) - abs(after):d}" if before else ""
