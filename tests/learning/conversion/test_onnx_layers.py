"""Networks in ONNX, read as layers: activations as onnxruntime has them, and files that cannot be read."""

from pathlib import Path

import numpy as np
import pytest
from needs import need

from snnlab.learning.conversion.converted import run_converted
from snnlab.learning.conversion.layers import Layers, activation_scales, activations, rescaled
from snnlab.learning.conversion.onnx_layers import layers_from_onnx

try:
    import onnx
    from onnx import TensorProto, helper, numpy_helper
except ImportError:
    onnx = None
else:
    from learning.conversion.onnx_models import DENSE, IMAGE, model_of

FILES = sorted((Path(__file__).parents[2] / "reference").glob("onnx_activations_*.npz"))


@pytest.fixture(autouse=True)
def _installed():
    need(onnx is not None, "the package onnx is not installed")


def recording(file):
    """The network of a file and its arrays."""
    with np.load(file) as npz:
        data = {key: npz[key] for key in npz.files}
    nodes, shape, sizes = {"onnx_activations_dense": DENSE, "onnx_activations_image": IMAGE}[file.stem]
    if set(data) != {*sizes, "x", "h1", "h2", "y"}:
        pytest.fail(f"{file.name} has a format that this test does not know: {sorted(data)}")
    return model_of(nodes, shape, {key: data[key] for key in sizes}), data


@pytest.mark.reference
@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_every_layer_says_what_onnxruntime_says(file, tmp_path):
    """To the digits of float32; the network goes through a file."""
    model, data = recording(file)
    onnx.save(model, tmp_path / "network.onnx")
    layers = layers_from_onnx(tmp_path / "network.onnx")
    said = activations(layers, data["x"].reshape(20, -1))
    for number, name in enumerate(("h1", "h2", "y")):
        assert np.abs(data[name]).max() > 0.5
        np.testing.assert_allclose(said[number], data[name].reshape(20, -1), atol=5e-6, err_msg=name)


def test_there_are_two_recordings():
    assert [file.stem for file in FILES] == ["onnx_activations_dense", "onnx_activations_image"]


def test_what_was_read_can_be_converted():
    """Its spiking twin counts towards the outputs: within a spike in the first layer, and on in the last."""
    model, data = recording(FILES[0])
    layers, x = layers_from_onnx(model), data["x"].astype(float)
    scaled = rescaled(layers, activation_scales(layers, x, 100))
    near, far = (np.abs(run_converted(scaled, x, t).y - data["y"]).mean() for t in (10, 1000))
    assert far < near / 20


ONE = {"w": np.array([[1.0, -2.0]], np.float32)}  # one output of two inputs


def model(*nodes, shape=(2,), **arrays):
    arrays = {
        name: array if isinstance(array, np.ndarray) else np.array(array, np.float32)
        for name, array in arrays.items()
    }
    return model_of(
        [helper.make_node(kind, given, [made], **how) for kind, given, made, how in nodes], shape, arrays
    )


def gemm(given, made, **how):
    return "Gemm", given, made, {"transB": 1, **how}


def test_sums_without_a_relu_between_them_are_one():
    read = layers_from_onnx(
        model(
            gemm(["x", "w1", "b1"], "a"),
            ("Identity", ["a"], "b", {}),
            gemm(["b", "w2"], "y"),
            w1=[[1, 2], [3, 4]],
            b1=[1, 0],
            w2=[[1, -1]],
        )
    )
    assert [w.tolist() for w in read.weights] == [[[-2.0, -2.0]]] and read.biases[0].tolist() == [1.0]


def test_a_relu_at_either_end_gets_a_layer_that_passes_on():
    read = layers_from_onnx(
        model(("Relu", ["x"], "a", {}), gemm(["a", "w"], "b"), ("Relu", ["b"], "y", {}), **ONE)
    )
    assert [w.tolist() for w in read.weights] == [[[1.0, 0.0], [0.0, 1.0]], [[1.0, -2.0]], [[1.0]]]
    assert activations(read, [[3.0, -1.0], [-4.0, 5.0]])[-1].tolist() == [[3.0], [0.0]]


def test_a_weight_may_be_a_constant_in_the_graph():
    constant = helper.make_node("Constant", [], ["w"], value=numpy_helper.from_array(ONE["w"], "v"))
    nodes = [constant, helper.make_node("Gemm", ["x", "w"], ["y"], transB=1)]
    assert layers_from_onnx(model_of(nodes, (2,), {})).weights[0].tolist() == [[1.0, -2.0]]


