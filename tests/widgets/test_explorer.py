"""The explorer counts what is in view, shows few spikes one by one, and says what it shows."""

import numpy as np
import pytest
from snnlab_widgets import explore
from snnlab_widgets.explorer.cells import COLUMNS, SINGLE, round_up, scene
from snnlab_widgets.explorer.still import FIRST, levels
from snnlab_widgets.views.scale import LEVELS
from snnlab_widgets.views.still import LIGHT

from snnlab import Spikes


@pytest.fixture(scope="module")
def million():
    """More spikes early and in low neurons."""
    rng = np.random.default_rng(3)
    times, units = 10_000 * rng.random(10**6) ** 1.3, 1000 * rng.random(10**6) ** 1.5
    return Spikes(times, units.astype(int), n_units=1000, duration=10_000)


@pytest.mark.parametrize(
    "view", [(0, 10_000, 0, 999), (2345.6, 7654.3, 120, 987), (5000, 5200, 0, 999), (0, 900, 17, 17)]
)
def test_cells_equal_a_histogram(million, view):
    start, stop, first, last = view
    seen = scene(million, *view)
    columns = seen.start + seen.width * np.arange(seen.counts.shape[1] + 1)
    expected, *_ = np.histogram2d(million.units, million.times, [seen.edges - 0.5, columns])
    np.testing.assert_array_equal(seen.counts, expected)
    assert seen.start <= start < columns[1] + 4 * seen.width and columns[-1] >= stop
    assert seen.edges[0] <= first < seen.edges[1] and seen.edges[-2] <= last < seen.edges[-1]
    assert seen.counts.shape[1] <= COLUMNS and seen.counts.shape[0] <= 200
    inside = (million.times >= start) & (million.times <= stop)
    inside &= (million.units >= first) & (million.units <= last)
    assert seen.n_spikes == np.count_nonzero(inside)
    np.testing.assert_array_equal(seen.times, million.times[inside] if seen.single else [])
    np.testing.assert_array_equal(seen.units, million.units[inside] if seen.single else [])


def test_a_grid_of_time_steps_leaves_no_stripes():
    """Every neuron fires at each step of 0.1 ms: all cells hold the same number, as `counts` says."""
    steps = np.arange(5000)
    spikes = Spikes(np.tile(0.1 * steps, 3), np.repeat([0, 1, 2], 5000), duration=500)
    for start, stop in ((0, 500), (0.3, 111.7), (33.3, 300)):
        seen = scene(spikes, start, stop, 0, 2)
        assert set(seen.counts.ravel()) == {round(seen.width / 0.1)}
    whole = scene(spikes, 0, 500, 0, 2)
    np.testing.assert_array_equal(whole.counts.T, spikes.counts(whole.width))


def test_the_end_belongs_to_the_last_cell():
    spikes = Spikes([0.0, 100.0, 100.0], [0, 0, 1], duration=100)
    assert scene(spikes, 0, 100, 0, 1).counts[:, [0, -1]].tolist() == [[1, 1], [0, 1]]


def test_rates_are_those_of_the_picture(million):
    seen = scene(million, 2000, 7000, 300, 599)
    part = million.between(2000, 7000)[300:600]
    np.testing.assert_allclose(seen.population.mean(), part.rates.mean())
    np.testing.assert_allclose(seen.rates, part.rates.reshape(-1, seen.neurons).mean(axis=1))
    np.testing.assert_allclose(seen.population, million[300:600].counts(50).mean(axis=1)[40:140] * 20)


def test_the_last_bin_and_the_last_row_are_as_long_as_they_are():
    """A duration and a number of neurons that no round cell divides: a constant rate stays constant."""
    spikes = Spikes.from_counts(np.ones((1013, 401), int), 1.0)
    seen = scene(spikes, 0, spikes.duration, 0, 400)
    assert seen.neurons == 5 and seen.bins[-1] > spikes.duration
    np.testing.assert_allclose(seen.rates, 1000)
    np.testing.assert_allclose(seen.population, 1000)


def test_round_numbers():
    assert [round_up(x) for x in (1e-9, 0.11, 0.2, 0.3, 5.01, 99.0)] == [1e-9, 0.2, 0.2, 0.5, 10.0, 100.0]


@pytest.mark.parametrize(
    ("spikes", "said"),
    [
        (
            Spikes([], n_units=3, duration=50),
            "neurons 0 to 2: 0 spikes, 0.0 Hz a neuron; each spike is drawn",
        ),
        (Spikes([1.0], duration=50), "neuron 0: 1 spike, 20.0 Hz; each spike is drawn"),
    ],
    ids=["empty", "one"],
)
def test_little_is_no_trouble(spikes, said):
    explorer = explore(spikes, "Little")
    assert str(explorer) == f"0.0 to 50.0 ms, {said}"
    assert explorer._repr_mimebundle_()["text/plain"] == str(explorer)
    explorer._begin(LIGHT)
    assert len(explorer._figures.sources["ticks"].data["time"]) == spikes.n_spikes
    for by in ("time closer", "neurons closer", "neurons on", "time back"):
        explorer._hear(None, {"type": "move", "by": by}, [])


