r"""Networks from other tools and for them: graphs in NIR, the neuromorphic intermediate representation.

NIR names equations, not steps. With steps of $\Delta t$ a LIF node with time constant $\tau$ and resistance
$r$ behind weights $W$ and a bias $b$, and a CubaLIF node with $\tau_{syn}$, $\tau_{mem}$ and $w_{in}$, are

$$ v \leftarrow \left(1 - \tfrac{\Delta t}{\tau}\right) v + \tfrac{r\,\Delta t}{\tau} (W s + b), \qquad
i \leftarrow \left(1 - \tfrac{\Delta t}{\tau_{syn}}\right) i + \tfrac{w_{in}\Delta t}{\tau_{syn}} W s, \quad
v \leftarrow \left(1 - \tfrac{\Delta t}{\tau_{mem}}\right) v + \tfrac{r\,\Delta t}{\tau_{mem}} i $$

and fire above the threshold, whereupon $v \leftarrow 0$ at once. That is the compartment of Loihi, with a
current that forgets all in a step for the LIF. Read is what snnTorch 1.0 and Norse 1.1 agree about, spike for
spike, when both read such a graph: a chain of Affine or Linear nodes, each before a LIF or a CubaLIF whose
neurons share their numbers and rest at 0. Any other node is refused by name.

Two things that a graph does not say change what comes out. *The step.* snnTorch writes time constants for one
of 0.1 ms. Norse steps by 1 ms unless it is told otherwise; read with 0.1 ms its neurons hear a tenth of each
spike, and stay silent. *The reset.* Neurons of snnTorch subtract the threshold unless they are made with
``reset_mechanism="zero"``, and NIR has no word for it. Their nodes are known by $r = \tau/\Delta t$, which
snnTorch writes and hardly anybody else; such a node is warned of by name.

Source: J. E. Pedersen et al. (2024), Nature Communications 15, 8122; nir 1.0, snnTorch 1.0, Norse 1.1.
"""

import os
import warnings
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from snnlab.checks import finite_array, fraction, positive

if TYPE_CHECKING:
    import nir

__all__ = ["FloatLayer", "layers_from_nir", "nir_from_layers"]

DT = 1e-4  # s, of snnTorch, and of Norse if it is told so
_WEIGHTS, _NEURONS = ("Affine", "Linear"), ("LIF", "CubaLIF")


class FloatLayer(NamedTuple):
    """A layer in floats: the first arguments of `quantise_layer`.

    Examples
    --------
    >>> from snnlab.loihi import quantise_layer
    >>> layer, _ = quantise_layer(*FloatLayer(np.array([[0.5, -0.25]]), 0.8, 0.9))
    >>> layer.w.shape
    (1, 2)
    """

    w: np.ndarray
    """What a spike adds to the current, shape (n_post, n_pre)."""
    alpha: float
    """What a step leaves of the current."""
    beta: float
    """What a step leaves of the potential."""
    threshold: float = 1.0
    """Potential above which a neuron fires."""
    bias: np.ndarray | float = 0.0
    """What is added to the potential in each step, a number or shape (n_post,)."""


def layers_from_nir(
    graph: "nir.NIRGraph | str | os.PathLike", dt: float | None = None, *, reset: str | None = None
) -> tuple[FloatLayer, ...]:
    """The layers of a feed-forward NIR graph.

    Parameters
    ----------
    graph
        A graph, or the file that holds one. It needs the package nir.
    dt : float
        Time step, s, which a graph does not say: 1e-4 for one of snnTorch or of `nir_from_layers`, 1e-3 for
        one of Norse that was not told another.
    reset : str, optional
        ``"zero"`` if you know that the neurons were reset to zero where they came from. A node that looks
        like one of snnTorch, whose neurons subtract the threshold by default, is then no reason to warn.

    Returns
    -------
    tuple of FloatLayer
        From the first to the last; give each to `quantise_layer`.

    Raises
    ------
    ValueError, TypeError
        If the graph holds what cannot be read, the sentence names the node; or if `dt` is left out.
    ImportError
        If nir is not installed.

    Examples
    --------
    >>> graph = nir_from_layers([FloatLayer(np.array([[2.0]]), 0.0, 0.9)])
    >>> (layer,) = layers_from_nir(graph, dt=1e-4)
    >>> print(layer.w, f"{layer.alpha:.1f} {layer.beta:.1f}")
    [[2.]] 0.0 0.9
    """
    nir = _nir()
    if dt is None:
        raise ValueError(
            "dt must be given in s, since a graph does not say its step: 1e-4 for one of snnTorch, "
            "1e-3 for one of Norse that was not told another"
        )
    dt = positive("dt", dt)
    if reset is not None and not (isinstance(reset, str) and reset == "zero"):
        raise ValueError(
            f'reset must be "zero", the only one that a compartment has, or left out, got {reset!r}'
        )
    if isinstance(graph, str | os.PathLike):
        graph = _from_file(nir, graph)
    if not isinstance(graph, nir.NIRGraph):
        raise TypeError(f"graph must be a NIRGraph or the name of a file, got {type(graph).__name__}")
    chain = _chain(graph)
    layers = []
    for (name, weights), (neuron_name, neuron) in zip(chain[::2], chain[1::2], strict=True):
        w = finite_array(f"weight of {name}", weights.weight, (2,), "(n_post, n_pre)")
        bias = finite_array(f"bias of {name}", getattr(weights, "bias", 0.0), (0, 1), "(n_post,)")
        if reset is None and _may_subtract(neuron, dt):
            warnings.warn(
                f"node {neuron_name} looks like one of snnTorch, whose neurons subtract the threshold when "
                'they fire unless they were made with reset_mechanism="zero"; here they are reset to zero. '
                'If theirs were, too, say reset="zero"',
                stacklevel=2,
            )
        layers.append(_layer(neuron_name, neuron, w, bias, dt))
    return tuple(layers)


