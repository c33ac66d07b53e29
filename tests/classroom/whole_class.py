"""A hundred and twenty simulated students of part 1, what each hands in, and what that is worth, by hand.

A third of them is on Moodle, a third on Canvas, a third on Blackboard. What somebody does is a line of
`KINDS`; the points stand there as a person has counted them, 2 for the latency, 3 for the potential, 2 for
the sweep and 3 for the curtain; the text, another 3, is read by the test. Of a pool all have the first form.
"""

import json
from pathlib import Path
from typing import NamedTuple

__all__ = [
    "KINDS",
    "LMS",
    "MISTAKES",
    "RULES",
    "Kind",
    "Person",
    "expected_by_rules",
    "hand_in_all",
    "pairs",
    "people",
    "read_notebook",
    "work",
]

LMS = ("moodle", "canvas", "blackboard")
FIRST = ("Ada", "Bo", "Zoë", "Łukasz", "José")
LETTERS = "abcdefghijklmnopqrstuvwxyz"

POTENTIAL = """def potential(t, own, arrivals, w):
    u = u_rest
    for spike in own:
        if spike < t:
            u -= depth * math.exp(-(t - spike) / tau_eta)
    for spike in arrivals:
        if spike <= t:
            s = (t - spike) / tau_s
            u += w * s * math.exp(1 - s)
    return u
"""
SWEEP = """times = detect_spikes(load_patch_fast_spiking())[sweep]
part = times[(times >= start) & (times < stop)]
found = [len(part), np.diff(part).mean()]
"""
CURTAIN = """from snnlab.course.exercises import find
from snnlab.neurons import lif_rheobase

neuron = find("2.4").draw(neuron_seed)
time_constant_found = neuron.tau_m
"""
RIGHT = {
    "latency": "first_spike = tau_m * math.log(r_m * i / (r_m * i - (v_th - v_rest)))",
    "potential": POTENTIAL,
    "sweep": SWEEP,
    "curtain": CURTAIN,
    "judgement": "An adaptive threshold; the plain neuron would fire at equal intervals.",
}


def _potential(old, new):
    assert old in POTENTIAL
    return POTENTIAL.replace(old, new)


def _sweep(last):
    return SWEEP.rpartition("found =")[0] + f"found = {last}\n"


def _curtain(last):
    return CURTAIN.rpartition("= ")[0] + f"= {last}\n"


MISTAKES = {
    ("latency", "upside down"): "first_spike = tau_m * math.log(1 - (v_th - v_rest) / (r_m * i))",
    ("latency", "no leak"): "first_spike = tau_m * (v_th - v_rest) / (r_m * i)",
    ("latency", "distance to the threshold"): "first_spike = tau_m * math.log(r_m * i / (v_th - v_rest))",
    ("latency", "time constant"): "first_spike = tau_m",
    ("potential", "last own spike"): _potential("in own:", "in [x for x in own if x < t][-1:]:"),
    ("potential", "no own spike"): _potential("u -= depth", "u -= 0 * depth"),
    ("potential", "wrong way"): _potential("u -= depth", "u += depth"),
    ("potential", "own spikes of the future"): _potential("if spike < t:", "if True:"),
    ("potential", "inputs of the future"): _potential("if spike <= t:", "if True:"),
    ("potential", "weight forgotten"): _potential("u += w * s", "u += s"),
    ("potential", "rest forgotten"): _potential("u = u_rest", "u = 0.0"),
    ("sweep", "time by spikes"): _sweep("[len(part), (stop - start) / len(part)]"),
    ("sweep", "spikes for intervals"): _sweep("[len(part), (part[-1] - part[0]) / len(part)]"),
    ("sweep", "whole sweep"): _sweep("[len(times), np.diff(times).mean()]"),
    ("sweep", "one sweep off"): SWEEP.replace("[sweep]", "[sweep - 1]"),
    ("sweep", "rate"): _sweep("[len(part), 1000 / np.diff(part).mean()]"),
    ("curtain", "latency for time constant"): _curtain("neuron.tau_m * math.log(2)"),
    ("curtain", "base ten"): _curtain("neuron.tau_m * math.log(10)"),
    ("curtain", "rheobase"): _curtain("lif_rheobase(neuron)"),
    ("curtain", "seconds"): _curtain("neuron.tau_m / 1000"),
}
"""Each mistake that the definitions know, as a student makes it: exercise and name."""


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


RULES = ("latency, no leak: 50 %", "any, seconds: 1 point", "late: 10 % a day", "nothing: 0")
"""What the teacher writes, beside a line for each pair."""


def pairs(class_: list[Person]) -> list[tuple[Person, Person]]:
    """Who hands in for both, and the other."""
    return [
        (class_[one.number - 1], one)
        for one in class_
        if one.kind.does == "hands in the file of the pair's other"
    ]


def expected_by_rules(person: Person, class_: list[Person]) -> float:
    """All points with rules, by hand: 1 of 2 for the leak, 1 of 3 for seconds, 1.3 of 13 less for a day."""
    for first, second in pairs(class_):
        if person is second:
            return expected_by_rules(first, class_)
    if person.expected is None:
        return 0.0
    given = 1.0 if person.kind.reasons in ((("latency", "no leak"),), (("curtain", "seconds"),)) else 0.0
    return person.expected + given - (1.3 if (person.kind.does, person.lms) == ("late", "canvas") else 0.0)


