"""A hundred and twenty simulated students of part 1, what each hands in, and what that is worth, by hand.

A third of them is on Moodle, a third on Canvas, a third on Blackboard. What somebody does is a line of
`KINDS`; the points stand there as a person has counted them, 2 for the latency, 3 for the potential, 2 for
the sweep and 3 for the curtain; the text, another 3, is read by the test. The latency is a pool: each answers
the form that they were given, and who makes a mistake there makes one of that form.
"""

import json
from pathlib import Path
from typing import Any, NamedTuple

from classroom.planted import GIVEN, PROGRAMS, TEXTS, disguised, reworded
from classroom.written_answers import MISTAKES, POOL, POTENTIAL, RIGHT

__all__ = [
    "KINDS",
    "LMS",
    "RULES",
    "Given",
    "Kind",
    "Person",
    "expected_by_rules",
    "given_to",
    "hand_in_all",
    "pairs",
    "people",
    "planted",
    "reasons_of",
    "work",
]

LMS = ("moodle", "canvas", "blackboard")
FIRST = ("Ada", "Bo", "Zoë", "Łukasz", "José")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Kind(NamedTuple):
    """What a student does, and what comes of it."""

    does: str
    points: float | None
    """Of what a machine marks, 10 in all; None if nothing of theirs is marked."""
    text: bool = True
    """Whether there is a text to be read."""
    reasons: tuple[tuple[str, str], ...] = ()
    """Exercises whose reason is a certain one."""


_LOST = {"latency": 8.0, "potential": 7.0, "sweep": 8.0, "curtain": 7.0}  # 10 less 2, 3, 2 and 3
KINDS = (
    Kind("right", 10.0),
    Kind("copies the numbers of another", 3.0),
    Kind("one of a pair", 10.0),
    Kind("hands in the file of the pair's other", None, text=False),
    *(Kind("mistake", _LOST[name], reasons=((name, reason),)) for name, reason in MISTAKES),
    Kind("page", 10.0),
    Kind("half a page", 4.0, text=False),
    Kind(
        "nothing written", 0.0, text=False, reasons=(("latency", "not started"), ("potential", "not started"))
    ),
    Kind("cut off", 0.0, text=False, reasons=(("latency", "unreadable"),)),
    Kind("empty", 0.0, text=False, reasons=(("latency", "unreadable"),)),
    Kind("picture that is called a notebook", 0.0, text=False, reasons=(("latency", "unreadable"),)),
    Kind("picture", None, text=False),
    Kind("the page itself", None, text=False),
    Kind("endless", 8.0, reasons=(("latency", "endless"),)),
    Kind("no Python", 8.0, reasons=(("latency", "error"),)),
    Kind("division by zero", 8.0, reasons=(("latency", "error"),)),
    Kind("number in quotes", 8.0, reasons=(("latency", "type"),)),
    Kind("function that fails", 7.0, reasons=(("potential", "NameError"),)),
    Kind("a cell less", 8.0, reasons=(("sweep", "missing"),)),
    Kind("a cell twice", 10.0),
    Kind("nothing said of itself", 10.0),
    Kind("an older one was wrong", 10.0),
    Kind("a newer one has no token", 10.0),
    Kind("a newer one is cut off", 10.0),
    Kind("late", 10.0),
    Kind("a name of many bytes", 10.0),
    Kind("another part", 0.0, text=False, reasons=(("latency", "part"),)),
    Kind("somebody hands in under their name", 10.0),
    Kind("absent", None, text=False),
)


class Given(NamedTuple):
    """What a student was given."""

    notebook: dict
    form: int
    """Of the pool."""
    expected: dict[str, Any]
    """What is right for them, by exercise, as the key has it."""


def given_to(folder: Path, students: dict) -> dict[str, Given]:
    """What all students of a class were given, by id.

    Parameters
    ----------
    folder : Path
        Of the class.
    students : dict
        Of its key.
    """
    found = {}
    for id, entry in students.items():
        notebook = json.loads((folder / "students" / id / "part1.ipynb").read_text(encoding="utf-8"))
        expected = {name: one["expected"] for name, one in entry["exercises"].items()}
        found[id] = Given(notebook, entry["exercises"]["latency"]["parameters"]["_form"], expected)
    return found


class Person(NamedTuple):
    """A student."""

    number: int
    lms: str
    id: str
    first: str
    last: str
    kind: Kind

    @property
    def expected(self) -> float | None:
        """All points, with the text, for which those with an even number get 3 and the others 1."""
        text = (1.0 if self.number % 2 else 3.0) if self.kind.text else 0.0
        return None if self.kind.points is None else self.kind.points + text


