r"""All theories of credit on one small network: how far from the gradient is what each tells the weights?

For each of nine theories the same network learns for some steps by that theory's own updates. Then its
update over the batch is compared with the gradient at those weights. Three numbers decide, as far as a
theory has them: how strongly the target pulls or the feedback speaks, $p$, in how many sweeps units settle,
and how many steps were learnt.

- *predictive coding*: $\Sigma = 1 / p$; sweeps are steps of relaxation;
- *equilibrium propagation*: $\beta = p$ with full feedback, $\gamma = 1$, and one nudge. Its network has
  feedback, and what it is compared with is the gradient of that network (`settled_gradient`);
- *contrastive Hebbian learning*: $\gamma = p$, the output is clamped;
- *feedback alignment* and *direct feedback alignment*: feedback drawn once;
- *weight mirror* and *Kolen and Pollack*: feedback that begins as that of feedback alignment and learns;
- *target propagation*: $\kappa = p$, with inverses that begin as that feedback and learn from noise;
- *dendritic error*: $\lambda = p$, with self-predicting interneurons.

The angle is over all layers, the output included. Where errors go down through feedback weights the output is
told the truth, so the angle of the hidden layers is larger. Target propagation aims at the step of Gauss and
Newton, and not at the gradient.
"""

from typing import NamedTuple

import numpy as np

from snnlab.checks import fraction, positive, whole
from snnlab.learning.credit.dial_kernel import CORNERS, NEEDLES, DialNumbers, run_dial
from snnlab.learning.credit.feedback_alignment import random_feedback
from snnlab.learning.credit.padded_layers import padded
from snnlab.learning.credit.rate_network import Matrices, RateNetwork, activities, initial_network
from snnlab.random import seed_from
from snnlab.records import blank, read

__all__ = ["MOST_DONE", "MOST_SWEEPS", "SIZES", "THEORIES", "CreditDial", "credit_dial", "dial_task"]

THEORIES = (
    "predictive coding",
    "equilibrium propagation",
    "contrastive Hebbian",
    "feedback alignment",
    "direct feedback alignment",
    "weight mirror",
    "Kolen–Pollack",
    "target propagation",
    "dendritic error",
)
"""The names of the theories, the first of which is number 1."""

SIZES, SAMPLES = (4, 6, 5, 3), 8
SPREAD = 0.5  # of weights and feedback at first, in units of 1 over the root of what a unit hears
ROWS, COLUMNS = sum(SIZES[1:]), max(SIZES)
MOST_SWEEPS, MOST_DONE = 50, 50
ARC = 61
BARS = (np.arange(1.0, len(THEORIES) + 1.0)[:, None] + [-0.3, -0.3, 0.3, 0.3, 0.3]).ravel()
"""Where the bar of each theory has its corners, and a fifth place that is left free."""


class CreditDial(NamedTuple):
    """What there is to see.

    Examples
    --------
    >>> seen = credit_dial("feedback alignment", done=0)
    >>> print(f"{seen.angle:.0f} degrees; the output layer {seen.third:.0f}")
    69 degrees; the output layer 0
    """

    along: np.ndarray
    """Places on the dial in direction of the gradient: an arc, and two for each of four needles."""
    arc: np.ndarray
    """The same across the gradient; NaN where the places are those of needles."""
    whole: np.ndarray
    """Likewise, for the needle of all layers; NaN elsewhere."""
    needle_1: np.ndarray
    """That of the first layer; NaN elsewhere."""
    needle_2: np.ndarray
    """That of the second; NaN elsewhere."""
    needle_3: np.ndarray
    """That of the output; NaN elsewhere."""
    others: np.ndarray
    """Bars of the theories that are not chosen, five places each, the fifth NaN."""
    chosen: np.ndarray
    """The bar of the one that is; NaN elsewhere."""
    told: np.ndarray
    """Its update, of length 1, one layer above the other, shape (units, units below); NaN beyond a layer."""
    gradient: np.ndarray
    """The gradient, likewise, and NaN."""
    angle: float
    """The angle between update and gradient over all weights, degrees; NaN for an update of length 0."""
    first: float
    """That of the first layer alone; NaN for an update of length 0."""
    second: float
    """That of the second; NaN for an update of length 0."""
    third: float
    """That of the output; NaN for an update of length 0."""
    length: float
    """How long the update is, in lengths of the gradient."""
    which: int
    """The theory, counted from 0 as in `THEORIES`."""


