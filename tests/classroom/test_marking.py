"""`snnlab mark`: going on where it stopped, two assistants, points by hand, a whole class."""

import json
import subprocess
import sys
import threading
import time

import pytest
from classroom.hand_ins import ADA, new_class, page
from classroom.toy_class import RIGHT, TOY, WORTH, filled, handed_out, honest, make_class

from snnlab.course import cli
from snnlab.course.classroom.assessment import marking, rounds
from snnlab.course.classroom.assessment.assessing import Assessed, assess
from snnlab.course.classroom.assessment.marking import mark_class
from snnlab.course.classroom.assessment.shares import Share, share_of
from snnlab.course.classroom.handout.notebooks import solution_source, student_notebook
from snnlab.course.classroom.key import make_key
from snnlab.course.classroom.marks import mark_file, read_mark, write_mark
from snnlab.course.classroom.reading import find_part, part_names
from snnlab.course.classroom.sandbox.isolation import Isolation
from snnlab.course.classroom.sandbox.limits import Limits
from snnlab.course.classroom.sandbox.student_pipe import Halted, NotStarted
from snnlab.course.errors import CommandError


@pytest.fixture
def quick(monkeypatch, toy):
    """Marking that runs nothing: it keeps whom it was asked to mark."""
    asked = []

    def assess(key, part, student, file, limits, isolation, halt):
        asked.append(student)
        entry = {"points": 1.0, "of": 2, "reason": "r", "hint": "h", "by": "machine", "needs_eye": False}
        exercises = {name: dict(entry) for name in WORTH}
        exercises["essay"] |= {"points": None, "needs_eye": True}
        digest = marking.sha256(file)
        return Assessed(
            {
                "id": student,
                "edition": key["edition"],
                "state": "marked",
                "sha256": digest,
                "exercises": exercises,
            },
            False,
        )

    monkeypatch.setattr(rounds, "assess", assess)
    monkeypatch.setattr(marking, "find_isolation", lambda *_: Isolation())
    return asked


def students(folder, n=5):
    return make_class(folder, {f"s{k}": honest() for k in range(n)})


def test_it_goes_on_where_it_stopped(tmp_path, quick, capsys):
    students(tmp_path)
    assert mark_class(tmp_path) == 0 and sorted(quick) == ["s0", "s1", "s2", "s3", "s4"]
    assert "Marked 5 submissions in" in capsys.readouterr().out
    mark_file(tmp_path, "s1").unlink()
    mark_file(tmp_path, "s2").write_text('{"half', encoding="utf-8")
    (tmp_path / "submitted" / "s3" / "toy.ipynb").write_text("{}", encoding="utf-8")
    quick.clear()
    assert mark_class(tmp_path) == 0 and sorted(quick) == ["s1", "s2", "s3"]
    assert "Marked before and not changed since: 2." in capsys.readouterr().out
    quick.clear()
    assert mark_class(tmp_path) == 0 and quick == []
    assert mark_class(tmp_path, again=True) == 0 and len(quick) == 5


def test_shares_meet_in_nobody_and_leave_nobody_out(tmp_path, quick):
    students(tmp_path, 12)
    mark_class(tmp_path, Share(1, 2))
    first = set(quick)
    quick.clear()
    mark_class(tmp_path, Share(2, 2))
    assert first and quick and not first & set(quick) and len(first) + len(quick) == 12


def test_a_share_depends_on_the_id_alone():
    ids = [f"student{k}" for k in range(300)]
    for n in (1, 2, 3, 7):
        held = [[Share(k, n).holds(student) for k in range(1, n + 1)] for student in ids]
        assert all(sum(one) == 1 for one in held)
        assert min(sum(one[k] for one in held) for k in range(n)) > 300 / n / 2
    held = [student for student in ("ada", "bo", "cy", "di", "ed") if Share(1, 2).holds(student)]
    assert held == ["di", "ed"]  # in every version: two assistants must not mark the same student


@pytest.mark.parametrize("text", ["", "1", "0/2", "3/2", "1/0", "-1/2", "1/2/3", "a/b", "1/9999", "½"])
def test_a_share_that_is_none_is_a_sentence(text):
    with pytest.raises(CommandError, match="a share is written 1/2 or 2/2"):
        share_of(text)


