"""Fits of GLM neurons: against statsmodels, nemos, closed forms, and a teacher."""

from pathlib import Path

import numpy as np
import pytest

from snnlab.probability.derivatives import derivatives
from snnlab.probability.design_matrix import design_matrix
from snnlab.probability.glm_fit import confidence_intervals, filter_errors, fit_glm, glm_potential
from snnlab.probability.links import expected_counts, link_code
from snnlab.probability.scores import deviance
from snnlab.spikes import Spikes

LINKS = ("logistic", "complementary_log_log", "exponential")
FILES = sorted((Path(__file__).parents[1] / "reference").glob("*_glm_*.npz"))
FOUND = {"intercept", "coefficients", "log_likelihood", "deviance"}
GIVEN = {"tool", "meta", "x", "y", "family", "link", "ridge"}
SOME = {"standard_errors", "counts", "kernel"}  # the first of statsmodels, the others of a coupled neuron


def recorded(file):
    with np.load(file) as npz:
        data = {key: npz[key] for key in npz.files}
    assert FOUND | GIVEN <= set(data) <= FOUND | GIVEN | SOME, "a format that this test does not know"
    return data


def test_two_tools_recorded_what_they_found():
    assert {file.stem.split("_")[0] for file in FILES} == {"statsmodels", "nemos"}
    assert {float(recorded(file)["ridge"]) > 0 for file in FILES} == {True, False}


@pytest.mark.reference
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_recording(file):
    data = recorded(file)
    link = {"log": "exponential", "logit": "logistic"}[str(data["link"])]
    fit = fit_glm(data["x"], data["y"], link, ridge=float(data["ridge"]))
    assert fit.intercept == pytest.approx(float(data["intercept"]), rel=1e-6, abs=0)
    assert fit.weights == pytest.approx(data["coefficients"], rel=1e-6, abs=1e-9)
    assert fit.log_likelihood == pytest.approx(float(data["log_likelihood"]), rel=1e-9, abs=0)
    found = deviance(glm_potential(data["x"], fit), data["y"], link)
    assert found == pytest.approx(float(data["deviance"]), rel=1e-9, abs=0)
    if "standard_errors" in data:
        assert fit.standard_errors == pytest.approx(data["standard_errors"], rel=1e-6, abs=0)


@pytest.mark.reference
def test_a_coupled_neuron_hears_what_it_hears_in_nemos():
    """nemos' columns of the counts, from its own bumps, are ours; the others come after the neuron's own."""
    (data,) = (found for found in map(recorded, FILES) if "counts" in found)
    counts, kernel = data["counts"], data["kernel"]
    bins, units = np.nonzero(counts)
    spikes = Spikes(bins + 0.5, units, n_units=counts.shape[1], duration=len(counts))
    design = design_matrix(spikes, 1.0, self_basis=kernel, coupling_basis=kernel)
    assert list(design.parts) == ["self", "unit 1", "unit 2"]
    window = len(kernel)
    assert (design.y[window:] == data["y"]).all()
    assert design.x[window:] == pytest.approx(data["x"][:, 1:], rel=0, abs=1e-12)  # all but the stimulus


