r"""A network that learns by surrogate gradients: its neurons, its weights and how it starts.

Hidden neurons are current-based LIF neurons without units: rest 0, threshold 1, reset to 0. In steps of
$\Delta t$, with $\alpha = e^{-\Delta t / \tau_s}$ and $\beta = e^{-\Delta t / \tau_m}$,

$$ s_t = H(v_t - 1), \qquad i_{t+1} = \alpha\, i_t + W_{in} x_t + W_{rec} s_{t-1}, \qquad
v_{t+1} = (\beta\, v_t + i_t)(1 - s_t) $$

A readout neuron is the same without threshold, with a time constant of its own if that is wanted:
$j_{t+1} = \alpha j_t + W_{out} s_t$ and $y_{t+1} = \beta_{out}\, y_t + j_t$. Its score is the largest $y$ of
the trial, start included, or the mean over all steps. A trial is given to the class with the largest score.
Everything starts at 0.

Source: F. Zenke (2019), SpyTorch, tutorials 1, 2 and 4; E. O. Neftci, H. Mostafa and F. Zenke (2019), IEEE
Signal Processing Magazine 36(6), 51–63.
"""

import math
from collections.abc import Callable
from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import NonNegative, Positive, checked, finite_array, non_negative, positive, whole
from snnlab.learning.gradients.surrogate_shapes import fast_sigmoid, shape_number
from snnlab.random import generator
from snnlab.work_and_memory import afford

__all__ = [
    "CurrentLIF",
    "Penalty",
    "Surrogate",
    "Weights",
    "check_weights",
    "initial_weights",
]


def _positive_or_none(name: str, value: object) -> float | None:
    return None if value is None else positive(name, value)


def _known_shape(_: str, shape: Callable) -> Callable:
    shape_number(shape)
    return shape


class CurrentLIF(NamedTuple):
    """The numbers of the neurons, hidden and readout alike.

    Examples
    --------
    >>> print(f"{CurrentLIF().alpha:.4f} {CurrentLIF().beta:.4f}")
    0.8187 0.9048
    """

    tau_m: Positive = 10.0
    """Membrane time constant, ms."""
    tau_s: Positive = 5.0
    """Synaptic time constant, ms."""
    dt: Positive = 1.0
    """Time step, ms."""
    tau_out: Annotated[float | None, _positive_or_none] = None
    """Membrane time constant of the readout, ms; `tau_m` if left out."""
    mean_score: bool = False
    """Whether the score of a class is the mean potential of its readout over the trial, or the largest."""

    @property
    def alpha(self) -> float:
        """What is left of the current after a step."""
        return math.exp(-self.dt / self.tau_s)

    @property
    def beta(self) -> float:
        """What is left of the potential after a step."""
        return math.exp(-self.dt / self.tau_m)

    @property
    def beta_out(self) -> float:
        """What is left of the potential of the readout after a step."""
        return math.exp(-self.dt / (self.tau_m if self.tau_out is None else self.tau_out))


class Surrogate(NamedTuple):
    """What stands in for the derivative of a spike.

    Examples
    --------
    >>> Surrogate().width
    0.01
    """

    shape: Annotated[Callable, _known_shape] = fast_sigmoid
    """One of `SHAPES`."""
    width: Positive = 0.01
    """Width of the hump, in thresholds. Other tools give its reciprocal: 100 is called slope or scale."""
    height: NonNegative = 1.0
    """Height of the hump. With 0 no error passes a spike, and only the readout learns."""
    through_reset: bool = False
    """Whether the error also passes through the reset, or the reset counts as given (detached)."""


class Penalty(NamedTuple):
    """What spikes cost beside the loss, for all samples of a batch together.

    Examples
    --------
    >>> Penalty(total=2e-6, per_neuron=2e-6).total
    2e-06
    """

    total: NonNegative = 0.0
    """For each spike."""
    per_neuron: NonNegative = 0.0
    """For the square of the number of spikes of a neuron in the batch, averaged over the neurons."""


class Weights(NamedTuple):
    """The weights of a network, ``w[post, pre]``; a gradient has the same form.

    Examples
    --------
    >>> Weights(np.zeros((4, 100)), np.zeros((2, 4))).w_rec is None
    True
    """

    w_in: np.ndarray
    """From the inputs, shape (hidden, inputs)."""
    w_out: np.ndarray
    """To the readout, shape (outputs, hidden)."""
    w_rec: np.ndarray | None = None
    """Among the hidden neurons, shape (hidden, hidden); None for a feed-forward network."""


