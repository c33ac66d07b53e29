"""What the browser tests of panels and goals share: each of them as a file, and a page that is watched."""

import pytest
from snnlab_widgets import GOALS, PANELS
from widgets.panel_page import watched_page


def saved(table, folder):
    """Every panel of a table as a file, by name."""
    for name, make in table.items():
        make().save(folder / f"{name}.html")
    return {name: folder / f"{name}.html" for name in table}


@pytest.fixture(scope="session")
def files(tmp_path_factory):
    return saved(PANELS, tmp_path_factory.mktemp("panels"))


@pytest.fixture(scope="session")
def goal_files(tmp_path_factory):
    return saved(GOALS, tmp_path_factory.mktemp("goals"))


@pytest.fixture
def page(browser):
    with watched_page(browser) as fresh:
        yield fresh


@pytest.fixture
def tab(browser):
    with watched_page(browser) as fresh:
        yield fresh
