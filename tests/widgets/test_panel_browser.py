"""The living panel in Chromium, from a file: numbers, pictures, hands, keys, themes."""

import json

import numpy as np
import pytest
from snnlab_widgets import PANELS, frames, picture
from snnlab_widgets import page as page_forms
from snnlab_widgets.formats import as_code, fill, fixed
from widgets.panel_page import PANEL, opened, pixels, sentence, settled, watched_page

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser):
    with watched_page(browser) as fresh:
        yield fresh


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("panels")
    for name, make in PANELS.items():
        make().save(folder / f"{name}.html")
    return {name: folder / f"{name}.html" for name in PANELS}


@pytest.mark.parametrize("name", PANELS)
def test_page_and_python_agree(page, files, name):
    panel = PANELS[name]()
    assert panel.engine == "browser"
    opened(page, files[name])
    rng = np.random.default_rng(4)
    for setting in range(12):
        if setting:
            for c in panel.controls:
                steps = rng.integers(0, round((c.high - c.low) / c.step) + 1)
                setattr(panel, c.name, round(c.low + steps * c.step, c.decimals))
            if panel.has_trait("seed"):
                panel.seed = int(rng.integers(2**64, dtype=np.uint64))
        values = {n: str(v) if n == "seed" else v for n, v in panel.values.items()}
        page.evaluate(f"values => {PANEL}.setAll(values)", values)
        settled(page)
        assert sentence(page) == str(panel)
        assert page.locator(".snn-result b").inner_text() == panel.headline()
        data = page.evaluate(
            f"Object.fromEntries(Object.entries({PANEL}.data).filter(([k]) => k !== 'values')"
            ".map(([k, x]) => [k, x.length === undefined ? x : Array.from(x)]))"
        )
        result = panel.result._asdict()
        assert set(data) == set(result)
        for key, ours in result.items():
            np.testing.assert_allclose(data[key], ours, rtol=0, atol=1e-9, err_msg=f"{key} at {panel.values}")
        for k, view in enumerate(panel.views):
            compare_picture(page, k, view, panel)


def compare_picture(page, k, view, panel):
    """What is drawn is what was computed: spikes are drawn once each, the trace is thinned as in Python."""
    box = page.locator("canvas").nth(k).bounding_box()
    size, result = picture.box(view), panel.result._asdict()
    kind = type(view).__name__
    if kind in ("Trace", "Raster"):
        times = result[view.spikes if kind == "Trace" else view.times]
        end = len(result[view.y]) * view.dt if kind == "Trace" else view.duration
        width = box["width"] - size["left"] - size["right"]
        drawn = page.evaluate(f"{PANEL}.views[{k}].drawn")
        assert len(drawn) == panel.result.n
        np.testing.assert_allclose(drawn, size["left"] + times / end * width, atol=1e-3)
    if kind == "Trace":
        thinned = page.evaluate(
            f"(t => [Array.from(t.at), Array.from(t.value)])({PANEL}.views[{k}].now.trace)"
        )
        at, value = frames.thin(result[view.y])
        np.testing.assert_allclose(thinned[1], value, atol=1e-5)
        assert np.mean(np.array(thinned[0]) == at) > 0.99  # a tie may fall to a neighbour by 1e-15
    if kind == "Trace" and view.behind:
        grey = page.evaluate(f"{PANEL}.views[{k}].grey")
        np.testing.assert_allclose(grey, size["left"] + result[view.behind_spikes] / end * width, atol=1e-3)
        behind = page.evaluate(
            f"(t => [t.n, Array.from(t.at), Array.from(t.value)])({PANEL}.views[{k}].now.behind)"
        )
        assert behind[0] == len(result[view.behind])
        np.testing.assert_array_equal(behind[1:], frames.thin(result[view.behind]))
    if kind == "Histogram":
        now = f"{PANEL}.views[{k}].now"
        np.testing.assert_array_equal(page.evaluate(f"Array.from({now}.counts)"), result[view.counts])
        np.testing.assert_allclose(page.evaluate(f"Array.from({now}.law)"), result[view.law], atol=1e-9)
    if kind == "Curve":
        at = page.evaluate(f"[{PANEL}.views[{k}].now.at, {PANEL}.views[{k}].now.value]")
        assert at == [panel.values[view.at], pytest.approx(result[view.value])]


