"""The mutation check itself: it makes the mutants it promises, and reports those that tests do not notice."""

from pathlib import Path

import pytest
from mutation.mutants import modules_with_step, mutants
from mutation.trial import Trial, survivors

MODEL = "def step(v, i, leak):\n    return v - leak * v + i\n"
STRONG = "from pond.model import step\n\ndef test_step():\n    assert step(4.0, 1.0, 0.25) == 4.0\n"
# Passes in one run only, unless what it has written down is forgotten.
FORGETFUL = """from pond import other
from pond.model import step

def test_step():
    other.seen.append(1)
    assert len(other.seen) == 1
"""
COMPILED = """import os

import pytest
from pond.model import step

@pytest.mark.skipif(os.environ["NUMBA_DISABLE_JIT"] == "1", reason="needs the compiler")
def test_step():
    assert step(4.0, 1.0, 0.25) == 4.0
"""
ENDLESS = """from pond.model import step

def test_step():
    while step(4.0, 0.0, 0.25) == 5.0:
        pass
"""
WEAK = "from pond.model import step\n\ndef test_step():\n    assert step(4.0, 0.0, 0.25) == 3.0\n"


# Whose equation is checked. A new model need not be named here; none of these may drop out unnoticed.
CHECKED = {
    "coding": "bernoulli dead_time level_crossing poisson superposition victor_purpura",
    "learning": (
        "adam bcm cell drift hebb pattern_detection reward_stdp stdp synaptic_competition triplet "
        "winner_take_all"
    ),
    "loihi": "compartments float_twin learning traces",
    "neurons": (
        "adaptive_lif adex escape fluctuation hodgkin_huxley izhikevich lif lif_alpha lif_delta lif_synaptic "
        "noisy_current quadratic rate_model srm srm_kernels theta"
    ),
}


def changes(body, arguments="v, i"):
    return [str(mutant).partition(": ")[2] for mutant in mutants(f"def step({arguments}):\n{body}")]


@pytest.mark.parametrize(
    "body, expected",
    [
        (" return v - i", ["v - i  →  v + i", "v - i  →  -v - i"]),
        (" return -v", ["-v  →  v"]),
        (" return v * i", ["return v * i  →  return -(v * i)"]),
        (" v += i\n return 0", ["v += i  →  v -= i"]),
        (" a = i\n return 0", ["a = i  →  a = -i"]),
        (" return v, i", ["return (v, i)  →  return (-v, i)", "return (v, i)  →  return (v, -i)"]),
        (" if v < 1: return 0", ["v < 1  →  v >= 1"]),
        (" if v == i: return 0", ["v == i  →  v != i"]),
    ],
)
def test_what_is_changed(body, expected):
    assert changes(body) == expected


def test_terms_inside_of_terms_are_changed_too():
    found = changes(" return a * v + (1.0 - a) * (b + c * i)", "v, i, a, b, c")
    assert len(found) == 6  # three signs, and the first term of each of the three sums
    assert "1.0 - a  →  1.0 + a" in found and "b + c * i  →  -b + c * i" in found


def test_each_mutant_differs_from_the_module_and_from_the_others():
    sources = [mutant.source for mutant in mutants(MODEL)]
    assert len(set(sources)) == len(sources) == 3
    for source in sources:
        assert source.rstrip() != MODEL.rstrip()
        compile(source, "model.py", "exec")


def test_a_module_without_step():
    with pytest.raises(ValueError, match="no function step"):
        mutants("x = 1")


@pytest.fixture
def project(tmp_path):
    """A project of one model, `pond`, outside of ours."""
    folder = tmp_path / "project"
    for name, text in {
        "pond/__init__.py": "",
        "pond/model.py": MODEL,
        "pond/other.py": "seen = []\n",
        "tests/test_strong.py": STRONG,
        "tests/test_weak.py": WEAK,
        "tests/test_forgetful.py": FORGETFUL,
        "tests/test_compiled.py": COMPILED,
        "tests/test_endless.py": ENDLESS,
        "tests/test_wrong.py": STRONG.replace("== 4.0", "== 5.0"),
        "pyproject.toml": '[tool.pytest.ini_options]\nmarkers = ["slow"]\n',
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def trial(project, tests):
    copy = project.parent / "copy"
    copy.mkdir()
    return Trial(project, project / "pond" / "model.py", project / "tests" / tests, copy)


def test_models_are_found(project):
    assert modules_with_step(project / "pond") == [project / "pond" / "model.py"]


def test_no_model_has_dropped_out():
    package = Path(__file__).parents[2] / "snnlab"
    found = {(path.relative_to(package).parts[0], path.stem) for path in modules_with_step(package)}
    assert {(folder, name) for folder, names in CHECKED.items() for name in names.split()} <= found


@pytest.mark.slow
@pytest.mark.parametrize(
    "tests, expected",
    [
        ("test_strong.py", []),
        ("test_weak.py", ["v - leak * v - i"]),
        ("test_forgetful.py", ["v - leak * v - i", "v + leak * v", "-v - leak * v"]),
        ("test_compiled.py", []),
        ("test_endless.py", ["v - leak * v - i", "-v - leak * v"]),
    ],
)
def test_survivors_are_reported(project, tests, expected):
    assert [mutant.after for mutant in survivors(trial(project, tests))] == expected
    assert (project / "pond" / "model.py").read_text(encoding="utf-8") == MODEL


@pytest.mark.slow
def test_tests_that_fail_anyway_kill_nothing(project):
    with pytest.raises(RuntimeError, match="fail without any change"):
        survivors(trial(project, "test_wrong.py"))


@pytest.mark.slow
def test_tests_of_another_copy_kill_nothing(project):
    """A path that leads the tests to the original in place of the copy is noticed."""
    elsewhere = trial(project, "test_strong.py")
    lead_away = f"import sys\nsys.path.insert(0, {str(project)!r})\n"
    (elsewhere.folder / "conftest.py").write_text(lead_away, encoding="utf-8")
    with pytest.raises(RuntimeError, match="test_the_copy_is_what_is_tested"):
        survivors(elsewhere)
