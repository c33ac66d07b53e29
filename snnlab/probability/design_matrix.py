r"""The design matrix: what a GLM neuron hears in each bin, through stimulus, self and coupling filters.

The potential of neuron $i$ in bin $t$ is what its filters make of the stimulus $s$, of its own spikes and of
those of the others:

$$ u_{i,t} = \gamma_i + \sum_k a_k\, (b_k * s)_t + \sum_k h_k\, (c_k * y_i)_{t-1}
+ \sum_{j \ne i} \sum_k w_{jk}\, (d_k * y_j)_{t-1} $$

with $(b * s)_t = \sum_\ell b(\ell)\, s_{t-\ell}$, 0 before the start. Bases $b$, $c$, $d$ are given; weights
are what is fitted, and $u$ is linear in them: a row of numbers times the weights. A spike is heard from the
next bin on, so that a bin never explains itself. Where a recording has several trials, or a gap, each piece
starts anew: nothing is heard across the border.

Source: H. Jang, O. Simeone, B. Gardner and A. Grüning (2019), IEEE Signal Processing Magazine 36 (6), 64–77;
J. W. Pillow et al. (2008), Nature 454, 995–999.
"""

from collections.abc import Sequence
from numbers import Integral
from typing import Annotated, Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.array_rules import Floats, Wholes
from snnlab.checks import Positive, checked, finite_array, positive, whole
from snnlab.checks_of_spikes import be_spikes
from snnlab.compiling import kernel
from snnlab.spikes import Spikes
from snnlab.work_and_memory import afford

__all__ = ["Design", "design_matrix", "filter_of", "filtered"]


def _columns(name: str, value: Any) -> dict[str, slice]:
    """`value`, if it names columns."""
    if not isinstance(value, dict):
        raise TypeError(f"{name} must be a dict, got {type(value).__name__}")
    for label, part in value.items():
        whole_ends = isinstance(part, slice) and all(
            isinstance(end, Integral) for end in (part.start, part.stop)
        )
        if not isinstance(label, str) or not whole_ends or part.step not in (None, 1):
            raise TypeError(f"{name} must be slices of two ends by name, got {part!r:.60} for {label!r}")
    return value


def _bases(name: str, value: Any) -> dict[str, np.ndarray]:
    """`value`, if it names bases."""
    if not isinstance(value, dict):
        raise TypeError(f"{name} must be a dict, got {type(value).__name__}")
    basis = Floats("(lags, n)")
    return {label: basis(f"{name}[{label!r}]", array) for label, array in value.items()}


class Design(NamedTuple):
    """What a neuron heard and fired, bin by bin.

    Examples
    --------
    >>> design_matrix(Spikes([1.5], duration=4), 1.0, self_basis=np.eye(2)).parts["self"]
    slice(0, 2, None)
    """

    x: Annotated[np.ndarray, Floats("(bins, features)")]
    """What it heard, one column for each weight, shape (bins, features)."""
    y: Annotated[np.ndarray, Floats("(bins,)")]
    """How many spikes it fired, shape (bins,)."""
    parts: Annotated[dict[str, slice], _columns]
    """Which columns belong to ``"stimulus"``, ``"self"``, and ``"unit 3"``, which it is coupled to; and which
    weights of a fit. Where the intercept comes first they are one further: see `filter_errors`."""
    dt: Positive
    """Length of a bin, ms."""
    bases: Annotated[dict[str, np.ndarray], _bases]
    """The basis of each part, shape (lags, n); columns that are no filter, such as one of time, have none."""
    starts: Annotated[np.ndarray, Wholes("(trials,)")]
    """The bins in which trials begin, the first is 0; shape (trials,)."""


def check_design(design: Design) -> Design:
    """`design`, if it has a bin, and each part whole copies of its basis, if any, among the columns."""
    design = checked("design", design, Design)
    features = design.x.shape[1]
    if not design.y.size:
        raise ValueError("design must have one bin at least, got none")
    for name, part in design.parts.items():
        n = design.bases[name].shape[1] if name in design.bases else 1
        if not 0 <= part.start < part.stop <= features or not n or (part.stop - part.start) % n:
            raise ValueError(f"parts must be columns of x for a basis of {n}, got {part} for {name!r}")
    return design


