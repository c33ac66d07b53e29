r"""A network that has learnt to learn is taught one function, and asked for all of it before each example.

The network is a `snnlab.learning.memory.function_learner` whose weights were learnt over many sines and are
frozen (`snnlab.learning.memory.sine_learner`).

The sine goes through two given points, at $x = -\tfrac{1}{2}$ and $x = 0$: its $A$ is minus the height of the
first, its $B$ that of the second. Before each example the state of the network is put by, it is asked for
every place in turn, each time from that state, and then goes on as if nobody had asked. So its whole guess is
seen where a task asks for a single place, and the error of an example is a mean over all of them.
"""

import math
from typing import Any, NamedTuple

import numpy as np

from snnlab.checks import as_real, true_or_false, whole
from snnlab.compiling import kernel
from snnlab.learning.gradients.bptt import Data
from snnlab.learning.gradients.cell import Cell
from snnlab.learning.gradients.recurrent_gradient import LSNN_SURROGATE
from snnlab.learning.gradients.recurrent_pass import go_on, start_anew
from snnlab.learning.gradients.recurrent_path import Path, Rows, numbers_of, path_of, rows_of, short_zeros
from snnlab.learning.memory.sine_learner import sine_learner
from snnlab.learning.memory.sine_tasks import LEAST, MOST, TaskInputs, at_start, code_of, say
from snnlab.random import seed_from, uniform, uniform_pair
from snnlab.records import blank, read

__all__ = ["TaughtFunction", "taught_function"]

EXAMPLES = 20
PLACES = 33  # from -1 to 1, a sixteenth apart
HALF = 0.06  # of the height of a mark
HIGHEST = 1.0  # of a given point: with both of them there the amplitude is higher than in any task


class TaughtFunction(NamedTuple):
    """A function, its examples, and what the network guesses.

    Examples
    --------
    >>> seen = taught_function(0.5, 0.5, rng=np.uint64(1))
    >>> seen.last < 0.5 * seen.first
    True
    """

    places: np.ndarray
    """Horizontal places of all that is drawn; NaN between them."""
    right: np.ndarray
    """The function; NaN between its places."""
    guess: np.ndarray
    """What the network would answer before the example; NaN between its places."""
    marks: np.ndarray
    """Of each example before, a stroke around what was shown; NaN between them."""
    along: np.ndarray
    """The number of each example, 1 to 20."""
    errors: np.ndarray
    """The mean squared error over all places, before each example."""
    error: float
    """The error at this example."""
    first: float
    """That at the first example, of which nothing is known yet."""
    last: float
    """That at the last one."""


def taught_function(
    left: float,
    middle: float,
    example: int = EXAMPLES,
    others: bool = False,
    *,
    rng: np.random.Generator | np.uint64,
) -> TaughtFunction:
    """Teach the network one sine by twenty examples.

    Parameters
    ----------
    left, middle : float
        The function at −½ and at 0, from −1 to 1 each.
    example : int
        Before which example it is asked for all places, 1 to 20.
    others : bool
        Whether each value that is shown is that of another sine.
    rng
        Where the places of the examples come from, and the other sines; or a seed, as for
        `snnlab.random.seed_from`.

    Examples
    --------
    >>> seen = taught_function(0.5, 0.5, others=True, rng=np.uint64(1))
    >>> bool(seen.last < 0.5 * seen.first)
    False
    """
    left, middle, example = as_real("left", left), as_real("middle", middle), whole("example", example, 1)
    if max(abs(left), abs(middle)) > HIGHEST:
        raise ValueError(
            f"left and middle must be between -{HIGHEST:g} and {HIGHEST:g}, got {left:g} and {middle:g}"
        )
    if example > EXAMPLES:
        raise ValueError(f"example must be at most {EXAMPLES}, got {example}")
    others, seed, seen = true_or_false("others", others), seed_from(rng), recorded()
    path, work = rooms()
    run_taught_function(
        seen, path, work, **given(), **constants(), left=left, middle=middle, example=float(example),
        others=float(others), seed=seed,
    )  # fmt: skip
    return read(seen)


class Work(NamedTuple):
    """What is heard, and where the state is put by."""

    units: np.ndarray  # int32
    begins: np.ndarray  # int32, (1, steps + 1): where the spikes of a step begin
    asked_units: np.ndarray  # the same of a question that is forgotten again
    asked_begins: np.ndarray
    labels: np.ndarray
    charge: np.ndarray  # of the inputs
    charge_then: np.ndarray
    i_then: np.ndarray
    j_then: np.ndarray
    curve: np.ndarray  # one guess
    again_then: np.ndarray  # int32


def recorded() -> TaughtFunction:
    """A blank record."""
    drawn = dict.fromkeys(("places", "right", "guess", "marks"), PLACES + 1 + 3 * EXAMPLES)
    return blank(TaughtFunction, **drawn, along=EXAMPLES, errors=EXAMPLES)


def rooms() -> tuple[Path, Work]:
    """Room for the network on its way, only forwards, and for what is put by."""
    network, code = sine_learner(), code_of(TaskInputs(), sine_learner().dt)
    n, inputs = network.cell.alpha.size, network.n_inputs
    steps = EXAMPLES * (code.asking + code.showing)
    path = Path(*map(short_zeros, path_of(network, rows_of(network), steps)))
    unused = {name: np.zeros((1, 1)) for name in ("s_pull", "arrived_back", "y_pull")}
    most = inputs * math.ceil(code.per_step)
    whole_numbers = {"units": steps * most, "begins": (1, steps + 1), "labels": 1, "again_then": n}
    whole_numbers |= {"asked_units": code.asking * most, "asked_begins": (1, steps + 1)}
    real = {"charge": inputs, "charge_then": inputs, "i_then": n, "j_then": 1, "curve": PLACES}
    work = {name: np.zeros(shape, np.int32) for name, shape in whole_numbers.items()}
    work |= {name: np.zeros(shape) for name, shape in real.items()}
    return path._replace(**unused), Work(**work)


