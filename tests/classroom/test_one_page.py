"""One page for all: without a code word it tells nothing, and with one a student finds their own files."""

import base64
import csv
import hashlib
import hmac
import json
import re
import zlib

import pytest
from firefox import firefox

from snnlab.course import cli
from snnlab.course.classroom.handout.one_page import code_word
from snnlab.course.classroom.key import read_key

PEOPLE = [("s1", "Ada Lovelace", "ada@uni.example"), ("s2", "=Bo; Ek", "bo@uni.example")]


@pytest.fixture(scope="module")
def handed_out(tmp_path_factory):
    """A class of two, its page and its code words."""
    place = tmp_path_factory.mktemp("one_page")
    rows = "".join(f'{id},"{name}",{email}\n' for id, name, email in PEOPLE)
    (place / "roster.csv").write_text("id,name,email\n" + rows, encoding="utf-8")
    folder = place / "class"
    words = ["assign", "part1", "--roster", str(place / "roster.csv"), "--seed", "3", "--out", str(folder)]
    assert cli.main([*words, "--codes"]) == 0
    with (folder / "part1-codes.csv").open(encoding="utf-8-sig", newline="") as table:
        codes = {row["id"]: row["code"] for row in csv.DictReader(table)}
    return folder, (folder / "part1-for-all.html").read_text(encoding="utf-8"), codes


