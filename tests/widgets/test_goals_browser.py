"""Goals in Chromium, from a file: the sentences of Python, by keyboard alone, and progress that is kept."""

import json

import numpy as np
import pytest
from snnlab_widgets import GOALS, lif_panel, page, poisson_panel
from snnlab_widgets.goals import Ask
from widgets.goal_answers import answers, general
from widgets.panel_page import PANEL, opened, settled, watched_page
from widgets.test_goals import HOSTILE, READ, asked

from snnlab.course.exercises import find

pytestmark = pytest.mark.browser
TYPED = [name for name in GOALS if hasattr(GOALS[name](engine="kernel").goal.declaration, "exercise")]


@pytest.fixture
def browser_page(browser):
    with watched_page(browser) as fresh:
        yield fresh


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("goals")
    for name, make in GOALS.items():
        make().save(folder / f"{name}.html")
    return {name: folder / f"{name}.html" for name in GOALS}


def said(tab):
    tab.wait_for_function("(v => v.dataset.kind && v.textContent)(document.querySelector('.snn-verdict'))")
    return tab.locator(".snn-verdict").inner_text()


def give(tab, given):
    """Answer by the keyboard alone, as far as the page asks for an answer."""
    for name, value in given.values:
        row = tab.evaluate(f"{PANEL}.rows.findIndex(([name]) => name === '{name}')")
        number = tab.locator(".snn-number input").nth(row)
        number.focus()
        tab.keyboard.press("ControlOrMeta+a")
        tab.keyboard.type(f"{value:.10g}")
        tab.keyboard.press("Tab")
    for k, current in enumerate(given.trials):
        tab.locator(".snn-number input").focus()
        tab.keyboard.press("ControlOrMeta+a")
        tab.keyboard.type(f"{current:.10g}")
        tab.get_by_role("button", name="Inject").focus()
        tab.keyboard.press("Enter")
        tab.wait_for_function(f"document.querySelectorAll('.snn-log li').length === {k + 1}")
    dots = tab.locator(".snn-dot:not(.snn-given)").all()
    if dots:
        given_at = tab.evaluate(f"{PANEL}.spec.goal.given")
        for dot, value in zip(dots, np.delete(given.given, given_at), strict=True):
            dot.focus()
            tab.keyboard.press("Home")
            for _ in range(int(value // 10)):
                tab.keyboard.press("PageUp")
            for _ in range(int(value % 10)):
                tab.keyboard.press("ArrowUp")
    elif given.given is not None:
        texts = given.given if isinstance(given.given, list) else [given.given]
        for field, text in zip(tab.locator(".snn-goal input[type=text]").all(), texts, strict=True):
            field.focus()
            tab.keyboard.press("ControlOrMeta+a")
            tab.keyboard.type(text)
        tab.keyboard.press("Enter")
        return
    settled(tab)
    tab.locator(".snn-check").focus()
    tab.keyboard.press("Enter")


@pytest.mark.parametrize("name", GOALS)
def test_page_and_python_say_the_same(browser_page, files, name):
    for k, given in enumerate(answers(name)):
        opened(browser_page, files[name])
        browser_page.evaluate("localStorage.clear()")
        give(browser_page, given)
        assert said(browser_page) == asked(name, given).goal.say(given.given), given
        assert browser_page.locator(".snn-verdict").get_attribute("data-kind") == ("wrong" if k else "right")
        kept = json.loads(browser_page.evaluate("localStorage.getItem('snnlab-progress')"))
        assert kept == {"snnlab": 1, "goals": {name: {"tries": 1, "solved": k == 0}}}
        assert browser_page.locator(".snn-goal > .snn-tally").inner_text() == (
            "1 try" if k else "1 try, solved"
        )


def in_page(tab, texts):
    """What the page says to typed answers, without a hand on the keys."""
    return tab.evaluate(
        f"""texts => {{
            const {{ goal }} = {PANEL};
            return texts.map(row => {{
                goal.inputs.forEach((input, k) => {{ input.value = row[k]; }});
                const verdict = goal.judge();
                return verdict.unread ?? (verdict.right ? "" : goal.spec.begin) + verdict.text;
            }});
        }}""",
        texts,
    )


def test_typed_answers_are_read_alike(browser_page, files):
    opened(browser_page, files["lif-overflow"])
    typed = [
        *HOSTILE,
        *READ,
        "1.0e",
        "e5",
        "--3",
        "+-3",
        "5.5.",
        "3 ms ms",
        "ms",
        "∞",
        "2,5",
        "1,2,3",
        "1e-400",
        "−0",
    ]
    goal = GOALS["lif-overflow"](engine="kernel").goal
    assert in_page(browser_page, [[text] for text in typed]) == [goal.say(text) for text in typed]


def test_random_and_general_answers_are_judged_alike(browser_page, tmp_path):
    """One number and two, also near the edges of a tolerance and at ties of rounding."""
    rng = np.random.default_rng(5)
    two = Ask(name="two", question="Which?", exercise=find("2.3"), labels=("a", "b"))
    for panel in (GOALS["lif-overflow"](), lif_panel(goal=two)):
        panel.save(tmp_path / "panel.html")
        opened(browser_page, tmp_path / "panel.html")
        right = np.ravel(panel.goal.declaration.exercise.solution)
        shape = (400, right.size)
        tried = [*(right * rng.choice([-1, 0.5, 0.951, 1, 2, 60, 1e-3, 1e7], size=shape))]
        tried += [*(right * (1 + rng.uniform(-0.07, 0.07, size=shape)))]
        tried += [right * (1 + sign * off) for off in (0.01, 0.02, 0.002, 0.05) for sign in (1, -1)]
        tried += [np.full(right.size, x) for x in (0.0, 12.25, 2.125, 1234.5, 99950.0, 0.00012345, -0.03125)]
        texts = [[repr(float(x)) for x in row] for row in tried]
        if right.size == 1:
            texts += [[given.given] for given in general("lif-overflow")]
        assert in_page(browser_page, texts) == [panel.goal.say(row) for row in texts]


def test_a_hidden_neuron_is_judged_alike(browser_page, files):
    opened(browser_page, files["lif-curtain"])
    rng, panel = np.random.default_rng(6), GOALS["lif-curtain"](engine="kernel")
    for which in range(5):
        panel.neuron = which
        right = panel.spec["goal"]["neurons"][which]["right"]
        for n_trials in (0, 1, 2, 4):
            panel.injected = np.round(right * rng.uniform(0.6, 1.6, size=n_trials), 3).tolist()
            browser_page.evaluate(
                f"""([which, trials]) => {{ const {{ goal }} = {PANEL}; goal.which = which;
                goal.trials = trials.map(([current, fired]) => ({{ current, fired }})); }}""",
                [which, [[x, x > right] for x in panel.injected]],
            )
            texts = [f"{x:.4g}" for x in right * rng.uniform(0.5, 1.7, size=20)] + [
                "0.4 nA",
                "400",
                "-50",
                "15",
            ]
            assert in_page(browser_page, [[text] for text in texts]) == [panel.goal.say(x) for x in texts]


def test_random_curves_are_judged_alike(browser_page, files):
    opened(browser_page, files["lif-predict"])
    rng, panel = np.random.default_rng(7), GOALS["lif-predict"](engine="kernel")
    goal = panel.goal.declaration
    truth, x = goal.truth(panel), np.array(goal.points)
    curves = []
    for _ in range(150):
        base = [truth, 200 * x, np.maximum(0, 300 * (x - 0.15)), 60.0 * (x > 0.1), 0 * x + 34][
            rng.integers(5)
        ]
        curves.append(np.clip(np.round(base + rng.normal(0, rng.choice([0, 3, 9]), x.size)), 0, 150))
    page_says = browser_page.evaluate(
        f"""curves => {{ const {{ goal }} = {PANEL};
        return curves.map(drawn => {{ goal.drawn = drawn;
            const verdict = goal.judge(); return verdict.unread ?? verdict.text; }}); }}""",
        [curve.tolist() for curve in curves],
    )
    python_says = [panel.goal.say(curve) for curve in curves]
    assert page_says == python_says
    assert len({text.split(" Your curve")[0] for text in python_says}) >= 5


# ---- how a goal behaves ------------------------------------------------------------------------------------


def test_what_is_no_answer_is_no_try_and_can_be_mended(browser_page, files):
    opened(browser_page, files["lif-overflow"])
    field = browser_page.get_by_label("First spike after")
    field.focus()
    browser_page.keyboard.press("Enter")
    browser_page.locator(".snn-verdict").get_by_text("Type a number first.").wait_for()
    assert field.get_attribute("aria-invalid") == "true"
    assert browser_page.locator(".snn-goal > .snn-tally").inner_text() == ""
    browser_page.keyboard.type("27.5 ms")
    browser_page.keyboard.press("Enter")
    browser_page.get_by_text("Right. Now look at the fraction").wait_for()
    assert field.get_attribute("aria-invalid") == "false"
    # said to a screen reader, and said again when it is the same
    assert browser_page.locator(".snn-verdict").get_attribute("role") == "status"
    browser_page.keyboard.press("Enter")
    settled(browser_page)
    browser_page.get_by_text("2 tries, solved").wait_for()


def test_the_curve_stays_hidden_until_it_is_drawn(browser_page, files):
    opened(browser_page, files["lif-predict"])
    curve = browser_page.locator(".snn-curve canvas")
    start, hidden = (
        curve.evaluate("c => c.toDataURL()"),
        (".snn-controls", ".snn-actions", ".snn-code", ".snn-trace"),
    )
    for part in hidden:
        assert not browser_page.locator(part).is_visible()
    # the canvas is that of a page whose neuron has another time constant: the truth is not in the picture
    browser_page.evaluate(f"{PANEL}.engine.ask({{ ...{PANEL}.values, tau_m: 7 }})")
    settled(browser_page)
    assert curve.evaluate("c => c.toDataURL()") == start
    browser_page.get_by_role("button", name="Show the curve").click()
    browser_page.get_by_text("Draw first: move at least 3 of the points.").wait_for()
    # sweep over the picture with the mouse
    box = curve.bounding_box()
    browser_page.mouse.move(box["x"] + 60, box["y"] + 150)
    browser_page.mouse.down()
    browser_page.mouse.move(box["x"] + box["width"] - 20, box["y"] + 60, steps=40)
    browser_page.mouse.up()
    drawn = browser_page.evaluate(f"{PANEL}.goal.drawn")
    free = np.delete(drawn, 3)
    assert np.all(np.diff(free) >= 0) and len(set(free)) >= 7
    assert browser_page.evaluate(f"{PANEL}.values.current") == 0.2
    browser_page.get_by_role("button", name="Show the curve").focus()
    browser_page.keyboard.press("Enter")
    browser_page.wait_for_function("/Your curve is/.test(document.querySelector('.snn-verdict').textContent)")
    for part in hidden:
        assert browser_page.locator(part).is_visible()
    assert browser_page.evaluate("document.activeElement.textContent") == "Draw again"
    assert curve.evaluate("c => c.toDataURL()") != start
    # the controls live, and drawing again starts afresh
    browser_page.locator("input[type=range]").first.press("Home")
    settled(browser_page)
    browser_page.get_by_role("button", name="Draw again").press("Enter")
    settled(browser_page)
    assert browser_page.evaluate(f"{PANEL}.values.v_th") == -50
    assert len(set(browser_page.evaluate(f"{PANEL}.goal.drawn"))) == 1
    assert not browser_page.locator(".snn-controls").is_visible()


def test_a_finger_drags_a_point_and_scrolls_elsewhere(browser, files):
    with watched_page(browser, has_touch=True, viewport={"width": 380, "height": 800}) as tab:
        opened(tab, files["lif-predict"])
        dot = tab.locator(".snn-dot:not(.snn-given)").first
        box = dot.bounding_box()
        assert box["width"] >= 24 and box["height"] >= 24
        assert dot.evaluate("e => getComputedStyle(e).touchAction") == "none"
        assert tab.locator(".snn-curve canvas").evaluate("e => getComputedStyle(e).touchAction") == "auto"
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        touch = tab.context.new_cdp_session(tab)
        for kind, points in (
            ("touchStart", [{"x": x, "y": y}]),
            ("touchMove", [{"x": x, "y": y - 30}]),
            ("touchEnd", []),
        ):
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        settled(tab)
        assert tab.evaluate(f"{PANEL}.goal.drawn[0]") > tab.evaluate(f"{PANEL}.goal.drawn[1]") + 10


def test_trials_are_few_and_another_neuron_has_its_own(browser_page, files):
    opened(browser_page, files["lif-curtain"])
    number, inject = (
        browser_page.locator(".snn-number input"),
        browser_page.get_by_role("button", name="Inject"),
    )
    seen = browser_page.locator(".snn-result b")
    assert seen.inner_text() == "0"
    number.fill("0.4")
    settled(browser_page)
    assert seen.inner_text() == "0"  # moving the slider is no trial
    for k in range(10):
        inject.press("Enter")
        browser_page.wait_for_function(f"document.querySelectorAll('.snn-log li').length === {k + 1}")
    panel = GOALS["lif-curtain"](engine="kernel")
    panel.current = 0.4
    assert seen.inner_text() == panel.headline() != "0"
    assert browser_page.locator(".snn-log li").first.inner_text() == f"0.400 nA: {panel.headline()} spikes"
    inject.press("Enter")
    browser_page.get_by_text("All trials are used up").wait_for()
    assert browser_page.locator(".snn-log li").count() == 10
    browser_page.get_by_role("button", name="Another neuron").press("Enter")
    browser_page.get_by_text("10 of 10 trials left").wait_for()
    settled(browser_page)
    assert seen.inner_text() == "0" and float(number.input_value()) == 0
    number.fill("0.4")
    inject.press("Enter")
    browser_page.wait_for_function("document.querySelectorAll('.snn-log li').length === 1")
    panel.neuron = 1
    assert seen.inner_text() == panel.headline()


def test_panels_with_and_without_goals_live_in_one_page(browser_page, monkeypatch, tmp_path):
    monkeypatch.setenv("SNNLAB_STATIC", "1")
    monkeypatch.setattr(page, "_shared_library_sent", False)
    makers = (lif_panel, GOALS["lif-twice"], poisson_panel, GOALS["lif-predict"], GOALS["lif-overflow"])
    blocks = [make()._repr_mimebundle_()["text/html"] for make in makers]
    text = f"<!doctype html><meta charset=utf-8><link rel=icon href=data:,>{''.join(blocks)}"
    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    opened(browser_page, tmp_path / "page.html")
    lives = (
        "[...document.querySelectorAll('.snnlab-host')].map(host => host.snnlab?.data && !!host.snnlab.goal)"
    )
    assert browser_page.evaluate(lives) == [False, True, False, True, True]
    # one progress for all goals of the page
    browser_page.get_by_role("button", name="Check").first.click()
    browser_page.locator(".snn-progress summary").last.click()
    browser_page.get_by_text("0 solved of 1 tried.").last.wait_for()


# ---- progress ----------------------------------------------------------------------------------------------


def test_progress_survives_a_reload_an_export_and_an_import(browser, files):
    with watched_page(browser) as tab:
        opened(tab, files["lif-overflow"])
        give(tab, answers("lif-overflow")[1])
        give(tab, answers("lif-overflow")[0])
        tab.get_by_text("2 tries, solved").wait_for()
        opened(tab, files["lif-overflow"])
        assert tab.locator(".snn-goal > .snn-tally").inner_text() == "2 tries, solved"
        tab.locator(".snn-progress summary").press("Enter")
        text = tab.get_by_label("Progress as text").input_value()
        with tab.expect_download() as download:
            tab.get_by_role("button", name="Save as a file").press("Enter")
        assert download.value.suggested_filename == "snnlab-progress.json"
        assert download.value.path().read_text(encoding="utf-8") == text
    with watched_page(browser) as tab:
        opened(tab, files["lif-twice"])
        give(tab, answers("lif-twice")[1])
        tab.locator(".snn-progress summary").press("Enter")
        with tab.expect_file_chooser() as chooser:
            tab.get_by_role("button", name="Open a file").click()
        chooser.value.set_files({
            "name": "mine.json",
            "mimeType": "application/json",
            "buffer": text.encode("utf-8"),
        })
        tab.get_by_text("Read: 1 goal.").wait_for()
        kept = json.loads(tab.get_by_label("Progress as text").input_value())["goals"]
        assert kept == {
            "lif-twice": {"tries": 1, "solved": False},
            "lif-overflow": {"tries": 2, "solved": True},
        }


BAD = [
    "", "hello", "null", "[]", "{}", '{"snnlab": 2, "goals": {}}', '{"snnlab": 1, "goals": []}',
    '{"snnlab": 1, "goals": {"lif-twice": null}}',
    '{"snnlab": 1, "goals": {"lif-twice": {"tries": -1, "solved": true}}}',
    '{"snnlab": 1, "goals": {"lif-twice": {"tries": 1.5, "solved": true}}}',
    '{"snnlab": 1, "goals": {"lif-twice": {"tries": 1e400, "solved": true}}}',
    '{"snnlab": 1, "goals": {"lif-twice": {"tries": 1, "solved": "yes"}}}',
    '{"snnlab": 1, "goals": {"__proto__": {"tries": 1, "solved": true}}}',
    '{"snnlab": 1, "goals": {"<img src=x>": {"tries": 1, "solved": true}}}',
    json.dumps({"snnlab": 1, "goals": {f"g{k}": {"tries": 1, "solved": True} for k in range(1001)}}),
]  # fmt: skip


def test_a_malformed_import_gets_one_sentence_and_changes_nothing(browser_page, files):
    opened(browser_page, files["lif-twice"])
    give(browser_page, answers("lif-twice")[1])
    browser_page.locator(".snn-progress summary").click()
    before = browser_page.evaluate("localStorage.getItem('snnlab-progress')")
    field, told = (
        browser_page.get_by_label("Progress as text"),
        browser_page.locator(".snn-progress [role=status]"),
    )
    for text in BAD:
        field.fill(text)
        told.evaluate("e => { e.textContent = ''; }")
        browser_page.get_by_role("button", name="Read the text").click()
        assert (
            told.inner_text() == "This is not the progress of a reader of this course: nothing was changed."
        )
        assert browser_page.evaluate("localStorage.getItem('snnlab-progress')") == before
    # a store that somebody else has spoilt counts as empty
    browser_page.evaluate("localStorage.setItem('snnlab-progress', '{\"goals\": 3')")
    opened(browser_page, files["lif-twice"])
    assert browser_page.locator(".snn-goal > .snn-tally").inner_text() == ""


def test_a_page_that_may_keep_nothing_works_and_says_so(browser_page, files, tmp_path):
    """In a sandboxed frame even asking for the store is an error."""
    inner = files["lif-overflow"].read_text(encoding="utf-8").replace("&", "&amp;").replace('"', "&quot;")
    frame = f'<iframe sandbox="allow-scripts allow-forms" width=900 height=800 srcdoc="{inner}"></iframe>'
    text = f"<!doctype html><meta charset=utf-8><link rel=icon href=data:,>{frame}"
    (tmp_path / "frame.html").write_text(text, encoding="utf-8")
    browser_page.goto((tmp_path / "frame.html").as_uri())
    inside = browser_page.frame_locator("iframe")
    inside.get_by_label("First spike after").fill("27.5")
    inside.get_by_label("First spike after").press("Enter")
    inside.get_by_text("Right. Now look at the fraction").wait_for()
    inside.get_by_text("1 try, solved").wait_for()
    inside.locator(".snn-progress summary").click()
    inside.get_by_text("This page may keep nothing: save it before you leave.").wait_for()


# ---- for everybody -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", GOALS)
def test_every_part_is_reached_by_the_tab_key(browser_page, files, name):
    opened(browser_page, files[name])
    wanted = browser_page.evaluate(
        """[...document.querySelectorAll(".snn-goal :is(button, input, textarea, summary), .snn-dot")]
        .filter(e => e.checkVisibility()).length"""
    )
    reached = set()
    for _ in range(60):
        browser_page.keyboard.press("Tab")
        found = browser_page.evaluate(
            """(e => [[...document.querySelectorAll("*")].indexOf(e), !!e.closest(".snn-goal, .snn-dot"),
            getComputedStyle(e).outlineStyle])(document.activeElement)"""
        )
        if found[1]:
            assert found[2] == "solid"
            reached.add(found[0])
    assert len(reached) == wanted >= 2


@pytest.mark.parametrize("name", GOALS)
def test_axe_finds_nothing_in_a_goal(browser, files, name):
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        from needs import need

        need(False, "axe-playwright-python is not installed")
    for scheme in ("light", "dark"):
        with watched_page(browser, color_scheme=scheme) as tab:
            opened(tab, files[name])
            tab.locator(".snn-progress summary").click()
            for state in range(2):
                found = Axe().run(tab).response["violations"]
                assert not found, [(v["id"], [n["html"][:160] for n in v["nodes"]]) for v in found]
                if not state:
                    give(tab, answers(name)[1])
                    said(tab)