def test_what_is_sent_is_what_is_seen(million):
    explorer = explore(million, "A million")
    explorer._begin(LIGHT)
    sources = explorer._figures.sources
    cells, seen = sources["cells"].data, explorer.seen
    assert (cells["x"], cells["y"], cells["dw"], cells["dh"]) == ([0.0], [-0.5], [10_000.0], [1000])
    np.testing.assert_array_equal(cells["image"][0], seen.counts)
    assert cells["image"][0].nbytes < 300_000 and not len(sources["ticks"].data["time"])
    explorer.show(9000, 9010, 500, 510)
    few = explorer.seen
    assert 0 < few.n_spikes <= SINGLE and cells is not sources["cells"].data
    assert len(sources["cells"].data["image"]) == 0
    np.testing.assert_array_equal(sources["ticks"].data["time"], few.times)
    np.testing.assert_array_equal(sources["ticks"].data["neuron"], few.units)
    explorer._begin(LIGHT)  # another page begins where the first one is
    assert (explorer._figures.x.start, explorer._figures.y.end) == (9000, 510.5)


def test_buttons_stay_within_what_there_is():
    explorer = explore(Spikes(np.arange(100.0), np.arange(100), duration=100))

    def press(*moves):
        for by in moves:
            explorer._hear(None, {"type": "move", "by": by}, [])
        return explorer.view

    assert press("time closer", "neurons closer") == (25, 75, 25, 74)
    assert press("time on", "time on", "time on", "neurons back") == (50, 100, 12, 62)
    assert press("time further", "neurons further", "neurons further") == (0, 100, 0, 99)
    assert press(*["time closer"] * 40, *["neurons closer"] * 10)[3] - explorer.view[2] <= 1
    assert press("all") == (0, 100, 0, 99)


def test_the_page_gets_an_answer_when_python_fails():
    explorer, sent = explore(Spikes([1.0], duration=50)), []
    explorer.send = sent.append
    explorer._hear(None, {"type": "begin", "colours": LIGHT | {"ink": "no colour"}}, [])
    assert sent[0]["type"] == "child" and "ValueError" in sent[0]["error"]


def test_without_python_it_stands_still_and_says_so(million, monkeypatch):
    monkeypatch.setenv("SNNLAB_STATIC", "1")
    forms = explore(million, "A <million>")._repr_mimebundle_()
    assert set(forms) == {"text/plain", "text/html", "image/png"}
    html, said = forms["text/html"], forms["text/plain"]
    assert len(html) < 300_000 and "<script" not in html
    assert "1,000,000 spikes" in said and f"<figcaption>{said}.</figcaption>" in html
    assert "Here the picture stands still." in html and 'aria-label="A &lt;million&gt;. Raster' in html
    few = explore(million)
    few.show(0, 7)
    assert few.seen.single and len(few._repr_mimebundle_()["text/html"]) < 300_000


def test_more_spikes_have_lighter_colours():
    shown = levels(np.array([[0, 1, 2, 3, 40, 77]]))[0]
    assert shown[0] == 0 and shown[1] >= FIRST and shown[-1] == LEVELS - 1 and (np.diff(shown) >= 0).all()
    assert (
        levels(np.array([[0, 1], [0, 0]]))[1, 1] < LEVELS - 1
    )  # the first row is below, and one is not many


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"start": np.nan}, "start must be finite, got nan"),
        ({"start": 60, "stop": 40}, "start and stop must satisfy 0 <= start < stop <= 100 ms, got 60 and 40"),
        ({"stop": 101}, "start and stop must satisfy 0 <= start < stop <= 100 ms, got 0 and 101"),
        ({"first": 1, "last": 0}, "first and last must satisfy first <= last <= 1, got 1 and 0"),
        ({"last": 2}, "first and last must satisfy first <= last <= 1, got 0 and 2"),
    ],
)
def test_a_view_that_is_none_is_refused(arguments, said):
    explorer = explore(Spikes([1.0, 2.0], [0, 1], duration=100))
    with pytest.raises(ValueError, match="must") as refused:
        explorer.show(**arguments)
    assert str(refused.value) == said and explorer.view == (0, 100, 0, 1)


def test_what_are_no_spikes_is_refused():
    with pytest.raises(TypeError, match="spikes must be a Spikes, got a list"):
        explore([1.0, np.nan])
    with pytest.raises(ValueError, match="times must be finite, got nan"):
        explore(Spikes([np.nan], duration=1))
    for nothing in (Spikes([], duration=0), Spikes([], n_units=0, duration=5)):
        with pytest.raises(ValueError, match="spikes must have a unit and a duration above 0 ms"):
            explore(nothing)
