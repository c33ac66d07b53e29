"""The panel of LASSO: compartments compete until a few of them explain an image."""

import math
from typing import TYPE_CHECKING

import numpy as np

from snnlab.compiling import kernel
from snnlab.data import load_digits
from snnlab.loihi.compartments import registers
from snnlab.loihi.conventions import BRIAN2_LOIHI
from snnlab.loihi.lca import INTEGRATOR, drive_bias, lca_connections
from snnlab.loihi.recurrent import RING, network_step, sorted_events
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, HeatMap, Histogram

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["digit_columns", "digit_signals", "lasso_panel"]

EACH, IMAGES, SWEEPS, PERIOD = 4, 10, 200, 64
QUESTION = (
    "Forty images compete to explain a new one, and a handful fire. How many if a coefficient costs more?"
)


def digit_columns(each: int = EACH) -> np.ndarray:
    """The first small images of each digit as columns of length 1, sorted by digit.

    Parameters
    ----------
    each : int
        Images of each digit.

    Returns
    -------
    array of shape (64, 10 · each)

    Examples
    --------
    >>> digit_columns().shape
    (64, 40)
    """
    digits = load_digits()
    chosen = np.concatenate([np.flatnonzero(digits.y_train == c)[:each] for c in range(10)])
    return _unit(digits.x_train[chosen])


def digit_signals(n: int = IMAGES) -> np.ndarray:
    """The first images of the test, as `digit_columns`.

    Parameters
    ----------
    n : int
        How many.

    Returns
    -------
    array of shape (64, n)

    Examples
    --------
    >>> digit_signals().shape
    (64, 10)
    """
    return _unit(load_digits().x_test[:n])


def _unit(images: np.ndarray) -> np.ndarray:
    """Images as columns of length 1."""
    columns = images.reshape(len(images), -1).T.astype(float)
    return np.ascontiguousarray(columns / np.linalg.norm(columns, axis=0))


@kernel
def lasso_figure(
    phi, signals, gram, begin, post, w, late, x, b, bias, ring, u, v, fired, wait, count, a, best, coded,
    exact, pictures, out, which, lam, steps, keep_u, keep_v, v_th, rest, v_min, drive_limit, edge, period,
):  # fmt: skip
    """The network under one image, its coefficients and those of coordinate descent."""
    size, n = phi.shape
    for k in range(size):
        x[k] = signals[k, int(which) - 1]
    for i in range(n):
        for k in range(size):
            b[i] += phi[k, i] * x[k]
    exponent, unit = drive_bias(b, lam, period, bias)
    for i in range(n):
        bias[i] <<= exponent
    end = int(steps)
    half, spikes = end // 2, 0
    for t in range(end):
        network_step(
            t, ring, u, v, fired, wait, bias, begin, post, w, late, 0, keep_u, keep_v, v_th, rest, v_min,
            drive_limit, edge,
        )  # fmt: skip
        for i in range(n):
            if fired[i]:
                spikes += 1
                count[i] += t >= half
    firing = 0
    for i in range(n):
        a[i] = count[i] * period * unit / (end - half)
        firing += count[i] > 0
    descend(gram, b, lam, best)
    for i in range(n):
        coded[i], exact[i] = a[i], best[i]
    found, least = loss_of(gram, b, lam, a), loss_of(gram, b, lam, best)
    half_of_square = 0.0
    for k in range(size):
        half_of_square += 0.5 * x[k] * x[k]
        row, column = 7 - k // 8, k % 8
        pictures[row, column], pictures[row, 8], pictures[row, 9 + column] = x[k], math.nan, 0.0
        for i in range(n):
            pictures[row, 9 + column] += phi[k, i] * a[i]
    out[0] = 100.0 * (found - least) / (half_of_square + least)
    out[1] = firing
    out[2] = spikes


@kernel
def descend(gram, b, lam, a):
    """Coordinate descent: one coefficient after the other goes where the loss is smallest."""
    for _ in range(SWEEPS):
        for i in range(b.size):
            left = b[i] - lam
            for j in range(b.size):
                left -= gram[i, j] * a[j] if j != i else 0.0
            a[i] = max(left, 0.0)


@kernel
def loss_of(gram, b, lam, a):
    """½ |x − Φa|² + λ Σ a, without the part that does not depend on a."""
    loss = 0.0
    for i in range(b.size):
        if a[i] > 0.0:
            loss += (lam - b[i]) * a[i]
            for j in range(b.size):
                loss += 0.5 * a[i] * gram[i, j] * a[j]
    return loss