def test_keys_on_the_slider(page, files):
    opened(page, files["lif"])
    before, said = pixels(page), sentence(page)
    slider = page.get_by_role("slider", name="Threshold vth", exact=True)
    slider.focus()
    for _ in range(10):
        page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(700)
    assert slider.input_value() == "-51"
    assert slider.get_attribute("aria-valuetext") == "−51.0 mV"
    assert sentence(page) == str(PANELS["lif"](v_th=-51.0)) != said
    assert pixels(page) != before
    # the read-out is announced once the keys are at rest, with the change since the first of them
    assert page.locator(".snn-live").inner_text() == f"{sentence(page)}, +5.0 Hz"
    assert page.locator(".snn-change").inner_text() == "+5.0 Hz"
    page.keyboard.press("End")
    settled(page)
    assert sentence(page).startswith("v_th = −45.0 mV")


def test_reset_ends_the_comparison(page, files):
    opened(page, files["lif"])
    page.get_by_role("slider", name="Refractory time tref", exact=True).focus()
    page.keyboard.press("End")
    page.wait_for_timeout(700)
    assert page.locator(".snn-change").inner_text() != ""
    page.get_by_role("button", name="Reset").click()
    settled(page)
    assert page.locator(".snn-change").inner_text() == ""
    assert page.evaluate(f"{PANEL}.views.every(view => view.ghost === undefined)")
    page.get_by_role("button", name="silent").click()
    settled(page)
    assert page.locator(".snn-change").inner_text() == "−33.0 Hz"  # against the panel as it was after Reset


def test_dragging_the_threshold(page, files):
    opened(page, files["lif"])
    grip = page.get_by_role("slider", name="Threshold, in the picture")
    box = grip.bounding_box()
    assert box["height"] >= 24 and box["width"] >= 24
    canvas = page.locator("canvas").first.bounding_box()
    assert box["x"] >= canvas["x"] + canvas["width"] - picture.box(PANELS["lif"]().views[0])["right"]
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    values = []
    for step in range(1, 21):
        page.mouse.move(x, y + step)
        settled(page)
        values.append(page.evaluate(f"{PANEL}.values.v_th"))
        assert page.locator(".snn-live").inner_text() == ""  # nothing is said during the drag
    page.mouse.up()
    # 20 px are 20/176 of the range of 30 mV
    assert values[-1] == pytest.approx(-50 - 20 * 30 / 176, abs=0.06)
    assert len(set(values)) == 20 and values == sorted(values, reverse=True)
    panel = PANELS["lif"](v_th=values[-1])
    assert page.locator(".snn-live").inner_text().startswith(str(panel))
    assert grip.get_attribute("aria-valuetext") == panel.controls[0].text(values[-1])
    assert page.evaluate(f"{PANEL}.views[0].ghost.spikes.length") == 33


def test_dragging_the_line_itself_and_the_point(page, files):
    opened(page, files["lif"])
    line = page.locator("canvas").first.bounding_box()
    y = line["y"] + page.evaluate(f"(v => v.y(-50, v.range))({PANEL}.views[0])")
    page.mouse.move(line["x"] + 150, y + 3)
    page.mouse.down()
    page.mouse.move(line["x"] + 150, y + 23, steps=4)
    page.mouse.up()
    settled(page)
    assert page.evaluate(f"{PANEL}.values.v_th") == pytest.approx(-53.4, abs=0.06)
    point = page.get_by_role("slider", name="Input current, in the picture")
    box = point.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 + 40, box["y"] + 10, steps=4)
    page.mouse.up()
    settled(page)
    assert page.evaluate(f"{PANEL}.values.current") > 0.25
    assert page.evaluate(f"{PANEL}.values.v_th") == pytest.approx(-53.4, abs=0.06)


def test_keys_on_the_grip(page, files):
    opened(page, files["lif"])
    page.get_by_role("slider", name="Threshold, in the picture").focus()
    for key, value in (("ArrowUp", -49.9), ("PageDown", -50.9), ("Home", -62.0), ("End", -45.0)):
        page.keyboard.press(key)
        settled(page)
        assert page.evaluate(f"{PANEL}.values.v_th") == value


def test_presets_reset_typing_and_double_click(page, files):
    panel = PANELS["lif"]()
    opened(page, files["lif"])
    for label in panel.spec["presets"]:
        button = page.get_by_role("button", name=label)
        button.click()
        settled(page)
        panel.preset(label)
        assert sentence(page) == str(panel)
        assert button.get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="Reset").click()
    settled(page)
    panel.reset()
    assert sentence(page) == str(panel)
    number = page.get_by_label("Threshold, as a number in mV")
    number.fill("-52.34")
    settled(page)
    assert page.evaluate(f"{PANEL}.values.v_th") == -52.34
    number.fill("-80")
    number.press("Enter")
    settled(page)
    assert page.evaluate(f"{PANEL}.values.v_th") == -62 and number.input_value() == "-62.0"
    page.get_by_role("slider", name="Threshold vth", exact=True).dblclick()
    settled(page)
    assert page.evaluate(f"{PANEL}.values.v_th") == -50


