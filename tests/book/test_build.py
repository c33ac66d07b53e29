"""The pages of the book: what stands in their HTML, before any browser opens them."""

import re
from functools import cache
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path

import pytest
from sample_book import course_of

import snnlab

LOADED = dict.fromkeys(["script", "img", "iframe", "source", "video", "audio", "embed"], "src") | {
    "object": "data"
}
FETCHED = {"stylesheet", "preload", "modulepreload", "prefetch", "icon", "preconnect", "dns-prefetch"}
CODE = {"code", "pre", "textarea"}
SAID = {"alt", "aria-label", "title", "placeholder"}


class Page(HTMLParser):
    """Every element of a page with its attributes, the text outside of scripts, and that outside of code."""

    def __init__(self, file: Path):
        super().__init__()
        self.elements, self.text, self.words, self._skipped, self._code = [], "", "", 0, 0
        self.feed(file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        self._skipped += tag in ("script", "style")
        self._code += tag in CODE

    def handle_endtag(self, tag):
        self._skipped -= tag in ("script", "style")
        self._code -= tag in CODE

    def handle_data(self, data):
        self.text += "" if self._skipped else data
        self.words += "" if self._skipped or self._code else data

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]

    def loads(self) -> list[str]:
        """Return the address of everything that a browser fetches by itself when it opens the page."""
        addresses = [a[LOADED[tag]] for tag, a in self.elements if LOADED.get(tag, "") in a]
        addresses += [a["href"] for a in self.all("link") if FETCHED & set(a.get("rel", "").split())]
        return addresses


@cache  # a page of the whole book is looked at by every test below
def read(file: Path) -> Page:
    return Page(file)


def html_files(folder: Path) -> list[Path]:
    files = [file for file in sorted(folder.rglob("*.html")) if "_static" not in file.parts]
    assert len(files) >= 5  # first page, chapter, glossary, references, search
    return files


def is_elsewhere(address: str) -> bool:
    return re.match(r"(https?:)?//", address.strip()) is not None


@pytest.mark.parametrize(("address", "elsewhere"), [
    ("https://cdn.example.org/a.js", True), ("//cdn.example.org/a.js", True), ("../_static/a.js", False),
    ("data:image/png;base64,//8=", False),
])  # fmt: skip
def test_an_address_elsewhere_is_recognised(address, elsewhere):
    assert is_elsewhere(address) is elsewhere


def test_no_page_loads_anything_from_another_host(pages):
    for file in html_files(pages):
        assert [address for address in read(file).loads() if is_elsewhere(address)] == [], file


def test_everything_that_a_page_loads_is_there(pages):
    for file in html_files(pages):
        for address in read(file).loads():
            if not address.startswith("data:"):
                assert (file.parent / address.split("?")[0]).resolve().is_file(), f"{file}: {address}"


def test_no_style_sheet_asks_another_host(pages):
    sheets = list(pages.rglob("*.css"))
    assert sheets
    for sheet in sheets:
        text = sheet.read_text(encoding="utf-8")
        addresses = re.findall(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)", text)
        assert [a for pair in addresses for a in pair if is_elsewhere(a)] == [], sheet


def test_links_between_pages_lead_somewhere(pages):
    ids = {}
    for file in html_files(pages):
        ids[file.resolve()] = {a["id"] for _, a in read(file).elements if "id" in a}
    for file in html_files(pages):
        for anchor in read(file).all("a"):
            address = anchor.get("href", "")
            if not address or is_elsewhere(address) or address.startswith("mailto:"):
                continue
            path, _, fragment = address.partition("#")
            target = (file.parent / path).resolve() if path else file.resolve()
            assert target.is_file(), f"{file.name}: {address}"
            if fragment and target in ids:
                assert fragment in ids[target], f"{file.name}: {address}"


def test_every_page_says_its_edition_its_licences_and_its_language(pages):
    for file in html_files(pages):
        page = read(file)
        assert f"Edition {snnlab.__version__}" in page.text, file
        assert "CC BY 4.0" in page.text, file
        assert "BSD 3-Clause" in page.text, file
        assert page.all("html")[0]["lang"] == "en"
        title = re.search(r"<title>(.+?)</title>", file.read_text(encoding="utf-8"), re.DOTALL)
        assert "Spiking neural networks" in title.group(1), file


def test_every_picture_has_a_text_in_its_place(pages):
    for file in html_files(pages):
        for image in read(file).all("img"):
            assert image.get("alt"), f"{file}: {image.get('src', '')[:60]}"


