"""Graphs in NIR, read, quantised and run on the chip: the spikes that snnTorch and Norse fired for them."""

import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from needs import need

from snnlab.loihi import FloatLayer, layers_from_nir, nir_from_layers, quantise_layer, run_layers

try:
    import nir
except ImportError:
    nir = None

FILES = sorted((Path(__file__).parents[1] / "reference").glob("nir_spikes_*.npz"))
DT = 1e-4  # s
KEYS = ("w", "bias", "tau", "tau_syn", "r", "w_in", "threshold")


@pytest.fixture(autouse=True)
def _installed():
    need(nir is not None, "the package nir is not installed")


def recording(file):
    """The numbers of each layer as they stand in the graph, and the file."""
    with np.load(file) as npz:
        data = {key: npz[key] for key in npz.files}
    n = sum(key.startswith("snntorch") for key in data)
    known = {f"{key}{k}" for key in (*KEYS, "snntorch", "norse") for k in range(n)} | {"x"}
    if not n or set(data) != known:
        pytest.fail(f"{file.name} has a format that this test does not know: {sorted(set(data) ^ known)}")
    return data, n


def graph_of(data, n):
    """The graph that both tools read."""
    nodes = {"input": nir.Input({"input": np.array([data["x"].shape[1]])})}
    for k in range(n):
        numbers = {key: np.full(len(data[f"w{k}"]), float(data[f"{key}{k}"])) for key in KEYS[2:]}
        nodes[f"w{k}"] = nir.Affine(data[f"w{k}"], data[f"bias{k}"])
        rest = {"r": numbers["r"], "v_leak": 0 * numbers["r"], "v_threshold": numbers["threshold"]}
        if data[f"tau_syn{k}"]:
            current = {key: numbers[key] for key in ("tau_syn", "w_in")}
            nodes[f"n{k}"] = nir.CubaLIF(tau_mem=numbers["tau"], **current, **rest)
        else:
            nodes[f"n{k}"] = nir.LIF(tau=numbers["tau"], **rest)
    nodes["output"] = nir.Output({"output": np.array([len(data[f"w{n - 1}"])])})
    names = list(nodes)
    return nir.NIRGraph(nodes, list(pairwise(names)))


@pytest.mark.reference
@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_the_chip_fires_as_they_do(file, tmp_path):
    """Every spike of every layer in its step; the graph goes through a file."""
    data, n = recording(file)
    nir.write(tmp_path / "graph.nir", graph_of(data, n))
    read = layers_from_nir(tmp_path / "graph.nir", DT, reset="zero")
    quantised = [quantise_layer(*layer) for layer in read]
    assert all(error.rms_error < 1e-3 for _, error in quantised)
    for k, run in enumerate(run_layers([layer for layer, _ in quantised], data["x"])):
        fired = run.spikes.to_raster(1.0).astype(bool)
        for tool in ("snntorch", "norse"):
            np.testing.assert_array_equal(fired, data[f"{tool}{k}"])
        assert fired.sum() > 100


@pytest.mark.reference
@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_what_is_written_is_what_they_read(file):
    """Written, the layers are the graph again from which the spikes were recorded, number for number."""
    data, n = recording(file)
    given = graph_of(data, n)
    written = nir_from_layers(layers_from_nir(given, DT, reset="zero"))
    for ours, theirs in zip(written.nodes.values(), given.nodes.values(), strict=True):
        assert type(ours) is type(theirs)
        for name in ("weight", "bias", "tau", "tau_syn", "tau_mem", "r", "w_in", "v_threshold", "v_leak"):
            if hasattr(theirs, name):
                np.testing.assert_allclose(getattr(ours, name), getattr(theirs, name), rtol=1e-12)


def test_there_are_recordings():
    assert {f.stem for f in FILES} >= {"nir_spikes_lif", "nir_spikes_lif_bias", "nir_spikes_cuba"}


