"""The page of a part: what it shows, what its button makes, and that this is marked like a notebook."""

import json
import re

import numpy as np
import pytest
from accessibility import axe_findings
from classroom.forms import first_forms, forms_of, seed_of

from snnlab.course import exercise as hand_out
from snnlab.course.classroom.handout.pages import student_page
from snnlab.course.classroom.handout.statements import as_html
from snnlab.course.classroom.intake.extract import read_submission
from snnlab.course.classroom.reading import find_part, part_names

PARTS = {name: find_part(name) for name in part_names()}
FIRST = first_forms(PARTS["part1"])  # what is filled in below are the answers to its first forms
FORMS = [(name, id) for name, part in PARTS.items() for one in part.exercises for id in forms_of(one)]


def variants(part, seed=3):
    return {exercise.grade_id: exercise.draw(seed) for exercise in part.exercises}


def page_of(name, who=("ada", "Ada", "token"), seed=3):
    return student_page(PARTS[name], variants(PARTS[name], seed), *who)


@pytest.mark.parametrize(("name", "id"), FORMS)
def test_a_page_asks_everything_and_asks_no_server(name, id):
    seed = seed_of(name, id)
    text = page_of(name, seed=seed)
    for exercise in PARTS[name].exercises:
        assert f'<fieldset id="{exercise.grade_id}"' in text
    assert not re.search(r"https?:|src=|@import|url\(", text)
    body = text.partition("<body>")[2].partition("<script")[0]
    assert not re.search(r"[\\$`]|\*\*", body)  # no Markdown and no TeX is left
    assert re.findall(r"\{[a-z_]+\}", body) == []  # nor a place of the template


def test_a_name_is_text_and_nothing_else():
    text = page_of("part1", ("ada", "<script>alert(1)</script> {own}", "</script><b>"))
    assert "<script>alert" not in text and "</script><b>" not in text and "{own} (ada)" in text


def test_formulas_that_the_page_cannot_show_are_refused():
    with pytest.raises((AssertionError, KeyError)):
        as_html(r"$\frac{1}{2}$")
    assert as_html("180 ms, 3 mm") == "180\N{NO-BREAK SPACE}ms, 3 mm"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2 * a * b_1 and c_2", "2 * a * b_1 and c_2"),  # signs that hold no word
        ("[here](https://x.example) ![x](y) <b>", "[here](https://x.example) ![x](y) &lt;b&gt;"),
        ("# a\n- b\n\n1. c &amp;", "# a\n- b\n\n1. c &amp;amp;"),
        ("**not *closed", "**not *closed"),
        ("`a*b*c` $w_{ij}$", "<code>a*b*c</code> <i>w<sub>ij</sub></i>"),
        ("`` ` `` and $5", "<code>`</code> and $5"),
    ],
)
def test_nothing_but_code_emphasis_and_formulas_means_anything(text, shown):
    assert as_html(text) == shown


@pytest.fixture
def tab(browser, tmp_path):
    """The page of part 1 in a tab that writes down what goes wrong."""
    file = tmp_path / "part1.html"
    file.write_text(student_page(FIRST, variants(FIRST), "ada", "Ada", "token"), encoding="utf-8")
    context = browser.new_context(accept_downloads=True)
    tab = context.new_page()
    troubles = []
    tab.on("console", lambda said: troubles.append(said.text))
    tab.on("pageerror", lambda error: troubles.append(str(error)))
    tab.goto(file.as_uri())
    yield tab
    assert troubles == []
    context.close()


def handed_in(tab, tmp_path):
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Hand in").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    return file