def test_seed(page, files):
    opened(page, files["poisson"])
    page.get_by_role("button", name="Roll again").click()
    settled(page)
    assert sentence(page) == str(PANELS["poisson"](seed=2))
    seed = page.get_by_label("Seed")
    seed.fill("18446744073709551615")
    seed.press("Enter")
    settled(page)
    assert sentence(page) == str(PANELS["poisson"](seed=2**64 - 1))
    seed.fill("soon")
    seed.press("Enter")
    assert seed.input_value() == "18446744073709551615"


def test_a_link_reopens_the_panel(page, files):
    panel = PANELS["poisson"](rate=55.0, trials=12.0, seed=2**63 + 11)
    opened(page, files["poisson"], panel.link())
    assert sentence(page) == str(panel)
    page.get_by_text("The code behind this figure").click()
    page.get_by_role("button", name="Copy link").click()
    link = page.evaluate(f"{PANEL}.figure.querySelectorAll('pre')[1].textContent")
    page.goto("about:blank")
    opened(page, files["poisson"], "#" + link.split("#")[1])
    assert sentence(page) == str(panel)
    page.goto("about:blank")
    opened(page, files["poisson"], "#poisson?rate=1e9&trials=x&seed=<b>&other=1")
    assert sentence(page) == str(PANELS["poisson"](rate=100.0))


def test_code_behind_the_figure(page, files):
    panel = PANELS["lif"](v_th=-52.5)
    opened(page, files["lif"], panel.link())
    page.get_by_text("The code behind this figure").click()
    call, source = page.locator("pre").first, page.locator("pre").last
    assert call.inner_text().strip() == panel.as_python()
    assert source.text_content() == panel.kernel_source()


def test_format_language_is_the_same(page, files):
    opened(page, files["lif"])
    library = page_forms.library(["trace"]).split("(() => {\n", 1)[1].split("const withUnit")[0]
    rng = np.random.default_rng(5)
    numbers = [
        0.0,
        -0.0,
        0.5,
        1.5,
        2.5,
        -2.5,
        0.125,
        1.005,
        1e20,
        1e21,
        -1e300,
        5e-324,
        0.045,
        1 / 3,
        1e5,
        7.0,
    ]
    numbers += list(rng.normal(size=300) * 10.0 ** rng.integers(-8, 15, 300))
    numbers += list(np.round(rng.uniform(-100, 100, 300), 1)) + list(np.arange(-20, 20) / 8)
    cases = [(float(x), int(d)) for x in numbers for d in (0, 1, 3)]
    script = library + "return cases.map(([x, d]) => [fixed(x, d), fixed(x, d, true)]);"
    theirs = page.evaluate(f"cases => {{ {script} }}", cases)
    assert theirs == [[fixed(x, d), fixed(x, d, plus=True)] for x, d in cases]
    odd = page.evaluate(
        f"() => {{ {library} return [NaN, Infinity, -Infinity].map(x => fixed(x, 1, true)); }}"
    )
    assert odd == [fixed(float(x), 1, plus=True) for x in ("nan", "inf", "-inf")]
    template = "{{{a}}} {a:.3f} {a:+.1f} {n} {n|spike|spikes}"
    for a, n in ((1.25, 1), (-0.0625, 2), (1e6, 0)):
        values, decimals = {"a": a, "n": n}, {"a": 1, "n": 0}
        script = f"{library} return [fill(t, v, d), asCode(t, v, d)];"
        got = page.evaluate(f"([t, v, d]) => {{ {script} }}", [template, values, decimals])
        assert got == [fill(template, values, decimals), as_code(template, values, decimals)]


def test_axes_have_the_same_ticks(page, files):
    opened(page, files["lif"])
    library = page_forms.library(["trace"]).split("(() => {\n", 1)[1].split("const TOKENS")[0]
    ranges = [
        (0, 1100, 5),
        (-72, -42, 4),
        (0, 0.5, 5),
        (0, 0.5, 3),
        (0, 120, 4),
        (0, 30, 2),
        (0, 50, 5),
        (-1, 1, 3),
    ]
    theirs = page.evaluate(f"ranges => {{ {library} return ranges.map(r => ticks(...r).list); }}", ranges)
    for mine, other in zip((picture.ticks(*r) for r in ranges), theirs, strict=True):
        np.testing.assert_allclose(mine, other, atol=1e-12)
    tops = [0.0, 1.0, 109.5, 120.0, 121.0, 0.03, 7.2, float(np.nextafter(5, 6))]
    theirs = page.evaluate(f"tops => {{ {library} return tops.map(niceTop); }}", tops)
    np.testing.assert_allclose(theirs, [picture.nice_top(t) for t in tops])
    y = np.random.default_rng(6).normal(size=11_000)
    script = (
        f"{library} const t = thin(Float64Array.from(y)); return [Array.from(t.at), Array.from(t.value)];"
    )
    np.testing.assert_array_equal(page.evaluate(f"y => {{ {script} }}", y.tolist()), frames.thin(y))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1300, 400])
