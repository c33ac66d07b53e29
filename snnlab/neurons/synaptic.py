r"""Synapses: the current that one input spike sends into a neuron, and what the membrane makes of it.

A spike that arrives at time 0 delivers a charge $q$ as a current $i(s) = q\,\alpha(s)$. There are four
usual shapes. Each has **area 1**, so that $\alpha$ is in 1/ms and shapes can be exchanged at equal charge
($s \ge 0$; zero before):

$$ \delta(s), \qquad \frac{e^{-s/\tau_s}}{\tau_s}, \qquad \frac{s}{\tau_s^2}\, e^{-s/\tau_s}, \qquad
\frac{e^{-s/\tau_d} - e^{-s/\tau_r}}{\tau_d - \tau_r} $$

The membrane filters the current. The *postsynaptic potential* (PSP) $\epsilon$ is the rise of $u$ over rest
in units of $w = q R/\tau_m = q/C$, the jump that the same charge would make if it came at once:

$$ \epsilon(s) = \int_0^s e^{-(s-r)/\tau_m}\, \alpha(r)\, dr $$

So $\epsilon$ is a pure number, starts at 1 for the delta and at 0 for the others, and has the **area**
$\tau_m$ for each. In closed form, for the exponential and (with $\tau_s \to \tau_m$ understood) the rest:

$$ \epsilon(s) = \frac{e^{-s/\tau_m} - e^{-s/\tau_s}}{1 - \tau_s/\tau_m}, \qquad
\lim_{\tau_s \to \tau_m} \epsilon(s) = \frac{s}{\tau_m}\, e^{-s/\tau_m} $$

Membrane and synapse are filters in a row, and their order makes no difference: the PSP is a divided
difference of exponentials, which is computed without loss of digits where time constants agree.

Source: W. Gerstner and W. M. Kistler (2002), Spiking Neuron Models, sections 2.4 and 4.1.
"""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, positive
from snnlab.compiling import kernel
from snnlab.neurons.exponentials import exponential_difference, second_difference

__all__ = [
    "alpha_current",
    "alpha_psp",
    "delta_psp",
    "double_exponential_current",
    "double_exponential_psp",
    "exponential_current",
    "exponential_psp",
]


def exponential_current(s: ArrayLike, tau_s: float = 5.0) -> np.ndarray:
    """The current of an exponential synapse: a jump, then a decay. Area 1.

    Parameters
    ----------
    s : float or array of any shape
        Time since the spike arrived, ms.
    tau_s : float
        Time constant, ms.

    Returns
    -------
    array of the shape of `s`
        In 1/ms: times a charge in pC it is a current in nA.

    Examples
    --------
    >>> print(np.round(exponential_current([-1, 0, 5], tau_s=5), 4))
    [0.     0.2    0.0736]
    """
    return _over(_exponential, s, positive("tau_s", tau_s))


def alpha_current(s: ArrayLike, tau_s: float = 5.0) -> np.ndarray:
    """The current of an alpha synapse: it rises first, and peaks after `tau_s`. Area 1.

    Parameters
    ----------
    s : float or array of any shape
        Time since the spike arrived, ms.
    tau_s : float
        Time of the peak, ms.

    Returns
    -------
    array of the shape of `s`
        In 1/ms.

    Examples
    --------
    >>> print(np.round(alpha_current([0, 5, 10], tau_s=5), 4))
    [0.     0.0736 0.0541]
    """
    tau_s = positive("tau_s", tau_s)
    return _over(_two_filters, s, tau_s, tau_s)


def double_exponential_current(s: ArrayLike, tau_rise: float = 2.0, tau_decay: float = 8.0) -> np.ndarray:
    """The current of a synapse that rises and decays at its own pace each. Area 1.

    Parameters
    ----------
    s : float or array of any shape
        Time since the spike arrived, ms.
    tau_rise, tau_decay : float
        Time constants, ms, in any order. Equal ones give the alpha synapse.

    Returns
    -------
    array of the shape of `s`
        In 1/ms.

    Examples
    --------
    >>> print(np.round(double_exponential_current([0, 4, 20], 2, 8), 4))
    [0.     0.0785 0.0137]
    """
    return _over(_two_filters, s, positive("tau_rise", tau_rise), positive("tau_decay", tau_decay))


