"""The books that the tests look at, each built once; `sample` stands in the conftest above."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session", params=["sample", pytest.param("book", marks=pytest.mark.slow)])
def pages(request, tmp_path_factory) -> Path:
    """The folder with the pages of the sample book and, among the slow tests, of the book itself."""
    if request.param == "sample":
        return request.getfixturevalue("sample")
    from snnlab.course.building import build_book as build

    return build(tmp_path_factory.mktemp("book"), strict=True).parent