def test_a_reshape_and_a_mean_over_the_image():
    flat = helper.make_node("Reshape", ["p", "flat"], ["y"])
    mean = helper.make_node("GlobalAveragePool", ["x"], ["p"])
    read = layers_from_onnx(model_of([mean, flat], (2, 1, 2), {"flat": np.array([-1, 2])}))
    assert read.weights[0].tolist() == [[0.5, 0.5, 0.0, 0.0], [0.0, 0.0, 0.5, 0.5]]


def refused(sentence, *nodes, **how):
    with pytest.raises(ValueError, match=sentence):
        layers_from_onnx(model(*nodes, **how))


def test_an_operator_is_refused_by_name():
    sentence = r"node p must be one of Gemm, MatMul, .* Identity and Dropout, got MaxPool"
    refused(sentence, ("MaxPool", ["x"], "p", {"kernel_shape": [2, 2]}), shape=(1, 4, 4))
    refused(
        r"node y must be one of .*, got Softmax", gemm(["x", "w"], "a"), ("Softmax", ["a"], "y", {}), **ONE
    )


def test_what_is_no_chain_is_refused():
    first = gemm(["x", "w"], "a")
    refused(r"node y must follow a in a chain, got a Gemm", first, gemm(["x", "w"], "y"), **ONE)
    refused(r"node y must follow a in a chain, got a Add", first, ("Add", ["a", "a"], "y", {}), **ONE)
    refused(r"node y must have fixed weights, got Add with x", first, ("Add", ["a", "x"], "y", {}), **ONE)
    refused(r"graph must end with y, got a", first, **ONE)


def test_numbers_that_do_not_fit_are_refused():
    refused(
        r"node y must have weights for samples of shape \(2,\), got \(3, 1\)",
        gemm(["x", "w"], "y"),
        w=[[1, 2, 3]],
    )
    refused(r"node y must have samples as rows, got transA = 1", gemm(["x", "w"], "y", transA=1), **ONE)
    refused(r"node y must add an array for \(1,\), got \(2,\)", gemm(["x", "w", "b"], "y"), b=[1, 2], **ONE)
    refused(
        r"node y must hear channels, rows and columns, got shape \(2,\)", ("Conv", ["x", "w"], "y", {}), **ONE
    )
    refused(
        r"node y must keep the samples apart \(axis = 1\), got axis = 0", ("Flatten", ["x"], "y", {"axis": 0})
    )
    refused(
        r"node y must make each sample flat, \(-1, 2\), got \(2, 1, 1\)",
        ("Reshape", ["x", "s"], "y", {}),
        s=np.array([2, 1, 1]),
    )
    image = {"shape": (1, 4, 4), "k": np.ones((1, 1, 2, 2))}
    refused(
        r"node y must say its padding in numbers, got auto_pad = SAME_UPPER",
        ("Conv", ["x", "k"], "y", {"auto_pad": "SAME_UPPER"}),
        **image,
    )
    refused(
        r"node y must have whole windows only, got ceil_mode = 1",
        ("AveragePool", ["x"], "y", {"kernel_shape": [3, 3], "ceil_mode": 1}),
        **image,
    )


def test_an_input_of_unknown_size_is_refused():
    network = model(gemm(["x", "w"], "y"), **ONE)
    network.graph.input[0].type.tensor_type.shape.dim[1].dim_param = "n"
    with pytest.raises(ValueError, match=r"input x must have shape .* got \('\?', 'n'\)"):
        layers_from_onnx(network)
    network.graph.input.append(helper.make_tensor_value_info("z", TensorProto.FLOAT, [None, 2]))
    with pytest.raises(ValueError, match="graph must have one input and one output, got 2 and 1"):
        layers_from_onnx(network)


def test_files_that_are_none(tmp_path):
    with pytest.raises(
        ValueError, match=r"model must be the name of a file, got .*nowhere.onnx, where there is none"
    ):
        layers_from_onnx(tmp_path / "nowhere.onnx")
    for content in (b"", b"\x00\xff no model", b"{}"):
        bad = tmp_path / "bad.onnx"
        bad.write_bytes(content)
        with pytest.raises(
            ValueError, match=r"model must be a file in ONNX, got .*bad.onnx, which onnx cannot read"
        ):
            layers_from_onnx(bad)
    with pytest.raises(TypeError, match="model must be a ModelProto or the name of a file, got Layers"):
        layers_from_onnx(Layers((), ()))


def test_without_the_package_a_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "onnx", None)
    with pytest.raises(ImportError, match=r"pip install .snnlab-course\[onnx\]"):
        layers_from_onnx("any.onnx")
