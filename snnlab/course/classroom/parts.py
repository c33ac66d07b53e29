"""What a class is given to do: the exercises of a part, each defined once, with numbers for every seed.

`ClassExercise.build` turns the numbers of one student into a definition of the same kinds as in the chapters
(`snnlab.course.exercises.kinds`), so that the same judge finds the same mistakes. The definitions stand in
``book/exercises/PART/`` of the repository and in no file that students receive.

A variant is a dictionary of numbers and lists of numbers. Names that begin with ``_`` are for marking only
(the seed of the hidden tests, for instance); all others are given to the student as they are.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from snnlab.course.exercises.kinds import Exercise, Function, Number
from snnlab.course.judging.answers import judge
from snnlab.course.judging.verdict import Verdict, not_started
from snnlab.course.other_process.outcome import Outcome
from snnlab.course.values import plain_numbers

__all__ = [
    "Bench",
    "ClassExercise",
    "Mark",
    "Part",
    "Table",
    "Variant",
    "pool",
    "told",
    "variant_seed",
    "visible",
]

Variant = dict[str, Any]
"""The numbers of one student for one exercise, and lists of them, by name; JSON keeps them."""

_TRIES = 200
CASES = "_cases"  # in the variant of a function: the seed of its hidden tests
FORM = "_form"  # in the variant of a pool: which of its forms


class Bench(NamedTuple):
    """A hidden neuron as a page has it: its recorded answers to constant currents, not its numbers."""

    duration: float
    """Of a trial, ms."""
    trials: int
    answers: list[tuple[float, float, float]]
    """A current in nA, the time of the first spike and the interval after it in ms, for every current from
    the weakest under which it fires to the strongest that there is."""
    step: float
    """Between the currents, nA."""


class Table(NamedTuple):
    """Data as a page has them, to be copied into a spreadsheet."""

    caption: str
    columns: tuple[str, ...]
    rows: list[tuple]


class Mark(NamedTuple):
    """What an answer is worth, and why."""

    points: float | None
    """None: a person decides."""
    reason: str
    """"right", "not started", the name of a mistake, or "to be read" where a person decides."""
    hint: str
    """One paragraph for the student."""


@dataclass(frozen=True, kw_only=True)
class ClassExercise:
    """One exercise with own numbers for each student."""

    grade_id: str
    """Unique in its part, ASCII letters, digits and ``-``: the name of the answer's cell."""
    title: str
    points: float
    variable: str
    """What the answer's cell defines; also the key of a text."""
    parameters: Callable[[np.random.Generator], Variant]
    """Draws the numbers that the statement gives. They are drawn again where a typical mistake would, by
    accident, come to the right number."""
    chapter: int = 0
    """What it asks about; 0 if a person marks it, or if it is a pool, whose forms say it."""
    build: Callable[[Variant], Exercise]
    """The definition for these numbers: a `Number`, a `Function`, or (`manual`) an `Exercise`."""
    comments: dict[str, str] = field(default_factory=dict)
    """Units of the given numbers, by name, for the cell that shows them."""
    answer: Callable | None = None
    """Of a number: the function that finds it from the given numbers, as a student may write it. It stands in
    the teacher's notebook and gives the expected value. Of a function: the solution of `build` does."""
    bench: Callable[[Variant], Bench] | None = None
    """What can be measured of a hidden neuron, for the page, which has no Python. It holds no expected
    value."""
    table: Callable[[Variant], Table] | None = None
    """The data that are to be analysed, for the page, which can load none. It holds no expected value."""
    manual: bool = False
    """Whether a person reads the answer."""
    rubric: str = ""
    """Of a manual one: what is worth how many points, in Markdown."""
    sample: str = ""
    """Of a manual one: what somebody may hand in who does not get all points, for `snnlab practice`."""

    forms: tuple["ClassExercise", ...] = ()
    """Of a pool: exercises that ask something else, of which each student gets one."""

    def form(self, variant: Variant) -> "ClassExercise":
        """The exercise itself, or of a pool the form that a student got."""
        return self.forms[variant.get(FORM, 0)] if self.forms else self

    def draws(self, seed: int) -> Iterator[Variant]:
        """What is drawn from a seed, one after another: the first that tells mistakes apart is given out."""
        rng = np.random.default_rng([seed, 0])
        for _ in range(_TRIES):
            yield self.parameters(rng)

    def draw(self, seed: int) -> Variant:
        """The numbers of a seed, the hidden ones included."""
        for numbers in self.draws(seed):
            task = self.build(numbers)
            if isinstance(task, Function):
                return {**numbers, CASES: int(np.random.default_rng([seed, 1]).integers(2**48))}
            if not isinstance(task, Number) or _tells_apart(task):
                return numbers
        raise AssertionError(f"{self.grade_id}: {_TRIES} draws from seed {seed} make a mistake look right")

    @property
    def kind(self) -> str:
        """What is wanted: "number", "function" or "text"."""
        if self.manual:
            return "text"
        task = self.build(self.parameters(np.random.default_rng(0)))
        return "function" if isinstance(task, Function) else "number"

    @property
    def mistakes(self) -> list[str]:
        """The names of all that it knows, in whichever form."""
        tasks = [one.build(one.parameters(np.random.default_rng(0))) for one in self.forms or (self,)]
        return list(dict.fromkeys(mistake.name for task in tasks for mistake in task.mistakes))

    def statement(self, variant: Variant) -> str:
        """What is asked, in Markdown, with the student's own numbers."""
        return self.build(variant).statement

    def given(self, variant: Variant) -> str:
        """Python that defines the student's own numbers; "" if there are none."""
        if self.manual:
            return ""  # its numbers only choose the words of the statement
        lines = [f"{name} = {value!r}" for name, value in visible(variant).items()]
        comments = self.form(variant).comments
        units = [comments.get(name, "") for name in visible(variant)]
        return "\n".join(
            f"{line}  # {unit}" if unit else line for line, unit in zip(lines, units, strict=True)
        )

    def stub(self, variant: Variant) -> str:
        """Python (or, for a text, Markdown) that the student finds in the answer's cell."""
        return self.build(variant).stub

    def cases(self, variant: Variant) -> list[tuple] | None:
        """Arguments of the hidden calls, the first ones again at the end; None if no function is wanted."""
        task = self.build(variant)
        if not isinstance(task, Function):
            return None
        cases = _cases(task, variant)
        return [*cases, cases[0]]  # does the function remember anything?

    def expected(self, variant: Variant) -> Any:
        """What is right: an array for a number, a list of arrays for a function's cases, None for a text."""
        task = self.build(variant)
        if isinstance(task, Number):
            return plain_numbers(task.solution)
        if isinstance(task, Function):
            return [plain_numbers(task.solution(*case)) for case in self.cases(variant) or []]
        return None

    def compare(self, variant: Variant, received: object) -> Mark:
        """Mark what a student's work came to.

        Parameters
        ----------
        variant
            Their own numbers, with the hidden ones.
        received
            Of a number: the number, a list or an array, anything that is plain data; None if there is none.
            Of a function: a list of `Outcome`, one for each of `cases`; None or an empty list if there is no
            function. Of a text: the text.
        """
        task = self.build(variant)
        if self.manual:
            return _text(received)
        if isinstance(task, Function):
            verdict = _judge_function(task, variant, received)
        else:
            verdict = judge(task, received)
        return Mark(self.points if verdict.right else 0.0, verdict.reason, verdict.message)