def check_current_lif(neuron: CurrentLIF) -> CurrentLIF:
    """`neuron` with every number valid."""
    return checked("neuron", neuron, CurrentLIF)


def check_surrogate(surrogate: Surrogate) -> Surrogate:
    """`surrogate` with every number valid, and a shape that the kernels know."""
    return checked("surrogate", surrogate, Surrogate)


def check_penalty(penalty: Penalty) -> Penalty:
    """`penalty` with both numbers valid."""
    return checked("penalty", penalty, Penalty)


def check_weights(weights: Weights) -> Weights:
    """`weights` as arrays of one type, float32 or float64, whose shapes fit.

    Parameters
    ----------
    weights
        What to check. Where all are float32 they stay so; anything else becomes float64.

    Raises
    ------
    ValueError, TypeError
        If a shape does not fit or a weight is not finite.

    Examples
    --------
    >>> check_weights(Weights(np.zeros((4, 100)), np.zeros((2, 5))))
    Traceback (most recent call last):
    ...
    ValueError: w_out must have shape (outputs, 4), one column for each row of w_in, got (2, 5)
    """
    if not isinstance(weights, Weights):
        raise TypeError(f"weights must be a Weights, got {type(weights).__name__}")
    given = {name: w for name, w in weights._asdict().items() if w is not None or name != "w_rec"}
    single = all(_is_single(w) for w in given.values())
    arrays = {}
    for name, w in given.items():
        array = finite_array(name, w, (2,), "(post, pre)")
        arrays[name] = array.astype(np.float32) if single else array
    hidden = arrays["w_in"].shape[0]
    if arrays["w_out"].shape[1] != hidden:
        raise ValueError(
            f"w_out must have shape (outputs, {hidden}), one column for each row of w_in, "
            f"got {arrays['w_out'].shape}"
        )
    if "w_rec" in arrays and arrays["w_rec"].shape != (hidden, hidden):
        raise ValueError(f"w_rec must have shape ({hidden}, {hidden}), got {arrays['w_rec'].shape}")
    return Weights(**arrays)


def _is_single(w: object) -> bool:
    """Whether it is in single precision, whichever byte comes first."""
    dtype = getattr(w, "dtype", None)
    return isinstance(dtype, np.dtype) and dtype.newbyteorder("=") == np.float32


def initial_weights(
    n_inputs: int,
    n_hidden: int,
    n_outputs: int,
    neuron: CurrentLIF = CurrentLIF(),
    *,
    gain: float = 7.0,
    gain_rec: float = 0.0,
    rng: np.random.Generator,
) -> Weights:
    """Normally distributed weights to start from.

    Their spread is gain · (1 − β) / √n for n presynaptic neurons, so that it matters little how many there
    are and how long a potential lasts. Sparse inputs need a larger gain than busy ones: the hidden neurons
    should fire now and then.

    Parameters
    ----------
    n_inputs, n_hidden, n_outputs : int
        How many neurons of each kind, from the inputs on; `initial_clusters` has the neurons first.
    neuron
        Their numbers.
    gain : float
        For the weights from the inputs; those to the readout have 7.
    gain_rec : float
        For the weights among the hidden neurons. With 0 there are none: a feed-forward network.
    rng : numpy.random.Generator
        Where the numbers come from.

    Returns
    -------
    Weights
        float32.

    Examples
    --------
    >>> w = initial_weights(100, 4, 2, rng=np.random.default_rng(1))
    >>> print(w.w_in.shape, w.w_out.shape, w.w_rec)
    (4, 100) (2, 4) None
    """
    rng = generator(rng)
    n_inputs, n_hidden = whole("n_inputs", n_inputs, 1), whole("n_hidden", n_hidden, 1)
    n_outputs = whole("n_outputs", n_outputs, 1)
    gain, gain_rec = non_negative("gain", gain), non_negative("gain_rec", gain_rec)
    neuron = check_current_lif(neuron)
    rise, rise_out = 1.0 - neuron.beta, 1.0 - neuron.beta_out

    afford("n_inputs, n_hidden and n_outputs", numbers=1.5 * n_hidden * (n_inputs + n_hidden + n_outputs))

    def normal(post: int, pre: int, strength: float) -> np.ndarray:
        return (rng.standard_normal((post, pre)) * (strength / math.sqrt(pre))).astype(np.float32)

    return Weights(
        normal(n_hidden, n_inputs, gain * rise),
        normal(n_outputs, n_hidden, 7.0 * rise_out),
        normal(n_hidden, n_hidden, gain_rec * rise) if gain_rec > 0 else None,
    )
