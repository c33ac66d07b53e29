"""What a student's process does when it is asked, without a second process around it."""

import sys

import numpy as np
import pytest

from snnlab.course.classroom.sandbox.student_process import Student, without_magics


@pytest.fixture
def student(monkeypatch):
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])  # put back afterwards
    return Student()


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("%matplotlib inline\nx = 1", "pass\nx = 1"),
        ("x = 1\n!rm -rf /\ny = 2", "x = 1\npass\ny = 2"),
        ("if x:\n    !ls\n    y = 1", "if x:\n    pass\n    y = 1"),
        ("files = !ls\nx = 1", "pass\nx = 1"),
        ("%time x = 2", "x = 2"),
        ("%timeit -n 3 f()", "pass"),
        ("%%time\nx = 2", "\nx = 2"),
        ("%%bash\nrm -rf /", ""),
        ("np.zeros?\n?np\nx = 1", "pass\npass\nx = 1"),
        ("y = %pwd", "pass"),
    ],
)
def test_magics_are_left_out_and_lines_stay(source, plain):
    assert without_magics(source) == plain


def test_a_cell_that_python_understands_is_not_touched(student):
    assert student.cell(0, 's = """\n%time\n!x\n"""\nt = 7 % 4').kind == "done"
    assert student.names["s"] == "\n%time\n!x\n" and student.value("t").value == 3


def test_cells_share_their_names(student):
    assert student.cell(0, "import dataclasses\nx = 2").kind == "done"
    assert (
        student.cell(1, "@dataclasses.dataclass\nclass A:\n    y: int = x\nz = A().y; display(z)").kind
        == "done"
    )
    assert student.value("z").value == 2


@pytest.mark.parametrize(
    ("source", "name", "line"),
    [
        ("x = 1\n1 / 0", "ZeroDivisionError", 2),
        ("def f():\n    return missing\n\nf()", "NameError", 2),
        ("x = (1,\ny = 2", "SyntaxError", 1),
        ("import json\njson.loads('{')", "JSONDecodeError", 2),
        ("raise SystemExit", "SystemExit", 1),
        ("\0", "SyntaxError", 0),
        ("x = '\ud800'.encode()", "UnicodeEncodeError", 0),
        ("class E(Exception):\n    def __str__(self): raise KeyError\nraise E", "E", 3),
    ],
)
def test_what_a_cell_raises_is_told_with_its_line(student, source, name, line):
    reply = student.cell(4, source)
    assert reply.kind == "error"
    assert reply.name in ((name, "ValueError") if name == "SyntaxError" else (name,))  # of NUL
    assert reply.line == line and (reply.cell == 4 or line == 0)


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("x = 2", "numbers"),
        ("import numpy as np\nx = [np.float64(1), 2]", "numbers"),
        ("x = ...", "untouched"),
        ("x = [1, ...]", "untouched"),
        ("x = None", "untouched"),
        ("x = 'two'", "type"),
        ("x = {}", "type"),
        ("import numpy as np\nx = np.array(['a'])", "type"),
        ("import numpy as np\nclass A(np.ndarray): pass\nx = np.zeros(2).view(A)", "type"),
        ("class I(int): pass\nx = I(3)", "type"),
        ("y = 2", "missing"),
    ],
)
def test_a_value_is_numbers_or_its_kind(student, source, kind):
    student.cell(0, source)
    assert student.value("x").kind == kind


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("def f(x): return x * 2", "numbers"),
        ("import numba\nf = numba.njit(lambda x: x * 2)", "numbers"),
        ("f = 3", "no function"),
        ("f = ...", "untouched"),
        ("g = 3", "missing"),
        ("def f(x): return ...", "type"),
        ("def f(x): return [[1], [1, 2]]", "type"),
        ("def f(x): return x * 2j", "type"),
        ("def f(x): return 'text'", "type"),
        ("import numpy as np\ndef f(x): return np.zeros(10**7)", "large"),
        ("def f(x): raise SystemExit", "exit"),
        ("def f(): return 1", "error"),
    ],
)
def test_a_call_is_numbers_or_its_kind(student, source, kind):
    student.cell(0, source)
    assert student.call("f", (np.arange(3.0),)).kind == kind


def test_a_call_gets_copies_and_says_what_it_changed(student):
    student.cell(0, "def f(x, y):\n    y[0] = 9\n    return x")
    y = np.zeros(2)
    assert student.call("f", (1.0, y)).changed == (1,) and not y.any()


def test_an_exception_of_a_call_leaves_its_words_behind(student):
    student.cell(0, "def f(x):\n    raise ValueError(f'it was {x}')")
    reply = student.call("f", (3.25,))
    assert (reply.name, reply.text, reply.cell, reply.line) == ("ValueError", "", 0, 2)
