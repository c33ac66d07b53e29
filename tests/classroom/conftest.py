"""What the tests of the classroom share: one way to shut students' code in."""

import pytest
from classroom.toy_class import TOY
from needs import need

from snnlab.course.classroom.assessment import marking
from snnlab.course.classroom.sandbox import choosing
from snnlab.course.classroom.sandbox.isolation import NoIsolation
from snnlab.course.classroom.sandbox.limits import Limits
from snnlab.course.errors import CommandError


@pytest.fixture(scope="session")
def isolation():
    """The best way that this machine has."""
    try:
        return choosing.find_isolation([], Limits())
    except CommandError as reason:
        need(False, str(reason))


@pytest.fixture(scope="session")
def bare():
    return NoIsolation()


@pytest.fixture
def toy(monkeypatch):
    """Marking takes the toy part for every part."""
    monkeypatch.setattr(marking, "find_part", lambda name: TOY)