def pool(*forms: ClassExercise) -> ClassExercise:
    """An exercise of which each student gets one of several forms, drawn with their numbers.

    Parameters
    ----------
    *forms : ClassExercise
        Of one name, one title, one variable, one kind and as many points; pools bring all their forms. No
        person marks them.

    Returns
    -------
    ClassExercise
    """
    forms = tuple(form for one in forms for form in one.forms or (one,))
    first = forms[0]
    for one in forms:
        for name in ("grade_id", "title", "variable", "points", "kind"):
            has, had = getattr(one, name), getattr(first, name)
            assert has == had, f"one has the {name} {had!r} and one {has!r}"
        assert not one.manual, f"{one.grade_id} is marked by a person"

    def parameters(rng: np.random.Generator) -> Variant:
        k = int(rng.integers(len(forms)))
        return {FORM: k, **forms[k].parameters(rng)}

    return ClassExercise(
        grade_id=first.grade_id,
        title=first.title,
        points=first.points,
        variable=first.variable,
        parameters=parameters,
        build=lambda variant: forms[variant.get(FORM, 0)].build(visible(variant)),
        forms=forms,
    )


def _tells_apart(task: Number) -> bool:
    """Whether no typical mistake comes, by accident of the numbers, to what is right or to another one."""
    return judge(task, plain_numbers(task.solution)).right and all(
        judge(task, plain_numbers(mistake.answer)).reason == mistake.name for mistake in task.mistakes
    )