def nir_from_layers(layers: Sequence[FloatLayer], dt: float = DT) -> "nir.NIRGraph":
    """A NIR graph of layers in floats, for snnTorch, Norse and others; ``nir.write`` keeps it in a file.

    Parameters
    ----------
    layers
        From the first to the last. A layer whose current forgets all in a step becomes a LIF with r = 1, any
        other a CubaLIF with r = τ_mem / dt and w_in = τ_syn / dt.
    dt : float
        Time step, s.

    Returns
    -------
    nir.NIRGraph

    Raises
    ------
    ImportError
        If nir is not installed.

    Examples
    --------
    >>> graph = nir_from_layers([FloatLayer(np.array([[0.5, -0.25]]), 0.8, 0.9)])
    >>> [type(node).__name__ for node in graph.nodes.values()]
    ['Input', 'Affine', 'CubaLIF', 'Output']
    """
    nir = _nir()
    dt = positive("dt", dt)
    if not isinstance(layers, list | tuple) or isinstance(layers, FloatLayer):
        raise TypeError(f"layers must be a list of FloatLayer, got a {type(layers).__name__}")
    if not layers:
        raise ValueError("layers must be at least one, got none")
    nodes: dict[str, Any] = {}
    before: int | None = None
    for k, layer in enumerate(layers):
        if not isinstance(layer, FloatLayer):
            raise TypeError(f"layer {k} must be a FloatLayer, got a {type(layer).__name__}")
        w = finite_array(f"w of layer {k}", layer.w, (2,), "(n_post, n_pre)")
        if not w.size:
            raise ValueError(f"w of layer {k} must have a neuron and an input at least, got {w.shape}")
        if before not in (None, w.shape[1]):
            raise ValueError(
                f"w of layer {k} must have an input for each of {before} neurons of the layer before, "
                f"got {w.shape}"
            )
        before = len(w)
        bias = finite_array(f"bias of layer {k}", layer.bias, (0, 1), "(n_post,)")
        if bias.size not in (1, len(w)):
            raise ValueError(
                f"bias of layer {k} must be a number or have shape ({len(w)},), got {bias.shape}"
            )
        w, bias = w.copy(), np.broadcast_to(bias, len(w)).copy()  # the graph is nobody else's
        alpha, beta = fraction(f"alpha of layer {k}", layer.alpha), fraction(f"beta of layer {k}", layer.beta)
        if beta == 1.0 or alpha == 1.0:
            raise ValueError(f"layer {k} must forget, as NIR's time constants are finite, got 1")
        if alpha > 0 and bias.any():
            raise ValueError(f"layer {k} must have no bias behind a current, got {bias[bias != 0][0]:g}")
        tau, one = np.full(len(w), dt / (1.0 - beta)), np.ones(len(w))
        shared = {"v_leak": 0 * one, "v_threshold": positive("threshold", layer.threshold) * one}
        if not k:
            nodes["input"] = nir.Input({"input": np.array([w.shape[1]])})
        if alpha > 0:
            tau_syn = np.full(len(w), dt / (1.0 - alpha))
            nodes[f"weights_{k}"] = nir.Affine(w, bias)
            nodes[f"neurons_{k}"] = nir.CubaLIF(
                tau_syn=tau_syn,
                tau_mem=tau,
                r=tau / dt,
                w_in=tau_syn / dt,
                **shared,
                metadata={"reset": "zero"},
            )
        else:
            gain = dt / tau[0]
            nodes[f"weights_{k}"] = nir.Affine(w / gain, bias / gain)
            nodes[f"neurons_{k}"] = nir.LIF(tau=tau, r=one, **shared)
    nodes["output"] = nir.Output({"output": np.array([len(w)])})
    names = list(nodes)
    return nir.NIRGraph(nodes, list(pairwise(names)))


