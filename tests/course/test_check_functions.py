"""Functions of all kinds, also hostile ones: each gets one clear sentence, and the next check works."""

import contextlib
import functools
import math
import os
import sys
import threading

import numba
import numpy as np
import pytest

from snnlab.course import check
from snnlab.course.exercises import find
from snnlab.course.exercises.kinds import Function, Mistake
from snnlab.course.judging.answers import judge
from snnlab.course.other_process.runner import Runner
from snnlab.neurons import lif_rate

RATE = find("2.5")
STEP = find("2.2")
HUGE = np.zeros(7_000_000)
OPEN = threading.Lock()
SHARED = [0]


class Fragile:
    """Can be packed, and not unpacked."""

    def __reduce__(self):
        return int, ("no number",)


FRAGILE = Fragile()


def right(i, neuron):
    v_inf = neuron.v_rest + neuron.r_m * i
    if v_inf <= neuron.v_th:
        return 0
    return 1000 / (neuron.t_ref + neuron.tau_m * math.log((v_inf - neuron.v_reset) / (v_inf - neuron.v_th)))


compiled = numba.njit(right)


@numba.njit
def endless_compiled(i, neuron):
    n = 0
    while n >= 0:
        n = (n + 1) % 1000
    return n


@numba.njit
def cannot_compile(i, neuron):
    return neuron.v_threshold


def endless(i, neuron):
    while True:
        pass


def calls_itself(i, neuron):
    return calls_itself(i, neuron)


def prints(i, neuron):
    for _ in range(2000):
        print("x" * 100)
    sys.stdout.flush()
    os.write(1, b"straight to the pipe")
    os.write(2, b"and to the other")
    return right(i, neuron)


def stops(i, neuron):
    nothing = 0
    return i / nothing


def says_nothing_of_itself(i, neuron):
    class Silent(Exception):
        def __str__(self):
            raise SystemExit

    raise Silent


def yields(i, neuron):
    yield right(i, neuron)


async def awaits(i, neuron):
    return right(i, neuron)


def forgets_return(i, neuron):
    right(i, neuron)


def forgets_return_sometimes(i, neuron):
    rate = right(i, neuron)
    if rate == 0:
        return  # noqa: RET502  # the mistake that is tested
    return rate


def remembers(i, neuron):
    SHARED[0] += 1
    return SHARED[0]


def leaves_when_asked_again(i, neuron):
    """Each case is called once, and the first of them once more at the end."""
    SHARED.append((i, neuron))
    if (i, neuron) in SHARED[:-1]:
        sys.exit()
    return right(i, neuron)


def equal_to_everything(i, neuron):
    class Equal:
        def __eq__(self, other):
            return True

        def __array__(self, *_, **__):
            raise ValueError

    return Equal()


def writes_into_every_pipe(i, neuron):
    for number in range(3, 20):
        with contextlib.suppress(OSError):
            os.write(number, (10).to_bytes(8, "little") + b"not JSON\n!")
    return 1.0


def leaves_a_thread(i, neuron):
    threading.Thread(target=threading.Event().wait, daemon=True).start()
    return right(i, neuron)


def changes_the_worker(i, neuron):
    sys.setrecursionlimit(10**6)
    sys.stdout = None
    os.chdir(os.path.dirname(os.getcwd()))
    return right(i, neuron)


def uses_a_lock(i, neuron):
    with OPEN:
        return right(i, neuron)