LAYER = FloatLayer(np.ones((2, 3)), 0.5, 0.9)


def changed(node, **fields):
    """The graph of `LAYER` with other numbers in a node."""
    graph = nir_from_layers([LAYER])
    for name, value in fields.items():
        setattr(graph.nodes[node], name, value)
    return graph


def with_nodes(edges, **nodes):
    graph = nir_from_layers([LAYER])
    return nir.NIRGraph(graph.nodes | nodes, edges, type_check=False)


ONE = np.ones(2)


@pytest.mark.parametrize(
    ("graph", "message"),
    [
        (lambda: changed("neurons_0", v_leak=ONE), "v_leak of neurons_0 must be 0, got 1 to 1"),
        (lambda: changed("neurons_0", v_reset=-ONE), "v_reset of neurons_0 must be 0, got -1 to -1"),
        (
            lambda: changed("neurons_0", v_threshold=np.array([1.0, 2.0])),
            "v_threshold of neurons_0 must be the same for all neurons, got 1 to 2",
        ),
        (
            lambda: changed("neurons_0", tau_mem=1e-5 * ONE),
            "tau_mem of neurons_0 must be at least dt",
        ),
        (lambda: changed("weights_0", bias=ONE), "the Affine before neurons_0 must have no bias"),
        (lambda: changed("weights_0", weight=np.full((2, 3), np.nan)), "weight of weights_0 must be finite"),
        (
            lambda: with_nodes([("input", "flat")], flat=nir.Flatten({"input": np.array([3])}, 0, -1)),
            "node flat must be Affine or Linear in a chain, got Flatten",
        ),
        (
            lambda: with_nodes([("input", "weights_0"), ("input", "neurons_0")]),
            "each node must lead to one other, got input leading to weights_0 and neurons_0",
        ),
        (lambda: with_nodes([("input", "weights_0")]), "graph must end with an Output, got weights_0"),
        (
            lambda: with_nodes([("input", "weights_0"), ("weights_0", "output")]),
            "node neurons_0 must be in the chain, got CubaLIF beside it",
        ),
        (
            lambda: with_nodes([("input", "weights_0"), ("weights_0", "delay")], delay=nir.Delay(ONE)),
            "node delay must be LIF or CubaLIF in a chain, got Delay",
        ),
        (
            lambda: with_nodes([
                ("input", "weights_0"),
                ("weights_0", "neurons_0"),
                ("neurons_0", "weights_0"),
            ]),
            "node weights_0 must be Affine or Linear in a chain",
        ),
    ],
)
def test_any_other_graph_is_refused_by_name(graph, message):
    with pytest.raises(ValueError, match=message):
        layers_from_nir(graph(), DT)


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ([], "layers must be at least one, got none"),
        ([LAYER._replace(bias=1.0)], "layer 0 must have no bias behind a current, got 1"),
        ([LAYER._replace(beta=1.0)], "layer 0 must forget, as NIR's time constants are finite, got 1"),
        ([LAYER._replace(threshold=0)], "threshold must be positive and finite, got 0"),
        ([LAYER._replace(w=np.ones((0, 3)))], "w of layer 0 must have a neuron and an input at least"),
        ([LAYER, LAYER], "w of layer 1 must have an input for each of 2 neurons of the layer before, got"),
    ],
)
def test_what_nir_cannot_say_is_refused(layers, message):
    with pytest.raises(ValueError, match=message):
        nir_from_layers(layers)


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        (None, "layers must be a list of FloatLayer, got a NoneType"),
        (LAYER, "layers must be a list of FloatLayer, got a FloatLayer"),
        ([np.ones((2, 3))], "layer 0 must be a FloatLayer, got a ndarray"),
        ([LAYER._replace(w=None)], "w of layer 0 must be an array of numbers"),
        ([LAYER._replace(alpha=None)], "alpha of layer 0 must be a number, got NoneType"),
    ],
)
def test_what_is_no_layer_is_refused(layers, message):
    with pytest.raises(TypeError, match=message):
        nir_from_layers(layers)