def opened(page, code):
    """What a code word opens, as RFC 8018 and RFC 2104 have it; None if nothing does."""
    sealed = json.loads(re.search(r'id="sealed">(.*?)</script>', page, re.S)[1])
    salt = base64.b64decode(sealed["salt"])
    key = hashlib.pbkdf2_hmac("sha256", code.replace("-", "").encode(), salt, sealed["rounds"], 80)
    if key[64:].hex() not in sealed["all"]:
        return None
    data, tag = map(base64.b64decode, sealed["all"][key[64:].hex()])
    assert hmac.compare_digest(hmac.digest(key[32:64], data, "sha256"), tag)
    stream = b"".join(  # HMAC of the salt and a counter, block by block
        hmac.digest(key[:32], salt + k.to_bytes(4, "big"), "sha256") for k in range(1, len(data) // 32 + 2)
    )
    return json.loads(zlib.decompress(bytes(a ^ b for a, b in zip(data, stream, strict=False))))


def test_a_code_word_opens_the_files_of_its_student_and_no_other_word_opens_any(handed_out):
    folder, page, codes = handed_out
    assert len(set(codes.values())) == 2 and opened(page, "aaaa-bbbb-cccc") is None
    for id, code in codes.items():
        found = opened(page, code)
        own = folder / "students" / id
        assert found["notebook"] == (own / "part1.ipynb").read_text(encoding="utf-8")
        whole = (own / "part1.html").read_text(encoding="utf-8")
        assert found["page"].partition("<script>")[0] == whole.partition("<script>")[0]
        assert len(found["page"]) < len(whole) / 2  # the Python of the page is there once


def test_without_a_word_it_tells_nobody_s_name_and_no_number(handed_out):
    folder, page, codes = handed_out
    key = read_key(folder)
    told = [word for person in PEOPLE for word in person[1:]] + [*codes.values()]
    told += [one["token"] for one in key["students"].values()]
    told += [code.replace("-", "") for code in codes.values()]
    assert [word for word in told if word in page] == []
    assert not re.search(r"https?:|\bsrc=\"|@import|url\(", page)


def test_no_word_follows_from_a_seed_that_can_be_tried_and_the_page_is_sealed_anew(handed_out, capsys):
    folder, page, codes = handed_out
    key = read_key(folder)
    assert key["seed"] == 3 and len(key["secret"]) == 32
    assert codes == {id: code_word("part1", key["secret"], id) for id, *_ in PEOPLE}
    assert not {code_word("part1", seed, id) for seed in range(100) for id in codes} & {*codes.values()}
    roster = str(folder.parent / "roster.csv")
    assert cli.main(["assign", "part1", "--roster", roster, "--out", str(folder), "--codes"]) == 0
    assert "tells nobody's name" in capsys.readouterr().out
    again = (folder / "part1-for-all.html").read_text(encoding="utf-8")
    assert again != page and opened(again, codes["s1"]) is not None
    table = (folder / "part1-codes.csv").read_text(encoding="utf-8-sig")
    assert "'=Bo; Ek" in table  # no formula of a name
    assert read_key(folder) == key and all(code in table for code in codes.values())


def test_words_that_followed_from_such_a_seed_are_new_and_those_of_a_drawn_one_stay(tmp_path, capsys):
    (tmp_path / "roster.csv").write_text("id\ns1\n", encoding="utf-8")
    for name, typed, said in (("small", ["--seed", "3"], 1), ("drawn", [], 0)):
        folder = tmp_path / name
        words = ["assign", "part1", "--roster", str(tmp_path / "roster.csv"), "--out", str(folder)]
        assert cli.main([*words, *typed]) == 0
        key = read_key(folder)
        (folder / "part1-codes.csv").write_text("of before", encoding="utf-8")
        assert cli.main([*words, "--codes"]) == 0
        kept = read_key(folder)
        assert capsys.readouterr().out.count("All code words are new") == said == ("secret" in kept)
        assert {name: kept[name] for name in key} == key
        table = (folder / "part1-codes.csv").read_text(encoding="utf-8-sig")
        assert code_word("part1", kept.get("secret", kept["seed"]), "s1") in table


@pytest.mark.browser
def test_it_opens_in_a_browser(handed_out, browser):
    folder, _, codes = handed_out
    context = browser.new_context(accept_downloads=True)
    tab, troubles = context.new_page(), []
    tab.on("console", lambda said: troubles.append(said.text))
    tab.on("pageerror", lambda error: troubles.append(str(error)))
    tab.goto((folder / "part1-for-all.html").as_uri())
    tab.get_by_label("Code word").fill("aaaa-bbbb-cccc")
    tab.keyboard.press("Enter")
    tab.get_by_text("No exercises open with this code word").wait_for()
    tab.get_by_label("Code word").fill(codes["s1"].upper().replace("-", " "))
    tab.keyboard.press("Enter")
    tab.get_by_text("Open.", exact=True).wait_for()
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Save the notebook").click()
    assert download.value.suggested_filename == "part1.ipynb"
    saved = folder.parent / "saved.ipynb"
    download.value.save_as(saved)
    assert saved.read_bytes() == (folder / "students/s1/part1.ipynb").read_bytes()
    tab.get_by_role("button", name="To your exercises").click()
    tab.get_by_text("For Ada Lovelace (s1).").wait_for()
    place = tab.locator(".tryout").first
    place.get_by_role("button", name="Try").wait_for()
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Hand in").click()
    assert download.value.suggested_filename == "part1-s1.json"
    assert troubles == []
    context.close()


@pytest.mark.browser
def test_so_it_does_in_firefox(tmp_path, handed_out):
    """Which makes no more than 256 bytes by PBKDF2."""
    folder, _, codes = handed_out
    with firefox(tmp_path) as tab:
        tab.goto((folder / "part1-for-all.html").as_uri())
        tab.evaluate(f'document.getElementById("code").value = "{codes["s2"]}"')
        tab.evaluate('document.getElementById("ask").requestSubmit()')
        tab.wait_for('document.getElementById("said").textContent !== ""')
        assert tab.evaluate('document.getElementById("said").textContent') == "Open."
        assert tab.troubles == []


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_for_everybody(handed_out, browser, scheme):
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(
        color_scheme=scheme, bypass_csp=True, viewport={"width": 360, "height": 700}
    )
    tab = context.new_page()
    tab.goto((handed_out[0] / "part1-for-all.html").as_uri())
    found = Axe().run(tab)
    assert found.violations_count == 0, found.generate_report()
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()
