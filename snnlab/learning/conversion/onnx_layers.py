r"""A trained network from another tool: a small feed-forward graph in ONNX, read as layers to be converted.

ONNX names operators in a graph. Read is a chain of those that are sums with fixed weights, $z = W h + b$, and
of rectifications between them: Gemm, MatMul, Add, Conv, AveragePool, GlobalAveragePool and Relu, and Flatten,
Reshape, Identity and Dropout, which change nothing. Sums that follow one another without a Relu are one,

$$ W_2 (W_1 h + b_1) + b_2 = (W_2 W_1)\, h + (W_2 b_1 + b_2) $$

Images are flat, channel by channel, row by row. Any other operator is refused by name: for MaxPool no weights
do the same, and a Softmax at the end changes no answer and can be left out before the network is written.

Source: Open Neural Network Exchange, operators of opset 13 and later.
"""

import os
from typing import TYPE_CHECKING, Any

import numpy as np

from snnlab.learning.conversion.image_layers import Window, convolution, mean_pooling
from snnlab.learning.conversion.layers import Layers, check_layers

if TYPE_CHECKING:
    import onnx

__all__ = ["layers_from_onnx"]

SAME = ("Identity", "Dropout")
READ = "Gemm, MatMul, Add, Conv, AveragePool, GlobalAveragePool, Relu, Flatten, Reshape, Identity and Dropout"


def layers_from_onnx(model: "onnx.ModelProto | str | os.PathLike") -> Layers:
    """The layers of a feed-forward network that another tool has trained.

    Parameters
    ----------
    model
        A model, or the file that holds one. It needs the package onnx.

    Returns
    -------
    Layers
        Rectified layers and a last linear one, for `activation_scales`, `rescaled` and `run_converted`. A
        network that ends with a Relu gets a last layer that passes on what it hears.

    Raises
    ------
    ValueError, TypeError
        If the file is none of ONNX, or the graph holds what cannot be read; the sentence names the node.
    ImportError
        If onnx is not installed.

    Examples
    --------
    >>> from onnx import TensorProto, helper, numpy_helper
    >>> w = numpy_helper.from_array(np.array([[1.0, -1.0]], np.float32), "w")
    >>> x, y = (helper.make_tensor_value_info(k, TensorProto.FLOAT, [None, 2]) for k in "xy")
    >>> nodes = [
    ...     helper.make_node("Relu", ["x"], ["h"]),
    ...     helper.make_node("Gemm", ["h", "w"], ["y"], transB=1),
    ... ]
    >>> graph = helper.make_graph(nodes, "example", [x], [y], [w])
    >>> print(layers_from_onnx(helper.make_model(graph)).weights[-1])
    [[ 1. -1.]]
    """
    chain = _Chain(_graph(model))
    for node in chain.graph.node:
        chain.take(node)
    return chain.layers()


def _graph(model: Any) -> Any:
    """The graph of a model, from its file if need be."""
    try:
        import onnx
    except ImportError:
        raise ImportError('ONNX files need the package onnx: pip install "snnlab-course[onnx]"') from None
    if isinstance(model, str | os.PathLike):
        name, bad = os.fspath(model), None
        if not os.path.isfile(name):
            raise ValueError(f"model must be the name of a file, got {name}, where there is none")
        try:
            model = onnx.load(name)
        except Exception as error:  # those of protobuf, of onnx and of the system
            bad = error
        if bad is not None or not model.graph.node:
            raise ValueError(
                f"model must be a file in ONNX, got {name}, which onnx cannot read as one"
            ) from bad
    if not isinstance(model, onnx.ModelProto):
        raise TypeError(f"model must be a ModelProto or the name of a file, got {type(model).__name__}")
    return model.graph