# --- what they hand in ---


def work(
    person: Person, class_: list[Person], handed: dict[str, dict], expected: dict[str, dict]
) -> list[tuple]:
    """The files of a student: name, content, which attempt, and who uploads it if it is not the student.

    Parameters
    ----------
    person : Person
    class_ : list of Person
    handed : dict
        The notebook that each was given, by id.
    expected : dict
        Of the key: what is right for each, by id and exercise.
    """
    does, own = person.kind.does, handed[person.id]
    if does == "mistake":
        ((name, reason),) = person.kind.reasons
        return [("part1.ipynb", _filled(own, {name: MISTAKES[name, reason]}), 1)]
    if does == "copies the numbers of another":
        theirs = expected[class_[person.number - 1].id]
        copied = {"latency": "first_spike", "sweep": "found", "curtain": "time_constant_found"}
        cells = {name: f"{variable} = {theirs[name]!r}" for name, variable in copied.items()}
        return [("part1.ipynb", _filled(own, cells), 1)]
    if does == "hands in the file of the pair's other":
        return [("part1.ipynb", _filled(handed[class_[person.number - 1].id], {}), 1)]
    return [
        *((name, data, attempt) for name, data, attempt in _files(does, own, expected[person.id])),
        *(
            [("part1.ipynb", _bare(own), 2, "stranger")]
            if does == "somebody hands in under their name"
            else []
        ),
    ]


def hand_in_all(class_: list[Person], handed: dict[str, dict], key: dict, submitted: Path) -> int:
    """Put the file that counts of each student where `collect` would put it; how many there are."""
    expected = {
        id: {name: one["expected"] for name, one in entry["exercises"].items()}
        for id, entry in key["students"].items()
    }
    count = 0
    for one in class_:
        if one.kind.points is None:
            continue
        files = [file for file in work(one, class_, handed, expected) if len(file) == 3]  # of no stranger
        name, data, _ = files[0 if one.kind.does.startswith("a newer one") else -1]
        own = submitted / one.id
        own.mkdir(parents=True)
        (own / ("answers.json" if name.endswith(".json") else "part1.ipynb")).write_bytes(data)
        count += 1
    return count


def read_notebook(folder: Path, id: str) -> dict:
    """The notebook that a student of a class was given."""
    return json.loads((folder / "students" / id / "part1.ipynb").read_text(encoding="utf-8"))


def _files(does: str, own: dict, expected: dict) -> list[tuple[str, bytes, int]]:
    whole = _filled(own, {})
    changed = {
        "endless": {"latency": "while True: pass"},
        "no Python": {"latency": "first_spike = = 3"},
        "division by zero": {"latency": "zero = 0\nfirst_spike = tau_m / zero"},
        "number in quotes": {"latency": 'first_spike = "27.5"'},
        "function that fails": {"potential": _potential("u = u_rest", "u = u_wrest")},
    }
    plain = {
        "nothing written": json.dumps(own).encode("utf-8"),
        "cut off": whole[:-9],
        "empty": b"",
        "picture that is called a notebook": b"\x89PNG\r\n\x1a\n\x00\xff",
        "page": _page(own, expected, ("latency", "potential", "sweep", "curtain", "judgement")),
        "half a page": _page(own, expected, ("latency", "sweep")),
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


def _filled(notebook: dict, changed: dict[str, str]) -> bytes:
    """The notebook with all right but for what is changed."""
    answers, copy = {**RIGHT, **changed}, json.loads(json.dumps(notebook))
    for cell in copy["cells"]:
        name = cell["metadata"]["nbgrader"]["grade_id"]
        if name in answers:
            cell["source"] = answers[name].splitlines(keepends=True)
    return json.dumps(copy).encode("utf-8")


def _bare(notebook: dict, changed: dict[str, str] | None = None) -> bytes:
    """Without what a notebook says of itself; all wrong if nothing else is told."""
    wrong = {name: "pass" for name in RIGHT if name != "judgement"} if changed is None else changed
    return json.dumps({**json.loads(_filled(notebook, wrong)), "metadata": {}}).encode("utf-8")


def _without(notebook: dict, name: str) -> bytes:
    copy = json.loads(_filled(notebook, {}))
    copy["cells"] = [one for one in copy["cells"] if one["metadata"]["nbgrader"]["grade_id"] != name]
    return json.dumps(copy).encode("utf-8")


def _twice(notebook: dict, name: str) -> bytes:
    """A first try above, with the same mark, and the right one below."""
    copy = json.loads(_filled(notebook, {}))
    at = next(k for k, one in enumerate(copy["cells"]) if one["metadata"]["nbgrader"]["grade_id"] == name)
    copy["cells"].insert(at, {**copy["cells"][at], "id": "again", "source": ["first_spike = 1e6"]})
    return json.dumps(copy).encode("utf-8")


def _of_another_part(notebook: dict) -> bytes:
    copy = json.loads(_filled(notebook, {}))
    copy["metadata"]["snnlab"] |= {"part": "part2", "token": "f" * 16}
    return json.dumps(copy).encode("utf-8")


def _page(notebook: dict, expected: dict, names: tuple[str, ...]) -> bytes:
    answers = {name: RIGHT[name] if expected[name] is None else expected[name] for name in names}
    return json.dumps({"snnlab": 1, **notebook["metadata"]["snnlab"], "answers": answers}).encode("utf-8")