def drawn(w, bins, link, seed):
    """What a teacher with the intercept w[0] and the weights w[1:] fires."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(bins, w.size - 1))
    expected = expected_counts(w[0] + x @ w[1:], link)
    return x, (rng.poisson(expected) if link == "exponential" else rng.random(bins) < expected).astype(float)


@pytest.mark.parametrize("link", LINKS)
def test_two_kinds_of_bins_get_the_rates_they_had(link):
    x = np.repeat([0.0, 1.0], [40, 25])[:, None]
    y = np.r_[np.repeat([1.0, 0.0], [6, 34]), np.repeat([1.0, 0.0], [10, 15])]
    fit = fit_glm(x, y, link)
    assert expected_counts(glm_potential([[0.0], [1.0]], fit), link) == pytest.approx(
        [0.15, 0.4], rel=1e-9, abs=0
    )
    if link == "exponential":  # of a Poisson count: the variance of ln(n) is 1/n
        assert fit.standard_errors[0] == pytest.approx(np.sqrt(1 / 6), rel=1e-6, abs=0)
    if link == "logistic":  # of a table of four numbers, Woolf's formula
        woolf = np.sqrt(1 / 6 + 1 / 34 + 1 / 10 + 1 / 15)
        assert fit.standard_errors[1] == pytest.approx(woolf, rel=1e-6, abs=0)


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("ridge", [0.0, 0.01, 1.0])
def test_at_the_maximum_the_gradient_is_the_ridges(link, ridge):
    x, y = drawn(np.array([-2.0, 0.8, -0.4, 0.0]), 3000, link, 1)
    fit = fit_glm(x, y, link, ridge)
    w = np.r_[fit.intercept, fit.weights]
    slope = derivatives(np.column_stack([np.ones(3000), x]), y, link_code(link), w).gradient / 3000
    assert slope == pytest.approx(np.r_[0.0, ridge * fit.weights], rel=0, abs=1e-10)


def test_a_fit_needs_few_steps_from_far_and_with_columns_of_any_size():
    x, y = drawn(np.array([-6.0, 2.0, -1.5]), 20_000, "exponential", 2)
    fit = fit_glm(x, y, "exponential")
    scaled = fit_glm(x * [1e6, 1e-6], y, "exponential")
    assert scaled.weights * [1e6, 1e-6] == pytest.approx(fit.weights, rel=1e-7, abs=0)
    assert fit.steps <= 12


@pytest.mark.parametrize("link", LINKS)
def test_a_refractory_time_separates_and_a_ridge_ends_it(link):
    rng = np.random.default_rng(3)
    y = (rng.random(2000) < 0.1).astype(float)
    y[1:][y[:-1] > 0] = 0.0
    y[1:][y[:-1] > 0] = 0.0
    x = np.column_stack([rng.normal(size=2000), np.r_[0.0, y[:-1]]])
    bins = int(y[:-1].sum())
    with pytest.raises(
        ValueError,
        match=f"got {bins} bins that column 1 sets apart: .* Columns count from 0; Design.parts says whose",
    ):
        fit_glm(x, y, link)
    loose, tight = (fit_glm(x, y, link, ridge) for ridge in (1e-6, 1e-3))
    assert loose.weights[1] < tight.weights[1] < -1
    y[np.flatnonzero(x[:, 1])[0]] = 1.0  # one spike in those bins, and there is a maximum
    assert -5 < fit_glm(x, y, link).weights[1] < -1


def test_a_plane_between_spikes_and_silence_separates_too():
    x = np.random.default_rng(4).normal(size=(500, 3))
    with pytest.raises(ValueError, match="separate spikes from silence"):
        fit_glm(x, x @ [1.0, 2.0, 0.5] > 0.7)


@pytest.mark.parametrize("link", ["logistic", "complementary_log_log"])
@pytest.mark.parametrize("kinds", [1, 2])
def test_bins_that_always_fire_separate_too(link, kinds):
    """With the complementary log-log link Newton's steps get short there, although there is no maximum."""
    bins = np.repeat(np.arange(kinds + 1), [40, *[10] * kinds])
    x, y = (bins[:, None] == np.arange(1, kinds + 1)).astype(float), (bins > 0).astype(float)
    y[:6] = 1.0
    with pytest.raises(ValueError, match=f"separate spikes from silence, got {10 * kinds} bins"):
        fit_glm(x, y, link)
    y[40::10] = 0.0  # one of each ten is silent, and there is a maximum
    assert fit_glm(x, y, link).standard_errors.max() < 2


def test_kinds_of_bins_are_found_in_mixed_columns_too():
    """Two hundred recordings: bins of one kind always fire, of two others perhaps always or never."""
    for seed in range(200):
        rng = np.random.default_rng(seed)
        kinds = np.repeat(np.arange(4), [100, *rng.integers(3, 30, 3)])
        p = np.r_[0.3, 1.0, rng.choice([0.0, 0.3, 1.0], 2)]
        x = np.column_stack([kinds[:, None] == np.arange(1, 4), rng.normal(size=(kinds.size, 2))])
        y = rng.random(kinds.size) < p[kinds]
        with pytest.raises(ValueError, match="separate spikes from silence"):
            fit_glm(x @ rng.normal(size=(5, 5)) + rng.normal(size=5), y, "complementary_log_log")


def test_a_value_far_outside_is_named_as_a_cause():
    rng = np.random.default_rng(5)
    x, y = rng.normal(size=(500, 1)), rng.random(500) < 0.3
    fit_glm(x, y)
    x[np.argmin(y)] = 1e8  # a silent bin
    with pytest.raises(ValueError, match=r"got 1 bins .* look for a value of x far outside"):
        fit_glm(x, y)