def _nir() -> Any:
    """The package, or a sentence that says how to get it."""
    try:
        import nir
    except ImportError:
        raise ImportError('NIR graphs need the package nir: pip install "snnlab-course[nir]"') from None
    return nir


def _from_file(nir: Any, name: str | os.PathLike) -> Any:
    """The graph in a file."""
    if not Path(name).is_file():
        raise ValueError(f"graph must be a NIRGraph or the name of a file, got {str(name)!r}: there is none")
    try:
        return nir.read(name)
    except (OSError, KeyError):  # no HDF5, or one of something else
        raise ValueError(f"graph must be in a file that nir has written, got {str(name)!r}") from None


def _chain(graph: Any) -> list[tuple[str, Any]]:
    """The nodes between input and output in their order, weights and neurons in turn."""
    after: dict[str, str] = {}
    for start, end in graph.edges:
        if start in after:
            raise ValueError(
                f"each node must lead to one other, got {start} leading to {after[start]} and {end}"
            )
        after[start] = end
    ends = list(after.values())
    begin = [name for name, node in graph.nodes.items() if type(node).__name__ == "Input"]
    if len(begin) != 1:
        raise ValueError(f"graph must have one Input, got {len(begin)}")
    chain: list[tuple[str, Any]] = []
    name = begin[0]
    while name in after:
        name = after[name]
        node = graph.nodes[name]
        kind = type(node).__name__
        if kind == "Output":
            break
        wanted = _NEURONS if len(chain) % 2 else _WEIGHTS
        if kind not in wanted or ends.count(name) != 1:
            raise ValueError(f"node {name} must be {wanted[0]} or {wanted[1]} in a chain, got {kind}")
        chain.append((name, node))
    else:
        raise ValueError(f"graph must end with an Output, got {name}")
    others = set(graph.nodes) - {begin[0], name} - {name for name, _ in chain}
    if others:
        first = min(others)
        raise ValueError(
            f"node {first} must be in the chain, got {type(graph.nodes[first]).__name__} beside it"
        )
    if not chain or len(chain) % 2:
        raise ValueError(f"graph must have neurons behind each Affine or Linear, got {len(chain)} nodes")
    return chain


def _may_subtract(neuron: Any, dt: float) -> bool:
    """Whether a node has the resistance that snnTorch writes, and nobody has noted how it is reset."""
    if getattr(neuron, "metadata", {}).get("reset") in ("zero", b"zero"):
        return False
    tau = neuron.tau if type(neuron).__name__ == "LIF" else neuron.tau_mem
    return bool(np.allclose(np.asarray(neuron.r) * dt, tau, rtol=1e-5, atol=0.0))


def _layer(name: str, neuron: Any, w: np.ndarray, bias: np.ndarray, dt: float) -> FloatLayer:
    """One layer, of the numbers that its neurons share."""

    def shared(field: str, value: Any = None) -> float:
        values = np.unique(finite_array(f"{field} of {name}", getattr(neuron, field), (0, 1), "(n,)"))
        if values.size != 1 or (value is not None and values[0] != value):
            rule = "be the same for all neurons" if value is None else f"be {value:g}"
            raise ValueError(f"{field} of {name} must {rule}, got {values[0]:g} to {values[-1]:g}")
        return float(values[0])

    def left(field: str) -> tuple[float, float]:
        rate = dt / positive(f"{field} of {name}", shared(field))
        if rate > 1:
            raise ValueError(f"{field} of {name} must be at least dt, {dt:g} s, got {dt / rate:g}")
        return 1.0 - rate, rate

    shared("v_leak", 0.0)
    shared("v_reset", 0.0)
    threshold = positive(f"v_threshold of {name}", shared("v_threshold"))
    if type(neuron).__name__ == "LIF":
        beta, rate = left("tau")
        gain = shared("r") * rate
        return FloatLayer(gain * w, 0.0, beta, threshold, gain * bias)
    if bias.any():
        raise ValueError(f"the Affine before {name} must have no bias, as the chip's passes by the current")
    alpha, rate_syn = left("tau_syn")
    beta, rate = left("tau_mem")
    return FloatLayer(shared("w_in") * rate_syn * shared("r") * rate * w, alpha, beta, threshold)