class _Chain:
    """What has been read so far: whole layers, and a sum that no Relu has ended yet."""

    def __init__(self, graph: Any):
        from onnx import numpy_helper

        self.graph, self.to_array = graph, numpy_helper.to_array
        self.known = {tensor.name: self.to_array(tensor) for tensor in graph.initializer}
        inputs = [given for given in graph.input if given.name not in self.known]
        if len(inputs) != 1 or len(graph.output) != 1:
            raise ValueError(
                f"graph must have one input and one output, got {len(inputs)} and {len(graph.output)}"
            )
        self.now: str = inputs[0].name
        dims = inputs[0].type.tensor_type.shape.dim
        self.shape = tuple(dim.dim_value for dim in dims[1:])
        if len(dims) not in (2, 4) or min(self.shape) < 1:
            raise ValueError(
                f"input {self.now} must have shape (samples, n) or (samples, channels, rows, columns), all "
                f"but the samples known, got {tuple(dim.dim_value or dim.dim_param or '?' for dim in dims)}"
            )
        self.done: list[tuple[np.ndarray, np.ndarray]] = []
        self.sum: tuple[np.ndarray, np.ndarray] | None = None

    def take(self, node: Any) -> None:
        """The next node of the graph."""
        name, kind = node.name or node.output[0], node.op_type
        if kind == "Constant":
            value = [given.t for given in node.attribute if given.name == "value"]
            if not value:
                raise ValueError(f"node {name} must hold an array, got a Constant of another kind")
            self.known[node.output[0]] = self.to_array(value[0])
            return
        if kind == "Identity" and node.input[0] in self.known:
            self.known[node.output[0]] = self.known[node.input[0]]
            return
        read = getattr(self, f"_{kind.lower()}", None)
        if read is None and kind not in SAME:
            raise ValueError(f"node {name} must be one of {READ}, got {kind}")
        others = [given for given in node.input if given != self.now]
        first = self.now in node.input if kind == "Add" else node.input[0] == self.now
        if not first or len(others) != len(node.input) - 1:
            raise ValueError(f"node {name} must follow {self.now} in a chain, got a {kind} of other values")
        if read is not None:
            for given in others:
                if given and given not in self.known:
                    raise ValueError(f"node {name} must have fixed weights, got {kind} with {given}")
            read(name, node, [np.asarray(self.known[given]) for given in others if given])
        self.now = node.output[0]

    def layers(self) -> Layers:
        """All of it, with a last layer without Relu."""
        if self.now != self.graph.output[0].name:
            raise ValueError(f"graph must end with {self.graph.output[0].name}, got {self.now}")
        last = self.sum or self._nothing()
        return check_layers(Layers(*map(tuple, zip(*self.done, last, strict=True))))

    def _nothing(self) -> tuple[np.ndarray, np.ndarray]:
        """The sum that changes nothing."""
        n = int(np.prod(self.shape))
        return np.eye(n), np.zeros(n)

    def _then(self, w: np.ndarray, b: np.ndarray, shape: tuple[int, ...]) -> None:
        """One more sum, of what there is until now."""
        w, b = w.astype(np.float64), b.astype(np.float64)
        if self.sum is not None:
            w, b = w @ self.sum[0], w @ self.sum[1] + b
        self.sum, self.shape = (w, b), shape

    def _relu(self, name: str, node: Any, given: list[np.ndarray]) -> None:
        self.done.append(self.sum or self._nothing())
        self.sum = None

    def _gemm(self, name: str, node: Any, given: list[np.ndarray]) -> None:
        how = _attributes(node)
        if how.get("transA"):
            raise ValueError(f"node {name} must have samples as rows, got transA = 1")
        w = how.get("alpha", 1.0) * (given[0] if how.get("transB") else given[0].T)
        bias = how.get("beta", 1.0) * given[1] if len(given) > 1 else np.zeros(1)
        self._dense(name, node, w, bias)

    def _matmul(self, name: str, node: Any, given: list[np.ndarray]) -> None:
        self._dense(name, node, given[0].T, np.zeros(1))

    def _dense(self, name: str, node: Any, w: np.ndarray, bias: np.ndarray) -> None:
        """Weights for a flat layer, whose samples stand first."""
        if w.ndim != 2 or self.shape != w.shape[1:]:
            raise ValueError(
                f"node {name} must have weights for samples of shape {self.shape}, got {w.shape[::-1]}"
            )
        self._then(w, self._spread(name, bias, w.shape[:1]), w.shape[:1])

    def _add(self, name: str, node: Any, given: list[np.ndarray]) -> None:
        w, b = self.sum or self._nothing()
        self.sum = w, b + self._spread(name, given[0], self.shape)

    def _conv(self, name: str, node: Any, given: list[np.ndarray]) -> None:
        how, shape = _attributes(node), self._image(name)
        kernel = given[0]
        w, after = convolution(kernel, _window(name, how, kernel.shape[2:]), shape, how.get("group", 1))
        bias = given[1] if len(given) > 1 else np.zeros(after[0])
        self._then(w, np.repeat(bias, after[1] * after[2]), after)

    def _averagepool(self, name: str, node: Any, given: list[np.ndarray]) -> None:
        how, shape = _attributes(node), self._image(name)
        if how.get("ceil_mode"):
            raise ValueError(f"node {name} must have whole windows only, got ceil_mode = 1")
        window = _window(name, how, how["kernel_shape"])
        w, after = mean_pooling(window, shape, count_padding=bool(how.get("count_include_pad")))
        self._then(w, np.zeros(len(w)), after)

    def _globalaveragepool(self, name: str, node: Any, given: list[np.ndarray]) -> None:
        shape = self._image(name)
        w, after = mean_pooling(Window(shape[1:]), shape)
        self._then(w, np.zeros(len(w)), after)

    def _flatten(self, name: str, node: Any, given: list[np.ndarray]) -> None:
        if (axis := _attributes(node).get("axis", 1)) != 1:
            raise ValueError(f"node {name} must keep the samples apart (axis = 1), got axis = {axis}")
        self.shape = (int(np.prod(self.shape)),)

    def _reshape(self, name: str, node: Any, given: list[np.ndarray]) -> None:
        n, wanted = int(np.prod(self.shape)), given[0].tolist()
        if len(wanted) != 2 or wanted[1] not in (n, -1) or (wanted[1] == -1 and wanted[0] == -1):
            raise ValueError(f"node {name} must make each sample flat, (-1, {n}), got {tuple(wanted)}")
        self.shape = (n,)

    def _image(self, name: str) -> tuple[int, int, int]:
        if len(self.shape) != 3:
            raise ValueError(f"node {name} must hear channels, rows and columns, got shape {self.shape}")
        return self.shape

    def _spread(self, name: str, values: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
        """What is added to each neuron, from an array that ONNX lays over the last axes."""
        try:
            return np.broadcast_to(values, (1, *shape)).ravel()
        except ValueError:
            raise ValueError(f"node {name} must add an array for {shape}, got {values.shape}") from None


def _attributes(node: Any) -> dict[str, Any]:
    """The attributes of a node by their names; texts as bytes."""
    from onnx import helper

    return {given.name: helper.get_attribute_value(given) for given in node.attribute}


def _window(name: str, how: dict[str, Any], size: Any) -> Window:
    """How a kernel moves over an image, as the attributes say."""
    if (auto := how.get("auto_pad", b"NOTSET")) not in (b"NOTSET", b"VALID"):
        raise ValueError(f"node {name} must say its padding in numbers, got auto_pad = {auto.decode()}")
    if len(size) != 2:
        raise ValueError(f"node {name} must move in rows and columns, got {len(size)} axes")
    strides, dilations = (how.get(key, (1, 1)) for key in ("strides", "dilations"))
    above, left, below, right = how.get("pads", (0, 0, 0, 0))
    return Window((size[0], size[1]), (strides[0], strides[1]), (above, left, below, right), tuple(dilations))
