"""Goals in Chromium say what Python says; `test_javascript_units.py` compares many more verdicts."""

import json

import pytest
from covering import covering
from snnlab_widgets import GOALS
from widgets.goal_answers import answers
from widgets.goal_page import give, said
from widgets.panel_page import as_shown, opened
from widgets.test_goals import asked

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", covering(GOALS))
def test_page_and_python_say_the_same(tab, goal_files, name):
    for k, given in enumerate(answers(name)):
        opened(tab, goal_files[name])
        tab.evaluate("localStorage.clear()")
        give(tab, given)
        assert said(tab) == as_shown(asked(name, given).goal.say(given.given)), given
        assert tab.locator(".snn-verdict").get_attribute("data-kind") == ("wrong" if k else "right")
        kept = json.loads(tab.evaluate("localStorage.getItem('snnlab-progress')"))
        assert kept == {"snnlab": 1, "goals": {name: {"tries": 1, "solved": k == 0}}}
        assert tab.locator(".snn-goal > .snn-tally").inner_text() == ("1 try" if k else "1 try, solved")