def lasso_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """The network of `snnlab.loihi.spiking_lasso` with forty small digits as its dictionary.

    Parameters
    ----------
    question : str
        What the reader should ask himself.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``which`` (1 to 10, the image that is to be explained), ``lam`` (0.02 to 0.6, what a
        coefficient costs), ``steps`` (200 to 10,000, how long the network runs).

    Returns
    -------
    Panel
        ``panel.result`` has ``coded`` and ``exact`` (the forty coefficients, by spikes and by coordinate
        descent), ``pictures`` (the image and what is made of the others, shape (8, 17), the first row at the
        bottom), ``gap`` (by how many per cent the loss of the spikes is larger than the smallest),
        ``firing`` (compartments that fired in the second half) and ``spikes`` (all of them).

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

    Examples
    --------
    >>> panel = lasso_panel(engine="kernel")
    >>> panel.result.gap < 1
    True
    """
    phi = digit_columns()
    begin, post, w, late = sorted_events([lca_connections(phi)], phi.shape[1])
    numbers = map(int, registers(INTEGRATOR, BRIAN2_LOIHI))
    names = ("keep_u", "keep_v", "v_th", "rest", "v_min", "drive_limit", "edge")
    n = phi.shape[1]
    return Panel(
        "lasso",
        title="A few of forty",
        question=question,
        controls=[
            Control("lam", "λ", "A coefficient costs", 0.02, 0.6, 0.1, 0.02, "", colour=2),
            Control("steps", "T", "The network runs for", 200.0, 10_000.0, 6000.0, 200.0, "steps", colour=1),
            Control("which", "k", "Image to explain", 1.0, IMAGES, 4.0, 1.0, "", colour=3),
        ],
        readouts=[ReadOut("gap", 2, "%"), ReadOut("firing"), ReadOut("spikes")],
        views=[
            HeatMap(
                "pictures",
                Axis(0.0, 17.0, "the image, and what is made of others"),
                Axis(0.0, 8.0, "pixel"),
                Axis(0.0, 0.35, "brightness"),
                title="The image to explain, and beside it the sum of those that fire",
            ),
            Histogram(
                "coded",
                Axis(-0.5 / EACH, 10.0 - 0.5 / EACH, "digit of the dictionary"),
                "coefficient",
                law="exact",
                title="The coefficient of each of the forty, by spikes, and as a line by coordinate descent",
            ),
        ],
        sentence=(
            "λ = {lam}, {steps} steps: {firing} of 40 fire, {spikes} spikes, loss {gap} % above the smallest"
        ),
        headline="gap",
        detail="above the smallest loss; {firing} of 40 fire, {spikes} spikes in all",
        kernel=lasso_figure,
        arrays={
            "phi": phi,
            "signals": digit_signals(),
            "gram": np.ascontiguousarray(phi.T @ phi),
            "begin": begin,
            "post": post,
            "w": w,
            "late": late,
            "x": Array((phi.shape[0],), work=True),
            "b": Array((n,), work=True),
            "bias": Array((n,), "int32", work=True),
            "ring": Array((RING, n), "int32", work=True),
            "u": Array((n,), "int32", work=True),
            "v": Array((n,), "int32", work=True),
            "fired": Array((n,), "int32", work=True),
            "wait": Array((n,), "int32", work=True),
            "count": Array((n,), work=True),
            "a": Array((n,), work=True),
            "best": Array((n,), work=True),
            "coded": Array((n,)),
            "exact": Array((n,)),
            "pictures": Array((8, 17)),
        },
        constants={**dict(zip(names, numbers, strict=True)), "period": float(PERIOD)},
        presets={
            "few": {"lam": 0.4},
            "many": {"lam": 0.02},
            "after 600 steps": {"steps": 600},
            "in the end": {"steps": 10_000},
        },
        python=(
            "from snnlab.loihi import lasso_gaps\n"
            "from snnlab_widgets.chapters.chapter28.lasso import digit_columns, digit_signals\n\n"
            "x = digit_signals()[:, {which} - 1]\n"
            "gap = lasso_gaps(digit_columns(), x, {lam}, {steps})[0]\n"
            'print(f"{{gap:.2f}} % above the smallest loss")'
        ),
        values=values,
        engine=engine,
        goal=goal,
    )
