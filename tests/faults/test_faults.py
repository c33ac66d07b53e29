"""The drawn faults can still be made, and what lets the tests meet them is right about a small project."""

import ast
import subprocess

import pytest
from faults.draw import AREAS, Area, draw
from faults.fault import load, make, name_of, place_of, sources
from faults.javascript_places import javascript_places, words
from faults.meet import BEGIN, END, TESTS, into, named, shown, table, try_out
from faults.meeting import Copies
from faults.places import altered
from faults.python_places import kernels, outside_kernels, python_places
from tree import ROOT

FAULTS = load()


@pytest.fixture(scope="module")
def texts():
    return sources(ROOT)


def test_each_fault_has_a_name_of_its_own():
    names = [name_of(fault) for fault in FAULTS]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault['area']}-{fault['before'][:20]}")
def test_every_fault_can_still_be_made(fault, texts):
    name, _ = place_of(fault, texts)
    wrong = texts[name].replace("\n".join(fault["old"]), "\n".join(fault["new"]))
    assert wrong != texts[name]
    if name.endswith(".py"):
        ast.parse(wrong)
    else:
        words(wrong)


def test_thirty_faults_count():
    drawn = {area: [f for f in FAULTS if f["area"] == area and "equivalent" not in f] for area in AREAS}
    assert {area: len(faults) for area, faults in drawn.items()} == {
        n: area.count for n, area in AREAS.items()
    }
    assert sum(map(len, drawn.values())) == 30
    assert all(fault["equivalent"].strip() for fault in FAULTS if "equivalent" in fault)


def test_every_area_has_tests():
    assert set(TESTS) == set(AREAS)
    assert [path for paths in TESTS.values() for path in paths if not (ROOT / path).exists()] == []


# ---- where a fault can be made -----------------------------------------------------------------------------


def faults_of(places, text):
    return [altered(text, place) for place in places(text)]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("a + b", ["a - b"]),
        ("(a) - (b)", ["(a) + (b)"]),
        ("a < b", ["a <= b", "a >= b"]),
        ("a is not b", ["a is b"]),
        ("a or b", ["a and b"]),
        ("not a", ["a"]),
        ("x = True", ["x = False"]),
        ("x = 0.2", ["x = 0.3"]),
        ("f(a, b)", ["pass", "f(b, a)"]),
        ("x = f(a, k=b)", []),
        ("x = f(a, k=b, c=d)", ["x = f(a, c=d)"]),
        ("x.y = z", ["pass"]),
        ("τ = 'µ' if a else b[1]", ["τ = 'µ' if a else b[2]"]),
        ("def f():\n    return x", ["def f():\n    return"]),
    ],
)
def test_faults_of_python(text, expected):
    assert faults_of(python_places, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        '"""One + two < 3."""',
        "# 1 + 1\nx = y",
        '__all__ = ["a" + "b"]',
        "from a import b",
        "def f(x: Literal[1]) -> int: ...",
        "@dataclass(frozen=True)\nclass A: ...",
        "x = 'a' + b",
        "x = f'{a + 1}'",
    ],
)
def test_what_is_left_alone_in_python(text):
    assert faults_of(python_places, text) == []


def test_an_error_is_left_out_as_a_whole():
    assert faults_of(python_places, "raise ValueError(f'{1 + x}', 2)") == ["pass"]


def test_kernels_are_told_from_the_rest():
    text = "@kernel\ndef f():\n    return a\n\n\ndef g():\n    return b"
    assert [place.start for place in python_places(text, kernels)] == [text.index("return a")]
    assert [place.start for place in python_places(text, outside_kernels)] == [text.index("return b")]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("a + b", ["a - b"]),
        ("a <= b", ["a < b", "a > b"]),
        ("a === b && c", ["a !== b && c", "a === b || c"]),
        ("x = !a", ["x = a"]),
        ("if (a) { b = c; }", ["if (a) {  }"]),
        ("f(a, g(b, c))", ["f(g(b, c), a)", "f(a, g(c, b))"]),
        ("`${a + 1} + 1`", ["`${a - 1} + 1`", "`${a + 2} + 1`"]),
        ("for (let k = 0; k < n; k++) f(k);", [
            "for (let k = 1; k < n; k++) f(k);",
            "for (let k = 0; k <= n; k++) f(k);",
            "for (let k = 0; k >= n; k++) f(k);",
        ]),
        ("() => { return a; }", ["() => { return; }"]),
        ("x = a / b / 2", ["x = a / b / 3"]),
        ("x = -1", ["x = -2"]),
    ],
)  # fmt: skip
def test_faults_of_javascript(text, expected):
    assert faults_of(javascript_places, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "// a + 1\n/* b < 2 */",
        'x = "a + 1" + b',
        "x = /[0-9/]+ 1/.test(y)",
        "move(name, value) { }",
        "x = (a, b) => c",
    ],
)
def test_what_is_left_alone_in_javascript(text):
    assert faults_of(javascript_places, text) == []