def dial_task() -> tuple[RateNetwork, np.ndarray, np.ndarray]:
    """A network of 4 inputs, 6 and 5 hidden units and 3 outputs, and 8 samples with targets.

    Examples
    --------
    >>> network, x, target = dial_task()
    >>> x.shape, target.shape
    ((8, 4), (8, 3))
    """
    rng = np.random.default_rng(1)
    network, x = initial_network(SIZES, scale=SPREAD, rng=rng), rng.normal(size=(SAMPLES, SIZES[0]))
    return network, x, activities(initial_network((SIZES[0], SIZES[-1]), rng=rng), x)[-1]


def credit_dial(
    theory: str | int,
    *,
    pull: float = 0.1,
    sweeps: int = 30,
    done: int = 0,
    rng: np.random.Generator | np.uint64 = np.uint64(1),
) -> CreditDial:
    """Turn the dial: one theory in full, and the angles of all.

    Parameters
    ----------
    theory : str or int
        One of `THEORIES`, or its number from 1.
    pull : float
        p, how strongly the target pulls, above 0 and at most 1.
    sweeps : int
        In how many sweeps, or steps, units settle, from 1 to 50.
    done : int
        How many steps were learnt before, from 0 to 50.
    rng
        Where the noise of weight mirror and inverses comes from.

    Examples
    --------
    >>> for pull in (1.0, 0.01):
    ...     print(f"{credit_dial('predictive coding', pull=pull).angle:.1f} degrees")
    57.2 degrees
    2.0 degrees
    """
    if isinstance(theory, str) and theory not in THEORIES:
        raise ValueError(f"theory must be one of {', '.join(THEORIES)}, got {theory!r}")
    number = THEORIES.index(theory) + 1 if isinstance(theory, str) else whole("theory", theory, least=1)
    for name, value, most in (
        ("theory", number, len(THEORIES)),
        ("sweeps", whole("sweeps", sweeps, least=1), MOST_SWEEPS),
        ("done", whole("done", done), MOST_DONE),
    ):
        if value > most:
            raise ValueError(f"{name} must be at most {most}, got {value}")
    pull, seen = fraction("pull", positive("pull", pull)), recorded()
    settings = float(number), pull, float(sweeps), float(done)
    run_dial(seen, *room(), *given(), *settings, DialNumbers(), seed_from(rng))
    return read(seen)


def first_feedback(network: RateNetwork, *, direct: bool = False) -> Matrices:
    """The feedback that every theory that has some begins with; `direct` for the one from the output."""
    return random_feedback(network, scale=SPREAD, direct=direct, rng=np.random.default_rng(2))


def recorded() -> CreditDial:
    """A blank record."""
    dial = dict.fromkeys(("along", "arc", "whole", "needle_1", "needle_2", "needle_3"), ARC + 2 * NEEDLES)
    bars = dict.fromkeys(("others", "chosen"), CORNERS * len(THEORIES))
    return blank(CreditDial, **dial, **bars, told=(ROWS, COLUMNS), gradient=(ROWS, COLUMNS))


def room() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What `run_dial` works in: units; update, gradient, transposes and weights; ways down."""
    layers = len(SIZES) - 1
    return (
        np.zeros((5, layers + 1, COLUMNS)),
        np.zeros((4, layers, COLUMNS, COLUMNS)),
        np.zeros((2, layers - 1, COLUMNS, COLUMNS)),
    )


def given() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Weights, feedback, direct feedback, inputs with targets, and how many units each layer has."""
    network, x, target = dial_task()
    ends = np.zeros((SAMPLES, 2, COLUMNS))
    ends[:, 0, : SIZES[0]], ends[:, 1, : SIZES[-1]] = x, target
    return (
        padded(network.weights, COLUMNS),
        padded(first_feedback(network), COLUMNS),
        padded(first_feedback(network, direct=True), COLUMNS),
        ends,
        np.array(SIZES, np.int32),
    )