def test_a_file_without_a_graph_is_named(tmp_path):
    text, other = tmp_path / "text.nir", tmp_path / "other.nir"
    text.write_text("no graph", encoding="utf-8")
    with pytest.importorskip("h5py").File(other, "w") as file:
        file["v"] = np.ones(3)
    for name in (text, other):
        with pytest.raises(
            ValueError, match=f"graph must be in a file that nir has written, got .*{name.name}"
        ):
            layers_from_nir(name, DT)
    with pytest.raises(ValueError, match=r"got '.*none\.nir': there is none"):
        layers_from_nir(tmp_path / "none.nir", DT)


def test_what_is_no_graph_is_refused(monkeypatch):
    with pytest.raises(TypeError, match="graph must be a NIRGraph or the name of a file, got int"):
        layers_from_nir(3, DT)
    monkeypatch.setitem(sys.modules, "nir", None)
    with pytest.raises(ImportError, match=r"NIR graphs need the package nir: pip install"):
        layers_from_nir("graph.nir", DT)


def test_a_graph_does_not_say_its_step_so_the_reader_does():
    """Norse steps by 1 ms by default: read with 0.1 ms, a spike does a tenth of what it did there."""
    one = np.ones(1)
    nodes = {"input": nir.Input({"input": np.array([1])}), "w": nir.Linear(np.array([[4.0]]))}
    nodes |= {"n": nir.LIF(tau=0.01 * one, r=one, v_leak=0 * one, v_threshold=one)}
    nodes |= {"output": nir.Output({"output": np.array([1])})}
    graph = nir.NIRGraph(nodes, list(pairwise(nodes)))
    with pytest.raises(
        ValueError, match=r"dt must be given in s, since a graph does not say its step: 1e-4 for o"
    ):
        layers_from_nir(graph)
    x = np.zeros((100, 1), np.uint8)
    x[::3] = 1
    fired = [
        run_layers([quantise_layer(*layers_from_nir(graph, dt)[0])[0]], x)[0].spikes.n_spikes
        for dt in (1e-3, 1e-4)
    ]
    assert fired[0] > 5 and fired[1] == 0


def like_snntorch(**more):
    """What snnTorch 1.0 writes for a Leaky with β = 0.9."""
    tau = np.full(2, DT / 0.1)
    nodes = {"input": nir.Input({"input": np.array([3])}), "fc": nir.Affine(np.ones((2, 3)), np.zeros(2))}
    nodes |= {"lif": nir.LIF(tau=tau, r=tau / DT, v_leak=0 * tau, v_threshold=np.ones(2), **more)}
    nodes |= {"output": nir.Output({"output": np.array([2])})}
    return nir.NIRGraph(nodes, list(pairwise(nodes)))


def test_a_node_that_may_have_subtracted_its_threshold_is_warned_of_by_name():
    with pytest.warns(
        UserWarning, match="node lif looks like one of snnTorch, whose neurons subtract the thres"
    ):
        (warned,) = layers_from_nir(like_snntorch(), DT)
    (known,) = layers_from_nir(like_snntorch(), DT, reset="zero")
    assert np.array_equal(warned.w, known.w) and warned[1:4] == known[1:4]


def test_what_we_write_ourselves_is_no_reason_to_warn(tmp_path):
    """Warnings are errors here; a CubaLIF of ours has snnTorch's resistance, and its note survives a file."""
    nir.write(tmp_path / "graph.nir", nir_from_layers([LAYER]))
    (layer,) = layers_from_nir(tmp_path / "graph.nir", DT)
    assert layer.alpha == pytest.approx(0.5, rel=1e-12, abs=0)


def test_another_reset_is_refused():
    with pytest.raises(
        ValueError, match='reset must be "zero", the only one that a compartment has, or left ou'
    ):
        layers_from_nir(like_snntorch(), DT, reset="subtract")