@pytest.mark.parametrize("link", LINKS)
def test_a_teacher_is_known_better_with_the_root_of_the_time(link):
    """The error falls as T^-1/2: ten recordings of each length, slope within three of its standard errors."""
    w = np.array([-1.5, 0.6, -0.3, 0.2, 0.0])
    lengths = np.array([1000, 4000, 16_000])
    errors = np.empty((3, 10))
    for k, bins in enumerate(lengths):
        for seed in range(10):
            fit = fit_glm(*drawn(w, bins, link, 100 * k + seed), link)
            errors[k, seed] = np.sqrt(np.mean((np.r_[fit.intercept, fit.weights] - w) ** 2))
    at = np.log(lengths) - np.log(lengths).mean()
    slopes = at @ np.log(errors) / (at @ at)
    assert abs(slopes.mean() + 0.5) < 3 * slopes.std(ddof=1) / np.sqrt(10)
    assert slopes.mean() < -0.3  # which no spread of the slopes could make up for


def test_nineteen_of_twenty_intervals_hold_the_true_value():
    w = np.array([-2.0, 0.7, -0.5, 0.0])
    held = []
    for seed in range(100):
        low, high = confidence_intervals(fit_glm(*drawn(w, 2000, "logistic", 1000 + seed))).T
        held.append((low < w) & (w < high))
    assert np.mean(held) == pytest.approx(0.95, abs=3 * np.sqrt(0.95 * 0.05 / 400))


def test_with_a_ridge_estimates_spread_less_than_what_it_leaves_open():
    """Two hundred recordings: the spread of their weights is A⁻¹ H A⁻¹, not A⁻¹."""
    w, ridge = np.array([-1.0, 0.7, -0.5]), 0.1
    fits = [fit_glm(*drawn(w, 500, "logistic", 2000 + seed), ridge=ridge) for seed in range(200)]
    spread = np.std([fit.weights for fit in fits], axis=0, ddof=1)
    penalty = np.diag([0.0, 500 * ridge, 500 * ridge])
    inner = [fit.covariance @ (np.linalg.inv(fit.covariance) - penalty) @ fit.covariance for fit in fits]
    expected = np.sqrt(np.diag(np.mean(inner, axis=0)))[1:]
    assert spread == pytest.approx(expected, rel=4 / np.sqrt(400), abs=0)
    assert (spread < 0.85 * np.mean([fit.standard_errors for fit in fits], axis=0)[1:]).all()


def test_the_errors_of_a_filter_are_those_of_weights_that_are_its_values():
    """The same model with one weight for each lag: x B⁻¹ times the filter B w."""
    x, y = drawn(np.array([-1.5, 0.4, 0.6, -0.3, 0.2]), 2000, "logistic", 6)
    basis = np.random.default_rng(7).normal(size=(3, 3))
    part = slice(1, 4)
    found = filter_errors(basis, fit_glm(x, y), part)
    x[:, part] = x[:, part] @ np.linalg.inv(basis)
    assert found == pytest.approx(fit_glm(x, y).standard_errors[1:][part], rel=1e-6, abs=0)


@pytest.mark.parametrize(
    ("x", "y", "sentence"),
    [
        ([[1.0], [2.0]], [0, 0], "y must hold a spike, got none"),
        ([[1.0], [2.0]], [1, 1], "y must hold a bin without a spike, got none"),
        ([[1.0], [2.0]], [1], r"y must have one value for each row of x \(2\), got 1"),
        ([[1.0, 2.0], [2.0, 4.0], [5.0, 10.0], [1.0, 2.0]], [1, 0, 1, 0], "got column 0 and column 1"),
        ([[3.0], [3.0], [3.0]], [1, 0, 1], "got the constant and column 0"),
        ([[1.0, 0.0], [2.0, 0.0]], [1, 0], "column 1 of x must differ from 0 somewhere"),
    ],
)
def test_refused(x, y, sentence):
    with pytest.raises(ValueError, match=sentence):
        fit_glm(x, y)


def test_other_columns_and_other_levels_are_refused():
    fit = fit_glm([[0.0], [0.0], [1.0], [1.0]], [0, 1, 1, 0])
    with pytest.raises(ValueError, match="x must have 1 columns, got 2"):
        glm_potential([[0.0, 1.0]], fit)
    with pytest.raises(
        ValueError, match=r"part must hold as many weights as the basis has columns \(2\), got 1"
    ):
        filter_errors(np.eye(2), fit, slice(0, 1))
    with pytest.raises(ValueError, match="level must lie between 0 and 1 and be neither, got 1"):
        confidence_intervals(fit, 1.0)
    with pytest.raises(ValueError, match=r"fit must have no ridge, .*, got 0.5: see fit.standard_errors"):
        confidence_intervals(fit_glm([[0.0], [0.0], [1.0], [1.0]], [0, 1, 1, 0], ridge=0.5))
