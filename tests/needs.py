"""What a test needs that not every machine has."""

import os

import pytest

__all__ = ["CI", "need"]

CI = os.environ.get("CI", "").lower() == "true"


def need(condition: object, reason: str) -> None:
    """Skip the running test with `reason` where `condition` does not hold; under ``CI=true`` fail instead.

    `.ci/run` installs everything that a test may need, so that nothing is left out there unseen.
    """
    if not condition:
        (pytest.fail if CI else pytest.skip)(reason)
