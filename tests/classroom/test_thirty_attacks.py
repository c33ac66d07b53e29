"""Thirty attacks, ten classes of three: each is contained, and says by what."""

import json

import pytest
from classroom.as_a_user import run_as_a_user
from classroom.hand_ins import ADA, BO, moodle, new_class, notebook, pack
from classroom.thirty_attacks import (
    CHANNELS,
    IDENTITIES,
    INSIDE,
    NAMES,
    PAGE,
    SECRET_NUMBER,
    SECRET_WORD,
    table,
    with_table,
)
from classroom.toy_class import TOY
from needs import need

from snnlab.course.classroom.assessment.assessing import assess
from snnlab.course.classroom.intake.collecting import collect
from snnlab.course.classroom.sandbox.isolation import Bubblewrap
from snnlab.course.classroom.sandbox.limits import Limits
from snnlab.course.classroom.sandbox.running import Ask, Source, run

LIMITS = Limits()._replace(total=20.0, cell=2.0, calls=2.0)


def test_they_are_thirty():
    classes = {kind for kind, _ in INSIDE}
    assert len(INSIDE) + len(CHANNELS) + len(NAMES) + len(IDENTITIES) == 30
    assert all(sum(kind == one for kind, _ in INSIDE) == 3 for one in classes)


def test_the_teachers_page_lists_them():
    need(PAGE.is_file(), "the package is installed without its book")
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_table(page), "run python tests/classroom/thirty_attacks.py"
    rows = [line for line in table().splitlines() if line.count("|") == 4]
    assert len(rows) == 2 + 30 and len({row.split("|")[1] for row in rows[2:]}) == 10


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "name"), INSIDE)
def test_an_attack_from_inside_gets_nothing(isolation, kind, name):
    need(isinstance(isolation, Bubblewrap), "nothing shuts code in here")
    attack = INSIDE[kind, name]
    sources = [Source(attack.code, "attack"), Source("fine = 1", "beside")]
    came = run(sources, [Ask("attack", "got"), Ask("beside", "fine")], LIMITS, isolation)
    if attack.stopped:
        assert came.cells == {0: attack.stopped}
    else:
        reply = came.answers["attack"].replies[0]
        assert reply.kind == "numbers", came
        assert reply.value[0] == 0 and int(reply.value[1]) in attack.answers, reply.value
    assert came.answers["beside"].replies[0].value == 1  # and the next answer counts


@pytest.mark.slow
def test_nor_does_it_where_the_teacher_is_not_root(isolation):
    """Then it is the teacher's own user who runs the student's code, in a world of its own."""
    need(isinstance(isolation, Bubblewrap), "nothing shuts code in here")
    came = run_as_a_user([attack.code for attack in INSIDE.values()], LIMITS)
    assert len(came) == len(INSIDE)
    for (name, attack), (reason, got, fine) in zip(INSIDE.items(), came, strict=True):
        assert fine == [1.0], name
        if attack.stopped:
            assert reason == attack.stopped, name
        else:
            assert got[0] == 0 and int(got[1]) in attack.answers, (name, reason, got)


@pytest.mark.parametrize("name", CHANNELS)
def test_what_a_process_says_comes_to_no_reader(isolation, tmp_path, name):
    folder = tmp_path / "class"
    key = new_class(folder)
    file = folder / "toy.ipynb"
    file.write_bytes(notebook(key, ADA, **CHANNELS[name]))
    mark = assess(key, TOY, ADA.id, file, LIMITS, isolation).mark
    for exercise in CHANNELS[name]:
        assert mark["exercises"][exercise]["points"] == 0
        told = json.dumps({**mark["exercises"][exercise], "answer": ""})
        assert SECRET_WORD not in told and SECRET_NUMBER not in told


@pytest.mark.parametrize("name", NAMES)
def test_a_name_reaches_no_other_place(tmp_path, capsys, name):
    folder = tmp_path / "class"
    key = new_class(folder)
    before = (folder / "key.json").read_bytes()
    pack(tmp_path / "all.zip", [(moodle(ADA, NAMES[name]), notebook(key, ADA))])
    collect(str(tmp_path / "all.zip"), str(folder))
    assert (folder / "key.json").read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"class", "all.zip"}
    assert not set("\x1b\r") & set(capsys.readouterr().out)


@pytest.mark.parametrize("name", IDENTITIES)
def test_what_a_file_says_of_itself_gives_no_points(isolation, tmp_path, name):
    folder = tmp_path / "class"
    key = new_class(folder)
    own, other = ({"id": one.id, "token": key["students"][one.id]["token"]} for one in (ADA, BO))
    says = {"snnlab": 1, "part": "toy", "edition": key["edition"], "answers": {"first": 1.0}}
    file = folder / "answers.json"
    file.write_text(json.dumps(says | {"student": ADA.id} | IDENTITIES[name](own, other)), encoding="utf-8")
    mark = assess(key, TOY, ADA.id, file, LIMITS, isolation).mark
    assert all(not one["points"] for one in mark["exercises"].values())
