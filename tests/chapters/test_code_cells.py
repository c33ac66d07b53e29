"""The check of the code cells finds each fault and lets pass what is right."""

import pytest
from chapters.code_cells import code_problems
from chapters.tiny import chapter, code, good_chapter, stream
from nbformat import v4


def problems(source, *tags, outputs=()):
    return [problem.message for problem in code_problems(chapter(code(source, *tags, outputs=outputs)))]


def test_a_good_chapter_has_no_problem():
    assert code_problems(good_chapter()) == []


@pytest.mark.parametrize(
    "source",
    [
        "import inspect\nimport numpy as np\nfrom snnlab.neurons import LIF\nimport snnlab_widgets",
        'print(f"{rate:.1f} Hz, {n:d} spikes, {name:>8s}, {share:.0%}, {x:+.2e}")',
        'print("text", "more " + f"{n:d}", sep="\\n")',
        'print(*(f"{i:.2f}" for i in values), sep="\\n")',
        'print("\\n".join(f"{i:.2f}" for i in values))',
        "print(inspect.getsource(lif.step.py_func))",
        "counts = [count(sweep) for sweep in sweeps]",
        "panel = lif_panel()\npanel",
        "plot(x)",
        "x = 'a;b'",
        "",
    ],
)
def test_right(source):
    assert problems(source) == []


@pytest.mark.parametrize(
    "source, complaint",
    [
        ("def f(): pass", "def belongs into an exercise"),
        ("class A: pass", "class belongs"),
        ("f = lambda x: x", "lambda belongs"),
        ("for i in x: pass", "for belongs"),
        ("while x: pass", "while belongs"),
        ("if x: pass", "if belongs"),
        ("y = 1 if x else 2", "if … else belongs"),
        ("try: pass\nexcept OSError: pass", "try belongs"),
        ("import urllib.request", "urllib.request is not to be imported"),
        ("from requests import get", "requests is not to be imported"),
        ("from . import x", ". is not to be imported"),
        ("f('https://example.org')", "is an address"),
        ("%matplotlib inline", "not plain Python"),
        ("!ls", "not plain Python"),
        ("print(x)", "print an f-string"),
        ("print(f'{x}')", "{x} needs a format"),
        ("print(f'{x:g}')", "{x} needs a format"),
        ("print(f'{x!r}')", "{x} needs a format"),
        ("print(f'{x:.{n}f}')", "needs a format"),
        ("print(*(f'{x}' for x in y))", "needs a format"),
        ("x = 1\nx * 2", "bare value"),
        ("(x, y)", "bare value"),
        ("plot(x);", "a semicolon"),
    ],
)
def test_wrong(source, complaint):
    assert complaint in "\n".join(problems(source))


@pytest.mark.parametrize("tag", ["nbval-ignore-output", "nbval-skip", "raises-exception"])
def test_nothing_hides_from_nbval(tag):
    assert problems("f()", tag) == problems("# NBVAL_IGNORE_OUTPUT\nf()") == ["nbval is told to look away"]
    assert problems("f()", "hide-input") == []


def test_exercises_may_hold_logic():
    assert problems("def f(x):\n    return x if x else 0", "part:exercise") == []
    assert problems("import requests", "part:exercise") != []


def test_what_a_cell_printed():
    assert problems("f()", outputs=(stream("rate 12.3456789012\n"),)) == [
        "the cell prints a repr: use fixed digits"
    ]
    assert problems("f()", outputs=(stream("rate 12.3\n"),)) == []
    error = v4.new_output("error", ename="ValueError", evalue="no", traceback=[])
    assert problems("f()", outputs=(error,)) == ["the cell stopped with ValueError: no"]