def test_no_page_shows_raw_markup(pages):
    """Neither an equation that could not be read nor a MyST role or directive; source code shows itself."""
    for file in html_files(pages):
        if "_modules" in file.parts:
            continue
        text = read(file).text
        assert not re.search(r"\\(frac|tau|mathrm|begin)\b|\$\$", text), file
        assert not re.search(r"\{(eq|term|ref|math|glue)\}|:::", text), file


def test_no_page_shows_the_ticks_around_code(pages):
    """Not in its words and not in what is said of a picture or a button."""
    for file in html_files(pages):
        if "_modules" in file.parts:
            continue
        said = [value or "" for _, a in read(file).elements for name, value in a.items() if name in SAID]
        assert [part[:80] for part in [*read(file).words.split("\n"), *said] if "`" in part] == [], file


def test_widgets_need_no_manager(pages):
    for file in html_files(pages):
        for script in read(file).all("script"):
            assert "widget" not in script.get("type", ""), file
            assert not re.search(r"require|html-manager|thebe|mathjax", script.get("src", "").lower()), file


def test_the_chapter_shows_code_pictures_and_panels(sample):
    page = Page(sample / "chapters" / "02_sample.html")
    assert "45.5 Hz" in page.text
    texts = [image.get("alt") for image in page.all("img")]
    assert "A rate that is zero up to 1 nA and rises beyond it." in texts
    assert any("snnlab" in a.get("class", "").split() for _, a in page.elements)
    folded = [a.get("class", "") for a in page.all("details")]
    assert sum("above-input" in classes for classes in folded) == 3
    assert "Half of" in page.text
    assert [a for a in page.all("a") if a.get("href") == "glossary.html#frequency-current-curve"]


def test_an_exercise_is_answered_where_it_stands(sample):
    """Its statement has an address, a form follows, then its cell, which is folded and says nothing."""
    html = (sample / "chapters" / "02_sample.html").read_text(encoding="utf-8")
    places = [
        html.index(part)
        for part in ('<p id="exercise-2-1"><strong>Exercise 2.1', 'data-exercise="2.1"', "first_spike</span>")
    ]
    assert places == sorted(places)
    assert "Not started yet" not in html
    assert html.count("The cell in JupyterLab") == 2  # folded and unfolded


def test_one_script_beside_the_pages_knows_every_exercise_and_goal(sample):
    page = Page(sample / "chapters" / "02_sample.html")
    assert sum("snnlab-course.js" in a.get("src", "") and "defer" in a for a in page.all("script")) == 1
    (chapter,) = course_of(sample)
    assert (chapter["page"], chapter["title"]) == ("chapters/02_sample.html", "2. A sample")
    exercise, goal = chapter["tasks"]
    assert exercise == {
        "kind": "number",
        "name": "exercise-2-1",
        "title": "2.1 When does it overflow?",
        "anchor": "exercise-2-1",
    }
    assert goal["name"] == "lif-twice" and goal["title"].startswith(
        "It fires at 33 Hz. Make it fire twice as"
    )
    assert {exercise["anchor"], goal["anchor"]} <= {a.get("id") for _, a in page.elements}


def test_equations_are_numbered_by_chapter_and_linked_by_their_words(sample):
    html = (sample / "chapters" / "02_sample.html").read_text(encoding="utf-8")
    assert re.findall(r'class="eqno">\((.*?)\)', html) == ["2.1", "2.2"]
    words = re.search(r'<a class="reference internal" href="#equation-sample-membrane">(.*?)</a>', html)
    assert re.sub(r"<.*?>", "", words.group(1)) == "membrane equation"
    blocks = re.findall(r'<div class="[^"]*\bmath\b[^"]*".*?</div>', html, re.DOTALL)
    assert len(blocks) == 4
    assert all('<math display="block"' in block for block in blocks)


def test_the_source_is_offered_as_a_notebook(sample):
    assert (sample / "_sources" / "chapters" / "02_sample.ipynb").is_file()


def test_the_mathematical_font_is_a_copy_with_its_licence(sample):
    from fontTools.ttLib import TTFont

    file = sample / "vendor" / "STIXTwoMath.woff"
    assert file.stat().st_size < 500_000
    font = TTFont(file)
    assert "MATH" in font
    assert {ord(character) for character in "vτ∫∑√→𝑣"} <= set(font.getBestCmap())
    names = " ".join(str(record) for record in font["name"].names)
    assert "Copyright" in names
    assert "Open Font License" in names


def test_the_mathematical_font_is_the_same_on_every_day(sample):
    """Else each new build of a site would send it to every reader again."""
    from fontTools.ttLib import TTFont

    source = Path(find_spec("ziamath").origin).parent / "fonts" / "STIXTwoMath-Regular.ttf"
    written = TTFont(sample / "vendor" / "STIXTwoMath.woff")["head"].modified
    assert written == TTFont(source)["head"].modified