# ---- a small project ---------------------------------------------------------------------------------------

RIGHT = """def lower(x):
    return x - 1


def double(x):
    return 2 * x


def positive(x):
    return x > 0
"""
CHECKS = """import random

import pytest
from snnlab.pond import double, lower, positive


def test_lower():
    assert lower(3) == 2


@pytest.mark.nightly
def test_double():
    assert double(3) == 6


def test_positive():
    while positive(-1):
        pass


def test_chance(tmp_path_factory):
    seen = tmp_path_factory.getbasetemp().parents[1] / "seen"
    first = not seen.exists()
    seen.touch()
    assert lower(3) == 2 or not first
"""


@pytest.fixture
def project(tmp_path):
    """A project of one module outside of ours, committed."""
    folder = tmp_path / "project"
    for name, text in {
        "snnlab/__init__.py": "",
        "snnlab/pond.py": RIGHT,
        "widgets/snnlab_widgets/__init__.py": "",
        "tests/test_pond.py": CHECKS,
        "tests/test_lake.py": "from snnlab.pond import lower\n\nlower(1)\n",
        "pyproject.toml": '[tool.pytest.ini_options]\nmarkers = ["slow", "browser"]\n',
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for words_ in (["init", "-q"], ["add", "-A"], [*who, "commit", "-q", "-m", "a pond"]):
        subprocess.run(["git", "-C", str(folder), *words_], check=True)
    return folder


def fault(old, new):
    changed = {"before": old, "after": new, "old": [old], "new": [new]}
    return {"area": "kernels", "file": "snnlab/pond.py", "line": 1, **changed}


@pytest.mark.slow
@pytest.mark.parametrize(
    "old, new, now, before, how",
    [
        ("    return x - 1", "    return x + 1", "test_lower", "test_lower", "fails"),
        ("    return 2 * x", "    return 3 * x", None, "test_double", "fails"),
        ("    return 2 * x", "    return x * 2", None, None, ""),
        ("    return x > 0", "    return x < 0", "test_positive", "test_positive", "does not end"),
        (
            "def lower(x):",
            "def lower(x, y):",
            "tests/test_lake.py",
            "tests/test_lake.py",
            "cannot be collected",
        ),
    ],
)
def test_what_finds_a_fault(project, tmp_path, monkeypatch, old, new, now, before, how):
    monkeypatch.setitem(TESTS, "kernels", ("tests",))
    result = try_out(fault(old, new), Copies(project, tmp_path / "meet", 10.0))
    assert [(result[when][0] or "").rpartition("::")[2] or None for when in ("now", "before")] == [
        now,
        before,
    ]
    assert result["before"][1] == how
    assert (project / "snnlab" / "pond.py").read_text(encoding="utf-8") == RIGHT


@pytest.mark.slow
def test_a_test_that_fails_by_chance_proves_nothing(project, tmp_path):
    copies = Copies(project, tmp_path / "meet", 60.0)
    only_by_chance = ["tests/test_pond.py::test_chance"]
    met = copies.meet(fault("    return x - 1", "    return x + 1"), only_by_chance, "not nightly")
    assert met.found.test is None and met.aside == tuple(only_by_chance)


@pytest.mark.slow
def test_tests_that_fail_anyway_find_nothing(project, tmp_path):
    copies = Copies(project, tmp_path / "meet", 60.0)
    (copies.clone / "tests" / "test_pond.py").write_text(
        "def test_it():\n    assert False\n", encoding="utf-8"
    )
    met = copies.meet(fault("    return x - 1", "    return x + 1"), ["tests"], "not nightly")
    assert met.found.test is None and met.aside == ("tests/test_pond.py::test_it",)


@pytest.mark.slow
def test_tests_that_cannot_be_collected_anyway_end_it(project, tmp_path):
    copies = Copies(project, tmp_path / "meet", 60.0)
    (copies.clone / "tests" / "test_pond.py").write_text("import nowhere\n", encoding="utf-8")
    with pytest.raises(RuntimeError, match=r"test_pond.py cannot be collected without any fault"):
        copies.meet(fault("    return x - 1", "    return x + 1"), ["tests"], "not nightly")


@pytest.mark.slow
def test_packages_of_another_copy_are_noticed(project, tmp_path):
    copies = Copies(project, tmp_path / "meet", 60.0)
    (copies.clone / "snnlab" / "__init__.py").unlink()
    (copies.clone / "snnlab" / "pond.py").rename(copies.clone / "widgets" / "pond.py")
    with pytest.raises(RuntimeError, match="the copy is not what is tested"):
        copies.meet(fault("    return x - 1", ""), ["tests"], "not nightly")


def test_a_fault_is_found_where_it_has_moved_to(project):
    moved = project / "snnlab" / "lake.py"
    (project / "snnlab" / "pond.py").rename(moved)
    assert make(fault("    return x - 1", "    return x + 1"), project) == ("snnlab/lake.py", 2)
    assert "return x + 1" in moved.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "texts, where", [({"a.py": "x"}, "nowhere"), ({"a.py": "y", "b.py": "y"}, "in a.py, b.py")]
)
def test_a_fault_whose_lines_are_gone_is_named(texts, where):
    with pytest.raises(
        LookupError, match=f"a fault in snnlab/pond.py must stand in one place, and stand {where}"
    ):
        place_of(fault("y", "z"), texts)


