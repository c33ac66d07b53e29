"""The reader's own camera in Chromium, which holds a moving test picture before the page."""

import pytest
from snnlab_widgets import lif_panel, own_camera_panel
from snnlab_widgets.pages import page as page_forms
from widgets.panel_page import PANEL, opened, sentence, settled, watched_page
from widgets.test_static_browser import STRICT, write

pytestmark = pytest.mark.browser

# Keeps the tracks that a page is given, to see whether they are stopped.
SPY = """
window.tracks = [];
const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async wanted => {
  const stream = await ask(wanted);
  tracks.push(...stream.getTracks());
  return stream;
};
"""
PLACE = f"{PANEL}.engine.wasm.place"
SEES = f"() => tracks.at(-1)?.readyState === 'live' && !digit.every((g, k) => g === {PLACE}.grey.given[k])"


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("camera") / "camera.html"
    own_camera_panel().save(path)
    return path


@pytest.fixture
def tab(browser, file):
    """A page that is allowed a camera; it fails if anything is asked from the network."""
    with watched_page(browser, permissions=["camera"]) as fresh:
        fresh.add_init_script(SPY)
        yield opened(fresh, file)


def button(tab, name="Use my camera"):
    return tab.get_by_role("button", name=name)


def grey(tab):
    """The picture that the kernel is given."""
    return tab.evaluate(f"Array.from({PLACE}.grey.given)")


def look(tab):
    """Press the button, and wait until the kernel has been given a picture of the camera."""
    tab.evaluate(f"window.digit = Array.from({PLACE}.grey.given)")
    button(tab).click()
    tab.wait_for_function(SEES)


def test_it_is_off_until_somebody_presses(tab):
    assert button(tab).get_attribute("aria-pressed") == "false"
    assert tab.evaluate("tracks.length") == 0 and sentence(tab) == str(own_camera_panel())
    assert "never leave this page" in tab.locator(".snn-note").inner_text()


def test_what_moves_before_the_camera_becomes_events(tab):
    look(tab)
    first = grey(tab)
    tab.evaluate(f"window.first = Array.from({PLACE}.grey.given)")
    tab.wait_for_function(
        f"() => {PANEL}.data.n > 0 && !window.first.every((g, k) => g === {PLACE}.grey.given[k])"
    )
    assert 0 <= min(first) and max(first) <= 255 and max(first) - min(first) > 50
    assert tab.evaluate("tracks.map(track => [track.kind, track.readyState])") == [["video", "live"]]


def test_what_the_pixels_remember_is_never_a_threshold_from_what_they_saw(tab):
    look(tab)
    far = tab.evaluate(
        f"""(() => {{
          const {{ grey, logs }} = {PLACE}, {{ remembers }} = {PANEL}.data;
          return Math.max(...Array.from(grey.given, (g, k) => Math.abs(logs.given[g] - remembers[k])));
        }})()"""
    )
    assert 0 < far < 0.3 + 1e-9


def test_it_stops_and_shows_the_digit_again(tab):
    digit = grey(tab)
    look(tab)
    button(tab, "Stop the camera").click()
    settled(tab)
    assert tab.evaluate("tracks[0].readyState") == "ended" and grey(tab) == digit
    assert sentence(tab) == str(own_camera_panel())
    tab.evaluate(f"{PANEL}.move('on', 0.5, 'slider')")
    settled(tab)
    assert sentence(tab) == str(own_camera_panel(on=0.5))


def test_a_page_that_is_hidden_or_closed_looks_at_nobody(tab):
    look(tab)
    tab.evaluate(
        "Object.defineProperty(document, 'hidden', { get: () => true, configurable: true });"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
    assert tab.evaluate("tracks[0].readyState") == "ended"
    assert button(tab).get_attribute("aria-pressed") == "false"
    tab.evaluate("delete document.hidden")
    look(tab)
    tab.evaluate(f"{PANEL}.close()")
    assert tab.evaluate("tracks.map(track => track.readyState)") == ["ended", "ended"]


def test_a_reader_may_say_no(browser, file):
    with watched_page(browser) as page:
        opened(page, file)
        button(page).click()
        page.get_by_text("The camera was not allowed.").wait_for()
        assert button(page).get_attribute("aria-pressed") == "false"
        assert sentence(page) == str(own_camera_panel())


def test_a_strict_policy_lets_it_work(browser, tmp_path):
    policy = f'<meta http-equiv="Content-Security-Policy" content="{STRICT}">'
    block = page_forms.block(own_camera_panel(), page_forms.library())
    with watched_page(browser, permissions=["camera"]) as page:
        page.add_init_script(SPY)
        opened(page, write(tmp_path / "strict.html", block, policy))
        look(page)
        assert page.evaluate("tracks[0].readyState") == "live"


def test_other_panels_have_no_camera():
    assert own_camera_panel().spec["camera"] and not lif_panel().spec["camera"]
