"""How a panel looks in Chromium: every width, light and dark, and labels that want to be more than words."""

import pytest
from covering import covering
from snnlab_widgets import PANELS, Axis
from widgets.panel_page import opened, pixels, sentence, settled, watched_page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1300, 400])
@pytest.mark.parametrize("name", covering(PANELS))
def test_fits_its_page(browser, files, name, width, scheme):
    size = {"viewport": {"width": width, "height": 800}, "device_scale_factor": 1 if width > 480 else 2.5}
    with watched_page(browser, color_scheme=scheme, **size) as page:
        opened(page, files[name])
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        for grip in page.locator(".snn-grip").all():
            box = grip.bounding_box()
            assert box["x"] >= 0 and box["x"] + box["width"] <= width and box["height"] >= 24
        # crisp: as many pixels as the screen has
        for canvas in page.locator("canvas").all():
            assert canvas.evaluate(
                "c => Math.abs(c.width / devicePixelRatio - c.getBoundingClientRect().width) < 1"
            )


def test_theme_of_the_page_wins(page, files):
    opened(page, files["lif"])
    light = pixels(page)
    for attribute, element in (("data-theme", "documentElement"), ("data-jp-theme-light", "body")):
        dark = "dark" if attribute == "data-theme" else "false"
        page.evaluate(f"document.{element}.setAttribute('{attribute}', '{dark}')")
        settled(page)
        assert pixels(page) != light
        page.evaluate(f"document.{element}.removeAttribute('{attribute}')")
        settled(page)
        assert pixels(page) == light


def test_resizes(page, files):
    opened(page, files["lif"])
    page.set_viewport_size({"width": 700, "height": 800})
    settled(page)
    assert page.evaluate(
        "[...document.querySelectorAll('canvas')].every(c => Math.abs(c.width - c.clientWidth) <= 1)"
    )


def test_labels_cannot_smuggle_anything_into_the_page(page, tmp_path):
    from snnlab_widgets import Curve, Panel, ReadOut, lif_panel

    evil = '<img src=x onerror="document.title=1">"\'</script><script>document.title=1</script>&'
    lif = lif_panel()
    panel = Panel(
        "evil", title=evil, question=evil,
        controls=[c._replace(label=evil + c.name, unit=evil) for c in lif.controls],
        readouts=[ReadOut("n", 0, evil), ReadOut("rate", 1, "Hz")],
        views=[Curve("i_curve", "rate_curve", "current", "rate", Axis(0.0, 0.5, evil), evil, title=evil)],
        sentence="{n} " + evil, headline="n", detail=evil, kernel=lif.call.kernel,
        **lif.call.declared,
        presets={evil: {}}, python="# " + evil,
    )  # fmt: skip
    panel.save(tmp_path / "evil.html")
    opened(page, tmp_path / "evil.html")
    assert page.title() == evil
    assert page.locator(".snn-question").inner_text() == evil
    assert page.locator("img").count() == 0
    assert sentence(page) == str(panel)
