"""What is tried and how it is judged, without another process."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from fuzz.cases import chosen, give, single_changes
from fuzz.examples import Call, Target, calls_of
from fuzz.places import places, put, spoken
from fuzz.values import mutations
from fuzz.verdicts import alike, fingerprint, has_nan, judge_error, tells_of_nan

import snnlab
from snnlab import Spikes
from snnlab.checks import positive

OURS = [Path(snnlab.__file__).parent]


class Rule(NamedTuple):
    """A rule.

    Attributes
    ----------
    tau : float
        Time constant; NaN without one.
    """

    tau: float = 20.0
    gain: float = 1.0
    """How strong; never anything else."""


def appended(to: list, x: float) -> list:
    """Add one.

    >>> a = [1.0]
    >>> appended(a, x=2.0)
    [1.0, 2.0]
    >>> appended(a, 3.0)
    [1.0, 2.0, 3.0]
    """
    to.append(x)
    return to


def raised(call):
    with pytest.raises(BaseException) as caught:  # any
        call()
    return judge_error(caught.value, OURS, "")[0]


def test_only_a_raise_of_ours_is_a_refusal():
    assert raised(lambda: positive("tau", -1.0)) == "refused"
    assert raised(lambda: Spikes([], duration=object())) == "refused"
    assert raised(lambda: Spikes([1.0], duration=10.0)["a"]) == "internal"
    assert raised(lambda: float("x")) == "internal"
    assert (
        raised(lambda: Spikes([1.0], duration=10.0)[5]) == "internal"
    )  # an IndexError that no docstring names
    with pytest.raises(IndexError) as caught:
        Spikes([1.0], duration=10.0)[5]
    assert judge_error(caught.value, OURS, "Raises\n------\nIndexError")[0] == "refused"


def test_an_array_is_changed_in_every_way_that_users_know():
    labels = {mutation.label for mutation in mutations(np.arange(4.0))}
    assert {
        "nan first", "inf last", "-0.0 inside", "5e-324 first", "1e308 first", "empty", "one axis more",
        "None", "[[1.0], [1.0, 2.0]]", "backwards", "duplicates", "one masked", "metres", "read-only",
        "big-endian", "texts",
    } <= labels  # fmt: skip
    whole = {mutation.label for mutation in mutations(np.arange(4))}
    assert {"2**31 first", "-2**63 last", "as floats with a nan"} <= whole
    assert {"2**31", "2**40", "2**63", "10**400", "nan", "1.5"} <= {
        mutation.label for mutation in mutations(3)
    }


@pytest.mark.parametrize("value", [np.arange(6.0).reshape(2, 3), np.arange(4), 2.0, 3, True, [1.0, 2.0]])
def test_what_keeps_the_meaning_keeps_the_numbers(value):
    before = fingerprint(value)
    kept = [mutation for mutation in mutations(value) if mutation.same]
    assert all(np.array_equal(mutation.make(value), value) for mutation in kept)
    assert kept or isinstance(value, list)
    assert fingerprint(value) == before


def test_the_same_label_makes_the_same_call():
    call = Call(len, {"rule": Rule(), "x": np.arange(3.0)})
    call = call._replace(function=lambda rule, x: x)
    changes = single_changes([call])
    assert "0 rule.tau: nan" in changes and "0 x: nan first" in changes
    given, made = give([call], changes, "0 rule.tau: nan & 0 x: nan first")
    assert np.isnan(given.arguments["rule"].tau) and np.isnan(given.arguments["x"][0]) and len(made) == 2
    assert call.arguments["rule"] == Rule() and not np.isnan(call.arguments["x"]).any()
    assert give([call], changes, "0 rule.tau: [it]") is not None
    first, second = (chosen(list(changes), np.random.default_rng(1), 5000) for _ in range(2))
    assert first == second and set(first[: len(changes)]) == set(changes)
    assert all(label.count(" & ") == 1 for label in first[len(changes) :])


def test_places_are_found_and_changed():
    value = {"rule": Rule(), "many": [1, 2, 3, 4]}
    found = {spoken(path): inside for path, inside in places(value)}
    assert found["rule.tau"] == 20.0 and found["many[3]"] == 4 and "many[2]" not in found
    assert put(value, ("rule", "gain"), 5.0)["rule"] == Rule(gain=5.0)


def test_the_calls_of_an_example_are_noted_before_they_are_made():
    target = Target("appended", appended, __name__)
    assert [call.arguments for call in calls_of(target)] == [
        {"to": [1.0], "x": 2.0},
        {"to": [1.0, 2.0], "x": 3.0},
    ]


def test_a_nan_is_found_where_it_is():
    assert list(has_nan(Rule(tau=np.nan))) == ["tau"]
    assert list(has_nan(np.array([1.0, np.nan]))) == [""] and list(has_nan([1.0, "nan", None])) == []


def test_where_the_documentation_tells_of_a_nan():
    def told(x, y):
        """Divide.

        Parameters
        ----------
        x : float
            NaN stays NaN.
        y : float
            What it is divided by.

        Returns
        -------
        float
            NaN if both are 0.
        """

    def silent(x):
        """Divide."""

    assert tells_of_nan(told, 1.0, "", set()) and not tells_of_nan(silent, 1.0, "", set())
    assert tells_of_nan(told, 1.0, "", {"x"}) and not tells_of_nan(told, 1.0, "", {"y"})
    assert tells_of_nan(silent, Rule(), "tau", set()) and not tells_of_nan(silent, Rule(), "gain", set())


def test_what_is_the_same():
    a = Spikes([1.0, 2.0], duration=5.0)
    assert alike((a, {"x": np.ones(2)}, "s", np.nan), (a, {"x": np.ones(2) + 1e-13}, "s", np.nan))
    assert not alike(np.ones(2), np.ones(3)) and not alike([1.0], [1.1]) and not alike("a", "b")
    assert fingerprint({"a": [a, 1]}) != fingerprint({"a": [a, 2]})