def test_points_by_hand_survive_another_marking(tmp_path, quick):
    students(tmp_path, 2)
    mark_class(tmp_path)
    manual = tmp_path / "manual-anna.csv"
    manual.write_text("id,exercise,points,comment\ns0,essay,3,Nice\ns0,first,2,Fair\n", encoding="utf-8")
    before = manual.read_bytes()
    for again in (False, True):
        mark_class(tmp_path, again=again)
        found = read_mark(tmp_path, "s0")["exercises"]
        assert [(found[name]["points"], found[name]["by"]) for name in ("first", "essay", "last")] == [
            (2.0, "anna"),
            (3.0, "anna"),
            (1.0, "machine"),
        ]
        assert found["first"]["machine"]["points"] == 1.0 and manual.read_bytes() == before
    manual.write_text("id,exercise,points,comment\n", encoding="utf-8")
    mark_class(tmp_path)
    assert read_mark(tmp_path, "s0")["exercises"]["first"] == read_mark(tmp_path, "s1")["exercises"]["first"]


def test_what_a_person_has_to_look_at_is_listed(tmp_path, quick, capsys):
    students(tmp_path, 2)
    mark_class(tmp_path, template="bo")
    lines = (tmp_path / "manual-bo.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [line[:12] for line in lines] == ["id,exercise,", "s0,essay,,2,", "s1,essay,,2,"]
    assert all("Why?" in line for line in lines[1:])
    assert "2 answers need a person's eye" in capsys.readouterr().out


def test_who_is_absent_or_unknown_is_said(tmp_path, quick, capsys):
    make_class(tmp_path, {"s0": honest(), "s1": None})
    (tmp_path / "submitted" / "eve").mkdir()
    mark_class(tmp_path)
    out = capsys.readouterr().out
    assert "Nothing handed in by 1 of 2 students." in out
    assert "nobody in the roster has this id: eve." in out and quick == ["s0"]


def test_ctrl_c_keeps_what_is_done(tmp_path, quick, monkeypatch):
    students(tmp_path)
    assess, begun = rounds.assess, threading.Event()

    def slow(key, part, student, file, limits, isolation, halt):
        if student != "s0":
            begun.set()
            assert halt.wait(20)
            raise Halted
        return assess(key, part, student, file, limits, isolation, halt)

    def interrupted(left, timeout, return_when=None):
        if begun.is_set() and mark_file(tmp_path, "s0").is_file():
            raise KeyboardInterrupt
        return wait(left, timeout=0.05, return_when=return_when)

    wait = rounds.wait
    monkeypatch.setattr(rounds, "assess", slow)
    monkeypatch.setattr(rounds, "wait", interrupted)
    with pytest.raises(KeyboardInterrupt):
        mark_class(tmp_path)
    assert [file.name for file in (tmp_path / "marks").iterdir()] == ["s0.json"]


def test_one_who_was_disturbed_is_marked_again_alone(tmp_path, quick, monkeypatch):
    students(tmp_path)
    assess, running, tries = rounds.assess, set(), {}

    def disturbed(key, part, student, *more):
        running.add(student)
        time.sleep(0.02)
        alone = running == {student}
        tries[student] = [*tries.get(student, []), alone]
        running.discard(student)
        return assess(key, part, student, *more)._replace(innocent=student == "s2")

    monkeypatch.setattr(rounds, "assess", disturbed)
    assert mark_class(tmp_path) == 0
    assert len(tries["s2"]) == 2 and tries["s2"][-1] and all(len(tries[f"s{k}"]) == 1 for k in (0, 1, 3, 4))
    assert read_mark(tmp_path, "s2") is not None


def test_one_that_cannot_be_run_is_left_unmarked_and_said(tmp_path, quick, monkeypatch, capsys):
    students(tmp_path)
    assess = rounds.assess

    def failing(key, part, student, *more):
        if student == "s1":
            raise NotStarted("out of namespaces")
        return assess(key, part, student, *more)

    monkeypatch.setattr(rounds, "assess", failing)
    assert mark_class(tmp_path) == 2
    assert "s1 is not marked: the process did not start (out of namespaces)" in capsys.readouterr().err
    assert read_mark(tmp_path, "s1") is None and read_mark(tmp_path, "s4") is not None


def test_what_nobody_has_thought_of_costs_one_student_and_not_the_class(tmp_path, quick, monkeypatch, capsys):
    students(tmp_path)
    assess = rounds.assess

    def failing(key, part, student, *more):
        if student == "s1":
            raise RuntimeError("nobody has\x1b[2J thought of it")
        return assess(key, part, student, *more)

    monkeypatch.setattr(rounds, "assess", failing)
    assert mark_class(tmp_path) == 2
    said = "snnlab: s1 is not marked: RuntimeError: nobody has?[2J thought of it; run this command again\n"
    assert capsys.readouterr().err.endswith(said)
    assert [read_mark(tmp_path, f"s{k}") is None for k in range(5)] == [False, True, False, False, False]


def test_no_folder_s_name_commands_the_terminal(tmp_path, quick, capsys):
    students(tmp_path, 1)
    try:
        (tmp_path / "submitted" / "eve\x1b[2J\nMarked 9 submissions").mkdir()
    except OSError:
        pytest.skip("this system has no such names")
    assert mark_class(tmp_path) == 0
    assert "nobody in the roster has this id: eve?[2J?Marked 9 submissions.\n" in capsys.readouterr().out


@pytest.mark.parametrize("moment", ["while it marks", "before people are told"])
def test_nothing_is_written_over_what_another_window_has_regraded(
    tmp_path, quick, monkeypatch, moment, capsys
):
    """The later verdicts stand in the files by then, and this command has those of before."""
    key = students(tmp_path, 2)
    new = {"edition": "2+toy", "state": "marked", "exercises": {}}

    def regraded():
        (tmp_path / "key.json").write_text(json.dumps({**key, "judgement": "2+toy"}), encoding="utf-8")
        for k in range(2):
            write_mark(tmp_path, {"id": f"s{k}", **new})

    if moment == "while it marks":
        real = rounds.assess
        monkeypatch.setattr(rounds, "assess", lambda *given: (real(*given), regraded())[0])
    else:
        assert mark_class(tmp_path) == 0
        sheet = tmp_path / "manual-anna.csv"
        sheet.write_text("id,exercise,points,comment\ns0,essay,3,\n", encoding="utf-8")
        with_hand = marking.with_hand
        monkeypatch.setattr(marking, "with_hand", lambda *given: (with_hand(*given), regraded())[0])
    assert cli.main(["mark", str(tmp_path)]) == 2
    assert "is judged by 2+toy since this has begun: run this command again" in capsys.readouterr().err
    assert [read_mark(tmp_path, f"s{k}")["edition"] for k in range(2)] == ["2+toy", "2+toy"]


def test_what_stands_in_the_way_is_a_sentence(tmp_path, toy, monkeypatch, capsys):
    assert cli.main(["mark", str(tmp_path)]) == 2
    assert "is no class" in capsys.readouterr().err
    key = students(tmp_path, 1)
    (tmp_path / "key.json").write_text(json.dumps({**key, "edition": "other"}), encoding="utf-8")
    assert cli.main(["mark", str(tmp_path)]) == 2
    assert "handed out in edition other" in capsys.readouterr().err
    (tmp_path / "key.json").write_text(json.dumps(key), encoding="utf-8")
    for typed, said in (
        (["--share", "3/2"], "a share is written"),
        (["--seconds", "0"], "lie between 1 and 3600"),
        (["--seconds", "nan"], "lie between 1 and 3600"),
    ):
        assert cli.main(["mark", str(tmp_path), *typed]) == 2
        err = capsys.readouterr().err
        assert said in err and err.count("\n") == 1
    monkeypatch.setattr("snnlab.course.classroom.sandbox.choosing.ways", lambda hide: [])
    assert cli.main(["mark", str(tmp_path)]) == 2
    assert "add --no-isolation" in capsys.readouterr().err and read_mark(tmp_path, "s0") is None
    (tmp_path / "submitted").rename(tmp_path / "elsewhere")
    assert cli.main(["mark", str(tmp_path)]) == 2
    assert "nothing was handed in yet" in capsys.readouterr().err


def test_marks_are_the_same_alone_and_in_company_and_with_the_flag(
    tmp_path, toy, isolation, capsys, monkeypatch
):
    """Without isolation, the route of macOS and Windows, the numbers are the same."""
    work = {"ada": honest(last="last = [b, b + 1001]"), "bo": honest(first="first = 'text'"), "cy": honest()}
    make_class(tmp_path, work)
    assert cli.main(["mark", str(tmp_path)]) == 0
    first = {student: read_mark(tmp_path, student) for student in work}
    monkeypatch.setattr("snnlab.course.classroom.sandbox.choosing.ways", lambda hide: [])
    assert cli.main(["mark", str(tmp_path), "--again", "--no-isolation"]) == 0
    out = capsys.readouterr().out
    assert "no isolation" in out and "it can read and change your files" in out
    assert {student: read_mark(tmp_path, student) for student in work} == first
    points = {s: [one["points"] for one in mark["exercises"].values()] for s, mark in first.items()}
    assert points == {"ada": [2, 3, 0, None], "bo": [0, 3, 2, None], "cy": [2, 3, 2, None]}
    assert first["bo"]["exercises"]["first"]["hint"] == "Your answer is text: leave the quotes out."


@pytest.mark.slow
@pytest.mark.parametrize("students", [8, pytest.param(40, marks=pytest.mark.nightly)])
def test_a_class_of_forty_is_marked_in_ten_minutes(tmp_path, isolation, capsys, students):
    """Of part 1 as it is handed out, every eighth with a loop that never ends."""
    part = find_part("part1")
    ids = [f"s{k:02}" for k in range(students)]
    key = make_key(part, 5, ids)
    (tmp_path / "key.json").write_text(json.dumps(key), encoding="utf-8")
    for k, student in enumerate(ids):
        entry = key["students"][student]
        variants = {name: one["parameters"] for name, one in entry["exercises"].items()}
        notebook = student_notebook(part, variants, student, "", entry["token"])
        for cell in notebook["cells"]:
            name = cell["metadata"]["nbgrader"]["grade_id"]
            if name in variants and not part[name].manual:
                endless = k % 8 == 7 and name == part.exercises[0].grade_id
                cell["source"] = (
                    "while True: pass" if endless else solution_source(part[name], variants[name])
                )
        own = tmp_path / "submitted" / student
        own.mkdir(parents=True)
        (own / "part1.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    start = time.monotonic()
    assert mark_class(tmp_path) == 0
    seconds = time.monotonic() - start
    with capsys.disabled():
        print(
            f"\n{students} submissions of {part.name}, {students // 8} of them endless: {seconds:.0f} s",
            end=" ",
        )
    assert students < 40 or seconds < 600
    for k, student in enumerate(ids):
        found = read_mark(tmp_path, student)["exercises"]
        got = [found[one.grade_id]["points"] for one in part.exercises if not one.manual]
        right = [one.points for one in part.exercises if not one.manual]
        assert got == ([0, *right[1:]] if k % 8 == 7 else right), (student, found)


def test_marking_needs_nothing_that_only_posix_has():
    """It is imported as on Windows: without the modules that are not there."""
    code = (
        "import sys\nfor name in ('resource', 'fcntl', 'pwd', 'grp'):\n    sys.modules[name] = None\n"
        "import snnlab.course.classroom.assessment.marking, snnlab.course.classroom.sandbox.student_process\n"
        "from snnlab.course.classroom.sandbox.limits import Limits, restrict\nrestrict(Limits(), False)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_limits_scale_with_the_seconds():
    usual, longer = Limits(), marking.limits_of(60.0)
    assert (longer.total, longer.cell, longer.calls) == (60.0, 3 * usual.cell, 3 * usual.calls)
    assert marking.limits_of(usual.total) == usual


def test_a_wrong_answer_gets_the_hint_of_its_exercise(tmp_path, toy, isolation):
    make_class(tmp_path, {"ada": honest(middle="def scaled(x, y):\n    return x * np.asarray(y)")})
    mark_class(tmp_path)
    entry = read_mark(tmp_path, "ada")["exercises"]["middle"]
    assert (entry["points"], entry["reason"], entry["hint"]) == (0, "unscaled", "The factor is missing.")


def test_an_error_in_one_cell_is_shown_with_its_line(tmp_path, toy, isolation):
    def work(key, student):
        return filled(handed_out(key, student), {**RIGHT, "first": "x = 0\nfirst = a / x"})

    make_class(tmp_path, {"ada": work})
    mark_class(tmp_path)
    found = read_mark(tmp_path, "ada")["exercises"]
    assert found["first"]["hint"] == ("Your cell stops in the line `first = a / x` with ZeroDivisionError.")
    assert [found[name]["points"] for name in ("middle", "last")] == [3, 2]


@pytest.mark.parametrize(
    ("cell", "reason", "hint"),
    [
        ("raise ValueError('see here')", "error", "`raise ValueError('see here')` with ValueError."),
        ("raise type('See', (Exception,), {})('x')", "error", "with Exception."),
        (
            "first = np.ones(10**12)",
            "error",
            "`first = np.ones(10**12)` with MemoryError.",
        ),
        ("first = np.array(['text'])", "type", "Your answer is text: leave the quotes out."),
        ("first = type('See', (), {})()", "type", "Your answer is an object, not a number."),
        ("first = (x for x in [1])", "type", "Your answer is a generator: was `yield` written for `return`?"),
    ],
)
def test_of_what_a_process_says_only_known_names_are_shown(tmp_path, toy, isolation, cell, reason, hint):
    make_class(tmp_path, {"ada": honest(first=cell)})
    mark_class(tmp_path)
    entry = read_mark(tmp_path, "ada")["exercises"]["first"]
    assert (entry["points"], entry["reason"]) == (0, reason) and entry["hint"].endswith(hint), entry


@pytest.mark.slow
@pytest.mark.parametrize("name", part_names())
def test_the_solutions_of_every_part_get_all_points_and_the_stubs_none(tmp_path, isolation, name):
    part, ids = find_part(name), ["ada", "bo"]
    key = make_key(part, 11, ids)
    (tmp_path / "key.json").write_text(json.dumps(key), encoding="utf-8")
    for student in ids:
        entry = key["students"][student]
        variants = {id: one["parameters"] for id, one in entry["exercises"].items()}
        notebook = student_notebook(part, variants, student, "", entry["token"])
        for cell in notebook["cells"]:
            id = cell["metadata"]["nbgrader"]["grade_id"]
            if student == "ada" and id in variants and not part[id].manual:
                cell["source"] = solution_source(part[id], variants[id])
        (tmp_path / "submitted" / student).mkdir(parents=True)
        (tmp_path / "submitted" / student / f"{name}.ipynb").write_text(
            json.dumps(notebook), encoding="utf-8"
        )
    assert mark_class(tmp_path) == 0
    for one in part.exercises:
        done, empty = (read_mark(tmp_path, student)["exercises"][one.grade_id] for student in ids)
        assert empty["points"] == 0 and empty["reason"] == "not started", empty
        if not one.manual:
            assert done["points"] == one.points, done


def test_a_text_that_a_page_leaves_out_is_not_written_and_waits_for_nobody(tmp_path, bare):
    """A page names what was answered only; in a notebook a cell that is missing was taken away."""
    key = new_class(tmp_path / "class")
    found = {}
    for name, data in (("answers.json", page(key, ADA)), ("toy.ipynb", emptied(key))):
        file = tmp_path / name
        file.write_bytes(data)
        found[name] = assess(key, TOY, ADA.id, file, Limits(), bare).mark["exercises"]["essay"]
    assert (found["answers.json"]["points"], found["answers.json"]["needs_eye"]) == (0.0, False)
    assert (found["toy.ipynb"]["points"], found["toy.ipynb"]["needs_eye"]) == (None, True)


def emptied(key):
    """A notebook without any cell for an answer."""
    notebook = handed_out(key, ADA.id)
    notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] not in RIGHT]
    return json.dumps(notebook).encode("utf-8")
