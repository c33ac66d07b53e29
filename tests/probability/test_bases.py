import numpy as np
import pytest

from snnlab.probability.bases import raised_cosines


@pytest.mark.parametrize(("n", "offset"), [(5, 1.0), (9, 0.1), (6, 40.0)])
def test_four_bumps_that_overlap_add_up_to_2(n, offset):
    basis = raised_cosines(n, first=0.5, last=30, dt=0.25, offset=offset)
    centres = np.exp(np.linspace(np.log(0.5 + offset), np.log(30 + offset), n)) - offset
    at = np.arange(len(basis)) * 0.25
    inside = (at >= centres[1]) & (at <= centres[-2])
    assert inside.any()
    assert basis[inside].sum(axis=1) == pytest.approx(2.0, rel=1e-12, abs=0)


def test_bumps_peak_where_they_should_and_end_where_the_last_one_does():
    basis = raised_cosines(4, first=2, last=16, dt=0.5, offset=2.0)
    ratio = (18 / 4) ** (1 / 3)
    assert basis[4, 0] == basis[32, 3] == 1.0
    assert basis[32, 2] == pytest.approx(0.5, rel=1e-12, abs=0)  # one spacing from its centre
    end = (18 * ratio**2 - 2) / 0.5
    assert len(basis) == int(np.ceil(end)) and basis[-1].sum() > 0


def test_the_reference_says_where_the_last_bump_ends():
    """At 21 · 21 − 1 = 440 ms of three bumps to 20 ms: the filter has as many lags of 1 ms."""
    n, first, last, offset = 3, 0.0, 20.0, 1.0
    end = (last + offset) * ((last + offset) / (first + offset)) ** (2 / (n - 1)) - offset
    assert end == pytest.approx(440.0, rel=1e-12, abs=0)
    assert len(raised_cosines(n, first, last, dt=1.0, offset=offset)) == 440
    assert "440 ms for ``n = 3``" in raised_cosines.__doc__


def test_a_bump_far_out_is_wider():
    wide = (raised_cosines(5, 0, 50) > 0.5).sum(axis=0)
    assert (np.diff(wide) > 0).all()
    even = (raised_cosines(5, 0, 50, offset=1e6) > 0.5).sum(axis=0)
    assert np.ptp(even[1:-1]) <= 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((1, 0, 10), "n must be at least 2, got 1"),
        ((3, 10, 10), r"last must be above first \(10 ms\), got 10"),
        ((3, -1, 10), "first must be zero or positive, and finite, got -1"),
        ((2, 0, 1e9), "the last bump must end within 1000000 bins"),
    ],
)
def test_refused(arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        raised_cosines(*arguments)