def design_matrix(
    spikes: Spikes | Sequence[Spikes],
    dt: float,
    stimulus: ArrayLike | Sequence[ArrayLike] | None = None,
    stimulus_basis: ArrayLike = ((1.0,),),
    self_basis: ArrayLike | None = None,
    coupling_basis: ArrayLike | None = None,
    unit: int = 0,
) -> Design:
    r"""What one neuron heard in each bin, and what it fired.

    Signals with another basis: a second `design_matrix`, called ``more``, of two columns, say. Then
    ``design._replace(x=np.hstack([design.x, more.x]), parts=design.parts | {"head": slice(n, n + 2)},
    bases=design.bases | {"head": more.bases["stimulus"]})``, with ``n = design.x.shape[1]``, has both.

    Parameters
    ----------
    spikes
        Trains of this neuron and of those that it may hear, times from 0 to `duration`: subtract when the
        recording began. A list of these is one trial after the other:
        sweeps, repetitions, or what `Spikes.between` leaves on either side of a gap.
    dt : float
        Length of a bin, ms; 1, say: with two spikes in a bin only the exponential link fits.
    stimulus : array of shape (bins,) or (bins, signals), or a list of these, optional
        Its value in each bin. Of several signals, such as those of a tuning curve, each has a filter of its
        own; their columns stand one signal after the other. Of several trials each has its own. Before a
        trial it counts as 0: if its mean is not 0 and its filter has several lags, subtract the mean of the
        whole recording first, or intercept and filter come out wrong. Of an angle give
        ``np.column_stack([np.cos(a), np.sin(a)])``. With ``B`` the same columns over a grid of angles,
        ``filter_of(B, fit.weights[part])`` and ``filter_errors(B, fit, part)`` are the tuning and its error,
        in the potential.
    stimulus_basis : array of shape (lags, n)
        Basis of the stimulus filters, from lag 0 on; if left out, the stimulus of the same bin.
    self_basis, coupling_basis : array of shape (lags, n), optional
        Bases of the filters of its own spikes and of those of every other unit, from a lag of one bin on. If
        left out, these are not heard. ``np.eye(5)`` gives each of five bins a weight of its own. Row ``k``
        weighs what was ``k + 1`` bins ago: `raised_cosines` peaks one bin later than it says.
    unit : int
        Which neuron, counted from 0.

    Examples
    --------
    >>> design = design_matrix(Spikes([1.5, 4.5], duration=6), 1.0, self_basis=np.eye(2))
    >>> print(np.column_stack([design.y, design.x]).T)
    [[0. 1. 0. 0. 1. 0.]
     [0. 0. 1. 0. 0. 1.]
     [0. 0. 0. 1. 0. 0.]]

    Spike times in a file, one a line and in s, are fitted to the spikes before them:

    >>> import io
    >>> from snnlab.data import load_grasshopper
    >>> from snnlab.probability import bits_per_spike, filters_of, fit_glm, glm_potential, raised_cosines
    >>> from snnlab.probability import rescale_time
    >>> file = io.StringIO("time_s\n" + "\n".join(str(t / 1000) for t in load_grasshopper().spikes.times))
    >>> times = 1000 * np.loadtxt(file, skiprows=1)  # ms; the name of a file does as well
    >>> recorded = Spikes(times, duration=10_000)
    >>> design = design_matrix(recorded, dt=0.5, self_basis=raised_cosines(5, first=0, last=20, dt=0.5))
    >>> fit = fit_glm(design.x, design.y, ridge=1e-5)  # it never fires at once again: a ridge
    >>> after = filters_of(design, fit)["self"]
    >>> print(f"a spike makes the next less likely for {after.lag[(after.curve < 0).argmin()]:.1f} ms")
    a spike makes the next less likely for 7.5 ms

    How good is it on a fifth that it was not fitted to?

    >>> x, y = design.x, design.y
    >>> fifth = y.size * 4 // 5
    >>> fit = fit_glm(x[:fifth], y[:fifth], ridge=1e-5)
    >>> u = glm_potential(x[fifth:], fit)
    >>> bits = bits_per_spike(u, y[fifth:], constant=y[:fifth].mean())
    >>> p = rescale_time(u, y[fifth:], rng=np.random.default_rng(1)).p_distance
    >>> print(f"{bits:.2f} bits per spike; intervals rejected at 5 %: {p < 0.05}")
    0.61 bits per spike; intervals rejected at 5 %: True

    Two units, two trials with a gap between them, a light and the direction of a head at 100 Hz. Units that
    are called by words are read with ``dtype=str``, and then times are ``1000 * seconds.astype(float)``:

    >>> file = io.StringIO("time_s,unit\n0.0125,7\n0.031,12\n1.25,7\n1.6,12\n")
    >>> seconds, ids = np.loadtxt(file, delimiter=",", skiprows=1, unpack=True)
    >>> names, units = np.unique(ids, return_inverse=True)  # whatever they are called: 0, 1, ...
    >>> session = Spikes(1000 * seconds, units, n_units=names.size, duration=2000)
    >>> light, angle = np.sin(np.arange(200)), np.radians(np.arange(200))
    >>> signals = np.column_stack([light - light.mean(), np.cos(angle), np.sin(angle)])
    >>> signals = np.repeat(signals, 10, axis=0)  # a row for each bin of 1 ms
    >>> pieces = [(0, 500), (1200, 1700)]
    >>> trials = [session.between(a, b) for a, b in pieces]
    >>> stimulus = [signals[a:b] for a, b in pieces]
    >>> design = design_matrix(trials, 1.0, stimulus, coupling_basis=np.eye(2), unit=list(names).index(12))
    >>> print(design.x.shape, design.parts, design.starts)
    (1000, 5) {'stimulus': slice(0, 3, None), 'unit 0': slice(3, 5, None)} [  0 500]
    """
    if isinstance(spikes, list | tuple):
        given = stimulus_basis, self_basis, coupling_basis
        return _one_after_the_other(spikes, dt, stimulus, *given, unit)
    be_spikes("spikes", spikes)
    assert isinstance(spikes, Spikes)
    dt, unit = positive("dt", dt), whole("unit", unit)
    if unit >= spikes.n_units:
        raise ValueError(f"unit must be from 0 to {spikes.n_units - 1}, got {unit}")
    _afford([spikes], dt, self_basis, coupling_basis)
    counts = spikes.counts(dt).astype(np.float64)
    heard: list[tuple[str, np.ndarray]] = []
    bases: dict[str, np.ndarray] = {}
    if stimulus is not None:
        stimulus = finite_array("stimulus", stimulus, (1, 2), "(bins,) or (bins, signals)")
        if len(stimulus) != len(counts):
            raise ValueError(
                f"stimulus must have one value a bin ({len(counts)} of {dt:g} ms), got {len(stimulus)}"
            )
        signals = stimulus.T if stimulus.ndim == 2 else [stimulus]
        columns = [filtered(signal, stimulus_basis) for signal in signals]
        heard.append(("stimulus", np.hstack([np.empty((len(counts), 0)), *columns])))
        bases["stimulus"] = _basis(stimulus_basis)
    before = np.vstack([np.zeros((min(1, len(counts)), spikes.n_units)), counts[:-1]])
    if self_basis is not None:
        heard.append(("self", filtered(before[:, unit], self_basis)))
        bases["self"] = _basis(self_basis)
    if coupling_basis is not None:
        others = [other for other in range(spikes.n_units) if other != unit]
        heard += [(f"unit {other}", filtered(before[:, other], coupling_basis)) for other in others]
        bases |= {f"unit {other}": _basis(coupling_basis) for other in others}
    ends = np.cumsum([0, *(columns.shape[1] for _, columns in heard)])
    parts = {name: slice(int(a), int(b)) for (name, _), a, b in zip(heard, ends, ends[1:], strict=False)}
    x = np.hstack([columns for _, columns in heard]) if heard else np.empty((len(counts), 0))
    return Design(x, counts[:, unit], parts, dt, bases, np.zeros(1, np.int64))


