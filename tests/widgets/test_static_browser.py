"""Pages without a kernel in Chromium: many panels, no JavaScript, strict policies, paper, other hosts."""

import os
import subprocess
import sys

import pytest
from accessibility import axe_findings
from covering import covering
from snnlab_widgets import PANELS, lif_panel, poisson_panel
from snnlab_widgets.pages import page as page_forms
from widgets.panel_page import PANEL, opened, sentence, settled, watched_page

pytestmark = pytest.mark.browser

STRICT = "; ".join([
    "default-src 'none'",
    "script-src 'unsafe-inline' 'wasm-unsafe-eval'",
    "style-src 'unsafe-inline'",
    "img-src data:",
])  # fmt: skip


def write(path, body, head=""):
    path.write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8">{head}<body>{body}', encoding="utf-8"
    )
    return path


@pytest.mark.slow
def test_ten_panels_on_a_page_of_the_book(browser, tmp_path):
    code = (
        "import sys\nfrom pathlib import Path\nfrom snnlab_widgets import PANELS, lif_panel\n"
        "makes = [lif_panel, *list(PANELS.values())[:9]]\n"
        "blocks = [make()._repr_mimebundle_()['text/html'] for make in makes]\n"
        "page = '<!doctype html><meta charset=\"utf-8\">' + ''.join(blocks)\n"
        "Path(sys.argv[1]).write_text(page, encoding='utf-8')\n"
    )
    file = tmp_path / "ten.html"
    environment = {**os.environ, "SNNLAB_STATIC": "1"}
    subprocess.run([sys.executable, "-c", code, str(file)], check=True, env=environment)
    with watched_page(browser) as page:
        page.goto(file.as_uri())
        panels = [make() for make in [lif_panel, *list(PANELS.values())[:9]]]
        canvases = sum(len(panel.views) for panel in panels)
        page.wait_for_function(f"document.querySelectorAll('.snnlab canvas').length === {canvases}")
        settled(page)
        assert page.locator(".snn-controls").count() == 10
        said = page.evaluate("[...document.querySelectorAll('.snnlab-host')].map(h => h.snnlab.sentence)")
        assert said == [str(panel) for panel in panels]
        # each has its own values
        first, second, *_ = [k for k, panel in enumerate(panels) if panel.name == "lif"]
        page.locator(".snnlab-host").nth(first).get_by_role("button", name="silent").click()
        settled(page)
        said = page.evaluate("[...document.querySelectorAll('.snnlab-host')].map(h => h.snnlab.sentence)")
        assert said[first].endswith(": 0 spikes, 0.0 Hz") and said[second] == str(lif_panel())
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
        assert len(ids) == len(set(ids))


@pytest.mark.slow
def test_a_link_opens_the_panel_it_was_copied_from(browser, tmp_path):
    """Two panels of one name on a page: the second has an address of its own."""
    again = "globalThis.snnlabMount()"
    both = page_forms.block(lif_panel(), page_forms.library()) + page_forms.block(lif_panel(), again)
    file = write(tmp_path / "two.html", both)
    for fragment, moved in (("#lif?v_th=-55", 0), ("#lif-2?v_th=-55", 1)):
        with watched_page(browser) as page:
            page.goto(file.as_uri() + fragment)
            page.wait_for_function(
                "[...document.querySelectorAll('.snnlab-host')].every(h => h.snnlab?.data)"
            )
            values = page.evaluate(
                "[...document.querySelectorAll('.snnlab-host')].map(h => h.snnlab.values.v_th)"
            )
            assert values == [-55 if k == moved else -50 for k in range(2)]
            page.get_by_role("button", name="Save").nth(moved).click()
            menu = page.locator(".snn-saving").nth(moved)
            menu.get_by_role("button", name="Copy link").click()
            copied = menu.locator("pre").inner_text()
            assert fragment.split("?")[0] + "?v_th=-55" in copied


LIVES = "[...document.querySelectorAll('.snnlab-host')].map(host => Boolean(host.snnlab?.data))"