def delta_psp(s: ArrayLike, tau_m: float = 20.0) -> np.ndarray:
    """The PSP of a charge that comes at once: a jump by 1, then the leak. Area `tau_m`.

    Parameters
    ----------
    s : float or array of any shape
        Time since the spike arrived, ms. At 0 the jump has happened.
    tau_m : float
        Membrane time constant, ms.

    Returns
    -------
    array of the shape of `s`
        A pure number: times the weight (mV) it is a potential above rest.

    Examples
    --------
    >>> print(np.round(delta_psp([-1, 0, 20]), 4))
    [0.     1.     0.3679]
    """
    tau_m = positive("tau_m", tau_m)
    return tau_m * exponential_current(s, tau_m)


def exponential_psp(s: ArrayLike, tau_m: float = 20.0, tau_s: float = 5.0) -> np.ndarray:
    """The PSP of an exponential synapse. Area `tau_m`.

    Parameters
    ----------
    s : float or array of any shape
        Time since the spike arrived, ms.
    tau_m, tau_s : float
        Time constants of the membrane and of the synapse, ms; they may agree.

    Returns
    -------
    array of the shape of `s`
        A pure number: times the weight (mV) it is a potential above rest.

    Examples
    --------
    >>> print(np.round(exponential_psp([0, 10, 40], tau_m=20, tau_s=5), 4))
    [0.     0.6283 0.18  ]
    """
    return _over(psp_at, s, positive("tau_m", tau_m), positive("tau_s", tau_s))


def alpha_psp(s: ArrayLike, tau_m: float = 20.0, tau_s: float = 5.0) -> np.ndarray:
    """The PSP of an alpha synapse. Area `tau_m`.

    Parameters
    ----------
    s : float or array of any shape
        Time since the spike arrived, ms.
    tau_m, tau_s : float
        Time constants of the membrane and of the synapse, ms; they may agree.

    Returns
    -------
    array of the shape of `s`
        A pure number: times the weight (mV) it is a potential above rest.

    Examples
    --------
    >>> print(np.round(alpha_psp([0, 10, 40], tau_m=20, tau_s=5), 4))
    [0.     0.4768 0.2364]
    """
    tau_s = positive("tau_s", tau_s)
    return _over(_three_filters, s, positive("tau_m", tau_m), tau_s, tau_s)


def double_exponential_psp(
    s: ArrayLike, tau_m: float = 20.0, tau_rise: float = 2.0, tau_decay: float = 8.0
) -> np.ndarray:
    """The PSP of a double exponential synapse. Area `tau_m`.

    Parameters
    ----------
    s : float or array of any shape
        Time since the spike arrived, ms.
    tau_m, tau_rise, tau_decay : float
        Time constants of the membrane and of the synapse, ms; any of them may agree.

    Returns
    -------
    array of the shape of `s`
        A pure number: times the weight (mV) it is a potential above rest.

    Examples
    --------
    >>> same = double_exponential_psp(10, tau_m=20, tau_rise=5, tau_decay=5) == alpha_psp(10, 20, 5)
    >>> print(same)
    True
    """
    taus = positive("tau_m", tau_m), positive("tau_rise", tau_rise), positive("tau_decay", tau_decay)
    return _over(_three_filters, s, *taus)


_GONE = 800.0  # time constants after which the exponential is below the smallest float


def _over(shape: Callable, s: ArrayLike, *taus: float) -> np.ndarray:
    """A kernel of one time, for each time in `s`."""
    s = finite_array("s", s, tuple(range(33)), "any")
    over = _GONE * max(taus)
    return np.array([shape(t, *taus) if 0.0 <= t < over else 0.0 for t in s.ravel()]).reshape(s.shape)


@kernel
def _exponential(s, tau):
    """One filter, hit at time 0; area 1."""
    return math.exp(-s / tau) / tau


@kernel
def _two_filters(s, tau_a, tau_b):
    """Two filters in a row; area 1."""
    return s / (tau_a * tau_b) * exponential_difference(-s / tau_a, -s / tau_b)


@kernel
def psp_at(s, tau_m, tau_s):
    """The PSP of an exponential synapse."""
    return s / tau_s * exponential_difference(-s / tau_m, -s / tau_s)


@kernel
def _three_filters(s, tau_m, tau_a, tau_b):
    """The PSP of a synapse that is two filters in a row."""
    return s * (s / (tau_a * tau_b)) * second_difference(-s / tau_m, -s / tau_a, -s / tau_b)
