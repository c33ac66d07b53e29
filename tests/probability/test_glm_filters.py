import numpy as np
import pytest

from snnlab import Spikes
from snnlab.probability.bases import raised_cosines
from snnlab.probability.design_matrix import design_matrix, filter_of
from snnlab.probability.glm_filters import filters_of
from snnlab.probability.glm_fit import filter_errors, fit_glm


@pytest.fixture(scope="module")
def fitted():
    rng = np.random.default_rng(1)
    spikes = Spikes.from_raster(rng.random((3000, 3)) < 0.2, dt=2.0)
    heard = raised_cosines(3, 0, 20, dt=2.0)
    signals = rng.normal(size=(3000, 2))
    design = design_matrix(spikes, 2.0, signals, heard, np.eye(4), raised_cosines(2, 2, 10, dt=2.0), unit=1)
    return design, fit_glm(design.x, design.y)


def test_each_part_has_its_filter_with_its_errors(fitted):
    design, fit = fitted
    found = filters_of(design, fit)
    assert list(found) == ["stimulus", "self", "unit 0", "unit 2"]
    for name in ("self", "unit 0", "unit 2"):
        part, basis = design.parts[name], design.bases[name]
        assert (found[name].curve == filter_of(basis, fit.weights[part])).all()
        assert (found[name].error == filter_errors(basis, fit, part)).all()
        assert (found[name].lag == 2.0 * np.arange(1, len(basis) + 1)).all()


def test_each_signal_of_a_stimulus_has_a_column(fitted):
    design, fit = fitted
    basis, found = design.bases["stimulus"], filters_of(design, fit)["stimulus"]
    assert found.curve.shape == found.error.shape == (len(basis), 2) and found.lag[0] == 0.0
    assert (found.curve[:, 1] == filter_of(basis, fit.weights[3:6])).all()
    assert (found.error[:, 1] == filter_errors(basis, fit, slice(3, 6))).all()


def test_signals_with_another_basis_are_added_and_begin_at_lag_0(fitted):
    """As the reference of `design_matrix` says: the columns of a second one stand after the first's."""
    design, _ = fitted
    rng = np.random.default_rng(2)
    spikes = Spikes.from_counts(design.y.astype(int), 2.0)
    more = design_matrix(spikes, 2.0, rng.normal(size=3000), np.eye(2))
    n = design.x.shape[1]
    both = design._replace(
        x=np.hstack([design.x, more.x]),
        parts=design.parts | {"head": slice(n, n + 2)},
        bases=design.bases | {"head": more.bases["stimulus"]},
    )
    fit = fit_glm(both.x, both.y)
    found = filters_of(both, fit)
    assert list(found) == ["stimulus", "self", "unit 0", "unit 2", "head"]
    assert found["head"].lag.tolist() == [0.0, 2.0] and found["self"].lag[0] == 2.0
    assert (found["head"].curve == fit.weights[n:]).all()
    assert found["head"].error == pytest.approx(fit.standard_errors[1 + n :], rel=1e-12, abs=0)


def test_filters_are_what_the_potential_is_made_of(fitted):
    """A spike of unit 2 alone changes the potential by the filter, bin after bin."""
    design, fit = fitted
    kernel = filters_of(design, fit)["unit 2"].curve
    lone = design_matrix(
        Spikes([0.5], units=[2], n_units=3, duration=60.0), 2.0, np.zeros((30, 2)), *[
            design.bases[name] for name in ("stimulus", "self", "unit 0")
        ], unit=1
    )  # fmt: skip
    heard = lone.x @ fit.weights
    reach = min(kernel.size, 29)
    assert heard[1 : 1 + reach] == pytest.approx(kernel[:reach], rel=1e-12, abs=1e-14)


def test_a_fit_of_other_columns_is_refused(fitted):
    design, _ = fitted
    with pytest.raises(ValueError, match="fit must have a weight for each of 14 columns of design, got 1"):
        filters_of(design, fit_glm([[0.0], [0.0], [1.0], [1.0]], [0, 1, 1, 0]))


def test_a_column_of_time_is_a_part_without_a_filter(fitted):
    design, _ = fitted
    n = design.x.shape[1]
    time = np.linspace(0.0, 1.0, len(design.x))[:, None]
    more = design._replace(x=np.hstack([design.x, time]), parts=design.parts | {"time": slice(n, n + 1)})
    fit = fit_glm(more.x, more.y, ridge=1e-3)
    assert set(filters_of(more, fit)) == set(design.parts)
    with pytest.raises(ValueError, match="parts must be columns of x"):
        filters_of(more._replace(parts=design.parts | {"time": slice(n, n + 2)}), fit)
