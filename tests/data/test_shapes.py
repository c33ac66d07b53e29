"""The shape of spikes, against triangles whose numbers are known, and on a cell."""

import numpy as np
import pytest

from snnlab.data import detect_spikes, load_patch_adapting, load_patch_fast_spiking, measure_shapes
from snnlab.neurons import simulate_hodgkin_huxley


def triangle(top, rise, fall, dt, foot=-65.0, duration=20.0, at=10.0):
    """A straight way up for `rise` ms, down for `fall` ms, on a flat foot."""
    t = np.arange(round(duration / dt)) * dt
    up = foot + (top - foot) * (t - at) / rise
    down = top - (top - foot) * (t - at - rise) / fall
    return np.maximum(foot, np.minimum(up, down))


@pytest.mark.parametrize(("top", "rise", "fall"), [(35.0, 0.5, 1.0), (15.0, 1.0, 0.4), (0.0, 0.4, 2.0)])
@pytest.mark.parametrize("dt", [0.1, 0.05])
def test_a_triangle_has_its_own_height_and_width(top, rise, fall, dt):
    """At half height a triangle is half as wide as at its foot, between samples too."""
    shapes = measure_shapes(triangle(top, rise, fall, dt), dt)
    assert shapes.onset == pytest.approx([-65.0]) and shapes.height == pytest.approx([top + 65.0])
    assert shapes.width == pytest.approx([(rise + fall) / 2])


def test_a_slow_climb_before_the_spike_is_not_part_of_it():
    dt = 0.1
    climb = np.linspace(-65.0, -45.0, 100)  # 2 mV/ms
    v = np.concatenate([climb, triangle(35.0, 0.5, 1.0, dt, -45.0, 10.0, 1.0)])
    shapes = measure_shapes(v, dt)
    assert shapes.onset == pytest.approx([-45.0]) and shapes.height == pytest.approx([80.0])


def test_the_pieces_are_aligned_at_the_crossing():
    v = np.concatenate([triangle(35.0, 0.5, 1.0, 0.1), triangle(10.0, 0.5, 2.0, 0.1)])
    shapes = measure_shapes(v, 0.1, before=1.0, after=3.0)
    assert shapes.t[0] == -1.0 and shapes.t[-1] == pytest.approx(3.0) and shapes.v.shape == (41, 2)
    assert np.all(shapes.v[9] < -10.0) and np.all(shapes.v[10] >= -10.0)
    assert shapes.v.max(axis=0) == pytest.approx([35.0, 10.0])


def test_spikes_at_the_ends_are_left_out_and_none_gives_empty_arrays():
    spike = triangle(35.0, 0.5, 1.0, 0.1, duration=13.0)
    assert measure_shapes(spike, 0.1).v.shape == (61, 0)  # less than 4 ms are left after it
    none = measure_shapes(np.full(200, -65.0), 0.1)
    assert none.v.shape == (61, 0) and none.height.shape == none.width.shape == none.onset.shape == (0,)


def test_the_spikes_of_a_cell_are_those_that_are_detected_and_not_all_alike():
    """The fast-spiking cell at 200 pA: the height falls by more than a quarter, the times are unaffected."""
    cell = load_patch_fast_spiking()
    shapes = measure_shapes(cell.v[1400:6600, 12], cell.dt)
    assert shapes.height.size == detect_spikes(cell)[12:13].between(*cell.step).n_spikes == 54
    assert shapes.height[0] > 1.3 * shapes.height[-1] and shapes.width[0] < shapes.width[-1]


def test_a_slow_cell_has_the_spike_of_the_textbook_and_so_has_the_model():
    """About 100 mV and 1 to 2 ms; the model takes off from a higher potential than the cell."""
    cell = load_patch_adapting()
    shapes = measure_shapes(cell.v[:6600, 8], cell.dt)
    assert np.all((shapes.height > 90) & (shapes.height < 110) & (shapes.width > 1) & (shapes.width < 2))
    i = np.zeros(1500)
    i[500:550] = 15.0
    model = measure_shapes(simulate_hodgkin_huxley(i, dt=0.02).v, 0.02)
    assert model.height.size == 1 and 80 < model.height[0] < 110 and 1 < model.width[0] < 2


def test_a_recording_is_measured_sweep_after_sweep():
    cell = load_patch_adapting()
    shapes = measure_shapes(cell)
    one = measure_shapes(cell.v[:, 12], cell.dt)
    assert np.array_equal(shapes.v[:, shapes.sweep == 12], one.v)
    assert np.array_equal(shapes.height[shapes.sweep == 12], one.height) and one.height.size > 5
    assert np.all(np.diff(shapes.sweep) >= 0) and np.all(one.sweep == 0)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: measure_shapes(load_patch_adapting(), 0.1),
            "dt must be left out beside a recording, which has",
        ),
        (lambda: measure_shapes([0.0]), "dt must be given in ms beside an array"),
        (lambda: measure_shapes([0.0, np.nan], 0.1), r"v must be finite, got nan at \[1\]"),
        (lambda: measure_shapes(np.zeros((3, 2)), 0.1), r"v must have shape \(steps,\), got \(3, 2\)"),
        (lambda: measure_shapes([0.0], 0), "dt must be positive and finite, got 0"),
        (lambda: measure_shapes([0.0], 0.1, level=np.inf), "level must be finite, got inf"),
        (lambda: measure_shapes([0.0], 0.1, before=-1), "before must be positive and finite, got -1"),
        (lambda: measure_shapes([0.0], 0.1, after=0), "after must be positive and finite, got 0"),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