def test_the_seed_decides(project):
    areas = {"kernels": Area(("snnlab/*.py",), 2)}
    first = draw(project, areas, 1)
    assert first == draw(project, areas, 1)
    assert first != draw(project, areas, 2)
    old, new = (" ".join(first[0][side][0].split()) for side in ("old", "new"))
    same = {("snnlab/pond.py", old, new): "it is said to be the same"}
    again = draw(project, areas, 1, same)
    assert again[0] == {**first[0], "equivalent": "it is said to be the same"}
    assert again[1] == first[1] and len(again) == 3


def test_the_table():
    faults = [
        fault("x || 1", "x && 1"),
        fault("y", ""),
        fault("z", "w"),
        {**fault("u", "v"), "equivalent": "It is never read."},
    ]
    found, hangs = ["tests/test_a.py::b[c]", "fails"], ["tests/test_a.py::test_d", "does not end"]
    known = {
        "snnlab/pond.py\nx || 1\nx && 1": {"now": found, "before": found},
        "snnlab/pond.py\ny\n": {"now": [None, ""], "before": hangs},
    }
    lines = table(faults, known, {"snnlab/pond.py": "x || 1\ny\n"}).splitlines()
    assert lines[2:4] == [
        r"| kernels | `x \|\| 1` → `x && 1` | `pond.py`, line 1 | `test_a.py::b` | `test_a.py::b` | no |",
        "| kernels | `y` left out | `pond.py`, line 2 | `test_a.py::test_d` does not end | none | **yes** |",
    ]
    assert "1 of 2 are found in CI." in lines and "Not tried yet: 1." in lines
    assert lines[-1] == "- `pond.py`: `u` → `v`. It is never read."


def test_what_the_table_shows():
    one = {**fault("1", "2"), "old": ["f(x, alpha = 1) {"], "new": ["f(x, alpha = 2) {"]}
    assert shown(one) == "`1` → `2` in `f(x, alpha = 1) {`"
    assert shown(fault("y" * 30 + "z" * 30, "pass")) == f"`{'y' * 24} … {'z' * 21}` left out"
    assert named(["a/b.py::a.b.f", "fails"]) == "the example of `b.py::f`"
    assert named(["a/c.ipynb::Cell 3", "fails"]) == "`c.ipynb::Cell 3`"
    assert named(["a/test_d.py", "cannot be collected"]) == "`test_d.py` cannot be collected"


def test_the_table_stands_between_its_marks():
    assert into(f"a\n{BEGIN}\nold\n{END}\nb\n", "new") == f"a\n{BEGIN}\n\nnew\n\n{END}\nb\n"
    with pytest.raises(ValueError, match="must have the lines"):
        into("a", "new")
