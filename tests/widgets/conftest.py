"""What the browser tests of panels and goals share: each of them as a file, and a page that is watched."""

import pytest
from snnlab_widgets import GOALS, PANELS
from widgets.panel_page import watched_page


class Saved(dict):
    """Every panel of a table as a file, by name; made when it is asked for."""

    def __init__(self, table, folder):
        super().__init__()
        self.table, self.folder = table, folder

    def __missing__(self, name):
        self[name] = self.folder / f"{name}.html"
        self.table[name]().save(self[name])
        return self[name]


@pytest.fixture(scope="session")
def files(tmp_path_factory):
    return Saved(PANELS, tmp_path_factory.mktemp("panels"))


@pytest.fixture(scope="session")
def goal_files(tmp_path_factory):
    return Saved(GOALS, tmp_path_factory.mktemp("goals"))


@pytest.fixture
def page(browser):
    with watched_page(browser) as fresh:
        yield fresh


@pytest.fixture
def tab(browser):
    with watched_page(browser) as fresh:
        yield fresh