@pytest.mark.parametrize("name", PANELS)
def test_fits_its_page(browser, files, name, width, scheme):
    size = {"viewport": {"width": width, "height": 800}, "device_scale_factor": 1 if width > 480 else 2.5}
    with watched_page(browser, color_scheme=scheme, **size) as page:
        opened(page, files[name])
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        columns = page.evaluate(
            "getComputedStyle(document.querySelector('.snn-controls')).gridTemplateColumns"
        )
        assert len(columns.split()) == (2 if width > 480 else 1)
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


def test_a_finger_scrolls_the_page_and_only_grips_hold_it(browser, files):
    options = {"has_touch": True, "is_mobile": True, "viewport": {"width": 400, "height": 700}}
    with watched_page(browser, **options) as page:
        opened(page, files["lif"])
        style = "getComputedStyle(document.querySelector('{}')).touchAction"
        assert page.evaluate(style.format("canvas")) == "auto"
        assert page.evaluate(style.format(".snn-grip")) == "none"
        assert page.locator(".snn-grip").first.bounding_box()["height"] >= 44


def test_labels_cannot_smuggle_anything_into_the_page(page, tmp_path):
    from snnlab_widgets import Curve, Panel, ReadOut, lif_panel

    evil = '<img src=x onerror="document.title=1">"\'</script><script>document.title=1</script>&'
    lif = lif_panel()
    panel = Panel(
        "evil", title=evil, question=evil,
        controls=[c._replace(label=evil + c.name, unit=evil) for c in lif.controls],
        readouts=[ReadOut("n", 0, evil), ReadOut("rate", 1, "Hz")],
        views=[Curve("i_curve", "rate_curve", "current", "rate", evil, evil, 0.0, 0.5, title=evil)],
        sentence="{n} " + evil, headline="n", detail=evil, kernel=lif.call.kernel,
        arrays={k: a for k, a in lif.call.arrays.items() if k != "out"}, constants=lif.call.constants,
        presets={evil: {}}, python="# " + evil,
    )  # fmt: skip
    panel.save(tmp_path / "evil.html")
    opened(page, tmp_path / "evil.html")
    assert page.title() == evil
    assert page.locator(".snn-question").inner_text() == evil
    assert page.locator("img").count() == 0
    assert sentence(page) == str(panel)


def test_a_fresh_value_replaces_a_question_under_way(page, files):
    """Kernel engine: one question at a time, the latest wins, an error is shown until the next answer."""
    panel = PANELS["lif"](engine="kernel")
    page.goto("about:blank")
    state = {"spec": panel.spec, **panel.values}
    page.set_content(f"<style>{page_forms.css()}</style><div id=host class=snnlab-host></div>")
    script = page_forms.esm().replace("export default { render };", "")
    page.evaluate(
        f"state => {{ {script}"
        """
        window.asked = []; let hear;
        const model = {
          get: k => k === "wasm" ? new DataView(new ArrayBuffer(0)) : state[k], set() {}, save_changes() {},
          send: m => window.asked.push(m), on: (e, f) => { if (e === "msg:custom") hear = f; }, off() {} };
        const view = b => new DataView(Uint8Array.from(b).buffer);
        window.answer = (head, buffers) => hear(head, buffers.map(view));
        document.getElementById("host").snnlab = new Panel(model, document.getElementById("host"));
        }""",
        state,
    )

    def answer():
        question = page.evaluate("asked.shift()")
        sent = []
        panel.send = lambda content, buffers=None: sent.append((content, buffers))
        panel._handle_custom_msg(question, [])
        page.evaluate("([h, b]) => answer(h, b)", [sent[0][0], [list(bytes(b)) for b in sent[0][1]]])
        settled(page)
        return question["values"]

    assert answer() == panel.values
    assert sentence(page) == str(panel)
    assert page.evaluate(f"{PANEL}.views[0].drawn.length") == 33
    for v_th in (-51, -52, -53, -54):
        page.evaluate(f"{PANEL}.move('v_th', {v_th}, 'slider')")
        settled(page)
    assert page.evaluate("asked.length") == 1
    assert answer()["v_th"] == -51
    assert answer()["v_th"] == -54
    assert page.evaluate("asked.length") == 0
    panel.v_th = -54
    assert sentence(page) == str(panel)

    def broken(**values):
        raise RuntimeError("no <b>luck</b>")

    panel._compute, works = broken, panel._compute
    page.evaluate(f"{PANEL}.move('v_th', -55, 'slider')")
    settled(page)
    answer()
    assert page.locator(".snn-error").inner_text() == "RuntimeError: no <b>luck</b>"
    panel._compute = works
    page.evaluate(f"{PANEL}.move('v_th', -56, 'slider')")
    settled(page)
    answer()
    assert not page.locator(".snn-error").is_visible()
    panel.v_th = -56
    assert sentence(page) == str(panel)


