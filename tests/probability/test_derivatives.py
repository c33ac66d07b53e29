import numpy as np
import pytest

from snnlab.probability.derivatives import derivatives
from snnlab.probability.links import pull


def recording(code, bins=5000):
    rng = np.random.default_rng(code)
    x = np.column_stack([np.ones(bins), rng.normal(size=(bins, 3))])
    y = rng.poisson(0.2, bins) if code == 2 else rng.random(bins) < 0.2
    return x, y.astype(float), rng.normal(-0.5, 0.3, 4)


@pytest.mark.parametrize("code", [0, 1, 2])
def test_the_blocks_add_up_to_the_sums_of_the_equations(code):
    x, y, w = recording(code)  # more bins than a block has
    each = np.array([pull(row @ w, count, code) for row, count in zip(x, y, strict=True)])
    found = derivatives(x, y, code, w)
    assert found.value == pytest.approx(each[:, 0].sum(), rel=1e-12, abs=0)
    assert found.gradient == pytest.approx(x.T @ each[:, 1], rel=1e-12, abs=1e-9)
    assert found.hessian == pytest.approx(-np.einsum("t,tj,tk->jk", each[:, 2], x, x), rel=1e-12, abs=1e-9)


@pytest.mark.equation("slope-and-bend")
@pytest.mark.parametrize("code", [0, 1, 2])
def test_gradient_and_hessian_are_those_of_differences(code):
    x, y, w = recording(code, 300)
    found = derivatives(x, y, code, w)
    for k, h in enumerate(1e-5 * np.eye(4)):
        above, below = derivatives(x, y, code, w + h), derivatives(x, y, code, w - h)
        slope = (above.value - below.value) / 2e-5
        assert found.gradient[k] / 300 == pytest.approx(slope / 300, rel=0, abs=1e-8)
        bend = (above.gradient - below.gradient) / 2e-5
        assert found.hessian[k] / 300 == pytest.approx(bend / 300, rel=0, abs=1e-8)


@pytest.mark.parametrize("code", [0, 1, 2])
def test_the_log_likelihood_bends_downwards_everywhere(code):
    x, y, w = recording(code, 300)
    for scale in (0.0, 1.0, 5.0):
        assert np.linalg.eigvalsh(derivatives(x, y, code, scale * w).hessian).max() < 0
