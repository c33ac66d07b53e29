"""A right answer to W7 is told from a wrong one."""

import pytest
from benchmarks.w7 import peer_numpy, peer_snnlab, task


@pytest.mark.parametrize(
    "product", [peer_snnlab.packed, peer_snnlab.from_floats, peer_numpy.blas, peer_numpy.count]
)
def test_products_are_exact(product):
    call = product(task)
    assert task.wrong(call(0)) == ""
    assert call(1) == {}  # nothing is told, so that the time is that of the product


def test_wrong_products_are_noticed():
    answer = peer_numpy.count(task)(0)
    assert "sum is" in task.wrong(answer | {"sum": answer["sum"] + 2})
    assert "rows is 4095, not 4096" in task.wrong(answer | {"rows": 4095})
    assert "first is" in task.wrong(answer | {"first": answer["first"][::-1]})
