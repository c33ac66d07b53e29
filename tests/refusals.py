"""Which refusals wait for a kernel: bad input should be named before anything is compiled.

    python tests/refusals.py [PATHS OF TESTS]

runs the tests that expect an error, and names each kernel that is called in a block of `pytest.raises`. With
an empty cache that call compiles for seconds. Each block begins as in a fresh process: what was compiled
before is forgotten, so that the order of the tests does not matter. NEEDED are the errors that only the
kernel's own numbers can tell; anything else ends with exit code 1. A kernel that is called before the block
is not looked at, but a test of bad input that needs a result can often write one down.
"""

import inspect
import sys
import weakref
from pathlib import Path

import pytest
from numba.core.dispatcher import Dispatcher

__all__ = ["NEEDED", "Watch", "main"]

# Tests, by file and name, and what their refusal has to compute first.
NEEDED = {
    "coding/codes/test_reaction.py::test_bad_input_is_named": "whether counting ever tells two rates apart",
    "learning/credit/test_alignment_course.py::test_a_loss_that_runs_away_is_named": (
        "whether the loss stays finite"
    ),
    "learning/credit/test_predictive_relaxation.py::test_units_that_run_away_are_named": "the same",
    "learning/credit/test_scrambled_course.py::test_a_loss_that_runs_away_is_named": "the same",
    "neurons/models/test_adaptive_lif_exact.py::test_room_for_spikes_grows_as_needed": "the rates",
    "neurons/models/test_adex.py::test_bad_input_names_argument_rule_and_value": "whether v stays finite",
    "neurons/experiments/test_density_step.py::test_bad_input_names_argument_rule_and_value": (
        "what a current brings"
    ),
    "neurons/models/test_hodgkin_huxley.py::test_a_step_that_is_too_long_is_refused": (
        "whether v stays finite"
    ),
    "neurons/experiments/test_hodgkin_huxley_measures.py::test_bad_input_names_argument_rule_and_value": (
        "the same"
    ),
    "neurons/models/test_izhikevich.py::test_bad_input_names_argument_rule_and_value": "how far v falls",
    "neurons/models/test_lif.py::test_bad_input_names_argument_rule_and_value": (
        "how many spikes there will be"
    ),
    "neurons/models/test_lif_synaptic_exact.py::test_bad_input_names_argument_rule_and_value": "the same",
    "neurons/experiments/test_repertoire.py::test_bad_input_names_argument_rule_and_value": (
        "what the neuron given does"
    ),
    "neurons/models/test_srm.py::test_beyond_twice_the_threshold_srm0_has_no_end_of_spikes": (
        "that they have no end"
    ),
    "neurons/models/test_srm.py::test_what_is_too_much_for_t_ref_is_said": "the same",
    "widgets/test_goals.py::test_a_goal_that_does_not_fit_is_refused": "the numbers of the exercise",
}


class Watch:
    """A plugin of pytest that notes every kernel that a refusal calls."""

    def __init__(self) -> None:
        self.found: dict[str, set[str]] = {}  # kernels by test
        self.test = ""
        self.inside = 0
        self.made = weakref.WeakSet[Dispatcher]()

    def watch(self, patch: pytest.MonkeyPatch) -> None:
        """Put ourselves between Numba, `pytest.raises` and the tests."""
        block = type(pytest.raises(ValueError))
        begin, compiled = Dispatcher.__init__, Dispatcher.compile
        enter, leave = block.__enter__, block.__exit__

        def __init__(dispatcher, *args, **options):
            begin(dispatcher, *args, **options)
            self.made.add(dispatcher)

        def compile(dispatcher, signature):
            if self.inside:
                function = dispatcher.py_func
                name = f"{function.__module__}.{function.__name__}"
                self.found.setdefault(self.test, set()).add(name)
            inside, self.inside = self.inside, 0  # the kernels that it calls in turn are not named
            try:
                return compiled(dispatcher, signature)
            finally:
                self.inside = inside

        def __enter__(raises):
            self.forget()
            self.inside += 1
            return enter(raises)

        def __exit__(raises, *problem):
            self.inside -= 1
            return leave(raises, *problem)

        for place, function in (
            (Dispatcher, __init__),
            (Dispatcher, compile),
            (block, __enter__),
            (block, __exit__),
        ):
            patch.setattr(place, function.__name__, function)

    def forget(self) -> None:
        """What is compiled is forgotten: the next call of a kernel is the first."""
        for dispatcher in self.made:
            if dispatcher.overloads and dispatcher._can_compile:
                dispatcher.overloads.clear()
                dispatcher._reset_overloads()

    def pytest_collection_modifyitems(self, items):
        """Leave the tests that expect an error."""
        items[:] = [
            item
            for item in items
            if hasattr(item, "function") and "pytest.raises" in inspect.getsource(item.function)
        ]

    def pytest_runtest_setup(self, item):
        """Note whose turn it is."""
        path, ours = item.path, Path(__file__).parent
        path = path.relative_to(ours) if path.is_relative_to(ours) else Path(*path.parts[-2:])
        self.test, self.inside = f"{path.as_posix()}::{item.originalname}", 0


def main(paths: list[str]) -> int:
    """Run the tests and tell."""
    watch = Watch()
    options = ["-q", "-p", "no:cacheprovider", "-o", "addopts=--import-mode=importlib"]
    with pytest.MonkeyPatch.context() as patch:
        watch.watch(patch)
        code = pytest.main([*options, "-m", "not browser and not slow", *paths], plugins=[watch])
    for test, kernels in watch.found.items():
        print(f"{test} calls {', '.join(sorted(kernels))}: {NEEDED.get(test, 'it should not')}")
    return int(code) or int(not watch.found.keys() <= NEEDED.keys())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or [str(Path(__file__).parent)]))
