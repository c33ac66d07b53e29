"""Words of students in tables, which spreadsheets part as they like."""

import csv
import io

from hypothesis import example, given
from hypothesis import strategies as st

from snnlab.course.classroom.formulas import as_written, harmless


@given(st.text("=+-@＝;,\t\r\n'\" a1"))
@example('why;"=1+1"')
@example("why\n=1+1")
def test_no_part_of_an_answer_is_a_formula_however_a_spreadsheet_parts_it(answer):
    """In half of Europe a semicolon parts cells, and quotes count for nothing in the middle of one."""
    assert as_written(harmless(answer)) == answer
    rows = io.StringIO(newline="")
    csv.writer(rows).writerow(("s1", "essay", "", "4", "", "Why?", harmless(answer)))
    for separator in ",;\t":
        for row in csv.reader(io.StringIO(rows.getvalue(), newline=""), delimiter=separator):
            assert not any(cell.startswith(tuple("=+-@＝")) for cell in row), row