HOSTILE = {
    "exception": (stops, "ZeroDivisionError", "stops in the line `return i / nothing`: ZeroDivisionError: "),
    "silent exception": (says_nothing_of_itself, "Silent", "stops in the line `raise Silent`: Silent."),
    "not compilable": (
        cannot_compile,
        "TypingError",
        "Numba cannot compile your function: Unknown attribute",
    ),
    "recursion": (calls_itself, "RecursionError", "calls itself without end. Which call"),
    "memory": (lambda i, n: np.zeros(10**15), "MemoryError", "more memory than there is"),
    "exit": (lambda i, n: sys.exit(), "exit", "ended Python instead of returning"),
    "exit at the end": (leaves_when_asked_again, "exit", "ended Python instead of returning"),
    "interrupt": (lambda i, n: exec("raise KeyboardInterrupt"), "exit", "ended Python"),
    "hard exit": (lambda i, n: os._exit(0), "exit", "ended Python instead of returning"),
    "killed": (lambda i, n: os.kill(os.getpid(), 15), "exit", "or it crashed"),
    "garbage": (writes_into_every_pipe, "exit", "or it crashed"),
    "input": (lambda i, n: float(input("i? ")), "EOFError", "input() is not needed"),
    "generator": (yields, "type", "was `yield` written for `return`?"),
    "coroutine": (awaits, "type", "leave `async` out."),
    "nothing": (forgets_return, "nothing", "returns nothing. Does it end with `return`?"),
    "sometimes nothing": (
        forgets_return_sometimes,
        "nothing",
        "Does every way through it end with `return`?",
    ),
    "text": (lambda i, n: "12 Hz", "type", "This is text"),
    "complex": (lambda i, n: (-i) ** 0.5, "type", "a complex number"),
    "ragged": (lambda i, n: [[1, 2], [3]], "type", "different lengths"),
    "object": (equal_to_everything, "type", "an Equal, not a number"),
    "object array": (lambda i, n: np.array([None]), "type", "an array of objects"),
    "too much": (lambda i, n: np.zeros(2_000_000), "large", "returns 2000000 numbers"),
    "memory of its own": (remembers, "remembers", "must not remember anything"),
    "one argument": (lambda i: 1.0, "TypeError", "It is called as firing_rate(i, neuron)."),
    "three arguments": (lambda i, neuron, dt: 1.0, "TypeError", "It is called as firing_rate(i, neuron)."),
    "wrong built-in": (np.interp, "TypeError", "It is called as firing_rate(i, neuron)."),
    "array": (lambda i, n: np.array([right(i, n)]), "shape", "One number is wanted"),
    "lock": (uses_a_lock, "cannot travel", "uses `OPEN`, a lock, that only exists in this notebook"),
    "fragile": (
        lambda i, n: FRAGILE,
        "cannot travel",
        "cannot be rebuilt outside this notebook (ValueError: ",
    ),
    "huge global": (lambda i, n: HUGE.sum(), "cannot travel", "carries `HUGE`, which is too large"),
    "called already": (12.5, "no function", 'without brackets: check("2.5", firing_rate).'),
    "class": (type("Neuron", (), {}), "no function", "this is a class"),
    "None": (None, "not started", "Not started yet"),
    "dots": (lambda i, n: ..., "not started", "Not started yet"),
    "NotImplementedError": (lambda i, n: exec("raise NotImplementedError"), "not started", "Not started yet"),
    "offset": (lambda i, n: right(i, n) + 5, "offset", "5 Hz too large"),
    "rounded": (lambda i, n: round(right(i, n)), "rounded", "whole numbers"),
    "zero": (lambda i, n: 0, "zero", "0 everywhere"),
    "nearly": (lambda i, n: right(i, n) * (1 + i / 1000), "nearly", "tries are right. This is close"),
    "wrong": (lambda i, n: 1 + i**2, "wrong", "your function gives"),
}


@pytest.fixture(scope="module")
def runner():
    with Runner() as runner:
        yield runner


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_function_gets_its_sentence_and_the_next_check_works(kind, runner):
    function, reason, words = HOSTILE[kind]
    verdict = judge(RATE, function, runner=runner)
    assert not verdict.right
    assert verdict.reason == reason and words in verdict.message
    assert len(verdict.message) < 500 and "\n" not in verdict.message
    assert judge(RATE, right, runner=runner).right


@pytest.mark.parametrize(
    "function", [pytest.param(endless, marks=pytest.mark.slow), endless_compiled], ids=["Python", "Numba"]
)
def test_an_endless_loop_is_stopped(function, runner, monkeypatch):
    with monkeypatch.context() as quick:
        quick.setattr(runner, "limit", 2.0)
        verdict = judge(RATE, function, runner=runner)
    assert verdict.reason == "endless"
    assert "did not come back within 2 s and was stopped" in verdict.message
    assert judge(RATE, right, runner=runner).right


@pytest.mark.parametrize(
    "function",
    [
        right,
        compiled,
        functools.partial(lambda base, i, neuron: base + right(i, neuron), 0.0),
        lambda i, neuron: np.float32(right(i, neuron)).astype("f8") * 0 + right(i, neuron),
        lambda *given: right(*given),
        prints,
        leaves_a_thread,
        changes_the_worker,
        RATE.solution,
    ],
    ids=["plain", "compiled", "partial", "float32", "star", "prints", "thread", "settings", "package"],
)
def test_a_right_function_of_any_kind_is_right(function, runner, capfd, monkeypatch):
    monkeypatch.setattr(runner, "limit", 60.0)  # a busy machine may take long to compile
    assert judge(RATE, function, runner=runner).right
    assert judge(RATE, right, runner=runner).right
    assert capfd.readouterr() == ("", "")


def test_a_function_of_the_package_is_right_and_borrowed(runner):
    verdict = judge(RATE, lif_rate, runner=runner)
    assert verdict.right and verdict.message.startswith("Right, and borrowed: lif_rate is the package's own.")


