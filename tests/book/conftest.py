"""The books that the tests look at; `sample` and `whole_book` stand in the conftest above."""

from pathlib import Path

import pytest


@pytest.fixture(params=["sample", pytest.param("book", marks=pytest.mark.slow)])
def pages(request) -> Path:
    """The folder with the pages of the sample book and, among the slow tests, of the book itself."""
    return request.getfixturevalue("sample" if request.param == "sample" else "whole_book")
