"""Two small networks in ONNX, made from arrays: one of flat layers, one that looks at images."""

import numpy as np
from onnx import TensorProto, helper, numpy_helper

__all__ = ["DENSE", "IMAGE", "model_of"]

# Nodes and the shape of a sample; h1 and h2 are what the hidden layers say, y is the output.
DENSE = (
    (
        helper.make_node("Gemm", ["x", "w1", "b1"], ["z1"], transB=1),
        helper.make_node("Relu", ["z1"], ["h1"]),
        helper.make_node("Gemm", ["h1", "w2", "b2"], ["z2"], alpha=0.5, beta=2.0),
        helper.make_node("Relu", ["z2"], ["h2"]),
        helper.make_node("MatMul", ["h2", "w3"], ["s3"]),
        helper.make_node("Add", ["b3", "s3"], ["y"]),
    ),
    (12,),
    {"w1": (10, 12), "b1": (10,), "w2": (10, 8), "b2": (1, 8), "w3": (8, 4), "b3": (4,)},
)
IMAGE = (
    (
        helper.make_node("Conv", ["x", "k1", "b1"], ["z1"], strides=[1, 2], pads=[1, 0, 1, 1], group=2),
        helper.make_node("Relu", ["z1"], ["h1"]),
        helper.make_node(
            "AveragePool", ["h1"], ["p1"], kernel_shape=[2, 2], strides=[2, 1], pads=[1, 0, 0, 0]
        ),
        helper.make_node("Conv", ["p1", "k2"], ["z2"], dilations=[2, 1]),
        helper.make_node("Add", ["z2", "b2"], ["a2"]),
        helper.make_node("Relu", ["a2"], ["r2"]),
        helper.make_node("Flatten", ["r2"], ["h2"]),
        helper.make_node("Gemm", ["h2", "w3", "b3"], ["y"], transB=1),
    ),
    (2, 7, 6),
    {"k1": (4, 1, 3, 2), "b1": (4,), "k2": (3, 4, 2, 1), "b2": (3, 1, 1), "w3": (5, 12), "b3": (5,)},
)  # fmt: skip


def model_of(nodes, shape, arrays, outputs=("y",)):
    """A model of these nodes, for samples of this shape, with these arrays as weights."""
    given = [numpy_helper.from_array(np.asarray(array), name) for name, array in arrays.items()]
    graph = helper.make_graph(
        list(nodes),
        "network",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [None, *shape])],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
        given,
    )
    return helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 17)])