@pytest.mark.parametrize("name", PANELS)
def test_a_slow_kernel_runs_in_a_worker(page, files, name):
    opened(page, files[name])
    page.evaluate(f"{PANEL}.engine.move()")
    panel = PANELS[name]()
    control = panel.controls[0]
    for value in np.linspace(control.low, control.high, 7):
        page.evaluate(f"value => {PANEL}.move('{control.name}', value, 'slider')", float(value))
        page.wait_for_timeout(10)
    page.wait_for_function(f"{PANEL}.data.values.{control.name} === {control.high}")
    setattr(panel, control.name, control.high)
    settled(page)
    assert page.evaluate(f"{PANEL}.engine.worker !== null")
    assert sentence(page) == str(panel)


@pytest.mark.parametrize(("milliseconds", "moves"), [(2, False), (20, True)])
def test_a_kernel_moves_when_it_is_slow(page, files, milliseconds, moves):
    opened(page, files["lif"])
    page.evaluate(
        f"""ms => {{ const wasm = {PANEL}.engine.wasm, run = wasm.run.bind(wasm);
        wasm.run = values => {{
          const end = performance.now() + ms; while (performance.now() < end); return run(values); }}; }}""",
        milliseconds,
    )
    for v_th in (-51, -52, -53, -54):
        page.evaluate(f"{PANEL}.move('v_th', {v_th}, 'slider')")
        settled(page)
    assert page.evaluate(f"Boolean({PANEL}.engine.worker)") == moves
    page.wait_for_function(f"{PANEL}.data.values.v_th === -54")
    assert sentence(page) == str(PANELS["lif"](v_th=-54.0))


@pytest.mark.slow
@pytest.mark.parametrize("name", PANELS)
def test_ten_thousand_random_moves(page, files, name):
    opened(page, files[name])
    session = page.context.new_cdp_session(page)

    def heap():
        for _ in range(3):
            session.send("HeapProfiler.collectGarbage")
        held = session.send("Runtime.getHeapUsage")
        # objects, and the buffers behind typed arrays, which are no part of them
        return held["usedSize"] + held["backingStorageSize"] + held["embedderHeapUsedSize"]

    before = heap()
    failures = page.evaluate(
        """async () => {
        const ranges = [...document.querySelectorAll("input[type=range]")], failures = [];
        const said = document.querySelector(".snn-error");
        let seed = 1; const random = () => (seed = seed * 48271 % 2147483647) / 2147483647;
        for (let k = 0; k < 10000; k++) {
          const r = ranges[Math.floor(random() * ranges.length)];
          r.value = +r.min + random() * (r.max - r.min);
          r.dispatchEvent(new Event("input"));
          if (k % 10 === 9) await new Promise(requestAnimationFrame);
          if (!said.hidden) failures.push(said.textContent);
        }
        return failures; }"""
    )
    assert failures == []
    settled(page)
    assert heap() - before < 20e6
    values = page.evaluate(f"{PANEL}.values")
    assert sentence(page) == str(PANELS[name](**{k: int(v) if k == "seed" else v for k, v in values.items()}))
    assert json.dumps(page.evaluate(f"{PANEL}.data.values")) == json.dumps(values)
    # but for the ghost of the last move, a fresh panel with these values has the same picture
    bare = f"{PANEL}.views.map(view => (view.ghost = null, view.paint(), view.canvas.toDataURL()))"
    seen = page.evaluate(bare)
    link = "&".join(f"{key}={value!r}".replace("'", "") for key, value in values.items())
    page.goto("about:blank")
    opened(page, files[name], f"#{name}?{link}")
    assert page.evaluate(bare) == seen