@pytest.fixture(scope="module")
def long_page(tmp_path_factory):
    """Eight panels below each other: more than fits near a window."""
    blocks = [page_forms.block(lif_panel(), page_forms.library())]
    blocks += [page_forms.block(lif_panel(), "globalThis.snnlabMount()")] * 7
    return write(tmp_path_factory.mktemp("long") / "long.html", "".join(blocks))


def test_what_is_in_sight_lives_first_and_the_rest_when_it_comes_near(browser, long_page):
    with watched_page(browser) as page:
        page.add_init_script("window.requestIdleCallback = () => 0;")  # a page that is never idle
        page.goto(long_page.as_uri())
        lives = page.evaluate(LIVES)
        assert lives[0] and not any(lives[4:])
        # until then the still picture, the question and the sentence stand there
        assert page.get_by_text(str(lif_panel()), exact=True).last.is_visible()
        page.locator(".snnlab-host").last.scroll_into_view_if_needed()
        page.wait_for_function(f"{LIVES}.at(-1)")


def test_the_rest_of_a_page_comes_to_life_when_it_is_idle(browser, long_page):
    """So that the tab key and a search in the page find everything, without scrolling."""
    with watched_page(browser) as page:
        page.add_init_script("window.IntersectionObserver = class { observe() {} unobserve() {} };")
        page.goto(long_page.as_uri())
        page.wait_for_function(f"{LIVES}.every(Boolean)")
        assert page.evaluate("scrollY") == 0
        said = page.evaluate("[...document.querySelectorAll('.snnlab-host')].map(h => h.snnlab.sentence)")
        assert said == [str(lif_panel())] * 8


def test_what_is_out_of_sight_does_not_keep_a_page_from_opening(browser, long_page):
    """Idle moments before the page has loaded are not taken: they had cost a third of a second."""
    with watched_page(browser) as page:
        page.add_init_script(
            """window.asked = [];
            const own = requestIdleCallback;
            window.requestIdleCallback = (...given) => {
              asked.push(document.readyState);
              return own(...given);
            };"""
        )
        page.goto(long_page.as_uri())
        page.wait_for_function(f"{LIVES}.every(Boolean)")
        assert set(page.evaluate("asked")) == {"complete"}


@pytest.mark.parametrize("name", covering(PANELS))
def test_without_javascript(browser, tmp_path, name):
    panel = PANELS[name]()
    panel.save(tmp_path / "panel.html")
    with watched_page(browser, java_script_enabled=False) as page:
        page.goto((tmp_path / "panel.html").as_uri())
        assert page.get_by_text(str(panel), exact=True).is_visible()
        assert page.locator("svg").first.is_visible() and page.locator("svg").count() == len(panel.views)


def test_strict_policy(browser, tmp_path):
    policy = f'<meta http-equiv="Content-Security-Policy" content="{STRICT}">'
    packed = page_forms.block(lif_panel(), page_forms.library(), packed=True)
    plain = page_forms.block(lif_panel(), page_forms.library())
    for body in (packed, plain):
        with watched_page(browser) as page:
            opened(page, write(tmp_path / "strict.html", body, policy))
            assert sentence(page) == str(lif_panel())


def test_policy_without_workers(browser, tmp_path):
    policy = f'<meta http-equiv="Content-Security-Policy" content="{STRICT}">'
    file = write(tmp_path / "strict.html", page_forms.block(lif_panel(), page_forms.library()), policy)
    context = browser.new_context()
    page = context.new_page()
    opened(page, file)
    page.evaluate(f"{PANEL}.engine.move()")
    for v_th in (-51, -52, -53):
        page.evaluate(f"{PANEL}.move('v_th', {v_th}, 'slider')")
        settled(page)
    page.wait_for_function(f"{PANEL}.data.values.v_th === -53")
    assert sentence(page) == str(lif_panel(v_th=-53.0))
    context.close()


