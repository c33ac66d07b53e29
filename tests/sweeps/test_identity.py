"""Which functions are the same for the file of a sweep, and which are not."""

import dataclasses
import functools
import os
import subprocess
import sys
import threading

import numba
import numpy as np
import pytest

from snnlab.neurons import LIF
from snnlab.sweeps.identity import digest


def made(code, **names):
    exec(code, names)
    return names["f"]


class Gain:
    def __init__(self, gain):
        self.gain = gain

    def times(self, i):
        return self.gain * i

    def __call__(self, i):
        return self.gain * i


@dataclasses.dataclass
class Cell:
    tau: float = 10.0
    inputs: dict = dataclasses.field(default_factory=dict)


def over(value):
    return lambda i: i * value


def total(weights, i):
    return sum(weights) * i


def bound(**globals_):
    return made("def f(i): return g(i) * w", **{"w": 1, "g": abs} | globals_)


def test_two_functions_on_one_line_are_two():
    one, other = lambda i: i, lambda i: 100 * i
    assert digest(one) != digest(other)


def test_the_rest_of_the_line_does_not_matter():
    one = made("f, progress = (lambda a: a + 1), True")
    assert digest(one) == digest(made("\n\nf, progress = (lambda a: a + 1), False"))


@pytest.mark.parametrize(
    ("one", "same", "other"),
    [
        tuple(made(f"def f(a): return a {what}") for what in ("+ 1", "+ 1", "+ 2")),
        tuple(made(f"def f(a): return a {what}") for what in ("+ 1", "+ 1", "- 1")),
        tuple(made(f"def f(a): return [x {what} for x in [a]]") for what in ("+ 1", "+ 1", "+ 2")),
        (lambda a, b=1: 0, lambda a, b=1: 0, lambda a, b=2: 0),
        (lambda a, *, b=1: 0, lambda a, *, b=1: 0, lambda a, *, b=2: 0),
        (over([1, 2]), over([1, 2]), over([10, 20])),
        (over(1), over(1), over(1.0)),
        (over({"a": {3, "x"}}), over({"a": {"x", 3}}), over({"a": {"x", 4}})),
        tuple(over(np.array(w)) for w in ([1, 2], [1, 2], [10, 20])),
        tuple(over(np.arange(3000.0) * (k != 1500) ** n) for k, n in ((0, 0), (1, 0), (1500, 1))),
        tuple(over(LIF(tau_m=tau)) for tau in (10.0, 10.0, 20.0)),
        tuple(over(numba.njit(made(f"def f(i): return i + {k}"))) for k in (1, 1, 2)),
        tuple(over(functools.lru_cache(made(f"def f(i): return i + {k}"))) for k in (1, 1, 2)),
        tuple(over(np.random.default_rng(k)) for k in (1, 1, 2)),
        tuple(over(np.float32(k)) for k in (1, 1, 2)),
        (over(np.sin), over(np.sin), over(np.cos)),
        tuple(over(Cell(tau)) for tau in (10.0, 10.0, 20.0)),
        tuple(over(over([k])) for k in (1, 1, 2)),
        (Gain(1).times, Gain(1).times, Gain(100).times),
        (Gain(1), Gain(1), Gain(100)),
        tuple(functools.partial(total, w) for w in ([1], [1], [100])),
        tuple(functools.partial(total, weights=w) for w in ([1], [1], [100])),
        (bound(), bound(), bound(w=100)),
        (bound(), bound(), bound(g=round)),
        tuple(bound(g=made(f"def f(i): return i + {k}")) for k in (1, 1, 2)),
        tuple(
            made(f"class C:\n  def m(self, i): return i + {k}\nf = C().m", __name__="mine") for k in (1, 1, 2)
        ),
    ],
)
def test_a_function_is_known_by_its_code_and_by_what_it_uses(one, same, other):
    assert digest(one) == digest(same) != digest(other)


def test_one_that_calls_itself_or_is_bound_to_itself_ends():
    assert digest(made("def f(i): return i and f(i - 1)")) == digest(made("def f(i): return i and f(i - 1)"))
    round_about = []
    round_about.append(round_about)
    assert digest(over(round_about)) != digest(over([[]]))


def test_another_process_with_another_order_of_sets_says_the_same(tmp_path):
    (tmp_path / "s.py").write_text(
        "from snnlab.neurons import LIF, lif_rate\n"
        "from snnlab.sweeps.identity import digest\n"
        "names, cell = {'a', 'b', 'c', 'd'}, LIF()\n"
        "def f(i): return lif_rate(i, cell) if i in names or i in {'x', 'y', 'z'} else 0\n"
        "print(digest(f))\n",
        encoding="utf-8",
    )
    said = [
        subprocess.run(
            [sys.executable, str(tmp_path / "s.py")],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            check=True, capture_output=True, text=True,
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert said[0] == said[1] and len(said[0].strip()) == 16


def test_what_cannot_be_told_from_others_is_refused_in_a_sentence():
    lock = threading.Lock()
    with pytest.raises(
        TypeError, match=r"file of keep can tell from others, got one .*cannot pickle '_thread"
    ):
        digest(lambda i: lock.locked())