def _cases(task: Function, variant: Variant) -> list[tuple]:
    return task.draw(np.random.default_rng(int(variant[CASES])))


def _judge_function(task: Function, variant: Variant, received: Any) -> Verdict:
    from snnlab.course.judging.functions import judge_outcomes

    if not received:
        return not_started(task)
    outcomes: Sequence[Outcome] = received
    return judge_outcomes(task, _cases(task, variant), outcomes, secret=True)


def _text(received: object) -> Mark:
    if not isinstance(received, str) or not received.strip():
        return Mark(None, "not started", "There is no text here.")
    return Mark(None, "to be read", "A person reads this answer.")


def told(value: float) -> str:
    """A number as a text shows it, with a minus and not a hyphen.

    Examples
    --------
    >>> print(told(-65.0), told(0.25))
    −65 0.25
    """
    return f"{value:.10g}".replace("-", "\N{MINUS SIGN}")


def visible(variant: Variant) -> Variant:
    """The numbers of a variant that the student sees.

    Examples
    --------
    >>> visible({"tau_m": 20.0, "_cases": 17})
    {'tau_m': 20.0}
    """
    return {name: value for name, value in variant.items() if not name.startswith("_")}


def variant_seed(seed: int, student: str, grade_id: str) -> int:
    """The seed of one student's exercise: it depends on these three and on nothing else.

    Parameters
    ----------
    seed : int
        Of the class.
    student : str
        The id in the roster.
    grade_id : str
        The exercise.

    Returns
    -------
    int
        Below 2⁴⁸, so that JavaScript keeps it too.

    Examples
    --------
    >>> variant_seed(1, "ada", "latency"), variant_seed(1, "bo", "latency")
    (45713668813929, 54829507887975)
    """
    text = "\0".join((str(int(seed)), student, grade_id))
    return int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:6], "big")


@dataclass(frozen=True)
class Part:
    """The exercises that are handed out together."""

    name: str
    """As in `snnlab assign part1`."""
    title: str
    introduction: str
    """Markdown at the top of the notebook."""
    setup: str
    """Python of the first cell, which all others may use: the imports."""
    edition: str
    """Version of the package, a hash of the definitions, and one of what else judges: another edition may ask
    something else, or take something else for right."""
    exercises: tuple[ClassExercise, ...]
    course: Mapping[str, str] = field(default_factory=dict)
    """What else judges: the files of the package, each with a hash."""

    @property
    def definitions(self) -> str:
        """The edition without what is outside of the part's own folder: what is asked.

        Examples
        --------
        >>> Part("part1", "", "", "", "0.1.0+13e7e8656b-0a1b2c3d4e", ()).definitions
        '0.1.0+13e7e8656b'
        """
        return self.edition.partition("-")[0]

    def __getitem__(self, grade_id: str) -> ClassExercise:
        for exercise in self.exercises:
            if exercise.grade_id == grade_id:
                return exercise
        raise KeyError(grade_id)