def _one_after_the_other(
    trials: Sequence[Spikes],
    dt: float,
    stimulus: ArrayLike | Sequence[ArrayLike] | None,
    stimulus_basis: ArrayLike,
    self_basis: ArrayLike | None,
    coupling_basis: ArrayLike | None,
    unit: int,
) -> Design:
    """The design matrices of trials below each other."""
    if not trials:
        raise ValueError("spikes must hold one trial at least, got none")
    signals = [None] * len(trials) if stimulus is None else list(stimulus)  # type: ignore[arg-type]
    if len(signals) != len(trials):
        raise ValueError(f"stimulus must be one for each of {len(trials)} trials, got {len(signals)}")
    for trial in trials:
        be_spikes("spikes", trial)
    if len({trial.n_units for trial in trials}) > 1:
        found = [trial.n_units for trial in trials]
        raise ValueError(f"spikes must have the same units in all trials (give n_units), got {found}")
    dt = positive("dt", dt)
    _afford(trials, dt, self_basis, coupling_basis)
    rest = stimulus_basis, self_basis, coupling_basis, unit
    designs = [design_matrix(t, dt, s, *rest) for t, s in zip(trials, signals, strict=True)]
    x, y = np.vstack([one.x for one in designs]), np.concatenate([one.y for one in designs])
    starts = np.cumsum([0, *(one.y.size for one in designs[:-1])])
    return designs[0]._replace(x=x, y=y, starts=starts)


