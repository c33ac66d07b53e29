"""What the tests of the classroom share: one way to shut students' code in, and a class that is marked."""

import pytest
from classroom.as_a_user import shuts_in
from classroom.corrected import WORK, assess
from classroom.toy_class import TOY, make_class
from needs import need

from snnlab.course.classroom.assessment import marking, merging, regrading, rounds
from snnlab.course.classroom.giving_back import standings as adding_up
from snnlab.course.classroom.giving_back.standings import standings
from snnlab.course.classroom.handout import assigning
from snnlab.course.classroom.roster import Student, write_roster
from snnlab.course.classroom.sandbox import choosing
from snnlab.course.classroom.sandbox.isolation import NoIsolation
from snnlab.course.classroom.sandbox.limits import Limits
from snnlab.course.errors import CommandError


@pytest.fixture(scope="session")
def isolation():
    """The best way that this machine has; where bubblewrap alone works and ours does not, ours is broken."""
    try:
        return choosing.find_isolation([], Limits())
    except CommandError as reason:
        if shuts_in():
            pytest.fail(str(reason))
        need(False, str(reason))


@pytest.fixture(scope="session")
def bare():
    return NoIsolation()


@pytest.fixture
def toy(monkeypatch):
    """Marking takes the toy part for every part."""
    monkeypatch.setattr(marking, "find_part", lambda name: TOY)


@pytest.fixture
def found(monkeypatch):
    """All commands find this part."""

    def found(part):
        for module in (marking, regrading, merging, adding_up, assigning):
            monkeypatch.setattr(module, "find_part", lambda name: part)

    return found


@pytest.fixture
def use(monkeypatch, found):
    """All commands find this part, and nothing is shut in."""
    monkeypatch.setattr(rounds, "assess", assess)
    monkeypatch.setattr(marking, "find_isolation", lambda *_: NoIsolation())
    monkeypatch.setattr(regrading, "find_isolation", lambda *_: NoIsolation())
    found(TOY)
    return found


@pytest.fixture
def class_(tmp_path, use, capsys):
    """Three students, of whom the second is 5 % beside what is right, which 1 % are allowed."""
    folder = tmp_path / "class"
    make_class(folder, WORK)
    write_roster(folder / "roster.csv", [Student(student) for student in WORK])
    assert marking.mark_class(folder) == 0
    assert {one.student.id: one.points for one in standings(folder)} == {"s0": 7, "s1": 5, "s2": 5}
    capsys.readouterr()
    return folder