def test_stricter_policy_leaves_picture_and_sentence(browser, tmp_path):
    stricter = STRICT.replace(" 'wasm-unsafe-eval'", "")
    policy = f'<meta http-equiv="Content-Security-Policy" content="{stricter}">'
    file = write(tmp_path / "stricter.html", page_forms.block(lif_panel(), page_forms.library()), policy)
    context = browser.new_context()
    page = context.new_page()
    page.goto(file.as_uri())
    page.get_by_text("This figure cannot move here").wait_for()
    assert page.get_by_text(str(lif_panel()), exact=True).is_visible()
    assert page.locator("svg").first.is_visible() and page.locator(".snn-controls").count() == 0
    context.close()


def test_paper_shows_the_present_state_in_light_colours(browser, tmp_path):
    lif_panel().save(tmp_path / "lif.html")
    with watched_page(browser, color_scheme="dark") as page:
        opened(page, tmp_path / "lif.html")
        page.get_by_role("button", name="fast").click()
        page.emulate_media(media="print", color_scheme="dark")
        page.wait_for_function(f"{PANEL}.printing")
        settled(page)
        assert page.evaluate(f"{PANEL}.palette.ink") == "rgb(27, 35, 48)"
        assert page.evaluate(
            "(c => c.width / c.clientWidth)(document.querySelector('canvas'))"
        ) == pytest.approx(3, abs=0.01)
        assert (
            not page.locator(".snn-actions").is_visible()
            and not page.locator("input[type=range]").first.is_visible()
        )
        assert page.locator("details").first.get_attribute("open") is not None
        page.emulate_media(media="screen", color_scheme="dark")
        page.wait_for_function(f"!{PANEL}.printing")
        settled(page)
        assert page.evaluate(f"{PANEL}.palette.ink") == "rgb(232, 235, 240)"


def test_host_that_puts_html_into_a_page_by_script(browser, tmp_path):
    """Notebook hosts without widgets set innerHTML and run the scripts anew, one output after the other."""
    insert = """html => {
        const box = document.body.appendChild(document.createElement("div"));
        box.innerHTML = html;
        for (const old of box.querySelectorAll("script")) {
          const fresh = document.createElement("script");
          for (const a of old.attributes) fresh.setAttribute(a.name, a.value);
          fresh.textContent = old.textContent;
          old.replaceWith(fresh);
        } }"""
    with watched_page(browser) as page:
        page.goto(write(tmp_path / "host.html", "").as_uri())
        for make in (lif_panel, poisson_panel, lif_panel):
            page.evaluate(insert, page_forms.block(make(), page_forms.library(), packed=True))
            page.wait_for_function(f"{PANEL}?.data !== undefined")
            assert sentence(page) == str(make())
        assert page.locator(".snn-controls").count() == 3


def test_reduced_motion_and_focus(browser, tmp_path):
    lif_panel().save(tmp_path / "lif.html")
    with watched_page(browser, reduced_motion="reduce") as page:
        opened(page, tmp_path / "lif.html")
        assert (
            page.evaluate("getComputedStyle(document.querySelector('.snn-grip')).transitionDuration") == "0s"
        )
        # every thing that moves the panel is reached by Tab, has a name and shows that it has the focus
        seen = []
        for _ in range(18):
            page.keyboard.press("Tab")
            seen.append(page.evaluate(
                """(e => { const s = getComputedStyle(e);
                const kind = e.tagName + ":" + (e.type || e.getAttribute("role") || "");
                return [kind, s.outlineStyle, e.matches(":focus-visible")]; })
                (document.activeElement)"""
            ))  # fmt: skip
        kinds = [kind for kind, _, _ in seen]
        assert kinds.count("INPUT:range") == 4 and kinds.count("INPUT:number") == 4
        assert kinds.count("DIV:slider") == 2 and kinds.count("BUTTON:button") == 7
        assert all(visible for _, _, visible in seen)
        assert all(outline == "solid" for kind, outline, _ in seen if kind != "INPUT:range")


@pytest.mark.slow
@pytest.mark.parametrize("name", covering(PANELS))
def test_axe_finds_nothing(browser, tmp_path, name):
    PANELS[name]().save(tmp_path / "panel.html")
    for scheme in ("light", "dark"):
        with watched_page(browser, color_scheme=scheme) as page:
            opened(page, tmp_path / "panel.html")
            page.locator("summary").click()
            assert axe_findings(page) == []
