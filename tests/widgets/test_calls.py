"""A kernel that takes and returns named tuples is called by its panel as by anybody else."""

import base64
from typing import Annotated, NamedTuple

import numpy as np
import pytest
from snnlab_widgets import Control, ReadOut
from snnlab_widgets.core.calls import KernelCall
from snnlab_widgets.core.controls import started
from snnlab_widgets.wasm import export
from widgets.wasm_runner import ExportedKernel

from snnlab.compiling import kernel
from snnlab.random import uniform
from snnlab.records import blank, read


class Cell(NamedTuple):
    gain: float = 3.0
    offset: float = 1.0


class Seen(NamedTuple):
    line: np.ndarray
    which: Annotated[np.ndarray, "n"]
    n: int
    largest: float


def room():
    return blank(Seen, line=40, which=np.zeros(40, np.int32))


@kernel
def above(seen, cell, top, seed):
    """A line with noise, the places where it is above `top`, and how many there are."""
    for t in range(seen.line.size):
        seen.line[t] = cell.offset + cell.gain * uniform(seed, 0, t)
        seen.largest[0] = max(seen.largest[0], seen.line[t])
        if seen.line[t] > top:
            seen.which[int(seen.n[0])] = t
            seen.n[0] += 1


CONTROLS = [
    Control("offset", "o", "Offset", 0.0, 9.0, 1.0, 0.5),
    Control("top", "t", "Top", 0.0, 9.0, 2.0, 0.5),
]
READS = [ReadOut("largest", 2), ReadOut("n")]
GREY = np.array([0.5, 1 / 3])


def declared(**changes):
    parts = {
        "kernel": above,
        "controls": CONTROLS,
        "readouts": READS,
        "arrays": {"seen": room(), "grey": GREY},
        "constants": {"cell": Cell()},
        "seeded": True,
    }
    return KernelCall(**(parts | changes))


def test_the_panel_calls_it_as_a_reader_does():
    """The control `offset` takes the place of the field, `gain` keeps its default."""
    result = declared().run({"offset": 2.0, "top": 4.0, "seed": 7})
    filled = room()
    above(filled, Cell(offset=2.0), 4.0, np.uint64(7))
    seen = read(filled)
    assert result.keys() == {*Seen._fields, "grey"}
    for name, expected in seen._asdict().items():
        np.testing.assert_array_equal(result[name], expected)
    assert 0 < seen.n == seen.which.size < 40 and seen.line.max() == seen.largest


def test_what_is_no_argument_is_drawn_as_it_is():
    call = declared()
    result = call.run({"offset": 2.0, "top": 4.0, "seed": 7})
    np.testing.assert_array_equal(result["grey"], GREY)
    result["grey"][:] = 0.0
    np.testing.assert_array_equal(call.run({"offset": 2.0, "top": 4.0, "seed": 7})["grey"], GREY)
    entries = {entry["name"]: entry for entry in call.spec()}
    assert [name for name, entry in entries.items() if entry.get("apart")] == ["grey"]
    np.testing.assert_array_equal(np.frombuffer(base64.b64decode(entries["grey"]["given"])), GREY)
    assert [name for name, entry in entries.items() if entry.get("number")] == ["n", "largest"]
    assert entries["which"]["upto"] == "n"


def test_a_number_that_is_not_read_out_is_told_nowhere():
    call = declared(readouts=[ReadOut("n")])
    assert call.run({"offset": 2.0, "top": 4.0, "seed": 7}).keys() == {"line", "which", "n", "grey"}
    assert [entry["name"] for entry in call.spec() if entry.get("number")] == ["n"]


def test_the_page_gets_the_fields_in_order():
    assert [entry["name"] for entry in declared().spec()] == [
        "line", "which", "n", "largest", "gain", "offset", "top", "seed", "grey",
    ]  # fmt: skip


def test_webassembly_equals_native():
    call = declared()
    exported = ExportedKernel(export(call.kernel, call.signature), call.signature)
    for seed in range(5):
        for offset in (0.0, 4.5):
            reads = exported.agrees(call, {"offset": offset, "top": 3.0, "seed": seed})
            assert np.frombuffer(reads)[1] > offset


