"""A kernel that takes and returns named tuples is called by its panel as by anybody else."""

import base64
from typing import NamedTuple

import numpy as np
import pytest
from snnlab_widgets import Array, Control, ReadOut
from snnlab_widgets.core.calls import KernelCall
from snnlab_widgets.wasm import ExportError, export
from widgets.wasm_runner import ExportedKernel

from snnlab.compiling import kernel
from snnlab.random import uniform


class Cell(NamedTuple):
    gain: float = 3.0
    offset: float = 1.0


class Seen(NamedTuple):
    line: np.ndarray
    which: np.ndarray


class Numbers(NamedTuple):
    n: float
    largest: float


def room(size):
    return Seen(np.zeros(size), np.zeros(size, np.int32))


@kernel
def above(seen: Seen, cell: Cell, top, seed) -> Numbers:
    """A line with noise, the places where it is above `top`, and how many there are."""
    n, largest = 0, 0.0
    for t in range(seen.line.size):
        seen.line[t] = cell.offset + cell.gain * uniform(seed, 0, t)
        largest = max(largest, seen.line[t])
        if seen.line[t] > top:
            seen.which[n] = t
            n += 1
    return Numbers(float(n), largest)


@kernel
def whole(seen: Seen, cell: Cell, top, seed) -> Numbers:
    return Numbers(seen.line.size, cell.gain + cell.offset + top + seed)


CONTROLS = [
    Control("offset", "o", "Offset", 0.0, 9.0, 1.0, 0.5),
    Control("top", "t", "Top", 0.0, 9.0, 2.0, 0.5),
]
READS = [ReadOut("largest", 2), ReadOut("n")]
GREY = np.array([0.5, 0.25])


def declared(**changes):
    parts = {
        "kernel": above,
        "controls": CONTROLS,
        "readouts": READS,
        "arrays": {"seen": room(40)._replace(which=Array((40,), "int32", upto="n")), "grey": GREY},
        "constants": {"cell": Cell()},
        "seeded": True,
    }
    return KernelCall(**(parts | changes))


def test_the_panel_calls_it_as_a_reader_does():
    """The control `offset` takes the place of the field, `gain` keeps its default."""
    result = declared().run({"offset": 2.0, "top": 4.0, "seed": 7})
    seen = room(40)
    numbers = above(seen, Cell(offset=2.0), 4.0, np.uint64(7))
    np.testing.assert_array_equal(result["line"], seen.line)
    np.testing.assert_array_equal(result["which"], seen.which[: int(numbers.n)])
    assert (result["n"], result["largest"]) == numbers and 0 < numbers.n < 40


def test_what_is_no_argument_is_drawn_as_it_is():
    call = declared()
    result = call.run({"offset": 2.0, "top": 4.0, "seed": 7})
    np.testing.assert_array_equal(result["grey"], GREY)
    result["grey"][:] = 0.0
    np.testing.assert_array_equal(call.run({"offset": 2.0, "top": 4.0, "seed": 7})["grey"], [0.5, 0.25])
    entries = {entry["name"]: entry for entry in call.spec()}
    assert [name for name, entry in entries.items() if entry.get("apart")] == ["grey", "out"]
    np.testing.assert_array_equal(np.frombuffer(base64.b64decode(entries["grey"]["given"])), GREY)
    assert entries["out"]["numbers"] == ["n", "largest"] and entries["out"]["shape"] == [2]


def test_the_page_gets_the_fields_in_order():
    assert [entry["name"] for entry in declared().spec()] == [
        "line", "which", "gain", "offset", "top", "seed", "grey", "out",
    ]  # fmt: skip


def test_webassembly_equals_native():
    call = declared()
    exported = ExportedKernel(export(call.kernel, call.signature), call.signature)
    for seed in range(5):
        for offset in (0.0, 4.5):
            reads = exported.agrees(call, {"offset": offset, "top": 3.0, "seed": seed})
            assert np.frombuffer(reads)[1] > offset


def test_a_page_reads_floats():
    call = declared(kernel=whole)
    with pytest.raises(ExportError, match="return a number or a named tuple of float64, the rest in arrays"):
        export(call.kernel, call.signature)


def test_constants_can_be_replaced_by_the_names_of_their_fields():
    call = declared()
    call.constants["gain"] = 0.0
    assert call.run({"offset": 2.0, "top": 4.0, "seed": 7})["largest"] == 2.0


def test_what_was_declared_declares_it_again():
    call = declared()
    again = declared(**call.declared)
    assert again.spec() == call.spec()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"readouts": [ReadOut("smallest")]}, "above returns no smallest, but the panel reads it out"),
        ({"arrays": {"grey": GREY}}, "above: parameter seen is no control, array or constant"),
        ({"constants": {"cell": Cell(), "gain": 1.0}}, "gain is declared twice"),
        ({"constants": {"cell": Cell(), "dt": 0.1}}, "above has no parameter dt, but the panel declares it"),
    ],
)
def test_what_does_not_belong_together(changes, sentence):
    with pytest.raises(ValueError) as failure:
        declared(**changes)
    assert sentence in str(failure.value)
