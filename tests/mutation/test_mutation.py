"""Every model's own tests notice every single change of its equation."""

from pathlib import Path

import pytest
from mutation.changed import changed_files, has_changed
from mutation.mutants import modules_with_step, mutants
from mutation.trial import Trial, survivors

PROJECT = Path(__file__).parents[2]
MODELS = modules_with_step(PROJECT / "snnlab")

# A change that gives the same numbers for every input cannot be noticed. Such a mutant is named here, by
# module and as the report prints it without its line, with the reason:
# ("neurons/models/lif.py", "a  →  b"): "…".
EQUIVALENT: dict[tuple[str, str], str] = {}


def name_of(module: Path) -> str:
    return module.relative_to(PROJECT / "snnlab").as_posix()


def own_tests(module: Path) -> Path:
    return PROJECT / "tests" / module.parent.relative_to(PROJECT / "snnlab") / f"test_{module.name}"


def models() -> list:
    """All of them; those that are as they were when every model was tried are left to the nightly run."""
    changed = changed_files(PROJECT)
    return [
        pytest.param(
            module,
            id=name_of(module),
            marks=() if has_changed(module, own_tests(module), PROJECT, changed) else pytest.mark.nightly,
        )
        for module in MODELS
    ]


def change(mutant) -> str:
    return str(mutant).partition(": ")[2]


def test_there_are_models():
    assert "neurons/models/lif.py" in map(name_of, MODELS)


@pytest.mark.slow
@pytest.mark.parametrize("module", models())
def test_every_mutant_is_killed(module, tmp_path):
    tests = own_tests(module)
    assert tests.is_file(), f"{name_of(module)} has no tests of its own: {tests} is missing"
    left = survivors(Trial(PROJECT, module, tests, tmp_path))
    unexplained = [mutant for mutant in left if (name_of(module), change(mutant)) not in EQUIVALENT]
    assert not unexplained, f"{name_of(module)}: no test notices\n" + "\n".join(map(str, unexplained))


def test_the_list_of_equivalent_mutants_is_in_order():
    named = {name for name, _ in EQUIVALENT}
    existing = {
        (name_of(module), change(mutant))
        for module in MODELS
        if name_of(module) in named
        for mutant in mutants(module.read_text(encoding="utf-8"))
    }
    assert set(EQUIVALENT) <= existing
    assert all(reason.strip() for reason in EQUIVALENT.values())
