r"""A family of tasks for learning to learn: functions of one variable, each known from examples alone.

Every task is a sine of one period with an amplitude and a phase of its own,

$$ f(x) = A \sin \pi x + B \cos \pi x, \qquad -1 \le x \le 1 $$

Example by example a place $x_k$ is asked, and afterwards the value $f(x_k)$ is shown beside it. Over all
places the mean of $f$ is 0, and so is that of all tasks at a place: who keeps only the mean of what was shown
gains nothing.

How well can one do? Who knows nothing can say 0, and is off by $\tfrac{1}{2} E[a^2]$ on average, with the
amplitude $a$. Who knows one example can say $f(x_1) \cos \pi (x - x_1)$, since what is left of the sine is as
often positive as negative, and is off by half as much. Two examples say all there is to say, as $A$ and $B$
are two numbers.

Place and value have a population of inputs each, whose tuning curves

$$ r_j(x) = r_{max} \left(1 - \left(\frac{x - c_j}{w}\right)^2\right)^2 \;\text{ where } |x - c_j| < w $$

have their centres $c_j$ from −1 to 1. The inputs fire regularly, as perfect integrators of their rate. While
it is asked the inputs of the value are silent.

Sources: S. Hochreiter, A. S. Younger and P. R. Conwell (2001), Learning to learn using gradient descent,
ICANN (a network learns functions from what it was shown before); C. Finn, P. Abbeel and S. Levine (2017),
Model-agnostic meta-learning, ICML (sines with an amplitude and a phase).
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.checks import AtLeastOne, Positive, affordable, checked, exact_steps, finite_array, whole
from snnlab.compiling import kernel
from snnlab.learning.gradients.losses import AskedValues
from snnlab.learning.samples import Samples
from snnlab.random import generator

__all__ = ["SineTasks", "TaskInputs", "best_error", "random_sines", "sine_samples", "with_values_of_others"]

LEAST, MOST = 0.3, 1.0
"""Amplitudes are uniform between them."""


class TaskInputs(NamedTuple):
    """Who says where it is asked and what would have been right, and for how long.

    Examples
    --------
    >>> TaskInputs(cells=10).n_inputs
    20
    """

    cells: AtLeastOne = 16
    """Inputs for the place, and as many for the value."""
    rate: Positive = 200.0
    """The highest of a tuning curve, Hz."""
    width: Positive = 0.4
    """w, from the middle of a tuning curve to where it ends."""
    asking: Positive = 60.0
    """How long the place alone is shown, ms."""
    showing: Positive = 40.0
    """How long the value is shown beside it, ms."""

    @property
    def n_inputs(self) -> int:
        """How many inputs there are."""
        return 2 * self.cells


class SineTasks(NamedTuple):
    """Some tasks, with the examples of each.

    Examples
    --------
    >>> tasks = SineTasks(np.array([1.0]), np.array([0.0]), np.array([[0.5, -0.5]]), np.array([[1.0, -1.0]]))
    >>> print(tasks.wanted)
    [[ 1. -1.]]
    """

    sine: np.ndarray
    """A, shape (tasks,)."""
    cosine: np.ndarray
    """B, shape (tasks,)."""
    x: np.ndarray
    """Where it is asked, from −1 to 1, shape (tasks, examples)."""
    shown: np.ndarray
    """What is shown afterwards, shape (tasks, examples)."""

    @property
    def wanted(self) -> np.ndarray:
        """What is right, shape (tasks, examples)."""
        angle = np.pi * self.x
        return self.sine[:, None] * np.sin(angle) + self.cosine[:, None] * np.cos(angle)


def random_sines(n_tasks: int, examples: int = 20, *, rng: np.random.Generator) -> SineTasks:
    """Tasks of the family, with places everywhere and the right values shown.

    Parameters
    ----------
    n_tasks, examples : int
        How many, and how many of each.
    rng : numpy.random.Generator
        Where amplitudes, phases and places come from.

    Examples
    --------
    >>> tasks = random_sines(3, rng=np.random.default_rng(1))
    >>> print(tasks.x.shape, np.array_equal(tasks.shown, tasks.wanted))
    (3, 20) True
    """
    rng = generator(rng)
    n_tasks, examples = whole("n_tasks", n_tasks, 1), whole("examples", examples, 1)
    affordable(float(n_tasks) * examples)
    amplitude, phase = rng.uniform(LEAST, MOST, n_tasks), rng.uniform(0.0, 2.0 * math.pi, n_tasks)
    x = rng.uniform(-1.0, 1.0, (n_tasks, examples))
    tasks = SineTasks(amplitude * np.cos(phase), amplitude * np.sin(phase), x, np.empty_like(x))
    return tasks._replace(shown=tasks.wanted)


def best_error(known: int) -> float:
    r"""The mean squared error of whoever makes the best of so many examples, at places drawn at random.

    $\tfrac{1}{2} E[a^2]$ of none, half of it of one, and 0 of two or more.

    Parameters
    ----------
    known : int
        How many examples are known, to the last digit.

    Examples
    --------
    >>> print(f"{best_error(0):.3f} {best_error(1):.3f} {best_error(2):.0f}")
    0.232 0.116 0
    """
    known = whole("known", known)
    nothing = (LEAST**2 + LEAST * MOST + MOST**2) / 6.0
    return nothing / (1.0 + known) if known < 2 else 0.0


def with_values_of_others(tasks: SineTasks, *, rng: np.random.Generator) -> SineTasks:
    """The control: each value that is shown is that of another task, drawn anew for each example.

    Places, what is right, and how often which value comes are as before; only what was shown says nothing
    about what is asked.

    Parameters
    ----------
    tasks
        At least two.
    rng : numpy.random.Generator
        Who gets whose.

    Examples
    --------
    >>> tasks = random_sines(3, rng=np.random.default_rng(1))
    >>> other = with_values_of_others(tasks, rng=np.random.default_rng(2))
    >>> print(np.array_equal(other.wanted, tasks.wanted), (other.shown == tasks.wanted).any())
    True False
    """
    rng = generator(rng)
    tasks = check_sines(tasks)
    n, examples = tasks.x.shape
    if n < 2:
        raise ValueError(f"tasks must be at least two, to show the values of another, got {n}")
    whose = (np.arange(n)[:, None] + rng.integers(1, n, (n, examples))) % n
    angle = np.pi * tasks.x
    return tasks._replace(shown=tasks.sine[whose] * np.sin(angle) + tasks.cosine[whose] * np.cos(angle))


def sine_samples(
    tasks: SineTasks, inputs: TaskInputs = TaskInputs(), dt: float = 5.0
) -> tuple[Samples, AskedValues]:
    """The spikes of all inputs, and what is asked of a readout: the value, in the last step of each question.

    Parameters
    ----------
    tasks
        What is asked and shown.
    inputs
        Who says so.
    dt : float
        Time step, ms. Both parts of an example are whole numbers of them.

    Returns
    -------
    samples : Samples
        The spikes; their labels are 0 and mean nothing.
    loss : AskedValues
        For one readout.

    Examples
    --------
    >>> samples, loss = sine_samples(random_sines(3, rng=np.random.default_rng(1)))
    >>> print(samples.n_inputs, samples.steps, np.flatnonzero(loss.asked[0])[:3])
    32 400 [11 31 51]
    """
    tasks = check_sines(tasks)
    code = code_of(inputs, dt)
    n_tasks, examples = tasks.x.shape
    steps = examples * (code.asking + code.showing)
    most = steps * 2 * code.cells * math.ceil(code.per_step)
    affordable(float(n_tasks) * most)
    parts, start = [], np.zeros((n_tasks, steps + 1), np.int64)
    units, charge = np.empty(most, np.uint32), np.empty(2 * code.cells)
    for x, shown, own in zip(tasks.x, tasks.shown, start, strict=True):
        fill_task(x, shown, code, charge, units, own)
        parts.append(units[: own[-1]].copy())
    start[1:] += np.cumsum(start[:-1, -1])[:, None]
    asked = np.zeros((n_tasks, steps), bool)
    asked[:, code.asking - 1 :: code.asking + code.showing] = True
    values = np.zeros((n_tasks, steps, 1))
    values[asked, 0] = tasks.wanted.ravel()
    labels = np.zeros(n_tasks, np.int64)
    return Samples(np.concatenate(parts), start, labels, 2 * code.cells), AskedValues(values, asked)


class Code(NamedTuple):
    """The inputs as kernels take them."""

    cells: int
    per_step: float  # the most spikes of an input in a step
    reach: float  # w
    asking: int  # in steps
    showing: int


def code_of(inputs: TaskInputs, dt: float) -> Code:
    """`inputs` in steps of `dt` (ms), if these fit."""
    inputs = checked("inputs", inputs, TaskInputs)
    asking, showing = (exact_steps(name, getattr(inputs, name), dt) for name in ("asking", "showing"))
    return Code(inputs.cells, inputs.rate * dt / 1000.0, inputs.width, asking, showing)


def check_sines(tasks: SineTasks) -> SineTasks:
    """`tasks`, if their parts fit together."""
    if not isinstance(tasks, SineTasks):
        raise TypeError(f"tasks must be SineTasks, got {type(tasks).__name__}")
    sine, cosine = (
        finite_array(name, tasks[k], (1,), "(tasks,)") for k, name in enumerate(("sine", "cosine"))
    )
    x, shown = (
        finite_array(name, a, (2,), "(tasks, examples)")
        for name, a in (("x", tasks.x), ("shown", tasks.shown))
    )
    if not sine.shape == cosine.shape == x.shape[:1] or x.shape != shown.shape or not x.size:
        raise ValueError(
            "sine, cosine, x and shown must have shapes (tasks,), (tasks,) and twice (tasks, examples), got "
            f"{sine.shape}, {cosine.shape}, {x.shape} and {shown.shape}"
        )
    if (wrong := x[np.abs(x) > 1]).size:
        raise ValueError(f"x must be from -1 to 1, got {wrong[0]:g}")
    return SineTasks(sine, cosine, x, shown)


@kernel
def tuned(value, centre, width):
    """How strongly an input responds to a value, 1 at most."""
    away = (value - centre) / width
    inside = max(0.0, 1.0 - away * away)
    return inside * inside


@kernel
def at_start(charge):
    """The inputs at the start of a task: no two neighbours are equally near to their first spike.

    Of five cells, though, all start alike.
    """
    cells = charge.size // 2
    for j in range(charge.size):
        charge[j] = ((5 * j) % cells + 0.5) / cells


@kernel
def say(first, steps, x, value, shown, code, charge, units, start):
    """The spikes of all inputs in `steps` steps from step `first`, behind those that are there.

    Step t has ``units[start[t] : start[t + 1]]``. `charge` is how near each input is to its next spike.
    """
    n = start[first]
    for t in range(first, first + steps):
        for j in range(2 * code.cells if shown else code.cells):
            k = j % code.cells
            centre = 2.0 * k / (code.cells - 1) - 1.0 if code.cells > 1 else 0.0
            charge[j] += code.per_step * tuned(x if j < code.cells else value, centre, code.reach)
            while charge[j] >= 1.0:
                charge[j] -= 1.0
                units[n] = j
                n += 1
        start[t + 1] = n


@kernel
def fill_task(x, shown, code, charge, units, start):
    """The spikes of a whole task, example by example.

    Examples
    --------
    >>> code, start, units = code_of(TaskInputs(), 5.0), np.zeros(21, np.int64), np.zeros(640, np.uint32)
    >>> fill_task(np.array([0.5]), np.array([1.0]), code, np.empty(32), units, start)
    >>> print(start[12] < start[20], units[: start[12]].max() < 16)
    True True
    """
    at_start(charge)
    start[0] = 0
    for k in range(x.size):
        begin = k * (code.asking + code.showing)
        say(begin, code.asking, x[k], 0.0, False, code, charge, units, start)
        say(begin + code.asking, code.showing, x[k], shown[k], True, code, charge, units, start)
