"""Many panels on one page: each lives, no two things share a name, and an address leads to its panel."""

import pytest
from covering import chosen
from snnlab_widgets import PANELS
from snnlab_widgets.pages import page as forms
from widgets.panel_page import watched_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HOSTS = "[...document.querySelectorAll('.snnlab-host')]"
LIVE = f"{HOSTS}.every(host => host.snnlab?.data)"


@pytest.fixture(params=["covering", pytest.param("all", marks=pytest.mark.nightly)])
def names(request):
    return [name for name in PANELS if request.param == "all" or name in chosen()["panels"]]


def test_many_panels_share_a_page(names, browser, tmp_path):
    words = f"<p>{'words ' * 300}</p>"
    blocks = words.join(forms.block(PANELS[name](), "globalThis.snnlabMount?.();") for name in names)
    file = tmp_path / "page.html"
    head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>All</title><body>'
    file.write_text(f"{head}{blocks}<script>{forms.library()}</script>", encoding="utf-8")
    with watched_page(browser) as tab:
        tab.goto(file.as_uri())
        tab.wait_for_function(LIVE)
        said = tab.evaluate(f"{HOSTS}.map(host => host.snnlab.sentence)")
        assert said == [str(PANELS[name]()) for name in names]
        ids = tab.evaluate("[...document.querySelectorAll('[id]')].map(part => part.id)")
        assert len(set(ids)) == len(ids)
        sliders = "[...document.querySelectorAll('.snn-controls input')]"
        named = "(input => input.labels.length + (input.ariaLabel?.length ?? 0))"
        assert tab.evaluate(f"{sliders}.length") > len(names)
        assert tab.evaluate(f"{sliders}.every({named})")
        middle = names[len(names) // 2]
        link = tab.evaluate(f"{HOSTS}.find(host => host.snnlab.spec.name === '{middle}').snnlab.link")
        with watched_page(browser) as other:
            other.goto(link)
            other.wait_for_function(LIVE)
            place = f"{HOSTS}.find(host => host.snnlab.spec.name === '{middle}').getBoundingClientRect().top"
            other.wait_for_function(f"Math.abs({place}) < 2")