def people(number: int = 120) -> list[Person]:
    """So many students, a third on each LMS."""
    found = []
    for k in range(number):
        lms = LMS[k * len(LMS) // number]
        id = {"moodle": f"m{k:03d}", "canvas": str(90001 + k), "blackboard": f"b{k:03d}"}[lms]
        last = f"Ny{LETTERS[k // 26]}{LETTERS[k % 26]}ström"
        found.append(Person(k, lms, id, FIRST[k % len(FIRST)], last, KINDS[k % len(KINDS)]))
    return found


# --- what rules make of it ---


RULES = (
    "latency, no leak: 50 %",
    "latency, no memory: 25 %",
    "any, seconds: 1 point",
    "late: 10 % a day",
    "nothing: 0",
)
"""What the teacher writes, beside a line for each pair."""
_BY_RULES = {
    ("latency", "no leak"): 1.0,
    ("latency", "no memory"): 0.5,
    ("latency", "seconds"): 1.0,
    ("curtain", "seconds"): 1.0,
}
"""What that is worth, counted by hand."""


def reasons_of(person: Person, form: int) -> tuple[tuple[str, str], ...]:
    """Exercises whose reason is a certain one, for whoever was given this form of the pool."""
    if person.kind.does != "mistake" or person.kind.reasons[0][0] != "latency":
        return person.kind.reasons
    which = list(POOL[0].mistakes).index(person.kind.reasons[0][1])
    return (("latency", list(POOL[form].mistakes)[which]),)


def pairs(class_: list[Person]) -> list[tuple[Person, Person]]:
    """Who hands in for both, and the other."""
    return [
        (class_[one.number - 1], one)
        for one in class_
        if one.kind.does == "hands in the file of the pair's other"
    ]


def expected_by_rules(person: Person, class_: list[Person], given: dict[str, Given]) -> float:
    """All points with rules, by hand: what mistakes are worth, and 1.3 of 13 less for a day."""
    for first, second in pairs(class_):
        if person is second:
            return expected_by_rules(first, class_, given)
    if person.expected is None:
        return 0.0
    more = sum(_BY_RULES.get(one, 0.0) for one in reasons_of(person, given[person.id].form))
    return person.expected + more - (1.3 if (person.kind.does, person.lms) == ("late", "canvas") else 0.0)


# --- what they hand in ---


def planted(class_: list[Person]) -> dict[tuple[str, str], dict[str, str]]:
    """Ten pairs of whom the second has copied from the first, and what either has written."""
    able = [one.id for one in class_ if one.kind.does == "mistake" and one.kind.reasons[0][0] != "potential"]
    both = [*(("potential", one, disguised(one, GIVEN)) for one in PROGRAMS)]
    both += [("judgement", one, reworded(one)) for one in TEXTS]
    return {
        (first, second): {"exercise": name, first: own, second: copy}
        for first, second, (name, own, copy) in zip(able[::2], able[1::2], both, strict=False)
    }


def work(person: Person, class_: list[Person], given: dict[str, Given]) -> list[tuple]:
    """The files of a student: name, content, which attempt, and who uploads it if it is not the student.

    Parameters
    ----------
    person : Person
    class_ : list of Person
    given : dict
        Of `given_to`.
    """
    does, own = person.kind.does, given[person.id]
    neighbour = given[class_[person.number - 1].id]
    if does == "mistake":
        ((name, reason),) = reasons_of(person, own.form)
        cell = POOL[own.form].mistakes[reason] if name == "latency" else MISTAKES[name, reason]
        more = {one["exercise"]: one[person.id] for one in planted(class_).values() if person.id in one}
        return [("part1.ipynb", _filled(own, {name: cell, **more}), 1)]
    if does == "copies the numbers of another":
        copied = {"latency": "first_spike", "sweep": "found", "curtain": "time_constant_found"}
        cells = {name: f"{variable} = {neighbour.expected[name]!r}" for name, variable in copied.items()}
        return [("part1.ipynb", _filled(own, cells), 1)]
    if does == "hands in the file of the pair's other":
        return [("part1.ipynb", _filled(neighbour, {}), 1)]
    return [
        *_files(does, own),
        *(
            [("part1.ipynb", _bare(own), 2, "stranger")]
            if does == "somebody hands in under their name"
            else []
        ),
    ]


def hand_in_all(class_: list[Person], given: dict[str, Given], submitted: Path) -> int:
    """Put the file that counts of each student where `collect` would put it; how many there are."""
    count = 0
    for one in class_:
        if one.kind.points is None:
            continue
        files = [file for file in work(one, class_, given) if len(file) == 3]  # of no stranger
        name, data, _ = files[0 if one.kind.does.startswith("a newer one") else -1]
        own = submitted / one.id
        own.mkdir(parents=True)
        (own / ("answers.json" if name.endswith(".json") else "part1.ipynb")).write_bytes(data)
        count += 1
    return count


def _files(does: str, own: Given) -> list[tuple[str, bytes, int]]:
    whole = _filled(own, {})
    changed = {
        "endless": {"latency": "while True: pass"},
        "no Python": {"latency": "first_spike = = 3"},
        "division by zero": {"latency": "zero = 0\nfirst_spike = 1 / zero"},
        "number in quotes": {"latency": 'first_spike = "27.5"'},
        "function that fails": {"potential": POTENTIAL.replace("u = u_rest", "u = u_wrest")},
    }
    plain = {
        "nothing written": json.dumps(own.notebook).encode("utf-8"),
        "cut off": whole[:-9],
        "empty": b"",
        "picture that is called a notebook": b"\x89PNG\r\n\x1a\n\x00\xff",
        "page": _page(own, ("latency", "potential", "sweep", "curtain", "judgement")),
        "half a page": _page(own, ("latency", "sweep")),
        "a cell less": _without(own, "sweep"),
        "a cell twice": _twice(own, "latency"),
        "nothing said of itself": _bare(own, {}),
        "another part": _of_another_part(own),
    }
    wrong = {"latency": "first_spike = 1e6"}
    match does:
        case "absent":
            return []
        case "picture":
            return [("plot.png", b"\x89PNG", 1)]
        case "the page itself":
            return [("part1.html", b"<!doctype html>", 1)]
        case "an older one was wrong":
            return [("part1.ipynb", _filled(own, wrong), 1), ("part1.ipynb", whole, 2)]
        case "a newer one has no token":
            return [("part1.ipynb", whole, 1), ("part1.ipynb", _bare(own, wrong), 2)]
        case "a newer one is cut off":
            return [("part1.ipynb", whole, 1), ("part1.ipynb", whole[:-9], 2)]
        case "a name of many bytes":
            return [("雷" * 60 + ".ipynb", whole, 1)]
        case "page" | "half a page":
            return [("part1-answers.json", plain[does], 1)]
        case _ if does in changed:
            return [("part1.ipynb", _filled(own, changed[does]), 1)]
        case _:
            return [("part1.ipynb", plain.get(does, whole), 1)]


def _filled(own: Given, changed: dict[str, str]) -> bytes:
    """The notebook with all right but for what is changed."""
    answers, copy = {"latency": POOL[own.form].right, **RIGHT, **changed}, _copy(own)
    for cell in copy["cells"]:
        name = cell["metadata"]["nbgrader"]["grade_id"]
        if name in answers:
            cell["source"] = answers[name].splitlines(keepends=True)
    return json.dumps(copy).encode("utf-8")


def _copy(own: Given) -> dict:
    return json.loads(json.dumps(own.notebook))


def _bare(own: Given, changed: dict[str, str] | None = None) -> bytes:
    """Without what a notebook says of itself; all wrong if nothing else is told."""
    wrong = (
        {name: "pass" for name in ("latency", *RIGHT) if name != "judgement"} if changed is None else changed
    )
    return json.dumps({**json.loads(_filled(own, wrong)), "metadata": {}}).encode("utf-8")


def _without(own: Given, name: str) -> bytes:
    copy = json.loads(_filled(own, {}))
    copy["cells"] = [one for one in copy["cells"] if one["metadata"]["nbgrader"]["grade_id"] != name]
    return json.dumps(copy).encode("utf-8")


def _twice(own: Given, name: str) -> bytes:
    """A first try above, with the same mark, and the right one below."""
    copy = json.loads(_filled(own, {}))
    at = next(k for k, one in enumerate(copy["cells"]) if one["metadata"]["nbgrader"]["grade_id"] == name)
    copy["cells"].insert(at, {**copy["cells"][at], "id": "again", "source": ["first_spike = 1e6"]})
    return json.dumps(copy).encode("utf-8")


def _of_another_part(own: Given) -> bytes:
    copy = json.loads(_filled(own, {}))
    copy["metadata"]["snnlab"] |= {"part": "part2", "token": "f" * 16}
    return json.dumps(copy).encode("utf-8")


def _page(own: Given, names: tuple[str, ...]) -> bytes:
    right = {name: value for name, value in own.expected.items() if value is not None}
    answers = {name: right.get(name, RIGHT.get(name)) for name in names}
    return json.dumps({"snnlab": 1, **own.notebook["metadata"]["snnlab"], "answers": answers}).encode("utf-8")
