"""A table with changed cells: every other byte stays, whatever wrote it."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snnlab.course.classroom.giving_back.tables import read_table
from snnlab.course.errors import CommandError

TEXT = 'Name,"E-mail","points ""so far"""\r\n"Ek, Bo",bo@x.example,7\r\nZoë,,"3"\r\n'
ENCODINGS = {
    "utf-8": TEXT.encode("utf-8"),
    "utf-8 with a mark": TEXT.encode("utf-8-sig"),
    "cp1252": TEXT.encode("cp1252"),
    "utf-16": b"\xff\xfe" + TEXT.encode("utf-16-le"),
    "utf-16, big end first": b"\xfe\xff" + TEXT.encode("utf-16-be"),
    "utf-16 without a mark": TEXT.encode("utf-16-le"),
    "no end of line": TEXT.rstrip().encode("utf-8"),
    "old line ends": TEXT.replace("\r\n", "\r").encode("utf-8"),
    "semicolons": TEXT.replace(",", ";").encode("utf-8"),
    "tabs": TEXT.replace(",", "\t").encode("utf-8"),
    "colons": TEXT.replace(",", ":").encode("utf-8"),
    "Excel's line": b"sep=,\r\n" + TEXT.encode("utf-8"),
    "neither": TEXT.encode("cp1252").replace(b"Ek", b"\x81k"),
}


@pytest.fixture
def table(tmp_path):
    def write(data):
        (tmp_path / "book.csv").write_bytes(data)
        return read_table(tmp_path / "book.csv")

    return write


@pytest.mark.parametrize("name", ENCODINGS)
def test_only_the_cell_changes(table, name):
    data = ENCODINGS[name]
    found = table(data)
    assert found.changed({}) == data
    assert [len(row) for row in found.rows] == [3, 3, 3]
    assert found.rows[0][2].text == 'points "so far"'
    cells = {found.rows[1][2]: "12.5", found.rows[2][2]: "4"}
    again = table(found.changed(cells))
    assert again.text == found.text.replace("7", "12.5").replace('"3"', '"4"')
    assert [cell.text for cell in again.rows[1]][1:] == [found.rows[1][1].text, "12.5"]


def test_a_word_with_the_separator_is_quoted(table):
    found = table(b"a,b\n1,2\n")
    assert found.changed({found.rows[1][1]: "7,5"}) == b'a,b\n1,"7,5"\n'
    semicolons = table(b"a;b\n1;2\n")
    assert semicolons.changed({semicolons.rows[1][1]: "7,5"}) == b"a;b\n1;7,5\n"


def test_cells_that_are_empty_can_be_filled(table):
    found = table(b"a,b,c\n,,\nx,\n")
    assert [[cell.text for cell in row] for row in found.rows] == [["a", "b", "c"], ["", "", ""], ["x", ""]]
    assert (
        found.changed({found.rows[1][1]: "1", found.rows[1][2]: "2", found.rows[2][1]: "3"})
        == b"a,b,c\n,1,2\nx,3\n"
    )


CELLS = st.lists(
    st.lists(st.text(alphabet='ab ",;\n1é', max_size=5), min_size=2, max_size=4), min_size=1, max_size=4
)


@given(
    rows=CELLS,
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_it_reads_what_csv_writes(tmp_path_factory, rows, quoting, end):
    rows = [["head", "b", "c", "d"], *rows]
    written = io.StringIO(newline="")
    csv.writer(written, quoting=quoting, lineterminator=end).writerows(rows)
    file = tmp_path_factory.mktemp("table") / "t.csv"
    file.write_bytes(written.getvalue().encode("utf-8"))
    table = read_table(file)
    assert [[cell.text for cell in row] for row in table.rows] == rows
    assert table.changed({}) == file.read_bytes()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b" \n", b"a\0b,c", b'"'], ids=repr)
def test_what_is_no_table_is_a_sentence_or_one_cell(table, data):
    if data == b'"':
        assert [[cell.text for cell in row] for row in table(data).rows] == [[""]]
        return
    with pytest.raises(CommandError, match=r"plain text \(CSV\)"):
        table(data)


def test_what_is_no_file_is_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="export the gradebook"):
        read_table(tmp_path / "none.csv")
    with pytest.raises(CommandError, match="is a folder"):
        read_table(tmp_path)
