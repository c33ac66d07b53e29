"""Links to Binder and Colab come from one setting, and are not there without it."""

import html
import re
import sys
from urllib.parse import parse_qs, urlsplit

import pytest
from sample_book import BOOK, build_book, copy_book
from tree import ROOT

sys.path.append(str(BOOK / "_ext"))

import run_on

PAGE = (BOOK / "run_it_on.md").read_text(encoding="utf-8")
ADDRESS = "https://github.com/somebody/course"


def test_the_address_is_set_in_one_place_which_is_empty():
    settings = (BOOK / "_config.yml").read_text(encoding="utf-8")
    assert re.findall(r"^ *repository_url: (\S+)", settings, re.M) == ['""']
    assert run_on.text("") == run_on.NOWHERE and "://" not in run_on.NOWHERE


@pytest.mark.parametrize("end", ["", "/", ".git"])
def test_on_github_there_are_both(end):
    text = run_on.text(ADDRESS + end)
    assert "](https://mybinder.org/v2/gh/somebody/course/main?urlpath=lab/tree/book/chapters/02_" in text
    assert "](https://colab.research.google.com/github/somebody/course/blob/main/book/chapters/02_" in text
    assert f"git+{ADDRESS}" in text


def test_on_gitlab_there_is_binder():
    text = run_on.text("https://gitlab.com/a/group/course")
    assert "/v2/gl/a%2Fgroup%2Fcourse/main?" in text and "Colab" not in text


def test_on_another_host_there_is_neither():
    assert run_on.text("https://git.example.org/a/course") == run_on.NOWHERE


@pytest.mark.parametrize("url", ["github.com/a/course", "https://github.com/course", "course"])
def test_an_address_that_is_none_is_a_sentence(url):
    with pytest.raises(ValueError, match=r"must be like https://github\.com/somebody/course, got"):
        run_on.text(url)


def test_the_page_names_what_there_is():
    assert run_on.PLACE in PAGE and (BOOK / run_on.FIRST).is_file()
    assert "file: run_it_on\n" in (BOOK / "_toc.yml").read_text(encoding="utf-8")
    assert (ROOT / "docs" / "publish.md").is_file() and (ROOT / "environment.yml").is_file()


@pytest.mark.slow
def test_a_book_with_an_address_has_links_in_the_header_and_on_the_page(tmp_path):
    book = copy_book(tmp_path, ["# Sample\n\n*Where?*\n", "Nothing runs here."])
    settings = book / "_config.yml"
    text = settings.read_text(encoding="utf-8")
    text = text.replace('jupyterhub_url: ""', f'jupyterhub_url: "{HUB}"')
    settings.write_text(text.replace('repository_url: ""', f'repository_url: "{ADDRESS}"'), encoding="utf-8")
    page = book / "class" / "hub.md"
    page.write_text(
        re.sub(
            r"\((\.\./)?(teaching|littlest|kubernetes)\.md\)",
            "(../run_it_on.md)",
            page.read_text(encoding="utf-8"),
        ),
        encoding="utf-8",
    )
    toc = book / "_toc.yml"
    toc.write_text(
        toc.read_text(encoding="utf-8").replace(
            "      - file: ref",  # of these four, one names the others
            "".join(
                f"      - file: {name}\n"
                for name in ("run_it_on", "versions", "beyond_one_core", "class/hub")
            )
            + "      - file: ref",
        )
    )
    build_book(book)
    pages = book / "_build" / "html"
    chapter = (pages / "chapters" / "02_sample.html").read_text(encoding="utf-8")
    where = "somebody/course/main?urlpath=lab/tree/book/chapters/02_sample.ipynb"
    assert f"https://mybinder.org/v2/gh/{where}" in chapter
    assert "/github/somebody/course/blob/main/book/chapters/02_sample.ipynb" in chapter
    page = (pages / "run_it_on.html").read_text(encoding="utf-8")
    assert "mybinder.org/v2/gh/somebody/course" in page and "no public address" not in page
    link = "https://hub.uni.example/hub/user-redirect/git-pull?repo=https%3A//github.com/somebody/course"
    link += "&urlpath=lab/tree/course/book/chapters/02_sample.ipynb&branch=main"
    for page in (chapter, (pages / "class" / "hub.html").read_text(encoding="utf-8")):
        assert link in html.unescape(page)


HUB = "https://hub.uni.example"


def test_a_hub_gets_a_link_for_each_chapter():
    links = run_on.hub_links(ADDRESS, HUB + "/", BOOK).splitlines()
    chapters = sorted((BOOK / "chapters").glob("[0-9]*.ipynb"))
    assert len(links) == len(chapters)
    for link, file in zip(links, chapters, strict=True):
        address = urlsplit(html.unescape(re.fullmatch(r'- <a href="(\S+)">.+</a>', link)[1]))
        assert (address.netloc, address.path) == ("hub.uni.example", "/hub/user-redirect/git-pull")
        asked = parse_qs(address.query)
        assert asked == {
            "repo": [ADDRESS],
            "branch": ["main"],
            "urlpath": [f"lab/tree/course/book/chapters/{file.name}"],
        }
    assert links[1].endswith(">2. The leaky integrate-and-fire neuron</a>")


@pytest.mark.parametrize(("url", "hub"), [("", ""), (ADDRESS, ""), ("", HUB)])
def test_without_a_hub_or_a_repository_there_is_a_sentence(url, hub):
    assert run_on.hub_links(url, hub, BOOK) == run_on.NO_HUB and "://" not in run_on.NO_HUB


def test_the_address_of_the_hub_is_set_in_one_place_which_is_empty():
    settings = (BOOK / "_config.yml").read_text(encoding="utf-8")
    assert re.findall(r"^ *jupyterhub_url: (\S+)", settings, re.M) == ['""']
    assert run_on.HUB_PLACE in (BOOK / f"{run_on.HUB_PAGE}.md").read_text(encoding="utf-8")