def test_an_example_is_told_in_few_words(runner):
    """Also of a function with two mistakes at once, which no table knows."""
    verdict = judge(RATE, lambda i, n: right(i, n._replace(t_ref=0.0)) / 1000, runner=runner)
    assert verdict.reason == "wrong" and "With i = 0.3, neuron = LIF() your function gives" in verdict.message
    assert len(verdict.message) < 130
    verdict = judge(RATE, lambda i, n: (right(i, n) or np.nan) / 1000, runner=runner)
    assert "With i = 0.1, neuron = LIF() your function gives nan" in verdict.message


def test_a_closure_travels_with_what_it_holds(runner):
    def maker(thousand):
        return lambda i, neuron: right(i, neuron) * thousand / 1000

    assert judge(RATE, maker(1000), runner=runner).right
    assert judge(RATE, maker(2000), runner=runner).reason == "twice"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_function_that_forks_is_answered_once(runner):
    fork = getattr(os, "fork")  # noqa: B009  # the mistake that is tested

    def forks(i, neuron):
        fork()
        return right(i, neuron)

    assert judge(RATE, forks, runner=runner).right
    assert judge(RATE, right, runner=runner).right


def test_a_students_own_module_travels_as_it_is_now(tmp_path, monkeypatch, runner):
    monkeypatch.syspath_prepend(tmp_path)
    file = tmp_path / "my_neuron.py"
    for body, verdict in (("return 0", "zero"), ("return ...", "not started")):
        file.write_text(f"def firing_rate(i, neuron):\n    {body}\n", encoding="utf-8")
        sys.modules.pop("my_neuron", None)
        namespace = {"__name__": "my_neuron"}
        module = type(sys)("my_neuron")
        module.__file__ = str(file)
        exec(compile(file.read_text(encoding="utf-8"), str(file), "exec"), namespace)
        vars(module).update(namespace)
        monkeypatch.setitem(sys.modules, "my_neuron", module)
        assert judge(RATE, module.firing_rate, runner=runner).reason == verdict


def shifted(x):
    return np.r_[0.0, x[:-1]]


DOUBLE = Function(
    id="99.1",
    title="Twice",
    statement="Double an array.",
    stub="def double(x):\n    return ...",
    variable="double",
    arguments=("x",),
    solution=lambda x: 2 * x,
    draw=lambda rng: [(rng.uniform(1, 2, size=5),) for _ in range(8)],
    mistakes=(Mistake("square", lambda x: x**2, "That is the square."),),
    next_step="Go on.",
    tolerance=1e-9,
)


def in_place(x):
    x *= 2
    return x


@pytest.mark.parametrize(
    ("function", "reason", "words"),
    [
        (lambda x: x + x, "right", "Right. Go on."),
        (lambda x: [2 * value for value in x], "right", "Right. Go on."),
        (
            in_place,
            "changes",
            "changes its argument x, and the caller's array with it. Work on a copy: x = x.copy().",
        ),
        (lambda x: x * x, "square", "That is the square."),
        (lambda x: 2 * x[:-1], "off by one", "too few at the end"),
        (lambda x: shifted(2 * x), "off by one", "one step too late"),
        (lambda x: 2 * x[::-1], "reversed", "opposite order"),
        (lambda x: -2 * x, "sign", "sign is wrong"),
        (lambda x: 2 * x[:, None], "shape", "should be (5,)"),
        (lambda x: 2.0, "shape", "shape is () and should be (5,)"),
        (lambda x: np.where(x > 1.5, np.nan, 2 * x), "nan", "Look at x = an array of shape (5,)"),
    ],
)
def test_a_function_of_arrays(function, reason, words, runner):
    verdict = judge(DOUBLE, function, runner=runner)
    assert verdict.reason == reason and words in verdict.message


def test_the_example_can_be_repeated_by_hand(runner):
    message = judge(STEP, lambda v, i, dt, tau_m, r_m, v_rest: v * i, runner=runner).message
    given, result = message.removeprefix("With ").split(" your function gives ")
    values = {name: float(value) for name, value in (pair.split(" = ") for pair in given.split(", "))}
    got, wanted = (float(part.split()[0]) for part in result.split(" where "))
    assert got == pytest.approx(values["v"] * values["i"], rel=1e-4)
    assert wanted == pytest.approx(STEP.solution(**values), rel=1e-4)


def test_check_prints_and_says_not_yet(capsys):
    check("2.5", forgets_return)
    assert (
        capsys.readouterr().out == "2.5  Not yet. Your function returns nothing. Does it end with `return`?\n"
    )