@pytest.mark.browser
def test_the_button_makes_a_file_that_marking_reads(tab, tmp_path):
    part, own = FIRST, variants(FIRST)
    count, interval = part["sweep"].expected(own["sweep"])
    tab.get_by_label("first spike").fill(f"{part['latency'].expected(own['latency']):.4g}".replace(".", ","))
    tab.get_by_label("spikes", exact=True).fill(f" {count:g} ")
    tab.get_by_label("mean interval").fill(f"{interval:.5e}")
    tab.locator("#curtain input").fill("\N{MINUS SIGN}40")
    tab.locator("#potential textarea[name]").fill("def potential(t, own, arrivals, w):\n    return 0.0\n")
    tab.locator("#judgement textarea").fill("SRM, „naturally“.\nBecause <b>.")
    file = handed_in(tab, tmp_path)
    assert file.name == "part1-ada.json"
    assert "It has all your answers." in tab.inner_text("#done")
    content = json.loads(file.read_text(encoding="utf-8"))
    assert {name: content[name] for name in ("snnlab", "part", "edition", "student", "token")} == {
        "snnlab": 1, "part": "part1", "edition": part.edition, "student": "ada", "token": "token",
    }  # fmt: skip
    found = read_submission(file, part.exercises)
    assert part["latency"].compare(own["latency"], found.numbers["latency"]).reason == "right"
    assert part["sweep"].compare(own["sweep"], found.numbers["sweep"]).reason == "right"
    assert found.numbers["curtain"] == -40
    assert found.texts["judgement"] == "SRM, „naturally“.\nBecause <b>."
    assert [source.text for source in found.sources] == [
        "def potential(t, own, arrivals, w):\n    return 0.0\n"
    ]


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_for_everybody(browser, tmp_path, scheme):
    """What axe checks: names of fields, contrast, structure. And it fits a telephone."""
    (tmp_path / "page.html").write_text(page_of("part1"), encoding="utf-8")
    context = browser.new_context(
        color_scheme=scheme, bypass_csp=True, viewport={"width": 360, "height": 700}
    )
    tab = context.new_page()
    tab.goto((tmp_path / "page.html").as_uri())
    assert axe_findings(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


@pytest.mark.browser
def test_what_is_open_is_said_and_left_out(tab, tmp_path):
    tab.get_by_label("first spike").fill("3")
    content = json.loads(handed_in(tab, tmp_path).read_text(encoding="utf-8"))
    assert content["answers"] == {"latency": 3}
    assert "no answer to All that has been, A stretch of a recording" in tab.inner_text("#done")


@pytest.mark.browser
@pytest.mark.parametrize("text", ["27 ms", "1,000.5", "abc", "1e999", "0x10", "--3", "1 2", "Infinity", "."])
def test_what_is_no_number_makes_no_file(tab, text):
    tab.get_by_label("first spike").fill(text)
    tab.get_by_role("button", name="Hand in").click()
    assert "No file yet" in tab.inner_text("#done")
    assert "This is no number" in tab.inner_text("#latency .said")
    assert tab.evaluate("document.activeElement.id") == "latency-0"


@pytest.mark.browser
def test_a_hidden_neuron_answers_in_the_page_as_in_python(tab):
    """To the spike, within the steps of the page; ten trials, and ten again."""
    hidden = hand_out("2.4", seed=variants(PARTS["part1"])["curtain"]["neuron_seed"], fresh=True)
    place, field = tab.locator(".bench"), tab.get_by_label("Current in nA")
    for k, current in enumerate((0.01, 0.6, 0.45, 2.0)):
        times = hidden.inject(np.full(5000, current), dt=0.1).times
        field.fill(f"{current}".replace(".", ","))
        field.press("Enter")
        told = place.locator("li").nth(k).inner_text()
        assert told.startswith(f"{current:.2f} nA: ")
        assert ("no spike" in told) == (times.size == 0)
        shown = [float(x) for x in re.findall(r"\d+\.\d\d(?=,| ms)", told)]
        np.testing.assert_allclose(shown, times, atol=0.02)
    assert place.locator(".left").inner_text() == "6 of 10 trials left."
    assert tab.inner_text("#done") == ""
    field.fill("2 nA")
    field.press("Enter")
    assert place.locator(".left").inner_text().startswith("No trial: type a current")
    field.fill("0.5")
    for _ in range(7):
        field.press("Enter")
    assert place.locator(".left").inner_text() == "Give your answer, or begin anew. 0 of 10 trials left."
    place.get_by_role("button", name="Begin anew").click()
    assert place.locator("li").count() == 0


def test_the_neuron_behind_the_curtain_can_be_found_from_the_page_alone():
    """A latency is τ ln(i / (i − rheobase)): that rheobase is right which gives one τ for three currents."""
    task, own = PARTS["part1"]["curtain"], variants(PARTS["part1"])["curtain"]
    bench = task.bench(own)
    weakest, currents = bench.answers[0][0], np.array(bench.answers)
    rheobase = np.linspace(weakest - bench.step, weakest, 200, endpoint=False)
    i, latency = currents[[5, 20, -1], 0][:, None], currents[[5, 20, -1], 1][:, None]
    tau = latency / np.log(i / (i - rheobase))
    assert abs(tau[:, np.ptp(tau, axis=0).argmin()].mean() / task.expected(own) - 1) < 0.01


def spreadsheet(name, exercise, seed=3):
    """The table of an exercise in a page, as columns of numbers."""
    text = re.search(
        rf"<h2>[^<]*{exercise.title}.*?<textarea readonly[^>]*>\n(.*?)</textarea>",
        page_of(name, seed=seed),
        re.S,
    )
    head, *rows = text[1].splitlines()
    return head.split("\t"), np.array([[float(x) for x in row.split("\t")] for row in rows])


def test_what_is_to_be_found_in_data_can_be_found_in_a_spreadsheet():
    """With what a spreadsheet has: keep rows, count, drop repeats, difference, mean, deviation, smallest."""
    own = variants(PARTS["part1"])["sweep"]
    columns, cells = spreadsheet("part1", PARTS["part1"]["sweep"])
    times = cells[
        (cells[:, 0] == own["sweep"]) & (cells[:, 1] >= own["start"]) & (cells[:, 1] < own["stop"]), 1
    ]
    right = PARTS["part1"]["sweep"].compare(own, [len(times), float(np.diff(times).mean())])
    assert columns == ["sweep", "time in ms"] and right.reason == "right"

    own = variants(PARTS["part2"])["listening"]
    _, cells = spreadsheet("part2", PARTS["part2"]["listening"])
    times = cells[(cells[:, 0] >= own["start"]) & (cells[:, 0] < own["stop"]), 0]
    waits, seconds = np.diff(times), (own["stop"] - own["start"]) / 1000
    found = [len(times) / seconds, float(waits.std() / waits.mean())]
    assert PARTS["part2"]["listening"].compare(own, found).reason == "right"

    seed = seed_of("part3", "frames, form 0")  # the other form needs no data
    own = variants(PARTS["part3"], seed)["frames"]
    _, cells = spreadsheet("part3", PARTS["part3"]["frames"], seed)
    mine = cells[(cells[:, 0] >= own["start"]) & (cells[:, 0] < own["stop"]), 1]
    found = [own["neurons"] * len(mine), 100 * (1 - len(set(mine)) / (34 * 34))]
    assert PARTS["part3"]["frames"].compare(own, found).reason == "right"

    seed = seed_of("part5", "piles, form 0")
    own = variants(PARTS["part5"], seed)["piles"]
    _, cells = spreadsheet("part5", PARTS["part5"]["piles"], seed)
    mine = cells[own["first"] : own["first"] + own["how_many"]]
    found = int((mine[:, 2:].argmin(axis=1) == mine[:, 1]).sum())
    assert PARTS["part5"]["piles"].compare(own, found).reason == "right"


@pytest.mark.browser
def test_half_a_list_makes_no_file_and_what_was_typed_is_kept(tab):
    tab.get_by_label("mean interval").fill("9.3")
    tab.get_by_role("button", name="Hand in").click()
    assert "All 2 numbers are wanted" in tab.inner_text("#sweep .said")
    tab.reload()
    assert tab.get_by_label("mean interval").input_value() == "9.3"