def _afford(
    trials: Sequence[Spikes], dt: float, self_basis: ArrayLike | None, coupling_basis: ArrayLike | None
) -> None:
    """Refuse more bins than memory holds, as of a `dt` in seconds; a stimulus has its bins already."""
    n_units, duration = trials[0].n_units, sum(trial.duration for trial in trials)
    heard_by = ((self_basis, 1), (coupling_basis, n_units - 1))
    columns = sum(_basis(basis).shape[1] * units for basis, units in heard_by if basis is not None)
    # counts, twice and as they were before; and the columns, alone and side by side
    afford("duration / dt", numbers=duration / dt * (4.0 * n_units + 2.0 * columns))


def filtered(signal: ArrayLike, basis: ArrayLike) -> np.ndarray:
    """A signal through each filter of a basis: now, and what is left of before.

    Parameters
    ----------
    signal : array of shape (bins,)
        0 before its start.
    basis : array of shape (lags, n)
        Row ``k`` weighs what was ``k`` bins ago.

    Returns
    -------
    array of shape (bins, n)

    Examples
    --------
    >>> print(filtered([0, 1, 0, 0], [[1.0], [0.5]]).ravel())
    [0.  1.  0.5 0. ]
    """
    signal, basis = finite_array("signal", signal, (1,), "(bins,)"), _basis(basis)
    out = np.zeros((signal.size, basis.shape[1]))
    add_filtered(signal, basis, out)
    return out


def filter_of(basis: ArrayLike, weights: ArrayLike) -> np.ndarray:
    """The filter that weights make of a basis.

    Parameters
    ----------
    basis : array of shape (lags, n)
        One bump a column.
    weights : array of shape (n,)
        What each is multiplied with.

    Returns
    -------
    array of shape (lags,)

    Examples
    --------
    >>> print(filter_of([[1.0, 0.0], [0.5, 1.0]], [2.0, -1.0]))
    [2. 0.]
    """
    basis, weights = _basis(basis), finite_array("weights", weights, (1,), "(n,)")
    if weights.size != basis.shape[1]:
        raise ValueError(
            f"weights must be as many as the basis has columns ({basis.shape[1]}), got {weights.size}"
        )
    return basis @ weights


def _basis(basis: ArrayLike) -> np.ndarray:
    basis = finite_array("basis", basis, (2,), "(lags, n)")
    if not basis.size:
        raise ValueError(f"basis must have a lag and a column at least, got shape {basis.shape}")
    return basis


@kernel
def add_filtered(signal, basis, out):
    """Add each value of the signal, weighed, to the bins that hear it; silence costs nothing."""
    for t in range(signal.size):
        if signal[t] != 0.0:
            for lag in range(min(basis.shape[0], signal.size - t)):
                for k in range(basis.shape[1]):
                    out[t + lag, k] += signal[t] * basis[lag, k]