def given() -> dict[str, np.ndarray]:
    """The network, and the two functions of which all sines are made, by the names of the kernel."""
    network = sine_learner()
    rows, angle = rows_of(network), np.pi * np.linspace(-1.0, 1.0, PLACES)
    cell = network.cell._asdict()
    cell |= {name: cell[name].astype(np.int32) for name in ("refractory", "reset")}
    lines = {"first_line": rows.begin, "post": rows.post, "delays": rows.late}
    return {
        **cell,
        "w_in": rows.w_in,
        "w_out": rows.w_out,
        "w_rec": rows.w,
        **{name: a.astype(np.int32) for name, a in lines.items()},
        "sines": np.sin(angle),
        "cosines": np.cos(angle),
    }


def constants() -> dict[str, Any]:
    """The numbers of readout and inputs."""
    network = sine_learner()
    return {"numbers": numbers_of(network, LSNN_SURROGATE, False), "code": code_of(TaskInputs(), network.dt)}


@kernel
def another_sine(seed, example):
    """A and B of some sine, with an amplitude as those of the tasks."""
    turn = np.uint64(0)
    while True:
        u, w = uniform_pair(seed, np.uint64(1 + example), turn)
        sine, cosine = 2.0 * u - 1.0, 2.0 * w - 1.0
        if LEAST * LEAST <= sine * sine + cosine * cosine <= MOST * MOST:
            return sine, cosine
        turn += np.uint64(1)


@kernel
def place(k):
    """Place number k."""
    return -1.0 + 2.0 * k / (PLACES - 1)


@kernel
def copy(line, other):
    """The numbers of `line` at the start of `other`; a page has no other way to copy."""
    for k in range(line.size):
        other[k] = line[k]


@kernel
def guess_everywhere(first, curve, work, cell, rows, numbers, code, path):
    """What would be answered at each place in a question from step `first` on; the state is as before.

    No synapse has a delay, so nothing is under way that would have to be put by.
    """
    asked = Data(work.asked_units, work.asked_begins, work.labels)
    copy(work.charge, work.charge_then)
    copy(path.i, work.i_then)
    copy(path.j, work.j_then)
    copy(path.again, work.again_then)
    for k in range(curve.size):
        work.asked_begins[0, first] = 0
        say(first, code.asking, place(k), 0.0, False, code, work.charge, work.asked_units, asked.start[0])
        go_on(first, code.asking, 0, asked, cell, rows, numbers, path)
        curve[k] = path.y[first + code.asking, 0]
        copy(work.charge_then, work.charge)
        copy(work.i_then, path.i)
        copy(work.j_then, path.j)
        copy(work.again_then, path.again)


@kernel
def run_taught_function(
    seen, path, work, alpha, beta, gain, threshold, rho, beta_a, refractory, reset,
    w_in, w_out, w_rec, first_line, post, delays, sines, cosines, numbers, code,
    left, middle, example, others, seed,
):  # fmt: skip
    """Twenty examples one after the other, and before each of them a question for all places."""
    cell = Cell(alpha, beta, gain, threshold, rho, beta_a, refractory, reset)
    rows = Rows(w_in, w_out, w_rec, first_line, post, delays)
    heard, now = Data(work.units, work.begins, work.labels), int(example) - 1
    per_example = code.asking + code.showing
    for line in (seen.places, seen.right, seen.guess, seen.marks):
        line[:] = math.nan
    for k in range(work.curve.size):
        seen.places[k], seen.right[k] = place(k), -left * sines[k] + middle * cosines[k]
    start_anew(path)
    at_start(work.charge)
    work.begins[0, 0] = 0
    for n in range(seen.errors.size):
        first = n * per_example
        curve = work.curve
        guess_everywhere(first, curve, work, cell, rows, numbers, code, path)
        error = 0.0
        for k in range(curve.size):
            error += (curve[k] - seen.right[k]) ** 2 / curve.size
        seen.along[n], seen.errors[n] = n + 1, error
        if n == now:
            copy(curve, seen.guess)
            seen.error[0] = error
        at = int(PLACES * uniform(seed, np.uint64(0), np.uint64(n)))
        shown = seen.right[at]
        if others > 0.0:
            sine, cosine = another_sine(seed, n)
            shown = sine * sines[at] + cosine * cosines[at]
        say(first, code.asking, place(at), 0.0, False, code, work.charge, heard.units, heard.start[0])
        afterwards = first + code.asking
        say(afterwards, code.showing, place(at), shown, True, code, work.charge, heard.units, heard.start[0])
        go_on(first, per_example, 0, heard, cell, rows, numbers, path)
        if n < now:
            mark = PLACES + 1 + 3 * n
            seen.places[mark], seen.places[mark + 1] = place(at), place(at)
            seen.marks[mark], seen.marks[mark + 1] = shown - HALF, shown + HALF
    seen.first[0], seen.last[0] = seen.errors[0], seen.errors[-1]
