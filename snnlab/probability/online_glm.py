r"""Learning bin by bin: what came minus what was expected, times what was heard.

A neuron that lives cannot wait for the end of a recording. After each bin it climbs a little on the
log-likelihood of that bin alone:

$$ w \leftarrow w + \eta\, \frac{\partial \ell}{\partial u_t}\, x_t,
\qquad \frac{\partial \ell}{\partial u_t} = y_t - \sigma(u_t) $$

for the logistic link $\sigma$. The first factor is known after the bin, the second is the trace of the
synapse: a local rule, whose postsynaptic factor is the neuron's surprise. With $\eta \to 0$ the changes of
a recording add up to its whole gradient.

Source: H. Jang, O. Simeone, B. Gardner and A. Grüning (2019), IEEE Signal Processing Magazine 36 (6), 64–77.
"""

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, positive
from snnlab.compiling import kernel
from snnlab.probability.links import Link, counts_of, link_code, pull

__all__ = ["learn_glm"]

_MOST = 1e100  # a weight as large came from steps that overshoot, each farther than the last


def learn_glm(
    x: ArrayLike,
    y: ArrayLike,
    eta: float,
    w_start: ArrayLike | None = None,
    link: Link = "logistic",
) -> np.ndarray:
    """The weights after each bin.

    Parameters
    ----------
    x : array of shape (bins, features)
        Design matrix without a constant column.
    y : array of shape (bins,)
        What was fired.
    eta : float
        Learning rate η.
    w_start : array of shape (1 + features,), optional
        Intercept and weights at the start; 0 if left out.
    link
        What makes a probability of the potential.

    Returns
    -------
    array of shape (bins, 1 + features)
        The intercept comes first.

    Raises
    ------
    ValueError
        If the weights grew beyond all bounds: `eta` is too large.

    Examples
    --------
    >>> print(learn_glm([[1.0], [0.0]], [1, 0], eta=0.1).round(4))
    [[ 0.05    0.05  ]
     [-0.0012  0.05  ]]
    """
    code, x = link_code(link), finite_array("x", x, (2,), "(bins, features)")
    y, eta = counts_of(y, code), positive("eta", eta)
    if y.size != len(x):
        raise ValueError(f"y must have one value for each row of x ({len(x)}), got {y.size}")
    size = 1 + x.shape[1]
    w = (
        np.zeros(size)
        if w_start is None
        else finite_array("w_start", w_start, (1,), "(1 + features,)").copy()
    )
    if w.size != size:
        raise ValueError(f"w_start must have {size} values, the intercept first, got {w.size}")
    seen = np.empty((y.size, size))
    run(x, y, w, eta, code, seen)
    if not (np.abs(seen) < _MOST).all():
        raise ValueError(f"eta must be small enough that no weight grows beyond {_MOST:g}, got {eta:g}")
    return seen


@kernel
def step(w, x, y, eta, code):
    """One bin: the weights climb on its log-likelihood. `w` has the intercept first, `x` has not."""
    u = w[0]
    for k in range(x.size):
        u += w[1 + k] * x[k]
    surprise = pull(u, y, code)[1]
    w[0] += eta * surprise
    for k in range(x.size):
        w[1 + k] += eta * surprise * x[k]


@kernel
def run(x, y, w, eta, code, seen):
    """All bins in order; `seen` keeps the weights after each."""
    for t in range(y.size):
        step(w, x[t], y[t], eta, code)
        for k in range(w.size):
            seen[t, k] = w[k]
