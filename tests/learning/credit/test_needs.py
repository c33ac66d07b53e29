"""What the theories need: one line for each that is in a table, in the order of the table."""

import pytest

from snnlab.course import load_table
from snnlab.learning.credit.needs import NEEDS, NEEDS_IN_TIME


@pytest.mark.parametrize(("table", "needs"), [("credit_digits", NEEDS), ("eprop_recall", NEEDS_IN_TIME)])
def test_each_theory_of_a_table_has_its_needs(table, needs):
    assert list(dict.fromkeys(load_table(table)["kind"].tolist())) == list(needs)