class Other(NamedTuple):
    gain: float = 3.0


@kernel
def twice(seen, cell, other, top, seed):
    seen.largest[0] = top + cell.gain + other.gain


def test_two_named_tuples_may_share_a_number_and_no_more():
    call = declared(kernel=twice, constants={"cell": Cell(), "other": Other()})
    assert call.run({"offset": 2.0, "top": 4.0, "seed": 7})["largest"] == 10.0
    with pytest.raises(ValueError, match="gain is declared twice"):
        declared(kernel=twice, constants={"cell": Cell(), "other": Other(4.0)})


def test_true_and_false_reach_a_page_as_whole_numbers():
    class Switches(NamedTuple):
        on: bool = True
        off: bool = False

    def both(switches, out):
        out[0] = switches.on + 2.0 * switches.off

    readouts = [ReadOut("sum")]
    call = KernelCall(both, [], readouts, {}, {"switches": Switches()}, False)
    assert call.spec()[:2] == [
        {"name": "on", "constant": "1", "whole": True},
        {"name": "off", "constant": "0", "whole": True},
    ]


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
        ({"readouts": [ReadOut("smallest")]}, "above tells no smallest, but the panel reads it out"),
        ({"readouts": [ReadOut("largest")]}, "which ends at n, which the panel does not read out"),
        ({"arrays": {"grey": GREY}}, "above: parameter seen is no control, array or constant"),
        ({"constants": {"cell": Cell(), "gain": 1.0}}, "gain is declared twice"),
        ({"arrays": {"seen": room(), "line": GREY}}, "line is declared twice"),
        ({"constants": {"cell": Cell(), "dt": 0.1}}, "above has no parameter dt, but the panel declares it"),
    ],
)
def test_what_does_not_belong_together(changes, sentence):
    with pytest.raises(ValueError) as failure:
        declared(**changes)
    assert sentence in str(failure.value)


class Wheel(NamedTuple):
    turns: np.ndarray
    step: int
    seed: np.uint64


class Car(NamedTuple):
    wheel: Wheel
    way: np.ndarray
    brakes: bool


class Trip(NamedTuple):
    path: np.ndarray
    far: float


@kernel
def drive(trip, car, gain):
    """A state in a state, which the run changes."""
    for k in range(trip.path.size):
        car.wheel.turns[0] += car.wheel.step
        car.way[0] += gain * uniform(car.wheel.seed, 0, k) * (0.5 if car.brakes else 1.0)
        trip.path[k] = car.way[0] + car.wheel.turns[0]
    trip.far[0] = trip.path[trip.path.size - 1]


def test_a_named_tuple_in_a_named_tuple_begins_anew_with_each_run():
    """Its arrays are no results, its seed is the panel's, and the page is told the names around a field."""
    car = Car(Wheel(np.array([3, 4]), 2, np.uint64(0)), np.array([0.5]), True)
    trip = blank(Trip, path=5)
    controls = [Control("gain", "g", "Gain", 0.0, 9.0, 2.0, 1.0)]
    call = KernelCall(drive, controls, [ReadOut("far", 2)], {"trip": trip, "car": started(car)}, {}, True)
    assert call.order == ["path", "far", "wheel.turns", "wheel.step", "seed", "way", "brakes", "gain"]
    first, again = (call.run({"gain": 2.0, "seed": 7}) for _ in range(2))
    assert first.keys() == {"path", "far"} and car.way[0] == 0.5 and car.wheel.turns[0] == 3
    np.testing.assert_array_equal(first["path"], again["path"])
    drive(trip, car._replace(wheel=car.wheel._replace(seed=np.uint64(7))), 2.0)
    np.testing.assert_array_equal(first["path"], trip.path)
    sent = {entry["name"]: entry for entry in call.spec()}
    assert sent["wheel.turns"]["work"] and sent["wheel.turns"]["array"] == "i4"
    assert (sent["wheel.step"]["constant"], sent["brakes"]["constant"]) == ("2", "1")
    assert sent["seed"] == {"name": "seed", "whole": True}
    module = export(call.kernel, call.signature)
    ExportedKernel(module, call.signature).agrees(call, {"gain": 3.0, "seed": 2**64 - 1})
